"""Rules that are well-formed and still cannot be meant: they can never match, or always do.

A condition is written out as its alternatives, each a list of tests that must, or must not, hold.
An alternative is impossible when the tests on one field exclude each other, or what it can hold.
Nothing is doubted that is not certain: what cannot be decided counts as possible.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import isfinite

from hunter.judge.compiling import Compiler
from hunter.model import Value
from hunter.rulebook.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Exists,
    Leaf,
    Not,
    SameAs,
    Text,
    Wild,
)
from hunter.rulebook.holdings import Holding
from hunter.rulebook.writing import written

_MOST_ALTERNATIVES = 2000
_MOST_SHOWN = 12
_UNKNOWN = Holding()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A test that must hold, or must not hold for any value."""

    leaf: Leaf
    wanted: bool

    def __str__(self) -> str:
        return written(self.leaf if self.wanted else Not(self.leaf))


def never(condition: Condition, holdings: Mapping[str, Holding]) -> str:
    """Why the condition cannot hold for any dossier, or nothing when it can."""
    alternatives = _alternatives(condition, wanted=True)
    if alternatives is None:
        return ""
    reasons = []
    for asked in alternatives:
        reason = next(_clashes(asked, holdings), "")
        if not reason:
            return ""
        reasons.append(reason)
    return reasons[0] if reasons else "it asks for nothing"


def always(condition: Condition, holdings: Mapping[str, Holding]) -> bool:
    """Whether the condition holds for every dossier."""
    return bool(never(Not(condition), holdings))


def _alternatives(condition: Condition, *, wanted: bool) -> list[tuple[_Asked, ...]] | None:
    """The condition's disjunctive normal form; None when it grows too large."""
    match condition:
        case Not(part):
            return _alternatives(part, wanted=not wanted)
        case AllOf(parts) | AnyOf(parts):
            found = [_alternatives(part, wanted=wanted) for part in parts]
            known = [one for one in found if one is not None]
            if len(known) < len(found):
                return None
            if isinstance(condition, AnyOf) is wanted:
                return _limited([asked for one in known for asked in one])
            return _conjunction(known)
        case _:
            return [(_Asked(condition, wanted),)]


def _conjunction(parts: list[list[tuple[_Asked, ...]]]) -> list[tuple[_Asked, ...]] | None:
    size = 1
    for part in parts:
        size *= len(part)
        if size > _MOST_ALTERNATIVES:
            return None
    return [tuple(asked for one in chosen for asked in one) for chosen in product(*parts)]


def _limited(found: list[tuple[_Asked, ...]]) -> list[tuple[_Asked, ...]] | None:
    return found if len(found) <= _MOST_ALTERNATIVES else None


def _clashes(asked: Sequence[_Asked], holdings: Mapping[str, Holding]) -> Iterator[str]:
    """Why these tests cannot all come out as wanted."""
    by_field: dict[str, list[_Asked]] = defaultdict(list)
    for one in asked:
        if one.leaf.field is not None:
            by_field[one.leaf.field].append(one)
    for field, tests in by_field.items():
        yield from _Field(field, tests, holdings.get(field, _UNKNOWN)).clashes()


