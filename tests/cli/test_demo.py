"""The demo's folder; the demo itself is tried in tests/test_replay.py."""

import shlex
import subprocess
from pathlib import Path

import pytest

from hunter.cli.demo import _config, _new_folder
from hunter.errors import YoursToFix
from tests.cli.conftest import Run
from tests.world.daemon import hunter


def test_an_earlier_demo_is_cleared_away_and_nothing_else(tmp_path: Path) -> None:
    """What somebody put beside it stays."""
    (tmp_path / "config.toml").write_text(_config(tmp_path, tmp_path, ["a.fr"], []), "utf-8")
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


CASE = """
[case]
title = "A small case"
starts = 2026-01-05
ends = 2026-01-06
[[domain]]
name = "don-secours-lointain.org"
registered = 2026-01-05
[[domain.facts]]
from = 2026-01-05
registered = 20260105
has_mx = true
"""


def test_another_case_is_replayed_for_its_own_brand(tmp_path: Path) -> None:
    """Whatever stands in the path; nothing of 2017 is told."""
    file = tmp_path / 'a "small" case.toml'
    file.write_text(CASE, encoding="utf-8")
    folder = tmp_path / "the demo"
    said = hunter(
        *("demo", "--folder", str(folder), "--case", str(file)),
        *("--brand", "secours-lointain.org", "--keyword", "secours"),
    )

    assert said.returncode == 0, said.stderr
    assert "A small case: 2 days" in said.stdout
    assert "don-secours-lointain[.]org" in said.stdout
    assert "en-marche" not in said.stdout
    assert list((folder / "mail").glob("*.eml"))
    shown = said.stdout.partition("Explore: ")[2].splitlines()[0]
    assert "don-secours" in subprocess.check_output(shlex.split(shown), text=True)


def test_its_config_asks_nobody_outside(tmp_path: Path) -> None:
    """Whoever starts the daemon with it replays the case, and no more."""
    file = tmp_path / "case.toml"
    file.write_text(CASE, encoding="utf-8")
    folder = tmp_path / "demo"
    hunter(
        *("demo", "--folder", str(folder), "--case", str(file)),
        *("--brand", "secours-lointain.org", "--keyword", "secours"),
    )
    checked = hunter("check", "-c", str(folder / "config.toml"))

    assert "sources: case\n" in checked.stdout
    assert "enrichers: canary, mail, neighbours, recorded\n" in checked.stdout


def test_another_case_needs_its_brand(run: Run, tmp_path: Path) -> None:
    """And a file that is a case; nothing is left behind."""
    file = tmp_path / "case.toml"
    unnamed = run("demo", "--case", str(file), "--folder", str(tmp_path / "demo"))
    missing = run(
        "demo", "--case", str(file), "--brand", "a.fr", "--folder", str(tmp_path / "demo")
    )

    assert (unnamed.status, missing.status) == (2, 2)
    assert "--brand" in unnamed.err
    assert "cannot be read as a case: No such file" in missing.err
    assert "hint: docs/cli.md shows what a case looks like" in missing.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_case_and_one_for_the_folder_are_told_in_words(tmp_path: Path) -> None:
    """Not as Python tells of bytes, nor that a file exists where a folder was meant."""
    (tmp_path / "case.toml").write_bytes(b"\xff\xfe[case]")
    (tmp_path / "sound.toml").write_text(CASE, encoding="utf-8")
    asked = ("demo", "--brand", "a.fr", "--folder", "sound.toml", "--case")

    assert (
        "cannot be read as a case: it is not UTF-8"
        in hunter(*asked, "case.toml", cwd=tmp_path).stderr
    )
    assert "sound.toml: is no folder" in hunter(*asked, "sound.toml", cwd=tmp_path).stderr


def test_a_slip_in_the_brand_leaves_an_earlier_demo_alone(run: Run, tmp_path: Path) -> None:
    """It is told as an option's, and not as that of a config that nobody wrote."""
    file, folder = tmp_path / "case.toml", tmp_path / "demo"
    file.write_text(CASE, encoding="utf-8")
    folder.mkdir()
    (folder / "config.toml").write_text(_config(folder, file, ["a.fr"], []), "utf-8")
    (folder / "hunter.db").touch()
    told = run("demo", "--case", str(file), "--brand", "not_a_name", "--folder", str(folder))

    assert told.status == 2
    assert "'not_a_name' is not a domain name" in told.err
    assert "config.toml" not in told.err
    assert (folder / "hunter.db").exists()


def test_a_brand_without_a_case_is_a_mistake(run: Run, tmp_path: Path) -> None:
    """The founding case imitates its own brand; others are matched by another command."""
    told = run("demo", "--brand", "a.fr", "--folder", str(tmp_path / "demo"))

    assert told.status == 2
    assert "give the file with --case" in told.err
    assert list(tmp_path.iterdir()) == []
