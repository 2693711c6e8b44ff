"""Ask a log's server in turn: within what it and its host allow, and again when told to."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TypeAlias

from hunter.ct.allowance import Allowance
from hunter.ct.readers import Answer, Fetch, Refused

_TRIES = 5
_LONGEST_TURN = timedelta(minutes=2)
_TOO_OFTEN, _OUT_OF_SERVICE = 429, 503

Get: TypeAlias = Callable[[str], Awaitable[Answer]]
"""URL → the answer, whatever its status; raises WillPass."""

Wish: TypeAlias = Callable[[Mapping[str, str]], timedelta | None]
"""Headers → the pause that the server asks for (Retry-After)."""


def asking(base: str, get: Get, host: Allowance, wish: Wish) -> Fetch:
    """A Fetch of paths below `base`, one log's, within its `host`'s allowance and one of its own.

    Whoever is told that it asks too often spares the host. A log that is out of service is spared
    alone: others on the host may be in the best of health.
    """
    own = Allowance(host.most)

    async def fetch(path: str) -> Answer:
        pause = None
        for _ in range(_TRIES):
            await _turn(own)
            await _turn(host)
            answer = await get(base + path)
            if answer.status not in (_TOO_OFTEN, _OUT_OF_SERVICE):
                own.answered()
                host.answered()
                return answer
            pause = wish(answer.headers)
            spared = host if answer.status == _TOO_OFTEN else own
            spared.refused(_clock(), None if pause is None else pause.total_seconds())
        raise Refused(f"its server refused {_TRIES} times, at last with {answer.status}", pause)

    return fetch


async def _turn(allowance: Allowance) -> None:
    """Wait for the next turn; raises Refused, and takes none, when that is too far off."""
    ahead = timedelta(seconds=allowance.ahead(_clock()))
    if ahead > _LONGEST_TURN:
        minutes = ahead.total_seconds() / 60
        raise Refused(f"its server is left alone for {minutes:.0f} min, as it asked", ahead)
    await asyncio.sleep(allowance.turn(_clock()))


def _clock() -> float:
    return asyncio.get_running_loop().time()
