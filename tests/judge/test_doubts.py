"""Conditions that can never hold, or always do."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hunter.judge import judge
from hunter.judge.doubts import always, never
from hunter.rulebook import load
from hunter.rulebook.conditions import AllOf, AnyOf, Compare, Exists, Not, Op, Text, Wild
from hunter.rulebook.holdings import Holding, holding
from tests.world.rulebooks import book, dossier, rule

MANY = Wild.MANY
KNOWN = {
    "confidence": Holding(low=0, high=1, numeric=True, single=True, always=True),
    "stage": Holding(known=frozenset({"mail", "web"}), single=True, always=True),
    "domain": Holding(single=True, always=True),
    "age_days": Holding(low=0, numeric=True, single=True),
    "registered": holding("the day of registration, YYYYMMDD"),
    "has_mx": holding("whether it can receive mail"),
    "unknown": Holding(known=frozenset({"mx", "a"})),
    "page_password": Holding(known=frozenset()),
}


def condition(tmp_path, detection):
    """The condition of a rule with that detection."""
    known = {**dict.fromkeys(KNOWN, ""), "ns_domain": "", "name": "", "term": ""}
    (tmp_path / "one.yml").write_text(rule(detection), encoding="utf-8")
    return load(tmp_path, known).rules[0].own


@pytest.mark.parametrize(
    ("detection", "reason"),
    [
        ("s: {confidence|gte: 50}\ncondition: s", "it is 0 to 1"),
        (
            "s: {confidence|gte: 0.8, confidence|lt: 0.5}\ncondition: s",
            "no value of confidence meets 'confidence|gte: 0.8' and 'confidence|lt: 0.5'",
        ),
        ("s: {confidence|gt: 0.8}\nt: {confidence|gte: 0.8}\ncondition: s and not t", "no value"),
        ("s: {stage: webb}\ncondition: s", "'stage: 'webb'' asks for what stage cannot be"),
        ("s: {registered|lte: 2017}\ncondition: s", "it is a day, YYYYMMDD"),
        ("s: {has_mx: 1}\ncondition: s", "it is false, true"),
        ("s: {unknown: ns_domian}\ncondition: s", "it is a, mx"),
        ("s: {domain: a.fr}\nt: {domain: b.fr}\ncondition: s and t", "no value of domain"),
        ("s: {ns_domain: a.net}\nt: {ns_domain|contains: a.}\ncondition: s and not t", "no value"),
        (
            "s: {name|contains: supermarche}\nt: {name|contains: Marche}\ncondition: s and not t",
            "'name|contains: 'supermarche'' and 'not name|contains: 'Marche'' exclude each other",
        ),
        (
            "s: {name|contains: SuperMarche}\nt: {name|contains: marche}\ncondition: s and not t",
            "exclude each other",
        ),
        (
            "s: {name: 'mail*supermarche*'}\nt: {name|contains: marche}\ncondition: s and not t",
            "exclude each other",
        ),
        ("s: {name|re: ^x}\nt: {name|re: ^x}\ncondition: s and not t", "exclude each other"),
        ("s: {term: x}\nt: {term: null}\ncondition: s and t", "exclude each other"),
        ("s: {term: x}\nt: {term: '*'}\ncondition: s and not t", "exclude each other"),
        ("s: {term|exists: true}\nt: {term: null}\ncondition: s and t", "exclude each other"),
        ("s: {term|fieldref: name}\nt: {term: null}\ncondition: s and t", "exclude each other"),
        ("s: {domain|exists: false, term: x}\ncondition: s", "every domain has a domain"),
        ("s: {page_password: true}\ncondition: s", "asks for what page_password cannot be"),
        (
            "a: {confidence|gt: 1}\nb: {stage: none}\nc: {term: x}\ncondition: (a or b) and c",
            "confidence",
        ),
    ],
)
def test_what_can_never_hold_is_told(tmp_path, detection, reason):
    """With the tests that exclude each other, or with what the field can hold."""
    assert reason in never(condition(tmp_path, detection), KNOWN)


@pytest.mark.parametrize(
    "detection",
    [
        "s: {confidence|gte: 0.5, confidence|lt: 0.501}\ncondition: s",
        "s: {confidence|gt: 0.5, confidence|lt: 0.5005}\ncondition: s",
        "s: {confidence: 1}\ncondition: s",
        "s: {confidence|gte: 1}\ncondition: s",
        "s: {confidence|lte: 0}\ncondition: s",
        "s: {confidence|gte: -5, confidence|lte: 7}\ncondition: s",
        "s: {age_days|gt: -3}\ncondition: s",
        "s: {age_days|gt: 30}\ncondition: s",
        "s: {domain: '*'}\ncondition: s",
        "s: {domain|startswith: a}\nt: {domain: a.fr}\ncondition: s and not t",
        "s: {ns_domain: a.net}\nt: {ns_domain: b.net}\ncondition: s and t",
        "s: {ns_domain|contains: a}\nt: {ns_domain|contains: abc}\ncondition: s and not t",
        "s: {name|contains: supermarche}\nt: {name|contains|cased: Marche}\ncondition: s and not t",
        "s: {has_mx: true}\nt: {has_mx: false}\ncondition: s and t",
        "s: {stage|re: ^w}\nt: {stage: mail}\ncondition: s and not t",
        "s: {age_days|gte: 30}\nt: {age_days: null}\nu: {term: x}\ncondition: (s or t) and u",
        "s: {registered|gte: 20170101, registered|lte: 20170101}\ncondition: s",
        "s: {registered|month: 4, registered|gte: 20170101}\ncondition: s",
        "s: {stage: mail, term: null}\nt: {term|fieldref: name}\ncondition: s and not t",
        "s: {term|fieldref: name}\nt: {term: x}\ncondition: s and not t",
        "s: {domain|startswith: en}\nt: {domain|endswith: fr}\ncondition: s and t",
        "a: {confidence|gt: 1}\nb: {stage: web}\ncondition: a or b",
        "s: ['login']\nt: ['login', 'x']\ncondition: s and not t",
    ],
)
def test_what_may_hold_is_not_doubted(tmp_path, detection):
    """Fields with several values meet several tests; what is not certain is possible."""
    assert never(condition(tmp_path, detection), KNOWN) == ""


@pytest.mark.parametrize(
    ("detection", "expected"),
    [
        ("s: {confidence|gte: 0}\ncondition: s", True),
        ("s: {domain: '*'}\ncondition: s", True),
        ("s: {stage: [mail, web]}\ncondition: s", True),
        ("s: {confidence|lt: 0.5}\nt: {confidence|gte: 0.4}\ncondition: s or t", True),
        ("s: {confidence|gte: 0.001}\ncondition: s", False),
        ("s: {age_days|gte: 0}\ncondition: s", False),
        ("s: {ns_domain: '*'}\ncondition: s", False),
        ("s: {stage: mail}\ncondition: s", False),
    ],
)
def test_what_always_holds_is_told(tmp_path, detection, expected):
    """For fields that every dossier has, and only for those."""
    assert always(condition(tmp_path, detection), KNOWN) is expected


def test_a_condition_too_large_to_write_out_is_not_doubted():
    """It would take too long, and nothing is said that is not certain."""
    either = [
        AnyOf((Compare("confidence", Op.GT, number), Text("term", (str(number),))))
        for number in range(2, 16)
    ]
    assert never(AllOf(tuple(either)), KNOWN) == ""
    assert never(AllOf((*either[:3], Exists("domain", exists=False))), KNOWN) != ""
    assert never(AnyOf((Exists("domain", exists=False), AllOf(tuple(either)))), KNOWN) == ""


leaves = st.one_of(
    st.builds(
        Compare,
        st.just("confidence"),
        st.sampled_from(list(Op)),
        st.sampled_from([-0.5, 0, 0.25, 0.5, 1, 1.5]),
    ),
    st.builds(
        Text,
        st.sampled_from(["stage", "ns_domain"]),
        st.sampled_from([("mail",), ("web",), (MANY, "a", MANY), ("m", MANY), (MANY,)]),
    ),
    st.builds(Exists, st.sampled_from(["stage", "ns_domain"]), st.booleans()),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(AllOf, st.tuples(inner, inner)),
        st.builds(AnyOf, st.tuples(inner, inner)),
    ),
    max_leaves=6,
)
held = st.fixed_dictionaries(
    {
        "confidence": st.sampled_from([0, 0.1, 0.25, 0.4, 0.5, 0.75, 1]),
        "stage": st.sampled_from(["mail", "web"]),
    },
    optional={"ns_domain": st.sampled_from(["mail", "web", "a", ("mail", "x"), "y"])},
)


@settings(max_examples=150)
@given(tree=trees, fields=held)
def test_doubts_are_never_wrong(tmp_path_factory, tree, fields):
    """Where a dossier meets a condition, or fails it, nobody says that none could."""
    holds = _judged(tmp_path_factory, tree, fields)
    if holds:
        assert never(tree, KNOWN) == ""
    else:
        assert not always(tree, KNOWN)


def _judged(tmp_path_factory, tree, fields):
    rules = book(tmp_path_factory.mktemp("rules"), rule("s: {name: x}\ncondition: s"))
    changed = replace(rules, rules=(replace(rules.rules[0], own=tree),))
    return bool(judge(changed, dossier(**fields)))
