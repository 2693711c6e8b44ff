"""CSV (RFC 4180), one line per case, safe to open in a spreadsheet."""

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain

from pydantic import Field

from hunter import names, wording
from hunter.contracts import Case, ExportSettings
from hunter.dossiers import values_of
from hunter.handover import utc_text
from hunter.model import hundredths
from hunter.wording.cells import cell

MEDIA = "text/csv; charset=utf-8"
SUFFIX = ".csv"

_MAX_CELL = 2000
_MAX_VALUES = 50
_OWN: Mapping[str, Callable[[Case], object]] = {
    "domain": lambda case: case.alert.domain,
    "unicode": lambda case: names.to_unicode(case.alert.domain),
    "brand": lambda case: case.alert.brand,
    "severity": lambda case: case.alert.severity,
    "score": lambda case: case.alert.score,
    "state": lambda case: case.alert.state,
    "technique": lambda case: case.alert.match.technique,
    "matched": lambda case: case.alert.match.matched,
    "confidence": lambda case: hundredths(case.alert.match.confidence),
    "opened_at": lambda case: utc_text(case.alert.opened_at),
    "updated_at": lambda case: utc_text(case.alert.updated_at),
}
_KNOWN = (
    *("stage", "first_seen", "registered", "expires", "registrar", "abuse_email"),
    *("registrant_email", "registrant_name", "registrant_org", "registrant_country"),
    *("ns", "a", "aaaa", "asn", "as_name", "cdn", "has_mx", "mx", "soa_mailbox"),
    *("cert_issuer", "cert_serial", "page_title", "ioc_listing"),
)


class Settings(ExportSettings):
    """How spreadsheets are told what the file is written in."""

    bom: bool = Field(
        default=True,
        description="begin with the mark by which Excel knows UTF-8; false for programs",
    )


def export(cases: Iterable[Case], settings: Settings, _at: datetime) -> Iterator[bytes]:
    """A header and a line for each case. What could not be found out reads `unknown: why`."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    yield codecs.BOM_UTF8 if settings.bom else b""
    for line in chain([[*_OWN, *_KNOWN, "rules", "reason"]], map(_line, cases)):
        writer.writerow(line)
        yield text.getvalue().encode("utf-8", "replace")
        text.seek(0)
        text.truncate()


def _line(case: Case) -> list[str]:
    rules = [finding.title for finding in case.alert.findings]
    return [
        *(_cell([tell(case)]) for tell in _OWN.values()),
        *(_known(case, field) for field in _KNOWN),
        _cell(rules),
        _cell([case.alert.match.reason]),
    ]


def _known(case: Case, field: str) -> str:
    values = values_of(case.dossier.fields, field)
    why = case.dossier.unknown.get(field)
    return _cell([f"unknown: {why}"]) if why is not None and not values else _cell(values)


def _cell(values: Sequence[object]) -> str:
    parts = (wording.clean(str(value), _MAX_CELL) for value in values[:_MAX_VALUES])
    return wording.shorten(cell("; ".join(parts), _MAX_CELL), _MAX_CELL)
