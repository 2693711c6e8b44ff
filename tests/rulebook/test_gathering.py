"""Which files make up a set of rules."""

import os

import pytest

from hunter.errors import YoursToFix
from hunter.rulebook import RuleFile, gather, laid_over, load_files, stamps
from tests.world.rulebooks import FIELDS, rule, selection

RULE = rule(selection("name: '*'"))


def test_folders_are_read_to_their_depth(tmp_path):
    """Rule files and nothing else, in a fixed order; single files too."""
    (tmp_path / "own" / "deep").mkdir(parents=True)
    others = ("own/.hidden.yml", "own/notes.txt")
    for name in ("own/b.yml", "own/deep/a.yaml", "own/shouted.YML", *others, "single.yml"):
        (tmp_path / name).write_text(RULE, encoding="utf-8")
    files, faults = gather([tmp_path / "own", tmp_path / "single.yml"])
    assert [file.name for file in files] == ["b.yml", "a.yaml", "shouted.YML", "single.yml"]
    assert faults == ()


def test_linked_folders_are_followed_once(tmp_path):
    """Whoever links to a checkout of rules believes them to be in force; a circle has an end."""
    elsewhere, rules = tmp_path / "checkout" / "rules", tmp_path / "own"
    elsewhere.mkdir(parents=True)
    rules.mkdir()
    (elsewhere / "a.yml").write_text(RULE, encoding="utf-8")
    (rules / "linked").symlink_to(elsewhere)
    (elsewhere / "back").symlink_to(rules)
    files, faults = gather([rules])
    assert [file.file for file in files] == [str(rules / "linked" / "a.yml")]
    assert faults == ()


def test_an_accent_is_part_of_its_letter(tmp_path):
    """However an editor saves it: so it stands in facts."""
    text = rule(selection("name: 'socie\u0301te\u0301'"))
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    files, _ = gather([tmp_path])
    (found,) = load_files(files, FIELDS).rules
    assert "soci\u00e9t\u00e9" in str(found.own)


def test_a_link_to_nothing_is_a_fault(tmp_path):
    """Whoever put it there believes the rule to be in force."""
    (tmp_path / "a.yml").write_text(RULE, encoding="utf-8")
    (tmp_path / "b.yml").symlink_to(tmp_path / "gone.yml")
    files, faults = gather([tmp_path])
    assert [file.name for file in files] == ["a.yml"]
    assert [(fault.file, fault.message) for fault in faults] == [
        (str(tmp_path / "b.yml"), "is a link to nothing")
    ]


def test_a_file_that_cannot_be_read_is_a_fault_with_a_hint(tmp_path):
    """Whatever the machine says of it: here the name is too long."""
    files, (fault,) = gather([tmp_path / f"{'x' * 300}.yml"])
    assert files == ()
    assert fault.message == "cannot be read: File name too long"
    assert "read it, or name another" in fault.hint


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_a_fault(tmp_path):
    """The set without its rules is not what anybody wanted."""
    (tmp_path / "a.yml").write_text(RULE, encoding="utf-8")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    files, faults = gather([tmp_path])
    assert [file.name for file in files] == ["a.yml"]
    assert [(fault.file, fault.message) for fault in faults] == [
        (str(closed), "cannot be read: Permission denied")
    ]


def test_hidden_folders_are_left_out(tmp_path):
    """As hidden files are: the workflows of a repository of rules are no rules."""
    hidden = tmp_path / ".github" / "workflows"
    hidden.mkdir(parents=True)
    (hidden / "ci.yml").write_text("on: push\n", encoding="utf-8")
    (tmp_path / "a.yml").write_text(RULE, encoding="utf-8")
    files, faults = gather([tmp_path])
    assert [file.name for file in files] == ["a.yml"]
    assert faults == ()


def test_stamps_tell_every_change(tmp_path):
    """Written, added, renamed, removed; and nothing when nothing happened."""
    path = tmp_path / "a.yml"
    path.write_text(RULE, encoding="utf-8")
    known = {stamps([tmp_path])}
    assert stamps([tmp_path]) in known
    os.utime(path, ns=(1, 1))
    known.add(stamps([tmp_path]))
    path.write_text(RULE + "\n", encoding="utf-8")
    known.add(stamps([tmp_path]))
    path.rename(tmp_path / "b.yml")
    known.add(stamps([tmp_path]))
    (tmp_path / "b.yml").unlink()
    known.add(stamps([tmp_path]))
    assert len(known) == 5
    assert stamps([tmp_path / "nowhere"]) == ((str(tmp_path / "nowhere"), -1, -1),)


def test_a_draft_stands_in_for_the_file_of_its_name():
    """Whatever folder it is in; others are added."""
    live = [RuleFile("rules/a.yml", b"1"), RuleFile("own/b.yml", b"2")]
    drafts = [RuleFile("drafts/b.yml", b"3"), RuleFile("drafts/c.yml", b"4")]
    found = [(file.file, file.raw) for file in laid_over(live, drafts)]
    assert found == [("rules/a.yml", b"1"), ("drafts/b.yml", b"3"), ("drafts/c.yml", b"4")]


def test_a_set_can_be_loaded_again_from_its_files(tmp_path):
    """What a set was made of is kept with it, and makes the same set."""
    (tmp_path / "a.yml").write_text(RULE, encoding="utf-8")
    files, _ = gather([tmp_path])
    rules = load_files(files, FIELDS)
    again = load_files(rules.files, FIELDS)
    assert again.rules == rules.rules
    assert again.digest == rules.digest
    assert load_files([RuleFile("a.yml", files[0].raw + b"\n")], FIELDS).digest != rules.digest


def test_a_file_that_is_no_text_is_a_fault():
    """With the line, for nobody can count bytes in an editor."""
    with pytest.raises(YoursToFix) as raised:
        load_files([RuleFile("a.yml", b"title: x\nname: \xff")], FIELDS)
    assert str(raised.value).startswith("a.yml: line 2: is not UTF-8 text")
