"""Hyphens and dots that were put into the brand or left out of it, in words."""

import re
from collections import Counter

from hunter.model import Match
from hunter.wording.catalogue import words

_NO_LETTERS = re.compile(r"[\W_]+")


def in_words(match: Match, techniques: set[str]) -> dict[str, str]:
    """Technique → what it did to this brand; empty where that is nothing, or told already."""
    hyphens = words.RESPELT[_kind(match)] if "hyphenation" in techniques else ""
    told = not has_dot_in(match) or (hyphens and "-" in match.term)
    return {"hyphenation": hyphens, "subdomain": "" if told else words.RESPELT["dot put in"]}


def has_its_letters(match: Match) -> bool:
    """Whether what was matched is the brand but for hyphens and dots."""
    return _letters(match.matched) == _letters(_brand(match))


def has_dot_in(match: Match) -> bool:
    """Whether more dots stand in what was matched than in the brand."""
    return match.matched.count(".") > _brand(match).count(".")


def is_apart(match: Match) -> bool:
    """Whether its words stand there with others between them."""
    parts = set(_NO_LETTERS.split(_brand(match).lower()))
    found = set(_NO_LETTERS.split(match.matched.lower()))
    return "xn" not in found and len(parts) > 1 and parts < found


def _brand(match: Match) -> str:
    """The term has a default, and whoever makes a match by hand may leave it out."""
    return match.term or match.matched


def _kind(match: Match) -> str:
    """Which of the sentences it is."""
    if "_" in match.matched or not has_its_letters(match):
        return "otherwise"
    seen, term = match.matched.lower(), _brand(match).lower()
    hyphens, dots = _put_in("-", seen, term), _put_in(".", seen, term)
    no_hyphens, no_dots = _put_in("-", term, seen), _put_in(".", term, seen)
    changes = bool(hyphens), bool(dots), bool(no_hyphens), bool(no_dots)
    pairs = ((hyphens, no_dots), (dots, no_hyphens))
    if any(one and other and one.keys() != other.keys() for one, other in pairs):
        return "otherwise"
    kind = _KINDS.get(changes, "otherwise")
    several = max(hyphens.total(), no_hyphens.total()) > 1
    return f"{kind}, several" if several and kind in _COUNTED else kind


_KINDS = {
    (False, False, False, False): "hyphen put in",  # at its ends
    (True, False, False, False): "hyphen put in",
    (False, True, False, False): "dot put in",
    (False, False, True, False): "hyphen left out",
    (False, False, False, True): "dots left out",
    (True, False, True, False): "hyphen moved",
    (True, False, False, True): "hyphen for dot",
    (False, True, True, False): "dot for hyphen",
}
"""By whether hyphens and dots were put in and left out."""
_COUNTED = frozenset(("hyphen put in", "hyphen left out"))


def _put_in(mark: str, text: str, term: str) -> Counter[int]:
    """How often it stands in the text behind so many letters, and does not in the term."""
    return _places(mark, text) - _places(mark, term)


def _places(mark: str, text: str) -> Counter[int]:
    found = (at for at, char in enumerate(text) if char == mark)
    return Counter(len(_letters(text[:at])) for at in found)


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.lower())
