"""Names that never match: the brand's own, and those an analyst chose to ignore.

An entry is a registrable domain (with all hosts below it), an exact host (with all below it), or
`*.domain` for the hosts below a domain alone. It must be anchored at a registrable domain: an entry
that covers a public suffix would silence strangers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from hunter import names
from hunter.errors import NotAName
from hunter.model import Brand

_WILDCARD = "*."


@dataclass(frozen=True, slots=True)
class AllowList:
    """What one brand never alerts on; made once, asked for every hit."""

    domains: frozenset[str]
    below: frozenset[str]

    def covers(self, name: str) -> bool:
        """Whether the name, in lower-case A-labels, is one of the entries or stands below one."""
        if name in self.domains:
            return True
        at = name.find(".") + 1
        while at:
            parent = name[at:]
            if parent in self.domains or parent in self.below:
                return True
            at = name.find(".", at) + 1
        return False


@lru_cache(maxsize=4096)
def allow_list(brand: Brand) -> AllowList:
    """The brand's domain, what it owns and what it ignores."""
    return _list_of((brand.domain, *brand.owned, *brand.ignored))


def own_list(brands: Iterable[Brand]) -> AllowList:
    """All of each brand's registrable domain, and what it owns beside it: the same for all.

    One list of all brands, for it is asked for each match that is judged, and each track.
    """
    return _list_of([name for brand in brands for name in _own(brand)])


@lru_cache(maxsize=4096)
def own_of(brand: Brand) -> AllowList:
    """What nobody but the brand has: of a host on a platform, not what stands beside it."""
    return _list_of((brand.domain, *brand.owned))


def _own(brand: Brand) -> tuple[str, ...]:
    return (names.registrable_or_same(brand.domain), *brand.owned)


def covered_by(brand: Brand, name: str) -> str:
    """Which entry covers the name, and where it stands; empty where none does."""
    lists = {"domain": (brand.domain,), "owned": brand.owned, "ignored": brand.ignored}
    covering = (
        f"{entry} in {key}"
        for key, entries in lists.items()
        for entry in entries
        if _list_of((entry,)).covers(name)
    )
    return next(covering, "")


def _list_of(entries: Sequence[str]) -> AllowList:
    return AllowList(
        domains=frozenset(entry for entry in entries if not entry.startswith(_WILDCARD)),
        below=frozenset(entry[2:] for entry in entries if entry.startswith(_WILDCARD)),
    )


def faults_in(entries: Sequence[str], brand: Brand) -> list[tuple[str, str]]:
    """Each entry that cannot be kept for this brand, with the reason in words."""
    reasons = ((entry, _fault(entry, brand)) for entry in entries)
    return [(entry, reason) for entry, reason in reasons if reason]


def _fault(entry: str, brand: Brand) -> str:
    anchor = entry.removeprefix(_WILDCARD)
    if "*" in anchor:
        return (
            f"{entry!r}: a pattern is `*.` and a domain; a `*` anywhere else would cover foreign"
            " domains"
        )
    try:
        name = names.parse(anchor)
    except NotAName as error:
        return str(error)
    if name.text == name.suffix and not names.is_under(brand.domain, name.text):
        return f"{anchor!r} is a public suffix: everyone's domains stand below it"
    if name.text == name.suffix and name.text != brand.domain:
        return (
            f"{anchor!r} is a public suffix: it would cover foreign domains beside {brand.domain}"
        )
    return ""
