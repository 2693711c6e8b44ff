"""A store that dies before any write, as a process does that is killed there."""

import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hunter.store import Store


class Killed(BaseException):
    """The end of a life; nobody catches it."""


class MortalStore(Store):
    """A store whose process dies before it writes once too often, and writes no more."""

    def __init__(self, path: Path, writes: int, die: Callable[[], None]) -> None:
        super().__init__(path)
        self.left = writes
        self.die = die

    def _count_down(self) -> None:
        if self.left <= 0:
            self.die()
        self.left -= 1

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Write, or die."""
        self._count_down()
        return super().execute(sql, parameters)

    def insert(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Write, or die."""
        self._count_down()
        return super().insert(sql, parameters)

    def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Write, or die."""
        self._count_down()
        super().execute_many(sql, rows)


def raise_killed() -> None:
    """Die as far as this test can tell."""
    raise Killed


def kill_this_process() -> None:
    """Die as a process does: without a farewell."""
    os.kill(os.getpid(), signal.SIGKILL)


def hurry(store: Store) -> None:
    """Do not wait for the disk: here the process dies, and not the machine."""
    store.rows("PRAGMA synchronous = OFF")
