"""Each server is asked at its own pace."""

import time

import pytest

from hunter.errors import WillPass
from hunter.net.pace import Pace


async def test_turns_of_one_server_are_apart_and_of_others_are_not() -> None:
    """The pause is per server."""
    pace = Pace()
    start = time.monotonic()
    await pace.turn("a", 0.05)
    await pace.turn("b", 0.05)
    await pace.turn("a", 0.05)
    assert time.monotonic() - start >= 0.05


async def test_nobody_waits_longer_than_a_minute() -> None:
    """A queue that is too long is trouble that will pass."""
    pace = Pace()
    await pace.turn("a", 61.0)
    with pytest.raises(WillPass, match="too many questions"):
        await pace.turn("a")
