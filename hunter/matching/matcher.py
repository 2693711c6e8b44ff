"""The compiled matcher: brands in, hits out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TypeAlias

import numpy as np

from hunter.allow import AllowList, allow_list
from hunter.matching.block import Flags, Places, make_block
from hunter.matching.confidence import LEAST_TOLD, is_told
from hunter.matching.engine import search
from hunter.matching.finds import edited_finds, exact_finds, overlaps
from hunter.matching.foreign import foreign_lines
from hunter.matching.index import Index, build
from hunter.matching.lines import Lines
from hunter.matching.places import Find
from hunter.matching.sieve import Found, Pick, Picked, Told, Wanted, make_sieve
from hunter.matching.tables import make_reader, maker_of
from hunter.matching.techniques import tell
from hunter.matching.terms import Term, terms_of
from hunter.matching.views import Reading, read
from hunter.matching.weighing import UNWEIGHED, all_confidences
from hunter.model import Brand, Match

_SIEVED = 1 << 23
"""Bytes sieved at once: enough for a good search of the little that is kept."""
_SEARCHED = 1 << 20
"""Bytes searched at once: enough that the calls do not count, and few enough for the cache."""
_READ_AT_ONCE = 32
"""Names whose finds are weighed together: enough for the columns, and so few that all they are made
of is gone before the garbage collector would look through it."""
_match_of = maker_of(Match)
"""Made for each match of thousands of millions of names; in the order of the fields."""
_ABOUT = 0.05
"""How much less sure a find may be that tells more."""

Seen: TypeAlias = tuple[int, Reading, list[Found]]
"""A line of the block, and the finds on it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A match and the 0-based line of the block it was found on."""

    line: int
    match: Match


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds the names near any of its brands. Made by `compile_matcher`."""

    brands: tuple[Brand, ...]
    terms: tuple[Term, ...]
    owners: tuple[int, ...]
    """The brand of each term, as its place in `brands`."""
    allowed: tuple[AllowList, ...]
    index: Index
    sieve: Pick
    """Picks the lines worth a search."""

    def scan(self, block: bytes, *, least: float = 0.0) -> Iterator[Hit]:
        """Each match in a block of newline-joined names; what is no name is passed over.

        What is less sure than `least` is neither read nor put into words, which takes its time.
        """
        first = 0
        for part in _chunks(block, _SIEVED):
            # A find that is not sure enough by itself may still be what tells more.
            picked = self.sieve(part, max(least - _ABOUT, LEAST_TOLD))
            found = _in_order(self._told(picked.told), self._sought(picked))
            while some := [*islice(found, _READ_AT_ONCE)]:
                for line, match in self._best(some, least):
                    yield Hit(first + line, match)
            first += picked.lines

    def match(self, name: str) -> tuple[Match, ...]:
        """The best match of the name per brand, strongest first."""
        reading = read(name)
        if reading is None:
            return ()
        pairs = ((row, edited) for row in range(len(self.terms)) for edited in (False, True))
        found = [match for _, match in self._best([(0, reading, self._finds(reading, pairs))], 0.0)]
        return tuple(sorted(found, key=lambda match: -match.confidence))

    def finds_in(self, block: bytes) -> Iterator[tuple[int, list[Find]]]:
        """Every find on every line before it is judged; what the weights are fitted to."""
        for line, reading, pairs in self._readings(Lines(block)):
            yield line, [find for _, find, _ in self._finds(reading, pairs)]

    def _told(self, told: Iterable[Told]) -> Iterator[Seen]:
        """The lines on which the sieve found something, or of which it says what to look for."""
        read_told = make_reader()
        for number, text, finds, wanted in told:
            reading = read_told(text)
            if reading is not None:
                yield number, reading, finds or self._finds(reading, wanted)

    def _sought(self, picked: Picked) -> Iterator[Seen]:
        """The lines of which it says nothing, as far as something may stand there."""
        first = 0
        for chunk in _chunks(picked.block, _SEARCHED):
            lines = Lines(chunk)
            for line, reading, pairs in self._readings(lines):
                yield picked.numbers[first + line], reading, self._finds(reading, pairs)
            first += len(lines) - 1

    def _readings(self, lines: Lines) -> Iterator[tuple[int, Reading, list[Wanted]]]:
        """The lines on which something may stand, and which terms, with or without edits."""
        line, term, edited = self._candidates(lines)
        pairs = list(zip(term.tolist(), edited.tolist(), strict=True))
        firsts = np.flatnonzero(np.diff(line, prepend=-1))
        parts = pairwise([*firsts.tolist(), len(pairs)])
        numbers = line[firsts]
        for number, written, part in zip(
            numbers.tolist(), lines.texts(numbers), parts, strict=True
        ):
            reading = read(written) if written is not None else None
            if reading is not None:
                yield number, reading, pairs[slice(*part)]

    def _candidates(self, lines: Lines) -> tuple[Places, Places, Flags]:
        """Line, term, and whether to look for it with edits; in order."""
        foreign = foreign_lines(lines)
        decoded = "\n".join(foreign.values()).encode("ascii", "replace")
        # In one search with the others, since each has a price however little it searches.
        found = search(make_block(lines.block + b"\n" + decoded), self.index)
        line, kept = _in_place(found.line, np.array([*foreign], np.int64), len(lines))
        return line, found.term[kept], found.edited[kept]

    def _best(self, seen: Sequence[Seen], least: float) -> Iterator[tuple[int, Match]]:
        """The best match of each brand on each line, where that is sure enough."""
        found = [
            (reading, find, weighed) for _, reading, finds in seen for _, find, weighed in finds
        ]
        sures = iter(all_confidences(found))
        for line, reading, finds in seen:
            by_owner: dict[int, list[tuple[float, Find]]] = {}
            # The finds come first, so that no confidence is lost where they end.
            for (row, find, _), sure in zip(finds, sures, strict=False):
                if is_told(reading, find, sure):
                    by_owner.setdefault(self.owners[row], []).append((sure, find))
            for owner, told in by_owner.items():
                sure, find = _surest(told)
                if sure >= least and not self.allowed[owner].covers(reading.text):
                    yield line, _to_match(reading, find, sure)

    def _finds(self, reading: Reading, wanted: Iterable[Wanted]) -> list[Found]:
        """Each find; exact ones come first and explain away what is near the same letters."""
        taken: dict[int, list[Find]] = {}
        every: list[Found] = []
        for row, edited in wanted:
            if edited:
                exact = taken.get(row, ())
                found = edited_finds(reading, self.terms[row])
                found = [find for find in found if not overlaps(find, exact)] if exact else found
            else:
                found = taken[row] = exact_finds(reading, self.terms[row])
            every += [(row, find, UNWEIGHED) for find in found]
        return every


