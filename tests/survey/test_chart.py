"""The chart of a span."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from hunter.model import Level
from hunter.survey.chart import _round_up, chart
from tests.world.surveys import DAY, SINCE, lookalike, opened, survey


def drawings(text: str) -> list[ET.Element]:
    """The two drawings."""
    return list(ET.fromstring(f"<both>{text}</both>"))


def test_it_is_drawn_wide_and_narrow() -> None:
    """The same bars in both; each says in words what it counts."""
    wide, narrow = drawings(chart(survey()))

    assert [one.get("class") for one in (wide, narrow)] == ["chart wide", "chart narrow"]
    titles = [[one.text for one in drawn.iter("title")] for drawn in (wide, narrow)]
    assert titles[0] == titles[1]
    assert "2017-04-20 00:00: new lookalikes 2, alerts opened 2" in titles[0]
    assert wide.get("aria-label") == "Chart: new lookalikes (3) and alerts (3), by the day"


def test_alerts_are_stacked_by_severity() -> None:
    """The gravest at the ground; together as tall as their count."""
    wide, _ = drawings(chart(survey()))
    bars = [one for one in wide.iter("rect") if one.get("class") in ("critical", "high")]
    third_day = [one for one in bars if "2017-04-20" in (one[0].text or "")]
    critical, high = third_day

    assert critical.get("class") == "critical"
    assert float(critical.get("y", 0)) > float(high.get("y", 0))
    assert critical.get("height") == high.get("height")


@pytest.mark.parametrize(
    ("days", "label"), [(1, "00:00"), (50, "2 May"), (366, "26 Feb"), (1000, "Mar 2018")]
)
def test_a_moment_is_told_as_the_length_of_the_span_asks(days: int, label: str) -> None:
    """A day without its year could be of any of several."""
    wide, _ = drawings(chart(survey(until=SINCE + days * DAY)))

    assert label in [one.text for one in wide.iter("text")]


@pytest.mark.parametrize("days", [1, 7, 93, 1000])
def test_every_bar_stays_within_the_picture(days: int) -> None:
    """Whatever the length of the span."""
    at = SINCE + timedelta(hours=days * 24 - 1)
    found = survey(
        until=SINCE + days * DAY,
        lookalikes=(lookalike(at=SINCE), *(lookalike(at=at) for _ in range(37))),
        alerts=tuple(opened("a.fr", at, severity=level) for level in Level),
    )
    for drawn in drawings(chart(found)):
        _, _, width, height = map(float, (drawn.get("viewBox") or "").split())
        for bar in drawn.iter("rect"):
            x, y, wide, tall = (float(bar.get(one, 0)) for one in ("x", "y", "width", "height"))
            assert 0 <= x <= x + wide <= width + 0.1
            assert 0 <= y <= y + tall <= height
        labels = [one for one in drawn.iter("text") if re.fullmatch(r"\d+ \w+", one.text or "")]
        assert len(labels) <= 12


@pytest.mark.parametrize(
    ("most", "top"), [(0, 1), (1, 1), (2, 2), (3, 4), (9, 10), (11, 20), (45, 60), (999, 1000)]
)
def test_the_scale_ends_at_a_round_number(most: int, top: int) -> None:
    """That holds the highest column, and has a middle."""
    assert _round_up(most) == top
