"""State folder, database, secrets and lists on this machine's disk."""

import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hunter.doctor import disk
from hunter.doctor.check import Check
from hunter.enrichers import indicators, tor
from hunter.model import Report
from hunter.net import secret as secrets
from hunter.notifiers import email, slack
from hunter.sources import registrations
from hunter.store import Store, reports, rulesets
from hunter.store.alone import DAEMON, alone
from tests.world.hunting import small_config

NOW = datetime(2026, 11, 27, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A state folder of hunter's own, with a store."""
    tmp_path.chmod(0o700)
    with Store(tmp_path / "hunter.db"):
        pass
    return tmp_path


def faults(folder: Path, **changes: object) -> list[Check]:
    """What is to be done."""
    config = small_config(folder, **changes)
    return [check for check in disk.checks(config, NOW) if not check.good]


def test_a_sound_folder_has_no_faults(folder: Path) -> None:
    """And the sizes of what is kept are told."""
    said = [check.message for check in disk.checks(small_config(folder), NOW)]

    assert faults(folder) == []
    assert any("0 sightings" in message for message in said)


def test_one_of_a_kind_is_told_in_the_singular(folder: Path) -> None:
    """As the set of rules that is in force, which for many is the only one."""
    with Store(folder / "hunter.db") as store:
        rulesets.take(store, "digest", (), NOW)
    said = [check.message for check in disk.checks(small_config(folder), NOW)]

    assert any("1 rule set (" in message for message in said)


def test_before_the_first_start_nothing_is_wrong(tmp_path: Path) -> None:
    """Folder and database are made then."""
    assert faults(tmp_path / "none") == []
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("first", ["the store", "the daemon's lock"])
def test_a_folder_that_hunter_made_has_no_faults(tmp_path: Path, first: str) -> None:
    """Whatever the umask lets others do elsewhere, and whoever comes first."""
    state = tmp_path / "state"
    before = os.umask(0o022)
    try:
        with ExitStack() as stack:
            if first == "the daemon's lock":
                stack.enter_context(alone(state, DAEMON, "another hunter"))
            stack.enter_context(Store(state / "hunter.db"))
    finally:
        os.umask(before)

    assert faults(state) == []


def test_a_folder_that_anybody_may_enter_is_a_fault(folder: Path) -> None:
    """hunter keeps what it learns of people there."""
    folder.chmod(0o755)
    (check,) = faults(folder)

    assert check.hint == f"chmod 0700 {folder}"


def test_a_full_disk_is_told_before_it_is_full(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Less than a gigabyte is too little."""
    usage = os.statvfs_result((4096, 4096, 100, 100, 100, 0, 0, 0, 0, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: usage)
    (check,) = faults(folder)

    assert check.name == "disk"
    assert "make room" in check.hint


def test_a_damaged_database_is_told_with_the_way_out(folder: Path) -> None:
    """Nothing about it is changed."""
    path = folder / "hunter.db"
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 5] = b"\xff" * 8192
    path.write_bytes(content)
    (check,) = faults(folder)

    assert check.name == "database"
    assert "hunter restore" in check.hint
    assert path.read_bytes() == content


def test_a_clock_that_went_back_is_told(folder: Path) -> None:
    """The store knows of reports that have not happened yet."""
    with Store(folder / "hunter.db") as store:
        reports.record(store, Report("config", True, "loaded", NOW + timedelta(days=1)))
    (check,) = faults(folder)

    assert check.name == "clock"


@pytest.mark.parametrize(
    ("mode", "content", "hint"),
    [
        (0o600, "https://hooks.example/s3cret", ""),
        (0o640, "https://hooks.example/s3cret", "chmod 0600"),
        (0o600, "two\nlines", "one line"),
        (0o600, "http://hooks.example/s3cret", "from https:// on"),
        (0o600, "s3cret", "from https:// on"),
    ],
)
def test_secrets_are_for_hunter_alone(folder: Path, mode: int, content: str, hint: str) -> None:
    """And hold one line; what they hold is never told."""
    secret = folder / "webhook"
    secret.write_text(content, encoding="utf-8")
    secret.chmod(mode)
    found = faults(folder, notifiers={"slack": slack.Settings(webhook_url_file=secret)})

    assert [hint in check.hint for check in found] == [True] * bool(hint)
    assert not any("s3cret" in check.message for check in found)


def webhook(folder: Path) -> dict[str, slack.Settings]:
    """A channel whose secret is a file of root's in the folder."""
    secret = folder / "webhook"
    secret.write_text("https://hooks.example/s3cret", encoding="utf-8")
    secret.chmod(0o600)
    return {"slack": slack.Settings(webhook_url_file=secret)}


def test_what_systemd_hands_on_is_for_hunter_alone_whatever_its_mode(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From version 254 on it is 0440, and nobody can change that: an ACL lets hunter's user in."""
    channels = webhook(folder)
    (folder / "webhook").chmod(0o440)
    monkeypatch.setattr(secrets, "CREDENTIALS", folder)

    assert faults(folder, notifiers=channels) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files for others")
def test_a_secret_that_hunters_own_user_cannot_read_is_told(folder: Path) -> None:
    """Root reads it, and so everything that root tries goes well; the service's letters do not."""
    channels = webhook(folder)
    for one in (folder, folder / "hunter.db"):
        os.chown(one, 1234, 1234)
    (check,) = faults(folder, notifiers=channels)

    assert check.message.endswith("for its owner alone, and that is not who hunter runs as")
    assert "LoadCredential" in check.hint

    os.chown(folder / "webhook", 1234, 1234)
    assert faults(folder, notifiers=channels) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another")
def test_a_secret_that_is_closed_to_who_asks_is_not_to_be_written_anew(folder: Path) -> None:
    """There is nothing wrong with what it holds."""
    config = small_config(folder, notifiers=webhook(folder))
    os.seteuid(1234)
    try:
        (check,) = disk.secrets(config)
    finally:
        os.seteuid(0)

    assert check.hint == "run this as root (sudo)"


def test_a_channel_that_sends_nothing_is_told(folder: Path) -> None:
    """Somebody who looked at the letters first may forget to send them later."""
    (check,) = faults(folder, notifiers={"slack": slack.Settings(folder=folder)})

    assert "sends nothing" in check.message


def test_a_list_that_is_missing_is_told_with_its_part(folder: Path) -> None:
    """A pattern may fit nothing as yet."""
    feeds = (
        registrations.Feed(path=folder / "none.txt"),
        registrations.Feed(path=folder / "*.csv"),
    )
    settings = registrations.Settings(feeds=feeds)
    (check,) = faults(folder, sources={"registrations": settings})

    assert (check.subject, check.message) == (
        "sources.registrations",
        f"{folder / 'none.txt'} is missing",
    )


def test_a_list_whose_address_has_no_scheme_is_told_as_missing(folder: Path) -> None:
    """It is taken for a path, and nothing else would say so before the first round."""
    there = folder / "exits.txt"
    there.write_text("192.0.2.1\n", encoding="utf-8")
    lists = (indicators.ListTable(name="ours", place="lists.example/ours.csv"),)
    exits = tor.Settings(
        exit_list="check.torproject.example/exits", archives=("https://x.example/a", str(there))
    )
    parts = {"indicators": indicators.Settings(lists=lists), "tor": exits}
    found = faults(folder, enrichers=parts)

    assert [(one.subject, one.message) for one in found] == [
        ("enrichers.indicators", "lists.example/ours.csv is missing"),
        ("enrichers.tor", "check.torproject.example/exits is missing"),
    ]
    assert found[1].hint == "mend exit_list of [enrichers.tor]; an address begins with https://"


def test_a_path_that_is_too_long_is_told_as_missing(folder: Path) -> None:
    """Whether something stands there cannot even be asked."""
    place = folder / ("x" * 300)
    settings = registrations.Settings(feeds=(registrations.Feed(path=place),))
    (check,) = faults(folder, sources={"registrations": settings})

    assert check.message == f"{place} is missing"
    assert [one for one in faults(place) if one.name == "state folder"] == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter every folder")
def test_what_stands_in_a_closed_folder_is_told_as_that(folder: Path) -> None:
    """As the folder of the service is to whoever is not root: it holds lists, too."""
    closed = folder / "closed"
    closed.mkdir(mode=0)
    settings = registrations.Settings(feeds=(registrations.Feed(path=closed / "feeds"),))
    (check,) = faults(folder, sources={"registrations": settings})

    assert check.message == f"{closed / 'feeds'} stands in a folder that is closed to you"
    assert faults(closed / "state")[0].message == "cannot be written to"


@pytest.mark.parametrize("content", [None, "", "-----BEGIN CERTIFICATE-----\n"])
def test_certificates_that_cannot_be_had_are_told_with_their_part(
    folder: Path, content: str | None
) -> None:
    """No mail would go out: with the usual STARTTLS, knocking at the server does not show it."""
    bundle = folder / "ours.pem"
    if content is not None:
        bundle.write_text(content, encoding="utf-8")
    (check,) = faults(folder, notifiers={"email": email.Settings(ca_bundle=bundle)})

    assert check.subject == "notifiers.email"
    assert check.message.startswith(f"{bundle} gives no certificates: ")
    assert "ca_bundle of [notifiers.email]" in check.hint


def test_a_folder_that_cannot_be_written_to_is_a_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may write anywhere, so the answer is given by hand."""
    monkeypatch.setattr(os, "access", lambda *_: False)

    assert faults(folder)[0].message == "cannot be written to"


@contextmanager
def no_room() -> Iterator[None]:
    """No file can grow, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_not_told_as_damage(folder: Path) -> None:
    """A backup put in its place would lose what came since, and mend nothing."""
    for journal in folder.glob("hunter.db-*"):
        journal.unlink()
    with no_room():
        checks = faults(folder)
    (check,) = [check for check in checks if check.name == "database"]

    assert "the disk cannot be read or written" in check.message
    assert "restore" not in check.hint


@pytest.mark.parametrize("tables", ["", "CREATE TABLE theirs (x)"])
def test_a_database_that_is_not_hunters_is_told(folder: Path, tables: str) -> None:
    """One that was emptied, or another program's; both are whole to SQLite."""
    for file in folder.glob("hunter.db*"):
        file.unlink()
    with closing(sqlite3.connect(folder / "hunter.db")) as other:
        other.executescript(tables)
    (folder / "hunter.db").touch()
    (check,) = faults(folder)

    assert (check.name, check.message) == ("database", "holds nothing that hunter wrote")


def test_an_older_hunters_database_is_looked_at_all_the_same(folder: Path) -> None:
    """What it lacks is not counted."""
    with closing(sqlite3.connect(folder / "hunter.db")) as older:
        older.execute("DROP TABLE rule_set")
        older.commit()

    assert faults(folder) == []


def test_a_newer_hunters_database_is_told(folder: Path) -> None:
    """It is whole, and this hunter does not start with it."""
    with closing(sqlite3.connect(folder / "hunter.db")) as newer:
        newer.execute("UPDATE _sqlite_migrations SET name = 'm999_to_come' WHERE id = 1")
        newer.commit()
    (check,) = faults(folder)

    assert (check.name, check.message) == ("database", "was written by a newer hunter")
    assert "restore a backup made before the upgrade" in check.hint


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files for others")
def test_a_database_that_root_left_there_is_told(folder: Path) -> None:
    """Reading it goes well, and the daemon does not start."""
    os.chown(folder, 1234, 1234)
    (check,) = faults(folder)

    assert check.hint == f"chown --reference={folder} {folder / 'hunter.db'}"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files for others")
def test_a_folder_of_roots_may_hold_a_database_of_hunters(folder: Path) -> None:
    """Its group lets hunter in; a database that was given to root would be closed to hunter."""
    os.chown(folder / "hunter.db", 1234, 1234)

    assert faults(folder) == []


def test_a_list_that_is_no_file_is_told(folder: Path) -> None:
    """It is not read: a pipe has no end."""
    os.mkfifo(folder / "pipe")
    settings = registrations.Settings(feeds=(registrations.Feed(path=folder / "pipe"),))
    (check,) = faults(folder, sources={"registrations": settings})

    assert check.message == f"{folder / 'pipe'} is neither file nor folder"
