"""The passive_dns enricher against DNSDB and CIRCL on loopback, and imported files."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hunter import hushed
from hunter.contracts import Doors, EnricherContext
from hunter.enrichers import passive_dns
from hunter.enrichers.passive_dns import Settings
from hunter.errors import WillNotPass, WillPass
from hunter.model import Report
from tests.world.doors import context, doors, dossier, unknowns, values
from tests.world.http import Response
from tests.world.passive_dns import KEY, LOGIN, PassiveDnsServer, passive_dns_server, row

APRIL = datetime(2017, 4, 24, 6, 0, tzinfo=UTC)
MARCH_15, APRIL_20, MAY_1 = 1489536000, 1492646400, 1493596800
PORTAL = "194.187.249.135"
ROWS = (
    row("portal-office.fr", "A", PORTAL, first=MARCH_15, last=APRIL_20, count=5),
    row("portal-office.fr", "NS", "ns1.monovm.com.", first=MARCH_15, last=MAY_1, count=3),
    row("portal-office.fr", "A", "192.0.2.9", first=MAY_1, last=MAY_1),
    row("mail.portal-office.fr", "A", PORTAL, first=MARCH_15, last=APRIL_20),
)
PORTAL_OFFICE = dossier("portal-office.fr")
SHOP = row("shop.fr", "A", PORTAL, first=MARCH_15, last=APRIL_20)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """The files with the secrets."""
    (tmp_path / "dnsdb").write_text(f"{KEY}\n")
    (tmp_path / "circl").write_text(LOGIN)
    return tmp_path


def settings(keys: Path, server: PassiveDnsServer, *providers: str, **more: object) -> Settings:
    """Both providers at the server, or only those named."""
    wanted = providers or ("dnsdb", "circl")
    return Settings(
        dnsdb_key_file=keys / "dnsdb" if "dnsdb" in wanted else None,
        circl_login_file=keys / "circl" if "circl" in wanted else None,
        dnsdb_url=server.http.url,
        circl_url=f"{server.http.url}/pdns/query",
        **more,  # type: ignore[arg-type]
    )


def asking(
    opened: Doors,
    spend: Callable[[str, int], bool] = lambda *_: True,
    kept: dict[str, str] | None = None,
    now: datetime = APRIL,
) -> EnricherContext:
    """A context of April 2017; `kept` is what outlives a restart."""
    kept = {} if kept is None else kept
    return replace(
        context(opened),
        now=lambda: now,
        spend=spend,
        recall=kept.get,
        keep=kept.__setitem__,
    )


async def look(chosen: Settings, opened: Doors, **fields: object) -> tuple[dict, dict]:
    """Values and reasons about portal-office.fr."""
    asked = dossier("portal-office.fr", **fields)
    facts = await passive_dns.enrich(asked, chosen, asking(opened))
    assert {fact.field for fact in facts} <= passive_dns.FIELDS.keys()
    return values(facts, "portal-office.fr"), unknowns(facts, "portal-office.fr")


@pytest.mark.parametrize("provider", ["dnsdb", "circl"])
async def test_both_providers_tell_the_same_story(keys: Path, provider: str) -> None:
    """Past addresses and servers, days and counts; nothing from after the day of the question."""
    async with passive_dns_server(*ROWS) as server, doors() as opened:
        found, unknown = await look(settings(keys, server, provider), opened, a=PORTAL)
    assert unknown == {}
    assert found == {
        "pdns_a": {PORTAL},
        "pdns_ns": {"ns1.monovm.com"},
        "pdns_ns_domain": {"monovm.com"},
        "pdns_first_seen": {20170315},
        "pdns_last_seen": {20170424},
        "pdns_count": {8},
        "pdns_provider": {provider},
        "pdns_cohosted": {0},
    }
    assert len(server.asked) == 2


async def test_who_else_was_at_the_address_lately(keys: Path) -> None:
    """Registrable domains, each once; whoever left long ago does not count."""
    others = (
        row("www.shop.fr", "A", PORTAL, first=1, last=APRIL_20),
        row("shop.fr", "A", PORTAL, first=1, last=APRIL_20),
        row("old.fr", "A", PORTAL, first=1, last=MARCH_15 - 86400 * 90),
        row("later.fr", "A", PORTAL, first=MAY_1, last=MAY_1),
    )
    async with passive_dns_server(*ROWS, *others) as server, doors() as opened:
        found, _ = await look(settings(keys, server), opened, a=PORTAL)
        assert found["pdns_cohosted"] == {1}
        assert found["pdns_cohosted_domain"] == {"shop.fr"}
        behind, _ = await look(settings(keys, server), opened, a=PORTAL, cdn="Cloudflare")
        assert "pdns_cohosted" not in behind
        frugal = settings(keys, server, cohosted=False)
        assert "pdns_cohosted" not in (await look(frugal, opened, a=PORTAL))[0]


async def test_nothing_is_paid_for_an_address_that_leads_nowhere(keys: Path) -> None:
    """A squatter puts some before the one that counts."""
    async with passive_dns_server(*ROWS) as server, doors() as opened:
        chosen = settings(keys, server, "dnsdb")
        found, unknown = await look(chosen, opened, a=("127.0.0.1", "0.0.0.0", PORTAL))
    assert (found["pdns_cohosted"], unknown) == ({0}, {})


async def test_of_many_addresses_two_are_asked_about(keys: Path) -> None:
    """Each is paid for; that nobody else is at the others is not known."""
    at_third = row("shop.fr", "A", "192.0.2.9", first=MARCH_15, last=APRIL_20)
    async with passive_dns_server(*ROWS, at_third) as server, doors() as opened:
        chosen = settings(keys, server, "dnsdb")
        addresses = (PORTAL, "192.0.2.8", "192.0.2.9")
        found, unknown = await look(chosen, opened, a=addresses)
        assert "pdns_cohosted" not in found
        assert unknown == {"pdns_cohosted": "asked about 2 of its 3 addresses only"}
        assert len(server.asked) == 3
        found, unknown = await look(chosen, opened, a=addresses[::-1])
    assert (found["pdns_cohosted"], unknown) == ({1}, {})


async def test_a_domain_nobody_saw_has_no_history(keys: Path) -> None:
    """Certainly none, and nothing in doubt."""
    async with passive_dns_server() as server, doors() as opened:
        assert await look(settings(keys, server), opened) == ({}, {})


@pytest.mark.parametrize(
    "end", [None, {"cond": "limited", "msg": "limit"}, {"cond": "failed", "msg": "backend"}]
)
async def test_half_an_answer_is_not_taken_for_a_whole_one(
    keys: Path, end: dict[str, str] | None
) -> None:
    """What was seen was seen; first, last, counts and neighbours stay in doubt."""
    async with passive_dns_server(*ROWS) as server, doors() as opened:
        server.end = end
        found, unknown = await look(settings(keys, server, "dnsdb"), opened, a=PORTAL)
        assert found["pdns_a"] == {PORTAL}
        doubted = {"pdns_first_seen", "pdns_last_seen", "pdns_count", "pdns_cohosted"}
        assert unknown.keys() == doubted
        server.rows = ()
        with pytest.raises(WillPass, match="dnsdb: the answer"):
            await look(settings(keys, server, "dnsdb"), opened)


@pytest.mark.parametrize("status", [401, 402, 403])
@pytest.mark.parametrize("provider", ["dnsdb", "circl"])
async def test_a_refused_key_is_not_used_again(keys: Path, status: int, provider: str) -> None:
    """Until the file holds another, or a day is over; the key itself is kept and told nowhere."""
    kept: dict[str, str] = {}
    asked, days = dossier("portal-office.fr"), (0, 0, 0.9)
    async with passive_dns_server(*ROWS) as server:
        server.trouble = Response(status, KEY.encode())
        chosen = settings(keys, server, provider)
        for day in days:
            # New doors each time, as after a restart.
            async with doors() as opened:
                now = asking(opened, kept=kept, now=APRIL + timedelta(days=day))
                with pytest.raises(WillNotPass, match=f"refuses the key: status {status}") as told:
                    await passive_dns.enrich(asked, chosen, now)
            secret = (keys / provider).read_text().strip()
            assert secret not in str(told.value) + json.dumps(kept)
        assert len(server.asked) == 1
        async with doors() as opened:
            later = asking(opened, kept=kept, now=APRIL + timedelta(days=1))
            with pytest.raises(WillNotPass):
                await passive_dns.enrich(asked, chosen, later)
            (keys / provider).write_text(f"x{secret}")
            with pytest.raises(WillNotPass):
                await passive_dns.enrich(asked, chosen, later)
        assert len(server.asked) == 3


async def test_each_refused_key_is_remembered_beside_the_others(keys: Path) -> None:
    """The enricher's and the source's may be two: neither is tried again for the other's sake."""
    kept: dict[str, str] = {}
    async with passive_dns_server(*ROWS) as server, doors() as opened:
        server.trouble = Response(403)
        chosen = settings(keys, server, "dnsdb")
        for key in (KEY, f"x{KEY}", KEY, f"x{KEY}"):
            (keys / "dnsdb").write_text(key)
            with pytest.raises(WillNotPass, match="refuses the key: status 403"):
                await passive_dns.enrich(PORTAL_OFFICE, chosen, asking(opened, kept=kept))
    assert len(server.asked) == 2


