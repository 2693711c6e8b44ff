"""The address guard: which addresses a door may connect to, judged when it connects.

A name is resolved once, each address is checked, and the connection goes to a checked address: a
second answer of the name server (DNS rebinding) is never asked for. Sources: RFC 6890 and IANA's
special-purpose registries; RFC 6052 (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo).
"""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

from hunter.errors import NotPublic, WillPass
from hunter.net.text import clean

Resolve: TypeAlias = Callable[[str, int], Awaitable[tuple[str, ...]]]

NO_ADDRESS = "not an address"
_MAX_ADDRESSES = 8
_MAX_EXAMINED = 256
"""A browser goes on from one that leads nowhere to the next: private ones hide no public one."""
_REMEMBERED = 10_000
_LOOKUPS = ThreadPoolExecutor(256, "lookup")
"""Threads that wait for the system's resolver, begun as they are needed.

A squatter's page sends hunter on to names whose servers never answer. Such a lookup takes the
system half a minute or more, and cannot be given up. Fifty pages are visited at the same time: in
the threads that asyncio has for everything, six on a small machine, mail and Slack would wait.
"""
_ZONE = 3
"""Where in an IPv6 socket's address the number of the interface stands."""
_ENDS_IN_A_NUMBER = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)\.*$", re.IGNORECASE)
_SPECIAL4: Mapping[IPv4Network, str] = {
    IPv4Network("100.64.0.0/10"): "shared by a carrier (RFC 6598)",
    IPv4Network("192.0.0.0/24"): "private",
    IPv4Network("192.88.99.0/24"): "a 6to4 relay",
}
"""What Python's own tables leave out, in some versions at least."""
_EXAMPLES = tuple(
    map(ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"))
)
"""Kept for documentation (RFC 5737, RFC 3849): what people try things out with."""
_MAPPED = IPv6Network("::ffff:0:0/96")
_COMPATIBLE = IPv6Network("::/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_NAT64_LOCAL = IPv6Network("64:ff9b:1::/48")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_TEREDO = IPv6Network("2001::/32")


async def system_addresses(host: str, port: int) -> tuple[str, ...]:
    """The addresses of `host` by the system's resolver; raises OSError, even for a misfit."""
    loop = asyncio.get_running_loop()
    try:
        ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = await loop.run_in_executor(_LOOKUPS, ask)
    except UnicodeError as error:
        raise OSError("not a host name") from error
    return tuple(dict.fromkeys(_with_zone(entry[4]) for entry in found))


def _with_zone(address: Sequence[object]) -> str:
    """A link-local address leads nowhere without the interface that it lies behind."""
    host, zone = address[0], address[3] if len(address) > _ZONE else 0
    return f"{host}%{zone}" if zone else f"{host}"


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets through public addresses, and those of hosts the operator named.

    `private_hosts` holds `host` or `host:port` as a URL writes them.
    """

    allow_private: bool = False
    private_hosts: frozenset[str] = frozenset()
    resolve: Resolve = system_addresses

    def check(self, host: str, port: int) -> None:
        """Raise WillPass when `host` is written as an address that may not be connected to.

        An address in whatever writing: its last label is a number (the URL standard of the WHATWG,
        "ends in a number"), or it holds a colon. Only a name has to be resolved, by `addresses`.
        """
        is_address = ":" in host or _ENDS_IN_A_NUMBER.search(host)
        if is_address and refusal(host) and not self._trusts(host, port):
            raise NotPublic(clean(f"{host} is refused: {_reasons((host,))}"))

    async def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of `host` that may be connected to; raises WillPass when there is none."""
        try:
            found = (await self.resolve(host, port))[:_MAX_EXAMINED]
        except OSError as error:
            raise WillPass(
                f"{clean(host)} cannot be resolved: {error.strerror or error}"
            ) from error
        if self._trusts(host, port):
            return found[:_MAX_ADDRESSES]
        allowed = tuple(address for address in found if not refusal(address))
        if not allowed:
            raise NotPublic(f"{clean(host)} is refused: {_reasons(found[:_MAX_ADDRESSES])}")
        return allowed[:_MAX_ADDRESSES]

    def beyond(self, host: str, port: int) -> "Guard":
        """The guard for where `host` points to: a stranger may point at no server of ours."""
        return self if self._trusts(host, port) else replace(self, private_hosts=frozenset())

    def _trusts(self, host: str, port: int) -> bool:
        own = (host, in_brackets(host), host_and_port(host, port))
        return self.allow_private or not self.private_hosts.isdisjoint(own)


def host_and_port(host: str, port: int) -> str:
    """As `private_hosts` and URLs have it."""
    return f"{in_brackets(host)}:{port}"


def in_brackets(host: str) -> str:
    """As it stands before a port: of IPv6 that alone tells where it ends (RFC 3986, 3.2.2)."""
    return f"[{host}]" if ":" in host else host


def _reasons(addresses: tuple[str, ...]) -> str:
    return ", ".join(f"{address} is {refusal(address)}" for address in addresses) or "no address"


def refusal(address: str) -> str:
    """Why no door may connect to `address`; empty when it may."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return NO_ADDRESS
    return _refusal4(found) if isinstance(found, IPv4Address) else _refusal6(found)


@lru_cache(maxsize=_REMEMBERED)
def leads_somewhere(address: str) -> bool:
    """Whether somebody else's server may stand there; at an address for documentation, too."""
    why = refusal(address)
    if not why or why == NO_ADDRESS:
        return not why
    return any(ip_address(address) in network for network in _EXAMPLES)


def _refusal4(address: IPv4Address) -> str:
    special = next((kind for network, kind in _SPECIAL4.items() if address in network), "")
    return special or _refusal_of_any(address)


def _refusal6(address: IPv6Address) -> str:
    if address in _TEREDO or address in _NAT64_LOCAL:
        return "inside a local translation prefix"
    inner = _embedded(address)
    if inner is not None:
        reason = _refusal4(inner)
        return f"{inner} in disguise, {reason}" if reason else ""
    return "site-local" if address.is_site_local else _refusal_of_any(address)


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a translator would connect to."""
    if address in _SIX_TO_FOUR:
        return address.sixtofour
    if any(address in net for net in (_MAPPED, _COMPATIBLE, _NAT64)) and int(address) > 1:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return None


def _refusal_of_any(address: IPv4Address | IPv6Address) -> str:
    kinds = (
        ("loopback", address.is_loopback),
        ("link-local", address.is_link_local),
        ("multicast", address.is_multicast),
        ("unspecified", address.is_unspecified),
        ("private", address.is_private),
        ("reserved", address.is_reserved or not address.is_global),
    )
    return next((kind for kind, applies in kinds if applies), "")
