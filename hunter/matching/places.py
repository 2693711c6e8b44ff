"""Where a term, or something a few edits from it, stands in a name, by its letters alone.

Edits are those of optimal string alignment (a transposition counts one). How many are allowed
depends on the term's length and on how the place sits between edges; `pieces` names the limits.
Whether something speaks against it is asked in `finds`.
"""

from bisect import bisect_right
from functools import lru_cache
from itertools import combinations, pairwise, permutations
from typing import NamedTuple

from rapidfuzz.distance import OSA

from hunter.matching.affixes import is_amid_lures, themes
from hunter.matching.glyphs import disguises
from hunter.matching.pieces import (
    CONSONANTS_FROM,
    EDGE_FROM,
    INSIDE_FROM,
    INSIDE_TYPO_FROM,
    KEPT,
    KEPT_BESIDE,
    KEPT_TAIL,
    LABEL_TYPO_FROM,
    LONG_FROM,
    LURE_BEHIND,
    MOST_VOWELS,
    TOKEN_TYPO_FROM,
    bears_typo_amid,
    bears_typo_beside,
    is_sought_amid,
    is_sought_glued,
    kept_head,
)
from hunter.matching.sounds import consonants
from hunter.matching.terms import BETWEEN, DOMAIN, Term
from hunter.matching.views import DOT, Reading, fold
from hunter.matching.words import KNOWN, common, frequencies


class Find(NamedTuple):
    """A term in the glued view: where, how near, and what stands on either side (0: a letter)."""

    term: Term
    start: int
    end: int
    distance: int
    left: int
    right: int


def exact_places(reading: Reading, term: Term) -> list[Find]:
    """Every place before the public suffix at which the term begins, by its letters alone."""
    sought, edges = term.sought, reading.edges
    size = len(sought)
    found: list[Find] = []
    at = reading.folded.find(sought)
    while 0 <= at < reading.head:
        find = Find(term, at, at + size, 0, edges.get(at, 0), edges.get(at + size, 0))
        if _stands_well(reading, find, size) and _crosses_well(reading, find):
            found.append(find)
        at = reading.folded.find(sought, at + 1)
    return found


def _stands_well(reading: Reading, find: Find, size: int) -> bool:
    free = bool(find.left) + bool(find.right)
    if find.term.twist == BETWEEN:
        return free > 1 and _has_companions(reading, find.term)
    if size >= INSIDE_FROM or free > 1 or (size >= EDGE_FROM and free > 0):
        return True
    if reading.plain[find.start : find.end] != find.term.plain:
        return False
    if free:
        return bool(find.left) and is_sought_glued(find.term) and _is_before_lures(reading, find)
    return is_sought_amid(find.term) and _is_amid_lures(reading, find.start, find.end)


def _is_before_lures(reading: Reading, find: Find) -> bool:
    behind = reading.plain[find.end : reading.cuts[bisect_right(reading.cuts, find.end)]]
    return len(behind) >= LURE_BEHIND and bool(themes(behind))


def _is_amid_lures(reading: Reading, start: int, end: int) -> bool:
    at = bisect_right(reading.cuts, start)
    first, last = reading.cuts[at - 1 : at + 1]
    return is_amid_lures(reading.plain[first:last], start - first, end - first)


def _crosses_well(reading: Reading, find: Find) -> bool:
    """A term may run into the public suffix (`youtu.be`), but not from inside a word."""
    if find.end <= reading.head:
        return True
    inside = reading.head - find.start
    return find.left > 0 and inside * 2 > find.end - find.start and find.term.twist != DOMAIN


def _has_companions(reading: Reading, term: Term) -> bool:
    """Whether every word of the term is a token of the name, and they do not stand together."""
    edges = [edge for edge in reading.edges if edge <= reading.head]
    tokens = [reading.folded[start:end] for start, end in pairwise(edges)]
    size = len(term.tokens)
    orders = [*permutations(term.tokens)]
    together = any(tuple(tokens[at : at + size]) in orders for at in range(len(tokens)))
    return not together and set(tokens).issuperset(term.tokens)


