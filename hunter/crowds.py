"""Values that a crowd shares: a link over one of them is no link, a watch on it would never rest.

Large hosters and registrars by their name servers, their mailboxes in zones and AS numbers,
delivery networks, parking services and site builders by their addresses, the largest mail services,
and what stands in the place of a registrant who hides.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from ipaddress import IPv4Network, IPv6Network, ip_network
from types import MappingProxyType
from typing import Any, TypeAlias

from hunter.model import Value
from hunter.names import registrable_or_same
from hunter.trackable import ADDRESSES

Network: TypeAlias = "IPv4Network | IPv6Network"

_DIGITS = re.compile(r"\d+")
_REMEMBERED = 10_000
"""Values that are looked up but once: whoever looks at all domains asks again for each of them."""
_FRONT_DOOR = "the shared servers of "
_REGISTRANTS = ("registrant_email", "registrant_org", "registrant_name")


@lru_cache(maxsize=_REMEMBERED, typed=True)
def crowd_of(field: str, value: Value) -> str:
    """Whom the value belongs to, in words, when countless strangers share it; empty otherwise."""
    text = str(value).strip().lower()
    return next((whose for asked in _QUESTIONS.get(field, ()) if (whose := asked(text))), "")


def front_door_of(address: str) -> str:
    """Whose shared servers it is of, where names are parked; empty for any other address."""
    whose = crowd_of("a", address)
    return whose.removeprefix(_FRONT_DOOR) if whose.startswith(_FRONT_DOOR) else ""


def _name_servers(text: str) -> str:
    whose = _data()["name_servers"].get(_DIGITS.sub("*", registrable_or_same(text)))
    whose = whose or _data()["name_servers"].get(registrable_or_same(text))
    return f"the name servers of {whose}" if whose else ""


def _mail_service(text: str) -> str:
    whose = _data()["mail_services"].get(text)
    return f"the mail service of {whose}" if whose else ""


def _mail_server(text: str) -> str:
    whose = _data()["mail_servers"].get(registrable_or_same(text.rpartition("@")[2]))
    return f"the mail servers of {whose}" if whose else ""


def _unfilled(text: str) -> str:
    """A zone's mailbox is written with an @ or, as in the record itself, with a dot."""
    domain = text.partition("@")[2] or text
    places = _data()["placeholders"]
    ending = domain.rstrip(".").rpartition(".")[2]
    unfilled = ending in places["endings"] or registrable_or_same(domain) in places["domains"]
    return "everybody who filled nothing in" if unfilled or not ending else ""


def _nobody(text: str) -> str:
    words = _data()["privacy"]["words"]
    return "a privacy service or a redaction" if any(word in text for word in words) else ""


def _role(text: str) -> str:
    local, at, domain = text.partition("@")
    if at and _name_servers(domain):
        return _name_servers(domain)
    return "a role and no person" if at and local in _data()["privacy"]["roles"] else ""


def _provider_mailbox(text: str) -> str:
    domain = text.partition("@")[2] or text.partition(".")[2]
    whose = _data()["zone_mailboxes"].get(registrable_or_same(domain))
    return f"the name servers of {whose}" if whose else _name_servers(domain)


def _shared_network(text: str) -> str:
    """Looked up by what it begins with: incidents ask of every address that the store has."""
    try:
        bits = _bits(ip_network(text, strict=False))
    except ValueError:
        return ""
    known = _networks()
    holding = (bits[:length] for length in range(len(bits), 0, -1))
    return next((known[one] for one in holding if one in known), "")


def _bits(network: Network) -> str:
    """Its version, and the bits that every address in it begins with."""
    bits = f"{int(network.network_address):0{network.max_prefixlen}b}"
    return f"{network.version}{bits[: network.prefixlen]}"


def _big_network(text: str) -> str:
    whose = _data()["networks"].get(text.removeprefix("as"))
    return f"the network of {whose}" if whose else ""


_Question: TypeAlias = Callable[[str], str]
_QUESTIONS: Mapping[str, tuple[_Question, ...]] = MappingProxyType(
    {
        "ns": (_name_servers,),
        "registry_ns": (_name_servers,),
        "ns_domain": (_name_servers,),
        "past_ns_domain": (_name_servers,),
        "registrant_email_domain": (_mail_service, _nobody),
        "asn": (_big_network,),
        "soa_mailbox": (_provider_mailbox, _unfilled),
        "dmarc_rua": (_mail_server, _nobody, _unfilled),
        "dmarc_ruf": (_mail_server, _nobody, _unfilled),
        "mx": (_mail_server, _unfilled),
        "mx_domain": (_mail_server,),
        **dict.fromkeys(_REGISTRANTS, (_nobody, _role)),
        **dict.fromkeys((*ADDRESSES, "network"), (_shared_network,)),
    }
)


@cache
def _data() -> Mapping[str, Mapping[str, Any]]:
    data = tomllib.loads(files("hunter").joinpath("data/crowds.toml").read_text("utf-8"))
    for entry in _providers().values():
        data["networks"] |= {str(number): entry["name"] for number in entry["asns"]}
    return data


@cache
def _providers() -> Mapping[str, Mapping[str, Any]]:
    text = files("hunter").joinpath("data/cdn_prefixes.json").read_text("utf-8")
    return {name: {"name": name, **entry} for name, entry in json.loads(text)["providers"].items()}


@cache
def _networks() -> Mapping[str, str]:
    """Networks in which an address says nothing of who is behind it → whose, in words."""
    written = {
        f"the delivery network {name}": one["prefixes"] for name, one in _providers().items()
    }
    written |= {
        f"{_FRONT_DOOR}{whose}": prefixes for whose, prefixes in _data()["front_doors"].items()
    }
    written["a private network"] = _data()["privacy"]["addresses"]
    return {
        _bits(ip_network(prefix)): whose
        for whose, prefixes in written.items()
        for prefix in prefixes
    }
