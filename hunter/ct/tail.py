"""The entries of one log as they come, each proven before it is given out."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta

from hunter.ct.entries import Entry, Page
from hunter.ct.follow import Follower, Trouble, Verified, index_at, start_at
from hunter.ct.merkle import Disproved
from hunter.ct.readers import Reader
from hunter.errors import WillPass

_LARGEST_WINDOW = 2048


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where to begin: at an index, at a time, or, when both are None, at the log's end."""

    index: int | None = None
    when: datetime | None = None

    def covers(self, entry: Entry) -> bool:
        """Whether the entry does not lie before it."""
        if self.when is not None:
            return entry.timestamp >= self.when.timestamp() * 1000
        return self.index is None or entry.index >= self.index


async def begin(reader: Reader, at: Beginning, count: int | None = None) -> Follower:
    """A follower that stands at the beginning, or a little before it.

    `count` is how many entries are wanted: no more than needed are downloaded to prove them.
    Raises BadTreeHead, Disproved or WillPass.
    """
    index = at.index if at.when is None else await index_at(reader, at.when)
    window = 0 if count is None else min(max(count, 1), _LARGEST_WINDOW)
    return Follower(reader, await start_at(reader, index), window)


async def entries(follower: Follower, at: Beginning) -> AsyncGenerator[Entry, None]:
    """One round: all that lies behind the beginning and up to the newest tree head, in order.

    Raises Disproved when the log contradicts itself, and WillPass.
    """
    async with aclosing(follower.catch_up()) as steps:
        async for step in steps:
            if isinstance(step, Trouble):
                raise Disproved(f"{step.fault}: {step.message}")
            if isinstance(step, Verified):
                for entry in filter(at.covers, _opened(step)):
                    yield entry


async def endless(
    follower: Follower, at: Beginning, pause: timedelta, tell: Callable[[str], None]
) -> AsyncGenerator[Entry, None]:
    """Round after round, with a pause between; trouble that passes is told and waited out."""
    while True:
        wait = pause
        try:
            async with aclosing(entries(follower, at)) as found:
                async for entry in found:
                    yield entry
        except WillPass as error:
            tell(str(error))
            wait = max(pause, error.retry_after or pause)
        await asyncio.sleep(wait.total_seconds())


def _opened(step: Verified) -> list[Entry]:
    return [
        page.entry(position)
        for page in step.pages
        if isinstance(page, Page)
        for position in range(len(page))
    ]
