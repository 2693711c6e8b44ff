"""A brand and a registrable domain, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hunter.model.findings import Finding, Level
from hunter.model.matches import Match


class AlertState(StrEnum):
    """Where triage stands."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    ESCALATED = "escalated"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    CLOSED = "closed"


DONE = (AlertState.DISMISSED, AlertState.CLOSED)
"""The states of what is done with: it is silent unless it grows graver or comes back."""

REOPENED = "reopened"
"""The kind of a transition by which an alert that a person decided on is new again."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One line in an alert's life: what changed, when, and the sentence that tells it."""

    at: datetime
    kind: str
    """opened, reopened, raised, changed, fell, or a state of triage."""
    text: str
    actor: str = "hunter"
    translations: Mapping[str, str] = field(default_factory=dict)
    """The same sentence in other languages; a person's own words have none."""
    is_anew: bool = False
    """Whether the domain was registered anew: what was said before was said of another holder's."""

    def told_in(self, language: str) -> str:
        """The sentence in that language, or where it has none in that, as it stands."""
        return self.translations.get(language, self.text)


@dataclass(frozen=True, slots=True)
class Alert:
    """Brand x registrable domain."""

    id: int
    brand: str
    domain: str
    severity: Level
    score: int
    state: AlertState
    opened_at: datetime
    updated_at: datetime
    match: Match
    findings: tuple[Finding, ...] = ()
    transitions: tuple[Transition, ...] = ()
    silent_until: datetime | None = None
    """When a dismissal is over; None for one for good, and where there is none."""

    def last(self, *kinds: str) -> Transition | None:
        """The newest of its transitions that is of one of those kinds; None where none is.

        Not by their times: the clock may have been set back since.
        """
        return next((one for one in reversed(self.transitions) if one.kind in kinds), None)

    @property
    def gravest_first(self) -> tuple[Finding, ...]:
        """The rules that fired; first the one that speaks most against the domain."""
        return tuple(sorted(self.findings, key=lambda one: (-one.level, -one.score, one.title)))

    @property
    def is_confirmed(self) -> bool:
        """Whether a person said that it deceives, of what is registered now.

        To escalate or close it takes nothing back, nor does what wakes it, but a new registration.
        """
        for step in reversed(self.transitions):
            if step.is_anew or step.kind in (AlertState.CONFIRMED, AlertState.DISMISSED):
                return step.kind == AlertState.CONFIRMED
        return False

    @property
    def is_mere_link(self) -> bool:
        """Whether it imitates nothing, and nobody has looked at what led to it."""
        return self.match.is_linked and not self.is_confirmed
