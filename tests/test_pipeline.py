"""The six steps on a small hunt: nothing lost, nothing twice, nothing about the brand's own."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from hunter import enrichment, hushed, ladder, names, pipeline, rulebook, unjudged
from hunter.clock import NEVER
from hunter.contracts import Batch, EnricherSettings, SourceContext
from hunter.dossiers import rule_fields
from hunter.errors import WillNotPass, WillPass
from hunter.known import dossier_of
from hunter.model import (
    Alert,
    AlertState,
    Brand,
    Dossier,
    Finding,
    Level,
    Report,
    Subscriber,
    Track,
)
from hunter.pipeline import Hunt
from hunter.replay import SetClock, live_through
from hunter.store import Store, ahead, alerts, cursors, facts, outbox, reports, sightings, tracks
from tests.world.hunting import BRAND, PARTNER, START, World, locked, small_hunt
from tests.world.rulebooks import rule

LOOKALIKE = "mail-en-marche.fr"
FAULTS = (ZeroDivisionError("a fault in a part"), asyncio.CancelledError())
"""The second is that of a task which a library ended, and not of hunter's own."""
TRACK = Track("registrant_email", "john@mail.com", BRAND.domain, LOOKALIKE)


@pytest.fixture
def hunt(store: Store, clock: SetClock, world: World) -> Hunt:
    """One brand, one subscriber."""
    return small_hunt(store, clock)


def domains(hunt: Hunt) -> set[str]:
    """The domains that the store holds."""
    return {row["domain"] for row in hunt.store.rows("SELECT domain FROM domain")}


