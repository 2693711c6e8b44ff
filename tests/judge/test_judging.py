"""What single rules make of one dossier."""

import pytest

from hunter.judge import judge, verdicts
from hunter.model import Evidence, Level
from tests.world.rulebooks import book, dossier, rule, selection


def hits(tmp_path, detection, **fields):
    """Whether a rule with that detection matches a dossier with those fields."""
    return bool(judge(book(tmp_path, rule(detection)), dossier(**fields)))


@pytest.mark.parametrize(
    ("item", "value", "expected"),
    [
        ("name: en-marche.co", "EN-Marche.co", True),
        ("name: en-marche.co", "www.en-marche.co", False),
        ("name: 'en-*.co'", "en-marche.co", True),
        ("name: 'en-?????e.co'", "en-marche.co", True),
        ("name: 'EN-*e.co'", "en-MARCHE.co", True),
        ("name|cased: 'En-*e.co'", "En-marche.co", True),
        ("name|cased: 'En-*e.co'", "en-marche.co", False),
        ("name: 'en-????e.co'", "en-marche.co", False),
        ("name: 'en-?????e.co'", "en-marche.co.uk", False),
        ("name: 'en-?????e.co'", "www.en-marche.co", False),
        ("name|cased: En-marche.co", "En-marche.co", True),
        ("name|cased: En-marche.co", "en-marche.co", False),
        (r"name: 'en\*marche'", "en*marche", True),
        (r"name: 'en\*marche'", "en-marche", False),
        ("name|contains: MARCHE", "en-marche.co", True),
        ("name|startswith: en", "en-marche.co", True),
        ("name|startswith: marche", "en-marche.co", False),
        ("name|endswith: '.co'", "en-marche.co", True),
        ("name|endswith: en", "en-marche.co", False),
        ("name|contains|all: [en, che]", "en-marche.co", True),
        ("name|contains|all: [en, fr]", "en-marche.co", False),
        ("name|contains|cased: Marche", "en-marche.co", False),
        ("name|contains|cased: Marche", "en-Marche.co", True),
        ("name|re: '^en-.*[.]co$'", "en-marche.co", True),
        ("name|re: MARCHE", "en-marche.co", False),
        ("name|re|i: MARCHE", "en-marche.co", True),
        ("name|re: 'a.b'", "a\nb", False),
        ("name|re|s: 'a.b'", "a\nb", True),
        ("name|re|m: '^b$'", "a\nb", True),
        ("name|re: '^b$'", "a\nb", False),
        ("name: '*'", "", True),
        ("name: ''", "", True),
        ("name: ''", "x", False),
        ("name|contains: É", "démarché", True),
        ("name|startswith: ΜΑΚΡΟΣ", "ΜΑΚΡΟΣΚΕΛΗΣ", True),
        ("name|contains: ΜΑΚΡΟΣ", "ο μακροσκελης", True),
        ("name: 'μακρο?*'", "ΜΑΚΡΟΣ", True),
        ("txt|base64: marche", "bWFyY2hl", True),
        ("txt|base64offset|contains: marche", "xxxxYm1hcmNoZQ==", True),
        ("txt|wide|base64offset|contains: don", "ZABvAG4A", True),
        ("txt|utf16le|base64offset|contains: don", "ZABvAG4A", True),
        ("txt|contains|windash: ' -all'", "v=spf1 /all", True),
        ("a|cidr: 193.29.187.0/24", "193.29.187.40", True),
        ("a|cidr: 193.29.187.0/24", "193.29.188.40", False),
        ("a|cidr: 193.29.187.0/24", "193.29.186.255", False),
        ("a|cidr: 193.29.187.0/24", "193.29.187.0", True),
        ("a|cidr: 193.29.187.0/24", "193.29.187.255", True),
        ("a|cidr: 193.29.0.0/16", "193.29.187.0/24", True),
        ("a|cidr: 193.29.187.0/24", "193.29.0.0/16", False),
        ("a|cidr: 2606:4700::/32", "2606:4700::6812:2801", True),
        ("a|cidr: 0.0.0.0/0", "::1", False),
        ("a|cidr: 193.29.187.0/24", "::ffff:193.29.187.40", True),
        ("a|cidr: 193.29.187.0/24", "::ffff:193.29.188.40", False),
        ("a|cidr: 0.0.0.0/0", "::fffe:0:0/95", False),
        ("a|cidr: 193.29.0.0/24", "::ffff:193.29.0.0/112", False),
        ("a|cidr: '::ffff:0:0/96'", "::ffff:193.29.187.40", True),
        ("a|cidr: 0.0.0.0/0", "no address", False),
        ("asn: 51177", 51177, True),
        ("asn: 51177", "51177", True),
        ("asn: '51177'", 51177, True),
        ("asn: 1", True, False),
        ("confidence|gte: 0.5", 0.5, True),
        ("confidence|gt: 0.5", 0.5, False),
        ("confidence|lt: 0.5", 0.4, True),
        ("confidence|lte: 0.5", 0.6, False),
        ("confidence|gte: 0.5", "0.9", False),
        ("confidence|gte: 0", True, False),
        ("has_mx: true", True, True),
        ("has_mx: true", False, False),
        ("has_mx: false", False, True),
        ("has_mx|cased: 'true'", True, True),
        ("registered|year: 2017", 20170412, True),
        ("registered|month|gte: 5", 20170412, False),
        ("registered|month|gte: 5", "in May", False),
        ("registered_at|hour: 13", "2017-04-12T13:05:00Z", True),
        ("registered_at|week: 15", "2017-04-12T13:05:00Z", True),
        ("registered|hour: 0", 20170412, False),
        ("registered_at|hour: 0", "2017-04-12", False),
        ("registered|year: 2017", "not a date", False),
    ],
)
def test_a_test_on_one_value(tmp_path, item, value, expected):
    """Each modifier means what the specification says."""
    field = item.partition(":")[0].partition("|")[0]
    assert hits(tmp_path, selection(item), **{field: value}) is expected


