"""How sure a find is: the weights of its evidence, added up and put on a scale from 0 to 1.

The weights are log-odds, fitted by `benchmarks/matching_fit.py` to observed lookalikes against
ordinary names. They are plain text in `hunter/data/evidence_weights.txt`, one feature a line.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from math import exp
from operator import add

from rapidfuzz.distance import OSA

from hunter.matching.asking import is_asking
from hunter.matching.chance import is_by_chance
from hunter.matching.everyday import is_everyday
from hunter.matching.evidence import (
    LONG_TERM,
    OTHER_WORDS,
    TYPO_ACROSS_WORDS,
    WHOLE_WORDS,
    Features,
    is_in_its_letters,
    is_keyword_by_its_sound,
    kind_of,
    lure_feature,
    other_readings,
    place_of,
    reading_as_words,
    scene_features,
    sounding,
    term_features,
    tokens_of,
    writing,
    writing_features,
)
from hunter.matching.finds import Find, has_only_its_consonants
from hunter.matching.glyphs import disguises
from hunter.matching.lifts import is_said_alike, is_under_its_ending, reason_to_alert
from hunter.matching.pieces import TELLING
from hunter.matching.scenes import Scene, scenes, surprise
from hunter.matching.sounds import consonants
from hunter.matching.suffixes import is_of_authorities
from hunter.matching.views import Reading

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
    with at most one edit, or in letters that pass for it. What only looks like the term in another
    alphabet never is.
    """
    if find.term.letters and not is_in_its_letters(reading, find):
        return False
    return sure >= LEAST_TOLD or _is_permutation(reading, find)


def _is_permutation(reading: Reading, find: Find) -> bool:
    label = reading.folded[reading.label : reading.head]
    beside = len(label) - (find.end - find.start)
    if not reading.label <= find.start < find.end <= reading.head or beside > 1:
        return False
    return beside + find.distance <= 1 or label in disguises(find.term.sought)


@lru_cache(maxsize=8192)
def worth_of_scene(around: Scene) -> float:
    """What it says where a find stands."""
    return sum(weight for _, weight in _by_scene(around))


def _by_scene(around: Scene) -> list[tuple[str, float]]:
    weights = load_weights()
    found = [(feature, weights.get(feature, 0.0)) for feature in scene_features(around)]
    base = "base long" if around.size >= LONG_TERM else "base short"
    return [*found, (base, weights[base])]


def _weights_of(found: Features) -> Features:
    weights = load_weights()
    return {feature: weights.get(feature, 0.0) * value for feature, value in found.items()}


def _last_thoughts(reading: Reading, find: Find, around: Scene, points: float) -> Features:
    """What is looked at only once it is known whether the rest would alert."""
    if points > 0:
        return _doubts(reading, find, around, points)
    reason = reason_to_alert(reading, find, around)
    if not reason and _is_asked_within(reading, find, around, points):
        reason = "what asks, in a longer token"
    if not reason or any(_doubts(reading, find, around, 0.0).values()):
        return {}
    return {reason: -points}


def _is_asked_within(reading: Reading, find: Find, around: Scene, points: float) -> bool:
    """Whether a lure would have made it an alert that is but part of a token: `areasicurezza`."""
    if around.lured or not (around.as_written and find.left and find.right):
        return False
    lure = load_weights().get(lure_feature(around.word), 0.0)
    return points + lure > 0 and is_asking(reading, find)


def _doubts(reading: Reading, find: Find, around: Scene, points: float) -> Features:
    """What other readings of the text take away.

    That two words meet in it says nothing where the brand's own domain is mistyped (`ptoton.me`) or
    a keyword is written as it sounds.
    """
    others = other_readings(reading, find)
    mistyped = around.whole_domain and (is_under_its_ending(around) or is_said_alike(reading, find))
    if mistyped or is_keyword_by_its_sound(reading, find, around):
        others.pop(TYPO_ACROSS_WORDS, None)
    found = _weights_of(others)
    if is_by_chance(reading, find):
        found["random letters"] = -points - _FAR_UNDER
    elif _is_of_an_authority(reading, find, around):
        found["an authority's own name"] = -points - _UNDER
    elif _differs_much(reading, find):
        found["a third of its letters differ"] = -points - _UNDER
    elif _has_few_consonants(reading, find):
        found["four consonants, and nothing else"] = -points - _UNDER
    elif is_everyday(reading, find, around) or OTHER_WORDS in others or WHOLE_WORDS in others:
        found["ordinary words, and nothing else"] = -points - _UNDER
    return found


def _is_of_an_authority(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a state gave the domain to an office, and nobody else chose what stands below it.

    An office of another state than the brand's may have been broken into.
    """
    if not is_of_authorities(reading.suffix):
        return False
    country, own = (suffix.rpartition(".")[2] for suffix in (reading.suffix, find.term.suffix))
    return not around.in_subdomain or (around.as_written and country == own)


def _differs_much(reading: Reading, find: Find) -> bool:
    """Whether it is near once folded, and letter by letter a third or more differs: `baron25`.

    One digit passes for a letter; with a typo beside it in a short name hardly anybody sees that,
    nor in a number that stands by itself: `les-39-marches`.
    """
    text, term = reading.plain[find.start : find.end], find.term.plain
    if not find.distance or find.term.twist:
        return False
    edits = OSA.distance(text, term)
    if edits == find.distance:
        return False
    _, tokens = tokens_of(reading, find)
    if any(token.isdigit() for token in tokens if len(token) > 1):
        return True
    if edits * 3 < len(term):
        return False
    return reading.folded[find.start : find.end] not in disguises(find.term.sought)


def _has_few_consonants(reading: Reading, find: Find) -> bool:
    """Whether it has but the consonants of the term, and these are too few to be no chance."""
    # Nearly all finds have more in common, and that is told sooner.
    return has_only_its_consonants(reading, find) and len(consonants(find.term.plain)) < TELLING


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
