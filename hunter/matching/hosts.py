"""What stands in the name of a host without meaning the brand.

Whoever owns a domain calls hosts below it as they like: `api`, `hermes`, `login`, or what is cut
out of two labels.
"""

from hunter.matching.affixes import is_word, themes
from hunter.matching.asking import (
    ABBREVIATION,
    MATTERS,
    OF_SQUATTERS,
    asks,
    is_numbered_label,
    is_of_no_squatter,
    is_run_by_anybody,
    joined,
)
from hunter.matching.common_words import is_disguised
from hunter.matching.finds import passes_for_term
from hunter.matching.phrases import is_apart
from hunter.matching.places import Find
from hunter.matching.scenes import Scene
from hunter.matching.terms import LONG_TERM
from hunter.matching.views import HYPHEN, Reading, shown
from hunter.matching.words import IN_FRONT, LESS_COMMON_WORD, host_names, lures

_LANGUAGE = 2
"""Letters of a language's code, of which many a site makes a host."""


def is_of_a_host(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is what hosts of anybody's hold, and not in another alphabet's letters."""
    return not _is_in_foreign_letters(reading, find) and (
        _is_of_any_host(reading, find, around)
        or _runs_into_the_domain(reading, find, around)
        or _is_cut_in_a_host(reading, find, around)
        or _is_under_a_host(reading, find, around)
    )


def _is_in_foreign_letters(reading: Reading, find: Find) -> bool:
    """Whether letters stand there that no host has but for a disguise."""
    if reading.unicode.isascii():
        return False
    part, _ = shown(reading, find.start, find.end)
    return not part.isascii() and is_disguised(reading, find)


def _is_of_any_host(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is what squatters put beside a brand, and not the brand itself: `api` for apl.

    In a host's name, where nothing else asks, also when it is (`login`), and when it is an
    abbreviation that has many meanings (`crm`), but for endings of squatters.
    """
    is_lure = reading.plain[find.start : find.end] in lures()
    if is_lure and not around.verbatim:
        return True
    abbreviated = around.size <= ABBREVIATION and around.suffix not in OF_SQUATTERS
    if not around.in_subdomain or not (abbreviated or (is_lure and around.size < LONG_TERM)):
        return False
    return not asks(reading, find, around)


def is_label_of_hosts(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is what hosts are called: `hermes-api`, and a keyword that is an ordinary word.

    An ordinary word that the brand itself is called is imitated more often.
    """
    if not (around.in_subdomain and around.as_written) or _is_in_foreign_letters(reading, find):
        return False
    if around.word == LESS_COMMON_WORD and not find.term.is_own_label:
        return True
    if around.suffix in OF_SQUATTERS:
        return False
    if around.word == LESS_COMMON_WORD and _is_word_among_words(reading, find):
        return True
    if is_run_by_anybody(reading, find, around):
        return True
    return find.term.plain in host_names() and is_numbered_label(find, around)


def _is_word_among_words(reading: Reading, find: Find) -> bool:
    """Whether hyphens join it to ordinary words, and no lure: `discover-more`."""
    if not (find.left and find.right and HYPHEN in (find.left, find.right)):
        return False
    before, after = joined(reading, find)
    return all(is_word(text) and themes(text) <= MATTERS for text in (*before, *after))


def _runs_into_the_domain(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it begins as a host of a domain that goes on beyond it: `en.marchesa.com`.

    Where it ends with a word of that, the dot cuts the brand itself, `credit.agricole-paris.com`;
    but a host of two letters is a language.
    """
    cut = find.left and find.right and reading.label - find.start > _LANGUAGE
    into = find.start < reading.label < find.end < reading.head and not cut
    return into and reading.unicode.isascii() and not asks(reading, find, around)


def _is_cut_in_a_host(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a host's labels meet in one word with an edit, as any do: `a1-mrch-e2`."""
    cut = around.distance > 0 and not find.term.tokens and is_apart(reading, find)
    return cut and around.in_subdomain and not passes_for_term(reading, find)


def _is_under_a_host(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it begins with what stands in front of any domain: `mail.jet.com` for mailjet."""
    in_front = reading.plain[find.start : reading.label] in IN_FRONT
    return in_front and is_of_no_squatter(reading, find, around)
