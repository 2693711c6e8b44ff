"""The store as a file: is it whole, how large is what, a copy of it, and a copy put in its place.

These open the file themselves, read only: they must work when the store cannot be opened at all.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path

from hunter.errors import Fault, YoursToFix
from hunter.paths import is_file, is_there, may_be_there
from hunter.store.alone import BACKFILL, DAEMON, alone
from hunter.store.schema import STEPS
from hunter.store.trouble import (
    InWords,
    explained,
    is_damage,
    is_read_only,
    refuse_what_is_no_file,
)

NOUNS = {
    "sighting": ("sighting", "match"),
    "domain": ("domain", "asked"),
    "fact": ("fact",),
    "alert": ("alert", "transition", "incident", "incident_member", "takedown"),
    "letter": ("outbox",),
    "rule set": ("rule_set",),
}
"""What people call one row of the tables; the rows that count are those of the first."""
_MOST_FAULTS = 20
_PROCESS = re.compile("[1-9][0-9]{0,6}")
_OPCODES = 100_000
"""Of SQLite's, between two looks at whether somebody breaks it off: some hundredths of a second."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many of a noun there are, and how much room they and their indexes take."""

    noun: str
    rows: int
    bytes: int


def own_files(path: Path) -> tuple[Path, ...]:
    """The store, its journals and the locks beside it: nothing else may take their places."""
    names = (path.name, f"{path.name}-wal", f"{path.name}-shm", DAEMON, BACKFILL)
    return tuple(path.with_name(name) for name in names)


def faults(path: Path, *, thorough: bool = False) -> list[str]:
    """What is damaged in the file, in SQLite's words; `thorough` compares the indexes too.

    Raises WillPass or YoursToFix where it cannot be read, which is no damage.
    """
    pragma = "integrity_check" if thorough else "quick_check"
    try:
        with _reading(path) as connection:
            said = [str(row[0]) for row in connection.execute(f"PRAGMA {pragma}({_MOST_FAULTS})")]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        told = explained(path, error)
        if told is not None and not is_damage(error):
            raise told from error
        return [str(error)]
    found = [] if said == ["ok"] else said
    return [*found, *(f"{table} {row} points at nothing" for table, row, *_ in orphans)]


def sizes(path: Path) -> tuple[Size, ...]:
    """Rows and bytes of each noun; reads the whole file."""
    with _reading(path) as connection:
        taken: dict[str, int] = dict(
            connection.execute(
                "SELECT tbl_name, sum(pgsize) FROM dbstat JOIN sqlite_schema USING (name)"
                " GROUP BY tbl_name"
            )
        )
        return tuple(
            Size(
                noun,
                connection.execute(f"SELECT count(*) FROM {tables[0]}").fetchone()[0],  # noqa: S608
                sum(taken.get(table, 0) for table in tables),
            )
            for noun, tables in NOUNS.items()
            if tables[0] in taken  # an older hunter's lacks the younger ones
        )


def last_report(path: Path) -> datetime | None:
    """When any part last reported how it fares."""
    with _reading(path) as connection:
        (at,) = connection.execute("SELECT max(at) FROM report").fetchone()
    return datetime.fromisoformat(at) if at else None


def _untold(_doing: str) -> None:
    """Nobody looks on."""


def backup(path: Path, target: Path, doing: Callable[[str], None] = _untold) -> int:
    """Copy the store as it is at this moment, while others write to it; returns its bytes.

    The copy is checked before it gets its name, and only its owner may read it. `doing` is told
    what takes long.
    """
    if not may_be_there(path):
        raise YoursToFix([Fault(str(path), "", "there is no store to copy", "is -c FILE right?")])
    refuse_what_is_no_file(path)
    _refuse_strange(path, "put a copy in its place: hunter restore FILE; or is -c FILE right?")
    if is_there(target) and not is_file(target):
        raise YoursToFix([Fault(str(target), "", "is no file", "name a file for the copy")])
    _remove_what_was_killed(target)
    # Of its own: two at once to one file would each take away what the other writes.
    part = _new(target.with_name(f"{target.name}.{os.getpid()}.part"))
    try:
        doing(f"copying {path}")
        _write_out(path, part)
        doing(f"checking {part}")
        _refuse_damaged(part, "copying failed; is the disk sound?")
        _settle(part, target)
    except (sqlite3.DatabaseError, OSError) as error:
        hint = "is there room, and is the store whole? hunter doctor tells"
        raise YoursToFix([Fault(str(target), "", f"cannot be written: {error}", hint)]) from error
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size


def _remove_what_was_killed(target: Path) -> None:
    """Half a copy that nobody works on any more, as large as the store."""
    for part in target.parent.glob(f"{escape(target.name)}.*.part"):
        number = part.name.removeprefix(f"{target.name}.").removesuffix(".part")
        if _PROCESS.fullmatch(number) and not _runs(int(number)):
            part.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # It is another user's.
    return True


def is_hunters(path: Path) -> bool:
    """Whether hunter wrote it; a file that was emptied, or is another program's, is a database."""
    return bool(_steps(path))


