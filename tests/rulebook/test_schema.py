"""The JSON schema for editors accepts what the loader accepts, and catches what people mistype."""

import re
from pathlib import Path

import pytest
import yaml

from hunter.dossiers import rule_fields
from hunter.rulebook.schema import schema
from tests.world.json_schema import complaints
from tests.world.rulebooks import correlation, rule

ROOT = Path(__file__).parents[2]
SCHEMA = schema(rule_fields())
EXAMPLES = re.findall(
    r"^```yaml\n(.*?)^```", (ROOT / "docs/rules.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)
SHIPPED = [path.read_text("utf-8") for path in sorted((ROOT / "rules").glob("*.yml"))]


@pytest.mark.parametrize("text", [*SHIPPED, *EXAMPLES], ids=lambda text: text.splitlines()[0])
def test_sound_rules_are_accepted(text):
    """The pack, and every example of the documentation."""
    for document in yaml.safe_load_all(text):
        assert complaints(document, SCHEMA) == []


GOOD = rule("s: {confidence|gte: 0.5}\ncondition: s", extra="status: test")
COUNTED = correlation(
    "type: event_count\nrules: [one]\ngroup-by: [a]\ntimespan: 3d\ncondition: {gte: 2}"
)


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        (GOOD, "confidnce", "confidence"),
        (GOOD, "confidence|gtee", "confidence|gte"),
        (GOOD, "level: hihg", "level: medium"),
        (GOOD, "status: tested", "status: test"),
        (GOOD, "score: 101", "score: 10"),
        (GOOD, "score: 'ten'", "score: 10"),
        (GOOD, "id: one", re.search(r"id: .*", GOOD)[0]),
        (GOOD, "product: windows", "product: hunter"),
        (GOOD, "{registered|gte: '2017-03-01'}", "{confidence|gte: 0.5}"),
        (GOOD, "", "  condition: s"),
        (GOOD, "condition: s\n  x: {}", "condition: s"),
        (GOOD, "detected:", "detection:"),
        (COUNTED, "event_cuont", "event_count"),
        (COUNTED, "timespan: 3 days", "timespan: 3d"),
        (COUNTED, "{gtee: 2}", "{gte: 2}"),
        (COUNTED, "grouped-by", "group-by"),
    ],
)
def test_slips_are_caught_while_one_types(text, wrong, right):
    """The sound text passes; with the slip in it, the editor underlines it."""
    assert complaints(yaml.safe_load(text), SCHEMA) == []
    assert right in text
    assert complaints(yaml.safe_load(text.replace(right, wrong)), SCHEMA) != []


@pytest.mark.parametrize(
    ("tests", "good"),
    [
        ("{match: [{domain: a.fr, has_mx: true, at: 20170413}]}", True),
        ("{no_match: [[{domain: a.fr}, {domain: b.fr, asn: [1, 2]}]]}", True),
        ("{match: [{domain: a.fr, hasmx: true}]}", False),
        ("{match: [{has_mx: true}]}", False),
        ("{match: [{domain: a.fr, has_mx: 'yes'}]}", False),
        ("{matches: [{domain: a.fr}]}", False),
    ],
)
def test_the_tests_of_rules_are_checked_too(tests, good):
    """Fields, and what they hold."""
    text = rule("s: {term: x}\ncondition: s", extra=f"tests: {tests}")
    assert (complaints(yaml.safe_load(text), SCHEMA) == []) is good


def test_fields_are_offered_with_their_meanings():
    """And with the modifiers that suit them."""
    offered = SCHEMA["definitions"]["fields"]["properties"]
    assert offered["has_mx"]["description"].startswith("whether it can receive mail")
    assert "confidence|gte" in offered
    assert "name|contains" in offered
    assert "has_mx|contains" not in offered
