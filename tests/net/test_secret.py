"""Secrets from files: whole, stripped, and never in a message."""

from pathlib import Path

import pytest

from hunter.errors import WillNotPass, WillPass
from hunter.net.secret import read_secret
from tests.world import descriptors


def test_a_secret_is_its_files_content_without_the_edges(tmp_path: Path) -> None:
    """Editors add a line feed, and Notepad a mark; spaces within belong to the secret."""
    for content in (b"  correct horse \n", b"\xef\xbb\xbfcorrect horse\r\n"):
        (tmp_path / "s").write_bytes(content)

        assert read_secret(tmp_path / "s") == "correct horse"


@pytest.mark.parametrize(
    "content", [b"", b"\n \n", b"two\nlines", b"\xff\xfe\x00binary", b"x" * 20_000, b"a\x1b[0mb"]
)
def test_what_is_no_secret_is_refused_without_being_shown(tmp_path: Path, content: bytes) -> None:
    """The message names the file only."""
    (tmp_path / "s").write_bytes(content)
    with pytest.raises(WillNotPass, match="/s ") as caught:
        read_secret(tmp_path / "s")

    assert "two" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """So is a folder in its place."""
    for path in (tmp_path / "absent", tmp_path):
        with pytest.raises(WillNotPass, match="cannot be read"):
            read_secret(path)


def test_a_machine_without_descriptors_is_no_missing_secret(tmp_path: Path) -> None:
    """Nobody has to mend the file."""
    (tmp_path / "s").write_text("secret")
    with descriptors.none_left(), pytest.raises(WillPass, match="Too many open files"):
        read_secret(tmp_path / "s")
