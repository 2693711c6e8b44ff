"""The compiled matcher: brands in, hits out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hunter.matching.allow import AllowList, allow_list
from hunter.matching.classify import confidence, finds, to_match
from hunter.matching.terms import Term, terms_of
from hunter.matching.views import Reading, read
from hunter.model import Brand, Match


@dataclass(frozen=True, slots=True)
class Hit:
    """A match and the 0-based line of the block it was found on."""

    line: int
    match: Match


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds the names near any of its brands. Made by `compile_matcher`."""

    brands: tuple[Brand, ...]
    terms: tuple[tuple[Term, ...], ...]
    allowed: tuple[AllowList, ...]

    def scan(self, block: bytes) -> Iterator[Hit]:
        """Each match in a block of newline-joined names; lines that are no names are passed over."""
        for line, raw in enumerate(block.split(b"\n")):
            for match in self.match(raw.decode("latin-1")):
                yield Hit(line, match)

    def match(self, name: str) -> tuple[Match, ...]:
        """The best match of the name per brand, strongest first."""
        reading = read(name)
        if reading is None:
            return ()
        found = [
            match for index in range(len(self.brands)) if (match := self._best(reading, index))
        ]
        return tuple(sorted(found, key=lambda match: (-match.confidence, match.brand)))

    def _best(self, reading: Reading, index: int) -> Match | None:
        if self.allowed[index].covers(reading.text):
            return None
        every = [find for term in self.terms[index] for find in finds(reading, term)]
        return to_match(reading, max(every, key=confidence)) if every else None


def compile_matcher(brands: Sequence[Brand], *, cache: Path | None = None) -> Matcher:
    """A matcher for these brands. `cache` is a folder in which what was compiled is kept."""
    del cache
    return Matcher(
        tuple(brands),
        tuple(terms_of(brand) for brand in brands),
        tuple(allow_list(brand) for brand in brands),
    )
