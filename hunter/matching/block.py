"""A block of names as arrays: folded, glued, with the edges of tokens marked.

One byte a character: the low five bits are the letter (1..26, 27..31 for what is no letter), bit 5
marks an edge: the character that follows a separator, and the end of a name; bit 6 says that the
separator was a dot. Before the text is glued, a separator is a byte with bit 7 and the marks of
what follows it. Everything is vectorised, since a Python object per name would cost more than the
whole search.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from hunter.matching.sounds import VOWELS
from hunter.matching.views import FOLDS, MAX_LINE, SEPARATORS
from hunter.names import MAX_LABEL

Bytes: TypeAlias = npt.NDArray[np.uint8]
Words: TypeAlias = npt.NDArray[np.uint64]
Places: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]

GRAMS = 1 << 20
"""Codes of four letters."""
PAD = 64
"""Empty characters before and after the text, so that no look to the side leaves the array."""
EDGE = 32
LETTER = 31
AFTER_DOT = 64
_NEWLINE = EDGE | AFTER_DOT
_DROPPED = 128
_HYPHEN = _DROPPED | EDGE
_DOT = _DROPPED | EDGE | AFTER_DOT
_OTHER = 31


def letter_code(char: str) -> int:
    """1..26 for a letter, 27..30 for the digits that are no letter's lookalike, 31 for the rest."""
    if "a" <= char <= "z":
        return ord(char) - 96
    return 27 + "2679".index(char) if char in "2679" else _OTHER


def gram_code(gram: str) -> int:
    """Five bits a letter, the first letter highest."""
    code = 0
    for char in gram:
        code = code << 5 | letter_code(char)
    return code


def count_grams(words: Iterable[str]) -> Places:
    """How often each four letters in a row stand in the words, by their code."""
    codes = np.frombuffer("\n".join(words).encode().translate(CODES), np.uint8).astype(np.int32)
    one, two, three, four = (codes[at : len(codes) - 3 + at] for at in range(4))
    grams = one << 15 | two << 10 | three << 5 | four
    return np.bincount(grams[(one | two | three | four) < EDGE], minlength=GRAMS)


def _translation() -> bytes:
    table = bytearray([_OTHER] * 256)
    for code in range(128):
        char = chr(code).lower()
        table[code] = _HYPHEN if char in SEPARATORS else letter_code(FOLDS.get(char, char))
    for char in ". \t\r":
        # Space around a name is none of it.
        table[ord(char)] = _DOT
    table[ord("\n")] = _NEWLINE
    return bytes(table)


CODES = _translation()


def _consonants() -> bytes:
    """What is skipped is 0: vowels, and hyphens."""
    table = bytearray([_OTHER_CONSONANT] * 256)
    for code in range(128):
        char = chr(code).lower()
        if char in VOWELS or char in SEPARATORS:
            table[code] = 0
        elif char.isascii() and char.isalnum():
            table[code] = 1 + "0123456789abcdefghijklmnopqrstuvwxyz".index(char)
    for char in ". \t\r\n":
        table[ord(char)] = BOUNDARY
    return bytes(table)


BOUNDARY = 255
"""Where a label ends."""
_OTHER_CONSONANT = 37
CONSONANTS = _consonants()
POWERS = np.array(
    [pow(0x9E3779B97F4A7C15, at + 1, 1 << 64) for at in range(MAX_LINE + 1)], np.uint64
)
"""What the code of each consonant in a row is multiplied by."""


def consonant_sum(consonants: str) -> int:
    """By which a label's consonants, doubled ones made one, are looked up: 64 bits."""
    codes = consonants.encode().translate(CONSONANTS)
    powers = POWERS.tolist()
    total: int = sum(code * power for code, power in zip(codes, powers, strict=False))
    return total % (1 << 64)


