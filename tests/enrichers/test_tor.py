"""The tor enricher with lists in files, folders and behind URLs."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hunter.enrichers import tor
from hunter.enrichers.tor import Settings
from tests.world.doors import NOW, context, doors, dossier, unknowns, values
from tests.world.http import Request, Response, http_server
from tests.world.tor import OCTOBER_12, OCTOBER_30, month

PORTAL = "194.187.249.135"
APRIL_2017 = datetime(2017, 4, 24, 6, 0, tzinfo=UTC)


async def look(settings: Settings, at: datetime = NOW, **fields: object) -> tuple[dict, dict]:
    """Values and reasons about portal-office.fr."""
    asked = dossier("portal-office.fr", **fields)
    async with doors() as opened:
        facts = await tor.enrich(asked, settings, replace(context(opened), now=lambda: at))
    assert {fact.field for fact in facts} <= tor.FIELDS.keys()
    return values(facts, "portal-office.fr"), unknowns(facts, "portal-office.fr")


def fresh(path: Path, content: str, at: datetime = NOW) -> str:
    """A list file written at that time."""
    path.write_text(content)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return str(path)


async def test_the_case_of_2017(tmp_path: Path) -> None:
    """No exit in April 2017, last seen as one on 2016-10-12."""
    archive = tmp_path / "exit-lists-2016-10.tar.xz"
    archive.write_bytes(month(OCTOBER_12, OCTOBER_30))
    today = fresh(tmp_path / "exits", "198.51.100.1\n", APRIL_2017)
    settings = Settings(exit_list=today, archives=(str(archive),))
    assert await look(settings, APRIL_2017, a=PORTAL) == (
        {
            "tor_exit": {False},
            "tor_exit_last": {20161012},
            "tor_exit_address": {PORTAL},
            "tor_exit_covers": {"20161011-20161030"},
        },
        {},
    )


@pytest.mark.parametrize("field", ["a", "aaaa", "host_address", "origin_ip"])
async def test_an_exit_of_today_was_last_seen_today(field: str, tmp_path: Path) -> None:
    """Whichever of its addresses it is, also the one behind a CDN."""
    settings = Settings(exit_list=fresh(tmp_path / "exits", f"{PORTAL}\n"))
    found, unknown = await look(settings, **{field: (PORTAL, "192.0.2.1")})
    assert found == {
        "tor_exit": {True},
        "tor_exit_last": {20261122},
        "tor_exit_address": {PORTAL},
    }
    assert unknown == {}


async def test_of_the_months_between_two_archives_nothing_is_claimed(tmp_path: Path) -> None:
    """Silence is an answer only for days that were looked at; neighbouring spans are one."""
    places = []
    for month_of in (b"2017-04", b"2016-10", b"2016-11"):
        place = tmp_path / month_of.decode()
        place.write_bytes(OCTOBER_12.replace(b"2016-10-1", month_of + b"-1"))
        places.append(str(place))
    (tmp_path / "next").write_bytes(OCTOBER_12.replace(b"-12 ", b"-14 ").replace(b"-11 ", b"-13 "))
    settings = Settings(archives=(*places, str(tmp_path / "next")))
    found, _ = await look(settings, a="192.0.2.1")
    assert found["tor_exit_covers"] == {
        *("20161011-20161014", "20161111-20161112", "20170411-20170412")
    }


async def test_an_address_that_never_was_an_exit(tmp_path: Path) -> None:
    """The archives tell which days they speak of; only for those the answer holds."""
    (tmp_path / "list").write_bytes(OCTOBER_12)
    settings = Settings(archives=(str(tmp_path),))
    assert await look(settings, a="192.0.2.1") == (
        {"tor_exit_covers": {"20161011-20161012"}},
        {},
    )


async def test_a_replayed_case_does_not_see_what_came_later(tmp_path: Path) -> None:
    """On 2016-10-01 nobody knew of 2016-10-12."""
    (tmp_path / "list").write_bytes(OCTOBER_12)
    before = datetime(2016, 10, 1, tzinfo=UTC)
    found, _ = await look(Settings(archives=(str(tmp_path),)), before, a=PORTAL)
    assert "tor_exit_last" not in found


async def test_a_stale_list_tells_nothing_of_today(tmp_path: Path) -> None:
    """It is neither a yes nor a no."""
    settings = Settings(exit_list=fresh(tmp_path / "exits", f"{PORTAL}\n", APRIL_2017))
    found, unknown = await look(settings, a=PORTAL)
    assert found == {}
    assert "is of 2017-04-24" in unknown["tor_exit"]


async def test_lists_behind_urls_are_fetched_once() -> None:
    """The second domain is answered from what the first one fetched."""
    bodies = {"/exits": f"{PORTAL}\n".encode(), "/month": month(OCTOBER_12)}

    def respond(request: Request) -> Response:
        return Response(200, bodies[request.path])

    async with http_server(respond) as server, doors() as opened:
        settings = Settings(exit_list=f"{server.url}/exits", archives=(f"{server.url}/month",))
        for domain in ("portal-office.fr", "accounts-office.fr"):
            asked = dossier(domain, a=PORTAL)
            found = values(await tor.enrich(asked, settings, context(opened)), domain)
            assert found["tor_exit"] == {True}
            assert found["tor_exit_last"] == {20261122}
    assert len(server.requests) == 2


async def test_what_cannot_be_read_is_in_doubt(tmp_path: Path) -> None:
    """An error page behind the URL, and an archive that is missing."""
    async with http_server(lambda _: Response(200, b"<h1>down</h1>")) as server:
        settings = Settings(exit_list=server.url, archives=(str(tmp_path / "none.tar.xz"),))
        found, unknown = await look(settings, a=PORTAL)
    assert found == {}
    assert "cannot be had" in unknown["tor_exit"]
    assert "none.tar.xz cannot be read" in unknown["tor_exit_last"]


def test_it_is_idle_without_a_list_or_an_address() -> None:
    """And not asked for what nobody configured."""
    with_list, without = Settings(exit_list="exits"), Settings()
    assert tor.wants(dossier("x.fr", a=PORTAL), with_list)
    assert not tor.wants(dossier("x.fr", a=PORTAL), without)
    assert not tor.wants(dossier("x.fr"), with_list)
