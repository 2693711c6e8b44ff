"""Domains that belong together, and what ties them."""

from dataclasses import dataclass

from hunter.model.alerts import Alert
from hunter.model.facts import Dossier, PastFact, Value
from hunter.model.findings import Level


@dataclass(frozen=True, slots=True)
class Link:
    """What ties domains to each other: a value that they share, and how much that tells."""

    trait: str
    """What is shared: registrant_email, address, cert_key, habit; `decision` for a person's."""
    value: Value
    domains: tuple[str, ...]
    """The domains of the incident that share it."""
    strength: float
    """0 to 1; it falls with how many hands carry the value."""
    shared: int
    """How many registrable domains carry the value, as far as is known."""
    note: str = ""
    """For a decision: who took it."""
    told: tuple[str, ...] = ()
    """Those of the domains of which somebody told the value: hunter cannot see it itself."""
    hands: int = 0
    """As how many they count, for the names of one hand count once; 0 for a decision."""


@dataclass(frozen=True, slots=True)
class Member:
    """One domain of an incident, with what is known of it."""

    domain: str
    core: bool
    """Tied by a strong link; otherwise attached by weaker ones."""
    strength: float
    """0 to 1, how firmly all its links together tie it to the core."""
    dossier: Dossier
    history: tuple[PastFact, ...] = ()
    alert: Alert | None = None
    """None when it stands in no alert, and was found by what it shares."""


@dataclass(frozen=True, slots=True)
class Outline:
    """An incident as it stands in a list."""

    id: int
    severity: Level
    brands: tuple[str, ...]
    core: tuple[str, ...]
    """Its domains, in the order of an incident's members."""
    attached: tuple[str, ...]
    links: int


@dataclass(frozen=True, slots=True)
class Incident:
    """Domains that share rare infrastructure: one story, with the reason for each link."""

    id: int
    brands: tuple[str, ...]
    members: tuple[Member, ...]
    """The core first, each part by the day it was registered or first seen."""
    links: tuple[Link, ...]
    """The strongest first."""

    @property
    def core(self) -> tuple[Member, ...]:
        """The domains that strong links tie together."""
        return tuple(member for member in self.members if member.core)

    @property
    def attached(self) -> tuple[Member, ...]:
        """The domains that weaker links attach."""
        return tuple(member for member in self.members if not member.core)

    @property
    def severity(self) -> Level:
        """That of its gravest alert."""
        levels = (member.alert.severity for member in self.members if member.alert)
        return max(levels, default=Level.INFORMATIONAL)

    @property
    def outline(self) -> Outline:
        """As it stands in a list."""
        core, attached = ([one.domain for one in some] for some in (self.core, self.attached))
        return Outline(
            self.id, self.severity, self.brands, tuple(core), tuple(attached), len(self.links)
        )
