"""`hunter permutations`, without the network."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.world.daemon import hunter
from tests.world.dns import dns_server


def add(config: Path, tables: str) -> None:
    """Put them at the end of a config."""
    with config.open("a", encoding="utf-8") as file:
        file.write(tables)


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


def test_what_the_config_adds_is_proposed_and_what_it_owns_is_not(run: Run, config: Path) -> None:
    """As the daemon looks them up, be a channel at fault; without a config neither is known."""
    text = config.read_text("utf-8").replace("keywords", 'owned = ["en-marche.re"]\nkeywords')
    config.write_text(text, encoding="utf-8")
    add(config, '[sources.permutations]\nenabled = false\nwords = ["jupiter"]\ntlds = ["bzh"]\n')
    add(config, '[notifiers.email]\npassword_file = "closed/to/you"\n')
    bare = run("permutations", "en-marche.fr").out
    ours = run("permutations", "en-marche.fr", "-c", str(config)).out

    assert "\nen-marche.re " in f"\n{bare}"
    assert "jupiter" not in bare
    assert "\nen-marche.re " not in f"\n{ours}"
    assert "jupiter-en-marche.fr" in ours
    assert "en-marche.bzh" in ours


def test_a_config_that_is_not_there_is_told(run: Run) -> None:
    """Its words would be missing from the answer."""
    said = run("permutations", "en-marche.fr", "-c", "nope.toml")

    assert (said.status, said.out) == (2, "")
    assert "nope.toml: cannot be read" in said.err


async def test_the_resolver_of_the_config_is_asked(config: Path) -> None:
    """Also of a config that nobody named: it lies where the command is typed."""
    async with dns_server({"en-marche.com": {"NS": "ns1.example."}}) as server:
        add(config, f'[net]\ndns_servers = ["127.0.0.1"]\ndns_port = {server.port}\n')
        asked = ("permutations", "en-marche.fr", "--resolve", "--limit", "1", "--json")
        said = await asyncio.to_thread(hunter, *asked, cwd=config.parent)

    assert json.loads(said.stdout) == {
        "name": "en-marche.com",
        "fuzzer": "tld-swap",
        "dns": "found",
    }
