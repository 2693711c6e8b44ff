"""Runs a fake server in a thread of its own, for tests that start the real command line."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def running(server: AbstractAsyncContextManager[T]) -> Iterator[T]:
    """Enter `server` on an event loop in a thread; yields what it yields, and leaves it at the end.

    Also works around a list of servers: nest them, or use contextlib.ExitStack.
    """
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result(10)
    finally:
        leaving = asyncio.run_coroutine_threadsafe(server.__aexit__(None, None, None), loop)
        try:
            leaving.result(10)
        finally:
            asyncio.run_coroutine_threadsafe(_cancel_the_rest(), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)
            loop.close()


async def _cancel_the_rest() -> None:
    rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    # A connection that never finished shaking hands belongs to no task, and its client may not even
    # have closed it.
    for transport in list(getattr(asyncio.get_running_loop(), "_transports", {}).values()):
        transport.abort()
    await asyncio.sleep(0)
