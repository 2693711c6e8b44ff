"""The exact judgement of one name against one term: is it there, how, and how sure."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from hunter.matching.terms import Term
from hunter.matching.views import Reading
from hunter.model import Match

_INSIDE_FROM = 4
_TYPOS_FROM = 5


@dataclass(frozen=True, slots=True)
class Find:
    """Where a term stands in the glued view, at which edit distance, and between which edges."""

    term: Term
    start: int
    end: int
    distance: int
    open_left: bool
    open_right: bool


def finds(reading: Reading, term: Term) -> Iterator[Find]:
    """Every place where the term, or something near it, stands in the name."""
    yield from _exact(reading, term)
    if not term.is_domain and len(term.sought) >= _TYPOS_FROM:
        yield from _typos(reading, term)


def _exact(reading: Reading, term: Term) -> Iterator[Find]:
    at = reading.folded.find(term.sought)
    while 0 <= at < reading.head:
        end = at + len(term.sought)
        find = Find(term, at, end, 0, reading.edges[at] > 0, reading.edges[end] > 0)
        if len(term.sought) >= _INSIDE_FROM or (find.open_left or find.open_right):
            yield find
        at = reading.folded.find(term.sought, at + 1)


def _typos(reading: Reading, term: Term) -> Iterator[Find]:
    size = len(term.sought)
    bounds = [index for index in range(reading.head + 1) if reading.edges[index]]
    for edge in bounds:
        for length in (size - 1, size, size + 1):
            for start, end in ((edge, edge + length), (edge - length, edge)):
                if (
                    0 <= start
                    and end <= reading.head
                    and _near(reading.folded[start:end], term.sought)
                ):
                    yield Find(
                        term, start, end, 1, reading.edges[start] > 0, reading.edges[end] > 0
                    )


def _near(text: str, sought: str) -> bool:
    return bool(OSA.distance(text, sought, score_cutoff=1) == 1)


def confidence(find: Find) -> float:
    """0..1, from how near, how long the term is and how freely it stands."""
    free = find.open_left + find.open_right
    size = len(find.term.sought)
    score = 0.3 + 0.2 * free + 0.03 * (size - 6) - 0.15 * find.distance
    return min(max(score, 0.05), 0.99)


def to_match(reading: Reading, find: Find) -> Match:
    """The match that a find amounts to."""
    start, end = reading.span(find.start, find.end)
    return Match(
        name=reading.written,
        registrable=reading.registrable,
        brand=find.term.brand.domain,
        technique="combosquatting" if find.distance == 0 else "typo",
        matched=reading.written[start:end],
        span=(start, end),
        confidence=round(confidence(find), 3),
        reason=f"`{reading.written[start:end]}` reads as {find.term.written}",
        unicode=reading.unicode if reading.unicode != reading.text else "",
        view="glue",
        term=find.term.written,
    )