def test_neq_is_a_negation(tmp_path):
    """`neq` holds when no value is the one named, so also when there is none."""
    item = "selection:\n  name|neq: [en-marche.fr, x.fr]\n  has_mx: true\ncondition: selection"
    assert hits(tmp_path, item, has_mx=True, name="en-marche.co")
    assert hits(tmp_path, item, has_mx=True)
    assert not hits(tmp_path, item, has_mx=True, name=("en-marche.co", "X.fr"))


def test_any_value_of_a_list_will_do(tmp_path):
    """A test on a field with several values holds when it holds for one of them."""
    assert hits(tmp_path, selection("ns_domain: monovm.com"), ns_domain=("a.b", "monovm.com"))
    assert hits(tmp_path, selection("asn|gte: 10"), asn=(1, 12))
    assert hits(tmp_path, selection("asn|lt: 10"), asn=(1, 12))


def test_values_are_not_matched_across(tmp_path):
    """What stands at the end of one value and the start of the next is no match."""
    assert not hits(tmp_path, selection("name|contains: 'b.cd'"), name=("a.b", ".cd", "cd"))
    assert not hits(tmp_path, selection("name: ''"), name=("a", "b"))


def test_all_may_be_met_by_different_values(tmp_path):
    """Each value of an `all` list may be met by another value of the field."""
    item = selection("name|contains|all: [mail, drive]")
    assert hits(tmp_path, item, name=("mail.x.fr", "drive.x.fr"))


def test_not_speaks_of_the_field_as_a_whole(tmp_path):
    """`not` holds only when no value at all matches."""
    detection = "known: {ns_domain: ovh.net}\nlook: {name: x.fr}\ncondition: look and not known"
    assert not hits(tmp_path, detection, name="x.fr", ns_domain=("ovh.net", "evil.net"))
    assert hits(tmp_path, detection, name="x.fr", ns_domain=("evil.net",))


def test_a_missing_field_fails_a_test_and_passes_its_negation(tmp_path):
    """Sigma's semantics: what is not there matches nothing, so `not` on it is true."""
    detection = "known: {ns_domain: ovh.net}\nlook: {name: x.fr}\ncondition: look and not known"
    assert hits(tmp_path, detection, name="x.fr")
    assert not hits(tmp_path, selection("ns_domain: ovh.net"), name="x.fr")


