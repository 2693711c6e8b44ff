"""Read a static log: tiles of entries, proven by tiles of hashes (C2SP tlog-tiles.md)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from hunter.clock import is_lately
from hunter.ct.entries import Page, Undecodable
from hunter.ct.loglist import Log
from hunter.ct.merkle import HASH, TILE, Disproved, Tree, bridge, extend, tile_width
from hunter.ct.names_tiles import NamesPage, decode_names_tile
from hunter.ct.readers import Fetch, NotThere, Read, get
from hunter.ct.recut import recut_tile
from hunter.ct.static import CHECKPOINT_PATH, decode_tile, read_checkpoint, tile_path
from hunter.ct.treehead import TreeHead
from hunter.errors import WillPass

IsHit: TypeAlias = Callable[[bytes], bool]

PATIENCE = timedelta(minutes=1)
_MOST_KEPT = 16


class StaticReader:
    """A `hunter.ct.readers.Reader`.

    A tile that is not full yet is awaited for `patience` before it is read in part. With `is_hit`,
    names tiles are read, a twentieth of the bytes but on the operator's word, and a data tile only
    where `is_hit` says of the block of names that it holds one worth it.
    """

    window = 2 * TILE

    def __init__(
        self,
        log: Log,
        fetch: Fetch,
        now: Callable[[], datetime],
        *,
        patience: timedelta = PATIENCE,
        is_hit: IsHit | None = None,
    ) -> None:
        self._log = log
        self._fetch = fetch
        self._now = now
        self._patience = patience
        self._is_hit = is_hit
        self._awaited: tuple[int, datetime] | None = None
        self._hash_tiles: dict[str, bytes] = {}

    async def head(self) -> TreeHead:
        """The newest checkpoint."""
        body = await get(self._fetch, CHECKPOINT_PATH)
        return read_checkpoint(body, self._log.origin, self._log.key)

    async def entries(self, start: int, head: TreeHead) -> Read | None:
        """The rest of the tile that `start` is in; None while a tile is worth waiting for."""
        index = start // TILE
        width = tile_width(0, index, head.size)
        wanted = slice(start % TILE, width)
        if wanted.start >= width or (width < TILE and self._is_awaited(index)):
            return None
        read = await self._read(index, width, wanted)
        self._awaited = None
        return read

    async def _read(self, index: int, width: int, wanted: slice) -> Read:
        if self._is_hit is None:
            return await self._whole(index, width, wanted)
        try:
            named = await self._named(index, width, wanted)
        except Undecodable:
            # Nothing proves a names tile: what this one does not tell, the data tile does.
            return await self._whole(index, width, wanted)
        except NotThere:
            # Not every log has names tiles. If the data tile is there, this one has none.
            whole = await self._whole(index, width, wanted)
            self._is_hit = None
            return whole
        return await self._with_hashes(named, index, width, wanted, self._is_hit)

    async def _whole(self, index: int, width: int, wanted: slice) -> Read:
        page = await self._data(index, width, wanted)
        return Read(page, page.leaf_hashes)

    def _is_awaited(self, index: int) -> bool:
        now = self._now()
        if self._awaited is None or self._awaited[0] != index:
            self._awaited = (index, now)
        return is_lately(self._awaited[1], self._patience, now)

    async def _data(self, index: int, width: int, wanted: slice) -> Page:
        body = await self._tile("data", index, width)
        try:
            page = decode_tile(body, index * TILE, wanted)
        except Undecodable:
            page = await self._recut(body, index, width, wanted)
        if len(page) != wanted.stop - wanted.start:
            raise WillPass(f"tile {index} holds fewer entries than promised")
        return page

    async def _recut(self, body: bytes, index: int, width: int, wanted: slice) -> Page:
        """The entries of a tile that cannot be cut by its own lengths, each found by its hash."""
        hashes = await self._hash_tile(0, index, width)
        try:
            return recut_tile(body, index * TILE, hashes[: width * HASH], wanted)
        except Undecodable as error:
            self._hash_tiles.clear()
            raise WillPass(f"data tile {index} cannot be read: {error}") from error

    async def _named(self, index: int, width: int, wanted: slice) -> NamesPage:
        body = await self._tile("names", index, width)
        return decode_names_tile(body, index * TILE, wanted)

    async def _with_hashes(
        self, named: NamesPage, index: int, width: int, wanted: slice, is_hit: IsHit
    ) -> Read:
        """The names with the hashes that prove how many they are; certificates for a hit."""
        tile = await self._hash_tile(0, index, width)
        hashes = tile[wanted.start * HASH : wanted.stop * HASH]
        if len(hashes) != len(named) * HASH:
            self._hash_tiles.clear()
            raise WillPass(f"hash tile {index} is shorter than promised")
        if not is_hit(named.names):
            return Read(named, hashes)
        full = await self._data(index, width, wanted)
        if full.leaf_hashes != hashes:
            # Either may be wrong: both are asked for anew.
            self._hash_tiles.clear()
            raise WillPass(f"data tile {index} and its hash tile differ")
        return Read(full, hashes)

    async def _tile(self, kind: int | str, index: int, width: int) -> bytes:
        """A tile; the full one where the partial one has gone, which is allowed once it is full."""
        try:
            return await get(self._fetch, tile_path(kind, index, width))
        except NotThere:
            if width == TILE:
                raise
            return await get(self._fetch, tile_path(kind, index))

    async def _hash_tile(self, level: int, index: int, width: int) -> bytes:
        path = tile_path(level, index, width)
        if path not in self._hash_tiles:
            if len(self._hash_tiles) >= _MOST_KEPT:
                self._hash_tiles.clear()
            self._hash_tiles[path] = await self._tile(level, index, width)
        return self._hash_tiles[path]

    async def is_start_of(self, tree: Tree, head: TreeHead) -> bool:
        """Carry `tree` on with hash tiles to the head's size and compare the roots."""
        try:
            proven = (await self._carried(tree, head.size, head)).root() == head.root
        except Disproved:
            proven = False
        if not proven:
            # One of them may be wrong: they are asked for anew.
            self._hash_tiles.clear()
        return proven

    async def _carried(self, tree: Tree, size: int, head: TreeHead) -> Tree:
        for span in bridge(tree.size, size):
            width = tile_width(span.level, span.index, head.size)
            tile = await self._hash_tile(span.level, span.index, width)
            tree = extend(tree, span, tile)
        return tree

    async def tree(self, size: int, head: TreeHead) -> Tree:
        """The tree from hash tiles, proven against the head."""
        tree = await self._carried(Tree(), size, head)
        if not await self.is_start_of(tree, head):
            raise Disproved("the hash tiles do not lead to the tree head")
        return tree

    async def timestamp(self, index: int, head: TreeHead) -> int:
        """Of one entry, from its data tile."""
        tile, at = divmod(index, TILE)
        page = await self._data(tile, tile_width(0, tile, head.size), slice(at, at + 1))
        return page.timestamps[0]
