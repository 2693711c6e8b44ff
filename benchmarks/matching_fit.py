"""Fit the weights of the evidence: hunter/data/evidence_weights.txt.

    python -m benchmarks.matching_fit --data DIR [--write]

Needs scikit-learn beside hunter. A logistic regression of observed lookalikes against whatever else
matches in ordinary names. First each half of the brands is judged by weights fitted to the other
half, which is what to expect for a brand never seen; the weights written are fitted to all.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.matching import HALVES, Data, batches, half, is_short
from hunter.matching import Matcher
from hunter.matching.evidence import (
    other_readings,
    place_of,
    reading_as_words,
    scene_features,
    sounding,
    term_features,
    writing,
)
from hunter.matching.places import Find
from hunter.matching.scenes import scenes
from hunter.matching.views import Reading, read

WEIGHTS = Path(__file__).parents[1] / "hunter" / "data" / "evidence_weights.txt"
ONLY_AGAINST = ("is-word", "is-two-words", "of-whole-words", "within-word", "across-words")
SHRINKAGE = 0.3
NATS = 10.0
"""What costs in nats are divided by while fitting, so that all features are of one size."""
IN_NATS = re.compile(r"letters|term-spelling|words-alone")
ENDINGS = 40
"""Finds under an ending from which on it has a weight of its own, beside that of its kind."""
MOST_OF_ENDING = 2.0
"""No ending says more for or against: the lists of new names hold some countries' and lack others'
(`.se` is published, `.fr` is not), which says nothing of who registers there."""
IN_A_HOST = re.compile("exact (in-subdomain|on-platform) (inside|at-edge)")
MOST_IN_A_HOST = 1.0
"""Part of a token says no more than this for being in a host's name: the lists of ordinary names
hold no hosts, and the tenants of a platform are called as domains are."""
BASE_LONG, BASE_SHORT = 2.26, 3.53
"""Where the scale's middle lies: what is added for terms of six letters and more, and for others.
Set by the false alarms that are bearable, not by the share of lookalikes in the material."""
BUDGETS = ((2.0, 3.0), (4.0, 4.0), (20.0, 20.0))

Row = tuple[str, str, dict[str, float]]
"""The brand, `pair`, `popular` or `registered`, and the features."""


def features(reading: Reading, find: Find) -> dict[str, float]:
    (around,) = scenes([reading], [find])
    found = Counter(scene_features(around))
    term = term_features(place_of(around), find.term.plain)
    words = reading_as_words(reading, find) | other_readings(reading, find)
    return {**found, **writing(reading, find), **term, **words, **sounding(reading, find)}


def nearest(found: list[Find]) -> Find:
    """One find speaks for the name: the nearest, the most freely standing, the longest."""
    return min(
        found,
        key=lambda find: (
            not find.term.takes_typos,
            find.distance,
            -bool(find.left) - bool(find.right),
            -len(find.term.sought),
        ),
    )  # fmt: skip


def rows_of(
    matcher: Matcher, kind: str, names: list[bytes], wanted: list[str] | None
) -> Iterator[Row]:
    """What the matcher finds in the names; with `wanted`, only for that brand on each line."""
    step = 10_000
    for start in range(0, len(names), step):
        some = names[start : start + step]
        for line, finds in matcher.finds_in(b"\n".join(some)):
            reading = read(some[line].decode("utf-8", "replace"))
            by_brand: dict[str, list[Find]] = {}
            for find in finds:
                by_brand.setdefault(find.term.brand.domain, []).append(find)
            for domain, found in by_brand.items():
                if reading is not None and (wanted is None or wanted[start + line] == domain):
                    yield domain, kind, features(reading, nearest(found))


def collect(data: Data) -> list[Row]:
    pairs = data.rows("pairs_dev.csv")
    rows: list[Row] = []
    for matcher in batches(data.brands().values()):
        mine = {brand.domain for brand in matcher.brands}
        some = [pair for pair in pairs if pair["brand_domain"] in mine]
        rows += rows_of(
            matcher,
            "pair",
            [pair["lookalike"].encode() for pair in some],
            [pair["brand_domain"] for pair in some],
        )
        rows += rows_of(matcher, "popular", data.names("benign_popular_dev.txt.gz"), None)
        rows += rows_of(matcher, "registered", data.names("benign_nrd_dev.txt.gz"), None)
    return rows


def fit(rows: list[Row]) -> dict[str, float]:
    """Feature → weight. An ordinary reading that would speak for a lookalike is left out."""
    vectors = DictVectorizer()
    matrix: Any = vectors.fit_transform([found for _, _, found in rows])
    wanted = np.array([kind == "pair" for _, kind, _ in rows])
    names = vectors.get_feature_names_out()
    scale = np.array([1 / NATS if IN_NATS.search(name) else 1.0 for name in names])
    matrix = matrix.multiply(scale).tocsr()
    seen = matrix.getnnz(axis=0)
    kept = np.array([" ." not in name for name in names]) | (seen >= ENDINGS)
    for _ in ONLY_AGAINST:
        model = LogisticRegression(C=SHRINKAGE, max_iter=5000, solver="liblinear")
        model.fit(matrix[:, kept], wanted)
        weights = np.zeros(len(names))
        weights[kept] = model.coef_[0]
        against = np.array([name.rpartition(" ")[2] in ONLY_AGAINST for name in names])
        if not (against & (weights > 0)).any():
            break
        kept &= ~(against & (weights > 0))
    endings = np.array([" ." in name for name in names])
    weights[endings] = weights[endings].clip(-MOST_OF_ENDING, MOST_OF_ENDING)
    hosts = np.array([bool(IN_A_HOST.fullmatch(name)) for name in names])
    weights[hosts] = weights[hosts].clip(max=MOST_IN_A_HOST)
    weights *= scale
    base = float(model.intercept_[0])
    return {
        "base long": base + BASE_LONG,
        "base short": base + BASE_SHORT,
        **{str(name): float(weight) for name, weight in zip(names, weights, strict=True)},
    }


def score(weights: dict[str, float], found: dict[str, float]) -> float:
    return weights["base long"] + sum(
        weights.get(name, 0.0) * value for name, value in found.items()
    )


def judge(data: Data, weights: dict[str, float], rows: list[Row], which: str) -> None:
    """Recall at each bearable rate of false alarms (popular, newly registered)."""
    listed = {
        row["brand_domain"]: row
        for row in data.rows("brands_dev.csv")
        if half(row["brand_domain"]) == which
    }
    pairs = [pair for pair in data.rows("pairs_dev.csv") if pair["brand_domain"] in listed]
    millions = {
        "popular": len(data.names("benign_popular_dev.txt.gz")) / 1e6,
        "registered": len(data.names("benign_nrd_dev.txt.gz")) / 1e6,
    }
    for short in (False, True):
        brands = {domain for domain, row in listed.items() if is_short(row) == short}
        scored = sorted(
            ((score(weights, found), kind) for domain, kind, found in rows if domain in brands),
            reverse=True,
        )
        total = sum(pair["brand_domain"] in brands for pair in pairs)
        for popular, registered in BUDGETS:
            seen: Counter[str] = Counter()
            points = 0.0
            for points, kind in scored:  # noqa: B007
                seen[kind] += 1
                if (
                    seen["popular"] / millions["popular"] / len(brands) > popular
                    or seen["registered"] / millions["registered"] / len(brands) > registered
                ):
                    break
            size = "short" if short else "long "
            title = f"{which:6} {size} at most {popular:4} / {registered:4}"
            print(f"{title}: recall {seen['pair'] / total:.3f} from {points:+.2f} on")


def main() -> None:
    """Cross-check the halves, then fit all and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="write the weights of all brands")
    options = parser.parse_args()
    data = Data(options.data, sample=1)
    rows = collect(data)
    for fitted, judged in (HALVES, HALVES[::-1]):
        weights = fit([row for row in rows if half(row[0]) == fitted])
        judge(data, weights, [row for row in rows if half(row[0]) == judged], judged)
    if options.write:
        lines = [
            f"{name}\t{weight:.3f}\n"
            for name, weight in sorted(fit(rows).items())
            if f"{weight:.3f}" not in ("0.000", "-0.000")
        ]
        WEIGHTS.write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main()
