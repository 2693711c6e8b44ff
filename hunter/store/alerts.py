"""Alerts with their transitions."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from types import MappingProxyType
from typing import Any

from hunter import names
from hunter.model import (
    LINKED,
    REOPENED,
    Alert,
    AlertState,
    Finding,
    Level,
    Match,
    Transition,
    points,
)
from hunter.store import Store, to_moment, to_text
from hunter.store.encoding import dump, load


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which alerts are wanted, beyond brand, state and severity."""

    only_open: bool = False
    """Without those that are dismissed or closed."""
    since: datetime | None = None
    """Only those that changed then or later."""
    contains: str = ""
    """A part of the domain as the store has it, or of what is shown in its place."""
    domains: frozenset[str] = frozenset()
    """Only these; all when none."""
    most: int = -1


ALL = Narrowed()
_AT_ONCE = 500
"""Alerts that are read together: all of thirty thousand would take half a gigabyte."""
_OPEN = "state NOT IN ('dismissed', 'closed')"
_GRAVEST_FIRST = "ORDER BY severity DESC, score DESC, points DESC, updated_at DESC, id"
"""By what the rules give together, too: most alerts of a hot week have the highest score."""


def find(store: Store, brand: str, domain: str) -> Alert | None:
    """The alert about the domain for the brand."""
    rows = store.rows("SELECT * FROM alert WHERE brand = ? AND domain = ?", (brand, domain))
    return next(iter(_alerts(store, rows)), None)


def about(store: Store, domain: str) -> tuple[Alert, ...]:
    """The alerts about a registrable domain, one per brand."""
    rows = store.rows("SELECT * FROM alert WHERE domain = ? ORDER BY brand", (domain,))
    return _alerts(store, rows)


def dismissed(store: Store) -> dict[str, bool]:
    """Every domain that there is an alert about → whether a person dismissed all there are."""
    rows = store.rows(
        "SELECT domain, min(state = 'dismissed') AS dismissed FROM alert GROUP BY domain"
    )
    return {row["domain"]: bool(row["dismissed"]) for row in rows}


def severities(store: Store) -> dict[str, int]:
    """Domain → the severity of its gravest alert that nobody dismissed."""
    rows = store.rows(
        "SELECT domain, max(severity) AS gravest FROM alert WHERE state != 'dismissed'"
        " GROUP BY domain"
    )
    return {row["domain"]: row["gravest"] for row in rows}


