"""How many hands carry a value: names that are one's count once, however many they are. Pure.

How many names carry a value tells a crowd from an actor only as long as the actor is small. What
tells them apart at any size is that strangers differ. Whose turn it is to show that depends:

- A registrant's mailbox stands for somebody. Its names are one hand's as far as they are registered
  and run alike, and each other way to be is one more: a reseller's customers have names of their
  own, those of a privacy service hosts of their own.
- A server, a key, a zone's mailbox may be anybody's, and a host gives its customers all of them
  alike. Names on it are strangers' but for what it does not give: a registrant of theirs, or that
  they were registered in bulk.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from hunter.crowds import crowd_of
from hunter.model import Value

_REGISTRANTS = ("registrant_email", "registrant_org", "registrant_name")
WAYS = (*_REGISTRANTS, "ns_domain", "mx_domain", "asn")
"""Fields in which names of strangers differ, and those of one hand seldom do."""
LOOKED_AT = (*WAYS, "registrar")
"""Fields by which hands are told apart."""
_BULK = 5
"""So many names on one day at one registrar, all with the value, are one order of one customer."""
_IN_BULK = ""
_OWN = ""

_Order: TypeAlias = tuple[frozenset[Value], date]
Orders: TypeAlias = Mapping[str, "_Order | None"]
"""Domain → where and when it was ordered."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a domain has, or had, that others may share."""

    domain: str
    brands: frozenset[str] = frozenset()
    """The brands of its alerts and matches."""
    registered: date | None = None
    values: Mapping[str, frozenset[Value]] = field(default_factory=dict)
    """Field → every value that it holds or held."""
    neighbours: int | None = None
    """How many other domains are known at its addresses now, by the store and passive DNS."""
    shares: bool = False
    """Whether somebody told that strangers share its server now, however few of them are known."""
    dismissed: bool = False
    """Whether a person dismissed its alerts: it counts among those who carry a value, no more."""


def ways(place: str, members: Sequence[Footprint]) -> int:
    """In how many ways those who share a registrant's value are registered and run."""
    columns = [_commonest(other, members) for other in WAYS if other != place]
    return len(set(zip(*columns, strict=True)))


def strangers(
    members: Sequence[Footprint], registrant_of: Mapping[str, Value], order_of: Orders
) -> int:
    """How many hands those are who share what anybody may have."""
    domains = [one.domain for one in members]
    orders = [order_of[domain] for domain in domains]
    bulk = {order for order, names in Counter(orders).items() if order and names >= _BULK}
    return len(
        {
            registrant_of.get(domain) or (_IN_BULK if order in bulk else domain)
            for domain, order in zip(domains, orders, strict=True)
        }
    )


def orders(footprints: Iterable[Footprint]) -> Orders:
    """The order of each, for all the values that it shares."""
    return {one.domain: _order(one) for one in footprints}


def _commonest(place: str, members: Iterable[Footprint]) -> list[Value | None]:
    """Of the values that each has or had, the one that most have; None where nothing is known."""
    every = [_told(place, one) for one in members]
    often = Counter(value for values in every for value in values)
    return [
        max(values, key=lambda value: (often[value], str(value)), default=None) for values in every
    ]


def _told(place: str, one: Footprint) -> set[Value]:
    """Without what a redaction says; a server under the domain itself is one everywhere."""
    values = one.values.get(place, frozenset())
    if place not in _REGISTRANTS:
        return {_OWN if value == one.domain else value for value in values}
    return {_plain(value) for value in values if not crowd_of(place, value)}


def _plain(value: Value) -> str:
    return " ".join(str(value).split()).casefold()


def _order(one: Footprint) -> _Order | None:
    """Where and when a hidden registrant ordered it; those who are known are their own hands."""
    registrar = one.values.get("registrar")
    named = (place for place in _REGISTRANTS if place in one.values)
    if one.registered is None or not registrar or any(_told(place, one) for place in named):
        return None
    return registrar, one.registered
