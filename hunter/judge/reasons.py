"""Why a rule does not match a dossier, or does: for whoever tests rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from hunter.dossiers import values_of
from hunter.judge.compiling import Check, Compiler, Found
from hunter.judge.judging import bench
from hunter.judge.seen import Fields, fields_of
from hunter.model import Dossier
from hunter.rulebook import Correlation, Header, Rule, Rulebook
from hunter.rulebook.conditions import AllOf, AnyOf, Condition, Leaf, Not
from hunter.rulebook.writing import written


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one rule says of a dossier."""

    header: Header
    fires: bool
    why: tuple[str, ...]
    """What it rests on, or what stands in its way."""


_MOST = 12
_MOST_VALUES = 5


def verdicts(rulebook: Rulebook, dossier: Dossier) -> tuple[Verdict, ...]:
    """What every rule that speaks says of one dossier: those that fire first, the gravest first."""
    found = []
    for rule, check in bench(rulebook).speaking:
        fires = check.holds(bench(rulebook).layout.lay_out(fields_of(dossier)))
        reasons = why(rule.condition, dossier) if fires else why_not(rule, dossier)
        found.append(Verdict(rule.header, fires, reasons))
    return tuple(sorted(found, key=lambda one: not one.fires))


def why_not(rule: Rule, dossier: Dossier) -> tuple[str, ...]:
    """What stands in the way of a rule that does not match: one sentence for each thing."""
    return obstacles(rule.own, dossier) or tuple(
        f"the filter {one.header.title!r} leaves it out: {reason}"
        for one in rule.filters
        for reason in obstacles(one.condition, dossier)
    )


def obstacles(condition: Condition, dossier: Dossier) -> tuple[str, ...]:
    """What would have to be otherwise for a condition to hold; nothing when it does."""
    return tuple(islice(_Looking(dossier, condition).obstacles(condition), _MOST))


def why(condition: Condition, dossier: Dossier) -> tuple[str, ...]:
    """What a condition that holds rests on: field and value."""
    held = _Looking(dossier, condition).held(condition)
    return tuple(f"{name} is {value!r}" for name, value in held) or (
        "it asks for nothing that the dossier has",
    )


def fed_by(
    rulebook: Rulebook, correlation: Correlation, dossiers: Sequence[Dossier]
) -> tuple[str, ...]:
    """Which of the dossiers each rule matches that feeds a correlation."""
    ready = bench(rulebook)
    names = {header.id: header.name or header.title for header in rulebook.headers}
    seen = [ready.layout.lay_out(fields_of(one)) for one in dossiers]
    lines = []
    for rule in correlation.rules:
        check = ready.checks.get(rule)
        if check is not None:
            hits = [
                one.domain for one, laid in zip(dossiers, seen, strict=True) if check.holds(laid)
            ]
            lines.append(f"{names[rule]!r} matches {', '.join(hits) or 'none of them'}")
    return tuple(lines)


@lru_cache(maxsize=256)
def _compiled(condition: Condition) -> Compiler:
    """A compiler that knows the condition and all its parts."""
    compiler = Compiler()
    compiler.check(condition)
    return compiler


class _Looking:
    """One dossier, at which conditions are held part by part."""

    def __init__(self, dossier: Dossier, condition: Condition) -> None:
        self._dossier = dossier
        self._fields: Fields = fields_of(dossier)
        self._compiler = _compiled(condition)

    def obstacles(self, condition: Condition) -> Iterator[str]:
        """What would have to be otherwise for the condition to hold; nothing when it does."""
        if self._holds(condition):
            return
        match condition:
            case AllOf(parts):
                for part in parts:
                    yield from self.obstacles(part)
            case AnyOf(parts):
                options = [" and ".join(self.obstacles(part)) for part in parts]
                yield "; or ".join(dict.fromkeys(options))
            case Not(part):
                met = ", ".join(f"{name} is {value!r}" for name, value in self.held(part))
                yield f"'not' rules it out: {met or written(part)}"
            case _:
                yield f"{written(condition)} does not hold: {self._state_of(condition)}"

    def held(self, condition: Condition) -> Found:
        """The values that the condition rests on."""
        found: Found = {}
        check = self._check(condition)
        check.explain(self._fields, self._compiler.layout.lay_out(self._fields), found)
        return found

    def _check(self, condition: Condition) -> Check:
        return self._compiler.check(condition)

    def _holds(self, condition: Condition) -> bool:
        check = self._check(condition)
        return check.holds(self._compiler.layout.lay_out(self._fields))

    def _state_of(self, leaf: Leaf) -> str:
        name = leaf.field
        if name is None:
            return "no field holds it"
        values = values_of(self._fields, name)
        if name in self._dossier.unknown:
            return f"{name} could not be found out"
        shown = ", ".join(repr(value) for value in values[:_MOST_VALUES])
        return f"{name} is {shown}" if values else f"there is no {name}"