def most_telling_of(store: Store, domains: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Domain → brand and severity of its most telling alert that nobody dismissed.

    One in which it imitates, and of those the gravest, then the newest. Without the domains that
    have none.
    """
    rows = store.rows(
        "SELECT domain, brand, severity FROM (SELECT domain, brand, severity, row_number() OVER"
        " (PARTITION BY domain ORDER BY json_extract(match, '$.technique') = ?,"
        " severity DESC, score DESC, updated_at DESC, id) AS place"
        " FROM alert WHERE state != 'dismissed' AND domain IN (SELECT value FROM json_each(?)))"
        " WHERE place = 1",
        (LINKED, json.dumps([*domains])),
    )
    return {row["domain"]: (row["brand"], row["severity"]) for row in rows}


def domains(store: Store) -> tuple[str, ...]:
    """Every domain that there is an alert about."""
    return tuple(row["domain"] for row in store.rows("SELECT DISTINCT domain FROM alert"))


def brands(store: Store) -> tuple[str, ...]:
    """Every brand that there is an alert for; some may have left the config."""
    return tuple(row["brand"] for row in store.rows("SELECT DISTINCT brand FROM alert"))


def open_among(store: Store, brand: str, domains: Iterable[str]) -> frozenset[str]:
    """Those of the domains that an alert for the brand is about, not dismissed or closed."""
    rows = store.rows(
        f"SELECT domain FROM alert WHERE brand = ? AND {_OPEN}"  # noqa: S608
        " AND domain IN (SELECT value FROM json_each(?))",
        (brand, json.dumps([*domains])),
    )
    return frozenset(row["domain"] for row in rows)


def listed(
    store: Store,
    *,
    brand: str | None = None,
    state: AlertState | None = None,
    minimum: Level = Level.INFORMATIONAL,
    narrowed: Narrowed = ALL,
) -> tuple[Alert, ...]:
    """Alerts, the gravest first: by severity, score and points; the newest of those alike."""
    return tuple(each(store, brand=brand, state=state, minimum=minimum, narrowed=narrowed))


def each(
    store: Store,
    *,
    brand: str | None = None,
    state: AlertState | None = None,
    minimum: Level = Level.INFORMATIONAL,
    narrowed: Narrowed = ALL,
) -> Iterator[Alert]:
    """The same one by one, for more than memory should hold."""
    store.define("shown", names.to_unicode)
    found = store.stream(
        "SELECT id FROM alert WHERE severity >= ?1 AND (?2 IS NULL OR brand = ?2)"  # noqa: S608
        f" AND (?3 IS NULL OR state = ?3) AND (NOT ?4 OR {_OPEN})"
        " AND (?5 IS NULL OR updated_at >= ?5)"
        " AND (instr(domain, ?6) OR instr(domain, 'xn--') AND instr(shown(domain), ?6))"
        " AND (?7 = '[]' OR domain IN (SELECT value FROM json_each(?7)))"
        f" {_GRAVEST_FIRST} LIMIT ?8",
        (
            int(minimum),
            brand,
            state,
            narrowed.only_open,
            to_text(narrowed.since) if narrowed.since else None,
            narrowed.contains,
            json.dumps(sorted(narrowed.domains)),
            narrowed.most,
        ),
    )
    # An open question would keep what is written meanwhile out of the file.
    numbers = iter([number for (number,) in found])
    while some := [*islice(numbers, _AT_ONCE)]:
        yield from _numbered(store, some)


def _numbered(store: Store, numbers: Sequence[int]) -> Iterator[Alert]:
    """The alerts of these numbers, in their order."""
    rows = store.rows(
        "SELECT alert.* FROM json_each(?) AS wanted JOIN alert ON alert.id = wanted.value"
        " ORDER BY wanted.key",
        (json.dumps(numbers),),
    )
    yield from _alerts(store, rows)


@dataclass(frozen=True, slots=True)
class Brief:
    """As much of an alert as is counted of the many that a report does not tell of one by one."""

    domain: str
    severity: Level
    state: AlertState
    opened_at: datetime
    dismissal: Transition | None = None
    """The last one; None unless it is dismissed."""

    def last(self, *kinds: str) -> Transition | None:
        """As an alert has it, of its dismissal alone."""
        return self.dismissal if AlertState.DISMISSED in kinds else None


def of_span(
    store: Store, since: datetime, until: datetime, most: int
) -> tuple[tuple[Alert, ...], tuple[Brief, ...]]:
    """Those that opened in the span, or to which something happened in it; the gravest first.

    At most so many are read whole.
    """
    found = store.stream(
        "SELECT id FROM alert WHERE opened_at >= ?1 AND opened_at < ?2"  # noqa: S608
        f" OR id IN (SELECT alert FROM transition WHERE at >= ?1 AND at < ?2) {_GRAVEST_FIRST}",
        (to_text(since), to_text(until)),
    )
    numbers = [number for (number,) in found]
    return tuple(_numbered(store, numbers[:most])), tuple(_briefs(store, numbers[most:]))


def _briefs(store: Store, numbers: Sequence[int]) -> Iterator[Brief]:
    rows = store.stream(
        "SELECT domain, severity, state, opened_at, CASE state WHEN 'dismissed' THEN"
        " (SELECT max(id) FROM transition WHERE alert = alert.id AND kind = state) END"
        " FROM json_each(?) AS wanted CROSS JOIN alert ON alert.id = wanted.value"
        " ORDER BY wanted.key",
        (json.dumps(numbers),),
    )
    for domain, severity, state, opened_at, dismissal in rows:
        step = None if dismissal is None else _step(store, dismissal)
        yield Brief(domain, Level(severity), AlertState(state), to_moment(opened_at), step)


def _step(store: Store, number: int) -> Transition:
    (row,) = store.rows("SELECT * FROM transition WHERE id = ?", (number,))
    return _transition(row)


def told(store: Store, alert: Alert) -> dict[str, Any]:
    """The state of affairs that people were told of last."""
    row = store.row("SELECT told FROM alert WHERE id = ?", (alert.id,))
    return {} if row is None else dict(json.loads(row["told"]))


def save(store: Store, alert: Alert, told: Mapping[str, Any]) -> Alert:
    """Write the alert and the transitions not kept yet; a new one (id 0) gets its id."""
    columns = (
        int(alert.severity),
        alert.score,
        alert.state,
        points(alert.findings) if alert.findings else None,
        to_text(alert.updated_at),
        dump(alert.match),
        dump(alert.findings),
        json.dumps(dict(told)),
    )
    with store.transaction():
        identity = alert.id or _insert(store, alert, columns)
        store.execute(
            "UPDATE alert SET severity = ?, score = ?, state = ?, points = ?, updated_at = ?,"
            " match = ?, findings = ?, told = ? WHERE id = ?",
            (*columns, identity),
        )
        _append(store, identity, alert.transitions)
    saved = find(store, alert.brand, alert.domain)
    assert saved is not None
    return saved


def wake_without(store: Store, brand: str, rule_id: str, domains: Iterable[str]) -> None:
    """Ask for those of the domains to be judged whose alert does not rest on the rule, or is none.

    Their findings are searched as they are written: read one by one, a thousand that share a
    registrant would take longer than all else that is done about one of them.
    """
    store.execute(
        "UPDATE domain SET judge = enriched WHERE NOT judge"
        " AND domain IN (SELECT value FROM json_each(?1))"
        " AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.brand = ?2"
        " AND alert.domain = domain.domain AND instr(findings, ?3))",
        (json.dumps(sorted(domains)), brand, dump(rule_id)),
    )


def _insert(store: Store, alert: Alert, columns: tuple[Any, ...]) -> int:
    return store.insert(
        "INSERT INTO alert (severity, score, state, points, updated_at, match, findings, told,"
        " brand, domain, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*columns, alert.brand, alert.domain, to_text(alert.opened_at)),
    )


def _append(store: Store, alert: int, transitions: tuple[Transition, ...]) -> None:
    row = store.row("SELECT count(*) AS kept FROM transition WHERE alert = ?", (alert,))
    kept = 0 if row is None else int(row["kept"])
    store.execute_many(
        "INSERT INTO transition (alert, at, kind, text, actor, translations, anew)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(alert, to_text(step.at), step.kind, step.text, step.actor),
                json.dumps(dict(step.translations)),
                step.is_anew,
            )
            for step in transitions[kept:]
        ],
    )


def set_state(
    store: Store,
    alert: Alert,
    state: AlertState,
    *,
    why: str,
    actor: str,
    now: datetime,
    until: datetime | None = None,
    translations: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """A person's triage: the new state and a transition that says who, when and why.

    `until` is when a dismissal is over; `translations` are of `why`.
    """
    kind = REOPENED if state is AlertState.NEW else state
    with store.transaction():
        store.execute(
            "UPDATE alert SET state = ?, updated_at = ?, silent_until = ? WHERE id = ?",
            (state, to_text(now), to_text(until) if until else None, alert.id),
        )
        store.execute(
            "INSERT INTO transition (alert, at, kind, text, actor, translations)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (alert.id, to_text(now), kind, why, actor, json.dumps(dict(translations))),
        )


def take_overdue(store: Store, now: datetime) -> tuple[Alert, ...]:
    """Those dismissed for a time that is over; of each it is told once."""
    found = store.rows(
        "SELECT * FROM alert INDEXED BY alert_silent WHERE silent_until <= ? AND state = ?",
        (to_text(now), AlertState.DISMISSED),
    )
    store.execute_many(
        "UPDATE alert SET silent_until = NULL WHERE id = ?", [(row["id"],) for row in found]
    )
    return _alerts(store, found)


def _alerts(store: Store, rows: Sequence[sqlite3.Row]) -> tuple[Alert, ...]:
    """The alerts of these rows, with the transitions of all of them read at once."""
    lives: dict[int, list[Transition]] = defaultdict(list)
    for step in store.rows(
        "SELECT * FROM transition WHERE alert IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps([row["id"] for row in rows]),),
    ):
        lives[step["alert"]].append(_transition(step))
    return tuple(_alert(row, lives[row["id"]]) for row in rows)


def _transition(row: sqlite3.Row) -> Transition:
    translations = json.loads(row["translations"])
    words = row["text"], row["actor"], translations
    return Transition(to_moment(row["at"]), row["kind"], *words, is_anew=bool(row["anew"]))


def _alert(row: sqlite3.Row, life: Iterable[Transition]) -> Alert:
    until = row["silent_until"] if row["state"] == AlertState.DISMISSED else None
    return Alert(
        id=row["id"],
        brand=row["brand"],
        domain=row["domain"],
        severity=Level(row["severity"]),
        score=row["score"],
        state=AlertState(row["state"]),
        opened_at=to_moment(row["opened_at"]),
        updated_at=to_moment(row["updated_at"]),
        match=load(row["match"], Match),
        findings=load(row["findings"], tuple[Finding, ...]),
        transitions=tuple(life),
        silent_until=to_moment(until) if until else None,
    )
