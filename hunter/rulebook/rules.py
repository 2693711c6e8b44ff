"""What rule files become: rules, correlations, and the book that holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TypeAlias

from hunter.model import Dossier, Level
from hunter.notice import how_many
from hunter.rulebook.conditions import AllOf, Condition, Op
from hunter.rulebook.reading import RuleFile


@dataclass(frozen=True, slots=True)
class Sample:
    """A test that a rule carries: the first dossier is judged, the others are seen with it."""

    dossiers: tuple[Dossier, ...]
    matches: bool
    where: str
    """File and line, for the message when the test fails."""


@dataclass(frozen=True, slots=True)
class Header:
    """What detection rules and correlations have in common."""

    id: str
    title: str
    level: Level
    score: int
    name: str = ""
    status: str = ""
    description: str = ""
    wording: str = ""
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    false_positives: tuple[str, ...] = ()
    file: str = ""
    where: str = ""
    """The line in the file on which its condition stands."""
    silent: bool = False
    """True for a rule that only feeds a correlation: it yields no finding of its own."""
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """What is left out: joined to its rules with "and", so it says what may pass."""

    header: Header
    rules: tuple[str, ...]
    """The ids of the rules it is joined to; empty for all."""
    condition: Condition


@dataclass(frozen=True, slots=True)
class Rule:
    """A detection rule."""

    header: Header
    own: Condition
    """What its own file asks."""
    filters: tuple[Filter, ...] = ()
    """Those that are joined to it."""

    @property
    def condition(self) -> Condition:
        """All that must hold, the filters among it."""
        if not self.filters:
            return self.own
        return AllOf((self.own, *(one.condition for one in self.filters)))


class Kind(StrEnum):
    """What a correlation measures in each window."""

    EVENT_COUNT = "event_count"
    VALUE_COUNT = "value_count"
    VALUE_SUM = "value_sum"
    VALUE_AVG = "value_avg"
    VALUE_MIN = "value_min"
    VALUE_MAX = "value_max"
    VALUE_MEDIAN = "value_median"
    VALUE_PERCENTILE = "value_percentile"
    TEMPORAL = "temporal"
    TEMPORAL_ORDERED = "temporal_ordered"


@dataclass(frozen=True, slots=True)
class Threshold:
    """The measure must meet every bound: `gt: 100` and `lte: 200`."""

    bounds: tuple[tuple[Op, float], ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One way to meet a temporal condition in words: these rules seen, those not."""

    seen: tuple[str, ...]
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clauses:
    """A temporal condition in words, as its alternatives: any clause will do."""

    any_of: tuple[Clause, ...]


Expectation: TypeAlias = Threshold | Clauses

MOMENT = ""
"""Stands for the time at which a dossier came to be as it is."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """A rule over several dossiers that share a value."""

    header: Header
    kind: Kind
    rules: tuple[str, ...]
    """The ids of the rules and correlations it is fed by, in their order."""
    group_by: tuple[str, ...]
    timespan: timedelta
    expects: Expectation
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Alias → rule id → the field that the alias stands for in dossiers of that rule."""
    value_field: str = ""
    """What value_count and its kin look at."""
    percentile: int = 50
    time_field: str = "first_seen"
    """The date field that places a dossier in time, or MOMENT."""
    generates: bool = False
    """Whether the rules that feed it also speak for themselves."""

    def field_for(self, rule_id: str, name: str) -> str:
        """The dossier field behind `name`, which may be an alias, for dossiers of one rule."""
        return self.aliases.get(name, {}).get(rule_id, name)


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules that are in force, checked. Hashed by identity, so that it is compiled once."""

    rules: tuple[Rule, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    """Each one after those it is fed by."""
    filters: tuple[Filter, ...] = ()
    files: tuple[RuleFile, ...] = ()
    """What it was made of."""

    @property
    def headers(self) -> tuple[Header, ...]:
        """Of all that has one: rules, correlations, filters."""
        return (
            *(one.header for one in self.rules),
            *(one.header for one in self.correlations),
            *(one.header for one in self.filters),
        )

    @property
    def summary(self) -> str:
        """How much there is of what, in words."""
        counts = {
            "rule": len(self.rules),
            "correlation": len(self.correlations),
            "filter": len(self.filters),
        }
        return ", ".join(how_many(count, word) for word, count in counts.items())

    @property
    def digest(self) -> str:
        """SHA-256 over the files' names and contents, in hexadecimal."""
        digest = sha256()
        for file in self.files:
            digest.update(b"%s\0%d\0%s" % (file.name.encode(), len(file.raw), file.raw))
        return digest.hexdigest()
