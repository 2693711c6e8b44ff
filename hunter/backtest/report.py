"""What a backtest tells: which alerts would be otherwise and why, day by day, and whose mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hunter.model import Level


class Kind(StrEnum):
    """What becomes of an alert, or of a rule."""

    ADDED = "added"
    REMOVED = "removed"
    RAISED = "raised"
    LOWERED = "lowered"
    CHANGED = "changed"
    """For rules only."""


FATES = (Kind.ADDED, Kind.REMOVED, Kind.RAISED, Kind.LOWERED)
"""What can become of an alert."""


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule, correlation or filter that is not in both sets, or not the same in both."""

    kind: Kind
    title: str
    what: str
    """rule, correlation or filter."""
    file: str
    gained: tuple[str, ...] = ()
    """The domains of which it holds under the new rules only, whether or not that alerts."""
    lost: tuple[str, ...] = ()
    """Those of which it held under the old rules only."""


@dataclass(frozen=True, slots=True)
class Change:
    """An alert that the changed rules open or do not open, or that is graver or less so."""

    kind: Kind
    brand: str
    domain: str
    day: date | None
    """When the two lives part; None for what was so before the period began."""
    before: Level | None
    """The severity it reaches under the old rules; None when there is no alert."""
    after: Level | None
    reasons: tuple[str, ...]

    @property
    def severity(self) -> str:
        """The severity, or both when there are two."""
        told = (str(one) for one in (self.before, self.after) if one is not None)
        return " → ".join(told)


@dataclass(frozen=True, slots=True)
class DayCount:
    """Alerts that opened on one day for one brand under either set, and what is different."""

    day: date | None
    """None for what was so before the period began."""
    brand: str
    before: int
    after: int
    changes: Mapping[Kind, int]


@dataclass(frozen=True, slots=True)
class Messages:
    """How many messages one subscriber gets over one channel; a digest is one."""

    subscriber: str
    channel: str
    before: int
    after: int
    at_once: int
    """Messages that going live brings by itself: about what is there already, and news by then."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """The whole report."""

    since: datetime | None
    until: datetime
    domains: int
    dossiers: int
    rules: tuple[RuleChange, ...]
    alerts: tuple[int, int]
    """How many alerts there are under the old rules, and under the new."""
    changes: tuple[Change, ...]
    days: tuple[DayCount, ...]
    messages: tuple[Messages, ...]

    def count(self, kind: Kind) -> int:
        """How many alerts are changed so."""
        return sum(change.kind is kind for change in self.changes)
