"""Questions over everything the store knows: which domains have this and that about them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hunter.model import Value
from hunter.store import Store

_NEWEST_FIRST = " ORDER BY domain.first_seen DESC, domain.domain LIMIT ?"


@dataclass(frozen=True, slots=True)
class Query:
    """What a domain must have; what is left out does not matter; of several values any will do."""

    contains: str = ""
    excludes: str = ""
    registered_since: int = 0
    """YYYYMMDD"""
    seen_since: int = 0
    """YYYYMMDD"""
    registrant: tuple[str, ...] = ()
    registrant_domain: tuple[str, ...] = ()
    ns: tuple[str, ...] = ()
    """Name servers, or the domains they stand under."""
    address: tuple[str, ...] = ()
    asn: tuple[int, ...] = ()
    registrar: tuple[str, ...] = ()
    technique: str = ""
    brand: str = ""
    limit: int = 1000


def search(store: Store, query: Query) -> tuple[str, ...]:
    """The registrable domains that answer the query, last seen first."""
    conditions = [*_names(query), *_facts(query)]
    sql = "SELECT domain.domain FROM domain"
    if conditions:
        sql += " WHERE " + " AND ".join(text for text, _ in conditions)
    values = [value for _, some in conditions for value in some]
    rows = store.rows(sql + _NEWEST_FIRST, (*values, query.limit))
    return tuple(row["domain"] for row in rows)


def _names(query: Query) -> list[tuple[str, Sequence[Any]]]:
    found: list[tuple[str, Sequence[Any]]] = []
    if query.contains:
        found.append((f"(instr(domain.domain, ?) OR {_ANY_NAME})", [query.contains] * 2))
    if query.excludes:
        found.append(("NOT instr(domain.domain, ?)", [query.excludes]))
    if query.seen_since:
        found.append(("domain.first_seen >= ?", [_iso(query.seen_since)]))
    if query.technique:
        found.append((_MATCH.format("instr(technique, ?)"), [query.technique]))
    if query.brand:
        found.append((_MATCH.format("brand = ?"), [query.brand]))
    return found


_ANY_NAME = (
    "EXISTS (SELECT 1 FROM sighting WHERE sighting.domain = domain.domain AND instr(name, ?))"
)
_MATCH = "EXISTS (SELECT 1 FROM match WHERE match.domain = domain.domain AND {})"
_FACT = "EXISTS (SELECT 1 FROM fact WHERE subject = domain.domain AND field IN ({}) AND {})"


def _iso(day: int) -> str:
    text = str(day)
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"


def _facts(query: Query) -> list[tuple[str, Sequence[Any]]]:
    asked: list[tuple[tuple[str, ...], tuple[Value, ...]]] = [
        (("registrant_email",), query.registrant),
        (("registrant_email_domain",), query.registrant_domain),
        (("ns", "ns_domain", "registry_ns"), query.ns),
        (("a", "aaaa", "origin_ip"), query.address),
        (("asn",), query.asn),
        (("registrar",), query.registrar),
    ]
    found = [_one_of(fields, values) for fields, values in asked if values]
    if query.registered_since:
        text = _FACT.format("'registered'", "CAST(value AS INTEGER) >= ?")
        found.append((text, [query.registered_since]))
    return found


def _one_of(fields: tuple[str, ...], values: Sequence[Value]) -> tuple[str, Sequence[Any]]:
    marks = ", ".join("?" * len(values))
    text = _FACT.format(", ".join(f"'{field}'" for field in fields), f"value IN ({marks})")
    return text, [json.dumps(value) for value in values]
