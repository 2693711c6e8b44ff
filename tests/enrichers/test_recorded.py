"""Answers from a recorded case."""

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from hunter.contracts import Doors, EnricherContext
from hunter.enrichers import recorded
from hunter.model import Dossier, Value

CASE = """\
[case]
title = "Small"
starts = 2017-03-01
ends = 2017-03-31

[[domain]]
name = "en-marche.co"
registered = 2017-03-10

[[domain.facts]]
from = 2017-03-10
ns = ["ns1.monovm.com", "ns2.monovm.com"]
dedicated = true

[[domain.facts]]
from = 2017-03-20
ns = "alice.ns.cloudflare.com"
"""


@pytest.fixture
def settings(tmp_path: Path) -> recorded.Settings:
    """Settings for the small case."""
    path = tmp_path / "small.toml"
    path.write_text(CASE, encoding="utf-8")
    return recorded.Settings(file=path)


def dossier(domain: str) -> Dossier:
    """A domain of which nothing is known yet."""
    return Dossier(domain, "", datetime(2017, 3, 1, tzinfo=UTC), {})


async def answers(settings: recorded.Settings, day: int) -> list[tuple[str, Value | None]]:
    """What it says of the case's domain on a day."""
    now = datetime(2017, 3, day, 12, tzinfo=UTC)
    context = EnricherContext(lambda: now, cast("Doors", None))
    facts = await recorded.enrich(dossier("en-marche.co"), settings, context)

    assert {(fact.subject, fact.observed_at) for fact in facts} <= {("en-marche.co", now)}
    return [(fact.field, fact.value) for fact in facts]


async def test_it_answers_as_it_was_on_the_day(settings: recorded.Settings) -> None:
    """One fact per value; nothing before the domain existed."""
    assert await answers(settings, 9) == []
    assert await answers(settings, 10) == [
        ("ns", "ns1.monovm.com"),
        ("ns", "ns2.monovm.com"),
        ("dedicated", True),
    ]
    assert await answers(settings, 20) == [("ns", "alice.ns.cloudflare.com"), ("dedicated", True)]


def test_it_wants_only_what_the_case_knows(settings: recorded.Settings) -> None:
    """Of all others it has nothing to say."""
    assert recorded.wants(dossier("en-marche.co"), settings)
    assert not recorded.wants(dossier("supermarche.fr"), settings)


def test_it_is_off_unless_switched_on_and_always_answers_anew() -> None:
    """Each day of a replay may differ from the one before."""
    assert not recorded.Settings().enabled
    assert not recorded.Settings().refresh
