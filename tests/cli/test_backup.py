"""`hunter backup` and `hunter restore`."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hunter.store import Store
from tests.cli.conftest import Run


def test_a_backup_is_put_back(run: Run, hunted: Path, store: Store, tmp_path: Path) -> None:
    """While the store is open elsewhere; afterwards all alerts are there again."""
    copy = str(tmp_path / "copy.db")
    copied = run("backup", copy, "-c", str(hunted))
    store.execute("DELETE FROM transition")
    store.execute("DELETE FROM alert")
    store.close()
    none = run("alerts", "list", "-c", str(hunted))
    restored = run("restore", copy, "-c", str(hunted))
    listed = run("alerts", "list", "-c", str(hunted))

    assert (copied.status, none.status, restored.status, listed.status) == (0, 1, 0, 0)
    assert "whole" in copied.out
    assert "what was there before is" in restored.out
    assert "mail-en-marche[.]fr" in listed.out


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_machine_that_goes_down_leaves_no_half_a_copy(
    hunted: Path, tmp_path: Path, number: signal.Signals
) -> None:
    """Nor does a terminal that is closed: all of the store lay there, in part, for good."""
    place = tmp_path / "copies"
    place.mkdir()
    # Told when the copy is written and not yet in its place.
    code = (
        "import os\n"
        "from hunter.store import upkeep\n"
        f"upkeep._refuse_damaged = lambda *_: os.kill(os.getpid(), {number:d})\n"
        "from hunter.__main__ import main\n"
        "main()"
    )
    command = [sys.executable, "-c", code, "backup", str(place / "copy.db"), "-c", str(hunted)]
    ended = subprocess.run(command, capture_output=True, check=False)

    assert (ended.returncode, ended.stdout, ended.stderr) == (-number, b"", b"")
    assert [*place.iterdir()] == []


@pytest.mark.parametrize("name", ["caf\udce9.db", "a?b%20#c.db"])
def test_a_copy_may_have_any_name(
    run: Run, hunted: Path, store: Store, tmp_path: Path, name: str
) -> None:
    """Also one that is not UTF-8, or means something in a URI; it was a traceback."""
    copy = str(tmp_path / name)
    store.close()

    assert run("backup", copy, "-c", str(hunted)).status == 0
    assert run("restore", copy, "-c", str(hunted)).status == 0
    assert "mail-en-marche[.]fr" in run("alerts", "list", "-c", str(hunted)).out
    assert not [*tmp_path.glob("*.part")]


def test_a_file_that_is_no_backup_is_yours_to_fix(run: Run, hunted: Path, tmp_path: Path) -> None:
    """With a hint."""
    (tmp_path / "letter.txt").write_text("dear all", encoding="utf-8")
    said = run("restore", str(tmp_path / "letter.txt"), "-c", str(hunted))

    assert said.status == 2
    assert "is damaged: file is not a database" in said.err
    assert "hint:" in said.err


def test_a_copy_that_is_not_there_is_told_as_that(run: Run, hunted: Path, tmp_path: Path) -> None:
    """To make its folder would be no help."""
    said = run("restore", str(tmp_path / "none" / "copy.db"), "-c", str(hunted))

    assert said.status == 2
    assert "copy.db: is no file" in said.err


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_the_home_of_nobody_is_no_place_for_a_copy(run: Run, hunted: Path, command: str) -> None:
    """Shells leave such a path as it is."""
    said = run(command, "~nobody-of-that-name/copy.db", "-c", str(hunted))

    assert said.status == 2
    assert "the home of nobody" in said.err


def test_no_copy_takes_the_place_of_a_device(run: Run, hunted: Path, tmp_path: Path) -> None:
    """As root, `hunter backup /dev/null` would leave the machine without one."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    said = run("backup", str(pipe), "-c", str(hunted))

    assert said.status == 2
    assert "is no file" in said.err
    assert pipe.is_fifo()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter every folder")
@pytest.mark.parametrize(
    "command",
    [("backup", "copy.db"), ("rules", "replay"), ("explain", "en-marche.co"), ("status",)],
)
def test_a_store_of_another_user_is_told_in_words(
    run: Run, hunted: Path, command: tuple[str, ...]
) -> None:
    """The service's folder is its own: who asks without sudo is told, not that there is nothing."""
    state = hunted.parent / "state"
    state.chmod(0o000)
    try:
        said = run(*command, "-c", str(hunted))
    finally:
        state.chmod(0o700)
    assert said.status == 2
    assert "run hunter as root (sudo) or as the user who owns that folder" in said.err


