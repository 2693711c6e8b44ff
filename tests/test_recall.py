"""Dossiers from the store: as they are, as they were, and those that go with one."""

from datetime import timedelta
from pathlib import Path

from hunter import recall
from hunter.known import dossier_of
from hunter.model import Match, Sighting
from hunter.store import Store, sightings
from tests.world.hunting import BRAND, START, small_config
from tests.world.pasts import learnt
from tests.world.rulebooks import book, correlation, rule, selection

ONE, OTHER = "mail-en-marche.fr", "don-en-marche.fr"
FEED = rule(selection("domain: '*'"), "any")


def match_of(name: str, brand: str = BRAND.domain) -> Match:
    """What makes the name a lookalike."""
    return Match(name, name, brand, "combosquatting", "en-marche", (0, 9), 0.8, "")


def seen(store: Store, name: str, day: int = 0, brand: str = BRAND.domain) -> None:
    """A lookalike that was first seen on a day."""
    at = START + timedelta(days=day)
    sightings.record(store, [Sighting(name, name, "feed", at)], [match_of(name, brand)], at)


def counted(group: str, timespan: str = "10d") -> str:
    """A correlation over all lookalikes of a group."""
    return correlation(
        f"type: event_count\nrules: [any]\ngroup-by: [{group}]\n"
        f"timespan: {timespan}\ncondition: {{gte: 2}}"
    )


def company(store: Store, folder: Path, *documents: str, day: int = 30) -> list[tuple[str, int]]:
    """Whom the first lookalike is seen with: domain, and the day of its state."""
    at = START + timedelta(days=day)
    dossier = dossier_of(store, ONE, at, BRAND, match_of(ONE))
    rules = book(folder, FEED, *documents)
    seen_with = recall.seen_with_at(store, small_config(folder), rules, at)
    found = seen_with(BRAND, dossier, match_of(ONE))
    return [(one.domain, (one.at - START).days) for one in found]


def test_in_a_round_others_are_read_once(store: Store, tmp_path: Path) -> None:
    """A thousand that share a registrant would else be read a million times."""
    for name in (ONE, OTHER):
        seen(store, name)
        learnt(store, name, 1, "a", "192.0.2.1")
    at = START + timedelta(days=30)
    rules = book(tmp_path, FEED, counted("a"))
    config = small_config(tmp_path)
    seen_with = recall.seen_with_at(store, config, rules, at)
    dossier = dossier_of(store, ONE, at, BRAND, match_of(ONE))

    (first,) = seen_with(BRAND, dossier, match_of(ONE))
    learnt(store, OTHER, 2, "ns_domain", "monovm.com")
    (again,) = seen_with(BRAND, dossier, match_of(ONE))
    (later,) = recall.seen_with_at(store, config, rules, at)(BRAND, dossier, match_of(ONE))

    assert again is first
    assert later.fields["ns_domain"] == "monovm.com"


def test_states_are_what_was_known_then(store: Store) -> None:
    """One for each change; answers of one look are one state, and nothing of later is in it."""
    seen(store, ONE)
    learnt(store, ONE, 1, "ns_domain", "monovm.com")
    learnt(store, ONE, 1.001, "a", "192.0.2.1")
    learnt(store, ONE, 2, "ns_domain", "monovm.com")
    learnt(store, ONE, 5, "ns_domain", "cloudflare.com")

    until = START + timedelta(days=9)
    states = recall.states_of(store, ONE, BRAND, match_of(ONE), until)

    assert [one.fields.get("ns_domain") for one in states] == [None, "monovm.com", "cloudflare.com"]
    assert [one.fields.get("a") for one in states] == [None, "192.0.2.1", "192.0.2.1"]
    assert [(one.at - START).days for one in states] == [0, 1, 5]
    assert "past_ns_domain" not in states[1].fields
    assert recall.states_of(store, ONE, BRAND, match_of(ONE), START) == []


def test_a_state_knows_only_the_hosts_seen_by_then(store: Store) -> None:
    """A host that showed itself later is not in it."""
    seen(store, ONE)
    at = START + timedelta(days=3)
    sightings.record(store, [Sighting(f"vpn.{ONE}", ONE, "ct_logs", at)], [], at)

    first, second = recall.states_of(store, ONE, BRAND, None, at + timedelta(days=1))

    assert first.fields["name"] == (ONE,)
    assert second.fields["name"] == (ONE, f"vpn.{ONE}")


def test_others_are_fetched_by_a_shared_fact(store: Store, tmp_path: Path) -> None:
    """Those of the brand that carry the value; what no rule groups by does not matter."""
    for name in (ONE, OTHER, "far-en-marche.fr"):
        seen(store, name)
    learnt(store, ONE, 1, "a", "192.0.2.1")
    learnt(store, OTHER, 1, "a", "192.0.2.1")
    learnt(store, "stranger.fr", 1, "a", "192.0.2.1")
    seen(store, "nationbuilders.com", brand="nationbuilder.com")
    learnt(store, "nationbuilders.com", 1, "a", "192.0.2.1")

    assert company(store, tmp_path, counted("a")) == [(OTHER, 30)]
    assert company(store, tmp_path, counted("ns_domain")) == []


def test_without_a_shared_fact_contemporaries_are_fetched(store: Store, tmp_path: Path) -> None:
    """A wave of lookalikes of one brand: those first seen within the timespan."""
    seen(store, ONE, 20)
    seen(store, OTHER, 11)
    seen(store, "far-en-marche.fr", 2)

    assert company(store, tmp_path, counted("brand")) == [(OTHER, 30)]
    assert company(store, tmp_path, counted("technique", "30d")) == [
        (OTHER, 30),
        ("far-en-marche.fr", 30),
    ]


def test_contemporaries_are_those_to_the_end_of_the_last_day(store: Store, tmp_path: Path) -> None:
    """When a domain was first seen is known by the day."""
    for name, day in ((ONE, 0), (OTHER, 10), ("late-en-marche.fr", 11)):
        seen(store, name, day)

    assert company(store, tmp_path, counted("brand")) == [(OTHER, 30)]


def test_a_story_fetches_the_past(store: Store, tmp_path: Path) -> None:
    """Of the domain itself; of others only where stories feed another correlation."""
    for name in (ONE, OTHER):
        seen(store, name)
        learnt(store, name, 1, "registrant_email", "j@mail.com")
    story = correlation(
        "type: value_count\nrules: [any]\ngroup-by: [domain]\n"
        "timespan: 10d\ncondition: {gte: 2, field: registrant_email}",
        "story",
    )
    chain = counted("registrant_email").replace("rules: [any]", "rules: [story]")

    assert company(store, tmp_path, story) == [(ONE, 0), (ONE, 1)]
    assert company(store, tmp_path, story, chain) == [
        (ONE, 0),
        (ONE, 1),
        (OTHER, 30),
        (OTHER, 0),
        (OTHER, 1),
    ]
