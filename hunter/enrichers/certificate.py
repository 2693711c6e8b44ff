"""The certificate that a domain's own server shows in a TLS handshake.

The suspect's server sees hunter's address: whoever must not be seen leaves this one off.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from pydantic import Field

from hunter import names
from hunter.contracts import Duration, EnricherContext, EnricherSettings
from hunter.ct import der
from hunter.ct.keys import key_hash
from hunter.errors import NotAName, WillPass
from hunter.model import Dossier, Fact, Value
from hunter.net.text import clean
from hunter.net.tls import NoTls

FIELDS: Mapping[str, str] = {
    "tls": "whether its server speaks TLS on the port of https",
    "cert_issuer": "who issued the certificate that its server shows",
    "cert_key": "SHA-256 of the certificate's public key, in hexadecimal",
    "cert_serial": "the certificate's serial number, in hexadecimal",
    "cert_names": "the names that the certificate is for, up to 50",
    "cert_domain": "other registrable domains that the certificate is for, up to 50",
    "cert_not_before": "the first day of the certificate's validity, YYYYMMDD",
    "cert_not_after": "the last day of the certificate's validity, YYYYMMDD",
}
AFTER: tuple[str, ...] = ("dns",)

_MAX_NAMES = 50
_MOST_READ = 1000
_MAX_ADDRESSES = 2


class Settings(EnricherSettings):
    """`[enrichers.certificate]`. Off by default: it touches the suspect's server."""

    enabled: bool = False
    refresh: Duration = Field(
        default=timedelta(hours=12), description="an answer younger than this is not asked again"
    )
    port: int = Field(default=443, ge=1, le=65535, description="the port of https")


def wants(dossier: Dossier, _settings: Settings) -> bool:
    """Whether it has an address to ask."""
    return bool(_addresses(dossier))


async def enrich(dossier: Dossier, settings: Settings, context: EnricherContext) -> Sequence[Fact]:
    """What the certificate says of itself, from the first of its addresses that answers."""
    at, domain = context.now(), dossier.domain
    try:
        shown = await _certificate(dossier, settings, context)
    except NoTls:
        return [Fact(domain, "tls", False, "certificate", at)]
    except WillPass as error:
        why = str(error)
        return [Fact(domain, field, None, "certificate", at, why) for field in FIELDS]
    return [Fact(domain, field, value, "certificate", at) for field, value in _read(shown, domain)]


async def _certificate(dossier: Dossier, settings: Settings, context: EnricherContext) -> bytes:
    """Raises NoTls when no address speaks TLS, and WillPass when one may and did not answer."""
    trouble: WillPass = NoTls("it has no address")
    for address in _addresses(dossier):
        try:
            return await context.doors.tls.certificate(
                dossier.domain, address=address, port=settings.port
            )
        except WillPass as error:
            trouble = trouble if not isinstance(trouble, NoTls) else error
    raise trouble


def _addresses(dossier: Dossier) -> tuple[str, ...]:
    found: list[str] = []
    for field in ("a", "aaaa"):
        value = dossier.fields.get(field, ())
        found += map(str, value if isinstance(value, tuple) else (value,))
    return tuple(found[:_MAX_ADDRESSES])


def _read(certificate: bytes, domain: str) -> Iterator[tuple[str, Value]]:
    details = der.details(certificate)
    listed = _names(certificate)
    told: dict[str, Value] = {
        "cert_issuer": clean(details.issuer),
        "cert_key": key_hash(certificate),
        "cert_serial": clean(details.serial, 64),
        "cert_not_before": _day(details.not_before),
        "cert_not_after": _day(details.not_after),
    }
    yield "tls", True
    yield from ((field, value) for field, value in told.items() if value)
    yield from (("cert_names", name) for name in listed[:_MAX_NAMES])
    others = [other for other in _registrable(listed) if other != domain]
    yield from (("cert_domain", other) for other in others[:_MAX_NAMES])


def _names(certificate: bytes) -> list[str]:
    raw, _ = der.names(certificate)
    texts = (name.decode("utf-8", "replace") for name in raw)
    return list(dict.fromkeys(clean(text.lower()) for text in texts))[:_MOST_READ]


def _registrable(listed: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    for name in listed:
        try:
            found[names.registrable(name)] = None
        except NotAName:
            continue
    return list(found)


def _day(moment: datetime | None) -> int:
    return int(f"{moment.astimezone(UTC):%Y%m%d}") if moment else 0
