"""Mistakes that left a set sound, and did something else than was meant."""

import pytest

from hunter.errors import YoursToFix
from tests.world.rulebooks import book, rule, selection

SOUND = rule(selection("name: x"))
FILTER = """\
title: What is left out
logsource: {product: hunter, category: domain}
filter:
  rules: [one]
  known: {name: y}
  condition: not known
"""


def fault(tmp_path, *documents):
    """The one thing that is wrong with these documents."""
    with pytest.raises(YoursToFix) as raised:
        book(tmp_path, *documents)
    (found,) = raised.value.faults
    return found


def test_a_filter_whose_last_rule_was_taken_out_silences_no_other(tmp_path):
    """An empty list names no rule: `any` means all of them, and nothing else does."""
    found = fault(tmp_path, SOUND, FILTER.replace("[one]", "[]"))
    assert found.where == "line 4, filter.rules"
    assert "does not say to which rules" in found.message
    assert "rules: any" in found.hint


@pytest.mark.parametrize(
    "block",
    [
        "filter: {rules: any, known: {name: y}, condition: not known}\n",
        "correlation: {type: temporal, rules: [two], group-by: [name], timespan: 1d}\n",
    ],
    ids=["filter", "correlation"],
)
def test_two_blocks_in_one_document_are_told_apart(tmp_path, block):
    """Without `---` between them one would count and the other never be looked at."""
    found = fault(tmp_path, SOUND + block, rule(selection("name: x"), "two"))
    assert found.where.startswith("line 12, ")
    assert "in one document" in found.message
    assert "'---'" in found.hint


@pytest.mark.parametrize("written", ["{domain: a.example}", "a.example", ""])
def test_tests_that_are_no_list_are_told(tmp_path, written):
    """Without the dash they would never be run, and the rule be taken for tested."""
    found = fault(tmp_path, f"{SOUND}tests:\n  match: {written}\n")
    assert (found.where, found.message) == ("line 13, tests.match", "is no list of dossiers")
    assert "a dash before each" in found.hint


def test_a_test_without_a_dossier_is_told(tmp_path):
    """It could not be run."""
    found = fault(tmp_path, f"{SOUND}tests:\n  match: [[]]\n")
    assert (found.where, found.message) == ("line 13, tests.match.0", "is no dossier")


@pytest.mark.parametrize("condition", ["all of them", "1 of *", "all of s* or s"])
def test_a_selection_that_a_pattern_passes_over_is_unused(tmp_path, condition):
    """What begins with `_` is meant by its name or by a pattern that begins so, and by no other."""
    text = "s: {{name: x}}\n_s: {{term: y}}\ncondition: {}"
    found = fault(tmp_path, rule(text.format(condition)))
    assert (found.where, found.message) == (
        "line 10, detection._s",
        "is never used in the condition",
    )
    assert "'them' and '*' pass over" in found.hint
    for sound in ("all of them and _s", "s or 1 of _*"):
        assert book(tmp_path, rule(text.format(sound)))


def test_them_needs_a_selection_that_it_means(tmp_path):
    """The message names the word, and the place is the condition's."""
    found = fault(tmp_path, rule("_s: {name: x}\ncondition: 1 of them"))
    assert (found.where, found.message) == (
        "line 10, detection.condition",
        "names 'them', which is no selection",
    )


@pytest.mark.parametrize("selection", ["name:y", "\n  - term: z\n  - name:y"])
def test_a_test_without_the_space_behind_its_colon_is_no_keyword(tmp_path, selection):
    """YAML reads `name:y` as one text; who means the text writes it with stars."""
    text = "s: {{term: x}}\nt: {}\ncondition: s and t"
    found = fault(tmp_path, rule(text.format(selection)))
    assert found.message.startswith("'name:y' is looked for as a word in every field")
    assert "a space behind the colon" in found.hint
    assert book(tmp_path, rule(text.format("'*name:y*'")))


@pytest.mark.parametrize("keyword", ["''", "['']", "'*'", "[x, '**']", "", "[x, null]"])
def test_a_keyword_that_is_in_everything_is_told(tmp_path, keyword):
    """The empty text is in every value, and so the rule would match every domain."""
    found = fault(tmp_path, rule(f"s: {keyword}\ncondition: s"))
    assert found.where.startswith("line 9, detection.s")
    assert found.message == "asks for nothing"


def test_fields_that_stand_beside_their_selection_are_told_where_they_belong(tmp_path):
    """One step too far to the left they are selections, and theirs is empty."""
    with pytest.raises(YoursToFix) as raised:
        book(tmp_path, rule("s:\nname: x\ncondition: s"))
    empty, beside = raised.value.faults
    assert (empty.where, empty.message) == ("line 9, detection.s", "asks for nothing")
    assert beside.where == "line 10, detection.name"
    assert beside.hint.startswith("indent it more")


@pytest.mark.parametrize("name", ["sélection", "sel.a", "sel a"])
def test_a_selection_has_a_name_that_conditions_can_say(tmp_path, name):
    """One fault of the name, and none of the pieces that the condition falls into."""
    found = fault(tmp_path, rule(f"{name}: {{name: x}}\ncondition: {name}"))
    assert (found.where, found.message) == (
        f"line 9, detection.{name}",
        f"no condition can name {name!r}",
    )


@pytest.mark.parametrize(("named", "joined"), [("[one]", [1, 0]), ("any", [1, 1]), ("two", [0, 1])])
def test_a_filter_is_joined_to_the_rules_that_it_names(tmp_path, named, joined):
    """To those, or to any, and to no other."""
    other = rule(selection("name: x"), "two")
    rules = book(tmp_path, SOUND, other, FILTER.replace("[one]", named)).rules
    assert [len(one.filters) for one in rules] == joined
