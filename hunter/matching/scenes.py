"""Where finds stand: what is on either side and in the other tokens, and how odd the letters are.

Many finds at once, each with the reading in which it is: what is asked of a find is a column, made
of other columns by calls that loop in C. Python's own steps for each would take five times as long.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import takewhile
from operator import and_, attrgetter, eq, getitem, le
from typing import Any, NamedTuple, TypeAlias

from hunter.matching.affixes import class_after, class_before, themes
from hunter.matching.edits import edit_features
from hunter.matching.letters import ORDER, cost_after, cost_of
from hunter.matching.places import Find
from hunter.matching.suffixes import suffix_class
from hunter.matching.terms import BETWEEN
from hunter.matching.views import DOT, Reading, glue
from hunter.matching.words import COMMON_WORD, IN_FRONT, OF_HOSTERS, word_class

Column: TypeAlias = Sequence[Any]
_OF_READING = attrgetter("plain", "suffix", "label", "head")
_FOLDED = attrgetter("folded")
_OF_TERM = attrgetter("plain", "sought", "suffix", "twist")
DISTINCTIVE = 8
"""Letters from which a term alone before the ending is worth an alert under every ending."""


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
    """Whether one of the other tokens is neither a lure nor a number, ..."""
    other_lure: bool
    """... and whether one is a lure."""
    twist: str
    edits: tuple[str, ...]
    """What kind of edits make it of the term."""

    @property
    def as_written(self) -> bool:
        """Whether it stands there letter by letter, separators apart."""
        return self.verbatim and not self.distance

    @property
    def is_distinctive(self) -> bool:
        """Whether the term alone is worth an alert under every ending."""
        return self.size >= DISTINCTIVE and self.word != COMMON_WORD

    @property
    def lured(self) -> bool:
        """Whether a lure stands anywhere beside it."""
        return self.other_lure or "lure" in self.before or "lure" in self.after


def scenes(readings: Sequence[Reading], finds: Sequence[Find]) -> list[Scene]:
    """How near each is, how rare its term, what stands on either side and in the other tokens."""
    terms, starts, ends, distances, lefts, rights = zip(*finds, strict=True)
    written, soughts, own, twists = zip(*map(_OF_TERM, terms), strict=True)
    plains, suffixes, labels, heads = zip(*map(_OF_READING, readings), strict=True)
    before, after, others = zip(*map(beside, readings, finds), strict=True)
    other_tokens, other_lures = zip(*map(_class_of_others, others), strict=True)
    letters: Iterable[Any] = map(getitem, plains, map(slice, starts, ends))
    return _rows(
        distance=distances,
        verbatim=map(reads_verbatim, letters, written, twists),
        left=lefts,
        right=rights,
        size=map(len, soughts),
        word=map(word_class, written),
        before=map(class_before, before),
        after=map(class_after, after),
        suffix=map(suffix_class, suffixes),
        same_suffix=map(eq, suffixes, own),
        suffix_beside=map(_is_beside, own, after, others),
        whole_domain=map(and_, map(eq, starts, labels), map(eq, ends, heads)),
        in_subdomain=map(le, ends, labels),
        other_token=other_tokens,
        other_lure=other_lures,
        twist=twists,
        edits=map(edit_features, _folded(readings, starts, ends), soughts, lefts, rights),
    )


def _folded(readings: Sequence[Reading], starts: Column, ends: Column) -> Iterable[str]:
    """The letters of each find, folded as the term that is sought is."""
    return map(getitem, map(_FOLDED, readings), map(slice, starts, ends))


def _rows(**columns: Iterable[Any]) -> list[Scene]:
    in_order = (columns[field] for field in Scene._fields)
    return [*map(Scene._make, zip(*in_order, strict=True))]


def beside(reading: Reading, find: Find) -> tuple[str, str, tuple[str, ...]]:
    """What is left of its token on the left and on the right, and the name's other tokens."""
    cuts, plain = reading.cuts, reading.plain
    first, last = bisect_right(cuts, find.start) - 1, bisect_left(cuts, find.end)
    left, right = plain[cuts[first] : find.start], plain[find.end : cuts[last]]
    return left, right, _others(reading, first, last)


def _others(reading: Reading, first: int, last: int) -> tuple[str, ...]:
    """The name's other tokens; what any host is called says nothing of the domain it is under."""
    before = reading.tokens[:first]
    if not before:
        return reading.tokens[last : reading.stem]
    if reading.cuts[first] >= reading.label:
        before = tuple(token for at, token in enumerate(before) if not _is_mere_host(reading, at))
    else:
        before = before[_in_front(reading, first) :]
    return before + reading.tokens[last : reading.stem]


def _is_mere_host(reading: Reading, at: int) -> bool:
    """Whether a token is a whole label as hosts of anybody's have: `www`, `login`, `cpanel`."""
    begin, end = reading.cuts[at : at + 2]
    if not reading.edges[begin] == reading.edges[end] == DOT:
        return False
    return bool(themes(reading.tokens[at])) or reading.tokens[at] in OF_HOSTERS


def _in_front(reading: Reading, first: int) -> int:
    """How many of the tokens before a host are labels that stand in front of any."""
    alone = (reading.edges[cut] == DOT for cut in reading.cuts[1 : first + 1])
    mere = (token in IN_FRONT for token in reading.tokens)
    return sum(takewhile(bool, map(and_, mere, alone)))


@lru_cache(maxsize=65536)
def _class_of_others(tokens: tuple[str, ...]) -> tuple[bool, bool]:
    """Whether one is neither a lure nor a number, and whether one is a lure."""
    lures = [token for token in tokens if themes(token)]
    others = [token for token in tokens if token not in lures and not token.isdigit()]
    return bool(others), bool(lures)


def _is_beside(suffix: str, right: str, tokens: tuple[str, ...]) -> bool:
    """Whether the brand's suffix stands beside the find, under another; `com` says nothing.

    Of `gouv.fr` either label does.
    """
    labels = suffix.split(".")
    marks = {glue(suffix), labels[0], labels[-1]}
    return suffix != "com" and not marks.isdisjoint((right, *tokens))


def reads_verbatim(letters: str, plain: str, twist: str) -> bool:
    """Whether these are the term's own letters, separators apart."""
    return letters == plain or twist == BETWEEN


def surprise(readings: Sequence[Reading], finds: Sequence[Find]) -> list[tuple[float, float]]:
    """How surprising the letters of each find and of its term are, in nats."""
    terms, starts, ends, _, _, _ = zip(*finds, strict=True)
    plains = [reading.plain for reading in readings]
    letters: Iterable[Any] = map(getitem, plains, map(slice, starts, ends))
    costs = map(cost_after, map(_letters_before, readings, finds), letters)
    return [*zip(costs, map(cost_of, map(_PLAIN, terms)), strict=True)]


_PLAIN = attrgetter("plain")


def _letters_before(reading: Reading, find: Find) -> str:
    """What the cost of the find's first letters depends on: no further back than a dot."""
    if find.left == DOT:
        return ""
    reach = 1 if reading.edges.get(find.start - 1) == DOT else ORDER
    return reading.plain[max(0, find.start - reach) : find.start]
