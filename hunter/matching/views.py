"""The views of one name: decoded, folded, glued, each with the way back to the name as written.

Decode turns every `xn--` label into Unicode. Fold gives each character the plain letter it looks
like (UTS #39 confusables, accents, digits). Glue drops hyphens and dots, so that `e-n.mar-che` and
`en-marche` read the same. A glued view remembers where tokens began.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

from hunter import names
from hunter.errors import NotAName

FOLDS = {"0": "o", "1": "l", "i": "l", "3": "e", "4": "a", "5": "s", "8": "b"}
"""ASCII characters and the letter each is read as. `i` and `1` both pass for `l`."""
SEPARATORS = frozenset("-._")
OPAQUE = "~"
"""Stands for a character that looks like no letter; no term holds it."""
HYPHEN, DOT = 1, 2
_FOLD_ASCII = str.maketrans(FOLDS)
_MAX_LINE = 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """One name in all its views. The sequences of one index each describe one glued character."""

    written: str
    text: str
    unicode: str
    registrable: str
    suffix: str
    plain: str
    """Glued, not folded: the characters as a reader sees them."""
    folded: str
    """Glued and folded; the same length as `plain`."""
    starts: tuple[int, ...]
    """Where each character begins in `written`."""
    ends: tuple[int, ...]
    """Where it ends in `written`: an A-label has no inner positions, so it counts as a whole."""
    edges: tuple[int, ...]
    """What stood before each character: 0, HYPHEN or DOT; one more for the end of the name."""
    head: int
    """How many of the characters stand before the public suffix."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range in `written` of the glued characters from `start` up to `end`."""
        return self.starts[start], self.ends[end - 1]


@cache
def confusables() -> dict[str, str]:
    """Non-ASCII character → the plain ASCII text it looks like (UTS #39)."""
    lines = (resources.files("hunter") / "data" / "confusables.txt").read_text("ascii").split("\n")
    return {
        chr(int(code, 16)): text
        for code, _, text in (line.partition(" ") for line in lines if line)
    }


@cache
def plain_letters(char: str) -> str:
    """The ASCII letters and digits that one character looks like; OPAQUE when there are none."""
    if char.isascii():
        return char.lower()
    known = confusables().get(char)
    if known is not None:
        return known
    base = "".join(
        part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)
    )
    letters = "".join(confusables().get(part, part) for part in base.lower())
    return letters if letters.isascii() and letters.isalnum() else OPAQUE


def fold(text: str) -> str:
    """Plain lower-case ASCII with digits and lookalike letters made one."""
    return text.translate(_FOLD_ASCII)


def glue(text: str) -> str:
    """The text without hyphens, dots and underscores."""
    return "".join(char for char in text if char not in SEPARATORS)


def read(written: str) -> Reading | None:
    """Every view of the name in `written`; None when it is no name."""
    if len(written) > _MAX_LINE:
        return None
    try:
        name = names.parse(written)
    except NotAName:
        return None
    offset = _offset(written, name.text)
    plain: list[str] = []
    places: list[tuple[int, int]] = []
    edges: list[int] = []
    head = 0
    suffix_at = len(name.text) - len(name.suffix)
    edge, at = DOT, 0
    for label, decoded in zip(name.text.split("."), name.unicode.split("."), strict=True):
        if at == suffix_at:
            head = len(plain)
        edge = DOT
        whole = (offset + at, offset + at + len(label)) if label != decoded or offset < 0 else None
        for index, char in enumerate(decoded):
            if char in "-_":
                edge = max(edge, HYPHEN)
                continue
            place = whole or (offset + at + index, offset + at + index + 1)
            for letter in plain_letters(char):
                plain.append(letter if len(plain_letters(char)) > 1 or char.isascii() else letter)
                places.append(place)
                edges.append(edge)
                edge = 0
        at += len(label) + 1
    edges.append(DOT)
    glued = "".join(plain)
    return Reading(
        written=written,
        text=name.text,
        unicode=name.unicode,
        registrable=name.registrable,
        suffix=name.suffix,
        plain=glued,
        folded=fold(glued),
        starts=tuple(start for start, _ in places),
        ends=tuple(end for _, end in places),
        edges=tuple(edges),
        head=head,
    )


def _offset(written: str, text: str) -> int:
    return max(written.lower().find(text), 0)
