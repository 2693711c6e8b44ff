"""What speaks for and against a find, as named features; `confidence` weighs them.

Three questions: how near is it, and how rare is the term as an ordinary word (`nearness`); what
stands beside it (`surroundings`); does the text read as ordinary words without the brand
(`other_readings`). The last is costly and only ever speaks against, so it is asked last.
"""

from functools import lru_cache
from itertools import pairwise

from hunter.matching.finds import Find
from hunter.matching.terms import Twist
from hunter.matching.views import DOT, Reading
from hunter.matching.words import abused_suffixes, coined, frequencies, lures

Features = dict[str, float]
WHOLE_WORDS = "typo of-whole-words"
_LONGEST_AFFIX = 12
_SHORTEST_WORD = 3
_REACH = 8
_SHORTEST_TOKEN = 2
_VERY_COMMON = 6.5
_KNOWN = 3.0
_COMMON = 3.5
_FAMOUS = 4.0


def nearness(reading: Reading, find: Find) -> str:
    """Distance, edges and length in one word: `1 between-edges 7`."""
    free = bool(find.left) + bool(find.right)
    place = ("inside", "at-edge", "between-edges")[free]
    how = (
        str(find.distance)
        if find.distance
        else ("as-is" if is_verbatim(reading, find) else "folded")
    )
    return f"{how} {place} {_size_class(len(find.term.sought))}"


def is_verbatim(reading: Reading, find: Find) -> bool:
    """Whether the term stands there in the brand's own letters, separators apart."""
    if find.term.twist is Twist.BETWEEN:
        return True
    return reading.plain[find.start : find.end] == find.term.plain


def rarity(find: Find) -> str:
    """How ordinary the term is, together with how freely it stands."""
    free = bool(find.left) + bool(find.right)
    return f"{'typo' if find.distance else 'exact'} {free} {word_class(find.term.plain)}"


@lru_cache(maxsize=65536)
def word_class(term: str) -> str:
    """`unknown` to the dictionaries, `coined` (a name and nothing else), or how common a word."""
    zipf = frequencies().get(term, 0.0)
    if term in coined():
        return "coined" if zipf < _FAMOUS else "famous"
    if not zipf:
        return f"phrase{round(phrase)}" if (phrase := _phrase(term)) >= _COMMON else "unknown"
    return f"word{min(max(round(zipf), 3), 5)}"


def _phrase(term: str) -> float:
    """The less frequent of two ordinary words that the term is made of: `le` and `monde`."""
    cuts = range(_SHORTEST_TOKEN, len(term) - _SHORTEST_TOKEN + 1)
    return max((min(_as_token(term[:cut]), _as_token(term[cut:])) for cut in cuts), default=0.0)


def _as_token(text: str) -> float:
    """The frequency of a word; two letters are a word only when they are a very common one."""
    zipf = frequencies().get(text, 0.0)
    return zipf if len(text) >= _SHORTEST_WORD or zipf >= _VERY_COMMON else 0.0


def surroundings(reading: Reading, find: Find) -> list[str]:
    """What stands on either side within the token, in the other tokens, and as the suffix."""
    kind = "typo" if find.distance else "exact"
    left, right, tokens = _neighbours(reading, find)
    before, after = affix_class(left, before=True), affix_class(right, before=False)
    found = [f"{kind} before:{before}", f"{kind} after:{after}"]
    suffix = suffix_class(reading.suffix)
    found.append(f"{kind} suffix:{suffix}")
    if find.start == reading.label and find.end == reading.head:
        found.append(f"{kind} whole-domain suffix:{suffix}")
    if find.term.twist is not Twist.NONE:
        found.append(f"twist {find.term.twist.name}")
    if find.left and find.right:
        found += _freely(reading, find, kind)
        found += ["other-token"] * any(
            token not in lures() and not token.isdigit() for token in tokens
        )
    if find.end <= reading.label:
        found.append(f"{kind} in-subdomain")
    if "lure" in before or "lure" in after or any(token in lures() for token in tokens):
        found.append(f"lure {word_class(find.term.plain)[:4]}")
    own = find.term.suffix
    if reading.suffix == own:
        found.append(f"{kind} same-suffix")
    if own != "com" and (right == own.replace(".", "") or own.rpartition(".")[2] in tokens):
        found.append("brand-suffix-beside")
    return found


def _freely(reading: Reading, find: Find, kind: str) -> list[str]:
    if find.start == reading.label and find.end == reading.head:
        return [f"{kind} whole-domain"]
    return [f"{kind} whole-label"] if find.left == find.right == DOT else []


def _neighbours(reading: Reading, find: Find) -> tuple[str, str, list[str]]:
    """What is left of the token before and after the find, and the name's other tokens."""
    left, right = "", ""
    tokens: list[str] = []
    for start, end in pairwise(reading.edges):
        if start < find.start < end:
            left = reading.plain[start : find.start]
        if start < find.end < end:
            right = reading.plain[find.end : end]
        if (end <= find.start or start >= find.end) and start < reading.head:
            tokens.append(reading.plain[start:end])
    return left, right, tokens


