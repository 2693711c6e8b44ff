"""What is found: where a term is near enough by its letters, and nothing speaks against it."""

from bisect import bisect_right

from hunter.matching.affixes import class_before
from hunter.matching.glyphs import passes_for
from hunter.matching.ordinary import (
    is_another_word,
    is_in_dictionary,
    is_one_token,
    word_around,
)
from hunter.matching.pieces import (
    ALONE_BELOW,
    EDGE_FROM,
    INSIDE_FROM,
    WORD_LONGER_BY,
)
from hunter.matching.places import (
    Find,
    disguised_label,
    edited_places,
    exact_places,
    vowels_changed,
)
from hunter.matching.terms import Term
from hunter.matching.views import DOT, Reading, fold, glue

_PARTED = frozenset(("digits", "lure", "near-lure"))
"""What stands before the shortest terms at a token's end without being the rest of a word."""
_MOST_REGISTERED = "com"
"""Half of all names end so: that a brand's do as well says nothing."""


def every_find(reading: Reading, term: Term) -> list[Find]:
    """The exact finds, and the edited ones that share no letter with those."""
    exact = exact_finds(reading, term)
    return exact + [find for find in edited_finds(reading, term) if not overlaps(find, exact)]


def every_place(reading: Reading, term: Term) -> list[Find]:
    """What is near enough by its letters, whatever speaks against it."""
    return exact_places(reading, term) + edited_places(reading, term)


def overlaps(find: Find, others: list[Find]) -> bool:
    """Whether it shares a letter with one of the others."""
    return any(find.start < other.end and other.start < find.end for other in others)


def exact_finds(reading: Reading, term: Term) -> list[Find]:
    """Every place before the public suffix at which the term begins."""
    return [find for find in exact_places(reading, term) if not objection(reading, find)]


def edited_finds(reading: Reading, term: Term) -> list[Find]:
    """Every place before the public suffix at which the term stands with edits.

    With glyphs in it only where that explains more than edits alone would.
    """
    found = [] if term.twist else disguised_label(reading, term)
    found += [find for find in edited_places(reading, term) if not objection(reading, find)]
    return found + vowels_changed(reading, term, found)


def objection(reading: Reading, find: Find) -> str:
    """Why letters that are near enough are no find all the same; empty when they are one.

    The registrable label as a whole always is, up to one edit: every permutation of a brand counts.
    """
    if not find.left and _spans_labels(reading, find):
        return "it begins inside a word and goes on in the next label"
    if find.distance:
        whole = (find.start, find.end) == (reading.label, reading.head)
        return "" if whole and find.distance == 1 else _objection_to_typo(reading, find)
    if _is_glyph_of_glyph(reading, find) and passes_for_d(find.term):
        return "`ci` passes for `cl`, but not for `d`"
    return _objection_to_short(reading, find) if len(find.term.sought) < INSIDE_FROM else ""


def _spans_labels(reading: Reading, find: Find) -> bool:
    return any(reading.edges.get(at) == DOT for at in range(find.start + 1, find.end))


def _objection_to_typo(reading: Reading, find: Find) -> str:
    text = reading.plain[find.start : find.end]
    between = bool(find.left and find.right)
    if find.distance > 1 and len(find.term.sought) < ALONE_BELOW and not _is_alone(reading, find):
        return "two edits in a term this short count only in a label of its own"
    if is_another_word(text, find.term.plain) and is_one_token(reading, find.start, find.end):
        return f"`{text}` is an ordinary word, and sounds otherwise"
    word = "" if between else word_around(reading, find.start, find.end, 1)
    return f"it is part of the ordinary word `{word}`" if word else ""


def _objection_to_short(reading: Reading, find: Find) -> str:
    word = word_around(reading, find.start, find.end, WORD_LONGER_BY)
    if word:
        return f"it is part of the ordinary word `{word}`"
    if find.left or len(find.term.sought) > EDGE_FROM or not is_in_dictionary(find.term.plain):
        return ""
    if reading.suffix == find.term.suffix != _MOST_REGISTERED:
        return ""
    begin = reading.cuts[bisect_right(reading.cuts, find.start) - 1]
    if class_before(reading.plain[begin : find.start]) in _PARTED:
        return ""
    return "a word of three letters counts at a token's end only after digits or a lure"


def _is_alone(reading: Reading, find: Find) -> bool:
    """Whether it stands between dots, or before the brand's own ending: `opnasea-io`."""
    if find.left != DOT:
        return False
    ending = glue(find.term.suffix)
    return find.right == DOT or reading.plain.startswith(ending, find.end)


def passes_for_term(reading: Reading, find: Find) -> bool:
    """Whether what stands there is the term but for one glyph."""
    return passes_for(reading.folded[find.start : find.end], find.term.sought)


def passes_for_d(term: Term) -> bool:
    """Whether a `cl` of what is sought stands for a `d` of the brand."""
    return term.sought.count("cl") > fold(term.plain).count("cl")


def _is_glyph_of_glyph(reading: Reading, find: Find) -> bool:
    """Whether a `d` is read into `official`: an `i` is taken for `l`, and then `cl` for `d`."""
    text = reading.plain[find.start : find.end]
    return text.count("ci") > find.term.plain.count("ci")