def is_newer(path: Path) -> bool:
    """Whether a newer hunter wrote it, with which this one does not start."""
    return not _steps(path) <= STEPS.keys()


def _refuse_strange(path: Path, hint: str) -> frozenset[str]:
    """A copy of nothing would take the place of an older one that is whole.

    Returns the steps of the schema that were taken there.
    """
    with InWords(path):
        taken = _steps(path)
    if not taken:
        raise YoursToFix([Fault(str(path), "", "is no store of hunter's", hint)])
    return taken


def _steps(path: Path) -> frozenset[str]:
    """The steps of the schema that were taken there; none where it is not hunter's."""
    listed = "SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'"
    with _reading(path) as connection:
        there = connection.execute(listed).fetchone()
        rows = connection.execute("SELECT name FROM _sqlite_migrations") if there else ()
        return frozenset(str(name) for (name,) in rows)


def restore(
    copy: Path, path: Path, now: datetime, doing: Callable[[str], None] = _untold
) -> Path | None:
    """Put a copy in the store's place; returns where the old one is kept, if there was one.

    Raises YoursToFix when the copy is damaged or too new, or while a hunter works on the store.
    """
    doing(f"checking {copy}")
    _refuse_damaged(copy, "take another backup")
    _refuse_newer(copy)
    refuse_what_is_no_file(path)
    with (
        alone(path.parent, DAEMON, "a hunter"),
        alone(path.parent, BACKFILL, "a backfill"),
    ):
        part = _new(path.with_name(f"{path.name}.restoring"))
        try:
            doing(f"copying {copy}")
            _write_out(copy, part)
            _give(part, path.parent)
            kept = _set_aside(path, now)
            _settle(part, path)
        except (sqlite3.DatabaseError, OSError) as error:
            hint = "is there room, and is the folder of [store] writable?"
            raise YoursToFix([Fault(str(path), "", f"cannot be written: {error}", hint)]) from error
        finally:
            part.unlink(missing_ok=True)
    return kept


def _write_out(path: Path, part: Path) -> None:
    """All that the store holds, with what stands in its journal alone as yet."""
    with _reading(path) as connection:
        # As a URI: a path that is not UTF-8 is no text that SQLite takes.
        connection.execute("VACUUM INTO ?", (part.absolute().as_uri(),))


def _give(file: Path, folder: Path) -> None:
    """To whom the folder belongs: root restores what the daemon must be able to write to."""
    owner = folder.stat()
    if os.geteuid() == 0:
        os.chown(file, owner.st_uid, owner.st_gid)


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Give the store a second name, so that it is never without one; its journal goes along."""
    if not path.exists():
        return None
    _fold_in(path)
    kept = path.with_name(f"{path.name}.before-{now:%Y%m%dT%H%M%SZ}")
    os.link(path, kept)
    for end in ("-wal", "-shm"):
        journal = path.with_name(path.name + end)
        if journal.exists():
            journal.rename(kept.with_name(kept.name + end))
    return kept


def _fold_in(path: Path) -> None:
    """Empty the journal into the store: while it is away, the store would be without it."""
    # A store that is damaged or busy keeps its journal, and is set aside as it is.
    with (
        suppress(sqlite3.DatabaseError),
        closing(sqlite3.connect(path, timeout=1)) as connection,
    ):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _new(path: Path) -> Path:
    """An empty file that only its owner may read."""
    if not may_be_there(path.parent):
        raise YoursToFix([Fault(str(path.parent), "", "is no folder", "make it, or mend the path")])
    try:
        path.unlink(missing_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        hint = "name a file in a folder that you may write to"
        raise YoursToFix(
            [Fault(str(path), "", f"cannot be made: {error.strerror}", hint)]
        ) from error
    return path


def _settle(part: Path, target: Path) -> None:
    """On the disk first, then under its name: a power cut leaves the old file or the new one."""
    for place in (part, part.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        if place == part:
            part.replace(target)


def _refuse_damaged(copy: Path, hint: str) -> None:
    if not is_file(copy):
        raise YoursToFix([Fault(str(copy), "", "is no file", "name the file of a backup")])
    if damage := faults(copy, thorough=True):
        raise YoursToFix([Fault(str(copy), "", f"is damaged: {damage[0]}", hint)])


def _refuse_newer(copy: Path) -> None:
    if _refuse_strange(copy, "name a file that hunter backup wrote") - set(STEPS):
        hint = "install that version of hunter first"
        raise YoursToFix([Fault(str(copy), "", "was written by a newer hunter", hint)])


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """It is read in steps: what a large file takes can be broken off, as anything else can."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{_mode(path)}", uri=True)) as opened:
        opened.set_progress_handler(lambda: 0, _OPCODES)  # Python heeds signals there
        try:
            yield opened
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
                raise KeyboardInterrupt from error
            raise


def _mode(path: Path) -> str:
    """Where nobody can write there is no place for the files by which SQLite tells who reads."""
    journal = path.with_name(f"{path.name}-wal")
    alone = is_read_only(path.parent) and not (is_file(journal) and journal.stat().st_size)
    return "mode=ro&immutable=1" if alone else "mode=ro"
