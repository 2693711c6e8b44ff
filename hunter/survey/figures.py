"""What a report tells, and the sums made of it. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

from hunter.model import Alert, AlertState, Incident, Level, Report, Stage, Transition
from hunter.store.alerts import Brief
from hunter.store.spans import Known, Lookalike
from hunter.store.takedowns import Entry

PLAIN = 0.5
"""From this confidence on a name imitates plainly, as the shipped rules have it."""
BOUNDS = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
)
"""How soon after the first sighting an alert came: up to each of these, and later."""

MOST_ALERTS = 200
"""Rows of a table; and dismissals."""
MOST_INCIDENTS = 10
"""Stories that are told; who reads a page reads no more."""

_HOURLY, _DAILY = timedelta(days=2), timedelta(days=93)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """How a part of hunter fares: a source, an enricher, a channel."""

    report: Report
    since: datetime
    """Since when it has been so."""
    off: str = ""
    """Why it is switched off."""

    @property
    def is_well(self) -> bool:
        """Whether it does what it should."""
        return self.report.healthy and not self.off


@dataclass(frozen=True, slots=True)
class Survey:
    """One span of time, from `since` until just before `until`."""

    since: datetime
    until: datetime
    written_at: datetime
    brands: tuple[str, ...]
    parts: tuple[Part, ...]
    silent: tuple[str, ...]
    """Parts that are configured and have not reported yet."""
    names: Mapping[str, int]
    """source → names it saw for the first time."""
    lookalikes: tuple[Lookalike, ...]
    alerts: tuple[Alert, ...]
    """Those opened or changed in the span, gravest first; of very many, those that are told of."""
    known: Mapping[str, Known]
    """domain of an alert → when a source saw it first, and how far it is."""
    incidents: tuple[Incident, ...]
    """Those with a domain of these alerts; the gravest of very many."""
    letters: tuple[Entry, ...]
    """Takedown letters written and sent."""
    language: str = "en"
    more_incidents: int = 0
    """How many others there are with a domain of these alerts."""
    more_alerts: tuple[Brief, ...] = ()
    """The others that were opened or changed in the span."""

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in the span."""
        return self.since <= at < self.until

    @property
    def opened(self) -> tuple[Alert | Brief, ...]:
        """The alerts opened in the span."""
        return tuple(alert for alert in self._every if self.holds(alert.opened_at))

    @property
    def _every(self) -> tuple[Alert | Brief, ...]:
        return (*self.alerts, *self.more_alerts)

    @property
    def dismissed(self) -> tuple[tuple[Alert | Brief, Transition], ...]:
        """What was dismissed in the span and is to this day, oldest first."""
        dismissed = [one for one in self._every if one.state is AlertState.DISMISSED]
        found = ((one, one.last(AlertState.DISMISSED)) for one in dismissed)
        kept = [(alert, step) for alert, step in found if step and self.holds(step.at)]
        return tuple(sorted(kept, key=lambda one: one[1].at))

    @property
    def delays(self) -> tuple[timedelta, ...]:
        """How long after the first sighting each alert was opened, the shortest first."""
        found = (self.delay(alert) for alert in self.opened)
        return tuple(sorted(one for one in found if one is not None))

    def delay(self, alert: Alert | Brief) -> timedelta | None:
        """How long after the first sighting of its domain the alert was opened."""
        known = self.known.get(alert.domain)
        return max(alert.opened_at - known.first_seen, timedelta()) if known else None


@dataclass(frozen=True, slots=True)
class Bar:
    """A count of lookalikes, and how many of them imitate plainly."""

    key: str
    count: int
    plain: int


def by_technique(lookalikes: Sequence[Lookalike]) -> tuple[Bar, ...]:
    """The most frequent first."""
    return _bars(lookalikes, [one.technique for one in lookalikes])


def by_stage(lookalikes: Sequence[Lookalike]) -> tuple[Bar, ...]:
    """In the order of the ladder, those not looked up yet at the end."""
    keys = ["" if one.stage is None else str(one.stage) for one in lookalikes]
    found = {bar.key: bar for bar in _bars(lookalikes, keys)}
    return tuple(found[key] for key in (*map(str, Stage), "") if key in found)


def _bars(lookalikes: Sequence[Lookalike], keys: Sequence[str]) -> tuple[Bar, ...]:
    every = Counter(keys)
    pairs = zip(lookalikes, keys, strict=True)
    plain = Counter(key for one, key in pairs if one.confidence >= PLAIN)
    return tuple(Bar(key, count, plain[key]) for key, count in every.most_common())


def typical(delays: Sequence[timedelta]) -> timedelta | None:
    """The median; None when there was none."""
    seconds = [delay.total_seconds() for delay in delays]
    return timedelta(seconds=median(seconds)) if seconds else None


def by_bound(delays: Iterable[timedelta]) -> tuple[int, ...]:
    """How many fell within each of BOUNDS, and how many later."""
    counts = [0] * (len(BOUNDS) + 1)
    for delay in delays:
        counts[sum(delay > bound for bound in BOUNDS)] += 1
    return tuple(counts)


@dataclass(frozen=True, slots=True)
class Column:
    """One step of the chart: what came between `start` and the next."""

    start: datetime
    lookalikes: int
    opened: Mapping[Level, int]


def step_of(survey: Survey) -> timedelta:
    """An hour, a day or a week, so that the columns stay few enough to read."""
    span = survey.until - survey.since
    if span <= _HOURLY:
        return timedelta(hours=1)
    return timedelta(days=1) if span <= _DAILY else timedelta(days=7)


def columns(survey: Survey) -> tuple[Column, ...]:
    """The span in whole hours, days or weeks of UTC, empty ones included."""
    step = step_of(survey)
    start = _begin(survey.since, step)
    count = max(1, -((start - survey.until) // step))
    seen = Counter((one.first_seen - start) // step for one in survey.lookalikes)
    opened: dict[int, Counter[Level]] = {}
    for alert in survey.opened:
        place = (alert.opened_at - start) // step
        opened.setdefault(place, Counter())[alert.severity] += 1
    return tuple(
        Column(start + place * step, seen[place], opened.get(place, {})) for place in range(count)
    )


def _begin(at: datetime, step: timedelta) -> datetime:
    at = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return at if step < _DAY else at.replace(hour=0)
