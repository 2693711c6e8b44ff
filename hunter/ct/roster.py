"""Which logs are watched now: new ones are taken up, and those that go away are told of."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, TypeAlias

from hunter.ct.loglist import Log
from hunter.ct.watch import Watch

Start: TypeAlias = Callable[[Log], tuple[Watch, Coroutine[Any, Any, None]]]
"""A log's watch and its work, not yet begun."""

Tell: TypeAlias = Callable[[str, bool, str, str], None]
"""URL, healthy or not, a sentence, and what is wrong in a word."""

GONE = "gone"


class Roster:
    """A task for each log, in the given group."""

    def __init__(self, group: asyncio.TaskGroup, start: Start, tell: Tell) -> None:
        self._group = group
        self._start = start
        self._tell = tell
        self._watched: dict[bytes, tuple[Watch, asyncio.Task[None]]] = {}

    def follow_only(self, logs: Iterable[Log]) -> None:
        """Watch these logs from now on, as they are described now, and no others."""
        wanted = {log.log_id: log for log in logs}
        for log_id in self._watched.keys() - wanted.keys():
            self._drop(*self._watched.pop(log_id))
        for log_id, log in wanted.items():
            if log_id in self._watched:
                self._watched[log_id][0].log = log
            else:
                watch, work = self._start(log)
                self._watched[log_id] = watch, self._group.create_task(work)

    def _drop(self, watch: Watch, task: asyncio.Task[None]) -> None:
        task.cancel()
        # What a log that goes away held beyond this, nobody can read any more.
        told = f"is followed no longer: retired, or its time is over; {watch.figures}"
        whole = watch.figures.behind == 0
        self._tell(watch.log.url, whole, told, "" if whole else GONE)
