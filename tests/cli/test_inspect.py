"""`hunter inspect`, as far as the store goes; the rest is tried in the stories."""

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_what_is_stored_is_shown_offline(run: Run, hunted: Path) -> None:
    """The dossier with the rules' findings, defanged."""
    said = run("inspect", "onedrive-en-marche.fr", "--offline", "-c", str(hunted))

    assert said.status == 0
    assert said.out.startswith("onedrive-en-marche[.]fr\n")
    assert "johnpinch[@]mail[.]com" in said.out
    assert "rule [" in said.out


def test_a_program_gets_one_object(run: Run, hunted: Path) -> None:
    """Dossier, match, findings, history."""
    said = run("inspect", "onedrive-en-marche.fr", "--offline", "--json", "-c", str(hunted))
    row = json.loads(said.out)

    assert row.keys() == {"dossier", "match", "findings", "history"}
    assert row["dossier"]["fields"]["registered"] == 20170315


def test_a_stranger_is_inspected_too(run: Run, hunted: Path) -> None:
    """It imitates no brand, and nothing is known of it."""
    said = run("inspect", "boulangerie.fr", "--offline", "-c", str(hunted))

    assert said.status == 0
    assert "imitates no brand" in said.out


def test_what_is_no_domain_is_yours_to_fix(run: Run, hunted: Path) -> None:
    """With an example."""
    said = run("inspect", "192.0.2.1", "--offline", "-c", str(hunted))

    assert said.status == 2
    assert "such as en-marche.co" in said.err
