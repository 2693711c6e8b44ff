"""What speaks for and against a find, as named features; `confidence` weighs them.

Four questions: how near is it, and how rare is the term as an ordinary word; what stands beside it
(`scene` answers these, `features` names the answers); how surprising its letters are, and under
which ending (`writing`); does the text read as ordinary words without the brand (`other_readings`).
The last is costly and only ever speaks against, so it is asked last. Scenes are few and names are
many: what a scene is worth is worked out once.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import NamedTuple

from hunter.matching.affixes import class_after, class_before, themes
from hunter.matching.finds import Find
from hunter.matching.letters import ORDER, cost_after, cost_of
from hunter.matching.terms import Twist
from hunter.matching.views import DOT, OPAQUE, Reading, plain_letters
from hunter.matching.words import COMMON, SHORTEST_WORD, abused_suffixes, coined, frequencies

Features = dict[str, float]
Measures = tuple[tuple[str, float], ...]
"""Features and what each measures."""
WHOLE_WORDS = "typo of-whole-words"
OTHER_WORDS = "exact of-other-words"
_REACH = 8
_SHORTEST_TOKEN = 2
_VERY_COMMON = 6.5
_FAMOUS = 4.0
_WORDS_BESIDE = frozenset(("word", "near-word"))
_SET_PHRASE = 5.5
_SPELT_AS_WORDS = 5.0
_NOT_ASKING = frozenset(("places", "shop", "near"))


class Scene(NamedTuple):
    """All that the features of a find depend on, other readings of the text apart."""

    distance: int
    verbatim: bool
    left: int
    right: int
    size: int
    """Letters of the term."""
    word: str
    """How ordinary a word the term is, ..."""
    before: str
    """... what stands before it within the token, ..."""
    after: str
    """... and after it."""
    suffix: str
    """What kind of public suffix the name has."""
    same_suffix: bool
    suffix_beside: bool
    """Whether the brand's own suffix stands beside it, under another."""
    whole_domain: bool
    in_subdomain: bool
    other_token: bool
    lured: bool
    twist: Twist


def scene(reading: Reading, find: Find) -> Scene:
    """How near it is, how rare the term, what stands on either side and in the other tokens."""
    term, suffix = find.term, reading.suffix
    left, right, tokens = _neighbours(reading, find)
    before, after = class_before(left), class_after(right)
    lures = [*filter(themes, tokens)] if tokens else tokens
    return Scene(
        distance=find.distance,
        verbatim=is_verbatim(reading, find),
        left=find.left,
        right=find.right,
        size=len(term.sought),
        word=word_class(term.plain),
        before=before,
        after=after,
        suffix=suffix_class(suffix),
        same_suffix=suffix == term.suffix,
        suffix_beside=term.suffix != "com" and _is_beside(term.suffix, right, tokens),
        whole_domain=find.start == reading.label and find.end == reading.head,
        in_subdomain=find.end <= reading.label,
        other_token=any(token not in lures and not token.isdigit() for token in tokens),
        lured=bool(lures) or "lure" in before or "lure" in after,
        twist=term.twist,
    )


def _is_beside(suffix: str, right: str, tokens: list[str]) -> bool:
    return right == suffix.replace(".", "") or suffix.rpartition(".")[2] in tokens


def is_verbatim(reading: Reading, find: Find) -> bool:
    """Whether the term stands there in the brand's own letters, separators apart."""
    term = find.term
    return reading.plain[find.start : find.end] == term.plain or term.twist is Twist.BETWEEN


def is_disguised(reading: Reading, find: Find) -> bool:
    """Whether it stands there unedited but in other letters: digits, `rn`, another alphabet."""
    if find.distance:
        return False
    if not is_verbatim(reading, find):
        return True
    return not reading.unicode.isascii() and any(map(_is_foreign, reading.unicode))


def _is_foreign(char: str) -> bool:
    """A letter of another alphabet than ours that passes for one of it."""
    if char.isascii() or unicodedata.name(char, "").startswith("LATIN"):
        return False
    return plain_letters(char) not in ("", OPAQUE)


