"""Every example in docs/rules.md is run."""

import re
from pathlib import Path

import pytest

from hunter.dossiers import rule_fields
from hunter.errors import YoursToFix
from hunter.judge import failures
from hunter.rulebook import load
from hunter.rulebook.detections import MODIFIERS

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "rules"
DOCS = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")


def blocks(kind):
    """The code blocks that are marked so."""
    return re.findall(rf"^```{kind}\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL)


def test_the_examples_are_sound_and_their_tests_hold(tmp_path):
    """All of them together, as a person would have them in one folder."""
    examples = blocks("yaml")
    for number, text in enumerate(examples):
        (tmp_path / f"{number}.yml").write_text(text, encoding="utf-8")
    rules = load(tmp_path, rule_fields())
    assert len(examples) == 8
    assert [one.header.title for one in rules.filters] == ["Flea markets are not after us"]
    assert failures(rules) == ()


def test_the_broken_example_is_told_as_shown(tmp_path, monkeypatch):
    """The messages in the text are the messages of the program."""
    monkeypatch.chdir(tmp_path)
    (broken,), (expected,) = blocks("yaml broken"), blocks("text")
    Path("broken.yml").write_text(broken, encoding="utf-8")
    with pytest.raises(YoursToFix) as raised:
        load(Path("broken.yml"), rule_fields())
    assert str(raised.value).splitlines() == expected.splitlines()


def test_every_modifier_is_taught():
    """The table of modifiers leaves none out."""
    table = DOCS[DOCS.index("### Comparing") : DOCS.index("### Conditions")]
    told = set(re.findall(r"`(\w+)`", table))
    aliases = {"ignorecase", "multiline", "dotall", "hour", "day", "week", "month"}
    assert told | aliases >= MODIFIERS


def test_the_fields_of_the_table_exist():
    """And all of hunter's own are in it."""
    from hunter import dossiers

    table = DOCS[DOCS.index("## Fields") : DOCS.index("## How fast")]
    told = set(
        re.findall(r"`([a-z_]+)`", "\n".join(re.findall(r"^\| ([^|]*) \|", table, re.MULTILINE)))
    )
    assert told == set(dossiers.FIELDS)


def test_every_rule_that_comes_with_hunter_is_told_with_its_level():
    """The table of the pack names each file, in the row of its level, and no other."""
    table = DOCS[DOCS.index("## What comes with hunter") : DOCS.index("## Fields")]
    rows = dict(re.findall(r"^\| (\w+) \| (`.*) \|$", table, re.MULTILINE))
    told = {level: set(re.findall(r"`(\w+)`", named)) for level, named in rows.items()}
    rules = load(SHIPPED, rule_fields())
    there: dict[str, set[str]] = {"filter": {Path(one.header.file).stem for one in rules.filters}}
    for one in (*rules.rules, *rules.correlations):
        if not one.header.silent:
            there.setdefault(str(one.header.level), set()).add(Path(one.header.file).stem)

    missing = {level: names - told.get(level, set()) for level, names in there.items()}
    orphans = {level: names - there.get(level, set()) for level, names in told.items()}
    wrong = [
        f"{verb} row {level}: {', '.join(sorted(names))}"
        for verb, found in (("write into", missing), ("take out of", orphans))
        for level, names in found.items()
        if names
    ]
    assert not wrong, f"docs/rules.md, What comes with hunter: {'; '.join(wrong)}"
