"""Why a find is held below an alert whatever its evidence adds up to: the reverse of `lifts`."""

from rapidfuzz.distance import OSA

from hunter.matching.chance import is_by_chance
from hunter.matching.decisive import Decisive
from hunter.matching.everyday import is_everyday
from hunter.matching.evidence import OTHER_WORDS, WHOLE_WORDS, Features, sounding, tokens_of
from hunter.matching.glyphs import disguises
from hunter.matching.pieces import TELLING
from hunter.matching.places import Find, has_only_its_consonants
from hunter.matching.scenes import Scene
from hunter.matching.sounds import consonants, sounds_like, vowels
from hunter.matching.suffixes import is_of_authorities
from hunter.matching.views import Reading, fold
from hunter.matching.words import frequencies

_SLIPS = 2
"""Edits that may be slips, ..."""
_APART = 3
"""Letters to each edit that folding hid with the others; one more amid other letters."""
_LETTERS_A_SLIP = 5
"""... and letters to each of more."""
_FEW = 4
"""Letters beside a word of which two edits leave little, one fewer where folding hides one, ..."""
_WORD = 5
"""... the letters from which that is a word, ..."""
_COMMON = 4.0
"""... and its Zipf frequency."""


def reason_to_doubt(
    reading: Reading, find: Find, around: Scene, others: Features
) -> Decisive | None:
    """Why a find is no alert, given what `other_readings` found; of several reasons the first."""
    if is_by_chance(reading, find):
        return Decisive.BY_CHANCE
    if _is_of_an_authority(reading, find, around):
        return Decisive.OF_AN_AUTHORITY
    if find.distance and _is_another(reading, find):
        return Decisive.DIFFERS_MUCH
    if _has_few_consonants(reading, find):
        return Decisive.FEW_CONSONANTS
    reads_as_words = OTHER_WORDS in others or WHOLE_WORDS in others
    everyday = reads_as_words or is_everyday(reading, find, around)
    return Decisive.EVERYDAY if everyday else None


def _is_of_an_authority(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a state gave the domain to an office, and nobody else chose what stands below it.

    An office of another state than the brand's may have been broken into.
    """
    if not is_of_authorities(reading.suffix):
        return False
    country, own = (suffix.rpartition(".")[2] for suffix in (reading.suffix, find.term.suffix))
    return not around.in_subdomain or (around.as_written and country == own)


def _is_another(reading: Reading, find: Find) -> bool:
    """Whether what has edits is not the brand, though near it."""
    if find.term.twist:
        return _has_lost_its_twist(reading, find) and not _is_disguise(reading, find)
    return _differs_much(reading, find) or _shares_but_a_word(reading, find)


def _has_lost_its_twist(reading: Reading, find: Find) -> bool:
    """Whether a typo fell on what the brand is respelt with: `konkatsu`, of `kornatsu`, komatsu."""
    own, sought = fold(find.term.plain), find.term.sought
    first = next((at for at, (a, b) in enumerate(zip(own, sought, strict=False)) if a != b), 0)
    respelt = sought[first : first + len(sought) - len(own) + 1]
    return respelt not in reading.folded[find.start : find.end]


def _differs_much(reading: Reading, find: Find) -> bool:
    """Whether three edits put in other vowels, or a third differs that folding hid: `baron25`.

    One digit passes for a letter; with a typo beside it in a short name hardly anybody sees that,
    nor in a number that stands by itself: `les-39-marches`.
    """
    text, term = reading.plain[find.start : find.end], find.term.plain
    if _SLIPS < find.distance > len(term) // _LETTERS_A_SLIP and not _leaves_out(text, term):
        return True
    edits = OSA.distance(text, term)
    if edits == find.distance:
        return False
    _, tokens = tokens_of(reading, find)
    if any(token.isdigit() for token in tokens if len(token) > 1):
        return True
    if edits * (_APART if find.left and find.right else _APART + 1) < len(term):
        return False
    return not _is_disguise(reading, find)


def _is_disguise(reading: Reading, find: Find) -> bool:
    """Whether one or two of its letters pass for the term's."""
    return reading.folded[find.start : find.end] in disguises(fold(find.term.plain))


def _shares_but_a_word(reading: Reading, find: Find) -> bool:
    """Whether all edits fall on the few letters that a brand has beside a common word.

    `hohmanagement` for hpsmanagement: what the two have in common is anybody's. Letters that pass
    for those, or sound so, are chosen for it: `royalnrail`, `0medrive`.
    """
    text, term = reading.plain[find.start : find.end], find.term.plain
    few = _FEW if find.distance >= _SLIPS else _FEW - 1
    sizes = range(1, min(few, len(term) - _WORD) + 1)
    words = [term[size:] for size in sizes if text.endswith(term[size:])]
    words += [term[:-size] for size in sizes if text.startswith(term[:-size])]
    # Nearly all finds share no word, and that is told sooner than what they differ in.
    if not any(frequencies().get(word, 0.0) >= _COMMON for word in words):
        return False
    if term in frequencies() or OSA.distance(text, term) < _SLIPS:
        return False
    return not (_is_disguise(reading, find) or _sounds_as_it(reading, find))


def _sounds_as_it(reading: Reading, find: Find) -> bool:
    """Whether it sounds as the term does, digits for letters read as these: `1essrepublicains`."""
    if sounding(reading, find):
        return True
    text = reading.plain[find.start : find.end]
    if text.isalpha():
        return False
    return sounds_like(reading.folded[find.start : find.end]) == sounds_like(find.term.sought)


def _leaves_out(text: str, term: str) -> bool:
    """Whether none of its vowels is another one: `mtmsk`, `diiiscrod`."""
    left = iter(vowels(term))
    return all(vowel in left for vowel in vowels(text))


def _has_few_consonants(reading: Reading, find: Find) -> bool:
    """Whether it has but the consonants of the term, and these are too few to be no chance."""
    # Nearly all finds have more in common, and that is told sooner.
    return has_only_its_consonants(reading, find) and len(consonants(find.term.plain)) < TELLING
