"""What is made up of the canary."""

from typing import cast

from hunter.contracts import Doors
from hunter.enrichers import canary
from tests.world.doors import context, dossier, values

BIRD = "canary-20261127t0605.invalid"


def test_it_is_asked_about_the_canary_alone() -> None:
    """It must never tell of a real domain."""
    assert canary.wants(dossier(BIRD), canary.Settings())
    assert not canary.wants(dossier("en-marche.co"), canary.Settings())


async def test_the_canary_was_registered_today_and_takes_mail() -> None:
    """Without a look at anything outside."""
    facts = await canary.enrich(dossier(BIRD), canary.Settings(), context(cast("Doors", None)))

    found = values(facts, BIRD)
    assert found["has_mx"] == {True}
    assert found["registered"] == {int(facts[0].observed_at.strftime("%Y%m%d"))}
    assert {fact.provider for fact in facts} == {"canary"}