class _Field:
    """All that is asked of one field."""

    def __init__(self, name: str, asked: Sequence[_Asked], holding: Holding) -> None:
        self.name = name
        self.holding = holding
        self.asked = asked
        self.absent = [one for one in asked if _wants_absence(one)]
        tests = [one for one in asked if not isinstance(one.leaf, Exists | SameAs)]
        self.met = [one for one in tests if one.wanted]
        self.unmet = [one for one in tests if not one.wanted and one not in self.absent]
        self.present = [*self.met, *(one for one in asked if _wants_presence(one))]

    def clashes(self) -> Iterator[str]:
        """Why the tests cannot all come out as wanted; nothing where that is not certain."""
        if self.absent and self.present:
            yield _excluding(self.absent[0], self.present[0])
        elif self.absent and self.holding.always:
            yield f"every domain has a {self.name}, so '{self.absent[0]}' never holds"
        elif not self.absent and self.holding.single:
            yield from self._single()
        elif not self.absent:
            yield from self._several()

    def _single(self) -> Iterator[str]:
        """One value must do for all tests at once."""
        if not (self.met or (self.unmet and self.holding.always)):
            return
        candidates = self._candidates(self.asked)
        if candidates is None:
            yield from self._implied()
        elif not any(_suits(value, self.met, self.unmet) for value in candidates):
            yield self._none_of(self.met + self.unmet)

    def _several(self) -> Iterator[str]:
        """Each test may have a value of its own, but no value may meet what must not be met."""
        for one in self.met:
            candidates = self._candidates([one, *self.unmet])
            if candidates is None:
                yield from self._implied()
            elif not any(_suits(value, [one], self.unmet) for value in candidates):
                yield self._none_of([one, *self.unmet])

    def _candidates(self, asked: Sequence[_Asked]) -> tuple[Value, ...] | None:
        """Values among which there is one that suits, if there is any; None when none can tell."""
        if self.holding.known is not None:
            return tuple(self.holding.known)
        exact = [text for one in asked if one.wanted and (text := _exact(one.leaf)) is not None]
        if exact:
            return tuple(exact)
        if all(isinstance(one.leaf, Compare) and not one.leaf.part for one in asked):
            return self._numbers(asked)
        return None

    def _numbers(self, asked: Sequence[_Asked]) -> tuple[Value, ...]:
        """The edges of what is asked for and of what can be held, and numbers beside them."""
        step = 1 if self.holding.day else 0.001
        edges = {one.leaf.number for one in asked if isinstance(one.leaf, Compare)}
        edges |= {edge for edge in (self.holding.low, self.holding.high) if isfinite(edge)}
        near = {number + shift for number in edges for shift in (-step, 0, step)}
        between = {(one + other) / 2 for one in edges for other in edges}
        held = (one for one in near | between if self.holding.low <= one <= self.holding.high)
        return tuple(sorted(held))

    def _implied(self) -> Iterator[str]:
        """What must be met brings with it what must not."""
        for one, other in product(self.met, self.unmet):
            if one.leaf == other.leaf or _implies(one.leaf, other.leaf):
                yield _excluding(one, other)

    def _none_of(self, asked: Sequence[_Asked]) -> str:
        wished = " and ".join(f"'{one}'" for one in dict.fromkeys(map(str, asked)))
        if len(asked) > 1:
            return f"no value of {self.name} meets {wished}"
        return f"'{asked[0]}' asks for what {self.name} cannot be{_what_it_is(self.holding)}"


def _what_it_is(holding: Holding) -> str:
    if holding.known is not None:
        shown = sorted(
            str(one).lower() if isinstance(one, bool) else str(one) for one in holding.known
        )
        return f": it is {', '.join(shown[:_MOST_SHOWN])}" if shown else ""
    if holding.day:
        return ": it is a day, YYYYMMDD"
    return f": it is {holding.low:g} to {holding.high:g}" if holding.numeric else ""


def _excluding(one: _Asked, other: _Asked) -> str:
    return f"'{one}' and '{other}' exclude each other"


def _wants_absence(one: _Asked) -> bool:
    if isinstance(one.leaf, Exists):
        return one.leaf.exists is not one.wanted
    return not one.wanted and isinstance(one.leaf, Text) and one.leaf.pattern == (Wild.MANY,)


def _wants_presence(one: _Asked) -> bool:
    if isinstance(one.leaf, Exists):
        return one.leaf.exists is one.wanted
    return isinstance(one.leaf, SameAs) and one.wanted


def _exact(leaf: Leaf) -> Value | None:
    """The one value that meets a test, if only one does."""
    if isinstance(leaf, Text) and all(isinstance(part, str) for part in leaf.pattern):
        return "".join(map(str, leaf.pattern))
    return None


def _implies(one: Leaf, other: Leaf) -> bool:
    """Whether every value that meets the one meets the other: a longer text holds a shorter."""
    match one, other:
        case Text(pattern=parts), Text(pattern=(Wild.MANY, str() as part, Wild.MANY)):
            folded = part.lower()
            return not other.cased and any(
                folded in text.lower() for text in parts if isinstance(text, str)
            )
        case _:
            return False


def _suits(value: Value, met: Sequence[_Asked], unmet: Sequence[_Asked]) -> bool:
    return all(_holds(one.leaf, value) for one in met) and not any(
        _holds(one.leaf, value) for one in unmet
    )


def _holds(leaf: Leaf, value: Value) -> bool:
    assert leaf.field is not None
    compiler = Compiler()
    check = compiler.check(leaf)
    return check.holds(compiler.layout.lay_out({leaf.field: value}))