@lru_cache(maxsize=4096)
def suffix_class(suffix: str) -> str:
    """What kind of public suffix it is: who may register under it, and who does."""
    last = suffix.rpartition(".")[2]
    if suffix in ("com", "net", "org"):
        return suffix
    if _RESTRICTED.intersection(suffix.split(".")):
        return "restricted"
    if "." in suffix and len(last) > _COUNTRY:
        return "platform"
    if last in abused_suffixes():
        return "abused"
    return "country" if len(last) == _COUNTRY else "new"


_RESTRICTED = frozenset(("gov", "gouv", "gob", "edu", "ac", "mil", "int"))
_COUNTRY = 2


@lru_cache(maxsize=65536)
def affix_class(text: str, *, before: bool) -> str:
    """What the rest of a token is: nothing, digits, a lure, an ordinary word, or neither."""
    if not text or text.isdigit() or text in lures():
        return "lure" if text in lures() else "digits" if text else "edge"
    return _word_class_of_affix(text, before=before)


def _word_class_of_affix(text: str, *, before: bool) -> str:
    nearest = range(min(len(text), _LONGEST_AFFIX), _SHORTEST_WORD - 1, -1)
    affixes = [text[-size:] if before else text[:size] for size in nearest]
    if any(affix in lures() for affix in affixes):
        return "near-lure"
    if len(text) >= _SHORTEST_WORD and frequencies().get(text, 0.0) >= _KNOWN:
        return "word"
    if any(
        len(affix) > _SHORTEST_WORD and frequencies().get(affix, 0.0) >= _COMMON
        for affix in affixes
    ):
        return "near-word"
    if any(char.isdigit() for char in (text[-2:] if before else text[:2])):
        return "digits"
    return "bit" if len(text) < _SHORTEST_WORD else "other"


def other_readings(reading: Reading, find: Find) -> Features:
    """How ordinary the text is without the brand, in Zipf frequencies; empty when it is not."""
    start, end = _token(reading, find)
    token = reading.plain[start:end]
    first, last = find.start - start, find.end - start
    kind = "typo" if find.distance else "exact"
    found: Features = {}
    text = token[first:last]
    if find.distance or not is_verbatim(reading, find):
        found[f"{kind} is-word"] = frequencies().get(text, 0.0)
        found[f"{kind} is-two-words"] = _two_words(text)
    if find.distance > 1:
        found[WHOLE_WORDS] = _whole_words(reading, find)
    if not (find.left and find.right) or find.distance:
        found[f"{kind} within-word"] = _within_word(token, first, last)
        found[f"{kind} across-words"] = _across_words(token, first, last)
    return {name: value for name, value in found.items() if value}


def _token(reading: Reading, find: Find) -> tuple[int, int]:
    edges = list(reading.edges)
    return max(edge for edge in edges if edge <= find.start), min(
        edge for edge in edges if edge >= find.end
    )


def _two_words(text: str) -> float:
    words = frequencies()
    cuts = range(_SHORTEST_WORD, len(text) - _SHORTEST_WORD + 1)
    return max(
        (min(words.get(text[:cut], 0.0), words.get(text[cut:], 0.0)) for cut in cuts), default=0.0
    )


def _whole_words(reading: Reading, find: Find) -> float:
    """The rarest of the tokens that the find is made of: `la` and `marche` in `la-marche`."""
    cuts = [at for at in reading.edges if find.start <= at <= find.end]
    if len(cuts) <= 2 or (find.start, find.end) != (cuts[0], cuts[-1]):  # noqa: PLR2004
        return 0.0
    return min(_as_token(reading.plain[start:end]) for start, end in pairwise(cuts))


def _within_word(token: str, first: int, last: int) -> float:
    """The most frequent word that holds the find and more: `marche` in `supermarche`."""
    words = frequencies()
    best = 0.0
    for start in range(max(0, first - _REACH), first + 1):
        for end in range(last, min(len(token), last + _REACH) + 1):
            if (start, end) != (first, last):
                best = max(best, words.get(token[start:end], 0.0))
    return best


def _across_words(token: str, first: int, last: int) -> float:
    """Two words with their seam inside the find: `mail`, `cloud` in `mailcloud`, for `icloud`."""
    words = frequencies()
    best = 0.0
    for seam in range(first + 1, last):
        starts = range(max(0, first - _REACH), min(first, seam - _SHORTEST_WORD) + 1)
        left = max((words.get(token[start:seam], 0.0) for start in starts), default=0.0)
        if left > best:
            ends = range(max(last, seam + _SHORTEST_WORD), min(len(token), last + _REACH) + 1)
            right = max((words.get(token[seam:end], 0.0) for end in ends), default=0.0)
            best = max(best, min(left, right))
    return best


def _size_class(size: int) -> str:
    if size < _REACH:
        return str(size)
    return "8-9" if size < 10 else "10-11" if size < 12 else "12+"  # noqa: PLR2004
