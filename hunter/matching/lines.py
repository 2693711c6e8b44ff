"""A block of bytes as numbered lines, none of which becomes an object before it is asked for."""

from collections.abc import Iterator

import numpy as np

from hunter.matching.block import Places
from hunter.matching.views import MAX_LINE

_NEWLINE = 10


class Lines:
    """Where the lines of a block begin and end."""

    def __init__(self, block: bytes) -> None:
        self.block = block
        self._ends: Places = np.flatnonzero(np.frombuffer(block, np.uint8) == _NEWLINE)

    def __len__(self) -> int:
        return len(self._ends) + 1

    def numbers(self, places: Places) -> Places:
        """The 0-based line of each byte."""
        return np.searchsorted(self._ends, places)

    def raw(self, numbers: Places) -> Iterator[bytes]:
        """Each of these lines, without its newline."""
        starts = np.concatenate([[0], self._ends + 1])[numbers].tolist()
        ends = np.append(self._ends, len(self.block))[numbers].tolist()
        for start, end in zip(starts, ends, strict=True):
            yield self.block[start:end]

    def texts(self, numbers: Places) -> Iterator[str | None]:
        """Each of these lines as text; None when overlong."""
        for line in self.raw(numbers):
            yield _decoded(line) if len(line) <= MAX_LINE else None


def _decoded(raw: bytes) -> str:
    """Byte for byte Latin-1 when it is not UTF-8."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
