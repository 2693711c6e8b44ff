"""One letter written as two that look the same in any place: `en-rnarche.fr`.

What fools in the registrable label alone is in `hunter.matching.glyphs`.
"""

from collections.abc import Iterator, Mapping

TECHNIQUE = "homoglyph"
DISGUISED: Mapping[str, str] = {}
REASON = ""
VIEW = "fold"
SOUGHT = True
TYPOS_FROM = 8
IS_LANGUAGE = False
COST = None
_PAIRS = {"m": ("rn", "nn"), "w": ("vv",), "d": ("cl",)}


def spellings(plain: str, _words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """One letter at a time, and each letter everywhere."""
    for letter, pairs in _PAIRS.items():
        spots = [at for at, char in enumerate(plain) if char == letter]
        for pair in pairs:
            for at in spots:
                yield (plain[:at] + pair + plain[at + 1 :],)
            yield (plain.replace(letter, pair),)
