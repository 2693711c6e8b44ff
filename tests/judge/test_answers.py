"""Tests on one field that answer together say what each says alone."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hunter.judge import judge
from hunter.model import Evidence
from tests.world.rulebooks import book, dossier, rule, selection

TESTS = (
    {"term": "1"},
    {"term": "a*b"},
    {"term": "*"},
    {"term|contains": "b"},
    {"term|contains": ["0.", "true"]},
    {"term|startswith": ["-", "a"]},
    {"term|endswith": ["b", "0"]},
    {"term|startswith": "ax"},
    {"term|endswith": "xb"},
    {"term|cased": "A1"},
    {"term|contains|cased": "B"},
    {"term|endswith|cased": "B"},
    {"term|re": "^[a-z]+$"},
    {"term|re": "^$"},
    {"term|re": "[0-9]"},
    {"term|gte": 1},
    {"term|lt": 0.5},
    {"term": 1},
    {"term": True},
    {"term|cidr": "10.0.0.0/8"},
    {"term|exists": True},
    {"term|exists": False},
    {"term|year": 2017},
    {"term|fieldref": "technique"},
)
VALUES = st.one_of(
    st.sampled_from(
        ["", "a", "A1", "ab", "aB", "axb", "1", "0.0", "10.1.2.3", "20170412", "b" * 300]
    ),
    st.sampled_from([0, 1, 20170412, 0.0, -0.0, 1.0, 0.25, True, False]),
)


def rule_of(number: int) -> str:
    """The rule that makes the test of that number, of a dossier that has a name."""
    asked = json.dumps(TESTS[number])
    return rule(f"s: {asked}\nn: {{name: x}}\ncondition: s and n", f"number{number}")


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """A rulebook with all tests, and one for each of them."""
    texts = [rule_of(number) for number in range(len(TESTS))]
    alone = [book(tmp_path_factory.mktemp("rule"), text) for text in texts]
    return book(tmp_path_factory.mktemp("rules"), *texts), alone


@settings(max_examples=100, deadline=None)
@given(st.lists(VALUES, max_size=3))
def test_together_they_say_what_each_says_alone(books, values):
    """For values of all types, in whatever order they come and although they are remembered."""
    together, each = books
    one = dossier(name="x", technique="ab", term=tuple(values))
    alone = {finding.title: finding for rules in each for finding in judge(rules, one)}
    assert {finding.title: finding for finding in judge(together, one)} == alone


def test_true_is_not_one_nor_what_is_written_otherwise_the_same(tmp_path):
    """Values that Python takes for equal are remembered apart."""
    rules = book(
        tmp_path,
        rule(selection("term: true"), "truth"),
        rule(selection("term: 1"), "one"),
        rule(selection("term|startswith: '-'"), "minus"),
    )

    def met(value):
        return [one.title.removeprefix("Rule ") for one in judge(rules, dossier(term=value))]

    assert [met(value) for value in (1, True, 1, 0.0, -0.0)] == [
        ["one"],
        ["truth"],
        ["one"],
        [],
        ["minus"],
    ]


def test_what_is_remembered_is_bounded_and_stays_true(tmp_path):
    """Thousands of values come and go; the first is answered as before."""
    rules = book(tmp_path, rule(selection("term|endswith: '7'")))
    for _ in range(2):
        hits = [number for number in range(3000) if judge(rules, dossier(term=f"t{number}"))]
        assert hits == list(range(7, 3000, 10))


def test_of_several_values_only_those_are_evidence_that_met_a_test(tmp_path):
    """The tests of one list are asked together, and told in the order of the list."""
    rules = book(tmp_path, rule(selection("term|contains: [b, a]")))
    (found,) = judge(rules, dossier(term=("xa", "y", "xb")))
    assert found.evidence == (Evidence("term", "xb"), Evidence("term", "xa"))
