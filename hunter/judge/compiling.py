"""Turn condition trees into checks that run fast, and that can say afterwards what they rest on.

The tests on one field answer together, in the bits of a whole number (`hunter.judge.answers`). Each
condition becomes one Python expression over those, such as `(s[0] & 4) and (s[1] & 48)`. Only
places, bits and names made up here stand in the source; nothing of a rule's own does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from typing import Any, TypeAlias

from hunter.dossiers import values_of
from hunter.judge.answers import Answers
from hunter.judge.choosing import Which, choosing, joined
from hunter.judge.questions import pair
from hunter.judge.seen import ANY_FIELD, Fields, Layout, Seen, all_folded, each_folded
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
Found: TypeAlias = dict[Held, None]
"""What a finding rests on, each once and in order."""
Explain: TypeAlias = Callable[[Fields, Seen, Found], None]

_REGEX_COST = 20
_LOOP_COST = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """Tests on one field of which any will do: where its answers stand, and the bits, in order."""

    name: str
    place: int
    bits: tuple[int, ...]

    @property
    def expression(self) -> str:
        """Whether one of them holds."""
        return f"s[{self.place}] & {sum(self.bits)}"


@dataclass(frozen=True, slots=True)
class Check:
    """A compiled condition: whether it holds, and then, on which values."""

    conjuncts: tuple[str, ...]
    """Expressions that must all hold, the cheap ones first."""
    holds: Holds
    explain: Explain
    """To be asked only when it holds. What a `not` rules out is no evidence."""
    asked: Asked | None = None
    """What it comes to, if that is all."""

    @property
    def expression(self) -> str:
        """All of it as one expression."""
        return joined(self.conjuncts)


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles conditions into checks over one common layout."""

    layout: Layout = field(default_factory=Layout)
    wanted: dict[str, Any] = field(default_factory=dict)
    """What the names in expressions stand for."""
    made: dict[Condition, Check] = field(default_factory=dict)
    """The same question is compiled, and known, once."""
    answers: dict[str, Answers] = field(default_factory=dict)
    """Each field's."""

    def check(self, condition: Condition) -> Check:
        """The check for a condition."""
        if condition not in self.made:
            self.made[condition] = self._made(condition)
        return self.made[condition]

    def which(self, checks: Sequence[Check]) -> Which:
        """One function that says which of the checks hold, by their numbers in order."""
        return choosing([check.conjuncts for check in checks], self.layout, self.wanted)

    def _made(self, condition: Condition) -> Check:
        match condition:
            case AllOf(parts):
                return self._all_of([self.check(part) for part in sorted(parts, key=_cost)])
            case AnyOf(parts):
                return self._any_of([self.check(part) for part in sorted(parts, key=_cost)])
            case Not(part):
                inverse = f"not ({self.check(part).expression})"
                return Check((inverse,), self._lambda(inverse), _no_evidence)
            case SameAs():
                return self._pair(condition)
            case _:
                return self._leaf(condition)

    def _all_of(self, checks: list[Check]) -> Check:
        def explain(fields: Fields, seen: Seen, found: Found) -> None:
            for check in checks:
                check.explain(fields, seen, found)

        conjuncts = tuple(dict.fromkeys(one for check in checks for one in check.conjuncts))
        return Check(conjuncts, self._lambda(joined(conjuncts)), explain)

    def _any_of(self, checks: list[Check]) -> Check:
        runs = groupby(checks, key=lambda check: check.asked and check.asked.name)
        options = [one for _, run in runs for one in self._merged(list(run))]
        if len(options) == 1:
            return options[0]

        def explain(fields: Fields, seen: Seen, found: Found) -> None:
            for check in options:
                if check.holds(seen):
                    check.explain(fields, seen, found)

        expression = " or ".join(f"({check.expression})" for check in options)
        return Check((expression,), self._lambda(expression), explain)

    def _merged(self, run: list[Check]) -> list[Check]:
        """Tests on one field, one after the other, as one; whatever else it is as it is."""
        asked = [check.asked for check in run if check.asked is not None]
        if not asked or asked[0].name == ANY_FIELD:
            return run
        bits = dict.fromkeys(chain.from_iterable(one.bits for one in asked))
        return [self._check_of(Asked(asked[0].name, asked[0].place, tuple(bits)))]

    def _leaf(self, leaf: Leaf) -> Check:
        name = leaf.field or ANY_FIELD
        if name not in self.answers:
            self.answers[name] = Answers(at_once=name == ANY_FIELD)
        answers = self.answers[name]
        bit = answers.bit(leaf)
        asked = Asked(name, self.layout.place(name, answers, answers.known), (bit,))
        if isinstance(leaf, Exists) and not leaf.exists:
            return Check((asked.expression,), self._lambda(asked.expression), _no_evidence)
        return self._check_of(asked)

    def _check_of(self, asked: Asked) -> Check:
        of = self.answers[asked.name].of
        explain = _told_anywhere(asked, of) if asked.name == ANY_FIELD else _told(asked, of)
        return Check((asked.expression,), self._lambda(asked.expression), explain, asked)

    def _pair(self, leaf: SameAs) -> Check:
        place = self.layout.place(leaf.field, each_folded)
        other = self.layout.place(leaf.other, each_folded)
        wanted = pair(leaf)
        expression = f"{self._name(wanted)}(s[{place}], s[{other}])"

        def explain(fields: Fields, seen: Seen, found: Found) -> None:
            for value in values_of(fields, leaf.field):
                if wanted(all_folded((value,)), seen[other]):
                    found[leaf.field, value] = None

        return Check((expression,), self._lambda(expression), explain)

    def _name(self, wanted: object) -> str:
        name = f"w{len(self.wanted)}"
        self.wanted[name] = wanted
        return name

    def _lambda(self, expression: str) -> Holds:
        # The expression is made of names, places and operators of this package alone.
        made: Holds = eval(f"lambda s: bool({expression})", self.wanted)  # noqa: S307
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


def _no_evidence(_fields: Fields, _seen: Seen, _found: Found) -> None:
    return


def _told(asked: Asked, of: Callable[[Value], int]) -> Explain:
    name, bits = asked.name, asked.bits

    def explain(fields: Fields, _seen: Seen, found: Found) -> None:
        """Ask the same of one value after the other; a single one has answered already."""
        raw = fields[name]
        if not isinstance(raw, tuple):
            found[name, raw] = None
            return
        for bit in bits:
            for value in raw:
                if of(value) & bit:
                    found[name, value] = None

    return explain


def _told_anywhere(asked: Asked, of: Callable[[Value], int]) -> Explain:
    (bit,) = asked.bits  # keywords are never merged

    def explain(fields: Fields, _seen: Seen, found: Found) -> None:
        for name in fields:
            for value in values_of(fields, name):
                if of(value) & bit:
                    found[name, value] = None

    return explain
