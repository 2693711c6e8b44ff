"""What SQLite says when it cannot go on, as errors that tell a person what to do.

Result codes: https://www.sqlite.org/rescode.html. What is none of these is a fault in hunter.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hunter.errors import Fault, HunterError, WillPass, YoursToFix

_PASSING = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_BUSY: "the store is busy",
    sqlite3.SQLITE_LOCKED: "the store is busy",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
}
_DAMAGED = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))
_CLOSED = frozenset((sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM))
_PRIMARY = 0xFF
"""The lower byte of an extended result code."""

DAMAGED_HINT = "the file is damaged: stop hunter and restore a backup: hunter restore FILE"
CLOSED_HINT = "run hunter as the user who owns that folder, or set [store] folder"


def explained(path: Path, error: sqlite3.DatabaseError) -> HunterError | None:
    """The error as it concerns a person; None when it is a fault in hunter."""
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in _PASSING:
        kept = "nothing was written, and what was acknowledged is kept"
        return WillPass(f"{_PASSING[code]} ({error}); {kept}: {path}")
    if code in _DAMAGED:
        return YoursToFix([Fault(str(path), "", f"the store is damaged: {error}", DAMAGED_HINT)])
    if code in _CLOSED:
        return YoursToFix([Fault(str(path), "", f"no way into the store: {error}", CLOSED_HINT)])
    return None


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Raise what SQLite raises within as WillPass or YoursToFix, where a person can help."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        told = explained(path, error)
        if told is None:
            raise
        raise told from error
