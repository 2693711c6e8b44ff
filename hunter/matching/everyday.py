"""Whether a find is everyday language: a word, a set phrase, what any host is called.

Whatever the evidence adds up to, what reads so is held below an alert, unless a word beside it asks
for something.
"""

import unicodedata
from string import ascii_letters, digits

from hunter import spellings
from hunter.matching.affixes import KNOWN, themes_within
from hunter.matching.asking import (
    ABBREVIATION,
    MATTERS,
    OF_SQUATTERS,
    asks,
    beside,
    is_asking,
    is_deployed,
    is_numbered_label,
)
from hunter.matching.evidence import (
    LONG_TERM,
    begins_a_longer_word,
    is_keyword_by_its_sound,
    is_verbatim,
    lies_in_words,
    tokens_of,
    whole_words,
    without_digits,
)
from hunter.matching.finds import Find, passes_for_term
from hunter.matching.phrases import is_amid_words, is_apart, is_phrase, is_set_phrase
from hunter.matching.scenes import Scene
from hunter.matching.segmentation import spelling, word_nats
from hunter.matching.terms import BETWEEN, keywords_of, writings_of
from hunter.matching.views import HYPHEN, Reading, is_foreign, shown
from hunter.matching.words import (
    COMMON,
    IN_FRONT,
    VERY_COMMON,
    as_token,
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
_WORDS = frozenset((_WORD, COMMON_WORD))
_PHRASES = frozenset(("phrase5", "phrase6", "phrase7"))
_SOUGHT = frozenset(("access", "trust", "mail", "money", "delivery"))
"""Themes of what squatters are after: passwords, mailboxes, payments."""
_PLACES = frozenset(("places",))
_ACCENTED = frozenset("áàâãçéèêíîñóôõúùû")
"""Letters that French, Spanish and Portuguese words have."""


def is_everyday(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether nothing but ordinary language is to be seen.

    What is in any host's name; a common word; words in another order amid others
    (`marche-en-ligne`) or with others between (`marche-nordique-en-alpes`); a set phrase amid
    others (`le-monde-de-bebe`).
    """
    if any(rule(reading, find, around) for rule in _ALWAYS):
        return True
    if around.word == COMMON_WORD and not _is_seldom_in_names(reading, find, around):
        return _is_said(reading, find, around)
    if _is_label_of_hosts(reading, find, around):
        return not asks(reading, find, around)
    if _is_of_its_words(around) or _is_of_words(reading, find, around):
        return not (around.whole_domain or asks(reading, find, around))
    said = around.as_written or spellings.is_language(around.twist)
    return said and is_phrase(reading, find) and _is_phrase_amid_others(reading, find, around)


def _is_phrase_amid_others(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether ordinary words stand beside a set phrase and none asks: `tunisie-en-marche.tn`.

    A place asks, but for one abroad.
    """
    if around.lured and (found := _themes_beside(reading, find)):
        return found == _PLACES and around.abroad
    return is_amid_words(reading, find) and not asks(reading, find, around)


def _is_trade(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is a word or a surname with what somebody called so does: `garage-macron`.

    So are the words of a brand that writes them as one: `cafe-place-publique`.
    """
    if not around.as_written or around.in_subdomain:
        return False
    if not (around.word in _WORDS or _is_of_glued_words(reading, find, around)):
        return False
    left, right, others = beside(reading, find)
    if trades().isdisjoint((left, right, *others)):
        return False
    return not asks(reading, find, around)


def _is_of_glued_words(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether the brand glues words: an article and a noun, or what stands there as words."""
    if find.term.tokens:
        return False
    if is_set_phrase(find.term.plain, spelt=True):
        return True
    apart = is_apart(reading, find)
    return apart and (around.word in _PHRASES or _lies_in_common_words(reading, find))


def _lies_in_common_words(reading: Reading, find: Find) -> bool:
    _, tokens = tokens_of(reading, find)
    return whole_words(tokens) >= COMMON


def _is_cut_of_words(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is cut out of two words, with an edit: `jean-marchelier`."""
    return around.distance > 0 and not (find.left or find.right) and is_apart(reading, find)


def _is_within_a_word(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether its token is a longer word: `ameliorer` for ameli.fr.

    In a host's name whoever owns the domain chooses it; but a common word is in many a host's:
    `portail-demarches.paris.fr`.
    """
    if not around.as_written or (find.left and find.right):
        return False
    (start, end), _ = tokens_of(reading, find)
    token = reading.plain[start:end]
    if frequencies().get(token, 0.0) < KNOWN:
        return False
    is_plural = token.rstrip("s") == find.term.plain
    if around.in_subdomain:
        return around.word == COMMON_WORD and not (is_plural and find.term.is_own_label)
    return not is_plural and _is_of_no_squatter(reading, find, around)


def _begins_another_word(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether its token begins with a longer word: `atlascaftan` for atla.com."""
    if not around.as_written or around.in_subdomain or not find.left or find.right:
        return False
    (start, end), _ = tokens_of(reading, find)
    if start != find.start or not begins_a_longer_word(reading.plain[start:end], find.end - start):
        return False
    return _is_of_no_squatter(reading, find, around)


def _is_of_no_squatter(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether neither its ending is one of theirs nor a word beside it asks."""
    return around.suffix not in OF_SQUATTERS and not asks(reading, find, around)


def _is_of_its_words(around: Scene) -> bool:
    """Whether a phrase has its words in another order, or with others between them."""
    strewn = around.twist == BETWEEN or spellings.is_language(around.twist)
    return strewn and around.word.startswith("phrase")


def _is_of_words(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether several words, amid others, differ from the term in one edit: `rien-ne-marche`.

    Those that pass for the brand's are meant as these: `paris-em-marche`.
    """
    if around.distance != 1 or around.whole_domain or not (find.left and find.right):
        return False
    if passes_for_term(reading, find):
        return False
    return lies_in_words(reading, find)


def _is_another_number(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether there are more or fewer of what the term counts: `30minutes`, `120minutes`."""
    before = "" if find.left else reading.plain[find.start - 1]
    text = before.strip(ascii_letters) + reading.plain[find.start : find.end]
    counted = find.term.plain.lstrip(digits)
    if find.term.plain in (text, counted) or counted != text.lstrip(digits):
        return False
    return frequencies().get(counted, 0.0) >= COMMON and not asks(reading, find, around)


def _is_said(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a common word is but that, or part of another (`marchetti`), whatever asks elsewhere.

    A disguise never is, nor a brand's own name where squatters are (`orange.pages.dev`).
    """
    if (
        _is_disguised(reading, find)
        or _is_misspelt(reading, find)
        or _is_cut(reading, find, around)
    ):
        return False
    if _is_own_name(find, around) and around.suffix in OF_SQUATTERS:
        return False
    part = not around.distance and not _OF_A_WORD.isdisjoint((around.before, around.after))
    return part or _is_of_a_phrase(reading, find, around) or not asks(reading, find, around)


def _is_cut(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is the label as it is but for separators that make no words of it: `oran-ge`."""
    if not (around.whole_domain and is_apart(reading, find)) or find.distance or find.term.tokens:
        return False
    return not _lies_in_common_words(reading, find)


def _is_of_a_phrase(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a keyword belongs to the word next to it: `aide-a-la-marche`, `marche-public`.

    What asks elsewhere in the name asks for that. A word that asks itself makes no phrase, nor does
    another label: `my-poste-login`, `de.poste-suivi`; nor a word behind the keyword, where what
    squatters are after stands before it: `colis-poste-retard`. In a host's name the domain may ask,
    for its owner is called so: `marche-noel.laposte.fr`.
    """
    if not (find.left and find.right) or find.term.is_own_label:
        return False
    start, end = map(reading.cuts.index, (find.start, find.end))
    before = reading.tokens[:start][-1:]
    joined = before if find.left == HYPHEN else ()
    after = reading.tokens[end : reading.stem][:1] if find.right == HYPHEN else ()
    if around.in_subdomain:
        quiet = around.suffix not in OF_SQUATTERS and not _asks_as_a_host(reading)
        return quiet and any(_is_plainly(text, find, COMMON) for text in (*joined, *after))
    if any(_is_plainly(text, find, VERY_COMMON) for text in joined):
        return True
    sought = any(_SOUGHT & themes_within(text) for text in before)
    return not sought and any(_is_plainly(text, find, COMMON) for text in after)


def _asks_as_a_host(reading: Reading) -> bool:
    """Whether what stands in front of the registrable domain asks for anything."""
    return any(map(themes_within, reading.tokens[: reading.cuts.index(reading.label)]))


def _is_plainly(text: str, find: Find, least: float) -> bool:
    """Whether it is a word this common that asks for nothing, and none of the brand's."""
    asks_nothing = not themes_within(text) and text not in keywords_of(find.term.brand)
    return asks_nothing and as_token(text) >= least


def _is_label_of_hosts(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is what hosts are called: `hermes-api`, and a keyword that is an ordinary word.

    An ordinary word that the brand itself is called is imitated more often.
    """
    if not (around.in_subdomain and around.as_written):
        return False
    if around.word == _WORD and not find.term.is_own_label:
        return True
    if around.suffix in OF_SQUATTERS or find.term.plain not in host_names():
        return False
    return is_numbered_label(find, around) or is_deployed(reading, find)


def _is_word_of_hosts(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether what differs from the term in a host's name is a word itself: `irem` for `lrem`."""
    if not around.in_subdomain or around.as_written:
        return False
    written = reading.plain[find.start : find.end]
    return written in frequencies() and not asks(reading, find, around)


def _runs_into_the_domain(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it begins as a host of a domain that goes on beyond it: `en.marchesa.com`."""
    into = find.start < reading.label < find.end < reading.head
    return into and reading.unicode.isascii() and not asks(reading, find, around)


def _is_word_of_another_alphabet(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is a part of a token there, or a word that other languages have too: `сервис`."""
    if not find.term.letters:
        return False
    (start, end), _ = tokens_of(reading, find)
    alone = reading.plain[start:end].strip(digits) == without_digits(reading, find)
    common = around.word == COMMON_WORD and not _is_seldom_in_names(reading, find, around)
    return common or not alone


def _is_cut_in_a_host(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a host's labels meet in one word with an edit, as any do: `a1-mrch-e2`."""
    cut = around.distance > 0 and not find.term.tokens and is_apart(reading, find)
    return cut and around.in_subdomain and not passes_for_term(reading, find)


def _is_under_a_host(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it begins with what stands in front of any domain: `mail.jet.com` for mailjet."""
    into = find.start < reading.label < find.end
    host = reading.plain[find.start : reading.label]
    if not (into and find.left and host in IN_FRONT):
        return False
    return _is_of_no_squatter(reading, find, around)


def _is_own_name(find: Find, around: Scene) -> bool:
    """Whether it is the whole label of the brand's own domain, as the brand writes it."""
    return around.whole_domain and around.as_written and find.term.is_own_label


def _has_odd_accents(reading: Reading, find: Find) -> bool:
    """Whether it has accents that neither words nor the brand have: `mạrche`, but not `marché`."""
    part, _ = shown(reading, find.start, find.end)
    own = _ACCENTED.union(*writings_of(find.term.brand))
    odd = set(unicodedata.normalize("NFC", part)) - own
    return any(map(unicodedata.combining, unicodedata.normalize("NFD", "".join(odd))))


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


def _is_seldom_in_names(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether hardly anybody registers the term but who means the brand, common word or not.

    `macron` means who is called so. What a shop or a place stands beside is theirs, and a typo that
    does not sound as a keyword does has to stand by itself and be no word.
    """
    if spelling(find.term.plain) < SELDOM_NAMED:
        return False
    if around.lured and _is_sold(reading, find) and not is_asking(reading, find, too=MATTERS):
        return False
    if not find.distance or is_keyword_by_its_sound(reading, find, around):
        return True
    return bool(find.left and find.right) and without_digits(reading, find) not in word_nats()


def _is_sold(reading: Reading, find: Find) -> bool:
    """Whether a word of shops stands beside it."""
    return "shop" in _themes_beside(reading, find)


def _themes_beside(reading: Reading, find: Find) -> frozenset[str]:
    """Of what stands beside it; a word that ends as a lure does has none: `femmes`."""
    left, right, others = beside(reading, find)
    return frozenset[str]().union(*map(themes_within, (left, right, *others)))


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


def _is_disguised(reading: Reading, find: Find) -> bool:
    """Whether it stands there unedited but in other letters: digits, `rn`, another alphabet.

    Or by itself with accents that words hardly have: `orangë`.
    """
    if find.distance:
        return False
    if not is_verbatim(reading, find):
        return True
    if reading.unicode.isascii():
        return False
    if any(map(is_foreign, reading.unicode)):
        return True
    return bool(find.left and find.right) and _has_odd_accents(reading, find)


_ALWAYS = (
    _is_of_any_host,
    _is_trade,
    _is_within_a_word,
    _begins_another_word,
    _is_cut_of_words,
    _is_word_of_hosts,
    _is_another_number,
    _runs_into_the_domain,
    _is_cut_in_a_host,
    _is_under_a_host,
    _is_word_of_another_alphabet,
)
"""What is everyday language whatever else the find is."""
