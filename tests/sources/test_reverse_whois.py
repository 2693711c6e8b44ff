"""The reverse_whois source against both services on loopback."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hunter.contracts import Batch, Doors, SourceContext
from hunter.errors import HunterError, WillNotPass, WillPass
from hunter.model import Report, Track
from hunter.sources import reverse_whois
from hunter.sources.reverse_whois import Settings
from tests.world.doors import NOW, doors
from tests.world.http import Response
from tests.world.reverse_whois import KEY, ReverseWhoisServer, reverse_whois_server

PINCH = Track("registrant_email", "johnpinch@mail.com", "en-marche.fr", "onedrive-en-marche.fr")
OTHER = Track("registrant_email", "amarocarrion@mail.com", "en-marche.fr", "en-marche.co")
HELD = {
    "johnpinch@mail.com": (
        "onedrive-en-marche.fr",
        "mail-en-marche.fr",
        "accounts-office.fr",
        "portal-office.fr",
    ),
    "amarocarrion@mail.com": ("en-marche.co", "securityprotectingcorp.com"),
}


@dataclass
class Hunt:
    """What outlives a round: the cursors, the clock, what the operator was told."""

    server: ReverseWhoisServer
    opened: Doors
    settings: Settings
    cursors: dict[str, str] = field(default_factory=dict)
    told: list[Report] = field(default_factory=list)
    now: datetime = NOW

    async def gather(self, *tracks: Track, into: dict[str, str] | None = None) -> dict[str, str]:
        """One round, each batch committed before the next: name → the track that found it."""
        context = SourceContext(
            brands=(),
            tracks=tracks,
            cursor=self.cursors.get,
            now=lambda: self.now,
            doors=self.opened,
            report=self.told.append,
        )
        found = {} if into is None else into
        async for batch in reverse_whois.gather(self.settings, context):
            self.cursors[batch.stream] = batch.cursor
            found |= self._names(batch)
        return found

    def _names(self, batch: Batch) -> dict[str, str]:
        names = batch.names.decode().split("\n") if batch.names else []
        assert not names or batch.track
        return {name: batch.track.value for name in names if batch.track}

    def trouble(self) -> dict[str, str]:
        """subject → the last word about it, where that is no good one."""
        last = {report.subject: report for report in self.told}
        return {subject: one.message for subject, one in last.items() if not one.healthy}


@asynccontextmanager
async def hunting(
    folder: Path, provider: str = "domaintools", **more: object
) -> AsyncIterator[Hunt]:
    """A hunt with an account at the provider."""
    secret = folder / "key"
    secret.write_text(f"{KEY}\n")
    async with reverse_whois_server(HELD) as server, doors() as opened:
        settings = Settings(
            enabled=True,
            provider=provider,  # type: ignore[arg-type]
            api_key_file=secret,
            url=server.http.url,
            **more,  # type: ignore[arg-type]
        )
        yield Hunt(server, opened, settings)


@pytest.mark.parametrize("provider", ["domaintools", "whoisxml"])
@pytest.mark.parametrize("page", [1, 2, 100])
async def test_what_else_a_registrant_holds_is_found(
    tmp_path: Path, provider: str, page: int
) -> None:
    """Every page is read; the domain that gave rise to the track is no news."""
    async with hunting(tmp_path, provider) as hunt:
        hunt.server.page = page
        assert await hunt.gather(PINCH) == dict.fromkeys(
            ("mail-en-marche.fr", "accounts-office.fr", "portal-office.fr"), "johnpinch@mail.com"
        )
        assert len(hunt.server.asked) == max(1, 4 // page)
        assert hunt.trouble() == {}


async def test_the_same_registrant_is_asked_for_once_a_day_and_only_news_is_told(
    tmp_path: Path,
) -> None:
    """A restart in between changes nothing: all is in the cursors."""
    async with hunting(tmp_path) as hunt:
        await hunt.gather(PINCH)
        assert await hunt.gather(PINCH) == {}
        assert len(hunt.server.asked) == 1
        hunt.now += timedelta(days=1)
        hunt.server.holders["johnpinch@mail.com"] = (*HELD["johnpinch@mail.com"], "new.fr")
        assert await hunt.gather(PINCH) == {"new.fr": "johnpinch@mail.com"}
        assert len(hunt.server.asked) == 2


@pytest.mark.parametrize("trouble", [None, Response(401), Response(500)])
async def test_what_a_clock_that_was_ahead_asked_is_asked_again(
    tmp_path: Path, trouble: Response | None
) -> None:
    """Neither a question nor a pause after trouble lasts until that time has come."""
    async with hunting(tmp_path) as hunt:
        right, hunt.now = hunt.now, hunt.now + timedelta(days=400)
        hunt.server.trouble = trouble
        with suppress(HunterError):
            await hunt.gather(PINCH)

        hunt.now, hunt.server.trouble = right, None
        await hunt.gather(PINCH)
        assert len(hunt.server.asked) == 2


async def test_other_fields_are_asked_where_the_provider_has_them(tmp_path: Path) -> None:
    """A certificate's key is nothing that reverse WHOIS knows."""
    server = Track("cert_key", "f" * 64, "en-marche.fr", "en-marche.co")
    name = Track("registrant_org", "Pinch SARL", "en-marche.fr", "en-marche.co")
    async with hunting(tmp_path) as hunt:
        hunt.server.holders["Pinch SARL"] = ("x.fr",)
        assert await hunt.gather(server, name) == {"x.fr": "Pinch SARL"}
        assert hunt.server.asked == [("Pinch SARL", "")]


