"""How much there is of what, for figures that are asked for every few seconds."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from hunter.model import Level
from hunter.store import Store, to_text


def queues(store: Store, now: datetime) -> Mapping[str, int]:
    """What waits: `enrich`, `judge`, and `letters:CHANNEL` with letters to send."""
    found = {
        "enrich": _count(store, "SELECT count(*) FROM domain WHERE due_at <= ?", to_text(now)),
        "judge": _count(store, "SELECT count(*) FROM domain WHERE judge = 1"),
    }
    rows = store.rows(
        "SELECT channel, count(*) AS letters FROM outbox WHERE state = 'pending' GROUP BY channel"
    )
    return found | {f"letters:{row['channel']}": row["letters"] for row in rows}


def alerts(store: Store) -> Mapping[tuple[str, str], int]:
    """(state, severity) → how many alerts."""
    rows = store.rows("SELECT state, severity, count(*) AS n FROM alert GROUP BY state, severity")
    return {(row["state"], str(Level(row["severity"]))): row["n"] for row in rows}


def states(store: Store) -> Mapping[str, Mapping[str, int]]:
    """Brand → state → how many alerts."""
    found: dict[str, dict[str, int]] = {}
    # By itself SQLite takes the index that is sorted by brand, and reads each alert for its state.
    for row in store.rows(
        "SELECT brand, state, count(*) AS n FROM alert INDEXED BY alert_domain"
        " GROUP BY brand, state"
    ):
        found.setdefault(row["brand"], {})[row["state"]] = row["n"]
    return found


def size(store: Store) -> int:
    """Bytes on the disk, with the write-ahead log."""
    files = (store.path, Path(f"{store.path}-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def _count(store: Store, sql: str, *parameters: str) -> int:
    row = store.row(sql, parameters)
    return int(row[0]) if row else 0
