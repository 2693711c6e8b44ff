"""How surprising a run of letters is in a domain name: a letter model of order three.

The cost of a letter is the negative logarithm of its chance after the two before it, in nats
(Shannon, 1951). Ordinary words and pronounceable names are cheap; a brand's coined name with a
letter changed is dear, for nobody but its imitator would write it.
"""

import gzip
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

UNIT = 1 / 16
"""Nats that one step of the table stands for."""
SYMBOLS = 38
"""The end of a label, a to z, 0 to 9, and whatever else there is."""
_END, _OTHER = 0, 37
_CODES = {char: code for code, char in enumerate("abcdefghijklmnopqrstuvwxyz0123456789", 1)}


@lru_cache(maxsize=65536)
def cost(label: str, start: int, end: int) -> float:
    """Nats of the letters from `start` up to `end`, each after the two before it in the label."""
    return sum(_steps(label)[start:end]) * UNIT


@lru_cache(maxsize=4096)
def _steps(label: str) -> tuple[int, ...]:
    costs, before, last = _table(), _END, _END
    found = []
    for code in symbols(label):
        found.append(costs[(before * SYMBOLS + last) * SYMBOLS + code])
        before, last = last, code
    return tuple(found)


def symbols(label: str) -> Iterator[int]:
    """The symbols of a label of plain letters, and its end."""
    yield from (_CODES.get(char, _OTHER) for char in label)
    yield _END


@cache
def _table() -> bytes:
    """The step for each symbol after each two, in rows of `SYMBOLS`."""
    data = resources.files("hunter") / "data" / "letter_costs.bin.gz"
    return gzip.decompress(data.read_bytes())
