"""Nouns as JSON text in a column, and back."""

from typing import TypeVar

import msgspec

Noun = TypeVar("Noun")


def dump(noun: object) -> str:
    """The frozen dataclass (or a tuple of them) as JSON."""
    return msgspec.json.encode(noun).decode()


def load(text: str, kind: type[Noun]) -> Noun:
    """The inverse of `dump`."""
    return msgspec.json.decode(text, type=kind)
