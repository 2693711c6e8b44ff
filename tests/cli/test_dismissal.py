"""`hunter alerts dismiss --reason`."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hunter.config import shipped_rules
from hunter.dossiers import rule_fields
from hunter.model import AlertState
from hunter.pipeline import judge_pending
from hunter.replay import SetClock
from hunter.rulebook import load
from hunter.store import Store, alerts, sightings
from tests.cli.conftest import Run
from tests.world.hunting import START, small_hunt
from tests.world.pasts import learnt, seen

MARKET = "grossmarche-bio.fr"
SAME_WORD = "bio-grossmarche.com"
GLUED = "xgrossmarche.fr"
REAL = "grossmarche-en-marche.fr"
PLAIN = {MARKET: 0.6, SAME_WORD: 0.55, GLUED: 0.6, REAL: 0.9}


@pytest.fixture
def judged(config: Path, store: Store) -> Path:
    """A config whose store holds an alert on each of four names with the keyword in them."""
    for name, confidence in PLAIN.items():
        seen(store, name, confidence=confidence)
        learnt(store, name, 0, "registered", 20170101)
    sightings.judge_all(store)
    hunt = small_hunt(store, SetClock(START + timedelta(days=1)), subscribers=())
    hunt = replace(hunt, rulebook=load(shipped_rules(), rule_fields()))
    asyncio.run(judge_pending(hunt))
    assert {one.domain for one in alerts.listed(store)} == PLAIN.keys()
    return config


def dismiss(run: Run, config: Path, *arguments: str) -> str:
    """What the dismissal of the market tells, in one line."""
    said = run("alerts", "dismiss", MARKET, *arguments, "-c", str(config))
    assert said.status == 0, said.err
    return " ".join(said.out.split())


def test_a_common_word_is_left_out_as_a_whole_word(run: Run, judged: Path, store: Store) -> None:
    """Wherever it stands between hyphens; not within a longer word, not beside the whole brand."""
    said = dismiss(run, judged, "--reason", "common-word", "--why", "a wholesaler")

    assert "title: 'The word grossmarche holds marche by chance'" in said
    assert "rules: [lookalike_by_name]" in said
    assert "It would change one other alert among the 4 domains seen:" in said
    assert "bio-grossmarche[.]com" in said
    assert "xgrossmarche" not in said.partition("It would change")[2]
    assert "grossmarche-en" not in said.partition("It would change")[2]
    (found,) = alerts.about(store, MARKET)
    assert (found.state, found.transitions[-1].text) == (
        AlertState.DISMISSED,
        "common word: a wholesaler",
    )


@pytest.mark.parametrize("reason", ["own", "partner", "unrelated-business", "parked"])
def test_any_other_reason_leaves_out_the_domain_alone(run: Run, judged: Path, reason: str) -> None:
    """As it is registered now."""
    said = dismiss(run, judged, "--reason", reason)

    assert f"domain: '{MARKET}'" in said
    assert "registered: 20170101" in said
    assert "It would change nothing else among the 4 domains" in said
    assert ("owned = " in said, "partners = " in said) == (reason == "own", reason == "partner")


def test_of_several_each_has_its_filter(run: Run, judged: Path) -> None:
    """Which says whose it is."""
    said = dismiss(run, judged, GLUED, "--reason", "parked")

    for domain, told in ((MARKET, "grossmarche-bio[.]fr"), (GLUED, "xgrossmarche[.]fr")):
        filter_text = said.partition(f"have kept {told} silent for en-marche.fr:")[2]
        assert filter_text.partition("domain: ")[2].startswith(f"'{domain}'")


def test_the_filter_goes_where_it_is_wanted(run: Run, judged: Path, tmp_path: Path) -> None:
    """Sound, tested, and once: it is not written over a file that is there."""
    rules = tmp_path / "rules"
    rules.mkdir()
    arguments = ("--reason", "unrelated business", "--filter", str(rules))
    shown = run("alerts", "dismiss", MARKET, *arguments, "-c", str(judged)).out
    (written,) = rules.iterdir()

    assert written.name == "filter_grossmarche_bio_fr_en_marche_fr.yml"
    assert "sound" in run("rules", "check", "-c", str(judged), str(written)).out
    tested = run("rules", "test", "-c", str(judged), str(written))
    assert (tested.status, "all as told" in tested.out) == (0, True)
    assert written.read_text("utf-8") in shown
    again = run(
        *("alerts", "dismiss", MARKET, "--reason", "own", "--filter", str(rules)),
        *("-c", str(judged)),
    )
    assert again.status == 2
    assert "is there already" in again.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--reason", "own", "--filter", __file__), "is there already"),
        (("--reason", "own", "--filter", "-"), "name a file"),
        (("--reason", "own", "--filter", "x" * 300), "cannot be written: File name too long"),
        (("--reason", "comon-word"), "did you mean 'common-word'?"),
        (("--reason", "because"), "the reasons are: own, partner"),
        (("--filter", "x.yml"), "a filter wants a --reason"),
        ((SAME_WORD, "--reason", "own", "--filter", "."), "is for one domain at a time"),
    ],
)
def test_what_is_wrong_with_reason_or_filter_dismisses_nothing(
    run: Run, judged: Path, store: Store, arguments: tuple[str, ...], message: str
) -> None:
    """Exit status 2, with what to do instead."""
    said = run("alerts", "dismiss", MARKET, *arguments, "-c", str(judged))

    assert said.status == 2
    assert message in said.err
    assert alerts.about(store, MARKET)[0].state is AlertState.NEW


def test_filters_for_two_brands_need_a_folder(run: Run, judged: Path, store: Store) -> None:
    """One file holds one filter: nothing is dismissed and nothing written."""
    with judged.open("a", encoding="utf-8") as file:
        file.write('[[brand]]\ndomain = "marche-bio.fr"\n')
    (mine,) = alerts.about(store, MARKET)
    alerts.save(store, replace(mine, id=0, brand="marche-bio.fr"), {})
    filter_file = judged.parent / "filter.yml"
    arguments = ("--reason", "own", "--filter", str(filter_file), "-c", str(judged))
    said = run("alerts", "dismiss", MARKET, *arguments)

    assert (said.status, "name a folder" in said.err) == (2, True)
    assert {one.state for one in alerts.about(store, MARKET)} == {AlertState.NEW}
    assert not filter_file.exists()


def test_an_alert_that_no_rule_opens_any_more_needs_no_filter(
    run: Run, judged: Path, tmp_path: Path
) -> None:
    """The dismissal counts all the same."""
    empty = tmp_path / "other"
    empty.mkdir()
    text = (shipped_rules() / "lookalike_takes_mail.yml").read_text("utf-8")
    (empty / "lookalike_takes_mail.yml").write_text(text, encoding="utf-8")
    with judged.open("a", encoding="utf-8") as file:
        file.write(f'[rules]\nshipped = false\nfolders = ["{empty}"]\n')

    assert "no filter" in dismiss(run, judged, "--reason", "own")
