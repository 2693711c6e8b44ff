"""Make hunter/data/words.txt.gz and hunter/data/confusables.txt from their sources.

Run with an interpreter that has `wordfreq` and `confusable_homoglyphs`; hunter needs neither.
"""

import gzip
import json
import unicodedata
from importlib import resources
from pathlib import Path

DATA = Path(__file__).parents[1] / "hunter" / "data"
LANGUAGES = ("en", "fr")
WORDS_PER_LANGUAGE = 40_000
TARGETS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
HAND_PICKED = {"rn": "m", "vv": "w", "cl": "d"}


def plain(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words() -> dict[str, float]:
    """Word → zipf frequency (log10 per thousand million words), the highest of the languages."""
    import wordfreq

    found: dict[str, float] = {}
    for language in LANGUAGES:
        for word in wordfreq.top_n_list(language, WORDS_PER_LANGUAGE):
            spelt = plain(word)
            if len(spelt) > 1 and spelt.isascii() and spelt.isalpha():
                zipf = wordfreq.zipf_frequency(word, language)
                found[spelt] = max(found.get(spelt, 0.0), zipf)
    return found


def confusables() -> dict[str, str]:
    """Non-ASCII character → the ASCII text it looks like, by UTS #39."""
    path = resources.files("confusable_homoglyphs") / "confusables.json"
    table: dict[str, list[dict[str, str]]] = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for char, lookalikes in table.items():
        targets = [plain(HAND_PICKED.get(twin["c"], twin["c"])) for twin in lookalikes]
        usable = [text for text in targets if text and TARGETS.issuperset(text)]
        if len(char) == 1 and not char.isascii() and usable:
            found[char] = min(usable, key=lambda text: (len(text), text.isdigit(), text))
    return found


def main() -> None:
    """Write both files, sorted, so that a new version shows as a readable difference."""
    lines = [f"{word} {zipf:.2f}\n" for word, zipf in sorted(words().items())]
    with gzip.GzipFile(DATA / "words.txt.gz", "wb", mtime=0) as file:
        file.write("".join(lines).encode("ascii"))
    table = [f"{ord(char):04X} {text}\n" for char, text in sorted(confusables().items())]
    (DATA / "confusables.txt").write_text("".join(table), encoding="ascii")
    print(len(lines), "words,", len(table), "confusables")


if __name__ == "__main__":
    main()
