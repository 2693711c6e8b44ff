"""The search: from a block of names to the few (line, term) pairs worth an exact look.

It may report too much, never too little: whatever `finds` finds must be among its candidates. The
tests hold it to that with a brute-force oracle.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from hunter.matching.block import AFTER_DOT, EDGE, Block, Flags, Places, Words
from hunter.matching.distance import distances, is_near, maybe_near
from hunter.matching.index import TRIGRAMS, WORD, Index, Pieces, consonant_codes, token_codes
from hunter.matching.pieces import ALONE_BELOW, Kind, Place

_TWO_EDITS = 2
_NEARBY = np.arange(-_TWO_EDITS, _TWO_EDITS + 1)
_THREE_EDITS = 3
_EXACT = np.isin(np.arange(len(Kind)), (Kind.EXACT, Kind.WORD, Kind.DOMAIN))
_LITERAL = np.isin(np.arange(len(Kind)), (Kind.EXACT, Kind.WORD, Kind.DOMAIN, Kind.SWAPPED))
_SLACK = np.array(
    [{Kind.LEFT: 1, Kind.HEAD: 3, Kind.TAIL: 0}.get(kind, 0) for kind in Kind], np.int64
)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Parallel arrays: on this line this term may stand, exactly or with edits."""

    line: Places
    term: Places
    edited: Flags


@dataclass(frozen=True, slots=True)
class _Text:
    """A block and what is computed of it once."""

    block: Block
    words: Words
    trigrams: Places
    at_edge: Flags
    after_dot: Flags
    within2: Flags


_Found: TypeAlias = tuple[Places, Places, Flags]
"""The least place where it may end, which term, whether with edits."""


