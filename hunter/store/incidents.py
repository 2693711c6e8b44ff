"""Which incident is which, and what people decided about who belongs together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hunter.store import Store, to_moment, to_text


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word that two domains belong together, or apart."""

    one: str
    other: str
    together: bool
    why: str
    actor: str
    at: datetime


def decide(store: Store, taken: Iterable[Decision]) -> None:
    """Keep the decisions; the latest about a pair holds."""
    store.execute_many(
        "INSERT INTO incident_decision VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " together = excluded.together, why = excluded.why, actor = excluded.actor,"
        " at = excluded.at",
        [
            (*sorted((one.one, one.other)), one.together, one.why, one.actor, to_text(one.at))
            for one in taken
        ],
    )


def forget(store: Store, pairs: Iterable[tuple[str, str]]) -> None:
    """Nothing is decided about these pairs any more."""
    store.execute_many(
        "DELETE FROM incident_decision WHERE one = ? AND other = ?",
        [sorted(pair) for pair in pairs],
    )


def decisions(store: Store) -> tuple[Decision, ...]:
    """Everything that people decided, oldest first."""
    rows = store.rows("SELECT * FROM incident_decision ORDER BY at, one, other")
    return tuple(
        Decision(
            row["one"],
            row["other"],
            bool(row["together"]),
            row["why"],
            row["actor"],
            to_moment(row["at"]),
        )
        for row in rows
    )


def identify(store: Store, cores: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The number of each incident, by its core: those known keep theirs, new ones get the next.

    An incident is the one with which it has most domains in common, the older when in doubt. The
    number of one that went up in another is not given anew: split off again, it has it back.
    """
    known = _known(store)
    found = _recognised(known, cores)
    numbers = tuple(found.get(place, 0) for place in range(len(cores)))
    as_known = [known.get(number) for number in numbers]
    # Who merely looks at what is known need not wait for whoever writes.
    return numbers if as_known == [*map(frozenset, cores)] else _identify_anew(store, cores)


def _identify_anew(store: Store, cores: Sequence[Sequence[str]]) -> tuple[int, ...]:
    with store.transaction():
        known = _known(store)
        found = _recognised(known, cores)
        for place, core in enumerate(cores):
            number = found[place] if place in found else _new(store)
            found[place] = number
            if known.get(number) != frozenset(core):
                _set_members(store, number, core)
    return tuple(found[place] for place in range(len(cores)))


def _recognised(
    known: Mapping[int, frozenset[str]], cores: Sequence[Sequence[str]]
) -> dict[int, int]:
    """Place among `cores` → the number it has had."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, place in sorted(_likenesses(known, cores)):
        if number not in taken and place not in found:
            found[place] = number
            taken.add(number)
    return found


def _known(store: Store) -> Mapping[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for row in store.rows("SELECT incident, domain FROM incident_member"):
        found.setdefault(row["incident"], set()).add(row["domain"])
    return {number: frozenset(domains) for number, domains in found.items()}


def _likenesses(
    known: Mapping[int, frozenset[str]], cores: Sequence[Sequence[str]]
) -> Iterable[tuple[int, int, int]]:
    """Domains in common (negative, to sort the most to the front), number, place among `cores`."""
    holding: dict[str, list[int]] = {}
    for number, domains in known.items():
        for domain in domains:
            holding.setdefault(domain, []).append(number)
    for place, core in enumerate(cores):
        common = Counter(number for domain in core for number in holding.get(domain, ()))
        yield from ((-count, number, place) for number, count in common.items())


def _new(store: Store) -> int:
    return store.insert("INSERT INTO incident DEFAULT VALUES")


def _set_members(store: Store, number: int, core: Sequence[str]) -> None:
    store.execute("DELETE FROM incident_member WHERE incident = ?", (number,))
    store.execute_many(
        "INSERT INTO incident_member VALUES (?, ?)", [(number, domain) for domain in core]
    )


def domains_of(store: Store, number: int) -> frozenset[str]:
    """The core of the incident when it was last seen; empty for a number never given."""
    return _known(store).get(number, frozenset())
