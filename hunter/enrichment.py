"""Ask the enrichers about one domain, each after those it builds on, and keep their answers.

What is known then decides when they are asked again.
"""

import asyncio
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from types import ModuleType, NoneType
from typing import TypeAlias

import structlog

from hunter import canary, ladder, metrics, ribs
from hunter.clock import NEVER, is_lately
from hunter.contracts import Doors, EnricherContext, EnricherSettings
from hunter.dossiers import rule_fields
from hunter.errors import HunterError, WillNotPass, WillPass
from hunter.known import dossier_of
from hunter.model import AlertState, Brand, Dossier, Fact, Match, Report, Sighting
from hunter.store import Store, alerts, budgets, facts, memory, sightings
from hunter.store.together import Together

log = structlog.get_logger()

_LONGEST = 60.0
KEEPER = "enrichers"
"""The channel under which the store has what they remember, and sources with the same accounts."""
_MOST = 5_000
"""Values of one field that are taken from one answer, hosts included."""
_TO_THE_MINUTE = timedelta(seconds=59)
_LONG_OVERDUE = timedelta(days=30)
"""Then hunter was off, or the clock is ahead: it is looked at once more before it is given up."""

Answer: TypeAlias = "Sequence[Fact] | str | BaseException | None"
"""The facts, or in words why there are none, or a fault of hunter's own; None of who is not asked,
for it has nothing to say."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One enricher, its settings, and the module that answers."""

    name: str
    module: ModuleType
    settings: EnricherSettings


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a domain brought: how those that were asked fared, and what is known now."""

    reports: tuple[Report, ...]
    dossier: Dossier
    has_fault: bool = False
    """Whether one of them is at fault; it is in the journal."""


def waves(enrichers: Mapping[str, EnricherSettings]) -> tuple[tuple[Asked, ...], ...]:
    """The enrichers in the order of their needs: those of one wave are asked side by side."""
    left = {name: ribs.load("enrichers", name) for name in enrichers}
    order: list[tuple[Asked, ...]] = []
    while left:
        ready = [name for name, rib in left.items() if not set(rib.AFTER) & left.keys()]
        order.append(tuple(Asked(name, left.pop(name), enrichers[name]) for name in ready))
    return tuple(order)


def context_for(
    store: Store,
    doors: Doors,
    brands: tuple[Brand, ...],
    now: Callable[[], datetime],
    report: Callable[[Report], None],
) -> EnricherContext:
    """What the enrichers are given, with the store's knowledge behind it."""
    return EnricherContext(
        now,
        doors,
        brands,
        sharing=partial(facts.sharing, store),
        spend=lambda provider, a_day: budgets.spend(store, provider, a_day, now()),
        report=report,
        recall=partial(memory.recall, store, KEEPER),
        keep=lambda key, value: memory.keep(store, KEEPER, key, value, now()),
    )


async def enrich(
    store: Store,
    domain: str,
    order: Sequence[Sequence[Asked]],
    context: EnricherContext,
    *,
    fresh: bool = False,
    together: Together | None = None,
) -> Look:
    """Ask about the domain and keep the answers.

    An enricher is left out when it has nothing to say, or answered lately (unless `fresh`). What it
    told holds no longer when it has nothing to say now: a domain without an address is hosted
    nowhere. A fault in one costs its own answer alone; trouble in the store is raised at the end.
    Answers are written `together` with those about other domains, where there are any.
    """
    write = (together or Together(store)).write
    reports: list[Report] = []
    faults: list[BaseException] = []
    seen = sightings.sightings_of(store, domain)
    dossier = dossier_of(store, domain, context.now(), seen=seen)
    last = {} if fresh else facts.asked_at(store, domain)
    for wave in order:
        due = [
            one
            for one in wave
            if _may_be_asked(one, domain) and _is_due(one, dossier, last, context.now())
        ]
        answers = await asyncio.gather(
            *(_ask(one, dossier, context) for one in due), return_exceptions=True
        )
        pairs = zip(due, answers, strict=True)
        both = tuple(
            (one, answer)
            for one, answer in pairs
            if answer is not None or facts.fields_told(store, domain, one.name)
        )
        if not both:
            continue
        faults += [answer for _, answer in both if isinstance(answer, BaseException)]
        fared, dossier = await write(partial(_keep_all, store, seen, domain, both, context.now()))
        reports += fared
    for report in reports:
        metrics.add("hunter_lookups_total", *_counted(report))
    _note(domain, faults)
    return Look(tuple(reports), dossier, bool(faults))


def _note(domain: str, faults: Sequence[BaseException]) -> None:
    for fault in faults:
        if isinstance(fault, HunterError):
            raise fault
        log.error("fault", item=domain, exc_info=fault)


def _may_be_asked(one: Asked, domain: str) -> bool:
    """Nobody outside is asked about what hunter made up itself."""
    return one.name == canary.NAME or not canary.is_canary(domain)


def _is_due(one: Asked, dossier: Dossier, last: Mapping[str, datetime], now: datetime) -> bool:
    unsure = any(field in dossier.unknown for field in one.module.FIELDS)
    settings = one.settings
    wait = min(settings.refresh, settings.retry) if unsure else settings.refresh
    return one.name not in last or not is_lately(last[one.name], wait, now)


