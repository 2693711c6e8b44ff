"""The ladder a domain climbs, and how often to look where on it a domain stands. Pure.

registered → name servers → address → certificate → mail → web page. Steps can be skipped, and lost
again; a domain that fell off the ladder is watched on, for it may come back.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from hunter.model import Level, Stage, Value
from hunter.net.guard import leads_somewhere

STAGES: Mapping[str, Stage] = {str(stage): stage for stage in Stage}
"""A dossier's `stage` → the step."""

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)

_CERTIFICATE_SOURCES = frozenset(("certstream", "ct_logs"))
_NO_PAGE = re.compile("404|410|5..")
_NEW = timedelta(days=2)
_YOUNG = timedelta(days=90)
_END = timedelta(days=365)
_END_OF_THE_FAINT = timedelta(days=90)
PLAUSIBLE = 0.5


def steps(
    fields: Mapping[str, Value | tuple[Value, ...]], sources: Iterable[str] = ()
) -> frozenset[Stage]:
    """Every step that the fields, and what sources saw, bear out.

    What could not be found out lifts nothing and lowers nothing.
    """
    return frozenset(_borne_out(fields, sources))


def highest(fields: Mapping[str, Value | tuple[Value, ...]], sources: Iterable[str] = ()) -> Stage:
    """The highest of the steps."""
    return next(_borne_out(fields, sources))


def _borne_out(
    fields: Mapping[str, Value | tuple[Value, ...]], sources: Iterable[str]
) -> Iterator[Stage]:
    """The steps from the highest down."""
    if _is_gone(fields):
        yield Stage.UNREGISTERED
        return
    if any(_is_page(status) for status in _values(fields, "page_status")):
        yield Stage.WEB
    if fields.get("has_mx") is True:
        yield Stage.MAIL
    if "cert_key" in fields or not _CERTIFICATE_SOURCES.isdisjoint(sources):
        yield Stage.CERTIFICATE
    if lead_nowhere(fields) is False:
        yield Stage.ADDRESS
    if "ns" in fields:
        yield Stage.NAME_SERVERS
    yield Stage.REGISTERED


def _values(fields: Mapping[str, Value | tuple[Value, ...]], *names: str) -> Iterator[Value]:
    for name in names:
        value = fields.get(name, ())
        yield from value if isinstance(value, tuple) else (value,)


def _is_page(status: Value) -> bool:
    """Not what a server says that fails or has none, as one does that is not set up yet.

    Who is denied it (403) may be hunter alone.
    """
    return not _NO_PAGE.fullmatch(str(status))


def lead_nowhere(fields: Mapping[str, Value | tuple[Value, ...]]) -> bool | None:
    """Whether all addresses are such as 127.0.0.1, as registrars set at first; None without any."""
    values = tuple(_values(fields, "a", "aaaa", "host_address"))
    return not any(leads_somewhere(str(value)) for value in values) if values else None


def _is_gone(fields: Mapping[str, Value | tuple[Value, ...]]) -> bool:
    """NXDOMAIN may be a squatter's own word: a registry's counts more, and a host that answers.

    Some registries tell of no day of registration.
    """
    said = fields.get("registration")
    known = "found" in said if isinstance(said, tuple) else said == "found"
    witnessed = known or "registered" in fields or "host_address" in fields
    return fields.get("dns_status") == "absent" and not witnessed


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides how often a domain is looked at."""

    stage: Stage
    known_for: timedelta
    """Since a source first saw it."""
    unchanged_for: timedelta
    """Since it climbed or fell last; as long as it is known when it never did."""
    confidence: float
    """How plainly it imitates; 1 for what a track found, which somebody asked for."""
    severity: Level | None = None
    """Of its gravest alert that nobody dismissed."""
    dismissed: bool = False
    """A person said that it is harmless."""


def pause(standing: Standing) -> timedelta | None:
    """How long to wait before the next look; None when nothing is to be expected any more.

    Hourly for two days after it is new or moved on the ladder (daily when its alert was dismissed),
    then daily, then weekly. What stands in a grave alert is looked at daily to the end. A name that
    is not registered stays watched when it imitates plainly.
    """
    quiet_for = min(standing.known_for, standing.unchanged_for)
    faint = standing.confidence < PLAUSIBLE and standing.severity is None
    if quiet_for >= (_END_OF_THE_FAINT if faint and _is_absent(standing) else _END):
        return None
    if faint and _is_absent(standing):
        return WEEK
    if quiet_for < _NEW and not standing.dismissed:
        return HOUR
    grave = standing.severity is not None and standing.severity >= Level.HIGH
    return DAY if grave or quiet_for < _YOUNG else WEEK


def _is_absent(standing: Standing) -> bool:
    return standing.stage is Stage.UNREGISTERED
