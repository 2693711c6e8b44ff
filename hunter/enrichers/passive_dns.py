"""What others saw of a domain: its past addresses and name servers, and who else was there."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from pydantic import Field

from hunter import names
from hunter.clock import day_number
from hunter.contracts import EnricherContext, EnricherSettings
from hunter.dossiers import texts_of, values_of
from hunter.errors import WillNotPass, WillPass
from hunter.model import Dossier, Fact, Report, Value
from hunter.net.guard import leads_somewhere
from hunter.net.passive_dns import Asker, PassiveDns, providers
from hunter.net.passive_rows import Row, Rows
from hunter.written import Interval, PassiveDnsAccounts

FIELDS: Mapping[str, str] = {
    "pdns_a": "addresses that passive DNS saw it at, up to 50",
    "pdns_ns": "name servers that passive DNS saw it with, up to 50",
    "pdns_ns_domain": "registrable domains of those name servers",
    "pdns_first_seen": "the day passive DNS saw it first, YYYYMMDD",
    "pdns_last_seen": "the day passive DNS saw it last, YYYYMMDD",
    "pdns_count": "how often passive DNS saw its records, by the provider that saw most",
    "pdns_provider": "who answered: dnsdb, circl, imports",
    "pdns_cohosted": "how many other domains were seen at its addresses in the last 90 days",
    "pdns_cohosted_domain": "some of them, up to 20",
}
AFTER: tuple[str, ...] = ("dns", "hosting", "recorded")

_PART = "enrichers.passive_dns"
_KINDS: Mapping[str, str] = {"A": "pdns_a", "AAAA": "pdns_a", "NS": "pdns_ns"}
_MAX_VALUES = 50
_MAX_COHOSTED = 20
_MAX_ADDRESSES = 2
_RECENT = timedelta(days=90)
_NEW = timedelta(days=2)

Told: TypeAlias = "Iterable[Value] | str"
"""The values of a field, or why they are not known."""


class Settings(PassiveDnsAccounts, EnricherSettings):
    """`[enrichers.passive_dns]`. Without an account and an import it asks nothing."""

    refresh: Interval = Field(
        default=timedelta(days=1), description="an answer younger than this is not asked again"
    )
    retry: Interval = Field(
        default=timedelta(hours=6), description="how soon to ask again for what is missing"
    )
    a_day: int = Field(default=100, ge=0, description="questions to each paid provider in a day")
    cohosted: bool = Field(
        default=True, description="also ask who else was at its addresses; one question each"
    )


def wants(_dossier: Dossier, settings: Settings) -> bool:
    """Whether there is anybody to ask."""
    return bool(settings.dnsdb_key_file or settings.circl_login_file or settings.imports)


async def enrich(dossier: Dossier, settings: Settings, context: EnricherContext) -> Sequence[Fact]:
    """What all providers saw; raises the trouble of the first when none of them answered."""
    at = context.now()
    every = _providers(dossier, settings, context)
    asked = await asyncio.gather(*(_tried(one.by_name, dossier.domain) for one in every))
    for one, answer in zip(every, asked, strict=True):
        context.report(_report(one.name, answer, at))
    answers = [
        (one.name, answer)
        for one, answer in zip(every, asked, strict=True)
        if isinstance(answer, Rows)
    ]
    if not answers:
        raise next(answer for answer in asked if not isinstance(answer, Rows))
    around = await _cohosted(dossier, every, settings, at)
    found = {**_history(answers, day_number(at)), **around}
    return list(_facts(dossier.domain, found, at))


def _report(provider: str, answer: Rows | WillPass | WillNotPass, at: datetime) -> Report:
    healthy = isinstance(answer, Rows)
    told = "answers" if healthy else str(answer)
    return Report(_PART, healthy, told, at, subject=provider)


def _facts(domain: str, found: Mapping[str, Told], at: datetime) -> Iterator[Fact]:
    for field, told in found.items():
        if isinstance(told, str):
            yield Fact(domain, field, None, "passive_dns", at, told)
        else:
            for value in dict.fromkeys(told):
                yield Fact(domain, field, value, "passive_dns", at)


def _providers(dossier: Dossier, settings: Settings, context: EnricherContext) -> list[PassiveDns]:
    """Those that can be asked: about what has been known for long, with half of the day's budget.

    It is asked about every day. A few dozen would leave nothing for the name that came today.
    """
    since = day_number(context.now() - _NEW)
    is_new = all(str(day) >= str(since) for day in values_of(dossier.fields, "first_seen"))
    a_day = settings.a_day if is_new else (settings.a_day + 1) // 2

    def spend(provider: str) -> bool:
        return context.spend(f"passive_dns.{provider}", a_day)

    asker = Asker(_PART, context.doors.http, context.now, spend, context.recall, context.keep)
    return providers(settings, asker)


async def _tried(ask: Callable[[str], Awaitable[Rows]], what: str) -> Rows | WillPass | WillNotPass:
    try:
        return await ask(what)
    except (WillPass, WillNotPass) as error:
        return error


def _history(answers: Sequence[tuple[str, Rows]], today: int) -> dict[str, Iterable[Value] | str]:
    """The rows that were known by today; a replayed case must not see what came later."""
    known = [(name, [row for row in found.rows if row.first <= today]) for name, found in answers]
    rows = [row for _, some in known for row in some]
    values = {field: _values(rows, field) for field in ("pdns_a", "pdns_ns")}
    doubt = next((found.doubt for _, found in answers if found.doubt), "")
    first = [row.first for row in rows if row.first]
    last = [min(row.last, today) for row in rows if row.last]
    sums = [sum(row.count for row in some) for _, some in known]
    return {
        **{field: some[:_MAX_VALUES] for field, some in values.items()},
        "pdns_ns_domain": names.registrables(values["pdns_ns"])[:_MAX_VALUES],
        "pdns_first_seen": doubt or [min(first)] if first else [],
        "pdns_last_seen": doubt or [max(last)] if last else [],
        "pdns_count": doubt or [max(sums)] if rows else [],
        "pdns_provider": [name for name, some in known if some],
    }


def _values(rows: Iterable[Row], field: str) -> list[str]:
    return list(dict.fromkeys(row.value for row in rows if _KINDS.get(row.kind) == field))


async def _cohosted(
    dossier: Dossier, providers: Sequence[PassiveDns], settings: Settings, at: datetime
) -> dict[str, Told]:
    """Who else was seen at its addresses lately; none of it matters behind a CDN."""
    addresses = _addresses(dossier)
    if not settings.cohosted or not addresses:
        return {}
    some = addresses[:_MAX_ADDRESSES]
    asked = await asyncio.gather(*(_at(address, providers) for address in some))
    recent = day_number(at - _RECENT)
    rows = [row for found, _ in asked for row in found if row.first <= day_number(at)]
    hosts = (row.name for row in rows if row.last >= recent or not row.last)
    others = [name for name in names.registrables(hosts) if name != dossier.domain]
    doubts = [why for _, why in asked if why]
    if len(addresses) > len(some):
        doubts += [f"asked about {len(some)} of its {len(addresses)} addresses only"]
    if doubts and not others:
        return {"pdns_cohosted": doubts[0]}
    return {"pdns_cohosted": [len(others)], "pdns_cohosted_domain": others[:_MAX_COHOSTED]}


async def _at(address: str, providers: Sequence[PassiveDns]) -> tuple[list[Row], str]:
    """The rows with the address, and why they are not all when no provider gave a whole answer."""
    asked = await asyncio.gather(*(_tried(one.by_address, address) for one in providers))
    doubts = [answer.doubt if isinstance(answer, Rows) else str(answer) for answer in asked]
    rows = [row for answer in asked if isinstance(answer, Rows) for row in answer.rows]
    return rows, doubts[0] if all(doubts) else ""


def _addresses(dossier: Dossier) -> tuple[str, ...]:
    fields = ("origin_ip",) if "cdn" in dossier.fields else ("origin_ip", "a", "host_address")
    return tuple(filter(leads_somewhere, texts_of(dossier, *fields)))
