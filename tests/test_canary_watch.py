"""The canary's way on a real hunt, and what is said when it does not come through."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hunter import canary_watch, pipeline
from hunter.contracts import Batch
from hunter.enrichers import canary as enricher
from hunter.model import Level, Report, Subscriber
from hunter.notifiers import email, journal
from hunter.pipeline import Hunt
from hunter.replay import SetClock
from hunter.sources import canary, ct_logs
from hunter.store import Store, alerts, cursors, outbox
from tests.world.hunting import BRAND, PARTNER, START, World, small_hunt

SUBSCRIBERS = (
    Subscriber("it", {"email": ("it@example.org",), "journal": ()}),
    Subscriber("boss", {"email": ("boss@example.org",)}),
)
FOREIGN = "mail-en-marche.fr"


@pytest.fixture
def hunt(store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> Hunt:
    """Two brands, an enricher that goes outside, and two real channels that would."""
    world = World().install(monkeypatch)
    world.trouble = dict.fromkeys(("canary-20170413t1200.invalid",), AssertionError("was asked"))
    return small_hunt(
        store,
        clock,
        brands=(BRAND, PARTNER),
        subscribers=SUBSCRIBERS,
        sources={"canary": canary.Settings()},
        enrichers={"canary": enricher.Settings(), "told": enricher.Settings()},
        notifiers={
            "email": email.Settings(host="127.0.0.1", port=1, sender="hunter@example.org"),
            "journal": journal.Settings(to="/nowhere/log"),
        },
    )


def said(hunt: Hunt) -> list[tuple[bool, str]]:
    """What the check has to say now."""
    found = canary_watch.check(hunt.store, hunt.config, hunt.now())
    return [(report.healthy, report.message) for report in found]


async def test_the_canary_comes_through_and_leaves_no_trace(hunt: Hunt, tmp_path: Path) -> None:
    """A letter for each brand lies in each channel's folder; the store is as it was before."""
    await pipeline.gather(hunt, "canary")
    await pipeline.enrich(hunt)
    await pipeline.judge_pending(hunt)
    await pipeline.deliver(hunt)

    assert said(hunt) == [
        (
            True,
            "the canary of 2017-04-13 12:00 UTC came through, from a source to every channel",
        )
    ]
    for channel in ("email", "journal"):
        assert len(list((tmp_path / "canary" / channel).iterdir())) == 2
    for table in ("domain", "sighting", "match", "fact", "alert", "transition", "outbox"):
        assert hunt.store.rows(f"SELECT * FROM {table}") == []
    assert said(hunt) == []
    assert canary_watch.came_home(hunt.store) == START


async def test_a_lookalike_beside_it_is_left_alone(hunt: Hunt) -> None:
    """Only the canary leaves the store, and only its letters."""
    await pipeline.take(hunt, "planted", Batch(FOREIGN.encode(), "1"))
    await pipeline.gather(hunt, "canary")
    await pipeline.enrich(hunt)
    await pipeline.judge_pending(hunt)
    await pipeline.deliver(hunt)

    assert [healthy for healthy, _ in said(hunt)] == [True]
    (alert,) = alerts.about(hunt.store, FOREIGN)
    assert outbox.counts(hunt.store) == {"email": {"pending": 2}, "journal": {"pending": 1}}
    assert alert.brand == BRAND.domain


async def test_the_letters_of_the_last_canary_stay_to_look_at(
    hunt: Hunt, clock: SetClock, tmp_path: Path
) -> None:
    """Those before it are removed."""
    for day in range(2):
        clock.set(START + timedelta(days=day))
        await pipeline.gather(hunt, "canary")
        await pipeline.enrich(hunt)
        await pipeline.judge_pending(hunt)
        await pipeline.deliver(hunt)
        assert [healthy for healthy, _ in said(hunt)] == [True]

    left = [path.name for path in (tmp_path / "canary" / "email").iterdir()]
    assert len(left) == 2
    assert all("canary-20170414t1200.invalid" in name for name in left)


@pytest.mark.parametrize(
    ("steps", "obstacle"),
    [
        ((), "nothing was found out about it"),
        (("enrich",), "no rule was held against it"),
        (("enrich", "judge_pending"), "its letters do not come out at email, journal"),
    ],
)
async def test_where_it_is_held_up_is_told_when_it_is_late(
    hunt: Hunt, clock: SetClock, steps: tuple[str, ...], obstacle: str
) -> None:
    """And not before the hour is over."""
    await pipeline.gather(hunt, "canary")
    for step in steps:
        await getattr(pipeline, step)(hunt)

    clock.set(START + timedelta(hours=1))
    assert said(hunt) == []

    clock.set(START + timedelta(hours=1, seconds=1))
    held = f"the canary of 2017-04-13 12:00 UTC did not come through: {obstacle}"
    assert said(hunt) == [(False, held)]


