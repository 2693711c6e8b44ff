"""What correlations make of several dossiers."""

from dataclasses import replace
from datetime import timedelta, timezone
from time import tzset

import pytest

from hunter.judge import company, correlate, judge, occurring
from hunter.model import Evidence
from tests.world.rulebooks import AT, book, correlation, dossier, rule, selection

ANY = rule(selection("name: '*'"), "any")


def seen(domain, day, **fields):
    """A dossier first seen on a day of March 2017."""
    return dossier(domain, **{"name": domain, "first_seen": 20170300 + day, **fields})


def state(day, domain="a.fr", **fields):
    """How a domain was from a day of May 2017 on."""
    one = dossier(domain, **{"name": domain, "first_seen": 20170301, **fields})
    return replace(one, at=AT + timedelta(days=day))


def counted(kind="event_count", condition="{gte: 2}", extra="", name="many", span="10d"):
    """A correlation over all dossiers that share a registrant within 10 days."""
    return correlation(
        f"type: {kind}\nrules: [any]\ngroup-by: [registrant_email]\n"
        f"timespan: {span}\ncondition: {condition}",
        name,
        extra,
    )


def fires(rules, one, *others):
    """Whether a correlation takes in the first dossier."""
    return bool(correlate(rules, one, others))


def test_events_are_counted_per_group_and_window(tmp_path):
    """Two events of one registrant within the timespan, ends included; case does not matter."""
    rules = book(tmp_path, ANY, counted())
    one = seen("a.fr", 1, registrant_email="John@mail.com")
    assert fires(rules, one, seen("b.fr", 11, registrant_email="john@mail.com"))
    assert not fires(rules, one, seen("b.fr", 12, registrant_email="john@mail.com"))
    assert not fires(rules, one, seen("b.fr", 2, registrant_email="jane@mail.com"))
    assert not fires(rules, one)
    assert not fires(rules, seen("a.fr", 1), seen("b.fr", 1))


def test_the_finding_relates_the_others(tmp_path):
    """The other domains of all windows, and the shared value as evidence."""
    rules = book(tmp_path, ANY, counted("value_count", "{gte: 2, field: domain}"))
    group = {"registrant_email": "j@mail.com"}
    others = [seen("b.fr", 9, **group), seen("c.fr", 30, **group), seen("d.fr", 1, **group)]
    (found,) = correlate(rules, seen("a.fr", 5, **group), others)
    assert found.related == ("b.fr", "d.fr")
    assert found.evidence == (Evidence("registrant_email", "j@mail.com"),)


def test_a_window_must_hold_the_judged_dossier(tmp_path):
    """Others may correlate among themselves; that is their finding."""
    rules = book(tmp_path, ANY, counted())
    group = {"registrant_email": "j@mail.com"}
    pair = seen("b.fr", 20, **group), seen("c.fr", 21, **group)
    assert not fires(rules, seen("a.fr", 1, **group), *pair)


@pytest.mark.parametrize("kind", ["event_count", "value_count"])
def test_earlier_states_of_a_domain_are_no_other_domain(tmp_path, kind):
    """Among several domains each counts once, as it is now."""
    group = {"registrant_email": "j@mail.com"}
    field = "" if kind == "event_count" else ", field: domain"
    rules = book(tmp_path, ANY, counted(kind, f"{{gte: 2{field}}}"))
    assert not fires(rules, state(2, **group), state(1, **group))
    assert fires(rules, state(2, **group), state(1, **group), state(1, "b.fr", **group))
    moved = state(3, "b.fr", registrant_email="other@mail.com")
    assert not fires(rules, state(2, **group), state(1, "b.fr", **group), moved)


def test_a_dossier_with_several_values_is_in_several_groups(tmp_path):
    """Group-by on a list takes each of its values; the finding tells which were shared."""
    rules = book(tmp_path, ANY, counted().replace("[registrant_email]", "[ns_domain]"))
    one = seen("a.fr", 1, ns_domain=("x.net", "y.net"))
    (found,) = correlate(rules, one, [seen("b.fr", 1, ns_domain=("z.net", "Y.NET"))])
    assert found.evidence == (Evidence("ns_domain", "y.net"),)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{gt: 2}", True),
        ("{gt: 3}", False),
        ("{eq: 3}", True),
        ("{lt: 3, gte: 2}", True),
        ("{gt: 3, lte: 9}", False),
        ("{neq: 4, gte: 3}", True),
    ],
)
def test_thresholds(tmp_path, condition, expected):
    """Bounds may be joined to a range; some window has to meet them all."""
    rules = book(tmp_path, ANY, counted(condition=condition))
    group = {"registrant_email": "j@mail.com"}
    others = [seen(f"{name}.fr", day, **group) for name, day in (("b", 2), ("c", 3))]
    assert fires(rules, seen("a.fr", 1, **group), *others) is expected


