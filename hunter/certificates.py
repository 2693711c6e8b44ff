"""What a certificate says, as facts about a domain, whether its server or a log showed it. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hunter import names
from hunter.clock import day_number
from hunter.model import Fact, Json, Value
from hunter.net.text import clean

FIELDS: Mapping[str, str] = {
    "cert_issuer": "who issued the certificate that its server shows, or that a log has",
    "cert_key": "SHA-256 of the certificate's public key, in hexadecimal",
    "cert_serial": "the certificate's serial number, in hexadecimal",
    "cert_names": "the names that the certificate is for, up to 50",
    "cert_domain": "other registrable domains that the certificate is for, up to 50",
    "cert_not_before": "the first day of the certificate's validity, YYYYMMDD",
    "cert_not_after": "the last day of the certificate's validity, YYYYMMDD",
}

_MAX_NAMES = 50
_MOST_READ = 1000
_MAX_SERIAL = 64
_COMMON_NAME = re.compile(r"/CN=([^/]+)")


@dataclass(frozen=True, slots=True)
class Certificate:
    """What it says of itself; what it does not say is empty or None."""

    serial: str = ""
    """Hexadecimal."""
    issuer: str = ""
    key: str = ""
    """SHA-256 of the public key, in hexadecimal."""
    not_before: datetime | None = None
    not_after: datetime | None = None
    names: Sequence[str] = ()


def facts(domain: str, said: Certificate, provider: str, at: datetime) -> list[Fact]:
    """What it says, in the light of one of the domains that it is for."""
    listed = _names(said.names)
    others = (other for other in names.registrables(listed) if other != domain)
    told: Mapping[str, Sequence[Value]] = {
        "cert_issuer": (clean(said.issuer),),
        "cert_key": (said.key,),
        "cert_serial": (clean(said.serial, _MAX_SERIAL),),
        "cert_names": listed[:_MAX_NAMES],
        "cert_domain": tuple(others)[:_MAX_NAMES],
        "cert_not_before": (_day(said.not_before),),
        "cert_not_after": (_day(said.not_after),),
    }
    return [
        Fact(domain, field, value, provider, at)
        for field, values in told.items()
        for value in values
        if value
    ]


def of_sighting(origin: Mapping[str, Json]) -> Certificate | None:
    """What a source of certificates knew of the one a name stands in; None without a serial."""
    serial = _text(origin, "serial").lower()
    if not serial:
        return None
    issuer, listed = _text(origin, "issuer"), origin.get("names")
    # A certstream server writes the whole name of the issuer into one line.
    common = _COMMON_NAME.search(issuer)
    return Certificate(
        serial=serial,
        issuer=common[1] if common else issuer,
        key=_text(origin, "key"),
        not_before=_moment(_text(origin, "not_before")),
        not_after=_moment(_text(origin, "not_after")),
        names=tuple(map(str, listed)) if isinstance(listed, list) else (),
    )


def _text(origin: Mapping[str, Json], key: str) -> str:
    value = origin.get(key)
    return value if isinstance(value, str) else ""


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _names(listed: Sequence[str]) -> list[str]:
    cleaned = (clean(text.lower()) for text in listed[:_MOST_READ])
    return [text for text in dict.fromkeys(cleaned) if text]


def _day(moment: datetime | None) -> int:
    return day_number(moment) if moment else 0
