"""What each kind of test asks: the form it wants its field in, and how all of a kind are answered.

A `Tell` is made of all tests of one kind on one field. It takes the values and returns a whole
number in which the bits of those tests are set that hold for any of them.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from operator import eq, ge, gt, le, lt, ne
from typing import Any, TypeAlias

from hunter.judge import seen as forms
from hunter.judge.seen import Range, Values
from hunter.rulebook.conditions import (
    Compare,
    Exists,
    InNetwork,
    Leaf,
    Op,
    Regex,
    SameAs,
    Text,
    Wild,
)
from hunter.rulebook.regex import escaped, finders

OPERATORS: dict[Op, Callable[[Any, Any], bool]] = {
    Op.LT: lt,
    Op.LTE: le,
    Op.GT: gt,
    Op.GTE: ge,
    Op.EQ: eq,
    Op.NEQ: ne,
}

Form: TypeAlias = Callable[[Values], Sequence[Any]]
Tell: TypeAlias = Callable[[Values], int]
Wanted: TypeAlias = Sequence[tuple[Any, int]]
"""What tests of one kind want, each with its bit."""
Maker: TypeAlias = Callable[[Form, Wanted], Tell]
Sorted: TypeAlias = tuple[Maker, Form, Any]
"""How tests of a kind are answered, the form they want values in, and what this one wants."""

_SIGNS = frozenset({Op.LT, Op.LTE, Op.GT, Op.GTE})
_COMPACT_DATE = re.compile(r"[12]\d{7}")


def sorted_out(test: Leaf) -> Iterator[Sorted]:
    """Which kind a test of one field is of; none for a test that nothing is there."""
    match test:
        case Text():
            yield _text(test)
        case Regex():
            yield _found, forms.encoded, test.pattern
        case InNetwork():
            network = test.network
            ends = int(network.network_address), int(network.broadcast_address)
            yield _within, forms.ranges, (network.version, *ends)
        case Compare():
            yield from _number(test)
        case Exists(exists=exists):
            if exists:
                yield _always, forms.as_they_are, None
        case _:
            raise TypeError(f"{type(test).__name__} asks for more than one field")


def _text(test: Text) -> Sorted:
    """A plain shape is compared as it is; others need a regular expression."""
    pattern = test.pattern if test.cased else tuple(map(_without_case, test.pattern))
    form = forms.texts if test.cased else forms.all_folded
    match pattern:
        case (Wild.MANY,):
            return _always, forms.as_they_are, None
        case (Wild.MANY, str() as part, Wild.MANY):
            return _holding, forms.together if test.cased else forms.together_folded, part
        case (str() as start, Wild.MANY):
            return _starting, form, start
        case (Wild.MANY, str() as end):
            return _ending, form, end
        case _ if any(isinstance(part, Wild) for part in pattern):
            regex = r"(?s)\A" + "".join(map(_as_regex, pattern)) + r"\z"
            return _found, forms.encoded if test.cased else forms.encoded_folded, regex
        case _:
            return _equal, form, "".join(map(str, pattern))


def _number(test: Compare) -> Iterator[Sorted]:
    compare = OPERATORS[test.op]
    if test.part:
        yield _dated, forms.texts, (compare, test.number, test.part)
    elif test.op in _SIGNS:
        yield _COMPARING[test.op], forms.numbers, test.number
    else:
        yield _equal, forms.comparable, test.number
        yield _equal, forms.comparable, str(test.number)


def _always(_form: Form, wanted: Wanted) -> Tell:
    every = _all_bits(wanted)
    return lambda _: every


def _equal(form: Form, wanted: Wanted) -> Tell:
    bits: dict[Any, int] = {}
    for one, bit in wanted:
        bits[one] = bits.get(one, 0) | bit

    def tell(values: Values) -> int:
        found = 0
        for one in form(values):
            found |= bits.get(one, 0)
        return found

    return tell


def _holding(form: Form, wanted: Wanted) -> Tell:
    def tell(values: Values) -> int:
        (text,) = form(values)
        found = 0
        for part, bit in wanted:
            if part in text:
                found |= bit
        return found

    return tell


def _at_an_end(has: Callable[[str, Any], bool], form: Form, wanted: Wanted) -> Tell:
    """Mostly no text has any of the ends: all of them are asked in one call."""
    ends = tuple(end for end, _ in wanted)

    def tell(values: Values) -> int:
        found = 0
        for text in form(values):
            if has(text, ends):
                found |= _all_bits([(end, bit) for end, bit in wanted if has(text, end)])
        return found

    return tell


_starting: Maker = partial(_at_an_end, str.startswith)
_ending: Maker = partial(_at_an_end, str.endswith)


def _found(form: Form, wanted: Wanted) -> Tell:
    bits = [bit for _, bit in wanted]
    find = finders([pattern for pattern, _ in wanted])

    def tell(values: Values) -> int:
        found = 0
        for text in form(values):
            for number in find(text):
                found |= bits[number]
        return found

    return tell


def _asking(holds: Callable[[Any, Any], bool], form: Form, wanted: Wanted) -> Tell:
    """Each test by itself, of each value."""

    def tell(values: Values) -> int:
        found = 0
        for one in form(values):
            for what, bit in wanted:
                if holds(one, what):
                    found |= bit
        return found

    return tell


def _lies_within(found: Range, network: Range) -> bool:
    kind, low, high = found
    version, first, last = network
    return low >= first and high <= last and kind == version


def _has_part(text: str, wanted: tuple[Callable[[Any, Any], bool], float, str]) -> bool:
    compare, bound, part = wanted
    number = part_of(text, part)
    return number is not None and compare(number, bound)


_within: Maker = partial(_asking, _lies_within)
_dated: Maker = partial(_asking, _has_part)
_COMPARING: dict[Op, Maker] = {op: partial(_asking, OPERATORS[op]) for op in _SIGNS}


def _all_bits(wanted: Wanted) -> int:
    found = 0
    for _, bit in wanted:
        found |= bit
    return found


def pair(test: SameAs) -> Callable[[tuple[str, ...], tuple[str, ...]], bool]:
    """Whether any value is, begins, ends or holds a value of the other field."""
    alike = _alike(test)
    return lambda values, others: any(alike(one, other) for one in values for other in others)


def _alike(test: SameAs) -> Callable[[str, str], bool]:
    if test.starts_with and test.ends_with:
        return lambda value, other: other in value
    if test.starts_with:
        return str.startswith
    return str.endswith if test.ends_with else eq


def part_of(text: str, part: str) -> int | None:
    """The part (minute ... year) of a date, YYYYMMDD or ISO 8601; None when it has none."""
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
    return forms.without_case(part) if isinstance(part, str) else part


def _as_regex(part: str | Wild) -> str:
    if isinstance(part, Wild):
        return ".*" if part is Wild.MANY else "."
    return escaped(part)
