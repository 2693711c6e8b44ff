"""Whether so few dossiers can meet a correlation at all: cheap to ask, and mostly the answer is no.

Three name servers within a fortnight cannot be had of a domain that never had more than two, nor
can two domains share a registrant where there is only one.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import ge, gt
from typing import TypeAlias

from hunter.dossiers import values_of
from hunter.model import Dossier
from hunter.rulebook import Correlation, Rulebook
from hunter.rulebook.conditions import Op
from hunter.rulebook.rules import Kind, Threshold

_REACHES: dict[Op, Callable[[float, float], bool]] = {Op.GT: gt, Op.GTE: ge, Op.EQ: ge}
"""How the most that can be counted must stand to a bound; others are met by less."""
_ONE_EACH = frozenset({"domain", "brand"})

_Bound: TypeAlias = tuple[Op, float]
_Counted: TypeAlias = tuple[Correlation, tuple[str, ...], tuple[_Bound, ...]]
"""A correlation, the fields whose values it counts, and the bounds that the count must reach."""


def within_reach(rulebook: Rulebook, dossiers: Sequence[Dossier]) -> list[Correlation]:
    """The correlations with a voice that these dossiers might meet, to judge by numbers alone."""
    return [
        correlation
        for correlation, fields, bounds in _counted(rulebook)
        if not bounds or _may_reach(bounds, fields, dossiers)
    ]


def _may_reach(
    bounds: Sequence[_Bound], fields: Sequence[str], dossiers: Sequence[Dossier]
) -> bool:
    most = sum([_number(dossier, field) for dossier in dossiers for field in fields])
    return all(_REACHES[op](most, bound) for op, bound in bounds)


def _number(dossier: Dossier, field: str) -> int:
    """How many values it has of the field at most."""
    if field in _ONE_EACH:
        return 1
    return len(dossier.unknown if field == "unknown" else values_of(dossier.fields, field))


@lru_cache(maxsize=4)
def _counted(rulebook: Rulebook) -> tuple[_Counted, ...]:
    fed = {one.header.id for one in rulebook.correlations}
    return tuple(
        (one, _fields(one), () if fed.intersection(one.rules) else _bounds(one))
        for one in rulebook.correlations
        if not one.header.silent
    )


def _fields(correlation: Correlation) -> tuple[str, ...]:
    """An event is a dossier, and has one domain."""
    if correlation.kind is Kind.EVENT_COUNT:
        return ("domain",)
    every = (correlation.field_for(rule, correlation.value_field) for rule in correlation.rules)
    return tuple(dict.fromkeys(every))


def _bounds(correlation: Correlation) -> tuple[_Bound, ...]:
    counts = correlation.kind in {Kind.EVENT_COUNT, Kind.VALUE_COUNT}
    if not counts or not isinstance(correlation.expects, Threshold):
        return ()
    return tuple(bound for bound in correlation.expects.bounds if bound[0] in _REACHES)
