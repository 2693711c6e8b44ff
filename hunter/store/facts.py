"""Facts, never overwritten: each row is a value and the time it held."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from itertools import takewhile
from typing import Any, TypeAlias

import msgspec

from hunter.model import Fact, PastFact, Value
from hunter.store import Store, storable, to_moment, to_text

_Key: TypeAlias = tuple[str, str]
"""A field, and a value of it as written."""
Rows: TypeAlias = Sequence[tuple[object, ...]]
_COLUMNS = "subject, field, value, provider, first_seen, last_seen, ended_at, unknown"
_FIRST = 100
_MOST = 200
"""Past values of one field from one provider that are kept: the first and the newest. Whoever has
other name servers at every look must fill no disk, and not make every look at the domain slow."""
_IN_THE_MIDDLE = """
    SELECT id FROM
    (SELECT id, row_number() OVER (PARTITION BY field ORDER BY id) AS early,
    row_number() OVER (PARTITION BY field ORDER BY id DESC) AS late
    FROM fact WHERE subject = ?1 AND provider = ?2 AND ended_at IS NOT NULL)
    WHERE early > ?3 AND late > ?4
"""
_EVERY_FIELD = """
    WITH RECURSIVE known (field) AS (
    SELECT min(field) FROM fact
    UNION ALL SELECT (SELECT min(field) FROM fact WHERE field > known.field) FROM known
    WHERE field IS NOT NULL)
    SELECT field FROM known
"""
"""One look into the index for each: SELECT DISTINCT goes through millions of rows for a hundred."""
_AT_MOST = 1000
_IN_ANY_CASE = """
    SELECT {column} FROM fact WHERE field {fields} AND value = lower(?1)
    UNION
    SELECT {column} FROM fact
    WHERE field {fields} AND value = ?1 COLLATE NOCASE AND value != lower(value)
