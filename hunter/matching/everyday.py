"""Whether a find is everyday language: a word, a set phrase, what any host is called.

Whatever the evidence adds up to, what reads so is held below an alert, unless a word beside it asks
for something.
"""

from collections import deque
from collections.abc import Sequence
from math import inf
from string import ascii_letters, digits

from rapidfuzz.distance import OSA

from hunter import spellings
from hunter.matching.affixes import is_word, themes
from hunter.matching.asking import (
    MATTERS,
    OF_SQUATTERS,
    asks,
    is_glued_to_a_lure,
    is_of_no_squatter,
    themes_beside,
)
from hunter.matching.common_words import is_in_company, is_said, is_seldom_in_names
from hunter.matching.edits import edit_name
from hunter.matching.evidence import (
    is_abroad,
    is_keyword_by_its_sound,
    is_under_its_ending,
    is_with_article,
    lies_in_words,
    tokens_of,
    without_digits,
)
from hunter.matching.finds import passes_for_term
from hunter.matching.hosts import is_label_of_hosts, is_of_a_host
from hunter.matching.phrases import is_amid_words, is_apart, is_phrase
from hunter.matching.pieces import EDGE_FROM
from hunter.matching.places import Find
from hunter.matching.rare_words import is_rare_word
from hunter.matching.scenes import Scene
from hunter.matching.segmentation import NEVER_NAMED, word_nats
from hunter.matching.sounds import sounds_like
from hunter.matching.terms import BETWEEN, LONG_TERM, is_rare_name
from hunter.matching.trades import is_casino, is_its_office, is_trade
from hunter.matching.views import Reading
from hunter.matching.words import (
    COMMON,
    COMMON_WORD,
    SHORTEST_TOKEN,
    as_token,
    combining_forms,
    frequencies,
    lures,
    words_in,
)
from hunter.matching.words_around import are_two_words, begins_a_longer_word

_PLACES = frozenset(("places",))
_ON_SITES = frozenset(("web", "access"))
"""Themes of what is on anybody's site."""
_SAID = MATTERS | {"near"}
"""Themes of words that ask for nothing in a sentence, as possessives."""
_NAMED = frozenset(("coined", "famous"))
"""Classes of names that people write about, and misspell."""
_SHORT = 4
"""Letters up to which what passes for a name passes for much else."""
_EDITED_SHORT = 5
"""Letters up to which what is near a name is so by chance."""
_NO_WORDS = frozenset(("bit", "other"))
"""Classes of letters beside a find that are no word."""
_ANOTHER = 2
"""Edits from which a word is another and no slip, ..."""
_NO_SLIPS = frozenset(("substitution", "bitsquatting", "vowel-swap"))
"""... and single ones that no finger makes."""
_PLAINLY = 4.0
"""The Zipf frequency from which such a word is meant."""


