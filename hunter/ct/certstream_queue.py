"""Certificates that wait between the thread that hears them and whoever matches their names.

Bounded: what does not fit any more is dropped and counted, as a server would do without a word.
"""

import threading
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from hunter.ct.certstream_messages import Certificate, origin
from hunter.model import Json


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
