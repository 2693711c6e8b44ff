"""Whether the domain, its addresses, name servers or mailboxes stand on lists of indicators.

A list says that somebody once noted the value, and not why; shared servers and addresses that
changed hands stand on lists too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from weakref import WeakKeyDictionary

from pydantic import Field

from hunter.contracts import EnricherContext, EnricherSettings
from hunter.dossiers import texts_of
from hunter.errors import WillNotPass, WillPass
from hunter.lists import indicator_formats
from hunter.lists.indicators import Indicators
from hunter.model import Dossier, Fact, Report, Value
from hunter.net.http import HttpDoor
from hunter.net.shelf import Shelf
from hunter.net.text import clean
from hunter.trackable import ADDRESSES
from hunter.written import Interval, Table, UrlOrPath

FIELDS: Mapping[str, str] = {
    "ioc_list": "names of the indicator lists that hold something of it",
    "ioc_list_date": "the days of those lists, YYYYMMDD",
    "ioc_value": "what stands on a list: the domain, an address, a name server, a mailbox",
    "ioc_kind": "what of it is listed: domain, address, name server, mail server or mailbox",
    "ioc_listing": "each listed value with its list and the list's day, in words",
}
AFTER: tuple[str, ...] = ("dns", "rdap", "whois", "mail", "hosting", "recorded")

_NAME_SERVERS = ("ns", "ns_domain")
_MAIL_SERVERS = ("mx", "mx_domain")
_MAILBOXES = ("registrant_email", "soa_mailbox", "dmarc_rua", "dmarc_ruf")
_MAX_FOUND = 20


class ListTable(Table):
    """One list: what people call it, its day, and where it is."""

    name: str = Field(description="what alerts call the list, such as Grizzly Steppe")
    place: UrlOrPath = Field(description="a file, a folder of MISP events, or a URL")
    day: date | None = Field(
        default=None, description="the day the list was published, such as 2016-12-29"
    )
    column: str = Field(
        default="", description="for a table: the header or the number of the column to read"
    )


class Settings(EnricherSettings):
    """`[enrichers.indicators]`. Without `lists` it asks nothing."""

    lists: tuple[ListTable, ...] = Field(
        default=(),
        description='lists to look in, { name = "...", day = 2016-12-29, place = "..." }',
    )
    fetch_every: Interval = Field(
        default=timedelta(hours=6),
        description="how often a list behind a URL is fetched anew",
    )

    def places(self) -> frozenset[str]:
        """The lists by their names."""
        return frozenset(table.name for table in self.lists)


@dataclass(frozen=True, slots=True)
class _Listing:
    """One value on one list."""

    value: str
    kind: str
    table: ListTable
    day: int

    def __str__(self) -> str:
        day = str(self.day)
        dated = f" of {day[:4]}-{day[4:6]}-{day[6:]}" if self.day else ""
        return f"{self.kind} {self.value} in {self.table.name}{dated}"


_MEMORIES: WeakKeyDictionary[HttpDoor, dict[str, Shelf[Indicators]]] = WeakKeyDictionary()
"""For each door a shelf for each column that tables are read by."""
_TOLD: WeakKeyDictionary[HttpDoor, dict[str, str]] = WeakKeyDictionary()
"""For each door the trouble that was last told of each list."""


def wants(_dossier: Dossier, settings: Settings) -> bool:
    """Whether there is a list to look in."""
    return bool(settings.lists)


async def enrich(dossier: Dossier, settings: Settings, context: EnricherContext) -> Sequence[Fact]:
    """What of the domain is listed where; when nothing is, whether every list could be read."""
    found: list[_Listing] = []
    troubles: list[str] = []
    for table in settings.lists:
        try:
            indicators = await _load(table, settings, context.doors.http)
        except (WillPass, WillNotPass) as error:
            troubles.append(clean(f"{table.name}: {error}"))
            _tell(table, context, str(error))
        else:
            _tell(table, context)
            found += _listings(dossier, table, indicators)
    if not found and troubles:
        at = context.now()
        return [Fact(dossier.domain, name, None, "indicators", at, troubles[0]) for name in FIELDS]
    return list(_facts(dossier.domain, found[:_MAX_FOUND], context))


def _tell(table: ListTable, context: EnricherContext, trouble: str = "") -> None:
    """Report how a list fares, once until it fares otherwise: it is read for every domain."""
    told = _TOLD.setdefault(context.doors.http, {})
    if told.get(table.name) != trouble:
        told[table.name] = trouble
        message = clean(trouble) or "the list is read"
        now = context.now()
        context.report(Report("enrichers.indicators", not trouble, message, now, table.name))


async def _load(table: ListTable, settings: Settings, door: HttpDoor) -> Indicators:
    shelves = _MEMORIES.setdefault(door, {})
    read = partial(indicator_formats.read, column=table.column)
    shelf = shelves.setdefault(table.column, Shelf(read))
    return await shelf.of_place(table.place, door, every=settings.fetch_every)


def _listings(dossier: Dossier, table: ListTable, indicators: Indicators) -> Iterator[_Listing]:
    day = int(f"{table.day:%Y%m%d}") if table.day else indicators.date
    for kind, values in _found(dossier, indicators):
        for value in dict.fromkeys(values):
            yield _Listing(clean(value), kind, table, day)


def _found(dossier: Dossier, indicators: Indicators) -> Iterator[tuple[str, Iterable[str]]]:
    yield "domain", indicators.under(dossier.domain)
    # What stands in front of half the web is on every list and tells nothing of who is behind it.
    fields = ("origin_ip",) if "cdn" in dossier.fields else ADDRESSES
    addresses = map(indicators.around, texts_of(dossier, *fields))
    yield "address", filter(None, addresses)
    yield "name server", filter(indicators.has_name, texts_of(dossier, *_NAME_SERVERS))
    yield "mail server", filter(indicators.has_name, texts_of(dossier, *_MAIL_SERVERS))
    mailboxes = (mailbox.lower() for mailbox in texts_of(dossier, *_MAILBOXES))
    yield "mailbox", (mailbox for mailbox in mailboxes if mailbox in indicators.mailboxes)


def _facts(domain: str, found: Sequence[_Listing], context: EnricherContext) -> Iterator[Fact]:
    values: dict[str, Iterable[Value]] = {
        "ioc_list": [listing.table.name for listing in found],
        "ioc_list_date": [listing.day for listing in found if listing.day],
        "ioc_value": [listing.value for listing in found],
        "ioc_kind": [listing.kind for listing in found],
        "ioc_listing": [str(listing) for listing in found],
    }
    for name, several in values.items():
        for value in dict.fromkeys(several):
            yield Fact(domain, name, value, "indicators", context.now())
