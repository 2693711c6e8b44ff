"""Tracks are followed through batches, after look-ups, and once over the store."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hunter import following, pipeline
from hunter.contracts import Batch
from hunter.model import BY_HUNTER, Fact, Json, Match, Sighting, Track, Value
from hunter.pipeline import Hunt
from hunter.replay import SetClock, live_through
from hunter.sources import passive_dns
from hunter.store import Store, facts, reports, sightings, tracks
from tests.world.doors import doors
from tests.world.hunting import BRAND, PARTNER, START, World, small_hunt

LOOKALIKE = "mail-en-marche.fr"
STRANGER = "accounts-office.fr"


def track(field: str, value: str, **changes: object) -> Track:
    """A track of the brand's that a person set."""
    return replace(Track(field, value, BRAND.domain), **changes)  # type: ignore[arg-type]


@pytest.fixture
def hunt(store: Store, clock: SetClock, world: World) -> Hunt:
    """One brand, and a world that answers."""
    return small_hunt(store, clock)


def know(store: Store, domain: str, **known: Value) -> None:
    """A domain of the store with these facts."""
    found = [Fact(domain, field, value, "told", START) for field, value in known.items()]
    facts.record(store, domain, found, provider="told", fields=known, at=START)


def finds(hunt: Hunt, domain: str) -> list[str]:
    """The tracks that found the domain, as sources."""
    seen = sightings.sightings_of(hunt.store, domain)
    return [one.source for one in seen if one.source.startswith("track:")]


# after a look-up


@pytest.mark.parametrize(
    ("wanted", "field", "value"),
    [
        (track("registrant_email", "johnpinch@mail.com"), "registrant_email", "JohnPinch@mail.com"),
        (track("registrant_email_domain", "mail.com"), "registrant_email_domain", "mail.com"),
        (track("registrant_org", "THC Projects SRL"), "registrant_org", "THC PROJECTS SRL"),
        (track("ns", "ns1.monovm.com"), "registry_ns", "ns1.monovm.com"),
        (track("ns_domain", "monovm.com"), "ns_domain", "monovm.com"),
        (track("a", "193.29.187.40"), "origin_ip", "193.29.187.40"),
        (track("aaaa", "2001:db8::1"), "aaaa", "2001:db8::1"),
        (track("network", "80.82.64.0/20"), "host_address", "80.82.69.134"),
        (track("network", "2001:db8::/32"), "aaaa", "2001:db8:0:1::5"),
        (track("asn", "51177"), "asn", 51177),
        (track("cert_key", "ab" * 32), "cert_key", "ab" * 32),
        (track("soa_mailbox", "x@a.example"), "soa_mailbox", "x@a.example"),
        (track("page_favicon", "cd" * 32), "page_favicon", "cd" * 32),
    ],
)
async def test_a_domain_whose_facts_carry_the_value_is_a_find(
    hunt: Hunt, clock: SetClock, world: World, wanted: Track, field: str, value: Value
) -> None:
    """A new one as soon as it is looked up, one that is stored as soon as the track is set."""
    world.feed.append(f"{LOOKALIKE}\n")
    know(hunt.store, "stored.example", **{field: value})
    know(hunt.store, "other.example", **{field: "something else"})
    tracks.put(hunt.store, wanted, START)
    await live_through(hunt)
    assert finds(hunt, LOOKALIKE) == []

    world.facts[LOOKALIKE] = {field: value}
    clock.set(START + timedelta(hours=2))
    await live_through(hunt)

    assert finds(hunt, LOOKALIKE) == finds(hunt, "stored.example") == [f"track:{wanted.name}"]
    assert finds(hunt, "other.example") == []
    (sighting,) = sightings.sightings_of(hunt.store, "stored.example")
    assert sighting.origin == {"track": wanted.name}


async def test_what_could_not_be_found_out_is_no_find(hunt: Hunt, world: World) -> None:
    """Nor is a value that is merely alike."""
    tracks.put(hunt.store, track("ns_domain", "monovm.com"), START)
    world.feed.append(LOOKALIKE)
    world.facts[LOOKALIKE] = {"ns_domain": None, "mx_domain": "monovm.com"}
    await live_through(hunt)

    assert finds(hunt, LOOKALIKE) == []


async def test_an_automatic_track_finds_what_is_stored(hunt: Hunt, world: World) -> None:
    """A grave alert's registrant is looked for at once; its own domain is no find."""
    know(hunt.store, STRANGER, registrant_email="johnpinch@mail.com")
    world.feed.append(LOOKALIKE)
    world.facts[LOOKALIKE] = {"registrant_email": "johnpinch@mail.com", "has_mx": True}
    world.facts[STRANGER] = {"registrant_email": "johnpinch@mail.com"}
    await live_through(hunt)

    assert "track:registrant_email=johnpinch@mail.com" in finds(hunt, STRANGER)
    assert finds(hunt, LOOKALIKE) == []
    assert (STRANGER, "opened") in world.told()


