"""What the engine looks up for each term: pieces that every name near the term must hold.

A name one edit away from a term holds the term's first or its second half as it is (pigeonhole), or
the term with the two letters at the seam transposed. Two edits and more count only where the
beginning or the end is kept, since that is where people look.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from hunter.matching.block import Places, count_grams, gram_code
from hunter.matching.glyphs import disguises
from hunter.matching.ordinary import is_in_dictionary
from hunter.matching.segmentation import spelling
from hunter.matching.terms import BETWEEN, DOMAIN, Term
from hunter.matching.views import OPAQUE
from hunter.matching.words import as_token, frequencies, targets

GLUED_FROM = 2
"""Letters from which a term that is no word begins a token, if only lures follow in it."""
LURE_BEHIND = 4
"""Letters of these lures, at least."""
EDGE_FROM = 3
"""Letters from which a term is found at a token's edge; others only as a whole token."""
AMID_FROM = 4
"""Letters from which a rare term is found inside a word, if that has only lures on both sides."""
INSIDE_FROM = 5
"""Letters from which a term is found anywhere inside a word."""
LABEL_TYPO_FROM = 2
"""Letters from which one edit is allowed in a registrable label as a whole, under the brand's own
suffix."""
TOKEN_TYPO_FROM = 5
"""Letters from which one edit is allowed in a token as a whole."""
EDGE_TYPO_FROM = 6
"""Letters from which one edit is allowed at a token's edge, and where a token has only lures on
both sides."""
INSIDE_TYPO_FROM = 8
"""Letters from which one edit is allowed inside a word."""
TWO_EDITS_FROM = 6
"""Letters from which two edits are allowed between two edges."""
LONG_FROM = 12
"""Letters from which two edits are allowed at an edge and three between two edges."""
ALONE_BELOW = 8
"""Letters below which two edits are allowed only in a label of its own."""
CONSONANTS_FROM = 4
"""Consonants from which a term is found in a registrable label that has others for its vowels."""
TELLING = 5
"""Consonants from which that is worth an alert."""
MOST_VOWELS = 3
"""How many edits that may take."""
WORD_LONGER_BY = 2
"""By how many letters a word is longer than a short term that is but a part of it."""
KEPT_BESIDE = 3
"""How many letters a term of five must keep, at either end, to have an edit beside lures."""
KEPT = 4
"""How many letters at the beginning or the end a long term with several edits must keep."""
KEPT_TAIL = 3
"""How many letters at the end a shorter term with two edits must keep ..."""
_RARE = 10.0
"""Nats that the letters of such a term cost: `nike`, but not `digi`."""

FOLDED = f"abcdefghjklmnopqrstuvwxyz2679{OPAQUE}"
"""All letters of a folded text, and what stands for any other."""


def kept_head(size: int) -> int:
    """... or at the beginning: the shorter the term, the more."""
    return 3 if size <= TWO_EDITS_FROM else 2


def is_sought_glued(term: Term) -> bool:
    """Whether it is sought before lures in its token, though it is too short for any edge."""
    if term.twist or not len(term.sought) == len(term.plain) == GLUED_FROM:
        return False
    return not as_token(term.plain)


def is_sought_amid(term: Term) -> bool:
    """Whether it is sought between lures, though it is too short to be sought in every word."""
    if term.twist or not len(term.sought) == len(term.plain) == AMID_FROM:
        return False
    return spelling(term.plain) >= _RARE


def bears_typo_amid(term: Term) -> bool:
    """Whether it may have an edit between lures, though it is too short for one in every word.

    Not an ordinary word, which many others come near: `cloude` for clouds is in `globalcloudefile`.
    """
    sized = EDGE_TYPO_FROM <= len(term.sought) < INSIDE_TYPO_FROM
    return sized and _is_a_name_with_typos(term)


def bears_typo_beside(term: Term) -> bool:
    """Whether it may have an edit beside lures, though it is too short for one at every edge."""
    return len(term.sought) == TOKEN_TYPO_FROM and _is_a_name_with_typos(term)


def _is_a_name_with_typos(term: Term) -> bool:
    ordinary = is_in_dictionary(term.plain) and term.plain not in targets()
    return term.takes_typos and not (term.twist or ordinary)


class Kind(IntEnum):
    """How a piece stands to its term."""

    EXACT = 0
    LEFT = 1
    """The left half is as it is, so the term begins where the piece says."""
    RIGHT = 2
    """The right half is as it is, so the term ends where the piece says."""
    SWAPPED = 3
    """The term with the letters at a seam transposed, whole."""
    HEAD = 4
    """A long term's first letters, at an edge."""
    TAIL = 5
    """A long term's last letters, before an edge."""
    NEAR = 6
    """Found at an edge: the term with one edit begins (or ends) there."""
    WHOLE = 7
    """Found at an edge: the term with two edits may stand between it and another edge."""
    WORD = 8
    """Exact, and only between edges."""
    DOMAIN = 9
    """Exact, and only before the public suffix."""


def standings(kind: Kind, size: int) -> int:
    """Where a piece of a term of so many letters may stand.

    A bit each: inside a word (1), at a token's begin (2), at its end (4), between two edges (8).
    """
    if size < INSIDE_TYPO_FROM and kind in _AMID:
        return _AMID[kind]
    if kind in _STANDINGS:
        return _STANDINGS[kind]
    return 0b1111 if size >= _INSIDE_FROM.get(kind, EDGE_TYPO_FROM) else 0b1110