def test_a_rule_can_tell_unknown_from_absent(tmp_path):
    """The field `unknown` holds the names of the fields that could not be found out."""
    detection = selection("unknown: a") + " and not held\nheld: {has_mx: true}"
    rules = book(tmp_path, rule(detection))
    assert judge(rules, dossier(unknown={"a": "time-out"}))
    assert not judge(rules, dossier())


@pytest.mark.parametrize(
    ("item", "present", "absent"),
    [
        ("ns_domain|exists: true", True, False),
        ("ns_domain|exists: false", False, True),
        ("ns_domain: null", False, True),
    ],
)
def test_existence(tmp_path, item, present, absent):
    """`exists` and null ask whether there is a value; an empty list is none."""
    detection = f"selection:\n  {item}\n  name: x\ncondition: selection"
    assert hits(tmp_path, detection, name="x", ns_domain=("a.b",)) is present
    assert hits(tmp_path, detection, name="x") is absent
    assert hits(tmp_path, detection, name="x", ns_domain=()) is absent


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("registrant_name|fieldref: as_name", True),
        ("registrant_email|fieldref: as_name", False),
        ("term|fieldref: as_name", False),
        ("term|fieldref|endswith: as_name", True),
        ("registrant_email|fieldref|startswith: as_name", True),
        ("registrant_email|fieldref|endswith: as_name", False),
        ("txt|fieldref|contains: as_name", True),
        ("txt|fieldref|startswith: as_name", False),
        ("registrant_name|fieldref|contains: registrant_email", False),
        ("txt|fieldref: ns_domain", False),
    ],
)
def test_one_field_against_another(tmp_path, item, expected):
    """`fieldref` compares with the values of another field, without case."""
    fields = {
        "registrant_name": "JOHN",
        "as_name": ("other", "john"),
        "registrant_email": "john@mail.com",
        "term": "mail.john",
        "txt": "by john himself",
    }
    assert hits(tmp_path, selection(item), **fields) is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("sel_a and sel_b", False),
        ("sel_a or sel_b", True),
        ("1 of sel_*", True),
        ("any of sel_*", True),
        ("all of sel_*", False),
        ("all of them", False),
        ("1 of them and not sel_b", True),
        ("not (sel_b or other) and sel_a", True),
        ("not not sel_a and 1 of them", True),
    ],
)
def test_conditions(tmp_path, condition, expected):
    """Selections are joined as written."""
    detection = "sel_a: {name: x}\nsel_b: {name: y}\nother: {name: z}\ncondition: "
    unused = "" if "them" in condition or "other" in condition else " or other"
    assert hits(tmp_path, detection + f"({condition}){unused}", name="x") is expected


def test_keywords_are_looked_for_in_every_field(tmp_path):
    """A list without fields searches all values but the names of unknown fields."""
    rules = book(tmp_path, rule("words: [PINCH, 51177]\ncondition: words"))
    (found,) = judge(rules, dossier(registrant_email="johnpinch@mail.com", name="x"))
    assert found.evidence == (Evidence("registrant_email", "johnpinch@mail.com"),)
    assert judge(rules, dossier(asn=51177))
    assert not judge(rules, dossier(unknown={"pinch": "time-out"}))


def test_keywords_are_looked_for_in_each_value(tmp_path):
    """Whatever its case, in each of several; not across two of them."""
    fields = {"name": "x", "ns_domain": ("a.net", "MONOvm.com"), "txt": ("one", "two")}
    for words, expected in (
        ("[monovm]", True),
        ("[MONOVM]", True),
        ("[onetwo]", False),
        ("{'|cased': [MONOvm]}", True),
        ("{'|cased': [monovm]}", False),
    ):
        assert hits(tmp_path, f"s: {words}\ncondition: s", **fields) is expected


def test_keywords_with_modifiers(tmp_path):
    """A keyword may be a regular expression, and all may be wanted."""
    assert hits(tmp_path, "w: {'|re': 'p[i]nch'}\ncondition: w", name="johnpinch")
    assert not hits(tmp_path, "w: {'|all': [pinch, carrion]}\ncondition: w", name="johnpinch")


