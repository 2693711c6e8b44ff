"""Rare words of English and French: too rare to say how ordinary a text is, but words all the same.

`organdi` and `ionisation` are nobody's imitation of gandi.net and ionis-group.com.
"""

import gzip
from collections.abc import Container
from functools import cache
from importlib import resources

from hunter.matching.tables import IS_COMPILED, texts

_SHORTEST, _LONGEST = 5, 20
"""Letters; of shorter ones nearly any is found."""


def is_rare_word(text: str) -> bool:
    """Whether it is in the list, which holds none of the words that are known by a frequency."""
    return _SHORTEST <= len(text) <= _LONGEST and text in _words()


@cache
def _words() -> Container[str]:
    """A set of them takes three times the room where it is not compiled."""
    packed = (resources.files("hunter") / "data" / "rare_words.txt.gz").read_bytes()
    words = gzip.decompress(packed).decode("ascii").split()
    return texts(words) if IS_COMPILED else frozenset(words)
