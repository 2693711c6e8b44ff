"""The course of a span as an SVG: new lookalikes above, alerts by severity beneath, one time axis.

Drawn once wide and once narrow, since text in a picture shrinks with it; the style sheet shows one.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from html import escape
from typing import TypeAlias

from hunter.model import Level
from hunter.survey.figures import Column, Survey, columns, step_of
from hunter.wording import moments
from hunter.wording.catalogue import report_words as words

_LEFT = 34
_PANEL = 84
_HEAD = 28
_GAP = 26
_AXIS = 24
_DAY = timedelta(days=1)
_YEAR = timedelta(days=366)
_WIDTHS = {"wide": (1000, 12), "narrow": (340, 4)}
_WIDEST = 44.0

Parts: TypeAlias = Callable[[Column], Sequence[tuple[str, int]]]
"""What is stacked in a column, from the ground up: its class and its count."""


def chart(survey: Survey) -> str:
    """Both drawings; each bar says in words what it counts."""
    return "".join(_drawing(survey, name, *size) for name, size in _WIDTHS.items())


def _drawing(survey: Survey, name: str, width: int, labels: int) -> str:
    found = columns(survey)
    below = _HEAD + _PANEL + _GAP
    height = below + _HEAD + _PANEL + _AXIS
    label = words.COURSE_LABEL.format(
        lookalikes=len(survey.lookalikes),
        opened=len(survey.opened),
        step=words.PER[int(step_of(survey).total_seconds())],
    )
    parts = (
        *_panel(found, width, 0, (words.COURSE_NEW, _lookalikes)),
        *_panel(found, width, below, (words.COURSE_OPENED, _opened)),
        *_times(survey, found, width, labels, height - 6),
    )
    return (
        f'<svg class="chart {name}" viewBox="0 0 {width} {height}" role="img"'
        f' aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def _lookalikes(column: Column) -> Sequence[tuple[str, int]]:
    return [("new", column.lookalikes)]


def _opened(column: Column) -> Sequence[tuple[str, int]]:
    return [(str(level), column.opened.get(level, 0)) for level in reversed(Level)]


def _panel(found: Sequence[Column], width: int, top: int, what: tuple[str, Parts]) -> Iterator[str]:
    heading, parts = what
    most = _round_up(max(sum(count for _, count in parts(column)) for column in found))
    ground = top + _HEAD + _PANEL
    yield f'<text class="head" x="0" y="{top + 13}">{escape(heading)}</text>'
    for value in sorted({0, most // 2, most} if most > 1 else {0, most}):
        y = ground - value * _PANEL / most
        yield f'<line x1="{_LEFT}" x2="{width}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value}</text>'
    for place, column in enumerate(found):
        x, bar = _across(place, len(found), width)
        y = float(ground)
        for name, count in parts(column):
            tall = count * _PANEL / most
            y -= tall
            if count:
                yield _bar(name, (x, y, bar, tall), column)


def _bar(name: str, box: tuple[float, float, float, float], column: Column) -> str:
    x, y, wide, tall = box
    title = words.COLUMN.format(
        start=moments.time(column.start),
        lookalikes=column.lookalikes,
        opened=sum(column.opened.values()),
    )
    return (
        f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}">'
        f"<title>{escape(title)}</title></rect>"
    )


def _across(place: int, count: int, width: int) -> tuple[float, float]:
    """Where a column begins, and how wide it is drawn."""
    step = (width - _LEFT) / count
    bar = min(step * 0.8, _WIDEST)
    return _LEFT + place * step + (step - bar) / 2, bar


def _round_up(most: int) -> int:
    """An even, round number that holds the highest column."""
    if most <= 1:
        return 1
    size = 10 ** (len(str(most)) - 1)
    rounds = (2, 4, 6, 8, 10, 20, 50, 100) if size == 1 else (size, 2 * size, 4 * size, 6 * size)
    return next((one for one in rounds if one >= most), 10 * size)


def _form(survey: Survey) -> str:
    """How a moment is told in little room: a day without its year is one of the last year."""
    if step_of(survey) < _DAY:
        return words.SHORT_HOUR
    return words.SHORT_DAY if survey.until - survey.since <= _YEAR else words.SHORT_MONTH


def _times(
    survey: Survey, found: Sequence[Column], width: int, labels: int, y: int
) -> Iterator[str]:
    form = _form(survey)
    every = -(-len(found) // labels)
    for place in range(0, len(found), every):
        x, bar = _across(place, len(found), width)
        text = escape(found[place].start.strftime(form))
        middle = min(max(x + bar / 2, _LEFT + 8), width - 22)
        yield f'<text x="{middle:.1f}" y="{y}" text-anchor="middle">{text}</text>'