async def _ask(
    one: Asked, dossier: Dossier, context: EnricherContext
) -> Sequence[Fact] | str | None:
    """The answer, or in words why there is none; None where it has nothing to say."""
    try:
        if not one.module.wants(dossier, one.settings):
            return None
        async with asyncio.timeout(_LONGEST):
            return tuple(map(_sound, await one.module.enrich(dossier, one.settings, context)))
    except TimeoutError:
        return "no answer in time"
    except WillPass as error:
        return _with_its_wish(error, context.now())
    except WillNotPass as error:
        return str(error)


def _with_its_wish(error: WillPass, now: datetime) -> str:
    """Why there is no answer, and until when the other side wants to be left alone, if it does."""
    if not error.retry_after:
        return str(error)
    at = now + error.retry_after + _TO_THE_MINUTE
    return f"{error}; not asked again before {at:%Y-%m-%d %H:%M} UTC"


def _sound(fact: object) -> Fact:
    """Raises TypeError for what cannot be kept: it would cost the answers of all others, too."""
    if not isinstance(fact, Fact):
        raise TypeError(f"{fact!r} is no Fact")
    value: object = fact.value
    endless = isinstance(value, float) and not math.isfinite(value)
    if endless or not isinstance(value, (str, int, float, NoneType)):
        raise TypeError(f"{fact.field} is {value!r}: a Fact holds one text, number or truth")
    return fact


def _keep_all(
    store: Store,
    seen: Sequence[Sighting],
    domain: str,
    answers: Iterable[tuple[Asked, Answer]],
    now: datetime,
) -> tuple[list[Report], Dossier]:
    """How each fared that was asked, and what is known then."""
    fared = [_keep(store, domain, one, answer, now) for one, answer in answers]
    reports = [report for report in fared if report is not None]
    return reports, dossier_of(store, domain, now, seen=seen)


def _counted(report: Report) -> tuple[str, str]:
    return report.part.rpartition(".")[2], "answered" if report.healthy else "failed"


def _keep(
    store: Store,
    domain: str,
    one: Asked,
    answer: Answer,
    now: datetime,
) -> Report | None:
    """Called within a transaction."""
    part, fields = f"enrichers.{one.name}", one.module.FIELDS
    if answer is None:
        # All of it: an older version may have told more than this one declares.
        told_before = facts.fields_told(store, domain, one.name)
        facts.record(store, domain, (), provider=one.name, fields=told_before, at=now)
        facts.forget_asked(store, domain, one.name)
        return None
    if isinstance(answer, (str, BaseException)):
        why = answer if isinstance(answer, str) else "a fault in hunter; see the journal"
        unknown = [Fact(domain, field, None, one.name, now, why) for field in fields]
        facts.record(store, domain, unknown, provider=one.name, fields=fields, at=now)
        return Report(part, healthy=False, message=why, at=now)
    answered = {*fields, *(fact.field for fact in answer)}
    strange = _undeclared(answered, fields)
    told = tuple(_bounded(fact for fact in answer if fact.field not in strange))
    facts.record(store, domain, told, provider=one.name, fields=answered - strange, at=now)
    facts.set_asked(store, domain, one.name, now)
    if strange:
        why = f"tells of {', '.join(sorted(strange))}, which is no field of a rule: left out"
        return Report(part, healthy=False, message=why, at=now)
    return Report(part, healthy=True, message="answers", at=now)


def _undeclared(answered: Set[str], fields: Mapping[str, str]) -> Set[str]:
    """What no enricher declares: a slip in a new one, for no rule could ever read it."""
    others = answered - fields.keys()
    return others - rule_fields().keys() if others else others


def _bounded(answer: Iterable[Fact]) -> Iterator[Fact]:
    """The first values of each field: a hundred thousand would hold up everybody at every look."""
    taken: Counter[str] = Counter()
    for fact in answer:
        taken[fact.field] += 1
        if taken[fact.field] <= _MOST:
            yield fact


def next_look(store: Store, dossier: Dossier, now: datetime) -> datetime:
    """When to ask again: by where it stands on the ladder, since when, and how grave it is."""
    domain = dossier.domain
    stage = ladder.STAGES[str(dossier.fields["stage"])]
    since = sightings.set_stage(store, domain, stage, now)
    matches = sightings.best_matches(store, domain)
    found = alerts.about(store, domain)
    awake = [alert.severity for alert in found if alert.state is not AlertState.DISMISSED]
    wait = ladder.pause(
        ladder.Standing(
            stage=stage,
            known_for=now - (sightings.first_seen(store, domain) or now),
            unchanged_for=now - since,
            confidence=max((_plainness(match) for match in matches), default=0.0),
            severity=max(awake, default=None),
            dismissed=bool(found) and not awake,
        )
    )
    if wait is None and now - sightings.due_since(store, domain) > _LONG_OVERDUE:
        wait = ladder.WEEK
    return now + wait if wait else NEVER


def _plainness(match: Match) -> float:
    """How plainly it imitates; what a track found was asked for, whatever it looks like."""
    return 1.0 if match.is_linked else match.confidence
