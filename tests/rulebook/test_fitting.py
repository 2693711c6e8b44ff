"""What does not fit a field is told, in rules and in their tests, with the line and a hint."""

import pytest

from hunter.dossiers import rule_fields
from hunter.errors import YoursToFix
from hunter.rulebook import load
from hunter.rulebook.holdings import holdings
from tests.world.rulebooks import correlation, rule, selection

SOUND = rule(selection("name: x"))


def faults(folder, text):
    """What is wrong with a file, by the fields there are."""
    (folder / "one.yml").write_text(text, encoding="utf-8")
    try:
        load(folder, rule_fields())
    except YoursToFix as error:
        return error.faults
    return ()


@pytest.mark.parametrize(
    ("item", "message", "hint"),
    [
        ("asn|cidr: 10.0.0.0/8", "asn holds no addresses", "aaaa, host_address"),
        ("txt|cidr|neq: 10.0.0.0/8", "txt holds no addresses", "a, aaaa"),
        ("has_mx|month: 4", "has_mx holds no dates", "first_seen"),
        ("first_seen|hour: 4", "which have no hour", "registered_at"),
        ("registered|day: 32", "32 is no day", "1 to 31"),
        ("registered|month: 4.5", "4.5 is no month", "1 to 12"),
        ("registered|gte|month: 4", "'|month' comes first", "'|month|gte'"),
        ("tld: no", "YAML reads this as true or false", "'no'"),
        ("tld: [fr, no]", "YAML reads this as true or false", "'no'"),
        ("tld|contains: no", "YAML reads this as true or false", "'no'"),
        ("'|cidr': 10.0.0.0/8", "'|cidr' needs a field", "in front"),
        ("'|gte': 5", "'|gte' needs a field", "in front"),
        ("name|re|cased: x", "minds case already", "leave '|cased' out"),
        ("name|eq: x", "no modifier 'eq'", "leave it out"),
        ("name|in: [x, y]", "no modifier 'in'", "list the values"),
        ("name|regex: x", "no modifier 'regex'", "'re'"),
        ("ns|beginswith: x", "no modifier 'beginswith'", "'startswith'"),
        ("asn|less: 5", "no modifier 'less'", "'lt'"),
        ("asn|more: 5", "no modifier 'more'", "'gt'"),
        ("a|subnet: 10.0.0.0/8", "no modifier 'subnet'", "'cidr'"),
    ],
)
def test_what_a_field_cannot_be_asked(tmp_path, item, message, hint):
    """At the line of the item."""
    (found,) = faults(tmp_path, rule(selection(item)))
    assert found.where.startswith("line 10")
    assert message in found.message
    assert hint in found.hint


@pytest.mark.parametrize(
    "item",
    [
        "a|cidr: 10.0.0.0/8",
        "ioc_value|cidr: 2606:4700::/32",
        "registered|month|gte: 4",
        "registered_at|hour: [0, 23]",
        "first_seen|startswith: '2017'",
        "has_mx: true",
        "cdn|exists: true",
        "txt: 'true'",
    ],
)
def test_what_a_field_can_be_asked(tmp_path, item):
    """Nothing is said of what fits."""
    assert faults(tmp_path, rule(selection(item))) == ()


@pytest.mark.parametrize(
    ("held", "message", "hint"),
    [
        ("confidence: high", "confidence holds numbers", "without quotes"),
        ("confidence: '0.8'", "confidence holds numbers", "without quotes"),
        ("confidence: 80", "confidence cannot be 80", "0 to 1"),
        ("age_days: [3, -1]", "age_days cannot be -1", "0 or more"),
        ("has_mx: 'yes'", "has_mx is true or false", "true or false"),
        ("first_seen: '2017-03-01'", "first_seen holds days", "20170301"),
        ("first_seen: 20171301", "first_seen holds days", "20170301"),
        ("tld: no", "YAML reads this as true or false", "quotes"),
        ("unknown: [mx, has_xm]", "no field 'has_xm'", "'has_mx'"),
    ],
)
def test_what_a_test_cannot_say_of_a_field(tmp_path, held, message, hint):
    """At the line of the value, also in the lists of a correlation's dossiers."""
    dossier = f"domain: a.fr\n      {held}"
    (found,) = faults(tmp_path, rule(selection("name: x"), extra=_tests(f"- {dossier}")))
    assert (found.where[:8], message in found.message) == ("line 10,", True)
    assert hint in found.hint
    inner = dossier.replace("\n", "\n  ")
    (again,) = faults(tmp_path, rule(selection("name: x"), extra=_tests(f"- - {inner}")))
    assert (again.where[:8], again.message) == ("line 10,", found.message)


def _tests(listed):
    return f"tests:\n  match:\n    {listed}"


def test_what_a_test_can_say_of_a_field(tmp_path):
    """Lists, days, moments, numbers that are text elsewhere."""
    held = (
        "{domain: a.fr, confidence: 1, age_days: 0, asn: 13335, first_seen: 20170301, has_mx: no,"
        " registered_at: '2017-03-01T10:00:00Z', a: [193.29.187.40], unknown: [mx]}"
    )
    assert faults(tmp_path, rule(selection("name: x"), extra=_tests(f"- {held}"))) == ()


def test_the_fields_that_hold_addresses_and_moments():
    """The convention of meanings finds them, and no other."""
    known = holdings(rule_fields())
    assert {name for name, one in known.items() if one.moment} == {"registered_at"}
    assert {name for name, one in known.items() if one.address} == {
        "a",
        "aaaa",
        "host_address",
        "ioc_value",
        "ip_network",
        "origin_ip",
        "pdns_a",
        "tor_exit_address",
    }


def test_a_correlation_cannot_take_its_time_from_a_text(tmp_path):
    """It would never see an event."""
    block = "type: event_count\nrules: [one]\ngroup-by: [a]\ntimespan: 1d\ncondition: {gte: 2}"
    (found,) = faults(tmp_path, SOUND + "---\n" + correlation(block, extra="time: tld"))
    assert found.message == "'tld' holds no dates"
