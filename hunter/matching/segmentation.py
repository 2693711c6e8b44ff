"""How cheaply a text is spelt of ordinary words: the best cut by a unigram model, and its cost.

Each word costs the negative logarithm of its share of all words in registered names, in nats, or of
that in language, and more, where names have it hardly ever; letters that belong to no word cost
what `letters` says, and each run of them the price of a word nobody knows (Norvig, "Natural
Language Corpus Data", in Segaran and Hammerbacher (eds.), Beautiful Data, 2009). How common a word
is in speech tells little of how common it is in names.
"""

from functools import cache, lru_cache
from math import inf, log

from hunter.matching.letters import costs
from hunter.matching.words import SHORTEST_WORD, frequencies, grouped

_SHORTEST, _LONGEST_WORD = 2, 16
"""Letters."""
_HARDLY_NAMED = 3.5
"""Nats that a word costs more than in language when registered names hardly ever have it."""
_ALL_WORDS = 9.0
"""The Zipf frequency of whatever is said at all."""
_NATS = log(10)
_STEM = 5
"""Letters that tell whether a longer word may begin there."""
SELDOM_NAMED = 13.0
"""Nats from which a word is so rare in registered names that it hardly stands in one by chance."""
NEVER_NAMED = 15.0
"""Nats from which a word stands in none of the registered names in which words were counted."""
UNKNOWN_WORD = 3.0
"""Nats of a run of letters that are no word, before what the letters cost."""


def beyond_words(token: str, first: int, last: int) -> float:
    """Nats that a token costs more without the term from `first` to `last` than with it.

    A likelihood ratio: near zero when the words around the term run on through it, as in
    `supermarche`; what stands beside the term costs the same either way.
    """
    without = _spelt_up_to(token)
    return without[-1] - without[first] - spelling(token[last:])


@lru_cache(maxsize=65536)
def spelling(text: str) -> float:
    """Nats of the cheapest spelling of a text."""
    return _spelt_up_to(text)[-1]


def _spelt_up_to(text: str) -> list[float]:
    """The cost of the cheapest spelling of the first letters, for each number of them."""
    words, stems, size = word_nats(), _stems(), len(text)
    spelt, unknown = [0.0] + [inf] * size, inf
    for start, letter in enumerate(costs(text)):
        here = spelt[start]
        unknown = min(unknown, here + UNKNOWN_WORD) + letter
        spelt[start + 1] = min(spelt[start + 1], unknown)
        reach = _LONGEST_WORD if text[start : start + _STEM] in stems else _STEM - 1
        for end in range(start + _SHORTEST, min(start + reach, size) + 1):
            nats = words.get(text[start:end])
            if nats is not None and here + nats < spelt[end]:
                spelt[end] = here + nats
    return spelt


@cache
def word_nats() -> dict[str, float]:
    """Word → nats; of the words of two letters only those of which names are made."""
    said = {
        word: nats_in_speech(zipf) + _HARDLY_NAMED
        for word, zipf in frequencies().items()
        if len(word) >= SHORTEST_WORD
    }
    return said | _named()


def nats_in_speech(zipf: float) -> float:
    """Nats of a word by its frequency in language."""
    return (_ALL_WORDS - zipf) * _NATS


def _named() -> dict[str, float]:
    """Word → nats, of the words of which registered names are made."""
    found: dict[str, float] = {}
    for nats, words in grouped("name_words.txt.gz"):
        found.update(dict.fromkeys(words.split(), float(nats)))
    return found


@cache
def _stems() -> frozenset[str]:
    """How words begin that have at least so many letters."""
    return frozenset(word[:_STEM] for word in word_nats() if len(word) >= _STEM)
