"""What a correlation measures in one window of time, and whether that meets its condition."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from statistics import fmean, median

from hunter.judge.questions import OPERATORS
from hunter.judge.seen import Values, folded
from hunter.rulebook.rules import Clauses, Correlation, Kind

_SUMMARIES: Mapping[Kind, Callable[[list[float]], float]] = {
    Kind.VALUE_SUM: sum,
    Kind.VALUE_AVG: fmean,
    Kind.VALUE_MIN: min,
    Kind.VALUE_MAX: max,
    Kind.VALUE_MEDIAN: median,
}
_OVER_FIGURES = _SUMMARIES.keys() | {Kind.VALUE_PERCENTILE}


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched at a time, within one group."""

    rule: str
    time: float
    """Seconds since 1970."""
    event: object
    """The same for hits of one event."""
    members: frozenset[int]
    """Which dossiers took part, as their numbers."""
    values: Values = ()
    """Of the field that the correlation looks at."""
    states: frozenset[int] = frozenset()
    """Which dossiers the values are from."""


def meets(correlation: Correlation, window: Sequence[Hit]) -> bool:
    """Whether the hits of one window are what the correlation waits for."""
    if isinstance(correlation.expects, Clauses):
        return _meets_clauses(correlation, window)
    measured = _measure(correlation, window)
    return measured is not None and all(
        OPERATORS[op](measured, bound) for op, bound in correlation.expects.bounds
    )


def _meets_clauses(correlation: Correlation, window: Sequence[Hit]) -> bool:
    assert isinstance(correlation.expects, Clauses)
    times = _times(window)
    ordered = correlation.kind is Kind.TEMPORAL_ORDERED
    return any(
        times.keys() >= set(clause.seen)
        and times.keys().isdisjoint(clause.unseen)
        and (not ordered or longest_chain(clause.seen, times) == len(clause.seen))
        for clause in correlation.expects.any_of
    )


def _measure(correlation: Correlation, window: Sequence[Hit]) -> float | None:
    """The count or figure; None when there is no value to take it of."""
    match correlation.kind:
        case Kind.EVENT_COUNT:
            return len({hit.event for hit in window})
        case Kind.VALUE_COUNT:
            return len({folded(value) for hit in window for value in hit.values})
        case Kind.TEMPORAL:
            return len({hit.rule for hit in window})
        case Kind.TEMPORAL_ORDERED:
            return longest_chain(correlation.rules, _times(window))
        case _:
            figures = _figures(window)
            return _summary(correlation, figures) if figures else None


def _times(window: Sequence[Hit]) -> Mapping[str, list[float]]:
    times: dict[str, list[float]] = defaultdict(list)
    for hit in window:
        times[hit.rule].append(hit.time)
    return times


def longest_chain(order: Sequence[str], times: Mapping[str, list[float]]) -> int:
    """How many of the rules, in their order, can be placed at strictly growing times.

    `times` are ascending per rule.
    """
    reached = [-inf]  # reached[n]: the earliest moment by which n rules can have come one by one
    for rule in order:
        for n in reversed(range(len(reached))):
            later = next((time for time in times.get(rule, ()) if time > reached[n]), None)
            if later is None:
                continue
            if n + 1 == len(reached):
                reached.append(later)
            reached[n + 1] = min(reached[n + 1], later)
    return len(reached) - 1


def contributes(correlation: Correlation, values: Values) -> bool:
    """Whether an event with these values takes part: one without a number adds to no figure."""
    return correlation.kind not in _OVER_FIGURES or bool(_numbers(values))


def _figures(window: Sequence[Hit]) -> list[float]:
    """The numbers of each event once, whichever of the rules it met."""
    per_event = {hit.event: hit.values for hit in window}
    return sorted(number for values in per_event.values() for number in _numbers(values))


def _numbers(values: Values) -> list[float]:
    return [
        value for value in values if isinstance(value, int | float) and not isinstance(value, bool)
    ]


def _summary(correlation: Correlation, figures: list[float]) -> float:
    if correlation.kind is Kind.VALUE_PERCENTILE:
        return _percentile(figures, correlation.percentile)
    return _SUMMARIES[correlation.kind](figures)


def _percentile(figures: list[float], percentile: int) -> float:
    """Linear interpolation between the closest ranks."""
    position = (len(figures) - 1) * percentile / 100
    below = int(position)
    above = min(below + 1, len(figures) - 1)
    return figures[below] + (figures[above] - figures[below]) * (position - below)
