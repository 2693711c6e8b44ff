"""The body of an answer as it comes, decompressed in steps: no bomb is ever held in memory."""

import zlib
from collections.abc import Iterator

_LONGEST_PART = 65_536


class Plain:
    """A body as it is; whether it came whole, HTTP itself knows."""

    def parts(self, piece: bytes) -> Iterator[bytes]:
        """What a piece of the answer holds."""
        yield piece

    def whole(self) -> bool:
        """Whether nothing is missing at the end."""
        return True


class Gzip:
    """A compressed body, in parts of 64 KiB at most. What comes after its end is passed over.

    zlib would keep all of that, and a server may send it without end.
    """

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)
        self._begun = False

    def parts(self, piece: bytes) -> Iterator[bytes]:
        """What a piece of the answer holds."""
        while piece and not self._stream.eof:
            self._begun = True
            yield self._stream.decompress(piece, _LONGEST_PART)
            piece = self._stream.unconsumed_tail

    def whole(self) -> bool:
        """Whether nothing is missing at the end."""
        return self._stream.eof or not self._begun


def body_in(encoding: str) -> Plain | Gzip | None:
    """A body of that Content-Encoding; None when it is one that the door never asks for."""
    if encoding in ("", "identity"):
        return Plain()
    return Gzip() if encoding in ("gzip", "x-gzip") else None
