"""How hunter itself fares."""

from dataclasses import dataclass
from datetime import datetime

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
