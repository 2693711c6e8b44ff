"""Sightings, matches, and the queue of domains that are due."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hunter.model import Match, Sighting, Stage
from hunter.store import Store, sightings

NOW = datetime(2017, 4, 24, 6, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
DOMAIN = "en-marche.co"
SEEN = Sighting(DOMAIN, DOMAIN, "registrations", NOW, {"feed": "fr.txt", "line": 7})
HOST = replace(SEEN, name=f"mail.{DOMAIN}", source="certstream", seen_at=LATER)
MATCH = Match(DOMAIN, DOMAIN, "en-marche.fr", "tld-swap", "en-marche", (0, 9), 0.9, "because")


def settle(store: Store, domain: str = DOMAIN) -> None:
    """Enrich and judge the domain, so that nothing is pending before next year."""
    sightings.set_due(store, domain, NOW + timedelta(days=365))
    sightings.mark_judged(store, domain)


def test_a_sighting_comes_back_as_it_was(store: Store) -> None:
    """With its origin; hosts stand with their registrable domain, the oldest first."""
    sightings.record(store, [replace(HOST, name=f"a.{DOMAIN}"), SEEN], [], NOW)

    assert sightings.sightings_of(store, DOMAIN) == (SEEN, replace(HOST, name=f"a.{DOMAIN}"))
    assert sightings.first_seen(store, DOMAIN) == NOW
    assert sightings.first_seen(store, "unknown.fr") is None


def test_a_new_name_is_due_at_once_and_judged_only_after_its_facts(store: Store) -> None:
    """The first alert then tells who is behind it, and does not only name it."""
    sightings.record(store, [SEEN], [MATCH], NOW)

    assert sightings.due(store, NOW, 10) == (DOMAIN,)
    assert sightings.to_judge(store, 10) == ()

    sightings.set_due(store, DOMAIN, LATER)

    assert sightings.due(store, NOW, 10) == ()
    assert sightings.to_judge(store, 10) == (DOMAIN,)


def test_a_name_goes_over_to_a_domain_of_its_own(store: Store) -> None:
    """It was kept under the host of the site, before that was known for a public suffix."""
    site = "en-marche.weebly.com"
    kept = replace(SEEN, name=site, registrable="weebly.com")
    sightings.record(store, [kept], [replace(MATCH, name=site, registrable="weebly.com")], NOW)
    settle(store, "weebly.com")

    own = replace(MATCH, name=site, registrable=site, confidence=MATCH.confidence - 0.1)
    sightings.record(store, [replace(kept, registrable=site, seen_at=LATER)], [own], LATER)

    assert sightings.sightings_of(store, "weebly.com") == ()
    assert sightings.sightings_of(store, site) == (replace(kept, registrable=site),)
    assert sightings.best_matches(store, "weebly.com") == ()
    assert sightings.best_matches(store, site) == (own,)
    assert sightings.due(store, LATER, 10) == (site,)


def test_what_was_seen_last_is_judged_first(store: Store) -> None:
    """New rules have all judged again: a name of today does not wait for those of years."""
    for day, domain in enumerate(("b-en-marche.fr", "c-en-marche.fr", "a-en-marche.fr")):
        at = NOW + timedelta(days=day)
        seen = Sighting(domain, domain, "registrations", at)
        sightings.record(store, [seen], [replace(MATCH, name=domain, registrable=domain)], at)
        settle(store, domain)
    sightings.judge_all(store)

    assert sightings.to_judge(store, 2) == ("a-en-marche.fr", "c-en-marche.fr")


def test_the_same_sighting_again_changes_nothing(store: Store) -> None:
    """A feed that is read twice leads to nothing."""
    sightings.record(store, [SEEN], [MATCH], NOW)
    settle(store)
    sightings.record(store, [replace(SEEN, seen_at=LATER)], [MATCH], LATER)

    assert sightings.due(store, LATER, 10) == ()
    assert sightings.to_judge(store, 10) == ()
    assert sightings.sightings_of(store, DOMAIN) == (SEEN,)


def test_a_new_host_of_a_known_domain_is_asked_about_and_judged(store: Store) -> None:
    """A certificate for its mail host is news."""
    sightings.record(store, [SEEN], [MATCH], NOW)
    settle(store)
    sightings.record(store, [HOST], [], LATER)

    assert sightings.due(store, LATER, 10) == (DOMAIN,)
    assert sightings.to_judge(store, 10) == (DOMAIN,)


def test_of_very_many_names_the_first_and_the_newest_are_kept(store: Store) -> None:
    """From each source: a flood of certificates takes nothing from who else saw the domain."""
    sightings.record(store, [SEEN], [MATCH], NOW)
    hosts = [
        replace(HOST, name=f"h{number * 7 % 300}.{DOMAIN}", seen_at=NOW + timedelta(minutes=number))
        for number in range(300)
    ]
    listed = replace(hosts[150], source="registrations", seen_at=NOW + timedelta(minutes=300))
    sightings.record(store, [listed], [], NOW)
    for start in range(240, -60, -60):
        sightings.record(store, hosts[start : start + 60], [], NOW)

    assert sightings.sightings_of(store, DOMAIN) == (SEEN, *hosts[:50], *hosts[-50:], listed)
    assert sightings.first_seen(store, DOMAIN) == NOW


def test_the_name_that_imitates_most_is_kept_among_very_many(store: Store) -> None:
    """The alert is about it, and the evidence is its certificate."""
    hosts = [replace(HOST, name=f"h{number:03}.{DOMAIN}") for number in range(300)]
    strong = replace(MATCH, name=hosts[150].name.upper(), confidence=0.95)
    weak = [replace(MATCH, name=host.name) for host in hosts[:150]]
    sightings.record(store, hosts, [*weak, strong], NOW)

    kept = sightings.sightings_of(store, DOMAIN)
    assert hosts[150] in kept
    assert len(kept) == 101


def test_the_matches_of_very_many_names_are_forgotten_with_them(store: Store) -> None:
    """But for the strongest for each brand, which an alert rests on."""
    hosts = [replace(HOST, name=f"h{number:03}.{DOMAIN}") for number in range(300)]
    strong = replace(MATCH, name=hosts[150].name, confidence=0.95)
    other = replace(MATCH, name=hosts[160].name, brand="other.fr")
    weak = [replace(MATCH, name=host.name) for host in hosts if host.name != strong.name]
    sightings.record(store, hosts, [*weak, strong, other], NOW)

    kept = {one.name for one in sightings.sightings_of(store, DOMAIN)}
    assert {row["name"] for row in store.rows("SELECT name FROM match")} == kept
    assert len(kept) == 102
    assert sightings.best_matches(store, DOMAIN) == (strong, other)


def test_an_older_sighting_that_comes_late_moves_first_seen_back(store: Store) -> None:
    """A feed of last week, read today."""
    week_ago = NOW - timedelta(days=7)
    sightings.record(store, [SEEN], [], NOW)
    sightings.record(store, [replace(SEEN, source="old", seen_at=week_ago)], [], NOW)

    assert sightings.first_seen(store, DOMAIN) == week_ago


def test_of_many_lookalikes_of_a_time_the_latest_are_told(store: Store) -> None:
    """Of that brand only."""
    for day, domain in enumerate(("b-en-marche.fr", "c-en-marche.fr", "a-en-marche.fr", "x.fr")):
        seen = Sighting(domain, domain, "registrations", NOW + timedelta(days=day))
        brand = "other.fr" if domain == "x.fr" else MATCH.brand
        match = replace(MATCH, name=domain, registrable=domain, brand=brand)
        sightings.record(store, [seen], [match], NOW)

    week = (NOW, NOW + timedelta(days=7))
    assert sightings.first_seen_between(store, MATCH.brand, *week, 2) == (
        "a-en-marche.fr",
        "c-en-marche.fr",
    )


def test_the_strongest_match_counts_for_each_brand(store: Store) -> None:
    """Whichever of its names it was that matched."""
    weak = replace(MATCH, name=HOST.name, confidence=0.5)
    partner = replace(MATCH, brand="a-partner.fr", confidence=0.1)
    sightings.record(store, [SEEN, HOST], [weak, MATCH, partner], NOW)

    assert sightings.best_matches(store, DOMAIN) == (partner, MATCH)


def test_a_weaker_match_of_the_same_name_does_not_replace_a_stronger_one(store: Store) -> None:
    """A track finds what the matcher knew better already."""
    track = replace(MATCH, technique="track", confidence=0.0)
    sightings.record(store, [SEEN], [MATCH], NOW)
    settle(store)
    sightings.record(store, [SEEN], [track], NOW)

    assert sightings.best_matches(store, DOMAIN) == (MATCH,)
    assert sightings.to_judge(store, 10) == ()


def test_a_stronger_match_is_judged(store: Store) -> None:
    """What a track found first may turn out to resemble the brand as well."""
    sightings.record(store, [SEEN], [replace(MATCH, confidence=0.0)], NOW)
    settle(store)
    sightings.record(store, [SEEN], [MATCH], NOW)

    assert sightings.best_matches(store, DOMAIN) == (MATCH,)
    assert sightings.to_judge(store, 10) == (DOMAIN,)


def test_the_longest_overdue_comes_first(store: Store) -> None:
    """And no more than asked for."""
    for number, name in enumerate(["c.fr", "a.fr", "b.fr"]):
        moment = NOW + timedelta(minutes=number)
        sightings.record(store, [Sighting(name, name, "x", moment)], [], moment)

    assert sightings.due(store, LATER, 2) == ("c.fr", "a.fr")
    assert sightings.due(store, NOW, 10) == ("c.fr",)


def test_nothing_is_judged_before_its_facts_were_asked_for(store: Store) -> None:
    """Not because the rules changed."""
    sightings.record(store, [SEEN], [MATCH], NOW)
    sightings.judge_all(store)

    assert sightings.to_judge(store, 10) == ()


def test_new_rules_ask_for_every_domain_again(store: Store) -> None:
    """All that were judged are judged again."""
    for name in ("a.fr", "b.fr"):
        sightings.record(store, [Sighting(name, name, "x", NOW)], [], NOW)
        settle(store, name)
    sightings.judge_all(store)

    assert set(sightings.to_judge(store, 10)) == {"a.fr", "b.fr"}


def test_a_stage_is_kept_with_the_day_since_when(store: Store) -> None:
    """What holds at the first look counts since the first sighting; only a change moves it."""
    sightings.record(store, [SEEN], [], NOW)

    assert sightings.set_stage(store, DOMAIN, Stage.REGISTERED, LATER) == NOW
    assert sightings.set_stage(store, DOMAIN, Stage.REGISTERED, LATER) == NOW
    assert sightings.set_stage(store, DOMAIN, Stage.ADDRESS, LATER) == LATER
    assert sightings.set_stage(store, "unknown.fr", Stage.ADDRESS, LATER) == LATER
