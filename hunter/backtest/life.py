"""One set of rules living through the past: alerts open and are raised, letters are counted."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from hunter import alerts
from hunter.backtest.known import Key, Known, Tie
from hunter.backtest.states import State
from hunter.config import Config
from hunter.judge.judging import finding
from hunter.model import Alert, Finding, Level, Subscriber
from hunter.rulebook import Rulebook


@dataclass
class Fate:
    """What became of one domain for one brand."""

    last: State
    alert: Alert | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    opened: State | None = None
    peak: State | None = None
    """The state in which it was gravest."""
    severity: Level = Level.INFORMATIONAL
    fired: dict[str, State] = field(default_factory=dict)
    """Each rule that ever fired, by its id, and the state in which it did first."""


class Life:
    """One set of rules, and what it made of everything so far."""

    def __init__(self, number: int, rulebook: Rulebook, config: Config) -> None:
        """For the rulebook of that number among those that judged the states."""
        self.rulebook = rulebook
        self.fates: dict[Key, Fate] = {}
        self.letters: Counter[tuple[str, str]] = Counter()
        """Subscriber and channel → letters."""
        self.number = number
        self.config = config
        self.said = {
            header.id: finding(header, ())
            for header in rulebook.headers
            if header.id and not header.silent
        }
        self._known = Known(number, rulebook)
        self._otherwise: frozenset[str] | None = None

    def live_through(self, states: Sequence[State]) -> None:
        """What came to be at one moment; all of it is known before any of it is judged.

        What is not to be judged is history for later stories.
        """
        for state in states:
            self._known.add(state)
        for state in states:
            todo = [state] if state.judged else []
            while todo:
                woken = self._judge(todo.pop(), state.dossier.at, prelude=state.prelude)
                todo.extend(woken)

    def letters_on_going_live(
        self, before: Fate | None, state: State, at: datetime
    ) -> Iterator[tuple[str, str]]:
        """The letters that these rules bring at once where others held so far."""
        found = [one for one, _ in self._found(state)]
        alert, told = (before.alert, before.told) if before else (None, {})
        dossier = replace(state.dossier, at=at)
        minimum = self.config.minimum
        decision = alerts.decide(alert, told, dossier, state.match, found, minimum=minimum)
        if decision and decision.news:
            yield from letters(decision.alert, self.config.subscribers)

    def ties(self, state: State) -> Iterator[Tie]:
        """What could tie the state to other domains, so that a correlation sees them together."""
        return self._known.ties(state)

    def says_as(self, other: "Life", state: State) -> bool:
        """Whether the rules of the other life say the same of the state, each with its weight."""
        mine, theirs = state.met[self.number], state.met[other.number]
        return mine == theirs and not mine & self._weighed_otherwise(other)

    def _weighed_otherwise(self, other: "Life") -> frozenset[str]:
        if self._otherwise is None:
            weight = {rule: (said.level, said.score) for rule, said in self.said.items()}
            theirs = {rule: (said.level, said.score) for rule, said in other.said.items()}
            both = weight.keys() | theirs.keys()
            self._otherwise = frozenset(
                rule for rule in both if weight.get(rule) != theirs.get(rule)
            )
        return self._otherwise

    def _found(self, state: State) -> list[tuple[Finding, tuple[str, ...]]]:
        """What the rules say, with the domains that are related by it."""
        correlated = self._known.occurring(state)
        return [
            *((self.said[rule], ()) for rule in state.met[self.number] if rule in self.said),
            *((self.said[header.id], related) for header, related in correlated),
        ]

    def _judge(self, state: State, at: datetime, *, prelude: bool) -> list[State]:
        """Judge one state; returns those that are to be judged again because of it."""
        dossier = state.dossier if state.dossier.at == at else replace(state.dossier, at=at)
        key = state.match.brand, dossier.domain
        fate = self.fates.setdefault(key, Fate(state))
        fate.last = state
        found = self._found(state)
        findings = [one for one, _ in found]
        minimum = self.config.minimum
        decision = alerts.decide(
            fate.alert, fate.told, dossier, state.match, findings, minimum=minimum
        )
        if decision is None:
            return []
        woken = list(self._woken(key, fate.alert, found))
        fate.alert, fate.told = decision.alert, decision.told
        _remember(fate, replace(state, dossier=dossier, prelude=prelude), findings)
        if decision.news and not prelude:
            self.letters.update(letters(decision.alert, self.config.subscribers))
        return woken

    def _woken(
        self, key: Key, before: Alert | None, found: Sequence[tuple[Finding, tuple[str, ...]]]
    ) -> Iterator[State]:
        """A correlation concerns all that take part: those whose alert does not have it yet."""
        known = _rules_of(before)
        for one, related in found:
            for domain in related if one.rule_id not in known else ():
                fate = self.fates.get((key[0], domain))
                other = self._known.present((key[0], domain))
                if other and one.rule_id not in _rules_of(fate.alert if fate else None):
                    yield other


def _rules_of(alert: Alert | None) -> frozenset[str]:
    return frozenset(one.rule_id for one in alert.findings) if alert else frozenset()


def _remember(fate: Fate, state: State, findings: Sequence[Finding]) -> None:
    assert fate.alert is not None
    if fate.opened is None:
        fate.opened = state
    for one in findings:
        fate.fired.setdefault(one.rule_id, state)
    if fate.peak is None or fate.alert.severity > fate.severity:
        fate.peak, fate.severity = state, fate.alert.severity


def letters(alert: Alert, subscribers: Sequence[Subscriber]) -> Iterator[tuple[str, str]]:
    """Subscriber and channel of each letter that news of an alert brings."""
    for subscriber in subscribers:
        if alerts.concerns(alert, subscriber):
            yield from ((subscriber.name, channel) for channel in subscriber.channels)
