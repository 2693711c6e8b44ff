"""Politeness towards each server: a pause between questions; see also `hushed`."""

import asyncio
import time
from datetime import timedelta

from hunter.errors import WillPass

_LONGEST_QUEUE = 60.0
_MANY_SERVERS = 1000


class Pace:
    """When each server may be asked next."""

    def __init__(self) -> None:
        self._free_at: dict[str, float] = {}

    async def turn(self, server: str, interval: float = 0.0) -> None:
        """Return when `server` may be asked, and keep the next `interval` seconds free of others.

        Raises WillPass when the turn is too far off to wait for it.
        """
        now = time.monotonic()
        wait = max(0.0, self._free_at.get(server, now) - now)
        if wait > _LONGEST_QUEUE:
            raise WillPass(f"too many questions wait for {server}", timedelta(seconds=wait))
        self._free_at[server] = now + wait + interval
        self._forget(now)
        await asyncio.sleep(wait)

    def _forget(self, now: float) -> None:
        if len(self._free_at) > _MANY_SERVERS:
            for server in [server for server, until in self._free_at.items() if until <= now]:
                del self._free_at[server]