@pytest.mark.parametrize(
    ("kind", "condition", "expected"),
    [
        ("value_sum", "{gte: 60, field: asn}", True),
        ("value_sum", "{gt: 60, field: asn}", False),
        ("value_avg", "{eq: 20, field: asn}", True),
        ("value_min", "{eq: 10, field: asn}", True),
        ("value_max", "{gt: 30, field: asn}", False),
        ("value_max", "{gte: 30, field: asn}", True),
        ("value_median", "{eq: 20, field: asn}", True),
        ("value_percentile", "{eq: 28, field: asn, percentile: 90}", True),
        ("value_percentile", "{gt: 28, field: asn, percentile: 90}", False),
        ("value_percentile", "{eq: 15, field: asn, percentile: 25}", True),
        ("value_percentile", "{eq: 30, field: asn, percentile: 100}", True),
        ("value_sum", "{gte: 0, field: as_name}", False),
        ("value_sum", "{gte: 0, field: has_mx}", False),
    ],
)
def test_figures_over_a_field(tmp_path, kind, condition, expected):
    """Sums and the like go over the numbers of the window's events."""
    rules = book(tmp_path, ANY, counted(kind, condition))
    group = {"registrant_email": "j@mail.com"}
    events = [
        seen(f"{day}.fr", day, asn=asn, as_name="x", has_mx=True, **group)
        for day, asn in ((3, 10), (2, 30), (1, 20))
    ]
    assert fires(rules, *events) is expected


def test_what_happens_at_one_moment_is_one_window(tmp_path):
    """Two events of one day are never looked at one without the other."""
    rules = book(tmp_path, ANY, counted(condition="{lt: 2}"))
    group = {"registrant_email": "j@mail.com"}
    assert not fires(rules, seen("a.fr", 1, **group), seen("b.fr", 1, **group))
    assert fires(rules, seen("a.fr", 1, **group), seen("b.fr", 20, **group))


def test_a_dossier_without_the_number_takes_no_part_in_a_figure(tmp_path):
    """It is neither told nor related."""
    rules = book(tmp_path, ANY, counted("value_sum", "{gte: 1, field: asn}"))
    group = {"registrant_email": "j@mail.com"}
    with_number, without = seen("a.fr", 1, asn=5, **group), seen("b.fr", 2, **group)
    assert not fires(rules, without, with_number)
    (found,) = correlate(rules, with_number, [without])
    assert found.related == ()


def temporal(kind="temporal", condition=""):
    """A correlation over two rules, and the rules."""
    block = f"type: {kind}\nrules: [monovm, cdn]\ngroup-by: [domain]\ntimespan: 10d\n{condition}"
    return (
        rule(selection("ns_domain: monovm.com"), "monovm"),
        rule(selection("ns_domain: cloudflare.com"), "cdn"),
        correlation(block),
    )


MONOVM, CDN = {"ns_domain": "monovm.com"}, {"ns_domain": "cloudflare.com"}


def test_temporal_wants_every_rule_in_the_window(tmp_path):
    """The move from one name server to another, in whatever order."""
    rules = book(tmp_path, *temporal())
    assert fires(rules, state(9, **CDN), state(1, **MONOVM))
    assert fires(rules, state(9, **MONOVM), state(1, **CDN))
    assert not fires(rules, state(9, **CDN))
    assert not fires(rules, state(12, **CDN), state(1, **MONOVM))


def test_temporal_may_want_fewer_than_all(tmp_path):
    """A threshold counts the rules that were seen."""
    rules = book(tmp_path, *temporal(condition="condition: {gte: 1}"))
    assert fires(rules, state(1, **MONOVM))


def test_temporal_ordered_wants_the_order(tmp_path):
    """The same two in the wrong order, or at the same time, are no match."""
    rules = book(tmp_path, *temporal("temporal_ordered"))
    assert fires(rules, state(9, **CDN), state(1, **MONOVM))
    assert not fires(rules, state(9, **MONOVM), state(1, **CDN))
    assert not fires(rules, state(1, ns_domain=("monovm.com", "cloudflare.com")))


