"""What stands beside a term within its token: nothing, digits, a lure, a word, or neither."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain

from rapidfuzz.distance import OSA

from hunter.matching.words import KNOWN, SHORTEST_WORD, common, frequencies, lures

_LONGEST_AFFIX = 12
_SHORTEST_LURE = 2
_CLEAR_LURE = 5
"""Letters from which a lure is seen in what else is no word."""
_MISSPELT_LURE = 6
"""Letters from which a lure is known with a typo, if not in its first letter."""
_READ_AS = tuple(str.maketrans("01345", letters) for letters in ("oieas", "oleas"))
_SHORTEST_IN_DIGITS = 4
"""Letters from which a lure is known in which digits stand for some."""
_NO_PLURAL = 5.0
"""The Zipf frequency from which a word is no plural of a lure: `pays`, `corps`."""


@lru_cache(maxsize=8192)
def class_before(text: str) -> str:
    """The class of the text before a term; asked of every find, and mostly of the same texts."""
    return affix_class(text, before=True)


@lru_cache(maxsize=8192)
def class_after(text: str) -> str:
    """The class of the text after it."""
    return affix_class(text, before=False)


def affix_class(text: str, *, before: bool) -> str:
    """What the rest of a token is: nothing, digits, a lure, an ordinary word, or neither."""
    # A letter says something by itself alone: `m-orange.fr`, not `micloud.fun`.
    if len(text) >= _SHORTEST_LURE and themes(text):
        return "lure"
    if not text or text.isdigit():
        return "digits" if text else "edge"
    return _word_class_of_affix(text, before=before)


@lru_cache(maxsize=8192)
def themes(text: str) -> frozenset[str]:
    """Those of the lures that a text consists of, numbers aside: `don2027`; none when of more.

    A number that is listed is one itself.
    """
    known = lures()
    if text in known:
        return frozenset((known[text],))
    rest = text.strip("0123456789")
    if len(rest) >= _SHORTEST_LURE and rest in known:
        return frozenset((known[rest],))
    if found := _in_digits(text) | _in_digits(rest):
        return found
    # `coliseum` is no `colis`, and `salem` no `sale`.
    if is_word(rest):
        return frozenset()
    for cut in range(_SHORTEST_LURE, len(rest) - _SHORTEST_LURE + 1):
        if rest[:cut] in known and (others := themes(rest[cut:])):
            return others | {known[rest[:cut]]}
    return frozenset()


def _in_digits(text: str) -> frozenset[str]:
    """The theme of a lure that has digits for letters: `l0gin`."""
    if len(text) < _SHORTEST_IN_DIGITS or text.isalpha() or text.isdigit():
        return frozenset()
    return frozenset(lures()[word] for word in map(text.translate, _READ_AS) if word in lures())


def is_amid_lures(token: str, start: int, end: int) -> bool:
    """Whether all else of a token are lures on both sides, of more than a letter: `myhsbclogin`."""
    before, after = token[:start], token[end:]
    if min(len(before), len(after)) < _SHORTEST_LURE:
        return False
    return bool(themes(before) and themes(after))


@lru_cache(maxsize=8192)
def themes_within(text: str, least: int = _CLEAR_LURE) -> frozenset[str]:
    """Those of the lures that a text consists of, also of many, or begins or ends with.

    Such a lure has `least` letters: `verifications`; `securityagt` and `wwebmail`, but no ordinary
    word.
    """
    common = frequencies().get(text, 0.0) >= _NO_PLURAL
    plural = frozenset[str]() if common else themes(text.removesuffix("s"))
    if (found := themes(text) or plural) or text in frequencies():
        return found
    known = lures()
    parts = ((text[:size], text[-size:]) for size in range(least, len(text)))
    return frozenset(known[part] for part in chain.from_iterable(parts) if part in known)


@lru_cache(maxsize=8192)
def misspelt_themes(text: str) -> frozenset[str]:
    """Those of the longer lures from which a text that is no word is one edit: `paiment`."""
    if len(text) < _MISSPELT_LURE or text in frequencies():
        return frozenset()
    meant = chain.from_iterable(_longer_lures().get(less, ()) for less in _less_a_letter(text))
    return frozenset(
        lures()[word] for word in meant if word[0] == text[0] and OSA.distance(word, text) == 1
    )


@cache
def _longer_lures() -> dict[str, set[str]]:
    """By what is left of each without one of its letters, or without any."""
    found = defaultdict[str, set[str]](set)
    for word in filter(lambda word: len(word) >= _MISSPELT_LURE, lures()):
        for less in _less_a_letter(word):
            found[less].add(word)
    return dict(found)


def _less_a_letter(text: str) -> Iterator[str]:
    yield text
    yield from (text[:at] + text[at + 1 :] for at in range(len(text)))


def _word_class_of_affix(text: str, *, before: bool) -> str:
    sizes = range(SHORTEST_WORD, min(len(text), _LONGEST_AFFIX) + 1)
    affixes = [text[-size:] if before else text[:size] for size in sizes]
    if not lures().keys().isdisjoint(affixes):
        return "near-lure"
    if is_word(text):
        return "word"
    if not common().isdisjoint(affixes[1:]):
        return "near-word"
    if any(char.isdigit() for char in (text[-2:] if before else text[:2])):
        return "digits"
    return "bit" if len(text) < SHORTEST_WORD else "other"


def is_word(text: str) -> bool:
    """Whether the rest of a token is a word."""
    return len(text) >= SHORTEST_WORD and frequencies().get(text, 0.0) >= KNOWN
