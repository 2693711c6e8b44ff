"""Edit distances of many candidates at once, without a loop over them."""

import numpy as np

from hunter.matching.block import Block, Bytes, Flags, Places, Words
from hunter.matching.index import WORD, Index

_ALL_LETTERS = np.uint64(0x1F1F1F1F1F1F1F1F)
_ALL_CARRIES = np.uint64(0x2020202020202020)
_SEVEN_BYTES = np.uint64((1 << 56) - 1)
_BYTE = np.uint64(8)
_ONE = np.uint64(1)
_MOST_EDITS = 3
_FIRST_LETTERS = (0, WORD)


def is_near(text: Words, sought: Words, mask: Words) -> Flags:
    """Whether eight letters of text begin with the sought letters, but for one edit.

    The first difference is where the edit must be. Past it the rest has to agree as it is
    (replaced), after the next letter (transposed), or shifted by one (omitted, inserted).
    """
    differs = _unequal((text ^ sought) & mask)
    first = differs & (~differs + _ONE)
    omitted = _unequal((text ^ (sought >> _BYTE)) & (mask >> _BYTE))
    inserted = _unequal(((text >> _BYTE) ^ sought) & (mask & _SEVEN_BYTES))
    near: Flags = differs == first
    near |= omitted < first
    near |= inserted < first
    near |= ((differs ^ first) == (first << _BYTE)) & (((omitted | inserted) & first) == 0)
    return near


def maybe_near(
    words: Words, index: Index, term: Places, anchor: Places, most: int, *, backwards: bool
) -> Places:
    """Those of which so many edits at most could make the term of the text from its anchor on.

    An edit takes one letter of the term away at most, and moves no other by more than a place. So
    all but so many letters stand where they should, or that many places at most to either side.
    """
    sought = index.backwards8 if backwards else index.forwards8
    lost = np.zeros(len(term), np.uint8)
    some = np.arange(len(term))
    for first, letters in zip(_FIRST_LETTERS, sought, strict=True):
        places = range(first - most, first + most + 1)
        here = _lost(words, letters[term[some]], anchor[some], places, backwards=backwards)
        lost[some] += here
        some = np.flatnonzero(lost <= most)
    return some


def _lost(words: Words, letters: Words, anchor: Places, places: range, *, backwards: bool) -> Bytes:
    """How many of eight letters stand in none of the texts so many places from the anchor."""
    lost = _unequal(letters)
    for place in places:
        seen = words[anchor - WORD - place].byteswap() if backwards else words[anchor + place]
        lost &= _unequal(seen ^ letters)
    return np.bitwise_count(lost)


def _unequal(words: Words) -> Words:
    """Bit 5 of each byte that is not zero; the bytes are letters, so that nothing carries."""
    return (words + _ALL_LETTERS) & _ALL_CARRIES


def distances(
    block: Block, index: Index, at_edge: Flags, term: Places, anchor: Places, *, backwards: bool
) -> tuple[Places, Places]:
    """The least OSA distance of each term to the text from its anchor on.

    First for any end, then for an end at an edge. Bit-parallel, after H. Hyyrö, "A Bit-Vector
    Algorithm for Computing Levenshtein and Damerau Edit Distances" (2003).
    """
    size = index.sizes[term]
    free, whole = size.copy(), size.copy()
    if not len(term):
        return free, whole
    places = index.backwards if backwards else index.places
    columns = _Columns(size)
    ended = np.zeros(len(size), np.bool_)
    for step in range(int(size.max()) + _MOST_EDITS):
        at = anchor - 1 - step if backwards else anchor + step
        letters = block.letters[at]
        distance = columns.advance(places[term, letters])
        # Past the newline nothing of this name is left.
        ended |= letters == 0
        distance = np.where(ended, size, distance)
        np.minimum(free, distance, out=free)
        whole = np.where(at_edge[at if backwards else at + 1], np.minimum(whole, distance), whole)
    return free, whole


class _Columns:
    """One column of the distance matrix per candidate, as vertical differences."""

    def __init__(self, size: Places) -> None:
        self.plus = np.full(len(size), ~np.uint64(0))
        self.minus = np.zeros(len(size), np.uint64)
        self.diagonal = np.zeros(len(size), np.uint64)
        self.previous = np.zeros(len(size), np.uint64)
        self.last = _ONE << (size - 1).astype(np.uint64)
        self.distance = size.copy()

    def advance(self, places: Words) -> Places:
        """Take one more letter of text, given where it stands in the term."""
        swapped = (((~self.diagonal) & places) << _ONE) & self.previous
        diagonal = (((places & self.plus) + self.plus) ^ self.plus) | places | self.minus | swapped
        more = self.minus | ~(diagonal | self.plus)
        less = diagonal & self.plus
        self.distance = self.distance + ((more & self.last) != 0) - ((less & self.last) != 0)
        more = (more << _ONE) | _ONE
        self.plus = (less << _ONE) | ~(diagonal | more)
        self.minus = more & diagonal
        self.diagonal, self.previous = diagonal, places
        return self.distance
