"""Servers that are left alone, as they are kept."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from hunter.contracts import Doors, EnricherContext
from hunter.errors import WillPass
from hunter.hushed import Hushed, heed, hush, hushed
from tests.world.doors import NOW, keeping

SERVER = "rdap.nic.example:8080"


def asking(kept: dict[str, str], later: timedelta = timedelta()) -> EnricherContext:
    """An enricher that has no way out, so long after NOW."""
    return replace(keeping(cast(Doors, None), kept), now=lambda: NOW + later)


def test_a_server_is_left_alone_until_its_time_is_over() -> None:
    """That one alone, by that enricher alone; also by a hunter that was started since."""
    kept: dict[str, str] = {}
    hush(asking(kept), "enrichers.rdap", SERVER, timedelta(minutes=2))

    with pytest.raises(WillPass, match="asked to be left alone") as refused:
        heed(asking(kept, timedelta(minutes=1)), "enrichers.rdap", SERVER)
    assert refused.value.retry_after == timedelta(minutes=1)
    heed(asking(kept), "enrichers.whois", SERVER)
    heed(asking(kept), "enrichers.rdap", "rdap.other.example")
    heed(asking(kept, timedelta(minutes=2)), "enrichers.rdap", SERVER)


def test_those_left_alone_are_found_among_all_that_is_kept() -> None:
    """Nobody is left alone by what a clock kept that was ahead."""
    kept = {"passive_dns.dnsdb.refused.a1b2": "2026-11-22T12:00:00+00:00 status 403"}
    hush(asking(kept), "enrichers.rdap", SERVER, timedelta(minutes=2))
    hush(
        asking(kept, timedelta(days=3)),
        "enrichers.rdap",
        "rdap.ahead.example",
        timedelta(minutes=2),
    )

    until = NOW + timedelta(minutes=2)
    assert [*hushed(kept.items(), NOW)] == [Hushed("enrichers.rdap", SERVER, until)]
    heed(asking(kept), "enrichers.rdap", "rdap.ahead.example")
