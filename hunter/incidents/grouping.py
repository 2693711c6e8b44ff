"""Join what strong links tie, attach what weaker ones do, keep apart what a person said. Pure."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import TypeAlias

from hunter.incidents.links import STRONG, WEAK, together
from hunter.model import Link

_Foes: TypeAlias = Mapping[str, Set[str]]
"""Domain → those it is to be kept apart from."""


@dataclass(frozen=True, slots=True)
class Group:
    """An incident in the making: its core, what is attached to it, and the links among them."""

    core: tuple[str, ...]
    attached: tuple[str, ...]
    links: tuple[Link, ...]
    strengths: Mapping[str, float]
    """Domain → how firmly it is tied to the core."""


def group(
    links: Sequence[Link], apart: frozenset[frozenset[str]] = frozenset()
) -> tuple[Group, ...]:
    """The groups that the links make; pairs in `apart` never stand in one group."""
    foes = _foes(apart)
    cores = sorted(_cores(links, foes), key=min)
    home = {domain: core for core in cores for domain in core}
    touching = _touching(links, home)
    homes = _homes(home, touching, foes)
    attached: dict[frozenset[str], dict[str, float]] = defaultdict(dict)
    for domain, (core, firmly) in homes.items():
        attached[core][domain] = firmly
    return tuple(_group(core, attached[core], touching[core]) for core in cores)


def _foes(apart: Iterable[frozenset[str]]) -> _Foes:
    found: dict[str, set[str]] = defaultdict(set)
    for pair in apart:
        for domain in pair:
            found[domain] |= pair - {domain}
    return found


def _cores(links: Sequence[Link], foes: _Foes) -> list[frozenset[str]]:
    """Sets of at least two, joined by strong links, the strongest first."""
    home: dict[str, set[str]] = {}
    strong = [link for link in links if link.strength >= STRONG]
    for link in sorted(strong, key=lambda one: -one.strength):
        _join(link.domains, home, foes)
    found = {id(core): core for core in home.values() if len(core) > 1}
    return [*map(frozenset, found.values())]


def _join(domains: Sequence[str], home: dict[str, set[str]], foes: _Foes) -> None:
    """Each to the first, and those that are kept apart from it among themselves."""
    while domains:
        first, *others = domains
        mine = home.setdefault(first, {first})
        for other in others:
            theirs = home.setdefault(other, {other})
            if theirs is not mine and not _are_apart(mine, theirs, foes):
                mine = _united(mine, theirs, home)
        domains = [one for one in others if home[one] is not mine]


def _united(one: set[str], other: set[str], home: dict[str, set[str]]) -> set[str]:
    """The smaller goes up in the larger, so that a large one grows at little cost."""
    small, large = sorted((one, other), key=len)
    large |= small
    home.update(dict.fromkeys(small, large))
    return large


def _are_apart(mine: Set[str], theirs: Set[str], foes: _Foes) -> bool:
    small, large = sorted((mine, theirs), key=len)
    return any(not large.isdisjoint(foes.get(domain, ())) for domain in small)


def _touching(
    links: Iterable[Link], home: Mapping[str, frozenset[str]]
) -> Mapping[frozenset[str], list[Link]]:
    """Core → the links that hold one of its domains."""
    found: dict[frozenset[str], list[Link]] = {core: [] for core in home.values()}
    for link in links:
        for core in dict.fromkeys(home[one] for one in link.domains if one in home):
            found[core].append(link)
    return found


def _by_domain(links: Iterable[Link], but: Container[str] = ()) -> Mapping[str, list[Link]]:
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        for domain in link.domains:
            if domain not in but:
                found[domain].append(link)
    return found


def _homes(
    home: Mapping[str, frozenset[str]],
    touching: Mapping[frozenset[str], list[Link]],
    foes: _Foes,
) -> Mapping[str, tuple[frozenset[str], float]]:
    """Domain outside all cores → the core that it is tied to most firmly, and how firmly."""
    found: dict[str, tuple[frozenset[str], float]] = {}
    for core, links in touching.items():
        loose = _by_domain(links, but=home)
        for domain, firmly in ((domain, together(own)) for domain, own in loose.items()):
            least = found[domain][1] if domain in found else WEAK
            if firmly > least and not _are_apart({domain}, core, foes):
                found[domain] = (core, firmly)
    return found


def _group(core: frozenset[str], attached: Mapping[str, float], links: Sequence[Link]) -> Group:
    own = _by_domain(link for link in links if len(core.intersection(link.domains)) > 1)
    return Group(
        core=tuple(sorted(core)),
        attached=tuple(sorted(attached)),
        links=tuple(_within(core | attached.keys(), links)),
        strengths={**{domain: together(own[domain]) for domain in core}, **attached},
    )


def _within(inside: frozenset[str], links: Iterable[Link]) -> Iterator[Link]:
    """The links among the members, cut down to the members."""
    for link in links:
        domains = tuple(domain for domain in link.domains if domain in inside)
        if len(domains) > 1:
            yield replace(link, domains=domains)