def _consonant_sums(names: bytes) -> tuple[Places, Words]:
    """The 0-based line of each label that has consonants, and the sum of these."""
    codes = np.frombuffer(names.translate(CONSONANTS) + bytes([BOUNDARY]), np.uint8)
    ends_line = np.frombuffer(names + b"\n", np.uint8) == ord("\n")
    line = np.cumsum(ends_line) - ends_line
    codes, line = codes[codes != 0], line[codes != 0]
    doubled = np.append(False, codes[1:] == codes[:-1]) & (codes != BOUNDARY)
    codes, line = codes[~doubled], line[~doubled]
    ends = np.flatnonzero(codes == BOUNDARY)
    begins = np.append(0, ends[:-1] + 1)
    within = np.arange(len(codes)) - np.repeat(begins, ends + 1 - begins)
    values = codes.astype(np.uint64) * POWERS[np.minimum(within, len(POWERS) - 1)]
    values[ends] = 0
    sums = np.append(np.uint64(0), np.cumsum(values))
    told = ends > begins
    return line[ends[told]], sums[ends[told]] - sums[begins[told]]


@dataclass(frozen=True, slots=True)
class Block:
    """The glued text of some names. Positions count from the start of the padded arrays."""

    marked: Bytes
    """Letters with their edge bits."""
    letters: Bytes
    newlines: Places
    suffixes: Places
    """Where the last label begins, line by line."""
    starts: Places
    """Where a token begins, the last label (of the public suffix) left out."""
    ends: Places
    """Where that token ends: parallel to `starts`."""
    consonants: tuple[Places, Words]
    """Of each label the line, and the sum of its consonants (`consonant_sum`)."""

    def lines(self, places: Places) -> Places:
        """The 0-based line on which each place stands."""
        return np.searchsorted(self.newlines, places)

    def words(self) -> Words:
        """Eight letters from each position on, the first in the lowest byte."""
        size = len(self.letters) - 7
        return np.ndarray((size,), "<u8", self.letters.data, strides=(1,))


def make_block(names: bytes) -> Block:
    """The arrays for newline-joined names."""
    raw = np.frombuffer(names.translate(CODES) + bytes([_NEWLINE]), np.uint8)
    raw = _with_dotted_runs(raw)
    kept = _mark_edges(raw)[raw < _DROPPED]
    marked = np.zeros(len(kept) + 2 * PAD, np.uint8)
    marked[PAD:-PAD] = kept
    letters = np.bitwise_and(marked, np.uint8(LETTER))
    edges = np.flatnonzero(marked >= EDGE)
    ends_name = letters[edges] == 0
    token = np.logical_not(ends_name[:-1] | ends_name[1:])
    ends = np.flatnonzero(ends_name)
    return Block(
        marked=marked,
        letters=letters,
        newlines=edges[ends],
        suffixes=edges[np.maximum(ends - 1, 0)],
        starts=edges[:-1][token],
        ends=edges[1:][token],
        consonants=_consonant_sums(names),
    )


def _with_dotted_runs(raw: Bytes) -> Bytes:
    """A hyphen beside a dot counts as a dot, all along a run that a label can hold.

    So does one that a line begins with.
    """
    begins = np.flatnonzero((raw[:-1] == _NEWLINE) & (raw[1:] == _HYPHEN)) + 1
    mixed = _mixed(raw)
    if not (len(mixed) or len(begins) or raw[0] == _HYPHEN):
        return raw
    raw = raw.copy()
    raw[begins] = _DOT
    raw[0] = _DOT if raw[0] == _HYPHEN else raw[0]
    mixed = _mixed(raw)
    for _ in range(MAX_LABEL):
        raw[mixed] = raw[mixed + 1] = _DOT
        mixed = _mixed(raw)
        if not len(mixed):
            break
    return raw


def _mixed(raw: Bytes) -> Places:
    separates = raw >= _DROPPED
    return np.flatnonzero(separates[:-1] & separates[1:] & (raw[:-1] != raw[1:]))


def _mark_edges(raw: Bytes) -> Bytes:
    marked = raw.copy()
    marked[1:] |= raw[:-1] & (EDGE | AFTER_DOT)
    marked[0] |= EDGE | AFTER_DOT
    return marked
