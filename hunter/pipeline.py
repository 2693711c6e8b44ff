"""Read me first: the six steps a name takes, on one page.

    gather → match → enrich → judge → alert → deliver

Each step takes what is pending, does it, writes it down, and may be killed at any line: the store
is the queue between them. Hits and the cursor behind them are one transaction; so are an alert, its
transitions and its letters.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from hunter import (
    alerts,
    canary_watch,
    enrichment,
    following,
    ladder,
    metrics,
    names,
    recall,
    ribs,
    tracks,
    wording,
)
from hunter.config import Config
from hunter.contracts import (
    Batch,
    Doors,
    NotifierContext,
    Recipient,
    SourceContext,
)
from hunter.errors import WillNotPass, WillPass
from hunter.judge import correlate, judge
from hunter.matching import Matcher
from hunter.model import (
    PASSING,
    Alert,
    AlertState,
    Brand,
    Dossier,
    Finding,
    Match,
    Report,
    Sighting,
)
from hunter.rulebook import Rulebook
from hunter.store import Store, cursors, outbox, reports, sightings
from hunter.store import alerts as kept_alerts
from hunter.store import tracks as kept_tracks

_ENRICH_AT_ONCE = 200
_JUDGE_AT_ONCE = 500
_DELIVER_AT_ONCE = 50
_AFTER_A_FAULT = timedelta(hours=1)
_FIRST_RETRY = timedelta(seconds=30)
_LONGEST_RETRY = timedelta(hours=1)

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

    def report(self, report: Report) -> None:
        """Keep how a part fares, and log it when that is news."""
        if reports.record(self.store, report):
            level = log.info if report.healthy else log.warning
            level("report", part=report.part, subject=report.subject, message=report.message)


# 1. gather, 2. match


async def gather(hunt: Hunt, source: str) -> None:
    """Take every batch the source has; for a stream, until cancelled."""
    settings = hunt.config.sources[source]
    context = SourceContext(
        brands=hunt.config.brands,
        tracks=kept_tracks.listed(hunt.store),
        cursor=lambda stream: cursors.cursor(hunt.store, source, stream),
        now=hunt.now,
        doors=hunt.doors,
        report=hunt.report,
    )
    async for batch in ribs.load("sources", source).gather(settings, context):
        take(hunt, source, batch)


def take(hunt: Hunt, source: str, batch: Batch) -> int:
    """Match one batch; keep its hits and its cursor in one transaction. Returns how many hits."""
    seen_at = batch.seen_at or hunt.now()
    found = _tracked(hunt, batch) if batch.track else _matched(hunt, batch)
    hits = [(match, line) for match, line in found if not following.is_ours(hunt.config, match)]
    with hunt.store.transaction():
        sightings.record(
            hunt.store,
            [_sighting(match, line, source, batch, seen_at) for match, line in hits],
            [match for match, _ in hits],
            hunt.now(),
        )
        following.through_batch(hunt.store, hunt.config, batch, seen_at)
        canary_watch.note_certificate(hunt.store, source, batch, hunt.now())
        cursors.set_cursor(hunt.store, source, batch.stream, batch.cursor, hunt.now())
    metrics.add("hunter_names_total", source, by=batch.names.count(b"\n") + bool(batch.names))
    metrics.add("hunter_hits_total", source, by=len(hits))
    return len(hits)


def _matched(hunt: Hunt, batch: Batch) -> list[tuple[Match, int]]:
    return [(hit.match, hit.line) for hit in hunt.matcher.scan(batch.names)]


def _tracked(hunt: Hunt, batch: Batch) -> list[tuple[Match, int]]:
    assert batch.track is not None
    lines = batch.names.decode("utf-8", "replace").split("\n")
    found = (
        (following.find(hunt.config, batch.track, one), line) for line, one in enumerate(lines)
    )
    return [(match, line) for match, line in found if match]


def _sighting(match: Match, line: int, source: str, batch: Batch, seen_at: datetime) -> Sighting:
    origin = dict(batch.origin(line))
    if batch.track:
        origin["track"] = batch.track.name
    return Sighting(names.parse(match.name).text, match.registrable, source, seen_at, origin)


# 3. enrich


async def enrich(hunt: Hunt) -> int:
    """Ask about every domain that is due; returns how many there were."""
    following.over_store(hunt.store, hunt.config, hunt.now(), hunt.report)
    due = sightings.due(hunt.store, hunt.now(), _ENRICH_AT_ONCE + len(hunt.in_hand))
    mine = [domain for domain in due if domain not in hunt.in_hand]
    hunt.in_hand.update(mine)
    order = enrichment.waves(hunt.config.enrichers)
    wanted = following.watchlist(hunt.store, hunt.config)
    await asyncio.gather(*(_enrich_one(hunt, domain, order, wanted) for domain in mine))
    return len(mine)


async def _enrich_one(
    hunt: Hunt,
    domain: str,
    order: Sequence[Sequence[enrichment.Asked]],
    wanted: tracks.Watchlist,
) -> None:
    context = enrichment.context_for(
        hunt.store, hunt.doors, hunt.config.brands, hunt.now, hunt.report
    )
    try:
        done = await guard(enrichment.enrich(hunt.store, domain, order, context), domain)
        with hunt.store.transaction():
            for report in done or ():
                hunt.report(report)
            following.after_look_up(hunt.store, hunt.config, domain, wanted, hunt.now())
            again = hunt.now() + _AFTER_A_FAULT if done is None else _next_look(hunt, domain)
            sightings.set_due(hunt.store, domain, again)
    finally:
        hunt.in_hand.discard(domain)


def _next_look(hunt: Hunt, domain: str) -> datetime:
    """When to ask again: by where it stands on the ladder, since when, and how grave it is."""
    now = hunt.now()
    dossier = enrichment.dossier_of(hunt.store, domain, now)
    stage = ladder.STAGES[str(dossier.fields["stage"])]
    since = sightings.set_stage(hunt.store, domain, stage, now)
    matches = sightings.best_matches(hunt.store, domain)
    found = kept_alerts.about(hunt.store, domain)
    awake = [alert.severity for alert in found if alert.state is not AlertState.DISMISSED]
    wait = ladder.pause(
        ladder.Standing(
            stage=stage,
            known_for=now - (sightings.first_seen(hunt.store, domain) or now),
            unchanged_for=now - since,
            confidence=max((_plainness(match) for match in matches), default=0.0),
            severity=max(awake, default=None),
            dismissed=bool(found) and not awake,
        )
    )
    return now + wait if wait else ladder.NEVER


def _plainness(match: Match) -> float:
    """How plainly it imitates; what a track found was asked for, whatever it looks like."""
    return 1.0 if match.technique == "track" else match.confidence


# 4. judge, 5. alert


async def judge_pending(hunt: Hunt) -> int:
    """Judge every domain whose facts, matches or rules changed; returns how many there were."""
    domains = sightings.to_judge(hunt.store, _JUDGE_AT_ONCE)
    for domain in domains:
        if await guard(_judge_domain(hunt, domain), domain) is None:
            # It is judged again when its facts change; trying at once would fail for ever.
            sightings.set_judge(hunt.store, domain, wanted=False)
    return len(domains)


async def _judge_domain(hunt: Hunt, domain: str) -> bool:
    with hunt.store.transaction():
        sightings.set_judge(hunt.store, domain, wanted=False)
        for match in sightings.best_matches(hunt.store, domain):
            brand = hunt.config.brand(match.brand)
            if brand is not None:
                _judge_match(hunt, brand, match)
    await asyncio.sleep(0)
    return True


def _judge_match(hunt: Hunt, brand: Brand, match: Match) -> None:
    dossier = dossier_of(hunt, match.registrable, brand, match)
    others = recall.seen_with(hunt.store, hunt.rulebook, brand, dossier, match)
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
    decision = alerts.decide(before, told, dossier, match, found, minimum=minimum)
    if decision is None:
        return
    alert = kept_alerts.save(hunt.store, decision.alert, decision.told)
    if decision.news:
        _tell(hunt, alert, dossier, decision)
        log.info("alert", domain=alert.domain, brand=alert.brand, severity=str(alert.severity))
    _watch(hunt, alert, dossier)
    _wake_related(hunt, brand, _new_in(found, before))


def dossier_of(hunt: Hunt, domain: str, brand: Brand, match: Match | None) -> Dossier:
    """What is known of the domain now, in the light of one brand."""
    return recall.dossier_of(hunt.store, domain, brand, match, hunt.now())


def _new_in(found: Iterable[Finding], before: Alert | None) -> list[Finding]:
    known = {finding.rule_id for finding in before.findings} if before else set()
    return [finding for finding in found if finding.rule_id not in known]


def _wake_related(hunt: Hunt, brand: Brand, found: Iterable[Finding]) -> None:
    """A correlation concerns all that take part: those that do not know yet are judged again.

    Once, when it is new: two that never came to agree would wake each other for ever.
    """
    for finding in found:
        for domain in finding.related:
            alert = kept_alerts.find(hunt.store, brand.domain, domain)
            if alert is None or finding.rule_id not in {one.rule_id for one in alert.findings}:
                sightings.set_judge(hunt.store, domain, wanted=True)


def _watch(hunt: Hunt, alert: Alert, dossier: Dossier) -> None:
    if hunt.config.automatic_tracks:
        for track in tracks.worth_watching(alert, dossier):
            if kept_tracks.add(hunt.store, track, hunt.now()):
                log.info("track", track=track.name, because=track.because)


def _tell(hunt: Hunt, alert: Alert, dossier: Dossier, decision: alerts.Decision) -> None:
    """Write one letter for each subscriber and channel that should hear of it."""
    key = f"{alert.id}.{len(alert.transitions)}"
    notice = wording.notice(alert, dossier, decision.news, key)
    if canary_watch.posts(hunt.store, hunt.config, alert, notice):
        return
    for subscriber in hunt.config.subscribers:
        concerned = not subscriber.brands or alert.brand in subscriber.brands
        if not concerned or alert.severity < subscriber.minimum:
            continue
        for channel, addresses in subscriber.channels.items():
            outbox.add(
                hunt.store,
                channel=channel,
                subscriber=subscriber.name,
                addresses=addresses,
                notice=notice,
            )


# 6. deliver


async def deliver(hunt: Hunt) -> int:
    """Send what is due, channel beside channel; returns how many letters there were."""
    letters = outbox.claim(hunt.store, hunt.now(), _DELIVER_AT_ONCE)
    by_channel: dict[str, list[outbox.Letter]] = {}
    for letter in letters:
        by_channel.setdefault(letter.channel, []).append(letter)
    await asyncio.gather(*(_deliver_all(hunt, queue) for queue in by_channel.values()))
    return len(letters)


async def _deliver_all(hunt: Hunt, letters: Sequence[outbox.Letter]) -> None:
    """One after the other, so that a thread arrives in its order."""
    for letter in letters:
        if await guard(_deliver_one(hunt, letter), letter.notice.key) is None:
            again = hunt.now() + _AFTER_A_FAULT
            outbox.put_back(hunt.store, letter, again, "a fault in hunter; see the journal")


async def _deliver_one(hunt: Hunt, letter: outbox.Letter) -> bool:
    off = reports.switched_off(hunt.store).get(_way_to(letter))
    if off is not None:
        # The letter before this one was refused; so would be this one.
        outbox.put_back(hunt.store, letter, hunt.now(), off)
        return False
    settings = hunt.config.notifiers.get(letter.channel)
    if settings is None:
        _hold(hunt, letter, "the channel is no longer configured")
        return False
    settings = canary_watch.door(hunt.config, letter, settings)
    recipient = Recipient(letter.subscriber, letter.addresses)
    context = NotifierContext(hunt.now, hunt.doors)
    try:
        await ribs.load("notifiers", letter.channel).send(
            letter.notice, recipient, settings, context
        )
    except WillPass as error:
        wait = max(error.retry_after or timedelta(), _back_off(letter.attempts))
        outbox.put_back(hunt.store, letter, hunt.now() + wait, str(error))
        _report_channel(hunt, letter, healthy=False, message=str(error), trouble=PASSING)
        return False
    except WillNotPass as error:
        _hold(hunt, letter, str(error))
        return False
    outbox.mark_sent(hunt.store, letter, hunt.now())
    _report_channel(hunt, letter, healthy=True, message="delivers")
    return True


def _report_channel(
    hunt: Hunt, letter: outbox.Letter, *, healthy: bool, message: str, trouble: str = ""
) -> None:
    part = f"notifiers.{letter.channel}"
    outcome = "accepted" if healthy else "put off" if trouble else "refused"
    metrics.add("hunter_deliveries_total", letter.channel, outcome)
    hunt.report(Report(part, healthy, message, hunt.now(), letter.subscriber, trouble))


def _hold(hunt: Hunt, letter: outbox.Letter, reason: str) -> None:
    """Switch the subscriber's channel off, and keep its letters for when a person has mended it.

    One subscriber's: an address that is refused must not silence the others.
    """
    with hunt.store.transaction():
        outbox.put_back(hunt.store, letter, hunt.now(), reason)
        reports.switch_off(hunt.store, _way_to(letter), reason, hunt.now())
    _report_channel(hunt, letter, healthy=False, message=f"switched off: {reason}")


def _way_to(letter: outbox.Letter) -> str:
    return f"notifiers.{letter.channel}:{letter.subscriber}"


def _back_off(attempts: int) -> timedelta:
    """Twice as long each time, up to an hour, with jitter so that letters do not march in step."""
    wait: timedelta = min(_FIRST_RETRY * 2 ** min(attempts - 1, 10), _LONGEST_RETRY)
    return wait * random.uniform(0.8, 1.2)  # noqa: S311


async def guard(work: Awaitable[Result], item: str) -> Result | None:
    """The per-item guard: a fault in one item is recorded with its name, and the rest goes on."""
    try:
        return await work
    except Exception:
        log.exception("fault", item=item)
        return None
