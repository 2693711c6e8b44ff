"""Turn condition trees into checks that run fast, and that can say afterwards what they rest on.

Each condition becomes one Python expression over the laid-out dossier, such as
`(s[0] >= w0) and ((w1 in s[1]) or (w2 in s[1]))`, and all rules together one function that asks
what many of them ask only once. Only names made up here stand in the source; what a rule wants is
bound to them as objects.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from hunter.judge.questions import Gate, Question, pair, question
from hunter.judge.seen import ANY_FIELD, Fields, Form, Layout, Seen, all_folded, values_of
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
Which: TypeAlias = Callable[[Seen], list[int]]

_REGEX_COST = 20
_LOOP_COST = 4


@dataclass(frozen=True, slots=True)
class Check:
    """A compiled condition: whether it holds, and then, on which values."""

    conjuncts: tuple[str, ...]
    """Expressions that must all hold, the cheap ones first."""
    holds: Holds
    explain: Explain
    """To be asked only when it holds. What a `not` rules out is no evidence."""

    @property
    def expression(self) -> str:
        """All of it as one expression."""
        return _joined(self.conjuncts)


def _joined(conjuncts: Iterable[str]) -> str:
    return " and ".join(f"({conjunct})" for conjunct in conjuncts) or "True"


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles conditions into checks over one common layout."""

    layout: Layout = field(default_factory=Layout)
    wanted: dict[str, Any] = field(default_factory=dict)
    """What the names in expressions stand for."""
    made: dict[Condition, Check] = field(default_factory=dict)
    """The same question is compiled, and known, once."""
    gates: dict[tuple[str, Form], Gate] = field(default_factory=dict)

    def check(self, condition: Condition) -> Check:
        """The check for a condition."""
        if condition not in self.made:
            self.made[condition] = self._made(condition)
        return self.made[condition]

    def which(self, checks: Sequence[Check]) -> Which:
        """One function that says which of the checks hold, by their numbers in order.

        Most rules ask first whether a name resembles the brand: what several ask is asked once.
        """
        asked = Counter(one for check in checks for one in dict.fromkeys(check.conjuncts))
        groups: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for number, check in enumerate(checks):
            first = max(check.conjuncts, key=lambda one: asked[one])
            rest = _joined(one for one in check.conjuncts if one != first)
            groups[first].append((number, rest))
        lines = ["def which(s):", " found = []"]
        for first, members in groups.items():
            lines.append(f" if {first}:")
            lines.extend(f"  if {rest}: found.append({number})" for number, rest in members)
        lines.extend([" found.sort()", " return found"])
        scope = dict(self.wanted)
        exec("\n".join(lines), scope)  # noqa: S102 - as in _lambda
        which: Which = scope["which"]
        return which

    def _made(self, condition: Condition) -> Check:
        match condition:
            case AllOf(parts):
                return self._all_of([self.check(part) for part in sorted(parts, key=_cost)])
            case AnyOf(parts):
                return self._any_of([self.check(part) for part in sorted(parts, key=_cost)])
            case Not(part):
                inverse = f"not ({self.check(part).expression})"
                return Check((inverse,), self._lambda("s", inverse), _no_evidence)
            case SameAs():
                return self._pair(condition)
            case _:
                return self._leaf(condition)

    def _all_of(self, checks: list[Check]) -> Check:
        def explain(fields: Fields, seen: Seen, found: Found) -> None:
            for check in checks:
                check.explain(fields, seen, found)

        conjuncts = tuple(dict.fromkeys(one for check in checks for one in check.conjuncts))
        return Check(conjuncts, self._lambda("s", _joined(conjuncts)), explain)

    def _any_of(self, checks: list[Check]) -> Check:
        def explain(fields: Fields, seen: Seen, found: Found) -> None:
            for check in checks:
                if check.holds(seen):
                    check.explain(fields, seen, found)

        expression = " or ".join(f"({check.expression})" for check in checks) or "False"
        return Check((expression,), self._lambda("s", expression), explain)

    def _leaf(self, leaf: Leaf) -> Check:
        asked = question(leaf)
        named = leaf.field or ANY_FIELD
        place = self.layout.place(named, asked.form)
        wanted = self._name(asked.wanted)
        expression = self._gate(named, asked) + asked.ask(f"s[{place}]", wanted)
        absence = isinstance(leaf, Exists) and not leaf.exists
        explain = _no_evidence if absence else self._told(named, asked, wanted)
        return Check((expression,), self._lambda("s", expression), explain)

    def _gate(self, named: str, asked: Question) -> str:
        """Before one expression is tried, whether any of all for this field is found at all."""
        if not asked.pattern:
            return ""
        gate = self.gates.setdefault((named, asked.form), Gate(asked.form))
        gate.patterns.append(asked.pattern)
        return f"s[{self.layout.place(named, gate)}] and "

    def _told(self, named: str, asked: Question, wanted: str) -> Explain:
        holds = self._lambda("v", asked.ask("v", wanted))
        form = asked.form

        def explain(fields: Fields, _seen: Seen, found: Found) -> None:
            """Ask the same of one value after the other; a single one has answered already."""
            for name in fields if named == ANY_FIELD else (named,):
                values = values_of(fields, name)
                if len(values) == 1 and name == named:
                    found[name, values[0]] = None
                    continue
                for value in values:
                    if holds(form((value,))):
                        found[name, value] = None

        return explain

    def _pair(self, leaf: SameAs) -> Check:
        place = self.layout.place(leaf.field, all_folded)
        other = self.layout.place(leaf.other, all_folded)
        wanted = pair(leaf)
        expression = f"{self._name(wanted)}(s[{place}], s[{other}])"

        def explain(fields: Fields, seen: Seen, found: Found) -> None:
            for value in values_of(fields, leaf.field):
                if wanted(all_folded((value,)), seen[other]):
                    found[leaf.field, value] = None

        return Check((expression,), self._lambda("s", expression), explain)

    def _name(self, wanted: object) -> str:
        name = f"w{len(self.wanted)}"
        self.wanted[name] = wanted
        return name

    def _lambda(self, argument: str, expression: str) -> Callable[[Any], bool]:
        # The expression is made of names, places and operators of this package alone.
        made: Callable[[Any], bool] = eval(f"lambda {argument}: {expression}", self.wanted)  # noqa: S307
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
