"""Turn condition trees into checks that run fast, and that can say afterwards what they rest on.

Each condition becomes one Python expression over the laid-out dossier, such as
`(s[0] >= w0) and ((w1 in s[1]) or (w2 in s[1]))`, compiled once. Only names made up here stand in
it; what a rule wants is bound to them as objects.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeAlias

from hunter.judge.questions import pair, question
from hunter.judge.seen import ANY_FIELD, Fields, Layout, Seen, all_folded, values_of
from hunter.model import Value
from hunter.rulebook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Exists,
    InNetwork,
    Leaf,
    Not,
    Regex,
    SameAs,
)

Holds: TypeAlias = Callable[[Seen], bool]
Held: TypeAlias = tuple[str, Value]
"""A field and one of its values."""
Explain: TypeAlias = Callable[[Fields, Seen], Iterator[Held]]

_REGEX_COST = 20
_LOOP_COST = 4


@dataclass(frozen=True, slots=True)
class Check:
    """A compiled condition: whether it holds, and then, on which values."""

    expression: str
    holds: Holds
    explain: Explain
    """To be asked only when it holds. What a `not` rules out is no evidence."""


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles conditions into checks over one common layout."""

    layout: Layout = field(default_factory=Layout)
    wanted: dict[str, Any] = field(default_factory=dict)
    """What the names in expressions stand for."""

    def check(self, condition: Condition) -> Check:
        """The check for a condition."""
        match condition:
            case AllOf(parts):
                return self._all_of([self.check(part) for part in sorted(parts, key=_cost)])
            case AnyOf(parts):
                return self._any_of([self.check(part) for part in sorted(parts, key=_cost)])
            case Not(part):
                return self._made(f"not ({self.check(part).expression})", _no_evidence)
            case SameAs():
                return self._pair(condition)
            case _:
                return self._leaf(condition)

    def _all_of(self, checks: list[Check]) -> Check:
        def explain(fields: Fields, seen: Seen) -> Iterator[Held]:
            return chain.from_iterable(check.explain(fields, seen) for check in checks)

        return self._made(" and ".join(f"({check.expression})" for check in checks), explain)

    def _any_of(self, checks: list[Check]) -> Check:
        def explain(fields: Fields, seen: Seen) -> Iterator[Held]:
            met = (check for check in checks if check.holds(seen))
            return chain.from_iterable(check.explain(fields, seen) for check in met)

        return self._made(" or ".join(f"({check.expression})" for check in checks), explain)

    def _leaf(self, leaf: Leaf) -> Check:
        asked = question(leaf)
        named = leaf.field or ANY_FIELD
        place = self.layout.place(named, asked.form)
        expression = asked.expression.format(field=f"s[{place}]", wanted=self._name(asked.wanted))
        holds = self._holds(expression)

        def explain(fields: Fields, _seen: Seen) -> Iterator[Held]:
            """Ask the same of one value after the other; a single one has answered already."""
            for name in fields if named == ANY_FIELD else (named,):
                values = values_of(fields, name)
                only = len(values) == 1 and name == named
                for value in values:
                    if only or holds({place: asked.form((value,))}):
                        yield name, value

        absence = isinstance(leaf, Exists) and not leaf.exists
        return Check(expression, holds, _no_evidence if absence else explain)

    def _pair(self, leaf: SameAs) -> Check:
        place = self.layout.place(leaf.field, all_folded)
        other = self.layout.place(leaf.other, all_folded)
        expression = f"{self._name(pair(leaf))}(s[{place}], s[{other}])"
        holds = self._holds(expression)

        def explain(fields: Fields, seen: Seen) -> Iterator[Held]:
            for value in values_of(fields, leaf.field):
                if holds({place: all_folded((value,)), other: seen[other]}):
                    yield leaf.field, value

        return Check(expression, holds, explain)

    def _made(self, expression: str, explain: Explain) -> Check:
        return Check(expression, self._holds(expression), explain)

    def _name(self, wanted: object) -> str:
        name = f"w{len(self.wanted)}"
        self.wanted[name] = wanted
        return name

    def _holds(self, expression: str) -> Holds:
        # The expression is made of names, places and operators of this package alone.
        made: Holds = eval(f"lambda s: {expression}", self.wanted)  # noqa: S307
        return made


def _cost(condition: Condition) -> int:
    """How dear a condition is to try, roughly: the cheap parts go first."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return sum(map(_cost, parts))
        case Not(part):
            return _cost(part)
        case Regex() | SameAs():
            return _REGEX_COST
        case InNetwork():
            return _LOOP_COST
        case _:
            return 1


def _no_evidence(_fields: Fields, _seen: Seen) -> Iterator[Held]:
    return iter(())
