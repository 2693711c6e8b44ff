"""Who hosts a domain: the autonomous systems of its addresses, and the CDN in front of it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from ipaddress import ip_address
from typing import TypeAlias
from weakref import WeakKeyDictionary

from pydantic import Field

from hunter.clock import day_number
from hunter.contracts import EnricherContext, EnricherSettings
from hunter.dossiers import texts_of
from hunter.model import Dossier, Fact, Report, Value
from hunter.net import asn, cdn, guard
from hunter.net.asn import Address, AutonomousSystem
from hunter.net.cdn import Cdn
from hunter.net.dns import DnsDoor, DnsStatus
from hunter.net.http import HttpDoor
from hunter.net.shelf import Shelf
from hunter.net.text import clean
from hunter.trackable import ADDRESSES
from hunter.written import Interval, LocalPath, WebAddress

FIELDS: Mapping[str, str] = {
    "asn": "numbers of the autonomous systems that announce its addresses",
    "as_name": "their names",
    "as_country": "their countries, two letters",
    "ip_network": "the announced networks, in CIDR",
    "cdn": "the content delivery network its addresses belong to, which hides the server behind",
    "cdn_list_date": "the day of the list that its content delivery network stands on, YYYYMMDD",
}
AFTER: tuple[str, ...] = ("dns", "recorded")

_MAX_ADDRESSES = 20

Found: TypeAlias = "AutonomousSystem | str"
"""Who announces an address, or why that could not be found out."""


class Settings(EnricherSettings):
    """`[enrichers.hosting]`."""

    asn_db: LocalPath | None = Field(
        default=None,
        description="a database of AS numbers: iptoasn's .tsv(.gz), or an .mmdb of IPinfo or DB-IP",
    )
    cymru: bool = Field(
        default=True, description="without a database, ask Team Cymru's free service over DNS"
    )
    cdn_lists: dict[str, tuple[WebAddress, ...]] = Field(
        default_factory=dict,
        description="where delivery networks publish their prefixes, in place of the shipped list:"
        ' { Cloudflare = ["https://www.cloudflare.com/ips-v4"] }',
    )
    cdn_every: Interval = Field(
        default=timedelta(days=1), description="how often those lists are fetched anew"
    )


_SHELVES: WeakKeyDictionary[HttpDoor, Shelf[cdn.Networks]] = WeakKeyDictionary()


def wants(dossier: Dossier, _settings: Settings) -> bool:
    """Whether it has any address."""
    return any(field in dossier.fields for field in ADDRESSES)


async def enrich(dossier: Dossier, settings: Settings, context: EnricherContext) -> Sequence[Fact]:
    """One fact per autonomous system, name, country, network and CDN."""
    addresses = _addresses(dossier)
    look_up = await _source(settings, context.doors.dns)
    systems = await asyncio.gather(*(_system(address, look_up) for address in addresses))
    at = context.now()
    found = [system for system in systems if isinstance(system, AutonomousSystem)]
    known = await _known_cdns(settings, context)
    cdns, doubt = _cdns(addresses, systems, known)
    values: dict[str, list[Value]] = {
        "asn": [system.number for system in found],
        "as_name": [system.name for system in found],
        "as_country": [system.country for system in found],
        "ip_network": [system.network for system in found],
        "cdn": [one.name for one in cdns],
        "cdn_list_date": [one.dated for one in cdns],
    }
    facts = [
        Fact(dossier.domain, field, value, "hosting", at)
        for field, several in values.items()
        for value in dict.fromkeys(value for value in several if value)
    ]
    silent = _silences(values, systems, doubt)
    return [*facts, *(Fact(dossier.domain, f, None, "hosting", at, why) for f, why in silent)]


def _silences(
    values: Mapping[str, list[Value]], systems: Sequence[Found], doubt: str
) -> Iterator[tuple[str, str]]:
    """The fields without any value, and why."""
    reasons = [system for system in systems if isinstance(system, str)]
    for field in ("asn", "as_name", "as_country", "ip_network"):
        if not any(values[field]):
            yield field, reasons[0] if reasons else "the source of AS numbers does not say"
    if doubt:
        yield "cdn", doubt


def _addresses(dossier: Dossier) -> tuple[Address, ...]:
    found = texts_of(dossier, *ADDRESSES)[:_MAX_ADDRESSES]
    return tuple(ip_address(text) for text in found if _is_address(text))


def _is_address(text: str) -> bool:
    return guard.refusal(text) != guard.NO_ADDRESS


async def _source(settings: Settings, door: DnsDoor) -> Callable[[Address], Awaitable[Found]]:
    if settings.asn_db is not None:
        look_up = await asyncio.to_thread(asn.open_file, settings.asn_db)
        return lambda address: _from_file(address, look_up)
    if settings.cymru:
        return lambda address: _from_cymru(address, door)
    return _from_nowhere


async def _system(address: Address, look_up: Callable[[Address], Awaitable[Found]]) -> Found:
    kind = guard.refusal(str(address))
    return f"{address} is no public address but {kind}" if kind else await look_up(address)


async def _from_file(address: Address, look_up: asn.Lookup) -> Found:
    return look_up(address) or f"{address} is in no network of the database"


async def _from_nowhere(_address: Address) -> Found:
    return "no database of AS numbers is set: give asn_db in [enrichers.hosting]"


async def _from_cymru(address: Address, door: DnsDoor) -> Found:
    """Team Cymru's IP to ASN mapping."""
    backwards = address.reverse_pointer.removesuffix(".in-addr.arpa").removesuffix(".ip6.arpa")
    zone = "origin" if address.version == 4 else "origin6"  # noqa: PLR2004
    answer = await door.ask(f"{backwards}.{zone}.asn.cymru.com", "TXT")
    if answer.status is DnsStatus.UNKNOWN:
        return f"Team Cymru could not be asked: {answer.reason}"
    system = asn.narrowest(answer.records)
    if system is None:
        return f"Team Cymru knows no network that holds {address}"
    return replace(system, name=await _cymru_name(system.number, door))


