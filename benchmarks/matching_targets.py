"""Find the words that squatters are after: hunter/data/targets.txt.

    python -m benchmarks.matching_targets --data DIR

`amazon` is a word in dictionaries and `santander` another, of which many names are made. Whoever
registers them mostly means a brand all the same: beside them stands what asks for a password, a
payment or a parcel far more often than beside other words. That share is counted in registered
names; those that the matcher is judged by are left out. What is kept is words that dictionaries
hold, and no name.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.matching import Data
from benchmarks.matching_words import cut, labels_to_count
from hunter.matching.affixes import themes
from hunter.matching.segmentation import word_nats
from hunter.matching.words import frequencies

TARGETS = Path(__file__).parents[1] / "hunter" / "data" / "targets.txt"
ASKING = frozenset(("access", "trust", "mail", "money", "delivery"))
"""Themes of what squatters are after."""
SHORTEST, LONGEST = 4, 16
"""Letters of a word that can be told in a label."""
LEAST_SEEN = 40
TIMES = 5
"""By how many times what asks has to stand beside a word more often than beside all words."""
PRIOR = 40
"""As many labels as these are taken to be like those of all words."""
HEAD = """\
# Words that squatters are after: what asks for something stands beside them five times as often as
# beside other words. Counted in registered names by benchmarks/matching_targets.py.
"""


def words_beside(label: str, words: frozenset[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The longest words that begin and end the runs of letters of a label; and all else in it."""
    runs = cut(label)
    for at, run in enumerate(runs):
        others = (*runs[:at], *runs[at + 1 :])
        sizes = range(min(LONGEST, len(run)), SHORTEST - 1, -1)
        if first := next((run[:size] for size in sizes if run[:size] in words), ""):
            yield first, (run[len(first) :], *others)
        last = next((run[-size:] for size in sizes if run[-size:] in words), "")
        if last and last != run:
            yield last, (run[: -len(last)], *others)


def counted(labels: Iterable[str], words: frozenset[str]) -> tuple[Counter[str], Counter[str]]:
    """Beside what each word is seen at all, and beside what asks."""
    seen: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    known: dict[str, bool] = {"": False}
    for label in labels:
        for word, beside in words_beside(label, words):
            if not any(beside):
                continue
            for text in beside:
                if text not in known:
                    known[text] = not ASKING.isdisjoint(themes(text))
            seen[word] += 1
            asked[word] += any(known[text] for text in beside)
    return seen, asked


def targets(seen: Counter[str], asked: Counter[str]) -> list[str]:
    """The words beside which that is far more often so than usual, but for such as ask."""
    usual = asked.total() / seen.total()
    return sorted(
        word
        for word, times in seen.items()
        if times >= LEAST_SEEN
        and (asked[word] + usual * PRIOR) / (times + PRIOR) >= TIMES * usual
        and not themes(word)
    )


def main() -> None:
    """Count, and write the words."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    labels = labels_to_count(Data(parser.parse_args().data, sample=1))
    words = frozenset(
        word for word in (*frequencies(), *word_nats()) if SHORTEST <= len(word) <= LONGEST
    )
    found = targets(*counted(labels, words))
    TARGETS.write_text(HEAD + "\n".join(found) + "\n", encoding="ascii")
    print(len(found), "words,", TARGETS.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
