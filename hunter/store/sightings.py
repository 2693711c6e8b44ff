"""Sightings and matches, and the domains they are about with their place in the queue."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from hunter.model import Match, Sighting, Stage
from hunter.store import Store, to_moment, to_text
from hunter.store.encoding import dump, load

_FIRST = 50
_MOST = 100
"""Names of one domain that are kept from one source: the first and the newest. Whoever buys
certificates for thousands must not make every look at the domain slow."""
_AWAY = timedelta(days=30)
"""What was not seen for so long is seen anew: a name that fell back may have been bought again."""
_IN_THE_MIDDLE = """
    SELECT name FROM sighting WHERE domain = ?1 AND source = ?2 ORDER BY first_seen, name
    LIMIT max(0, (SELECT count(*) FROM sighting WHERE domain = ?1 AND source = ?2) - ?3) OFFSET ?4
"""
_STRONGEST = """
    SELECT lower(name) FROM
    (SELECT name, max(confidence) FROM match WHERE domain = ?1 GROUP BY brand)
"""
_FORGET_THEIR_MATCHES = """
    DELETE FROM match WHERE domain = ?1
    AND lower(name) NOT IN (SELECT name FROM sighting WHERE domain = ?1)
    AND (name, brand) NOT IN (SELECT name, brand FROM
    (SELECT name, brand, max(confidence) FROM match WHERE domain = ?1 GROUP BY brand))
"""


def record(
    store: Store, sightings: Sequence[Sighting], matches: Sequence[Match], now: datetime
) -> None:
    """Keep sightings and matches; a name not known before makes its domain due at once.

    Judgement waits until the facts were asked for once, so that the first alert tells them. The
    same name from the same source again only moves `last_seen`; after a long absence it is due as
    well. Of very many names of one domain those in the middle are forgotten. A name goes over to
    another domain when its ending has become a public suffix since: two sites on one host are then
    told apart.
    """
    with store.transaction():
        new = [one for one in sightings if _record_sighting(store, one, now)]
        for match in matches:
            _record_match(store, match)
        for domain, source in {(one.registrable, one.source) for one in new}:
            _forget_the_middle(store, domain, source)


def _record_sighting(store: Store, sighting: Sighting, now: datetime) -> bool:
    """Whether it is new."""
    seen = to_text(sighting.seen_at)
    store.execute(
        "INSERT INTO domain (domain, first_seen, due_at) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET first_seen = min(first_seen, excluded.first_seen)",
        (sighting.registrable, seen, to_text(now)),
    )
    new = store.execute(
        "INSERT INTO sighting VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " domain = excluded.domain WHERE excluded.domain != domain",
        (
            sighting.name,
            sighting.source,
            sighting.registrable,
            seen,
            seen,
            json.dumps(dict(sighting.origin)),
        ),
    )
    if new or _is_back(store, sighting):
        make_due(store, sighting.registrable, now)
    if not new:
        store.execute(
            "UPDATE sighting SET last_seen = max(last_seen, ?) WHERE name = ? AND source = ?",
            (seen, sighting.name, sighting.source),
        )
    return bool(new)


def _is_back(store: Store, sighting: Sighting) -> bool:
    """Whether the source sees a known name again that it had not seen for long."""
    row = store.row(
        "SELECT 1 FROM sighting WHERE name = ? AND source = ? AND last_seen < ?",
        (sighting.name, sighting.source, to_text(sighting.seen_at - _AWAY)),
    )
    return row is not None


def _forget_the_middle(store: Store, domain: str, source: str) -> None:
    """What an alert rests on stays all the same."""
    gone = store.execute(
        "DELETE FROM sighting WHERE domain = ?1 AND source = ?2"  # noqa: S608
        f" AND name IN ({_IN_THE_MIDDLE}) AND name NOT IN ({_STRONGEST})",
        (domain, source, _MOST, _FIRST),
    )
    if gone:
        store.execute(_FORGET_THEIR_MATCHES, (domain,))


def make_due(store: Store, domain: str, now: datetime) -> None:
    """Something is new about the domain: ask about it now, and judge it again."""
    store.execute(
        "UPDATE domain SET due_at = min(due_at, ?), judge = enriched WHERE domain = ?",
        (to_text(now), domain),
    )


def _record_match(store: Store, match: Match) -> None:
    changed = store.execute(
        "INSERT INTO match VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " domain = excluded.domain, confidence = excluded.confidence,"
        " technique = excluded.technique, match = excluded.match"
        " WHERE excluded.confidence > confidence OR excluded.domain != domain",
        (
            match.name,
            match.brand,
            match.registrable,
            match.confidence,
            match.technique,
            dump(match),
        ),
    )
    if changed:
        store.execute("UPDATE domain SET judge = enriched WHERE domain = ?", (match.registrable,))


def sightings_of(store: Store, domain: str) -> tuple[Sighting, ...]:
    """Every sighting of a registrable domain and its hosts, oldest first."""
    rows = store.rows("SELECT * FROM sighting WHERE domain = ? ORDER BY first_seen", (domain,))
    return tuple(
        Sighting(
            name=row["name"],
            registrable=row["domain"],
            source=row["source"],
            seen_at=to_moment(row["first_seen"]),
            origin=json.loads(row["origin"]),
        )
        for row in rows
    )


def holding(store: Store, text: str, without: Sequence[str], limit: int) -> tuple[str, ...]:
    """The names seen by any source that hold a string and no other, in the order of domains."""
    rows = store.rows(
        "SELECT DISTINCT name FROM sighting INDEXED BY sighting_domain WHERE instr(name, ?)"
        " AND NOT EXISTS (SELECT 1 FROM json_each(?) WHERE instr(name, value)) LIMIT ?",
        (text, json.dumps(without), limit),
    )
    return tuple(row["name"] for row in rows)


def best_matches(store: Store, domain: str) -> tuple[Match, ...]:
    """The strongest match of the domain for each brand."""
    rows = store.rows(
        "SELECT match, max(confidence) FROM match WHERE domain = ? GROUP BY brand ORDER BY brand",
        (domain,),
    )
    return tuple(load(row["match"], Match) for row in rows)


def brands_of(store: Store, domains: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """Domain → the brands that a name of it imitates; without those of which no name does."""
    rows = store.stream(
        "SELECT domain, group_concat(DISTINCT brand) FROM match"
        " WHERE domain IN (SELECT value FROM json_each(?)) GROUP BY domain",
        (json.dumps(domains),),
    )
    return {domain: _listed(brands) for domain, brands in rows}


@lru_cache(maxsize=1000)
def _listed(joined: str) -> frozenset[str]:
    """One for all of the same."""
    return frozenset(joined.split(","))


def known(store: Store, domains: Sequence[str]) -> tuple[str, ...]:
    """Those of the domains that any source ever saw, in their order."""
    rows = store.rows(
        "SELECT wanted.value AS domain FROM json_each(?) AS wanted JOIN domain"
        " ON domain.domain = wanted.value ORDER BY wanted.key",
        (json.dumps(domains),),
    )
    return tuple(row["domain"] for row in rows)


def matches(store: Store, domain: str, brand: str) -> tuple[Match, ...]:
    """Those of the domain's names with the brand, the strongest first."""
    rows = store.rows(
        "SELECT match FROM match WHERE domain = ? AND brand = ? ORDER BY confidence DESC",
        (domain, brand),
    )
    return tuple(load(row["match"], Match) for row in rows)