def search(block: Block, index: Index) -> Candidates:
    """Every (line, term) that the tables cannot rule out, each once, in order of lines."""
    text = _prepare(block)
    parts = [
        _anywhere(text, index),
        _at_edges(text, index, backwards=False),
        _at_edges(text, index, backwards=True),
        _tokens(text, index),
        _by_consonants(block, index),
    ]
    end, term, edited = (np.concatenate(column) for column in zip(*parts, strict=True))
    line = block.lines(end - 1)
    # What has edits lies before the public suffix as a whole.
    kept = ~edited | (end <= block.suffixes[line])
    terms = len(index.sizes)
    key = np.unique((line[kept] * terms + term[kept]) * 2 + edited[kept])
    pair = key >> 1
    return Candidates(pair // terms, pair % terms, (key & 1).astype(np.bool_))


def _prepare(block: Block) -> _Text:
    letters = block.letters.astype(np.uint16)
    pairs = (letters[:-1] << 5) | letters[1:]
    trigrams = (pairs[:-1] << 5) | letters[2:]
    at_edge = block.marked >= EDGE
    after_dot = block.marked >= AFTER_DOT
    within2 = _dilate(_dilate(at_edge))
    return _Text(block, block.words(), trigrams, at_edge, after_dot, within2)


def _dilate(flags: Flags) -> Flags:
    wider = flags.copy()
    wider[1:] |= flags[:-1]
    wider[:-1] |= flags[1:]
    return wider


def _anywhere(text: _Text, index: Index) -> _Found:
    pieces = index.anywhere
    hits = np.flatnonzero(index.begins.take(text.trigrams[:-1]))
    grams = text.trigrams[hits].astype(np.int64) << 5 | text.block.letters[hits + 3]
    known = pieces.postings.known.take(grams)
    hits, grams = hits[known], grams[known]
    which, row = pieces.postings.at(grams)
    start = hits[which] - pieces.offset[row]
    row, start = _well_placed(text, index, row, start)
    kept = _confirmed(text, index, row, start)
    row, start = row[kept], start[kept]
    kind, end = pieces.kind[row], start + pieces.size[row]
    exact = _EXACT[kind]
    least = np.where(kind == Kind.RIGHT, end, end - _SLACK[kind])
    line = text.block.lines(start)
    suffix = text.block.suffixes[line]
    begun = _begun(text, index, row, start, text.block.newlines[line])
    least[begun] = suffix[begun]
    # What crosses into the public suffix must at least begin at an edge.
    fits = end <= suffix
    fits |= ~exact | (text.at_edge[start] & (kind == Kind.EXACT))
    return least[fits], pieces.term[row[fits]], ~exact[fits]


def _begun(text: _Text, index: Index, row: Places, start: Places, newline: Places) -> Places:
    """Those where all of the public suffix may be the term's end, but for the last letter of it."""
    pieces = index.anywhere
    ends = start + pieces.size[row] - 1 == newline
    some = np.flatnonzero(ends & (pieces.kind[row] == Kind.LEFT) & text.at_edge[start])
    term, anchor = pieces.term[row[some]], start[some]
    free, _ = distances(text.block, index, text.at_edge, term, anchor, backwards=False)
    return some[free <= 1]


def _well_placed(text: _Text, index: Index, row: Places, start: Places) -> tuple[Places, Places]:
    """Drop what stands freely inside a word and must not."""
    end = start + index.anywhere.size[row]
    standing = text.at_edge[start] + 2 * text.at_edge[end]
    kept = index.anywhere.standings[row] >> standing & 1 != 0
    return row[kept], start[kept]


def _confirmed(text: _Text, index: Index, row: Places, start: Places) -> Flags:
    """Whether more than the four letters agrees with the piece's text."""
    pieces = index.anywhere
    kind = pieces.kind[row]
    kept = np.zeros(len(row), np.bool_)
    some = np.flatnonzero(_LITERAL[kind])
    some = some[_same_start(text, pieces, row[some], start[some])]
    kept[some[_same_end(text, pieces, row[some], start[some])]] = True
    for backwards, half, rest in ((False, Kind.LEFT, Kind.HEAD), (True, Kind.RIGHT, Kind.TAIL)):
        some = np.flatnonzero(kind == half)
        anchor = start[some] + (pieces.size[row[some]] if backwards else 0)
        some = some[_near_at(text, pieces, row[some], anchor, backwards=backwards)]
        short = pieces.size[row[some]] <= WORD
        kept[some[short]] = True
        some = np.concatenate([some[~short], np.flatnonzero(kind == rest)])
        term = pieces.term[row[some]]
        anchor = start[some] + (index.sizes[term] if backwards else 0)
        near = maybe_near(text.words, index, term, anchor, _THREE_EDITS, backwards=backwards)
        some, term, anchor = some[near], term[near], anchor[near]
        free, whole = distances(text.block, index, text.at_edge, term, anchor, backwards=backwards)
        bearable = np.where(kind[some] == half, 1, _TWO_EDITS)
        kept[some] = (free <= bearable) | ((kind[some] == rest) & (whole <= _THREE_EDITS))
    return kept


def _near_at(text: _Text, pieces: Pieces, row: Places, anchor: Places, *, backwards: bool) -> Flags:
    """Whether the text from (backwards: before) the anchor on is one edit from the piece's."""
    words = _before(text, anchor) if backwards else text.words[anchor]
    return is_near(words, (pieces.last8 if backwards else pieces.first8)[row], pieces.mask[row])


def _same_start(text: _Text, pieces: Pieces, row: Places, start: Places) -> Flags:
    same: Flags = ((text.words[start] ^ pieces.first8[row]) & pieces.mask[row]) == 0
    return same


def _same_end(text: _Text, pieces: Pieces, row: Places, start: Places) -> Flags:
    before = _before(text, start + pieces.size[row])
    same: Flags = ((before ^ pieces.last8[row]) & pieces.mask[row]) == 0
    return same


def _before(text: _Text, end: Places) -> Words:
    """The eight letters before each place, the last in the lowest byte."""
    return text.words[end - 8].byteswap()


def _at_edges(text: _Text, index: Index, *, backwards: bool) -> _Found:
    """What begins (backwards: ends) at an edge of a token, and terms that stand between two."""
    pieces = index.at_ends if backwards else index.at_starts
    row, anchor = _filed_at_edges(text, pieces, backwards=backwards)
    kind = pieces.kind[row]
    words = _before(text, anchor) if backwards else text.words[anchor]
    kept = (kind == Kind.NEAR) & is_near(words, pieces.first8[row], pieces.mask[row])
    kept |= kind == Kind.EXACT
    whole = kind == Kind.WHOLE
    place, term = anchor[whole], pieces.term[row[whole]]
    if not backwards:
        place, term = _with_pairs(text, index, place, term)
    place, term = _whole(text, index, place, term, backwards=backwards)
    edited = np.concatenate([kind[kept] != Kind.EXACT, np.ones(len(term), np.bool_)])
    place = np.concatenate([anchor[kept], place])
    term = np.concatenate([pieces.term[row[kept]], term])
    least = place if backwards else place + np.maximum(index.sizes[term] - _TWO_EDITS, 1)
    return least, term, edited


def _filed_at_edges(text: _Text, pieces: Pieces, *, backwards: bool) -> tuple[Places, Places]:
    """The pieces whose three letters are there, and the edge of the token that each is from."""
    anchors = text.block.ends if backwards else text.block.starts
    rows, places = [_NOTHING], [_NOTHING]
    for offset in pieces.offsets:
        at = anchors - 3 - offset if backwards else anchors + offset
        first = offset * TRIGRAMS
        codes = text.trigrams.take(at)
        some = np.flatnonzero(pieces.postings.known[first : first + TRIGRAMS].take(codes))
        which, row = pieces.postings.at(codes[some] + np.int64(first))
        rows.append(row)
        places.append(anchors[some[which]])
    return np.concatenate(rows), np.concatenate(places)


def _with_pairs(text: _Text, index: Index, place: Places, term: Places) -> tuple[Places, Places]:
    anchors = text.block.starts
    codes = text.trigrams.take(anchors) >> 5
    some = np.flatnonzero(index.pairs.known.take(codes))
    which, more = index.pairs.at(codes[some].astype(np.int64))
    return np.concatenate([place, anchors[some[which]]]), np.concatenate([term, more])


def _whole(
    text: _Text, index: Index, anchor: Places, term: Places, *, backwards: bool
) -> tuple[Places, Places]:
    """Keep the terms that stand, with two edits at most, between the anchor and another edge.

    A short one must be a label of its own; with a single edit it is found at either edge.
    """
    size = index.sizes[term]
    other = anchor + size * (-1 if backwards else 1)
    fits = text.within2[other]
    here, there = anchor[:, np.newaxis], other[:, np.newaxis] + _NEARBY
    starts, ends = (there, here) if backwards else (here, there)
    fits &= (size >= ALONE_BELOW) | _is_alone(text, index, term, starts, ends)
    anchor, term = anchor[fits], term[fits]
    near = maybe_near(text.words, index, term, anchor, _TWO_EDITS, backwards=backwards)
    anchor, term = anchor[near], term[near]
    _, whole = distances(text.block, index, text.at_edge, term, anchor, backwards=backwards)
    kept = whole <= _TWO_EDITS
    return anchor[kept], term[kept]


def _is_alone(text: _Text, index: Index, term: Places, starts: Places, ends: Places) -> Flags:
    """Whether any of the starts follows a dot, and any end a dot or the brand's own ending."""
    ending = text.words[ends] ^ index.suffixes[term][:, np.newaxis]
    ending &= index.suffix_masks[term][:, np.newaxis]
    ends_well = text.after_dot[ends] | (text.at_edge[ends] & (ending == 0))
    alone: Flags = np.logical_and(text.after_dot[starts].any(axis=1), ends_well.any(axis=1))
    return alone


def _tokens(text: _Text, index: Index) -> _Found:
    """Texts that count only as whole tokens."""
    starts = text.block.starts
    starts = starts[index.literal_starts.take(text.trigrams.take(starts))]
    words = text.words[starts]
    places, terms = [_NOTHING], [_NOTHING]
    edited = [_NOTHING.astype(np.bool_)]
    for literals in index.literals:
        masked = words & literals.mask
        codes = token_codes(masked)
        known = np.flatnonzero(literals.postings.known[codes])
        which, row = literals.postings.at(codes[known])
        same = literals.word[row] == masked[known[which]]
        start, row = starts[known[which[same]]], row[same]
        end = start + literals.size[row]
        dotted = text.after_dot[start] & text.after_dot[end]
        whole = text.at_edge[end] & ((literals.place[row] == Place.TOKEN) | dotted)
        suffix = text.words[end] & literals.suffix_mask[row]
        whole &= suffix == literals.suffix[row]
        places.append(end[whole])
        terms.append(literals.term[row[whole]])
        edited.append(literals.edited[row[whole]])
    return np.concatenate(places), np.concatenate(terms), np.concatenate(edited)


def _by_consonants(block: Block, index: Index) -> _Found:
    """Labels with the consonants of a term; somewhere before the last label will do."""
    line, sums = block.consonants
    codes = consonant_codes(sums)
    known = np.flatnonzero(index.consonants.known[codes])
    which, term = index.consonants.at(codes[known])
    return block.suffixes[line[known[which]]], term, np.ones(len(term), np.bool_)


_NOTHING: Places = np.zeros(0, np.int64)
