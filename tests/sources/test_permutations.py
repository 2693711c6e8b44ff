"""Permutations looked up: what exists is found, and no answer is neither yes nor no."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import cast

import pytest
from pydantic import ValidationError

from hunter.contracts import Batch, Doors, SourceContext
from hunter.errors import WillPass
from hunter.model import PASSING, Brand, Report
from hunter.net.dns import DnsDoor
from hunter.permutations import campaign_tlds
from hunter.sources.permutations import Settings, gather
from tests.world.dns import DnsServer, Names, Trouble, dns_server

NOW = datetime(2017, 4, 13, 8, 0, tzinfo=UTC)
BRAND = Brand("en-marche.fr", owned=("enmarche.fr",))


class Round:
    """One gathering: the batches of a source, and what it told."""

    def __init__(self) -> None:
        self.batches: list[Batch] = []
        self.reports: list[Report] = []
        self.trouble = ""

    @property
    def names(self) -> list[str]:
        """All names, in order."""
        return [name for batch in self.batches for name in batch.names.decode().split()]


async def _gather(server: DnsServer, settings: Settings, *brands: Brand) -> Round:
    door = DnsDoor(("127.0.0.1",), port=server.port, timeout=1.0, tries=1, in_flight=20)
    done = Round()
    doors = cast("Doors", type("D", (), {"dns": door}))
    context = SourceContext(brands, (), {}.get, lambda: NOW, doors, done.reports.append)
    try:
        done.batches = [batch async for batch in gather(settings, context)]
    except WillPass as trouble:
        done.trouble = str(trouble)
    finally:
        await door.close()
    return done


@asynccontextmanager
async def _found(
    names: Names, settings: Settings | None = None
) -> AsyncIterator[tuple[DnsServer, Round]]:
    async with dns_server(names) as server:
        yield server, await _gather(server, settings or Settings(limit=400), BRAND)


async def test_names_that_exist_are_found_most_plausible_first() -> None:
    """With the technique and how it was found; owned and absent names are not among them."""
    names: Names = {
        "mail-en-marche.fr": {"NS": ["ns2.monovm.com.", "ns1.monovm.com."]},
        "en-marche.co": {"NS": "ns1.monovm.com."},
        "en-marce.fr": {"A": "192.0.2.1"},
        "enmarche.fr": {"NS": "ns.own.fr."},
    }

    async with _found(names) as (server, done):
        assert done.names == ["en-marche.co", "mail-en-marche.fr", "en-marce.fr"]
        [batch] = done.batches
        assert batch.stream == "en-marche.fr"
        assert batch.origin(0) == {
            "fuzzer": "tld-swap",
            "answer": "found",
            "ns": ["ns1.monovm.com"],
        }
        assert batch.origin(2) == {"fuzzer": "omission", "answer": "empty", "ns": []}
        assert [r.message for r in done.reports] == ["3 of 400 names exist"]
        assert ("enmarche.fr", "NS") not in server.questions


async def test_a_failing_name_server_is_neither_yes_nor_no() -> None:
    """SERVFAIL, refusal and silence are asked again, counted, never reported as existing."""
    names: Names = {
        "en-marche.co": Trouble.SERVFAIL,
        "en-marche.net": Trouble.REFUSED,
        "en-marche.org": Trouble.SILENT,
        "en-marche.com": {"NS": "ns.x.fr."},
    }

    async with _found(names) as (server, done):
        assert done.names == ["en-marche.com"]
        assert server.count("en-marche.co", "NS") == 2
        [report] = done.reports
        assert report.healthy
        assert report.message.startswith("1 of 400 names exist; could not tell of 3, mostly")
        assert not done.trouble


@pytest.mark.parametrize("denial", [Trouble.REFUSED, Trouble.SERVFAIL])
async def test_a_squatter_cannot_hide_behind_its_name_servers(denial: Trouble) -> None:
    """Nobody who follows a link asks for them, but for where the page or the mail server is."""
    names: Names = {
        "en-marche.co": {"NS": denial, "A": "192.0.2.1"},
        "en-marche.eu": {"NS": denial, "A": denial, "AAAA": "2001:db8::1"},
        "en-marche.net": {"NS": denial, "MX": "10 mx.x.example."},
        "en-marche.org": denial,
        "*.com": {"A": "192.0.2.9"},
        "en-marche.com": {"NS": denial, "A": "192.0.2.1"},
    }

    async with _found(names) as (_, done):
        assert sorted(done.names) == ["en-marche.co", "en-marche.eu", "en-marche.net"]
        assert done.batches[0].origin(0) == {"fuzzer": "tld-swap", "answer": "found", "ns": []}


async def test_a_dead_resolver_is_told() -> None:
    """When most answers failed the source is not well."""
    dead = {f"*.{tld}": Trouble.SERVFAIL for tld in ("fr", *campaign_tlds())}
    async with _found(dead, Settings(limit=50)) as (_, done):
        assert done.names == []
        [report] = done.reports
        assert not report.healthy
        assert "could not tell of 50" in report.message
        assert "SERVFAIL" in report.message
        assert report.trouble == PASSING
        assert done.trouble.startswith("not one name could be told of")


async def test_a_suffix_that_answers_everything_is_passed_over() -> None:
    """By a random label: only what answers in another way is taken for a registration."""
    names: Names = {
        "*.co": {"NS": "ns.catchall.net."},
        "enmarche.co": {"NS": "ns1.monovm.com."},
        "*.net": {"A": "192.0.2.9"},
        "en-marche.net": {"NS": "ns1.monovm.com."},
        "en-marche.org": {"NS": "ns1.monovm.com."},
    }

    async with _found(names) as (_, done):
        assert done.names == ["en-marche.org", "en-marche.net", "enmarche.co"]
        [report] = done.reports
        assert report.healthy
        assert "where every name answers (" in report.message
        assert "co" in report.message


@pytest.mark.parametrize("word", ["a b", "don.s", "-don", "don-", "d_n", "", "*don", "don "])
def test_a_word_that_can_stand_in_no_name_is_refused(word: str) -> None:
    """No registry takes what would be made of it."""
    with pytest.raises(ValidationError, match="is no word that can stand in a name"):
        Settings(words=(word,))


@pytest.mark.parametrize("ending", [".paris", "*.paris", "co..uk", "-x", "pa_ris", "paris "])
def test_an_ending_that_is_none_is_refused(ending: str) -> None:
    """And a good one is written in small letters, of one label or two."""
    with pytest.raises(ValidationError, match="is no ending, such as paris"):
        Settings(tlds=(ending,))
    assert Settings(tlds=("PARIS", "co.uk")).tlds == ("paris", "co.uk")


async def test_an_untested_suffix_needs_name_servers_to_count() -> None:
    """When the random label got no answer, an empty answer may be a wildcard's."""
    names: Names = {
        "*.net": Trouble.SERVFAIL,
        "en-marche.net": {"A": "192.0.2.9"},
        "enmarche.net": {"NS": "ns1.monovm.com."},
    }

    async with _found(names) as (_, done):
        assert done.names == ["enmarche.net"]
        assert "could not" in done.reports[0].message


async def test_each_brand_has_its_own_batch_and_limit() -> None:
    """Words and endings of one's own come first."""
    other = Brand("elysee.fr")
    settings = Settings(limit=30, words=("bayrou",), tlds=("example",))

    async with dns_server({"elysee.example": {"NS": "ns.x."}}) as server:
        done = await _gather(server, settings, BRAND, other)

        assert [batch.stream for batch in done.batches] == ["en-marche.fr", "elysee.fr"]
        assert done.names == ["elysee.example"]
        asked = {name for name, _ in server.questions}
        assert "en-marche.example" in asked
        assert "bayrou-en-marche.fr" in asked
