"""Whether what a rule or its test says of a field can be said of it.

What a field holds is told by its meaning (see `holdings`); here it becomes a message and a hint.
Where a field has no meaning, nothing is known of it and all may be said.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from math import isfinite
from typing import TypeAlias

from hunter.rulebook.hints import listing, number_alone
from hunter.rulebook.holdings import Holding, holding, holdings
from hunter.rulebook.reading import Yaml

Complaint: TypeAlias = tuple[str, str]
"""A message and a hint."""

PARTS: Mapping[str, tuple[int, int]] = {
    "minute": (0, 59),
    "hour": (0, 23),
    "day": (1, 31),
    "week": (1, 53),
    "month": (1, 12),
    "year": (1, 9999),
}
"""Parts of a date, from and to; weeks by ISO 8601."""
COMPARING = frozenset({"gt", "gte", "lt", "lte"})
_NEEDS_A_FIELD = frozenset({"cidr", "exists", "fieldref"}) | COMPARING | PARTS.keys()


def of_test(
    field: str, modifiers: Iterable[str], values: Iterable[Yaml], fields: Mapping[str, str]
) -> Complaint | None:
    """What is wrong with asking that of the field; None when nothing is."""
    named = list(modifiers)
    if not field:
        return _without_field(named)
    part = next((one for one in named if one in PARTS), "")
    wrong = _of_part(part, named, values) if part else None
    if wrong or not fields[field]:
        return wrong
    known = holdings(fields)
    if part:
        return _of_date(field, part, known)
    if "cidr" in named and not known[field].address:
        able = listing(name for name, one in known.items() if one.address)
        return f"{field} holds no addresses, and '|cidr' looks into them", f"these do: {able}"
    asks_value = "exists" not in named and not known[field].truth
    if asks_value and any(isinstance(one, bool) for one in values):
        return _read_as_truth(field)
    return None


def _without_field(modifiers: Iterable[str]) -> Complaint | None:
    found = next((one for one in modifiers if one in _NEEDS_A_FIELD), "")
    return (f"'|{found}' needs a field", f"name one in front: 'field|{found}'") if found else None


def _of_part(part: str, modifiers: list[str], values: Iterable[Yaml]) -> Complaint | None:
    if modifiers[0] != part:
        rest = "|".join([part, *(one for one in modifiers if one != part)])
        return f"'|{part}' comes first", f"write it as '|{rest}'"
    low, high = PARTS[part]
    for one in values:
        if not isinstance(one, int) or not low <= one <= high:
            return f"{one!r} is no {part}", f"write a whole number, {low} to {high}"
    return None


def _of_date(field: str, part: str, known: Mapping[str, Holding]) -> Complaint | None:
    moments = listing(name for name, one in known.items() if one.moment)
    if not (known[field].day or known[field].moment):
        days = listing(name for name, one in known.items() if one.day)
        hint = f"these do: {', '.join(filter(None, (days, moments)))}"
        return f"{field} holds no dates, and '|{part}' is a part of one", hint
    if part in {"minute", "hour"} and not known[field].moment:
        return f"{field} holds days, which have no {part}", f"ask of a moment: {moments or 'none'}"
    return None


def _read_as_truth(field: str) -> Complaint:
    message = f"YAML reads this as true or false, and {field} holds neither"
    return message, "put quotes around it: 'no'"


def of_value(field: str, value: str | int | float, meaning: str) -> Complaint | None:
    """What is wrong with saying in a test that the field holds that; None when nothing is."""
    holds = holding(meaning)
    if holds.truth and not isinstance(value, bool):
        return f"{field} is true or false", "write true or false, without quotes"
    if meaning and not holds.truth and isinstance(value, bool):
        return _read_as_truth(field)
    if holds.day and not _is_day(value):
        hint = "write the day as a whole number, YYYYMMDD: 20170301"
        return f"{field} holds days, and {value!r} is none", hint
    return _of_number(field, value, holds) if holds.numeric and not holds.day else None


def _of_number(field: str, value: str | int | float, holds: Holding) -> Complaint | None:
    if isinstance(value, str):
        hint = number_alone(value)
        return f"{field} holds numbers, and {value!r} is none", hint
    if holds.low <= value <= holds.high:
        return None
    above = f" to {holds.high:g}" if isfinite(holds.high) else " or more"
    return f"{field} cannot be {value}", f"it is {holds.low:g}{above}"


def _is_day(value: str | int | float) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return isinstance(value, int)
