"""What `confidence` says, laid out for the compiled loops, and what these leave open.

The loops tell where a find stands, as one number. What such a scene is worth is asked of
`confidence` once, and kept; what would alert is handed to its last thoughts.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate, product
from math import inf, log
from string import ascii_lowercase, digits
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from hunter.matching.block import letter_code
from hunter.matching.confidence import (
    LEAST_TOLD,
    STEPS,
    confidences,
    load_weights,
    scale,
    with_last_thoughts,
    worth_of_scene,
    worth_of_term,
)
from hunter.matching.edits import MOST_EDITS, one_edit, replacement_name, several_edits
from hunter.matching.edits import PLACES as EDIT_PLACES
from hunter.matching.evidence import (
    MOST_BEYOND,
    PLACES,
    SAME_SOUND,
    USUALLY_BEYOND,
    WHOLE_DOMAIN,
    writing_features,
)
from hunter.matching.letters import SYMBOL_OF, UNIT, cost_of, load_steps
from hunter.matching.places import Find
from hunter.matching.scenes import Scene
from hunter.matching.segmentation import UNKNOWN_WORD, word_nats
from hunter.matching.suffixes import suffix_class
from hunter.matching.tables import IS_COMPILED, texts
from hunter.matching.terms import TWISTS, Term, is_rare_name
from hunter.matching.views import Reading
from hunter.matching.words import word_class
from hunter.names import suffix_tables

if IS_COMPILED:
    from hunter.matching import _sieve

_FIELDS = (
    ("distance", 2), ("verbatim", 1), ("left", 2), ("right", 2), ("size", 6), ("word", 6),
    ("before", 3), ("after", 3), ("suffix", 3), ("same_suffix", 1), ("suffix_beside", 1),
    ("whole_domain", 1), ("in_subdomain", 1), ("other_token", 1), ("other_lure", 1),
    ("twist", 4), ("edits", 6),
)  # fmt: skip
"""Of `Scene`, with the bits that each takes; the last are the lowest."""
_SHIFTS = dict(
    zip(
        (field for field, _ in reversed(_FIELDS)),
        accumulate((bits for _, bits in reversed(_FIELDS)), initial=0),
        strict=False,
    )
)
"""How many bits are lower than those of each."""
_SIDE = 0b11
"""The bits of what stands on either side."""
_AFFIXES = ("edge", "digits", "lure", "near-lure", "word", "near-word", "bit", "other")
_ENDINGS = ("com", "net", "org", "restricted", "platform", "abused", "country", "new")
_REPLACEMENTS = ("vowel-swap", "replacement", "bitsquatting", "substitution")
_EDITS = (
    "", "omission", "plural", "addition", "repetition", "insertion", "transposition",
    *_REPLACEMENTS,
)  # fmt: skip
_KINDS = ("exact", "typo")
_LEAST, _MOST = scale(-inf), scale(inf)
_SETTLED, _OPEN = 1, 2
_MEMORY = 1 << 18
"""Scenes for which there is room, half of it at most taken: of a thousand brands 63,000 turn up in
eight million names, of ten 1,500."""
_ENDING = np.dtype([("weight", "<f8", 2), ("kind", "<i4")])
_WEIGHTS = np.dtype(
    [(name, "<f8", 2) for name in ("letters", "letters-of-term", "words-alone")]
    + [
        (name, "<f8")
        for name in (
            "same_sound",
            "usually_beyond",
            "most_beyond",
            "least_told",
            "most_lured",
            "least_sure",
            "most_sure",
        )
    ]
)
_WORTH = np.dtype(
    [("places", "<f8", 4), ("letters", "<f8")]
    + [(name, "<i4") for name in ("word", "is_rare_name", "is_rare_keyword")]
)


Weighed: TypeAlias = tuple[int, int, float]
"""How far a find was weighed: how, its scene, and its points; or, once settled, how sure it is."""
UNWEIGHED: Weighed = (0, 0, 0.0)


def all_confidences(found: Sequence[tuple[Reading, Find, Weighed]]) -> list[float]:
    """As `confidences`, for finds of which some are weighed as far as the loops do."""
    # Half of them are settled, which no call is made for.
    sures = [one[2][2] if one[2][0] == _SETTLED else _finished(*one) for one in found]
    left = [
        (reading, find)
        for (reading, find, _), sure in zip(found, sures, strict=True)
        if sure is None
    ]
    rest = iter(confidences([reading for reading, _ in left], [find for _, find in left]))
    return [next(rest) if sure is None else sure for sure in sures]


def _finished(reading: Reading, find: Find, weighed: Weighed) -> float | None:
    how, scene, points = weighed
    if how == _OPEN:
        return scale(with_last_thoughts(reading, find, scene_of(scene), points))
    return None


def make_weigher(terms: Sequence[Term], finder: "_sieve.Finder") -> "_sieve.Weigher":
    """The weights, the words, and what the terms are worth."""
    return _sieve.Weigher(
        scenes=_sieve.Scenes(finder=finder, replacements=_replacements()),
        spelling=_spelling(),
        endings=_texts_of_endings(),
        ending=_weights_of_endings(),
        weights=_weights(),
        worth=_worth(terms),
        worth_of_scene=_worth_of,
        known=np.zeros(_MEMORY, np.uint64),
        points=np.zeros(_MEMORY),
    )


def log_odds(least: float) -> float:
    """What a find this sure, 0..1, has at least in points; a step less, for it may be rounded."""
    chance = min(least, _MOST) - 1 / STEPS
    return log(chance / (1 - chance)) if least > _LEAST else -inf


def _worth_of(number: int) -> float:
    return worth_of_scene(scene_of(number))


@lru_cache(maxsize=8192)
def scene_of(number: int) -> Scene:
    """The scene that the loops tell as this number."""
    *told, edits = (read(number >> shift & mask) for read, shift, mask in _readers())
    left, right = (number >> _SHIFTS[side] & _SIDE for side in ("left", "right"))
    return Scene._make((*told, _edits(edits, free=bool(left and right))))


@cache
def _readers() -> tuple[tuple[Callable[[int], Any], int, int], ...]:
    """How each field is read, how far to shift for it, and the mask of its bits."""
    read: dict[str, Callable[[int], Any]] = {
        "word": _word_classes().__getitem__,
        "before": _AFFIXES.__getitem__,
        "after": _AFFIXES.__getitem__,
        "suffix": _ENDINGS.__getitem__,
        "twist": TWISTS.__getitem__,
    }
    return tuple(
        (read.get(field, int if bits > 1 else bool), _SHIFTS[field], (1 << bits) - 1)
        for field, bits in _FIELDS
    )


def _edits(number: int, *, free: bool) -> tuple[str, ...]:
    name, place = divmod(number, len(EDIT_PLACES))
    if name < len(_EDITS):
        return one_edit(_EDITS[name], EDIT_PLACES[place], free=free) if name else ()
    kept = number - len(_EDITS) * len(EDIT_PLACES)
    count = MOST_EDITS if kept & 4 else MOST_EDITS - 1
    return several_edits(count, first=bool(kept & 2), last=bool(kept & 1))


@cache
def _word_classes() -> list[str]:
    """Those that terms have had, in the order in which they turned up."""
    return []


def _number_of_word_class(term: str) -> int:
    known, found = _word_classes(), word_class(term)
    if found not in known:
        known.append(found)
    return known.index(found)


@cache
def _replacements() -> npt.NDArray[np.uint8]:
    """The kind of edit that puts one letter for another, by their codes."""
    found = np.zeros((32, 32), np.uint8)
    for old, new in product(ascii_lowercase + digits, repeat=2):
        kind = _REPLACEMENTS.index(replacement_name(old, new))
        found[letter_code(old), letter_code(new)] = kind
    return found.reshape(-1)


@cache
def _spelling() -> "_sieve.Spelling":
    nats = word_nats()
    return _sieve.Spelling(
        letters=_sieve.Letters(
            symbols=np.frombuffer(SYMBOL_OF, np.uint8),
            steps=np.frombuffer(load_steps(), np.uint8),
            unit=UNIT,
        ),
        words=texts(nats),
        nats=np.array([*nats.values()]),
        unknown=UNKNOWN_WORD,
    )


@cache
def _endings() -> list[str]:
    """The public suffixes that are written out. Names under others are weighed elsewhere."""
    rules = (rule for rule in suffix_tables().private if not rule.startswith("!"))
    return [*dict.fromkeys(rule.removeprefix("*.") for rule in rules)]


@cache
def _texts_of_endings() -> "_sieve.Texts":
    return texts(_endings())


@cache
def _weights_of_endings() -> npt.NDArray[np.void]:
    rows, weights = np.zeros(len(_endings()), _ENDING), load_weights()
    rows["weight"] = [
        [weights.get(writing_features(kind, text)[0], 0.0) for kind in _KINDS]
        for text in _endings()
    ]
    rows["kind"] = [_ENDINGS.index(suffix_class(text)) for text in _endings()]
    return rows


def _weights() -> npt.NDArray[np.void]:
    rows, weights = np.zeros(1, _WEIGHTS), load_weights()
    for name in ("letters", "letters-of-term", "words-alone"):
        rows[name] = [weights.get(f"{kind} {name}", 0.0) for kind in _KINDS]
    rows["same_sound"] = weights.get(SAME_SOUND, 0.0)
    rows["usually_beyond"], rows["most_beyond"] = USUALLY_BEYOND, MOST_BEYOND
    rows["least_told"] = log_odds(LEAST_TOLD)
    rows["least_sure"], rows["most_sure"] = _LEAST, _MOST
    rows["most_lured"] = max(worth for name, worth in weights.items() if name.startswith("lure "))
    return rows


def _worth(terms: Sequence[Term]) -> npt.NDArray[np.void]:
    rows = np.zeros(len(terms), _WORTH)
    for row, term in zip(rows, terms, strict=True):
        row["places"] = [*_worth_at_places(term.plain)]
        row["letters"] = cost_of(term.plain)
        row["word"] = _number_of_word_class(term.plain)
        row["is_rare_name"] = is_rare_name(term.plain)
        row["is_rare_keyword"] = row["is_rare_name"] and not term.is_own_label
    return rows


def _worth_at_places(term: str) -> Iterator[float]:
    return (worth_of_term(place, term) for place in (WHOLE_DOMAIN, *PLACES))
