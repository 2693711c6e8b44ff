"""Whether a common word that a brand is called is but said: `marche-de-paris`."""

import unicodedata
from functools import lru_cache
from math import inf
from string import ascii_letters, digits

from hunter.matching.affixes import misspelt_themes, themes, themes_within
from hunter.matching.asking import (
    MATTERS,
    OF_SQUATTERS,
    SOUGHT,
    asks,
    is_asking,
    is_glued_to_a_lure,
    joined,
    themes_beside,
)
from hunter.matching.evidence import (
    is_keyword_by_its_sound,
    is_verbatim,
    lies_in_common_words,
    tokens_of,
    without_digits,
)
from hunter.matching.phrases import is_apart
from hunter.matching.places import Find
from hunter.matching.scenes import Scene, beside
from hunter.matching.segmentation import SELDOM_NAMED, spelling, word_nats
from hunter.matching.terms import LONG_TERM, keywords_of, writings_of
from hunter.matching.views import Reading, is_foreign, shown
from hunter.matching.words import COMMON, VERY_COMMON, as_token, coined, of_anybody, targets

_OF_A_WORD = frozenset(("word", "near-word", "other"))
"""What stands beside a common word in its token when that is another word."""
_OFTEN_NAMED = 11.7
"""Nats up to which a word of six letters and more is one of which many a name is made, ..."""
_OFTEN_NAMED_SHORT = 10.5
"""... and a shorter one, which is more often meant."""
_OF_SWAPS = OF_SQUATTERS | {"new"}
"""Classes of endings under which a brand's own name is seldom somebody else's word."""
_ACCENTED = frozenset("áàâãçéèêíîñóôõúùû")
"""Letters that French, Spanish and Portuguese words have."""


