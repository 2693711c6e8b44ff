"""How a text sounds, roughly, in English and French: what is left when spelling is set aside."""

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import Hamming

VOWELS = frozenset("aeiouy")
_SOUNDS = (
    ("sch", "$"),
    ("chr", "kr"),
    ("chl", "kl"),
    ("sh", "$"),
    ("ch", "$"),
    ("ph", "f"),
    ("qu", "k"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("z", "s"),
)
"""A spelling and what stands for its sound, `$` for that of `ch`; the longer ones first."""


@lru_cache(maxsize=8192)
def sounds_like(text: str) -> str:
    """What is left when vowels, doubled letters and spellings of one sound are made one."""
    return "".join(_without_doubles(char for char in _respelt(text) if char not in VOWELS))


def is_said_as(text: str, term: str) -> bool:
    """Whether it sounds as the term does, with a vowel wherever that has one: no `dscrd`.

    An `e` at the end may be silent: `enmarsh`. Of a single letter for another both are vowels, or
    neither: no `natinnbuilder`.
    """
    if Hamming.distance(text, term) == 1 and _vowel_count(text) != _vowel_count(term):
        return False
    return _syllables(text) == _syllables(term) or (
        _syllables(text.removesuffix("e")) == _syllables(term.removesuffix("e"))
    )


def _vowel_count(text: str) -> int:
    return sum(char in VOWELS for char in text)


def _syllables(text: str) -> str:
    """Its sounds, with vowels told from consonants but not from each other."""
    spelt = _respelt(text)
    return "".join(_without_doubles("~" if char in VOWELS else char for char in spelt))


def _respelt(text: str) -> str:
    for written, sound in _SOUNDS:
        text = text.replace(written, sound)
    return text


def consonants(text: str) -> str:
    """What is left whatever becomes of the vowels, and of doubled letters: `dscrd` of `discord`."""
    return "".join(_without_doubles(char for char in text if char not in VOWELS))


def vowels(text: str) -> str:
    """Those of it, and of doubled ones but one: `io` of `diiiscord`."""
    return "".join(_without_doubles(char for char in text if char in VOWELS))


def _without_doubles(chars: Iterator[str]) -> Iterator[str]:
    last = ""
    for char in chars:
        if char != last:
            yield char
        last = char
