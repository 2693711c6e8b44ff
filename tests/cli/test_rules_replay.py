"""`hunter rules replay`."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hunter.config import shipped_rules
from hunter.dossiers import rule_fields
from hunter.rulebook import load
from hunter.store import Store, rulesets
from tests.cli.conftest import Run
from tests.world.hunting import START
from tests.world.pasts import seen
from tests.world.rulebooks import rule

FILTER = """\
title: Markets
logsource: {product: hunter, category: domain}
filter:
  rules: any
  market: {domain|contains: supermarchand, term: marche}
  condition: not market
"""


@pytest.fixture
def past(config: Path, store: Store) -> Path:
    """A config with a subscriber, and two lookalikes of the last days."""
    with config.open("a", encoding="utf-8") as file:
        file.write('[[subscriber]]\nname = "it"\nchannels = { email = ["it@example.org"] }\n')
        file.write('[notifiers.email]\nhost = "127.0.0.1"\ntls = "none"\nsender = "h@x.example"\n')
    days = (datetime.now(UTC) - START) / timedelta(days=1) - 3
    for name in ("grand-marche.fr", "supermarchand-marche.fr", "mail-en-marche.fr"):
        seen(store, name, days)
    return config


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A filter that is not in force yet."""
    path = tmp_path / "drafts" / "filter_markets.yml"
    path.parent.mkdir()
    path.write_text(FILTER, encoding="utf-8")
    return path


def test_people_read_what_would_be_otherwise(run: Run, past: Path, draft: Path) -> None:
    """The rules, the alerts with their reasons, the days and the messages; domains defanged."""
    said = run("rules", "replay", "-c", str(past), str(draft))

    assert said.status == 0
    assert "The old rules are those of the config." in said.out
    assert "filter added: Markets" in said.out
    assert "0 added, 1 removed, 0 raised, 0 lowered" in said.out
    assert "supermarchand-marche[.]fr" in said.out
    assert "the filter 'Markets'" in " ".join(said.out.split())
    assert "mail-en-marche[.]fr" not in said.out
    assert "Messages" in said.out


def test_a_new_rule_says_of_which_domains_it_holds(run: Run, past: Path, draft: Path) -> None:
    """One that only adds evidence changes no alert, and nothing else tells whether it works."""
    for name, item in (("word", "domain|startswith: mail-"), ("none", "domain: nowhere.fr")):
        text = rule(f"s: {{{item}}}\ncondition: s", name).replace("medium", "low")
        (draft.parent / f"{name}.yml").write_text(text, encoding="utf-8")
    said = run("rules", "replay", "-c", str(past), str(draft.parent))

    assert "now holds of 1 domain: mail-en-marche[.]fr" in said.out
    assert "holds of no domain in the time asked for (--since)" in said.out


def test_programs_read_lines(run: Run, past: Path, draft: Path) -> None:
    """One object for each thing told; `row` says which."""
    said = run("rules", "replay", "-c", str(past), str(draft), "--json")
    rows = [json.loads(line) for line in said.out.splitlines()]

    assert [row["row"] for row in rows] == ["summary", "rule", "alert", "day", "messages"]
    summary, changed, alert, day, messages = rows
    assert (changed["what"], changed["gained"], changed["lost"]) == ("filter", [], [])
    assert (summary["alerts_before"], summary["alerts_after"], summary["removed"]) == (3, 2, 1)
    assert (alert["domain"], alert["before"], alert["after"]) == (
        "supermarchand-marche.fr",
        "medium",
        None,
    )
    assert (day["before"], day["after"], day["changes"]) == (3, 2, {"removed": 1})
    assert (messages["subscriber"], messages["before"], messages["after"]) == ("it", 3, 2)


def test_a_report_is_written(run: Run, past: Path, draft: Path, tmp_path: Path) -> None:
    """As one page."""
    run("rules", "replay", "-c", str(past), str(draft), "--html", str(tmp_path / "r.html"))
    assert "supermarchand-marche[.]fr" in (tmp_path / "r.html").read_text("utf-8")


def test_a_whole_set_stands_in_for_that_of_the_config(run: Run, past: Path, tmp_path: Path) -> None:
    """What is not in it is gone."""
    shutil.copytree(shipped_rules(), tmp_path / "other")
    (tmp_path / "other" / "lookalike_by_name.yml").unlink()
    (tmp_path / "other" / "filter_ordinary_words.yml").unlink()
    said = run("rules", "replay", "-c", str(past), "--rules", str(tmp_path / "other"))

    assert "rule removed: Name that resembles the brand" in said.out
    assert "2 removed" in said.out
    assert "'Name that resembles the brand': no longer there" in " ".join(said.out.split())


def test_it_is_held_against_what_is_in_force(
    run: Run, past: Path, store: Store, draft: Path
) -> None:
    """Once the new set is in force, against the one before it: what went live can be looked at."""
    old = load(shipped_rules(), rule_fields())
    new = load([shipped_rules(), draft], rule_fields())
    rulesets.take(store, old.digest, old.files, START)
    before = run("rules", "replay", "-c", str(past), str(draft))
    rulesets.take(store, new.digest, new.files, START + timedelta(days=1))
    after = run("rules", "replay", "-c", str(past), str(draft))

    for said in (before, after):
        assert "1 removed" in said.out
    assert "those in force since 2017-04-13 12:00 UTC" in before.out
    assert "those in force until 2017-04-14 12:00 UTC" in after.out


def test_faults_are_told_as_ever(run: Run, past: Path, draft: Path) -> None:
    """Of rules and of options: exit status 2."""
    broken = draft.with_name("broken.yml")
    broken.write_text(FILTER.replace("domain|", "domian|"), encoding="utf-8")
    typed = run("rules", "replay", "-c", str(past), str(broken))
    since = run("rules", "replay", "-c", str(past), "--since", "soon")

    assert (typed.status, since.status) == (2, 2)
    assert "did you mean 'domain'?" in typed.err
    assert "such as 7d" in since.err


def test_nothing_stored_is_nothing_found(run: Run, config: Path) -> None:
    """Exit status 1, and no store is made."""
    said = run("rules", "replay", "-c", str(config))

    assert said.status == 1
    assert "hunter has not run yet" in said.err
    assert not (config.parent / "state").exists()
