"""How sure a find is: the weights of its evidence, added up and put on a scale from 0 to 1.

The weights are log-odds, fitted by `benchmarks/matching_fit.py` to observed lookalikes against
ordinary names. They are plain text in `hunter/data/evidence_weights.txt`, one feature a line.
"""

from functools import cache, lru_cache
from importlib import resources
from math import exp

from hunter.matching.evidence import nearness, other_readings, rarity, surroundings
from hunter.matching.finds import Find
from hunter.matching.views import Reading

LONG_TERM = 6
"""Letters from which a term is judged strictly. A shorter brand is hidden among more names, and who
protects one expects more to look through."""
_LEAST, _MOST = 0.01, 0.99


def confidence(reading: Reading, find: Find) -> float:
    """0..1; 0.5 is where an alert begins.

    Ordinary readings of the text are looked for only in what would alert: they can but lower it.
    """
    weights = load_weights()
    points = _plain_points(
        nearness(reading, find), rarity(find), len(find.term.sought) >= LONG_TERM
    )
    points += sum(weights.get(feature, 0.0) for feature in surroundings(reading, find))
    if points > 0:
        others = other_readings(reading, find)
        points += sum(weights.get(feature, 0.0) * value for feature, value in others.items())
    return round(min(max(1 / (1 + exp(-points)), _LEAST), _MOST), 3)


@lru_cache(maxsize=4096)
def _plain_points(near: str, rare: str, long: bool) -> float:
    weights = load_weights()
    base = weights["base long" if long else "base short"]
    return base + weights.get(near, 0.0) + weights.get(rare, 0.0)


@cache
def load_weights() -> dict[str, float]:
    """Feature → weight in log-odds."""
    text = (resources.files("hunter") / "data" / "evidence_weights.txt").read_text("ascii")
    pairs = (line.split("\t") for line in text.splitlines())
    return {feature: float(weight) for feature, weight in pairs}
