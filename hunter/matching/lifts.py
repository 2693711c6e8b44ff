"""Why a find alerts whatever its evidence adds up to, unless something speaks against it."""

from functools import lru_cache
from string import ascii_letters, ascii_lowercase, digits

from hunter import spellings
from hunter.matching.affixes import is_word, misspelt_themes, themes, themes_within
from hunter.matching.asking import ASKING_ANYWHERE, MATTERS, NOT_ASKING, is_asking
from hunter.matching.common_words import is_cut, is_disguised
from hunter.matching.decisive import Decisive
from hunter.matching.evidence import (
    is_abroad,
    is_heard_as_one,
    is_keyword_by_its_sound,
    is_under_its_ending,
    lies_in_words,
    rest_of_label,
    tokens_of,
    without_digits,
)
from hunter.matching.finds import passes_for_term
from hunter.matching.glyphs import disguises
from hunter.matching.phrases import JOINS_WORDS
from hunter.matching.pieces import TELLING, one_edit_away
from hunter.matching.places import Find
from hunter.matching.scenes import DISTINCTIVE, Scene, beside
from hunter.matching.segmentation import word_nats
from hunter.matching.slips import (
    TYPED_FROM,
    is_domain_mistyped,
    is_mere_name,
    is_slip_beside_what_asks,
    is_typed_twice,
    runs_into_the_ending,
)
from hunter.matching.sounds import VOWELS, consonants, sounds_like
from hunter.matching.support import is_support
from hunter.matching.terms import LONG_TERM, Term, is_rare_name, names_of, spelt
from hunter.matching.views import DOT, Reading, is_foreign, shown
from hunter.matching.words import COMMON_WORD, OF_ADDRESSES, as_token, frequencies
from hunter.matching.words_around import other_words

_MISSPELT_FROM = 7
"""Letters from which a text one edit from a word is that word misspelt."""
_ASKING_FROM = 6
"""Letters from which what is glued to a term may be a misspelt lure, or one and more."""
_NOT_SOUGHT = tuple(name for name, one in spellings.every().items() if not one.SOUGHT)
GLUED = frozenset(("edge", "digits", "lure"))
"""Classes of what stands beside a find in its token that make no word of it."""


def reason_to_alert(reading: Reading, find: Find, around: Scene) -> Decisive | None:
    """Why a find alerts by itself; None when nothing of it does."""
    if _mixes_alphabets(reading, find):
        return Decisive.TWO_ALPHABETS
    if around.suffix == "restricted":
        return None
    if around.whole_domain:
        return _of_whole_name(reading, find, around)
    return _of_part_of_a_name(reading, find, around)


def _of_part_of_a_name(reading: Reading, find: Find, around: Scene) -> Decisive | None:
    """Beside its own letter, signs of an address or what asks; or as a rare name."""
    if around.as_written and find.term.is_own_label:
        if is_typed_twice(reading, find, around) or runs_into_the_ending(reading, find):
            return Decisive.NEARLY_WHOLE_NAME
        if _is_in_an_address(reading, find):
            return Decisive.IN_AN_ADDRESS
    if reason := _of_host(reading, find, around):
        return reason
    if _is_amid_what_asks(reading, find, around):
        return Decisive.AMID_WHAT_ASKS
    if is_slip_beside_what_asks(reading, find, around):
        return Decisive.BESIDE_WHAT_ASKS
    return _of_name_and_more(reading, find, around)


def _is_in_an_address(reading: Reading, find: Find) -> bool:
    """Whether the domain is the brand's name and what an address begins with: `wwwlabour.co.uk`."""
    before, _ = rest_of_label(reading, find)
    return find.end == reading.head and before in OF_ADDRESSES


