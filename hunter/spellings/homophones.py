"""One sound of the brand in other letters, French or English: `reconkete`, `en-marsh`.

What is near by its letters is found anyway, so that these are names to look up and no more.
"""

import re
from collections.abc import Iterator, Mapping

TECHNIQUE = "homophone"
DISGUISED: Mapping[str, str] = {}
REASON = ""
VIEW = "raw"
SOUGHT = False
TYPOS_FROM = None
IS_LANGUAGE = False
COST = 8
_SOUNDS = tuple(
    (re.compile(letters), others)
    for letters, *others in (
        (r"eau|au", "o"),
        (r"o(?![aeiouy])", "au", "eau"),
        (r"ai|ei", "e"),
        (r"en(?![aeiouyhn])", "an"),
        (r"an(?![aeiouyhn])", "en"),
        (r"em(?=[bp])", "am"),
        (r"am(?=[bp])", "em"),
        (r"ee|ea(?!u)", "i"),
        (r"oo", "u", "ou"),
        (r"y", "i"),
        (r"(?<![aeo])i(?![aeiou])", "y"),
        (r"ph", "f"),
        (r"f", "ph"),
        (r"qu(?=[eiy])", "k"),
        (r"qu(?=[ao])", "c", "k"),
        (r"que$", "k", "c"),
        (r"ck|c(?![ehikyc])", "k"),
        (r"k(?=[aou])", "c"),
        (r"k(?=[eiy])", "qu"),
        (r"c(?=[eiy])", "s", "ss"),
        (r"ss(?=[eiy])", "c"),
        (r"(?<=[aeiouy])s(?=[aeiouy])", "z"),
        (r"z", "s"),
        (r"che?$|ch", "sh"),
        (r"sh", "ch"),
        (r"th", "t"),
        (r"tion", "sion"),
        (r"x", "ks"),
        (r"gu(?=[eiy])", "g"),
        (r"g(?=[eiy])", "j"),
        (r"j(?=[eiy])", "g"),
    )
)
"""Letters, where they have that sound, and others that have it."""


def spellings(plain: str, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """One exchange each, in one of the words."""
    parts = words or (plain,)
    for place, word in enumerate(parts):
        for text in _exchanged(word):
            yield (*parts[:place], text, *parts[place + 1 :])


def _exchanged(word: str) -> Iterator[str]:
    for letters, others in _SOUNDS:
        for found in letters.finditer(word):
            for other in others:
                yield word[: found.start()] + other + word[found.end() :]
