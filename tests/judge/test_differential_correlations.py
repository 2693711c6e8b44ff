"""Correlations against pySigma's SQLite backend: the same dossiers take part, in chains too.

Left out is what both mean differently: `not` in a condition in words (the backend looks ahead), and
an occurrence whose members are in several groups of the correlation that it feeds (here it has the
values of all of them, there each member brings its own).
"""

import json

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from hunter.judge import correlate, judge
from tests.world.rulebooks import book, correlation, dossier, rule

pytest.importorskip("sigma.backends.sqlite")
from tests.world.sigma_sqlite import members, spoken

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
COUNTS = ["event_count", "value_count", "temporal", "temporal_ordered"]
FIGURES = ["value_sum", "value_avg", "value_median", "value_percentile"]
KINDS = st.sampled_from([*COUNTS, *FIGURES])
OPERATORS = st.sampled_from(["gte", "gt", "eq", "lt", "lte", "neq"])
LOOKED_AT = {
    "value_count": {"field": "term"},
    **{kind: {"field": "age_days"} for kind in FIGURES},
    "value_percentile": {"field": "age_days", "percentile": 75},
}
MAILBOXES = st.sampled_from(["a@mail.com", "A@mail.com", "b@mail.com"])
seen = {
    "technique": st.sampled_from(["tld-swap", "typo", "both", "none"]),
    "first_seen": st.integers(1, 12).map(lambda day: 20170300 + day),
}
shared = {"registrant_email": MAILBOXES, "registrant_name": MAILBOXES}
counted = {"term": st.sampled_from(["marche", "Marche", "en"]), "age_days": st.integers(0, 5)}
loose = st.fixed_dictionaries(seen, optional={**shared, **counted})
close = st.fixed_dictionaries({**seen, **shared}, optional=counted)
events = st.lists(loose, min_size=1, max_size=7)
many_events = st.lists(close, min_size=4, max_size=8)
FEEDS = (
    rule("s: {technique: [tld-swap, both]}\ncondition: s", "swap"),
    rule("s: {technique: [typo, both]}\ncondition: s", "typo"),
)
GROUPINGS = st.sampled_from(
    [
        {"group-by": ["registrant_email"]},
        {"group-by": ["registrant_email", "term"]},
        {
            "group-by": ["who"],
            "aliases": {"who": {"swap": "registrant_email", "typo": "registrant_name"}},
        },
    ]
)


@st.composite
def correlations(draw, kinds=KINDS):
    """The block of a correlation over the two rules."""
    kind = draw(kinds)
    # What fewer, or exactly so many, in order would mean is not specified.
    operator = "gte" if kind == "temporal_ordered" else draw(OPERATORS)
    threshold = {operator: draw(st.integers(1, 3)), **LOOKED_AT.get(kind, {})}
    in_words = st.sampled_from(["swap and typo", "swap or typo", "typo or (swap and typo)"])
    temporal = kind.startswith("temporal")
    return {
        "type": kind,
        "rules": ["swap", "typo"],
        **draw(GROUPINGS),
        "timespan": f"{draw(st.integers(1, 6))}d",
        "condition": draw(in_words) if temporal and draw(st.booleans()) else threshold,
    }


def taken_in(folder, documents, dossiers):
    """The numbers of the dossiers that the speaking correlation takes in."""
    rules = book(folder, *documents)
    return {
        number
        for number, one in enumerate(dossiers)
        if correlate(rules, one, [other for other in dossiers if other is not one])
    }


def assert_the_same(ours, theirs, *kinds):
    """Of a chain in order the backend names one, we name all that were in the window."""
    if "temporal_ordered" in kinds:
        assert bool(ours) is bool(theirs)
        assert ours >= theirs
    else:
        assert ours == theirs


@settings(max_examples=80, phases=QUICK, report_multiple_bugs=False)
@given(block=correlations(), every=events)
def test_correlations_take_in_the_same(tmp_path_factory, block, every):
    """For every dossier both say the same: whether it takes part in an occurrence."""
    documents = (*FEEDS, correlation(json.dumps(block)))
    dossiers = [dossier(f"{number}.fr", **fields) for number, fields in enumerate(every)]
    ours = taken_in(tmp_path_factory.mktemp("rules"), documents, dossiers)
    assert_the_same(ours, members(documents, dossiers), block["type"])


def _the_same_group(child):
    """The group-by of a correlation that is fed by that one; an alias may be handed on."""
    if "aliases" not in child:
        return {"group-by": ["registrant_email"]}
    return {"group-by": ["who"], "aliases": {"who": {"typo": "registrant_name"}}}


@settings(max_examples=40, phases=QUICK, report_multiple_bugs=False)
@given(child=correlations(), kind=st.sampled_from(COUNTS), every=many_events, data=st.data())
def test_chains_take_in_the_same(tmp_path_factory, child, kind, every, data):
    """A correlation that is fed by another one, and by a rule beside it."""
    in_order = "temporal_ordered" in (child["type"], kind)
    # Of those in order the backend names one, so that it counts fewer values than there are.
    assume(not (in_order and kind == "value_count"))
    operator = "gte" if in_order else data.draw(OPERATORS)
    parent = {
        "type": kind,
        "rules": ["child", "typo"],
        **_the_same_group(child),
        "timespan": f"{data.draw(st.integers(1, 6))}d",
        "condition": {operator: data.draw(st.integers(1, 3)), **LOOKED_AT.get(kind, {})},
    }
    documents = (
        *FEEDS,
        correlation(json.dumps(child), "child"),
        correlation(json.dumps(parent), "parent"),
    )
    dossiers = [dossier(f"{number}.fr", **fields) for number, fields in enumerate(every)]
    ours = taken_in(tmp_path_factory.mktemp("rules"), documents, dossiers)
    assert_the_same(ours, members(documents, dossiers), child["type"], kind)


@settings(max_examples=10, phases=QUICK, report_multiple_bugs=False)
@given(generate=st.booleans(), every=events)
def test_rules_speak_beside_their_correlation_when_it_says_so(tmp_path_factory, generate, every):
    """`generate` gives the rules that feed a correlation a voice of their own."""
    block = {
        "type": "event_count",
        "rules": ["swap", "typo"],
        "generate": generate,
        "group-by": ["registrant_email"],
        "timespan": "3d",
        "condition": {"gte": 2},
    }
    documents = (*FEEDS, correlation(json.dumps(block)))
    dossiers = [dossier(f"{number}.fr", **fields) for number, fields in enumerate(every)]
    rules = book(tmp_path_factory.mktemp("rules"), *documents)
    said = [{finding.title for finding in judge(rules, one)} for one in dossiers]
    ours = [
        {number for number, titles in enumerate(said) if title in titles}
        for title in ("Rule swap", "Rule typo")
    ]
    assert ours == (spoken(documents, dossiers) or [set(), set()])
