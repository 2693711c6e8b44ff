"""Lines that hold A-labels or raw Unicode: they are decoded before they can be searched.

About one name in a hundred: each is decoded in Python, and its plain letters are searched instead.
"""

import numpy as np

from hunter import names
from hunter.errors import NotAName
from hunter.matching.lines import Lines
from hunter.matching.views import plain_text

_FIRST_BEYOND_ASCII = 0x80


def foreign_lines(lines: Lines) -> dict[int, str]:
    """The lines to be searched apart, in order, and what each looks like in plain letters."""
    places = _a_labels(lines.block)
    if not lines.block.isascii():
        places += np.flatnonzero(
            np.frombuffer(lines.block, np.uint8) >= _FIRST_BEYOND_ASCII
        ).tolist()
    numbers = np.unique(lines.numbers(np.array(places, np.int64)))
    texts = map(_in_plain_letters, lines.texts(numbers))
    return dict(zip(numbers.tolist(), texts, strict=True))


def _a_labels(block: bytes) -> list[int]:
    lower = block.lower()
    places: list[int] = []
    at = lower.find(b"xn--")
    while at >= 0:
        places.append(at)
        # One A-label is enough to make the line foreign.
        end = lower.find(b"\n", at)
        at = lower.find(b"xn--", end) if end >= 0 else end
    return places


def _in_plain_letters(text: str | None) -> str:
    """What the engine is to search; a stand-in without letters for what is no name."""
    if text is None:
        return ""
    written = text.strip().lower()
    if not written.isascii():
        try:
            written = names.to_ascii(written)
        except NotAName:
            return ""
    return plain_text(names.to_unicode(written))