async def _cymru_name(number: int, door: DnsDoor) -> str:
    """`13335 | US | arin | 2010-07-14 | CLOUDFLARENET, US` without the country at the end."""
    answer = await door.ask(f"AS{number}.asn.cymru.com", "TXT")
    told = "".join(answer.records[:1]).rpartition("|")[2].strip()
    name, comma, country = told.rpartition(", ")
    return clean(name if comma and len(country) == 2 else told)  # noqa: PLR2004


async def _known_cdns(settings: Settings, context: EnricherContext) -> Sequence[Cdn]:
    """The shipped networks, with newer lists in their place where they can be had."""

    def tell(name: str, trouble: str) -> None:
        told = trouble or "the list of its prefixes is read"
        subject = f"prefixes of {name}"
        context.report(Report("enrichers.hosting", not trouble, told, context.now(), subject))

    door = context.doors.http
    shelf = _SHELVES.setdefault(door, Shelf(cdn.read))
    load = partial(shelf.of_url, door=door, every=settings.cdn_every)
    return await cdn.current(settings.cdn_lists, load, day_number(context.now()), tell)


def _cdns(
    addresses: Sequence[Address], systems: Sequence[Found], known: Sequence[Cdn]
) -> tuple[tuple[Cdn, ...], str]:
    """The networks recognised, and why some could not be decided when none was."""
    found: dict[Cdn, None] = {}
    doubts: list[str] = []
    for address, system in zip(addresses, systems, strict=True):
        number = 0 if isinstance(system, str) else system.number
        one = cdn.which(known, address, number)
        if one:
            found[one] = None
        elif isinstance(system, str):
            doubts.append(system)
    return tuple(found), "" if found else "".join(doubts[:1])
