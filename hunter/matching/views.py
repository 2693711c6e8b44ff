"""The views of one name: decoded, folded, glued, each with the way back to the name as written.

Decode turns every `xn--` label into Unicode. Fold gives each character the plain letter it looks
like (UTS #39 confusables, accents, digits). Glue drops hyphens and dots, so that `e-n.mar-che` and
`en-marche` read the same. A glued view remembers where tokens began.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from hunter import names
from hunter.errors import NotAName
from hunter.matching.suffixes import ending_at, registrable

FOLDS = {"0": "o", "1": "l", "i": "l", "3": "e", "4": "a", "5": "s", "8": "b"}
"""ASCII characters and the letter each is read as. `i` and `1` both pass for `l`."""
SEPARATORS = frozenset("-._")
OPAQUE = "~"
"""Stands for a character that looks like no letter of ours; only a term in others holds it."""
HYPHEN, DOT = 1, 2
MAX_LINE = 1024
"""Bytes of a line that may still be a name: 253 of DNS, and what people write around them."""
_DROPPED = "".join(sorted(SEPARATORS)).encode()
_KEPT = bytes(byte for byte in range(256) if byte not in _DROPPED)
_KINDS = bytes.maketrans(b"-_.", bytes((HYPHEN, HYPHEN, DOT)))
_AT_END = bytes((DOT,))
FOLD = bytes.maketrans("".join(FOLDS).encode(), "".join(FOLDS.values()).encode())
_PLAIN_NAME = re.compile(r"(?=.{3,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+")


class Reading(NamedTuple):
    """One name in all its views. A position is that of a character of `plain` and of `folded`.

    A tuple, since one is made for every candidate.
    """

    written: str
    text: str
    """Lower-case A-labels, without wildcard and trailing dot."""
    unicode: str
    suffix: str
    registrable: str
    plain: str
    """Glued, not folded: for an A-label the ASCII letters that its characters look like."""
    folded: str
    """Glued and folded; the same length as `plain`."""
    edges: Mapping[int, int]
    """Position → what stands before it: HYPHEN or DOT. The end of the name counts as DOT."""
    cuts: list[int]
    """The positions of the edges, in order."""
    tokens: tuple[str, ...]
    """`plain`, cut there."""
    stem: int
    """How many of the tokens stand before the public suffix."""
    head: int
    """The position at which the public suffix begins."""
    label: int
    """The position at which the registrable domain begins."""
    gaps: list[int]
    """The position at which each separator was dropped, in order; none for decoded names."""
    offset: int
    """Where `text` begins in `written`."""
    places: tuple[tuple[int, int], ...] = ()
    """For decoded names the range from `offset` on of each character: an A-label is one range."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range in `written` of the characters from `start` up to `end`."""
        if self.places:
            return self.places[start][0] + self.offset, self.places[end - 1][1] + self.offset
        first = start + bisect_right(self.gaps, start)
        return first + self.offset, end + bisect_right(self.gaps, end - 1) + self.offset


def read(written: str) -> Reading | None:
    """Every view of the name in `written`; None when it is no name."""
    if len(written) > MAX_LINE:
        return None
    text, offset = written, 0
    if not _PLAIN_NAME.fullmatch(written):
        text = written.strip().lower().removeprefix("*.").removesuffix(".")
        if not _PLAIN_NAME.fullmatch(text):
            return _read_foreign(written)
        offset = written.lower().find(text)
    if _ends_in_number(text):
        return None
    return (
        _read_decoded(written, text, offset)
        if "xn--" in text
        else _read_ascii(written, text, offset)
    )


def _ends_in_number(text: str) -> bool:
    """Whether it is an address, or no name: no top-level domain is a number (RFC 3696, 2)."""
    return text[-1].isdigit() and text.rpartition(".")[2].isdigit()


def _read_ascii(written: str, text: str, offset: int) -> Reading:
    suffix = ending_at(text)
    domain = registrable(text, suffix)
    # Bytes lose and change characters ten times as fast as text, and every candidate is read.
    raw = text.encode()
    plain, folded = raw.translate(None, _DROPPED), raw.translate(FOLD, _DROPPED)
    tokens = text.replace("-", ".").replace("_", ".").split(".")
    edges, ends = _edges(tokens, raw.translate(_KINDS, _KEPT) + _AT_END)
    cuts = [*edges]
    head = len(raw[:suffix].translate(None, _DROPPED))
    label = len(raw[: len(raw) - len(domain)].translate(None, _DROPPED))
    return Reading(
        written, text, text, text[suffix:], domain, plain.decode(), folded.decode(),
        edges, cuts, (*filter(None, tokens),), cuts.index(head), head, label, ends[:-1], offset,
    )  # fmt: skip


def _edges(tokens: list[str], kinds: bytes) -> tuple[dict[int, int], list[int]]:
    """Edges, and the position after each token, given what stands after it."""
    edges = {0: DOT}
    ends: list[int] = []
    at = 0
    for token, kind in zip(tokens, kinds, strict=True):
        at += len(token)
        ends.append(at)
        # Of separators in a row the dot counts.
        edges[at] = kind if token else max(kind, edges[at])
    return edges, ends


def _read_foreign(written: str) -> Reading | None:
    """A name in raw Unicode: read by its A-labels."""
    if written.isascii():
        return None
    try:
        text = names.to_ascii(written)
    except NotAName:
        return None
    return _read_decoded(written, text, -1) if "." in text and not _ends_in_number(text) else None


