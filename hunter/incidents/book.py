"""The incidents of a store: who takes part, which number each has, and what people decided."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import cycle, islice, product
from typing import TypeAlias

from hunter import dossiers, names
from hunter.crowds import crowd_of
from hunter.incidents.grouping import Group, group
from hunter.incidents.hands import Footprint
from hunter.incidents.links import DECISION, FIELDS, STRONG, TRAITS, links
from hunter.model import Alert, AlertState, Brand, Incident, Link, Member, Value
from hunter.store import Store, alerts, facts, sightings
from hunter.store import incidents as kept
from hunter.store.incidents import Decision

_MOST_SHARED = 100
"""Further domains are looked for over values that at most so many domains carry."""
_MOST_OF_ONE = 10_000
"""And over a mailbox: a registrant may have ordered thousands."""
_REMEMBERED = 10_000
"""Values that are read but once, however many domains share them."""
_FIELDS = FIELDS | {"registered"}
_NOTHING: frozenset[Value] = frozenset()
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
    groups = shelf.groups(kept.decisions(store))
    numbers = kept.identify(store, [one.core for one in groups])
    severities = alerts.severities(store)

    def rank(pair: tuple[int, Group]) -> tuple[int, int]:
        return -max((severities.get(one, 0) for one in pair[1].strengths), default=0), pair[0]

    pairs = zip(numbers, groups, strict=True)
    wanted = [pair for pair in pairs if among is None or among & pair[1].strengths.keys()]
    found = tuple(shelf.incident(*pair) for pair in sorted(wanted, key=rank)[:most])
    return found, len(wanted)


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
        self._carriers: dict[tuple[str, Value], frozenset[str]] = {}
        self._dismissed = alerts.dismissed(store)
        self.footprints = self._all_footprints()

    def _all_footprints(self) -> tuple[Footprint, ...]:
        """Of every domain in an alert that nobody dismissed, and of those that share with them."""
        alerted = [self._footprint(one) for one, gone in self._dismissed.items() if not gone]
        near = {domain for one in _joining(alerted) for domain in self._near(*one)}
        more = sorted(near - {one.domain for one in alerted})
        foreign = (one for one in more if not self._is_ours(one))
        known = (one for one in foreign if sightings.first_seen(self._store, one))
        return (*alerted, *map(self._footprint, known))

    def _near(self, name: str, place: str, value: Value) -> frozenset[str]:
        if crowd_of(place, value):
            return frozenset()
        there = self.carriers(TRAITS[name].places, value)
        most = _MOST_OF_ONE if name == "registrant_email" else _MOST_SHARED
        return there if len(there) <= most else frozenset()

    def _is_ours(self, domain: str) -> bool:
        return any(
            names.is_under(own, domain)
            for brand in self._brands.values()
            for own in (brand.domain, *brand.owned)
        )

    def _footprint(self, domain: str) -> Footprint:
        values: dict[str, frozenset[Value]] = {}
        for field, written in facts.values(self._store, domain):
            if field in _FIELDS and (alone := _only(written)):
                values[field] = values[field] | alone if field in values else alone
        return Footprint(
            domain=domain,
            brands=sightings.brands(self._store, domain),
            registered=_day(values.pop("registered", _NOTHING)),
            values=values,
            neighbours=_neighbours(self._store, domain),
            shares=_shares(self._store, domain),
            dismissed=self._dismissed.get(domain, False),
        )

    def groups(self, decided: Sequence[Decision]) -> tuple[Group, ...]:
        """What these decisions and what the domains share make of them."""
        there = {one.domain for one in self.footprints if not one.dismissed}
        chosen = _chosen([one for one in decided if one.together and _pair(one) <= there])
        apart = frozenset(_pair(one) for one in decided if not one.together)
        return group((*chosen, *links(self.footprints, self.count)), apart)

    def count(self, places: Sequence[str], value: Value) -> int:
        """How many registrable domains of the store carry the value in one of the fields."""
        return len(self.carriers(places, value))

    def carriers(self, places: Sequence[str], value: Value) -> frozenset[str]:
        """Those domains."""
        return frozenset[str]().union(*(self._carrying(place, value) for place in places))

    def _carrying(self, place: str, value: Value) -> frozenset[str]:
        key = (place, value)
        if key not in self._carriers:
            there = facts.sharing(self._store, place, value, limit=_MOST_OF_ONE)
            self._carriers[key] = frozenset(names.registrables(there))
        return self._carriers[key]

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
        alert = self._gravest_alert(domain)
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

    def _gravest_alert(self, domain: str) -> Alert | None:
        """Of those that nobody dismissed; the newest of those that are alike."""
        several = alerts.about(self._store, domain) if domain in self._dismissed else ()
        undismissed = (one for one in several if one.state is not AlertState.DISMISSED)
        return max(undismissed, key=_gravity, default=None)


def _gravity(alert: Alert) -> tuple[int, int, datetime, int]:
    return alert.severity, alert.score, alert.updated_at, -alert.id


def _joining(footprints: Iterable[Footprint]) -> set[tuple[str, str, Value]]:
    """Trait, field and value of what may join them to others."""
    return {
        (name, place, value)
        for one in footprints
        for name, trait in TRAITS.items()
        for place in (trait.places if trait.weight >= STRONG else ())
        for value in one.values.get(place, ())
    }


@lru_cache(maxsize=_REMEMBERED)
def _only(written: str) -> frozenset[Value]:
    """The value alone: tens of thousands of footprints share theirs, and what holds them."""
    value = facts.read(written)
    return _NOTHING if value is None else frozenset((value,))


def _neighbours(store: Store, domain: str) -> int | None:
    """How many other domains are known at its addresses now; who knows of most is believed."""
    told = (value for _, value in facts.now(store, domain, "neighbours"))
    return max((count for count in told if isinstance(count, int)), default=None)


def _shares(store: Store, domain: str) -> bool:
    """Whether somebody told so; that hunter itself knows a neighbour may be by its twin."""
    told = facts.now(store, domain, "dedicated")
    return any(value is False for provider, value in told if provider != "neighbours")


def _day(values: Iterable[Value]) -> date | None:
    """When it was registered last: whoever had it before is another."""
    days = (dossiers.day_of(str(value)) for value in values)
    return max((day.date() for day in days if day), default=None)


def _by_age(member: Member) -> tuple[bool, int, str]:
    fields = member.dossier.fields
    day = next(iter(dossiers.values_of(fields, "registered")), None) or fields.get("first_seen", 0)
    return (not member.core, day if isinstance(day, int) else 0, member.domain)
