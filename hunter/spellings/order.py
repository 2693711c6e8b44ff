"""The brand's words in another order: `marche-en.fr`."""

from collections.abc import Iterator
from itertools import permutations

TECHNIQUE = "token-order"
DISGUISED = {"en": "with its words in another order", "fr": "avec ses mots dans un autre ordre"}
REASON = "`{seen}` has the words of {written} in another order"
VIEW = "glue"
SOUGHT = True
TYPOS_FROM = None
IS_LANGUAGE = True
COST = 8
_MOST_WORDS = 4


def spellings(_plain: str, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every order of up to four words."""
    if 1 < len(words) <= _MOST_WORDS:
        yield from permutations(words)
