"""Names tiles: names without certificates, a twentieth of a data tile (C2SP names-tiles.md).

Only Sunlight logs serve them, and nothing signs them: the operator's word. One JSON line an entry.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import msgspec

from hunter.ct import der
from hunter.ct.entries import Undecodable
from hunter.ct.merkle import TILE
from hunter.ct.static import unpack
from hunter.hostile_json import REFUSALS


class _Subject(msgspec.Struct):
    CommonName: str = ""


class _Line(msgspec.Struct):
    Timestamp: int
    Subject: _Subject | None = None
    DNS: list[str] | None = None


_ALL = slice(None)
_ENTRY_WEIGHT = 100
"""Bytes that an entry takes beside its names: a time, and Python's own."""
_lines = msgspec.json.Decoder(_Line)


@dataclass(frozen=True, slots=True)
class NamesPage:
    """Names of consecutive entries, counted from 0 within the page; `first` is the log's index."""

    first: int
    names: bytes
    """One name a line, in entry order."""
    timestamps: tuple[int, ...]
    """Milliseconds, UTC."""
    _ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.timestamps)

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes."""
        return len(self.names) + _ENTRY_WEIGHT * len(self)

    def entry_of_line(self, line: int) -> int:
        """Which entry of the page the name on `line` (0-based) belongs to."""
        return bisect_right(self._ends, line)


def decode_names_tile(body: bytes, first: int, wanted: slice = _ALL) -> NamesPage:
    """The names of a tile, gzipped or not, or of its part `wanted`; Undecodable if it is none.

    `first` is the log index of the tile's first entry. A tile is as long as `wanted` reaches, or it
    is full: a line more or less, and nobody knows whose names the others are.
    """
    try:
        lines = _lines.decode_lines(unpack(body))
    except REFUSALS as error:
        raise Undecodable(str(error)) from error
    if len(lines) not in (wanted.stop or len(lines), TILE):
        raise Undecodable(f"names of {len(lines)} entries")
    lines = lines[wanted]
    names = [der.clean(_names(line)) for line in lines]
    return NamesPage(
        first=first + (wanted.start or 0),
        names=b"\n".join([name for found in names for name in found]),
        timestamps=tuple([line.Timestamp for line in lines]),
        _ends=list(accumulate(map(len, names))),
    )


def _names(line: _Line) -> list[bytes]:
    found = [name.encode() for name in line.DNS or ()]
    common = line.Subject.CommonName.encode() if line.Subject else b""
    return [*found, common] if der.is_namelike(common) and common not in found else found
