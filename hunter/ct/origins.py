"""What a log knew of one name: its place there, and the certificate it stands in."""

from collections.abc import Callable
from functools import lru_cache

from hunter.ct.entries import Entry, Page
from hunter.ct.follow import Verified
from hunter.ct.keys import key_hash
from hunter.ct.loglist import Log
from hunter.ct.names_tiles import NamesPage
from hunter.ct.watch import moment
from hunter.model import Json

_SHOWN_NAMES = 100
_MAX_SERIAL = 64

Clean = Callable[[str], str]


def origins(log: Log, step: Verified, clean: Clean) -> Callable[[int], dict[str, Json]]:
    """Gives the origin of the name on a line; `clean` makes text from outside safe to keep.

    An entry is opened once for all its names: of thousands each may be a hit.
    """
    pages = {page.first: page for page in step.pages}

    @lru_cache(maxsize=1)
    def of_entry(first: int, position: int) -> dict[str, Json]:
        return _origin(log, pages[first], position, clean)

    def of_line(line: int) -> dict[str, Json]:
        page, position = step.locate(line)
        return of_entry(page.first, position)

    return of_line


def _origin(log: Log, page: Page | NamesPage, position: int, clean: Clean) -> dict[str, Json]:
    logged_at = moment(page.timestamps[position])
    known: dict[str, Json] = {
        "log": clean(log.description),
        "log_url": log.url,
        "index": page.first + position,
        "logged_at": logged_at.isoformat() if logged_at else "",
    }
    return known | _certificate(page.entry(position), clean) if isinstance(page, Page) else known


def _certificate(entry: Entry, clean: Clean) -> dict[str, Json]:
    """`certificate` is the same for a certificate and its precertificate, in whatever log."""
    details = entry.details
    return {
        "entry": str(entry.kind),
        "certificate": entry.identity,
        "key": key_hash(entry.der),
        "serial": details.serial[:_MAX_SERIAL],
        "issuer": clean(details.issuer),
        "issuer_organisation": clean(details.issuer_organisation),
        "not_before": details.not_before.isoformat() if details.not_before else "",
        "not_after": details.not_after.isoformat() if details.not_after else "",
        "names": [clean(name) for name in entry.names[:_SHOWN_NAMES]],
        "names_total": len(entry.names),
        "malformed": entry.malformed,
    }
