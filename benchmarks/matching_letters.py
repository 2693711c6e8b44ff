"""Count the letters of registered names: hunter/data/letter_costs.bin.gz.

    python -m benchmarks.matching_letters --data DIR

What is kept is how often each letter follows two others in the labels of two million names, and no
name. The costs are smoothed towards those of one letter less (Witten and Bell, 1991, with a fixed
weight for what was never seen).
"""

import argparse
import gzip
from pathlib import Path

import numpy as np

from benchmarks.matching import Data
from hunter.matching.letters import SYMBOLS, UNIT, symbols
from hunter.matching.views import read

TABLE = Path(__file__).parents[1] / "hunter" / "data" / "letter_costs.bin.gz"
EVERY = 4
UNSEEN = 8.0
COSTLIEST = 255


def counts(labels: list[str]) -> np.ndarray:
    """How often each run of three symbols stands in the labels; two ends stand before each."""
    found = np.zeros(SYMBOLS**3, np.int64)
    line = np.array([code for label in labels for code in (0, *symbols(label))], np.int64)
    np.add.at(found, (line[:-2] * SYMBOLS + line[1:-1]) * SYMBOLS + line[2:], 1)
    return found.reshape(SYMBOLS, SYMBOLS, SYMBOLS)


def chances(seen: np.ndarray) -> np.ndarray:
    """The chance of each symbol after each two."""
    single = np.maximum(seen.sum((0, 1)), 1)
    of_one = single / single.sum()
    pairs = seen.sum(0)
    of_two = (pairs + UNSEEN * of_one) / (pairs.sum(1, keepdims=True) + UNSEEN)
    return (seen + UNSEEN * of_two) / (seen.sum(2, keepdims=True) + UNSEEN)


def main() -> None:
    """Read the names and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    data = Data(parser.parse_args().data, sample=EVERY)
    readings = (read(name.decode("ascii", "replace")) for name in data.names("names_bulk.txt.gz"))
    labels = [reading.plain[reading.label : reading.head] for reading in readings if reading]
    costs = np.clip(np.round(-np.log(chances(counts(labels))) / UNIT), 0, COSTLIEST)
    with gzip.GzipFile(TABLE, "wb", mtime=0) as file:
        file.write(costs.astype(np.uint8).tobytes())
    print(len(labels), "labels,", TABLE.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
