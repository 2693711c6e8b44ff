"""From every schema there was to the one there is."""

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from hunter.store import Store, upkeep
from hunter.store.schema import STEPS, migrations

NAMES = tuple(STEPS)
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
