"""What parts say of what is their own, for what nobody gave words here."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from types import ModuleType

from hunter import ribs, spellings
from hunter.errors import YoursToFix
from hunter.model import A_DAY

_GAP = re.compile(r"\{([a-z]+)\}")
"""What differs in a sentence, by its name."""


@cache
def labels(language: str) -> Mapping[str, str]:
    """Field → what people call it, in that language."""
    declared = (getattr(rib, "LABELS", {}) for rib in _enrichers())
    return {field: label for one in declared for field, label in one.get(language, {}).items()}


@cache
def troubles(language: str) -> Mapping[str, str]:
    """What parts say is wrong, in English → in that language, as far as the one fits the other."""
    declared = (getattr(part, "TROUBLES", {}) for part in _with_troubles())
    pairs = (pair for one in declared for pair in one.get(language, {}).items())
    return {english: said for english, said in pairs if _fits(english, said)}


@cache
def disguises(language: str) -> Mapping[str, str]:
    """Technique → how the brand is written then, in that language."""
    every = spellings.every().values()
    return {one.TECHNIQUE: one.DISGUISED[language] for one in every if language in one.DISGUISED}


@cache
def days() -> frozenset[str]:
    """The fields whose values are days, written YYYYMMDD."""
    fields = (field for rib in _enrichers() for field in rib.FIELDS.items())
    return frozenset(field for field, meaning in fields if meaning.endswith(A_DAY))


def _fits(english: str, said: str) -> bool:
    """Whether each gap is filled; and what is all gap would take whatever is said for its own."""
    gaps, filled = _GAP.findall(english), _GAP.findall(said)
    plain, others = _GAP.sub("", english), _GAP.sub("", said)
    known = len(gaps) == len(set(gaps)) and set(filled) <= set(gaps)
    return known and not set("{}") & set(plain + others) and any(map(str.isalnum, plain))


def _enrichers() -> Iterator[ModuleType]:
    return (ribs.load("enrichers", name) for name in ribs.names("enrichers"))


def _with_troubles() -> Iterator[ModuleType]:
    """Only those that name them in their file: to load all takes a second.

    Whoever asks about an alert need not hear of a source that is at fault.
    """
    every = ((family, name) for family in ribs.CONFIGURED for name in ribs.names(family))
    for family, name in every:
        if ribs.mentions(family, name, "TROUBLES"):
            with suppress(YoursToFix):
                yield ribs.load(family, name)
