"""How hunter and systemd speak with each other."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world.daemon import PATIENCE, daemon

UNIT = Path(__file__).parents[2] / "systemd" / "hunter.service"
QUIET = """
[[brand]]
domain = "atelier-lumiere.fr"

[store]
folder = "{folder}/state"

[sources]
permutations.enabled = false
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A config of a daemon that has nothing to do."""
    path = tmp_path / "config.toml"
    path.write_text(QUIET.format(folder=tmp_path), encoding="utf-8")
    return path


def test_systemd_is_told_of_readiness_progress_and_the_end(config: Path, tmp_path: Path) -> None:
    """READY=1 once everything runs, WATCHDOG=1 while work goes on, STOPPING=1 at the end."""
    address = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.bind(str(address))
        told.settimeout(PATIENCE)
        with daemon(config, NOTIFY_SOCKET=str(address), WATCHDOG_USEC="1000000") as hunting:
            assert told.recv(100) == b"READY=1"
            assert told.recv(100) == b"WATCHDOG=1"
            hunting.signal(signal.SIGTERM)
            while (message := told.recv(100)) == b"WATCHDOG=1":
                pass
            assert message == b"STOPPING=1"
            assert hunting.process.wait(PATIENCE) == 0


@pytest.fixture
def held(config: Path) -> Iterator[int]:
    """A store that nobody can open as long as the lock on this handle is held."""
    (config.parent / "state").mkdir()
    handle = os.open(config.parent / "state", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    yield handle
    os.close(handle)


def test_a_reload_amid_the_start_is_made_when_it_has_started(config: Path, held: int) -> None:
    """An early SIGHUP neither ends it, nor gets lost."""
    with daemon(config) as hunting:
        hunting.wait_for((config.parent / "state" / "lock").exists, "the start")
        hunting.signal(signal.SIGHUP)
        fcntl.flock(held, fcntl.LOCK_UN)
        hunting.wait_for(lambda: '"reloaded"' in hunting.journal(), "the reload")

        assert hunting.stop() == 0


def test_an_end_amid_the_start_is_a_clean_one(config: Path, held: int) -> None:
    """An early SIGTERM waits for nothing."""
    with daemon(config) as hunting:
        hunting.wait_for((config.parent / "state" / "lock").exists, "the start")

        assert hunting.stop() == 0
        assert hunting.journal() == ""


def test_the_unit_never_gives_hunter_up() -> None:
    """A full disk outlasts any number of starts; an end by a stray SIGHUP is no failure to it."""
    unit = UNIT.read_text(encoding="utf-8").splitlines()

    assert {"StartLimitIntervalSec=0", "Restart=always"} <= set(unit)


def test_the_unit_starts_hunter_after_a_resolver_of_the_same_machine() -> None:
    """systemd.special(7): whoever cannot do without names is ordered behind nss-lookup.target."""
    (after,) = [
        line.partition("=")[2].split()
        for line in UNIT.read_text(encoding="utf-8").splitlines()
        if line.startswith("After=")
    ]

    assert {"network-online.target", "nss-lookup.target"} <= set(after)


@pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="no systemd-analyze on this machine"
)
def test_the_unit_leaves_little_exposed() -> None:
    """`systemd-analyze security` gives an exposure of 1.5 at most."""
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", str(UNIT)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert judged.returncode == 0, judged.stdout[-500:] + judged.stderr


def test_the_unit_lets_hunter_write_into_its_state_folder_alone() -> None:
    """SECURITY.md says so to whoever asks what can be done from within hunter."""
    keys = {line.partition("=")[0] for line in UNIT.read_text(encoding="utf-8").splitlines()}
    writable = {"StateDirectory", "CacheDirectory", "LogsDirectory", "RuntimeDirectory"}

    assert keys & {*writable, "ReadWritePaths", "BindPaths"} == {"StateDirectory"}
