"""Live through the past: the real pipeline with a clock that is set by hand."""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime

from hunter import pipeline
from hunter.pipeline import Hunt


class SetClock:
    """A clock that stands still until it is set."""

    def __init__(self, start: datetime) -> None:
        """Start at that moment."""
        self._now = start

    def now(self) -> datetime:
        """The moment it was set to last."""
        return self._now

    def set(self, moment: datetime) -> None:
        """Move on."""
        self._now = moment


async def replay(hunt: Hunt, clock: SetClock, days: Iterable[datetime]) -> AsyncIterator[datetime]:
    """Set the clock to each moment and let everything happen that is due; yields each when done."""
    for moment in days:
        clock.set(moment)
        await live_through(hunt)
        yield moment


async def live_through(hunt: Hunt) -> None:
    """Run every step until nothing is left to do; a find may lead to another, so go round again."""
    # One transaction: the past can be lived through again, so no step of it need survive a crash.
    with hunt.store.transaction():
        while True:
            for source in hunt.config.sources:
                await pipeline.gather(hunt, source)
            if not await pipeline.enrich(hunt) + await pipeline.judge_pending(hunt):
                break
    while await pipeline.deliver(hunt):
        pass
