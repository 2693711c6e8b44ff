"""Read the logs again for brands that were not protected yet, beside a daemon that goes on.

Each log is read from a time on to where it ended when the backfill began. How far it got is kept
under streams of its own, in the transaction that keeps the hits, so that it may be killed and goes
on where it was; the source's own cursors are never touched.
"""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256

from hunter import ct_session
from hunter.config import Config
from hunter.contracts import Batch
from hunter.ct.follow import (
    BadPosition,
    Follower,
    Position,
    Trouble,
    Verified,
    index_at,
    load_position,
    start_at,
)
from hunter.ct.loglist import Log, was_closed_before
from hunter.ct.merkle import Disproved
from hunter.ct.origins import origins
from hunter.ct.treehead import BadTreeHead
from hunter.ct_reading import Readers
from hunter.errors import WillPass
from hunter.hunting import open_hunt
from hunter.matching import compile_matcher
from hunter.model import Brand
from hunter.net.text import clean
from hunter.pipeline import Hunt, take
from hunter.sources import ct_logs
from hunter.store import cursors
from hunter.store.alone import BACKFILL, alone

SOURCE = "ct_logs"
_TRIES = 6
_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Job:
    """What is looked for, and how far back. The same job again goes on where it broke off."""

    brands: tuple[Brand, ...]
    since: timedelta

    def stream(self, log: Log) -> str:
        """Where it is kept how far this job is with a log; another keyword is another job."""
        meant = repr((self.brands, self.since)).encode()
        return f"backfill {sha256(meant).hexdigest()[:16]} {log.url}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of one log that is read again: entries `start` to before `end`."""

    start: int
    end: int
    position: Position

    @property
    def read(self) -> int:
        """Entries read so far; a few more than wanted may have been needed for the proof."""
        return min(max(0, self.position.tree.size - self.start), self.end - self.start)

    @property
    def is_done(self) -> bool:
        """Whether all of it was read."""
        return self.position.tree.size >= self.end

    def dump(self) -> str:
        """As JSON, for a cursor."""
        return json.dumps([self.start, self.end, self.position.dump()])


def load_stretch(text: str) -> Stretch:
    """What `dump` wrote; raises BadPosition if it cannot be."""
    try:
        start, end, position = json.loads(text)
        return Stretch(int(start), int(end), load_position(position))
    except (ValueError, TypeError) as error:
        raise BadPosition(f"no stretch of a log: {error}") from error


def at_half_pace(settings: ct_logs.Settings) -> ct_logs.Settings:
    """The settings with half the allowances: a daemon beside it must keep its turns."""
    halved = {name: rate / 2 for name, rate in settings.requests_per_second.items()}
    otherwise = settings.requests_otherwise / 2
    return settings.model_copy(
        update={"requests_per_second": halved, "requests_otherwise": otherwise}
    )


