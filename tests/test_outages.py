"""Whether a provider answers nobody, or one registry does not."""

from datetime import timedelta

import pytest

from hunter import health, pipeline
from hunter.config.tables import HealthTable
from hunter.contracts import EnricherSettings
from hunter.errors import WillPass
from hunter.model import Report, Subscriber
from hunter.outages import Outages
from hunter.replay import SetClock
from hunter.store import Store, outbox, reports
from tests.world.hunting import START, World, small_hunt

MINUTE = timedelta(minutes=1)


def news(outages: Outages, *looks: tuple[int, str, bool]) -> list[bool]:
    """Which of the look-ups are news; each at its minute, about a domain, answered or not."""
    return [
        outages.is_news(Report("enrichers.whois", answered, "", START + minute * MINUTE), domain)
        for minute, domain, answered in looks
    ]


def test_a_registry_that_is_away_is_no_outage_however_often_it_is_asked() -> None:
    """Neither one that never answered, nor one that did, from the next answer about others on."""
    outages = Outages()
    assert news(outages, (0, "a.fr", True), (60, "b.tg", False)) == [True, False]
    assert news(outages, (61, "c.com", True), (120, "a.fr", False)) == [True, True]
    assert news(outages, (121, "c.com", True), (240, "a.fr", False)) == [True, False]
    assert news(outages, (241, "a.fr", True), (300, "a.fr", False)) == [True, True]


def test_a_provider_that_answers_nobody_is_one_after_a_while() -> None:
    """A question or two may be lost; of what used to be answered nothing is any more."""
    looks = ((0, "a.fr", True), (1, "b.fr", False), (11, "b.fr", False), (12, "a.fr", True))
    assert news(Outages(), *looks) == [True, False, True, True]


def test_until_something_was_answered_every_failure_is_news() -> None:
    """Whoever sets hunter up wants to see it at once."""
    assert news(Outages(), (0, "b.tg", False), (1, "a.fr", False)) == [True, True]


async def test_one_registry_that_is_away_for_days_is_told_to_nobody(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was told as trouble, and as over with each answer about another domain."""
    world = World(feed=["mail-en-marche.tg", "mail-en-marche.fr"]).install(monkeypatch)
    world.trouble["mail-en-marche.tg"] = WillPass("whois.nic.tg did not answer within 10 s")
    world.facts["mail-en-marche.fr"] = {
        "ns_domain": "a.fr", "registrant_email": "x@y.fr", "has_mx": False, "mx_domain": "z.fr",
    }  # fmt: skip
    operator = Subscriber("it", {"pigeon": ("loft",)}, operator=True, transitions=())
    rarely = {"told": EnricherSettings(refresh=timedelta(hours=12))}
    hunt = small_hunt(store, clock, subscribers=(operator,), enrichers=rarely)
    await pipeline.gather(hunt, "planted")
    for _ in range(3 * 24 * 6):
        await pipeline.enrich(hunt)
        health.tell(store, hunt.config.subscribers, HealthTable(), clock.now())
        clock.set(clock.now() + 10 * MINUTE)

    assert world.asked.count("mail-en-marche.tg") > 40
    assert outbox.waiting(store) == ()
    assert [one.report.healthy for one in reports.standings(store)] == [True]