class _Shape(NamedTuple):
    """What every look for a term of six letters and more with edits asks of it."""

    several: int
    """How many edits it bears between two edges."""
    lengths: range
    """How long a span at one edge can be."""
    start: str
    """What a span at one edge begins with, ..."""
    end: str
    """... or ends with, ..."""
    swapped: str
    """... or else is."""
    head: str
    """What several edits must keep at the begin ..."""
    tail: str
    """... or at the end."""


@lru_cache(maxsize=65536)
def _shape(sought: str) -> _Shape:
    """One edit leaves the first half, or the second, or transposes the two letters at the seam.

    With two, a long term keeps its first letters or its last.
    """
    size, half = len(sought), (len(sought) + 1) // 2
    several = 3 if size >= LONG_FROM else 2
    start, end = (KEPT, KEPT) if size >= LONG_FROM else (half, size - half)
    head, tail = (KEPT, KEPT) if size >= LONG_FROM else (kept_head(size), KEPT_TAIL)
    return _Shape(
        several=several,
        lengths=range(size - several + 1, size + several),
        start=sought[:start],
        end=sought[-end:],
        swapped=sought[: half - 1] + sought[half] + sought[half - 1] + sought[half + 1 :],
        head=sought[:head],
        tail=sought[-tail:],
    )


def edited_places(reading: Reading, term: Term) -> list[Find]:
    """Every place before the public suffix that is near enough by its letters alone."""
    size, as_written = len(term.sought), not term.twist
    if not term.takes_typos or size < LABEL_TYPO_FROM:
        return []
    if size <= TOKEN_TYPO_FROM:
        return _short(reading, term)
    found: list[Find] = []
    sought, shape, edges = term.sought, _shape(term.sought), reading.edges
    for start, end in _spans(reading, size, shape):
        text = reading.folded[start:end]
        distance = OSA.distance(text, sought, score_cutoff=shape.several)
        if not 0 < distance <= shape.several:
            continue
        left, right = edges.get(start, 0), edges.get(end, 0)
        if distance > _allowed(text, size, shape, left, right):
            continue
        if not (left or right or _bears_inside(reading, term, start, end)):
            continue
        if as_written or distance < OSA.distance(text, fold(term.plain)):
            found.append(Find(term, start, end, distance, left, right))
    return found + _begun(reading, term)


def _bears_inside(reading: Reading, term: Term, start: int, end: int) -> bool:
    """Whether the term may have an edit inside this token: a short one amid lures alone."""
    if len(term.sought) >= INSIDE_TYPO_FROM:
        return True
    return bears_typo_amid(term) and _is_amid_lures(reading, start, end)


def _begun(reading: Reading, term: Term) -> list[Find]:
    """The term without its last letter, the public suffix being the end of it: `mailch.im`."""
    end = len(reading.folded)
    start = end - len(term.sought) + 1
    if term.twist or reading.head == end or start not in reading.edges:
        return []
    if not reading.folded.endswith(term.sought[:-1]):
        return []
    if not ends_short(reading.plain[start:] + term.plain[-1:], reading.head - start):
        return []
    return [Find(term, start, end, 1, reading.edges[start], DOT)]


def ends_short(text: str, head: int) -> bool:
    """Whether so many letters of a term are enough before a suffix that lacks its last letter.

    Most of a long one are, where they are no word of their own: `market.in` for marketing.
    """
    if len(text) < INSIDE_TYPO_FROM or head * 2 <= len(text) - 1:
        return False
    return text[:head] not in common()


def _allowed(text: str, size: int, shape: _Shape, left: int, right: int) -> int:
    """How many edits may lie between the text and the term, by what is kept and where it stands."""
    if left and right:
        kept = text.startswith(shape.head) or text.endswith(shape.tail)
        return shape.several if kept else 1
    if left or right:
        kept = text.startswith(shape.head) if left else text.endswith(shape.tail)
        return 2 if kept and size >= LONG_FROM else 1
    return 1


