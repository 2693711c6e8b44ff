"""Opening a store, its transactions, and the moments it keeps."""

import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.errors import WillPass, YoursToFix
from hunter.store import Store, cursors, schema, to_moment, to_text

NOW = datetime(2017, 4, 24, 6, tzinfo=UTC)


class Stop(BaseException):
    """Something that nobody catches, like a kill."""


def table_names(store: Store) -> set[str]:
    """The tables of hunter's own schema."""
    rows = store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {row["name"] for row in rows if not row["name"].startswith(("_", "sqlite"))}


def impatient(path: Path) -> Store:
    """Another process's store, which does not wait its turn."""
    store = Store(path)
    store.rows("PRAGMA busy_timeout = 0")
    return store


def test_a_new_store_makes_its_folder_and_schema(tmp_path: Path) -> None:
    """The first start needs nothing but a place to write."""
    with Store(tmp_path / "state" / "deeper" / "hunter.db") as store:
        assert {"domain", "fact", "alert", "outbox", "cursor"} <= table_names(store)


def test_what_was_written_is_there_when_opened_again(tmp_path: Path) -> None:
    """Opening an old store keeps it as it is; the schema is not applied twice."""
    with Store(tmp_path / "hunter.db") as store:
        cursors.set_cursor(store, "case", "", "7", NOW)
    with Store(tmp_path / "hunter.db") as store:
        assert cursors.cursor(store, "case", "") == "7"


def test_the_log_gives_back_to_the_disk_what_a_large_transaction_took(tmp_path: Path) -> None:
    """A daemon that runs for a year would hold it for a year."""
    log = tmp_path / "hunter.db-wal"
    with Store(tmp_path / "hunter.db") as store:
        rows = [(str(number), "", "x" * 100_000, "") for number in range(1000)]
        store.execute_many("INSERT INTO cursor VALUES (?, ?, ?, ?)", rows)
        large = log.stat().st_size
        cursors.set_cursor(store, "case", "", "7", NOW)

        assert large > 100_000_000
        assert log.stat().st_size <= 64 << 20


def test_a_store_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    """An older hunter does not touch what it does not understand, and says what to do."""
    path = tmp_path / "hunter.db"
    with Store(path) as store:
        store.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('hunter', 'm999_from_the_future', '2030-01-01')"
        )

    with pytest.raises(YoursToFix) as caught:
        Store(path)

    assert "newer hunter" in caught.value.faults[0].message
    assert caught.value.faults[0].hint


def test_every_migration_is_known_by_name() -> None:
    """The list that tells a newer store from an older one is complete."""
    with Store(Path(":memory:")) as store:
        rows = store.rows("SELECT name FROM _sqlite_migrations WHERE migration_set = 'hunter'")

    assert {row["name"] for row in rows} == set(schema.STEPS)


@pytest.mark.parametrize("content", [b"this is no database " * 100, b"PK\x03\x04" * 200])
def test_a_file_that_is_no_database_is_yours_to_fix(tmp_path: Path, content: bytes) -> None:
    """It is left as it is, and the fault says what to do."""
    path = tmp_path / "hunter.db"
    path.write_bytes(content)

    with pytest.raises(YoursToFix) as caught:
        Store(path)

    assert caught.value.faults[0].file == str(path)
    assert "damaged" in caught.value.faults[0].hint
    assert path.read_bytes() == content


def test_a_damaged_schema_is_yours_to_fix(tmp_path: Path) -> None:
    """A file with the head of a database and noise behind it is no crash either."""
    path = tmp_path / "hunter.db"
    with Store(path) as store:
        store.execute("PRAGMA user_version = 1")
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))

    with pytest.raises(YoursToFix) as caught:
        Store(path)

    assert "damaged" in caught.value.faults[0].hint


def test_a_place_that_cannot_hold_a_store_is_yours_to_fix(tmp_path: Path) -> None:
    """A folder where the file should be, or a file where the folder should be."""
    (tmp_path / "hunter.db").mkdir()
    (tmp_path / "file").touch()

    for path in (tmp_path / "hunter.db", tmp_path / "file" / "hunter.db"):
        with pytest.raises(YoursToFix):
            Store(path)


def test_a_broken_transaction_leaves_nothing(store: Store) -> None:
    """Whatever breaks it, also what is no ordinary exception."""

    def write_and_stop() -> None:
        with store.transaction():
            cursors.set_cursor(store, "case", "", "1", NOW)
            with store.transaction():
                cursors.set_cursor(store, "case", "inner", "1", NOW)
            raise Stop

    with pytest.raises(Stop):
        write_and_stop()

    assert store.rows("SELECT * FROM cursor") == []


def test_an_inner_transaction_can_fail_alone(store: Store) -> None:
    """What stood around it is kept when somebody deals with the failure."""

    def write_and_stop() -> None:
        with store.transaction():
            cursors.set_cursor(store, "case", "", "2", NOW)
            raise Stop

    with store.transaction():
        cursors.set_cursor(store, "case", "", "1", NOW)
        with pytest.raises(Stop):
            write_and_stop()

    assert cursors.cursor(store, "case", "") == "1"


def test_a_transaction_holds_off_other_writers_from_its_beginning(store: Store) -> None:
    """Read, then write: nobody changes in between what the write rests on, and it never fails."""
    with impatient(store.path) as other, store.transaction():
        before = cursors.cursor(store, "case", "")
        with pytest.raises(WillPass, match="busy"):
            cursors.set_cursor(other, "case", "", "theirs", NOW)
        cursors.set_cursor(store, "case", "", f"{before} and mine", NOW)

    assert cursors.cursor(store, "case", "") == "None and mine"


def test_readers_do_not_wait_for_a_writer(store: Store) -> None:
    """`hunter status` answers while the daemon is writing."""
    with impatient(store.path) as reader, store.transaction():
        cursors.set_cursor(store, "case", "", "1", NOW)

        assert cursors.cursor(reader, "case", "") is None


def test_two_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    """The daemon and a command that start together make one schema between them."""
    troubles: list[BaseException] = []

    def open_it(gate: threading.Barrier, path: Path) -> None:
        gate.wait()
        try:
            Store(path).close()
        except (sqlite3.Error, YoursToFix) as error:
            troubles.append(error)

    for number in range(10):
        gate, path = threading.Barrier(3), tmp_path / f"{number}.db"
        threads = [threading.Thread(target=open_it, args=(gate, path)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert troubles == []


def test_text_that_utf8_cannot_hold_is_written_out(store: Store) -> None:
    """A file name that is no UTF-8 becomes a stream like any other."""
    cursors.set_cursor(store, "registrations", "feed-\udce9.txt", "5", NOW)

    assert cursors.cursor(store, "registrations", "feed-\udce9.txt") == "5"
    assert cursors.cursor(store, "registrations", "feed-\udcea.txt") is None


MOMENTS = st.datetimes(
    datetime(1970, 1, 1),  # noqa: DTZ001
    datetime(2199, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from((UTC, timezone(timedelta(hours=-11)), timezone(timedelta(hours=9)))),
)


@given(MOMENTS, MOMENTS)
def test_moments_are_kept_exactly_and_sort_as_text(one: datetime, other: datetime) -> None:
    """The store compares moments as text; the order is that of time, whatever the zone."""
    assert to_moment(to_text(one)) == one
    assert (to_text(one) < to_text(other)) == (one < other)