def test_a_story_is_told_of_beginnings(tmp_path):
    """What was so all along did not come later, however often something else changed."""
    rules = book(tmp_path, *temporal("temporal_ordered"))
    both = {"ns_domain": ("monovm.com", "cloudflare.com")}
    assert not fires(rules, state(9, **both, asn=2), state(1, **both, asn=1))
    assert fires(rules, state(9, **both), state(1, **MONOVM))


def test_a_story_that_happened_stays_true(tmp_path):
    """Later changes do not take it back; the states of others are their own story."""
    rules = book(tmp_path, *temporal("temporal_ordered"))
    past = [state(1, **MONOVM), state(9, **CDN)]
    assert fires(rules, state(200, ns_domain="gandi.net"), *past)
    assert fires(rules, state(200, **MONOVM), *past)
    assert not fires(rules, state(200, "b.fr", ns_domain="gandi.net"), *past)


def test_a_story_in_words_stays_true_unless_something_must_be_missing(tmp_path):
    """What has happened has; what had not been seen by then may have been seen since."""
    past = [state(1, **MONOVM), state(9, **CDN)]
    later = state(200, ns_domain="gandi.net")
    rules = book(tmp_path, *temporal(condition="condition: monovm and cdn"))
    assert fires(rules, later, *past)
    rules = book(tmp_path, *temporal(condition="condition: monovm and not cdn"))
    assert fires(rules, past[0])
    assert not fires(rules, later, *past)


def test_a_story_tells_its_steps(tmp_path):
    """The evidence is what each step rested on, in the order of time."""
    rules = book(tmp_path, *temporal("temporal_ordered"))
    (found,) = correlate(rules, state(20, asn=1), [state(9, **CDN), state(1, **MONOVM)])
    told = [one.value for one in found.evidence if one.field == "ns_domain"]
    assert told == ["monovm.com", "cloudflare.com"]
    assert found.related == ()


def test_a_story_tells_of_a_correlation_that_it_happened(tmp_path):
    """What that rested on is its own finding's evidence."""
    moved = correlation(
        "type: event_count\nrules: [monovm]\ngroup-by: [domain]\ntimespan: 3d\ncondition: {gte: 1}",
        "moved",
    )
    story = correlation(
        "type: temporal_ordered\nrules: [moved, cdn]\ngroup-by: [domain]\ntimespan: 20d", "story"
    )
    rules = book(tmp_path, *temporal()[:2], moved, story)
    (found,) = correlate(rules, state(9, **CDN), [state(1, **MONOVM)])
    told = [one.value for one in found.evidence if one.field == "ns_domain"]
    assert told == ["cloudflare.com"]


def test_values_are_counted_over_the_states_of_one_domain(tmp_path):
    """Three name servers within ten days, whichever rule began to hold when."""
    changes = correlation(
        "type: value_count\nrules: [any]\ngroup-by: [domain]\n"
        "timespan: 10d\ncondition: {gte: 3, field: ns_domain}"
    )
    rules = book(tmp_path, ANY, changes)
    past = [state(1, ns_domain="a.net"), state(4, ns_domain="b.net")]
    assert fires(rules, state(9, ns_domain="c.net"), *past)
    assert not fires(rules, state(9, ns_domain="B.net"), *past)
    assert not fires(rules, state(30, ns_domain="c.net"), *past)


@pytest.mark.parametrize(
    ("kind", "condition", "expected"),
    [
        ("value_count", "{gte: 2, field: ns_domain}", True),
        ("value_count", "{gt: 1, field: ns_domain}", True),
        ("value_count", "{gt: 1, lt: 9, field: ns_domain}", False),
        ("value_count", "{eq: 2, field: ns_domain}", False),
        ("value_max", "{gte: 2, field: asn}", False),
    ],
)
def test_only_what_nothing_can_take_back_stays_true(tmp_path, kind, condition, expected):
    """That there were so many is a fact for ever; how few there are, or an average, is of now."""
    then = correlation(
        f"type: {kind}\nrules: [any]\ngroup-by: [domain]\ntimespan: 10d\ncondition: {condition}"
    )
    rules = book(tmp_path, ANY, then)
    past = [state(1, ns_domain="a.net", asn=1), state(4, ns_domain="b.net", asn=2)]
    assert fires(rules, past[1], past[0])
    assert fires(rules, state(40, ns_domain="c.net", asn=1), *past) is expected


