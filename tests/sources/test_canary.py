"""The made-up lookalike as a source."""

from datetime import UTC, datetime
from typing import cast

from hunter.contracts import Doors, SourceContext
from hunter.model import Brand
from hunter.sources import canary

NOW = datetime(2026, 11, 27, 6, 5, tzinfo=UTC)


async def test_every_brand_is_imitated_under_one_reserved_name() -> None:
    """The cursor is the canary's domain, by which it is followed."""
    context = SourceContext(
        brands=(Brand("en-marche.fr"), Brand("nationbuilder.com")),
        tracks=(),
        cursor=lambda _: None,
        now=lambda: NOW,
        doors=cast("Doors", None),
        report=lambda _: None,
    )

    (batch,) = [one async for one in canary.gather(canary.Settings(), context)]

    assert batch.cursor == "canary-20261127t0605.invalid"
    assert batch.names.decode().split("\n") == [
        f"en-marche.fr.{batch.cursor}",
        f"nationbuilder.com.{batch.cursor}",
    ]
    assert batch.origin(1) == {"why": "hunter made it up to test itself"}
