"""Each server is asked at its own pace."""

import time
from datetime import timedelta

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


async def test_a_hushed_server_is_left_alone_and_the_rest_of_the_pause_is_told() -> None:
    """Those who ask learn when to come back."""
    pace = Pace()
    pace.hush("a", timedelta(hours=2))
    with pytest.raises(WillPass, match="left alone") as refused:
        await pace.turn("a")
    assert refused.value.retry_after is not None
    assert timedelta(hours=1) < refused.value.retry_after <= timedelta(hours=2)
    await pace.turn("b")


async def test_a_pause_that_is_over_is_forgotten() -> None:
    """A server may be asked again as soon as its pause has passed."""
    pace = Pace()
    pace.hush("a", timedelta(0))
    await pace.turn("a")


async def test_nobody_waits_longer_than_a_minute() -> None:
    """A queue that is too long is trouble that will pass."""
    pace = Pace()
    await pace.turn("a", 61.0)
    with pytest.raises(WillPass, match="too many questions"):
        await pace.turn("a")