async def test_what_imitates_one_brand_is_not_told_again_as_tied_to_another(
    store: Store, clock: SetClock, world: World
) -> None:
    """Of a squatter of two brands under one address each name is one message, and not two."""
    hunt = small_hunt(store, clock, brands=(BRAND, PARTNER))
    world.feed.append(f"{LOOKALIKE}\nnationbuilder-login.fr\n")
    for domain in (LOOKALIKE, "nationbuilder-login.fr"):
        world.facts[domain] = {"registrant_email": "johnpinch@mail.com", "has_mx": True}
    world.facts[STRANGER] = {"registrant_email": "johnpinch@mail.com"}
    await live_through(hunt)
    know(hunt.store, STRANGER, registrant_email="johnpinch@mail.com")
    clock.set(START + timedelta(hours=2))
    await live_through(hunt)

    assert finds(hunt, LOOKALIKE) == finds(hunt, "nationbuilder-login.fr") != []
    opened = [domain for domain, kind in world.told() if kind == "opened"]
    assert sorted(opened) == [STRANGER, LOOKALIKE, "nationbuilder-login.fr"]


def test_a_brand_that_is_gone_is_not_watched_for(hunt: Hunt) -> None:
    """Its tracks stay in the store and rest."""
    tracks.put(hunt.store, track("ns_domain", "monovm.com", brand="gone.example"), START)

    assert following.watchlist(hunt.store, hunt.config).tracks == ()


def test_a_track_rests_while_its_domain_is_ours(hunt: Hunt) -> None:
    """Bought, or a friend's: what it shares with others is nobody's trail."""
    for number, domain in enumerate(("x.en-marche-doc.fr", "friend.fr", LOOKALIKE)):
        found = track("registrant_email", f"{number}@mail.com", because=domain, made_by="hunter")
        tracks.add(hunt.store, found, START)
    in_force = following.tracks_in_force(hunt.store, hunt.config)
    following.over_store(hunt.store, hunt.config, START, hunt.report)

    assert [one.because for one in in_force] == [LOOKALIKE]
    assert len(tracks.unswept(hunt.store)) == len(("x.en-marche-doc.fr", "friend.fr"))


def test_what_a_person_sets_wakes_a_track_of_what_is_ours(hunt: Hunt) -> None:
    """Whoever asks for a value is told what shares it, whatever hunter watched it for before."""
    resting = track("registrant_email", "a@mail.com", because="friend.fr", made_by="hunter")
    tracks.add(hunt.store, resting, START)
    tracks.put(hunt.store, track("registrant_email", "a@mail.com", made_by="anna"), START)

    assert [one.made_by for one in following.tracks_in_force(hunt.store, hunt.config)] == ["anna"]


def test_the_protected_and_the_ignored_are_no_finds(store: Store) -> None:
    """They may share a value with anybody."""
    hunt = small_hunt(store, SetClock(START), brands=(BRAND, PARTNER))
    wanted = track("ns_domain", "monovm.com")
    ours = ("en-marche.fr", "x.en-marche-doc.fr", "friend.fr", "nationbuilder.com", "no name")

    assert [following.find(hunt.config, wanted, name) for name in ours] == [None] * len(ours)
    assert following.find(hunt.config, wanted, STRANGER)


def test_what_another_brand_owns_is_no_find_and_makes_no_track(store: Store) -> None:
    """Two brands of one campaign may share everything."""
    partner = replace(PARTNER, owned=("nb-apps.example",))
    hunt = small_hunt(store, SetClock(START), brands=(BRAND, partner))
    wanted = track("ns_domain", "monovm.com")
    for number, domain in enumerate(("nationbuilder.com", "nb-apps.example", LOOKALIKE)):
        found = track("registrant_email", f"{number}@mail.com", because=domain, made_by="hunter")
        tracks.add(store, found, START)

    assert following.find(hunt.config, wanted, "x.nb-apps.example") is None
    in_force = following.tracks_in_force(store, hunt.config)
    assert [one.because for one in in_force] == [LOOKALIKE]


# over the store


def test_a_value_that_many_share_is_not_followed(hunt: Hunt) -> None:
    """The operator is told; what comes later is looked at all the same."""
    for number in range(51):
        know(hunt.store, f"shop{number}.example", ns_domain="crowd.example")
    tracks.put(hunt.store, track("ns_domain", "crowd.example"), START)
    following.over_store(hunt.store, hunt.config, START, hunt.report)

    (standing,) = reports.standings(hunt.store)
    assert not standing.report.healthy
    assert "51 domains" in standing.report.message
    assert finds(hunt, "shop1.example") == []


