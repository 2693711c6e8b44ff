"""Who joins is told once of what is open; nobody else is."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from hunter import newcomers, pipeline
from hunter.config import Config
from hunter.model import LINKED, Alert, AlertState, Level, Subscriber, Transition
from hunter.pipeline import Hunt
from hunter.replay import SetClock
from hunter.store import Store, alerts
from tests.world.alerts import MATCH, alert
from tests.world.hunting import BRAND, PARTNER, START, World, small_hunt

IT = Subscriber("it", {"pigeon": ("loft",)})
ANN = Subscriber("ann", {"pigeon": ("attic",)})
LATER = START + timedelta(days=7)


@pytest.fixture
def hunt(store: Store, clock: SetClock, world: World) -> Hunt:
    """Two open alerts of one brand, one of another, and what is done with."""
    small = small_hunt(store, clock, brands=(BRAND, PARTNER), subscribers=(IT,))
    newcomers.welcome(store, small.config, START)
    for label, state in (
        ("mail", AlertState.NEW),
        ("vote", AlertState.ACKNOWLEDGED),
        ("shop", AlertState.DISMISSED),
        ("blog", AlertState.CLOSED),
    ):
        keeps(store, f"{label}-en-marche.fr", state)
    keeps(store, "nationbuilder.xyz", AlertState.NEW, PARTNER.domain)
    keeps(store, "gone.xyz", AlertState.NEW, "gone.fr")
    keeps(store, "friend.fr", AlertState.NEW)
    clock.set(LATER)
    return small


def keeps(store: Store, domain: str, state: AlertState, brand: str = BRAND.domain) -> Alert:
    """An alert that opened long ago."""
    match = replace(MATCH, name=domain, registrable=domain, brand=brand)
    opened = Transition(START, "opened", "")
    made = replace(alert(match, Level.HIGH), opened_at=START, updated_at=START)
    return alerts.save(store, replace(made, id=0, state=state, transitions=(opened,)), {})


async def told(hunt: Hunt, world: World, *subscribers: Subscriber) -> list[tuple[str, set[str]]]:
    """Who is written to after a reload with these, and of which domains."""
    config: Config = replace(hunt.config, subscribers=subscribers)
    newcomers.welcome(hunt.store, config, hunt.now())
    world.sent.clear()
    while await pipeline.deliver(replace(hunt, config=config)):
        pass
    return [
        (
            recipient.subscriber,
            {gist.domain for group in notice.groups for gist in group.gists} or {notice.domain},
        )
        for notice, recipient in world.sent
    ]


async def test_who_joins_is_told_of_what_is_open_in_one_message(hunt: Hunt, world: World) -> None:
    """Once; not of what is done with, nor of brands that have left, nor of what is harmless."""
    wanted = {"mail-en-marche[.]fr", "vote-en-marche[.]fr", "nationbuilder[.]xyz"}

    assert await told(hunt, world, IT, ANN) == [("ann", wanted)]
    ((notice, _),) = world.sent
    assert "These alerts were open when you were added" in notice.headline
    assert await told(hunt, world, IT, ANN) == []


async def test_a_newcomer_hears_of_what_is_tied_to_another_brand_too_once(
    hunt: Hunt, world: World
) -> None:
    """In the alert in which it imitates."""
    opened = keeps(hunt.store, "don-en-marche.fr", AlertState.NEW)
    tie = replace(opened.match, brand=PARTNER.domain, technique=LINKED, confidence=0.0)
    alerts.save(hunt.store, replace(opened, id=0, brand=tie.brand, match=tie), {})
    await told(hunt, world, IT, ANN)
    ((notice, _),) = world.sent

    of = [gist for group in notice.groups for gist in group.gists if "don-" in gist.domain]
    assert [one.brand for one in of] == ["en-marche[.]fr"]


async def test_a_newcomer_is_told_of_what_concerns_them_alone(hunt: Hunt, world: World) -> None:
    """By brand, severity and transitions; one alert is told as it would have been."""
    one = replace(ANN, brands=(PARTNER.domain,))
    others = (
        replace(ANN, name="bob", channels={"pigeon": ("b",)}, minimum=Level.CRITICAL),
        replace(ANN, name="eve", channels={"pigeon": ("e",)}, transitions=("confirmed",)),
        replace(ANN, name="ops", channels={"pigeon": ("o",)}, transitions=(), operator=True),
    )

    assert await told(hunt, world, IT, one, *others) == [("ann", {"nationbuilder[.]xyz"})]


async def test_a_newcomer_in_quiet_hours_hears_of_it_in_the_morning(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """It is no news, and wakes nobody."""
    quiet = replace(ANN, quiet=(time(8), time(18)))
    assert await told(hunt, world, IT, quiet) == []
    clock.set(LATER.replace(hour=18))

    assert [who for who, _ in await told(hunt, world, IT, quiet)] == ["ann"]


@pytest.mark.parametrize(
    "now",
    [
        replace(IT, channels={"pigeon": ("loft", "attic")}),
        replace(IT, channels={**IT.channels, "slack": ()}),
        replace(IT, name="it team"),
        replace(IT, minimum=Level.LOW, language="fr"),
    ],
)
async def test_who_was_there_is_no_newcomer(hunt: Hunt, world: World, now: Subscriber) -> None:
    """With another address, on another channel, by another name, or told of more."""
    assert await told(hunt, world, now) == []


async def test_who_left_and_comes_back_is_told_again(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """Of what opened meanwhile they have heard nothing."""
    first = await told(hunt, world, IT, ANN)
    await told(hunt, world, IT)
    clock.set(LATER + timedelta(days=30))

    assert first
    assert await told(hunt, world, IT, ANN) == first


async def test_nobody_is_new_where_nobody_was_noted(hunt: Hunt, world: World) -> None:
    """A store of an older version; of one without a subscriber the first who comes is new."""
    hunt.store.execute("DELETE FROM told_way")

    assert await told(hunt, world, IT, ANN) == []
    assert await told(hunt, world) == []
    assert [who for who, _ in await told(hunt, world, IT)] == ["it"]


async def test_of_very_many_open_alerts_the_gravest_are_told(
    hunt: Hunt, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And that there are more."""
    monkeypatch.setattr(newcomers, "_MOST", 2)
    ((who, domains),) = await told(hunt, world, IT, ANN)

    assert (who, len(domains)) == ("ann", 2)
    assert "hunter alerts list --open" in world.sent[0][0].headline
