"""Actors and crowds of any size: what many lookalikes of one brand look like, whoever has them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hunter.incidents.hands import Footprint
from hunter.model import Value
from tests.world.incidents import footprint

Values = Mapping[str, Value | tuple[Value, ...]]

PINCH = "johnpinch@mail.com"
ADDRESS = "80.82.69.134"
BEGAN = date(2026, 1, 5)


def many(count: int, of: Callable[[int], Values], *, a_day: int = 4) -> tuple[Footprint, ...]:
    """So many names, registered a few a day."""
    return tuple(
        replace(
            footprint(f"en-marche-{number:04}.fr", **of(number)),
            registered=BEGAN + timedelta(days=number // a_day),
        )
        for number in range(count)
    )


def person(number: int) -> Values:
    """One registrant, four companies for name servers, three networks, often a mail server each."""
    name = f"en-marche-{number:04}.fr"
    return {
        "registrant_email": PINCH,
        "registrant_email_domain": "mail.com",
        "registrant_name": "John Pinch" if number % 5 else "JOHN  PINCH",
        "registrar": ("Ascio", "OVH")[number % 2],
        "ns_domain": ("monovm.com", "cloudflare.com", "njal.la", name)[number % 4],
        "mx_domain": name if number % 3 else "zoho.eu",
        "asn": (51177, 13335, 16276)[number % 3],
    }


def mailbox_alone(_number: int) -> Values:
    """Nothing is known but what a partner told."""
    return {"registrant_email": PINCH}


def changing(number: int) -> Values:
    """Hidden by half, and moved from the registrar's parking to one of two hosts in time."""
    return {
        "registrant_email": PINCH,
        "registrant_name": ("John Pinch", "REDACTED FOR PRIVACY")[number % 2],
        "ns_domain": ("parking.example", ("monovm.com", "he.net")[number % 2])[: 1 + number % 3],
        "asn": ((64500, 51177), (64500,), (64500, 51177, 16276))[number % 3],
    }


def resellers_customer(number: int, customers: int = 200) -> Values:
    """Of one web agency, which hosts what it registers: only the names of its customers differ."""
    return {
        "registrant_email": "julie@agency.example",
        "registrant_name": f"Customer {number % customers}",
        "registrar": "OVH",
        "ns_domain": "agency.example",
        "mx_domain": "agency.example",
        "asn": 16276,
        "a": ADDRESS,
        "soa_mailbox": "root@agency-hosting.example",
    }


def hides(number: int) -> Values:
    """Behind a service on no list: one mailbox and name for all; most park, the others host."""
    chance = Random(number)
    parks = chance.random() < 0.5
    host = f"host{chance.randrange(150)}.example"
    return {
        "registrant_email": "contact@shelter.example",
        "registrant_org": "Shelter Ltd",
        "registrar": "Ascio",
        "ns_domain": "shelter.example" if parks else host,
        "asn": 64500 if parks else 64501 + chance.randrange(60),
    }


def shares_a_host(_number: int) -> Values:
    """All that a host gives is alike, and the registrants are hidden."""
    return {
        "registrant_org": "REDACTED FOR PRIVACY",
        "registrar": "Hoster GmbH",
        "a": ADDRESS,
        "ns_domain": "hoster.example",
        "soa_mailbox": "dns@hoster-zones.example",
        "cert_key": "ab" * 32,
    }


def shuffled(names: Sequence[Footprint], seed: int) -> list[Footprint]:
    """The same, as they may come."""
    return Random(seed).sample(list(names), len(names))
