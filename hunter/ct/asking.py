"""Ask a log's server in turn: within its host's allowance, and again when told to come later."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TypeAlias

from hunter.ct.allowance import Allowance
from hunter.ct.readers import Answer, Fetch
from hunter.errors import WillPass

_TRIES = 5
_LONGEST_TURN = timedelta(minutes=2)
_REFUSALS = (429, 503)

Get: TypeAlias = Callable[[str], Awaitable[Answer]]
"""URL → the answer, whatever its status; raises WillPass."""

Wish: TypeAlias = Callable[[Mapping[str, str]], timedelta | None]
"""Headers → the pause that the server asks for (Retry-After)."""


def asking(base: str, get: Get, allowance: Allowance, wish: Wish) -> Fetch:
    """A Fetch of paths below `base`."""

    async def fetch(path: str) -> Answer:
        pause = None
        for _ in range(_TRIES):
            await _turn(allowance)
            answer = await get(base + path)
            if answer.status not in _REFUSALS:
                allowance.answered()
                return answer
            pause = wish(answer.headers)
            allowance.refused(_clock(), None if pause is None else pause.total_seconds())
        raise WillPass(f"its server refused {_TRIES} times, at last with {answer.status}", pause)

    return fetch


async def _turn(allowance: Allowance) -> None:
    """Wait for the next turn; raises WillPass, and takes none, when that is too far off."""
    ahead = timedelta(seconds=allowance.ahead(_clock()))
    if ahead > _LONGEST_TURN:
        raise WillPass("its server asked to be left alone", ahead)
    await asyncio.sleep(allowance.turn(_clock()))


def _clock() -> float:
    return asyncio.get_running_loop().time()