@dataclass
class Backfill:
    """A job at work. `hunt` matches the job's brands, and no others."""

    hunt: Hunt
    job: Job
    readers: Readers
    tell: Callable[[Log, Stretch], None]
    """How far a log is, each time that changed."""
    first_pause: timedelta = _FIRST_PAUSE
    window: int = 0
    """Entries to prove, match and keep together; the reader's own wish when 0."""
    stretches: dict[str, Stretch] = field(default_factory=dict)
    """URL → how far that log is."""
    matches: Counter[str] = field(default_factory=Counter)
    """URL → lookalikes found this time, those known before among them."""
    _failures: dict[bytes, int] = field(default_factory=dict)

    async def run(self, logs: Iterable[Log]) -> dict[str, str]:
        """Read them all, side by side; the URLs of those that could not be read, each with why.

        When none is left over, the job is forgotten, and the next one like it begins anew.
        """
        wanted = tuple(logs)
        work = [asyncio.create_task(self._read_through(log)) for log in wanted]
        try:
            ends = await asyncio.gather(*work)
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)
        troubles = {log.url: why for log, why in zip(wanted, ends, strict=True) if why}
        if not troubles:
            self.forget(wanted)
        return troubles

    def forget(self, logs: Iterable[Log]) -> None:
        """Drop what is kept of the job."""
        for log in logs:
            cursors.forget(self.hunt.store, SOURCE, self.job.stream(log))

    async def _read_through(self, log: Log) -> str:
        """Read one log's stretch to its end; else why that could not be done."""
        if was_closed_before(log, self.hunt.now() - self.job.since):
            return ""
        while True:
            try:
                await self._read(log)
            except (BadTreeHead, Disproved) as error:
                return str(error)
            except WillPass as error:
                failures = self._failures[log.log_id] = self._failures.get(log.log_id, 0) + 1
                pause = error.retry_after or self.first_pause * (1 << failures)
                if failures == _TRIES or pause > _LONGEST_PAUSE:
                    return str(error)
                await asyncio.sleep(pause.total_seconds())
            else:
                return ""

    async def _read(self, log: Log) -> None:
        reader = self.readers.of(log)
        stretch = self._kept(log)
        if stretch is None:
            index = await index_at(reader, self.hunt.now() - self.job.since)
            position = await start_at(reader, index)
            stretch = Stretch(index, position.head.size if position.head else index, position)
            self._keep(log, stretch)
        self._note(log, stretch)
        follower = Follower(reader, stretch.position, self.window)
        while not stretch.is_done:
            before = stretch
            stretch = await self._round(log, follower, stretch)
            if stretch is before:
                raise WillPass("its server lags behind what it has signed")

    async def _round(self, log: Log, follower: Follower, stretch: Stretch) -> Stretch:
        async with aclosing(follower.catch_up()) as steps:
            async for step in steps:
                if isinstance(step, Trouble):
                    raise Disproved(f"{step.fault}: {step.message}")
                if isinstance(step, Verified):
                    stretch = await self._take(log, step, stretch)
                if stretch.is_done:
                    break
        return stretch

    async def _take(self, log: Log, step: Verified, stretch: Stretch) -> Stretch:
        """Match and keep like the daemon, under the job's own stream."""
        self._failures.pop(log.log_id, None)
        stretch = replace(stretch, position=step.position)
        known = origins(log, step, clean)
        batch = Batch(step.names(), stretch.dump(), self.job.stream(log), known)
        taken = await take(self.hunt, SOURCE, batch)
        self.matches[log.url] += taken
        self._note(log, stretch)
        return stretch

    def _note(self, log: Log, stretch: Stretch) -> None:
        self.stretches[log.url] = stretch
        self.tell(log, stretch)

    def _keep(self, log: Log, stretch: Stretch) -> None:
        stream, text = self.job.stream(log), stretch.dump()
        cursors.set_cursor(self.hunt.store, SOURCE, stream, text, self.hunt.now())

    def _kept(self, log: Log) -> Stretch | None:
        text = cursors.cursor(self.hunt.store, SOURCE, self.job.stream(log))
        try:
            return None if text is None else load_stretch(text)
        except BadPosition:
            return None


@asynccontextmanager
async def open_backfill(
    config: Config,
    brands: tuple[Brand, ...],
    since: timedelta,
    tell: Callable[[Log, Stretch], None],
) -> AsyncIterator[Backfill]:
    """A backfill over the config's store; raises YoursToFix when another one is at work there."""
    settings = at_half_pace(ct_session.settings_of(config) or ct_logs.Settings())
    with alone(config.store.parent, BACKFILL, "another backfill"):
        async with open_hunt(config) as opened:
            hunt = replace(opened, matcher=compile_matcher(brands))
            readers = replace(
                ct_logs.readers(settings, hunt.doors.http, hunt.now),
                patience=timedelta(),
                is_hit=ct_logs.is_hit(hunt.matcher) if settings.names_tiles else None,
            )
            yield Backfill(hunt, Job(brands, since), readers, tell)