def test_the_gravest_correlation_is_told_first(tmp_path):
    """Whatever the order of the files."""
    grave = counted(name="more").replace("level: high", "level: critical")
    rules = book(tmp_path, ANY, counted(), grave)
    group = {"registrant_email": "j@mail.com"}
    found = correlate(rules, seen("a.fr", 1, **group), [seen("b.fr", 2, **group)])
    assert [one.title for one in found] == ["Correlation more", "Correlation many"]


@pytest.mark.parametrize(
    ("condition", "with_both", "with_one"),
    [
        ("monovm and cdn", True, False),
        ("monovm or cdn", True, True),
        ("monovm and not cdn", False, True),
        ("not (cdn or not monovm)", False, True),
    ],
)
def test_temporal_conditions_in_words(tmp_path, condition, with_both, with_one):
    """Rules joined with and, or, not; "not" means not in the window so far."""
    rules = book(tmp_path, *temporal(condition=f"condition: {condition}"))
    assert fires(rules, state(1, **MONOVM)) is with_one
    assert fires(rules, state(2, **CDN), state(1, **MONOVM)) is with_both
    assert fires(rules, state(2, **MONOVM, asn=1), state(1, **CDN)) is with_both


def test_an_ordered_condition_in_words_wants_the_order(tmp_path):
    """Of those that it wants seen; where it wants but one, there is no order."""
    both = book(tmp_path, *temporal("temporal_ordered", "condition: monovm and cdn"))
    assert fires(both, state(2, **CDN), state(1, **MONOVM))
    assert not fires(both, state(2, **MONOVM), state(1, **CDN))
    either = book(tmp_path, *temporal("temporal_ordered", "condition: monovm or cdn"))
    assert fires(either, state(2, **MONOVM), state(1, **CDN))


def test_chains(tmp_path):
    """A correlation feeds another one: a wave of names, and then a CDN in front of one more."""
    wave = correlation(
        "type: event_count\nrules: [any]\ngroup-by: [registrant_email]\n"
        "timespan: 3d\ncondition: {gte: 2}",
        "wave",
    )
    hidden = rule(selection("ns_domain: cloudflare.com"), "hidden")
    story = correlation(
        "type: temporal_ordered\nrules: [wave, hidden]\n"
        "group-by: [registrant_email]\ntimespan: 20d",
        "story",
    )
    rules = book(tmp_path, ANY, story, hidden, wave)
    group = {"registrant_email": "j@mail.com"}
    first, second = seen("a.fr", 1, **group), seen("b.fr", 2, **group)
    last = seen("c.fr", 9, ns_domain="cloudflare.com", **group)
    (found,) = correlate(rules, last, [first, second])
    assert found.title == "Correlation story"
    assert found.related == ("a.fr", "b.fr")
    assert not fires(rules, last, first)
    assert not fires(rules, seen("c.fr", 9, ns_domain="cloudflare.com"), first, second)
    # The wave is that of the one registrant, whatever else its domains hold.
    both = seen("a.fr", 1, registrant_email=("j@mail.com", "k@mail.com"))
    other = seen("c.fr", 9, ns_domain="cloudflare.com", registrant_email="k@mail.com")
    assert fires(rules, last, both, second)
    assert not fires(rules, other, both, second)


def test_a_chain_is_fed_by_the_correlation_that_it_names(tmp_path):
    """And by no other of the same domains."""
    crowd = counted(condition="{gte: 3}", name="crowd")
    story = correlation(
        "type: event_count\nrules: [crowd]\ngroup-by: [registrant_email]\n"
        "timespan: 3d\ncondition: {gte: 1}",
        "story",
    )
    group = {"registrant_email": "j@mail.com"}
    one, *others = (seen(f"{name}.fr", 1, **group) for name in "abc")
    pair = counted(name="pair")
    rules = book(tmp_path, ANY, pair, crowd, story)
    assert [found.title for found in correlate(rules, one, others[:1])] == ["Correlation pair"]
    assert {found.title for found in correlate(rules, one, others)} == {
        "Correlation pair",
        "Correlation story",
    }


def test_a_chain_may_count_more_occurrences_than_there_are_domains(tmp_path):
    """Two domains share three name servers: that happened three times."""
    pair = counted(name="pair").replace("[registrant_email]", "[ns_domain]")
    many = counted(condition="{gte: 3}").replace("[any]", "[pair]")
    rules = book(tmp_path, ANY, pair, many)
    both = {"registrant_email": "j@mail.com", "ns_domain": ("x.net", "y.net", "z.net")}
    assert fires(rules, seen("a.fr", 1, **both), seen("b.fr", 1, **both))


