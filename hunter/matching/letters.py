"""How surprising a run of letters is in a domain name: a letter model of order three.

The cost of a letter is the negative logarithm of its chance after the two before it, in nats
(Shannon, 1951). Ordinary words and pronounceable names are cheap; a brand's coined name with a
letter changed is dear, for nobody but its imitator would write it.
"""

import gzip
from functools import cache, lru_cache
from importlib import resources

UNIT = 1 / 16
"""Nats that one step of the table stands for."""
SYMBOLS = 38
"""The end of a label, a to z, 0 to 9, and whatever else there is."""
ORDER = 2
"""Letters before one that its cost depends on."""
_END, _OTHER = 0, 37
_BEGIN = bytes([_END, _END])
_LETTERS = b"abcdefghijklmnopqrstuvwxyz0123456789"
SYMBOL_OF = bytes(_LETTERS.find(byte) + 1 or _OTHER for byte in range(256))


def cost(label: str, start: int, end: int) -> float:
    """Nats of the letters from `start` up to `end`, each after the two before it in the label."""
    table, codes = _table(), _BEGIN + symbols(label)
    rows, second, steps = table[codes[start]], codes[start + 1], 0
    for third in codes[start + 2 : end + 2]:
        steps += rows[second][third]
        rows, second = table[second], third
    return steps * UNIT


@lru_cache(maxsize=65536)
def cost_of(term: str) -> float:
    """Nats of all letters of a text that is asked for again and again."""
    return cost(term, 0, len(term))


def costs(text: str) -> list[float]:
    """Nats of each letter of a text."""
    table, codes = _table(), _BEGIN + symbols(text)[:-1]
    return [
        table[first][second][third] * UNIT
        for first, second, third in zip(codes, codes[1:], codes[2:], strict=False)
    ]


def cost_after(before: str, text: str) -> float:
    """Nats of the letters of `text` that follow two others, or what there is of a label."""
    first = _cost_of_first(before, text[:ORDER])
    return first + _cost_of_rest(text) if len(text) > ORDER else first


@lru_cache(maxsize=65536)
def _cost_of_first(before: str, letters: str) -> float:
    return cost(before + letters, len(before), len(before) + len(letters))


@lru_cache(maxsize=65536)
def _cost_of_rest(text: str) -> float:
    return cost(text, ORDER, len(text))


def symbols(label: str) -> bytes:
    """The symbols of a label of plain letters, and its end."""
    return label.encode().translate(SYMBOL_OF) + bytes([_END])


@cache
def _table() -> list[list[bytes]]:
    """The step for each symbol after each two."""
    steps = load_steps()
    rows = [steps[at : at + SYMBOLS] for at in range(0, len(steps), SYMBOLS)]
    return [rows[at : at + SYMBOLS] for at in range(0, len(rows), SYMBOLS)]


def load_steps() -> bytes:
    """The step for each symbol after each two, the last symbol running fastest."""
    data = resources.files("hunter") / "data" / "letter_costs.bin.gz"
    return gzip.decompress(data.read_bytes())
