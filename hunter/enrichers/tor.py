"""Whether a domain's addresses are Tor exits now, and when they were last.

What it means stays open: an operator who muddies the traces, an address that changed hands, chance.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from weakref import WeakKeyDictionary

from pydantic import Field

from hunter.clock import day_number
from hunter.contracts import EnricherContext, EnricherSettings
from hunter.dossiers import texts_of
from hunter.errors import WillNotPass, WillPass
from hunter.lists.tor_exits import Exits, read_archive, read_list
from hunter.model import Dossier, Fact, Value
from hunter.net.http import HttpDoor
from hunter.net.shelf import Shelf
from hunter.net.text import clean
from hunter.net.urls import is_web
from hunter.trackable import ADDRESSES
from hunter.written import Interval, UrlOrPath, UrlOrPathIfAny

FIELDS: Mapping[str, str] = {
    "tor_exit": "whether one of its addresses is a Tor exit now",
    "tor_exit_last": "the day one of its addresses was last seen as a Tor exit, YYYYMMDD",
    "tor_exit_address": "those of its addresses that are or were Tor exits",
    "tor_exit_covers": "the days the archives of Tor exits speak of, YYYYMMDD-YYYYMMDD",
}
AFTER: tuple[str, ...] = ("dns", "recorded")


class Settings(EnricherSettings):
    """`[enrichers.tor]`. Without `exit_list` and `archives` it asks nothing."""

    exit_list: UrlOrPathIfAny = Field(
        default="",
        description="the list of today's exits: a file, or a URL such as"
        " https://check.torproject.org/torbulkexitlist",
    )
    archives: tuple[UrlOrPath, ...] = Field(
        default=(),
        description="past exit lists as collector.torproject.org has them: files, folders or URLs",
    )
    fetch_every: Interval = Field(
        default=timedelta(hours=1), description="how often a list behind a URL is fetched anew"
    )
    stale_after: Interval = Field(
        default=timedelta(days=3), description="a list file older than this tells nothing of today"
    )


@dataclass(slots=True)
class _Memory:
    """The lists read so far, for those who ask through one door."""

    now: Shelf[Exits] = field(default_factory=lambda: Shelf(_list_from))
    past: Shelf[Exits] = field(default_factory=lambda: Shelf(read_archive))


_MEMORIES: WeakKeyDictionary[HttpDoor, _Memory] = WeakKeyDictionary()


def wants(dossier: Dossier, settings: Settings) -> bool:
    """Whether there is a list to look in, and an address to look for."""
    return bool((settings.exit_list or settings.archives) and texts_of(dossier, *ADDRESSES))


async def enrich(dossier: Dossier, settings: Settings, context: EnricherContext) -> Sequence[Fact]:
    """Exit now or not, and the last day that the archives know."""
    memory = _MEMORIES.setdefault(context.doors.http, _Memory())
    addresses, at = texts_of(dossier, *ADDRESSES), context.now()
    now, why_not_now = await _now(settings, context, memory.now)
    past, why_not_past = await _past(settings, context, memory.past)
    today = day_number(at)
    days = {address: _last(address, past, today) for address in addresses}
    days |= {address: today for address in addresses if now and address in now.last}
    seen = [address for address, day in days.items() if day]
    found: dict[str, Iterable[Value]] = {
        "tor_exit": () if now is None else (any(address in now.last for address in addresses),),
        "tor_exit_last": [max(days.values())] if seen else (),
        "tor_exit_address": seen,
        "tor_exit_covers": _covers(past),
    }
    doubts = {"tor_exit": why_not_now, "tor_exit_last": "" if seen else why_not_past}
    return [
        *(
            Fact(dossier.domain, name, value, "tor", at)
            for name, values in found.items()
            for value in values
        ),
        *(Fact(dossier.domain, name, None, "tor", at, why) for name, why in doubts.items() if why),
    ]


async def _now(
    settings: Settings, context: EnricherContext, shelf: Shelf[Exits]
) -> tuple[Exits | None, str]:
    """Today's exits, or why they are not known; neither when nobody asked for them."""
    place = settings.exit_list
    if not place:
        return None, ""
    try:
        exits = await shelf.of_place(place, context.doors.http, every=settings.fetch_every)
        written = context.now() if is_web(place) else _written(Path(place))
    except (WillPass, WillNotPass) as error:
        return None, str(error)
    if abs(context.now() - written) > settings.stale_after:
        return None, f"the list of exits is of {written:%Y-%m-%d} and tells nothing of that day"
    return exits, ""


def _written(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise WillNotPass(f"{path.name} cannot be read: {error.strerror}") from error


async def _past(
    settings: Settings, context: EnricherContext, shelf: Shelf[Exits]
) -> tuple[list[Exits], str]:
    """All archives that can be read, and why one of them cannot."""
    found: list[Exits] = []
    trouble = ""
    for place in settings.archives:
        try:
            archive = await shelf.of_place(place, context.doors.http, every=settings.fetch_every)
        except (WillPass, WillNotPass) as error:
            trouble = str(error)
        else:
            found.append(archive)
            trouble = trouble or archive.trouble
    return found, clean(trouble)


def _last(address: str, archives: Iterable[Exits], today: int) -> int:
    """The last day up to today; a replayed case must not see what came later."""
    days = (archive.last.get(address, 0) for archive in archives)
    return max((day for day in days if day <= today), default=0)


def _covers(archives: Iterable[Exits]) -> tuple[str, ...]:
    """The spans of days, those joined between which no day is missing."""
    spans: list[tuple[int, int]] = []
    for since, until in sorted((one.since, one.until) for one in archives if one.until):
        if spans and since <= _day_after(spans[-1][1]):
            spans[-1] = (spans[-1][0], max(spans[-1][1], until))
        else:
            spans.append((since, until))
    return tuple(f"{since}-{until}" for since, until in spans)


def _day_after(day: int) -> int:
    moment = datetime.strptime(str(day), "%Y%m%d").replace(tzinfo=UTC)
    return day_number(moment + timedelta(days=1))


def _list_from(source: Path | bytes) -> Exits:
    return read_list(source.read_bytes() if isinstance(source, Path) else source)
