"""Every public Certificate Transparency log, read and verified by hunter itself.

One task per log; a host that serves several logs has one allowance. Nothing is handed on before
its hashes lead to a root that the log has signed, and each batch's cursor is the position behind
it. The lists of logs are looked at again and again; their last good copies are cursors too.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any

from pydantic import Field

from hunter import contracts
from hunter.contracts import Batch, Duration, LocalPath, SourceContext
from hunter.ct import loglist
from hunter.ct.allowance import Allowances
from hunter.ct.asking import asking
from hunter.ct.entries import Page
from hunter.ct.figures import Figures
from hunter.ct.follow import Verified
from hunter.ct.lists import Published, Shelf, current
from hunter.ct.loglist import Kind, Log
from hunter.ct.malformed import load_malformed
from hunter.ct.origins import origin
from hunter.ct.read_rfc6962 import Rfc6962Reader
from hunter.ct.read_static import StaticReader
from hunter.ct.readers import Answer, Fetch, Reader, get
from hunter.ct.roster import Roster
from hunter.ct.watch import Limits, Outlet, Watch
from hunter.errors import WillNotPass, WillPass
from hunter.matching import compile_matcher
from hunter.model import Report
from hunter.net.http import retry_after
from hunter.net.text import clean

_PART = "sources.ct_logs"
_MALFORMED = "#malformed"
_MOST_BYTES = 64 << 20
_MAX_MESSAGE = 1000
_SECONDS = 60.0
_RETRY_LIST = timedelta(minutes=1)
_WAITING_BATCHES = 4


class Settings(contracts.Settings):
    """`[sources.ct_logs]`."""

    enabled: bool = False
    list_url: str = Field(
        default=loglist.CHROME_URL, description="the signed list of logs; its .sig is beside it"
    )
    list_key: LocalPath | None = Field(
        default=None, description="the PEM key that signs it, if that is not Chrome's"
    )
    other_lists: tuple[str, ...] = Field(
        default=(loglist.APPLE_URL,), description="unsigned lists, to be united with it"
    )
    list_every: Duration = Field(
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
    look_every: Duration = Field(
        default=timedelta(seconds=30), description="how often each log is asked for news"
    )
    patience: Duration = Field(
        default=timedelta(minutes=1), description="how long to wait for a page to fill up"
    )
    silent_after: Duration = Field(
        default=timedelta(hours=6), description="complain when a log has signed nothing for so long"
    )
    behind_after: Duration = Field(
        default=timedelta(hours=1), description="complain when reading lags so far behind"
    )
    requests_per_second: dict[str, float] = Field(
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
        self._settings = settings
        self._context = context
        self._lists = (
            Published(settings.list_url, _list_key(settings)),
            *map(Published, settings.other_lists),
        )
        self._allowances = Allowances(settings.requests_per_second, settings.requests_otherwise)
        self._matcher = compile_matcher(context.brands) if settings.names_tiles else None

    async def work(self) -> None:
        """Look at the lists again and again; a task for each log does the rest."""
        shelf = Shelf(self._context.cursor, self._keep, self._tell)
        async with asyncio.TaskGroup() as group:
            roster = Roster(group, self._started, self._tell)
            while True:
                logs = await current(self._lists, partial(get, self._get), shelf)
                logs = loglist.relevant(logs, self._context.now())
                roster.follow_only(filter(self._is_wanted, logs))
                pause = self._settings.list_every if logs else _RETRY_LIST
                await asyncio.sleep(pause.total_seconds())

    def _is_wanted(self, log: Log) -> bool:
        kind = log.kind is Kind.STATIC or not self._settings.static_only
        return kind and log.operator.startswith(self._settings.operators or ("",))

    def _started(self, log: Log) -> tuple[Watch, Coroutine[Any, Any, None]]:
        settings, context = self._settings, self._context
        allowance = self._allowances.of(log.operator, log.url)
        malformed = load_malformed(context.cursor(log.url + _MALFORMED))
        figures = Figures(allowance.most, malformed=malformed)
        outlet = Outlet(
            entries=partial(self._hand_on, log, figures),
            start=lambda position: self._keep(log.url, position.dump()),
            tell=partial(self._tell, log.url),
        )
        limits = Limits(settings.look_every, settings.silent_after, settings.behind_after)
        fetch = asking(
            log.url, self._get, allowance, lambda headers: retry_after(headers, context.now())
        )
        watch = Watch(log, self._reader(log, fetch), figures, limits, outlet, now=context.now)
        return watch, watch.run(context.cursor(log.url), settings.since)

    def _reader(self, log: Log, fetch: Fetch) -> Reader:
        if log.kind is Kind.RFC6962:
            return Rfc6962Reader(log, fetch)
        matcher, patience = self._matcher, self._settings.patience
        is_hit = (lambda names: any(matcher.scan(names))) if matcher else None
        return StaticReader(log, fetch, self._context.now, patience=patience, is_hit=is_hit)

    async def _get(self, url: str) -> Answer:
        door = self._context.doors.http
        answer = await door.get(url, max_bytes=_MOST_BYTES, seconds=_SECONDS)
        if answer.url != url:
            raise WillPass("its server redirects, which is not followed")
        return Answer(answer.status, answer.headers, answer.body)

    async def _hand_on(self, log: Log, figures: Figures, step: Verified) -> None:
        if any(isinstance(page, Page) and page.malformed for page in step.pages):
            await self._keep(log.url + _MALFORMED, figures.malformed.dump())
        known = partial(origin, log, step, clean=clean)
        await self.batches.put(Batch(step.names(), step.position.dump(), log.url, known))

    async def _keep(self, stream: str, text: str) -> None:
        await self.batches.put(Batch(b"", text, stream))

    def _tell(self, subject: str, healthy: bool, message: str) -> None:
        told = clean(message, _MAX_MESSAGE)
        self._context.report(Report(_PART, healthy, told, self._context.now(), subject))


def _list_key(settings: Settings) -> bytes:
    if settings.list_key is None:
        return loglist.chrome_key()
    try:
        return settings.list_key.read_bytes()
    except OSError as error:
        raise WillNotPass(f"list_key cannot be read: {error.strerror}") from error
