"""How sure a find is: the weights of its evidence, added up and put on a scale from 0 to 1.

The weights are log-odds, fitted by `benchmarks/matching_fit.py` to observed lookalikes against
ordinary names. They are plain text in `hunter/data/evidence_weights.txt`, one feature a line.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from math import exp
from operator import add
from string import digits

from hunter.matching.chance import is_by_chance
from hunter.matching.evidence import (
    JOINS_WORDS,
    OTHER_WORDS,
    WHOLE_WORDS,
    Features,
    features,
    is_a_domain,
    is_amid_words,
    is_asking,
    is_disguised,
    is_set_phrase,
    kind_of,
    of_hosts,
    other_readings,
    place_of,
    reading_as_words,
    sounding,
    term_features,
    tokens_of,
    whole_words,
    writing,
    writing_features,
)
from hunter.matching.finds import Find
from hunter.matching.glyphs import disguises
from hunter.matching.scenes import Scene, scenes, surprise
from hunter.matching.segmentation import spelling, word_nats
from hunter.matching.terms import Twist
from hunter.matching.views import DOT, Reading
from hunter.matching.words import frequencies, lures

LONG_TERM = 6
"""Letters from which a term is judged strictly. A shorter brand is hidden among more names, and who
protects one expects more to look through."""
COMMON_WORD = "word5"
"""A term this common is no imitation by itself: a word that asks for something has to stand beside
it. Shops and places do not: `marche-de-paris`, `marche-shop`."""
_WORD = "word4"
"""A word less common, which is none among the labels of a host when it is a mere keyword."""
_OF_A_WORD = frozenset(("word", "near-word", "other"))
"""What stands beside a common word in its token when that is another word."""
_SELDOM_NAMED = 13.0
"""Nats from which a word is so rare in registered names that it hardly stands in one by chance."""
_ABBREVIATION = 3
"""Letters up to which a host of anybody's has the same: `crm`, `dbs`."""
_MATTERS = frozenset(("matters",))
"""The theme of words that ask for nothing beside what is a word, but do beside a name."""
_OF_SQUATTERS = frozenset(("abused", "platform"))
"""Classes of endings under which abbreviations are seldom anybody else's."""
_DISTINCTIVE = 8
"""Letters from which a term alone before the ending is worth an alert under every ending."""
LEAST_TOLD = 0.0125
"""A find less sure than this is no match: one in eighty is noise to whoever reads it."""
_LEAST, _MOST = 0.01, 0.99
_UNDER, _FAR_UNDER = 0.1, 3.0
"""Points under an alert of what is ordinary language, and of what is chance."""
STEPS = 1000
"""To how many parts of the scale a confidence is rounded."""


def confidence(reading: Reading, find: Find) -> float:
    """0..1; 0.5 is where an alert begins."""
    return confidences([reading], [find])[0]


def confidences(readings: Sequence[Reading], finds: Sequence[Find]) -> list[float]:
    """The confidence of each find in the reading beside it.

    Other ordinary readings of the text are looked at only in what would alert: they can but lower
    it.
    """
    if not finds:
        return []
    around = scenes(readings, finds)
    terms = (find.term.plain for find in finds)
    worth = map(add, map(worth_of_scene, around), map(worth_of_term, map(place_of, around), terms))
    points = map(add, worth, _worth_of_writing(readings, finds))
    points = map(add, points, map(_worth_of_words, readings, finds))
    points = map(add, points, map(_worth_of_sound, readings, finds))
    return [*map(scale, map(with_last_thoughts, readings, finds, around, points))]


@lru_cache(maxsize=65536)
def worth_of_term(place: str, term: str) -> float:
    """What it says that a term, in plain letters, turns up in such a place."""
    return sum(_weights_of(term_features(place, term)).values())


def _worth_of_writing(readings: Sequence[Reading], finds: Sequence[Find]) -> list[float]:
    return [
        ending + letters * weight + of_term * weight_of_term
        for (letters, of_term), (ending, weight, weight_of_term) in zip(
            surprise(readings, finds), map(_writing_weights, readings, finds), strict=True
        )
    ]


def _writing_weights(reading: Reading, find: Find) -> tuple[float, ...]:
    return weights_of_writing(kind_of(find.distance), reading.suffix)


