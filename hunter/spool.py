"""What is too much for memory lies in a file, each kind by itself, until all of it is written."""

import re
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile

import msgspec

_IN_MEMORY = 8 << 20
"""Bytes; what goes with a mail needs no file."""
_AT_ONCE = 1 << 20
_LONE_NUMBER = re.compile(rb"(?<=\[)(\n +)(\d+)(?=\n)")


def scratch() -> "SpooledTemporaryFile[bytes]":
    """A file that is gone once it is closed."""
    return SpooledTemporaryFile(max_size=_IN_MEMORY)


def pieces(file: "SpooledTemporaryFile[bytes]") -> Iterator[bytes]:
    """All of a file from its beginning."""
    file.seek(0)
    while piece := file.read(_AT_ONCE):
        yield piece


class Spool:
    """JSON by number, in the order in which it came."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._file = scratch()
        self._places: dict[int, list[int]] = {}
        """Number → where what was added stands."""

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, number: int, found: Iterable[object]) -> None:
        """Keep these as well."""
        lines = b"".join(msgspec.json.encode(one) + b"\n" for one in found)
        if lines:
            self._places.setdefault(number, []).extend((self._file.tell(), len(lines)))
            self._file.write(lines)

    def holds(self, number: int) -> bool:
        """Whether anything is there."""
        return number in self._places

    def spliced(self, frame: object) -> Iterator[bytes]:
        """The frame, indented; a number alone in a list makes room for all that is kept by it."""
        whole = msgspec.json.format(msgspec.json.encode(frame), indent=1)
        head, *others = _LONE_NUMBER.split(whole)
        yield head
        for indent, number, rest in zip(*[iter(others)] * 3, strict=True):
            for place, line in enumerate(self._lines(int(number))):
                comma = b"," if place else b""
                yield comma + indent + msgspec.json.format(line, indent=1).replace(b"\n", indent)
            yield rest

    def _lines(self, number: int) -> Iterator[bytes]:
        for at, length in zip(*[iter(self._places[number])] * 2, strict=True):
            self._file.seek(at)
            yield from self._file.read(length).splitlines()