_INSIDE_FROM = {Kind.EXACT: AMID_FROM, Kind.DOMAIN: INSIDE_FROM}
_STANDINGS = {Kind.HEAD: 0b1010, Kind.TAIL: 0b1100, Kind.WORD: 0b1000}
_AMID = {Kind.LEFT: 0b0101, Kind.RIGHT: 0b0011}
"""Where the half that is as it is begins (or ends) inside a word: at an edge others find it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of `text`, and how many letters of it come before them."""

    gram: str
    offset: int
    kind: Kind
    text: str
    """The term, or its transposed form."""


def pieces_anywhere(term: Term) -> Iterator[Piece]:
    """Four letters each, looked up at every position."""
    sought = term.sought
    size = len(sought)
    if size > EDGE_FROM:
        yield _piece(sought, 0, size, _EXACT_KINDS.get(term.twist, Kind.EXACT))
    if not term.takes_typos or size < EDGE_TYPO_FROM:
        return
    for seam in {(size + 1) // 2, size // 2}:
        swapped = sought[: seam - 1] + sought[seam] + sought[seam - 1] + sought[seam + 1 :]
        yield _piece(swapped, 0, size, Kind.SWAPPED)
    if bears_typo_amid(term):
        yield from _halves_amid(sought)
    if size >= INSIDE_TYPO_FROM:
        yield _piece(sought, 0, (size + 1) // 2, Kind.LEFT)
        yield _piece(sought, (size + 1) // 2, size, Kind.RIGHT)
    if size >= LONG_FROM:
        yield Piece(sought[:KEPT], 0, Kind.HEAD, sought)
        yield Piece(sought[-KEPT:], size - KEPT, Kind.TAIL, sought)


def _halves_amid(sought: str) -> Iterator[Piece]:
    """Halves of fewer than four letters with any letter behind them: inside a word one follows."""
    half = (len(sought) + 1) // 2
    for offset, kind in ((0, Kind.LEFT), (half, Kind.RIGHT)):
        part = sought[offset : half + offset]
        more = FOLDED if len(part) < _GRAM else ("",)
        yield from (Piece(part + letter, offset, kind, sought) for letter in more)


def pieces_at_edges(term: Term, *, backwards: bool) -> Iterator[Piece]:
    """Three letters each, looked up so many letters after a token begins (before it ends)."""
    sought = term.sought[::-1] if backwards else term.sought
    size = len(sought)
    if size == EDGE_FROM:
        yield Piece(sought, 0, Kind.EXACT, sought)
    if is_sought_glued(term) and not backwards:
        yield from (Piece(sought + letter, 0, Kind.EXACT, sought) for letter in FOLDED)
    if not term.takes_typos:
        return
    if EDGE_TYPO_FROM <= size < INSIDE_TYPO_FROM or bears_typo_beside(term):
        half = size - 3
        yield Piece(sought[:3], 0, Kind.NEAR, sought)
        for offset in (half - 1, half, half + 1):
            yield Piece(sought[half : half + 3], offset, Kind.NEAR, sought)
    if TWO_EDITS_FROM <= size < LONG_FROM and (backwards or kept_head(size) > _PAIR):
        yield Piece(sought[:3], 0, Kind.WHOLE, sought)


def pair_at_start(term: Term) -> str:
    """The first two letters of a term that may stand whole with two edits; empty for others."""
    size = len(term.sought)
    if not term.takes_typos or not TWO_EDITS_FROM <= size < LONG_FROM or kept_head(size) > _PAIR:
        return ""
    return term.sought[:_PAIR]


class Place(IntEnum):
    """Where a literal counts: between any edges, between dots, or before the brand's own suffix."""

    TOKEN = 0
    LABEL = 1
    OWN_SUFFIX = 2


def literals(term: Term) -> dict[str, Place]:
    """What counts as near a term only as a whole, written out, and where it counts."""
    size = len(term.sought)
    whole = {term.sought: Place.TOKEN} if size < EDGE_FROM else {}
    if not term.takes_typos:
        return whole
    near = one_edit_away(term.sought) if LABEL_TYPO_FROM <= size <= TOKEN_TYPO_FROM else set()
    place = Place.TOKEN if size == TOKEN_TYPO_FROM else Place.OWN_SUFFIX
    mixed = () if term.twist else disguises(term.sought)
    disguised = dict.fromkeys(mixed, Place.LABEL)
    # Where a text is both, the place that asks for less decides.
    return dict(
        sorted(
            [*dict.fromkeys(near, place).items(), *disguised.items(), *whole.items()],
            key=lambda item: -item[1],
        )
    )


def one_edit_away(sought: str, letters: str = FOLDED) -> set[str]:
    """Every text one edit away, with these letters."""
    cuts = [(sought[:at], sought[at:]) for at in range(len(sought) + 1)]
    found = {left + right[1:] for left, right in cuts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in cuts if right for letter in letters}
    found |= {left + letter + right for left, right in cuts for letter in letters}
    return found - {sought}


_EXACT_KINDS = {BETWEEN: Kind.WORD, DOMAIN: Kind.DOMAIN}
_PAIR = 2
_GRAM = 4


def _piece(text: str, start: int, end: int, kind: Kind) -> Piece:
    """The rarest four letters between `start` and `end`."""
    size = min(_GRAM, end - start)
    offset = min(range(start, end - size + 1), key=lambda at: _commonness(text[at : at + size]))
    return Piece(text[offset : offset + size], offset, kind, text)


def _commonness(gram: str) -> int:
    return int(_counts()[gram_code(gram)])


@cache
def _counts() -> Places:
    """How often each four letters stand in ordinary words, by their code.

    Before the ending that most names have: `ecom` is in more of them than any word's letters.
    """
    return count_grams(f"{word}com" for word in frequencies())
