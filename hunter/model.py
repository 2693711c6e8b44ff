"""The nouns that travel through hunter, each frozen. The words are those of `docs/words.md`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import IntEnum, StrEnum
from typing import TypeAlias

Value: TypeAlias = str | int | float | bool
Json: TypeAlias = "str | int | float | bool | None | list[Json] | dict[str, Json]"

A_DAY = ", YYYYMMDD"
"""How the meaning of a field ends whose values are days."""


class BrandKind(StrEnum):
    """Whether the brand is the campaign's own, or a partner who would be the next target."""

    BRAND = "brand"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Brand:
    """What is protected. `domain` is its identity; all names are lower-case A-labels."""

    domain: str
    keywords: tuple[str, ...] = ()
    owned: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    kind: BrandKind = BrandKind.BRAND


@dataclass(frozen=True, slots=True)
class Name:
    """A DNS name, parsed. Made only by `hunter.names.parse`."""

    text: str
    """ASCII, lower case, without wildcard and trailing dot: `mail.xn--caf-dma.fr`."""
    unicode: str
    """The same with every A-label decoded: `mail.café.fr`."""
    suffix: str
    """The public suffix: `fr`, `co.uk`, or a private one such as `pages.dev`."""
    registrable: str
    """The suffix and one label more; the name itself when it is a bare suffix."""
    private_suffix: bool = False
    """True under a platform (`pages.dev`): its registration tells nothing of who is behind it."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The A-labels from left to right."""
        return tuple(self.text.split("."))


def hundredths(confidence: float) -> str:
    """As a reader sees it: cut, not rounded, so that what no rule takes for one half shows none."""
    return f"{confidence:.3f}"[:-1]


@dataclass(frozen=True, slots=True)
class Match:
    """A name that imitates a brand, and why.

    `name` is the text exactly as it came; `span` is the half-open range of `matched` within `name`.
    """

    name: str
    registrable: str
    brand: str
    technique: str
    matched: str
    span: tuple[int, int]
    confidence: float
    reason: str
    unicode: str = ""
    """`name` with every A-label decoded; empty when that is `name` itself."""
    view: str = ""
    """In which view the term was found: raw, fold, skeleton, glue, ..."""
    term: str = ""
    """The brand's term that was found: its label, domain or one of the keywords."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name seen by a source at a time, with what the source knew of it."""

    name: str
    registrable: str
    source: str
    seen_at: datetime
    origin: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer about one subject.

    With `value` None the answer is "could not find out", and `unknown` says why.
    """

    subject: str
    field: str
    value: Value | None
    provider: str
    observed_at: datetime
    unknown: str = ""


TOLD_BY = "told by "
"""How the provider of a fact begins that a person added; who told it follows."""


@dataclass(frozen=True, slots=True)
class PastFact:
    """A fact as history shows it: a value that held from `first_seen` to at least `last_seen`."""

    subject: str
    field: str
    value: Value | None
    provider: str
    first_seen: datetime
    last_seen: datetime
    ended_at: datetime | None
    """When another answer took its place; None while it holds."""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is known of one registrable domain in the light of one brand, as a rule sees it.

    A field holds one value or a tuple of them. What could not be found out is in `unknown`
    (field → reason) and never in `fields`.
    """

    domain: str
    brand: str
    at: datetime
    fields: Mapping[str, Value | tuple[Value, ...]]
    unknown: Mapping[str, str] = field(default_factory=dict)


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


class Stage(IntEnum):
    """The ladder a domain climbs. A step up is news."""

    UNREGISTERED = 0
    REGISTERED = 1
    NAME_SERVERS = 2
    ADDRESS = 3
    CERTIFICATE = 4
    MAIL = 5
    WEB = 6

    def __str__(self) -> str:
        return self.name.lower().replace("_", " ")


class AlertState(StrEnum):
    """Where triage stands."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    ESCALATED = "escalated"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    CLOSED = "closed"


REOPENED = "reopened"
"""The kind of a transition by which an alert that was dismissed or closed is new again."""


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

    def last(self, *kinds: str) -> Transition | None:
        """The newest of its transitions that is of one of those kinds; None where none is."""
        found = (one for one in self.transitions if one.kind in kinds)
        return max(found, key=lambda one: one.at, default=None)


BY_HUNTER = "hunter"
"""Who made a track that nobody asked for."""


@dataclass(frozen=True, slots=True)
class Track:
    """A standing watch on one value of one field; new domains that carry it become sightings."""

    field: str
    """One of `trackable.FIELDS`: registrant_email, ns, a, network, asn, string, ..."""
    value: str
    brand: str
    """The brand whose alert gave rise to it, or for which somebody set it."""
    because: str = ""
    """The domain that carried the value first; empty when somebody set the track."""
    excludes: tuple[str, ...] = ()
    """For a string: names that hold one of these are no finds."""
    made_by: str = BY_HUNTER
    """hunter itself, the config, or a person's name."""

    @property
    def name(self) -> str:
        """How sources and status call it: `registrant_email=johnpinch@mail.com`."""
        return f"{self.field}={self.value}"


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


PASSING = "passing"
"""The trouble that mostly mends itself, such as no answer: it is worth telling only if it lasts."""


@dataclass(frozen=True, slots=True)
class Report:
    """How one part of hunter fares: a source, a provider or a channel."""

    part: str
    """`sources.certstream`, `notifiers.email`, ..."""
    healthy: bool
    message: str
    at: datetime
    subject: str = ""
    """What within the part: a feed's URL, a log, a server. Empty for the part as a whole."""
    trouble: str = ""
    """What is wrong, in a word: while one trouble lasts, another is news all the same."""


class Rhythm(StrEnum):
    """When a subscriber is told of what is not urgent."""

    AT_ONCE = "at once"
    HOURLY = "hourly"
    DAILY = "daily"


NEWS = ("opened", REOPENED, "raised", "changed", AlertState.ESCALATED)
"""The transitions that a subscriber is told of when nobody says which."""

TRANSITIONS = tuple(dict.fromkeys((*NEWS, *(state for state in AlertState if state != "new"))))
"""Those that a subscriber can be told of: what makes an alert new is that it opens or reopens."""

LANGUAGES = ("en", "fr")
"""What hunter can write in; the words stand in `wording`."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who is told what: which brands, from which severity on, over which channels, and when."""

    name: str
    channels: Mapping[str, tuple[str, ...]]
    """Channel → the addresses to use there; empty where the channel itself knows where to."""
    brands: tuple[str, ...] = ()
    """Brand domains; empty means all."""
    minimum: Level = Level.MEDIUM
    operator: bool = False
    """Whether they keep hunter running, and hear of it when a part of it is in trouble."""
    transitions: tuple[str, ...] = NEWS
    rhythm: Rhythm = Rhythm.AT_ONCE
    digest_at: time = time(8)
    """For a daily digest: when, on the clock of `zone`."""
    quiet: tuple[time, time] | None = None
    """From when to when nothing is sent that is not urgent; may go past midnight."""
    urgent: Level | None = Level.CRITICAL
    """From here on, neither digest, quiet hours nor a daily limit hold a notice back."""
    zone: str = "UTC"
    """The time zone of their clock, as the tz database calls it."""
    language: str = "en"
    attach: tuple[str, ...] = ()
    """Exports that go with each mail: stix, csv."""
