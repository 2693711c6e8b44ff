"""Cut a data tile by the hashes of its entries, where its own lengths do not lead through it.

An entry of a type that nobody knows yet does not tell where it ends (C2SP static-ct-api.md: the
select in TileLeaf). But its leaf hash stands in the level-0 hash tile, and its last extension tells
its own index: an end is the right one when what lies before it has that hash. So every entry is as
sure as in any other tile, and what is between two of them is passed over.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import chain
from struct import error as StructError  # noqa: N812 — it is an exception class

from hunter.ct.entries import Page, Undecodable, page
from hunter.ct.merkle import HASH
from hunter.ct.static import LEAF, cut, unpack

_ALL = slice(None)
_MOST_TILE = 16 << 20
_MOST_IN_VAIN = 64 << 20
"""Bytes hashed for places that turn out wrong: some tenths of a second."""
_COST_OF_A_START = 1 << 10
_HEAD = re.compile(rb"(?=\x00\x00[\x01\x02].{5}\x00)", re.DOTALL)
"""A time in milliseconds between 2004 and 2074, and an entry type below 256."""
_SHORTEST = 10
_LEAF_INDEX = b"\x00\x00\x05"


def recut_tile(body: bytes, first: int, hashes: bytes, wanted: slice = _ALL) -> Page:
    """As `static.decode_tile`, for `hashes`, the tile's leaf hashes (32 bytes each, not proven).

    Raises Undecodable when an entry is not found.
    """
    tile = unpack(body)
    if len(tile) > _MOST_TILE:
        raise Undecodable("the data tile is too large to be searched")
    search = _Search(tile)
    places = []
    after = 0
    for at in range(len(hashes) // HASH):
        start, end = search.place(after, first + at, hashes[at * HASH : at * HASH + HASH])
        places.append((start, end))
        after = end
    begin, _, _ = wanted.indices(len(places))
    leaves = [LEAF + search.tile[start:end] for start, end in places[wanted]]
    return page(first + begin, leaves)


class _Search:
    """Looks for entries in a tile, and gives up when too much was looked at in vain."""

    def __init__(self, tile: bytes) -> None:
        self.tile = tile
        self._left = _MOST_IN_VAIN

    def place(self, position: int, index: int, wanted: bytes) -> tuple[int, int]:
        """Where the first entry behind `position` with that hash begins and ends."""
        indices = list(self._behind_index(position, index))
        for start in self._starts(position):
            for end in (*self._told_end(start), *indices):
                if sha256(LEAF + self.tile[start:end]).digest() == wanted:
                    return start, end
                self._spend(max(0, end - start), index)
            self._spend(_COST_OF_A_START, index)
        raise Undecodable(f"no bytes of the tile have the hash of entry {index}")

    def _spend(self, cost: int, index: int) -> None:
        self._left -= cost
        if self._left < 0:
            raise Undecodable(f"entry {index} was looked for too long")

    def _starts(self, position: int) -> Iterator[int]:
        """At the tile's beginning, and wherever something looks like a time and a type."""
        found = (match.start() for match in _HEAD.finditer(self.tile, position))
        return chain(() if position else (0,), found)

    def _told_end(self, start: int) -> Sequence[int]:
        """The end by the entry's own lengths, if they can be read."""
        with suppress(StructError, Undecodable):
            return (cut(self.tile, start)[1],)
        return ()

    def _behind_index(self, position: int, index: int) -> Iterator[int]:
        """The places behind whatever looks like extensions that begin with the index."""
        mark = _LEAF_INDEX + index.to_bytes(5, "big")
        at = self.tile.find(mark, position + _SHORTEST)
        while at >= 0:
            yield at + int.from_bytes(self.tile[at - 2 : at], "big")
            at = self.tile.find(mark, at + 1)
