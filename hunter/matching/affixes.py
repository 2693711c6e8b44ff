"""What stands beside a term within its token: nothing, digits, a lure, a word, or neither."""

from functools import lru_cache

from hunter.matching.words import COMMON, SHORTEST_WORD, frequencies, lures

_LONGEST_AFFIX = 12
_SHORTEST_LURE = 2
_KNOWN = 3.0


@lru_cache(maxsize=65536)
def affix_class(text: str, *, before: bool) -> str:
    """What the rest of a token is: nothing, digits, a lure, an ordinary word, or neither."""
    if not text or text.isdigit():
        return "digits" if text else "edge"
    return "lure" if themes(text) else _word_class_of_affix(text, before=before)


@lru_cache(maxsize=65536)
def themes(text: str) -> frozenset[str]:
    """Those of the lures that a text consists of, numbers aside: `don2027`; none when of more."""
    rest, known = text.strip("0123456789"), lures()
    if rest in known:
        return frozenset((known[rest],))
    for cut in range(_SHORTEST_LURE, len(rest)):
        if rest[:cut] in known and (others := themes(rest[cut:])):
            return others | {known[rest[:cut]]}
    return frozenset()


def _word_class_of_affix(text: str, *, before: bool) -> str:
    nearest = range(min(len(text), _LONGEST_AFFIX), SHORTEST_WORD - 1, -1)
    affixes = [text[-size:] if before else text[:size] for size in nearest]
    if not lures().keys().isdisjoint(affixes):
        return "near-lure"
    words = frequencies()
    if len(text) >= SHORTEST_WORD and words.get(text, 0.0) >= _KNOWN:
        return "word"
    if any(words.get(affix, 0.0) >= COMMON for affix in affixes if len(affix) > SHORTEST_WORD):
        return "near-word"
    if any(char.isdigit() for char in (text[-2:] if before else text[:2])):
        return "digits"
    return "bit" if len(text) < SHORTEST_WORD else "other"
