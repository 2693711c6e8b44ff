"""What stands at a path."""

import os
from pathlib import Path

import pytest

from hunter.paths import is_file, is_folder, is_there, may_be_there, readable_to_its_end


def test_a_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    """Both are there."""
    file = tmp_path / "file"
    file.touch()

    assert (is_there(file), is_file(file), is_folder(file)) == (True, True, False)
    assert (is_there(tmp_path), is_file(tmp_path), is_folder(tmp_path)) == (True, False, True)


@pytest.mark.parametrize("text", ["nowhere", "x" * 5000, "a\0b"])
def test_what_can_be_no_path_is_not_there(text: str) -> None:
    """A name or a key may be longer than a path, and no text makes it raise."""
    assert not any(ask(text) for ask in (is_there, is_file, is_folder, may_be_there))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter every folder")
def test_what_a_closed_folder_holds_may_be_there(tmp_path: Path) -> None:
    """Whoever may not look is not told that there is nothing."""
    closed = tmp_path / "closed"
    closed.mkdir(0o000)
    try:
        assert may_be_there(closed / "hunter.db")
        assert not is_there(closed / "hunter.db")
    finally:
        closed.chmod(0o700)


def test_what_has_no_end_is_not_read(tmp_path: Path) -> None:
    """A thread that waits for a pipe cannot be ended, nor can the daemon then."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()

    assert readable_to_its_end(tmp_path / "file") == tmp_path / "file"
    assert readable_to_its_end(tmp_path) == tmp_path
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(OSError, match="neither file nor folder"):
            readable_to_its_end(path)