def techniques(store: Store) -> tuple[str, ...]:
    """Every technique that a stored name imitates by."""
    rows = store.rows("SELECT DISTINCT technique FROM match ORDER BY technique")
    return tuple(row["technique"] for row in rows)


def first_seen(store: Store, domain: str) -> datetime | None:
    """When the domain was first seen by any source, or None when it never was."""
    row = store.row("SELECT first_seen FROM domain WHERE domain = ?", (domain,))
    return None if row is None else to_moment(row["first_seen"])


def first_sightings(store: Store, domains: Sequence[str]) -> dict[str, datetime]:
    """Domain → when one of its names was seen first; without those that have none."""
    rows = store.stream(
        "SELECT domain, min(first_seen) FROM sighting"
        " WHERE domain IN (SELECT value FROM json_each(?)) GROUP BY domain",
        (json.dumps(domains),),
    )
    return {domain: to_moment(at) for domain, at in rows}


def first_seen_between(
    store: Store, brand: str, since: datetime, until: datetime, limit: int
) -> tuple[str, ...]:
    """The brand's lookalikes that were first seen in that time, the latest ones."""
    rows = store.rows(
        "SELECT domain FROM domain WHERE first_seen BETWEEN ? AND ?"
        " AND EXISTS (SELECT 1 FROM match WHERE match.domain = domain.domain AND brand = ?)"
        " ORDER BY first_seen DESC LIMIT ?",
        (to_text(since), to_text(until), brand, limit),
    )
    return tuple(row["domain"] for row in rows)


def set_stage(store: Store, domain: str, stage: Stage, now: datetime) -> datetime:
    """Note how far up the ladder the domain stands; returns since when.

    Where it stood at the first look counts since it was first seen.
    """
    store.execute(
        "UPDATE domain SET stage_since = CASE WHEN stage IS NULL THEN first_seen ELSE ? END,"
        " stage = ? WHERE domain = ? AND stage IS NOT ?",
        (to_text(now), int(stage), domain, int(stage)),
    )
    row = store.row("SELECT stage_since FROM domain WHERE domain = ?", (domain,))
    return now if row is None else to_moment(row["stage_since"])


def due(store: Store, now: datetime, limit: int) -> tuple[str, ...]:
    """Domains whose facts are due to be asked for, longest overdue first."""
    rows = store.rows(
        "SELECT domain FROM domain WHERE due_at <= ? ORDER BY due_at LIMIT ?", (to_text(now), limit)
    )
    return tuple(row["domain"] for row in rows)


def due_since(store: Store, domain: str) -> datetime:
    """When a domain was to be asked about that is being asked about now."""
    row = store.row("SELECT due_at FROM domain WHERE domain = ?", (domain,))
    assert row is not None
    return to_moment(row["due_at"])


def set_due(store: Store, domain: str, at: datetime) -> None:
    """When the domain is to be asked about next; what was learnt now asks for judgement."""
    store.execute(
        "UPDATE domain SET due_at = ?, enriched = 1, judge = 1 WHERE domain = ?",
        (to_text(at), domain),
    )


def to_judge(store: Store, limit: int) -> tuple[str, ...]:
    """Domains whose facts, matches or rules changed since they were judged, the newest first.

    Who has just been seen does not wait until all others were judged by new rules.
    """
    rows = store.rows(
        "SELECT domain FROM domain WHERE judge = 1 ORDER BY first_seen DESC LIMIT ?", (limit,)
    )
    return tuple(row["domain"] for row in rows)


def mark_judged(store: Store, domain: str) -> None:
    """Note that it has been judged, with all that is known of it now."""
    store.execute("UPDATE domain SET judge = 0 WHERE domain = ?", (domain,))


def judge_all(store: Store) -> None:
    """Ask for every domain to be judged whose facts were asked for: the rules changed."""
    store.execute("UPDATE domain SET judge = enriched")
