"""A small or round number of the brand in words, English or French: `onexbet`, `vingtminutes`.

Words for digits are not sought the other way: `4` is read as the `a` it looks like.
"""

import re
from collections.abc import Iterator

TECHNIQUE = "numeral-swap"
DISGUISED = {"en": "with a number in words", "fr": "avec un nombre en toutes lettres"}
REASON = "`{seen}` is {written} with a number in words"
VIEW = "raw"
SOUGHT = True
TYPOS_FROM = None
IS_LANGUAGE = True
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
    "10": ("ten", "dix"),
    "11": ("eleven", "onze"),
    "12": ("twelve", "douze"),
    "20": ("twenty", "vingt"),
    "24": ("twentyfour", "vingtquatre"),
    "30": ("thirty", "trente"),
    "50": ("fifty", "cinquante"),
    "100": ("hundred", "cent"),
}
_NUMBER = re.compile(r"\d+")
_SHORTEST = 6
"""Letters of what is sought."""


def spellings(plain: str, _words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """One number at a time."""
    for found in _NUMBER.finditer(plain):
        for said in _SAID.get(found[0], ()):
            text = plain[: found.start()] + said + plain[found.end() :]
            if len(text) >= _SHORTEST:
                yield (text,)
