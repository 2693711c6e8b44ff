"""Where a term, or something a few edits from it, stands in a name. This defines what is found.

Edits are those of optimal string alignment (a transposition counts one). How many are allowed
depends on the term's length and on how the place sits between edges; `pieces` names the limits.
"""

from collections.abc import Iterator
from itertools import combinations, pairwise, permutations
from typing import NamedTuple

from rapidfuzz.distance import OSA

from hunter.matching.glyphs import disguises
from hunter.matching.pieces import (
    EDGE_FROM,
    INSIDE_FROM,
    INSIDE_TYPO_FROM,
    KEPT,
    KEPT_TAIL,
    LABEL_TYPO_FROM,
    LONG_FROM,
    TOKEN_TYPO_FROM,
    kept_head,
)
from hunter.matching.terms import Term, Twist
from hunter.matching.views import DOT, Reading, fold


class Find(NamedTuple):
    """A term in the glued view: where, how near, and what stands on either side (0: a letter)."""

    term: Term
    start: int
    end: int
    distance: int
    left: int
    right: int


def every_find(reading: Reading, term: Term) -> list[Find]:
    """The exact finds, and the edited ones that share no letter with those."""
    exact = list(exact_finds(reading, term))
    return exact + [find for find in edited_finds(reading, term) if not overlaps(find, exact)]


def overlaps(find: Find, others: list[Find]) -> bool:
    """Whether it shares a letter with one of the others."""
    return any(find.start < other.end and other.start < find.end for other in others)


def exact_finds(reading: Reading, term: Term) -> Iterator[Find]:
    """Every place before the public suffix at which the term begins."""
    sought, edges = term.sought, reading.edges
    size = len(sought)
    at = reading.folded.find(sought)
    while 0 <= at < reading.head:
        find = Find(term, at, at + size, 0, edges.get(at, 0), edges.get(at + size, 0))
        if _stands_well(reading, find, size) and _crosses_well(reading, find):
            yield find
        at = reading.folded.find(sought, at + 1)


def _stands_well(reading: Reading, find: Find, size: int) -> bool:
    free = bool(find.left) + bool(find.right)
    if find.term.twist is Twist.BETWEEN:
        return free > 1 and _has_companions(reading, find.term)
    return size >= INSIDE_FROM or free > 1 or (size >= EDGE_FROM and free > 0)


def _crosses_well(reading: Reading, find: Find) -> bool:
    """A term may run into the public suffix (`youtu.be`), but not from inside a word."""
    if find.end <= reading.head:
        return True
    inside = reading.head - find.start
    return (
        find.left > 0 and inside * 2 > find.end - find.start and find.term.twist is not Twist.DOMAIN
    )


def _has_companions(reading: Reading, term: Term) -> bool:
    """Whether every word of the term is a token of the name, and they do not stand together."""
    edges = [edge for edge in reading.edges if edge <= reading.head]
    tokens = {reading.folded[start:end] for start, end in pairwise(edges)}
    together = ("".join(order) for order in permutations(term.tokens))
    return tokens.issuperset(term.tokens) and not any(text in reading.folded for text in together)


def edited_finds(reading: Reading, term: Term) -> Iterator[Find]:
    """Every place before the public suffix at which the term stands with edits.

    With glyphs in it only where that explains more than edits alone would.
    """
    size = len(term.sought)
    if not term.takes_typos or size < LABEL_TYPO_FROM:
        return
    yield from _disguised_label(reading, term)
    if size <= TOKEN_TYPO_FROM:
        yield from _short(reading, term)
        return
    several = 3 if size >= LONG_FROM else 2
    for start, end in _spans(reading, term.sought):
        text = reading.folded[start:end]
        distance = OSA.distance(text, term.sought, score_cutoff=several)
        if not 0 < distance <= several:
            continue
        left, right = reading.edges.get(start, 0), reading.edges.get(end, 0)
        if distance > _allowed(text, term.sought, bool(left), bool(right)):
            continue
        if term.twist is Twist.NONE or distance < OSA.distance(text, fold(term.plain)):
            yield Find(term, start, end, distance, left, right)


