"""The Merkle tree of RFC 6962 2.1, collapsed to the roots of its perfect subtrees (64 at most).

That is all a monitor needs: leaf hashes are appended, and the root is compared with a signed one.
The right edge of a tree whose leaves were never read comes from a proof or from hash tiles.
Sources: RFC 6962 2.1, RFC 9162 2.1.4.2 (consistency), C2SP tlog-tiles.md (tiles).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

HASH = 32
TILE = 256
_EMPTY_ROOT = sha256(b"").digest()
_TILE_LEVELS = 8
_SIZE_BYTES = 8


class Disproved(ValueError):
    """A proof, tile or stored tree does not fit together."""


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one MerkleTreeLeaf."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node above two others."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree by its size and the roots of its perfect subtrees, the largest first.

    A value: `append` gives a new tree, so going back to a verified one is keeping it.
    """

    size: int = 0
    nodes: tuple[bytes, ...] = ()

    def append(self, hashes: bytes, level: int = 0) -> "Tree":
        """The tree with more leaves, given as joined 32-byte hashes.

        With `level`, they are roots of subtrees of 2**level leaves and the size must be a multiple
        of that. ValueError otherwise.
        """
        if len(hashes) % HASH or self.size % (1 << level):
            raise ValueError("hashes do not fit the tree")
        size = self.size + (len(hashes) // HASH << level)
        return Tree(size, _merge(self.size >> level, self.nodes, hashes))

    def root(self) -> bytes:
        """The tree's root hash."""
        if not self.nodes:
            return _EMPTY_ROOT
        root = self.nodes[-1]
        for node in reversed(self.nodes[:-1]):
            root = node_hash(node, root)
        return root

    def dump(self) -> bytes:
        """The tree as bytes: the size (8 bytes) and the nodes."""
        return self.size.to_bytes(_SIZE_BYTES, "big") + b"".join(self.nodes)


EMPTY = Tree()


def load(dumped: bytes) -> Tree:
    """The tree that `dump` wrote; raises Disproved if it cannot be one."""
    size = int.from_bytes(dumped[:_SIZE_BYTES], "big")
    nodes = _split(dumped[_SIZE_BYTES:])
    if len(dumped) != _SIZE_BYTES + HASH * size.bit_count():
        raise Disproved("stored tree has the wrong length")
    return Tree(size, nodes)


def _merge(size: int, nodes: tuple[bytes, ...], hashes: bytes) -> tuple[bytes, ...]:
    """Level by level: whatever waits on the left joins the front, an odd one stays behind."""
    waiting = list(nodes)
    right: list[bytes] = []
    while hashes:
        if size & 1:
            hashes = waiting.pop() + hashes
        even = len(hashes) // (2 * HASH) * (2 * HASH)
        if even < len(hashes):
            right.append(hashes[even:])
        hashes = _parents(hashes, even)
        size >>= 1
    return (*waiting, *reversed(right))


def _parents(hashes: bytes, end: int) -> bytes:
    return b"".join([sha256(b"\x01" + hashes[at : at + 64]).digest() for at in range(0, end, 64)])


def _split(hashes: bytes) -> tuple[bytes, ...]:
    return tuple(hashes[at : at + HASH] for at in range(0, len(hashes), HASH))


def from_inclusion(leaf: bytes, size: int, path: Sequence[bytes]) -> Tree:
    """The tree of `size` leaves from the audit path of its last leaf hash; root not yet checked.

    All that is beside the last leaf's way up lies to its left: the path is the right edge.
    """
    inside = (size & -size).bit_length() - 1
    if size < 1 or len(path) != inside + size.bit_count() - 1:
        raise Disproved("audit path has the wrong length")
    last = leaf
    for sibling in path[:inside]:
        last = node_hash(sibling, last)
    return Tree(size, (*reversed(path[inside:]), last))


def from_consistency(old: int, new: int, proof: Sequence[bytes], new_root: bytes) -> Tree:
    """The tree of `old` leaves, proven by a consistency proof to be the start of the one of `new`.

    Raises Disproved when the proof does not lead to `new_root`, and for an `old` that is a power of
    two: that proof does not hold the old tree.
    """
    if not 0 < old < new or old.bit_count() == 1:
        raise Disproved("the proof does not hold the old tree")
    lefts = _lefts(old, new, proof)
    tree = Tree(old, tuple(reversed(lefts)))
    verify_consistency(tree.root(), old, new_root, new, proof)
    return tree


def _lefts(old: int, new: int, proof: Sequence[bytes]) -> list[bytes]:
    """The hashes in the proof that belong to the old tree, from the smallest subtree up."""
    lefts = list(proof[:1])
    index, last = _skip_shared(old - 1, new - 1)
    for node in proof[1:]:
        if index & 1 or index == last:
            lefts.append(node)
            index, last = _climb(index, last)
        index, last = index >> 1, last >> 1
    if len(lefts) != old.bit_count():
        raise Disproved("consistency proof has the wrong length")
    return lefts


def _skip_shared(index: int, last: int) -> tuple[int, int]:
    while index & 1:
        index, last = index >> 1, last >> 1
    return index, last


def _climb(index: int, last: int) -> tuple[int, int]:
    while index and not index & 1:
        index, last = index >> 1, last >> 1
    return index, last


def verify_consistency(
    old_root: bytes, old: int, new_root: bytes, new: int, proof: Sequence[bytes]
) -> None:
    """Raise Disproved unless the tree of `old` leaves is the start of the one of `new`.

    RFC 9162 2.1.4.2.
    """
    if old in (0, new):
        if proof or (old == new and old_root != new_root):
            raise Disproved("two roots for one tree size")
        return
    path = [old_root, *proof] if old.bit_count() == 1 else list(proof)
    if old > new or not path:
        raise Disproved("consistency proof has the wrong length")
    if _fold(path, *_skip_shared(old - 1, new - 1)) != (old_root, new_root):
        raise Disproved("consistency proof does not lead to the signed roots")


def _fold(path: list[bytes], index: int, last: int) -> tuple[bytes, bytes]:
    old_root = new_root = path[0]
    for node in path[1:]:
        if not last:
            raise Disproved("consistency proof has the wrong length")
        if index & 1 or index == last:
            old_root, new_root = node_hash(node, old_root), node_hash(node, new_root)
            index, last = _climb(index, last)
        else:
            new_root = node_hash(new_root, node)
        index, last = index >> 1, last >> 1
    if last:
        raise Disproved("consistency proof has the wrong length")
    return old_root, new_root


@dataclass(frozen=True, slots=True)
class TileSpan:
    """Hashes `first` to `last` (half open) of the hash tile `index` at `level`."""

    level: int
    index: int
    first: int
    last: int

    def take(self, tile: bytes) -> bytes:
        """The span's hashes out of the whole tile; raises Disproved when the tile is too short."""
        if len(tile) < self.last * HASH:
            raise Disproved("hash tile is shorter than promised")
        return tile[self.first * HASH : self.last * HASH]


def bridge(start: int, end: int) -> Iterator[TileSpan]:
    """The tile spans which, appended in this order, carry a tree of `start` leaves to `end` leaves.

    With start 0 they are the right edge of a tree from nothing.
    """
    level, at = 0, start
    while at // TILE < (end >> _TILE_LEVELS * level) // TILE:
        if at % TILE:
            yield TileSpan(level, at // TILE, at % TILE, TILE)
        at = -(-at // TILE)
        level += 1
    for lower in range(level, -1, -1):
        last = end >> _TILE_LEVELS * lower
        first = at if lower == level else last - last % TILE
        if first < last:
            yield TileSpan(lower, first // TILE, first % TILE, last - first // TILE * TILE)


def tile_width(level: int, index: int, size: int) -> int:
    """How many hashes the tile has in a tree of `size` leaves: 256, fewer at the edge, or none."""
    return max(0, min(TILE, (size >> _TILE_LEVELS * level) - index * TILE))


def extend(tree: Tree, span: TileSpan, tile: bytes) -> Tree:
    """The tree with the span's hashes from `tile` appended; raises Disproved if they do not fit."""
    return tree.append(span.take(tile), _TILE_LEVELS * span.level)
