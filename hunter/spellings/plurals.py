"""Each of the longer words of a brand in the plural: `credits-agricoles`; of one it is a typo."""

from collections.abc import Iterator, Mapping

TECHNIQUE = "plural"
DISGUISED: Mapping[str, str] = {}
REASON = "`{seen}` is {written} with its words in the plural"
VIEW = "raw"
SOUGHT = True
TYPOS_FROM = None
IS_LANGUAGE = True
COST = 8
_SHORTEST = 4
"""Letters of a word that has a plural; articles and prepositions are shorter."""


def spellings(_plain: str, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All of them at once, where there are several."""
    plural = tuple(map(_plural, words))
    if sum(one != other for one, other in zip(words, plural, strict=True)) > 1:
        yield plural


def _plural(word: str) -> str:
    return word if len(word) < _SHORTEST or word[-1] in "sxz" else f"{word}s"
