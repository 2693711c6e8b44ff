"""`hunter pivot`."""

import json
from pathlib import Path
from unicodedata import normalize

import pytest

from hunter.model import Fact
from hunter.store import Store, facts
from tests.cli.conftest import Run
from tests.world.alerts import AT


@pytest.mark.parametrize("value", ["johnpinch@mail.com", "JohnPinch@Mail.com.", "AS13335", "13335"])
def test_everything_that_shares_a_value_is_shown(run: Run, hunted: Path, value: str) -> None:
    """However it is written."""
    said = run("pivot", value, "--json", "-c", str(hunted))

    assert said.status == 0
    assert {json.loads(line)["subject"] for line in said.out.splitlines()} == {
        "onedrive-en-marche.fr",
        "mail-en-marche.fr",
    }


def test_accents_are_found_however_a_keyboard_writes_them(run: Run, hunted: Path) -> None:
    """Some write them as letters of their own, as do names of files on a Mac."""
    with Store(hunted.parent / "state" / "hunter.db") as store:
        known = [Fact("x.fr", "registrant_org", "Société Été", "rdap", AT)]
        facts.record(store, "x.fr", known, provider="rdap", fields=["registrant_org"], at=AT)

    typed = normalize("NFD", "Société Été")
    assert run("pivot", typed, "--json", "-c", str(hunted)).status == 0


@pytest.mark.parametrize("typed", ["thcservers", "THCSERVERS", "THCservers"])
def test_a_text_is_found_in_whatever_case(run: Run, hunted: Path, typed: str) -> None:
    """Once: nobody remembers how a hoster or a registrar writes itself."""
    with Store(hunted.parent / "state" / "hunter.db") as store:
        known = [Fact("x.fr", "as_name", "THCservers", "hosting", AT)]
        facts.record(store, "x.fr", known, provider="hosting", fields=["as_name"], at=AT)
    pivoted = run("pivot", typed, "--json", "-c", str(hunted))

    assert [json.loads(line)["subject"] for line in pivoted.out.splitlines()] == ["x.fr"]


def test_people_see_a_table(run: Run, hunted: Path) -> None:
    """Defanged, with since when."""
    said = run("pivot", "johnpinch@mail.com", "-c", str(hunted))

    assert "mail-en-marche[.]fr" in said.out
    assert "2017-04-24" in said.out


@pytest.mark.parametrize("known", [True, False])
def test_a_hostile_value_steers_no_terminal(run: Run, hunted: Path, *, known: bool) -> None:
    """Pasted from a page, it is told again: as a heading, or as what nobody carries."""
    title = "\x1b]0;owned\x07 at http://evil.com/"
    if known:
        with Store(hunted.parent / "state" / "hunter.db") as store:
            row = [Fact("x.fr", "page_title", title, "page", AT)]
            facts.record(store, "x.fr", row, provider="page", fields=["page_title"], at=AT)
    said = run("pivot", title, "-c", str(hunted))

    assert said.status == (0 if known else 1)
    assert "\x1b" not in said.out + said.err
    assert "hxxp[:]//evil[.]com/" in said.out + said.err


def test_a_value_nobody_carries_is_status_1(run: Run, hunted: Path) -> None:
    """And said so."""
    assert run("pivot", "192.0.2.99", "-c", str(hunted)).status == 1


def test_a_number_that_nothing_can_be_is_not_found(run: Run, hunted: Path) -> None:
    """Python refuses to read one of five thousand digits."""
    said = run("pivot", "9" * 5000, "-c", str(hunted))

    assert (said.status, said.out) == (1, "")


def test_for_a_network_the_command_that_knows_them_is_named(run: Run, hunted: Path) -> None:
    """Pivots go over whole values; an address on the web is no network."""
    assert "hunter search --address" in run("pivot", "193.29.187.0/24", "-c", str(hunted)).err
    assert "hint" not in run("pivot", "http://monovm.com/", "-c", str(hunted)).err


def test_a_value_behind_its_field_is_to_be_written_alone(run: Run, hunted: Path) -> None:
    """Tracks are written so; that nothing carries it sounds as if nothing were shared."""
    asked = "Registrant_email=johnpinch@mail.com"
    said = run("pivot", asked, "-c", str(hunted)).err

    assert "hint: write the value alone: johnpinch[@]mail[.]com" in said
    assert "hint" not in run("pivot", "Smith=Sons", "-c", str(hunted)).err


def test_for_the_domain_of_an_alert_the_command_that_shows_it_is_named(
    run: Run, hunted: Path
) -> None:
    """It carries values, and is none."""
    said = run("pivot", "onedrive-en-marche[.]fr", "-c", str(hunted))

    assert said.status == 1
    assert "hint: hunter alerts show onedrive-en-marche.fr" in said.err


def test_nothing_is_no_value(run: Run, hunted: Path) -> None:
    """And what one looks like is told."""
    said = run("pivot", " ", "-c", str(hunted))

    assert said.status == 2
    assert "AS13335" in said.err


def test_of_what_very_many_carry_it_is_said_that_not_all_are_shown(
    run: Run, config: Path, store: Store
) -> None:
    """Else whoever counts the lines would take them for all."""
    with store.transaction():
        for number in range(1001):
            known = [Fact(f"x{number}.fr", "ns_domain", "monovm.com", "dns", AT)]
            facts.record(store, f"x{number}.fr", known, provider="dns", fields=["ns_domain"], at=AT)
    said = run("pivot", "monovm.com", "--json", "-c", str(config))

    assert len(said.out.splitlines()) == 1000
    assert said.err == "the newest 1,000 and perhaps not all: hunter search --field shows more\n"


def test_people_see_where_the_alert_on_each_stands(run: Run, hunted: Path) -> None:
    """Whether somebody looked at it already, without a question for each."""
    said = run("pivot", "johnpinch@mail.com", "-c", str(hunted))

    assert "high, new" in said.out
    assert "medium, acknowledged" in said.out
