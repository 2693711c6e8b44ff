"""Tell whoever keeps hunter running when a part of it is in trouble, and when that is over.

Each trouble is told once, while it lasts. What comes within a moment is one notice, and between two
notices there is always such a moment: a dead network is not a hundred letters.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hunter import canary, canary_watch, wording
from hunter.config import Config
from hunter.config.tables import HealthTable
from hunter.contracts import Settings
from hunter.model import PASSING, Report, Subscriber
from hunter.store import Store, outbox, reports, retro, upkeep
from hunter.store.reports import Standing

_CHANNEL = "notifiers."
_DAEMON = "daemon"
_CONCERNED = ("sources.", _CHANNEL, "job.", "enrichers.", "rules", "config")
"""Parts whose trouble makes hunter blind, mute or lame, or lets it go by what is outdated."""
_PATIENT = ("enrichers.", "rules", "config")
"""Parts that come to rights by themselves, or are being worked on: waited for as what passes."""
_OF_BRANDS = (retro.PART, "sources.permutations")
"""Parts that report on each brand."""
_LEAST_FREE = 500 << 20
_LONGEST_RUN = timedelta(hours=2)
_SOME_TROUBLE = "trouble"
_AGAIN = "again"
_LATELY = timedelta(days=1)
_STEADY = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class News:
    """What the operator must hear now."""

    troubles: tuple[Standing, ...]
    over: tuple[Standing, ...]


def look(store: Store, config: Config, report: Callable[[Report], None], now: datetime) -> None:
    """Report on the machine and on what hangs, and tell the operator what is news."""
    report(room(config.store.parent, now))
    for one in (*canary_watch.check(store, config, now), *hanging(store, config, now)):
        report(one)
    tell(store, config.subscribers, config.health, now)


def tell_rest(
    store: Store, config: Config, report: Callable[[Report], None], now: datetime
) -> None:
    """At the start: that hunter did not run for long, which nobody could hear of meanwhile."""
    last = upkeep.last_report(store.path)
    if last is None or now - last < config.health.passing_after:
        return
    message = (
        f"did not run from {last:%Y-%m-%d %H:%M} to {now:%Y-%m-%d %H:%M} UTC: what streams told is"
        " lost, all else is caught up with"
    )
    rested = Report(_DAEMON, True, message, now)
    with store.transaction():
        reports.forget(store, rested)
        report(rested)
        if any(subscriber.operator for subscriber in config.subscribers):
            _write(store, config.subscribers, News((), (Standing(rested, now),)), now)


def tell(
    store: Store, subscribers: Sequence[Subscriber], limits: HealthTable, now: datetime
) -> bool:
    """Write a letter to each operator when there is news; whether there was.

    Without an operator nothing is told, and nothing counts as told.
    """
    last = reports.told_last(store)
    if not any(subscriber.operator for subscriber in subscribers) or (
        last is not None and now - last < limits.tell_after
    ):
        return False
    found = news(reports.standings(store), limits, now)
    if found is None:
        return False
    with store.transaction():
        for standing in found.troubles:
            reports.set_told(store, standing, (*standing.told, *_words(standing, now)), now)
        for standing in found.over:
            reports.set_told(store, standing, (), now)
        _write(store, subscribers, found, now)
    return True


def _write(store: Store, subscribers: Sequence[Subscriber], found: News, now: datetime) -> None:
    """To operators, all of it; to whoever cannot be reached on a channel, that, on another one.

    When no operator can be reached, everybody hears all of it: somebody must.
    """
    open_ways = _open_ways(store, subscribers)
    nobody = not any(subscriber.operator for subscriber, _ in open_ways)
    for subscriber, channel in open_ways:
        told = found if nobody or subscriber.operator else _own(found, subscriber, channel)
        if told.troubles or told.over:
            _add(store, subscriber, channel, told, now)


def _open_ways(
    store: Store, subscribers: Sequence[Subscriber]
) -> tuple[tuple[Subscriber, str], ...]:
    off = reports.switched_off(store)
    return tuple(
        (subscriber, channel)
        for subscriber in subscribers
        for channel in subscriber.channels
        if outbox.Way(channel, subscriber.name).part not in off
    )


def _own(found: News, subscriber: Subscriber, channel: str) -> News:
    """What concerns the subscriber's other channels."""

    def own(standing: Standing) -> bool:
        report = standing.report
        other = report.part.startswith(_CHANNEL) and report.part != _CHANNEL + channel
        return other and report.subject == subscriber.name

    return News(tuple(filter(own, found.troubles)), tuple(filter(own, found.over)))


