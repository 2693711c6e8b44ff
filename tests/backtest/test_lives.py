"""Two sets of rules over one stored past: what they make otherwise, when, and why."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hunter import backtest, canary, rulebook
from hunter.backtest import Backtest, Change, Kind, past
from hunter.dossiers import rule_fields
from hunter.model import LINKED, BrandKind, Level, Rhythm, Sighting, Subscriber
from hunter.model.subscribers import NEWS
from hunter.rulebook import Rulebook
from hunter.store import Store, sightings
from tests.world.hunting import BRAND, PARTNER, START, small_config
from tests.world.pasts import learnt, match_of, seen
from tests.world.rulebooks import correlation, rule

NEAR = rule("near: {confidence|gte: 0.5}\ncondition: near", "near")
MAIL = rule(
    "near: {confidence|gte: 0.5}\nmail: {has_mx: true}\ncondition: near and mail", "mail"
).replace("level: medium", "level: high")
FILTER = """\
title: Markets
logsource: {product: hunter, category: domain}
filter:
  rules: any
  market: {domain|contains: supermarche, term: marche}
  condition: not market
"""
SHARED = correlation(
    "type: value_count\nrules: [near]\ngenerate: true\ngroup-by: [registrant_email]\n"
    "timespan: 90d\ncondition: {gte: 2, field: domain}",
    "shared",
)
DAY = START.date()


@pytest.fixture
def book(tmp_path: Path) -> Any:
    """Makes a set of rules from documents."""

    def made(*documents: str) -> Rulebook:
        folder = tmp_path / f"rules{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for number, text in enumerate(documents):
            (folder / f"{number}.yml").write_text(text, encoding="utf-8")
        return rulebook.load(folder, rule_fields())

    return made


def held(
    store: Store,
    before: Rulebook,
    after: Rulebook,
    since: float | None = None,
    **changes: Any,
) -> Backtest:
    """Both sets over what is stored, to the hundredth day."""
    config = small_config(store.path.parent, **changes)
    start = None if since is None else START + timedelta(days=since)
    return backtest.replay(
        store, config, before, after, since=start, until=START + timedelta(days=100)
    )


def only(found: Backtest) -> Change:
    """The one alert that is otherwise."""
    (change,) = found.changes
    return change


def day(number: int) -> date:
    """The day of that number."""
    return DAY + timedelta(days=number)


def test_a_filter_removes_what_it_names_and_nothing_else(store: Store, book: Any) -> None:
    """With the day on which the alert opened, and the filter as the reason."""
    for name in ("supermarche-bio.fr", "mail-en-marche.fr", "supermarche-en-marche.fr"):
        seen(store, name, 2)
    found = held(store, book(NEAR), book(NEAR, FILTER))

    change = only(found)
    assert (change.kind, change.domain, change.brand) == (
        Kind.REMOVED,
        "supermarche-bio.fr",
        BRAND.domain,
    )
    assert (change.before, change.after, change.day) == (Level.MEDIUM, None, day(2))
    assert "the filter 'Markets' leaves it out" in change.reasons[0]
    assert found.alerts == (3, 2)
    assert [(one.kind, one.what, one.title) for one in found.rules] == [
        (Kind.ADDED, "filter", "Markets")
    ]


def test_a_new_rule_adds_and_raises(store: Store, book: Any) -> None:
    """An alert is raised on the day on which it became graver, and there are more messages."""
    seen(store, "mail-en-marche.fr")
    learnt(store, "mail-en-marche.fr", 5, "has_mx", True)
    seen(store, "don-en-marche.fr")
    raised = held(store, book(NEAR), book(NEAR, MAIL))
    added = held(store, book(MAIL.replace("level: high", "level: low")), book(NEAR))

    assert (only(raised).kind, only(raised).day) == (Kind.RAISED, day(5))
    assert only(raised).severity == "medium → high"
    assert only(raised).reasons == ("'Rule mail': new, for confidence is 0.8, has_mx is True",)
    assert raised.messages[0].after == raised.messages[0].before
    assert {one.kind for one in added.changes} == {Kind.ADDED}
    assert (added.messages[0].before, added.messages[0].after) == (0, 3)


def test_a_rule_tells_of_which_domains_it_holds(store: Store, book: Any) -> None:
    """Also where it opens no alert, and where it only feeds a correlation."""
    seen(store, "mail-en-marche.fr")
    seen(store, "don-en-marche.fr")
    learnt(store, "don-en-marche.fr", 5, "has_mx", True)
    quiet = MAIL.replace("level: high", "level: low")
    feeding = SHARED.replace("  generate: true\n", "")
    (added,) = held(store, book(NEAR), book(NEAR, quiet)).rules
    (removed,) = held(store, book(NEAR, quiet), book(NEAR)).rules
    narrowed = NEAR.replace("gte: 0.5", "gte: 0.5, has_mx: true")
    (changed,) = held(store, book(NEAR), book(narrowed)).rules
    fed = held(store, book(quiet), book(quiet, NEAR, feeding)).rules

    assert (added.gained, added.lost) == (("don-en-marche.fr",), ())
    assert (removed.gained, removed.lost) == ((), ("don-en-marche.fr",))
    assert (changed.gained, changed.lost) == ((), ("mail-en-marche.fr",))
    assert {one.what: one.gained for one in fed} == {
        "correlation": (),
        "rule": ("don-en-marche.fr", "mail-en-marche.fr"),
    }


@pytest.mark.parametrize("transitions", [NEWS, ("opened",)])
def test_a_lower_level_lowers(store: Store, book: Any, transitions: tuple[str, ...]) -> None:
    """And says so of the rule; whoever wants grave ones only gets fewer messages."""
    boss = Subscriber("boss", {"pigeon": ("loft",)}, minimum=Level.HIGH, transitions=transitions)
    seen(store, "mail-en-marche.fr")
    learnt(store, "mail-en-marche.fr", 5, "has_mx", True)
    mild = MAIL.replace("level: high", "level: medium")
    found = held(store, book(NEAR, MAIL), book(NEAR, mild), subscribers=(boss,))

    assert (only(found).kind, only(found).severity) == (Kind.LOWERED, "high → medium")
    assert only(found).reasons == ("'Rule mail': medium, and was high",)
    assert [(one.kind, one.title) for one in found.rules] == [(Kind.CHANGED, "Rule mail")]
    assert (found.messages[0].before, found.messages[0].after) == (1, 0)


def test_a_correlation_is_replayed_in_its_order(store: Store, book: Any) -> None:
    """Both alerts are raised once the second domain carries the address, not before."""
    for number, name in enumerate(("mail-en-marche.fr", "don-en-marche.fr")):
        seen(store, name, number)
        learnt(store, name, 10 * number + 3, "registrant_email", "j@mail.com")
    found = held(store, book(NEAR), book(NEAR, SHARED))

    assert {(one.kind, one.domain, one.day) for one in found.changes} == {
        (Kind.RAISED, "mail-en-marche.fr", day(13)),
        (Kind.RAISED, "don-en-marche.fr", day(13)),
    }
    assert found.changes[0].reasons == ("'Correlation shared': new",)


@pytest.mark.parametrize("percentile", [0, 100])
def test_another_percentile_makes_another_correlation(
    store: Store, book: Any, percentile: int
) -> None:
    """All that a correlation asks counts, and what it is called does not."""
    block = (
        "type: value_percentile\nrules: [near]\ngenerate: true\ngroup-by: [registrant_email]\n"
        "timespan: 90d\ncondition: {{gte: 50, field: page_similarity, percentile: {}}}"
    )
    median = correlation(block.format(50), "median")
    other = correlation(block.format(percentile), "median")
    for name, similarity in (("a-en-marche.fr", 30), ("b-en-marche.fr", 60)):
        seen(store, name)
        learnt(store, name, 0, "registrant_email", "j@mail.example")
        learnt(store, name, 0, "page_similarity", similarity)
    found = held(store, book(NEAR, median), book(NEAR, other))
    assert [one.kind for one in found.rules] == [Kind.CHANGED]
    assert len(found.changes) == (2 if percentile == 100 else 0)
    assert not held(store, book(NEAR, median), book(NEAR, median.replace("ation median", ""))).rules


def test_a_story_that_one_set_alone_tells_is_told_of_a_domain_by_itself(
    store: Store, book: Any
) -> None:
    """Nothing ties the domain to another one; under the same stories nothing is otherwise."""
    story = correlation(
        "type: value_count\nrules: [near]\ngenerate: true\ngroup-by: [domain]\n"
        "timespan: 14d\ncondition: {gte: 3, field: ns_domain}",
        "moving",
    )
    seen(store, "mail-en-marche.fr")
    for number, host in enumerate(("ovh.net", "monovm.com", "cloudflare.com")):
        learnt(store, "mail-en-marche.fr", number + 1, "ns_domain", host)

    change = only(held(store, book(NEAR), book(NEAR, story)))
    assert (change.kind, change.day) == (Kind.RAISED, day(3))
    same = held(store, book(NEAR, story), book(NEAR, story))
    assert (same.changes, same.alerts) == ((), (1, 1))
    lighter = story.replace("level: high", "level: low")
    assert only(held(store, book(NEAR, story), book(NEAR, lighter))).kind is Kind.LOWERED


def test_a_value_that_is_no_json_is_taken_for_a_text(store: Store, book: Any) -> None:
    """Whoever wrote it: the other facts of the domain are read as ever."""
    seen(store, "mail-en-marche.fr")
    learnt(store, "mail-en-marche.fr", 0, "term", "x")
    learnt(store, "mail-en-marche.fr", 0, "has_mx", True)
    for spoilt in ("NaN", "1, 2", ""):
        store.execute("UPDATE fact SET value = ? WHERE field = 'term'", (spoilt,))
        (one,) = past.read(store)
        values = {fact.field: fact.value for fact in one.history}
        assert values == {"resolves": False, "term": spoilt, "has_mx": True}


def test_what_is_written_meanwhile_is_not_kept_out_of_the_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A replay takes minutes, and the log grew by all that the daemon wrote in them."""
    monkeypatch.setattr(past, "_AT_ONCE", 2)
    names = [f"{letter}-en-marche.fr" for letter in "abcde"]
    for name in names:
        seen(store, name)
        learnt(store, name, 0, "has_mx", True)
    reading = past.read(store)
    found = [next(reading)]
    with Store(store.path) as daemon:
        learnt(daemon, names[0], 1, "has_mx", False)
        (row,) = daemon.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    found += reading

    assert row["busy"] == 0
    assert [one.domain for one in found] == names
    assert all({fact.field for fact in one.history} >= {"has_mx"} for one in found)
    assert all(len(one.sightings) == 1 for one in found)


