"""What kind of edits make a text of a term: squatters prefer some, chance makes any.

Who imitates keeps the first letter, doubles one, leaves one out, or swaps two; another word that
merely comes near differs anywhere, and often at its first letter.
"""

from functools import lru_cache

from rapidfuzz.distance import OSA

from hunter.matching.techniques import edit_name

_MOST = 3
_KEPT = {True: "kept", False: "lost"}


@lru_cache(maxsize=65536)
def edit_features(text: str, term: str, left: int, right: int) -> tuple[str, ...]:
    """The names of what speaks in the edits: which and where, or what several of them keep.

    `left` and `right` are what stands on either side, 0 for a letter. No edits, no names.
    """
    distance = OSA.distance(text, term)
    if not distance:
        return ()
    if distance == 1:
        name = edit_name(text, term)
        return (
            f"edit {name} {_place(text, term)}",
            f"{'free' if left and right else 'bound'} edit {name}",
        )
    first, last = _KEPT[text[:1] == term[:1]], _KEPT[text[-1:] == term[-1:]]
    several = min(distance, _MOST)
    return f"{several} edits first-{first}", f"{several} edits last-{last}"


def _place(text: str, term: str) -> str:
    """Where the first difference is: at the first letter of the term, the last, or between."""
    pairs = zip(text, term, strict=False)
    at = next((at for at, (one, other) in enumerate(pairs) if one != other), len(text))
    return "first" if at == 0 else "last" if at >= len(term) - 1 else "inner"
