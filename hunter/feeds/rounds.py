"""A round over several feeds, side by side: one that hangs delays no other."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

T = TypeVar("T")


class Round:
    """Which feeds of a round are still to be read to their end."""

    def __init__(self, feeds: Iterable[str]) -> None:
        self._left = set(feeds)
        self._over = asyncio.Event()

    def done(self, feed: str) -> None:
        """The feed was looked at."""
        self._left.discard(feed)
        if not self._left:
            self._over.set()

    async def goes_on(self, pause: timedelta) -> bool:
        """Wait so long, or until all are done; whether others are still being read."""
        with suppress(TimeoutError):
            async with asyncio.timeout(pause.total_seconds()):
                await self._over.wait()
        return not self._over.is_set()


async def side_by_side(streams: Iterable[AsyncGenerator[T, None]]) -> AsyncIterator[T]:
    """What they yield, as it comes; each goes on only once its own last item was dealt with."""
    waiting = {asyncio.ensure_future(anext(stream)): stream for stream in streams}
    try:
        while waiting:
            ready, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for one in ready:
                stream = waiting.pop(one)
                with suppress(StopAsyncIteration):
                    yield one.result()
                    waiting[asyncio.ensure_future(anext(stream))] = stream
    finally:
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


def on_the_loop(cursor: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """The cursor for a reader in a thread: the store belongs to the thread of the loop."""
    loop = asyncio.get_running_loop()

    async def ask(stream: str) -> str | None:
        return cursor(stream)

    return lambda stream: asyncio.run_coroutine_threadsafe(ask(stream), loop).result()
