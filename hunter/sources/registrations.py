"""Lists of newly registered names: files, watched folders and downloads, on a schedule.

Each file is a stream of its own, with a bookmark as its cursor: the same content again leads to
nothing, and a file that has grown is read on. One more cursor per feed remembers what it is usually
like, so that a feed which is stale, empty, cut short or suddenly thin is reported.
"""

import asyncio
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from hunter import contracts
from hunter.clock import is_lately
from hunter.contracts import Batch, SourceContext
from hunter.errors import WillNotPass, WillPass
from hunter.feeds import Limits
from hunter.feeds.answers import dated, etag, is_news
from hunter.feeds.bookmark import NOT_HAD, placed
from hunter.feeds.follow import ListFile, Look, Step
from hunter.feeds.history import history
from hunter.feeds.places import PRESETS, stale_after
from hunter.feeds.rounds import Round, on_the_loop, side_by_side
from hunter.model import PASSING, Json, Report
from hunter.net.text import clean
from hunter.net.urls import shown
from hunter.written import Interval, LocalPath, Table, web_address

_PART = "sources.registrations"
_UNPACKED = 10
"""How many times its download a list may be when it is unpacked."""
_MAX_MESSAGE = 1000


class Feed(Table):
    """One `[[sources.registrations.feeds]]`: just one of `path`, `url` and `preset`."""

    path: LocalPath | None = Field(
        default=None, description="a file, a folder to watch, or a pattern such as /lists/*.csv"
    )
    url: str = Field(default="", description="what to download; %Y, %m and %d stand for a day")
    preset: str = Field(default="", description=f"a feed known by name: {', '.join(PRESETS)}")
    days_back: int = Field(default=6, ge=0, le=60, description="how many days, for a URL with one")
    column: str | None = Field(
        default=None, description="the column of names, by its header or number, if need be"
    )
    stale_after: Interval | None = Field(
        default=None, description='complain when nothing new has come for so long, such as "3d"'
    )

    @model_validator(mode="after")
    def one_place(self) -> Self:
        """Refuse a feed that is nowhere or in two places."""
        if [bool(self.path), bool(self.url), bool(self.preset)].count(True) != 1:
            raise ValueError("write one of path, url and preset")
        if self.preset and self.preset not in PRESETS:
            raise ValueError(f"there is no preset {self.preset!r}; known: {', '.join(PRESETS)}")
        web_address(self.url)
        return self

    @property
    def server(self) -> str:
        """What to download, where it is no file."""
        return self.url or PRESETS.get(self.preset, "")

    @property
    def label(self) -> str:
        """How reports call the feed."""
        return str(self.path or shown(self.url) or self.preset)


class Settings(contracts.Settings):
    """`[sources.registrations]`."""

    every: Interval = Field(
        default=timedelta(seconds=5), description="how often files and folders are looked at"
    )
    fetch_every: Interval = Field(
        default=timedelta(hours=1), description="how often servers are asked for something new"
    )
    max_megabytes: int = Field(
        default=1000, gt=0, description="no download is larger, and no list unpacks to ten times it"
    )
    feeds: tuple[Feed, ...] = Field(default=(), description="where the lists are")

    @model_validator(mode="after")
    def has_feeds(self) -> Self:
        """Refuse to be on without a feed."""
        if self.enabled and not self.feeds:
            raise ValueError("say where the lists are: [[sources.registrations.feeds]]")
        if len({(feed.label, feed.column) for feed in self.feeds}) > len(self.places()):
            raise ValueError("a list is read in one column, and stands here with two")
        return self

    def places(self) -> frozenset[str]:
        """The feeds."""
        return frozenset(feed.label for feed in self.feeds)


async def gather(settings: Settings, context: SourceContext) -> AsyncIterator[Batch]:
    """What is new in each feed; a feed in trouble is reported and the others go on.

    While one hangs, the others are looked at again and again.
    """
    feeds, over = settings.feeds, Round(settings.places())
    async for batch in side_by_side(_round(feed, settings, context, over) for feed in feeds):
        yield batch


