"""Certificate Transparency over the HTTP door: what the source and the commands share."""

from collections.abc import Callable
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


def through(door: HttpDoor) -> Get:
    """Ask through the door: bounded, and without following a redirect."""

    async def get(url: str) -> Answer:
        answer = await door.get(url, max_bytes=_MOST_BYTES, seconds=_SECONDS, follow=False)
        return Answer(answer.status, answer.headers, answer.body)

    return get


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
        return asking(
            log.url, self.get, self.allowance(log), lambda headers: retry_after(headers, self.now())
        )

    def of(self, log: Log) -> Reader:
        """A reader of the log, whichever kind it is."""
        if log.kind is Kind.RFC6962:
            return Rfc6962Reader(log, self.fetch(log))
        return StaticReader(
            log, self.fetch(log), self.now, patience=self.patience, is_hit=self.is_hit
        )
