"""One at a time, in a folder that can be used."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hunter.errors import WillPass, YoursToFix
from hunter.store.alone import DAEMON, alone, is_held
from tests.world.descriptors import none_left


@pytest.mark.parametrize("in_the_way", ["state", "state/lock/x"])
def test_a_folder_that_cannot_be_used_is_yours_to_fix(tmp_path: Path, in_the_way: str) -> None:
    """A file in its place, a folder in the lock's; a disk that was made read-only is the same."""
    thing = tmp_path / in_the_way
    thing.parent.mkdir(parents=True, exist_ok=True)
    thing.touch()

    with (
        pytest.raises(YoursToFix, match=r"cannot be used(.|\n)*hint: "),
        alone(tmp_path / "state", DAEMON, "another hunter"),
    ):
        pytest.fail("it was taken")


def test_a_machine_that_has_no_room_will_pass(tmp_path: Path) -> None:
    """Nothing is wrong with the config; the next start may find room again."""
    with (
        none_left(),
        pytest.raises(WillPass, match="cannot be used"),
        alone(tmp_path / "state", DAEMON, "another hunter"),
    ):
        pytest.fail("it was taken")


def test_a_lock_that_somebody_else_made_need_not_be_written(tmp_path: Path) -> None:
    """Root made it in a restore, and the daemon may only read it; it still keeps others out."""
    (tmp_path / DAEMON).write_text("as it was", encoding="utf-8")

    with alone(tmp_path, DAEMON, "another hunter"):
        assert is_held(tmp_path / DAEMON)
        with (
            pytest.raises(YoursToFix, match="another hunter works"),
            alone(tmp_path, DAEMON, "another hunter"),
        ):
            pytest.fail("it was taken twice")

    assert not is_held(tmp_path / DAEMON)
    assert (tmp_path / DAEMON).read_text(encoding="utf-8") == "as it was"


def test_a_lock_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    """Root restores in a folder that is the daemon's."""
    (tmp_path / "elsewhere").write_text("precious", encoding="utf-8")
    (tmp_path / DAEMON).symlink_to("elsewhere")

    with (
        pytest.raises(YoursToFix, match="cannot be used"),
        alone(tmp_path, DAEMON, "another hunter"),
    ):
        pytest.fail("it was taken")
    assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "precious"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files for others")
def test_a_lock_that_root_makes_is_for_the_owner_of_the_folder(tmp_path: Path) -> None:
    """Under an umask that hides all from others, the daemon could never start again."""
    os.chown(tmp_path, 1234, 1234)
    before = os.umask(0o077)
    try:
        with alone(tmp_path, DAEMON, "a hunter"):
            assert (tmp_path / DAEMON).stat().st_uid == 1234
    finally:
        os.umask(before)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_lock_that_is_a_file_of_roots_is_not_given_away(tmp_path: Path) -> None:
    """Whoever owns the folder may give such a file the lock's name."""
    state, precious = tmp_path / "state", tmp_path / "precious"
    precious.touch(mode=0o600)
    state.mkdir()
    os.chown(state, 1234, 1234)
    (state / DAEMON).hardlink_to(precious)

    with alone(state, DAEMON, "a hunter"):
        assert precious.stat().st_uid == 0


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_no_lock(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """A pipe would be waited for without end; the way out is said, and is not another user."""
    make(tmp_path / DAEMON)

    with (
        pytest.raises(YoursToFix, match=r"lock: cannot be used: it is no file\n.*take it away"),
        alone(tmp_path, DAEMON, "another hunter"),
    ):
        pytest.fail("it was taken")
    assert not is_held(tmp_path / DAEMON)
