"""How a domain was at each moment at which it would have been judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from hunter import dossiers
from hunter.backtest.past import Past
from hunter.config import Config
from hunter.model import Brand, Dossier, Match, Sighting

_EVER = datetime.min.replace(tzinfo=UTC)
_MOST = 500
"""Of a domain that changes without end, the latest states."""


@dataclass(frozen=True, slots=True)
class Period:
    """The time that is looked at; without a beginning, all of it."""

    since: datetime | None
    until: datetime


@dataclass(frozen=True, slots=True)
class State:
    """A dossier at a moment, in the light of one brand, and which rules it meets."""

    dossier: Dossier
    match: Match
    met: tuple[frozenset[str], ...]
    """For each set of rules, the ids of those that match; silent ones too."""
    prelude: bool = False
    """Whether it was so when the period began."""
    judged: bool = True
    """False for what was before that: history that stories look back on."""

    @property
    def at(self) -> datetime:
        """Since when it was so."""
        return self.dossier.at


Seen: TypeAlias = tuple[Dossier, Match, bool, bool]
"""A dossier and the match of then; whether it was so when the period began, and is judged."""


def seen_through(past: Past, brand: Brand, period: Period, *, history: bool) -> Iterator[Seen]:
    """The dossiers of a domain, oldest first.

    Of before the period only the last one, unless its `history` is wanted. Before the facts were
    asked for once nobody judged the domain.
    """
    mine = [match for match in past.matches if match.brand == brand.domain]
    if not mine:
        return
    for moment, prelude, judged in _moments(past, period, history=history):
        by_then = [one for one in past.sightings if one.seen_at <= moment]
        match = mine[0] if len(mine) == 1 else _best(mine, by_then)
        dossier = dossiers.assemble(
            past.domain,
            brand=brand,
            match=match,
            sightings=by_then,
            history=past.history,
            at=moment,
        )
        yield dossier, match, prelude, judged


def _moments(past: Past, period: Period, *, history: bool) -> Sequence[tuple[datetime, bool, bool]]:
    """When it changed, whether that was before the period, and whether it is judged."""
    judged_first = min([fact.first_seen for fact in past.history], default=_EVER)
    changes = dossiers.moments(past.history, past.sightings)
    moments = [one for one in changes if judged_first <= one <= period.until][-_MOST:]
    before = [one for one in moments if one <= period.since] if period.since else []
    earlier = [(one, True, False) for one in before[:-1]] if history else []
    return [
        *earlier,
        *[(one, True, True) for one in before[-1:]],
        *[(one, False, True) for one in moments[len(before) :]],
    ]


def _best(matches: Sequence[Match], sightings: Sequence[Sighting]) -> Match:
    """The strongest match among the names that were seen."""
    names = {one.name for one in sightings}
    seen = [one for one in matches if one.name.lower() in names] or matches
    return max(seen, key=lambda one: one.confidence)


def brands_of(past: Past, config: Config) -> list[Brand]:
    """The brands of the config that the domain resembles."""
    wanted = {match.brand for match in past.matches}
    return [brand for brand in config.brands if brand.domain in wanted]