@lru_cache(maxsize=65536)
def weights_of_writing(kind: str, suffix: str) -> tuple[float, ...]:
    """Of the public suffix, and of a nat of the find's and of the term's letters."""
    weights = load_weights()
    return tuple(weights.get(feature, 0.0) for feature in writing_features(kind, suffix))


def _worth_of_words(reading: Reading, find: Find) -> float:
    return sum(_weights_of(reading_as_words(reading, find)).values())


def _worth_of_sound(reading: Reading, find: Find) -> float:
    return sum(_weights_of(sounding(reading, find)).values())


def with_last_thoughts(reading: Reading, find: Find, around: Scene, points: float) -> float:
    """The log-odds, when all but the last evidence gives so many."""
    return points + sum(_last_thoughts(reading, find, around, points).values())


def weighed(reading: Reading, find: Find) -> list[tuple[str, float]]:
    """Each piece of evidence and its points, in log-odds."""
    (around,) = scenes([reading], [find])
    found = _by_scene(around)
    for more in (
        writing(reading, find),
        term_features(place_of(around), find.term.plain),
        reading_as_words(reading, find),
        sounding(reading, find),
    ):
        found += _weights_of(more).items()
    points = sum(weight for _, weight in found)
    return [*found, *_last_thoughts(reading, find, around, points).items()]


def is_told(reading: Reading, find: Find, sure: float) -> bool:
    """Whether a find so sure is a match.

    What permuting the brand's own name gives always is: the term as the whole registrable label,
    with at most one edit, or in letters that pass for it.
    """
    return sure >= LEAST_TOLD or _is_permutation(reading, find)


def _is_permutation(reading: Reading, find: Find) -> bool:
    label = reading.folded[reading.label : reading.head]
    beside = len(label) - (find.end - find.start)
    if not reading.label <= find.start < find.end <= reading.head or beside > 1:
        return False
    return beside + find.distance <= 1 or label in disguises(find.term.sought)


@lru_cache(maxsize=65536)
def worth_of_scene(around: Scene) -> float:
    """What it says where a find stands."""
    return sum(weight for _, weight in _by_scene(around))


def _by_scene(around: Scene) -> list[tuple[str, float]]:
    weights = load_weights()
    found = [(feature, weights.get(feature, 0.0)) for feature in features(around)]
    base = "base long" if around.size >= LONG_TERM else "base short"
    return [*found, (base, weights[base])]


def _weights_of(found: Features) -> Features:
    weights = load_weights()
    return {feature: weights.get(feature, 0.0) * value for feature, value in found.items()}


def _last_thoughts(reading: Reading, find: Find, around: Scene, points: float) -> Features:
    """What is looked at only once it is known whether the rest would alert."""
    if points > 0:
        return _doubts(reading, find, around, points)
    lift = _lift(reading, find, around, points)
    return {} if lift and any(_doubts(reading, find, around, 0.0).values()) else lift


