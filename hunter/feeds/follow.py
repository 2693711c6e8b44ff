"""One look at one feed: read what is new in its files, and judge whether the feed is well.

The same content again leads to nothing, under whatever name; a file that has grown is read on.
"""

import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path

from hunter.feeds import FeedShape, Limits, read
from hunter.feeds.bookmark import GIVEN_UP, Bookmark, after, bookmark, closed, is_done, placed
from hunter.feeds.history import History, complaints, is_doubtful, staleness
from hunter.feeds.places import MOST_FILES, files_at, is_of_days, newest, urls_of
from hunter.net.urls import shown

_SETTLED = 2.0
"""A file that was changed within so many seconds may not be written to its end."""
_SKEW = 3600.0
"""So many seconds another machine's clock, which dates what lies on its disk, may be ahead."""
_MOST_MISSED = 30
"""Days that are asked for at once after an absence."""
_WEEKS = 5
"""So many weeks are looked back for a list of the same day of the week."""
_DAY = timedelta(days=1)
_LATEST = 4e9
"""A file's time may be anything; one behind the year 2096 is no date."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """One file of a feed, and how it is to be read."""

    path: Path
    stream: str
    """Whose cursor is its bookmark: the file's path or URL."""
    mark: Bookmark
    at: datetime
    """From when its content is."""
    settled: bool = True
    download: bool = False
    """It is downloaded again as long as it cannot be read to its end."""


@dataclass(frozen=True, slots=True)
class Step:
    """Some names of a file, and the cursor that comes after them."""

    stream: str
    cursor: str
    names: bytes = b""
    first_line: int = 1
    further: tuple[int, ...] = ()
    """Which lines of the names are a further name of the feed's line before."""

    def line_of(self, line: int) -> int:
        """The feed's line that a line of the names is from; the first of these is 0."""
        return self.first_line + line - bisect_right(self.further, line)


