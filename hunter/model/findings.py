"""What a rule makes of a dossier."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from hunter.model.facts import Value


class Level(IntEnum):
    """Sigma's levels, ordered; also the severities of alerts."""

    INFORMATIONAL = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One field of the dossier that made a rule match."""

    field: str
    value: Value


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that matched a dossier, with what it rests on."""

    rule_id: str
    title: str
    level: Level
    score: int
    evidence: tuple[Evidence, ...]
    wording: str = ""
    """The rule's own hedged sentence for people."""
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    false_positives: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    """Other domains that took part, for a correlation."""


def points(findings: Iterable[Finding]) -> int:
    """What they add up to, beyond the 100 at which a score ends, too."""
    return sum([finding.score for finding in findings])
