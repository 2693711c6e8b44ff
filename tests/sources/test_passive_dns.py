"""The passive_dns source against both services on loopback, and against files."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hunter.contracts import Batch, Doors, SourceContext
from hunter.errors import WillNotPass
from hunter.model import Report, Track
from hunter.sources import passive_dns
from hunter.sources.passive_dns import Settings
from tests.world.doors import doors
from tests.world.http import Response
from tests.world.passive_dns import KEY, LOGIN, PassiveDnsServer, passive_dns_server, row

NOW = datetime(2017, 4, 25, tzinfo=UTC)
LATELY = int((NOW - timedelta(days=3)).timestamp())
LONG_AGO = int((NOW - timedelta(days=400)).timestamp())
PORTAL = "194.187.249.135"


def seen(name: str, kind: str, *values: str, last: int = LATELY) -> dict:
    """A record that was first seen long ago."""
    return row(name, kind, *values, first=LONG_AGO, last=last)


ROWS = (
    seen("portal-office.fr", "A", PORTAL),
    seen("www.accounts-office.fr", "A", PORTAL),
    seen("accounts-office.fr", "A", PORTAL),
    seen("gone.fr", "A", PORTAL, last=LONG_AGO),
    seen("near.fr", "A", "194.187.249.136"),
    seen("en-marche.co", "NS", "ns1.monovm.com", "ns2.monovm.com"),
    seen("other.co", "NS", "ns3.monovm.com"),
    seen("mail.fr", "MX", "ns1.monovm.com"),
)


def track(field: str, value: str) -> Track:
    """A track that portal-office.fr gave rise to."""
    return Track(field, value, "en-marche.fr", "portal-office.fr")


ADDRESS = track("a", PORTAL)
NETWORK = track("network", "194.187.249.0/24")
SERVER = track("ns", "ns1.monovm.com")
SERVERS = track("ns_domain", "monovm.com")
ANSWERS = [
    (ADDRESS, {"accounts-office.fr"}),
    (NETWORK, {"accounts-office.fr", "near.fr"}),
    (SERVER, {"en-marche.co"}),
    (SERVERS, {"en-marche.co", "other.co"}),
]


@dataclass
class Hunt:
    """What outlives a round: cursors, budget, memory, the clock, what the operator was told."""

    server: PassiveDnsServer
    opened: Doors
    settings: Settings
    cursors: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    spent: list[str] = field(default_factory=list)
    told: list[Report] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    now: datetime = NOW

    async def gather(self, *tracks: Track) -> set[str]:
        """The names of one round, each batch committed before the next."""
        context = SourceContext(
            brands=(),
            tracks=tracks,
            cursor=self.cursors.get,
            now=lambda: self.now,
            doors=self.opened,
            report=self.told.append,
            spend=self._spend,
            recall=self.kept.get,
            keep=self.kept.__setitem__,
        )
        self.batches = []
        async for batch in passive_dns.gather(self.settings, context):
            self.cursors[batch.stream] = batch.cursor
            self.batches.append(batch)
        return {name for batch in self.batches for name in batch.names.decode().split()}

    def _spend(self, provider: str, a_day: int) -> bool:
        self.spent.append(provider)
        return self.spent.count(provider) <= a_day

    def trouble(self) -> dict[str, str]:
        """subject → the last word about it, where that is no good one."""
        last = {report.subject: report for report in self.told}
        return {subject: one.message for subject, one in last.items() if not one.healthy}


@asynccontextmanager
async def hunting(folder: Path, *names: str, **more: object) -> AsyncIterator[Hunt]:
    """A hunt with an account at these providers, or with their files."""
    (folder / "dnsdb").write_text(KEY)
    (folder / "circl").write_text(LOGIN)
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    async with passive_dns_server(*ROWS) as server, doors() as opened:
        given = {
            "dnsdb": {"dnsdb_key_file": folder / "dnsdb", "dnsdb_url": server.http.url},
            "circl": {
                "circl_login_file": folder / "circl",
                "circl_url": f"{server.http.url}/pdns/query",
            },
            "imports": {"imports": (folder / "rows.jsonl",)},
        }
        chosen = {key: value for name in names for key, value in given[name].items()}
        yield Hunt(server, opened, Settings(enabled=True, **chosen, **more))


@pytest.mark.parametrize(("asked", "found"), ANSWERS)
@pytest.mark.parametrize("provider", ["dnsdb", "imports"])
async def test_who_is_where_the_suspect_is_is_found(
    tmp_path: Path, provider: str, asked: Track, found: set[str]
) -> None:
    """By address, network, name server; not who left long ago, nor the suspect itself."""
    async with hunting(tmp_path, provider) as hunt:
        assert await hunt.gather(asked) == found
        assert hunt.batches[0].track == asked
        assert hunt.batches[0].origin(0) == {
            "provider": provider,
            "first_seen": 20160321,
            "last_seen": 20170422,
        }
        assert hunt.trouble() == {}


async def test_circl_is_asked_for_single_values_only(tmp_path: Path) -> None:
    """It takes one name or one address; pages are questions."""
    async with hunting(tmp_path, "circl") as hunt:
        hunt.server.page = 2
        assert await hunt.gather(*(one for one, _ in ANSWERS)) == {
            "accounts-office.fr",
            "en-marche.co",
        }
        paths = {path.rpartition("/")[2] for path in hunt.server.asked}
        assert paths == {PORTAL, "ns1.monovm.com"}
        assert len(hunt.spent) == len(hunt.server.asked) > 2


async def test_the_same_track_is_asked_for_once_a_day_and_only_news_is_told(
    tmp_path: Path,
) -> None:
    """All that outlives a round is in the cursors."""
    async with hunting(tmp_path, "dnsdb") as hunt:
        await hunt.gather(ADDRESS)
        assert await hunt.gather(ADDRESS) == set()
        assert len(hunt.server.asked) == 1
        hunt.now += timedelta(days=1)
        hunt.server.rows = (*ROWS, seen("new.fr", "A", PORTAL))
        assert await hunt.gather(ADDRESS) == {"new.fr"}


async def test_tracks_on_other_things_are_not_asked_for(tmp_path: Path) -> None:
    """Passive DNS knows no registrants."""
    async with hunting(tmp_path, "dnsdb", "circl", "imports") as hunt:
        assert await hunt.gather(track("registrant_email", "johnpinch@mail.com")) == set()
        assert hunt.server.asked == []


async def test_the_days_budget_is_kept_and_who_waits_longest_goes_first(tmp_path: Path) -> None:
    """The operator hears of it and of how many wait."""
    async with hunting(tmp_path, "dnsdb", a_day=1) as hunt:
        assert await hunt.gather(ADDRESS, SERVER) == {"accounts-office.fr"}
        assert hunt.trouble() == {
            "dnsdb": "today's questions to dnsdb are spent; tracks that wait: 1"
        }
        hunt.spent.clear()
        hunt.now += timedelta(days=1)
        assert await hunt.gather(ADDRESS, SERVER) == {"en-marche.co"}


@pytest.mark.parametrize("status", [401, 402, 403])
@pytest.mark.parametrize("provider", ["dnsdb", "circl"])
async def test_a_refused_key_is_left_alone_for_a_day(
    tmp_path: Path, provider: str, status: int
) -> None:
    """Others are asked all the same; the key is kept and told nowhere."""
    async with hunting(tmp_path, provider, "imports") as hunt:
        hunt.server.trouble = Response(status, KEY.encode())
        for _ in range(3):
            await hunt.gather(ADDRESS, SERVER)
            hunt.now += timedelta(hours=2)
        assert len(hunt.server.asked) == 1
        told = hunt.trouble()
        assert list(told) == [provider]
        assert f"refuses the key: status {status}; tracks that wait: 2" in told[provider]
        assert "accounts-office.fr" in hunt.cursors[f"imports track:en-marche.fr:{ADDRESS.name}"]
        assert KEY not in json.dumps([told, hunt.kept, hunt.cursors])
        hunt.now += timedelta(days=1)
        await hunt.gather(ADDRESS)
        assert len(hunt.server.asked) == 2


async def test_a_key_refused_by_a_clock_that_was_ahead_is_tried_again(tmp_path: Path) -> None:
    """It is not left alone until that time has come."""
    async with hunting(tmp_path, "dnsdb") as hunt:
        right, hunt.now = hunt.now, hunt.now + timedelta(days=400)
        hunt.server.trouble = Response(401)
        await hunt.gather(ADDRESS)

        hunt.now = right
        await hunt.gather(ADDRESS)
        assert len(hunt.server.asked) == 2


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "3600"}])
@pytest.mark.parametrize("provider", ["dnsdb", "circl"])
async def test_a_provider_that_has_enough_is_left_alone(
    tmp_path: Path, provider: str, headers: dict[str, str]
) -> None:
    """After 429 nothing more is asked in this round nor the next; nothing is lost.

    Nor by a hunter that was started since: it is kept.
    """
    async with hunting(tmp_path, provider) as hunt:
        hunt.server.trouble = Response(429, headers=headers)
        await hunt.gather(ADDRESS, SERVER)
        assert "status 429; tracks that wait: 2" in hunt.trouble()[provider]
        hunt.server.trouble = None
        assert await hunt.gather(ADDRESS, SERVER) == set()
        assert "asked to be left alone" in hunt.trouble()[provider]
        assert len(hunt.server.asked) == 1
        assert await hunt.gather() == set()
        assert list(hunt.kept) == [f"sources.passive_dns.hushed.{provider}"]


async def test_half_an_answer_is_not_followed(tmp_path: Path) -> None:
    """It may be that of a crowd; it is asked for again the next day."""
    async with hunting(tmp_path, "dnsdb") as hunt:
        hunt.server.end = None
        assert await hunt.gather(ADDRESS) == set()
        assert "not the whole answer" in hunt.trouble()[f"{ADDRESS.name} dnsdb"]
        hunt.server.end = {"cond": "succeeded"}
        hunt.now += timedelta(days=1)
        assert await hunt.gather(ADDRESS) == {"accounts-office.fr"}
        assert hunt.trouble() == {}


async def test_what_a_crowd_shares_is_not_followed(tmp_path: Path) -> None:
    """Nothing of it becomes a find, and the operator hears why."""
    async with hunting(tmp_path, "dnsdb", at_most=100) as hunt:
        hunt.server.rows = [seen(f"stranger-{at}.fr", "A", PORTAL) for at in range(2000)]
        assert await hunt.gather(ADDRESS) == set()
        told = hunt.trouble()[f"{ADDRESS.name} dnsdb"]
        assert told == "1000 domains carry it: too common to be followed"


async def test_what_was_not_asked_for_is_left_out(tmp_path: Path) -> None:
    """A provider's word about another address, or a name that is none, leads to nothing."""
    async with hunting(tmp_path, "circl") as hunt:
        rows = [
            {"rrname": "a.fr", "rrtype": "A", "rdata": "192.0.2.7", "time_last": LATELY},
            {"rrname": "\x1b[31m<b>", "rrtype": "A", "rdata": PORTAL, "time_last": LATELY},
            {"rrname": "ok.fr", "rrtype": "A", "rdata": PORTAL, "time_last": LATELY},
        ]
        hunt.server.trouble = Response(200, "\n".join(map(json.dumps, rows)).encode())
        assert await hunt.gather(ADDRESS) == {"ok.fr"}


async def test_it_is_off_and_needs_somebody_to_ask(tmp_path: Path) -> None:
    """hunter works without any."""
    assert not Settings().enabled
    async with hunting(tmp_path) as hunt:
        with pytest.raises(WillNotPass, match="imports in"):
            await hunt.gather(ADDRESS)
