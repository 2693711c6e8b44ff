"""What the store holds of a span of time: its new lookalikes, and which sources saw names."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hunter.model import Stage
from hunter.store import Store, to_moment, to_text


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A domain, and the brand that one of its names resembles most plainly."""

    domain: str
    brand: str
    technique: str
    confidence: float
    first_seen: datetime
    stage: Stage | None
    """Where on the ladder it stands; None until it was looked up."""


def lookalikes(store: Store, since: datetime, until: datetime) -> tuple[Lookalike, ...]:
    """Those first seen in the span (until is not part of it), each once, oldest first."""
    rows = store.rows(
        "SELECT domain.domain, brand, technique, max(confidence) AS confidence, first_seen, stage"
        " FROM domain JOIN match ON match.domain = domain.domain"
        " WHERE first_seen >= ? AND first_seen < ?"
        " GROUP BY domain.domain ORDER BY first_seen, domain.domain",
        (to_text(since), to_text(until)),
    )
    return tuple(_lookalike(row) for row in rows)


def _lookalike(row: sqlite3.Row) -> Lookalike:
    return Lookalike(
        domain=row["domain"],
        brand=row["brand"],
        technique=row["technique"],
        confidence=row["confidence"],
        first_seen=to_moment(row["first_seen"]),
        stage=None if row["stage"] is None else Stage(row["stage"]),
    )


@dataclass(frozen=True, slots=True)
class Known:
    """When a source first saw a domain, and where on the ladder it stands."""

    first_seen: datetime
    stage: Stage | None


def known(store: Store, domains: Iterable[str]) -> Mapping[str, Known]:
    """Domain → what is known of it; without those that no source ever saw."""
    rows = store.stream(
        "SELECT domain, first_seen, stage FROM domain"
        " WHERE domain IN (SELECT value FROM json_each(?))",
        (json.dumps([*domains]),),
    )
    return {
        domain: Known(to_moment(first_seen), None if stage is None else Stage(stage))
        for domain, first_seen, stage in rows
    }


def names_by_source(store: Store, since: datetime, until: datetime) -> Mapping[str, int]:
    """source → how many names it saw for the first time in the span, the most first."""
    rows = store.rows(
        "SELECT source, count(*) AS seen FROM sighting WHERE first_seen >= ? AND first_seen < ?"
        " GROUP BY source ORDER BY seen DESC, source",
        (to_text(since), to_text(until)),
    )
    return {row["source"]: row["seen"] for row in rows}