@pytest.mark.parametrize(
    ("provider", "asked"), [("domaintools", [("ns1.monovm.com", "")]), ("whoisxml", [])]
)
async def test_iris_knows_servers_too(
    tmp_path: Path, provider: str, asked: list[tuple[str, str]]
) -> None:
    """WhoisXML knows registrants only."""
    server = Track("ns", "ns1.monovm.com", "en-marche.fr", "en-marche.co")
    async with hunting(tmp_path, provider) as hunt:
        hunt.server.holders["ns1.monovm.com"] = ("en-marche.co", "x.fr")
        assert set(await hunt.gather(server)) == ({"x.fr"} if asked else set())
        assert hunt.server.asked == asked


async def test_the_days_budget_outlives_a_restart(tmp_path: Path) -> None:
    """Each page is a question; who waits longest goes first, and pages go on where they were."""
    async with hunting(tmp_path, a_day=3) as hunt:
        hunt.server.page = 1
        assert set(await hunt.gather(PINCH, OTHER)) == {"mail-en-marche.fr", "accounts-office.fr"}
        assert "3 questions are spent; registrants that wait: 2" in hunt.trouble()["budget"]
        assert await hunt.gather(PINCH, OTHER) == {}
        assert len(hunt.server.asked) == 3
        hunt.now += timedelta(hours=13)
        found = await hunt.gather(PINCH, OTHER)
        assert set(found) == {"portal-office.fr", "securityprotectingcorp.com"}
        assert hunt.server.asked[3] == ("johnpinch@mail.com", "3")
        assert hunt.trouble() == {}


async def test_a_squatter_cannot_have_all_names_of_a_firm_alert(tmp_path: Path) -> None:
    """Its mailbox is quickly written into a registration; who sets the track knows whose it is."""
    async with hunting(tmp_path) as hunt:
        firms = tuple(f"firm-{number}.example" for number in range(60))
        hunt.server.holders["johnpinch@mail.com"] = firms
        assert await hunt.gather(PINCH) == {}
        assert "60 domains carry it: too common" in hunt.trouble()[PINCH.name]
        hunt.now += timedelta(days=1)
        assert len(await hunt.gather(replace(PINCH, made_by="ana"))) == 60


async def test_what_somebody_tracks_goes_before_what_a_squatter_thinks_of(tmp_path: Path) -> None:
    """Each day a new mailbox, which was never asked for, would take the day's question."""
    mine = replace(PINCH, made_by="ana")
    async with hunting(tmp_path, a_day=1) as hunt:
        for day in range(3):
            squatters = replace(OTHER, value=f"new-{day}@mail.com")
            await hunt.gather(squatters, mine)
            hunt.now += timedelta(days=1)
        assert hunt.server.asked == [("johnpinch@mail.com", "")] * 3


async def test_a_registrant_that_makes_trouble_holds_up_nobody(tmp_path: Path) -> None:
    """Not for a day, whoever set it."""
    async with hunting(tmp_path) as hunt:
        hunt.server.trouble = Response(500, b"")
        with suppress(HunterError):
            await hunt.gather(OTHER, replace(PINCH, made_by="ana"))
        hunt.server.trouble = None
        hunt.now += timedelta(hours=1)
        await hunt.gather(OTHER, replace(PINCH, made_by="ana"))
        whom = [value for value, _ in hunt.server.asked]
    assert whom == ["johnpinch@mail.com", "amarocarrion@mail.com", "johnpinch@mail.com"]