def _is_due(feed: Feed, settings: Settings, context: SourceContext) -> bool:
    asked = None if feed.path else history(context.cursor(_stream(feed))).asked
    return asked is None or not is_lately(asked, settings.fetch_every, context.now())


def _stream(feed: Feed) -> str:
    return f"feed {feed.label}"


async def _round(
    feed: Feed, settings: Settings, context: SourceContext, over: Round
) -> AsyncGenerator[Batch, None]:
    goes_on = True
    while goes_on:
        if _is_due(feed, settings, context):
            async for batch in _look(feed, settings, context):
                yield batch
        over.done(feed.label)
        goes_on = await over.goes_on(settings.every)


async def _look(feed: Feed, settings: Settings, context: SourceContext) -> AsyncIterator[Batch]:
    limits = Limits(settings.max_megabytes * _UNPACKED << 20)
    look = Look(history(context.cursor(_stream(feed))), limits, feed.column)
    async for batch in _batches(feed, look, settings, context):
        yield batch
    now = context.now()
    if said := look.verdict(feed.stale_after or stale_after(feed.server), now):
        healthy, message = said[0], clean(said[1], _MAX_MESSAGE)
        trouble = PASSING if look.may_pass and not feed.path else ""
        context.report(Report(_PART, healthy, message, now, feed.label, trouble))
    for stream, text in look.notes(_stream(feed)):
        yield Batch(b"", text, stream)


async def _batches(
    feed: Feed, look: Look, settings: Settings, context: SourceContext
) -> AsyncIterator[Batch]:
    if feed.path:
        async for batch in _steps(look.files(feed.path, on_the_loop(context.cursor))):
            yield batch
        return
    for url, day in look.wanted(feed.server, feed.days_back, context.cursor, context.now()):
        try:
            async for batch in _download(url, day, look, settings, context):
                yield batch
        except (WillPass, WillNotPass, OSError) as error:
            look.unreached.append(f"{shown(url)}: {error}")
            if day and not context.cursor(url):
                yield Batch(b"", NOT_HAD.text(), url)


async def _download(
    url: str, day: date | None, look: Look, settings: Settings, context: SourceContext
) -> AsyncIterator[Batch]:
    old = look.known(context.cursor(url))
    if day and old and look.is_final(day, old):
        return
    with tempfile.TemporaryDirectory(prefix="hunter-") as folder:
        target = Path(folder) / "list"
        asked = {"If-None-Match": old.etag} if old and old.complete and old.etag else {}
        http, most = context.doors.http, settings.max_megabytes << 20
        answer = await http.download(url, target, headers=asked, max_bytes=most)
        if answer.status == HTTPStatus.NOT_FOUND:
            look.give_up(url, day, old)
        if not is_news(answer.status, target, day, early=look.is_early(day)):
            if old and old.fresh and answer.status == HTTPStatus.NOT_MODIFIED:
                yield Batch(b"", look.noted(old, day, old.etag).text(), url)
            return
        mark = await asyncio.to_thread(placed, target, old, one_list=day is not None)
        mark = look.noted(mark, day, etag(answer.headers))
        at = dated(answer.headers, day) or context.now()
        async for batch in _steps(look.read(ListFile(target, url, mark, at, download=True)), day):
            yield batch


async def _steps(steps: Iterator[Step], day: date | None = None) -> AsyncIterator[Batch]:
    """The steps as batches, read in a thread so that the daemon goes on meanwhile."""
    while step := await asyncio.to_thread(next, steps, None):
        yield Batch(step.names, step.cursor, step.stream, partial(_origin, step, day))


def _origin(step: Step, day: date | None, line: int) -> Mapping[str, Json]:
    about: dict[str, Json] = {"day": day.isoformat()} if day else {}
    return {"feed": shown(step.stream), "line": step.line_of(line), **about}
