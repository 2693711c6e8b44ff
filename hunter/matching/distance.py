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
    if not len(term):
        return size, size
    step = np.arange(int(size.max()) + _MOST_EDITS)[:, np.newaxis]
    at = anchor - 1 - step if backwards else anchor + step
    letters = block.letters[at]
    distance = _columns(size, (index.backwards if backwards else index.places)[term, letters])
    # Past the newline nothing of this name is left.
    distance = np.where(np.logical_or.accumulate(letters == 0), size, distance)
    whole = np.where(at_edge[at if backwards else at + 1], distance, size)
    return np.minimum(distance.min(axis=0), size), np.minimum(whole.min(axis=0), size)


def _columns(size: Places, places: Words) -> Places:
    """The distance to the term after each letter of text, given where that stands in the term.

    One column of the distance matrix per candidate and step, as vertical differences.
    """
    plus = np.full(len(size), ~np.uint64(0))
    minus = diagonal = previous = np.zeros(len(size), np.uint64)
    last = _ONE << (size - 1).astype(np.uint64)
    changes = np.empty(places.shape, np.int8)
    for change, here in zip(changes, places, strict=True):
        swapped = ((~diagonal & here) << _ONE) & previous
        diagonal = (((here & plus) + plus) ^ plus) | here | minus | swapped
        more = minus | ~(diagonal | plus)
        less = diagonal & plus
        np.subtract((more & last) != 0, (less & last) != 0, out=change, dtype=np.int8)
        more = (more << _ONE) | _ONE
        plus = (less << _ONE) | ~(diagonal | more)
        minus = more & diagonal
        previous = here
    return size + np.cumsum(changes, axis=0, dtype=np.int64)
