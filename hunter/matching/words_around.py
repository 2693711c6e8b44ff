"""The words of which a find may be a part: around it, across it, or beyond it in its token."""

from collections.abc import Callable
from functools import cache

from hunter.matching.affixes import themes
from hunter.matching.ordinary import texts_around
from hunter.matching.tables import IS_COMPILED, frequent_words
from hunter.matching.words import (
    COMMON,
    SHORTEST_TOKEN,
    SHORTEST_WORD,
    VERY_COMMON,
    as_token,
    frequencies,
)

Look = Callable[[str, int, int], float]
"""At a token, and where in it a find begins and ends."""
_REACH = 8
"""Letters on either side of a find among which such a word begins or ends."""


@cache
def looks_around() -> tuple[Look, Look]:
    """The two looks at words of which a find may be a part; compiled where that could be."""
    if not IS_COMPILED:
        return within_word, across_words
    words = frequent_words()
    return words.within, words.across


def within_word(token: str, first: int, last: int) -> float:
    """The most frequent word that holds the find and more: `marche` in `supermarche`."""
    words = frequencies()
    return max((words.get(text, 0.0) for text in texts_around(token, first, last, 1)), default=0.0)


def across_words(token: str, first: int, last: int) -> float:
    """Two words with their seam inside the find: `mail`, `cloud` in `mailcloud`, for `icloud`."""
    words = frequencies()
    best = 0.0
    for seam in range(first + 1, last):
        starts = range(max(0, first - _REACH), min(first, seam - SHORTEST_WORD) + 1)
        left = max((words.get(token[start:seam], 0.0) for start in starts), default=0.0)
        if left > best:
            ends = range(max(last, seam + SHORTEST_WORD), min(len(token), last + _REACH) + 1)
            right = max((words.get(token[seam:end], 0.0) for end in ends), default=0.0)
            best = max(best, min(left, right))
    return best


def other_words(token: str, first: int, last: int) -> float:
    """The rarer of two words that meet inside the find, when the token reads as words throughout.

    `bien` and `marche` in `bienmarche`, for `en-marche`; not `teen` in `voteenmarche`, since `vo`
    is none. Zero when what stands before the find is the more frequent word.
    """
    best = 0.0
    for seam in range(first + 1, last):
        left, start = _last_word(token[:seam], first)
        if left > best and _reads_on(token[:start]):
            best = max(best, min(left, _first_word(token[seam:], last - seam)))
    return 0.0 if best <= max(COMMON, as_token(token[:first])) else best


def words_beyond(token: str, last: int) -> float:
    """The word that an article at its begin has behind it, when it goes on well beyond the find.

    `penseur` in `lepenseur`, for `lepen`.
    """
    least = last + SHORTEST_WORD
    if len(token) < least:
        return 0.0
    cuts = (SHORTEST_TOKEN, SHORTEST_WORD)
    articles = [cut for cut in cuts if as_token(token[:cut]) >= VERY_COMMON]
    return max((_first_word(token[cut:], least - cut) for cut in articles), default=0.0)


def begins_a_longer_word(token: str, last: int) -> bool:
    """Whether what begins it begins a longer word, and what stands behind it is no word.

    `atlas` in `atlascaftan`, for `atla`; not `joyas` in `joyashoes`, nor the plural of a word.
    """
    rest = token[last:]
    if _reads_on(rest) or (rest == "s" and token[:last] in frequencies()):
        return False
    longer = range(last + 1, min(len(token), last + _REACH) + 1)
    return any(as_token(token[:end]) >= COMMON for end in longer)


def are_two_words(token: str, last: int) -> bool:
    """Whether it is two ordinary words that meet before `last`: `one` and `tag`, of `onet`."""
    seams = range(SHORTEST_TOKEN, last)
    return any(min(as_token(token[:at]), as_token(token[at:])) >= COMMON for at in seams)


def _last_word(text: str, first: int) -> tuple[float, int]:
    """The most frequent word at the end of the text that begins before `first`, and where."""
    starts = range(max(0, first - _REACH), first)
    return max(((as_token(text[start:]), start) for start in starts), default=(0.0, 0))


def _first_word(text: str, least: int) -> float:
    """The most frequent word at the begin of the text, of so many letters, with words behind it."""
    ends = range(least, min(len(text), least + _REACH) + 1)
    return max((as_token(text[:end]) for end in ends if _reads_on(text[end:])), default=0.0)


def _reads_on(rest: str) -> bool:
    return not rest or rest.isdigit() or bool(themes(rest)) or as_token(rest) >= COMMON
