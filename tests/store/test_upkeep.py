"""The store as a file: whole or damaged, copied and put back."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import pytest

from hunter.errors import YoursToFix
from hunter.model import Sighting
from hunter.store import Store, cursors, sightings, upkeep
from hunter.store.alone import alone
from tests.world.alerts import AT, MATCH

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def see(store: Store, *domains: str) -> None:
    """Sight each of them once."""
    for domain in domains:
        seen = Sighting(domain, domain, "registrations", AT)
        sightings.record(store, [seen], [replace(MATCH, name=domain, registrable=domain)], AT)


def seen_in(path: Path) -> list[str]:
    """The domains that a store holds."""
    with Store(path) as store:
        return [str(row["domain"]) for row in store.rows("SELECT domain FROM domain ORDER BY 1")]


def fatten(path: Path) -> None:
    """Fill the store with what takes a while to copy."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many LIMIT 200000)"
            " INSERT INTO memory SELECT 'email', n, hex(randomblob(50)), '' FROM many"
        )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store that has seen one domain, and whom nobody has open."""
    with Store(tmp_path / "state" / "hunter.db") as store:
        see(store, "en-marche.co")
    return tmp_path / "state" / "hunter.db"


def damage(path: Path) -> None:
    """Overwrite two pages in the middle."""
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 5] = b"\xff" * 8192
    path.write_bytes(content)


def test_a_copy_holds_what_was_there_and_only_its_owner_may_read_it(path: Path) -> None:
    """Also what still stands in the write-ahead log."""
    target = path.parent / "copy.db"
    with Store(path) as store:
        see(store, "mail-en-marche.fr")
        upkeep.backup(path, target)

    assert seen_in(target) == ["en-marche.co", "mail-en-marche.fr"]
    assert target.stat().st_mode & 0o777 == 0o600


def test_a_copy_made_while_others_write_is_of_one_moment(path: Path, tmp_path: Path) -> None:
    """A cursor is never ahead of the hits it comes after."""
    done = threading.Event()

    def write() -> None:
        with Store(path) as store:
            for number in range(10_000):
                if done.is_set():
                    return
                with store.transaction():
                    see(store, f"x{number}.fr")
                    cursors.set_cursor(store, "planted", "", str(number), AT)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            upkeep.backup(path, tmp_path / f"{number}.db")
    finally:
        done.set()
        writer.join()

    for number in range(5):
        with Store(tmp_path / f"{number}.db") as copy:
            last = int(cursors.cursor(copy, "planted", "") or -1)
            assert copy.rows("SELECT count(*) FROM domain")[0][0] == last + 2


def test_a_store_on_a_disk_for_reading_only_can_be_copied_away(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk with faults is mounted so: the store is read as it lies, with no file beside it."""
    real = os.statvfs(path.parent)
    flags = os.statvfs_result((*real[:8], real.f_flag | os.ST_RDONLY, *real[9:]))
    monkeypatch.setattr(os, "statvfs", lambda _: flags)
    upkeep.backup(path, tmp_path / "copy.db")

    assert [file.name for file in path.parent.iterdir()] == ["hunter.db"]
    assert seen_in(tmp_path / "copy.db") == ["en-marche.co"]


def test_a_copy_is_broken_off_amid_and_leaves_nothing(path: Path, tmp_path: Path) -> None:
    """With Ctrl-C, while SQLite is at work: it need not come to its end first."""
    fatten(path)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    part = tmp_path / f"copy.db.{os.getpid()}.part"

    def break_off() -> None:
        for _ in range(10_000):
            if part.exists() and part.stat().st_size:
                break
            sleep(0.001)
        os.kill(os.getpid(), signal.SIGINT)

    breaking = threading.Thread(target=break_off)
    breaking.start()
    try:
        with pytest.raises(KeyboardInterrupt) as broken:
            upkeep.backup(path, tmp_path / "copy.db")
    finally:
        breaking.join()
        signal.signal(signal.SIGINT, before)

    assert "interrupted" in str(broken.value.__cause__)
    assert [file.name for file in tmp_path.iterdir()] == ["state"]
    assert seen_in(path) == ["en-marche.co"]


