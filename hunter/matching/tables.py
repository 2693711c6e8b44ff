"""The tables of the search and the terms, laid out for the compiled loops."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache, partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from hunter.matching.block import CODES, CONSONANTS, POWERS, Bytes, Flags, Words, letter_code
from hunter.matching.finds import passes_for_d
from hunter.matching.glyphs import disguises
from hunter.matching.index import (
    PAIRS,
    SPREAD,
    TOKENS,
    TRIGRAMS,
    Counts,
    Index,
    Pieces,
    Postings,
    postings,
    token_codes,
)
from hunter.matching.loops import Loops, loops_of
from hunter.matching.ordinary import is_in_dictionary
from hunter.matching.pieces import (
    bears_typo_amid,
    bears_typo_beside,
    is_sought_amid,
    is_sought_glued,
)
from hunter.matching.places import has_enough_consonants
from hunter.matching.sounds import consonants, sounds_like
from hunter.matching.terms import TWISTS, Term
from hunter.matching.views import FOLD, OPAQUE, Reading, fold, glue, plain_letters, read
from hunter.matching.words import (
    IN_FRONT,
    KNOWN,
    OF_ADDRESSES,
    OF_HOSTERS,
    common,
    frequencies,
    lures,
)
from hunter.names import suffix_tables

try:
    from hunter.matching import _sieve
except ImportError:
    LOOPS = Loops.ABSENT
else:
    LOOPS = loops_of(_sieve)
IS_COMPILED = LOOPS is Loops.CURRENT

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Made = TypeVar("Made", bound="DataclassInstance")

FOUND = np.dtype(
    [(name, "<i4") for name in ("line", "term", "start", "end", "distance", "left", "right", "how")]
    + [("scene", "<u8"), ("points", "<f8")]
)
"""A find, as `sieve.Row`."""
_ROW = np.dtype(
    [(name, "<u8") for name in ("first8", "last8", "mask")]
    + [("term", "<i4")]
    + [(name, "u1") for name in ("size", "offset", "kind", "standings")]
)
"""Two of them fill a line of the processor's cache."""
_LITERAL_ROW = np.dtype(
    [(name, "<u8") for name in ("word", "suffix", "suffix_mask")]
    + [("term", "<i4"), ("edited", "<i2"), ("size", "<i2")]
)
_PARTS = ("sought", "plain", "suffix", "glued", "sound", "consonants")
_SLICE = np.dtype([("at", "<i4"), ("size", "<i4")])
_TERM = np.dtype(
    [(part, _SLICE) for part in _PARTS]
    + [(name, "<i4") for name in ("own", "twist", "takes_typos", "is_word", "amid", "cis")]
)
_UNKNOWN = "\xff"
_ANY = -1
_BESIDE_LURES = (is_sought_glued, is_sought_amid, bears_typo_amid, bears_typo_beside)
_LETTERED = (
    range(0x3400), range(0x4E00, 0x4E01), range(0xA000, 0xAC00), range(0xD7A4, 1 << 16),
)  # fmt: skip
"""All but Chinese characters and Korean syllables, which are most of it and look like no letter.

The Chinese one is a stroke, which passes for a hyphen.
"""
_OTHER_SHIFT = np.uint64(24)
"""Where the other code of a literal is, in the product by which it is filed."""
_PAIR, _LITERAL = np.uint8(1 << 6), np.uint8(1 << 7)


def make_tables(index: Index, finder: "_sieve.Finder", weigher: "_sieve.Weigher") -> "_sieve.Sieve":
    """The tables of the search, laid out for the compiled loops."""
    literals, rows = _literals(index)
    return _sieve.Sieve(
        codes=np.frombuffer(CODES, np.uint8),
        begins=index.begins.view(np.uint8),
        grams=_bits(index.anywhere.postings.known),
        anywhere=_filed(index.anywhere),
        starts=_starts(index),
        at_starts=_filed(index.at_starts),
        ends=_by_offset(index.at_ends),
        at_ends=_filed(index.at_ends),
        first_pair=index.pairs.first,
        pair_terms=index.pairs.rows,
        sizes=index.sizes,
        forwards8=index.forwards8,
        backwards8=index.backwards8,
        known_literals=_known_literals(literals.known, rows["word"]),
        first_literal=literals.first,
        literals=rows,
        consonants=np.frombuffer(CONSONANTS, np.uint8),
        powers=POWERS,
        known_consonants=_bits(index.consonants.known),
        first_consonant=index.consonants.first,
        consonant_terms=index.consonants.rows,
        finder=finder,
        weigher=weigher,
    )