@pytest.mark.parametrize("status", [401, 402, 403])
@pytest.mark.parametrize("provider", ["domaintools", "whoisxml"])
async def test_a_refused_key_is_left_alone_until_it_is_another(
    tmp_path: Path, provider: str, status: int
) -> None:
    """The key stands in no message; a new one is tried at once, the old one after a day."""
    async with hunting(tmp_path, provider) as hunt:
        hunt.server.trouble = Response(status, KEY.encode())
        with pytest.raises(WillNotPass, match=f"refuses the key: status {status}") as caught:
            await hunt.gather(PINCH)
        assert KEY not in str(caught.value) + json.dumps(hunt.cursors)
        with pytest.raises(WillPass, match="left alone") as paused:
            await hunt.gather(PINCH)
        assert paused.value.retry_after is None, "the daemon would not look at the key for a day"
        assert len(hunt.server.asked) == 1
        (tmp_path / "key").write_text("another")
        with pytest.raises(WillNotPass):
            await hunt.gather(PINCH)
        assert len(hunt.server.asked) == 2


async def test_whoisxml_says_that_its_credits_are_spent(tmp_path: Path) -> None:
    """It has one answer for that and for a wrong key; the account is left alone either way."""
    said = {"code": 403, "messages": "Access restricted. Check credits balance or enter the key."}
    async with hunting(tmp_path, "whoisxml") as hunt:
        hunt.server.trouble = Response(403, json.dumps(said).encode())
        with pytest.raises(WillNotPass, match="whoisxml refuses the key"):
            await hunt.gather(PINCH, OTHER)
        assert len(hunt.server.asked) == 1


@pytest.mark.parametrize(
    ("trouble", "wait"),
    [
        (Response(429, headers={"Retry-After": "7200"}), timedelta(hours=2)),
        (Response(429), timedelta(minutes=30)),
        (Response(503, b'{"error": {"message": "exceeded per month"}}'), timedelta(minutes=30)),
        (Response(500), timedelta(minutes=30)),
        (Response(200, b'{"response": {"results": [{"dom'), timedelta(minutes=30)),
        (Response(200, b'{"response": {"results": [{}]}}'), timedelta(minutes=30)),
        (Response(200, b'{"response": {"results": 7}}'), timedelta(minutes=30)),
        (Response(200, b"[" * 5000), timedelta(minutes=30)),
        (
            Response(200, b'{"response": {"results": [{"domain": "\xff.fr"}]}}'),
            timedelta(minutes=30),
        ),
        (Response(200, b"x" * 100, cut_after=20), timedelta(minutes=30)),
        (
            Response(200, b'{"response": {"has_more_results": true, "results": []}}'),
            timedelta(minutes=30),
        ),
        (
            Response(200, b'{"response": {"results_count": 2, "results": [{"domain": "a.fr"}]}}'),
            timedelta(minutes=30),
        ),
    ],
)
async def test_a_service_in_trouble_is_asked_again_later(
    tmp_path: Path, trouble: Response, wait: timedelta
) -> None:
    """Rate limits, exhausted quotas, half an answer: nothing is lost, and nothing is hammered."""
    async with hunting(tmp_path) as hunt:
        hunt.server.trouble = trouble
        with pytest.raises(WillPass):
            await hunt.gather(PINCH)
        hunt.server.trouble = None
        hunt.now += wait - timedelta(seconds=1)
        with pytest.raises(WillPass, match="left alone"):
            await hunt.gather(PINCH)
        hunt.now += timedelta(seconds=1)
        assert len(await hunt.gather(PINCH)) == 3


async def test_a_part_of_whoisxmls_answer_is_not_the_whole(tmp_path: Path) -> None:
    """It counts more domains than it gives, and names no further page."""
    part = {"domainsCount": 4, "domainsList": ["mail-en-marche.fr"], "nextPageSearchAfter": None}
    async with hunting(tmp_path, "whoisxml") as hunt:
        hunt.server.trouble = Response(200, json.dumps(part).encode())
        with pytest.raises(WillPass, match="a part of an answer"):
            await hunt.gather(PINCH)
        hunt.server.trouble = None
        hunt.now += timedelta(minutes=30)
        assert len(await hunt.gather(PINCH)) == 3


