"""What SQLite says when it cannot go on, as errors that tell a person what to do.

Result codes: https://www.sqlite.org/rescode.html. What is none of these is a fault in hunter.
"""

import os
import sqlite3
from functools import partial
from pathlib import Path

from hunter.errors import Fault, HunterError, WillPass, YoursToFix
from hunter.paths import is_file, is_there

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
_CLOSED_HINT = (
    "run hunter as root (sudo) or as the user who owns that folder, or set [store] folder"
)
_READ_ONLY_HINT = (
    "its disk is mounted for reading only: mount it for writing, or set [store] folder; a systemd"
    " unit may write to its StateDirectory alone"
)


def is_read_only(folder: Path) -> bool:
    """Whether the disk is mounted so that nobody can write to the folder."""
    try:
        return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def closed_hint(folder: Path) -> str:
    """How to get into a folder that lets nobody in, or lets nobody write."""
    return _READ_ONLY_HINT if is_read_only(folder) else _CLOSED_HINT


def foreign_hint(path: Path) -> str:
    """How to get at a store of which only a file is another's; empty where that is not so."""
    folder, ours = path.parent, partial(os.access, effective_ids=True)
    if is_read_only(folder) or not ours(folder, os.W_OK | os.X_OK):
        return ""
    for file in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        if is_there(file) and not ours(file, os.R_OK | os.W_OK):
            return f"let it belong to whom its folder does: chown --reference={folder} {file}"
    return ""


def refuse_what_is_no_file(path: Path) -> None:
    """A pipe in the store's place would be read without end, and a folder is told as a bad disk."""
    if is_there(path) and not is_file(path):
        hint = "move it away, or name another folder in [store]"
        raise YoursToFix([Fault(str(path), "", "is no file, as hunter's store is", hint)])


def explained(path: Path, error: sqlite3.DatabaseError) -> HunterError | None:
    """The error as it concerns a person; None when it is a fault in hunter."""
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code in _PASSING:
        kept = "nothing was written, and what was acknowledged is kept"
        return WillPass(f"{_PASSING[code]} ({error}); {kept}: {path}")
    if code in _DAMAGED:
        return YoursToFix([Fault(str(path), "", f"the store is damaged: {error}", DAMAGED_HINT)])
    if code in _CLOSED:
        hint = foreign_hint(path) or closed_hint(path.parent)
        return YoursToFix([Fault(str(path), "", f"no way into the store: {error}", hint)])
    return None


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is at fault, and a backup is what helps."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY in _DAMAGED


class InWords:
    """Raises what SQLite raises within as WillPass or YoursToFix, where a person can help.

    One object serves every use of a store: it is entered dozens of times for each domain.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Nothing to do before."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, sqlite3.DatabaseError):
            told = explained(self._path, error)
            if told is not None:
                raise told from error
