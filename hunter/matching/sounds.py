"""How a text sounds, roughly, in English and French: what is left when spelling is set aside."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import Hamming

VOWELS = frozenset("aeiouy")
_SYLLABLE = re.compile("([aeiouy]*)([^aeiouy]|$)")
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
    """Whether it sounds as the term does, with vowels left out, doubled or exchanged: `dscrd`.

    With one put in or moved it does not, nor with a consonant for a vowel: `makaron`, `discrrd`.
    """
    if sounds_like(text) != sounds_like(term):
        return False
    if Hamming.distance(text, term) == 1 and _vowel_count(text) != _vowel_count(term):
        return False
    said, own = _syllables(text), _syllables(term)
    if [consonant for _, consonant in said] != [consonant for _, consonant in own]:
        return True
    return all(len(vowels) <= len(usual) for (vowels, _), (usual, _) in zip(said, own, strict=True))


def _vowel_count(text: str) -> int:
    return sum(char in VOWELS for char in text)


def _syllables(text: str) -> list[tuple[str, str]]:
    """Each consonant with the vowels before it; none of them doubled, and none at the end."""
    return _SYLLABLE.findall("".join(_without_doubles(iter(_respelt(text)))))


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