def test_two_copies_to_one_file_at_once_are_both_whole(path: Path, tmp_path: Path) -> None:
    """Each took away what the other wrote: both were told as damaged or not written."""
    target = tmp_path / "copy.db"
    call = f"upkeep.backup(Path({str(path)!r}), Path({str(target)!r}))"
    code = f"from pathlib import Path\nfrom hunter.store import upkeep\n{call}"

    def other(doing: str) -> None:
        if doing.startswith("checking"):
            subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
            assert seen_in(target) == ["en-marche.co"]

    upkeep.backup(path, target, other)
    assert seen_in(target) == ["en-marche.co"]
    assert list(tmp_path.glob("*.part")) == []


def test_half_a_copy_is_removed_once_nobody_works_on_it(path: Path, tmp_path: Path) -> None:
    """Of a backup that was killed it lies there, as large as the store."""
    with subprocess.Popen(["/bin/true"]) as gone:
        gone.wait()
    names = [f"copy.db.{number}.part" for number in (gone.pid, os.getppid(), "old")]
    for name in names:
        (tmp_path / name).touch()
    upkeep.backup(path, tmp_path / "copy.db")

    assert {one.name for one in tmp_path.glob("*.part")} == {*names[1:]}


def test_what_takes_long_is_told(path: Path, tmp_path: Path) -> None:
    """A copy of gigabytes is no moment's work, and its check takes longer."""
    told: list[str] = []
    copy = tmp_path / "copy.db"
    upkeep.backup(path, copy, told.append)
    upkeep.restore(copy, path, NOW, told.append)

    making = [f"copying {path}", f"checking {copy}.{os.getpid()}.part"]
    assert told == [*making, f"checking {copy}", f"copying {copy}"]


def test_a_copy_replaces_an_older_one_only_when_it_is_whole(path: Path, tmp_path: Path) -> None:
    """A damaged store cannot spoil the last good backup."""
    target = tmp_path / "copy.db"
    upkeep.backup(path, target)
    good = target.read_bytes()
    damage(path)

    with pytest.raises(YoursToFix):
        upkeep.backup(path, target)
    assert target.read_bytes() == good
    assert list(tmp_path.glob("*.part")) == []


def test_what_cannot_be_copied_is_told_with_a_hint(path: Path, tmp_path: Path) -> None:
    """No store, no folder."""
    with pytest.raises(YoursToFix, match="there is no store"):
        upkeep.backup(tmp_path / "none.db", tmp_path / "copy.db")
    with pytest.raises(YoursToFix, match="cannot be made"):
        upkeep.backup(path, path / "copy.db")


def test_a_restored_store_is_as_it_was_and_the_other_one_is_kept(
    path: Path, tmp_path: Path
) -> None:
    """Nothing of the later one, its journal included, is left in the store."""
    upkeep.backup(path, tmp_path / "copy.db")
    with Store(path) as store:
        see(store, "mail-en-marche.fr")
        with sqlite3.connect(path) as lingering:  # its write-ahead log stays
            lingering.execute("SELECT count(*) FROM domain").fetchone()
            kept = upkeep.restore(tmp_path / "copy.db", path, NOW)
    lingering.close()

    assert seen_in(path) == ["en-marche.co"]
    assert kept is not None
    assert seen_in(kept) == ["en-marche.co", "mail-en-marche.fr"]
    assert path.stat().st_mode & 0o777 == 0o600


def with_journal(path: Path, target: Path) -> Path:
    """The store as a hunter that was killed leaves it: what came last is in its journal alone."""
    with Store(path) as store:
        see(store, "mail-en-marche.fr")
        target.parent.mkdir(exist_ok=True)
        for end in ("", "-wal"):
            shutil.copyfile(f"{path}{end}", f"{target}{end}")
    return target


def test_what_a_journal_holds_is_put_back_too(path: Path, tmp_path: Path) -> None:
    """A store that was set aside, or copied by other means, has one beside it."""
    left = with_journal(path, tmp_path / "left.db")
    upkeep.restore(left, tmp_path / "new" / "hunter.db", NOW)

    assert seen_in(tmp_path / "new" / "hunter.db") == ["en-marche.co", "mail-en-marche.fr"]


