"""One set of rules living through the past: alerts open and are raised, and people are told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from hunter import alerts, routing
from hunter.backtest.known import Key, Known, Tie
from hunter.backtest.mail import Mail
from hunter.backtest.states import State
from hunter.config import Config
from hunter.judge.judging import finding
from hunter.model import Alert, Finding, Level
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
    met: set[str] = field(default_factory=set)
    """The ids of all that ever held, also where no alert was open or they only feed others."""


class Life:
    """One set of rules, and what it made of everything so far."""

    def __init__(self, number: int, rulebook: Rulebook, config: Config) -> None:
        """For the rulebook of that number among those that judged the states."""
        self.rulebook = rulebook
        self.fates: dict[Key, Fate] = {}
        self.mail = Mail()
        self.number = number
        self.config = config
        self.said = {
            header.id: finding(header, {})
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

    def go_live(self, mail: Mail, before: Fate | None, state: State, at: datetime) -> None:
        """Add the messages that these rules bring at once where others held so far."""
        alert, told = (before.alert, before.told) if before else (None, {})
        dossier = replace(state.dossier, at=at)
        minimum = self.config.minimum
        found = self._found(state)
        decision = alerts.decide(
            alert, told, dossier, state.match, found, minimum=minimum, say=_unsaid
        )
        if decision and decision.news:
            self._tell(mail, decision, at)

    def _tell(self, mail: Mail, decision: alerts.Decision, at: datetime) -> None:
        beside = self._beside(decision.alert)
        mail.add(self.config.subscribers, decision.alert, decision.news, at, beside=beside)

    def _beside(self, alert: Alert) -> list[Alert]:
        """The alerts that tell of the domain already, as `routing.beside` has it of stored ones."""
        if not alert.match.is_linked:
            return []
        brands = (brand.domain for brand in self.config.brands if brand.domain != alert.brand)
        fates = (self.fates.get((brand, alert.domain)) for brand in brands)
        others = (fate.alert for fate in fates if fate)
        return [
            one
            for one in others
            if one and routing.stands_for(one, alert, older=self._is_older(one, alert))
        ]

    def _is_older(self, one: Alert, other: Alert) -> bool:
        """Of two that opened at the same moment, that of the brand which was judged first."""
        order = [brand.domain for brand in self.config.brands]
        return (one.opened_at, order.index(one.brand)) < (
            other.opened_at,
            order.index(other.brand),
        )

    def ties(self, state: State, *, alone: bool) -> Iterator[Tie]:
        """What could tie the state to other domains, so that a correlation sees them together.

        With `alone` that counts as a tie too with which a correlation may see it by itself.
        """
        return self._known.ties(state, alone=alone)

    def forget(self) -> None:
        """Everything but what people were told."""
        self.fates.clear()
        self._known.forget()

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

    def _found(self, state: State) -> list[Finding]:
        """What the rules say; correlations with the domains that they relate."""
        correlated = self._known.occurring(state)
        return [
            *(self.said[rule] for rule in state.met[self.number] if rule in self.said),
            *(replace(self.said[header.id], related=related) for header, related in correlated),
        ]

    def _judge(self, state: State, at: datetime, *, prelude: bool) -> list[State]:
        """Judge one state; returns those that are to be judged again because of it."""
        dossier = state.dossier if state.dossier.at == at else replace(state.dossier, at=at)
        key = state.match.brand, dossier.domain
        fate = self.fates.setdefault(key, Fate(state))
        fate.last = state
        findings = self._found(state)
        fate.met.update(state.met[self.number], (one.rule_id for one in findings))
        minimum = self.config.minimum
        decision = alerts.decide(
            fate.alert, fate.told, dossier, state.match, findings, minimum=minimum, say=_unsaid
        )
        if decision is None:
            return []
        woken = list(self._woken(key[0], fate.alert, findings))
        fate.alert, fate.told = decision.alert, decision.told
        same = dossier is state.dossier and prelude is state.prelude
        _remember(
            fate, state if same else replace(state, dossier=dossier, prelude=prelude), findings
        )
        if decision.news and not prelude:
            self._tell(self.mail, decision, at)
        return woken

    def _woken(self, brand: str, before: Alert | None, found: Sequence[Finding]) -> Iterator[State]:
        """Those that take part in a correlation by now, and whose alert does not have it yet."""
        for rule, domains in alerts.newly_related(before, found):
            for domain in sorted(domains):
                fate = self.fates.get((brand, domain))
                other = self._known.present((brand, domain))
                if other and not alerts.has(fate.alert if fate else None, rule):
                    yield other


def _unsaid(_sentence: alerts.Sentence) -> Mapping[str, str]:
    """Nobody reads what is told in a past that never was."""
    return {"en": ""}


def _remember(fate: Fate, state: State, findings: Sequence[Finding]) -> None:
    assert fate.alert is not None
    if fate.opened is None:
        fate.opened = state
    for one in findings:
        fate.fired.setdefault(one.rule_id, state)
    if fate.peak is None or fate.alert.severity > fate.severity:
        fate.peak, fate.severity = state, fate.alert.severity
