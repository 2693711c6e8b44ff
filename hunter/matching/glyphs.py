"""Letters and pairs of letters that pass for another at a glance, and what comes of mixing them.

The table is that of dnstwist's ASCII homoglyphs after folding, with `li` for `h` and `ri` for `n`.
"""

from functools import lru_cache
from itertools import pairwise

GLYPHS = {
    "b": ("d", "lb"),
    "c": ("e",),
    "d": ("b", "cl", "dl"),
    "e": ("c",),
    "g": ("q",),
    "h": ("lh", "ll"),
    "k": ("lc",),
    "m": ("n", "nn", "rn"),
    "n": ("m", "r", "rl"),
    "q": ("g",),
    "u": ("v",),
    "v": ("u",),
    "w": ("vv",),
    "rn": ("m",),
    "cl": ("d",),
}
"""Folded letters → what passes for them."""


@lru_cache(maxsize=2048)
def disguises(folded: str) -> frozenset[str]:
    """The folded text with one or two of its letters exchanged for glyphs."""
    once = _exchanged(folded)
    return once.union(*map(_exchanged, once)) - {folded}


def passes_for(folded: str, term: str) -> bool:
    """Whether the folded text is the folded term but for one glyph."""
    return folded in _passing_for(term)


@lru_cache(maxsize=4096)
def _passing_for(term: str) -> frozenset[str]:
    return _exchanged(term)


def _exchanged(text: str) -> frozenset[str]:
    found: set[str] = set()
    for at, char in enumerate(text):
        found.update(text[:at] + glyph + text[at + 1 :] for glyph in GLYPHS.get(char, ()))
    for at, window in enumerate(map("".join, pairwise(text))):
        found.update(text[:at] + glyph + text[at + 2 :] for glyph in GLYPHS.get(window, ()))
        if window[0] == window[1]:
            found.update(
                text[:at] + glyph * 2 + text[at + 2 :] for glyph in GLYPHS.get(window[0], ())
            )
    return frozenset(found)
