"""A name: as it is read, as somebody saw it, and as what imitates a brand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hunter.model.facts import Json


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


LINKED = "track"
"""The technique of what a track found: none."""


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

    @property
    def is_linked(self) -> bool:
        """Whether the name imitates nothing, and was found by what it shares with one that does."""
        return self.technique == LINKED


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name seen by a source at a time, with what the source knew of it."""

    name: str
    registrable: str
    source: str
    seen_at: datetime
    origin: Mapping[str, Json] = field(default_factory=dict)
