"""Certificates that wait between the thread that hears them and whoever matches their names.

Bounded: what does not fit any more is dropped and counted, as a server would do without a word.
"""

import threading
import time
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from hunter.ct.certstream_messages import Certificate, origin
from hunter.model import Json

QUEUE = "queue"
"""Under which name it is told that names were dropped."""

_DROPS_EVERY = 60.0


@dataclass(frozen=True, slots=True)
class Heard:
    """Certificates with the server each came from, in the order in which they came."""

    found: Sequence[tuple[str, Certificate]]
    ends: Sequence[int]
    """How many names the certificates up to each one have together."""

    @property
    def names(self) -> bytes:
        """Every name of each certificate, joined by newlines."""
        return "\n".join(name for _, one in self.found for name in one.names).encode()

    def origin(self, line: int) -> Mapping[str, Json]:
        """What was said of the certificate that the name on that line (from 0) is in."""
        server, one = self.found[bisect_right(self.ends, line)]
        return {"server": server, **origin(one)}


class Waiting:
    """The waiting room, with `room` for that many names. Any thread may use it."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._lock = threading.Lock()
        self._found: list[tuple[str, Certificate]] = []
        self._names = self._dropped = 0

    def add(self, server: str, one: Certificate) -> None:
        """Let it in, or count its names as dropped."""
        with self._lock:
            if self._names + len(one.names) > self._room:
                self._dropped += len(one.names)
                return
            self._names += len(one.names)
            self._found.append((server, one))

    def taken(self) -> Heard:
        """All that waits."""
        with self._lock:
            found, self._found, self._names = self._found, [], 0
        return Heard(found, tuple(accumulate(len(one.names) for _, one in found)))

    def dropped(self) -> int:
        """How many names were dropped since this was asked last."""
        with self._lock:
            dropped, self._dropped = self._dropped, 0
        return dropped


class Drops:
    """Looks once a minute how many names a waiting room dropped."""

    def __init__(self, waiting: Waiting) -> None:
        self._waiting = waiting
        self._looked_at = time.monotonic()
        # Of the life before this one: if it ended among drops, their end is still to be told.
        self._dropping = True

    def news(self) -> Iterator[tuple[str, bool, str]]:
        """Where, whether all is well, and a sentence; nothing while nothing is dropped."""
        now = time.monotonic()
        if now - self._looked_at < _DROPS_EVERY:
            return
        self._looked_at = now
        dropped = self._waiting.dropped()
        if dropped:
            yield QUEUE, False, f"names dropped: {dropped:,}; more came than could be looked at"
        elif self._dropping:
            yield QUEUE, True, "no name was dropped for a minute"
        self._dropping = bool(dropped)
