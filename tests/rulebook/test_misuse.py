"""What a person does wrong with YAML, modifiers, keywords and networks, and what it is told."""

import pytest

from hunter.errors import YoursToFix
from hunter.rulebook import load
from tests.world.rulebooks import FIELDS, book, rule, selection

SOUND = rule(selection("name: x"))
DAYS = {**FIELDS, "registered": "the day of registration, YYYYMMDD"}


def only_fault(tmp_path, text):
    """The one fault of a file with that text."""
    with pytest.raises(YoursToFix) as raised:
        book(tmp_path, text)
    (found,) = raised.value.faults
    return found


@pytest.mark.parametrize(
    ("before", "after", "where", "hint"),
    [
        ("  selection:", "\tselection:", "line 9", "spaces"),
        ("detection:", "detection", "line 8", "colon and a space"),
        ("name: x", "name: *x", "line 10", "begins with *"),
        ("name: x", "name: %x", "line 10", "begins with %"),
        ("title: Rule one", "title: Rule: one", "line 1", "holds a colon"),
        ("title: Rule one", "title: 'Rule's one", "line 1", "quotes"),
        ("title: Rule one", "title: &a [*a]", "", "& and *"),
        ("name: x", "registered: [20170301, 2017-02-30]", "line 10", "check the dates"),
        ("condition: selection", "condition:\N{NO-BREAK SPACE}selection", "line 11", "U+00A0"),
    ],
)
def test_a_slip_in_yaml_is_told_where_it_was_made(tmp_path, before, after, where, hint):
    """With the line on which the person has to write, and what."""
    found = only_fault(tmp_path, SOUND.replace(before, after, 1))
    assert found.where.startswith(where)
    assert hint in found.hint


@pytest.mark.parametrize(("character", "named"), [("\0", "U+0000"), ("\x1b", "U+001B")])
def test_a_control_character_is_told_with_its_line(tmp_path, character, named):
    """Copied from a terminal or a damaged file; it is not to be seen in most editors."""
    found = only_fault(tmp_path, SOUND.replace("name: x", f"name: x{character}"))
    assert (found.where, found.message[-6:]) == ("line 10", named)


@pytest.mark.parametrize("text", ["", "\n\n", "# to be written\n", "---\n---\n"])
def test_a_file_without_a_rule_is_told(tmp_path, text):
    """An editor that was killed leaves one; it must not take its rule out of force unseen."""
    (tmp_path / "1.yml").write_text(SOUND, encoding="utf-8")
    found = only_fault(tmp_path, text)
    assert found.message == "holds no rule"
    assert "remove the file" in found.hint


@pytest.mark.parametrize(
    ("item", "message", "hint"),
    [
        ("name|i|re: x", "'|i' belongs to a regular expression", "'|re|i'"),
        ("name|contains|i: x", "'|i' belongs to a regular expression", "'|re|i'"),
        ("asn|contains: 5", "'|contains' looks into text, and 5 is none", "quotes around it: '5'"),
        ("name|base64: true", "true is none", "'true'"),
        ("asn|gte|lte: 5", "compares twice", "a line of its own"),
        ("asn|gte:", "there is none", "behind the colon"),
        ("a|cidr: 193.29.187.40/24", "host bits", "193.29.187.0/24, or 193.29.187.40"),
        (f"name: '{'*a' * 2501}'", "more than 5,000 characters", "a part of it"),
        (f"name: [x, '{'?' * 5001}']", "more than 5,000 characters", "a part of it"),
        ("name|re|startswith: mail", "found anywhere", "write ^ in front of the expression"),
        ("name|re|i|endswith: mail", "found anywhere", "write $ behind the expression"),
        ("name|endswith|fieldref: domain", "'|fieldref' comes before", "'|fieldref|endswith'"),
        ("txt|contains|base64: x", "'|base64' comes before", "'|base64|contains'"),
        ("a|cidr|contains: 10.0.0.0/8", "do not go together", ""),
        ("a|cidr: [10.0.0.300/8]", "does not appear", "2606:4700::/32"),
    ],
)
def test_what_does_not_go_together_is_told_in_words(tmp_path, item, message, hint):
    """And not by the names of a library's classes."""
    found = only_fault(tmp_path, rule(selection(item)))
    assert found.where.startswith("line 10, detection.selection")
    assert message in found.message
    assert hint in found.hint
    assert "Modifier" not in found.message


@pytest.mark.parametrize("written", ["1 March 2017", "2017/03/01", "March"])
def test_a_day_in_any_other_form_is_shown_how(tmp_path, written):
    """Of a field that holds days."""
    path = tmp_path / "0.yml"
    path.write_text(rule(selection(f"registered|gte: {written}")), encoding="utf-8")
    with pytest.raises(YoursToFix, match="YYYYMMDD: 20170301"):
        load(path, DAYS)


def test_a_keyword_that_is_meant_as_a_test_is_told(tmp_path):
    """It would be looked for as a word in all fields, and never be found."""
    for block in ("selection: name|contains x", "selection:\n  - name|re = x"):
        found = only_fault(tmp_path, rule(f"{block}\ncondition: selection"))
        assert found.where.startswith("line 9" if "\n" not in block else "line 10")
        assert "'name|" in found.hint
    book(tmp_path, rule("selection: ['a|b', name]\ncondition: selection"))


@pytest.mark.parametrize(
    ("condition", "message", "hint"),
    [
        ("2 of sel*", "another number than 1", "1 of name*"),
        ("selection und selection", "names 'und'", "joined by and, or, not"),
        ("selection && selection", "cannot be read from '&& selection' on", "and, or, not"),
        ("selection and !selection", "cannot be read from '!selection' on", "and, or, not"),
        ("(selection and", "cannot be read: it breaks off", "brackets"),
        ("selection AND selection", "names 'AND'", "small letters: and"),
        ("selection and\N{NO-BREAK SPACE}selection", "cannot be read", "U+00A0"),
    ],
)
def test_a_condition_in_another_language(tmp_path, condition, message, hint):
    """Numbers that Sigma does not know, other words, other signs."""
    found = only_fault(tmp_path, rule(f"selection: {{name: x}}\ncondition: {condition}"))
    assert message in found.message
    assert hint in found.hint


def test_a_pattern_with_a_hyphen_is_told_how_to_name_its_selections(tmp_path):
    """The parser takes hyphens in names, and none in patterns."""
    found = only_fault(tmp_path, rule("a-b: {name: x}\na-c: {name: y}\ncondition: 1 of a-*"))
    assert found.message == "cannot be read from '-*' on"
    assert "with _ instead" in found.hint


@pytest.mark.parametrize(
    ("line", "where", "hint"),
    [
        ("tags: attack.t1583.001", "tags", "tags: [attack"),
        ("references: https://example.org/", "references", "references: [https"),
        ("falsepositives: none known", "falsepositives", "a dash in front"),
        ("related: x", "related", "'id:' and 'type:'"),
        ("date: 22/11/2026", "date", "'2026-11-27'"),
    ],
)
def test_lists_and_dates_of_the_head_are_shown_how(tmp_path, line, where, hint):
    """At their own line."""
    found = only_fault(tmp_path, rule(selection("name: x"), extra=line))
    assert found.where == f"line 7, {where}"
    assert hint in found.hint
