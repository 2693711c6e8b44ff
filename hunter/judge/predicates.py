"""What one test asks of one value, as a function."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from operator import eq, ge, gt, le, lt, ne
from typing import Any, TypeAlias

from hunter.rulebook.conditions import Compare, InNetwork, Op, Regex, SameAs, Text, Wild
from hunter.rulebook.regex import escaped, finder

Predicate: TypeAlias = Callable[[Any], bool]

OPERATORS: dict[Op, Callable[[Any, Any], bool]] = {
    Op.LT: lt,
    Op.LTE: le,
    Op.GT: gt,
    Op.GTE: ge,
    Op.EQ: eq,
    Op.NEQ: ne,
}

_NUMBERS = frozenset({int, float})
_COMPACT_DATE = re.compile(r"[12]\d{7}")


def for_text(test: Text) -> Predicate:
    """Whether a text has the shape; plain shapes go without a regular expression."""
    pattern = test.pattern if test.cased else tuple(map(_without_case, test.pattern))
    if not any(isinstance(part, Wild) for part in pattern):
        return "".join(map(str, pattern)).__eq__
    return _for_wildcards(pattern)


def _for_wildcards(pattern: tuple[str | Wild, ...]) -> Predicate:
    match pattern:
        case (Wild.MANY,):
            return lambda _text: True
        case (Wild.MANY, str() as part, Wild.MANY):
            return lambda text: part in text
        case (str() as start, Wild.MANY):
            return lambda text: text.startswith(start)
        case (Wild.MANY, str() as end):
            return lambda text: text.endswith(end)
        case _:
            return finder(r"(?s)\A" + "".join(map(_as_regex, pattern)) + r"\z")


def for_regex(test: Regex) -> Predicate:
    """Whether RE2 finds the pattern in a text."""
    return finder(test.pattern)


def for_number(test: Compare) -> Predicate:
    """Whether a number, or a part of a date, compares so. Texts equal the number they spell."""
    compare, wanted = OPERATORS[test.op], test.number
    if test.part:
        return _for_part(test)
    if test.op is Op.EQ:
        spelling = str(wanted)
        return lambda value: value == (wanted if value.__class__ in _NUMBERS else spelling)
    return lambda value: value.__class__ in _NUMBERS and compare(value, wanted)


def _for_part(test: Compare) -> Predicate:
    compare, wanted, part = OPERATORS[test.op], test.number, test.part

    def compares(value: object) -> bool:
        found = part_of(value, part)
        return found is not None and compare(found, wanted)

    return compares


def for_network(test: InNetwork) -> Predicate:
    """Whether an address or network lies within the network."""
    network = test.network

    def within(text: str) -> bool:
        found = _network(text)
        if isinstance(network, IPv4Network):
            return isinstance(found, IPv4Network) and found.subnet_of(network)
        return isinstance(found, IPv6Network) and found.subnet_of(network)

    return within


def for_pair(test: SameAs) -> Callable[[Any, Any], bool]:
    """Whether a value is, begins, ends or holds a value of the other field."""
    if test.starts_with and test.ends_with:
        return lambda value, other: other in value
    if test.starts_with:
        return lambda value, other: value.startswith(other)
    if test.ends_with:
        return lambda value, other: value.endswith(other)
    return lambda value, other: value == other


def part_of(value: object, part: str) -> int | None:
    """The part (minute ... year) of a date, YYYYMMDD or ISO 8601; None when it has none."""
    text = str(value)
    whole_day = _COMPACT_DATE.fullmatch(text) is not None or len(text) == len("2017-04-12")
    if whole_day and part in {"minute", "hour"}:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    found: int = moment.isocalendar().week if part == "week" else getattr(moment, part)
    return found


def _without_case(part: str | Wild) -> str | Wild:
    return part.lower() if isinstance(part, str) else part


def _as_regex(part: str | Wild) -> str:
    if isinstance(part, Wild):
        return ".*" if part is Wild.MANY else "."
    return escaped(part)


@lru_cache(maxsize=65536)
def _network(text: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None
