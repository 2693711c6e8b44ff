"""What each kind of test asks: the form it wants its field in, and the question as an expression.

The expression is Python with two holes: `{field}` for the field in its form and `{wanted}` for what
is wanted. What is wanted is always passed as an object under a name made up here, so that nothing
from a rule file ever becomes part of the source.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from hunter.judge import seen as forms
from hunter.judge.seen import EDGE, Form, Range
from hunter.model import Value
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
from hunter.rulebook.regex import NotARegex, escaped, finder

OPERATORS: dict[Op, Callable[[Any, Any], bool]] = {
    Op.LT: lt,
    Op.LTE: le,
    Op.GT: gt,
    Op.GTE: ge,
    Op.EQ: eq,
    Op.NEQ: ne,
}

_SIGNS = {Op.LT: "<", Op.LTE: "<=", Op.GT: ">", Op.GTE: ">="}
_CALL = "{wanted}({field})"
_WORTH_A_GATE = 3
_COMPACT_DATE = re.compile(r"[12]\d{7}")


@dataclass(frozen=True, slots=True)
class Question:
    """A test made ready: the form of its field, the expression, and what is wanted."""

    form: Form
    expression: str
    wanted: object
    pattern: str = ""
    """The regular expression behind it, if it is one."""

    def ask(self, held: str, wanted: str) -> str:
        """The expression, with what stands for the field and for what is wanted."""
        return self.expression.format(field=held, wanted=wanted)


@dataclass(eq=False)
class Gate:
    """A form that says whether any of many regular expressions is found in a field at all.

    One pass of RE2 over their alternation spares trying each, and mostly the answer is no.
    """

    form: Form
    patterns: list[str] = field(default_factory=list)

    def __call__(self, values: tuple[Value, ...]) -> bool:
        """Whether to go on and try them one by one."""
        return self._found(self.form(values))

    @cached_property
    def _found(self) -> Callable[[tuple[bytes, ...]], bool]:
        if len(self.patterns) < _WORTH_A_GATE:
            return bool
        try:
            return _any_found("|".join(f"(?:{one})" for one in dict.fromkeys(self.patterns)))
        except NotARegex:
            return bool  # together they are too large for RE2: each is tried on its own


def question(leaf: Leaf) -> Question:
    """What a test asks of its one field."""
    match leaf:
        case Text():
            return _text(leaf)
        case Regex():
            return _found(forms.encoded, leaf.pattern)
        case InNetwork():
            return Question(forms.ranges, _CALL, _within(leaf))
        case Compare():
            return _number(leaf)
        case Exists(exists=exists):
            return Question(forms.present, "{field} is {wanted}", exists)
        case _:
            raise TypeError(f"{type(leaf).__name__} asks for more than one field")


def _text(test: Text) -> Question:
    """A plain shape is a part of the joined text; others need a regular expression."""
    pattern = test.pattern if test.cased else tuple(map(_without_case, test.pattern))
    needle = _needle(pattern)
    if needle is not None:
        form = forms.joined if test.cased else forms.joined_folded
        return Question(form, "{wanted} in {field}", needle)
    regex = r"(?s)\A" + "".join(map(_as_regex, pattern)) + r"\z"
    encoded = forms.encoded if test.cased else forms.encoded_folded
    return _found(encoded, regex)


def _found(form: Form, pattern: str) -> Question:
    return Question(form, _CALL, _any_found(pattern), pattern)


def _needle(pattern: tuple[str | Wild, ...]) -> str | None:
    """What must stand in the joined text for the pattern to match one of the values."""
    match pattern:
        case (Wild.MANY,):
            return EDGE
        case (Wild.MANY, str() as part, Wild.MANY):
            return part
        case (str() as start, Wild.MANY):
            return EDGE + start
        case (Wild.MANY, str() as end):
            return end + EDGE
        case _ if any(isinstance(part, Wild) for part in pattern):
            return None
        case _:
            return EDGE + "".join(map(str, pattern)) + EDGE


def _any_found(pattern: str) -> Callable[[tuple[bytes, ...]], bool]:
    find = finder(pattern)
    return lambda texts: any(map(find, texts))


def _within(test: InNetwork) -> Callable[[tuple[Range, ...]], bool]:
    version = test.network.version
    first, last = int(test.network.network_address), int(test.network.broadcast_address)

    def within(found: tuple[Range, ...]) -> bool:
        for kind, low, high in found:  # noqa: SIM110 - a generator would cost three times as much
            if low >= first and high <= last and kind == version:
                return True
        return False

    return within


def _number(test: Compare) -> Question:
    """With `any value >= n` the highest decides, with `any value <= n` the lowest."""
    if test.part:
        return Question(forms.texts, _CALL, _part(test))
    if test.op in _SIGNS:
        form = forms.highest if test.op in {Op.GT, Op.GTE} else forms.lowest
        return Question(form, "{field} " + _SIGNS[test.op] + " {wanted}", test.number)
    either = {test.number, str(test.number)}
    return Question(forms.comparable, "not {wanted}.isdisjoint({field})", either)


def _part(test: Compare) -> Callable[[tuple[str, ...]], bool]:
    compare, wanted, part = OPERATORS[test.op], test.number, test.part
    return lambda texts: any(
        compare(found, wanted)
        for found in (part_of(text, part) for text in texts)
        if found is not None
    )


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
    return part.lower() if isinstance(part, str) else part


def _as_regex(part: str | Wild) -> str:
    if isinstance(part, Wild):
        return ".*" if part is Wild.MANY else "."
    return escaped(part)
