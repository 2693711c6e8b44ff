"""Whether a find is everyday language: a word, a set phrase, what any host is called.

Whatever the evidence adds up to, what reads so is held below an alert, unless a word beside it asks
for something.
"""

import unicodedata
from collections.abc import Iterable, Set
from functools import cache, lru_cache
from string import digits

from hunter import names
from hunter.matching.affixes import class_after, class_before, themes, themes_within
from hunter.matching.evidence import LONG_TERM, is_verbatim, tokens_of
from hunter.matching.finds import Find
from hunter.matching.scenes import Scene, neighbours
from hunter.matching.segmentation import spelling, word_nats
from hunter.matching.terms import Twist
from hunter.matching.views import DOT, OPAQUE, Reading, plain_letters
from hunter.matching.words import (
    COMMON,
    SHORTEST_TOKEN,
    SHORTEST_WORD,
    as_token,
    coined,
    frequencies,
    host_names,
    lures,
    trades,
)

COMMON_WORD = "word5"
"""A term this common is no imitation by itself: a word that asks for something has to stand beside
it. Shops and places do not: `marche-de-paris`, `marche-shop`."""
_WORD = "word4"
"""A word less common, which is none among the labels of a host when it is a mere keyword."""
_OF_A_WORD = frozenset(("word", "near-word", "other"))
"""What stands beside a common word in its token when that is another word."""
SELDOM_NAMED = 13.0
"""Nats from which a word is so rare in registered names that it hardly stands in one by chance."""
_ABBREVIATION = 3
"""Letters up to which a host of anybody's has the same: `crm`, `dbs`."""
_MATTERS = frozenset(("matters",))
"""The theme of words that ask for nothing beside what is a word, but do beside a name."""
_OF_SQUATTERS = frozenset(("abused", "platform"))
"""Classes of endings under which abbreviations are seldom anybody else's."""
_WORDS = frozenset((_WORD, COMMON_WORD))
_WORDS_BESIDE = frozenset(("word", "near-word"))
_BEFORE_NOUNS = frozenset(
    (
        *(
            "le",
            "la",
            "les",
            "un",
            "une",
            "du",
            "de",
            "des",
            "au",
            "aux",
            "en",
            "sur",
            "par",
            "mon",
        ),
        *("the", "an", "of", "in", "on", "at", "by", "to", "for", "my"),
        *("el", "los", "las", "lo", "del", "al", "una", "por", "con", "mi"),
        *("il", "gli", "di", "da", "nel", "per", "um", "uma", "em"),
        *("der", "die", "das", "den", "dem", "ein", "im", "auf", "bei", "mit", "von", "zu", "zum"),
        *("het", "een", "op", "van"),
    )
)
"""Articles, prepositions and possessives of two and three letters; `do` and `am` are verbs, too."""
_SET_PHRASE = 5.5
_SPELT_AS_WORDS = 5.0
_JOINS_WORDS = 5.7
"""The Zipf frequency from which a word joins others to what stands beside it."""
_ACCENTS = (
    "\N{COMBINING ACUTE ACCENT}\N{COMBINING GRAVE ACCENT}\N{COMBINING CIRCUMFLEX ACCENT}"
    "\N{COMBINING CEDILLA}\N{COMBINING TILDE}"
)
_MERE_ENDINGS = frozenset(("net", "org"))
"""Endings that many a name has before its own: `totalnet`."""
_ENDINGS = frozenset(("co", "net", "org", "gov", "gouv", "go", "ne", "ac"))
"""What stands before a country in its endings."""
_COUNTRY = 2
_HOSTS = frozenset(
    [
        "mail",
        "mails",
        "smtp",
        "imap",
        "mx",
        "api",
        "static",
        "dev",
        "test",
        "staging",
        "beta",
        "cdn",
    ]
)
_DEPLOYED = frozenset(
    (
        *("prod", "preprod", "staging", "test", "dev", "svc", "cluster", "web", "ui", "api", "app"),
        *("frontend", "backend", "db", "sql", "redis", "cache", "node", "worker", "queue", "proxy"),
        *("vpn", "sso", "auth", "gateway", "gw", "intranet", "extranet", "portal", "client"),
        *("cloud", "files", "docs", "share", "support", "tracking", "notification", "service"),
        *(
            "notifications",
            "services",
            "exchange",
            "owa",
            "teams",
            "calendar",
            "internal",
            "default",
        ),
    )
)
"""What hosts are run for, beside what they are named after."""
_NOT_ASKING = frozenset(("places", "shop", "near", "matters"))