def _is_ordinary(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether nothing but ordinary language is to be seen.

    What is in any host's name; a common word; words in another order amid others
    (`marche-en-ligne`); a set phrase amid others (`le-monde-de-bebe`).
    """
    if _is_of_any_host(reading, find, around):
        return True
    if around.word == COMMON_WORD and not _is_seldom_in_names(reading, find, around):
        return _is_said(reading, find, around)
    if _is_keyword_of_a_host(find, around):
        return not (around.suffix_beside or _asks(reading, find, around))
    if around.twist is Twist.ORDER and around.word.startswith("phrase"):
        return not (around.whole_domain or around.suffix_beside or _asks(reading, find, around))
    spelt = bool(find.term.tokens) and _is_said_of_something(reading, find)
    as_said = (
        around.verbatim and not around.distance and is_set_phrase(find.term.plain, spelt=spelt)
    )
    if not as_said or around.lured:
        return False
    return is_amid_words(reading, find) and not _asks(reading, find, around)


def _is_said(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a common word is but that, or part of another (`marchetti`), whatever asks elsewhere.

    A disguise never is, nor a brand's own name where squatters are (`orange.pages.dev`).
    """
    if is_disguised(reading, find) or _is_misspelt(reading, find):
        return False
    if _is_own_name(find, around) and around.suffix in _OF_SQUATTERS:
        return False
    part = not around.distance and not _OF_A_WORD.isdisjoint((around.before, around.after))
    return part or not (around.suffix_beside or _asks(reading, find, around))


def _is_keyword_of_a_host(find: Find, around: Scene) -> bool:
    """Whether it is an ordinary word that the brand itself is not called: `renaissance.hotel`."""
    as_written = around.verbatim and not around.distance
    return around.in_subdomain and around.word == _WORD and as_written and not _is_own_label(find)


def _is_own_name(find: Find, around: Scene) -> bool:
    """Whether it is the whole label of the brand's own domain, as the brand writes it."""
    as_written = around.verbatim and not around.distance
    return around.whole_domain and as_written and _is_own_label(find)


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
    if is_a_domain(reading, find):
        return True
    if around.size <= _ABBREVIATION:
        return is_asking(reading, find, mere=of_hosts(), too=_MATTERS)
    if find.left == find.right == DOT:
        return is_asking(reading, find, mere=of_hosts() | _mere_label(reading, around))
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
    if spelling(find.term.plain) < _SELDOM_NAMED:
        return False
    if around.lured and not is_asking(reading, find, too=_MATTERS):
        return False
    text = _without_digits(reading, find)
    return not find.distance or (bool(find.left and find.right) and text not in word_nats())


def _is_misspelt(reading: Reading, find: Find) -> bool:
    """Whether it is a token by itself, digits aside, and neither the term nor another word.

    Who imitates keeps the first letter: `larche` is a name of its own, `marrche` is none.
    """
    (start, end), _ = tokens_of(reading, find)
    text = _without_digits(reading, find)
    alone = reading.plain[start:end].strip(digits) == text
    kept = text[:1] == find.term.plain[0]
    return find.distance > 0 and alone and kept and text not in word_nats()


def _without_digits(reading: Reading, find: Find) -> str:
    """The letters of a find, but for digits at its ends."""
    return reading.plain[find.start : find.end].strip(digits)


def _is_said_of_something(reading: Reading, find: Find) -> bool:
    """Whether a phrase belongs to a sentence: `mise-en-marche`, `en-marche-vers`.

    Before other words it names who sends: `en-marche-facture`.
    """
    end = next((edge for edge in reading.edges if edge > find.end), reading.head)
    after = reading.plain[find.end : end] if find.right else ""
    return find.start > reading.label or frequencies().get(after, 0.0) >= JOINS_WORDS


def _lift(reading: Reading, find: Find, around: Scene, points: float) -> Features:
    """The whole name of the brand is told under whatever ending anybody can register.

    So is what passes for it or differs from it in one edit, unless it is a word, or made of words.
    """
    if not around.whole_domain or around.suffix == "restricted":
        return {}
    if not is_distinctive(around.size, around.word):
        return {}
    if around.verbatim and not around.distance:
        return {"the whole name": -points}
    if around.distance > 1 or _without_digits(reading, find) in frequencies():
        return {}
    _, tokens = tokens_of(reading, find)
    return {} if whole_words(tokens) else {"the whole name, misspelt": -points}


def is_distinctive(size: int, word: str) -> bool:
    """Whether a term of so many letters, so ordinary a word, is worth an alert by itself."""
    return size >= _DISTINCTIVE and word != COMMON_WORD


def _doubts(reading: Reading, find: Find, around: Scene, points: float) -> Features:
    """What other readings of the text take away."""
    others = other_readings(reading, find)
    found = _weights_of(others)
    if is_by_chance(reading, find):
        found["random letters"] = -points - _FAR_UNDER
    elif _is_ordinary(reading, find, around) or OTHER_WORDS in others or WHOLE_WORDS in others:
        found["ordinary words, and nothing else"] = -points - _UNDER
    return found


def scale(points: float) -> float:
    """Log-odds to 0..1, never quite either."""
    chance = 1 / (1 + exp(-points))
    # Not `round(chance, 3)`, which writes the number out and reads it back.
    return min(max(round(chance * STEPS) / STEPS, _LEAST), _MOST)


@cache
def load_weights() -> dict[str, float]:
    """Feature → weight in log-odds."""
    text = (resources.files("hunter") / "data" / "evidence_weights.txt").read_text("ascii")
    pairs = (line.split("\t") for line in text.splitlines())
    return {feature: float(weight) for feature, weight in pairs}
