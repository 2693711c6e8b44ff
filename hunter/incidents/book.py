"""The incidents of a store: who takes part, which number each has, and what people decided."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, cycle, islice, product
from typing import TypeAlias

from hunter import dossiers
from hunter.incidents.grouping import Group, group
from hunter.incidents.links import DECISION, links
from hunter.incidents.outlines import age, of_members, outlined
from hunter.incidents.reading import Carriers, footprints
from hunter.model import Alert, AlertState, Brand, Incident, Link, Member, Outline
from hunter.store import Store, alerts, facts, sightings
from hunter.store import incidents as kept
from hunter.store.incidents import Decision

_Stroke: TypeAlias = tuple[datetime, str, str]
"""When somebody decided, who, and why: what they decided at once has all three in common."""


def current(
    store: Store, brands: Sequence[Brand], now: datetime, *, among: Set[str] | None = None
) -> tuple[Incident, ...]:
    """Every incident there is now, the gravest first; or those that one of `among` is a part of."""
    return gravest(store, brands, now, among=among, most=None)[0]


def gravest(
    store: Store,
    brands: Sequence[Brand],
    now: datetime,
    *,
    among: Set[str] | None = None,
    most: int | None,
) -> tuple[tuple[Incident, ...], int]:
    """At most so many of these incidents, and how many there are.

    What is known of their members is most of what is read.
    """
    shelf = _Shelf(store, brands, now)
    ranked = _ranked(store, shelf)
    wanted = [pair for pair in ranked if among is None or among & pair[1].strengths.keys()]
    return tuple(shelf.incident(*pair) for pair in wanted[:most]), len(wanted)


def numbered(store: Store, brands: Sequence[Brand], now: datetime, number: int) -> Incident | None:
    """The incident of that number, or the one that its domains have gone up in."""
    shelf = _Shelf(store, brands, now)
    before = kept.domains_of(store, number)
    ranked = _ranked(store, shelf)
    own = (pair for pair in ranked if pair[0] == number)
    others = (pair for pair in ranked if before.intersection(pair[1].core))
    found = next(chain(own, others), None)
    return shelf.incident(*found) if found else None


def outlines(store: Store, brands: Sequence[Brand], now: datetime) -> tuple[Outline, ...]:
    """Every incident there is now, the gravest first, and of its members no more than their names.

    What is known of thousands takes ten times as long to read as to find out who they are.
    """
    ranked = _ranked(store, _Shelf(store, brands, now))
    members = [domain for _, one in ranked for domain in one.strengths]
    return tuple(outlined(ranked, of_members(store, brands, members, now)))


def _ranked(store: Store, shelf: "_Shelf") -> list[tuple[int, Group]]:
    """Each group with its number, the gravest first."""
    groups = shelf.groups(kept.decisions(store))
    numbers = kept.identify(store, [one.core for one in groups])
    severities = alerts.severities(store)

    def rank(pair: tuple[int, Group]) -> tuple[int, int]:
        return -max((severities.get(one, 0) for one in pair[1].strengths), default=0), pair[0]

    return sorted(zip(numbers, groups, strict=True), key=rank)


def around(store: Store, brands: Sequence[Brand], now: datetime, domain: str) -> Group | None:
    """Those that the domain is tied to, where there are any; without a number, which is kept."""
    groups = _Shelf(store, brands, now).groups(kept.decisions(store))
    return next((one for one in groups if domain in one.strengths), None)


@dataclass(frozen=True, slots=True)
class Person:
    """Who decides, when, and why."""

    name: str
    why: str
    at: datetime

    def decision(self, one: str, other: str, *, together: bool) -> Decision:
        """What they decide about two domains."""
        return Decision(one, other, together, self.why, self.name, self.at)


def merge(
    store: Store, brands: Sequence[Brand], ones: Sequence[str], others: Sequence[str], by: Person
) -> None:
    """A person's word that these domains and those are one incident.

    Each has a part in it, so that it holds on when one of them is taken out again, or dismissed.
    Who put them apart put them apart from what hung on either as well: that is undone, too.
    """
    pairs = islice(zip(cycle(ones), cycle(others), strict=False), max(len(ones), len(others)))
    whole = frozenset((*ones, *others))
    with store.transaction():
        beside = _put_apart_beside(whole, kept.decisions(store))
        kept.forget(store, product(ones, others))
        kept.decide(store, [by.decision(one, other, together=True) for one, other in pairs])
        if beside:
            shelf = _Shelf(store, brands, by.at)
            kept.forget(store, _of_what_hangs_on(whole, beside, shelf, kept.decisions(store)))


def _put_apart_beside(whole: frozenset[str], decided: Sequence[Decision]) -> Set[Decision]:
    """What was said of one of them and of another when they were put apart themselves."""
    apart = [one for one in decided if not one.together]
    strokes = {_stroke(one) for one in apart if _pair(one) <= whole}
    return {one for one in apart if _stroke(one) in strokes and len(_pair(one) & whole) == 1}


def _of_what_hangs_on(
    whole: frozenset[str], beside: Set[Decision], shelf: "_Shelf", decided: Sequence[Decision]
) -> Iterator[tuple[str, str]]:
    """The pairs of these but for which the other one would be attached to them."""
    groups = shelf.groups([one for one in decided if one not in beside])
    hanging = {domain for one in groups if whole.intersection(one.core) for domain in one.attached}
    return ((one.one, one.other) for one in beside if _pair(one) & hanging)


def split(store: Store, ones: Sequence[str], others: Sequence[str], by: Person) -> None:
    """A person's word that none of these domains belongs to any of those."""
    pairs = product(ones, others)
    kept.decide(store, [by.decision(one, other, together=False) for one, other in pairs])


