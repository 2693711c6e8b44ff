"""Hints for misspelt words."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The hint for a misspelt word: the likeliest of the known ones, or `otherwise`."""
    close = get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else otherwise


def listing(words: Iterable[str]) -> str:
    """The words in one line, sorted."""
    return ", ".join(sorted(words))
