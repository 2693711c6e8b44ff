"""Who is known by now, as correlations look at them: a life's own index of the past."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

from hunter import dossiers
from hunter.backtest.states import State
from hunter.judge import company, occurring
from hunter.judge.correlating import time_of
from hunter.judge.questions import OPERATORS
from hunter.judge.seen import folded
from hunter.model import Dossier
from hunter.rulebook import Correlation, Header, Rulebook
from hunter.rulebook.rules import Kind, Threshold

Key: TypeAlias = tuple[str, str]
"""Brand and domain."""
Tie: TypeAlias = tuple[str, str, str]
"""Brand, field and value; without a field, anything might tie it to others."""

_MOST_OTHERS = 1000


class Known:
    """The states by now of all domains that could take part in a correlation."""

    def __init__(self, number: int, rulebook: Rulebook) -> None:
        """For the rulebook of that number among those that judged the states."""
        self._number = number
        self._rulebook = rulebook
        self._company = company(rulebook)
        self._alone_may_do = not all(map(_takes_two, rulebook.correlations))
        self._feeding = frozenset(rule for one in rulebook.correlations for rule in one.rules)
        self._present: dict[Key, State] = {}
        self._past: dict[Key, list[State]] = defaultdict(list)
        self._carrying: dict[Tie, set[str]] = defaultdict(set)
        """The domains that carry the value or did."""

    def feeds(self, state: State) -> bool:
        """Whether a correlation could take in the state."""
        return not self._feeding.isdisjoint(state.met[self._number])

    def ties(self, state: State, *, alone: bool) -> Iterator[Tie]:
        """What could tie the state to other domains; and if `alone`, what it may do by itself."""
        if not self.feeds(state):
            return
        brand = state.match.brand
        if self._company.window or (alone and (self._alone_may_do or self._company.past)):
            yield brand, "", ""
        for field, theirs in self._company.facts.items():
            for value in dossiers.values_of(state.dossier.fields, field):
                yield from ((brand, one, folded(value)) for one in theirs)

    def add(self, state: State) -> None:
        """One more state; the one before it of the same domain is the past."""
        key = _key(state)
        feeds = self.feeds(state)
        if not feeds and key not in self._present:
            return
        if self._company.past and key in self._present:
            self._past[key].append(self._present[key])
        self._present[key] = state
        for field in self._company.facts if feeds else ():
            for value in dossiers.values_of(state.dossier.fields, field):
                self._carrying[key[0], field, folded(value)].add(key[1])

    def forget(self) -> None:
        """Nobody is known any more."""
        self._present.clear()
        self._past.clear()
        self._carrying.clear()

    def present(self, key: Key) -> State | None:
        """The state of a domain by now."""
        return self._present.get(key)

    def occurring(self, state: State) -> tuple[tuple[Header, tuple[str, ...]], ...]:
        """The correlations that take in this state, and the domains that are related by them."""
        key = _key(state)
        if not self.feeds(state) and key not in self._past:
            return ()
        together = [state, *self._past.get(key, ()), *self._others(state)]
        if len(together) == 1 and not self._alone_may_do:
            return ()
        met = [one.met[self._number] for one in together]
        return occurring(self._rulebook, [one.dossier for one in together], met)

    def _others(self, state: State) -> Iterator[State]:
        brand, domain = _key(state)
        named = {
            other
            for field, theirs in self._company.facts.items()
            for value in dossiers.values_of(state.dossier.fields, field)
            for one in theirs
            for other in self._carrying.get((brand, one, folded(value)), ())
        }
        if self._company.window:
            named.update(self._contemporaries(state))
        for other in sorted(named - {domain})[:_MOST_OTHERS]:
            yield self._present[brand, other]
            if self._company.pasts:
                yield from self._past.get((brand, other), ())

    def _contemporaries(self, state: State) -> Iterator[str]:
        brand, span = state.match.brand, self._company.window.total_seconds()
        seen = _first_seen(state.dossier)
        for (theirs, domain), other in self._present.items():
            if theirs == brand and abs(_first_seen(other.dossier) - seen) <= span:
                yield domain


def _takes_two(correlation: Correlation) -> bool:
    """Whether a single dossier can never do; the shipped ones, and most others, are such."""
    counts = correlation.kind is Kind.EVENT_COUNT or (
        correlation.kind is Kind.VALUE_COUNT and correlation.value_field == "domain"
    )
    return (
        counts
        and isinstance(correlation.expects, Threshold)
        and not all(OPERATORS[op](1, bound) for op, bound in correlation.expects.bounds)
    )


def _key(state: State) -> Key:
    return state.match.brand, state.dossier.domain


def _first_seen(dossier: Dossier) -> float:
    return time_of(dossier, "first_seen") or dossier.at.timestamp()