def _read_decoded(written: str, text: str, offset: int) -> Reading:
    """With no offset `written` shows what `text` is decoded to.

    Where it does so in other characters, as with dots of another script, a span is the whole.
    """
    unicode = names.to_unicode(text)
    suffix = ending_at(text)
    domain = registrable(text, suffix)
    shows = offset < 0
    if shows:
        offset = written.lower().find(unicode) if len(written.lower()) == len(written) else -1
    plain: list[str] = []
    places: list[tuple[int, int]] = []
    edges, label_starts = {0: DOT}, {0: 0}
    for at, (char, place) in enumerate(_shown_characters(text, unicode)):
        if char == ".":
            edges[len(plain)] = DOT
            label_starts[place[1]] = len(plain)
        elif separates(char):
            edges.setdefault(len(plain), HYPHEN)
        else:
            letters = plain_letters(char)
            plain += letters
            seen = (at, at + 1) if shows else place
            places += [seen if offset >= 0 else (0, len(written))] * len(letters)
    glued, cuts, head = "".join(plain), [*edges], label_starts[suffix]
    tokens = tuple(glued[start:end] for start, end in pairwise(cuts))
    begin = label_starts[len(text) - len(domain)]
    return Reading(
        written, text, unicode, text[suffix:], domain, glued, fold(glued),
        edges, cuts, tokens, cuts.index(head), head, begin, [], max(offset, 0), (*places,),
    )  # fmt: skip


def _shown_characters(text: str, unicode: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each character and its range in `text`, with a dot behind each label."""
    at = 0
    for label, decoded in zip(text.split("."), unicode.split("."), strict=True):
        for index, char in enumerate(decoded):
            first, size = (at, len(label)) if label != decoded else (at + index, 1)
            yield char, (first, first + size)
        at += len(label) + 1
        yield ".", (at - 1, at)


@cache
def confusables() -> dict[str, str]:
    """Non-ASCII character → the plain ASCII text it looks like: UTS #39, and like shapes.

    UTS #39 leaves out what no font draws quite alike, such as the Greek epsilon.
    """
    shapes = (line.split() for line in _data_lines("letter_shapes.txt"))
    alike = {chr(int(code, 16)): letter for letter, *codes in shapes for code in codes}
    pairs = (line.partition(" ") for line in _data_lines("confusables.txt"))
    return alike | {chr(int(code, 16)): text for code, _, text in pairs}


def _data_lines(name: str) -> Iterator[str]:
    text = (resources.files("hunter") / "data" / name).read_text("ascii")
    return (line for line in text.splitlines() if not line.startswith("#"))


def shown(reading: Reading, start: int, end: int) -> tuple[str, str]:
    """What shows as the plain letters from `start` up to `end`, and the labels it lies in."""
    unicode = reading.unicode
    characters = [
        at for at, char in enumerate(unicode) if not separates(char) for _ in plain_letters(char)
    ]
    first, last = characters[start], characters[end - 1]
    begin = unicode.rfind(".", 0, first) + 1
    return unicode[first : last + 1], unicode[begin:last] + unicode[last:].partition(".")[0]


@cache
def plain_letters(char: str) -> str:
    """The ASCII letters and digits that one character looks like; OPAQUE when there are none.

    A mark that combines with the letter before it adds nothing, a stroke is a hyphen.
    """
    if char.isascii():
        return char.lower()
    if unicodedata.category(char) in _MARKS:
        return ""
    known = confusables().get(char) or confusables().get(char.lower())
    if known:
        return known.replace("-", "") or "-"
    parts = unicodedata.normalize("NFKD", char.lower())
    base = [part for part in parts if not unicodedata.combining(part)]
    letters = "".join(confusables().get(part) or _named_letter(part) for part in base)
    return letters if letters.isascii() and letters.isalnum() else OPAQUE


def separates(char: str) -> bool:
    """Whether it is a separator, or looks like one: the Chinese 一 passes for a hyphen."""
    return plain_letters(char) in SEPARATORS


def is_foreign(char: str) -> bool:
    """A letter of another alphabet than ours that passes for one of it."""
    if char.isascii() or unicodedata.name(char, "").startswith("LATIN"):
        return False
    return plain_letters(char) not in ("", OPAQUE, "-")


def _named_letter(char: str) -> str:
    """The plain letter in the name of a Latin letter: h of LATIN SMALL LETTER H WITH DESCENDER."""
    found = None if char.isascii() else _LATIN_LETTER.fullmatch(unicodedata.name(char, ""))
    return found[1].lower() if found else char


_MARKS = frozenset(("Mn", "Me"))
"""Categories of what is written around a letter; not all of it combines in the sense of NFC."""
_LATIN_LETTER = re.compile(r"LATIN (?:SMALL LETTER|LETTER SMALL CAPITAL) ([A-Z])(?: WITH .*| BAR)?")


class _PlainTable(dict[int, str]):
    """For `str.translate`: each character's plain letters, worked out when it first turns up."""

    def __missing__(self, code: int) -> str:
        self[code] = plain_letters(chr(code))
        return self[code]


_PLAIN = _PlainTable()


def plain_text(text: str) -> str:
    """Each character replaced by the plain letters it looks like; separators stay."""
    return text.translate(_PLAIN)


def fold(text: str) -> str:
    """Lower-case ASCII with digits and letters that look alike made one."""
    # As bytes it takes a tenth of the time, and it is asked of every candidate.
    return text.encode().translate(FOLD).decode()


def glue(text: str) -> str:
    """The text without hyphens, dots and underscores."""
    for separator in SEPARATORS:
        text = text.replace(separator, "")
    return text
