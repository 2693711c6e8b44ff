"""The real command line in a process of its own, for stories."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 300.0
"""Seconds until what is waited for will never come: whether it does is asserted, and not when."""


def hunter(
    *arguments: str, cwd: Path | None = None, answers: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; `answers` is what a person types."""
    return subprocess.run(
        [sys.executable, "-m", "hunter", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        input=answers,
        timeout=PATIENCE,
        check=False,
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    root = str(Path(__file__).parents[2])
    hidden = ("STATE_DIRECTORY", "CONFIGURATION_DIRECTORY", "NOTIFY_SOCKET")
    kept = {key: value for key, value in os.environ.items() if key not in hidden}
    return {**kept, "PYTHONPATH": root}


class Daemon:
    """A running `hunter run`."""

    def __init__(self, config: Path, log: Path, extra: dict[str, str]) -> None:
        self.log = log
        with log.open("ab") as journal:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "hunter", "run", "-c", str(config)],
                stdout=journal,
                stderr=journal,
                env=_environment() | extra,
            )

    def wait_for(self, condition: Callable[[], object], what: str) -> None:
        """Wait until the condition holds; fails with the journal when it never does."""
        until = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, f"hunter died:\n{self.journal()}"
            assert time.monotonic() < until, f"{what} never came:\n{self.journal()}"
            time.sleep(0.05)

    def journal(self) -> str:
        """What it logged."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_until_started(self) -> None:
        """Wait until it says that it started."""
        seen = self.journal().count('"started"')
        self.wait_for(lambda: self.journal().count('"started"') > seen or seen, "the start")

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ask it to end; its exit status."""
        self.process.terminate()
        return self.process.wait(PATIENCE)


@contextmanager
def daemon(config: Path, **extra: str) -> Iterator[Daemon]:
    """A daemon that is gone at the end, whatever happens."""
    running = Daemon(config, config.parent / "journal.log", extra)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.kill()
