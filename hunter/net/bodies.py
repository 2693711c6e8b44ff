"""The body of an answer as it comes, decompressed in steps: no bomb is ever held in memory."""

import zlib
from collections.abc import Iterator

_LONGEST_PART = 65_536
_MAGIC = b"\x1f\x8b"
_FEW_PARTS, _LEAST_PART = 100, 1000
"""Each part costs time: beyond a few they hold so many bytes on average."""


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
        return self.ended or not self._begun

    @property
    def ended(self) -> bool:
        """Whether its end has come."""
        return self._stream.eof

    def rest(self) -> bytes:
        """What came behind its end in the last piece."""
        return self._stream.unused_data


class Gzips:
    """A compressed body of one part or several, each of which is read (RFC 1952, 2.2).

    What comes after the last, such as zeros, is passed over.
    """

    def __init__(self) -> None:
        self._part = Gzip()
        self._behind = b""
        self._count = self._given = 0

    def parts(self, piece: bytes) -> Iterator[bytes]:
        """What a piece of the answer holds."""
        while piece := self._belonging(piece):
            for found in self._part.parts(piece):
                self._given += len(found)
                yield found
            piece = self._part.rest()

    def whole(self) -> bool:
        """Whether nothing is missing at the end."""
        return self._part.whole()

    def _belonging(self, piece: bytes) -> bytes:
        """The piece, if it is of a part, which may begin with it; nothing of what comes after."""
        if not self._part.ended:
            return piece
        start = self._behind + piece
        if not start.startswith(_MAGIC):
            self._behind = start[: len(_MAGIC)]
            return b""
        self._behind = b""
        self._count += 1
        if self._count > _FEW_PARTS + self._given // _LEAST_PART:
            raise zlib.error("gzip of too many parts")
        self._part = Gzip()
        return start


def body_in(encoding: str, *, several: bool) -> Plain | Gzip | Gzips | None:
    """A body of that Content-Encoding; None when it is one that the door never asks for.

    Of `several` parts of gzip all are read: browsers show the first one only.
    """
    if encoding in ("", "identity"):
        return Plain()
    if encoding not in ("gzip", "x-gzip"):
        return None
    return Gzips() if several else Gzip()