def test_facts_are_those_of_the_time(store: Store, book: Any) -> None:
    """A mail server that went away before the rule's other fact came never met it."""
    seen(store, "mail-en-marche.fr")
    learnt(store, "mail-en-marche.fr", 2, "has_mx", True)
    learnt(store, "mail-en-marche.fr", 4, "has_mx", False)
    learnt(store, "mail-en-marche.fr", 6, "ns_domain", "monovm.com")
    both = MAIL.replace("{has_mx: true}", "{has_mx: true, ns_domain: monovm.com}")

    assert held(store, book(NEAR), book(NEAR, both)).changes == ()
    assert only(held(store, book(NEAR), book(NEAR, MAIL))).day == day(2)


def test_what_was_before_the_period_is_known_and_brings_no_messages(
    store: Store, book: Any
) -> None:
    """It is told without a day."""
    seen(store, "supermarche-bio.fr", 1)
    seen(store, "supermarche-neu.fr", 60)
    found = held(store, book(NEAR), book(NEAR, FILTER), since=30)

    assert {one.domain: one.day for one in found.changes} == {
        "supermarche-bio.fr": None,
        "supermarche-neu.fr": day(60),
    }
    assert [(one.day, one.before, one.after) for one in found.days] == [
        (None, 1, 0),
        (day(60), 1, 0),
    ]
    assert found.messages[0].before == 1


