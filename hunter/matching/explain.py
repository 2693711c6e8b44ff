"""Why a name does or does not match, view by view, for a person to read."""

from dataclasses import dataclass

from hunter.matching.finds import edited_finds, exact_finds
from hunter.matching.matcher import Matcher
from hunter.matching.views import read
from hunter.model import Match


@dataclass(frozen=True, slots=True)
class Step:
    """One view of the name, or one term tried on it, and what came of it."""

    brand: str
    view: str
    text: str
    term: str
    outcome: str
    """A sentence."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All steps for one name, and the matches they lead to."""

    name: str
    matches: tuple[Match, ...]
    steps: tuple[Step, ...]


def explain(matcher: Matcher, name: str) -> Explanation:
    """Every view of the name and every term tried on it."""
    reading = read(name)
    if reading is None:
        return Explanation(name, (), (Step("", "raw", name, "", "This is no domain name."),))
    steps = [Step("", "glue", reading.folded, "", "Hyphens and dots dropped, lookalikes folded.")]
    for term in matcher.terms:
        near = any(exact_finds(reading, term)) or any(edited_finds(reading, term))
        outcome = f"{term.written} {'stands' if near else 'does not stand'} in the name."
        steps.append(Step(term.brand.domain, "glue", reading.folded, term.written, outcome))
    return Explanation(name, matcher.match(name), tuple(steps))
