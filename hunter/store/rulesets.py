"""The sets of rules that were in force, whole: what an analyst compares with, and falls back on."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from hunter.rulebook import RuleFile
from hunter.store import Store, to_moment, to_text

_KEPT = 20


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A set of rules as it was taken into force."""

    digest: str
    taken_at: datetime
    files: tuple[RuleFile, ...]


def take(store: Store, digest: str, files: tuple[RuleFile, ...], now: datetime) -> bool:
    """Note that this set is in force from now on; False when it was already."""
    with store.transaction():
        last = live(store)
        if last is not None and last.digest == digest:
            return False
        written = json.dumps([(file.file, file.raw.decode("utf-8")) for file in files])
        newest = store.insert(
            "INSERT INTO rule_set (digest, taken_at, files) VALUES (?, ?, ?)",
            (digest, to_text(now), written),
        )
        store.execute("DELETE FROM rule_set WHERE id <= ?", (newest - _KEPT,))
    return True


def live(store: Store) -> RuleSet | None:
    """The set in force, as far as the daemon said; None before its first start."""
    return _nth(store, 0)


def before(store: Store) -> RuleSet | None:
    """The set that was in force before."""
    return _nth(store, 1)


def _nth(store: Store, number: int) -> RuleSet | None:
    row = store.row("SELECT * FROM rule_set ORDER BY id DESC LIMIT 1 OFFSET ?", (number,))
    return None if row is None else _rule_set(row)


def _rule_set(row: sqlite3.Row) -> RuleSet:
    files = tuple(RuleFile(file, text.encode()) for file, text in json.loads(row["files"]))
    return RuleSet(row["digest"], to_moment(row["taken_at"]), files)
