"""Tell a provider that answers nobody from a registry of which alone no server answers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hunter.model import Report

_A_WHILE = timedelta(minutes=10)


@dataclass
class _Course:
    """How a provider fared."""

    last: datetime
    """When it answered last."""
    sound: set[str] = field(default_factory=set)
    """Endings about which it answers."""
    failed: set[str] = field(default_factory=set)
    """Endings about which it has not answered since the last answer."""


class Outages:
    """What the look-ups since the start tell of each provider."""

    def __init__(self) -> None:
        self._courses: dict[str, _Course] = {}

    def is_news(self, report: Report, domain: str) -> bool:
        """Whether what came of the look-up about the domain holds for the whole provider.

        A failure does when nobody was answered for a while, and those about whom it used to answer
        are not either. Else each look at a domain of a registry that is away would be trouble, and
        each at another one its end.
        """
        ending = domain.rpartition(".")[2]
        if report.healthy:
            self._answered(report.part, ending, report.at)
            return True
        course = self._courses.get(report.part)
        if course is None:
            return True
        course.failed.add(ending)
        return ending in course.sound and report.at - course.last >= _A_WHILE

    def _answered(self, part: str, ending: str, at: datetime) -> None:
        course = self._courses.setdefault(part, _Course(at))
        # Others were answered meanwhile: it is these endings, and not the provider.
        course.sound -= course.failed
        course.failed.clear()
        course.sound.add(ending)
        course.last = at