def test_a_copy_of_nothing_is_refused(run: Run, config: Path, tmp_path: Path) -> None:
    """There is no store before the first start, and none is made."""
    said = run("backup", str(tmp_path / "copy.db"), "-c", str(config))

    assert said.status == 2
    assert "there is no store to copy" in said.err
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("backup",),
        ("restore",),
        ("report", "--out"),
        ("alerts", "export", "--format", "csv", "--out"),
        ("incidents", "export", "1", "--format", "csv", "--out"),
        ("incidents", "show", "1", "--graph"),
        ("rules", "replay", "--html"),
    ],
)
@pytest.mark.parametrize(
    "file",
    ["config.toml", *(f"state/{name}" for name in ("hunter.db", "hunter.db-wal", "lock"))],
)
def test_nothing_takes_the_place_of_what_hunter_works_with(
    run: Run, hunted: Path, command: tuple[str, ...], file: str
) -> None:
    """A slip of the hand costs neither the config nor the store."""
    target = hunted.parent / file
    target.touch()
    before = target.stat().st_ino
    said = run(*command, str(target), "-c", str(hunted))

    assert said.status == 2
    assert "hunter works with this file" in said.err
    assert target.stat().st_ino == before


@pytest.mark.parametrize(
    "command",
    [
        ("backup",),
        ("report", "--out"),
        ("alerts", "export", "--format", "csv", "--out"),
        ("takedown", "write", "mail-en-marche.fr", "--out"),
        ("incidents", "show", "1", "--graph"),
        ("rules", "replay", "--html"),
    ],
)
def test_a_folder_that_is_not_there_is_not_made(
    run: Run, hunted: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """A slip of the pen in a path shows at once, and not when what lies there is needed."""
    said = run(*command, str(tmp_path / "typo" / "copy.db"), "-c", str(hunted))

    assert said.status == 2
    assert f"{tmp_path / 'typo'}: is no folder" in said.err
    assert not (tmp_path / "typo").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("backup", "copy.db"),
        ("alerts", "export", "--format", "csv"),
        ("takedown", "write", "mail-en-marche.fr", "--out", "packet.zip"),
        ("match", "en-marche.co"),
    ],
)
def test_a_channel_at_fault_is_no_obstacle_to_what_asks_only_the_store(
    run: Run, hunted: Path, command: tuple[str, ...]
) -> None:
    """Least of all to the copy that is made before it is mended."""
    text = hunted.read_text(encoding="utf-8")
    hunted.write_text(text + "[notifiers.email]\nport = 99999\n", encoding="utf-8")

    assert run(*command, "-c", str(hunted)).status == 0


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
@pytest.mark.parametrize(
    "command", [("status",), ("backup", "copy.db"), ("restore", "{copy}"), ("doctor", "--offline")]
)
def test_what_is_no_file_is_no_store(
    run: Run,
    hunted: Path,
    store: Store,
    make: Callable[[Path], None],
    command: tuple[str, ...],
) -> None:
    """A pipe was waited for without end, and a folder told as a disk that is full or broken."""
    copy, state = hunted.parent / "copy.db", hunted.parent / "state"
    run("backup", str(copy), "-c", str(hunted))
    store.close()
    for file in state.iterdir():
        file.unlink()
    make(state / "hunter.db")
    said = run(*(one.format(copy=copy) for one in command), "-c", str(hunted))

    assert said.status != 0
    assert "hunter.db: is no file" in (said.out + said.err).replace("  ", ": ")


def test_a_store_that_was_emptied_is_not_told_as_a_quiet_one(run: Run, config: Path) -> None:
    """As a full disk, or a slip of the hand, leaves it: no alerts would be good news."""
    (config.parent / "state").mkdir()
    (config.parent / "state" / "hunter.db").touch()
    said = run("alerts", "list", "-c", str(config))

    assert said.status == 2
    assert "is empty: what was stored is lost" in said.err
    assert (config.parent / "state" / "hunter.db").stat().st_size == 0
