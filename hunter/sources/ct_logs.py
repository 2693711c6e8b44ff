"""Every public Certificate Transparency log, read and verified by hunter itself.

One task per log; a host that serves several logs has one allowance. Nothing is handed on before
its hashes lead to a root that the log has signed, and each batch's cursor is the position behind
it. The lists of logs are looked at again and again; their last good copies are cursors too.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Any

from pydantic import Field

from hunter import contracts
from hunter.contracts import Batch, SourceContext
from hunter.ct import loglist
from hunter.ct.allowance import Allowances
from hunter.ct.budget import Budget
from hunter.ct.choice import CHOICE, Choice
from hunter.ct.follow import Verified
from hunter.ct.lists import Published
from hunter.ct.loglist import Log
from hunter.ct.looks import Looks
from hunter.ct.origins import origins
from hunter.ct.places import figures_of
from hunter.ct.read_static import IsHit
from hunter.ct.readers import get
from hunter.ct.roster import Roster
from hunter.ct.watch import Limits, Outlet, Watch
from hunter.ct_reading import Readers, through
from hunter.errors import WillNotPass
from hunter.matching import Matcher, compile_matcher
from hunter.model import Report
from hunter.net.http import HttpDoor
from hunter.net.text import clean
from hunter.written import Duration, Interval, LocalPath, WebAddress

_UNREAD = "logs unread"
_PART = "sources.ct_logs"
_MAX_MESSAGE = 1000
_RETRY_LIST = timedelta(minutes=1)
_WAITING_BATCHES = 2
_MOST_UNPROVEN = 12 << 20
"""Bytes of all logs that may wait for their proof together before each takes less."""


class Settings(contracts.Settings):
    """`[sources.ct_logs]`."""

    enabled: bool = False
    list_url: WebAddress = Field(
        default=loglist.CHROME_URL, description="the signed list of logs; its .sig is beside it"
    )
    list_key: LocalPath | None = Field(
        default=None, description="the PEM key that signs it, if that is not Chrome's"
    )
    other_lists: tuple[WebAddress, ...] = Field(
        default=(loglist.APPLE_URL,), description="unsigned lists, to be united with it"
    )
    list_every: Interval = Field(
        default=timedelta(hours=1), description="how often the lists are looked at again"
    )
    operators: tuple[str, ...] = Field(
        default=(), description="follow only operators whose name begins so; all when empty"
    )
    static_only: bool = Field(
        default=False, description="leave out the older kind of log, for a thin line"
    )
    names_tiles: bool = Field(
        default=False, description="read names first, and certificates only where one matches"
    )
    since: Duration | None = Field(
        default=None, description='how far to look back at the first start, such as "7d"'
    )
    look_every: Interval = Field(
        default=timedelta(seconds=30), description="how often each log is asked for news"
    )
    patience: Duration = Field(
        default=timedelta(minutes=1), description="how long to wait for a page to fill up"
    )
    silent_after: Interval = Field(
        default=timedelta(hours=6), description="complain when a log has signed nothing for so long"
    )
    behind_after: Interval = Field(
        default=timedelta(hours=1), description="complain when reading lags so far behind"
    )
    requests_per_second: dict[str, Annotated[float, Field(gt=0)]] = Field(
        default={"Google": 10.0, "DigiCert": 0.15},
        description="the most questions a second to one host, by its operator's name",
    )
    requests_otherwise: float = Field(default=2.0, gt=0, description="the same for all others")


async def gather(settings: Settings, context: SourceContext) -> AsyncIterator[Batch]:
    """Proven pages of every relevant log, as they come, until cancelled."""
    run = _Run(settings, context)
    work = asyncio.create_task(run.work())
    try:
        while True:
            yield await _next(run.batches, work)
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def _next(batches: asyncio.Queue[Batch], work: asyncio.Task[None]) -> Batch:
    """The next batch, or the fault that ended the work."""
    waiting = asyncio.create_task(batches.get())
    try:
        await asyncio.wait((waiting, work), return_when=asyncio.FIRST_COMPLETED)
        if not waiting.done():
            work.result()
        return waiting.result()
    finally:
        waiting.cancel()


class _Run:
    """What all logs share: the lists, the allowances of their hosts, and the way out."""

    def __init__(self, settings: Settings, context: SourceContext) -> None:
        self.batches: asyncio.Queue[Batch] = asyncio.Queue(_WAITING_BATCHES)
        self._unproven = Budget(_MOST_UNPROVEN)
        self._settings = settings
        self._context = context
        kept, lists = context.cursor, published(settings)
        self._looks = Looks(lists, kept, self._keep, self._tell, context.now)
        self._readers = replace(
            readers(settings, context.doors.http, context.now),
            is_hit=is_hit(compile_matcher(context.brands)) if settings.names_tiles else None,
        )

    async def work(self) -> None:
        """Look at the lists again and again; a task for each log does the rest."""
        chosen = choice(self._settings)
        async with asyncio.TaskGroup() as group:
            roster = Roster(group, self._started, self._tell, chosen.of(*self._looks.before()))
            while True:
                logs = await self._looks.logs(partial(get, self._readers.get))
                followed = chosen.of(logs, self._context.now())
                await roster.follow_only(followed)
                await self._looks.over()
                if logs:
                    fine, told = chosen.verdict(logs, followed)
                    self._tell(CHOICE, fine, told, "" if fine else _UNREAD)
                pause = self._settings.list_every if logs else _RETRY_LIST
                await asyncio.sleep(pause.total_seconds())

    def _started(self, log: Log) -> tuple[Watch, Callable[[], Coroutine[Any, Any, None]]]:
        settings, context = self._settings, self._context
        figures = figures_of(log, context.cursor, self._readers.allowance(log))
        outlet = Outlet(partial(self._hand_on, log), self._keep, self._tell)
        limits = Limits(settings.look_every, settings.silent_after, settings.behind_after)
        reader, budget = self._readers.of(log), self._unproven
        watch = Watch(log, reader, figures, limits, outlet, now=context.now, budget=budget)
        return watch, partial(watch.run, context.cursor, self._looks.since(settings.since))

    async def _hand_on(self, log: Log, step: Verified) -> None:
        known = origins(log, step, clean)
        await self.batches.put(Batch(step.names(), step.position.dump(), log.url, known))

    async def _keep(self, stream: str, text: str) -> None:
        await self.batches.put(Batch(b"", text, stream))

    def _tell(self, subject: str, healthy: bool, message: str, trouble: str) -> None:
        told, now = clean(message, _MAX_MESSAGE), self._context.now()
        self._context.report(Report(_PART, healthy, told, now, subject, trouble))


def published(settings: Settings) -> tuple[Published, ...]:
    """The lists of logs; raises WillNotPass when the key of the first cannot be read."""
    return Published(settings.list_url, _list_key(settings)), *map(Published, settings.other_lists)


def choice(settings: Settings) -> Choice:
    """Which of the listed logs are followed."""
    return Choice(settings.operators, settings.static_only)


def readers(settings: Settings, door: HttpDoor, now: Callable[[], datetime]) -> Readers:
    """Readers with the allowances that the settings give to each host."""
    allowances = Allowances(settings.requests_per_second, settings.requests_otherwise)
    return Readers(through(door), allowances, now, settings.patience)


def is_hit(matcher: Matcher) -> IsHit:
    """Whether a block of names is worth its certificates."""
    return lambda names: any(matcher.scan(names))


def _list_key(settings: Settings) -> bytes:
    if settings.list_key is None:
        return loglist.chrome_key()
    try:
        return settings.list_key.read_bytes()
    except OSError as error:
        raise WillNotPass(f"list_key cannot be read: {error.strerror}") from error
