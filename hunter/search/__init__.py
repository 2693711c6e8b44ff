"""Questions over everything the store knows: which domains have this and that about them.

The condition that fewest domains fulfil finds them, through its index; the others are tested on
each. Where none is rare, the newest domains are tested first: they are most of what is asked for.
"""

import json
from collections.abc import Sequence
from typing import Any

from hunter import names
from hunter.search.answers import answers, standing
from hunter.search.conditions import Condition, conditions
from hunter.search.query import SORTS, Query
from hunter.store import Store

__all__ = ["SORTS", "Query", "answers", "plan", "search", "standing"]

_RARE = 20_000
_COUNTED = 300_000
_NEWEST = 20_000

_ORDERS = {
    "seen": "domain.first_seen {down}, domain.domain",
    "domain": "domain.domain {up}",
    "registered": (
        "(SELECT max(value) FROM fact WHERE subject = domain.domain AND field = 'registered'"
        " AND ended_at IS NULL AND length(value) = 8) {down}, domain.domain"
    ),
    "severity": (
        "(SELECT max(severity) FROM alert WHERE alert.domain = domain.domain) {down},"
        " domain.first_seen DESC, domain.domain"
    ),
    "confidence": (
        "(SELECT max(confidence) FROM match WHERE match.domain = domain.domain) {down},"
        " domain.first_seen DESC, domain.domain"
    ),
}


_SELECT = "SELECT domain.domain FROM {} WHERE {} ORDER BY {} LIMIT ?"
_COUNT = "SELECT count(*) AS size FROM ({} LIMIT ?)"
_NEWEST_FIRST = "(SELECT * FROM domain ORDER BY first_seen DESC LIMIT ?) AS domain"
_THROUGH = "(SELECT DISTINCT domain FROM ({})) AS found CROSS JOIN domain USING (domain)"
"""CROSS JOIN is SQLite's way to say which table comes first."""


def search(store: Store, query: Query) -> tuple[str, ...]:
    """The registrable domains that answer the query, in its order; raises NotARegex."""
    if query.matches:
        _define_patterns(store, query.matches)
    if not "".join((*query.contains, *query.excludes)).isascii():
        store.define("shown", names.to_unicode)
    store.define("small", lambda value: str(json.loads(value)).lower())
    every = conditions(store, query)
    first, size = _rarest(store, every)
    if size > _RARE and query.sort == "seen" and not query.reverse:
        found = _ask(store, query, (_NEWEST_FIRST, (_NEWEST,)), every)
        if len(found) >= query.limit:
            return found
    return _ask(store, query, *_driven(first, every))


def plan(store: Store, query: Query) -> tuple[str, ...]:
    """SQLite's plan for the query, a line for each step."""
    every = conditions(store, query)
    source, tested = _driven(_rarest(store, every)[0], every)
    sql, values = _statement(query, source, tested)
    return tuple(row["detail"] for row in store.rows("EXPLAIN QUERY PLAN " + sql, values))


def _define_patterns(store: Store, pattern: str) -> None:
    from hunter.rulebook.regex import finder  # it takes as long to load as the search itself

    finder(pattern)
    store.define("holds_pattern", lambda pattern, name: finder(pattern)(name.encode()))


_Source = tuple[str, tuple[Any, ...]]
"""Where candidates come from: SQL for the FROM clause, and its parameters."""


def _rarest(store: Store, every: Sequence[Condition]) -> tuple[Condition | None, int]:
    """The condition with the fewest domains, and how many; counting ends where it is pointless."""
    best: tuple[Condition | None, int] = (None, _COUNTED)
    for condition in every:
        if condition.found and not condition.scans:
            size = _size(store, condition, best[1])
            if size < best[1]:
                best = (condition, size)
    if best[0] is None:
        scanning = (condition for condition in every if condition.scans)
        return next(scanning, None), _COUNTED
    return best


def _size(store: Store, condition: Condition, most: int) -> int:
    row = store.row(_COUNT.format(condition.found), (*condition.values, most))
    return most if row is None else int(row["size"])


def _driven(
    first: Condition | None, every: Sequence[Condition]
) -> tuple[_Source, tuple[Condition, ...]]:
    if first is None:
        return ("domain", ()), tuple(every)
    source = _THROUGH.format(first.found)
    return (source, first.values), tuple(one for one in every if one is not first)


def _ask(
    store: Store, query: Query, source: _Source, tested: Sequence[Condition]
) -> tuple[str, ...]:
    sql, values = _statement(query, source, tested)
    return tuple(row["domain"] for row in store.rows(sql, values))


def _statement(
    query: Query, source: _Source, tested: Sequence[Condition]
) -> tuple[str, tuple[Any, ...]]:
    table, values = source
    held = " AND ".join(condition.test for condition in tested) or "1"
    down, up = ("ASC", "DESC") if query.reverse else ("DESC", "ASC")
    order = _ORDERS[query.sort].format(down=down, up=up)
    sql = _SELECT.format(table, held, order)
    return sql, (*values, *(one for each in tested for one in each.values), query.limit)
