"""What parts say of what is their own, for what nobody gave words here."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from types import ModuleType

from hunter import ribs, spellings
from hunter.errors import YoursToFix
from hunter.model import A_DAY


@cache
def labels(language: str) -> Mapping[str, str]:
    """Field → what people call it, in that language."""
    declared = (getattr(rib, "LABELS", {}) for rib in _enrichers())
    return {field: label for one in declared for field, label in one.get(language, {}).items()}


@cache
def troubles(language: str) -> Mapping[str, str]:
    """What parts say is wrong, in English → in that language."""
    declared = (getattr(part, "TROUBLES", {}) for part in _loadable())
    return {english: said for one in declared for english, said in one.get(language, {}).items()}


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


def _enrichers() -> Iterator[ModuleType]:
    return (ribs.load("enrichers", name) for name in ribs.names("enrichers"))


def _loadable() -> Iterator[ModuleType]:
    """Whoever asks about an alert need not hear of a source that is at fault."""
    for family in ribs.CONFIGURED:
        for name in ribs.names(family):
            with suppress(YoursToFix):
                yield ribs.load(family, name)
