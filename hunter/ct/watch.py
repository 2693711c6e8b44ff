"""Stay with one log for good: round after round, telling how it fares and pausing after trouble.

Nothing of the outside is known here: entries are handed on, and sentences told, to given callables.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hunter.clock import is_lately
from hunter.ct.budget import Budget
from hunter.ct.entries import Page
from hunter.ct.figures import Figures, stream_of
from hunter.ct.follow import (
    BadPosition,
    Fault,
    Follower,
    HeadSeen,
    Position,
    Step,
    Trouble,
    Verified,
    index_at,
    load_position,
    start_at,
)
from hunter.ct.lists import Tell
from hunter.ct.loglist import Log, State, was_closed_before
from hunter.ct.malformed import malformed_stream
from hunter.ct.merkle import Disproved
from hunter.ct.places import Keep, Kept, keep_met, met_at, settle
from hunter.ct.readers import Reader
from hunter.ct.treehead import BadTreeHead
from hunter.errors import WillPass
from hunter.model import PASSING

_LONGEST_PAUSE = timedelta(hours=1)
_FIRST_PASSING_PAUSE = timedelta(seconds=1)
"""Busy logs fail with a question now and then: each must not cost the time of a hundred others."""
_LONGEST_PASSING_PAUSE = timedelta(minutes=5)
_DOUBLINGS = 12
_LOOKS_A_ROUND = 10
"""A head is looked at so much more rarely while there is much to read: it costs a turn."""
_TELL_EVERY = timedelta(minutes=15)
_KEEP_EVERY = timedelta(minutes=1)
BEHIND, SILENT = "behind", "silent"


@dataclass(frozen=True, slots=True)
class Limits:
    """How often a log is looked at, and what the operator is told is too much."""

    look_every: timedelta
    silent_after: timedelta
    behind_after: timedelta


@dataclass(frozen=True, slots=True)
class Outlet:
    """Where a watch sends what it has: proven entries, what to keep, and how the log fares."""

    entries: Callable[[Verified], Awaitable[None]]
    keep: Keep
    tell: Tell


class Watch:
    """Follows one log and tells of it."""

    def __init__(
        self,
        log: Log,
        reader: Reader,
        figures: Figures,
        limits: Limits,
        outlet: Outlet,
        *,
        now: Callable[[], datetime],
        budget: Budget | None = None,
    ) -> None:
        self.figures = figures
        self.log = log
        self._reader = reader
        self._limits = limits
        self._outlet = outlet
        self._now = now
        self._budget = budget
        self._follower: Follower | None = None
        self._failures = 0
        self._told: tuple[tuple[str, str], datetime] | None = None
        self._kept_at: datetime | None = None
        self._begun = now()
        self.is_met = asyncio.Event()
        """Set once it is kept from when on the log is read."""
        self._well_at: datetime | None = None
        self._has_nothing_new = False

    async def run(self, kept: Kept, since: timedelta | None = None) -> None:
        """Until cancelled, or until a log that takes no more entries has been read to its end.

        Without a position that was kept, reading starts `since` before the watch began, however
        late the log answers; or at the end.
        """
        before, dumped = await settle(self.log, kept, self._outlet.keep)
        if before != self.log.url:
            self._outlet.tell(before, True, f"is read at {self.log.url} now", "")
        position = self._position(dumped)
        start = await self._start(dumped, kept, since)
        if position is not None:
            self._following(position)
        elif was_closed_before(self.log, start or self._begun):
            self._has_nothing_new = True
            closed = f"{self.log.closed_at:%Y-%m-%d}"
            self._say(True, f"was closed on {closed}: nothing new is in it", "")
            return
        while not self.is_finished:
            pause = self._limits.look_every
            try:
                follower = self._follower or self._following(await self._begin(start))
                pause = await self._round(follower)
            except WillPass as error:
                pause = self._failed(str(error), PASSING, error.retry_after)
            except (BadTreeHead, Disproved) as error:
                pause = self._failed(str(error), _contradiction(error))
            await self._keep_heads()
            await self._keep_figures(_KEEP_EVERY)
            await asyncio.sleep(pause.total_seconds())
        end = self.log.final_size
        self._say(True, f"takes no more entries; verified to its end, {end}", "")
        await self._keep_figures()

    def _say(self, healthy: bool, message: str, trouble: str) -> None:
        self._outlet.tell(self.log.url, healthy, message, trouble)

    async def _keep_heads(self) -> None:
        """Keep the heads that are not reached yet, so that a restart does not forget them.

        Only between two rounds: within one, newer positions may be on their way.
        """
        due = self._is_due(_KEEP_EVERY)
        if self._follower is not None and self._follower.position.seen and due:
            await self._outlet.keep(self.log.url, self._follower.position.dump())

    def leave(self) -> None:
        """Give back what it shares with others: its host's turns, and memory. It has been ended."""
        self.figures.leave()
        if self._follower is not None:
            self._follower.drop()

    def _is_due(self, every: timedelta) -> bool:
        return self._kept_at is None or not is_lately(self._kept_at, every, self._now())

    async def _keep_figures(self, every: timedelta = timedelta()) -> None:
        if self._is_due(every):
            self._kept_at = self._now()
            log = self.log
            about = {"log": log.description, "operator": log.operator, "log_kind": log.kind}
            row = json.dumps(about | self.figures.row())
            await self._outlet.keep(stream_of(log.url), row)

    def _position(self, kept: str | None) -> Position | None:
        try:
            return None if kept is None else load_position(kept)
        except BadPosition as error:
            self._say(False, f"{error}; it is followed from its end", "lost")
            return None

    def _following(self, position: Position) -> Follower:
        self.figures.verified = position.tree.size
        self._follower = Follower(self._reader, position, budget=self._budget)
        return self._follower

    async def _start(
        self, dumped: str | None, kept: Kept, since: timedelta | None
    ) -> datetime | None:
        """From when on a log is read that was not read before; it may not answer for long."""
        start = None if since is None else self._begun - since
        if dumped is None and (start := met_at(self.log, kept) or start) is not None:
            await keep_met(self.log, start, self._outlet.keep)
        self.is_met.set()
        return start

    async def _begin(self, start: datetime | None) -> Position:
        """Where to start a log that was never read; kept before anything is read from there."""
        index = None if start is None else await index_at(self._reader, start)
        position = await start_at(self._reader, index)
        await self._outlet.keep(self.log.url, position.dump())
        return position

    async def _round(self, follower: Follower) -> timedelta:
        """Catch up, or read for a while; how long to pause then."""
        until = self._now() + self._limits.look_every * _LOOKS_A_ROUND
        async with aclosing(follower.catch_up(lambda: self._now() >= until)) as steps:
            async for step in steps:
                await self._take(step)
                # It may be megabytes, and the next one comes late.
                del step
        self._well()
        return timedelta() if self._now() >= until else self._limits.look_every

    async def _take(self, step: Step) -> None:
        if isinstance(step, Trouble):
            raise Contradiction(step)
        self.figures.contact = self._now()
        if isinstance(step, HeadSeen):
            self.figures.see(step.head, self.figures.contact)
        else:
            self._count(step)
            if step.has_malformed:
                dumped = self.figures.malformed.dump()
                await self._outlet.keep(malformed_stream(self.log.url), dumped)
            await self._outlet.entries(step)
            self._well()
            await self._keep_figures(_KEEP_EVERY)

    def _count(self, step: Verified) -> None:
        figures = self.figures
        figures.verified = step.position.tree.size
        figures.verified_at = moment(step.pages[-1].timestamps[-1])
        figures.entries += sum(map(len, step.pages))
        figures.requests += len(step.pages)
        for page in step.pages:
            if isinstance(page, Page) and page.malformed:
                figures.malformed.add(page)

    def _well(self) -> None:
        """The log has given what it was asked for: say how far it is, if that is news."""
        self._failures = 0
        self._well_at = self.figures.contact = self._now()
        if not self.is_finished:
            self._tell(*self._fault())

    @property
    def is_finished(self) -> bool:
        """Whether the log takes no more entries and all are read, or none is worth it."""
        end = self.log.final_size if self.log.state is State.READONLY else None
        return end is not None and (self._has_nothing_new or self.figures.verified >= end)

    @property
    def unheard_since(self) -> datetime | None:
        """Since when the log may have taken what is not read; None when that is no while.

        What it took in its time is of no use any more when that is over.
        """
        over = self.log.interval is not None and self._now() >= self.log.interval.end
        since = self.figures.contact or self._begun
        lately = self._now() - since <= self._limits.behind_after
        return None if self.is_finished or over or lately else since

    def _fault(self) -> tuple[str, str]:
        """What the operator must know of a log that answers, in a word (none if well) and whole."""
        limits = self._limits
        if self.figures.lag > limits.behind_after:
            return BEHIND, f"falls behind: {self.figures}"
        newest = self.figures.heads[-1].time if self.figures.heads else self._begun
        if self._now() - newest > limits.silent_after + self.log.mmd:
            return SILENT, f"has signed nothing since {newest:%Y-%m-%d %H:%M} UTC; {self.figures}"
        return "", str(self.figures)

    def _tell(self, trouble: str, message: str, why: str = "") -> None:
        before, now, news = self._told, self._now(), (trouble, why)
        if before is None or before[0] != news or not is_lately(before[1], _TELL_EVERY, now):
            self._told = news, now
            self._say(not trouble, message, trouble)

    def _failed(self, why: str, trouble: str, wish: timedelta | None = None) -> timedelta:
        """Tell of it; how long to wait, doubling from one failure to the next."""
        first, longest = self._limits.look_every, _LONGEST_PAUSE
        if trouble == PASSING:
            first, longest = min(first, _FIRST_PASSING_PAUSE), _LONGEST_PASSING_PAUSE
        pause = min(first * (1 << min(self._failures, _DOUBLINGS)), longest)
        # What has passed a moment later is nobody's trouble.
        if self._failures or trouble != PASSING or wish:
            self._complain(why, trouble)
        self._failures += 1
        return max(pause, wish or timedelta())

    def _complain(self, why: str, trouble: str) -> None:
        well_at = self._well_at or self.figures.contact or self._begun
        lasts = [f"no good answer since {well_at:%Y-%m-%d %H:%M} UTC"] if self._failures else []
        self._tell(trouble, "; ".join((why, *lasts, str(self.figures))), why)


class Contradiction(Disproved):
    """A log that was followed contradicts itself or its signature."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(f"{trouble.fault}: {trouble.message}")
        self.fault = trouble.fault


def _contradiction(error: BadTreeHead | Disproved) -> str:
    return str(error.fault if isinstance(error, Contradiction) else Fault.BAD_HEAD)


def moment(milliseconds: int) -> datetime | None:
    """The time; None when it is beyond what a date can hold."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return None
