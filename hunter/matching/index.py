"""The lookup tables of the engine: from letters of text to the pieces that hold them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from hunter.matching.block import (
    GRAMS,
    Flags,
    Places,
    Words,
    consonant_sum,
    gram_code,
    letter_code,
)
from hunter.matching.pieces import (
    Piece,
    Place,
    literals,
    pair_at_start,
    pieces_anywhere,
    pieces_at_edges,
    standings,
)
from hunter.matching.places import has_enough_consonants
from hunter.matching.sounds import consonants
from hunter.matching.terms import Term
from hunter.matching.views import fold, glue

TRIGRAMS = 1 << 15
PAIRS = 1 << 10
TOKENS = 1 << 19
WORD = 8
"""Letters that fit in a machine word."""
Counts: TypeAlias = npt.NDArray[np.int32]
SPREAD = np.uint64(0x9E3779B97F4A7C15)
_TOKEN_SHIFT = np.uint64(45)
CONSONANT_CODES = 1 << 17
CONSONANT_SHIFT = 47


@dataclass(frozen=True, slots=True)
class Postings:
    """From a code to the rows filed under it: rows[first[code]:first[code + 1]]."""

    known: Flags
    first: Counts
    rows: Places

    def at(self, codes: Places) -> tuple[Places, Places]:
        """For each code all its rows: which of `codes` it was, and the row."""
        begin = self.first[codes]
        count = self.first[codes + 1] - begin
        which = np.repeat(np.arange(len(codes)), count)
        within = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
        return which, self.rows[begin[which] + within]


@dataclass(frozen=True, slots=True)
class Pieces:
    """One row per piece, and where to look each up."""

    postings: Postings
    term: Places
    offset: Places
    kind: Places
    size: Places
    """Letters in the piece's text."""
    standings: Places
    """Where it may stand, as bits: see `pieces.standings`."""
    first8: Words
    """The first eight letters of the piece's text, the first in the lowest byte."""
    last8: Words
    """The last eight, the last in the lowest byte."""
    mask: Words
    offsets: tuple[int, ...]
    """Every offset in use."""


@dataclass(frozen=True, slots=True)
class Literals:
    """Texts that count only as whole tokens, filed under the hash of their first letters."""

    mask: np.uint64
    """How many letters are hashed, as the bytes of a word."""
    postings: Postings
    term: Places
    size: Places
    word: Words
    """The letters that are hashed, as they are."""
    edited: Flags
    place: Places
    suffix: Words
    """The letters of the brand's own suffix."""
    suffix_mask: Words
    """Those letters and the end of the name, as bytes of a word; 0 where any suffix will do."""


@dataclass(frozen=True, slots=True)
class Index:
    """Everything about the terms that a search needs."""

    anywhere: Pieces
    begins: Flags
    """By the code of three letters, whether one of those pieces may begin with them."""
    at_starts: Pieces
    at_ends: Pieces
    """The same with terms read backwards."""
    pairs: Postings
    consonants: Postings
    """The terms that are known by theirs."""
    literals: tuple[Literals, ...]
    literal_starts: Flags
    """By the code of three letters, whether a literal may begin with them."""
    sizes: Places
    """Letters in each term."""
    suffixes: Words
    """The first letters of the suffix that each term's brand has, ..."""
    suffix_masks: Words
    """... as many bytes of a word as there are of them."""
    places: Words
    """places[term, code]: a bit for each position of the letter in the term."""
    backwards: Words
    """The same for the term read backwards."""
    forwards8: Words
    """Two rows: the first eight letters of each term and the next eight, 0 where there is none."""
    backwards8: Words
    """The same for the term read backwards."""


def build(terms: Sequence[Term]) -> Index:
    """The tables for these terms; a term's row is its place in the sequence."""
    sought = [term.sought for term in terms]
    anywhere = _pieces(
        [(row, piece) for row, term in enumerate(terms) for piece in pieces_anywhere(term)], GRAMS
    )
    suffixes = [fold(glue(term.suffix))[:WORD] for term in terms]
    return Index(
        anywhere=anywhere,
        begins=np.logical_or.reduce(anywhere.postings.known.reshape(TRIGRAMS, -1), axis=1),
        at_starts=_edge_pieces(terms, backwards=False),
        at_ends=_edge_pieces(terms, backwards=True),
        pairs=_pairs(terms),
        consonants=_consonants(terms),
        literals=_literals(terms),
        literal_starts=_literal_starts(terms),
        sizes=np.array([len(text) for text in sought], np.int64),
        suffixes=np.array([packed(suffix) for suffix in suffixes], np.uint64),
        suffix_masks=np.array([(1 << 8 * len(suffix)) - 1 for suffix in suffixes], np.uint64),
        places=_letter_places(sought),
        backwards=_letter_places([text[::-1] for text in sought]),
        forwards8=_words_of(sought),
        backwards8=_words_of([text[::-1] for text in sought]),
    )


def token_codes(words: Words) -> Places:
    """Where tokens of up to eight letters are filed; different tokens may share a place."""
    found: Places = ((words * SPREAD) >> _TOKEN_SHIFT).astype(np.int64)
    return found


def consonant_codes(sums: Words) -> Places:
    """Where labels are filed by the sum of their consonants."""
    found: Places = (sums >> np.uint64(CONSONANT_SHIFT)).astype(np.int64)
    return found


