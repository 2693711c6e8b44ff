"""Who is told what, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from hunter.model.alerts import REOPENED, AlertState
from hunter.model.findings import Level


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
