"""Whether a term is a set phrase, such as `le monde`, and stands amid other words."""

from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from string import digits

from hunter.matching.affixes import class_after, class_before, is_word, themes
from hunter.matching.asking import beside_in_its_part
from hunter.matching.evidence import labels_around
from hunter.matching.places import Find
from hunter.matching.rare_words import is_rare_word
from hunter.matching.scenes import beside
from hunter.matching.terms import Term
from hunter.matching.views import Reading
from hunter.matching.words import (
    COMMON,
    KNOWN,
    SHORTEST_TOKEN,
    SHORTEST_WORD,
    as_token,
    coined,
    frequencies,
    set_phrases,
    trades,
)

_BEFORE_NOUNS = frozenset((
    "le", "la", "les", "un", "une", "du", "de", "des", "au", "aux", "en", "sur", "par", "mon",
    "the", "an", "of", "in", "on", "at", "by", "to", "for", "my",
    "el", "los", "las", "lo", "del", "al", "una", "por", "con", "mi",
    "il", "gli", "di", "da", "nel", "per", "um", "uma", "em",
    "der", "die", "das", "den", "dem", "ein", "im", "auf", "bei", "mit", "von", "zu", "zum",
    "het", "een", "op", "van",
))  # fmt: skip
"""Articles, prepositions and possessives of two and three letters; `do` and `am` are verbs, too."""
_SET_PHRASE = 5.5
_SPELT_AS_WORDS = 5.0
_GRAMMAR = 6.0
"""The Zipf frequency from which words of four letters and more hold sentences together."""
JOINS_WORDS = 5.7
"""The Zipf frequency from which a word joins others to what stands beside it."""
_WORDY = 5
"""Letters from which what dictionaries have is a word however seldom it is written."""
_WORDS_BESIDE = frozenset(("word", "near-word"))


def is_phrase(reading: Reading, find: Find) -> bool:
    """Whether it is a set phrase, as the brand's own name is spelt or as it stands there.

    Who glues what the brand spells as words, amid other tokens, writes a name: `rib-enmarche`. So
    does who glues what it glues itself, unless that is a word: `redaction-lemonde`.
    """
    apart = is_apart(reading, find)
    if find.term.tokens and not apart and _stands_by_itself(reading, find):
        return False
    glued = find.left and find.right and not apart and _is_mere_glue(find.term)
    if glued and not _goes_on(reading, find):
        return False
    spelt = _is_said_of_something(reading, find) if find.term.tokens else apart
    return is_set_phrase(find.term.plain, spelt=spelt)


def _is_mere_glue(term: Term) -> bool:
    return term.is_own_label and not term.tokens and term.plain not in frequencies()


def _stands_by_itself(reading: Reading, find: Find) -> bool:
    """Whether it is a token, a number behind it aside: `nord-enmarche59`."""
    _, after, _ = beside(reading, find)
    return bool(find.left) and (not after or after.isdigit())


def is_apart(reading: Reading, find: Find) -> bool:
    """Whether it stands there as several tokens."""
    return reading.cuts[bisect_right(reading.cuts, find.start)] < find.end


def _is_said_of_something(reading: Reading, find: Find) -> bool:
    """Whether a phrase belongs to a sentence: `mise-en-marche`, `en-marche-vers`.

    Before other words it names who sends: `en-marche-facture`.
    """
    begin, _ = labels_around(reading, find)
    return find.start > begin or _goes_on(reading, find)


def _goes_on(reading: Reading, find: Find) -> bool:
    """Whether the next word belongs to its last, or joins it to others: `lemonde-de-bebe`."""
    if find.end >= reading.head:
        return False
    if not find.right:
        after = beside(reading, find)[1]
        return _is_set_with(find, after) or _joins_on(after)
    after = reading.tokens[reading.cuts.index(find.end)]
    return _is_set_with(find, after) or frequencies().get(after, 0.0) >= JOINS_WORDS


def _is_set_with(find: Find, after: str) -> bool:
    """Whether the word behind it is said of its last one: `en-marche-arriere`."""
    return any((word, after) in set_phrases() for word in find.term.words[-1:])


def _joins_on(text: str) -> bool:
    """Whether it is a word that joins others, and one of these that is no lure."""
    cuts = range(SHORTEST_WORD, len(text) - SHORTEST_WORD + 1)
    return any(
        as_token(text[:cut]) >= JOINS_WORDS and is_word(text[cut:]) and not themes(text[cut:])
        for cut in cuts
    )


@lru_cache(maxsize=65536)
def is_set_phrase(term: str, *, spelt: bool) -> bool:
    """An article, a preposition or a number and a common word: `le` and `monde`; not `be`, `real`.

    A term spelt as words of its own, such as `en-marche`, need not be quite so common; of what any
    sentence holds, such as `avec` and `vous`, a phrase may be made whole.
    """
    least = _SPELT_AS_WORDS if spelt else _SET_PHRASE
    counted = term.lstrip(digits)
    if any(
        min(as_token(term[:cut]), as_token(term[cut:])) >= _GRAMMAR
        for cut in range(SHORTEST_WORD + 1, len(term) - SHORTEST_WORD)
    ):
        return True
    return (counted != term and as_token(counted) >= least) or any(
        term[:cut] in _BEFORE_NOUNS and as_token(term[cut:]) >= least
        for cut in (SHORTEST_TOKEN, SHORTEST_WORD)
        if len(term) > cut + SHORTEST_WORD
    )


def is_amid_words(reading: Reading, find: Find) -> bool:
    """Whether an ordinary word that is no lure stands beside it in the label.

    Also when it only borders on it with one that joins others: `de` + `lili`, `capsur` + `lemonde`.
    A mere name is no word, but of those who are called so: `alzheimer-en-marche`.
    """
    texts = beside_in_its_part(reading, find)
    if not trades().isdisjoint(texts):
        return True
    left, right, *others = ("" if text in coined() else text for text in texts)
    classes = class_before(left), class_after(right)
    if not _WORDS_BESIDE.isdisjoint(classes):
        return True
    if _has_word(others, KNOWN) or any(map(_is_rare, (left, right, *others))):
        return True
    bordering = (left[-SHORTEST_TOKEN:], right[:SHORTEST_TOKEN])
    joined = (left[-SHORTEST_WORD:], right[:SHORTEST_WORD])
    return _has_word(bordering, COMMON) or _has_word(joined, JOINS_WORDS)


def _is_rare(text: str) -> bool:
    """Whether it is a word that hardly anybody writes: `poussettes`."""
    if themes(text):
        return False
    return is_rare_word(text) or (len(text) >= _WORDY and text in frequencies())


def _has_word(texts: Iterable[str], least: float) -> bool:
    """Whether one that is no lure is at least so common."""
    return any(as_token(text) >= least for text in texts if not themes(text))
