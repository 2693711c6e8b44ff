"""What is ordinary language where it stands, and so nobody's imitation.

`cat` in `category` is no brand of that name, `casino` is no misspelling of `camino`. Each question
takes a few look-ups in the list of words, and is asked before anything is weighed.
"""

from bisect import bisect_right

from hunter.matching.sounds import sounds_like
from hunter.matching.views import Reading
from hunter.matching.words import coined, common, frequencies

_REACH = 8
"""Letters on either side among which the rest of a word is looked for."""


def is_in_dictionary(text: str) -> bool:
    """Whether it is a word, however rare, and no mere name."""
    return text in frequencies() and text not in coined()


def is_another_word(text: str, term: str) -> bool:
    """Whether a text near the term is a word of its own.

    Not when it sounds like the term (`tresor`, `trezor`), or is that without its first or last
    letter (`cloud`, `icloud`): such words are chosen for being near.
    """
    if text not in common() or text in (term[1:], term[:-1]):
        return False
    return sounds_like(text) != sounds_like(term)


def word_around(reading: Reading, start: int, end: int, more: int) -> str:
    """The longest ordinary word with so many letters more that holds these; empty when none.

    It lies within one token: `cat-egory` is no category.
    """
    words = common()
    at = bisect_right(reading.cuts, start)
    begin, finish = reading.cuts[at - 1], reading.cuts[at]
    around = texts_around(reading.plain[begin:finish], start - begin, end - begin, more)
    if words.isdisjoint(around):
        return ""
    return max((word for word in around if word in words), key=len)


def texts_around(token: str, start: int, end: int, more: int) -> list[str]:
    """Every part of a token that holds these letters and so many more, or further, near by."""
    return [
        token[first:last]
        for first in range(max(0, start - _REACH), start + 1)
        for last in range(max(end, first + end - start + more), min(len(token), end + _REACH) + 1)
    ]


def is_one_token(reading: Reading, start: int, end: int) -> bool:
    """Whether no separator stands among these letters."""
    return not any(start < edge < end for edge in reading.edges)