"""
"""Each half has its index: one of all values, and a small one of those with capitals."""
_SHARING_TEXT = _IN_ANY_CASE.format(column="subject", fields="= ?2") + " ORDER BY subject LIMIT ?3"
_CARRYING = (
    f"id IN ({_IN_ANY_CASE.format(column='id', fields=f'IN ({_EVERY_FIELD})')})"
    " ORDER BY last_seen DESC, subject LIMIT ?2"
)


def record(
    store: Store,
    domain: str,
    facts: Sequence[Fact],
    *,
    provider: str,
    fields: Iterable[str],
    at: datetime,
) -> None:
    """Keep one provider's answers about a domain, and about the hosts under it.

    `fields` are those the provider answers for: one that holds no value now ends what held before.
    "Could not find out" ends nothing, for it says nothing. Of very many values that ended those in
    the middle are forgotten.
    """
    answered, now = frozenset(fields), to_text(at)
    answers: dict[str, list[Fact]] = {domain: []}
    for fact in facts:
        answers.setdefault(fact.subject, []).append(fact)
    with store.transaction():
        for subject, found in answers.items():
            held = _current(store, subject, provider)
            told = {(fact.field, _written(fact.value)): fact.unknown for fact in found}
            unsure = {fact.field for fact in found if fact.value is None}
            gone = [key for key in held if key not in told and key[0] in answered - unsure]
            _end(store, [(now, held[key]) for key in gone])
            _hold_on(store, [(now, told[key], held[key]) for key in told if key in held])
            new = [key for key in told if key not in held]
            _begin(store, [(subject, *key, provider, now, now, told[key]) for key in new])
            if gone:
                _forget_the_middle(store, subject, provider)


def _end(store: Store, rows: Rows) -> None:
    store.execute_many("UPDATE fact SET ended_at = ? WHERE id = ?", rows)


def _hold_on(store: Store, rows: Rows) -> None:
    store.execute_many("UPDATE fact SET last_seen = ?, unknown = ? WHERE id = ?", rows)


def _begin(store: Store, rows: Rows) -> None:
    store.execute_many(
        "INSERT INTO fact (subject, field, value, provider, first_seen, last_seen, unknown)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def _forget_the_middle(store: Store, subject: str, provider: str) -> None:
    store.execute(
        f"DELETE FROM fact WHERE id IN ({_IN_THE_MIDDLE})",  # noqa: S608
        (subject, provider, _FIRST, _MOST - _FIRST),
    )


def record_past(store: Store, facts: Iterable[Fact], *, provider: str, at: datetime) -> None:
    """Keep what holds no longer at the moment it is learnt, unless the provider told it before."""
    when = to_text(at)
    for fact in facts:
        value = _written(fact.value)
        store.execute(
            "INSERT INTO fact"
            " (subject, field, value, provider, first_seen, last_seen, ended_at, unknown)"
            " SELECT ?, ?, ?, ?, ?, ?, ?, '' WHERE NOT EXISTS (SELECT 1 FROM fact"
            " WHERE subject = ? AND field = ? AND value = ? AND provider = ?)",
            (
                *(fact.subject, fact.field, value, provider, when, when, when),
                *(fact.subject, fact.field, value, provider),
            ),
        )


def told(store: Store, subject: str, field: str, provider: str) -> tuple[PastFact, ...]:
    """Everything that one provider ever told of one field, by time."""
    chosen = "subject = ? AND field = ? AND provider = ? ORDER BY first_seen"
    return _past(store, chosen, (subject, field, provider))


def _written(value: Value | None) -> str:
    return json.dumps(storable(value) if isinstance(value, str) else value)


def _current(store: Store, subject: str, provider: str) -> dict[_Key, int]:
    """Field and value as written → the row that holds it now."""
    rows = store.rows(
        "SELECT id, field, value FROM fact WHERE subject = ? AND provider = ? AND ended_at IS NULL",
        (subject, provider),
    )
    return {(row["field"], row["value"]): row["id"] for row in rows}


def fields_told(store: Store, subject: str, provider: str) -> frozenset[str]:
    """The fields of what holds now that the provider told, or could not find out."""
    return frozenset(field for field, _ in _current(store, subject, provider))


def history(store: Store, subject: str) -> tuple[PastFact, ...]:
    """Everything ever learnt about the subject, by field and time."""
    return _past(store, "subject = ? ORDER BY field, first_seen", (subject,))


class Held(msgspec.Struct, frozen=True, gc=False):
    """As much of a `PastFact` as dossiers and footprints need, made several times as quickly."""

    field: str
    value: Value | None
    first_seen: datetime
    ended_at: datetime | None
    unknown: str
    provider: str = ""
    """Empty where nobody asks for it."""


def held(store: Store, subject: str) -> tuple[Held, ...]:
    """The same as `history`, as a dossier wants it: it is read after every look at a domain."""
    rows = store.stream(
        "SELECT field, value, first_seen, ended_at, unknown, provider FROM fact WHERE subject = ?"
        " ORDER BY field, first_seen",
        (subject,),
    )
    decode = msgspec.json.decode
    return tuple(
        [
            Held(
                field,
                decode(value),
                to_moment(first_seen),
                to_moment(ended_at) if ended_at else None,
                unknown,
                provider,
            )
            for field, value, first_seen, ended_at, unknown, provider in rows
        ]
    )


def values(
    store: Store, subjects: Sequence[str], fields: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """Subject, field and value, as written, of all that holds or held; an index has them all."""
    # Each field looked for by itself would take longer than to go by all of one subject.
    return store.stream(
        "SELECT subject, field, fact.value FROM json_each(?) AS wanted"
        " CROSS JOIN fact INDEXED BY fact_by_subject ON subject = wanted.value"
        " WHERE +field IN (SELECT value FROM json_each(?))",
        (json.dumps(subjects), json.dumps(fields)),
    )


def now_of(
    store: Store, subjects: Sequence[str], field: str
) -> Iterator[tuple[str, str, Value | None]]:
    """About whom who tells what of the field at this time."""
    rows = store.stream(
        "SELECT subject, provider, fact.value FROM json_each(?) AS wanted CROSS JOIN fact"
        " ON subject = wanted.value AND field = ? WHERE ended_at IS NULL",
        (json.dumps(subjects), field),
    )
    return ((subject, provider, read(value)) for subject, provider, value in rows)


def first_now(store: Store, subjects: Sequence[str], field: str, at: datetime) -> dict[str, Value]:
    """About whom what held first of all that holds at this time, where anything does."""
    rows = store.stream(
        "SELECT subject, fact.value FROM json_each(?1) AS wanted CROSS JOIN fact"
        " ON subject = wanted.value AND field = ?2"
        " WHERE first_seen <= ?3 AND (ended_at IS NULL OR ended_at > ?3)"
        " ORDER BY wanted.key, first_seen",
        (json.dumps(subjects), field, to_text(at)),
    )
    found: dict[str, Value] = {}
    for subject, written in rows:
        if subject not in found and (value := read(written)) is not None:
            found[subject] = value
    return found


def read(written: str) -> Value | None:
    """A value as the store keeps it."""
    value: Value | None = msgspec.json.decode(written)
    return value


def _past(store: Store, where: str, parameters: Sequence[Any]) -> tuple[PastFact, ...]:
    """The facts that `where` chooses."""
    rows = store.stream(f"SELECT {_COLUMNS} FROM fact WHERE {where}", parameters)  # noqa: S608
    return tuple(
        PastFact(
            subject,
            field,
            msgspec.json.decode(value),
            provider,
            to_moment(first_seen),
            to_moment(last_seen),
            to_moment(ended_at) if ended_at else None,
            unknown,
        )
        for subject, field, value, provider, first_seen, last_seen, ended_at, unknown in rows
    )


def sharing(store: Store, field: str, value: Value, limit: int = _AT_MOST) -> tuple[str, ...]:
    """The subjects that carry the value now or did before."""
    return tuple(each_sharing(store, field, value, limit))


def each_sharing(store: Store, field: str, value: Value, limit: int) -> Iterator[str]:
    """The same one by one: whoever knows enough after some reads no further."""
    rows = store.stream(
        "SELECT DISTINCT subject FROM fact WHERE field = ? AND value = ? ORDER BY subject LIMIT ?",
        (field, _written(value), limit),
    )
    return (subject for (subject,) in rows)


def shared(store: Store, fields: Sequence[str]) -> tuple[str, ...]:
    """The values, as written, that more than one subject has or had in one of the fields."""
    rows = store.rows(
        "SELECT value FROM fact WHERE field IN (SELECT value FROM json_each(?))"
        " GROUP BY value HAVING min(subject) != max(subject)",
        (json.dumps(fields),),
    )
    return tuple(row["value"] for row in rows)


def sharing_text(store: Store, field: str, text: str, limit: int = _AT_MOST) -> tuple[str, ...]:
    """`sharing` for a text in whatever case."""
    rows = store.rows(_SHARING_TEXT, (_written(text), field, limit))
    return tuple(row["subject"] for row in rows)


def within(store: Store, fields: Sequence[str], network: str, limit: int) -> tuple[str, ...]:
    """The subjects with an address in the network, in CIDR, in one of the fields, now or before."""
    low, high, wanted = _text_range(network)
    found: dict[str, None] = {}
    for field in fields:
        rows = store.rows(
            "SELECT subject, value FROM fact WHERE field = ? AND value >= ? AND value < ?",
            (field, low, high),
        )
        found |= {row["subject"]: None for row in rows if _is_within(row["value"], wanted)}
    return tuple(sorted(found)[:limit])


def _text_range(network: str) -> tuple[str, str, IPv4Network | IPv6Network]:
    """Between which texts the network's addresses stand, as far as whole groups of them tell."""
    wanted = ip_network(network)
    mark, width = (".", 8) if isinstance(wanted, IPv4Network) else (":", 16)
    whole = min(wanted.prefixlen // width, wanted.max_prefixlen // width - 1)
    groups = str(wanted.network_address).split(mark)[:whole]
    if isinstance(wanted, IPv6Network):
        # How zeros are shortened depends on the whole address.
        groups = list(takewhile(lambda group: group not in {"", "0"}, groups))
    start = '"' + "".join(group + mark for group in groups)
    # Beyond the last text that begins so; every character of an address comes before "g".
    return start, start + "g", wanted


def _is_within(written: str, network: IPv4Network | IPv6Network) -> bool:
    try:
        return ip_address(json.loads(written)) in network
    except ValueError:
        return False


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


def forget_asked(store: Store, domain: str, enricher: str) -> None:
    """Let the enricher be asked as soon as it has something to say again."""
    store.execute("DELETE FROM asked WHERE domain = ? AND enricher = ?", (domain, enricher))


def carrying(store: Store, value: Value, limit: int) -> tuple[PastFact, ...]:
    """The facts with that value, whatever its field, newest first; a text in whatever case."""
    return _past(store, _CARRYING, (_written(value), limit))
