"""`hunter permutations`, without the network."""

import json

import pytest

from tests.cli.conftest import Run


def test_names_come_with_how_they_were_made(run: Run) -> None:
    """As many as asked for, each once."""
    said = run("permutations", "en-marche.fr", "--limit", "50", "--json")
    rows = [json.loads(line) for line in said.out.splitlines()]

    assert len({row["name"] for row in rows}) == 50
    assert all(row.keys() == {"name", "fuzzer"} for row in rows)
    assert "en-marche.fr" not in {row["name"] for row in rows}


def test_what_is_no_domain_is_yours_to_fix(run: Run) -> None:
    """With words, and no traceback."""
    said = run("permutations", "no domain")

    assert said.status == 2
    assert "no domain" in said.err


@pytest.mark.parametrize("limit", ["-5", "0", "1" * 30])
def test_a_limit_that_limits_nothing_is_yours_to_fix(run: Run, limit: str) -> None:
    """With words, and no traceback."""
    said = run("permutations", "en-marche.fr", "--limit", limit)

    assert said.status == 2
    assert "Invalid value for '--limit'" in said.err