def test_what_was_seen_after_the_period_does_not_count(store: Store, book: Any) -> None:
    """The future is nobody's."""
    seen(store, "supermarche-bio.fr", 101)
    assert held(store, book(NEAR), book(NEAR, FILTER)).changes == ()


def test_brands_and_subscribers_are_told_apart(store: Store, book: Any) -> None:
    """Each brand has its days, and each subscriber the messages of their brands."""
    partner = replace(PARTNER, domain="marcheur.com", kind=BrandKind.PARTNER)
    mine = Subscriber("mine", {"pigeon": ("loft",)}, brands=(BRAND.domain,))
    theirs = Subscriber("theirs", {"pigeon": ("loft",)}, brands=(partner.domain,))
    seen(store, "supermarche-bio.fr", 1)
    seen(store, "supermarche-bio.fr", 1, brand=partner.domain)
    found = held(
        store,
        book(NEAR, FILTER.replace("term: marche", "brand_kind: partner")),
        book(NEAR, FILTER),
        brands=(BRAND, partner),
        subscribers=(mine, theirs),
    )

    assert {(one.brand, one.kind) for one in found.changes} == {
        (BRAND.domain, Kind.REMOVED),
    }
    assert {(one.subscriber, one.before, one.after) for one in found.messages} == {
        ("mine", 1, 0),
        ("theirs", 0, 0),
    }


