"""Read me first: the six steps a name takes, on one page.

    gather → match → enrich → judge → alert → deliver

Each step takes what is pending, does it, writes it down, and may be killed at any line: the store
is the queue between them. Hits and the cursor behind them are one transaction; so are an alert, its
transitions and its letters.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog

from hunter import (
    alerts,
    canary,
    canary_watch,
    certified,
    delivery,
    enrichment,
    following,
    health,
    known,
    metrics,
    names,
    recall,
    ribs,
    routing,
    tracks,
)
from hunter.config import Config
from hunter.contracts import Batch, Doors, SourceContext
from hunter.errors import WillPass, YoursToFix
from hunter.judge import correlate, judge
from hunter.latecomers import latecomer
from hunter.matching import Matcher
from hunter.model import Alert, Brand, Dossier, Finding, Match, Report, Sighting, Transition
from hunter.outages import Outages
from hunter.respite import Respite
from hunter.rulebook import Rulebook
from hunter.store import Store, budgets, cursors, memory, outbox, reports, sightings
from hunter.store import alerts as kept_alerts
from hunter.store.together import Together
from hunter.unjudged import Unjudged

_HITS_AT_ONCE = 64
_ENRICH_AT_ONCE = 400
_JUDGE_AT_ONCE = 500
_LONGEST_ROUND = 60.0
_TOGETHER, _LETS_IN = 0.02, 0.005  # after so long whoever waits to write has a turn
_DELIVER_AT_ONCE = 50
_AFTER_A_FAULT = timedelta(hours=1)

Result = TypeVar("Result")

log = structlog.get_logger()


@dataclass(frozen=True)
class Hunt:
    """Everything the steps work with. A reload makes a new one; the store and the doors stay."""

    config: Config
    store: Store
    matcher: Matcher
    rulebook: Rulebook
    doors: Doors
    now: Callable[[], datetime]
    in_hand: set[str] = field(default_factory=set)
    """Domains being asked about at this moment."""
    ways_in_hand: set[outbox.Way] = field(default_factory=set)
    """Ways on which something is being delivered at this moment."""
    refusals: dict[outbox.Way, int] = field(default_factory=dict)
    """How many letters in a row a way refused for what they say."""
    unwritten: dict[outbox.Way, delivery.Outcome] = field(default_factory=dict)
    """What came of deliveries while the store could not be written."""
    respite: Respite = field(default_factory=Respite)
    """While the store cannot be written, nobody is asked."""
    outages: Outages = field(default_factory=Outages)
    """Which providers answer."""
    unjudged: Unjudged = field(default_factory=Unjudged)
    """Which domains a fault keeps from being judged."""
    over: asyncio.Event = field(default_factory=asyncio.Event)
    """Set as soon as another config, or other rules, are in force."""

    def report(self, report: Report) -> None:
        """Keep how a part fares, and log it when that is news."""
        if reports.record(self.store, report):
            log_as = log.info if report.healthy else log.warning
            log_as("report", part=report.part, subject=report.subject, message=report.message)


# 1. gather, 2. match


async def gather(
    hunt: Hunt, source: str, keep: Callable[[Batch], Awaitable[None]] | None = None
) -> None:
    """Take every batch the source has, or let `keep` do it; for a stream, until cancelled."""
    settings = hunt.config.sources[source]
    context = SourceContext(
        brands=hunt.config.brands,
        tracks=following.tracks_in_force(hunt.store, hunt.config),
        cursor=lambda stream: cursors.cursor(hunt.store, source, stream),
        now=hunt.now,
        doors=hunt.doors,
        report=hunt.report,
        spend=lambda provider, a_day: budgets.spend(hunt.store, provider, a_day, hunt.now()),
        recall=partial(memory.recall, hunt.store, enrichment.KEEPER),
        keep=lambda key, value: memory.keep(hunt.store, enrichment.KEEPER, key, value, hunt.now()),
    )
    async for batch in ribs.load("sources", source).gather(settings, context):
        if keep:
            await keep(batch)
        else:
            await take(hunt, source, batch)


async def take(hunt: Hunt, source: str, batch: Batch) -> int:
    """Match one batch; keep its hits and its cursor in one transaction. Returns how many hits."""
    seen_at = batch.seen_at or hunt.now()
    hits = await _hits(hunt, batch)
    seen = [_sighting(match, line, source, batch, seen_at) for match, line in hits]
    with hunt.store.transaction():
        sightings.record(hunt.store, seen, [match for match, _ in hits], hunt.now())
        certified.keep(hunt.store, seen, hunt.now())
        following.through_batch(hunt.store, hunt.config, batch, seen_at)
        if track := batch.track:
            found_by = ((track, match, batch.origin(line)) for match, line in hits)
            following.keep(hunt.store, found_by, seen_at)
        canary_watch.note_certificate(hunt.store, source, batch, hunt.now())
        cursors.set_cursor(hunt.store, source, batch.stream, batch.cursor, hunt.now())
    metrics.add("hunter_names_total", source, by=batch.names.count(b"\n") + bool(batch.names))
    metrics.add("hunter_hits_total", source, by=len(hits))
    return len(hits)


async def _hits(hunt: Hunt, batch: Batch) -> list[tuple[Match, int]]:
    """The matches that are not ours, with their lines; a hostile batch holds thousands."""
    track, config = batch.track, hunt.config
    found = following.brought_by(config, track, batch) if track else _matched(hunt, batch)
    hits = []
    for count, (match, line) in enumerate(found, 1):
        if not following.is_ours(hunt.config, match):
            hits.append((match, line))
        if count % _HITS_AT_ONCE == 0:
            await asyncio.sleep(0)
    return hits


def _matched(hunt: Hunt, batch: Batch) -> Iterable[tuple[Match, int]]:
    return ((_as_in_dns(hunt, hit.match), hit.line) for hit in hunt.matcher.scan(batch.names))


def _as_in_dns(hunt: Hunt, match: Match) -> Match:
    """A list has names in their own letters, which may lie: people are told what DNS has."""
    if match.name.isascii():
        return match
    found = hunt.matcher.match(names.parse(match.name).text)
    return next((one for one in found if one.brand == match.brand), match)


def _sighting(match: Match, line: int, source: str, batch: Batch, seen_at: datetime) -> Sighting:
    origin = dict(batch.origin(line))
    if batch.track:
        origin["track"] = batch.track.name
    return Sighting(names.parse(match.name).text, match.registrable, source, seen_at, origin)


# 3. enrich


async def enrich(hunt: Hunt) -> int:
    """Ask about every domain that is due; returns how many there were.

    What could not be kept is due at once again: without a pause everybody would be asked every
    second for as long as the disk is full.
    """
    hunt.respite.check(hunt.now())
    following.over_store(hunt.store, hunt.config, hunt.now(), hunt.report)
    due = sightings.due(hunt.store, hunt.now(), _ENRICH_AT_ONCE + len(hunt.in_hand))
    mine = [domain for domain in due if domain not in hunt.in_hand]
    if not mine:
        return 0
    hunt.in_hand.update(mine)
    order = enrichment.waves(hunt.config.enrichers)
    wanted = following.watchlist(hunt.store, hunt.config)
    together = Together(hunt.store)
    try:
        await asyncio.gather(
            *(_enrich_one(hunt, domain, order, wanted, together) for domain in mine)
        )
    except WillPass as trouble:
        hunt.respite.begin(trouble, hunt.now())
        raise
    hunt.respite.end()
    return len(mine)


async def _enrich_one(
    hunt: Hunt,
    domain: str,
    order: Sequence[Sequence[enrichment.Asked]],
    wanted: tracks.Watchlist,
    together: Together,
) -> None:
    context = enrichment.context_for(
        hunt.store, hunt.doors, hunt.config.brands, hunt.now, hunt.report
    )
    try:
        looked = enrichment.enrich(hunt.store, domain, order, context, together=together)
        look = await guard(looked, domain)
        await together.write(partial(_looked, hunt, domain, look, wanted))
    finally:
        hunt.in_hand.discard(domain)


def _looked(hunt: Hunt, domain: str, look: enrichment.Look | None, watch: tracks.Watchlist) -> None:
    """Note what the look at the domain leads to; it is None after a fault."""
    for report in look.reports if look else ():
        if hunt.outages.is_news(report, domain):
            hunt.report(report)
    following.after_look_up(hunt.store, hunt.config, domain, watch, hunt.now())
    now = hunt.now()
    again = now + _AFTER_A_FAULT
    if look and not look.has_fault:
        again = enrichment.next_look(hunt.store, look.dossier, now)
    sightings.set_due(hunt.store, domain, again)


# 4. judge, 5. alert


async def judge_pending(hunt: Hunt) -> int:
    """Judge domains whose facts, matches or rules changed; returns how many there were.

    Not by rules that are outdated: a domain that was marked for the new ones would keep its mark no
    more. Nor for long: where many go together, each takes its time, and a round is to end.
    """
    until = time.monotonic() + _LONGEST_ROUND
    seen_with = recall.seen_with_at(hunt.store, hunt.config, hunt.rulebook, hunt.now())
    waiting = deque(sightings.to_judge(hunt.store, _JUDGE_AT_ONCE))
    count = len(waiting)
    while waiting and not hunt.over.is_set():
        await _judge_some(hunt, waiting, seen_with, min(until, time.monotonic() + _TOGETHER))
        await asyncio.sleep(_LETS_IN)
        if time.monotonic() > until:
            break
    if count:
        hunt.unjudged.tell(hunt.store, hunt.report, hunt.now())
    return count - len(waiting)


async def _judge_some(
    hunt: Hunt, waiting: deque[str], seen_with: recall.SeenWith, until: float
) -> None:
    """In one transaction, for each waits for the disk; nobody else may write meanwhile."""
    with hunt.store.transaction():
        while waiting:
            domain = waiting.popleft()
            judged = await guard(_judge_domain(hunt, domain, seen_with), domain)
            hunt.unjudged.note(domain, judged=judged is not None)
            if judged is None:
                # It is judged again after its next look-up; trying at once would fail for ever.
                sightings.mark_judged(hunt.store, domain)
            if time.monotonic() > until:
                break


async def _judge_domain(hunt: Hunt, domain: str, seen_with: recall.SeenWith) -> bool:
    with hunt.store.transaction():
        sightings.mark_judged(hunt.store, domain)
        matches = sightings.best_matches(hunt.store, domain)
        # What it imitates is told before what it is tied to, which then need not be told.
        for best in sorted(matches, key=lambda one: one.is_linked):
            brand = hunt.config.brand(best.brand)
            match = following.in_force(hunt.store, hunt.config, best)
            if brand is not None and match is not None:
                _judge_match(hunt, brand, match, seen_with)
    return True


def _judge_match(hunt: Hunt, brand: Brand, match: Match, seen_with: recall.SeenWith) -> None:
    dossier = known.dossier_of(hunt.store, match.registrable, hunt.now(), brand, match)
    others = seen_with(brand, dossier, match)
    begun = time.perf_counter()
    found = (
        *judge(hunt.rulebook, dossier),
        *correlate(hunt.rulebook, dossier, others),
    )
    metrics.add("hunter_rule_seconds_total", by=time.perf_counter() - begun)
    metrics.add("hunter_judged_total")
    before = kept_alerts.find(hunt.store, brand.domain, dossier.domain)
    told = kept_alerts.told(hunt.store, before) if before else {}
    minimum = canary_watch.minimum(hunt.config, dossier.domain)
    late = latecomer(hunt.store, hunt.config, hunt.rulebook, before, hunt.now()) if before else ""
    decision = alerts.decide(before, told, dossier, match, found, minimum=minimum, latecomer=late)
    if decision is None:
        return
    alert = kept_alerts.save(hunt.store, decision.alert, decision.told)
    if decision.news:
        _tell(hunt, alert, dossier, decision.news)
        log.info("alert", domain=alert.domain, brand=alert.brand, severity=str(alert.severity))
    for track in following.begin(hunt.store, hunt.config, alert, dossier, hunt.now()):
        log.info("track", track=track.name, because=track.because)
    _wake_related(hunt, brand, before, found)


def _wake_related(hunt: Hunt, brand: Brand, before: Alert | None, found: Iterable[Finding]) -> None:
    """Judge those again that take part in a correlation by now and do not know yet."""
    for rule, domains in alerts.newly_related(before, found):
        kept_alerts.wake_without(hunt.store, brand.domain, rule, domains)


def _tell(hunt: Hunt, alert: Alert, dossier: Dossier, news: Sequence[Transition]) -> None:
    """Write to whom it concerns; of a canary, to nobody."""
    if canary.is_canary(alert.domain):
        canary_watch.post(hunt.store, hunt.config, alert, dossier, news)
    else:
        routing.tell(hunt.store, hunt.config, alert, dossier, news)


# 6. deliver


async def deliver(hunt: Hunt) -> int:
    """Send what is due, way beside way; returns how many parcels there were.

    A way that is in hand already is left out: a slow server does not hold up the others.
    """
    post = delivery.Post(
        *(hunt.config, hunt.store, hunt.doors, hunt.now, hunt.report),
        *(hunt.refusals, hunt.unwritten, guard),
    )
    delivery.catch_up(post)
    delivery.try_again(post)
    due = outbox.ways(hunt.store, hunt.now())
    if routing.strays(hunt.config, due):
        _forget_who_left(hunt)
        due = outbox.ways(hunt.store, hunt.now())
    free = [way for way in due if way not in hunt.ways_in_hand]
    hunt.ways_in_hand.update(free)
    return sum(await asyncio.gather(*(_deliver_way(hunt, post, way) for way in free)))


def _forget_who_left(hunt: Hunt) -> None:
    """Whenever something is due for them: what was in hand at a reload comes back later."""
    with hunt.store.transaction():
        routing.follow_config(hunt.store, hunt.config)
        health.forget_strangers(hunt.store, hunt.config)


async def _deliver_way(hunt: Hunt, post: delivery.Post, way: outbox.Way) -> int:
    """One after the other, so that a thread arrives in its order, until the way is closed."""
    try:
        for number in range(_DELIVER_AT_ONCE):
            taken = delivery.take(post, way)
            if taken is None:
                return number
            goes_on = await guard(delivery.send(post, *taken), taken[0].key)
            if goes_on is None:
                again = partial(delivery.put_off, post, taken[0], _AFTER_A_FAULT)
                delivery.write_down(post, way, again)
            elif not goes_on:
                return number + 1
        return _DELIVER_AT_ONCE
    finally:
        hunt.ways_in_hand.discard(way)


async def guard(work: Awaitable[Result], item: str) -> Result | None:
    """The per-item guard: a fault in one item is recorded with its name, and the rest goes on.

    A store in trouble is no item's fault: what was not written is done again.
    """
    try:
        return await work
    except (WillPass, YoursToFix):
        raise
    except asyncio.CancelledError:
        if is_ended():
            raise
        log.exception("fault", item=item)
    except Exception:
        log.exception("fault", item=item)
    return None


def is_ended() -> bool:
    """Whether somebody ends this task: a CancelledError may also be that of a library's own."""
    task = asyncio.current_task()
    return task is None or task.cancelling() > 0
