"""The registrable domain of a name whose public suffix is known where it begins.

`names.parse` says the same (a test compares them) but validates as it goes, which is too slow for
every candidate of a bulk run.
"""

from functools import lru_cache

from hunter.matching.words import abused_suffixes
from hunter.names import is_private, suffix_at, suffix_tables

_AUTHORITIES = frozenset(("gov", "gouv", "gob", "gub", "govt", "mil"))
_GO = ("ci", "cr", "id", "jp", "ke", "kr", "th", "tj", "tz", "ug")
_ALSO_OF_AUTHORITIES = {"gc.ca", "gv.at", "int", "nhs.uk", "police.uk"} | {
    f"go.{country}" for country in _GO
}
"""`go` stands for a town in Italy, and for nothing under dynamic hosts."""
_COUNTRY = 2
"""Letters of a country's ending."""


def ending_at(name: str) -> int:
    """Where the name's public suffix begins, as `names.suffix_at`.

    Of what is one by a wildcard (`*.my.canva.site`) it begins behind the label that whoever set it
    up chose: `en-marche.my.canva.site`.
    """
    at = suffix_at(name)
    behind = name.find(".") + 1
    return behind if not at and name[behind:] in suffix_tables().wild else at


def registrable(name: str, suffix: int) -> str:
    """The suffix that begins at `suffix` and one label more; a bare suffix is itself."""
    return name[name.rfind(".", 0, suffix - 1) + 1 :] if suffix else name


@lru_cache(maxsize=4096)
def is_of_authorities(suffix: str) -> bool:
    """Whether a state registers under it for its own offices, and for nobody else: `gouv.sn`."""
    return suffix in _ALSO_OF_AUTHORITIES or not _AUTHORITIES.isdisjoint(suffix.split("."))


# fmt: off
OF_NO_COUNTRY = frozenset((
    "ad", "ai", "as", "asia", "bz", "cc", "cd", "co", "dj", "eu", "fm", "gg", "io", "la", "me",
    "ms", "nu", "pm", "re", "sc", "sr", "su", "tf", "tk", "tv", "wf", "ws", "yt",
))
# fmt: on
"""Endings of countries and regions that people use wherever they are: those that Google Search
takes, or once took, for no country's, and those of France's overseas parts that Afnic registers for
anybody in Europe."""


@lru_cache(maxsize=4096)
def suffix_class(suffix: str) -> str:
    """What kind of public suffix it is: who may register under it, and who does."""
    last = suffix.rpartition(".")[2]
    if suffix in ("com", "net", "org"):
        return suffix
    if is_of_authorities(suffix) or _is_of_schools(suffix):
        return "restricted"
    if is_private(suffix) or ("." in suffix and len(last) > _COUNTRY):
        return "platform"
    if last in abused_suffixes():
        return "abused"
    return "country" if len(last) == _COUNTRY else "new"


def is_of_a_country(suffix: str) -> bool:
    """Whether it is a country's ending, and people take it for that."""
    return suffix_class(suffix) == "country" and suffix.rpartition(".")[2] not in OF_NO_COUNTRY


def _is_of_schools(suffix: str) -> bool:
    labels = suffix.split(".")
    # Anybody may register under `ac` itself, the ending of an island.
    return "edu" in labels or "ac" in labels[:-1]
