"""The certificate that a domain's own server shows in a TLS handshake, or that of a host under it.

The suspect's server sees hunter's address: whoever must not be seen leaves this one off.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from pydantic import Field

from hunter import certificates
from hunter.certificates import Certificate
from hunter.contracts import EnricherContext, EnricherSettings
from hunter.ct import der
from hunter.ct.keys import key_hash
from hunter.dossiers import texts_of
from hunter.errors import WillPass
from hunter.model import Dossier, Fact
from hunter.net.guard import refusal
from hunter.net.tls import NoTls
from hunter.visiting import has_address, host_to_visit
from hunter.written import Interval

FIELDS: Mapping[str, str] = {
    "tls": "whether its server speaks TLS on the port of https",
    **certificates.FIELDS,
}
AFTER: tuple[str, ...] = ("dns",)

_MAX_ADDRESSES = 2


class Settings(EnricherSettings):
    """`[enrichers.certificate]`. Off by default: it touches the suspect's server."""

    VISITS = True

    enabled: bool = False
    refresh: Interval = Field(
        default=timedelta(hours=12), description="an answer younger than this is not asked again"
    )
    port: int = Field(default=443, ge=1, le=65535, description="the port of https")


def wants(dossier: Dossier, _settings: Settings) -> bool:
    """Whether it or a host under it has an address to ask."""
    return has_address(dossier)


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
    return _read(shown, domain, at)


async def _certificate(dossier: Dossier, settings: Settings, context: EnricherContext) -> bytes:
    """Raises NoTls when no address speaks TLS, and WillPass when one may and did not answer."""
    trouble: WillPass = NoTls("it has no address")
    host = await host_to_visit(dossier, context)
    # Of a host the facts do not tell which of the addresses is its own.
    for address in _addresses(dossier) if host == dossier.domain else ("",):
        try:
            return await context.doors.tls.certificate(host, address=address, port=settings.port)
        except WillPass as error:
            trouble = trouble if not isinstance(trouble, NoTls) else error
    raise trouble


def _addresses(dossier: Dossier) -> tuple[str, ...]:
    """The public ones first: a squatter may put private ones before, and nobody stops at those."""
    found = texts_of(dossier, "a", "aaaa")
    return tuple(sorted(found, key=lambda one: refusal(one) != ""))[:_MAX_ADDRESSES]


def _read(certificate: bytes, domain: str, at: datetime) -> list[Fact]:
    details = der.details(certificate)
    raw, _ = der.names(certificate)
    said = Certificate(
        serial=details.serial,
        issuer=details.issuer,
        key=key_hash(certificate),
        not_before=details.not_before,
        not_after=details.not_after,
        names=[name.decode("utf-8", "replace") for name in raw],
    )
    tls = Fact(domain, "tls", True, "certificate", at)
    return [tls, *certificates.facts(domain, said, "certificate", at)]