def test_a_figure_that_nobody_has_feeds_nothing(tmp_path):
    """Whoever carries the value: there is nothing to measure."""
    group = {"registrant_email": "j@mail.com"}
    many = counted("value_sum", "{gte: 0, field: asn}")
    story = correlation(
        "type: event_count\nrules: [many]\ngroup-by: [registrant_email]\n"
        "timespan: 3d\ncondition: {gte: 1}",
        "story",
    )
    rules = book(tmp_path, ANY, many, story)
    assert not fires(rules, seen("a.fr", 1, **group), seen("b.fr", 1, **group))
    assert fires(rules, seen("a.fr", 1, asn=1, **group), seen("b.fr", 1, **group))


def test_of_domains_judged_already_it_is_told_what_fires(tmp_path):
    """And which others took part; whether the rules match is believed."""
    rules = book(tmp_path, ANY, counted(), counted(condition="{gte: 3}", name="crowd"))
    group = {"registrant_email": "j@mail.com"}
    dossiers = [seen("a.fr", 1, **group), seen("b.fr", 2, **group)]
    matched = frozenset({rules.rules[0].header.id})
    ((header, related),) = occurring(rules, dossiers, [matched, matched])
    assert (header.title, related) == ("Correlation many", ("b.fr",))
    assert occurring(rules, dossiers, [matched, frozenset()]) == ()


def test_aliases_join_different_fields(tmp_path):
    """An alias stands for one field in one rule's dossiers and for another in the other's."""
    mailbox = rule(selection("txt: '*'"), "mailbox")
    owner = rule(selection("registrant_email: '*'"), "owner")
    joined = correlation(
        "type: temporal\nrules: [mailbox, owner]\naliases:\n"
        "  person: {mailbox: txt, owner: registrant_email}\n"
        "group-by: [person]\ntimespan: 10d"
    )
    rules = book(tmp_path, mailbox, owner, joined)
    either = {"txt", "registrant_email"}
    assert company(rules).facts == {"txt": either, "registrant_email": either}
    found = correlate(
        rules, seen("a.fr", 1, txt="j@mail.com"), [seen("b.fr", 2, registrant_email="J@mail.com")]
    )
    assert found[0].evidence == (Evidence("txt", "j@mail.com"),)


def test_rules_that_feed_a_correlation_keep_silent(tmp_path):
    """Unless the correlation says `generate: true`."""
    one = seen("a.fr", 1, registrant_email="j@mail.com")
    assert not judge(book(tmp_path, ANY, counted()), one)
    assert judge(
        book(tmp_path, ANY, counted().replace("timespan", "generate: true\n  timespan")), one
    )


def test_time_is_first_seen_or_the_field_that_is_named(tmp_path):
    """Without `first_seen` the dossier's own time counts; without a named field it is no event."""
    group = {"registrant_email": "j@mail.com"}
    rules = book(tmp_path, ANY, counted())
    bare = dossier("b.fr", name="b.fr", **group)
    assert fires(rules, seen("a.fr", 24 + 31, **{**group, "first_seen": 20170424}), bare)
    assert not fires(rules, seen("a.fr", 1, **group), bare)
    rules = book(tmp_path, ANY, counted(extra="time: registered"))
    assert fires(
        rules,
        seen("a.fr", 1, registered=20170301, **group),
        seen("b.fr", 30, registered=20170309, **group),
    )
    assert not fires(rules, seen("a.fr", 1, registered=20170424, **group), seen("b.fr", 2, **group))
    rules = book(tmp_path, ANY, counted(extra="time: seen_at"))
    late = (AT + timedelta(days=9)).isoformat()
    assert fires(
        rules,
        seen("a.fr", 1, seen_at=AT.isoformat(), **group),
        seen("b.fr", 1, seen_at=late, **group),
    )


@pytest.fixture
def zone(monkeypatch):
    """A machine whose clock is not set to UTC."""
    with monkeypatch.context() as changed:
        changed.setenv("TZ", "America/New_York")
        tzset()
        yield
    tzset()


