"""The real clock. Whatever acts in time is given a clock, so that a case can be lived through."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

_LOOK_EVERY = 5.0
_SLIGHTLY = 2.0
"""Seconds that a clock may be set back by without any harm."""

ANOTHERS_ERROR = timedelta(days=1)
"""By how much an issuer's or a registry's clock, or ours, may be wrong."""
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When something is due that nobody waits for, until what happens makes it due."""


def utc_now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def day_number(at: datetime) -> int:
    """Its day in UTC, as facts hold it: YYYYMMDD."""
    day = at.astimezone(UTC)
    return day.year * 10_000 + day.month * 100 + day.day


def is_lately(at: datetime, within: timedelta, now: datetime) -> bool:
    """Whether it was less than so long ago; never what a clock that was ahead dates to come."""
    return timedelta() <= now - at < within


async def set_back() -> AsyncIterator[float]:
    """By how many seconds the clock was set back, each time that it is."""
    before = _lead()
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        lead = _lead()
        if before - lead > _SLIGHTLY:
            yield before - lead
        before = lead


def _lead() -> float:
    """How far the clock is before the one that nobody can set."""
    return time.time() - time.monotonic()
