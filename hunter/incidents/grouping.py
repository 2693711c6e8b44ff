"""Join what strong links tie, attach what weaker ones do, keep apart what a person said. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from hunter.incidents.links import STRONG, WEAK, together
from hunter.model import Link


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
    cores = sorted(_cores(links, apart), key=min)
    homes = _homes(cores, links, apart)
    return tuple(_group(core, homes, links) for core in cores)


def _cores(links: Sequence[Link], apart: frozenset[frozenset[str]]) -> list[frozenset[str]]:
    """Sets of at least two, joined by strong links, the strongest first."""
    home: dict[str, frozenset[str]] = {}
    strong = [link for link in links if link.strength >= STRONG]
    for link in sorted(strong, key=lambda one: -one.strength):
        for one, other in combinations(link.domains, 2):
            mine = home.get(one, frozenset({one}))
            theirs = home.get(other, frozenset({other}))
            if other not in mine and not _are_apart(mine, theirs, apart):
                home |= dict.fromkeys(mine | theirs, mine | theirs)
    return list(dict.fromkeys(home.values()))


def _are_apart(
    mine: frozenset[str], theirs: frozenset[str], apart: frozenset[frozenset[str]]
) -> bool:
    return any(pair & mine and pair & theirs for pair in apart)


def _by_domain(links: Iterable[Link]) -> Mapping[str, list[Link]]:
    found: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        for domain in link.domains:
            found[domain].append(link)
    return found


def _homes(
    cores: Sequence[frozenset[str]], links: Sequence[Link], apart: frozenset[frozenset[str]]
) -> Mapping[str, tuple[frozenset[str], float]]:
    """Domain outside all cores → the core that it is tied to most firmly, and how firmly."""
    home = {domain: core for core in cores for domain in core}
    found: dict[str, tuple[frozenset[str], float]] = {}
    for domain, own in _by_domain(links).items():
        if domain in home:
            continue
        near = dict.fromkeys(home[one] for link in own for one in link.domains if one in home)
        for core in sorted(near, key=min):
            firmly = together(_towards(core, own))
            least = found[domain][1] if domain in found else WEAK
            if firmly > least and not _are_apart(frozenset({domain}), core, apart):
                found[domain] = (core, firmly)
    return found


def _towards(core: frozenset[str], links: Iterable[Link]) -> list[Link]:
    return [link for link in links if not core.isdisjoint(link.domains)]


def _group(
    core: frozenset[str],
    homes: Mapping[str, tuple[frozenset[str], float]],
    links: Sequence[Link],
) -> Group:
    attached = {domain: firmly for domain, (home, firmly) in homes.items() if home == core}
    own = _by_domain(link for link in links if len(core.intersection(link.domains)) > 1)
    return Group(
        core=tuple(sorted(core)),
        attached=tuple(sorted(attached)),
        links=tuple(_within(core | attached.keys(), core, links)),
        strengths={**{domain: together(own[domain]) for domain in core}, **attached},
    )


def _within(inside: frozenset[str], core: frozenset[str], links: Iterable[Link]) -> Iterator[Link]:
    """The links among the members that touch the core, cut down to the members."""
    for link in _towards(core, links):
        domains = tuple(domain for domain in link.domains if domain in inside)
        if len(domains) > 1:
            yield replace(link, domains=domains)
