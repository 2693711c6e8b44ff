"""How ordinary a piece of text is: frequencies of English and French words, loaded when needed."""

import gzip
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import chain

KNOWN = 3.0
"""The Zipf frequency from which the rest of a token is a word."""
COMMON = 3.5
"""That from which a word is an ordinary one, ..."""
VERY_COMMON = 6.5
"""... and a very common one: no other of two letters is a word."""
_FAMOUS = 4.0
"""That from which a name is a famous one."""
COMMON_WORD = "word5"
"""The class of what is so common that it is no imitation by itself: a word that asks for something
has to stand beside it. Shops and places do not: `marche-de-paris`, `marche-shop`."""
LESS_COMMON_WORD = "word4"
"""The class next to it."""
SHORTEST_WORD = 3
"""Letters; of shorter ones only the very common are words."""
SHORTEST_TOKEN = 2
_LONGER_WORD = 4
_SMALL_WORDS = ("des", "les", "the", "and", "de", "du", "la", "le", "et", "en", "of")
"""What stands between two words of a name that is written as one."""
OF_HOSTERS = frozenset(
    ("autodiscover", "autoconfig", "cpanel", "whm", "webdisk", "cpcontacts", "cpcalendars", "plesk")
)
"""What hosting companies call hosts under every domain."""
IN_FRONT = OF_HOSTERS | {"www", "mail", "webmail", "app"}
"""What stands in front of any host, too, and says nothing of it."""
OF_ADDRESSES = frozenset(
    ("www", "ww", "wwww", "http", "https", "httpwww", "httpswww", "2f", "252f")
)
"""What is left of the begin of an address that is typed without its signs, or escaped."""
_WORDS = "words.txt.gz"
"""Behind the frequency of names stands `c`."""


@cache
def frequencies() -> dict[str, float]:
    """Word → Zipf frequency: log10 of its uses in a thousand million words. Plain ASCII."""
    found: dict[str, float] = {}
    for zipf, words in grouped(_WORDS):
        found.update(dict.fromkeys(words.split(), float(zipf.removesuffix("c"))))
    return found


@cache
def common() -> frozenset[str]:
    """The ordinary words, as a set: it can be asked for many at once."""
    return frozenset(word for word, zipf in frequencies().items() if zipf >= COMMON)


@cache
def coined() -> frozenset[str]:
    """Words that are names and nothing else: as frequent in one language as in the next."""
    names = (words.split() for zipf, words in grouped(_WORDS) if zipf.endswith("c"))
    return frozenset(chain.from_iterable(names))


def grouped(name: str) -> Iterator[tuple[str, str]]:
    """What some words of a list share, such as their frequency, and these words, line by line.

    The whole list at once would take more memory than all that is made of it.
    """
    data = resources.files("hunter") / "data" / name
    with data.open("rb") as packed, gzip.open(packed, "rt", encoding="ascii") as lines:
        for line in lines:
            shared, _, words = line.partition(" ")
            yield shared, words


@cache
def lures() -> dict[str, str]:
    """Word that squatters put beside a brand → its theme: `login` → access, `vote` → campaign."""
    return {word: theme for theme, word in _headed("lures.txt")}


@cache
def host_names() -> frozenset[str]:
    """After whom and what hosts are called by those who have to call them something: `hermes`."""
    return _listed("host_names.txt")


@cache
def trades() -> frozenset[str]:
    """What anybody runs under a name of their own: `garage`, `pharmacie`, `camping`."""
    return _listed("trades.txt")


@cache
def combining_forms() -> frozenset[str]:
    """What words are made of: `digi`, `plex`."""
    return _listed("combining_forms.txt")


@cache
def set_phrases() -> frozenset[tuple[str, str]]:
    """Two words that say something of their own together: `marche`, `arriere`."""
    return frozenset(_headed("set_phrases.txt"))


@cache
def targets() -> frozenset[str]:
    """Words that whoever registers mostly means a brand by: `amazon`, `santander`."""
    return _listed("targets.txt")


@cache
def of_anybody() -> frozenset[str]:
    """Lures that anybody has in a name that is an ordinary word: `center`, `jobs`."""
    return _listed("of_anybody.txt")


@cache
def abused_suffixes() -> frozenset[str]:
    """Top-level domains in which squatters are at home."""
    return _listed("tlds_abused.txt")


def _headed(name: str) -> Iterator[tuple[str, str]]:
    """What stands before the colon of a line of such a list, beside each word behind it."""
    for line in _lines(name):
        head, _, words = line.partition(":")
        for word in words.split():
            yield head, word


def _listed(name: str) -> frozenset[str]:
    """The words of a list written by hand."""
    return frozenset(chain.from_iterable(map(str.split, _lines(name))))


def _lines(name: str) -> list[str]:
    """What a list written by hand holds, without its remarks."""
    text = (resources.files("hunter") / "data" / name).read_text("ascii")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


@lru_cache(maxsize=65536)
def word_class(term: str) -> str:
    """`unknown` to the dictionaries, `coined` (a name and nothing else), or how common a word."""
    zipf = frequencies().get(term, 0.0)
    if term in coined():
        return "coined" if zipf < _FAMOUS else "famous"
    if not zipf:
        return f"phrase{round(least)}" if (least := phrase(term)) >= COMMON else "unknown"
    return f"word{min(max(round(zipf), 3), 5)}"


def two_words(text: str) -> tuple[str, ...]:
    """The two longer words that a text is, unless it is one: `france` and `insoumise`."""
    return () if text in frequencies() else _best(_halves(text, _LONGER_WORD))


def words_in(text: str) -> tuple[str, ...]:
    """Two longer words, or these with a small one between them: `horizons`, `le`, `parti`."""
    if text in frequencies():
        return ()
    return two_words(text) or _best(_thirds(text))


def _thirds(text: str) -> Iterator[tuple[str, str, str]]:
    """Each way to cut it that leaves a small word between longer parts."""
    for small in _SMALL_WORDS:
        at = text.find(small, _LONGER_WORD, -_LONGER_WORD)
        while at >= 0:
            yield text[:at], small, text[at + len(small) :]
            at = text.find(small, at + 1, -_LONGER_WORD)


def _best(cuts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The cut into the most frequent words; none where no cut gives words alone."""
    best = max(cuts, key=_rarest, default=())
    return best if _rarest(best) else ()


def _rarest(words: Sequence[str]) -> float:
    return min(map(as_token, words), default=0.0)


def phrase(text: str, shortest: int = SHORTEST_TOKEN) -> float:
    """The less frequent of two words that the text is made of: `le` and `monde`."""
    return max(map(_rarest, _halves(text, shortest)), default=0.0)


def _halves(text: str, shortest: int) -> Iterator[tuple[str, str]]:
    cuts = range(shortest, len(text) - shortest + 1)
    return ((text[:cut], text[cut:]) for cut in cuts)


def as_token(text: str) -> float:
    """The frequency of a word; two letters are a word only when they are a very common one."""
    zipf = frequencies().get(text, 0.0)
    return zipf if len(text) >= SHORTEST_WORD or zipf >= VERY_COMMON else 0.0
