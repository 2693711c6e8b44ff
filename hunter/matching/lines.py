"""A block of bytes as numbered lines, none of which becomes an object before it is asked for."""

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

    def text(self, number: int) -> str | None:
        """The line as text, byte for byte Latin-1 when it is not UTF-8; None when overlong."""
        start = int(self._ends[number - 1]) + 1 if number else 0
        end = int(self._ends[number]) if number < len(self._ends) else len(self.block)
        if end - start > MAX_LINE:
            return None
        raw = self.block[start:end]
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            return raw.decode("latin-1")
