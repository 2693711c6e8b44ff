"""The daemon's own clockwork, with steps that do as they are told."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
import structlog

from hunter import config, daemon, health, pipeline
from hunter.pipeline import Hunt

CONFIG = """
[[brand]]
domain = "atelier-lumiere.fr"
[store]
folder = "{folder}/state"
[health]
held_up_after = "1s"
[sources]
permutations.enabled = false
canary.enabled = false
"""


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> socket.socket:
    """Where systemd would listen; it wants to hear something a hundred times a second."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(str(tmp_path / "notify"))
    listening.setblocking(False)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("WATCHDOG_USEC", "20000")
    return listening


def heard(systemd: socket.socket) -> list[bytes]:
    """What the daemon told systemd since this was asked last."""
    found = []
    with suppress(BlockingIOError):
        while True:
            found.append(systemd.recv(100))
    return found


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[None]:
    """A daemon, ended as systemd would."""
    path = folder / "config.toml"
    path.write_text(CONFIG.format(folder=folder), encoding="utf-8")
    work = asyncio.create_task(daemon.run(config.load(path)))
    try:
        yield
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
        await work


async def until(condition: Callable[[], object]) -> None:
    """Wait for it, for as long as the whole test may take."""
    for _ in range(3000):
        if condition():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it never came")


async def test_a_step_that_hangs_stops_the_watchdog_though_the_loop_goes_on(
    tmp_path: Path, systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """systemd then starts hunter anew; when the step goes on by itself, so does the watchdog."""
    goes_on, rounds = asyncio.Event(), []

    async def hang(_hunt: Hunt) -> int:
        await goes_on.wait()
        return 0

    monkeypatch.setattr(pipeline, "judge_pending", hang)
    hang.__name__ = "judge_pending"
    monkeypatch.setattr(health, "tell", lambda *_: rounds.append(1))
    with structlog.testing.capture_logs() as logs:
        async with running(tmp_path):
            await until(lambda: b"WATCHDOG=1" in heard(systemd))

            await until(lambda: "held up" in [line["event"] for line in logs])
            heard(systemd)
            rounds.clear()
            await until(lambda: len(rounds) > 1)
            assert heard(systemd) == []

            goes_on.set()
            await until(lambda: b"WATCHDOG=1" in heard(systemd))

    held_up = next(line for line in logs if line["event"] == "held up")
    assert held_up["steps"] == ["judge_pending"]
    systemd.close()
