"""Write what many tasks have at hand in one transaction: each one waits for the disk.

Known to databases as group commit (DeWitt et al., "Implementation techniques for main memory
database systems", 1984).
"""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from hunter.errors import WillPass
from hunter.store import Store

T = TypeVar("T")

_PAUSE = 0.01
"""Seconds in which others may join."""


class Together:
    """Groups the writes of one event loop's tasks."""

    def __init__(self, store: Store) -> None:
        """Write to that store."""
        self._store = store
        self._waiting: list[Callable[[], Any]] = []
        self._turn: asyncio.Task[None] | None = None

    async def write(self, work: Callable[[], T]) -> T:
        """Do the work in a transaction with that of others; returns once it is kept.

        When the work of one fails, nobody's is kept, and each is done again alone: so that only
        that one fails. A store in trouble fails for all: each alone would wait for it in turn, and
        the whole loop with it.
        """
        results: list[T] = []
        self._waiting.append(lambda: results.append(work()))
        if self._turn is None:
            self._turn = asyncio.create_task(self._write_all())
        turn = self._turn
        await asyncio.wait((turn,))
        trouble = turn.exception()
        if trouble is None:
            return results[-1]
        if isinstance(trouble, WillPass):
            raise WillPass(str(trouble)) from trouble
        with self._store.transaction():
            return work()

    async def _write_all(self) -> None:
        await asyncio.sleep(_PAUSE)
        waiting, self._waiting, self._turn = self._waiting, [], None
        with self._store.transaction():
            for work in waiting:
                work()
