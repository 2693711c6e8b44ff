"""`hunter rules`: check, test, fields and schema."""

import json
from pathlib import Path

import pytest

from hunter.dossiers import rule_fields
from hunter.rulebook import load
from hunter.store import Store, rulesets
from tests.cli.conftest import Run
from tests.world.alerts import AT
from tests.world.rulebooks import rule

SOUND = rule(
    "near: {confidence|gte: 0.5}\ncondition: near",
    extra="tests: {match: [{domain: a.fr, confidence: 0.8}], no_match: [{domain: b.fr}]}",
)


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A folder with one sound rule."""
    made = tmp_path / "drafts"
    made.mkdir()
    (made / "one.yml").write_text(SOUND, encoding="utf-8")
    return made


def rows(out: str) -> list[dict[str, object]]:
    """The JSON lines."""
    return [json.loads(line) for line in out.splitlines()]


def test_sound_rules_pass(run: Run, drafts: Path, tmp_path: Path, monkeypatch) -> None:
    """Without a config too; then it says what it could not look at."""
    monkeypatch.chdir(tmp_path / "drafts")
    said = run("rules", "check", str(drafts), "--only")
    assert said.status == 0
    assert said.out.splitlines() == [
        "1 rule, 0 correlations, 0 filters in 1 file: sound.",
        "There is no config here: who would hear of what was not looked at.",
    ]
    over = run("rules", "check", str(drafts))
    assert "17 rules" in over.out or "rules, " in over.out


def test_every_fault_is_told_with_line_and_hint(run: Run, drafts: Path) -> None:
    """Status 2: hunter would refuse the set."""
    (drafts / "one.yml").write_text(SOUND.replace("confidence|gte", "confidnce|gte"))
    (drafts / "two.yml").write_text(SOUND.replace("level: medium", "level: hihg"))
    said = run("rules", "check", str(drafts), "--only")
    assert said.status == 2
    assert "one.yml: line 9, detection.near.confidnce|gte: there is no field" in said.err
    assert "did you mean 'confidence'?" in said.err
    assert "two.yml: line 4, level: there is no level 'hihg'" in said.err
    assert "is taken by" in said.err


def test_faults_as_json(run: Run, drafts: Path) -> None:
    """One object each, with the line as a number, and the keys that remarks have."""
    (drafts / "one.yml").write_text(SOUND.replace("confidence|gte", "confidnce|gte"))
    said = run("rules", "check", str(drafts), "--only", "--json")
    first = rows(said.out)[0]
    assert said.status == 2
    assert list(first) == ["kind", "file", "line", "where", "rule", "message", "hint", "concern"]
    assert (first["kind"], first["line"], first["concern"]) == ("fault", 9, None)


def test_what_can_hardly_be_meant_fails_the_check(run: Run, drafts: Path) -> None:
    """Status 1, and a warning with its place."""
    (drafts / "two.yml").write_text(rule("s: {confidence|gte: 50}\ncondition: s", "two"))
    said = run("rules", "check", str(drafts), "--only")
    assert said.status == 1
    assert "warning: " in said.out
    assert "can never match" in said.out
    (row,) = rows(run("rules", "check", str(drafts), "--only", "--json").out)
    assert (row["kind"], row["concern"], row["line"]) == ("warning", "never matches", 10)


def test_notes_on_the_rules_beneath_do_not_bury_those_on_the_drafts(
    run: Run, config: Path, drafts: Path
) -> None:
    """They are counted; without drafts, and as JSON, all of them are there."""
    (drafts / "one.yml").write_text(SOUND.replace("level: medium", "level: low"))
    said = run("rules", "check", "-c", str(config), str(drafts)).out
    (note,) = [line for line in said.splitlines() if line.startswith("note: ")]
    assert "one.yml" in note
    every = rows(run("rules", "check", "-c", str(config), str(drafts), "--json").out)
    beneath = sum(row["kind"] == "note" for row in every) - 1
    assert f"{beneath} notes on other rules: hunter rules check" in said
    assert run("rules", "check", "-c", str(config)).out.count("note: ") == beneath


def test_a_draft_stands_in_for_the_file_of_its_name(run: Run, config: Path, tmp_path: Path) -> None:
    """So a copy of a shipped rule can be tried; the same id under another name is a fault."""
    shipped = Path(__file__).parents[2] / "rules" / "lookalike_new.yml"
    (tmp_path / "lookalike_new.yml").write_bytes(shipped.read_bytes())
    (tmp_path / "copy.yml").write_bytes(shipped.read_bytes())
    stands_in = run("rules", "check", "-c", str(config), str(tmp_path / "lookalike_new.yml"))
    copied = run("rules", "check", "-c", str(config), str(tmp_path / "copy.yml"))
    assert stands_in.status == 1  # nobody subscribes
    assert copied.status == 2
    assert "is taken by" in copied.err


def test_it_says_which_set_is_in_force(run: Run, config: Path) -> None:
    """None yet, this very one, or another one since when."""
    assert "hunter has not run yet" in run("rules", "check", "-c", str(config)).out
    assert not (config.parent / "state").exists()
    rules = load(Path(__file__).parents[2] / "rules", rule_fields())
    with Store(config.parent / "state" / "hunter.db") as store:
        rulesets.take(store, rules.digest, rules.files, AT)
    assert (
        "This very set is in force since 2017-04-24" in run("rules", "check", "-c", str(config)).out
    )
    with Store(config.parent / "state" / "hunter.db") as store:
        rulesets.take(store, "another", (), AT)
    assert "In force is another set" in run("rules", "check", "-c", str(config)).out


def test_a_store_that_cannot_be_opened_is_no_fault_of_the_rules(run: Run, config: Path) -> None:
    """The analyst may not be its user, and what is in force is told beside the answer only."""
    (config.parent / "state").mkdir()
    (config.parent / "state" / "hunter.db").write_bytes(b"no database" * 100)
    said = run("rules", "check", "-c", str(config))

    assert "sound." in said.out
    assert "Which set is in force cannot be seen: " in said.out
    assert (said.status, said.err) == (1, "")  # nobody is subscribed


def test_the_rules_own_tests_are_run(run: Run, drafts: Path) -> None:
    """All as told."""
    said = run("rules", "test", str(drafts), "--only")
    assert said.status == 0
    assert said.out == "2 tests of 1 rule or filter: all as told.\n"
    assert [row["passed"] for row in rows(run("rules", "test", str(drafts), "--json").out)].count(
        False
    ) == 0


def test_a_test_that_fails_says_why(run: Run, drafts: Path) -> None:
    """Status 1; file, line, and what stood in the way."""
    (drafts / "one.yml").write_text(SOUND.replace("confidence: 0.8", "confidence: 0.3"))
    said = run("rules", "test", str(drafts), "--only")
    assert said.status == 1
    assert "one.yml: line 7, tests.match.0: 'Rule one' does not match a.fr" in said.out
    assert "confidence|gte: 0.5 does not hold: confidence is 0.3" in said.out
    failed, passed = rows(run("rules", "test", str(drafts), "--only", "--json").out)
    assert (failed["passed"], failed["line"], failed["expected"]) == (False, 7, "match")
    assert passed["passed"] is True


def test_fields_are_listed_with_their_meanings(run: Run) -> None:
    """What each holds, and who finds it."""
    listed = {row["field"]: row for row in rows(run("rules", "fields", "--json").out)}
    assert listed["has_mx"]["holds"] == "truth"
    assert listed["has_mx"]["found_by"] == ["dns"]
    assert listed["registered"]["holds"] == "day"
    assert listed["confidence"]["several"] is False
    assert "registrant_email" in run("rules", "fields").out


def test_the_schema_is_json(run: Run) -> None:
    """For an editor, as it stands."""
    schema = json.loads(run("rules", "schema").out)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "confidence|gte" in schema["definitions"]["fields"]["properties"]
