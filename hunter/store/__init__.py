"""The store: everything hunter knows, in one SQLite file, and the queue between the steps.

One writer at a time (the daemon, or a command for a moment); any number of readers. `Store` opens
the file; each noun has its own module of functions that take the store first. Whatever belongs
together is written inside `with store.transaction():`.
"""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from inspect import signature
from pathlib import Path
from typing import Any

from hunter.errors import Fault, YoursToFix
from hunter.store.alone import BACKFILL, DAEMON, without_others
from hunter.store.schema import STEPS, migrations
from hunter.store.trouble import (
    DAMAGED_HINT,
    InWords,
    closed_hint,
    foreign_hint,
    is_read_only,
    refuse_what_is_no_file,
)

_BUSY_SECONDS = 10
_BUSY_AGAIN_SECONDS = 0.2
"""After a wait in vain: a dozen jobs that wait ten seconds each, one after the other, would hold up
the signs of life that systemd wants."""
_LARGEST_LOG = 64 << 20
"""Bytes of SQLite's log that are kept, once all of it is in the file."""
_OLDER = {
    DAEMON: (
        "the daemon of an older hunter",
        "let this version take the store over: systemctl restart hunter; then try again",
    ),
    BACKFILL: (
        "a backfill of an older hunter",
        "wait for its end, or stop it: with this version it goes on where it was",
    ),
}
"""Who may work on a store that lacks the newest steps, and what to do then."""


class Store:
    """An open store. Close it; it keeps a connection."""

    def __init__(self, path: Path) -> None:
        """Open or create the file and bring its schema up to date."""
        self.path = path
        self._in_words = InWords(path)
        self._patience: float = _BUSY_SECONDS
        refuse_what_is_no_file(path)
        try:
            with _one_at_a_time(path.parent):
                self._connection = _connect(path)
        except (OSError, sqlite3.DatabaseError) as error:
            raise YoursToFix(
                [Fault(str(path), "", f"the store cannot be opened: {error}", _hint(path, error))]
            ) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes within are kept together or not at all; may be nested.

        The outermost holds off other writers from its beginning: what it reads stays true until it
        has written.
        """
        with self._in_words:
            if self._connection.in_transaction:
                with self._savepoint():
                    yield
            else:
                self._begin()
                with self._connection:
                    yield

    def _begin(self) -> None:
        patience: float = _BUSY_AGAIN_SECONDS
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            patience = _BUSY_SECONDS
        finally:
            if patience != self._patience:
                self._patience = patience
                self._connection.execute(f"PRAGMA busy_timeout = {patience * 1000:.0f}")

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        """SQLite names them like brackets: the last one of a name is meant."""
        self._connection.execute("SAVEPOINT inner")
        whole = False
        try:
            yield
            whole = True
        finally:
            # An error such as a full disk ends the whole transaction, and with it the savepoint.
            if self._connection.in_transaction:
                if not whole:
                    self._connection.execute("ROLLBACK TO inner")
                self._connection.execute("RELEASE inner")

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run one writing statement; returns how many rows it touched."""
        return self._write(sql, parameters).rowcount

    def insert(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run one INSERT; returns the new row's id."""
        return int(self._write(sql, parameters).lastrowid or 0)

    def _write(self, sql: str, parameters: Sequence[Any]) -> sqlite3.Cursor:
        """One statement is kept or not as a whole; only outside of a transaction it opens one."""
        if self._connection.in_transaction:
            return self._connection.execute(sql, _storable(parameters))
        with self.transaction():
            return self._connection.execute(sql, _storable(parameters))

    def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one writing statement for every row; what takes back one takes back all."""
        if rows and self._connection.in_transaction:
            self._connection.executemany(sql, map(_storable, rows))
        elif rows:
            with self.transaction():
                self._connection.executemany(sql, map(_storable, rows))

    def define(self, name: str, function: Callable[..., Any]) -> None:
        """Let SQL on this connection call a pure function; its parameters are those of the SQL."""
        arity = len(signature(function).parameters)
        self._connection.create_function(name, arity, function, deterministic=True)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """All rows of a query; columns by name."""
        with self._in_words:
            return self._connection.execute(sql, _storable(parameters)).fetchall()

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query one by one, as plain tuples: for more than memory should hold."""
        cursor = self._connection.cursor()
        cursor.row_factory = None
        with self._in_words:
            yield from cursor.execute(sql, _storable(parameters))

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        with self._in_words:
            found: sqlite3.Row | None = self._connection.execute(
                sql, _storable(parameters)
            ).fetchone()
        return found

    def close(self) -> None:
        """Close the connection; the file is complete without a farewell."""
        self._connection.close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the folder: two that open a new store at once would both make its schema."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS)
    try:
        connection.row_factory = sqlite3.Row
        # FULL: what was acknowledged survives a power cut, not only a crash of the process.
        connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"
        )
        # Facts come in no order: every index page in use held in memory, and written to the file
        # after 16 MB of log and not after 4, gives a tenth more looks at domains in a second.
        connection.executescript("PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000")
        # What one large transaction took, such as a step of the schema, goes back to the disk.
        connection.executescript(f"PRAGMA journal_size_limit={_LARGEST_LOG}")
        _bring_up_to_date(path, connection)
    except (sqlite3.DatabaseError, YoursToFix):
        connection.close()
        raise
    return connection


def _bring_up_to_date(path: Path, connection: sqlite3.Connection) -> None:
    """Take the steps that the store has not taken yet, never beneath an older hunter at work."""
    taken = _taken(connection)
    if taken - STEPS.keys():
        hint = "install that version again, or restore a backup made before the upgrade"
        raise YoursToFix([Fault(str(path), "", "this store was written by a newer hunter", hint)])
    if STEPS.keys() - taken:
        from sqlite_utils import Database

        # Nobody works yet on one without any.
        with without_others(path.parent, _OLDER if taken else {}):
            migrations().apply(Database(connection))


def _taken(connection: sqlite3.Connection) -> set[str]:
    """The steps the store says it has taken, in the table where sqlite_utils writes them."""
    table = "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"
    if connection.execute(table).fetchone() is None:
        return set()
    rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'hunter'")
    return {row["name"] for row in rows}


def storable(text: str) -> str:
    r"""The text with lone surrogates, which UTF-8 cannot hold, written out: `\udce9`."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def _storable(parameters: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(
        [
            storable(value) if isinstance(value, str) and not value.isascii() else value
            for value in parameters
        ]
    )


def _hint(path: Path, error: Exception) -> str:
    if hint := foreign_hint(path):
        return hint
    closed = isinstance(error, PermissionError) or "readonly" in str(error)
    if closed or is_read_only(path.parent):
        return closed_hint(path.parent)
    if "not a database" in str(error) or "malformed" in str(error):
        return DAMAGED_HINT
    return "is the disk full, or is the folder of [store] writable?"


def to_text(moment: datetime) -> str:
    """A moment as the store keeps it: UTC, fixed width, sorts as text."""
    # Some times as quick as strftime, and it is written with every fact.
    plain = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{plain.isoformat(timespec='microseconds')}Z"


def to_moment(text: str) -> datetime:
    """The inverse of `to_text`."""
    return datetime.fromisoformat(text)
