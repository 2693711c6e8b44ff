"""Read the past from the store in one pass: domain by domain, with as little in hand as will do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec

from hunter.model import Match, Sighting, Value
from hunter.store import Store, to_moment
from hunter.store.facts import Held

_AT_ONCE = 500
"""Domains that are read together: whoever reads all of them for minutes keeps what the daemon
writes meanwhile out of the file, and its log grows by all of it."""
_SOME = (
    "SELECT DISTINCT domain FROM match JOIN domain USING (domain) WHERE enriched AND domain > ?"
    " ORDER BY domain LIMIT ?"
)
_MATCHES = (
    "SELECT domain, match FROM match JOIN domain USING (domain) WHERE enriched"
    " AND domain BETWEEN ? AND ? ORDER BY domain"
)
_SIGHTINGS = (
    "SELECT domain, name, source, first_seen, origin FROM sighting WHERE domain BETWEEN ? AND ?"
    " ORDER BY domain"
)
_COLUMNS = (
    "SELECT subject, json_group_array(field), '[' || group_concat({value}) || ']',"
    " json_group_array(first_seen), json_group_array(ended_at), json_group_array(unknown) FROM fact"
)
_FACTS = (
    _COLUMNS.format(value="value")
    + " WHERE subject BETWEEN ? AND ? GROUP BY subject ORDER BY subject"
)
"""Column by column: a row for each of dozens of facts would cost twice as much to read."""
_MENDED = (
    _COLUMNS.format(value="iif(json_valid(value), value, json_quote(value))") + " WHERE subject = ?"
)
"""The same for a subject with a value that is no JSON, which is then taken for a text."""


@dataclass(frozen=True, slots=True)
class Past:
    """All that the store holds about one domain that resembled a brand."""

    domain: str
    matches: tuple[Match, ...]
    sightings: tuple[Sighting, ...]
    history: tuple[Held, ...]


def domains(store: Store) -> int:
    """How many there are to read."""
    row = store.row(
        "SELECT count(*) AS number FROM domain WHERE enriched"
        " AND domain IN (SELECT domain FROM match)"
    )
    return 0 if row is None else int(row["number"])


def read(store: Store) -> Iterator[Past]:
    """Every domain with a match that was judged, in alphabetical order."""
    last = ""
    while some := store.rows(_SOME, (last, _AT_ONCE)):
        first, last = some[0]["domain"], some[-1]["domain"]
        yield from list(_between(store, first, last))


def _between(store: Store, first: str, last: str) -> Iterator[Past]:
    seen = _Rows(store, _SIGHTINGS, (first, last))
    facts = _Rows(store, _FACTS, (first, last))
    matches = store.stream(_MATCHES, (first, last))
    for domain, own in groupby(matches, key=itemgetter(0)):
        yield Past(
            domain,
            tuple([_match(row[1]) for row in own]),
            tuple([_sighting(row) for row in seen.of(domain)]),
            _held(store, facts.of(domain)),
        )


class _Rows:
    """Rows in the order of their first column, asked for in the same order."""

    def __init__(self, store: Store, sql: str, span: tuple[str, str]) -> None:
        self._rows = store.stream(sql, span)
        self._next = next(self._rows, None)

    def of(self, key: str) -> list[tuple[Any, ...]]:
        """The rows of one key; those of keys before it are passed over."""
        row, found = self._next, []
        while row is not None and row[0] <= key:
            if row[0] == key:
                found.append(row)
            row = next(self._rows, None)
        self._next = row
        return found


def _sighting(row: tuple[Any, ...]) -> Sighting:
    domain, name, source, first_seen, origin = row
    return Sighting(name, domain, source, to_moment(first_seen), _origin(origin))


def _held(store: Store, rows: Iterable[tuple[Any, ...]]) -> tuple[Held, ...]:
    for row in rows:
        return _history(row) or next(map(_history, store.stream(_MENDED, row[:1])), None) or ()
    return ()


def _history(row: tuple[Any, ...]) -> tuple[Held, ...] | None:
    """What a row of columns holds; None when the values cannot be told apart."""
    _, fields, values, since, until, unknown = row
    names = _texts(fields)
    try:
        held = _values(values)
    except msgspec.DecodeError:
        return None
    if len(held) != len(names):
        return None
    return tuple(map(Held, names, held, _moments(since), _ends(until), _texts(unknown)))


# The names of fields, and mostly that nothing ended or stayed unknown, are the same for thousands.
_texts = lru_cache(maxsize=4096)(msgspec.json.Decoder(tuple[str, ...]).decode)
_ends = lru_cache(maxsize=4096)(msgspec.json.Decoder(tuple[datetime | None, ...]).decode)
_match = msgspec.json.Decoder(Match).decode
_values = msgspec.json.Decoder(tuple[Value | None, ...]).decode
_moments = msgspec.json.Decoder(tuple[datetime, ...]).decode


def _origin(text: str) -> dict[str, Any]:
    return {} if text == "{}" else dict(msgspec.json.decode(text))
