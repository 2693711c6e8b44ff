"""A lone digit of the brand in words, English or French: `onexbet`, `francedeux`.

Words for digits are not sought the other way: `4` is read as the `a` it looks like.
"""

import re
from collections.abc import Iterator

TECHNIQUE = "numeral-swap"
DISGUISED = {"en": "with a digit in words", "fr": "avec un chiffre en toutes lettres"}
REASON = "`{seen}` is {written} with a digit in words"
VIEW = "raw"
SOUGHT = True
TYPOS_FROM = None
IS_LANGUAGE = False
COST = 8
_SAID = {
    "0": ("zero",),
    "1": ("one", "un"),
    "2": ("two", "deux"),
    "3": ("three", "trois"),
    "4": ("four", "quatre"),
    "5": ("five", "cinq"),
    "6": ("six",),
    "7": ("seven", "sept"),
    "8": ("eight", "huit"),
    "9": ("nine", "neuf"),
}
_ALONE = re.compile(r"(?<!\d)\d(?!\d)")
_SHORTEST = 6
"""Letters of what is sought."""


def spellings(plain: str, _words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """One digit at a time."""
    for found in _ALONE.finditer(plain):
        for said in _SAID[found[0]]:
            text = plain[: found.start()] + said + plain[found.end() :]
            if len(text) >= _SHORTEST:
                yield (text,)