def is_everyday(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether nothing but ordinary language is to be seen.

    What is in any host's name; a common word; words in another order amid others
    (`marche-en-ligne`) or with others between (`marche-nordique-en-alpes`); a set phrase amid
    others (`le-monde-de-bebe`).
    """
    for rule in _ALWAYS:
        if rule(reading, find, around):
            return True
    # From here on the first kind that fits decides, either way.
    if _is_common(find, around) and not is_seldom_in_names(reading, find, around):
        return is_said(reading, find, around)
    if is_label_of_hosts(reading, find, around):
        return not asks(reading, find, around)
    if _is_of_its_words(around) or _is_of_words(reading, find, around):
        return not (around.whole_domain or asks(reading, find, around))
    said = around.as_written or spellings.is_language(around.twist)
    return said and is_phrase(reading, find) and _is_phrase_amid_others(reading, find, around)


def _is_common(find: Find, around: Scene) -> bool:
    """Whether it is a common word, or a rarer one of what is on anybody's site: `login`, `gov`.

    A platform's ending may begin with the brand's own: `hmrc-gov.uk.com`.
    """
    if around.word == COMMON_WORD:
        return True
    if around.suffix == "platform" or not around.word.startswith("word"):
        return False
    return lures().get(find.term.plain) in _ON_SITES


def _is_phrase_amid_others(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether ordinary words stand beside a set phrase and none asks: `tunisie-en-marche.tn`.

    A place asks, but for one abroad. In front of a foreign domain the words of its own label tell.
    Where squatters are at home nothing is said that stands by itself as the brand writes it:
    `totally-legit-en-marche.top`.
    """
    if around.in_subdomain:
        alone = around.suffix in OF_SQUATTERS or not is_amid_words(reading, find)
        return not alone and not asks(reading, find, around)
    as_its_own = find.left and find.right and is_apart(reading, find) == bool(find.term.tokens)
    if around.suffix in OF_SQUATTERS and as_its_own:
        return False
    if around.same_suffix and is_its_office(reading, find):
        return False
    if around.lured and (found := themes_beside(reading, find) - _SAID):
        return found == _PLACES and is_abroad(reading, around)
    return is_amid_words(reading, find) and not asks(reading, find, around)


def _is_cut_of_words(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is cut out of two words: `jean-marchelier`, `ikoma-tsumari` for komatsu.

    The brand's own hyphen cuts nothing: `voteen-marchefrance`.
    """
    if find.left or find.right or (find.term.tokens and around.as_written):
        return False
    return is_apart(reading, find)


def _is_another_word(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether what differs from the term is a word itself, and nothing asks: `irem` for `lrem`.

    Where squatters are at home it may be a word and a typo: `papal-shop.top` for paypal.com.
    """
    if around.as_written or (around.suffix in OF_SQUATTERS and not around.in_subdomain):
        return False
    return _is_a_word(reading, find, around) and not asks(reading, find, around)


def _is_a_word(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is one, however rare: `behringer` for boehringer.com.

    A rare one may be the brand's plural or its singular all the same, a name as everybody misspells
    it, `volkswagon`, a keyword by its sound, or the brand mistyped where people look for it:
    `lmonde.fr`.
    """
    text = reading.plain[find.start : find.end]
    if text in frequencies():
        return True
    if is_under_its_ending(around) or not is_rare_word(text):
        return False
    if text.rstrip("s") == find.term.plain.rstrip("s"):
        return False
    if around.word in _NAMED and sounds_like(text) == sounds_like(find.term.plain):
        return False
    return not is_keyword_by_its_sound(reading, find, around)


def _is_another_name(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether what differs from the brand, by two edits, is a word: `delarue-avocats` for delorme-.

    What the two have in common beside it is a word that any other name may have there, too.
    """
    if find.distance < _ANOTHER:
        return False
    tokens = find.term.tokens or (find.term.plain,)
    own, found = _what_differs(tokens, reading.plain[find.start : find.end])
    if sounds_like(found) == sounds_like(own) or sorted(found) == sorted(own):
        return False
    return (found in frequencies() or is_rare_word(found)) and not asks(reading, find, around)


def _has_another_word(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether one of the words that the brand glues is another: `cloud-fire` for cloudflare.

    What is but a slip of the finger is the brand, whatever word it makes: `roberthalt`.
    """
    if not (find.distance and find.left and find.right):
        return False
    words = words_in(find.term.plain)
    own, found = _what_differs(words, reading.plain[find.start : find.end])
    if own not in words or as_token(found) < _PLAINLY or sounds_like(found) == sounds_like(own):
        return False
    apart = OSA.distance(found, own) >= _ANOTHER or edit_name(found, own) in _NO_SLIPS
    return apart and is_of_no_squatter(reading, find, around)


def _what_differs(tokens: Sequence[str], found: str) -> tuple[str, str]:
    """What is left of the words and of the text, without the words that begin or end both."""
    left = deque(tokens)
    while left and found.startswith(left[0]):
        found = found.removeprefix(left.popleft())
    while left and found.endswith(left[-1]):
        found = found.removesuffix(left.pop())
    return "".join(left), found


def _is_within_a_word(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether its token is a longer word: `ameliorer` for ameli.fr; or name: `antay` for anta.com.

    In a host's name a name is whoever's that owns the domain; and what any host is called is no
    part of it: `autodiscover`. A common word is in many a one: `portail-demarches.paris.fr`.
    """
    if find.left and find.right:
        return False
    (start, end), _ = tokens_of(reading, find)
    token = reading.plain[start:end]
    if around.in_subdomain and token in lures():
        return True
    is_name = word_nats().get(token, inf) < NEVER_NAMED and not around.in_subdomain
    if not (is_name or is_word(token) or _is_rare_word_around(token, find)):
        return False
    is_plural = token.rstrip("s") == find.term.plain
    if around.in_subdomain and around.word == COMMON_WORD:
        return not (is_plural and find.term.is_own_label)
    return not is_plural and is_of_no_squatter(reading, find, around)


def _is_rare_word_around(token: str, find: Find) -> bool:
    """Whether its token is a rare word: `organdi`. What is made of a rare name is about it."""
    return is_rare_word(token) and not is_rare_name(find.term.plain)


def _is_phrase_within_words(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a word of a phrase is but part of a longer one: `sven-marchetti`.

    One letter more is a typo, or makes a plural.
    """
    if not (find.term.tokens and around.as_written):
        return False
    (start, end), tokens = tokens_of(reading, find)
    cut = (tokens[0], find.start - start), (tokens[-1], end - find.end)
    longer = any(more > 1 and is_word(token) for token, more in cut)
    foreign = longer and not is_with_article(find, tokens)
    return foreign and is_of_no_squatter(reading, find, around)


def _begins_other_words(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether its token begins with a longer word, or is two: `atlascaftan` for atla.com."""
    if not find.left or find.right:
        return False
    (start, end), _ = tokens_of(reading, find)
    token, last = reading.plain[start:end], find.end - start
    other = begins_a_longer_word(token, last) or _is_two_words(find, token, last)
    return other and is_of_no_squatter(reading, find, around)


def _is_two_words(find: Find, token: str, last: int) -> bool:
    """Whether they are others than a short brand, and what is beside it none: `onetag` for onet.pl.

    One letter more is a typo, or makes a plural.
    """
    if find.distance or len(find.term.sought) >= LONG_TERM:
        return False
    rest = token[last:]
    if len(rest) < SHORTEST_TOKEN or themes(rest) or is_word(rest):
        return False
    return are_two_words(token, last)


def _is_of_its_words(around: Scene) -> bool:
    """Whether a phrase has its words in another order, or with others between them."""
    strewn = around.twist == BETWEEN or spellings.is_language(around.twist)
    return strewn and around.word.startswith("phrase")


def _is_of_words(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether several words, amid others, differ from the term in one edit: `rien-ne-marche`.

    Those that pass for the brand's are meant as these: `paris-em-marche`.
    """
    if around.distance != 1:
        return False
    return not passes_for_term(reading, find) and lies_in_words(reading, find)


def _makes_a_word(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is what words are made of, and but part of one: `digi` in `digibooster`.

    One letter more is a typo.
    """
    if not around.verbatim or (find.left and find.right) or around.in_subdomain:
        return False
    if around.suffix == "platform" or find.term.plain not in combining_forms():
        return False
    (start, end), _ = tokens_of(reading, find)
    if end - start <= len(find.term.plain) + 1 or is_glued_to_a_lure(reading, find):
        return False
    return not asks(reading, find, around)


def _are_initials(_reading: Reading, find: Find, around: Scene) -> bool:
    """Whether two letters begin a token: so may anybody's whose initials they are: `hmservice`."""
    return around.size < EDGE_FROM and not (find.left and find.right)


def _is_a_bit_of_a_token(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether three letters end a token, or begin one amid others with letters that are no word.

    Such are in anybody's: `omegaadm`, `aone-hotel`. A digit or a lure before them sets them off, be
    it one that asks for nothing: `moncaf`, `mydhl`.
    """
    if around.size > EDGE_FROM or (find.left and find.right) or asks(reading, find, around):
        return False
    if find.left:
        return around.after in _NO_WORDS and around.other_token and not around.other_lure
    if around.before == "lure" or reading.plain[find.start - 1].isdigit():
        return False
    return not is_under_its_ending(around)


def _is_hardly_the_brand(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a name of four letters has other ones, or is cut of two tokens, amid other letters.

    `ant4me` passes for anta, and `ajab-sa` holds absa.
    """
    if around.size > _SHORT or (find.left and find.right) or around.in_subdomain or find.distance:
        return False
    cut = not find.term.tokens and is_apart(reading, find)
    return (cut or not around.verbatim) and not asks(reading, find, around)


def _is_near_a_short_name(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a name of five letters has an edit and is glued to what is on anybody's site.

    `melinhome` is no melin, but `akrobank` may be akros.
    """
    if not find.distance or around.size > _EDITED_SHORT or (find.left and find.right):
        return False
    return not is_glued_to_a_lure(reading, find)


def _ends_in_the_ending(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a short name has its last letters in the ending, as any may: `arl.org` for arlo."""
    return find.end > reading.head and around.size < LONG_TERM


def _is_another_number(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether there are more or fewer of what the term counts: `30minutes`, `120minutes`."""
    before = "" if find.left else reading.plain[find.start - 1]
    text = before.strip(ascii_letters) + reading.plain[find.start : find.end]
    counted = find.term.plain.lstrip(digits)
    if find.term.plain in (text, counted) or counted != text.lstrip(digits):
        return False
    return frequencies().get(counted, 0.0) >= COMMON and not asks(reading, find, around)


def _is_word_of_another_alphabet(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is a part of a token there, or a word that other languages have too: `сервис`."""
    if not find.term.letters:
        return False
    (start, end), _ = tokens_of(reading, find)
    alone = reading.plain[start:end].strip(digits) == without_digits(reading, find)
    common = around.word == COMMON_WORD and not is_seldom_in_names(reading, find, around)
    return common or not alone


_ALWAYS = (
    is_of_a_host,
    is_trade,
    is_casino,
    is_in_company,
    _is_another_word,
    _is_another_name,
    _has_another_word,
    _is_within_a_word,
    _is_phrase_within_words,
    _begins_other_words,
    _is_cut_of_words,
    _makes_a_word,
    _are_initials,
    _is_a_bit_of_a_token,
    _is_hardly_the_brand,
    _is_near_a_short_name,
    _ends_in_the_ending,
    _is_another_number,
    _is_word_of_another_alphabet,
)
"""What is everyday language whatever else the find is."""
