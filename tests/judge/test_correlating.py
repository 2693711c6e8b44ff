"""What correlations make of several dossiers."""

from datetime import timedelta

import pytest

from hunter.judge import correlate, group_keys, judge
from hunter.model import Evidence
from tests.world.rulebooks import AT, book, correlation, dossier, rule, selection

ANY = rule(selection("name: '*'"), "any")


def seen(domain, day, **fields):
    """A dossier first seen on a day of March 2017."""
    return dossier(domain, **{"name": domain, "first_seen": 20170300 + day, **fields})


def counted(kind="event_count", condition="{gte: 2}", extra=""):
    """A correlation over all dossiers that share a registrant within 10 days."""
    return correlation(
        f"type: {kind}\nrules: [any]\ngroup-by: [registrant_email]\n"
        f"timespan: 10d\ncondition: {condition}",
        extra=extra,
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


def test_one_domain_twice_is_one_value(tmp_path):
    """value_count counts distinct values without case, event_count distinct events."""
    group = {"registrant_email": "j@mail.com"}
    one, again = seen("a.fr", 1, **group), seen("a.fr", 2, **group)
    rules = book(tmp_path, ANY, counted("value_count", "{gte: 2, field: domain}"))
    assert not fires(rules, one, again)
    rules = book(tmp_path, ANY, counted())
    assert fires(rules, one, again)
    assert not fires(rules, one, one)


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
        ("value_median", "{eq: 20, field: asn}", True),
        ("value_percentile", "{eq: 28, field: asn, percentile: 90}", True),
        ("value_percentile", "{gt: 28, field: asn, percentile: 90}", False),
        ("value_sum", "{gte: 0, field: as_name}", False),
    ],
)
def test_figures_over_a_field(tmp_path, kind, condition, expected):
    """Sums and the like go over the numbers of the window's events."""
    rules = book(tmp_path, ANY, counted(kind, condition))
    events = [
        seen(f"{number}.fr", number, registrant_email="j@mail.com", asn=number * 10, as_name="x")
        for number in (3, 2, 1)
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


def test_temporal_wants_every_rule_in_the_window(tmp_path):
    """The move from one name server to another, in whatever order."""
    rules = book(tmp_path, *temporal())
    before, after = (
        seen("a.fr", 1, ns_domain="monovm.com"),
        seen("a.fr", 9, ns_domain="cloudflare.com"),
    )
    assert fires(rules, after, before)
    assert fires(rules, before, after)
    assert not fires(rules, after)
    assert not fires(rules, seen("a.fr", 12, ns_domain="cloudflare.com"), before)


def test_temporal_may_want_fewer_than_all(tmp_path):
    """A threshold counts the rules that were seen."""
    rules = book(tmp_path, *temporal(condition="condition: {gte: 1}"))
    assert fires(rules, seen("a.fr", 1, ns_domain="monovm.com"))


def test_temporal_ordered_wants_the_order(tmp_path):
    """The same two in the wrong order, or on the same day, are no match."""
    rules = book(tmp_path, *temporal("temporal_ordered"))
    monovm, cdn = {"ns_domain": "monovm.com"}, {"ns_domain": "cloudflare.com"}
    assert fires(rules, seen("a.fr", 9, **cdn), seen("a.fr", 1, **monovm))
    assert not fires(rules, seen("a.fr", 1, **cdn), seen("a.fr", 9, **monovm))
    assert not fires(rules, seen("a.fr", 1, **cdn), seen("a.fr", 1, **monovm))


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
    before, after = (
        seen("a.fr", 1, ns_domain="monovm.com"),
        seen("a.fr", 2, ns_domain="cloudflare.com"),
    )
    assert fires(rules, before) is with_one
    assert fires(rules, after, before) is with_both


def test_chains(tmp_path):
    """A correlation feeds another one: a wave of names, and then a CDN in front of one of them."""
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
    last = seen("b.fr", 9, ns_domain="cloudflare.com", **group)
    (found,) = correlate(rules, last, [first, second])
    assert found.title == "Correlation story"
    assert found.related == ("a.fr",)
    assert not fires(rules, last, first)
    assert not fires(rules, seen("b.fr", 9, ns_domain="cloudflare.com"), first, second)


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
    assert group_keys(rules) == {"txt", "registrant_email"}
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
    assert not fires(rules, seen("a.fr", 1, registered=20170301, **group), seen("b.fr", 2, **group))
    rules = book(tmp_path, ANY, counted(extra="time: seen_at"))
    late = (AT + timedelta(days=9)).isoformat()
    assert fires(
        rules,
        seen("a.fr", 1, seen_at=AT.isoformat(), **group),
        seen("b.fr", 1, seen_at=late, **group),
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
