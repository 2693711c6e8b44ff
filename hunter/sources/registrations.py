"""Lists of newly registered names: files, watched folders and downloads, on a schedule.

Each file is a stream of its own, with a bookmark as its cursor: the same content again leads to
nothing, and a file that has grown is read on. One more cursor per feed remembers what it is usually
like, so that a feed which is stale, empty, cut short or suddenly thin is reported.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hunter import contracts
from hunter.contracts import Batch, Duration, LocalPath, SourceContext
from hunter.errors import WillNotPass, WillPass
from hunter.feeds import Limits
from hunter.feeds.bookmark import bookmark, placed
from hunter.feeds.follow import ListFile, Look, Step
from hunter.feeds.history import history
from hunter.feeds.places import PRESETS, urls_of
from hunter.model import Json, Report
from hunter.net.text import clean

_PART = "sources.registrations"
_UNPACKED = 10
_MAX_ETAG = 200
_MAX_MESSAGE = 1000


class Feed(BaseModel):
    """One `[[sources.registrations.feeds]]`: just one of `path`, `url` and `preset`."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, strict=True, extra="forbid")

    path: LocalPath | None = Field(
        default=None, description="a file, a folder to watch, or a pattern such as /lists/*.csv"
    )
    url: str = Field(default="", description="what to download; %Y, %m and %d stand for a day")
    preset: str = Field(default="", description=f"a feed known by name: {', '.join(PRESETS)}")
    days_back: int = Field(default=6, ge=0, le=60, description="how many days, for a URL with one")
    column: str | None = Field(
        default=None, description="the column of names, by its header or number, if need be"
    )
    stale_after: Duration | None = Field(
        default=None, description='complain when nothing new has come for so long, such as "3d"'
    )

    @model_validator(mode="after")
    def one_place(self) -> Self:
        """Refuse a feed that is nowhere or in two places."""
        if [bool(self.path), bool(self.url), bool(self.preset)].count(True) != 1:
            raise ValueError("write one of path, url and preset")
        if self.preset and self.preset not in PRESETS:
            raise ValueError(f"there is no preset {self.preset!r}; known: {', '.join(PRESETS)}")
        return self

    @property
    def label(self) -> str:
        """How reports and sightings call the feed."""
        return str(self.path or self.url or self.preset)


class Settings(contracts.Settings):
    """`[sources.registrations]`."""

    every: Duration = Field(
        default=timedelta(seconds=5), description="how often files and folders are looked at"
    )
    fetch_every: Duration = Field(
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
        return self

    def places(self) -> frozenset[str]:
        """The feeds."""
        return frozenset(feed.label for feed in self.feeds)


async def gather(settings: Settings, context: SourceContext) -> AsyncIterator[Batch]:
    """What is new in each feed; a feed in trouble is reported and the others go on."""
    limits = Limits(max_bytes=settings.max_megabytes * _UNPACKED << 20)
    for feed in settings.feeds:
        stream = f"feed {feed.label}"
        before = history(context.cursor(stream))
        look = Look(before, limits, feed.column)
        async for batch in _batches(feed, look, settings, context):
            yield batch
        now = context.now()
        if said := look.verdict(feed.stale_after or _usual(feed), now):
            healthy, message = said
            context.report(Report(_PART, healthy, clean(message, _MAX_MESSAGE), now, feed.label))
        if look.kept != before:
            yield Batch(b"", look.kept.text(), stream)


def _usual(feed: Feed) -> timedelta | None:
    """A list of each day is stale on the day after the next."""
    return timedelta(days=2) if feed.preset or "%d" in feed.url else None


async def _batches(
    feed: Feed, look: Look, settings: Settings, context: SourceContext
) -> AsyncIterator[Batch]:
    if feed.path:
        async for batch in _steps(look.files(feed.path, _on_the_loop(context.cursor))):
            yield batch
        return
    now = context.now()
    if look.kept.asked and now - look.kept.asked < settings.fetch_every:
        return
    look.kept = replace(look.kept, asked=now)
    pattern = feed.url or PRESETS[feed.preset]
    for url, day in urls_of(pattern, now.date(), feed.days_back):
        try:
            async for batch in _download(url, day, look, settings, context):
                yield batch
        except (WillPass, WillNotPass, OSError) as error:
            look.unreached.append(f"{url}: {error}")


async def _download(
    url: str, day: date | None, look: Look, settings: Settings, context: SourceContext
) -> AsyncIterator[Batch]:
    old = bookmark(context.cursor(url))
    if old and old.complete and day:
        return
    with tempfile.TemporaryDirectory(prefix="hunter-") as folder:
        target = Path(folder) / "list"
        asked = {"If-None-Match": old.etag} if old and old.complete and old.etag else {}
        answer = await context.doors.http.download(
            url, target, headers=asked, max_bytes=settings.max_megabytes << 20
        )
        if not _is_news(answer.status, day):
            return
        mark = await asyncio.to_thread(placed, target, old)
        etag = answer.headers.get("etag", "")
        mark = replace(mark, changed=0, etag=etag if len(etag) <= _MAX_ETAG else "")
        at = _modified(answer.headers) or _end_of(day) or context.now()
        async for batch in _steps(look.read(ListFile(target, url, mark, at, download=True)), day):
            yield batch


def _is_news(status: int, day: date | None) -> bool:
    """Whether the answer holds a list; a day's list may not be given out yet, or no longer."""
    if status == HTTPStatus.NOT_MODIFIED or (status == HTTPStatus.NOT_FOUND and day):
        return False
    if status != HTTPStatus.OK:
        raise WillPass(f"answered {status}")
    return True


async def _steps(steps: Iterator[Step], day: date | None = None) -> AsyncIterator[Batch]:
    """The steps as batches, read in a thread so that the daemon goes on meanwhile."""
    while step := await asyncio.to_thread(next, steps, None):
        yield Batch(step.names, step.cursor, step.stream, partial(_origin, step, day))


def _on_the_loop(cursor: Callable[[str], str | None]) -> Callable[[str], str | None]:
    """The cursor for a reader in a thread: the store belongs to the thread of the loop."""
    loop = asyncio.get_running_loop()

    async def ask(stream: str) -> str | None:
        return cursor(stream)

    return lambda stream: asyncio.run_coroutine_threadsafe(ask(stream), loop).result()


def _origin(step: Step, day: date | None, line: int) -> Mapping[str, Json]:
    about: dict[str, Json] = {"day": day.isoformat()} if day else {}
    return {"feed": step.stream, "line": step.first_line + line, **about}


def _modified(headers: Mapping[str, str]) -> datetime | None:
    try:
        found = parsedate_to_datetime(headers.get("last-modified", ""))
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _end_of(day: date | None) -> datetime | None:
    return datetime.combine(day, time.max, UTC) if day else None
