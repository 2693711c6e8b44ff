"""Recall from the store how a domain was, and the dossiers of those that go with it.

Correlations look at a domain together with others and with its own past; which, says `company`.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from hunter import dossiers
from hunter.judge import company
from hunter.known import dossier_of
from hunter.model import Brand, Dossier, Match, Sighting
from hunter.rulebook import Rulebook
from hunter.store import Store, facts, sightings

_MOST_OTHERS = 1000
_MOST_STATES = 100


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


def seen_with(
    store: Store, rulebook: Rulebook, brand: Brand, dossier: Dossier, match: Match
) -> list[Dossier]:
    """The dossiers that the rulebook's correlations look at together with this one."""
    wanted = company(rulebook)
    found = states_of(store, dossier.domain, brand, match, dossier.at) if wanted.past else []
    for domain in _others(store, rulebook, brand, dossier):
        for theirs in sightings.best_matches(store, domain):
            if theirs.brand == brand.domain:
                found.append(dossier_of(store, domain, dossier.at, brand, theirs))
                if wanted.pasts:
                    found += states_of(store, domain, brand, theirs, dossier.at)
    return found


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