async def test_after_trouble_another_registrant_is_asked_for_first(tmp_path: Path) -> None:
    """One question that always breaks keeps none of the others from being asked."""
    async with hunting(tmp_path) as hunt:
        respond = hunt.server.respond

        def breaking(request: object) -> Response:
            odd = "johnpinch" in request.path  # type: ignore[attr-defined]
            return Response(502) if odd else respond(request)  # type: ignore[arg-type]

        hunt.server.http.handler = breaking
        with pytest.raises(WillPass):
            await hunt.gather(PINCH, OTHER)
        hunt.now += timedelta(minutes=30)
        found: dict[str, str] = {}
        with pytest.raises(WillPass):
            await hunt.gather(PINCH, OTHER, into=found)
        assert set(found) == {"securityprotectingcorp.com"}


async def test_trouble_on_a_later_page_keeps_the_earlier(tmp_path: Path) -> None:
    """The next round goes on where the last one broke."""
    async with hunting(tmp_path) as hunt:
        hunt.server.page = 2
        respond, pages = hunt.server.respond, []

        def breaking(request: object) -> Response:
            pages.append(request)
            return Response(502) if len(pages) == 2 else respond(request)  # type: ignore[arg-type]

        hunt.server.http.handler = breaking
        with pytest.raises(WillPass):
            await hunt.gather(PINCH)
        hunt.now += timedelta(hours=1)
        assert set(await hunt.gather(PINCH)) == {"accounts-office.fr", "portal-office.fr"}
        assert (
            len(
                json.loads(hunt.cursors["track:en-marche.fr:registrant_email=johnpinch@mail.com"])[
                    "known"
                ]
            )
            == 3
        )


async def test_pages_in_a_circle_are_left_and_cost_no_days_budget(tmp_path: Path) -> None:
    """The first page says where the second begins, and that one says where itself begins."""
    async with hunting(tmp_path) as hunt:
        results = [{"domain": "mail-en-marche.fr"}]
        page = {"has_more_results": True, "position": "x", "results_count": 1, "total_count": 9}
        hunt.server.trouble = Response(
            200, json.dumps({"response": {**page, "results": results}}).encode()
        )

        assert set(await hunt.gather(PINCH)) == {"mail-en-marche.fr"}
        assert len(hunt.server.http.requests) == 2
        assert "circle" in hunt.trouble()[PINCH.name]
        hunt.now += timedelta(hours=1)
        await hunt.gather(PINCH)
        assert len(hunt.server.http.requests) == 2


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (Response(400), "status 400"),
        (Response(200, b'{"response": {"limit_exceeded": true, "results": []}}'), "too many"),
    ],
)
async def test_one_value_that_is_refused_does_not_stop_the_others(
    tmp_path: Path, refusal: Response, told: str
) -> None:
    """A 400 and an exceeded limit are about the question, not about the account."""
    async with hunting(tmp_path) as hunt:
        respond = hunt.server.respond

        def choosy(request: object) -> Response:
            odd = "johnpinch" in request.path  # type: ignore[attr-defined]
            return refusal if odd else respond(request)  # type: ignore[arg-type]

        hunt.server.http.handler = choosy
        assert set(await hunt.gather(PINCH, OTHER)) == {"securityprotectingcorp.com"}
        assert told in hunt.trouble()[PINCH.name]
        await hunt.gather(PINCH, OTHER)
        assert len(hunt.server.asked) == 2


async def test_a_registrant_of_thousands_is_a_service(tmp_path: Path) -> None:
    """Nothing it holds becomes a find, and the operator hears why."""
    async with hunting(tmp_path, at_most=3) as hunt:
        assert await hunt.gather(PINCH) == {}
        assert "4 domains carry it: too common" in hunt.trouble()[PINCH.name]
        await hunt.gather(PINCH)
        assert len(hunt.server.asked) == 1


async def test_hostile_names_are_left_out(tmp_path: Path) -> None:
    """What is no domain name never reaches the matcher."""
    async with hunting(tmp_path) as hunt:
        hunt.server.holders["johnpinch@mail.com"] = (
            "a.fr\nb.fr",
            "\x1b[31m.fr",
            "<b>",
            "ok.fr",
            "",
        )
        assert set(await hunt.gather(PINCH)) <= {"ok.fr", "[31m.fr"}


async def test_it_is_off_and_needs_an_account(tmp_path: Path) -> None:
    """hunter works without any."""
    assert not Settings().enabled
    async with hunting(tmp_path) as hunt:
        hunt.settings = Settings(enabled=True)
        with pytest.raises(WillNotPass, match="api_key_file"):
            await hunt.gather(PINCH)
