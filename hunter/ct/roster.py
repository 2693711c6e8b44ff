"""Which logs are watched now: new ones are taken up, and those that go away are told of."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, TypeAlias

from hunter.ct.lists import Tell
from hunter.ct.loglist import Log
from hunter.ct.watch import Watch

Start: TypeAlias = Callable[[Log], tuple[Watch, Callable[[], Coroutine[Any, Any, None]]]]
"""A log's watch, and what begins its work."""

GONE = "gone"


class Roster:
    """A task for each log, in the given group; `before` are those that were followed last."""

    def __init__(
        self, group: asyncio.TaskGroup, start: Start, tell: Tell, before: Iterable[Log] = ()
    ) -> None:
        self._group = group
        self._start = start
        self._tell = tell
        self._before = tuple(before)
        self._watched: dict[bytes, tuple[Watch, asyncio.Task[None]]] = {}

    async def follow_only(self, logs: Iterable[Log]) -> None:
        """Watch these logs from now on, as they are described now, and no others.

        Over when it is kept from when on each is read: the next look takes them for known.
        """
        wanted = {log.log_id: log for log in logs}
        for log_id in self._watched.keys() - wanted.keys():
            self._drop(*self._watched.pop(log_id))
        for log_id, log in wanted.items():
            if not self._goes_on(log_id, log):
                self._begin(log_id, log)
        self._miss()
        for watch, _ in self._watched.values():
            await watch.is_met.wait()

    def _goes_on(self, log_id: bytes, log: Log) -> bool:
        """Whether the log is watched as it is described now, or was and has come to its end."""
        watch, task = self._watched.get(log_id, (None, None))
        if watch is None or task is None or not _is_read_so(watch.log, log):
            return False
        watch.log = log
        return watch.is_finished or not task.done()

    def _begin(self, log_id: bytes, log: Log) -> None:
        """Watch a log that is new, read in another way than before, or open again."""
        if log_id in self._watched:
            _end(*self._watched[log_id])
        watch, work = self._start(log)
        self._watched[log_id] = watch, self._group.create_task(work())

    def _miss(self) -> None:
        """Tell of those that went away while nobody looked."""
        gone = [log for log in self._before if log.log_id not in self._watched]
        for watch, _ in map(self._start, gone):
            if watch.figures.contact is not None:
                self._tell_gone(watch)
        self._before = ()

    def _drop(self, watch: Watch, task: asyncio.Task[None]) -> None:
        _end(watch, task)
        self._tell_gone(watch)

    def _tell_gone(self, watch: Watch) -> None:
        # What a log that goes away held beyond this, nobody can read any more.
        told = f"is followed no longer: retired, or its time is over; {watch.figures}"
        since = watch.unheard_since
        if since is not None:
            unread = f"what it took after {since:%Y-%m-%d %H:%M} UTC is unread"
            told = f"{told}; {unread}"
        whole = watch.figures.behind == 0 and since is None
        self._tell(watch.log.url, whole, told, "" if whole else GONE)


def _end(watch: Watch, task: asyncio.Task[None]) -> None:
    task.cancel()
    watch.leave()


def _is_read_so(one: Log, other: Log) -> bool:
    """Whether both are read at the same place in the same way."""
    return (one.url, one.kind, one.origin) == (other.url, other.kind, other.origin)
