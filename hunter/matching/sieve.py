"""What stands on the lines of a block: compiled, and left to the search where it could not be.

Most names hold nothing like any term. A loop over the bytes that looks up the same tables as the
search tells so of nearly all of them, in a tenth of the search's time, finds what stands in the
rest, and weighs it as far as most finds need (`weighing`). What it cannot tell is left open: which
terms may stand on a line, or whether any does.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from hunter.matching.index import Index
from hunter.matching.lines import Lines
from hunter.matching.places import Find
from hunter.matching.tables import FOUND, IS_COMPILED, make_finder, make_tables, shapes
from hunter.matching.terms import Term
from hunter.matching.weighing import Weighed, log_odds, make_weigher

if IS_COMPILED:
    from hunter.matching import _sieve

Wanted: TypeAlias = tuple[int, bool]
"""A term to look for, by its row, with edits or without."""
Found: TypeAlias = tuple[int, Find, Weighed]
"""A find behind the row of its term, and how far it was weighed."""
Told: TypeAlias = tuple[int, str, list[Found], list[Wanted]]
"""The 0-based number of a line, its text, and all on it that may be a match.

Or else, where that is left open, the terms that may stand there.
"""


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
_LEFT_OPEN = 3
_SOME = 1 << 10
"""Finds for which there is room however small the block is."""


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
    every = tuple(terms)

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
        numbers, how, kept = numbers[:count], how[:count], kept[:size]
        told = _sieve.told(numbers, how, kept, found[:rows], every, Find._make)
        left = np.flatnonzero(how == _LEFT_OPEN)
        block_left = b"".join(line + b"\n" for line in Lines(kept.tobytes()).raw(left))
        return Picked(lines, told, numbers[left].tolist(), block_left)

    return pick