def test_a_domain_that_resembles_two_brands_is_held_against_each(store: Store, book: Any) -> None:
    """By its own match, though that with the other is plainer."""
    seen(store, "mail-en-marche.fr")
    seen(store, "mail-en-marche.fr", confidence=0.6, brand=PARTNER.domain)
    found = held(store, book(NEAR), book(MAIL), brands=(BRAND, PARTNER))
    assert {one.brand for one in found.changes} == {BRAND.domain, PARTNER.domain}


@pytest.mark.parametrize("alike", [True, False])
def test_what_is_tied_to_another_brand_is_told_once(store: Store, book: Any, alike: bool) -> None:
    """As routing has it; who hears of the second brand alone is told of that."""
    seen(store, "mail-en-marche.fr")
    tied = replace(match_of("mail-en-marche.fr", PARTNER.domain, 0.0), technique=LINKED)
    at = START + timedelta(days=1)
    sighting = Sighting(tied.name, tied.registrable, "track:x", at)
    sightings.record(store, [sighting], [tied], at)
    learnt(store, "mail-en-marche.fr", 1, "has_mx", True)
    any_mail = rule("mail: {has_mx: true}\ncondition: mail", "mail")
    theirs = Subscriber("theirs", {"pigeon": ("loft",)}, brands=(PARTNER.domain,))
    both = Subscriber("both", {"pigeon": ("loft",)})
    found = held(
        store,
        book(any_mail) if alike else book(MAIL),
        book(any_mail),
        brands=(PARTNER, BRAND),
        subscribers=(theirs, both),
    )

    assert found.alerts == ((2, 2) if alike else (1, 2))
    assert [one.after for one in found.messages] == [1, 1]
    assert [one.at_once for one in found.messages] == ([0, 0] if alike else [1, 0])


def test_a_host_name_counts_from_the_day_on_which_it_was_seen(store: Store, book: Any) -> None:
    """The plainer match came with it; before that day nobody knew of it."""
    seen(store, "supermarche.fr", confidence=0.3)
    host, at = "en-marche.supermarche.fr", START + timedelta(days=5)
    match = replace(match_of(host, BRAND.domain, 0.8), registrable="supermarche.fr")
    sightings.record(store, [Sighting(host, "supermarche.fr", "ct_logs", at)], [match], at)
    assert only(held(store, book(MAIL), book(NEAR))).day == day(5)


