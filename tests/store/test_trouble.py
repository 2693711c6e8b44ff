"""A full disk, a locked store, a damaged one: each has its words, and nothing is half done."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import hunter.store
from hunter.errors import WillPass, YoursToFix
from hunter.store import Store, cursors
from tests.world.alerts import AT


def fill(store: Store, stream: str) -> None:
    """Write more than a page."""
    with store.transaction():
        cursors.set_cursor(store, "planted", stream, "1", AT)
        cursors.set_cursor(store, "planted", f"{stream} more", "x" * 100_000, AT)


def test_a_full_disk_is_told_and_keeps_what_was_acknowledged(store: Store) -> None:
    """What did not fit is not there in part either; with room again all goes on."""
    cursors.set_cursor(store, "planted", "before", "1", AT)
    pages = store.rows("PRAGMA page_count")[0][0]
    store.rows(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(WillPass, match="the disk is full"):
        fill(store, "full")
    assert cursors.cursor(store, "planted", "before") == "1"
    assert cursors.cursor(store, "planted", "full") is None

    store.rows("PRAGMA max_page_count = 1000000")
    fill(store, "full")
    assert cursors.cursor(store, "planted", "full") == "1"


def test_a_store_that_another_holds_is_busy(store: Store) -> None:
    """It will pass."""
    store.rows("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(store.path)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(WillPass, match="the store is busy"):
            cursors.set_cursor(store, "planted", "", "1", AT)
    finally:
        other.close()
    cursors.set_cursor(store, "planted", "", "1", AT)


def test_after_a_wait_in_vain_a_busy_store_is_not_waited_for_as_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dozen jobs try one after the other; once one gets through, the next waits as ever."""
    monkeypatch.setattr(hunter.store, "_BUSY_SECONDS", 1)

    def patience(store: Store) -> int:
        return int(store.rows("PRAGMA busy_timeout")[0][0])

    with Store(tmp_path / "hunter.db") as store, closing(sqlite3.connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert patience(store) == 1000
        for _ in range(2):
            with pytest.raises(WillPass, match="the store is busy"):
                cursors.set_cursor(store, "planted", "", "1", AT)
            assert patience(store) < 1000
        other.rollback()
        cursors.set_cursor(store, "planted", "", "1", AT)
        assert patience(store) == 1000


def test_damage_is_told_with_the_way_out(tmp_path: Path) -> None:
    """When it is opened, or when it is met later."""
    path = tmp_path / "hunter.db"
    with Store(path) as store:
        for number in range(2000):
            cursors.set_cursor(store, "planted", str(number), "x" * 50, AT)
    content = bytearray(path.read_bytes())
    content[4096 * 2 :] = b"\xff" * (len(content) - 4096 * 2)
    path.write_bytes(content)

    with pytest.raises(YoursToFix, match="hunter restore"), Store(path) as store:
        store.rows("SELECT * FROM cursor")


def test_a_store_that_may_only_be_read_is_yours_to_fix(store: Store) -> None:
    """Not a traceback."""
    store.rows("PRAGMA query_only = 1")
    with pytest.raises(YoursToFix, match="no way into the store"):
        cursors.set_cursor(store, "planted", "", "1", AT)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may act as another")
@pytest.mark.parametrize("mode", [0o600, 0o644])
@pytest.mark.parametrize("file", ["hunter.db", "hunter.db-wal"])
def test_a_file_that_is_root_s_in_a_folder_of_ours_is_named(mode: int, file: str) -> None:
    """As one that was copied there by hand: "who owns that folder" is whoever reads it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        with Store(folder / "hunter.db"):
            os.chown(folder, 1234, 1234)
            for one in folder.iterdir():
                os.chown(one, 1234, 1234)
            os.chown(folder / file, 0, 0)
            (folder / file).chmod(mode)
            os.seteuid(1234)
            try:
                with (
                    pytest.raises(YoursToFix, match=f"chown --reference={folder} {folder}/{file}"),
                    Store(folder / "hunter.db") as store,
                ):
                    cursors.set_cursor(store, "planted", "", "1", AT)
            finally:
                os.seteuid(0)


def test_a_mistake_of_hunter_s_own_stays_one(store: Store) -> None:
    """It must reach the journal as what it is."""
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        store.rows("SELECT * FROM nowhere")