def is_said(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a common word is but that, or part of another (`marchetti`), whatever asks elsewhere.

    A disguise never is, nor a brand's own name where squatters are, `orange.pages.dev`, or under
    one of the many newer endings, `orange.media`.
    """
    if is_disguised(reading, find) or _is_misspelt(reading, find) or is_cut(reading, find, around):
        return False
    if _is_own_name(find, around) and around.suffix in _OF_SWAPS:
        return False
    if is_glued_to_a_lure(reading, find):
        return False
    part = not around.distance and not _OF_A_WORD.isdisjoint((around.before, around.after))
    return part or _is_of_a_phrase(reading, find, around) or not asks(reading, find, around)


def is_in_company(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a word of which many names are made is but part of one: `phoenix-rising`.

    In speech it may be rarer. Who imitates it says what asks for something, or takes a host of a
    platform; or sets a short one off by a hyphen: `scout-films`, but not `scoutfilms`.
    """
    if around.in_subdomain or around.suffix == "platform":
        return False
    if not around.as_written or not around.word.startswith("word"):
        return False
    if not _is_often_named(find.term.plain):
        return False
    if around.size < LONG_TERM and find.left and find.right:
        return False
    if is_disguised(reading, find) or not _has_company(reading, find):
        return False
    return not asks(reading, find, around)


def _has_company(reading: Reading, find: Find) -> bool:
    """Whether more than a letter stands beside it, and nothing that who imitates it writes.

    Who does names somebody, `tokyo`, or says two words of what matters to customers; or writes it
    in the plural, or with its first or last letter twice.
    """
    left, right, others = beside(reading, find)
    word = find.term.plain
    texts = [text for text in (left, right, *others) if len(text) > 1 or text.isdigit()]
    if not texts or left == word[0] or right in ("s", word[-1]):
        return False
    named = any(map(_is_name_or_sought, texts))
    return not named and sum(map(bool, map(themes, texts))) <= 1


@lru_cache(maxsize=4096)
def _is_often_named(word: str) -> bool:
    """Whether many names are made of it, and not for the sake of a brand, as of `discord`."""
    most = _OFTEN_NAMED if len(word) >= LONG_TERM else _OFTEN_NAMED_SHORT
    return word not in targets() and word_nats().get(word, inf) < most


def _is_name_or_sought(text: str) -> bool:
    """Whether it is a mere name, asks for something, or has the year of an election.

    What anybody has asks for nothing.
    """
    if text in of_anybody():
        return False
    asked = themes_within(text) | misspelt_themes(text) | themes(text.strip(ascii_letters))
    return text in coined() or bool(asked - MATTERS)


def is_disguised(reading: Reading, find: Find) -> bool:
    """Whether it stands there unedited but in other letters: digits, `rn`, another alphabet.

    Or by itself with accents that words hardly have, `orangë`; as the brand's own domain with any
    that it has not, `orangé.fr`.
    """
    if find.distance:
        return False
    if not is_verbatim(reading, find):
        return True
    if reading.unicode.isascii():
        return False
    part, labels = shown(reading, find.start, find.end)
    if any(map(is_foreign, labels)):
        return True
    return bool(find.left and find.right) and _has_odd_accents(reading, find, part)


def _has_odd_accents(reading: Reading, find: Find, part: str) -> bool:
    """Whether it has accents that neither words nor the brand have: `mạrche`, but not `marché`."""
    usual = frozenset[str]() if _is_own_domain(reading, find) else _ACCENTED
    own = usual.union(*writings_of(find.term.brand))
    return not "".join(set(unicodedata.normalize("NFC", part)) - own).isascii()


def _is_own_domain(reading: Reading, find: Find) -> bool:
    """Whether nothing but the letters of the protected domain stands there, its ending included."""
    whole = (find.start, find.end) == (reading.label, reading.head)
    return whole and find.term.is_own_label and reading.suffix == find.term.suffix


def _is_misspelt(reading: Reading, find: Find) -> bool:
    """Whether it is a token by itself, digits aside, and neither the term nor another word.

    Who imitates keeps the first letter: `larche` is a name of its own, `marrche` is none.
    """
    (start, end), _ = tokens_of(reading, find)
    text = without_digits(reading, find)
    token = reading.plain[start:end].strip(digits)
    alone = len(token) - len(text) <= 1
    kept = token[:1] == find.term.plain[0]
    return find.distance > 0 and alone and kept and token not in word_nats()


def is_cut(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is the label as it is but for separators that make no words of it: `oran-ge`."""
    if not (around.whole_domain and is_apart(reading, find)) or find.distance:
        return False
    return not lies_in_common_words(reading, find)


def _is_own_name(find: Find, around: Scene) -> bool:
    """Whether it is the whole label of the brand's own domain, as the brand writes it."""
    return around.whole_domain and around.as_written and find.term.is_own_label


def _is_of_a_phrase(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a keyword belongs to the word next to it: `aide-a-la-marche`, `marche-public`.

    What asks elsewhere in the name asks for that. A word that asks itself makes no phrase, nor does
    another label: `my-poste-login`, `de.poste-suivi`; nor a word behind the keyword, where what
    squatters are after stands before it: `colis-poste-retard`. In a host's name the domain may ask,
    for its owner is called so: `marche-noel.laposte.fr`.
    """
    if not (find.left and find.right) or find.term.is_own_label:
        return False
    before, after = joined(reading, find)
    if around.in_subdomain:
        quiet = around.suffix not in OF_SQUATTERS and not _asks_as_a_host(reading)
        return quiet and any(_is_plainly(text, find, COMMON) for text in (*before, *after))
    if any(_is_plainly(text, find, VERY_COMMON) for text in before):
        return True
    last = reading.tokens[: reading.cuts.index(find.start)][-1:]
    sought = any(SOUGHT & themes_within(text) for text in last)
    return not sought and any(_is_plainly(text, find, COMMON) for text in after)


def _asks_as_a_host(reading: Reading) -> bool:
    """Whether what stands in front of the registrable domain asks for anything."""
    return any(map(themes_within, reading.tokens[: reading.cuts.index(reading.label)]))


def _is_plainly(text: str, find: Find, least: float) -> bool:
    """Whether it is a word this common that asks for nothing, and none of the brand's."""
    asks_nothing = not themes_within(text) and text not in keywords_of(find.term.brand)
    return asks_nothing and as_token(text) >= least


def is_seldom_in_names(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether hardly anybody registers the term but who means the brand, common word or not.

    `macron` means who is called so. What a shop or a place stands beside is theirs, and a typo that
    does not sound as a keyword does has to stand by itself and be no word.
    """
    if spelling(find.term.plain) < SELDOM_NAMED and not _is_target(find, around):
        return False
    if _is_sold(reading, find) and not is_asking(reading, find, too=MATTERS):
        return False
    if not find.distance or is_keyword_by_its_sound(reading, find, around):
        return True
    return bool(find.left and find.right) and without_digits(reading, find) not in word_nats()


def _is_target(find: Find, around: Scene) -> bool:
    """Whether it is a word that squatters are after, by itself in a domain that is registered.

    Others give their hosts the names of what these talk to: `apple-api.example.com`.
    """
    by_itself = find.left and find.right and not around.in_subdomain
    return bool(by_itself) and find.term.plain in targets()


def _is_sold(reading: Reading, find: Find) -> bool:
    """Whether a word of shops stands beside it."""
    return "shop" in themes_beside(reading, find)
