"""What is replayed is what was lived: a backtest of the rules in force finds the alerts again."""

import asyncio
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hunter import backtest
from hunter.backtest import Backtest
from hunter.model import Level, Value
from hunter.pipeline import Hunt
from hunter.replay import SetClock, live_through
from hunter.rulebook import Rulebook
from hunter.store import Store, alerts, sightings
from tests.world.hunting import START, World, small_hunt

DOMAINS = ("mail-en-marche.fr", "don-en-marche.fr", "en-marche.co", "vote-en-marche.fr")
Facts = dict[str, Value | None]
Course = list[dict[str, Facts]]
"""Day by day: domain → what is true of it from then on."""

NOTHING = Rulebook()
ANSWERED: Facts = {"has_mx": None}
"""The first look at a domain leaves a trace, if only that something could not be found out."""

facts = st.fixed_dictionaries(
    {},
    optional={
        "ns_domain": st.sampled_from(["monovm.com", "ovh.net", None]),
        "registrant_email": st.sampled_from(["j@mail.com", "k@mail.com", None]),
        "has_mx": st.sampled_from([True, False, None]),
    },
)
courses = st.lists(
    st.dictionaries(st.sampled_from(DOMAINS), facts, max_size=3), min_size=1, max_size=6
)


async def live(hunt: Hunt, clock: SetClock, world: World, course: Course) -> None:
    """Every domain is looked at every day from the first on which it was seen."""
    for day, news in enumerate(course):
        clock.set(START + timedelta(days=day))
        world.feed.append("\n".join(news))
        for domain, found in news.items():
            world.facts[domain] = {**world.facts.get(domain, ANSWERED), **found}
        for domain in world.facts:
            sightings.set_due(hunt.store, domain, clock.now())
        await live_through(hunt)


def replayed(hunt: Hunt, clock: SetClock, since: int | None = None) -> Backtest:
    """The rules in force as the old ones, beside rules that say nothing."""
    start = None if since is None else START + timedelta(days=since, hours=-1)
    books = hunt.rulebook, NOTHING
    return backtest.replay(hunt.store, hunt.config, *books, since=start, until=clock.now())


THIRD_PARTY: Course = [
    {
        "mail-en-marche.fr": {"registrant_email": "j@mail.com"},
        "don-en-marche.fr": {"registrant_email": "j@mail.com"},
        "en-marche.co": {"registrant_email": "k@mail.com"},
    },
    {"mail-en-marche.fr": {"registrant_email": "k@mail.com"}},
]
"""One of a pair joins another: what it shares with somebody is no news for it, but for them."""


@given(courses)
@example(THIRD_PARTY)
@settings(max_examples=30, deadline=None)
def test_the_alerts_of_a_life_are_found_again(course: Course) -> None:
    """Each with the day it opened and the gravest it was, and as many messages as were sent."""
    patch = pytest.MonkeyPatch()
    with patch.context(), TemporaryDirectory() as folder, Store(Path(folder) / "h.db") as store:
        world, clock = World().install(patch), SetClock(START)
        hunt = small_hunt(store, clock, automatic_tracks=False)
        asyncio.run(live(hunt, clock, world, course))
        found = replayed(hunt, clock)

        lived = {
            (one.domain, one.opened_at.date(), Level(alerts.told(store, one)["severity"]))
            for one in alerts.listed(store)
        }
        assert {(one.domain, one.day, one.before) for one in found.changes} == lived
        assert found.messages[0].before == len(world.sent)
        assert found.alerts == (len(lived), 0)