def test_several_conditions_are_alternatives(tmp_path):
    """A list of conditions matches when one of them does."""
    detection = "a: {name: x}\nb: {name: y}\ncondition:\n  - a\n  - b"
    assert hits(tmp_path, detection, name="y")


def test_verdicts_tell_first_what_fires(tmp_path):
    """Whoever asks why looks there first, however grave what does not fire."""
    quiet = rule(selection("name: y"), "quiet").replace("medium", "critical")
    rules = book(tmp_path, quiet, rule(selection("name: x"), "loud"))
    found = verdicts(rules, dossier(name="x"))
    assert [(one.header.name, one.fires) for one in found] == [("loud", True), ("quiet", False)]


def test_verdicts_say_why(tmp_path):
    """What each rests on, or what stands in its way."""
    rules = book(
        tmp_path,
        rule(selection("name: x"), "one"),
        rule("words: [nowhere]\ncondition: words", "two"),
    )
    found = {one.header.name: one.why for one in verdicts(rules, dossier(name="x"))}
    assert found["one"] == ("name is 'x'",)
    (missing,) = found["two"]
    assert missing.endswith("does not hold: no field holds it")


def test_that_there_is_a_value_is_evidence(tmp_path):
    """That there is none is not: there is nothing to show."""
    detection = "s: {ns_domain|exists: true, txt|exists: false}\ncondition: s"
    (found,) = judge(book(tmp_path, rule(detection)), dossier(ns_domain="a.net"))
    assert found.evidence == (Evidence("ns_domain", "a.net"),)


def test_evidence_of_two_fields_is_what_they_share(tmp_path):
    """Not the other values of the one, and nothing twice."""
    rules = book(tmp_path, rule(selection("ns_domain|fieldref: txt")))
    (found,) = judge(rules, dossier(ns_domain=("a.net", "B.net", "c.net"), txt=("b.net", "x")))
    assert found.evidence == (Evidence("ns_domain", "B.net"),)


def test_evidence_is_what_matched_and_nothing_else(tmp_path):
    """Only the values that matched, of the branches that matched, each once, as they were."""
    detection = """\
either:
  - {ns_domain|endswith: .com, confidence|gte: 0.5}
  - {name: nowhere, technique: tld-swap}
again: {ns_domain|contains: MONOVM}
ruled_out: {name: y}
condition: either and again and not ruled_out"""
    rules = book(tmp_path, rule(detection))
    fields = {"ns_domain": ("Monovm.com", "a.net"), "confidence": 0.7, "technique": "tld-swap"}
    (found,) = judge(rules, dossier(**fields))
    assert set(found.evidence) == {Evidence("ns_domain", "Monovm.com"), Evidence("confidence", 0.7)}


def test_a_finding_carries_what_people_need(tmp_path):
    """Level, score, wording, tags, references and false positives come from the rule."""
    extra = """\
wording: consistent with a test
tags: [attack.t1583.001]
references: ['https://example.org/']
falsepositives: [Tests]"""
    (found,) = judge(book(tmp_path, rule(selection("name: x"), extra=extra)), dossier(name="x"))
    assert (found.level, found.score, found.title) == (Level.MEDIUM, 10, "Rule one")
    assert found.wording == "consistent with a test"
    assert found.tags == ("attack.t1583.001",)
    assert found.references == ("https://example.org/",)
    assert found.false_positives == ("Tests",)


def test_the_gravest_finding_comes_first(tmp_path):
    """Findings are ordered by level, then by score."""
    mild = rule(selection("name: x"), "mild").replace("level: medium", "level: low")
    grave = rule(selection("name: x"), "grave").replace("level: medium", "level: high")
    found = judge(
        book(tmp_path, mild, rule(selection("name: x"), "middle"), grave), dossier(name="x")
    )
    assert [str(one.level) for one in found] == ["high", "medium", "low"]


def test_filters_silence_the_rules_they_name(tmp_path):
    """A filter is joined to its rules and to no other."""
    silencer = """\
title: Supermarkets
logsource: {product: hunter, category: domain}
filter:
  rules: [one]
  selection: {name|contains: supermarche}
  condition: not selection"""
    one, two = rule(selection("name|contains: marche")), rule(selection("name: '*'"), "two")
    rules = book(tmp_path, one, two, silencer)
    assert [found.title for found in judge(rules, dossier(name="supermarche.fr"))] == ["Rule two"]
    assert len(judge(rules, dossier(name="marche.fr"))) == 2
    assert [[one.header.title for one in rule.filters] for rule in rules.rules] == [
        ["Supermarkets"],
        [],
    ]


