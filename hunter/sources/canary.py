"""A made-up lookalike of each brand, once a day, to see whether it goes the whole way."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta

from pydantic import Field

from hunter import canary, contracts
from hunter.contracts import Batch, SourceContext
from hunter.model import Json
from hunter.written import Duration, Interval


class Settings(contracts.Settings):
    """`[sources.canary]`."""

    every: Interval = Field(default=timedelta(days=1), description="how often one is let fly")
    within: Duration = Field(
        default=timedelta(hours=1), description="how long it may take to every channel's folder"
    )
    certificate: bool = Field(
        default=False,
        description="also miss the daily test certificate of certspotter.org in the CT logs",
    )


async def gather(_settings: Settings, context: SourceContext) -> AsyncIterator[Batch]:
    """The names of today's canary; the cursor is its domain."""
    domain = canary.domain_at(context.now())
    brands = [brand.domain for brand in context.brands]
    yield Batch(canary.names(domain, brands), domain, origin=_origin)


def _origin(_line: int) -> Mapping[str, Json]:
    return {"why": "hunter made it up to test itself"}
