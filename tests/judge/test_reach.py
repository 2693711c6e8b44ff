"""Which correlations are not even tried, because so few dossiers cannot meet them."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from hunter.judge import correlate
from hunter.judge.correlating import fires
from hunter.judge.reach import within_reach
from tests.world.rulebooks import book, correlation, dossier, rule

BOUNDS = st.dictionaries(
    st.sampled_from(["gt", "gte", "lt", "lte", "eq"]), st.integers(0, 4), min_size=1, max_size=2
)
EVENTS = st.lists(
    st.fixed_dictionaries(
        {"term": st.sampled_from(["a", "b"])},
        optional={"ns_domain": st.lists(st.sampled_from(["x.net", "y.net", "z.net"])).map(tuple)},
    ),
    min_size=1,
    max_size=4,
)


def made(tmp_path, kind, condition):
    """A rulebook with one correlation of dossiers of one term."""
    block = (
        f"type: {kind}\nrules: [all]\ngroup-by: [term]\ntimespan: 5d\n"
        f"condition: {json.dumps(condition)}"
    )
    return book(tmp_path, rule("s: {name: x}\ncondition: s", "all"), correlation(block))


@settings(max_examples=50, deadline=None)
@given(kind=st.sampled_from(["event_count", "value_count"]), bounds=BOUNDS, every=EVENTS)
def test_what_is_not_tried_would_not_have_fired(tmp_path_factory, kind, bounds, every):
    """For any bounds and dossiers; what is tried is told as before."""
    field = {"field": "ns_domain"} if kind == "value_count" else {}
    rules = made(tmp_path_factory.mktemp("rules"), kind, {**bounds, **field})
    first, *others = [
        dossier(f"{number}.fr", name="x", first_seen=20170301, **fields)
        for number, fields in enumerate(every)
    ]
    fired = fires(rules, rules.correlations[0].header.id, first, others)
    assert bool(correlate(rules, first, others)) is fired


def test_one_domain_alone_is_not_held_against_itself(tmp_path):
    """Two events are wanted, and there is one."""
    rules = made(tmp_path, "event_count", {"gte": 2})
    one, other = dossier("a.fr", name="x", term="a"), dossier("b.fr", name="x", term="a")
    assert within_reach(rules, [one]) == []
    assert within_reach(rules, [one, other]) == list(rules.correlations)


def test_one_domain_with_many_values_is_held_against_a_count_of_them(tmp_path):
    """Each value counts, and so does each field that could not be found out."""
    for field, held in (
        ("ns_domain", {"ns_domain": ("x.net", "y.net")}),
        ("unknown", {"unknown": {"a": "time-out", "mx": "time-out"}}),
    ):
        rules = made(tmp_path, "value_count", {"gte": 2, "field": field})
        assert within_reach(rules, [dossier(name="x", term="a", **held)])
        assert correlate(rules, dossier(name="x", term="a", **held), [])
        assert within_reach(rules, [dossier(name="x", term="a")]) == []
