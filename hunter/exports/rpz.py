"""A response policy zone: name servers that load it refuse to resolve what imitates you.

Format: draft-vixie-dnsop-dns-rpz; bind9, knot-resolver, unbound and PowerDNS read it. Names are
relative, so that the zone can be loaded under any name.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from ipaddress import ip_network
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from hunter import handover, wording
from hunter.contracts import Case, ExportSettings
from hunter.handover import utc_text
from hunter.notice import how_many

MEDIA = "text/dns"
SUFFIX = ".rpz"

_ACTIONS = {"nxdomain": ".", "nodata": "*.", "drop": "rpz-drop.", "log": "rpz-passthru."}
_SERIALS = 2**32
_IPV4 = 4


class Settings(ExportSettings):
    """What is answered for a name in the zone."""

    action: Literal["nxdomain", "nodata", "drop", "log", "garden"] = Field(
        default="nxdomain",
        description="answer that there is no such name or record, or nothing; or only log it;"
        " or send people to a page of yours",
    )
    garden: str = Field(default="", description='the host of that page, for action = "garden"')
    exempt: str = Field(
        default="",
        description="the address or network of whoever is to be told the truth: hunter's own",
    )
    ttl: int = Field(default=300, ge=0, le=86400, description="seconds that an answer is kept")

    @field_validator("exempt")
    @classmethod
    def _is_a_network(cls, exempt: str) -> str:
        try:
            fits = not exempt or ("%" not in exempt and ip_network(exempt).prefixlen > 0)
        except ValueError:
            fits = False
        if not fits:
            raise ValueError("write one address or network, such as 192.0.2.5 or 192.0.2.0/28")
        return exempt

    @model_validator(mode="after")
    def _garden_is_named(self) -> Self:
        if self.action == "garden" and not _is_named(self.garden):
            raise ValueError('action "garden" needs garden=HOST, a host name')
        if self.garden and self.action != "garden":
            raise ValueError("garden=HOST needs action=garden, else nobody is sent there")
        return self


def _is_named(garden: str) -> bool:
    """Nobody is led to an address by a name that looks like one."""
    return handover.is_host(garden) and not handover.is_address(garden)


def export(cases: Iterable[Case], settings: Settings, at: datetime) -> bytes:
    """The zone; what a person dismissed is not in it, and what else is left out is named."""
    domains, left_out = handover.to_block(cases)
    target = _ACTIONS.get(settings.action, f"{settings.garden}.")
    serial = int(at.timestamp()) % _SERIALS
    lines = [
        f"; {how_many(len(domains), 'lookalike')}, as hunter saw them; written {utc_text(at)}",
        *(f"; left out: {wording.clean(domain)}: {why}" for domain, why in left_out),
        f"$TTL {settings.ttl}",
        f"@ SOA localhost. hostmaster.localhost. {serial} 3600 600 1209600 {settings.ttl}",
        "@ NS localhost.",
        *_told_the_truth(settings.exempt),
        *(f"{name} CNAME {target}" for domain in domains for name in (domain, f"*.{domain}")),
    ]
    return ("\n".join(lines) + "\n").encode()


def _told_the_truth(exempt: str) -> Iterator[str]:
    """A record by the address of who asks goes before those by name."""
    if exempt:
        network = ip_network(exempt)
        first = str(network.network_address).replace("::", ":zz:").strip(":")
        parts = reversed(first.split("." if network.version == _IPV4 else ":"))
        yield f"{network.prefixlen}.{'.'.join(parts)}.rpz-client-ip CNAME rpz-passthru."
