"""A new brand is held against the stored names, and what comes of it is one message."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from hunter import pipeline, retro
from hunter.contracts import Batch
from hunter.errors import WillPass
from hunter.matching import compile_matcher
from hunter.model import Brand, Subscriber
from hunter.pipeline import Hunt
from hunter.replay import SetClock
from hunter.store import Store, alerts, reports
from hunter.store import retro as kept
from tests.world.hunting import BRAND, PARTNER, START, World, small_hunt

STORED = ("nationbuilder-en-marche.fr", "www.en-marche-nationbuilder.com", "mail-en-marche.fr")
FINDS = {"nationbuilder-en-marche.fr", "en-marche-nationbuilder.com"}
IT = Subscriber("it", {"pigeon": ("loft",)})


@pytest.fixture
async def hunt(store: Store, clock: SetClock, world: World) -> Hunt:
    """One brand, whose lookalikes were told long ago."""
    small = small_hunt(store, clock, subscribers=(IT,))
    await retro.hunt_back(small)
    await pipeline.take(small, "planted", Batch("\n".join(STORED).encode(), "1"))
    await steps(small)
    world.sent.clear()
    clock.set(START + timedelta(days=7))
    return small


async def steps(hunt: Hunt) -> None:
    """Everything that waits, and the look back between."""
    for step in (pipeline.enrich, pipeline.judge_pending, retro.hunt_back, pipeline.deliver):
        await step(hunt)


def with_brands(hunt: Hunt, *brands: Brand) -> Hunt:
    """As after a reload."""
    config = replace(hunt.config, brands=brands)
    return replace(hunt, config=config, matcher=compile_matcher(brands))


def said(hunt: Hunt) -> dict[str, str]:
    """Brand → what status says of the stored names."""
    found = (standing.report for standing in reports.standings(hunt.store))
    return {one.subject: one.message for one in found if one.part == kept.PART}


async def test_the_finds_of_a_new_brand_come_as_one_digest(hunt: Hunt, world: World) -> None:
    """Each has its alert; nobody gets a letter for each."""
    wider = with_brands(hunt, BRAND, PARTNER)
    await retro.hunt_back(wider)
    await steps(wider)

    ((notice, recipient),) = world.sent
    assert (notice.kind, notice.brand) == ("digest", "nationbuilder[.]com")
    assert "when their brand was put under protection" in notice.headline
    assert recipient.subscriber == "it"
    for domain in FINDS:
        assert PARTNER.domain in [alert.brand for alert in alerts.about(hunt.store, domain)]
    assert (
        said(wider)[PARTNER.domain] == "held against 3 stored names; new lookalikes among them: 2"
    )


async def test_it_is_done_once_and_what_comes_later_is_told_as_ever(
    hunt: Hunt, world: World
) -> None:
    """A look back every two seconds must cost nothing."""
    wider = with_brands(hunt, BRAND, PARTNER)
    await retro.hunt_back(wider)
    await steps(wider)
    world.sent.clear()

    await steps(wider)
    assert world.sent == []
    await pipeline.take(wider, "planted", Batch(b"login-nationbuilder.com", "2"))
    await steps(wider)
    assert world.told() == [("login-nationbuilder.com", "opened")]


async def test_new_keywords_make_a_brand_new(hunt: Hunt, world: World) -> None:
    """What the added word finds was in the store for another reason."""
    wordy = replace(BRAND, keywords=("marche", "nationbuilder"))
    await pipeline.take(hunt, "planted", Batch(b"en-marche-nationbuildr.com", "2"))
    await retro.hunt_back(with_brands(hunt, wordy))

    assert said(hunt)[BRAND.domain].startswith("held against 4 stored names")


async def test_one_find_alone_is_an_ordinary_letter(hunt: Hunt, world: World) -> None:
    """A digest of one would hide what it is about."""
    wider = with_brands(hunt, BRAND, Brand("nationbuilder.eu", owned=("nationbuilder.com",)))
    hunt.store.execute("DELETE FROM sighting WHERE domain = 'en-marche-nationbuilder.com'")
    await retro.hunt_back(wider)
    await steps(wider)

    assert world.told() == [("nationbuilder-en-marche.fr", "opened")]


async def test_the_digest_waits_until_all_finds_are_judged_but_not_for_ever(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """One whose look-up never ends is told later by itself."""
    hunt.store.execute("UPDATE domain SET enriched = 0 WHERE domain = ?", (min(FINDS),))
    wider = with_brands(hunt, BRAND, PARTNER, Brand("x-nationbuilder.com"))
    await retro.hunt_back(wider)
    await pipeline.judge_pending(wider)
    await retro.hunt_back(wider)
    await pipeline.deliver(wider)
    assert world.sent == []

    clock.set(clock.now() + timedelta(hours=1))
    await retro.hunt_back(wider)
    await pipeline.deliver(wider)
    assert world.told()


async def test_a_refused_digest_stays_one(hunt: Hunt, world: World, clock: SetClock) -> None:
    """Whatever comes of the first try."""
    wider = with_brands(hunt, BRAND, PARTNER)
    world.trouble["it"] = WillPass("busy")
    await retro.hunt_back(wider)
    await steps(wider)
    assert world.sent == []

    del world.trouble["it"]
    clock.set(clock.now() + timedelta(hours=2))
    await pipeline.deliver(wider)
    assert [kind for _, kind in world.told()] == ["digest"]


async def test_the_digest_keeps_quiet_hours(hunt: Hunt, world: World, clock: SetClock) -> None:
    """Nobody is woken for what has stood in the store for a week."""
    sleeper = replace(IT, quiet=(time(11), time(14)), zone="UTC")
    wider = with_brands(hunt, BRAND, PARTNER)
    asleep = replace(wider, config=replace(wider.config, subscribers=(sleeper,)))
    await retro.hunt_back(asleep)
    await steps(asleep)
    assert world.sent == []

    clock.set(clock.now() + timedelta(hours=2))
    await pipeline.deliver(asleep)
    assert [kind for _, kind in world.told()] == ["digest"]


async def test_a_brand_that_was_gone_is_new_again(hunt: Hunt) -> None:
    """What was seen meanwhile was not held against it."""
    wider = with_brands(hunt, BRAND, PARTNER)
    await retro.hunt_back(wider)
    await retro.hunt_back(with_brands(hunt, replace(BRAND, keywords=())))
    await pipeline.take(hunt, "planted", Batch(b"nationbuilder-en-marche.org", "2"))

    await retro.hunt_back(wider)
    assert (
        said(wider)[PARTNER.domain] == "held against 4 stored names; new lookalikes among them: 1"
    )


async def test_a_brand_that_was_taken_out_and_put_back_is_new_again(hunt: Hunt) -> None:
    """What was seen between was not held against it, even if no other brand came meanwhile."""
    await retro.hunt_back(with_brands(hunt, BRAND, PARTNER))
    await retro.hunt_back(hunt)
    await pipeline.take(hunt, "planted", Batch(b"nationbuilder-en-marche.com", "2"))
    await retro.hunt_back(with_brands(hunt, BRAND, PARTNER))

    held = "held against 4 stored names; new lookalikes among them: 1"
    assert said(hunt)[PARTNER.domain] == held
