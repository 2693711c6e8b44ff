"""Certificate Transparency over the HTTP door: what the source and the commands share."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from hunter.ct.allowance import Allowance, Allowances
from hunter.ct.asking import Get, asking
from hunter.ct.loglist import Kind, Log
from hunter.ct.read_rfc6962 import Rfc6962Reader
from hunter.ct.read_static import PATIENCE, IsHit, StaticReader
from hunter.ct.readers import Answer, Fetch, Reader
from hunter.net.http import HttpDoor, retry_after

_MOST_BYTES = 64 << 20
_SECONDS = 60.0
_AT_ONCE = 8
_LONGEST_WAIT = 5.0
_LONGEST_WISH = timedelta(hours=1)
"""How long a host is left alone for one answer: whole logs may stand behind a slip of its owner."""


def through(door: HttpDoor) -> Get:
    """Ask through the door: bounded, without following a redirect, and few at once.

    Answers that are on their way at once wait in memory, and forty logs may catch up together.
    """
    slots = asyncio.Semaphore(_AT_ONCE)

    async def get(url: str) -> Answer:
        async with _slot(slots):
            answer = await door.get(url, max_bytes=_MOST_BYTES, seconds=_SECONDS, follow=False)
        return Answer(answer.status, answer.headers, answer.body)

    return get


@asynccontextmanager
async def _slot(slots: asyncio.Semaphore) -> AsyncIterator[None]:
    """Wait for one, but not for ever: servers that hang must not stop the others."""
    try:
        async with asyncio.timeout(_LONGEST_WAIT):
            await slots.acquire()
    except TimeoutError:
        yield
        return
    try:
        yield
    finally:
        slots.release()


@dataclass(frozen=True)
class Readers:
    """Makes readers of logs that keep to their hosts' allowances."""

    get: Get
    allowances: Allowances
    now: Callable[[], datetime]
    patience: timedelta = PATIENCE
    is_hit: IsHit | None = None
    """Set to read names tiles first, and certificates only where the names are a hit."""

    def allowance(self, log: Log) -> Allowance:
        """The turns of the log's host."""
        return self.allowances.of(log.operator, log.url)

    def fetch(self, log: Log) -> Fetch:
        """Ask the log's server in turn."""
        return asking(log.url, self.get, self.allowance(log), self._wish)

    def _wish(self, headers: Mapping[str, str]) -> timedelta | None:
        wish = retry_after(headers, self.now())
        return None if wish is None else min(wish, _LONGEST_WISH)

    def of(self, log: Log) -> Reader:
        """A reader of the log, whichever kind it is."""
        if log.kind is Kind.RFC6962:
            return Rfc6962Reader(log, self.fetch(log))
        return StaticReader(
            log, self.fetch(log), self.now, patience=self.patience, is_hit=self.is_hit
        )
