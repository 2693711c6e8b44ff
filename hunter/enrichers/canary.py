"""Answers for hunter's own test lookalike, about which nobody outside is asked."""

from collections.abc import Iterator, Mapping, Sequence

from hunter import canary
from hunter.clock import day_number
from hunter.contracts import EnricherContext, EnricherSettings
from hunter.model import Dossier, Fact, Value

FIELDS: Mapping[str, str] = {}
"""It answers in fields of other enrichers, and has none of its own."""
AFTER: tuple[str, ...] = ()


class Settings(EnricherSettings):
    """`[enrichers.canary]`."""


def wants(dossier: Dossier, _settings: Settings) -> bool:
    """Only the canary, whom no other enricher is asked about."""
    return canary.is_canary(dossier.domain)


async def enrich(dossier: Dossier, _settings: Settings, context: EnricherContext) -> Sequence[Fact]:
    """As grave as a lookalike can look on its first day: registered today, and it takes mail."""
    now = context.now()
    today = day_number(now)
    return [
        Fact(dossier.domain, field, value, canary.NAME, now)
        for field, value in _made_up(dossier.domain, today)
    ]


def _made_up(domain: str, today: int) -> Iterator[tuple[str, Value]]:
    """The address is one of those kept for documentation (RFC 5737)."""
    yield "registered", today
    yield "dns_status", "found"
    yield "resolves", True
    yield "a", "192.0.2.1"
    yield "ns", f"ns.{domain}"
    yield "ns_domain", domain
    yield "has_mx", True
    yield "mx", f"mx.{domain}"
    yield "mx_domain", domain
