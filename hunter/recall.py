"""Recall from the store how a domain was, and the dossiers of those that go with it.

Correlations look at a domain together with others and with its own past; which, says `company`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

from hunter import dossiers, following
from hunter.config import Ground
from hunter.judge import company
from hunter.known import dossier_of
from hunter.model import Brand, Dossier, Match, Sighting
from hunter.rulebook import Rulebook
from hunter.store import Store, facts, sightings

_MOST_OTHERS = 1000
_MOST_STATES = 100
_REMEMBERED = 4000
"""Others that are kept while many are judged: where a thousand share a registrant, each is seen
with each."""

SeenWith: TypeAlias = Callable[[Brand, Dossier, Match], list[Dossier]]
"""Gives the dossiers that the rulebook's correlations look at together with this one."""


def states_of(
    store: Store, domain: str, brand: Brand, match: Match | None, until: datetime
) -> list[Dossier]:
    """How the domain was before, one dossier for each change; the latest hundred."""
    seen = sightings.sightings_of(store, domain)
    history = facts.history(store, domain)
    moments = [one for one in dossiers.moments(history, seen) if one < until]
    return [
        state_at(domain, brand, match, seen=seen, history=history, at=moment)
        for moment in moments[-_MOST_STATES:]
    ]


def state_at(
    domain: str,
    brand: Brand,
    match: Match | None,
    *,
    seen: Sequence[Sighting],
    history: Iterable[dossiers.Interval],
    at: datetime,
) -> Dossier:
    """How the domain was at a moment: of what came later nothing is known."""
    by_then = [one for one in seen if one.seen_at <= at]
    return dossiers.assemble(
        domain, brand=brand, match=match, sightings=by_then, history=history, at=at
    )


def seen_with_at(store: Store, config: Ground, rulebook: Rulebook, at: datetime) -> SeenWith:
    """How to find those that go with a domain, for a round of judging: others are read but once.

    What is ours or harmless by now goes with nobody.
    Who changes meanwhile is judged again after, and wakes those that it is seen with.
    """
    wanted = company(rulebook)

    @lru_cache(maxsize=_REMEMBERED)
    def known_of(domain: str, brand: Brand) -> tuple[Dossier, ...]:
        found: list[Dossier] = []
        for best in sightings.best_matches(store, domain):
            match = following.in_force(store, config, best) if best.brand == brand.domain else None
            if match is not None:
                found.append(dossier_of(store, domain, at, brand, match))
                found += states_of(store, domain, brand, match, at) if wanted.pasts else ()
        return tuple(found)

    def seen_with(brand: Brand, dossier: Dossier, match: Match) -> list[Dossier]:
        domain = dossier.domain
        found = states_of(store, domain, brand, match, dossier.at) if wanted.past else []
        for other in _others(store, rulebook, brand, dossier):
            found += known_of(other, brand)
        return found

    return seen_with


def _others(store: Store, rulebook: Rulebook, brand: Brand, dossier: Dossier) -> list[str]:
    """Domains that share a fact with it, and where the rules ask for those, its contemporaries."""
    wanted = company(rulebook)
    found = {
        domain
        for field, theirs in wanted.facts.items()
        for value in dossiers.values_of(dossier.fields, field)
        for other in theirs
        for domain in facts.sharing(store, other, value)
    }
    if wanted.window:
        found.update(_contemporaries(store, brand, dossier, wanted.window))
    return sorted(found - {dossier.domain})


def _contemporaries(
    store: Store, brand: Brand, dossier: Dossier, window: timedelta
) -> tuple[str, ...]:
    days = dossiers.values_of(dossier.fields, "first_seen")
    day = datetime.strptime(str(days[0]), "%Y%m%d").replace(tzinfo=UTC) if days else dossier.at
    until = day + window + timedelta(days=1)
    return sightings.first_seen_between(store, brand.domain, day - window, until, _MOST_OTHERS)
