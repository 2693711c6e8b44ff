"""What a standing watch may watch, and how its value is written."""

import re
from collections.abc import Callable, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from types import MappingProxyType

from hunter import names
from hunter.errors import NotAName

STRING = "string"
NETWORK = "network"
BY_CONFIG = "the config"
"""Who made a track that stands in the config."""
MANY = 50
"""A value that more domains carry points at nobody, as far as nobody has looked at it."""

_SHORTEST_STRING = 4
_WIDEST = {4: 16, 6: 32}
_IN_A_NAME = re.compile(r"[a-z0-9.-]+")
SHA256 = re.compile(r"[0-9a-f]{64}")
MAILBOX = re.compile(r"[^@\s]+@[^@\s]+")
_LONGEST = 200
_LAST_AS_NUMBER = 2**32 - 1
_MOST_DIGITS = 20


class NotTrackable(ValueError):
    """The field or the value cannot be watched; the message says why."""


def settled(field: str, value: str) -> str:
    """The value as facts hold it; raises NotTrackable, saying what such a value looks like."""
    if field not in FIELDS:
        raise NotTrackable(f"{field!r} is nothing a track can watch")
    text = value.strip()
    if not text or len(text) > _LONGEST or not text.isprintable():
        raise NotTrackable(f"{text[:40]!r} is no value")
    return _WRITTEN[field](text)


def _mailbox(text: str) -> str:
    if not MAILBOX.fullmatch(text):
        raise NotTrackable(f"{text!r} is no mail address")
    local, _, domain = text.lower().partition("@")
    try:
        return f"{local}@{names.to_ascii(domain)}"
    except NotAName as error:
        raise NotTrackable(f"{text!r} is no mail address: {error}") from error


def _zone_mailbox(text: str) -> str:
    return _mailbox(text) if "@" in text else _name(text)


def _name(text: str) -> str:
    try:
        return names.parse(text).text
    except NotAName as error:
        raise NotTrackable(str(error)) from error


def _as_it_is(text: str) -> str:
    return " ".join(text.split())


def _address(text: str) -> str:
    return str(_parsed(text))


def _parsed(text: str) -> IPv4Address | IPv6Address:
    try:
        return ip_address(text)
    except ValueError as error:
        hint = "; a network belongs under the field network" if "/" in text else ""
        raise NotTrackable(f"{text!r} is no address{hint}") from error


def _network(text: str) -> str:
    try:
        network = ip_network(text, strict=False)
    except ValueError as error:
        raise NotTrackable(f"{text!r} is no network; write it as 80.82.64.0/20") from error
    widest = _WIDEST[network.version]
    if network.prefixlen < widest:
        raise NotTrackable(f"{network} is wider than /{widest}: too many have an address in it")
    return str(network)


def _number(text: str) -> str:
    digits = text.upper().removeprefix("AS")
    if not (digits.isascii() and digits.isdecimal()):
        raise NotTrackable(f"{text!r} is no AS number; write it as 51177 or AS51177")
    number = int(digits[:_MOST_DIGITS])
    if not 0 < number <= _LAST_AS_NUMBER:
        raise NotTrackable(f"{text!r} is no AS number: they are 1 to {_LAST_AS_NUMBER}")
    return str(number)


def _digest(text: str) -> str:
    if not SHA256.fullmatch(text.lower()):
        raise NotTrackable(f"{text[:80]!r} is no SHA-256 in hexadecimal")
    return text.lower()


def _string(text: str) -> str:
    lower = text.lower()
    if not _IN_A_NAME.fullmatch(lower):
        raise NotTrackable(f"{text!r} stands in no name: only a to z, digits, hyphen and dot do")
    if len(lower) < _SHORTEST_STRING:
        raise NotTrackable(f"{text!r} is shorter than {_SHORTEST_STRING} letters: too many hold it")
    return lower


_WRITTEN: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "registrant_email": _mailbox,
        "registrant_email_domain": _name,
        "registrant_org": _as_it_is,
        "ns": _name,
        "ns_domain": _name,
        "a": _address,
        "aaaa": _address,
        NETWORK: _network,
        "asn": _number,
        "cert_key": _digest,
        "soa_mailbox": _zone_mailbox,
        "page_favicon": _digest,
        STRING: _string,
    }
)

FIELDS = tuple(_WRITTEN)
"""The fields of a track: those of the dossier, a network in CIDR, and a string in the name."""

ADDRESSES = ("a", "aaaa", "host_address", "origin_ip")
"""Where facts have an address of the domain, or of the server behind it."""

LOOKED_AT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **{field: (field,) for field in FIELDS},
        "ns": ("ns", "registry_ns"),
        "a": ADDRESSES,
        "aaaa": ADDRESSES,
        NETWORK: ADDRESSES,
        STRING: (),
    }
)
"""Track field → the fields of facts that may carry its value: an address has many places."""
