"""Incidents as they stand in a list: which domains belong to each, and in what order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hunter.clock import day_number
from hunter.incidents.grouping import Group
from hunter.model import Brand, Level, Outline
from hunter.store import Store, alerts, facts, sightings


@dataclass(frozen=True, slots=True)
class OfMember:
    """What a list makes use of."""

    brand: str = ""
    """That it imitates, where it is protected still."""
    severity: int = 0
    """Of its most telling alert that nobody dismissed."""
    age: int = 0


def of_members(
    store: Store, brands: Iterable[Brand], domains: Sequence[str], now: datetime
) -> Mapping[str, OfMember]:
    """The same of all these domains."""
    protected = {brand.domain for brand in brands}
    telling = alerts.most_telling_of(store, domains)
    matched = sightings.brands_of(store, [one for one in domains if one not in telling])
    registered = facts.first_now(store, domains, "registered", now)
    seen = sightings.first_sightings(store, domains)

    def of_member(domain: str) -> OfMember:
        brand, severity = telling.get(domain, (min(matched.get(domain, ("",))), 0))
        first = day_number(seen[domain]) if domain in seen else 0
        return OfMember(
            brand if brand in protected else "", severity, age(registered.get(domain), first)
        )

    return {domain: of_member(domain) for domain in domains}


def age(registered: object, first_seen: object) -> int:
    """By which members are sorted: the day of registration, or else that of the first sighting."""
    day = registered or first_seen
    return day if isinstance(day, int) else 0


def outlined(
    groups: Iterable[tuple[int, Group]], known: Mapping[str, OfMember]
) -> Iterator[Outline]:
    """Each of the groups with its number."""

    def oldest_first(domains: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(domains, key=lambda one: (known[one].age, one)))

    for number, one in groups:
        members = [known[domain] for domain in one.strengths]
        yield Outline(
            number,
            Level(max(member.severity for member in members)),
            tuple(sorted({member.brand for member in members} - {""})),
            oldest_first(one.core),
            oldest_first(one.attached),
            len(one.links),
        )