def _add(store: Store, subscriber: Subscriber, channel: str, told: News, now: datetime) -> None:
    notice = wording.health_notice(
        [(standing.report, standing.since) for standing in told.troubles],
        [(standing.report, standing.since) for standing in told.over],
        now,
        subscriber.language,
    )
    outbox.add(
        store,
        channel=channel,
        subscriber=subscriber.name,
        addresses=subscriber.channels[channel],
        notice=notice,
        haste=outbox.Haste.ALONE,
    )


def news(standings: Iterable[Standing], limits: HealthTable, now: datetime) -> News | None:
    """What has lasted long enough to be told and was not, and whatever will have in a moment."""
    waits = [
        (standing, wait - (now - standing.since))
        for standing in standings
        if (wait := _wait(standing, limits)) is not None
    ]
    if not any(left <= timedelta() for _, left in waits):
        return None
    ripe = [standing for standing, left in waits if left <= limits.tell_after]
    return News(
        tuple(standing for standing in ripe if not standing.report.healthy),
        tuple(standing for standing in ripe if standing.report.healthy),
    )


def _wait(standing: Standing, limits: HealthTable) -> timedelta | None:
    """How long it must last before it is told; None when it is not, or has been."""
    report, told = standing.report, standing.told
    if not report.part.startswith(_CONCERNED):
        return None
    if report.healthy:
        return _over_after(told, limits) if told else None
    if _word(standing) in told or (told and report.trouble == PASSING):
        return None
    passing = report.trouble == PASSING or report.part.startswith(_PATIENT)
    return limits.passing_after if passing else limits.tell_after


def room(folder: Path, now: datetime) -> Report:
    """Whether the disk has room: told while there is still some to write the letter."""
    free = shutil.disk_usage(folder).free
    if free < _LEAST_FREE:
        return Report("job.disk", False, f"{free / 1e6:.0f} MB are free for {folder}", now)
    # The same words while it is well: a changed figure would be a line in the journal.
    return Report("job.disk", True, f"there is room for {folder}", now)


def hanging(store: Store, config: Config, now: datetime) -> Iterator[Report]:
    """The sources whose last look does not come to its end, so that no other begins."""
    runs = reports.job_runs(store)
    for name, settings in config.sources.items():
        every, run = getattr(settings, "every", None), runs.get(f"source:{name}")
        if every is None or run is None or run.finished_at is not None:
            continue
        if now - run.started_at > max(_LONGEST_RUN, 2 * every):
            message = f"its look of {run.started_at:%Y-%m-%d %H:%M} UTC does not end"
            yield Report(f"sources.{name}", False, message, now, trouble="hangs")


def forget_strangers(store: Store, config: Config) -> None:
    """Forget what has left the config: nothing would ever say that its trouble is over."""
    with store.transaction():
        for standing in reports.standings(store):
            if not _is_known(config, standing.report):
                reports.forget(store, standing.report)


def _is_known(config: Config, report: Report) -> bool:
    family, _, name = report.part.partition(".")
    if family == "notifiers":
        ends = [one.name for one in config.subscribers if name in one.channels]
        return name in config.notifiers and report.subject in (*ends, canary.RECIPIENT)
    if family == "enrichers":
        return _is_place(config.enrichers.get(name), report.subject)
    if report.part == canary_watch.PART:
        return canary.NAME in config.sources
    if report.part in _OF_BRANDS and report.subject and config.brand(report.subject) is None:
        return False
    return family != "sources" or _is_place(config.sources.get(name), report.subject)


def _is_place(part: Settings | None, subject: str) -> bool:
    places = part.places() if part else frozenset()
    return places is None or subject in places or bool(part and not subject)


def _over_after(told: Sequence[str], limits: HealthTable) -> timedelta:
    """What comes and goes, as a server of two that fails, or a disk about to be full, goes on."""
    return max(limits.over_after, _STEADY) if _AGAIN in told else limits.over_after


def _words(standing: Standing, now: datetime) -> tuple[str, ...]:
    """What is told of it now; also that its end was told lately, when it was."""
    over = standing.told_at if not standing.told else None
    again = over is not None and now - over < _LATELY
    return (_word(standing), _AGAIN) if again else (_word(standing),)


def _word(standing: Standing) -> str:
    return standing.report.trouble or _SOME_TROUBLE
