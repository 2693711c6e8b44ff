"""What stands on the lines of a block: compiled, and left to the search where it could not be.

Most names hold nothing like any term. A loop over the bytes that looks up the same tables as the
search tells so of nearly all of them, in a tenth of the search's time, finds what stands in the
rest, and weighs it as far as most finds need (`weighing`). What it cannot tell is left open: which
terms may stand on a line, or whether any does.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from hunter.matching.block import Bytes
from hunter.matching.index import Index
from hunter.matching.tables import FOUND, IS_COMPILED, make_finder, make_tables, shapes
from hunter.matching.terms import Term
from hunter.matching.weighing import log_odds, make_weigher

Row: TypeAlias = tuple[int, int, int, int, int, int, int, int, int, float]
"""A line, and a find: its term, start, end, distance, what is on either side; and `Weighed`."""


class Told(NamedTuple):
    """A line on which something stands, or may stand."""

    number: int
    """0-based."""
    text: str
    is_found: bool
    """Whether all that may be a match is told; else only the terms that may stand there, ..."""
    rows: list[Row]
    """... with 1 as the distance of those that may have edits."""


class Picked(NamedTuple):
    """What is known of a block."""

    lines: int
    """How many newlines it has."""
    told: Iterable[Told]
    numbers: Sequence[int]
    """The 0-based number of each line of which nothing is known, ..."""
    block: bytes
    """... and those lines."""


Pick: TypeAlias = Callable[[bytes, float], Picked]
"""What is known of a block, but for finds less sure than that, 0..1."""
_A_LABEL = b"xn--"
_FOUND_HERE, _LEFT_OPEN = 1, 3
_SOME = 1 << 10
"""Finds for which there is room however small the block is."""
_TOLD_AT_ONCE = 64
"""Lines told together: few enough that the garbage collector does not look through them."""


def make_sieve(terms: Sequence[Term], index: Index) -> Pick:
    """Tells of every line on which the search would find something."""
    return _compiled(terms, index) if IS_COMPILED else nothing_known


def nothing_known(block: bytes, least: float) -> Picked:  # noqa: ARG001
    """All is left to the search."""
    lines = block.count(b"\n")
    return Picked(lines, [], range(lines + 1), block)


def _compiled(terms: Sequence[Term], index: Index) -> Pick:
    finder = make_finder(terms, index)
    tables = make_tables(index, finder, make_weigher(terms, finder))

    def pick(block: bytes, least: float) -> Picked:
        closed = block if block.endswith(b"\n") else block + b"\n"
        if not tables.shapes.knows and _A_LABEL in closed:
            tables.shapes.learn(*shapes())
        # Room for the worst: what is kept has four bytes at least, its newline counted.
        room = len(closed) // 4
        numbers, how = np.empty(room, np.int64), np.empty(room, np.uint8)
        kept, found = np.empty(len(closed), np.uint8), np.empty(room + _SOME, FOUND)
        lines, count, size, rows = tables.pick(
            closed, closed.isascii(), numbers, how, kept, found, log_odds(least)
        )
        return _picked(lines, numbers[:count], how[:count], kept[:size], found[:rows])

    return pick


def _picked(
    lines: int, numbers: npt.NDArray[np.int64], how: Bytes, kept: Bytes, found: npt.NDArray[np.void]
) -> Picked:
    *texts, _ = kept.tobytes().decode("latin-1").split("\n")
    left = how == _LEFT_OPEN
    block = "".join(f"{text}\n" for text in compress(texts, left)).encode("latin-1")
    told = _told(numbers, texts, how, found)
    return Picked(lines, told, numbers[left].tolist(), block)


def _told(
    numbers: npt.NDArray[np.int64], texts: list[str], how: Bytes, found: npt.NDArray[np.void]
) -> Iterator[Told]:
    firsts = np.searchsorted(found["line"], np.arange(len(how) + 1))
    for begin in range(0, len(how), _TOLD_AT_ONCE):
        part = slice(begin, begin + _TOLD_AT_ONCE)
        first, *lasts = (firsts[begin : begin + _TOLD_AT_ONCE + 1] - firsts[begin]).tolist()
        rows = found[firsts[begin] : firsts[begin] + lasts[-1]].tolist()
        for number, text, known, last in zip(
            numbers[part].tolist(), texts[part], how[part].tolist(), lasts, strict=True
        ):
            if known != _LEFT_OPEN:
                yield Told(number, text, known == _FOUND_HERE, rows[first:last])
            first = last