@cache
def shapes() -> tuple[Counts, Bytes]:
    """By code point of the basic plane where its plain letters begin among those of all.

    What must not be decoded has a byte beyond ASCII.
    """
    found = [OPAQUE.encode()] * (1 << 16)
    for points in _LETTERED:
        found[points.start : points.stop] = map(_shape, map(chr, points))
    first = np.zeros(len(found) + 1, np.int32)
    np.cumsum([len(letters) for letters in found], out=first[1:])
    return first, np.frombuffer(b"".join(found), np.uint8)


def _shape(char: str) -> bytes:
    letters = plain_letters.__wrapped__(char) if char.isprintable() and char != "." else _UNKNOWN
    return letters.encode("latin-1")


def _bits(known: Flags) -> Bytes:
    """A bit per code: they stay in the processor's cache."""
    return np.packbits(known, bitorder="little")


def _by_offset(pieces: Pieces) -> Bytes:
    """By the code of three letters a bit for each offset at which a piece has them."""
    known = pieces.postings.known.reshape(-1, TRIGRAMS)
    table: Bytes = np.packbits(known, axis=0, bitorder="little")[0]
    return table


def _starts(index: Index) -> Bytes:
    """And a bit for pairs of letters, and one for literals."""
    pairs = np.repeat(index.pairs.known, TRIGRAMS // PAIRS)
    return _by_offset(index.at_starts) | pairs * _PAIR | index.literal_starts * _LITERAL


def _filed(pieces: Pieces) -> "_sieve.Filed":
    rows = np.zeros(len(pieces.term), _ROW)
    for name in _ROW.names or ():
        rows[name] = getattr(pieces, name)
    return _sieve.Filed(pieces.postings.first, rows[pieces.postings.rows])


def _literals(index: Index) -> tuple[Postings, npt.NDArray[np.void]]:
    """All of them in one table: the letters that are hashed tell how many they are."""
    words = np.concatenate([_NO_WORDS, *(literals.word for literals in index.literals)])
    found = postings(TOKENS, zip(token_codes(words).tolist(), range(len(words)), strict=True))
    rows = np.zeros(len(words), _LITERAL_ROW)
    for name in _LITERAL_ROW.names or ():
        rows[name] = np.concatenate(
            [_NO_WORDS, *(getattr(literals, name) for literals in index.literals)]
        )
    return found, rows[found.rows]


def _known_literals(filed: Flags, words: Words) -> Bytes:
    """Two bits for each: one of them is often another's, but hardly ever both are."""
    known = filed.copy()
    known[(words * SPREAD >> _OTHER_SHIFT) & np.uint64(TOKENS - 1)] = True
    return _bits(known)


_NO_WORDS: Words = np.zeros(0, np.uint64)


def make_finder(terms: Sequence[Term], index: Index) -> "_sieve.Finder":
    """The terms, and what is asked of the text around them."""
    parts = [(_codes(term.sought), *map(raw, _texts_of(term))) for term in terms]
    rows = np.zeros(len(terms), _TERM)
    firsts = [0, *accumulate(len(text) for texts in parts for text in texts)]
    for at, part in enumerate(_PARTS):
        rows[part] = [
            (first, len(texts[at]))
            for first, texts in zip(firsts[at :: len(_PARTS)], parts, strict=False)
        ]
    rows["own"] = _own_terms(terms)
    rows["twist"] = [TWISTS.index(term.twist) for term in terms]
    rows["takes_typos"] = [term.takes_typos for term in terms]
    rows["amid"] = [any(asked(term) for asked in _BESIDE_LURES) for term in terms]
    rows["is_word"] = [is_in_dictionary(term.plain) for term in terms]
    rows["cis"] = [term.plain.count("ci") if passes_for_d(term) else _ANY for term in terms]
    return _sieve.Finder(
        terms=rows,
        letters=np.frombuffer(
            b"".join(text for texts in parts for text in texts) + b"\0", np.uint8
        ),
        places=index.places,
        backwards=index.backwards,
        ordinary=_ordinary(),
        affixes=_affixes(),
        disguised=_joined(_disguised(terms)),
        suffixes=_suffixes(),
    )


def _texts_of(term: Term) -> tuple[str, ...]:
    """Parts but the first, in their order."""
    known_by = consonants(term.plain) if has_enough_consonants(term) else ""
    return term.plain, term.suffix, glue(term.suffix), sounds_like(term.plain), known_by


def _own_terms(terms: Sequence[Term]) -> list[int]:
    """For each term the row of the one that is written as the brand writes it."""
    rows = {(term.brand.domain, term.sought): row for row, term in enumerate(terms)}
    return [rows.get((term.brand.domain, fold(term.plain)), row) for row, term in enumerate(terms)]


def _disguised(terms: Sequence[Term]) -> Iterator[bytes]:
    """Each disguise of a term's letters, after the number of the term."""
    for row, term in enumerate(terms):
        if not term.twist:
            number = row.to_bytes(4, "little")
            yield from (number + _codes(text) for text in disguises(term.sought))


@cache
def _ordinary() -> "_sieve.Ordinary":
    return _sieve.Ordinary(common=_common_words())


@cache
def _affixes() -> "_sieve.Affixes":
    known = (word for word, zipf in frequencies().items() if zipf >= KNOWN)
    return _sieve.Affixes(
        lures=texts(lures()),
        hosts=texts(OF_HOSTERS),
        in_front=texts(IN_FRONT),
        of_addresses=texts(OF_ADDRESSES),
        common=_common_words(),
        known=texts(known),
    )


@cache
def make_reader() -> Callable[[str], Reading | None]:
    """Reads a name as `views.read` does, in a tenth of the time."""
    if not IS_COMPILED:
        return read
    reader = _sieve.Reader(
        suffixes=_suffixes(), folds=np.frombuffer(FOLD, np.uint8), made_as=Reading._make
    )
    return lambda text: reader.read(text) or read(text)


def maker_of(kind: type[Made]) -> Callable[[tuple[Any, ...]], Made]:
    """Makes a frozen dataclass of the values of all its fields, in their order."""
    if not IS_COMPILED:
        return lambda values: kind(*values)
    return partial(_sieve.make_frozen, kind, tuple(field.name for field in fields(kind)))


@cache
def frequent_words() -> "_sieve.Frequencies":
    """What `words_around` asks of the words around a find."""
    known = frequencies()
    return _sieve.Frequencies(words=texts(known), zipfs=np.array([*known.values()]))


@cache
def _common_words() -> "_sieve.Texts":
    return texts(common())


@cache
def _suffixes() -> "_sieve.Suffixes":
    rules = suffix_tables()
    return _sieve.Suffixes(
        rules=texts(rules.private),
        above=texts(rules.above),
        wild=texts(rules.wild),
        exceptions=texts(rules.exceptions),
    )


def texts(given: Iterable[str]) -> "_sieve.Texts":
    """A set of texts that also tells which of them one is."""
    # All in one, for there are half a million of them, and whoever asks for one name waits.
    lines = raw("\n".join((*given, "")))
    ends = np.flatnonzero(np.frombuffer(lines + b"\0", np.uint8) == ord("\n"))
    return _texts(lines.replace(b"\n", b""), ends - np.arange(len(ends)))


def _joined(given: Iterable[bytes]) -> "_sieve.Texts":
    found = [*given]
    return _texts(b"".join(found), [*accumulate(map(len, found))])


def _texts(joined: bytes, ends: npt.ArrayLike) -> "_sieve.Texts":
    firsts = np.concatenate(([0], ends)).astype(np.int32)
    slots = np.zeros(1 << (2 * len(firsts)).bit_length(), np.int32)
    return _sieve.Texts(
        np.frombuffer(joined + b"\0", np.uint8), firsts, slots, np.zeros(len(slots) // 2, np.uint8)
    )


def _codes(text: str) -> bytes:
    return bytes(map(letter_code, text))


def raw(text: str) -> bytes:
    """What is beyond ASCII stands in no name that is looked at here."""
    return text.encode("ascii", "replace")
