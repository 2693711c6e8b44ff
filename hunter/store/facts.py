"""Facts, never overwritten: each row is a value and the time it held."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from hunter.model import Fact, PastFact, Value
from hunter.store import Store, to_moment, to_text


def record(store: Store, facts: Sequence[Fact], asked: Iterable[str], provider: str) -> bool:
    """Keep one provider's answers about one or more subjects; True when anything is new.

    `asked` are the fields the provider answers for: a field of a subject that holds no value now
    ends what held before. "Could not find out" ends nothing, for it says nothing.
    """
    changed = False
    with store.transaction():
        for subject, found in groupby(sorted(facts, key=_by_subject), key=_by_subject):
            changed |= _record_subject(store, subject, list(found), set(asked), provider)
    return changed


def _by_subject(fact: Fact) -> str:
    return fact.subject


def _record_subject(
    store: Store, subject: str, facts: list[Fact], asked: set[str], provider: str
) -> bool:
    at = to_text(facts[0].observed_at)
    silent = {fact.field for fact in facts if fact.value is None}
    changed = [_record_one(store, fact, provider, at) for fact in facts]
    answered = {(fact.field, json.dumps(fact.value)) for fact in facts}
    ended = [
        _end(store, row["id"], at)
        for row in _current(store, subject, provider)
        if row["field"] in asked - silent and (row["field"], row["value"]) not in answered
    ]
    return any(changed) or any(ended)


def _record_one(store: Store, fact: Fact, provider: str, at: str) -> bool:
    value = json.dumps(fact.value)
    seen = store.execute(
        "UPDATE fact SET last_seen = ?, unknown = ?"
        " WHERE subject = ? AND field = ? AND provider = ? AND value = ? AND ended_at IS NULL",
        (at, fact.unknown, fact.subject, fact.field, provider, value),
    )
    if seen:
        return False
    store.execute(
        "INSERT INTO fact (subject, field, value, provider, first_seen, last_seen, unknown)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (fact.subject, fact.field, value, provider, at, at, fact.unknown),
    )
    return True


def _current(store: Store, subject: str, provider: str) -> list[dict[str, str]]:
    return [
        dict(row)
        for row in store.rows(
            "SELECT id, field, value FROM fact"
            " WHERE subject = ? AND provider = ? AND ended_at IS NULL",
            (subject, provider),
        )
    ]


def _end(store: Store, identity: str, at: str) -> bool:
    return bool(store.execute("UPDATE fact SET ended_at = ? WHERE id = ?", (at, identity)))


def history(store: Store, subject: str) -> tuple[PastFact, ...]:
    """Everything ever learnt about the subject, by field and time."""
    rows = store.rows("SELECT * FROM fact WHERE subject = ? ORDER BY field, first_seen", (subject,))
    return tuple(_past(row) for row in rows)


def _past(row: object) -> PastFact:
    values = dict(row)  # type: ignore[call-overload]
    return PastFact(
        subject=values["subject"],
        field=values["field"],
        value=json.loads(values["value"]),
        provider=values["provider"],
        first_seen=to_moment(values["first_seen"]),
        last_seen=to_moment(values["last_seen"]),
        ended_at=to_moment(values["ended_at"]) if values["ended_at"] else None,
        unknown=values["unknown"],
    )


def sharing(store: Store, field: str, value: Value, limit: int = 1000) -> tuple[str, ...]:
    """The subjects that carry the value now or did before."""
    rows = store.rows(
        "SELECT DISTINCT subject FROM fact WHERE field = ? AND value = ? ORDER BY subject LIMIT ?",
        (field, json.dumps(value), limit),
    )
    return tuple(row["subject"] for row in rows)


def asked_at(store: Store, domain: str) -> dict[str, datetime]:
    """enricher → when it was last asked about the domain."""
    rows = store.rows("SELECT enricher, at FROM asked WHERE domain = ?", (domain,))
    return {row["enricher"]: to_moment(row["at"]) for row in rows}


def set_asked(store: Store, domain: str, enricher: str, at: datetime) -> None:
    """Note that the enricher was asked about the domain."""
    store.execute(
        "INSERT INTO asked VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at",
        (domain, enricher, to_text(at)),
    )