def features(scene: Scene) -> list[str]:
    """The names of what speaks for and against: `1 between-edges 7` is nearness, edges, length."""
    free = bool(scene.left) + bool(scene.right)
    place = ("inside", "at-edge", "between-edges")[free]
    how = str(scene.distance) if scene.distance else "as-is" if scene.verbatim else "folded"
    kind = "typo" if scene.distance else "exact"
    return [
        f"{how} {place} {_size_class(scene.size)}",
        f"{kind} {free} {scene.word}",
        f"{kind} before:{scene.before}",
        f"{kind} after:{scene.after}",
        f"{kind} suffix:{scene.suffix}",
        *[f"{kind} whole-domain suffix:{scene.suffix}"] * scene.whole_domain,
        *[f"twist {scene.twist.name}"] * (scene.twist is not Twist.NONE),
        *_freely(scene, kind) * (free > 1),
        *[f"{kind} in-subdomain"] * scene.in_subdomain,
        *[f"lure {scene.word[:4]}"] * scene.lured,
        *[f"{kind} same-suffix"] * scene.same_suffix,
        *["brand-suffix-beside"] * scene.suffix_beside,
    ]


def writing(reading: Reading, find: Find) -> Measures:
    """The ending, and how surprising the letters of the find and of the term are, in nats.

    A term that is itself ordinary letters turns up by chance; a find of rare letters does not.
    """
    kind = "typo" if find.distance else "exact"
    before, letters = _letters_before(reading, find), reading.plain[find.start : find.end]
    return (
        (f"{kind} .{reading.suffix}", 1.0),
        (f"{kind} letters", cost_after(before, letters)),
        (f"{kind} letters-of-term", cost_of(find.term.plain)),
    )


def _letters_before(reading: Reading, find: Find) -> str:
    """What the cost of the find's first letters depends on: no further back than a dot."""
    if find.left == DOT:
        return ""
    reach = 1 if reading.edges.get(find.start - 1) == DOT else ORDER
    return reading.plain[max(0, find.start - reach) : find.start]


def is_asking(reading: Reading, find: Find) -> bool:
    """Whether a word beside it asks for something, and is no shop, place, or possessive."""
    left, right, tokens = _neighbours(reading, find)
    return any(themes(text) - _NOT_ASKING for text in (left, right, *tokens))


def is_amid_words(reading: Reading, find: Find) -> bool:
    """Whether an ordinary word that is no lure stands beside it in the label.

    Also when it only borders on it with a very common one: `de` + `lili`. A mere name is no word.
    """
    if find.end <= reading.label:
        return False
    left, right, tokens = _neighbours(reading, find)
    left, right, *tokens = ("" if text in coined() else text for text in (left, right, *tokens))
    classes = class_before(left), class_after(right)
    if not _WORDS_BESIDE.isdisjoint(classes):
        return True
    others = (left[-_SHORTEST_TOKEN:], right[:_SHORTEST_TOKEN], *tokens)
    return any(_as_token(text) >= COMMON for text in others if not themes(text))


def _freely(scene: Scene, kind: str) -> list[str]:
    found = ["other-token"] * scene.other_token
    if scene.whole_domain:
        return [f"{kind} whole-domain", *found]
    return [f"{kind} whole-label", *found] if scene.left == scene.right == DOT else found


@lru_cache(maxsize=65536)
def word_class(term: str) -> str:
    """`unknown` to the dictionaries, `coined` (a name and nothing else), or how common a word."""
    zipf = frequencies().get(term, 0.0)
    if term in coined():
        return "coined" if zipf < _FAMOUS else "famous"
    if not zipf:
        return f"phrase{round(phrase)}" if (phrase := _phrase(term)) >= COMMON else "unknown"
    return f"word{min(max(round(zipf), 3), 5)}"


def _phrase(term: str) -> float:
    """The less frequent of two ordinary words that the term is made of: `le` and `monde`."""
    cuts = range(_SHORTEST_TOKEN, len(term) - _SHORTEST_TOKEN + 1)
    return max((min(_as_token(term[:cut]), _as_token(term[cut:])) for cut in cuts), default=0.0)


@lru_cache(maxsize=65536)
def is_set_phrase(term: str, *, spelt: bool) -> bool:
    """A very common short word and a common one: `le` and `monde`, but not `open` and `sea`.

    A term spelt as words of its own, such as `en-marche`, need not be quite so common.
    """
    least = _SPELT_AS_WORDS if spelt else _SET_PHRASE
    return any(
        _as_token(term[:cut]) >= _VERY_COMMON and _as_token(term[cut:]) >= least
        for cut in (_SHORTEST_TOKEN, SHORTEST_WORD)
        if len(term) > cut + SHORTEST_WORD
    )


def _as_token(text: str) -> float:
    """The frequency of a word; two letters are a word only when they are a very common one."""
    zipf = frequencies().get(text, 0.0)
    return zipf if len(text) >= SHORTEST_WORD or zipf >= _VERY_COMMON else 0.0