@pytest.mark.parametrize("asked_by", ["enrichers.passive_dns", "sources.passive_dns"])
async def test_a_pause_holds_for_the_source_and_the_enricher(keys: Path, asked_by: str) -> None:
    """Whichever of them was asked for it: they have one account."""
    kept: dict[str, str] = {}
    async with passive_dns_server(*ROWS) as server, doors() as opened:
        now = asking(opened, kept=kept)
        hushed.hush(now, asked_by, "dnsdb", timedelta(hours=1))
        with pytest.raises(WillPass, match="asked to be left alone"):
            await passive_dns.enrich(PORTAL_OFFICE, settings(keys, server, "dnsdb"), now)
    assert server.asked == []


async def test_circl_is_read_page_after_page(keys: Path) -> None:
    """It is told not to ask the suspect's name servers itself; each page is a question."""
    budget: list[str] = []
    async with passive_dns_server(*ROWS) as server, doors() as opened:
        server.page = 1
        asked = asking(opened, spend=lambda provider, _: not budget.append(provider))
        chosen = settings(keys, server, "circl")
        facts = await passive_dns.enrich(dossier("portal-office.fr"), chosen, asked)
        found = values(facts, "portal-office.fr")
        headers = [request.headers for request in server.http.requests]
    assert (found["pdns_a"], found["pdns_ns"]) == ({PORTAL}, {"ns1.monovm.com"})
    assert budget == ["passive_dns.circl"] * 3
    assert {one["dribble-disable-active-query"] for one in headers} == {"1"}
    assert [one.get("dribble-paginate-cursor") for one in headers] == [None, "1", "2"]


