"""Whom a dossier must be seen with, so that correlations can tell what they are made to tell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from hunter import dossiers
from hunter.rulebook import ALWAYS_FIELDS, Correlation, Rulebook

_OWN = frozenset(dossiers.FIELDS) | frozenset(ALWAYS_FIELDS)
"""Fields that are no facts: nothing can be looked up by them."""


@dataclass(frozen=True, slots=True)
class Company:
    """Which other dossiers matter for one that is judged."""

    facts: Mapping[str, frozenset[str]]
    """A fact of the judged domain → the facts of others that may carry the same value."""
    window: timedelta
    """Those first seen so long before or after it matter too, whatever they share; or zero."""
    past: bool
    """Whether its own earlier states matter."""
    pasts: bool
    """Whether those of the others do."""


def is_story(correlation: Correlation) -> bool:
    """Whether it looks at one domain through time, and not at several domains."""
    return "domain" in correlation.group_by


@lru_cache(maxsize=4)
def company(rulebook: Rulebook) -> Company:
    """Whom the rulebook's correlations want to see a dossier with."""
    facts: dict[str, frozenset[str]] = {}
    stories = [one for one in rulebook.correlations if is_story(one)]
    others = [one for one in rulebook.correlations if not is_story(one)]
    for fields in (one for other in others for one in _shared(other)):
        for field in fields:
            facts[field] = facts.get(field, frozenset()) | fields
    fed = {rule for one in others for rule in one.rules}
    return Company(
        facts=facts,
        window=max((_reach(one, rulebook) for one in others), default=timedelta()),
        past=bool(stories),
        pasts=any(one.header.id in fed for one in stories),
    )


def _reach(correlation: Correlation, rulebook: Rulebook) -> timedelta:
    """How far apart those may be seen that take part; zero when all of them share a fact."""
    chain = list(_chain(correlation, rulebook))
    by_time = any(not is_story(one) and not any(_shared(one)) for one, _ in chain)
    return max(span for _, span in chain) if by_time else timedelta()


def _chain(correlation: Correlation, rulebook: Rulebook) -> Iterator[tuple[Correlation, timedelta]]:
    """It and whatever feeds it, each with the time from its first event to the end of all."""
    yield correlation, correlation.timespan
    for fed in rulebook.correlations:
        if fed.header.id in correlation.rules:
            for one, span in _chain(fed, rulebook):
                yield one, span + correlation.timespan


def _shared(correlation: Correlation) -> Iterator[frozenset[str]]:
    """For each group-by that is made of facts, the facts: several where it is an alias."""
    for name in correlation.group_by:
        fields = frozenset(correlation.field_for(rule, name) for rule in correlation.rules)
        if not fields & _OWN:
            yield fields