def is_everyday(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether nothing but ordinary language is to be seen.

    What is in any host's name; a common word; words in another order amid others
    (`marche-en-ligne`); a set phrase amid others (`le-monde-de-bebe`).
    """
    if _is_of_any_host(reading, find, around) or _is_trade(reading, find, around):
        return True
    if around.word == COMMON_WORD and not _is_seldom_in_names(reading, find, around):
        return _is_said(reading, find, around)
    if _is_label_of_hosts(reading, find, around):
        return not (around.suffix_beside or _asks(reading, find, around))
    if around.twist is Twist.ORDER and around.word.startswith("phrase"):
        return not (around.whole_domain or around.suffix_beside or _asks(reading, find, around))
    if around.lured or not (around.as_written and _is_phrase(reading, find)):
        return False
    return _is_amid_words(reading, find) and not _asks(reading, find, around)


def _is_trade(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is a word or a surname with what somebody called so does: `garage-macron`."""
    if not around.as_written or around.in_subdomain or around.word not in _WORDS:
        return False
    left, right, others = _beside(reading, find)
    if trades().isdisjoint((left, right, *others)):
        return False
    return not (around.suffix_beside or _asks(reading, find, around))


def _is_said(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a common word is but that, or part of another (`marchetti`), whatever asks elsewhere.

    A disguise never is, nor a brand's own name where squatters are (`orange.pages.dev`) or with
    accents that words hardly have (`orangë.com`).
    """
    if _is_disguised(reading, find) or _is_misspelt(reading, find):
        return False
    if _is_own_name(find, around) and (around.suffix in _OF_SQUATTERS or _has_odd_accents(reading)):
        return False
    part = not around.distance and not _OF_A_WORD.isdisjoint((around.before, around.after))
    return part or not (around.suffix_beside or _asks(reading, find, around))


def _is_label_of_hosts(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is what hosts are called: `hermes-api`, and a keyword that is an ordinary word.

    An ordinary word that the brand itself is called is imitated more often.
    """
    if not (around.in_subdomain and around.as_written):
        return False
    if around.word == _WORD and not _is_own_label(find):
        return True
    if around.suffix in _OF_SQUATTERS or find.term.plain not in host_names():
        return False
    return _is_numbered_label(find, around) or _is_deployed(reading, find)


def _is_deployed(reading: Reading, find: Find) -> bool:
    """Whether nothing but what is run stands beside it before the domain: `hermes-api.prod`."""
    hosts = reading.tokens[: reading.cuts.index(reading.label)]
    beside = {token.strip(digits) for token in hosts} - {find.term.plain, ""}
    return beside <= _of_hosts() | _DEPLOYED


def _is_numbered_label(find: Find, around: Scene) -> bool:
    """Whether it is a whole label, or one that goes on with a number: `hermes2`."""
    numbered = not find.right and around.after == "digits"
    return find.left == DOT and (find.right == DOT or numbered)


def _is_own_name(find: Find, around: Scene) -> bool:
    """Whether it is the whole label of the brand's own domain, as the brand writes it."""
    return around.whole_domain and around.as_written and _is_own_label(find)


def _has_odd_accents(reading: Reading) -> bool:
    """Whether the domain has others than those of French, Spanish and Portuguese words."""
    label = names.to_unicode(reading.registrable.partition(".")[0])
    letters = unicodedata.normalize("NFD", label)
    return any(unicodedata.combining(char) and char not in _ACCENTS for char in letters)


def _is_own_label(find: Find) -> bool:
    return find.term.brand.domain.startswith(f"{find.term.written}.")


def _is_of_any_host(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is what squatters put beside a brand, and not the brand itself: `api` for apl.

    In a host's name, where nothing else asks, also when it is (`login`), and when it is an
    abbreviation that has many meanings (`crm`), but for endings of squatters.
    """
    is_lure = reading.plain[find.start : find.end] in lures()
    if is_lure and not around.verbatim:
        return True
    abbreviated = around.size <= _ABBREVIATION and around.suffix not in _OF_SQUATTERS
    if not around.in_subdomain or not (abbreviated or (is_lure and around.size < LONG_TERM)):
        return False
    return not (around.suffix_beside or _asks(reading, find, around))


def _asks(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a word beside it asks for something.

    What any host is called does not, beside an abbreviation or another label. Instead a whole
    domain under a foreign one imitates, whatever the brand's own ending is.
    """
    if not around.in_subdomain:
        return is_asking(reading, find)
    if _is_a_domain(reading, find):
        return True
    if around.size <= _ABBREVIATION:
        return is_asking(reading, find, mere=_of_hosts(), too=_MATTERS)
    if find.term.plain in host_names() and _is_deployed(reading, find):
        mere = _of_hosts() | _DEPLOYED | _mere_label(reading, around)
        return is_asking(reading, find, mere=mere)
    if _is_numbered_label(find, around):
        return is_asking(reading, find, mere=_of_hosts() | _mere_label(reading, around))
    return is_asking(reading, find)


def _mere_label(reading: Reading, around: Scene) -> frozenset[str]:
    """The registrable label, but for endings of squatters: `zoom.us` has many a tenant."""
    label = reading.plain[reading.label : reading.head]
    mere = label in lures() and around.suffix not in _OF_SQUATTERS
    return frozenset((label,)) if mere else frozenset()


def _is_seldom_in_names(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether hardly anybody registers the term but who means the brand, common word or not.

    `macron` means who is called so. What a shop or a place stands beside is theirs, and a typo has
    to stand by itself and be no word.
    """
    if spelling(find.term.plain) < SELDOM_NAMED:
        return False
    if around.lured and not is_asking(reading, find, too=_MATTERS):
        return False
    text = without_digits(reading, find)
    return not find.distance or (bool(find.left and find.right) and text not in word_nats())


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


def without_digits(reading: Reading, find: Find) -> str:
    """The letters of a find, but for digits at its ends."""
    return reading.plain[find.start : find.end].strip(digits)


def _is_phrase(reading: Reading, find: Find) -> bool:
    """Whether it is a set phrase, as the brand's own name is spelt or as it stands there.

    Who glues what the brand spells as words, amid other tokens, writes a name: `rib-enmarche`.
    """
    apart = any(find.start < edge < find.end for edge in reading.edges)
    if find.term.tokens and not apart and find.left and find.right:
        return False
    spelt = _is_said_of_something(reading, find) if find.term.tokens else apart
    return _is_set_phrase(find.term.plain, spelt=spelt)


def _is_said_of_something(reading: Reading, find: Find) -> bool:
    """Whether a phrase belongs to a sentence: `mise-en-marche`, `en-marche-vers`.

    Before other words it names who sends: `en-marche-facture`.
    """
    end = next((edge for edge in reading.edges if edge > find.end), reading.head)
    after = reading.plain[find.end : end] if find.right else ""
    return find.start > reading.label or frequencies().get(after, 0.0) >= _JOINS_WORDS


def is_asking(
    reading: Reading,
    find: Find,
    *,
    mere: Set[str] = _MERE_ENDINGS,
    too: Set[str] = frozenset(),
) -> bool:
    """Whether a word beside it asks for something, and is no shop, place, or possessive.

    So does another of the brand's own keywords: `macron-enmarche`. The `mere` texts never do, and
    of the themes that ask for nothing those in `too` do all the same. Beside a find that is a token
    by itself more than a lure may stand in one: `marche-verifications`.
    """
    left, right, tokens = _beside(reading, find)
    beside = (left, right, *tokens)
    asked = themes_within if find.left and find.right else themes
    if any(asked(text) - (_NOT_ASKING - too) for text in beside if text not in mere):
        return True
    return any(word in beside for word in find.term.brand.keywords if word not in find.term.plain)


@cache
def _of_hosts() -> frozenset[str]:
    """What hosts of anybody's are called: `www`, `api`, `mail`."""
    web = (text for text, theme in lures().items() if theme == "web")
    return _HOSTS.union(web)


def _is_a_domain(reading: Reading, find: Find) -> bool:
    """Whether an ending stands behind it in a host's name: `amazon.co.jp-login.`, `aol.com.`."""
    if find.right != DOT or find.end >= reading.label:
        return False
    at = reading.cuts.index(find.end)
    first, second = reading.tokens[at : at + 2]
    ends = reading.edges[reading.cuts[at + 1]] == DOT and len(second) == _COUNTRY
    return first == "com" or (first in _ENDINGS and ends)


def _is_amid_words(reading: Reading, find: Find) -> bool:
    """Whether an ordinary word that is no lure stands beside it in the label.

    Also when it only borders on it with one that joins others: `de` + `lili`, `capsur` + `lemonde`.
    A mere name is no word.
    """
    if find.end <= reading.label:
        return False
    left, right, tokens = _beside(reading, find)
    left, right, *others = ("" if text in coined() else text for text in (left, right, *tokens))
    classes = class_before(left), class_after(right)
    if not _WORDS_BESIDE.isdisjoint(classes):
        return True
    beside = (left[-SHORTEST_TOKEN:], right[:SHORTEST_TOKEN], *others)
    joined = (left[-SHORTEST_WORD:], right[:SHORTEST_WORD])
    return _has_word(beside, COMMON) or _has_word(joined, _JOINS_WORDS)


def _has_word(texts: Iterable[str], least: float) -> bool:
    """Whether one that is no lure is at least so common."""
    return any(as_token(text) >= least for text in texts if not themes(text))


def _beside(reading: Reading, find: Find) -> tuple[str, str, tuple[str, ...]]:
    ((left,), (right,), (others,)) = neighbours([reading], [find])
    return left, right, others


@lru_cache(maxsize=65536)
def _is_set_phrase(term: str, *, spelt: bool) -> bool:
    """An article or a preposition and a common word: `le` and `monde`, but not `be` and `real`.

    A term spelt as words of its own, such as `en-marche`, need not be quite so common.
    """
    least = _SPELT_AS_WORDS if spelt else _SET_PHRASE
    return any(
        term[:cut] in _BEFORE_NOUNS and as_token(term[cut:]) >= least
        for cut in (SHORTEST_TOKEN, SHORTEST_WORD)
        if len(term) > cut + SHORTEST_WORD
    )


def _is_disguised(reading: Reading, find: Find) -> bool:
    """Whether it stands there unedited but in other letters: digits, `rn`, another alphabet."""
    if find.distance:
        return False
    if not is_verbatim(reading, find):
        return True
    return not reading.unicode.isascii() and any(map(is_foreign, reading.unicode))


def is_foreign(char: str) -> bool:
    """A letter of another alphabet than ours that passes for one of it."""
    if char.isascii() or unicodedata.name(char, "").startswith("LATIN"):
        return False
    return plain_letters(char) not in ("", OPAQUE)
