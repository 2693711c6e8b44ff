"""From every schema there was to the one there is."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from hunter.errors import YoursToFix
from hunter.store import Store, outbox, upkeep
from hunter.store.alone import BACKFILL, DAEMON, alone, is_held
from hunter.store.schema import STEPS, migrations

NAMES = tuple(STEPS)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SAMPLES = {"INTEGER": 1, "REAL": 0.5, "TEXT": "[]"}
CHECKED = {("outbox", "state"): "sent", ("takedown", "kind"): "sent"}


def old_store(path: Path, steps: int) -> dict[str, int]:
    """A store as it was after so many steps, with a row in every table; how many rows there are."""
    connection = sqlite3.connect(path)
    stop = NAMES[steps] if steps < len(NAMES) else None
    migrations().apply(Database(connection), stop_before=stop)
    rows: dict[str, int] = {}
    for (table,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite_%'"
    ).fetchall():
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        values = [CHECKED.get((table, name), SAMPLES[kind]) for _, name, kind, *_ in columns]
        connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
        rows[table] = 1
    connection.commit()
    connection.close()
    return rows


def schema(path: Path) -> set[tuple[str, str]]:
    """Every table and index with the text that makes it."""
    connection = sqlite3.connect(path)
    try:
        found = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        return {(name, " ".join(sql.split())) for name, sql in found}
    finally:
        connection.close()


@pytest.mark.parametrize("steps", range(1, len(NAMES) + 1))
def test_a_store_of_any_age_is_brought_up_to_date(tmp_path: Path, steps: int) -> None:
    """Every row is kept, and the schema is that of a new store."""
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    rows = old_store(old, steps)
    with Store(old) as store:
        kept = {table: store.rows(f"SELECT count(*) FROM {table}")[0][0] for table in rows}
    with Store(new):
        pass

    assert kept == rows
    assert schema(old) == schema(new)
    assert upkeep.faults(old, thorough=True) == []


OLD_NOTICE = """
{"key": "1.1", "thread": "t", "kind": "opened", "severity": 3, "brand": "en-marche[.]fr",
 "domain": "en-marche[.]co", "subject": "s", "headline": "h", "name_parts": ["", "", ""],
 "news": ["n"], "findings": [], "facts": [], "unknowns": [], "next_steps": [], "caveat": "c",
 "at": "2017-04-24T06:00:00Z"}
"""


def test_letters_of_an_older_version_are_sent(tmp_path: Path) -> None:
    """What waits goes; what was in hand goes as it was; what was sent does not go again."""
    path = tmp_path / "hunter.db"
    connection = sqlite3.connect(path)
    migrations().apply(Database(connection), stop_before="m009_deliveries")
    connection.executemany(
        "INSERT INTO outbox (key, channel, subscriber, addresses, notice, state, due_at)"
        " VALUES (?, 'email', 'it', '[]', ?, ?, '2017-04-24T06:00:00.000000Z')",
        [(state, OLD_NOTICE, state) for state in ("pending", "sending", "sent")],
    )
    connection.commit()
    connection.close()

    way, found = outbox.Way("email", "it"), []
    with Store(path) as store:
        outbox.put_back_interrupted(store)
        while key := (
            outbox.next_bound(store, way, NOW) or outbox.bind_one(store, way, NOW, urgent=False)
        ):
            parcel = outbox.claim(store, way, key)
            assert parcel
            found.append((parcel.key, outbox.notice_in(store, parcel).language))
            outbox.mark_sent(store, parcel, NOW)

    assert found == [("sending", "en"), ("pending", "en")]


def test_alerts_of_an_older_version_have_their_points(tmp_path: Path) -> None:
    """As those that are saved now; findings that nobody can read keep no store from beginning."""
    path = tmp_path / "hunter.db"
    written = {
        '[{"score": 40}, {"score": 7}]': 47,
        **dict.fromkeys(("[]", "", "no JSON", '["text"]', '{"a": "b"}', '[{"no": 1}]')),
    }
    connection = sqlite3.connect(path)
    migrations().apply(Database(connection), stop_before="m016_gravest_first")
    connection.executemany(
        "INSERT INTO alert (brand, domain, severity, score, state, opened_at, updated_at, match,"
        " findings, told) VALUES (?1, ?1, 1, 1, 'new', '', '', '', ?1, '{}')",
        [(findings,) for findings in written],
    )
    connection.commit()
    connection.close()

    with Store(path) as store:
        found = store.rows("SELECT findings, points FROM alert")
        assert {row["findings"]: row["points"] for row in found} == written


def test_what_an_older_version_reopened_for_a_new_registration_is_known(tmp_path: Path) -> None:
    """By the sentence that it wrote; a person's words are none of its."""
    path = tmp_path / "hunter.db"
    connection = sqlite3.connect(path)
    migrations().apply(Database(connection), stop_before="m017_registered_anew")
    said = "It was closed; on 2017-04-16 it was registered anew, by whomever: it is new again."
    connection.executemany(
        "INSERT INTO transition (alert, at, kind, text, actor) VALUES (1, '', 'reopened', ?, ?)",
        [(said, "hunter"), (said, "ana"), ("It was closed, and is graver now", "hunter")],
    )
    connection.commit()
    connection.close()

    with Store(path) as store:
        assert [row["anew"] for row in store.rows("SELECT anew FROM transition")] == [1, 0, 0]


@contextmanager
def running_elsewhere(folder: Path, lock: str) -> Iterator[None]:
    """Another process that holds the lock."""
    hold = (
        "import sys; from pathlib import Path; from hunter.store.alone import alone\n"
        "with alone(Path(sys.argv[1]), sys.argv[2], 'another'): print(flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(folder), lock],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout
        other.stdout.readline()
        yield
        other.communicate(b"\n", timeout=30)


def steps_of(path: Path) -> int:
    """How many steps a store has taken."""
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("lock", "said"), [(DAEMON, "systemctl restart hunter"), (BACKFILL, "wait for its end")]
)
def test_a_store_is_not_changed_beneath_an_older_hunter_at_work(
    tmp_path: Path, lock: str, said: str
) -> None:
    """Whoever asks is told what to do; the older one goes on, and could be started again."""
    path = tmp_path / "hunter.db"
    old_store(path, 1)
    with running_elsewhere(tmp_path, lock), pytest.raises(YoursToFix, match=said):
        Store(path)
    assert steps_of(path) == 1

    with Store(path):
        assert steps_of(path) == len(NAMES)
    with running_elsewhere(tmp_path, lock), Store(path):
        pass


def test_who_starts_takes_an_older_store_over(tmp_path: Path) -> None:
    """Its own lock is not in its way, and is kept."""
    path = tmp_path / "hunter.db"
    old_store(path, 1)

    with alone(tmp_path, DAEMON, "another hunter"), Store(path):
        assert steps_of(path) == len(NAMES)
        assert is_held(tmp_path / DAEMON)
        assert not is_held(tmp_path / BACKFILL)