def test_a_flood_of_lookalikes_by_one_registrant_is_no_crowd(hunt: Hunt) -> None:
    """What imitates the brand plainly is nobody's customer by chance."""
    flood = [f"en-marche-{number}.fr" for number in range(60)]
    for domain in (*flood, STRANGER):
        know(hunt.store, domain, registrant_email="one@actor.example")
    seen = [Sighting(domain, domain, "planted", START) for domain in flood]
    plain = [Match(one, one, BRAND.domain, "combosquatting", "", (0, 0), 0.8, "") for one in flood]
    sightings.record(hunt.store, seen, plain, START)
    wanted = track("registrant_email", "one@actor.example", made_by=BY_HUNTER)
    tracks.put(hunt.store, wanted, START)
    following.over_store(hunt.store, hunt.config, START, hunt.report)

    (standing,) = reports.standings(hunt.store)
    assert standing.report.healthy
    assert finds(hunt, STRANGER) == ["track:registrant_email=one@actor.example"]


def test_what_was_refused_is_followed_again_after_a_restart(hunt: Hunt) -> None:
    """An upgrade, or the config, may see it otherwise; its trouble would stand for ever."""
    for number in range(51):
        know(hunt.store, f"shop{number}.example", registrant_email="one@actor.example")
    wanted = track("registrant_email", "one@actor.example", made_by=BY_HUNTER)
    tracks.put(hunt.store, wanted, START)
    tracks.put(hunt.store, track("string", "office"), START)
    following.over_store(hunt.store, hunt.config, START, hunt.report)
    assert not any(one.report.healthy for one in reports.standings(hunt.store)[:1])
    for number in range(51):
        name = f"shop{number}.example"
        plain = Match(name, name, BRAND.domain, "combosquatting", "", (0, 0), 0.8, "")
        sightings.record(hunt.store, [Sighting(name, name, "x", START)], [plain], START)

    assert following.over_store(hunt.store, hunt.config, START, hunt.report) == 0
    tracks.follow_refused_again(hunt.store)
    assert following.over_store(hunt.store, hunt.config, START, hunt.report) == 1
    assert all(one.report.healthy for one in reports.standings(hunt.store))
    tracks.follow_refused_again(hunt.store)
    assert following.over_store(hunt.store, hunt.config, START, hunt.report) == 0


def test_a_value_that_many_share_is_followed_when_a_person_says_so(hunt: Hunt) -> None:
    """Who set it was told how many there are: an actor may have hundreds."""
    for number in range(51):
        know(hunt.store, f"shop{number}.example", registrant_email="one@actor.example")
    wanted = track("registrant_email", "one@actor.example", made_by="anna")
    tracks.put(hunt.store, wanted, START)
    following.over_store(hunt.store, hunt.config, START, hunt.report)

    assert finds(hunt, "shop1.example") == ["track:registrant_email=one@actor.example"]


def test_a_track_is_followed_over_the_store_once(hunt: Hunt) -> None:
    """Setting it again, with other exclusions, follows it again."""
    wanted = track("string", "office")
    for name in (STRANGER, "mail.backoffice.example", "other.example"):
        seen = Sighting(name, name.removeprefix("mail."), "x", START)
        sightings.record(hunt.store, [seen], [], START)
    tracks.put(hunt.store, replace(wanted, excludes=("backoffice",)), START)

    assert following.over_store(hunt.store, hunt.config, START, hunt.report) == 1
    assert following.over_store(hunt.store, hunt.config, START, hunt.report) == 0
    assert finds(hunt, STRANGER) == ["track:string=office"]
    assert finds(hunt, "backoffice.example") == []
    (standing,) = reports.standings(hunt.store)
    assert standing.report.message == "set; of the domains stored until then 1 fitted"

    tracks.put(hunt.store, wanted, START)
    assert following.over_store(hunt.store, hunt.config, START, hunt.report) == 1
    assert finds(hunt, "backoffice.example") == ["track:string=office"]


def test_of_many_new_tracks_a_few_are_followed_at_a_time(hunt: Hunt) -> None:
    """A flood of grave lookalikes brings as many: other work goes on between them."""
    for number in range(12):
        tracks.put(hunt.store, track("registrant_email", f"{number}@actor.example"), START)
    rounds = [following.over_store(hunt.store, hunt.config, START, hunt.report) for _ in range(4)]

    assert rounds == [5, 5, 2, 0]


# through a batch


