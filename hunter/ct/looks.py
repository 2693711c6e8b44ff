"""Look at the lists of logs again and again, and remember when that was done last.

A log that is met later may have been there since then: of a shard that comes during an outage
nothing is to be missed.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from hunter.ct.figures import load_moment
from hunter.ct.lists import FetchUrl, Published, Shelf, Tell, current, last_good
from hunter.ct.loglist import Log
from hunter.ct.places import Keep, Kept

_STREAM, _AT = "lists#looked", "at"


class Looks:
    """The same lists each time; their good copies, and the time, are kept."""

    def __init__(
        self,
        lists: tuple[Published, ...],
        kept: Kept,
        keep: Keep,
        tell: Tell,
        now: Callable[[], datetime],
    ) -> None:
        self._lists = lists
        self._keep = keep
        self._now = now
        self._shelf = Shelf(kept, self._shelve, tell, now)
        self._began = now()
        self._good: set[str] = set()
        self._last = load_moment(kept(_STREAM), _AT)

    async def logs(self, fetch: FetchUrl) -> tuple[Log, ...]:
        """The logs of all lists as they are now, or were when they were good last."""
        self._began = self._now()
        self._good.clear()
        return await current(self._lists, fetch, self._shelf)

    def before(self) -> tuple[tuple[Log, ...], datetime]:
        """The logs as the lists were when they were good last, and when they were looked at."""
        return last_good(self._lists, self._shelf.kept), self._last or self._began

    async def _shelve(self, url: str, text: str) -> None:
        self._good.add(url)
        await self._keep(url, text)

    def since(self, wanted: timedelta | None) -> timedelta | None:
        """How far to look back in a log that this look shows: as `wanted`, or to the last look."""
        unseen = self._last and self._now() - self._last
        return max((one for one in (wanted, unseen) if one), default=None)

    async def over(self) -> None:
        """What this look showed is followed: from now on, it is the last one.

        Not if a list was not good: it may hold logs unseen.
        """
        if self._good == {one.url for one in self._lists}:
            self._last = self._began
            await self._keep(_STREAM, json.dumps({_AT: self._began.isoformat()}))
