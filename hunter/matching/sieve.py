"""Which lines of a block are worth the search: compiled, and left out where it could not be.

Most names hold nothing like any term. A loop over the bytes that looks up the same tables as the
search tells so of nearly all of them, in a tenth of the search's time. It may keep too much, never
too little.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from hunter.matching.block import CODES, Flags
from hunter.matching.index import PAIRS, TOKENS, TRIGRAMS, WORD, Index, Pieces
from hunter.matching.views import OPAQUE, plain_letters

try:
    from hunter.matching import _sieve
except ImportError:
    IS_COMPILED = False
else:
    IS_COMPILED = True


class Picked(NamedTuple):
    """Some lines of a block."""

    lines: int
    """How many newlines the block has."""
    numbers: Sequence[int]
    """The 0-based number of each line that is kept."""
    block: bytes
    """Those lines."""


Pick: TypeAlias = Callable[[bytes], Picked]
_A_LABEL = b"xn--"
_UNKNOWN = "\xff"
_LETTERED = (range(0x3400), range(0xA000, 0xAC00), range(0xD7A4, 1 << 16))
"""All but Chinese characters and Korean syllables, which look like no letter and are most of it."""
_ROW = np.dtype(
    [(name, "<u8") for name in ("first8", "last8", "mask")]
    + [(name, "<i4") for name in ("term", "size", "offset", "kind", "standings")]
)
_PAIR, _LITERAL = np.uint8(1 << 6), np.uint8(1 << 7)


def make_sieve(index: Index) -> Pick:
    """A sieve that keeps every line on which the search finds something."""
    return _compiled(index) if IS_COMPILED else _everything


def _everything(block: bytes) -> Picked:
    lines = block.count(b"\n")
    return Picked(lines, range(lines + 1), block)


def _compiled(index: Index) -> Pick:
    tables = compiled_tables(index)

    def pick(block: bytes) -> Picked:
        closed = block if block.endswith(b"\n") else block + b"\n"
        if not tables.knows_shapes and _A_LABEL in closed:
            tables.learn_shapes(*shapes())
        # Room for the worst: what is kept has four bytes at least, its newline counted.
        numbers = np.empty(len(closed) // 4, np.int64)
        kept = np.empty(len(closed), np.uint8)
        lines, count, size = tables.pick(closed, closed.isascii(), numbers, kept)
        return Picked(lines, numbers[:count].tolist(), kept[:size].tobytes())

    return pick


def compiled_tables(index: Index) -> "_sieve.Sieve":
    """The tables of the search, laid out for the compiled loops."""
    return _sieve.Sieve(
        codes=np.frombuffer(CODES, np.uint8),
        begins=index.begins.view(np.uint8),
        grams=_bits(index.anywhere.postings.known),
        anywhere=_filed(index.anywhere),
        starts=_starts(index),
        at_starts=_filed(index.at_starts),
        ends=_by_offset(index.at_ends),
        at_ends=_filed(index.at_ends),
        first_pair=index.pairs.first,
        pair_terms=index.pairs.rows,
        sizes=index.sizes,
        forwards8=index.forwards8,
        backwards8=index.backwards8,
        literals=_literals(index),
    )


@cache
def shapes() -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """By code point of the basic plane where its plain letters begin among those of all.

    What must not be decoded has a byte beyond ASCII.
    """
    found = [OPAQUE.encode()] * (1 << 16)
    for points in _LETTERED:
        found[points.start : points.stop] = map(_shape, map(chr, points))
    first = np.zeros(len(found) + 1, np.int32)
    np.cumsum([len(letters) for letters in found], out=first[1:])
    return first, np.frombuffer(b"".join(found), np.uint8)


def _shape(char: str) -> bytes:
    letters = plain_letters.__wrapped__(char) if char.isprintable() and char != "." else _UNKNOWN
    return letters.encode("latin-1")


def _bits(known: Flags) -> npt.NDArray[np.uint8]:
    """A bit per code: they stay in the processor's cache."""
    return np.packbits(known, bitorder="little")


def _by_offset(pieces: Pieces) -> npt.NDArray[np.uint8]:
    """By the code of three letters a bit for each offset at which a piece has them."""
    known = pieces.postings.known.reshape(-1, TRIGRAMS)
    table: npt.NDArray[np.uint8] = np.packbits(known, axis=0, bitorder="little")[0]
    return table


def _starts(index: Index) -> npt.NDArray[np.uint8]:
    """And a bit for pairs of letters, and one for literals."""
    pairs = np.repeat(index.pairs.known, TRIGRAMS // PAIRS)
    return _by_offset(index.at_starts) | pairs * _PAIR | index.literal_starts * _LITERAL


def _filed(pieces: Pieces) -> "_sieve.Filed":
    rows = np.zeros(len(pieces.term), _ROW)
    for name in _ROW.names or ():
        rows[name] = getattr(pieces, name)
    return _sieve.Filed(pieces.postings.first, rows[pieces.postings.rows])


def _literals(index: Index) -> npt.NDArray[np.uint8]:
    """For each number of letters that is hashed a bit per hash."""
    known = np.zeros((WORD + 1, TOKENS // 8), np.uint8)
    for literals in index.literals:
        known[int(literals.mask).bit_length() // 8] = _bits(literals.postings.known)
    return known
