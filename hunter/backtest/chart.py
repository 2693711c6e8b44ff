"""Two bars for each day, as SVG within a page: what opened under the old rules, and the new.

Drawn once wide and once narrow, since text in a picture shrinks with it; the style sheet shows one.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape
from math import ceil
from typing import TypeAlias

_PANEL, _FOOT, _LEFT, _TOP = 150, 26, 40, 10
_WIDTHS = {"wide": 1000, "narrow": 340}
_LEAST, _MOST = 5.0, 44.0
"""The room of a day, in pixels: with less of it the picture grows, and is moved sideways."""
_DATE = 66
_LINES = 4

Days: TypeAlias = Sequence[tuple[date, int, int]]
"""Each day in order, with how many opened under the old rules and under the new."""


def chart(days: Days, label: str) -> str:
    """Both drawings; each pair of bars says in words what it counts."""
    return "".join(_drawing(days, label, name, width) for name, width in _WIDTHS.items())


def _drawing(days: Days, label: str, name: str, least: int) -> str:
    step = min(_MOST, max(_LEAST, (least - _LEFT) / len(days)))
    width = max(least, round(_LEFT + step * len(days)))
    top = _round_up(max(max(before, after) for _, before, after in days))
    parts = (*_scale(top, width), *_bars(days, step, top), *_dates(days, step, width))
    wider = f' style="min-width:{width}px"' if width > least else ""
    by_keys = ' tabindex="0"' if wider else ""
    return (
        f'<div class="sideways {name}"{by_keys}>'
        f'<svg class="chart {name}" role="img" aria-label="{escape(label)}"'
        f' viewBox="0 0 {width} {_TOP + _PANEL + _FOOT}"{wider}>{"".join(parts)}</svg></div>'
    )


def _round_up(most: int) -> int:
    """The end of the scale: 4, 8, 12, 20 or 40 times a power of ten."""
    size = 1
    while True:
        for times in (4, 8, 12, 20):
            if times * size >= most:
                return times * size
        size *= 10


def _scale(top: int, width: int) -> Iterator[str]:
    for number in range(_LINES + 1):
        value = top * number // _LINES
        y = _y(value, top)
        yield f'<line x1="{_LEFT}" x2="{width}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:,}</text>'


def _bars(days: Days, step: float, top: int) -> Iterator[str]:
    wide = step * 0.4
    for number, (day, before, after) in enumerate(days):
        left = _LEFT + number * step + step * 0.1
        told = f"{day}: {before:,} under the old rules, {after:,} under the new"
        bars = _bar(left, before, top, wide, "before") + _bar(
            left + wide, after, top, wide, "after"
        )
        yield f"<g><title>{told}</title>{bars}</g>"


def _bar(left: float, value: int, top: int, wide: float, name: str) -> str:
    tall = _PANEL * value / top
    box = f'x="{left:.1f}" y="{_y(value, top):.1f}" width="{wide:.1f}" height="{tall:.1f}"'
    return f'<rect class="{name}" {box}/>' if value else ""


def _dates(days: Days, step: float, width: int) -> Iterator[str]:
    """So many dates as can be read."""
    every = ceil(_DATE / step)
    for number in range(0, len(days), every):
        x = min(max(_LEFT + number * step + step / 2, _LEFT + 16), width - 22)
        y = _TOP + _PANEL + 18
        yield f'<text x="{x:.1f}" y="{y}" text-anchor="middle">{days[number][0]:%d %b}</text>'


def _y(value: float, top: int) -> float:
    return _TOP + _PANEL * (1 - value / top)
