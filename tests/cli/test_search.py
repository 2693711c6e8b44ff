"""`hunter search`."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_what_answers_is_shown_with_its_facts(run: Run, hunted: Path) -> None:
    """A table for people, the dossier's fields for programs."""
    said = run("search", "--contains", "OneDrive", "--asn", "AS13335", "-c", str(hunted))
    (line,) = run("search", "--contains", "onedrive", "--json", "-c", str(hunted)).out.splitlines()

    assert said.status == 0
    assert "onedrive-en-marche[.]fr" in said.out
    assert "johnpinch[@]mail[.]com" in said.out
    row = json.loads(line)
    assert row["registrant_email"] == "johnpinch@mail.com"
    assert row["registered"] == 20170315


def test_every_condition_given_must_hold(run: Run, hunted: Path) -> None:
    """Lists are cut at commas, and any of them will do."""
    wanted = ("--registrant", "other@mail.com, JohnPinch@mail.com", "--since", "2017-03-15")
    found = run("search", *wanted, "--excludes", "onedrive", "--json", "-c", str(hunted))

    assert [json.loads(line)["domain"] for line in found.out.splitlines()] == ["mail-en-marche.fr"]
    assert run("search", *wanted, "--ns", "monovm.com", "-c", str(hunted)).status == 1


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        (["--since", "March"], "2017-03-01"),
        (["--seen-since", "2017-02-30"], "2017-03-01"),
        (["--asn", "Cloudflare"], "AS13335"),
    ],
)
def test_a_condition_that_is_none_is_yours_to_fix(
    run: Run, hunted: Path, options: list[str], hint: str
) -> None:
    """With how to write it."""
    said = run("search", *options, "-c", str(hunted))

    assert said.status == 2
    assert hint in said.err
