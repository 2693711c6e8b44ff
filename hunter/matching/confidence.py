"""How sure a find is: the weights of its evidence, added up and put on a scale from 0 to 1.

The weights are log-odds, fitted by `benchmarks/matching_fit.py` to observed lookalikes against
ordinary names. They are plain text in `hunter/data/evidence_weights.txt`, one feature a line.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from math import exp
from operator import add

from hunter.matching.affixes import themes_within
from hunter.matching.asking import STOLEN, is_asking
from hunter.matching.decisive import Decisive
from hunter.matching.doubts import reason_to_doubt
from hunter.matching.evidence import (
    TYPO_ACROSS_WORDS,
    Features,
    is_in_its_letters,
    is_keyword_by_its_sound,
    is_under_its_ending,
    kind_of,
    lure_feature,
    other_readings,
    place_of,
    reading_as_words,
    scene_features,
    sounding,
    term_features,
    writing,
    writing_features,
)
from hunter.matching.glyphs import disguises
from hunter.matching.lifts import (
    GLUED,
    is_asked_in_its_token,
    is_said_alike,
    reason_to_alert,
)
from hunter.matching.places import Find
from hunter.matching.scenes import Scene, beside, scenes, surprise
from hunter.matching.suffixes import is_of_a_country
from hunter.matching.terms import LONG_TERM
from hunter.matching.views import Reading
from hunter.matching.words import COMMON_WORD

LEAST_TOLD = 0.0125
"""A find less sure than this is no match: one in eighty is noise to whoever reads it."""
_LEAST, _MOST = 0.01, 0.99
_UNDER, _FAR_UNDER = 0.1, 3.0
"""Points under an alert of what is held below one, and of what is chance."""
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
    if home := _at_home(reading, find, around, points):
        return home | _doubts(reading, find, around, points + sum(home.values()))
    reason = reason_to_alert(reading, find, around)
    if not reason and _is_asked_within(reading, find, around, points):
        reason = Decisive.ASKED_WITHIN
    if not reason or any(_doubts(reading, find, around, 0.0).values()):
        return {}
    return {reason: -points}


def _at_home(reading: Reading, find: Find, around: Scene, points: float) -> Features:
    """What an ending takes away, given back where that decides, beside a lure and under the own.

    Under their country's ending firms have their names, so that it speaks against imitations; but
    those of the brands at home there stand under it, too: `login-pp.es`; and those of brands that
    are at home in no country.
    """
    if not (around.lured and around.suffix == "country"):
        return {}
    if not (around.same_suffix or _is_known_anywhere(reading, find, around)):
        return {}
    taken = load_weights().get(f"{kind_of(find.distance)} .{reading.suffix}", 0.0)
    return {"lured ending-aside": -taken} if taken < 0 < points - taken else {}


def _is_known_anywhere(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether a brand of no country stands beside a word for what is stolen: `wise-konto.de`."""
    if not around.as_written or around.word == COMMON_WORD or not find.term.is_own_label:
        return False
    if not {around.before, around.after} <= GLUED or is_of_a_country(find.term.suffix):
        return False
    *_, tokens = beside(reading, find)
    return any(themes_within(token) & STOLEN for token in tokens)


def _is_asked_within(reading: Reading, find: Find, around: Scene, points: float) -> bool:
    """Whether a lure would have made it an alert that is but part of a token: `areasicurezza`."""
    if around.lured or not around.as_written:
        return False
    lure = load_weights().get(lure_feature(around.word), 0.0)
    if points + lure <= 0:
        return False
    if find.left and find.right:
        return is_asking(reading, find)
    return is_asked_in_its_token(reading, find, around)


def _doubts(reading: Reading, find: Find, around: Scene, points: float) -> Features:
    """What other readings of the text take away, and what holds it below an alert in any case."""
    others = other_readings(reading, find)
    if TYPO_ACROSS_WORDS in others and _is_meant(reading, find, around):
        del others[TYPO_ACROSS_WORDS]
    found = _weights_of(others)
    if reason := reason_to_doubt(reading, find, around, others):
        found[reason] = -points - (_FAR_UNDER if reason is Decisive.BY_CHANCE else _UNDER)
    return found


def _is_meant(reading: Reading, find: Find, around: Scene) -> bool:
    """Whether two words that meet in it say nothing.

    The brand's own domain is mistyped (`ptoton.me`), or a keyword is written as it sounds.
    """
    mistyped = around.whole_domain and (is_under_its_ending(around) or is_said_alike(reading, find))
    return mistyped or is_keyword_by_its_sound(reading, find, around)


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
