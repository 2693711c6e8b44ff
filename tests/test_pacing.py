"""How many letters go out at once: few one by one, many together, and never a flood."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hunter.pacing import PAUSE, Amount, Limits, Pace, pace
from hunter.store.traffic import Traffic

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
LIMITS = Limits(an_hour=10, a_day=100)
DIGEST = replace(LIMITS, together=True)
CALM = Traffic(
    due=0, urgent=0, in_hour=0, today=0, yesterday=0, last_at=None, flood_at=None, calm_at=None
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JUST_NOW = NOW - timedelta(seconds=1)
LONG_AGO = NOW - PAUSE


@pytest.mark.parametrize(
    ("traffic", "limits", "quiet", "expected"),
    [
        pytest.param(CALM, LIMITS, False, Pace(Amount.NONE), id="nothing waits"),
        pytest.param(replace(CALM, due=10), LIMITS, False, Pace(Amount.ONE), id="few"),
        pytest.param(
            replace(CALM, due=11), LIMITS, False, Pace(Amount.ALL, why="flood"), id="many"
        ),
        pytest.param(
            replace(CALM, due=2, in_hour=9, last_at=JUST_NOW),
            *(LIMITS, False),
            Pace(Amount.ALL, why="flood"),
            id="more than the hour has room for",
        ),
        pytest.param(
            replace(CALM, due=5, in_hour=10, last_at=JUST_NOW),
            *(LIMITS, False),
            Pace(Amount.NONE),
            id="the hour is full: a pause",
        ),
        pytest.param(
            replace(CALM, due=5, in_hour=10, last_at=LONG_AGO),
            *(LIMITS, False),
            Pace(Amount.ALL, why="flood"),
            id="the hour is full and the pause over",
        ),
        pytest.param(
            replace(CALM, due=1, in_hour=1, last_at=JUST_NOW, flood_at=JUST_NOW),
            *(LIMITS, False),
            Pace(Amount.NONE),
            id="a flood goes on after its first message",
        ),
        pytest.param(
            replace(CALM, due=2), DIGEST, False, Pace(Amount.ALL, why="digest"), id="a digest"
        ),
        pytest.param(
            replace(CALM, due=2, urgent=1), DIGEST, False, Pace(Amount.ONE, urgent=True),
            id="what is urgent waits for no digest",
        ),
        pytest.param(replace(CALM, due=2), LIMITS, True, Pace(Amount.NONE, True), id="quiet"),
        pytest.param(
            replace(CALM, due=2, urgent=1), LIMITS, True, Pace(Amount.ONE, urgent=True),
            id="what is urgent breaks quiet hours",
        ),
        pytest.param(
            replace(CALM, due=2, today=100), LIMITS, False, Pace(Amount.NONE, True),
            id="the day is full",
        ),
        pytest.param(
            replace(CALM, due=2, urgent=2, today=100), LIMITS, False,
            Pace(Amount.ONE, urgent=True), id="what is urgent breaks the day's limit",
        ),
        pytest.param(
            replace(CALM, due=1, today=99), LIMITS, False,
            Pace(Amount.ALL, why="flood", last_today=True), id="the day's last message says so",
        ),
        pytest.param(
            replace(CALM, due=2, urgent=1, today=99), DIGEST, False,
            Pace(Amount.ONE, urgent=True, last_today=True), id="also when it is urgent",
        ),
        pytest.param(
            replace(CALM, due=30, urgent=11), DIGEST, False,
            Pace(Amount.ALL, urgent=True, why="flood"), id="what is urgent and many is no digest",
        ),
        pytest.param(
            replace(CALM, due=2, yesterday=100), LIMITS, False, Pace(Amount.ALL, why="held"),
            id="what a full day held back",
        ),
        pytest.param(
            replace(CALM, due=2, yesterday=100, today=1), LIMITS, False, Pace(Amount.ONE),
            id="after that the new day goes its own way",
        ),
        pytest.param(
            replace(CALM, due=15, urgent=11, yesterday=100), LIMITS, True,
            Pace(Amount.ALL, urgent=True, why="flood"),
            id="what is urgent was not held back",
        ),
        pytest.param(
            replace(CALM, due=2, urgent=1), LIMITS, False, Pace(Amount.ONE),
            id="one by one, what is urgent overtakes nothing",
        ),
    ],
)  # fmt: skip
def test_the_pace(traffic: Traffic, limits: Limits, expected: Pace, *, quiet: bool) -> None:
    """By what waits and what went out lately."""
    found = pace(traffic, limits, NOW, day_ends=MIDNIGHT, quiet=quiet, failed=False)

    assert (found.amount, found.why, found.last_today) == (
        expected.amount,
        expected.why,
        expected.last_today,
    )
    assert found.amount is Amount.NONE or found.urgent is expected.urgent


@pytest.mark.parametrize("minutes", [1, 6, 15])
def test_whoever_has_an_alert_every_few_minutes_silences_nobody(minutes: int) -> None:
    """A hundred messages were gone by ten in the morning, and nothing was told until the next."""
    way, longest, oldest = Way(LIMITS), timedelta(), MIDNIGHT
    for minute in range(24 * 60):
        now = MIDNIGHT + timedelta(minutes=minute)
        if minute % minutes == 0:
            oldest = oldest if way.waiting else now
            way.waiting += 1
        longest = max(longest, now - oldest if way.waiting else timedelta())
        way.go_on(now)
    assert longest <= timedelta(minutes=30)
    assert len(way.sent) <= LIMITS.a_day


def test_what_is_urgent_waits_for_no_part_of_the_day() -> None:
    """Only what is not is spread over the hours."""
    half = replace(CALM, due=3, today=50, last_at=JUST_NOW, calm_at=JUST_NOW)
    calm = pace(half, LIMITS, NOW, day_ends=MIDNIGHT, quiet=False, failed=False)
    grave = pace(replace(half, urgent=1), LIMITS, NOW, day_ends=MIDNIGHT, quiet=False, failed=False)

    assert calm.amount is Amount.NONE
    assert (grave.amount, grave.urgent) == (Amount.ONE, True)


def test_what_is_urgent_puts_off_nothing_else_when_half_of_the_day_is_gone() -> None:
    """A grave lookalike every quarter of an hour, and the others would wait until midnight."""
    half = replace(CALM, due=3, today=50, last_at=JUST_NOW, calm_at=NOW - 2 * HOUR)
    found = pace(half, LIMITS, NOW, day_ends=MIDNIGHT, quiet=False, failed=False)

    assert (found.amount, found.urgent) == (Amount.ALL, False)


def test_after_an_outage_it_says_so() -> None:
    """Many letters at once have a reason that people should know."""
    found = pace(replace(CALM, due=400), LIMITS, NOW, day_ends=MIDNIGHT, quiet=False, failed=True)

    assert found == Pace(Amount.ALL, why="outage")


@dataclass
class Way:
    """What waits on a way and what went out on it: when, and how many letters at once."""

    limits: Limits
    waiting: int = 0
    urgent: int = 0
    """How many of those that wait."""
    sent: list[tuple[datetime, int]] = field(default_factory=list)
    calm_at: datetime | None = None

    def go_on(self, now: datetime) -> None:
        """Send whatever may go out now."""
        ends = datetime.combine(now.date() + DAY, time(), UTC)
        while (
            how := pace(self.seen(now), self.limits, now, day_ends=ends, quiet=False, failed=False)
        ).amount is not Amount.NONE:
            due = self.urgent if how.urgent else self.waiting
            many = due if how.amount is Amount.ALL else 1
            self.sent.append((now, many))
            self.calm_at = self.calm_at if how.urgent else now
            self.waiting -= many
            self.urgent = (
                max(self.urgent - many, 0) if how.urgent else min(self.urgent, self.waiting)
            )

    def seen(self, now: datetime) -> Traffic:
        """How the way stands."""
        hour = [(at, many) for at, many in self.sent if at > now - HOUR]
        floods = [at for at, many in hour if many > self.limits.an_hour]
        today = sum(at.date() == now.date() for at, _ in self.sent)
        last = self.sent[-1][0] if self.sent else None
        return Traffic(
            *(self.waiting, self.urgent, len(hour), today, 0),
            *(last, max(floods, default=None), self.calm_at),
        )


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 2)), max_size=40), st.booleans())
@settings(max_examples=60)
def test_whatever_comes_all_is_told_and_no_hour_is_flooded(
    arrivals: list[tuple[int, int]], together: bool
) -> None:
    """Minute by minute: few messages in any hour, and nothing waits longer than a day."""
    way = Way(Limits(an_hour=5, a_day=20, together=together))
    for minute, (plain, urgent) in enumerate(arrivals):
        way.waiting += plain + urgent
        way.urgent += urgent
        way.go_on(NOW + timedelta(minutes=minute))
    for step in range(1, 6 * 25):
        way.go_on(NOW + HOUR + step * PAUSE)

    assert way.waiting == 0
    assert sum(many for _, many in way.sent) == sum(plain + urgent for plain, urgent in arrivals)
    times = [at for at, _ in way.sent]
    assert all(
        sum(at <= one < at + HOUR for one in times) <= way.limits.an_hour + HOUR / PAUSE
        for at in times
    )