async def take(hunt: Hunt, *names: str, **changes: object) -> None:
    """A batch of these names."""
    batch = Batch("\n".join(names).encode(), "1")
    await pipeline.take(hunt, "planted", replace(batch, **changes))  # type: ignore[arg-type]


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """The store may not grow by a page: what fits into those it has can still be written."""
    (pages,) = store.rows("PRAGMA page_count")[0]
    store.rows(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        store.rows(f"PRAGMA max_page_count = {1 << 30}")


# gather and match


async def test_only_lookalikes_become_sightings(hunt: Hunt) -> None:
    """With what the source knew of their line, and the day it says."""
    seen = START - timedelta(days=3)
    names = (f"mail.{LOOKALIKE}", "boulangerie-martin.fr")
    await take(
        hunt, *reversed(names), origin=lambda line: {"line": line}, seen_at=seen, stream="fr"
    )

    (sighting,) = sightings.sightings_of(hunt.store, LOOKALIKE)
    assert domains(hunt) == {LOOKALIKE}
    assert (sighting.name, sighting.source) == (names[0], "planted")
    assert (sighting.origin, sighting.seen_at) == ({"line": 1}, seen)
    assert cursors.cursor(hunt.store, "planted", "fr") == "1"


async def test_a_batch_of_many_lookalikes_lets_others_go_on(hunt: Hunt) -> None:
    """Certificates with a thousand names each, made to hold up whoever reads them."""
    turns = []

    async def others() -> None:
        while True:
            turns.append(1)
            await asyncio.sleep(0)

    beside = asyncio.create_task(others())
    await take(hunt, *(f"en-marche-{at}.fr" for at in range(640)))
    beside.cancel()

    assert len(domains(hunt)) == 640
    assert len(turns) >= 10


async def test_the_brands_own_never_become_sightings(store: Store, clock: SetClock) -> None:
    """Nor those of the other protected ones, nor what is ignored; what ends like them does."""
    hunt = small_hunt(store, clock, brands=(BRAND, PARTNER))
    await take(
        hunt,
        *("en-marche.fr", "www.en-marche.fr", "en-marche-doc.fr", "x.en-marche-doc.fr"),
        *("nationbuilder.com", "enmarche.nationbuilder.com", "en-marche.friend.fr"),
        *(LOOKALIKE, "en-marche.fr.evil.com", "nationbuilder-login.com"),
    )

    assert domains(hunt) == {LOOKALIKE, "evil.com", "nationbuilder-login.com"}


async def test_of_a_domain_with_a_host_that_is_owned_the_others_alert(
    store: Store, clock: SetClock
) -> None:
    """Many have one there, and one of them may be a squatter; it is ours for each brand."""
    brand = replace(BRAND, owned=("en-marche.atlassian.net",))
    hunt = small_hunt(store, clock, brands=(brand, Brand("enmarche.eu")))
    ours = ("en-marche.atlassian.net", "x.en-marche.atlassian.net", "EN-MARCHE.atlassian.net.")
    await take(hunt, *ours)
    assert domains(hunt) == set()

    await take(hunt, "en-marche-login.atlassian.net")
    assert domains(hunt) == {"atlassian.net"}


async def test_what_stands_above_a_brand_that_is_a_host_does_not_alert(
    store: Store, clock: SetClock
) -> None:
    """As `hunter check` says."""
    hunt = small_hunt(store, clock, brands=(replace(BRAND, domain="don.en-marche.fr"),))
    await take(hunt, "en-marche.fr", "mail.en-marche.fr", LOOKALIKE)

    assert domains(hunt) == {LOOKALIKE}


async def test_what_a_track_found_is_a_hit_whatever_it_looks_like(hunt: Hunt) -> None:
    """The matcher is not asked; the brand's own and the ignored are no hits here either."""
    await take(
        hunt,
        *("accounts-office.fr", "en-marche.fr", "en-marche-doc.fr", "friend.fr", "no name"),
        track=TRACK,
        stream="track",
    )

    (match,) = sightings.best_matches(hunt.store, "accounts-office.fr")
    seen = sightings.sightings_of(hunt.store, "accounts-office.fr")
    assert domains(hunt) == {"accounts-office.fr"}
    assert (match.technique, match.brand) == ("track", BRAND.domain)
    assert {one.source for one in seen} == {"planted", "track:registrant_email=john@mail.com"}
    assert [one.origin for one in seen] == [{"track": "registrant_email=john@mail.com"}] * 2


async def test_a_name_in_its_own_letters_is_kept_as_dns_has_it(hunt: Hunt) -> None:
    """As logs bring it: what people are told must not be a disguise that works."""
    batch = Batch("mail-en-m\u0430rche.com".encode(), "1", stream="list")
    await pipeline.take(hunt, "planted", batch)

    (match,) = sightings.best_matches(hunt.store, "xn--mail-en-mrche-41k.com")
    assert (match.name, match.unicode) == (
        *("xn--mail-en-mrche-41k.com", "mail-en-m\u0430rche.com"),
    )


async def test_a_name_in_its_own_letters_is_kept_for_each_brand_in_it(
    store: Store, clock: SetClock
) -> None:
    """With what it has of that brand, and not of the other."""
    hunt = small_hunt(store, clock, brands=(BRAND, PARTNER))
    batch = Batch("en-m\u0430rche-nationbuilder.com".encode(), "1", stream="list")
    await pipeline.take(hunt, "planted", batch)

    found = sightings.best_matches(hunt.store, "xn--en-mrche-nationbuilder-qzr.com")
    assert sorted((one.brand, one.term) for one in found) == [
        *((BRAND.domain, "en-marche"), (PARTNER.domain, "nationbuilder")),
    ]


async def test_a_tracks_names_may_be_foreign_and_keep_their_line(hunt: Hunt) -> None:
    """Lines end at a newline and nowhere else."""
    names = "odd\x0bname\nm\u00e4rchen.de\naccounts-office.fr".encode()
    await pipeline.take(
        hunt, "planted", Batch(names, "1", track=TRACK, origin=lambda line: {"line": line})
    )

    assert domains(hunt) == {"xn--mrchen-bua.de", "accounts-office.fr"}
    seen = sightings.sightings_of(hunt.store, "accounts-office.fr")
    assert [one.origin["line"] for one in seen] == [2, 2]


async def test_a_batch_without_hits_moves_the_cursor(hunt: Hunt) -> None:
    """It is not read again."""
    await take(hunt, "boulangerie-martin.fr")

    assert cursors.cursor(hunt.store, "planted", "") == "1"


async def test_hits_and_cursor_are_one_write(hunt: Hunt, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the cursor cannot be moved, the hits are not kept either."""

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cursors, "set_cursor", fail)
    with pytest.raises(KeyboardInterrupt):
        await take(hunt, LOOKALIKE)

    assert domains(hunt) == set()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=40),
            st.text(max_size=20).map(lambda text: f"en-marche{text}.fr".encode()),
        ),
        max_size=5,
    ).map(b"\n".join),
    st.booleans(),
)
async def test_no_batch_can_stop_a_source(hunt: Hunt, names: bytes, tracked: bool) -> None:
    """A batch that raised would come again for ever, and nothing behind it would be read."""
    batch = Batch(names, "9", track=TRACK if tracked else None)
    await pipeline.take(hunt, "planted", batch)

    assert cursors.cursor(hunt.store, "planted", "") == "9"


async def test_gathering_goes_on_from_the_cursor(hunt: Hunt, world: World) -> None:
    """What was committed before a failure is not asked for again."""
    world.feed = [LOOKALIKE, "en-marche.co"]
    await pipeline.gather(hunt, "planted")
    world.feed.append("en-marche.net")
    world.trouble["source"] = WillPass("refused")
    with pytest.raises(WillPass):
        await pipeline.gather(hunt, "planted")
    world.trouble.clear()
    await pipeline.gather(hunt, "planted")

    assert domains(hunt) == {LOOKALIKE, "en-marche.co", "en-marche.net"}
    assert cursors.cursor(hunt.store, "planted", "") == "3"


async def test_whom_an_enricher_leaves_alone_a_source_leaves_alone_too(
    hunt: Hunt, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They ask with one account: it has one budget, and one pause."""

    async def ask(_settings: Any, context: SourceContext) -> AsyncIterator[Batch]:
        hushed.heed(context, "enrichers.passive_dns", "dnsdb")
        yield Batch(LOOKALIKE.encode(), "1")

    monkeypatch.setattr(world, "gather", ask)
    enricher = enrichment.context_for(hunt.store, hunt.doors, (), hunt.now, hunt.report)
    hushed.hush(enricher, "enrichers.passive_dns", "dnsdb", timedelta(hours=1))

    with pytest.raises(WillPass, match="left alone"):
        await pipeline.gather(hunt, "planted")


# enrich


async def test_the_judge_waits_for_the_first_enrichment(hunt: Hunt, world: World) -> None:
    """So that the first alert tells who is behind it."""
    world.facts[LOOKALIKE] = {"ns_domain": "monovm.com"}
    await take(hunt, LOOKALIKE)

    assert await pipeline.judge_pending(hunt) == 0
    assert await pipeline.enrich(hunt) == 1
    assert await pipeline.judge_pending(hunt) == 1
    assert alerts.about(hunt.store, LOOKALIKE)


async def test_a_domain_is_asked_about_when_it_is_due(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """Every hour while it is new, then daily, then weekly."""
    await take(hunt, LOOKALIKE)
    waits = []
    for _ in range(150):
        before = clock.now()
        while not await pipeline.enrich(hunt):
            clock.set(clock.now() + timedelta(hours=1))
        waits.append(clock.now() - before)

    assert set(waits[1:48]) == {timedelta(hours=1)}
    assert set(waits[50:130]) == {timedelta(days=1)}
    assert waits[-1] == timedelta(days=7)


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_in_one_domain_leaves_the_others_alone(
    hunt: Hunt, world: World, clock: SetClock, fault: BaseException
) -> None:
    """It is judged by what is known, with the rest unknown, and tried again later."""
    world.trouble[LOOKALIKE] = fault
    with capture_logs() as journal:
        await take(hunt, LOOKALIKE, "en-marche.co")
        await pipeline.enrich(hunt)
    await pipeline.judge_pending(hunt)

    assert alerts.about(hunt.store, "en-marche.co")
    assert alerts.about(hunt.store, LOOKALIKE)
    assert sightings.due(hunt.store, clock.now(), 9) == ()
    assert LOOKALIKE in sightings.due(hunt.store, clock.now() + timedelta(hours=2), 9)
    assert [line["item"] for line in journal if line["event"] == "fault"] == [LOOKALIKE]


async def test_an_enricher_that_always_fails_is_in_trouble(hunt: Hunt, world: World) -> None:
    """It was in the journal alone: the status did not so much as name it."""
    world.trouble[LOOKALIKE] = ZeroDivisionError("a fault in a part")
    await take(hunt, LOOKALIKE)
    await pipeline.enrich(hunt)

    fared = {one.report.part: one.report for one in reports.standings(hunt.store)}
    assert not fared["enrichers.told"].healthy
    assert fared["enrichers.told"].message == "a fault in hunter; see the journal"


async def test_while_nothing_can_be_kept_hardly_anybody_is_asked(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """Suspects and name servers notice who asks every second; the pauses grow, up to a bound."""
    await take(hunt, LOOKALIKE)
    asked: list[int] = []
    with locked(hunt.store):
        for minute in range(120):
            clock.set(START + timedelta(minutes=minute))
            with pytest.raises(WillPass, match="busy"):
                await pipeline.enrich(hunt)
            asked += [minute] * (len(world.asked) - len(asked))
    assert asked == [0, 1, 3, 7, 15, 30, 45, 60, 75, 90, 105]

    clock.set(START + timedelta(hours=2))
    assert await pipeline.enrich(hunt) == 1
    assert facts.asked_at(hunt.store, LOOKALIKE)


async def test_after_a_success_the_pause_is_short_again(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """A backup that keeps the store locked now and then holds nothing up for long."""
    await take(hunt, LOOKALIKE)
    for day in range(3):
        clock.set(START + timedelta(days=day))
        with locked(hunt.store), pytest.raises(WillPass, match="busy"):
            await pipeline.enrich(hunt)
        clock.set(clock.now() + timedelta(minutes=1))
        assert await pipeline.enrich(hunt) == 1


async def test_domains_in_hand_do_not_crowd_out_the_others(hunt: Hunt, world: World) -> None:
    """A slow server holds up its own domains, however many they are."""
    await take(hunt, *(f"en-marche{number}.fr" for number in range(250)))
    hunt.in_hand.update(sightings.due(hunt.store, START, 200))

    assert await pipeline.enrich(hunt) == 50
    assert await pipeline.enrich(hunt) == 0


async def test_a_domain_is_in_one_hand_only(hunt: Hunt, world: World) -> None:
    """Two runs at once ask about it once."""
    await take(hunt, LOOKALIKE)
    counts = await asyncio.gather(pipeline.enrich(hunt), pipeline.enrich(hunt))

    assert sorted(counts) == [0, 1]
    assert world.asked == [LOOKALIKE]
    assert hunt.in_hand == set()


async def test_an_enricher_in_trouble_is_reported_and_so_is_its_recovery(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """`hunter status` does not tell for ever of a server that was down once."""
    world.trouble[LOOKALIKE] = WillPass("rdap.example does not answer")
    await take(hunt, LOOKALIKE)
    await pipeline.enrich(hunt)
    (trouble,) = reports.standings(hunt.store)
    world.trouble.clear()
    clock.set(START + timedelta(hours=2))
    await pipeline.enrich(hunt)
    (good,) = reports.standings(hunt.store)

    assert (trouble.report.part, trouble.report.healthy) == ("enrichers.told", False)
    assert trouble.report.message == "rdap.example does not answer"
    assert good.report.healthy


# judge and alert


async def settle(hunt: Hunt, *names: str) -> None:
    """Take names and let everything happen that follows at once, but the sending."""
    if names:
        await take(hunt, *names)
    while await pipeline.enrich(hunt) + await pipeline.judge_pending(hunt):
        pass


async def test_an_alert_its_transitions_and_its_letters_are_one_write(
    hunt: Hunt, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the letter there is no alert, and the domain is judged again."""
    await take(hunt, LOOKALIKE)
    await pipeline.enrich(hunt)

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "add", fail)
        with pytest.raises(KeyboardInterrupt):
            await pipeline.judge_pending(hunt)

    assert alerts.listed(hunt.store) == ()
    assert sightings.to_judge(hunt.store, 9) == (LOOKALIKE,)
    await settle(hunt)
    assert outbox.counts(hunt.store) == {"pigeon": {"pending": 1}}


async def test_a_fault_in_judging_leaves_the_others_alone(
    hunt: Hunt, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not tried again at once, for it would fail for ever."""
    kept = alerts.find

    def find(store: Store, brand: str, domain: str) -> object:
        if domain == "en-marche.co":
            raise ZeroDivisionError
        return kept(store, brand, domain)

    monkeypatch.setattr(alerts, "find", find)
    await settle(hunt, LOOKALIKE, "en-marche.co")

    assert [alert.domain for alert in alerts.listed(hunt.store)] == [LOOKALIKE]


async def test_a_domain_that_cannot_be_judged_is_told_until_it_can(
    hunt: Hunt, world: World, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was in the journal alone, and its alert was never opened; others that work end nothing."""

    def fault(*_: object) -> None:
        raise ZeroDivisionError

    def fares() -> Report:
        (one,) = (
            one.report for one in reports.standings(hunt.store) if one.report.part == unjudged.PART
        )
        return one

    with monkeypatch.context() as broken:
        broken.setattr(alerts, "find", fault)
        await settle(hunt, "en-marche.co")
    await settle(hunt, LOOKALIKE)
    told = fares()
    clock.set(clock.now() + timedelta(hours=2))
    await settle(hunt)

    assert (told.healthy, "domains not judged: 1, such as en-marche[.]co" in told.message) == (
        False,
        True,
    )
    assert fares().healthy
    assert alerts.about(hunt.store, "en-marche.co")


async def test_a_domain_that_cannot_be_judged_is_told_after_a_restart_too(
    hunt: Hunt, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others that are judged before it say nothing of it; after an upgrade its alert opens."""
    find = alerts.find

    def fault(store: Store, brand: str, domain: str) -> Alert | None:
        if domain == "en-marche.co":
            raise ZeroDivisionError
        return find(store, brand, domain)

    async def restarted() -> list[bool]:
        """Whether all is said to be well after each of the two is judged."""
        unjudged.judge_again(hunt.store)
        anew, found = replace(hunt, unjudged=unjudged.Unjudged()), []
        while await pipeline.judge_pending(anew):
            found.append(unjudged.PART not in reports.unwell(hunt.store))
        return found

    monkeypatch.setattr(pipeline, "_JUDGE_AT_ONCE", 1)
    with monkeypatch.context() as broken:
        broken.setattr(alerts, "find", fault)
        await settle(hunt, "en-marche.co")
        await settle(hunt, LOOKALIKE)
        still = await restarted()

    assert (still, await restarted()) == ([False, False], [False, True])
    assert alerts.about(hunt.store, "en-marche.co")


async def test_what_a_full_disk_kept_from_being_judged_is_judged_later(
    hunt: Hunt, world: World
) -> None:
    """A lookalike that nobody hears of would be the worst that can happen."""
    names = {f"mail{number}-en-marche.fr" for number in range(30)}
    await take(hunt, *names)
    await pipeline.enrich(hunt)
    with full_disk(hunt.store), pytest.raises(WillPass, match="disk is full"):
        await pipeline.judge_pending(hunt)
    await pipeline.judge_pending(hunt)

    assert set(alerts.domains(hunt.store)) == names


async def test_a_domain_may_imitate_two_brands(store: Store, clock: SetClock, world: World) -> None:
    """Each has its alert, and its people."""
    hunt = small_hunt(store, clock, brands=(BRAND, PARTNER))
    await settle(hunt, "en-marche-nationbuilder.com")

    found = alerts.about(store, "en-marche-nationbuilder.com")
    assert [alert.brand for alert in found] == ["en-marche.fr", "nationbuilder.com"]


async def test_a_clock_that_is_ahead_gives_no_domain_up(hunt: Hunt, clock: SetClock) -> None:
    """It takes all of them for old; in its own time an old one is given up after another look."""
    await take(hunt, LOOKALIKE)
    await pipeline.enrich(hunt)

    clock.set(START + timedelta(days=400))
    await pipeline.enrich(hunt)
    assert sightings.due_since(hunt.store, LOOKALIKE) == clock.now() + ladder.WEEK

    clock.set(clock.now() + ladder.WEEK)
    await pipeline.enrich(hunt)
    assert sightings.due_since(hunt.store, LOOKALIKE) == NEVER


async def test_what_is_marked_for_new_rules_is_not_judged_by_the_old(
    hunt: Hunt, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A round under way ends when others are in force; the next one judges all of it."""
    monkeypatch.setattr(pipeline, "_TOGETHER", 0.0)
    await take(hunt, "mail-en-marche.fr", "login-en-marche.fr", "don-en-marche.fr")
    await pipeline.enrich(hunt)
    under_way = asyncio.create_task(pipeline.judge_pending(hunt))
    while len(sightings.to_judge(hunt.store, 9)) == 3:  # noqa: ASYNC110 - until the first is judged
        await asyncio.sleep(0)

    hunt.over.set()
    sightings.judge_all(hunt.store)
    await under_way

    assert len(sightings.to_judge(hunt.store, 9)) == 3
    assert await pipeline.judge_pending(replace(hunt, over=asyncio.Event())) == 3


async def test_a_round_of_judging_ends_whatever_each_takes(
    hunt: Hunt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left is for the next one: systemd's watchdog waits for the end of a round."""
    monkeypatch.setattr(pipeline, "_LONGEST_ROUND", 0.0)
    await take(hunt, "mail-en-marche.fr", "login-en-marche.fr")
    await pipeline.enrich(hunt)

    assert [await pipeline.judge_pending(hunt) for _ in range(3)] == [1, 1, 0]


async def test_what_is_judged_within_a_moment_is_kept_together(
    hunt: Hunt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each transaction waits for the disk: after new rules, most of what judging took was that."""
    monkeypatch.setattr(pipeline, "_TOGETHER", 60.0)
    await take(hunt, "mail-en-marche.fr", "login-en-marche.fr", "don-en-marche.fr")
    await pipeline.enrich(hunt)
    statements: list[str] = []
    hunt.store._connection.set_trace_callback(statements.append)

    assert await pipeline.judge_pending(hunt) == 3
    assert statements.count("COMMIT") == 1
    assert len(alerts.listed(hunt.store)) == 3


async def test_while_some_are_judged_nobody_else_has_a_turn(
    hunt: Hunt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another job writes meanwhile would be lost with a transaction that is not its own."""
    monkeypatch.setattr(pipeline, "_TOGETHER", 60.0)
    await take(hunt, "mail-en-marche.fr", "login-en-marche.fr", "don-en-marche.fr")
    await pipeline.enrich(hunt)
    seen: list[bool] = []

    async def look() -> None:
        while True:
            seen.append(hunt.store._connection.in_transaction)
            await asyncio.sleep(0)

    beside = asyncio.create_task(look())
    await asyncio.sleep(0)
    await pipeline.judge_pending(hunt)
    beside.cancel()

    assert seen
    assert not any(seen)


async def test_a_brand_that_is_gone_from_the_config_is_not_judged(
    store: Store, clock: SetClock, world: World
) -> None:
    """What was found for it stays in the store."""
    await take(small_hunt(store, clock), LOOKALIKE)
    await settle(small_hunt(store, clock, brands=(PARTNER,)))

    assert alerts.listed(store) == ()
    assert sightings.best_matches(store, LOOKALIKE)


@pytest.mark.parametrize("key", ["owned", "ignored"])
async def test_what_is_ours_by_now_is_told_of_no_more(
    store: Store, clock: SetClock, world: World, key: str
) -> None:
    """As mails advise; what the name does from then on is no news."""
    world.feed = [LOOKALIKE]
    await live_through(small_hunt(store, clock))
    brand = replace(BRAND, **{key: (LOOKALIKE,)})  # type: ignore[arg-type]
    world.facts[LOOKALIKE] = {"has_mx": True}
    clock.set(START + timedelta(days=1))
    await live_through(small_hunt(store, clock, brands=(brand,)))

    assert world.told() == [(LOOKALIKE, "opened")]


@pytest.mark.parametrize("key", ["owned", "ignored"])
async def test_what_is_ours_by_now_makes_nobody_elses_name_graver(
    store: Store, clock: SetClock, world: World, key: str
) -> None:
    """A stranger's lookalike is no wave together with it, as replay has it."""
    world.facts = {
        LOOKALIKE: {"registrant_email": "j@mail.com"},
        "don-en-marche.fr": {"registrant_email": "j@mail.com"},
    }
    await settle(small_hunt(store, clock), LOOKALIKE)
    brand = replace(BRAND, **{key: (LOOKALIKE,)})  # type: ignore[arg-type]
    await settle(small_hunt(store, clock, brands=(brand,)), "don-en-marche.fr")

    (alert,) = alerts.about(store, "don-en-marche.fr")
    assert [finding.title for finding in alert.findings] == ["Lookalike"]


async def test_one_host_that_is_ignored_by_now_leaves_the_others(
    store: Store, clock: SetClock, world: World
) -> None:
    """They are a stranger's as before, though the ignored one imitates more plainly."""
    plainest, other = "en-marche.fr.evil.com", "login-enmarche.evil.com"
    brand = replace(BRAND, ignored=(plainest,))
    await take(small_hunt(store, clock), plainest, other)
    await settle(small_hunt(store, clock, brands=(brand,)))

    (alert,) = alerts.about(store, "evil.com")
    assert alert.match.name == other


async def test_a_grave_alert_leads_to_who_shares_its_registrant(hunt: Hunt, world: World) -> None:
    """From the lookalike to the domain that resembles nothing, and back to both alerts."""
    world.feed = [LOOKALIKE]
    world.facts = {
        LOOKALIKE: {"registrant_email": "john@mail.com", "has_mx": True},
        "accounts-office.fr": {"registrant_email": "john@mail.com"},
        "boulangerie.fr": {"registrant_email": "baker@bread.fr"},
    }
    await live_through(hunt)

    found = {alert.domain: alert for alert in alerts.listed(hunt.store)}
    assert found.keys() == {LOOKALIKE, "accounts-office.fr"}
    assert tracks.listed(hunt.store) == (TRACK,)
    for alert in found.values():
        titles = [finding.title for finding in alert.findings]
        assert "Shared registrant" in titles, "both know of each other"


async def test_whoever_is_joined_knows_at_once(store: Store, clock: SetClock, world: World) -> None:
    """Also by one that shared its registrant with somebody else before."""
    hunt = small_hunt(store, clock, automatic_tracks=False)
    world.facts = {
        LOOKALIKE: {"registrant_email": "j@mail.com"},
        "don-en-marche.fr": {"registrant_email": "j@mail.com"},
        "en-marche.co": {"registrant_email": "k@mail.com"},
    }
    await settle(hunt, *world.facts)
    (joined,) = alerts.about(store, "en-marche.co")
    assert joined.severity is Level.MEDIUM

    world.facts[LOOKALIKE] = {"registrant_email": "k@mail.com"}
    clock.set(clock.now() + timedelta(days=1))
    sightings.set_due(store, LOOKALIKE, clock.now())
    sightings.set_due(store, "en-marche.co", clock.now() + timedelta(days=30))
    sightings.mark_judged(store, "en-marche.co")
    while await pipeline.enrich(hunt) + await pipeline.judge_pending(hunt):
        pass
    (joined,) = alerts.about(store, "en-marche.co")
    assert joined.severity is Level.HIGH


async def test_two_that_never_agree_do_not_wake_each_other_for_ever(
    hunt: Hunt, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each sees in the other what the other does not see in itself."""
    other = {LOOKALIKE: "en-marche.co", "en-marche.co": LOOKALIKE}

    def correlate(_: object, dossier: Dossier, __: object) -> tuple[Finding, ...]:
        related = (other[dossier.domain],)
        return (Finding(dossier.domain, "x", Level.MEDIUM, 1, (), related=related),)

    monkeypatch.setattr(pipeline, "correlate", correlate)
    await take(hunt, *other)
    await pipeline.enrich(hunt)

    rounds = [await pipeline.judge_pending(hunt) for _ in range(6)]
    assert rounds[-1] == 0
    assert len(alerts.listed(hunt.store)) == 2


async def test_tracks_are_not_made_when_nobody_wants_them(
    store: Store, clock: SetClock, world: World
) -> None:
    """`[tracks] automatic = false`."""
    world.facts = {LOOKALIKE: {"registrant_email": "john@mail.com", "has_mx": True}}
    await settle(small_hunt(store, clock, automatic_tracks=False), LOOKALIKE)

    assert tracks.listed(store) == ()


@pytest.mark.parametrize(
    ("subscriber", "letters"),
    [
        (Subscriber("it", {"pigeon": ()}), 1),
        (Subscriber("it", {"pigeon": ()}, minimum=Level.HIGH), 0),
        (Subscriber("it", {"pigeon": ()}, brands=("nationbuilder.com",)), 0),
        (Subscriber("it", {"pigeon": ()}, brands=("en-marche.fr",)), 1),
        (Subscriber("it", {"pigeon": (), "email": ("x@y.fr",)}), 2),
    ],
)
async def test_each_subscriber_gets_what_concerns_them(
    store: Store, clock: SetClock, world: World, subscriber: Subscriber, letters: int
) -> None:
    """By brand and severity, once on each channel."""
    hunt = small_hunt(store, clock, subscribers=(subscriber,))
    await settle(hunt, LOOKALIKE)

    assert len(store.rows("SELECT * FROM outbox")) == letters


async def test_what_grows_graver_reaches_who_wants_only_the_grave(
    store: Store, clock: SetClock, world: World
) -> None:
    """They first hear of it when it concerns them."""
    subscriber = Subscriber("chief", {"pigeon": ()}, minimum=Level.HIGH)
    hunt = small_hunt(store, clock, subscribers=(subscriber,))
    world.feed = [LOOKALIKE]
    await live_through(hunt)
    world.facts[LOOKALIKE] = {"has_mx": True}
    clock.set(START + timedelta(days=1))
    await live_through(hunt)

    assert world.told() == [(LOOKALIKE, "raised")]


async def test_the_same_state_seen_again_is_told_to_nobody(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """Asked again every day for a month, and the feed read twice."""
    world.feed = [LOOKALIKE]
    world.facts[LOOKALIKE] = {"ns_domain": "monovm.com", "mx_domain": None}
    for day in range(30):
        clock.set(START + timedelta(days=day))
        world.feed.append(LOOKALIKE)
        await live_through(hunt)

    assert world.told() == [(LOOKALIKE, "opened")]


async def test_what_people_make_of_an_alert_says_how_often_it_is_looked_at(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """Daily at once when it was dismissed; daily for as long as it is grave and was not."""
    world.feed = [LOOKALIKE]
    world.facts[LOOKALIKE] = {"has_mx": True}
    await live_through(hunt)
    (alert,) = alerts.about(hunt.store, LOOKALIKE)
    waits = []
    for days, state in ((0, AlertState.NEW), (100, AlertState.NEW), (200, AlertState.DISMISSED)):
        alerts.set_state(hunt.store, alert, state, why="", actor="anne", now=START)
        clock.set(START + timedelta(days=days, hours=1))
        await pipeline.enrich(hunt)
        waits.append(sightings.due_since(hunt.store, LOOKALIKE) - clock.now())
    assert waits == [timedelta(hours=1), timedelta(days=1), timedelta(days=7)]


async def test_a_dismissed_one_is_looked_at_daily_from_the_start(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """Others are hourly, while they are new."""
    world.feed = [LOOKALIKE]
    await live_through(hunt)
    (alert,) = alerts.about(hunt.store, LOOKALIKE)
    alerts.set_state(hunt.store, alert, AlertState.DISMISSED, why="", actor="anne", now=START)
    clock.set(START + timedelta(hours=1))
    await pipeline.enrich(hunt)
    assert sightings.due_since(hunt.store, LOOKALIKE) == clock.now() + timedelta(days=1)


async def test_triage_is_heeded(hunt: Hunt, world: World, clock: SetClock) -> None:
    """Dismissed, it is silent until it grows graver."""
    world.feed = [LOOKALIKE]
    world.facts[LOOKALIKE] = {"ns_domain": "monovm.com"}
    await live_through(hunt)
    (alert,) = alerts.about(hunt.store, LOOKALIKE)
    alerts.set_state(hunt.store, alert, AlertState.DISMISSED, why="", actor="anne", now=START)
    for day, known in enumerate([{"ns_domain": "cloudflare.com"}, {"has_mx": True}], 1):
        world.facts[LOOKALIKE] = known
        clock.set(START + timedelta(days=day))
        await live_through(hunt)

    (alert,) = alerts.about(hunt.store, LOOKALIKE)
    assert alert.state is AlertState.NEW
    assert world.told() == [(LOOKALIKE, "opened"), (LOOKALIKE, "reopened")]
    keys = [notice.key for notice, _ in world.sent]
    assert len(set(keys)) == 2


FIRM = "atlassian.net"


async def dismissed(hunt: Hunt, world: World, name: str) -> str:
    """The domain of a name whose alert somebody dismissed."""
    world.feed = [name]
    await live_through(hunt)
    domain = names.parse(name).registrable
    (alert,) = alerts.about(hunt.store, domain)
    alerts.set_state(hunt.store, alert, AlertState.DISMISSED, why="", actor="anne", now=hunt.now())
    return domain


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        (f"en-marche.{FIRM}", f"en-marche-login.{FIRM}", AlertState.NEW),
        (f"en-marche.{FIRM}", f"www.en-marche.{FIRM}", AlertState.DISMISSED),
        (f"en-marche.{FIRM}", f"marche-noel.{FIRM}", AlertState.DISMISSED),
        (f"mail.{LOOKALIKE}", f"en-marche.{LOOKALIKE}", AlertState.DISMISSED),
    ],
)
async def test_whoever_dismissed_one_customer_hears_of_the_next(
    hunt: Hunt, world: World, clock: SetClock, before: str, after: str, state: AlertState
) -> None:
    """Once; not of more hosts of the same, nor of those of a domain that imitates itself."""
    domain = await dismissed(hunt, world, before)
    for _ in range(2):
        clock.set(clock.now() + timedelta(hours=2))
        world.feed.append(after)
        await live_through(hunt)

    (alert,) = alerts.about(hunt.store, domain)
    assert alert.state is state
    late = [(domain, "reopened")] if state is AlertState.NEW else []
    assert world.told() == [(domain, "opened"), *late]
    if late:
        assert "en-marche-login[.]atlassian[.]net" in alert.transitions[-1].text


async def test_a_customer_who_was_seen_by_a_clock_that_was_ahead_can_be_dismissed(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """As long as that time has not come, everybody seen then would be younger than any word."""
    clock.set(START + timedelta(days=400))
    await take(hunt, f"en-marche.{FIRM}")
    clock.set(START)
    ahead.bring_back(hunt.store, START)
    domain = await dismissed(hunt, world, f"en-marche.{FIRM}")
    clock.set(START + timedelta(hours=2))
    await live_through(hunt)

    (alert,) = alerts.about(hunt.store, domain)
    assert alert.state is AlertState.DISMISSED


async def test_the_next_customer_is_judged_by_its_own_name(
    hunt: Hunt, world: World, clock: SetClock, tmp_path: Path
) -> None:
    """That of the one who was dismissed stands among the names of the domain."""
    asks = rule("here: {name|contains: login}\ncondition: here")
    (tmp_path / "rule.yml").write_text(asks, encoding="utf-8")
    hunt = replace(hunt, rulebook=rulebook.load(tmp_path, rule_fields()))
    domain = await dismissed(hunt, world, f"en-marche-login.{FIRM}")
    clock.set(clock.now() + timedelta(hours=2))
    world.feed.append(f"en-marche-lyon.{FIRM}")
    await live_through(hunt)

    (alert,) = alerts.about(hunt.store, domain)
    assert alert.state is AlertState.DISMISSED


async def test_of_many_customers_the_facts_are_read_once(
    hunt: Hunt, world: World, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hundreds come with a firm, and it is judged at every one of them."""
    domain = await dismissed(hunt, world, f"en-marche.{FIRM}")
    clock.set(clock.now() + timedelta(hours=2))
    await take(hunt, *(f"marche-noel{number}.{FIRM}" for number in range(40)))
    read: list[str] = []
    held = facts.held
    monkeypatch.setattr(facts, "held", lambda *asked: read.append(asked[1]) or held(*asked))
    await pipeline.judge_pending(hunt)

    assert 0 < read.count(domain) <= 2


async def test_the_next_customer_is_nobody_where_the_config_says_so_by_now(
    store: Store, clock: SetClock, world: World
) -> None:
    """It was seen before it was ignored."""
    after = f"en-marche-login.{FIRM}"
    domain = await dismissed(small_hunt(store, clock), world, f"en-marche.{FIRM}")
    clock.set(clock.now() + timedelta(hours=2))
    await take(small_hunt(store, clock), after)
    brand = replace(BRAND, ignored=(after,))
    await settle(small_hunt(store, clock, brands=(brand,)))

    (alert,) = alerts.about(store, domain)
    assert alert.state is AlertState.DISMISSED


# deliver


async def test_a_letter_that_cannot_be_delivered_now_is_tried_again_later(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """Later and later; the part is reported, and reported well again."""
    await settle(hunt, LOOKALIKE)
    world.trouble["it"] = WillPass("greylisted")
    tries = []
    for minute in range(60):
        clock.set(START + timedelta(minutes=minute))
        tries += [minute] * await pipeline.deliver(hunt)
    (trouble,) = [one for one in reports.standings(hunt.store) if "pigeon" in one.report.part]
    world.trouble.clear()
    clock.set(START + timedelta(hours=3))
    await pipeline.deliver(hunt)
    (good,) = [one for one in reports.standings(hunt.store) if "pigeon" in one.report.part]

    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert 5 <= len(tries) <= 8
    assert pauses == sorted(pauses)
    assert (trouble.report.healthy, trouble.report.message) == (False, "greylisted")
    assert good.report.healthy
    assert world.told() == [(LOOKALIKE, "opened")]


async def test_the_other_sides_wish_when_to_come_back_is_heeded(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """Retry-After."""
    await settle(hunt, LOOKALIKE)
    world.trouble["it"] = WillPass("busy", timedelta(hours=2))
    await pipeline.deliver(hunt)
    clock.set(START + timedelta(minutes=90))

    assert await pipeline.deliver(hunt) == 0

    clock.set(START + timedelta(minutes=150))

    assert await pipeline.deliver(hunt) == 1


async def test_a_channel_that_refuses_is_switched_off_and_its_letters_held(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """After the first refusal it is left in peace; nothing is lost when it is mended."""
    await settle(hunt, LOOKALIKE, "en-marche.co", "en-marche.net")
    refused: list[str] = []
    world.trouble["it"] = WillNotPass("404, no such webhook")
    world.on_send = lambda notice, _: refused.append(notice.key)
    await pipeline.deliver(hunt)
    clock.set(START + timedelta(hours=23))

    assert await pipeline.deliver(hunt) == 0
    assert reports.switched_off(hunt.store) == {"notifiers.pigeon:it": "404, no such webhook"}
    assert outbox.counts(hunt.store) == {"pigeon": {"pending": 3}}

    world.trouble.clear()
    reports.switch_all_on(hunt.store)
    await pipeline.deliver(hunt)

    assert len(world.sent) == 3


async def test_a_refusal_ends_the_round(hunt: Hunt, world: World) -> None:
    """The letters behind it are not tried: it would be refused again."""
    await settle(hunt, LOOKALIKE, "en-marche.co", "en-marche.net")
    tries: list[str] = []

    class Refusal(WillNotPass):
        def __init__(self) -> None:
            super().__init__("403")

    async def send(*_: object) -> None:
        tries.append("one")
        raise Refusal

    world.send = send  # type: ignore[method-assign,assignment]
    await pipeline.deliver(hunt)

    assert tries == ["one"]
    assert outbox.counts(hunt.store) == {"pigeon": {"pending": 3}}


async def test_a_channel_that_is_no_longer_configured_holds_its_letters(
    hunt: Hunt, world: World
) -> None:
    """Until it is there again."""
    await settle(hunt, LOOKALIKE)
    await pipeline.deliver(replace(hunt, config=replace(hunt.config, notifiers={})))

    assert world.sent == []
    assert "no longer configured" in reports.switched_off(hunt.store)["notifiers.pigeon:it"]
    reports.switch_all_on(hunt.store)
    await pipeline.deliver(hunt)
    assert world.told() == [(LOOKALIKE, "opened")]


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_in_a_notifier_loses_no_letter(
    hunt: Hunt, world: World, clock: SetClock, fault: BaseException
) -> None:
    """It is tried again in an hour; others get theirs, and the status does not call it well."""
    hunt = replace(
        hunt,
        config=replace(
            hunt.config,
            subscribers=(Subscriber("it", {"pigeon": ()}), Subscriber("press", {"pigeon": ()})),
        ),
    )
    await settle(hunt, LOOKALIKE)
    world.trouble["it"] = fault
    await pipeline.deliver(hunt)
    assert [recipient.subscriber for _, recipient in world.sent] == ["press"]
    fared = {one.report.subject: one.report for one in reports.standings(hunt.store)}
    assert not fared["it"].healthy
    assert fared["it"].message == "a fault in hunter; see the journal"
    assert fared["press"].healthy
    world.trouble.clear()
    clock.set(START + timedelta(minutes=59))
    await pipeline.deliver(hunt)
    assert [recipient.subscriber for _, recipient in world.sent] == ["press"]
    clock.set(START + timedelta(hours=2))
    await pipeline.deliver(hunt)

    assert [recipient.subscriber for _, recipient in world.sent] == ["press", "it"]


async def test_letters_arrive_in_the_order_of_what_happened(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """A thread begins with its beginning."""
    world.facts[LOOKALIKE] = {"ns_domain": "monovm.com"}
    await settle(hunt, LOOKALIKE)
    world.facts[LOOKALIKE] = {"ns_domain": "cloudflare.com", "has_mx": True}
    clock.set(START + timedelta(days=1))
    await settle(hunt)
    await pipeline.deliver(hunt)

    assert world.told() == [(LOOKALIKE, "opened"), (LOOKALIKE, "raised")]


@pytest.mark.parametrize(
    "trouble", [None, WillPass("away"), WillNotPass("404"), ZeroDivisionError()]
)
async def test_what_came_of_a_letter_is_written_when_the_store_can_be(
    hunt: Hunt, world: World, clock: SetClock, trouble: Exception | None
) -> None:
    """What was accepted does not go out again, and no other letter stays in hand for ever."""
    await settle(hunt, LOOKALIKE)
    world.trouble = {"it": trouble} if trouble else {}
    send = world.send
    with ExitStack() as until:

        async def lock_and_send(*args: Any) -> None:
            until.enter_context(locked(hunt.store))
            await send(*args)

        world.send = lock_and_send  # type: ignore[method-assign]
        with pytest.raises(WillPass, match="busy"):
            await pipeline.deliver(hunt)
    world.send, world.trouble = send, {}  # type: ignore[method-assign]
    for _ in range(3):
        await pipeline.deliver(hunt)
        reports.switch_all_on(hunt.store)
        clock.set(clock.now() + timedelta(hours=1))

    assert outbox.counts(hunt.store) == {"pigeon": {"sent": 1}}
    assert len(world.sent) == 1


def test_a_report_that_is_no_news_is_kept_all_the_same(hunt: Hunt, clock: SetClock) -> None:
    """`hunter status` tells when a part was last heard of."""
    for hour in range(2):
        hunt.report(Report("sources.x", healthy=True, message="", at=START + timedelta(hours=hour)))

    (standing,) = reports.standings(hunt.store)
    assert standing.report.at == START + timedelta(hours=1)
    assert standing.since == START


async def test_facts_are_history(hunt: Hunt, world: World, clock: SetClock) -> None:
    """What an enricher answered before is still known."""
    for day, value in enumerate(["monovm.com", "cloudflare.com"]):
        world.facts[LOOKALIKE] = {"ns_domain": value}
        clock.set(START + timedelta(days=day))
        await settle(hunt, LOOKALIKE)

    (alert,) = alerts.about(hunt.store, LOOKALIKE)
    dossier = dossier_of(hunt.store, LOOKALIKE, hunt.now(), BRAND, alert.match)
    assert dossier.fields["past_ns_domain"] == ("monovm.com",)
    assert len(facts.history(hunt.store, LOOKALIKE)) == 2


def test_an_enrichers_answer_is_kept_for_its_time() -> None:
    """The default of the contract."""
    assert EnricherSettings().refresh == timedelta(hours=1)


# the ladder


async def test_a_name_that_is_not_registered_yet_is_asked_about_again(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """A feed named it; it shows up later, and is told then."""
    world.feed = [LOOKALIKE]
    world.facts[LOOKALIKE] = {"dns_status": "absent"}
    await live_through(hunt)
    clock.set(START + timedelta(days=120))
    await live_through(hunt)
    world.facts[LOOKALIKE] = {"dns_status": "found", "has_mx": True}
    clock.set(START + timedelta(days=128))
    await live_through(hunt)

    assert len(world.asked) == 3
    (alert,) = alerts.about(hunt.store, LOOKALIKE)
    assert any("mail servers" in step.text for step in alert.transitions)


async def test_a_domain_that_does_not_move_for_a_year_is_left_alone(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """Until a source sees it anew."""
    world.feed = [LOOKALIKE]
    await live_through(hunt)
    for day in (366, 373, 380, 900):
        clock.set(START + timedelta(days=day))
        await live_through(hunt)
    assert len(world.asked) == 3

    world.feed.append(f"webmail.{LOOKALIKE}")
    await live_through(hunt)
    assert len(world.asked) == 4


async def test_a_name_that_comes_back_is_looked_at_though_it_was_given_up(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """A squatter lets it lapse, waits until nobody looks, and buys it again: its name is known."""
    world.feed = [LOOKALIKE]
    await live_through(hunt)
    for day in (366, 373, 380):
        clock.set(START + timedelta(days=day))
        await live_through(hunt)
    asked = len(world.asked)
    clock.set(START + timedelta(days=500))
    world.feed.append(LOOKALIKE)
    await live_through(hunt)
    assert len(world.asked) == asked + 1
    clock.set(START + timedelta(days=501))
    world.feed.append(LOOKALIKE)
    await live_through(hunt)
    assert len(world.asked) == asked + 1


async def test_a_fall_is_written_down_and_told_to_nobody(
    hunt: Hunt, world: World, clock: SetClock
) -> None:
    """The mail servers are gone: a line in the alert's history, and no letter."""
    world.feed = [LOOKALIKE]
    for day, takes_mail in enumerate((True, False, False)):
        world.facts[LOOKALIKE] = {"has_mx": takes_mail}
        clock.set(START + timedelta(days=day))
        await live_through(hunt)

    (alert,) = alerts.about(hunt.store, LOOKALIKE)
    assert [step.kind for step in alert.transitions] == ["opened", "fell"]
    assert world.told() == [(LOOKALIKE, "opened")]