def is_asked_in_its_token(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether all else of its token, on one side, is a misspelt lure: `phantomwaalet`.

    Beside a name that is no word a lure and more will do: `paypalpersonnalsupport`.
    """
    left, right, _ = beside(reading, find)
    rest = left or right
    if (left and right) or len(rest) < _ASKING_FROM:
        return False
    found = misspelt_themes(rest)
    if not found and is_mere_name(find, around):
        found = themes_within(rest)
    return bool(found - NOT_ASKING)


def _of_whole_name(reading: Reading, find: Find, around: Scene) -> Decisive | None:
    """As it is, it alerts when it is long; misspelt when it is longer than many another name.

    Under the brand's own ending so does a shorter one, for that is where people mistype it; and
    under any a rare name by its sound, `makron`, and as it is where nobody thinks of another
    country: `macron.re`. What a hyphen cuts is no firm's of that country: `za-lando.de`.
    """
    if around.as_written and _has_its_ending_amid(reading.suffix, find.term.suffix):
        return Decisive.WHOLE_DOMAIN
    rare, abroad = is_rare_name(find.term.plain), is_abroad(reading, around)
    own = is_under_its_ending(around)
    sounds = rare and is_keyword_by_its_sound(reading, find, around)
    if sounds or (own and _is_misspelt_at_home(reading, find)):
        return Decisive.NEARLY_WHOLE_NAME
    distinctive = around.is_distinctive
    if around.as_written:
        cut = not find.term.tokens and around.size >= LONG_TERM and is_cut(reading, find, around)
        known = distinctive or cut or (rare and not abroad)
        return Decisive.WHOLE_NAME if known else None
    if not distinctive or (abroad and not passes_for_term(reading, find)):
        return None
    return None if _is_worded(reading, find) else Decisive.NEARLY_WHOLE_NAME


def _has_its_ending_amid(suffix: str, own: str) -> bool:
    """Whether the brand's own ending stands before a country's: `stellar.org.sb`.

    Under `com` it would be where firms have their branches.
    """
    return own != "com" and suffix.startswith(f"{own}.")


def _is_misspelt_at_home(reading: Reading, find: Find) -> bool:
    """Whether it sounds or looks as the brand does, or is mistyped, and reads as no words.

    In letters that no words have it is the brand however short that is: `ṣpd.de`.
    """
    letters, term = len(find.term.plain), find.term.sought
    if find.term.is_own_label and not reading.unicode.isascii() and is_disguised(reading, find):
        return True
    if letters < TYPED_FROM or lies_in_words(reading, find):
        return False
    if find.distance == 1:
        return find.term.is_own_label
    looks = letters >= DISTINCTIVE and reading.folded[find.start : find.end] in disguises(term)
    return looks or is_said_alike(reading, find)


def is_said_alike(reading: Reading, find: Find) -> bool:
    """Whether it is the term with one of its sounds in other letters: `an-marche`."""
    return reading.plain[find.start : find.end] in _proposed(find.term)


@lru_cache(maxsize=4096)
def _proposed(term: Term) -> frozenset[str]:
    """Other spellings that are not sought as they are: `prauton`."""
    found = spelt(_NOT_SOUGHT, term.plain, term.words)
    return frozenset("".join(words) for _, words in found)


def _mixes_alphabets(reading: Reading, find: Find) -> bool:
    """Whether it has letters of another alphabet that pass for ours, in a label that has ours, too.

    Registries that know alphabets refuse such labels (UTS #39, restriction levels). A foreign word
    beside it disguises nothing.
    """
    if reading.unicode.isascii():
        return False
    part, labels = shown(reading, find.start, find.end)
    return any(map(is_foreign, part)) and any(
        any(map(is_foreign, label)) and _has_ours(label) for label in labels.split(".")
    )


def _has_ours(label: str) -> bool:
    return any(char in ascii_letters for char in label)


def _of_host(reading: Reading, find: Find, around: Scene) -> Decisive | None:
    """In front of a foreign domain, mistyped: the brand's own, or a label that is a longer name."""
    if not around.in_subdomain:
        return None
    if is_domain_mistyped(reading, find, around):
        return Decisive.DOMAIN_MISTYPED
    alone = find.left == find.right == DOT and around.distance == 1 and find.term.is_own_label
    if not (alone and around.is_distinctive) or _is_worded(reading, find):
        return None
    return Decisive.NEARLY_WHOLE_NAME


def _is_amid_what_asks(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether lures are glued to both sides of it in the domain: `myledgerlive`.

    A company may be called so, too: `thephoenixfoundation`.
    """
    if not around.as_written or around.word == COMMON_WORD or find.start < reading.label:
        return False
    if not around.before == around.after == "lure":
        return False
    left, right, _ = beside(reading, find)
    if "work" in themes(left) | themes(right):
        return False
    text = reading.plain[find.start : find.end]
    return is_asking(reading, find) and not _is_of_other_words(left.strip(digits), text, right)


def _is_of_other_words(left: str, text: str, right: str) -> bool:
    """Whether a longer word holds the text, or two meet in it: `copilotchat`, `salesteamcloud`."""
    if left + text in word_nats():
        return True
    return other_words(left + text + right, len(left), len(left + text)) > 0


def _of_name_and_more(reading: Reading, find: Find, around: Scene) -> Decisive | None:
    """Why a registrable label that is a rare name and little else alerts; None when it does not.

    What asks may be glued to it: `votezmacron`. To a keyword, such as a candidate's surname, so may
    one word, or stand beside it: `emmanuelmacron2022`, `macron-leaks`. Under the endings of other
    countries that is somebody who is called so: `macron-auto.cz`, but for what squatters are after:
    `macron-login.cz`. Digits change nothing, and there neither a letter nor a lure does:
    `macron2-login.com`, `mymacron-login.es`. A keyword's sound is enough: `emmanuel-makron`.
    """
    if find.start < reading.label or not is_rare_name(find.term.plain):
        return None
    if not (around.as_written or _is_keyword_respelt(reading, find, around)):
        return None
    if _names_the_brand_twice(reading, find):
        return Decisive.TWO_NAMES
    token, _ = tokens_of(reading, find)
    glued = token == (reading.label, reading.head)
    others = reading.stem - reading.cuts.index(reading.label) - 1
    left, right, apart = beside(reading, find)
    more = (left + right).strip(digits)
    little = len(more) <= 1 or bool(themes(more))
    if (glued and _is_glued_to_what_asks(reading, find, around)) or (
        others == 1 and little and _holds_what_is_sought(apart)
    ):
        return Decisive.BESIDE_WHAT_ASKS
    if find.term.is_own_label or is_abroad(reading, around):
        return None
    one_word = _has_one_word(reading, find) and (glued or is_asking(reading, find))
    return Decisive.WITH_ONE_WORD if one_word or (others == 1 and not more) else None


def _is_glued_to_what_asks(reading: Reading, find: Find, around: Scene) -> bool:
    too = frozenset[str]() if is_abroad(reading, around) else MATTERS
    return {around.before, around.after} <= GLUED and is_asking(reading, find, too=too)


def _holds_what_is_sought(tokens: tuple[str, ...]) -> bool:
    return any(themes(token) & ASKING_ANYWHERE for token in tokens)


def _is_keyword_respelt(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether it is a keyword by its sound, with the same vowels: `makron` for macron."""
    text, term = reading.plain[find.start : find.end], find.term.plain
    same = [*filter(VOWELS.__contains__, text)] == [*filter(VOWELS.__contains__, term)]
    return same and is_keyword_by_its_sound(reading, find, around)


def _names_the_brand_twice(reading: Reading, find: Find) -> bool:
    """Whether all that stands beside it in the registrable label is another name of the brand's."""
    before, after = rest_of_label(reading, find)
    return before + after in names_of(find.term.brand)


def _has_one_word(reading: Reading, find: Find) -> bool:
    """Whether a word and digits are all that stands beside it in its token, and nothing asks.

    Or who is for or against it. Before it the word may be misspelt, as a given name is:
    `emmmanuelmacron`.
    """
    before, after = (text.strip(digits) for text in beside(reading, find)[:2])
    if before and after:
        return False
    if is_support(before, after):
        return True
    if themes(before or after):
        return False
    return is_word(before or after) or _is_misspelt_word(before.removeprefix("www"))


def _has_a_word_mistyped(reading: Reading, find: Find) -> bool:
    """Whether one edit in one of the brand's words makes it, and its hyphens stand: `en-arche`.

    A small word in place of another makes another phrase: `on-marche`.
    """
    _, tokens = tokens_of(reading, find)
    words = find.term.words
    if find.distance > 1 or not words or len(tokens) != len(words):
        return False
    mistyped = [token for token, word in zip(tokens, words, strict=True) if token != word]
    return len(mistyped) == 1 and as_token(mistyped[0]) < JOINS_WORDS


def _is_misspelt_word(text: str) -> bool:
    """Whether it is a long word, or one edit from one."""
    if len(text) < _MISSPELT_FROM:
        return False
    return is_word(text) or any(map(is_word, one_edit_away(text, ascii_lowercase)))


def _has_its_sound(reading: Reading, find: Find) -> bool:
    """Whether it is but spelt otherwise, and the consonants are enough to tell the term.

    A vowel that begins either begins both: `lectrium` is no electrum.
    """
    text, term = without_digits(reading, find), find.term.plain
    if text[:1] != term[0] and not VOWELS.isdisjoint((*text[:1], term[0])):
        return False
    return len(consonants(term)) >= TELLING and sounds_like(text) == sounds_like(term)


def _is_worded(reading: Reading, find: Find) -> bool:
    """Whether what differs from the name is a word, or of words, or little of it is left.

    Words that pass for the brand's are meant as these: `em-marche`. Its sound is enough.
    """
    if without_digits(reading, find) in frequencies():
        return True
    if is_said_alike(reading, find) or passes_for_term(reading, find):
        return False
    if _has_a_word_mistyped(reading, find):
        return False
    if find.distance > 1 and not _has_its_sound(reading, find):
        return True
    _, tokens = tokens_of(reading, find)
    return lies_in_words(reading, find) and not is_heard_as_one(find, tokens)
