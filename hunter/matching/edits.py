"""What kind of edits make a text of a term: squatters prefer some, chance makes any.

Who imitates keeps the first letter, doubles one, leaves one out, or swaps two; another word that
merely comes near differs anywhere, and often at its first letter.
"""

from functools import lru_cache

from rapidfuzz.distance import OSA

from hunter.matching.techniques import edit_name

MOST_EDITS = 3
"""More are not told apart from so many."""
PLACES = ("first", "inner", "last")
_KEPT = {True: "kept", False: "lost"}


@lru_cache(maxsize=8192)
def edit_features(text: str, term: str, left: int, right: int) -> tuple[str, ...]:
    """The names of what speaks in the edits: which and where, or what several of them keep.

    `left` and `right` are what stands on either side, 0 for a letter. No edits, no names.
    """
    distance = OSA.distance(text, term)
    if not distance:
        return ()
    if distance == 1:
        return one_edit(edit_name(text, term), _place(text, term), free=bool(left and right))
    return several_edits(
        min(distance, MOST_EDITS), first=text[:1] == term[:1], last=text[-1:] == term[-1:]
    )


def one_edit(name: str, place: str, *, free: bool) -> tuple[str, ...]:
    """The features of one edit of this name, in one of the `PLACES`."""
    return f"edit {name} {place}", f"{'free' if free else 'bound'} edit {name}"


def several_edits(count: int, *, first: bool, last: bool) -> tuple[str, ...]:
    """The features of so many edits, by whether they keep the first and the last letter."""
    return f"{count} edits first-{_KEPT[first]}", f"{count} edits last-{_KEPT[last]}"


def _place(text: str, term: str) -> str:
    """Where the first difference is: at the first letter of the term, the last, or between."""
    pairs = zip(text, term, strict=False)
    at = next((at for at, (one, other) in enumerate(pairs) if one != other), len(text))
    first, inner, last = PLACES
    return first if at == 0 else last if at >= len(term) - 1 else inner