async def test_a_matcher_without_the_brand_is_told(hunt: Hunt, clock: SetClock) -> None:
    """The name passed by unseen."""
    blind = replace(hunt, matcher=small_hunt(hunt.store, clock, brands=(PARTNER,)).matcher)
    one_brand = replace(blind, config=replace(blind.config, brands=(BRAND,)))
    await pipeline.gather(one_brand, "canary")

    clock.set(START + timedelta(hours=2))
    (told,) = said(hunt)
    assert told[1].endswith("it was not recognised as a lookalike")


async def test_rules_that_see_nothing_in_it_are_told(hunt: Hunt, clock: SetClock) -> None:
    """A lookalike that takes mail on its first day would raise no alert."""
    lenient = replace(hunt, rulebook=replace(hunt.rulebook, rules=(), correlations=()))
    await pipeline.gather(lenient, "canary")
    await pipeline.enrich(lenient)
    await pipeline.judge_pending(lenient)

    clock.set(START + timedelta(hours=2))
    (told,) = said(lenient)
    assert "no rule calls for an alert about a lookalike of en-marche.fr, nation" in told[1]

    accented = replace(lenient.config, brands=(replace(BRAND, domain="xn--caf-dma.fr"),))
    (told,) = said(replace(lenient, config=accented))
    assert "about a lookalike of café.fr that" in told[1]


async def test_a_day_without_a_canary_is_told(hunt: Hunt, clock: SetClock) -> None:
    """The scheduler itself may stand still."""
    await test_a_lookalike_beside_it_is_left_alone(hunt)

    clock.set(START + timedelta(hours=25))
    assert said(hunt) == []

    clock.set(START + timedelta(hours=25, seconds=1))
    assert said(hunt) == [(False, "no canary was let fly since 2017-04-13 12:00 UTC")]


async def test_the_public_certificate_is_missed_after_a_day(hunt: Hunt, clock: SetClock) -> None:
    """Seen in a log it is well; names of other sources do not count."""
    sources = {"canary": canary.Settings(certificate=True), "ct_logs": ct_logs.Settings()}
    reading = replace(hunt, config=replace(hunt.config, sources=sources))
    certificate = Batch(b"shop.example\nfriday.test.certspotter.org", "1")

    def seen() -> list[Report]:
        return list(canary_watch.check(reading.store, reading.config, reading.now()))

    assert seen() == []
    clock.set(START + timedelta(hours=27))
    await pipeline.take(reading, "registrations", certificate)
    squatters = b"a.test.certspotter.org.evil.example\ntest.example"
    await pipeline.take(reading, "ct_logs", Batch(squatters, "1"))
    (missed,) = seen()
    assert (missed.healthy, "since 2017-04-13 12:00 UTC" in missed.message) == (False, True)
    await pipeline.take(reading, "ct_logs", certificate)
    assert [(report.healthy, report.subject) for report in seen()] == [(True, "certificate")]
    clock.set(START + timedelta(hours=27 + 26))
    assert [report.healthy for report in seen()] == [True]
    clock.set(START + timedelta(hours=27 + 26, seconds=1))
    assert [report.healthy for report in seen()] == [False]


def test_without_logs_no_certificate_is_missed(hunt: Hunt, clock: SetClock) -> None:
    """Nobody reads where it would show; nor is one where nobody asked for it."""
    sources = {"canary": canary.Settings(certificate=True)}
    unasked = {"canary": canary.Settings(), "ct_logs": ct_logs.Settings()}
    blind = [replace(hunt, config=replace(hunt.config, sources=one)) for one in (sources, unasked)]
    assert [said(one) for one in blind] == [[], []]

    clock.set(START + timedelta(hours=27))
    assert [said(one) for one in blind] == [[], []]


async def test_it_comes_through_where_only_grave_lookalikes_do(hunt: Hunt) -> None:
    """What is foreign is held to what the config says."""
    picky = replace(hunt, config=replace(hunt.config, minimum=Level.CRITICAL))
    await pipeline.take(picky, "planted", Batch(FOREIGN.encode(), "1"))
    await pipeline.gather(picky, "canary")
    await pipeline.enrich(picky)
    await pipeline.judge_pending(picky)
    await pipeline.deliver(picky)

    assert [healthy for healthy, _ in said(picky)] == [True]
    assert alerts.about(hunt.store, FOREIGN) == ()


def test_without_the_source_nothing_is_said(hunt: Hunt) -> None:
    """It may be switched off, and a canary be under way still."""
    cursors.set_cursor(hunt.store, "canary", "", "canary-20170413t1200.invalid", START)
    silent = replace(hunt, config=replace(hunt.config, sources={}))

    assert said(silent) == []