def compile_matcher(brands: Sequence[Brand]) -> Matcher:
    """A matcher for these brands.

    Nothing of it is kept on disk: it is made in a second or two for a thousand brands, no longer
    than reading and checking a file of it would take.
    """
    terms = [(owner, term) for owner, brand in enumerate(brands) for term in terms_of(brand)]
    index = build([term for _, term in terms])
    return Matcher(
        brands=tuple(brands),
        terms=tuple(term for _, term in terms),
        owners=tuple(owner for owner, _ in terms),
        allowed=tuple(allow_list(brand) for brand in brands),
        index=index,
        sieve=make_sieve([term for _, term in terms], index),
    )


def _in_order(many: Iterable[Seen], few: Iterator[Seen]) -> Iterator[Seen]:
    """Both in order of their lines, of which they have none in common."""
    other = next(few, None)
    for one in many:
        while other is not None and other[0] < one[0]:
            yield other
            other = next(few, None)
        yield one
    if other is not None:
        yield other
    yield from few


def _in_place(line: Places, foreign: Places, size: int) -> tuple[Places, Places]:
    """What was found on decoded lines, behind the `size` others, put where those came from.

    The lines, in order, and which of the finds they belong to.
    """
    first = int(np.searchsorted(line, size))
    line = np.concatenate([line[:first], foreign[line[first:] - size]])
    kept = np.concatenate(
        [np.flatnonzero(~np.isin(line[:first], foreign)), np.arange(first, len(line))]
    )
    kept = kept[np.argsort(line[kept], kind="stable")]
    return line[kept], kept


def _surest(found: list[tuple[float, Find]]) -> tuple[float, Find]:
    """How sure the surest find is, and the longest around it that is about as sure.

    `en-rnarche` says more than the keyword in it, `rnarche`.
    """
    # Most names hold one find, and each match comes by here.
    if len(found) == 1:
        return found[0]
    sure, best = max(found, key=lambda one: (one[0], -one[1].distance))
    around = [
        find for other, find in found if other >= sure - _ABOUT and _says_more(find, than=best)
    ]
    return sure, max(around, key=lambda find: (find.end - find.start, find is best))


def _says_more(find: Find, *, than: Find) -> bool:
    """Whether it goes around another one, but not by letters of the next word alone.

    Those of `caissedepargne-oyonnax` are no edits of caisse-epargne, nor is one that makes a longer
    term of what is there as it is: `mabanquepostalefr`.
    """
    if find.start > than.start or than.end > find.end:
        return False
    return find.distance <= than.distance or bool(find.left and find.right)


def _to_match(reading: Reading, find: Find, sure: float) -> Match:
    told = tell(reading, find)
    start, end = told.span
    unicode = reading.unicode if reading.unicode != reading.text else ""
    return _match_of((
        reading.written, reading.registrable, find.term.brand.domain, told.technique,
        reading.written[start:end], told.span, sure, told.reason, unicode, told.view,
        find.term.written,
    ))  # fmt: skip


def _chunks(block: bytes, size: int) -> Iterator[bytes]:
    """The block cut after newlines; an overlong line makes a long chunk, never a cut name."""
    start = 0
    while start < len(block):
        end = block.find(b"\n", start + size) + 1 or len(block)
        yield block[start:end]
        start = end
