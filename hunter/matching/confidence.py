"""How sure a find is: the weights of its evidence, added up and put on a scale from 0 to 1.

The weights are log-odds, fitted by `benchmarks/matching_fit.py` to observed lookalikes against
ordinary names. They are plain text in `hunter/data/evidence_weights.txt`, one feature a line.
"""

from functools import cache
from importlib import resources
from math import exp

from hunter.matching.evidence import WHOLE_WORDS, nearness, other_readings, rarity, surroundings
from hunter.matching.finds import Find
from hunter.matching.views import Reading

LONG_TERM = 6
"""Letters from which a term is judged strictly. A shorter brand is hidden among more names, and who
protects one expects more to look through."""
COMMON_WORD = "word5"
"""A term this common is no imitation by itself: something beside it has to speak for it."""
_LEAST, _MOST = 0.01, 0.99
_UNDER = 0.1


def confidence(reading: Reading, find: Find) -> float:
    """0..1; 0.5 is where an alert begins.

    Ordinary readings of the text are looked for only in what would alert: they can but lower it.
    """
    return scale(sum(weight for _, weight in weighed(reading, find)))


def weighed(reading: Reading, find: Find) -> list[tuple[str, float]]:
    """Each piece of evidence and its points, in log-odds."""
    weights = load_weights()
    near, rare = nearness(reading, find), rarity(find)
    beside = surroundings(reading, find)
    found = [(feature, weights.get(feature, 0.0)) for feature in (near, rare, *beside)]
    found.append(
        (base := "base long" if len(find.term.sought) >= LONG_TERM else "base short", weights[base])
    )
    points = sum(weight for _, weight in found)
    if points > 0:
        others = other_readings(reading, find)
        found += [(feature, weights.get(feature, 0.0) * value) for feature, value in others.items()]
        alone = rare.endswith(COMMON_WORD) and not any(each.startswith("lure") for each in beside)
        if alone or WHOLE_WORDS in others:
            found.append(("ordinary words, and nothing else", -points - _UNDER))
    return found


def scale(points: float) -> float:
    """Log-odds to 0..1, never quite either."""
    return round(min(max(1 / (1 + exp(-points)), _LEAST), _MOST), 3)


@cache
def load_weights() -> dict[str, float]:
    """Feature → weight in log-odds."""
    text = (resources.files("hunter") / "data" / "evidence_weights.txt").read_text("ascii")
    pairs = (line.split("\t") for line in text.splitlines())
    return {feature: float(weight) for feature, weight in pairs}
