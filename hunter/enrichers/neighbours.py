"""Who else is at a domain's addresses, and whether it has its server for itself.

Hunter's own store holds what hunter collected, and never all of the web: finding nobody there is no
evidence of a dedicated server. Passive DNS sees much more, and not all either.
"""

from collections.abc import Mapping, Sequence

from hunter import names
from hunter.contracts import EnricherContext, EnricherSettings
from hunter.dossiers import texts_of
from hunter.model import Dossier, Fact, Value
from hunter.net.guard import leads_somewhere
from hunter.trackable import ADDRESSES

FIELDS: Mapping[str, str] = {
    "dedicated": "whether the domain has its server for itself",
    "neighbours": "how many other registrable domains are known at its addresses",
    "neighbour": "some of them, up to 20",
    "neighbours_evidence": "who knows of how many, in words",
}
LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "neighbours": "Other domains at its addresses",
        "neighbour": "Neighbouring domains",
        "neighbours_evidence": "Who knows of its neighbours",
    },
    "fr": {
        "neighbours": "Autres domaines à ses adresses",
        "neighbour": "Domaines voisins",
        "neighbours_evidence": "Qui connaît ses voisins",
    },
}
AFTER: tuple[str, ...] = ("dns", "hosting", "passive_dns", "recorded")

_MAX_ADDRESSES = 10
_MAX_NAMED = 20


class Settings(EnricherSettings):
    """`[enrichers.neighbours]`."""


def wants(dossier: Dossier, _settings: Settings) -> bool:
    """Whether it has an address at all."""
    return any(field in dossier.fields for field in ADDRESSES)


async def enrich(dossier: Dossier, _settings: Settings, context: EnricherContext) -> Sequence[Fact]:
    """The neighbours known to the store and to passive DNS; what follows for `dedicated`."""
    at = context.now()

    def unknown(why: str) -> Fact:
        return Fact(dossier.domain, "dedicated", None, "neighbours", at, why)

    addresses = _addresses(dossier)
    if not addresses:
        return [unknown(_nobody_at(dossier))]
    own = _known_here(dossier.domain, addresses, context)
    seen = dossier.fields.get("pdns_cohosted")
    others = tuple(dict.fromkeys((*own, *texts_of(dossier, "pdns_cohosted_domain"))))
    count = max(len(others), int(seen) if isinstance(seen, int) else 0)
    told: list[tuple[str, Value]] = [("neighbours", count)]
    told += [("neighbour", name) for name in others[:_MAX_NAMED]]
    told += [("neighbours_evidence", _evidence(dossier, len(own)))]
    if count or seen == 0:
        told += [("dedicated", not count)]
    facts = [Fact(dossier.domain, field, value, "neighbours", at) for field, value in told]
    return facts if count or seen == 0 else [*facts, unknown(_doubt(dossier))]


def _addresses(dossier: Dossier) -> tuple[str, ...]:
    """Behind a CDN only what somebody told of the server itself."""
    fields = ("origin_ip",) if "cdn" in dossier.fields else ADDRESSES
    return tuple(filter(leads_somewhere, texts_of(dossier, *fields)))[:_MAX_ADDRESSES]


def _nobody_at(dossier: Dossier) -> str:
    cdn = ", ".join(texts_of(dossier, "cdn"))
    if not cdn:
        return "its addresses lead to no server"
    return f"its addresses belong to {cdn}, which strangers share"


def _known_here(domain: str, addresses: Sequence[str], context: EnricherContext) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for address in addresses:
        for field in ADDRESSES:
            found |= dict.fromkeys(names.registrables(context.sharing(field, address)))
    return tuple(name for name in found if name != domain)


def _evidence(dossier: Dossier, here: int) -> str:
    passive = dossier.fields.get("pdns_cohosted")
    elsewhere = f"{passive} to passive DNS" if passive is not None else "passive DNS was not asked"
    if "pdns_cohosted" in dossier.unknown:
        elsewhere = "passive DNS could not tell"
    return f"other domains at its addresses: {here} known to hunter, {elsewhere}"


def _doubt(dossier: Dossier) -> str:
    why = dossier.unknown.get("pdns_cohosted")
    told = f"passive DNS could not tell: {why}" if why else "passive DNS was not asked"
    return f"hunter knows of no other domain there, which proves little; {told}"
