"""Hints for misspelt words, numbers and spaces."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

UNBREAKABLE = "\N{NO-BREAK SPACE}"
FURTHER_LEFT = "indent it less: it belongs to the rule, and stands beside '{}:'"
TYPE_SPACES = "type the spaces there anew: one of them does not break (U+00A0), as on web pages"


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The hint for a misspelt word: the likeliest of the known ones, or `otherwise`."""
    close = get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else otherwise


def listing(words: Iterable[str]) -> str:
    """The words in one line, sorted."""
    return ", ".join(sorted(words))


def number_alone(written: object) -> str:
    """The hint for what should be a number and is not: in quotes, with a comma, or with a unit."""
    found = _NUMBER.fullmatch(str(written))
    meant = f": {found[1].replace(',', '.')}" if found else ""
    return f"write the number alone, without quotes{meant}"


_NUMBER = re.compile(r"[^0-9]*?(-?\b[0-9]+(?:[.,](?![0-9]{3}\b)[0-9]+)?)[^0-9]*")
"""The only number of a text; behind a comma or point, three digits may be meant for thousands."""