def test_of_very_many_it_is_said_that_not_all_are_looked_at(
    hunt: Hunt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who watches a word that thousands hold must not believe that all of them were followed."""
    monkeypatch.setattr(following, "_MOST_STORED", 3)
    wanted = track("registrant_email", "john@mail.com", made_by="anna")
    tracks.put(hunt.store, wanted, START)
    for number in range(5):
        know(hunt.store, f"shop{number}.fr", registrant_email="john@mail.com")
    following.over_store(hunt.store, hunt.config, START, hunt.report)
    (said,) = (one.report.message for one in reports.standings(hunt.store))

    assert following.stored(hunt.store, wanted) == following.Stored(
        ("shop0.fr", "shop1.fr", "shop2.fr"), cut=True
    )
    assert "3 fitted, and those behind them were not looked at: too many fit" in said


def test_what_a_string_leaves_out_takes_no_place_of_what_it_finds(
    hunt: Hunt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands of names may hold a word that is excluded, and come first."""
    monkeypatch.setattr(following, "_MOST_STORED", 3)
    wanted = track("string", "office", excludes=("backoffice", "officer"))
    seen = [f"a{number}-backoffice.fr" for number in range(9)] + ["portal-office.fr"]
    sightings.record(hunt.store, [Sighting(one, one, "feed", START) for one in seen], (), START)

    assert following.stored(hunt.store, wanted) == following.Stored(
        ("portal-office.fr",), cut=False
    )


async def test_a_string_is_looked_for_in_every_name(hunt: Hunt) -> None:
    """Whatever the matcher says, without case, but for names that hold what is excluded."""
    tracks.put(hunt.store, track("string", "office", excludes=("backoffice",)), START)
    names = b"velo-club.fr\nmail.ACCOUNTS-office.fr\r\noffice-office.fr\nbackoffice.fr\nno office\n"
    seen = START - timedelta(days=2)
    batch = Batch(names, "1", origin=lambda line: {"line": line}, seen_at=seen)
    await pipeline.take(hunt, "planted", batch)

    (found,) = sightings.sightings_of(hunt.store, STRANGER)
    assert (found.name, found.source) == (f"mail.{STRANGER}", "track:string=office")
    assert (found.origin, found.seen_at) == ({"line": 1, "track": "string=office"}, seen)
    assert finds(hunt, "office-office.fr") == ["track:string=office"]
    assert finds(hunt, "backoffice.fr") == []


async def test_a_key_is_recognised_in_a_certificate_that_a_log_has(hunt: Hunt) -> None:
    """Nobody visits its server; what only a string track finds has its certificate too."""
    tracks.put(hunt.store, track("string", "office"), START)
    tracks.put(hunt.store, track("cert_key", "ab" * 32), START)
    origin: dict[str, Json] = {"serial": "01", "key": "ab" * 32, "names": [STRANGER, LOOKALIKE]}
    names = f"{LOOKALIKE}\n{STRANGER}".encode()
    await pipeline.take(hunt, "planted", Batch(names, "1", origin=lambda _: origin))
    await pipeline.enrich(hunt)

    for domain in (LOOKALIKE, STRANGER):
        assert f"track:cert_key={'ab' * 32}" in finds(hunt, domain)
    assert facts.sharing(hunt.store, "cert_domain", STRANGER) == (LOOKALIKE,)


async def test_the_last_line_needs_no_newline(hunt: Hunt) -> None:
    """And a string may stand in a host alone, or reach over a dot."""
    tracks.put(hunt.store, track("string", "office.fr"), START)
    await pipeline.take(hunt, "planted", Batch(b"x.example\naccounts-office.fr", "1"))

    assert finds(hunt, STRANGER) == ["track:string=office.fr"]


async def test_a_service_that_was_asked_finds_for_the_track(hunt: Hunt, tmp_path: Path) -> None:
    """Its find is the track's, from the first moment and whatever the facts will say."""
    row = '{"rrname": "%s", "rrtype": "A", "rdata": "193.29.187.40", "time_last": %d}'
    seen = int(START.timestamp())
    (tmp_path / "rows").write_text(row % (STRANGER, seen) + "\n" + row % ("en-marche.fr", seen))
    asked = passive_dns.Settings(enabled=True, imports=(tmp_path / "rows",))
    tracks.put(hunt.store, track("a", "193.29.187.40"), START)
    async with doors() as opened:
        config = replace(hunt.config, sources={"passive_dns": asked})
        hunt = replace(hunt, config=config, doors=opened)
        await pipeline.gather(hunt, "passive_dns")
        await pipeline.gather(hunt, "passive_dns")

    assert finds(hunt, STRANGER) == ["track:a=193.29.187.40"]
    assert finds(hunt, "en-marche.fr") == []
    (found,) = [
        one for one in sightings.sightings_of(hunt.store, STRANGER) if one.source == "passive_dns"
    ]
    assert (found.origin["provider"], found.origin["track"]) == ("imports", "a=193.29.187.40")
