"""Answer from a recorded case, as it was on the day: no network, no account."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from hunter import case, contracts
from hunter.contracts import EnricherContext
from hunter.model import Dossier, Fact
from hunter.written import Interval, LocalPath

FIELDS: Mapping[str, str] = {
    "origin_ip": "the address behind a CDN, as somebody told",
}
"""Besides these it answers for whatever fields of other enrichers the case records."""

AFTER: tuple[str, ...] = ()


class Settings(contracts.EnricherSettings):
    """`[enrichers.recorded]`."""

    enabled: bool = False
    file: LocalPath = case.SHIPPED / "en-marche-2017.toml"
    refresh: Interval = timedelta(0)


def wants(dossier: Dossier, settings: Settings) -> bool:
    """Whether the case knows the domain."""
    return case.read(settings.file).domain(dossier.domain) is not None


async def enrich(dossier: Dossier, settings: Settings, context: EnricherContext) -> Sequence[Fact]:
    """What the case records of the domain for today."""
    domain = case.read(settings.file).domain(dossier.domain)
    assert domain is not None
    now = context.now()
    return [
        Fact(dossier.domain, field, value, "recorded", now)
        for field, values in domain.on(now.date()).items()
        for value in values
    ]
