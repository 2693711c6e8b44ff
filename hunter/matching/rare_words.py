"""Rare words of English and French: too rare to say how ordinary a text is, but words all the same.

`organdi` and `ionisation` are nobody's imitation of gandi.net and ionis-group.com.
"""

import gzip
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

_SHORTEST, _LONGEST = 5, 20
"""Letters; of shorter ones nearly any is found."""


def is_rare_word(text: str) -> bool:
    """Whether it is in the list, which holds none of the words that are known by a frequency."""
    if not _SHORTEST <= len(text) <= _LONGEST or not text.isascii():
        return False
    words, sought = _words(), text.encode()
    at = int(np.searchsorted(words, np.bytes_(sought)))
    return at < len(words) and bool(words[at] == sought)


@cache
def _words() -> npt.NDArray[np.bytes_]:
    """In order, and side by side in memory: a set of them would take five times the room."""
    packed = (resources.files("hunter") / "data" / "rare_words.txt.gz").read_bytes()
    return np.array(gzip.decompress(packed).split())
