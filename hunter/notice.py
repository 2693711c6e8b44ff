"""What a person is told, in words, before any channel's dress."""

from dataclasses import dataclass
from datetime import datetime

from hunter.model import Finding, Level


def how_many(count: int, noun: str) -> str:
    """The count and the noun, in the plural unless there is one."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a notice's table: a label, its values, and where they come from."""

    label: str
    values: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gist:
    """A notice in brief, as it stands in a digest and in the list attached to it."""

    key: str
    kind: str
    severity: Level
    brand: str
    domain: str
    """Defanged, as the brand is."""
    news: tuple[str, ...]
    at: datetime
    pattern: str = ""
    state: str = "new"
    """Where triage of the alert stands."""
    why: str = ""
    """The title of the rule that speaks most against it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Notices of one pattern in a digest: the first few, and how many more there are."""

    title: str
    gists: tuple[Gist, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    media: str
    """Its media type, such as text/csv."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Notice:
    """What one person is to be told about one alert, in words, before any channel's dress.

    All text is plain: domains are defanged, nothing is escaped yet; each notifier escapes for its
    channel.
    """

    key: str
    """Idempotency key: the same transition of the same alert has the same key."""
    thread: str
    """The same for all notices about one alert."""
    kind: str
    """opened, raised or changed; `health` when it is about hunter itself, and no domain."""
    severity: Level
    brand: str
    domain: str
    """Defanged."""
    subject: str
    """One line."""
    headline: str
    """What imitates what and how, one sentence."""
    name_parts: tuple[str, str, str]
    """The name as seen, defanged and cut in three: before, the matched span, after."""
    news: tuple[str, ...]
    """What is new since the last notice, one sentence each."""
    findings: tuple[tuple[Finding, tuple[str, ...]], ...]
    """Each rule that fired with its evidence in words."""
    facts: tuple[Row, ...]
    """Registration, hosting, mail."""
    unknowns: tuple[Row, ...]
    """What could not be found out, and why."""
    next_steps: tuple[str, ...]
    caveat: str
    """The hedge that goes with any attribution."""
    at: datetime
    language: str = "en"
    pattern: str = ""
    """How the name imitates: notices of one brand and pattern are told together in a flood."""
    state: str = "new"
    """Where triage of the alert stands."""
    remark: str = ""
    """What is to be said about this message itself: that a limit holds back those after it."""
    silent: bool = False
    """True when it is no message, but brings up to date what a channel showed of the alert."""
    groups: tuple[Group, ...] = ()
    """For a digest: the notices that it stands for, by pattern."""
    attachments: tuple[Attachment, ...] = ()
