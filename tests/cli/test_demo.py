"""The demo's folder; the demo itself is tried in tests/test_replay.py."""

from pathlib import Path

import pytest

from hunter.cli.demo import _CONFIG, _new_folder
from hunter.errors import YoursToFix


def test_an_earlier_demo_is_cleared_away_and_nothing_else(tmp_path: Path) -> None:
    """What somebody put beside it stays."""
    (tmp_path / "config.toml").write_text(_CONFIG.format(folder=tmp_path), "utf-8")
    (tmp_path / "mail").mkdir()
    for name in ("hunter.db", "hunter.db-wal", "mail/a.eml", "mail/mine.txt", "notes.txt"):
        (tmp_path / name).touch()

    assert _new_folder(tmp_path) == tmp_path
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert left == {"config.toml", "mail/mine.txt", "notes.txt"}


def test_somebody_elses_folder_is_refused(tmp_path: Path) -> None:
    """Also one with a config of another kind in it."""
    (tmp_path / "config.toml").write_bytes(b"\xe9")
    with pytest.raises(YoursToFix, match="holds other things"):
        _new_folder(tmp_path)


def test_a_new_folder_is_made(tmp_path: Path) -> None:
    """With those above it."""
    assert _new_folder(tmp_path / "a" / "b").is_dir()