def test_hostile_values_are_judged_like_others(tmp_path):
    """Lone surrogates, separators, NUL and very long values raise nothing and leak into nothing."""
    rules = book(tmp_path, rule("a: {name|re: 'x+$'}\nb: {name: 'a?c'}\ncondition: a or b"))
    for value in ("\udc80x", "\x00x", "\ufdd0x", "x" * 1_000_000, "a\udc80c"):
        assert judge(rules, dossier(name=value))
    assert not judge(rules, dossier(name="\ufdd0"))


def test_a_pattern_that_would_hang_others_is_answered(tmp_path):
    """RE2 takes linear time where a backtracking engine would not come back."""
    assert not hits(tmp_path, selection("name|re: '^(a+)+$'"), name="a" * 5000 + "!")
    assert not hits(tmp_path, selection("name: '*a*a*a*a*a*a*a*b'"), name="a" * 5000)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("en-marche",), {"^en-", "marche$", "not"}),
        (("a", "x\nb"), {"(?m)^b$"}),
        (("webmail.fr", "en"), {"(?i)MAIL", "not"}),
        (("quiet.fr",), {"not"}),
        ((), {"not"}),
    ],
)
def test_many_expressions_over_one_field_are_told_apart(tmp_path, values, expected):
    """What is asked of all at once is asked of each before it counts, for each value apart."""
    expressions = ("^en-", "marche$", "(?m)^b$", "dr.ve", "(?i)MAIL")
    rules = book(
        tmp_path,
        *(rule(selection(f"name|re: '{one}'"), one) for one in expressions),
        rule("s: {name|re: '^x'}\nt: {term: y}\ncondition: not s and t", "not"),
    )
    found = judge(rules, dossier(name=values, term="y"))
    assert {one.title.removeprefix("Rule ") for one in found} == expected


def test_expressions_too_large_for_one_pass_are_tried_one_by_one(tmp_path):
    """RE2 refuses an alternation that grows too large; no rule goes silent for that."""
    large = [rf"^a{number}$|\pL{{200}}{number}y" for number in range(12)]
    rules = book(tmp_path, *(rule(selection(f"name|re: '{one}'"), one) for one in large))
    assert len(judge(rules, dossier(name="a7"))) == 1
    assert judge(rules, dossier(name="c")) == ()


@pytest.mark.parametrize(
    ("item", "other", "value"),
    [
        ("ns_domain: monovm.com", "ns_domain: MonoVM.com", "monovm.com"),
        ("ns_domain|endswith: vm.com", "ns_domain|endswith: '.com'", "monovm.com"),
    ],
)
def test_each_of_several_rules_that_ask_the_same_of_a_field_matches(tmp_path, item, other, value):
    """Also when one writes it in capitals."""
    rules = book(tmp_path, rule(selection(item), "one"), rule(selection(other), "two"))
    assert len(judge(rules, dossier(ns_domain=value))) == len(("one", "two"))


@pytest.mark.parametrize(
    ("item", "other"),
    [
        ("ns_domain: monovm.com", "ns_domain: gandi.net"),
        ("ns_domain|endswith: vm.com", "ns_domain|endswith: '.net'"),
    ],
)
def test_a_finding_rests_on_what_its_own_rule_asks_for(tmp_path, item, other):
    """Another rule asks for another value of the field, and has its own finding."""
    rules = book(tmp_path, rule(selection(item), "one"), rule(selection(other), "two"))
    (alone,) = judge(rules, dossier(ns_domain="monovm.com"))
    both = judge(rules, dossier(ns_domain=("gandi.net", "monovm.com")))

    monovm, gandi = (Evidence("ns_domain", value) for value in ("monovm.com", "gandi.net"))
    assert alone.evidence == (monovm,)
    assert {one.evidence for one in both} == {(monovm,), (gandi,)}
