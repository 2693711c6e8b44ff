"""The rules' own tests: run, and told with what stood in the way."""

import pytest

from hunter.judge import failures, trials
from tests.world.rulebooks import book, correlation, rule

DETECTION = """
near: {confidence|gte: 0.5}
words:
  - name|contains: [mail, drive]
  - txt|re: '^v=spf'
known: {registrant_email: it@en-marche.fr}
condition: near and words and not known
"""


def tried(tmp_path, *lines):
    """The rule above with these tests."""
    extra = "\n".join(["tests:", *(f"  {line}" for line in lines)])
    return book(tmp_path, rule(DETECTION, extra=extra))


def told(rules):
    """The failures in words, without their place."""
    return [str(one).partition(": ")[2].partition(": ")[2] for one in failures(rules)]


def test_tests_that_come_out_as_told_are_no_failures(tmp_path):
    """Each is run, and passes."""
    rules = tried(
        tmp_path,
        "match: [{domain: a.fr, confidence: 0.8, name: mail.a.fr}]",
        "no_match: [{domain: b.fr, confidence: 0.8, name: b.fr}]",
    )
    assert [one.passed for one in trials(rules)] == [True, True]
    assert failures(rules) == ()


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (
            "confidence: 0.3, name: mail.a.fr",
            "confidence|gte: 0.5 does not hold: confidence is 0.3",
        ),
        ("name: mail.a.fr", "confidence|gte: 0.5 does not hold: there is no confidence"),
        (
            "name: mail.a.fr, unknown: [confidence]",
            "confidence|gte: 0.5 does not hold: confidence could not be found out",
        ),
        (
            "confidence: 0.8, name: mail.a.fr, registrant_email: it@en-marche.fr",
            "'not' rules it out: registrant_email is 'it@en-marche.fr'",
        ),
    ],
)
def test_a_rule_that_does_not_match_says_what_stood_in_the_way(tmp_path, written, reason):
    """The part of the condition, and what the dossier has instead."""
    rules = tried(tmp_path, f"match: [{{domain: a.fr, {written}}}]")
    assert told(rules) == [f"'Rule one' does not match a.fr\n    {reason}"]


def test_alternatives_are_told_together(tmp_path):
    """None of them was met."""
    (failure,) = failures(tried(tmp_path, "match: [{domain: a.fr, confidence: 0.8, name: a.fr}]"))
    (reason,) = failure.why
    assert "name|contains: 'mail' does not hold: name is 'a.fr'; or " in reason
    assert "txt|re: '^v=spf' does not hold: there is no txt" in reason


def test_a_rule_that_matches_says_on_what(tmp_path):
    """With the line of the test in its file."""
    rules = tried(tmp_path, "no_match: [{domain: a.fr, confidence: 0.8, name: mail.a.fr}]")
    (failure,) = failures(rules)
    assert failure.why == ("confidence is 0.8", "name is 'mail.a.fr'")
    assert ": 'Rule one' matches a.fr\n    confidence is 0.8\n" in str(failure)
    assert failure.sample.where.endswith("0.yml: line 8, tests.no_match.0")


FILTER = """\
title: Ours
logsource: {product: hunter, category: domain}
filter:
  rules: any
  ours: {registrant_email: it@en-marche.fr}
  condition: not ours
tests:
  match: [{domain: a.fr, registrant_email: %s}]
  no_match: [{domain: b.fr, registrant_email: %s}]
"""


def test_what_is_ruled_out_by_a_missing_value_is_told_as_it_is_asked(tmp_path):
    """There is no value to show."""
    text = rule(
        "s: {name: '*'}\nt: {term: null}\ncondition: s and not t",
        extra="tests: {match: [{domain: a.fr, name: a.fr}]}",
    )
    assert told(book(tmp_path, text)) == [
        "'Rule one' does not match a.fr\n    'not' rules it out: term|exists: false"
    ]


def test_a_filter_matches_what_it_leaves_out(tmp_path):
    """Its tests are run too."""
    any_name = rule("s: {name: '*'}\ncondition: s")
    rules = book(tmp_path, any_name, FILTER % ("it@en-marche.fr", "j@mail.com"))
    assert [one.passed for one in trials(rules)] == [True, True]
    rules = book(tmp_path, any_name, FILTER % ("j@mail.com", "it@en-marche.fr"))
    assert [one.why for one in failures(rules)] == [
        ("registrant_email: 'it@en-marche.fr' does not hold: registrant_email is 'j@mail.com'",),
        ("'not' rules it out: registrant_email is 'it@en-marche.fr'",),
    ]
    assert ["lets pass a.fr" in str(one) for one in failures(rules)] == [True, False]
    assert ["leaves out b.fr" in str(one) for one in failures(rules)] == [False, True]


def test_a_rule_that_a_filter_silences_names_the_filter(tmp_path):
    """Its own condition holds; the filter is why it keeps quiet."""
    tested = "tests: {match: [{domain: a.fr, name: a.fr, registrant_email: it@en-marche.fr}]}"
    silenced = rule("s: {name: '*'}\ncondition: s", extra=tested)
    rules = book(tmp_path, silenced, FILTER % ("it@en-marche.fr", "j@mail.com"))
    (failure,) = failures(rules)
    (reason,) = failure.why
    assert reason.startswith(
        "the filter 'Ours' leaves it out: 'not' rules it out: registrant_email"
    )


def test_a_correlation_says_which_rules_matched_what(tmp_path):
    """So that one sees which of the dossiers did not count."""
    dossiers = "- - {domain: a.fr, name: a.fr, term: x}\n      - {domain: b.fr, name: b.fr}"
    rules = book(
        tmp_path,
        rule("s: {name: '*'}\ncondition: s", "named"),
        rule("s: {txt: '*'}\ncondition: s", "texts"),
        correlation(
            "type: temporal\nrules: [named, texts]\ngroup-by: [term]\ntimespan: 3d",
            extra=f"tests:\n  match:\n    {dossiers}",
        ),
    )
    (failure,) = failures(rules)
    assert failure.why == ("'named' matches a.fr, b.fr", "'texts' matches none of them")


def test_each_correlation_is_tried_by_itself(tmp_path):
    """What another makes of the same dossiers does not count."""
    one = "type: event_count\nrules: [named]\ngroup-by: [term]\ntimespan: 3d\ncondition: {gte: %s}"
    a, b = (f"{{domain: {domain}, name: {domain}, term: x}}" for domain in ("a.fr", "b.fr"))
    tested = f"tests: {{match: [[{a}, {b}]], no_match: [[{a}]]}}"
    rules = book(
        tmp_path,
        rule("s: {name: '*'}\ncondition: s", "named"),
        correlation(one % 1, "any"),
        correlation(one % 2, "several", extra=tested),
        correlation(one % 3, "many"),
    )
    assert [trial.passed for trial in trials(rules)] == [True, True]
