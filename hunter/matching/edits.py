"""What kind of edits make a text of a term: squatters prefer some, chance makes any.

Who imitates keeps the first letter, doubles one, leaves one out, or swaps two; another word that
merely comes near differs anywhere, and often at its first letter. One edit is called as dnstwist's
fuzzer that makes it.
"""

from functools import lru_cache

from rapidfuzz.distance import OSA

from hunter.matching.sounds import VOWELS

_ROWS = (
    ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("1234567890", "qwertzuiop", "asdfghjkl", "yxcvbnm"),
    ("1234567890", "azertyuiop", "qsdfghjklm", "wxcvbn"),
)
"""QWERTY, QWERTZ and AZERTY."""
_KEYS = tuple(
    {char: (row, column) for row, keys in enumerate(rows) for column, char in enumerate(keys)}
    for rows in _ROWS
)
"""For each keyboard the row and the column of each key."""
_BESIDE, _BELOW = (1,), (-1, 0)
"""How many columns further a neighbouring key is."""
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


def edit_name(text: str, term: str) -> str:
    """The name of the one edit that makes `text` of `term`."""
    if len(text) < len(term):
        return "omission"
    if len(text) > len(term):
        return _insertion(text, term)
    pairs = [(old, new) for old, new in zip(term, text, strict=True) if old != new]
    if len(pairs) != 1:
        return "transposition"
    return replacement_name(*pairs[0])


def _insertion(text: str, term: str) -> str:
    at = _first_difference(text, term)
    if at == len(term) and text[at] != text[at - 1]:
        return "plural" if text[at] == "s" else "addition"
    return "repetition" if text[at] in (text[at - 1 : at], term[at : at + 1]) else "insertion"


def replacement_name(old: str, new: str) -> str:
    """The name of the edit that puts one letter for another."""
    if old in VOWELS and new in VOWELS:
        return "vowel-swap"
    if any(_adjacent(old, new, places) for places in _KEYS):
        return "replacement"
    return "bitsquatting" if (ord(old) ^ ord(new)).bit_count() == 1 else "substitution"


def _adjacent(old: str, new: str, places: dict[str, tuple[int, int]]) -> bool:
    if old not in places or new not in places:
        return False
    (upper, column), (lower, other) = sorted((places[old], places[new]))
    # Each row begins half a key to the right of the one above it.
    return other - column in (_BESIDE if upper == lower else _BELOW) and lower - upper <= 1


def _place(text: str, term: str) -> str:
    """Where the first difference is: at the first letter of the term, the last, or between."""
    at = _first_difference(text, term)
    first, inner, last = PLACES
    return first if at == 0 else last if at >= len(term) - 1 else inner


def _first_difference(text: str, term: str) -> int:
    """Where they differ first: at the end of the shorter one, if all of that is alike."""
    pairs = enumerate(zip(text, term, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(text), len(term)))