def test_going_live_brings_messages_about_what_is_there(store: Store, book: Any) -> None:
    """A new rule tells at once of what opened long ago."""
    for name in ("mail-en-marche.fr", "don-en-marche.fr"):
        seen(store, name)
        learnt(store, name, 1, "has_mx", True)
    found = held(store, book(NEAR), book(NEAR, MAIL), since=50)

    assert (found.messages[0].before, found.messages[0].after) == (0, 0)
    assert found.messages[0].at_once == 2


def test_a_digest_is_one_message(store: Store, book: Any) -> None:
    """However much it tells of; of another day it is another, and what is urgent goes alone."""
    seen(store, "mail-en-marche.fr", 1)
    seen(store, "don-en-marche.fr", 1)
    seen(store, "vote-en-marche.fr", 2)
    learnt(store, "vote-en-marche.fr", 2, "has_mx", True)
    daily = Subscriber("it", {"pigeon": ("loft",)}, rhythm=Rhythm.DAILY, urgent=Level.HIGH)
    found = held(store, book(NEAR), book(NEAR, MAIL), subscribers=(daily,))

    assert (found.messages[0].before, found.messages[0].after) == (2, 2)
    assert found.messages[0].at_once == 1
    hasty = held(store, book(NEAR), book(NEAR, MAIL))
    assert (hasty.messages[0].before, hasty.messages[0].after) == (3, 3)


def test_a_canary_is_no_part_of_the_past(store: Store, book: Any) -> None:
    """One that is on its way just now opens no alert under any rules."""
    domain = canary.domain_at(START)
    name = f"{BRAND.domain}.{domain}"
    match = replace(match_of(name), registrable=domain)
    sightings.record(store, [Sighting(name, domain, "canary", START)], [match], START)
    learnt(store, domain, 0, "resolves", False)
    sightings.set_due(store, domain, START)

    assert held(store, book(NEAR), book(MAIL)).alerts == (0, 0)


@pytest.mark.parametrize("key", ["owned", "ignored"])
def test_what_is_ours_by_now_is_no_part_of_the_past(store: Store, book: Any, key: str) -> None:
    """No rules bring an alert on it any more."""
    seen(store, "mail-en-marche.fr")
    seen(store, "don-en-marche.fr")
    brand = replace(BRAND, **{key: ("mail-en-marche.fr",)})  # type: ignore[arg-type]
    found = held(store, book(NEAR), book(NEAR), brands=(brand,))

    assert found.alerts == (1, 1)


def test_the_same_rules_change_nothing(store: Store, book: Any) -> None:
    """Other words and other tests are no change either."""
    seen(store, "mail-en-marche.fr")
    found = held(store, book(NEAR), book(NEAR.replace("title: Rule near", "title: Otherwise")))

    assert (found.rules, found.changes) == ((), ())
    assert found.alerts == (1, 1)


def test_progress_is_told_to_the_end(store: Store, book: Any) -> None:
    """Domain by domain."""
    for name in ("mail-en-marche.fr", "don-en-marche.fr"):
        seen(store, name)
    told: list[tuple[int, int]] = []
    backtest.replay(
        store,
        small_config(store.path.parent),
        *(book(NEAR), book(MAIL)),
        since=None,
        until=datetime.max.replace(tzinfo=START.tzinfo),
        on_progress=lambda done, of: told.append((done, of)),
    )
    assert told == [(1, 2), (2, 2)]


def test_a_domain_that_was_never_judged_is_not_judged_here(store: Store, book: Any) -> None:
    """One that waits for its first look-up has no dossier yet."""
    seen(store, "supermarche-bio.fr")
    store.execute("UPDATE domain SET enriched = 0")
    assert held(store, book(NEAR), book(NEAR, FILTER)).domains == 0