@pytest.mark.parametrize("trouble", [{"page": 1}, {"errors": "a backend is down"}])
async def test_what_circl_leaves_out_is_a_doubt(keys: Path, trouble: dict[str, object]) -> None:
    """More pages than are read, or an error that it tells beside an answer of status 200."""
    rows = [
        row("portal-office.fr", "A", f"192.0.2.{at}", first=MARCH_15, last=APRIL_20)
        for at in range(9)
    ]
    async with passive_dns_server(*rows) as server, doors() as opened:
        vars(server).update(trouble)
        _, unknown = await look(settings(keys, server, "circl"), opened)
    assert {"pdns_first_seen", "pdns_last_seen", "pdns_count"} <= unknown.keys()


async def test_pages_of_circl_in_a_circle_are_left(keys: Path) -> None:
    """The cursor of the second page is that of the second page."""
    line = json.dumps({"rrname": "portal-office.fr", "rrtype": "A", "rdata": PORTAL})
    async with passive_dns_server() as server, doors() as opened:
        server.trouble = Response(200, line.encode(), {"x-dribble-cursor": "7"})
        _, unknown = await look(settings(keys, server, "circl"), opened)
    assert "circle" in unknown["pdns_count"]
    assert len(server.asked) == 2


async def test_a_page_of_html_is_no_answer_of_circls(keys: Path) -> None:
    """A log-in page where the service should be has status 200, too."""
    async with passive_dns_server() as server, doors() as opened:
        server.trouble = Response(200, b"<html>\n<title>Log in</title>")
        with pytest.raises(WillPass, match="cannot be read"):
            await look(settings(keys, server, "circl"), opened)


