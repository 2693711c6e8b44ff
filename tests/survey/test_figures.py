"""The sums of a report."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.model import AlertState, Level, Stage, Transition
from hunter.survey import figures
from hunter.survey.figures import Bar
from tests.world.surveys import DAY, MINUTE, SINCE, UNTIL, lookalike, opened, survey


def test_what_was_opened_lies_in_the_span() -> None:
    """The end is not part of it."""
    before, first, end = (opened("a.fr", at) for at in (SINCE - MINUTE, SINCE, UNTIL))

    assert survey(alerts=(before, first, end)).opened == (first,)


def test_what_was_dismissed_is_told_with_its_reason() -> None:
    """Also of an alert that was opened before."""
    old = opened("old.fr", SINCE - DAY + MINUTE, dismissed="a shop")
    found = survey(alerts=(old, opened("new.fr", SINCE))).dismissed

    assert [(alert.domain, step.text, step.actor) for alert, step in found] == [
        ("old.fr", "a shop", "ann")
    ]


def test_a_dismissal_that_was_taken_back_is_not_told() -> None:
    """The wrong one of two: the report would call it harmless, and new a page above."""
    slip = opened("a.fr", SINCE, dismissed="a slip")
    back = Transition(SINCE + DAY + MINUTE, "reopened", "", "ann")
    reopened = replace(slip, state=AlertState.NEW, transitions=(*slip.transitions, back))

    assert survey(alerts=(reopened,)).dismissed == ()


def test_how_long_an_alert_took() -> None:
    """From the first sighting by any source."""
    week = survey()

    assert week.delays == (timedelta(0), 5 * MINUTE, DAY)
    assert figures.typical(week.delays) == 5 * MINUTE
    assert figures.typical(()) is None
    assert figures.by_bound(week.delays) == (1, 1, 0, 0, 1, 0)


def test_the_alert_of_a_domain_nobody_saw_has_no_delay() -> None:
    """A track or a person may have brought it."""
    assert survey(known={}).delays == ()


def test_techniques_are_counted_plain_and_faint() -> None:
    """The most frequent first."""
    found = (lookalike(), lookalike("b.fr", confidence=0.2), lookalike("c.fr", "omission"))

    assert figures.by_technique(found) == (
        Bar("combosquatting", 2, 1),
        Bar("omission", 1, 1),
    )


def test_stages_stand_in_the_order_of_the_ladder() -> None:
    """What was not looked up yet at the end, and not as unregistered."""
    stages = (None, Stage.WEB, Stage.REGISTERED, Stage.WEB)
    found = tuple(lookalike(f"{number}.fr", stage=one) for number, one in enumerate(stages))

    assert [(bar.key, bar.count) for bar in figures.by_stage(found)] == [
        ("registered", 1),
        ("web", 2),
        ("", 1),
    ]


def test_the_course_has_a_column_for_every_day() -> None:
    """The empty ones too; alerts by severity."""
    found = figures.columns(survey())

    assert [column.start for column in found] == [SINCE + number * DAY for number in range(7)]
    assert [column.lookalikes for column in found] == [0, 1, 0, 2, 0, 0, 0]
    assert found[3].opened == {Level.CRITICAL: 1, Level.HIGH: 1}


@pytest.mark.parametrize(
    ("length", "step", "count"),
    [
        (timedelta(hours=1), timedelta(hours=1), 2),
        (2 * DAY, timedelta(hours=1), 49),
        (7 * DAY, DAY, 8),
        (93 * DAY, DAY, 94),
        (365 * DAY, 7 * DAY, 53),
    ],
)
def test_a_longer_span_has_longer_steps(length: timedelta, step: timedelta, count: int) -> None:
    """Whole hours and days of UTC, whenever it begins."""
    since = SINCE + timedelta(hours=13, minutes=20)
    week = survey(since=since, until=since + length)

    assert figures.step_of(week) == step
    found = figures.columns(week)
    assert len(found) == count
    assert found[0].start <= since < found[0].start + step


@given(st.integers(1, 4000), st.lists(st.integers(0, 10**6), max_size=30))
def test_no_lookalike_falls_out_of_the_chart(hours: int, offsets: list[int]) -> None:
    """Whatever the span, every one of it stands in a column."""
    until = SINCE + timedelta(hours=hours)
    inside = [SINCE + timedelta(seconds=one % (hours * 3600)) for one in offsets]
    week = survey(
        until=until,
        lookalikes=tuple(lookalike(at=at) for at in inside),
        alerts=tuple(opened("a.fr", at) for at in inside),
    )
    found = figures.columns(week)

    assert sum(column.lookalikes for column in found) == len(inside)
    assert sum(sum(column.opened.values()) for column in found) == len(inside)


def test_a_part_that_is_off_is_not_well() -> None:
    """Whatever it reported before."""
    week = survey()

    assert [one.is_well for one in week.parts] == [True, False]