def _chosen(decided: Iterable[Decision]) -> tuple[Link, ...]:
    """What somebody decided at one stroke is one link."""
    strokes: dict[_Stroke, dict[str, None]] = {}
    for one in decided:
        stroke = strokes.setdefault(_stroke(one), {})
        stroke |= dict.fromkeys((one.one, one.other))
    return tuple(
        Link(DECISION, why, tuple(sorted(tied)), 1.0, len(tied), actor)
        for (_, actor, why), tied in strokes.items()
    )


def _stroke(one: Decision) -> _Stroke:
    return one.at, one.actor, one.why


def _pair(one: Decision) -> frozenset[str]:
    return frozenset((one.one, one.other))


class _Shelf:
    """What is read of the store for one look at it, each thing once."""

    def __init__(self, store: Store, brands: Sequence[Brand], now: datetime) -> None:
        self._store = store
        self._brands = {brand.domain: brand for brand in brands}
        self._now = now
        self._dismissed = alerts.dismissed(store)
        self._carriers = Carriers(store, frozenset(self._dismissed))
        self.footprints = footprints(store, brands, self._dismissed, self._carriers)

    def groups(self, decided: Sequence[Decision]) -> tuple[Group, ...]:
        """What these decisions and what the domains share make of them."""
        there = {one.domain for one in self.footprints if not one.dismissed}
        chosen = _chosen([one for one in decided if one.together and _pair(one) <= there])
        apart = frozenset(_pair(one) for one in decided if not one.together)
        return group((*chosen, *links(self.footprints, self._carriers.count)), apart)

    def incident(self, number: int, one: Group) -> Incident:
        """The group as an incident, each member with what is known of it."""
        members = [
            self._member(domain, firmly, core=domain in one.core)
            for domain, firmly in one.strengths.items()
        ]
        return Incident(
            id=number,
            brands=tuple(sorted({member.dossier.brand for member in members} - {""})),
            members=tuple(sorted(members, key=_by_age)),
            links=one.links,
        )

    def _member(self, domain: str, firmly: float, *, core: bool) -> Member:
        alert = self._most_telling_alert(domain)
        best = () if alert else sightings.best_matches(self._store, domain)
        match = alert.match if alert else next(iter(best), None)
        history = facts.history(self._store, domain)
        dossier = dossiers.assemble(
            domain,
            brand=self._brands.get(match.brand) if match else None,
            match=match,
            sightings=sightings.sightings_of(self._store, domain),
            history=history,
            at=self._now,
        )
        return Member(domain, core, firmly, dossier, history, alert)

    def _most_telling_alert(self, domain: str) -> Alert | None:
        """Of those that nobody dismissed; the newest of those that are alike."""
        several = alerts.about(self._store, domain) if domain in self._dismissed else ()
        undismissed = (one for one in several if one.state is not AlertState.DISMISSED)
        return max(undismissed, key=_how_telling, default=None)


def _how_telling(alert: Alert) -> tuple[bool, int, int, datetime, int]:
    """First that it imitates: of what is tied to another brand as well it is no use to say so."""
    likeness = not alert.match.is_linked
    return likeness, alert.severity, alert.score, alert.updated_at, -alert.id


def _by_age(member: Member) -> tuple[bool, int, str]:
    fields = member.dossier.fields
    registered = next(iter(dossiers.values_of(fields, "registered")), None)
    return (not member.core, age(registered, fields.get("first_seen", 0)), member.domain)