@pytest.mark.parametrize(
    ("trouble", "wait"),
    [
        (Response(429, headers={"Retry-After": "90"}), timedelta(seconds=90)),
        (Response(429, headers={"X-RateLimit-Reset": str(1493013600)}), timedelta(seconds=0)),
        (Response(429, headers={"X-RateLimit-Reset": str(1493017200)}), timedelta(hours=1)),
        (Response(503, headers={"Retry-After": "5"}), timedelta(seconds=5)),
        (Response(429, headers={"X-RateLimit-Reset": "n/a"}), None),
        (Response(500), None),
        (Response(204), None),
        (Response(200, b"x" * 50, cut_after=20), None),
    ],
)
async def test_a_provider_in_trouble_will_pass(
    keys: Path, trouble: Response, wait: timedelta | None
) -> None:
    """It says for how long; who asked for a pause is left alone, by a restarted hunter, too."""
    kept: dict[str, str] = {}
    async with passive_dns_server(*ROWS) as server:
        chosen = settings(keys, server, "dnsdb")
        server.trouble = trouble
        async with doors() as opened:
            with pytest.raises(WillPass) as caught:
                await passive_dns.enrich(PORTAL_OFFICE, chosen, asking(opened, kept=kept))
        assert caught.value.retry_after == wait
        server.trouble = None
        if trouble.status == 429 and wait != timedelta(0):
            async with doors() as opened:
                with pytest.raises(WillPass, match="left alone"):
                    await passive_dns.enrich(PORTAL_OFFICE, chosen, asking(opened, kept=kept))
            assert len(server.asked) == 1


@pytest.mark.parametrize("provider", ["dnsdb", "circl"])
async def test_a_url_that_nobody_answers_at_is_no_empty_answer(keys: Path, provider: str) -> None:
    """Else a slip in the config would make every suspect's server one of its own."""
    async with passive_dns_server(*ROWS) as server, doors() as opened:
        server.trouble = Response(404, b"<html>Not found</html>")
        with pytest.raises(WillPass, match="status 404"):
            await look(settings(keys, server, provider), opened, a=PORTAL)


async def test_todays_budget_is_asked_before_each_question(keys: Path) -> None:
    """Spent per provider; when it is gone nothing is sent."""
    left = {"passive_dns.dnsdb": 1, "passive_dns.circl": 0}

    def spend(provider: str, a_day: int) -> bool:
        assert a_day == 7
        left[provider] -= 1
        return left[provider] >= 0

    async with passive_dns_server(*ROWS) as server, doors() as opened:
        chosen = settings(keys, server, a_day=7)
        asked = dossier("portal-office.fr", a=PORTAL)
        facts = await passive_dns.enrich(asked, chosen, asking(opened, spend))
        assert values(facts, asked.domain)["pdns_provider"] == {"dnsdb"}
        assert "are spent" in unknowns(facts, asked.domain)["pdns_cohosted"]
        assert len(server.asked) == 1
        with pytest.raises(WillPass, match="dnsdb are spent") as caught:
            await passive_dns.enrich(asked, chosen, asking(opened, spend))
    assert caught.value.retry_after == timedelta(hours=18)


async def test_names_known_for_long_leave_some_of_the_budget_to_new_ones(keys: Path) -> None:
    """All are asked about every day: a squatter's old ones spent it before the new one's turn."""
    spent: list[str] = []

    def spend(provider: str, a_day: int) -> bool:
        there = len(spent) < a_day
        return there and not spent.append(provider)

    async with passive_dns_server(*ROWS) as server, doors() as opened:
        chosen = settings(keys, server, "dnsdb", a_day=7)
        for number in range(10):
            old = dossier(f"old-{number}.fr", first_seen=20170421)
            with suppress(WillPass):
                await passive_dns.enrich(old, chosen, asking(opened, spend))
        assert len(spent) == 4
        new = dossier("portal-office.fr", first_seen=20170424)
        facts = await passive_dns.enrich(new, chosen, asking(opened, spend))
    assert values(facts, new.domain)["pdns_provider"] == {"dnsdb"}


async def test_imports_answer_without_an_account(tmp_path: Path) -> None:
    """What an analyst exported; who else is at an address it can never tell for sure."""
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join(json.dumps(entry) for entry in ROWS))
    async with doors() as opened:
        found, unknown = await look(Settings(imports=(path,)), opened, a=PORTAL)
        assert found["pdns_ns_domain"] == {"monovm.com"}
        assert found["pdns_provider"] == {"imports"}
        assert "export" in unknown["pdns_cohosted"]
        more = tmp_path / "more.jsonl"
        more.write_text(json.dumps(SHOP))
        found, unknown = await look(Settings(imports=(path, more)), opened, a=PORTAL)
        assert (found["pdns_cohosted_domain"], unknown) == ({"shop.fr"}, {})
        more.unlink()
        path.write_text("rubbish")
        with pytest.raises(WillNotPass, match="no row"):
            await look(Settings(imports=(tmp_path,)), opened)