def _neighbours(reading: Reading, find: Find) -> tuple[str, str, list[str]]:
    """What is left of the token before and after the find, and the name's other tokens."""
    cuts, tokens, stem = reading.cuts, reading.tokens, reading.stem
    first, last = _tokens_around(reading, find)
    left = reading.plain[cuts[first] : find.start]
    right = reading.plain[find.end : cuts[last]]
    return left, right, tokens[:first] + tokens[last:stem]


def _tokens_around(reading: Reading, find: Find) -> tuple[int, int]:
    """The range of the tokens in which the find lies."""
    return bisect_right(reading.cuts, find.start) - 1, bisect_left(reading.cuts, find.end)


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


def other_readings(reading: Reading, find: Find) -> Features:
    """How ordinary the text is without the brand, in Zipf frequencies; empty when it is not.

    One letter more before the term is a typo, whatever word it makes: `een-marche`.
    """
    begin, end = _tokens_around(reading, find)
    start, tokens = reading.cuts[begin], reading.tokens[begin:end]
    token = "".join(tokens)
    first, last = find.start - start, find.end - start
    kind = "typo" if find.distance else "exact"
    found: Features = {}
    text = token[first:last]
    if find.distance or not is_verbatim(reading, find):
        found[f"{kind} is-word"] = frequencies().get(text, 0.0)
        found[f"{kind} is-two-words"] = _two_words(text)
    if find.distance > 1 or (find.distance and not (find.left and find.right)):
        found[WHOLE_WORDS] = _whole_words(tokens)
    if not find.distance and not reading.edges.keys() & {find.start, find.start - 1}:
        found[OTHER_WORDS] = max(_whole_words(tokens), _other_words(token, first, last))
    if not (find.left and find.right) or find.distance:
        found[f"{kind} within-word"] = _within_word(token, first, last)
        found[f"{kind} across-words"] = _across_words(token, first, last)
    return {name: value for name, value in found.items() if value}


def _two_words(text: str) -> float:
    words = frequencies()
    cuts = range(SHORTEST_WORD, len(text) - SHORTEST_WORD + 1)
    return max(
        (min(words.get(text[:cut], 0.0), words.get(text[cut:], 0.0)) for cut in cuts), default=0.0
    )


def _whole_words(tokens: list[str]) -> float:
    """The rarest of the tokens that it lies in: `la` and `marche`, or `mes` and `marches`."""
    # One token is read as a word elsewhere.
    return min(map(_as_token, tokens)) if len(tokens) > 1 else 0.0


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
        starts = range(max(0, first - _REACH), min(first, seam - SHORTEST_WORD) + 1)
        left = max((words.get(token[start:seam], 0.0) for start in starts), default=0.0)
        if left > best:
            ends = range(max(last, seam + SHORTEST_WORD), min(len(token), last + _REACH) + 1)
            right = max((words.get(token[seam:end], 0.0) for end in ends), default=0.0)
            best = max(best, min(left, right))
    return best


def _other_words(token: str, first: int, last: int) -> float:
    """The rarer of two words that meet inside the find, when the token reads as words throughout.

    `bien` and `marche` in `bienmarche`, for `en-marche`; not `teen` in `voteenmarche`, since `vo`
    is none. Zero when what stands before the find is a lure, or the more frequent word.
    """
    best = 0.0
    for seam in range(first + 1, last):
        left, start = _last_word(token[:seam], first)
        if left > best and _reads_on(token[:start]):
            best = max(best, min(left, _first_word(token[seam:], last - seam)))
    before = token[:first]
    lured = "lure" in class_before(before)
    return 0.0 if lured or best <= max(COMMON, _as_token(before)) else best


def _last_word(text: str, first: int) -> tuple[float, int]:
    """The most frequent word at the end of the text that begins before `first`, and where."""
    starts = range(max(0, first - _REACH), first)
    return max(((_as_token(text[start:]), start) for start in starts), default=(0.0, 0))


def _first_word(text: str, least: int) -> float:
    """The most frequent word at the begin of the text, of so many letters, with words behind it."""
    ends = range(least, min(len(text), least + _REACH) + 1)
    return max((_as_token(text[:end]) for end in ends if _reads_on(text[end:])), default=0.0)


def _reads_on(rest: str) -> bool:
    return not rest or rest.isdigit() or bool(themes(rest)) or _as_token(rest) >= COMMON


def _size_class(size: int) -> str:
    if size < _REACH:
        return str(size)
    return "8-9" if size < 10 else "10-11" if size < 12 else "12+"  # noqa: PLR2004
