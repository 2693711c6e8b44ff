"""A query as conditions in SQL: each can find the domains it is true of, or test one domain."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hunter.model import Value
from hunter.search.query import Query
from hunter.store import Store, facts
from hunter.trackable import ADDRESSES

_MOST_OF_A_NETWORK = 200_000
_LAST_DAY = 99999999


_ANY_NAME = "EXISTS (SELECT 1 FROM sighting WHERE sighting.domain = domain.domain AND {})"
_NAMED = "SELECT domain FROM sighting INDEXED BY sighting_domain WHERE {}"
_EXISTS = "EXISTS (SELECT 1 FROM {0} WHERE {0}.domain = domain.domain AND {1})"
_RELATED = "SELECT domain FROM {} WHERE {}"
_FACT = (
    "EXISTS (SELECT 1 FROM fact INDEXED BY fact_by_subject"
    " WHERE subject = domain.domain AND field IN ({}) AND {})"
)
_CARRYING = "SELECT subject AS domain FROM fact INDEXED BY fact_by_value WHERE field IN ({}) AND {}"
_SMALL = "value IN ({})"
_CAPITAL = "value COLLATE NOCASE IN ({}) AND value != lower(value)"
_CARRYING_CAPITALS = (
    "SELECT subject AS domain FROM fact INDEXED BY fact_by_text WHERE field = ? AND {}"
)
_LISTED = "SELECT value AS domain FROM json_each(?)"


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must be so."""

    test: str
    """SQL that is true of the row `domain`."""
    values: tuple[Any, ...]
    """Its parameters, and those of `found`."""
    found: str = ""
    """SQL for the domains of which it is true, through an index; empty when there is none."""
    scans: bool = False
    """`found` reads a whole index: it is worth it only where nothing better is."""


def conditions(store: Store, query: Query) -> tuple[Condition, ...]:
    """All conditions of the query."""
    return (*_names(query), *_kept(query), *_facts(query), *_networks(store, query))


def _names(query: Query) -> Iterator[Condition]:
    if query.contains:
        words = tuple(word.lower() for word in query.contains)
        held = _any([*map(_holds, words)])
        yield Condition(_ANY_NAME.format(held), words, _NAMED.format(held), scans=True)
    if query.excludes:
        words = tuple(word.lower() for word in query.excludes)
        yield Condition("NOT " + _ANY_NAME.format(_any([*map(_holds, words)])), words)
    if query.matches:
        held = "holds_pattern(?, name)"
        yield Condition(_ANY_NAME.format(held), (query.matches,), _NAMED.format(held), scans=True)
    if query.tld:
        endings = ["." + ending.lower().strip(".") for ending in query.tld]
        test = _any(["substr(domain.domain, -?) = ?"] * len(endings))
        values = tuple(value for ending in endings for value in (len(ending), ending))
        yield Condition(test, values)


def _any(tests: Sequence[str]) -> str:
    """Whether one of them is true; by halves, for SQLite reads no chain of a thousand."""
    if len(tests) == 1:
        return f"({tests[0]})"
    middle = len(tests) // 2
    return f"({_any(tests[:middle])} OR {_any(tests[middle:])})"


def _holds(word: str) -> str:
    """Names are kept in ASCII; a word that is not stands in what is shown in their place."""
    return "instr(name, ?)" if word.isascii() else "instr(name, 'xn--') AND instr(shown(name), ?)"


def _kept(query: Query) -> Iterator[Condition]:
    if query.seen_since:
        yield Condition("domain.first_seen >= ?", (_iso(query.seen_since),))
    if query.seen_until:
        yield Condition("domain.first_seen < ?", (_iso(query.seen_until) + "U",))
    if query.stage:
        marks = ", ".join("?" * len(query.stage))
        yield Condition(f"domain.stage IN ({marks})", tuple(map(int, query.stage)))
    if query.severity is not None:
        yield _related("alert", "severity >= ?", [int(query.severity)])
    if query.brand:
        held = f"brand IN ({', '.join('?' * len(query.brand))})"
        yield Condition(_EXISTS.format("match", held), query.brand)
    if query.technique:
        held = _any(["instr(technique, ?)"] * len(query.technique))
        yield _related("match", held, query.technique, scans=True)


def _related(table: str, held: str, values: Sequence[Any], *, scans: bool = False) -> Condition:
    test = _EXISTS.format(table, held)
    return Condition(test, tuple(values), _RELATED.format(table, held), scans)


def _iso(day: int) -> str:
    text = str(day)
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"


def _facts(query: Query) -> Iterator[Condition]:
    asked: list[tuple[tuple[str, ...], tuple[Value, ...]]] = [
        (("registrant_email",), query.registrant),
        (("registrant_email_domain",), query.registrant_domain),
        (("ns", "ns_domain", "registry_ns"), query.ns),
        (("asn",), query.asn),
        (("cert_key",), query.cert_key),
    ]
    for fields, values in asked:
        if values:
            yield _one_of(fields, values)
    yield from (_in_any_case(field, values) for field, values in query.having)
    parts = {
        "registrant_org": query.organisation,
        "registrar": query.registrar,
        "as_name": query.as_name,
        "ioc_list": query.indicator_list,
    }
    for field, part in parts.items():
        if part:
            yield _fact([field], *_holds_part(part.lower()), scans=True)
    if query.registered_since or query.registered_until:
        # Days are kept as numbers of eight digits, and sort as texts; anything else does not count.
        since, until = query.registered_since, query.registered_until or _LAST_DAY
        held = "value BETWEEN ? AND ? AND length(value) = 8"
        yield _fact(["registered"], held, [f"{since:08}", f"{until:08}"])


def _holds_part(part: str) -> tuple[str, Sequence[Any]]:
    """SQLite makes no other letters small than those of ASCII."""
    return (
        ("instr(lower(value), ?)", [_written(part)])
        if part.isascii()
        else ("instr(small(value), ?)", [part])
    )


def _written(part: str) -> str:
    """A part of a text as it stands within the JSON of a fact."""
    return json.dumps(part)[1:-1]


def _one_of(fields: Sequence[str], values: Sequence[Value]) -> Condition:
    marks = ", ".join("?" * len(values))
    return _fact(fields, f"value IN ({marks})", [json.dumps(value) for value in values])


def _in_any_case(field: str, values: Sequence[Value]) -> Condition:
    """Each half has its index: one of all values, and a small one of those with capitals."""
    marks = ", ".join("?" * len(values))
    written = (field, *(json.dumps(value) for value in values))
    small = _SMALL.format(", ".join(["lower(?)"] * len(values)))
    capital = _CAPITAL.format(marks)
    test = f"({_FACT.format('?', small)} OR {_FACT.format('?', capital)})"
    found = f"{_CARRYING.format('?', small)} UNION ALL {_CARRYING_CAPITALS.format(capital)}"
    return Condition(test, (*written, *written), found)


def _fact(
    fields: Sequence[str], held: str, values: Sequence[Any], *, scans: bool = False
) -> Condition:
    marks = ", ".join("?" * len(fields))
    test, found = _FACT.format(marks, held), _CARRYING.format(marks, held)
    return Condition(test, (*fields, *values), found, scans)


def _networks(store: Store, query: Query) -> Iterator[Condition]:
    """Addresses and networks together: any of them will do."""
    if not query.address:
        return
    there: dict[str, None] = {}
    for one in query.address:
        there |= dict.fromkeys(facts.within(store, ADDRESSES, one, _MOST_OF_A_NETWORK))
    yield Condition(f"domain.domain IN ({_LISTED})", (json.dumps(list(there)),), _LISTED)
