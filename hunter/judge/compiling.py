"""Turn condition trees into checks that run fast, and that can say afterwards what they rest on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from hunter.judge import predicates
from hunter.judge.seen import ANY_FIELD, Form, Layout, Seen, folded, known, raw, spelled, values_of
from hunter.model import Dossier, Evidence
from hunter.rulebook.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Exists,
    InNetwork,
    Leaf,
    Not,
    Regex,
    SameAs,
    Text,
)

Holds: TypeAlias = Callable[[Seen], bool]
Explain: TypeAlias = Callable[[Dossier, Seen], Iterator[Evidence]]


@dataclass(frozen=True, slots=True)
class Check:
    """A compiled condition: whether it holds, and then, on which values."""

    holds: Holds
    explain: Explain
    """To be asked only when it holds. What a `not` rules out is no evidence."""


def compiled(condition: Condition, layout: Layout) -> Check:
    """The check for a condition; the layout grows by what it needs."""
    match condition:
        case AllOf(parts):
            return _all_of(tuple(compiled(part, layout) for part in parts))
        case AnyOf(parts):
            return _any_of(tuple(compiled(part, layout) for part in parts))
        case Not(part):
            return _negated(compiled(part, layout))
        case _:
            return _leaf(condition, layout)


def _all_of(checks: tuple[Check, ...]) -> Check:
    tests = tuple(check.holds for check in checks)

    def holds(seen: Seen) -> bool:
        for test in tests:  # noqa: SIM110 - a generator would double the time of the hottest loop
            if not test(seen):
                return False
        return True

    def explain(dossier: Dossier, seen: Seen) -> Iterator[Evidence]:
        return chain.from_iterable(check.explain(dossier, seen) for check in checks)

    return Check(holds, explain)


def _any_of(checks: tuple[Check, ...]) -> Check:
    tests = tuple(check.holds for check in checks)

    def holds(seen: Seen) -> bool:
        for test in tests:  # noqa: SIM110 - as above
            if test(seen):
                return True
        return False

    def explain(dossier: Dossier, seen: Seen) -> Iterator[Evidence]:
        met = (check for check in checks if check.holds(seen))
        return chain.from_iterable(check.explain(dossier, seen) for check in met)

    return Check(holds, explain)


def _negated(check: Check) -> Check:
    test = check.holds
    return Check(lambda seen: not test(seen), _no_evidence)


def _no_evidence(_dossier: Dossier, _seen: Seen) -> Iterator[Evidence]:
    return iter(())


def _leaf(leaf: Leaf, layout: Layout) -> Check:
    match leaf:
        case Exists():
            return _existence(leaf, layout)
        case SameAs():
            return _pair(leaf, layout)
        case Text(field=None) | Regex(field=None):
            return _keyword(leaf, layout)
        case _:
            form, predicate = _single(leaf)
            return _on_values(str(leaf.field), form, predicate, layout)


def _single(leaf: Leaf) -> tuple[Form, predicates.Predicate]:
    """In which form a test wants its values, and the test of one value."""
    match leaf:
        case Text():
            return (spelled if leaf.cased else folded), predicates.for_text(leaf)
        case Regex():
            return spelled, predicates.for_regex(leaf)
        case InNetwork():
            return spelled, predicates.for_network(leaf)
        case Compare():
            return raw, predicates.for_number(leaf)
        case _:
            raise TypeError(f"{type(leaf).__name__} asks for more than one value")


def _on_values(name: str, form: Form, predicate: predicates.Predicate, layout: Layout) -> Check:
    place = layout.place(name, form)

    def holds(seen: Seen) -> bool:
        for value in seen[place]:  # noqa: SIM110 - as above
            if predicate(value):
                return True
        return False

    def explain(dossier: Dossier, seen: Seen) -> Iterator[Evidence]:
        for value, formed in zip(values_of(dossier, name), seen[place], strict=True):
            if predicate(formed):
                yield Evidence(name, value)

    return Check(holds, explain)


def _existence(leaf: Exists, layout: Layout) -> Check:
    name, place = leaf.field, layout.place(leaf.field, raw)
    if not leaf.exists:
        return Check(lambda seen: not seen[place], _no_evidence)

    def explain(dossier: Dossier, _seen: Seen) -> Iterator[Evidence]:
        return (Evidence(name, value) for value in values_of(dossier, name))

    return Check(lambda seen: bool(seen[place]), explain)


def _pair(leaf: SameAs, layout: Layout) -> Check:
    name, predicate = leaf.field, predicates.for_pair(leaf)
    place, other = layout.place(name, folded), layout.place(leaf.other, folded)

    def holds(seen: Seen) -> bool:
        return any(predicate(value, against) for value in seen[place] for against in seen[other])

    def explain(dossier: Dossier, seen: Seen) -> Iterator[Evidence]:
        for value, formed in zip(values_of(dossier, name), seen[place], strict=True):
            if any(predicate(formed, against) for against in seen[other]):
                yield Evidence(name, value)

    return Check(holds, explain)


def _keyword(leaf: Leaf, layout: Layout) -> Check:
    form, predicate = _single(leaf)
    place = layout.place(ANY_FIELD, form)

    def explain(dossier: Dossier, _seen: Seen) -> Iterator[Evidence]:
        for name in known(dossier):
            for value in () if name == "unknown" else values_of(dossier, name):
                if predicate(form(value)):
                    yield Evidence(name, value)

    return Check(lambda seen: any(map(predicate, seen[place])), explain)
