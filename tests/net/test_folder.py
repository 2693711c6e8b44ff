"""Messages as files: sortable, whole, and the same message is the same file."""

import errno
import os
import re
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.errors import WillNotPass, WillPass
from hunter.net import folder
from hunter.net.folder import drop, drop_pieces, file_name

AT = datetime(2017, 4, 24, 6, 0, tzinfo=UTC)


def test_names_sort_by_time_and_say_what_they_are() -> None:
    """Time in UTC whatever the zone, the domain without brackets, the kind, a mark of the key."""
    paris = AT.astimezone(timezone(timedelta(hours=2)))
    name = file_name(paris, "en-marche[.]co", "opened", "key", ".eml")

    assert re.fullmatch(r"20170424T060000Z-en-marche\.co-opened-[0-9a-f]{10}\.eml", name)
    assert name == file_name(AT, "en-marche[.]co", "opened", "key", ".eml")
    assert name != file_name(AT, "en-marche[.]co", "opened", "other", ".eml")
    assert name < file_name(AT + timedelta(seconds=1), "a.co", "opened", "key", ".eml")


@given(st.text(), st.text(), st.text())
def test_no_name_leads_out_of_the_folder(domain: str, kind: str, key: str) -> None:
    """Whatever they hold, it is one plain file name."""
    name = file_name(AT, domain, kind, key, ".eml")

    assert re.fullmatch(r"[\w.-]{1,255}", name, re.ASCII)


def test_a_file_appears_whole_and_once(tmp_path: Path) -> None:
    """The folder is made, a repeat replaces, and nothing half-written stays behind."""
    target = tmp_path / "a" / "b"
    drop(target, "one.eml", b"first")
    drop(target, "one.eml", b"second")

    assert [path.name for path in target.iterdir()] == ["one.eml"]
    assert (target / "one.eml").read_bytes() == b"second"


@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_who_may_read_a_file_may_read_the_next_one(tmp_path: Path, mode: int) -> None:
    """A resolver that runs as somebody else goes on reading its policy zone; a new one is 0640."""
    target = drop(tmp_path, "rpz", b"first")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640

    target.chmod(mode)
    drop(tmp_path, "rpz", b"second")

    assert stat.S_IMODE(target.stat().st_mode) == mode
    assert target.read_bytes() == b"second"


def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    """`--out /dev/stdout`; as root, `--out /dev/null` would leave the machine without one."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    drop(tmp_path, "pipe", b"content")

    assert os.read(reader, 100) == b"content"
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    os.close(reader)


def test_a_file_whose_pieces_break_off_leaves_what_was_there(tmp_path: Path) -> None:
    """An old block list is better than half of one, and none of it lies about."""

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise WillPass("the store is busy")

    (tmp_path / "list").write_bytes(b"whole")
    with pytest.raises(WillPass, match="busy"):
        drop_pieces(tmp_path, "list", pieces())

    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"whole"]


def test_what_a_link_leads_to_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    """Such as a block list that lies elsewhere, or /dev/stdout led into a file."""
    (tmp_path / "there").write_bytes(b"old")
    (tmp_path / "link").symlink_to("there")
    drop(tmp_path, "link", b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there").read_bytes() == b"new"


@pytest.mark.parametrize(("number", "kind"), [(errno.ENOSPC, WillPass), (errno.EROFS, WillNotPass)])
def test_what_went_wrong_decides_whether_it_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, kind: type[Exception]
) -> None:
    """A full disk gets room again; a read-only one needs a person. The old file stays."""
    drop(tmp_path, "one.eml", b"first")

    def fail(_handle: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(folder.os, "fsync", fail)
    with pytest.raises(kind):
        drop(tmp_path, "one.eml", b"second")

    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"first"]
