"""What was made of files and of what URLs gave, kept until the file changes or its time is over.

However many ask at once, each thing is made once, in a thread; who gives up waiting stops nothing.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Generic, TypeVar

from hunter.errors import WillNotPass, WillPass
from hunter.net.http import HttpAnswer, HttpDoor
from hunter.net.text import clean
from hunter.net.urls import is_web
from hunter.paths import readable_to_its_end

T = TypeVar("T")

_OK = 200
_LOOK_AGAIN = 2.0
_RETRY = 600.0
_STALE = 86_400.0
_SECONDS = 300.0
_MAX_BYTES = 50_000_000


@dataclass(slots=True)
class _Kept(Generic[T]):
    """One thing on the shelf; `version` is of its file; the times are monotonic."""

    thing: T | None = None
    version: tuple[int, ...] = ()
    made_at: float = 0.0
    good_until: float = 0.0
    trouble: str = ""


class Shelf(Generic[T]):
    """`make` turns bytes or a file into the thing and raises ValueError when it cannot."""

    def __init__(self, make: Callable[[Path | bytes], T]) -> None:
        self._make = make
        self._kept: dict[str, _Kept[T]] = {}
        self._making: dict[str, asyncio.Task[T]] = {}

    async def of_place(self, place: str, door: HttpDoor, *, every: timedelta) -> T:
        """What stands at a URL or a path; raises as `of_url` and `of_file` do."""
        if is_web(place):
            return await self.of_url(place, door, every=every)
        return await self.of_file(Path(place))

    async def of_file(self, path: Path) -> T:
        """The thing in a file or folder; raises WillNotPass when it is missing or of no use."""
        key = str(path)
        kept = self._kept.get(key)
        if kept and time.monotonic() < kept.good_until:
            return _thing(kept, WillNotPass)
        return await self._once(key, lambda: self._from_file(path, key))

    async def of_url(self, url: str, door: HttpDoor, *, every: timedelta) -> T:
        """What the URL gave in the last `every`; an older one for a day when it cannot be had.

        Raises WillPass when there is none.
        """
        kept = self._kept.get(url)
        if kept and time.monotonic() < kept.good_until:
            return _thing(kept, WillPass)
        seconds = every.total_seconds()
        return await self._once(url, lambda: self._from_url(url, door, seconds))

    async def _once(self, key: str, make: Callable[[], Awaitable[T]]) -> T:
        task = self._making.get(key)
        if task is None:
            task = asyncio.ensure_future(_awaited(make))
            self._making[key] = task
            task.add_done_callback(lambda done: self._done(key, done))
        return await asyncio.shield(task)

    def _done(self, key: str, task: asyncio.Task[T]) -> None:
        del self._making[key]
        if not task.cancelled():
            # Who waited has the exception from the shield; nobody may be left to wait.
            task.exception()

    async def _from_file(self, path: Path, key: str) -> T:
        kept = self._kept.setdefault(key, _Kept())
        try:
            version = await asyncio.to_thread(_version, path)
            if version != kept.version:
                kept.thing = await asyncio.to_thread(self._make, path)
                kept.version, kept.trouble = version, ""
        except OSError as error:
            self._forget(kept, f"{path.name} cannot be read: {error.strerror}")
        except ValueError as error:
            self._forget(kept, f"{path.name} cannot be used: {clean(str(error))}")
        kept.good_until = time.monotonic() + _LOOK_AGAIN
        return _thing(kept, WillNotPass)

    def _forget(self, kept: _Kept[T], trouble: str) -> None:
        kept.thing, kept.version, kept.trouble = None, (), trouble

    async def _from_url(self, url: str, door: HttpDoor, seconds: float) -> T:
        kept = self._kept.setdefault(url, _Kept())
        try:
            answer = await door.get(url, max_bytes=_MAX_BYTES, seconds=_SECONDS)
            kept.thing = await asyncio.to_thread(self._make, _body(answer))
            kept.made_at, kept.trouble = time.monotonic(), ""
            kept.good_until = kept.made_at + seconds
        except (WillPass, ValueError) as error:
            self._keep_old(kept, clean(str(error)))
        return _thing(kept, WillPass)

    def _keep_old(self, kept: _Kept[T], trouble: str) -> None:
        now = time.monotonic()
        kept.good_until = now + _RETRY
        if kept.thing is None or now - kept.made_at > _STALE:
            kept.thing, kept.trouble = None, f"it cannot be had: {trouble}"


async def _awaited(make: Callable[[], Awaitable[T]]) -> T:
    return await make()


def _thing(kept: _Kept[T], error: type[WillPass] | type[WillNotPass]) -> T:
    if kept.thing is None:
        raise error(kept.trouble)
    return kept.thing


def _body(answer: HttpAnswer) -> bytes:
    if answer.status != _OK:
        raise WillPass(f"its server answered with status {answer.status}")
    return answer.body


def _version(path: Path) -> tuple[int, ...]:
    """Changes whenever a file does, or one of a folder."""
    readable_to_its_end(path)
    files = [path, *path.rglob("*")] if path.is_dir() else [path]
    stats = [file.stat() for file in files]
    newest = max(stat.st_mtime_ns for stat in stats)
    return newest, sum(stat.st_size for stat in stats), len(stats)