@pytest.mark.parametrize(("hours", "within"), [(-1, True), (1, False)])
@pytest.mark.usefixtures("zone")
def test_a_time_is_the_same_moment_wherever_it_was_written(tmp_path, hours, within):
    """Without an offset it is UTC, whatever the zone of the machine; what is no time is passed by.

    The one is ten days and an hour more or less after the other.
    """
    group = {"registrant_email": "j@mail.com"}
    rules = book(tmp_path, ANY, counted(extra="time: seen_at"))
    here = AT.astimezone(timezone(timedelta(hours=5)))
    there = (AT + timedelta(days=10, hours=hours)).replace(tzinfo=None)
    assert within is fires(
        rules,
        seen("a.fr", 1, seen_at=("soon", here.isoformat()), **group),
        seen("b.fr", 1, seen_at=there.isoformat(), **group),
    )


def test_counted_values_are_evidence(tmp_path):
    """What was counted is shown, unless it is the domains, which the finding relates."""
    rules = book(tmp_path, ANY, counted("value_count", "{gte: 2, field: as_name}"))
    group = {"registrant_email": "j@mail.com"}
    (found,) = correlate(
        rules, seen("a.fr", 1, as_name="OVH", **group), [seen("b.fr", 1, as_name="Gandi", **group)]
    )
    assert Evidence("as_name", "OVH") in found.evidence
    assert Evidence("as_name", "Gandi") in found.evidence


@pytest.mark.parametrize(
    ("group", "facts", "window", "past"),
    [
        ("[registrant_email, brand]", {"registrant_email"}, 0, False),
        ("[brand]", set(), 10, False),
        ("[technique, brand]", set(), 10, False),
        ("[domain]", set(), 0, True),
        ("[domain, registrant_email]", set(), 0, True),
    ],
)
def test_the_company_that_a_correlation_wants(tmp_path, group, facts, window, past):
    """Those with the same fact; without a fact, those of the time; for a story, its own past."""
    rules = book(tmp_path, ANY, counted().replace("[registrant_email]", group))
    wanted = company(rules)
    assert set(wanted.facts) == facts
    assert (wanted.window, wanted.past, wanted.pasts) == (timedelta(days=window), past, False)


@pytest.mark.parametrize("grouped", ["term", "registrant_email"])
def test_a_chain_wants_those_of_all_its_windows(tmp_path, grouped):
    """What ended when the longer window began had begun before it."""
    wave = counted(name="wave").replace("[registrant_email]", "[term]")
    hidden = rule(selection("ns_domain: cloudflare.com"), "hidden")
    story = correlation(
        f"type: temporal_ordered\nrules: [wave, hidden]\ngroup-by: [{grouped}]\ntimespan: 20d",
        "story",
    )
    rules = book(tmp_path, ANY, wave, hidden, story)
    first = seen("a.fr", 1, term="marche")
    second = seen("b.fr", 10, term="marche", registrant_email="j@mail.com")
    same = {"term": "marche", "registrant_email": "j@mail.com"}
    last = seen("c.fr", 30, ns_domain="cloudflare.com", **same)
    assert "Correlation story" in [one.title for one in correlate(rules, last, [first, second])]
    assert company(rules).window >= timedelta(days=29)


def test_the_longest_window_counts(tmp_path):
    """Of those that look at the time alone."""
    week, month = (
        counted(name=name, span=span).replace("[registrant_email]", "[term]")
        for name, span in (("week", "7d"), ("month", "30d"))
    )
    year = counted(name="year", span="365d")
    assert company(book(tmp_path, ANY, week, month, year)).window == timedelta(days=30)


def test_a_chain_of_stories_wants_the_past_of_others(tmp_path):
    """One registrant whose domains each moved from one name server to another."""
    monovm, cdn, moved = temporal("temporal_ordered")
    chain = correlation(
        "type: value_count\nrules: [many]\ngroup-by: [registrant_email]\n"
        "timespan: 90d\ncondition: {gte: 2, field: domain}",
        "chain",
    )
    rules = book(tmp_path, monovm, cdn, moved, chain)
    assert company(rules).pasts
    assert company(rules).window == timedelta()
    group = {"registrant_email": "j@mail.com"}
    own = [state(1, **MONOVM, **group)]
    theirs = [state(21, "b.fr", **MONOVM, **group), state(23, "b.fr", **CDN, **group)]
    (found,) = correlate(rules, state(3, **CDN, **group), own + theirs)
    assert (found.title, found.related) == ("Correlation chain", ("b.fr",))
    assert not fires(rules, state(3, **CDN, **group), *own, theirs[1])
