"""A list of indicators: domains, addresses and networks, mailboxes; defanged or not.

Held small, and asked without a look at every entry: names by their reversed text, addresses by the
networks they may lie in.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from hunter import names
from hunter.errors import NotAName
from hunter.net import guard

_LONGEST = 2000
_SHORTEST_PREFIX = {4: 8, 6: 16}
_FANGS = (
    ("[.]", "."), ("(.)", "."), ("{.}", "."), ("[dot]", "."), ("(dot)", "."), ("[punkt]", "."),
    ("[@]", "@"), ("(@)", "@"), ("[at]", "@"), ("(at)", "@"),
    ("[:]", ":"), ("[://]", "://"), ("[", ""), ("]", ""), ("\\.", "."),
)  # fmt: skip
_URL = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^/@\s]*@)?([^/?#\s]+)", re.IGNORECASE)
_PORT = re.compile(r"(?<=[^:]):\d{1,5}$")
_PATH = re.compile(
    r"^(?!(?:[\d.]+|[\da-f]*:[\da-f:.]+)/\d{1,3}$)([^/\s]+\.[^/\s]+)/", re.IGNORECASE
)
_IPV6 = re.compile(r"\[((?:[0-9a-f]{0,4}:){2,7}[0-9a-f.]*)\](?::\d{1,5})?", re.IGNORECASE)
"""As RFC 3986 writes one, so that a port after it is no part of it."""
_NAME = re.compile(r"(?:[a-z0-9_-]{1,63}\.)+(?:[a-z][a-z-]*|xn--[a-z0-9-]+)")
_MAILBOX = re.compile(r"[^\s@,;<>\"]{1,64}@([^\s@,;<>\"]{3,253})")


@dataclass(frozen=True, slots=True)
class Indicators:
    """What a list holds; `date` is the day it states of itself, YYYYMMDD, 0 when it states none."""

    backwards: tuple[str, ...] = ()
    """The names reversed and sorted: `rf.ehcram-ne-evirdeno`."""
    mailboxes: frozenset[str] = frozenset()
    networks: Mapping[tuple[int, int], frozenset[int]] = field(default_factory=dict)
    """(version, prefix length) → first addresses."""
    date: int = 0

    def __len__(self) -> int:
        return len(self.backwards) + len(self.mailboxes) + sum(map(len, self.networks.values()))

    def under(self, domain: str) -> Iterator[str]:
        """The listed names that are the domain or stand below it."""
        start = domain[::-1]
        if self.has_name(domain):
            yield domain
        place = bisect_left(self.backwards, start + ".")
        while place < len(self.backwards) and self.backwards[place].startswith(start + "."):
            yield self.backwards[place][::-1]
            place += 1

    def has_name(self, name: str) -> bool:
        """Whether exactly that name is listed."""
        turned = name[::-1]
        place = bisect_left(self.backwards, turned)
        return place < len(self.backwards) and self.backwards[place] == turned

    def around(self, text: str) -> str:
        """The listed address or network that holds the address; empty when there is none."""
        try:
            address = ip_address(text)
        except ValueError:
            return ""
        for (version, length), firsts in self.networks.items():
            blank = address.max_prefixlen - length
            first = int(address) >> blank << blank
            if version == address.version and first in firsts:
                return text if not blank else f"{type(address)(first)}/{length}"
        return ""


def collected(texts: Iterable[str], date: int = 0) -> Indicators:
    """The indicators among the texts; what is none, or stands for everybody, is left out."""
    hosts: set[str] = set()
    mailboxes: set[str] = set()
    networks: dict[tuple[int, int], set[int]] = {}
    for text in texts:
        plain = _armed(text)
        mailbox = _mailbox(plain)
        network = None if mailbox else _network(plain)
        if mailbox:
            mailboxes.add(mailbox)
        elif network:
            key = (network.version, network.prefixlen)
            networks.setdefault(key, set()).add(int(network.network_address))
        elif name := _name(plain):
            hosts.add(name)
    frozen = {key: frozenset(firsts) for key, firsts in networks.items()}
    return Indicators(
        tuple(sorted(name[::-1] for name in hosts)), frozenset(mailboxes), frozen, date
    )


def _armed(text: str) -> str:
    """The indicator as it was before somebody made it harmless, without scheme, path and port."""
    plain = text[:_LONGEST].strip().strip("\"'`,;<>")
    if plain[:4].lower() in ("hxxp", "hxtp", "meow"):
        plain = "http" + plain[4:]
    plain = _IPV6.sub(r"\1", plain)
    if any(bracket in plain for bracket in "[({\\"):
        for fang, meant in _FANGS:
            plain = plain.replace(fang, meant)
    if (url := _URL.match(plain)) or (url := _PATH.match(plain)):
        plain = url[1]
    bare = _PORT.sub("", plain) if plain.count(":") == 1 else plain
    return bare.removeprefix("*.").strip(".").lower()


def _mailbox(plain: str) -> str:
    found = _MAILBOX.fullmatch(plain) if "@" in plain else None
    return plain if found and _name(found[1]) else ""


def _network(plain: str) -> IPv4Network | IPv6Network | None:
    """A public address or network; one that holds a part of the world is no indicator."""
    if not plain[:1].isdigit() and ":" not in plain:
        return None
    try:
        network = ip_network(plain, strict=False)
    except ValueError:
        return None
    wide = network.prefixlen < _SHORTEST_PREFIX[network.version]
    return None if wide or guard.refusal(str(network.network_address)) else network


def _name(plain: str) -> str:
    if plain.isascii():
        return plain if _NAME.fullmatch(plain) else ""
    try:
        found = names.to_ascii(plain)
    except NotAName:
        return ""
    return found if _NAME.fullmatch(found) else ""