def _pairs(terms: Sequence[Term]) -> Postings:
    pairs = ((pair_at_start(term), row) for row, term in enumerate(terms))
    return postings(PAIRS, [(gram_code(pair), row) for pair, row in pairs if pair])


def _consonants(terms: Sequence[Term]) -> Postings:
    known = [(row, term.plain) for row, term in enumerate(terms) if has_enough_consonants(term)]
    sums = ((consonant_sum(consonants(plain)), row) for row, plain in known)
    return postings(CONSONANT_CODES, [(found >> CONSONANT_SHIFT, row) for found, row in sums])


def _edge_pieces(terms: Sequence[Term], *, backwards: bool) -> Pieces:
    found = [
        (row, piece)
        for row, term in enumerate(terms)
        for piece in pieces_at_edges(term, backwards=backwards)
    ]
    size = TRIGRAMS * (1 + max((piece.offset for _, piece in found), default=0))
    return _pieces(found, size, backwards=backwards)


def _pieces(found: Sequence[tuple[int, Piece]], size: int, *, backwards: bool = False) -> Pieces:
    def filed_under(piece: Piece) -> int:
        if size == GRAMS:
            return gram_code(piece.gram)
        gram = piece.gram[::-1] if backwards else piece.gram
        return piece.offset * TRIGRAMS + gram_code(gram)

    texts = [piece.text for _, piece in found]
    return Pieces(
        postings=postings(size, [(filed_under(piece), at) for at, (_, piece) in enumerate(found)]),
        term=np.array([row for row, _ in found], np.int64),
        offset=np.array([piece.offset for _, piece in found], np.int64),
        kind=np.array([piece.kind for _, piece in found], np.int64),
        size=np.array([len(text) for text in texts], np.int64),
        standings=np.array(
            [standings(piece.kind, len(piece.text)) for _, piece in found], np.int64
        ),
        first8=np.array([packed(text[:8]) for text in texts], np.uint64),
        last8=np.array([packed(text[:-9:-1]) for text in texts], np.uint64),
        mask=np.array([(1 << 8 * min(len(text), 8)) - 1 for text in texts], np.uint64),
        offsets=tuple(sorted({piece.offset for _, piece in found})),
    )


def postings(size: int, filed: Iterable[tuple[int, int]]) -> Postings:
    """Rows filed under codes below `size`, given as pairs of a code and a row."""
    pairs = np.array(sorted(filed), np.int64).reshape(-1, 2)
    first = np.zeros(size + 1, np.int32)
    np.cumsum(np.bincount(pairs[:, 0], minlength=size), out=first[1:])
    return Postings(first[1:] > first[:-1], first, np.ascontiguousarray(pairs[:, 1]))


def _literals(terms: Sequence[Term]) -> tuple[Literals, ...]:
    """One table for each number of letters that is hashed."""
    filed = sorted(
        (min(len(text), WORD), text, row, place)
        for row, term in enumerate(terms)
        for text, place in literals(term).items()
    )
    return tuple(
        _literals_of(size, terms, [(text, row, place) for _, text, row, place in some])
        for size, some in groupby(filed, key=itemgetter(0))
    )


def _literals_of(
    size: int, terms: Sequence[Term], filed: Sequence[tuple[str, int, Place]]
) -> Literals:
    words = np.array([packed(text[:WORD]) for text, _, _ in filed], np.uint64)
    codes = token_codes(words)
    suffixes = [
        fold(glue(terms[row].suffix))[: WORD - 1] if place is Place.OWN_SUFFIX else ""
        for _, row, place in filed
    ]
    return Literals(
        mask=np.uint64((1 << 8 * size) - 1),
        postings=postings(TOKENS, zip(codes.tolist(), range(len(filed)), strict=True)),
        term=np.array([row for _, row, _ in filed], np.int64),
        size=np.array([len(text) for text, _, _ in filed], np.int64),
        word=words,
        edited=np.array([text != terms[row].sought for text, row, _ in filed], np.bool_),
        place=np.array([place for *_, place in filed], np.int64),
        suffix=np.array([packed(suffix) for suffix in suffixes], np.uint64),
        suffix_mask=np.array([_up_to_the_end(suffix) for suffix in suffixes], np.uint64),
    )


def _up_to_the_end(suffix: str) -> int:
    return (1 << 8 * (len(suffix) + 1)) - 1 if suffix else 0


def _literal_starts(terms: Sequence[Term]) -> Flags:
    known = np.zeros(TRIGRAMS, np.bool_)
    for term in terms:
        for text in literals(term):
            code = gram_code(text[:3]) << 5 * max(3 - len(text), 0)
            known[code : code + (1 << 5 * max(3 - len(text), 0))] = True
    return known


def packed(text: str) -> int:
    """Up to eight letters as a word, the first in the lowest byte."""
    return sum(letter_code(char) << 8 * at for at, char in enumerate(text))


def _letter_places(texts: Sequence[str]) -> Words:
    table = np.zeros((len(texts), 32), np.uint64)
    for row, text in enumerate(texts):
        for at, char in enumerate(text[:64]):
            table[row, letter_code(char)] |= np.uint64(1 << at)
    return table


def _words_of(texts: Sequence[str]) -> Words:
    return np.array(
        [[packed(text[:WORD]) for text in texts], [packed(text[WORD:][:WORD]) for text in texts]],
        np.uint64,
    )