async def test_a_row_without_days_tells_of_no_day(tmp_path: Path) -> None:
    """Zone files and sensors leave them out; who is there without a day counts as there."""
    rows = [
        {"rrname": name, "rrtype": "A", "rdata": PORTAL} for name in ("portal-office.fr", "x.fr")
    ]
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    async with doors() as opened:
        found, _ = await look(Settings(imports=(path,)), opened, a=PORTAL)
        assert not {"pdns_first_seen", "pdns_last_seen"} & found.keys()
        assert found["pdns_cohosted_domain"] == {"x.fr"}
        path.write_text("\n".join(map(json.dumps, [*rows, ROWS[0]])))
        found, _ = await look(Settings(imports=(tmp_path,)), opened, a=PORTAL)
    assert (found["pdns_first_seen"], found["pdns_last_seen"]) == ({20170315}, {20170420})


async def test_a_whole_answer_settles_what_an_export_leaves_open(
    keys: Path, tmp_path: Path
) -> None:
    """And half of one leaves open what no export can settle; days and counts are of all of them."""
    path = tmp_path / "export.jsonl"
    early = row("portal-office.fr", "A", PORTAL, first=MARCH_15 - 86400, last=MARCH_15, count=50)
    path.write_text("\n".join(json.dumps(entry) for entry in (*ROWS, early)))
    async with passive_dns_server(*ROWS) as server, doors() as opened:
        chosen = settings(keys, server, "dnsdb", imports=(path,))
        found, unknown = await look(chosen, opened, a=PORTAL)
        assert (found["pdns_cohosted"], unknown) == ({0}, {})
        assert (found["pdns_first_seen"], found["pdns_last_seen"]) == ({20170314}, {20170424})
        assert found["pdns_count"] == {58}
        server.end = None
        _, unknown = await look(chosen, opened)
    assert "cut off" in unknown["pdns_first_seen"]


async def test_trouble_about_one_address_leaves_the_neighbours_in_doubt(keys: Path) -> None:
    """Nobody else is at the first; of the second nothing was told."""
    left = iter([True, True, False])
    async with passive_dns_server(*ROWS) as server, doors() as opened:
        asked = dossier("portal-office.fr", a=(PORTAL, "192.0.2.9"))
        now = asking(opened, lambda *_: next(left))
        facts = await passive_dns.enrich(asked, settings(keys, server, "dnsdb"), now)
    assert "are spent" in unknowns(facts, asked.domain)["pdns_cohosted"]


async def test_a_flood_of_rows_is_bounded(keys: Path) -> None:
    """Whoever runs a name server has as many records and neighbours as they like."""
    days = {"first": MARCH_15, "last": APRIL_20}
    flood = [row("portal-office.fr", "A", f"198.51.100.{at}", **days) for at in range(80)]
    around = [row(f"shop{at}.fr", "A", PORTAL, **days) for at in range(80)]
    async with passive_dns_server(*flood, *around) as server, doors() as opened:
        found, _ = await look(settings(keys, server, "dnsdb"), opened, a=PORTAL)
    assert len(found["pdns_a"]) == 50
    assert len(found["pdns_cohosted_domain"]) == 20
    assert found["pdns_cohosted"] == {80}


async def test_one_provider_in_trouble_does_not_hide_the_other(keys: Path, tmp_path: Path) -> None:
    """The answers of those who answer are kept, and the operator hears how each fares."""
    path = tmp_path / "export.jsonl"
    path.write_text(json.dumps(ROWS[0]))
    async with passive_dns_server(*ROWS) as server, doors() as opened:
        server.trouble = Response(503)
        chosen = settings(keys, server, imports=(path,))
        told: list[Report] = []
        asking_now = replace(asking(opened), report=told.append)
        facts = await passive_dns.enrich(dossier("portal-office.fr"), chosen, asking_now)
    assert values(facts, "portal-office.fr")["pdns_provider"] == {"imports"}
    assert {report.subject: (report.healthy, report.message) for report in told} == {
        "imports": (True, "answers"),
        "dnsdb": (False, "dnsdb answered with status 503"),
        "circl": (False, "circl answered with status 503"),
    }


def test_it_is_idle_without_anybody_to_ask(tmp_path: Path) -> None:
    """No account is needed to run hunter."""
    assert not passive_dns.wants(dossier("x.fr"), Settings())
    assert passive_dns.wants(dossier("x.fr"), Settings(imports=(Path("x"),)))
    assert passive_dns.wants(dossier("x.fr"), Settings(dnsdb_key_file=tmp_path))
    assert passive_dns.wants(dossier("x.fr"), Settings(circl_login_file=tmp_path))