def _allowed(text: str, sought: str, left: bool, right: bool) -> int:
    """How many edits may lie between the text and the term, by what is kept and where it stands."""
    size = len(sought)
    head, tail = (KEPT, KEPT) if size >= LONG_FROM else (kept_head(size), KEPT_TAIL)
    same_head = text[:head] == sought[:head]
    same_tail = text[-tail:] == sought[-tail:]
    several = 3 if size >= LONG_FROM else 2
    if left and right:
        return several if same_head or same_tail else 1
    if left or right:
        return 2 if size >= LONG_FROM and (same_head if left else same_tail) else 1
    return 1 if size >= INSIDE_TYPO_FROM else 0


def _spans(reading: Reading, sought: str) -> list[tuple[int, int]]:
    """Ranges worth comparing: between edges, at one edge, and for long terms inside words."""
    size = len(sought)
    edges = [edge for edge in reading.edges if edge <= reading.head]
    slack = 3 if size >= LONG_FROM else 2
    starts, ends = _anchors(reading.folded, sought)
    spans: list[tuple[int, int]] = []
    for edge in edges:
        spans += [(edge, end) for end in edges if -slack <= end - edge - size <= slack]
        if starts or ends:
            spans += _spans_at(edge, range(size - slack + 1, size + slack), starts, ends, edges)
    if size >= INSIDE_TYPO_FROM and (starts or ends):
        spans += _inner_spans(size, starts, ends, edges)
    return spans


def _anchors(text: str, sought: str) -> tuple[set[int], set[int]]:
    """Where a span must start, or else where it must end, unless it lies between two edges.

    One edit leaves the first half, or the second, or transposes the two letters at the seam; with
    two, a long term keeps its first letters or its last.
    """
    size, half = len(sought), (len(sought) + 1) // 2
    head, tail = (KEPT, KEPT) if size >= LONG_FROM else (half, size - half)
    swapped = sought[: half - 1] + sought[half] + sought[half - 1] + sought[half + 1 :]
    starts = _places(text, sought[:head])
    starts.update(_places(text, swapped))
    return starts, {at + tail for at in _places(text, sought[-tail:])}


def _places(text: str, part: str) -> set[int]:
    found: set[int] = set()
    at = text.find(part)
    while at >= 0:
        found.add(at)
        at = text.find(part, at + 1)
    return found


def _spans_at(
    edge: int, lengths: range, starts: set[int], ends: set[int], edges: list[int]
) -> list[tuple[int, int]]:
    """Ranges that have this edge on one side and none on the other."""
    found: list[tuple[int, int]] = []
    head, begins, finishes = edges[-1], edge in starts, edge in ends
    for length in lengths:
        after, before = edge + length, edge - length
        if (begins or after in ends) and after <= head and after not in edges:
            found.append((edge, after))
        if (finishes or before in starts) and before >= 0 and before not in edges:
            found.append((before, edge))
    return found


def _inner_spans(
    size: int, starts: set[int], ends: set[int], edges: list[int]
) -> list[tuple[int, int]]:
    return [
        (start, start + length)
        for length in (size - 1, size, size + 1)
        for start in sorted(starts | {end - length for end in ends})
        if 0 < start < edges[-1] - length and start not in edges and start + length not in edges
    ]


def _disguised_label(reading: Reading, term: Term) -> Iterator[Find]:
    """The registrable label with a letter or two exchanged for what passes for them."""
    start, end = reading.label, reading.head
    if term.twist is Twist.NONE and reading.folded[start:end] in disguises(term.sought):
        distance = OSA.distance(reading.folded[start:end], term.sought)
        yield Find(term, start, end, min(distance, 2), DOT, DOT)


def _short(reading: Reading, term: Term) -> Iterator[Find]:
    """A short term with one edit, as a whole token; the shortest as the registrable label alone."""
    size = len(term.sought)
    if size < TOKEN_TYPO_FROM and reading.suffix != term.suffix:
        return
    edges = [edge for edge in reading.edges if edge <= reading.head]
    spans = combinations(edges, 2) if size >= TOKEN_TYPO_FROM else [(reading.label, reading.head)]
    for start, end in spans:
        if OSA.distance(reading.folded[start:end], term.sought, score_cutoff=1) == 1:
            yield Find(term, start, end, 1, reading.edges.get(start, DOT), reading.edges[end])
