"""Make words.txt.gz, rare_words.txt.gz and confusables.txt in hunter/data from their sources.

Run with an interpreter that has `wordfreq`, `english-words` and `confusable_homoglyphs`; hunter
needs none of them.
"""

import gzip
import json
import unicodedata
from collections.abc import Container
from importlib import resources
from math import log10
from pathlib import Path

DATA = Path(__file__).parents[1] / "hunter" / "data"
LANGUAGES = {
    "en": 40_000,
    "fr": 40_000,
    "es": 15_000,
    "de": 15_000,
    "it": 15_000,
    "pt": 12_000,
    "nl": 12_000,
}
RARE_LANGUAGES = ("en", "fr")
RAREST = 1.5
"""The Zipf frequency from which a word is a word: below it stand mostly typing mistakes."""
RARE_LENGTHS = range(5, 21)
EVENLY_KNOWN = 0.9
"""A word about as frequent in every language as in the middle one is a name, not a word."""
TARGETS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
BY_EYE = {
    "ə": "a",
    "ƿ": "p",
    "ƅ": "b",
    "ĸ": "k",
    "ŋ": "n",
    "ʒ": "3",
    "ɱ": "m",
    "ᶌ": "v",
    "м": "m",
    "ь": "b",
    "к": "k",
    "т": "t",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
}
"""What UTS #39 leaves out or makes more than one letter of."""
TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
SHORTEST_WITH_PLURAL = 4
ONE_FOR_TWO = {"rn": "m", "vv": "w", "cl": "d"}


def plain(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def transcribed(word: str) -> str:
    """As German names are registered: `gruene` for `grüne`."""
    return plain(word.translate(TRANSCRIBED))


def words() -> dict[str, tuple[float, bool]]:
    """Word → highest Zipf frequency of the languages, and whether it looks coined.

    A coined name (microsoft, paypal) is as frequent in one language as in the next, stands in no
    old dictionary and has no plural, as `industrie` has; an ordinary word has a home.
    """
    import wordfreq
    from english_words import get_english_words_set

    dictionary = {plain(word) for word in get_english_words_set(["web2"])}
    found: dict[str, tuple[float, bool]] = {}
    for language, count in LANGUAGES.items():
        for word in wordfreq.top_n_list(language, count):
            spelt = plain(word)
            if len(spelt) < 2 or not (spelt.isascii() and spelt.isalpha()):
                continue
            uses = sorted(wordfreq.zipf_frequency(word, each) for each in LANGUAGES)
            even = uses[-1] - uses[len(uses) // 2] < EVENLY_KNOWN
            coined = even and not dictionary & {
                spelt,
                spelt.removesuffix("s"),
                spelt.removesuffix("es"),
            }
            for one in {spelt, transcribed(word) if language == "de" else spelt}:
                known = found.get(one, (0.0, coined))
                found[one] = (max(known[0], uses[-1]), known[1] and coined)
    return {
        word: (zipf, coined and not _has_plural(word, found))
        for word, (zipf, coined) in found.items()
    }


def rare_words(known: Container[str]) -> list[str]:
    """Those that are none of the `known` words, in order."""
    import wordfreq

    found: set[str] = set()
    for language in RARE_LANGUAGES:
        shares = wordfreq.get_frequency_dict(language, "large")
        found.update(plain(word) for word, share in shares.items() if log10(share) + 9 >= RAREST)
    return sorted(
        word
        for word in found
        if len(word) in RARE_LENGTHS and word.isascii() and word.isalpha() and word not in known
    )


def _has_plural(word: str, known: Container[str]) -> bool:
    """Abbreviations have one by chance."""
    return len(word) >= SHORTEST_WITH_PLURAL and f"{word}s" in known


def confusables() -> dict[str, str]:
    """Non-ASCII character → the ASCII text it looks like, by UTS #39."""
    path = resources.files("confusable_homoglyphs") / "confusables.json"
    table: dict[str, list[dict[str, str]]] = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for char, lookalikes in table.items():
        targets = [plain(ONE_FOR_TWO.get(twin["c"], twin["c"])) for twin in lookalikes]
        usable = [text for text in targets if text and TARGETS.issuperset(text)]
        if len(char) == 1 and not char.isascii() and usable:
            found[char] = min(usable, key=lambda text: (len(text), text.isdigit(), text))
    return found | BY_EYE


def grouped(known: dict[str, tuple[float, bool]]) -> list[str]:
    """A line for each frequency, with its words: read in a fifth of the time of a line a word."""
    found: dict[str, list[str]] = {}
    for word, (zipf, coined) in sorted(known.items()):
        found.setdefault(f"{zipf:.1f}{'c' if coined else ''}", []).append(word)
    return [f"{zipf} {' '.join(some)}\n" for zipf, some in sorted(found.items())]


def main() -> None:
    """Write the files, sorted, so that a new version shows as a readable difference."""
    known = words()
    rare = rare_words(known)
    for name, text in (("words", "".join(grouped(known))), ("rare_words", "\n".join(rare))):
        with gzip.GzipFile(DATA / f"{name}.txt.gz", "wb", mtime=0) as file:
            file.write(text.encode("ascii"))
    table = [f"{ord(char):04X} {text}\n" for char, text in sorted(confusables().items())]
    (DATA / "confusables.txt").write_text("".join(table), encoding="ascii")
    print(len(known), "words,", len(rare), "rare ones,", len(table), "confusables")


if __name__ == "__main__":
    main()
