"""A server as a config names it: a name or an address, alone or with a port."""

import re
from ipaddress import IPv4Address, IPv6Address

from hunter import names
from hunter.errors import NotAName

_PLACE = re.compile(r"(?:\[([^\[\]]+)\]|([^\[\]:]+))(?::(\d{1,5}))?")
_ZONE = re.compile(r"[\w.-]{1,15}", re.ASCII)
"""What Linux calls an interface, or its number."""
_PORTS = range(1, 65_536)


def is_host(text: str) -> bool:
    """Whether it is the name or the address of one machine, without port, brackets and path.

    A link-local address is one only with its zone, `fe80::1%eth0` (RFC 4007, 11): without, nobody
    knows behind which of the machine's interfaces it lies. Other addresses have none.
    """
    if ":" in text:
        return _is_ipv6(text)
    try:
        labels = names.to_ascii(text).split(".")
    except NotAName:
        return False
    if labels[-1].isdigit():
        return _is_ipv4(text)
    return not text.startswith("*") and text == text.strip()


def told(text: str) -> str:
    """What is no address, for a message: without the name and password that a URL may hold."""
    _, at, rest = text.rpartition("@")
    return repr(f"...@{rest}" if at else text)


def host_and_port(text: str, usual: int) -> tuple[str, int]:
    """Host and port of `HOST` or `HOST:PORT`, an IPv6 address in brackets; raises ValueError."""
    found = _PLACE.fullmatch(text)
    host = found and (found[1] or found[2])
    port = int(found[3] or usual) if found else 0
    in_brackets = bool(found and found[1])
    if not host or not is_host(host) or in_brackets != (":" in host) or port not in _PORTS:
        raise ValueError(f"{told(text)} is neither HOST nor HOST:PORT")
    return host, port


def has_zone(host: str) -> bool:
    """Whether it is an address behind one interface of this machine, as `fe80::1%eth0`."""
    return "%" in host


def lacks_zone(text: str) -> bool:
    """Whether it would be a host with the interface that it lies behind."""
    return ":" in text and not has_zone(text) and _is_ipv6(f"{text}%0")


def _is_ipv6(text: str) -> bool:
    address, percent, zone = text.partition("%")
    try:
        found = IPv6Address(address)
    except ValueError:
        return False
    return _ZONE.fullmatch(zone) is not None if found.is_link_local else not percent


def _is_ipv4(text: str) -> bool:
    try:
        IPv4Address(text)
    except ValueError:
        return False
    return True