def _spans(reading: Reading, size: int, shape: _Shape) -> list[tuple[int, int]]:
    """Ranges worth comparing: between edges, at one edge, and inside words.

    Unless it lies between edges, a range begins or ends with what one edit leaves as it is.
    """
    edges, folded = reading.edges, reading.folded
    between = combinations(reading.cuts[: reading.stem + 1], 2)
    spans = [(start, end) for start, end in between if abs(end - start - size) <= shape.several]
    starts = _places(folded, shape.start) + _places(folded, shape.swapped)
    ends = [at + len(shape.end) for at in _places(folded, shape.end)]
    kept = [(start, start + length) for start in starts for length in shape.lengths]
    kept += [(end - length, end) for end in ends for length in shape.lengths]
    inner: list[tuple[int, int]] = []
    for span in dict.fromkeys(kept):
        if span[0] < 0 or span[1] > reading.head:
            continue
        free = (span[0] in edges) + (span[1] in edges)
        if free == 1:
            spans.append(span)
        elif not free:
            inner.append(span)
    return spans + inner


def _places(text: str, part: str) -> list[int]:
    found: list[int] = []
    at = text.find(part)
    while at >= 0:
        found.append(at)
        at = text.find(part, at + 1)
    return found


def disguised_label(reading: Reading, term: Term) -> list[Find]:
    """The registrable label with a letter or two exchanged for what passes for them."""
    start, end = reading.label, reading.head
    label = reading.folded[start:end]
    if label not in disguises(term.sought):
        return []
    distance = OSA.distance(label, term.sought)
    return [Find(term, start, end, min(distance, 2), DOT, DOT)]


def has_enough_consonants(term: Term) -> bool:
    """Whether they tell the term whatever its vowels are."""
    return not term.twist and len(consonants(term.plain)) >= CONSONANTS_FROM


def vowels_changed(reading: Reading, term: Term, found: list[Find]) -> list[Find]:
    """The registrable label, when it has the term's consonants and is no word: `dscrd`.

    It begins as the term does, or with the first of these.
    """
    start, end = reading.label, reading.head
    label = reading.plain[start:end]
    known_by = consonants(term.plain)
    if not has_enough_consonants(term) or consonants(label) != known_by:
        return []
    if label[0] not in (term.plain[0], known_by[0]) or frequencies().get(label, 0.0) >= KNOWN:
        return []
    distance = OSA.distance(reading.folded[start:end], term.sought, score_cutoff=MOST_VOWELS)
    known = any((find.start, find.end) == (start, end) for find in found)
    if known or not 0 < distance <= MOST_VOWELS:
        return []
    return [Find(term, start, end, distance, DOT, DOT)]


def has_only_its_consonants(reading: Reading, find: Find) -> bool:
    """Whether it is found by its consonants, and would not be by its edits."""
    if find.distance <= 1 or (find.start, find.end) != (reading.label, reading.head):
        return False
    if consonants(reading.plain[find.start : find.end]) != consonants(find.term.plain):
        return False
    text, size = reading.folded[find.start : find.end], len(find.term.sought)
    return size <= TOKEN_TYPO_FROM or find.distance > _allowed(
        text, size, _shape(find.term.sought), find.left, find.right
    )


def _short(reading: Reading, term: Term) -> list[Find]:
    """A short term with one edit, as a whole token; the shortest as the registrable label alone."""
    size, edges = len(term.sought), reading.edges
    if size >= TOKEN_TYPO_FROM:
        spans = [*combinations([edge for edge in edges if edge <= reading.head], 2)]
    else:
        spans = [(reading.label, reading.head)] if reading.suffix == term.suffix else []
    spans += _beside_lures(reading, term) if bears_typo_beside(term) else []
    return [
        Find(term, start, end, 1, edges.get(start, 0), edges.get(end, 0))
        for start, end in spans
        if OSA.distance(reading.folded[start:end], term.sought, score_cutoff=1) == 1
    ]


def _beside_lures(reading: Reading, term: Term) -> list[tuple[int, int]]:
    """Ranges that begin or end a token, lures being all else of it, and keep three letters."""
    found, size = list[tuple[int, int]](), len(term.sought)
    for begin, end in pairwise(reading.cuts[: reading.stem + 1]):
        for length in range(size - 1, size + 2):
            if end - begin - length < LURE_BEHIND:
                break
            if themes(reading.plain[begin + length : end]):
                found.append((begin, begin + length))
            if themes(reading.plain[begin : end - length]):
                found.append((end - length, end))
    return [span for span in found if _keeps_three(reading.folded[slice(*span)], term.sought)]


def _keeps_three(text: str, sought: str) -> bool:
    return text.startswith(sought[:KEPT_BESIDE]) or text.endswith(sought[-KEPT_BESIDE:])