class Look:
    """What is found in one look at a feed; `kept` is what to remember for the next."""

    def __init__(self, kept: History, limits: Limits, column: str | None) -> None:
        self.kept, self._before = kept.in_column(column), kept
        self._begins_anew = kept.column not in (None, self.kept.column)
        self.unreached: list[str] = []
        """What could not be opened or downloaded, and why."""
        self._faults: list[str] = []
        self._lost: list[date] = []
        """Days whose lists were given out while nobody could ask for them."""
        self._given_up: list[str] = []
        self._never_came: frozenset[date] = frozenset()
        self._today = self._within = date.min
        self._was_off = self._is_daily = self._is_ring = False
        self._limits = limits
        self._column = column
        self._names = self._lists = 0

    def wanted(
        self, place: str, days_back: int, cursor: Callable[[str], str | None], now: datetime
    ) -> Iterator[tuple[str, date | None]]:
        """What to ask a server for: the days within reach, and those that were missed."""
        self._today = today = now.date()
        self._is_daily, self._is_ring = "%d" in place, "%Y" not in place
        missed = self._missed(place, cursor, today)
        since = (today - self.kept.asked.date()).days if self.kept.asked else 0
        if missed == _MOST_MISSED and is_of_days(place):
            self._lost = [today - timedelta(back) for back in range(since, _MOST_MISSED, -1)]
        # Over midnight, nobody was off for a day.
        self._within, self._was_off = today - timedelta(days_back), since > max(days_back, 1)
        self.kept = replace(self.kept, asked=now)
        reach = max(days_back, missed)
        never_came = dict(_never_came(place, cursor, today, reach))
        self._never_came = frozenset(never_came.values())
        return chain(never_came.items(), urls_of(place, today, reach))

    def known(self, text: str | None) -> Bookmark | None:
        """The bookmark in a cursor; none where the names are looked for in another column now.

        What was cut short is read on once more may be read.
        """
        mark = None if self._begins_anew else bookmark(text)
        if mark and 0 < mark.limit < self._limits.max_bytes:
            return replace(mark, complete=False, limit=0)
        return mark

    def is_early(self, day: date | None) -> bool:
        """Whether the list of that day may not be given out yet: on the day itself and the next."""
        return day is not None and self._is_daily and self._today - day <= _DAY

    def noted(self, mark: Bookmark, day: date | None, tag: str = "") -> Bookmark:
        """The bookmark of a download, complete if it is the same as before.

        Of a day's list more may be written, until that day is over and nothing came since.
        """
        age = (self._today - day).days if day else None
        fresh = age is not None and (age <= 0 or (age == 1 and not mark.complete))
        of_day = str(day or "") if not mark.complete else mark.day
        return replace(mark, changed=0, etag=tag, fresh=fresh, day=of_day)

    def is_final(self, day: date, mark: Bookmark) -> bool:
        """Whether nothing more is expected of that day's list.

        One that was read, or given up, while a clock was ahead comes when its day does.
        """
        comes = day >= (self._today if mark.digest else self._within)
        lacks = mark.doubtful or mark.fresh or comes or self._is_anothers(mark, day)
        return mark.complete and not lacks

    def _is_anothers(self, mark: Bookmark, day: date) -> bool:
        """Whether it is of the day that had the list's place before, in a ring of lists."""
        return self._is_ring and mark.day not in ("", str(day))

    def give_up(self, url: str, day: date | None, old: Bookmark | None) -> None:
        """There is no such list: if it was missed, it is given out no longer, which is told.

        Of a day that was asked for in time, and of which there was none, one may still come, until
        nobody asks for it any more.
        """
        never_had = self._was_off or day in self._never_came
        is_owed = never_had if old is None else not old.complete
        if day is not None and day < self._within and is_owed:
            self._lost.append(day)
            self._given_up.append(url)

    def _missed(self, place: str, cursor: Callable[[str], str | None], today: date) -> int:
        """Days since the newest list that was read, or the oldest that could not be.

        hunter may have been off, or the feed away. What a server says of a list's time is not
        asked: some give each the same.
        """
        days = urls_of(place, today, _MOST_MISSED)
        marks = [
            (day, mark)
            for url, day in days
            if day and (mark := bookmark(cursor(url))) and not self._is_anothers(mark, day)
        ]
        read = max((day for day, mark in marks if mark.complete), default=None)
        lacking = (day for day, mark in marks if not mark.complete)
        since = min(filter(None, (read, *lacking)), default=None)
        if since is None:
            return _MOST_MISSED if self.kept.newest else 0
        return (today - since).days

    def files(self, place: Path, cursor: Callable[[str], str | None]) -> Iterator[Step]:
        """What is new in a file, a folder's files, or those that a pattern fits."""
        try:
            found = files_at(place)
        except OSError as error:
            self.unreached.append(f"cannot be read: {error.strerror}")
            return
        if len(found) > MOST_FILES:
            self.unreached.append(f"holds {len(found):,} files, more than {MOST_FILES:,}")
            found = newest(found)
        for path in found:
            # A file name need not be text, a cursor's name has to be.
            stream = str(path).encode("utf-8", "backslashreplace").decode()
            try:
                yield from self._file(path, stream, self.known(cursor(stream)))
            except OSError as error:
                self.unreached.append(f"{path.name!r} cannot be read: {error.strerror}")

    def _file(self, path: Path, stream: str, old: Bookmark | None) -> Iterator[Step]:
        if is_done(path, old):
            return
        mark = placed(path, old)
        changed = min(max(mark.changed / 1e9, 0.0), _LATEST)
        at = datetime.fromtimestamp(changed, UTC)
        settled = not -_SKEW < time.time() - changed < _SETTLED
        yield from self.read(ListFile(path, stream, mark, at, settled=settled))

    def read(self, one: ListFile) -> Iterator[Step]:
        """What is new in one file. While it is not settled its last words are left for later."""
        mark = one.mark
        if not mark.complete and self.kept.has_read(mark.digest):
            mark = replace(mark, complete=True, doubtful=True)
        if mark.complete:
            yield Step(one.stream, mark.text())
            return
        reading = read(one.path, limits=self._limits, column=self._column)
        for chunk in after(iter(reading), mark.lines):
            mark = replace(mark, lines=chunk.first_line - 1 + chunk.lines - chunk.open_end)
            names = chunk.names if one.settled else closed(chunk.names)
            yield Step(one.stream, mark.text(), names, chunk.first_line, chunk.further)
        if one.settled:
            doubtful = is_doubtful(reading.shape, self.kept)
            fine = self._judge(one, reading.shape)
            counted = reading.shape.names if fine else mark.counted
            whole = fine or not one.download
            limit = 0 if fine else self._limits.max_bytes
            mark = replace(mark, complete=whole, doubtful=doubtful, counted=counted, limit=limit)
            yield Step(one.stream, mark.text())

    def _judge(self, one: ListFile, shape: FeedShape) -> bool:
        """Note what the file is like; whether it could be read to its end."""
        name = shown(one.stream) if one.download else one.path.name
        self._faults += (f"{name!r}: {fault}" for fault in complaints(shape, self.kept))
        self._names += shape.names
        self._lists += 1
        if shape.trouble:
            return False
        self.kept = self.kept.with_file(shape, one.mark.digest, one.at, one.mark.counted)
        return True

    def verdict(self, stale_after: timedelta | None, now: datetime) -> tuple[bool, str] | None:
        """Whether the feed is well, in words; None when there is nothing to say. Ends the look."""
        was_failing = self.kept.failing
        came = now if self._lists else min(self.kept.came or now, now)
        self.kept = replace(self.kept, failing=bool(self.unreached), came=came)
        stale = staleness(self.kept, stale_after, now)
        wrong = [*self.unreached, *self._faults, *_unread(self._lost), *([stale] if stale else [])]
        if wrong:
            return False, "; ".join(wrong)
        if self._lists:
            return True, f"names: {self._names:,}, new lists: {self._lists}"
        return (True, "can be reached again") if was_failing else None

    @property
    def may_pass(self) -> bool:
        """Whether all that is wrong may be well the next time, and only then somebody is told.

        Lists that are lost never are.
        """
        return bool(self.unreached) and not self._lost

    def notes(self, stream: str) -> Iterator[tuple[str, str]]:
        """What is to be kept, and where, once the verdict is told; `stream` is the feed's own."""
        for url in self._given_up:
            yield url, GIVEN_UP.text()
        if self.kept != self._before:
            yield stream, self.kept.text()


def _never_came(
    place: str, cursor: Callable[[str], str | None], today: date, reach: int
) -> Iterator[tuple[str, date]]:
    """The days that nobody asks for any more whose list never came, though newer ones did.

    Not those of a day of the week on which there is none: that of a week before was read.
    """
    urls = {day: url for url, day in urls_of(place, today, reach + 2 * _MOST_MISSED) if day}
    marks = {day: mark for day, url in urls.items() if (mark := bookmark(cursor(url)))}
    for back in range(reach + _MOST_MISSED, reach, -1) if marks else ():
        day = today - timedelta(back)
        weeks = (day - timedelta(weeks=week) for week in range(1, _WEEKS))
        before = next((marks[one] for one in weeks if one in marks), None)
        if day in urls and day not in marks and before and before.digest:
            yield urls[day], day


def _unread(days: list[date]) -> Iterator[str]:
    """Each run of days; between two there is one that was read."""
    gone = sorted(days)
    firsts = [day for day in gone if day - _DAY not in gone]
    lasts = [day for day in gone if day + _DAY not in gone]
    for first, last in zip(firsts, lasts, strict=True):
        yield f"the lists of {first} to {last} can be had no longer, and are unread"
