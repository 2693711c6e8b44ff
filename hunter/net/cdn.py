"""Content delivery networks by what they publish: AS numbers and prefixes, shipped or fetched.

Reads lists of networks in any dress: one a line (Cloudflare), or JSON with the networks anywhere in
it (Fastly, Amazon's ip-ranges, of which only CLOUDFRONT counts).
"""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from hunter.errors import WillNotPass, WillPass
from hunter.net.asn import Address

Network: TypeAlias = IPv4Network | IPv6Network
Networks: TypeAlias = tuple[Network, ...]

_MAX_DEPTH = 10
_MAX_NETWORKS = 50_000


@dataclass(frozen=True, slots=True)
class Cdn:
    """One network; `dated` is the day of its prefixes, YYYYMMDD."""

    name: str
    asns: frozenset[int]
    networks: Networks
    dated: int


def which(cdns: Sequence[Cdn], address: Address, number: int) -> Cdn | None:
    """The network that the address belongs to, by its prefixes or the number that announces it."""
    for cdn in cdns:
        if number in cdn.asns or any(address in network for network in cdn.networks):
            return cdn
    return None


@cache
def shipped() -> tuple[Cdn, ...]:
    """Those of `data/cdn_prefixes.json`."""
    text = files("hunter").joinpath("data/cdn_prefixes.json").read_text("utf-8")
    tree = json.loads(text)
    dated = int(tree["dated"].replace("-", ""))
    return tuple(
        Cdn(
            name,
            frozenset(entry["asns"]),
            tuple(ip_network(prefix) for prefix in entry["prefixes"]),
            dated,
        )
        for name, entry in tree["providers"].items()
    )


async def current(
    lists: Mapping[str, Sequence[str]],
    load: Callable[[str], Awaitable[Networks]],
    day: int,
    tell: Callable[[str, str], None],
) -> tuple[Cdn, ...]:
    """The shipped networks with those of `lists` (name → URLs) in their place.

    `load` gives those of a URL; `day` is today, YYYYMMDD. A list that cannot be had leaves the
    shipped one in force; `tell` hears name and trouble, which is empty when all is well.
    """
    cdns = {cdn.name: cdn for cdn in shipped()}
    for name, places in lists.items():
        known = cdns.get(name, Cdn(name, frozenset(), (), day))
        try:
            found = [await load(place) for place in places]
        except (WillPass, WillNotPass) as error:
            tell(name, str(error))
        else:
            tell(name, "")
            networks = tuple(network for some in found for network in some)
            cdns[name] = replace(known, networks=networks, dated=day)
    return tuple(cdns.values())


def read(source: Path | bytes) -> Networks:
    """The networks of one list; raises ValueError when there is none in it."""
    content = source.read_bytes() if isinstance(source, Path) else source
    if content.lstrip()[:1] in (b"{", b"["):
        texts = _strings(_decoded(content))
    else:
        texts = iter(content.decode("utf-8", "replace").split())
    found = tuple(dict.fromkeys(network for text in texts if (network := _network(text))))
    if not found:
        raise ValueError("no network stands in it")
    return found[:_MAX_NETWORKS]


def _decoded(content: bytes) -> object:
    try:
        return msgspec.json.decode(content)
    except RecursionError as error:
        raise ValueError("its JSON is too deep") from error


def _strings(tree: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif depth < _MAX_DEPTH and isinstance(tree, list):
        for one in tree:
            yield from _strings(one, depth + 1)
    elif depth < _MAX_DEPTH and isinstance(tree, dict) and _is_delivery(tree):
        for one in tree.values():
            yield from _strings(one, depth + 1)


def _is_delivery(entry: Mapping[str, Any]) -> bool:
    """Amazon lists all its services in one file."""
    if "ip_prefix" in entry or "ipv6_prefix" in entry:
        return entry.get("service") == "CLOUDFRONT"
    return True


def _network(text: str) -> Network | None:
    """A network with a prefix length; a bare address is none, nor is the whole world."""
    try:
        network = ip_network(text) if "/" in text else None
    except ValueError:
        return None
    return network if network and network.prefixlen else None
