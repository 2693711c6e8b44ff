"""Read of the store what its domains have that others may share: tens of thousands at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import TypeAlias

from hunter import dossiers, names
from hunter.crowds import crowd_of
from hunter.incidents.hands import WAYS, Footprint
from hunter.incidents.links import FIELDS, STRONG, TRAITS
from hunter.model import Brand, Value
from hunter.store import Store, facts, sightings

_MOST_SHARED = 100
"""Further domains are looked for over values that at most so many domains carry."""
_MOST_OF_ONE = 10_000
"""And over a mailbox: a registrant may have ordered thousands."""
_REMEMBERED = 10_000
"""Values that are read but once, however many domains share them."""
_AT_ONCE = 500
_FIELDS = (*FIELDS, "registered")
_NOTHING: frozenset[Value] = frozenset()
_NOBODY: frozenset[str] = frozenset()
_JOINING = {
    place: name for name, one in TRAITS.items() if one.weight >= STRONG for place in one.places
}
"""Field → the trait by which a value in it may join domains."""
_Joint: TypeAlias = tuple[str, Value]
"""A field, and a value in it that may join domains."""


class Carriers:
    """Who carries a value. How many they are is remembered, and not who: those are most of all."""

    def __init__(self, store: Store, registrable: Set[str]) -> None:
        """Of that store; some of its domains are known to be registrable ones."""
        self._store = store
        self._registrable = registrable
        self._counts: dict[tuple[tuple[str, ...], Value], int] = {}

    def count(self, places: tuple[str, ...], value: Value) -> int:
        """How many registrable domains of the store carry the value in one of the fields."""
        if (places, value) not in self._counts:
            self.few(places, value, len(places) * _MOST_OF_ONE)
        return self._counts[places, value]

    def few(self, places: tuple[str, ...], value: Value, most: int) -> frozenset[str]:
        """Those domains; nobody where they are more, for then nobody need know all of them."""
        found: set[str] = set()
        for place in places:
            for one in facts.each_sharing(self._store, place, value, limit=_MOST_OF_ONE):
                found.update((one,) if one in self._registrable else names.registrables((one,)))
                if len(found) > most:
                    return _NOBODY
        self._counts[places, value] = len(found)
        return frozenset(found)


def footprints(
    store: Store, brands: Iterable[Brand], dismissed: Mapping[str, bool], carriers: Carriers
) -> tuple[Footprint, ...]:
    """Of every domain in an alert that nobody dismissed, and of those that share with them."""
    shared = _shared(store)
    standing = [one for one, gone in dismissed.items() if not gone]
    alerted = [*_read(store, standing, dismissed, shared)]
    near = {domain for one in _joints(alerted) for domain in _near(one, carriers)}
    more = sorted(near.difference(standing) - _above_ours(brands))
    return (*alerted, *_read(store, sightings.known(store, more), dismissed, shared))


def _above_ours(brands: Iterable[Brand]) -> frozenset[str]:
    """Every name that one of ours is, or stands below."""
    own = [name.split(".") for brand in brands for name in (brand.domain, *brand.owned)]
    return frozenset(".".join(labels[at:]) for labels in own for at in range(len(labels)))


def _shared(store: Store) -> Mapping[str, frozenset[str]]:
    """Field → the values, as written, that several have: of most fields nobody need know others."""
    traits = {name: one for name, one in TRAITS.items() if not {*WAYS} & {*one.places}}
    found = {name: frozenset(facts.shared(store, one.places)) for name, one in traits.items()}
    return {place: found[name] for name, one in traits.items() for place in one.places}


def _joints(alerted: Iterable[Footprint]) -> list[_Joint]:
    """What may join them to others, unless too many of them share it: few of all their values."""
    held = Counter(
        (place, value)
        for one in alerted
        for place in one.values.keys() & _JOINING
        for value in one.values[place]
    )
    return [joint for joint, count in held.items() if count <= _most(joint[0])]


def _near(joint: _Joint, carriers: Carriers) -> frozenset[str]:
    place, value = joint
    if crowd_of(place, value):
        return _NOBODY
    return carriers.few(TRAITS[_JOINING[place]].places, value, _most(place))


def _most(place: str) -> int:
    return _MOST_OF_ONE if place == "registrant_email" else _MOST_SHARED


def _read(
    store: Store,
    domains: Iterable[str],
    dismissed: Mapping[str, bool],
    shared: Mapping[str, Set[str]],
) -> Iterator[Footprint]:
    """Many with each question: one question for each domain takes several times as long."""
    left = iter(domains)
    while some := [*islice(left, _AT_ONCE)]:
        values = _values(store, some, shared)
        brands = sightings.brands_of(store, some)
        neighbours, sharing = _neighbours(store, some), _sharing(store, some)
        for domain in some:
            own = values.get(domain, {})
            yield Footprint(
                domain=domain,
                brands=brands.get(domain, frozenset()),
                registered=_day(own.pop("registered", _NOTHING)),
                values=own,
                neighbours=neighbours.get(domain),
                shares=domain in sharing,
                dismissed=dismissed.get(domain, False),
            )


def _values(
    store: Store, domains: Sequence[str], shared: Mapping[str, Set[str]]
) -> dict[str, dict[str, frozenset[Value]]]:
    """Domain → field → every value that it holds or held."""
    found: dict[str, dict[str, frozenset[Value]]] = {}
    for domain, told in groupby(facts.values(store, domains, _FIELDS), itemgetter(0)):
        own = found[domain] = {}
        for _, field, written in told:
            if field in shared and written not in shared[field]:
                continue
            if alone := _only(written):
                own[field] = own[field] | alone if field in own else alone
    return found


@lru_cache(maxsize=_REMEMBERED)
def _only(written: str) -> frozenset[Value]:
    """The value alone: tens of thousands of footprints share theirs, and what holds them."""
    value = facts.read(written)
    return _NOTHING if value is None else frozenset((value,))


def _neighbours(store: Store, domains: Sequence[str]) -> Mapping[str, int]:
    """How many other domains are known at its addresses now; who knows of most is believed."""
    found: dict[str, int] = {}
    for domain, _, count in facts.now_of(store, domains, "neighbours"):
        if isinstance(count, int):
            found[domain] = max(count, found.get(domain, count))
    return found


def _sharing(store: Store, domains: Sequence[str]) -> frozenset[str]:
    """Where somebody told so; that hunter itself knows a neighbour may be by its twin."""
    told = facts.now_of(store, domains, "dedicated")
    return frozenset(
        domain for domain, provider, value in told if value is False and provider != "neighbours"
    )


def _day(values: Iterable[Value]) -> date | None:
    """When it was registered last: whoever had it before is another."""
    days = (dossiers.day_of(str(value)) for value in values)
    return max((day.date() for day in days if day), default=None)