@pytest.mark.parametrize("step", ["link", "fsync", "replace"])
def test_a_restore_killed_amid_loses_nothing_of_the_journal(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The journal goes aside before the copy has its name, and must not be missed till then."""
    upkeep.backup(path, tmp_path / "copy.db")
    left = with_journal(path, tmp_path / "left" / "hunter.db")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, step, die)
        with pytest.raises(KeyboardInterrupt):
            upkeep.restore(tmp_path / "copy.db", left, NOW)
    assert seen_in(left) == ["en-marche.co", "mail-en-marche.fr"]


def test_a_damaged_store_gives_way_to_a_copy(path: Path, tmp_path: Path) -> None:
    """That is what copies are for."""
    upkeep.backup(path, tmp_path / "copy.db")
    damage(path)
    assert upkeep.faults(path) != []
    upkeep.restore(tmp_path / "copy.db", path, NOW)

    assert upkeep.faults(path, thorough=True) == []
    assert seen_in(path) == ["en-marche.co"]


def test_a_restore_where_nothing_was_makes_the_store(path: Path, tmp_path: Path) -> None:
    """A new machine."""
    upkeep.backup(path, tmp_path / "copy.db")

    assert upkeep.restore(tmp_path / "copy.db", tmp_path / "new" / "hunter.db", NOW) is None
    assert seen_in(tmp_path / "new" / "hunter.db") == ["en-marche.co"]


def test_a_restore_killed_at_any_step_leaves_the_old_store_or_the_new(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never none, which the daemon would take for a first start."""
    upkeep.backup(path, tmp_path / "copy.db")
    with Store(path) as store:
        see(store, "mail-en-marche.fr")
    steps = ("link", "fsync", *(("chown",) if os.geteuid() == 0 else ()))
    for number, step in enumerate(steps):
        with monkeypatch.context() as patch:

            def die(*_: object) -> None:
                raise KeyboardInterrupt

            patch.setattr(os, step, die)
            with pytest.raises(KeyboardInterrupt):
                upkeep.restore(tmp_path / "copy.db", path, NOW.replace(minute=number))
        assert seen_in(path) == ["en-marche.co", "mail-en-marche.fr"], step


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_what_is_no_copy_is_refused(path: Path, tmp_path: Path, content: bytes) -> None:
    """The store stays as it is."""
    (tmp_path / "copy.db").write_bytes(content)

    with pytest.raises(YoursToFix):
        upkeep.restore(tmp_path / "copy.db", path, NOW)
    assert seen_in(path) == ["en-marche.co"]


def test_a_copy_of_a_newer_hunter_is_refused(path: Path, tmp_path: Path) -> None:
    """It holds what this one knows nothing of."""
    upkeep.backup(path, tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        copy.execute("UPDATE _sqlite_migrations SET name = 'm999_later' WHERE id = 1")
    copy.close()

    with pytest.raises(YoursToFix, match="newer hunter"):
        upkeep.restore(tmp_path / "copy.db", path, NOW)


@pytest.mark.parametrize("lock", ["lock", "backfill.lock"])
def test_nothing_is_restored_beneath_a_hunter_at_work(
    path: Path, tmp_path: Path, lock: str
) -> None:
    """The daemon, or a backfill, would go on writing into the old one."""
    upkeep.backup(path, tmp_path / "copy.db")
    with (
        alone(path.parent, lock, "another hunter"),
        pytest.raises(YoursToFix, match="works in this folder"),
    ):
        upkeep.restore(tmp_path / "copy.db", path, NOW)


def test_sizes_are_of_what_people_call_things(path: Path) -> None:
    """Rows, and bytes with their indexes."""
    found = {size.noun: size for size in upkeep.sizes(path)}

    assert {noun: size.rows for noun, size in found.items()} == {
        "sighting": 1,
        "domain": 1,
        "fact": 0,
        "alert": 0,
        "letter": 0,
        "rule set": 0,
    }
    assert all(size.bytes >= 4096 for size in found.values())


def test_a_row_that_points_at_nothing_is_a_fault(path: Path) -> None:
    """Somebody had a hand in the file."""
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO transition VALUES (1, 7, 'x', 'x', 'x', 'x', '{}', 0)")
    connection.close()

    assert upkeep.faults(path) == ["transition 1 points at nothing"]


@pytest.mark.parametrize("tables", ["", "CREATE TABLE theirs (x)"])
def test_nothing_of_hunters_takes_no_copys_place(path: Path, tmp_path: Path, tables: str) -> None:
    """The copy of the night before is the last there is when the store was emptied."""
    copy = tmp_path / "copy.db"
    upkeep.backup(path, copy)
    before = copy.read_bytes()
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.executescript(tables)
    path.touch()

    with pytest.raises(YoursToFix, match="is no store of hunter's"):
        upkeep.backup(path, copy)
    assert copy.read_bytes() == before
