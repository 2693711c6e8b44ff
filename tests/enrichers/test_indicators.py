"""The indicators enricher with lists in files and behind URLs."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hunter.enrichers import indicators
from hunter.enrichers.indicators import ListTable, Settings
from hunter.lists import indicator_formats
from hunter.net import shelf
from tests.world.doors import context, doors, dossier, unknowns, values
from tests.world.http import Response, http_server

FEEDS = Path(__file__).parents[3] / "shared" / "data" / "feeds"
GRIZZLY = date(2016, 12, 29)


async def look(*lists: ListTable, domain: str = "x.fr", **fields: object) -> tuple[dict, dict]:
    """Values and reasons about the domain."""
    async with doors() as opened:
        asked = dossier(domain, **fields)
        facts = await indicators.enrich(asked, Settings(lists=lists), context(opened))
    assert {fact.field for fact in facts} <= indicators.FIELDS.keys()
    return values(facts, domain), unknowns(facts, domain)


def table(folder: Path, *entries: str, name: str = "Trail", **more: object) -> ListTable:
    """A plain list with these entries."""
    path = folder / name
    path.write_text("\n".join(entries))
    return ListTable(name=name, place=str(path), **more)  # type: ignore[arg-type]


async def test_a_listed_address_names_list_and_day(tmp_path: Path) -> None:
    """So that an alert can say: in that list of that day."""
    listed = table(tmp_path, "194.187.249.135", name="Grizzly Steppe", day=GRIZZLY)
    assert await look(listed, a=("192.0.2.1", "194.187.249.135")) == (
        {
            "ioc_list": {"Grizzly Steppe"},
            "ioc_list_date": {20161229},
            "ioc_value": {"194.187.249.135"},
            "ioc_kind": {"address"},
            "ioc_listing": {"address 194.187.249.135 in Grizzly Steppe of 2016-12-29"},
        },
        {},
    )


@pytest.mark.parametrize(
    ("entry", "field", "value", "kind"),
    [
        ("mail[.]x[.]fr", "name", "x.fr", "domain"),
        ("194.187.0.0/16", "origin_ip", "194.187.249.135", "address"),
        ("194.187.249.135", "host_address", "194.187.249.135", "address"),
        ("ns1.monovm.com", "ns", ("ns1.monovm.com", "ns2.monovm.com"), "name server"),
        ("monovm.com", "ns_domain", "monovm.com", "name server"),
        ("mx.evil.fr", "mx", "mx.evil.fr", "mail server"),
        ("johnpinch@mail.com", "registrant_email", "JohnPinch@mail.com", "mailbox"),
        ("johnpinch@mail.com", "dmarc_rua", "johnpinch@mail.com", "mailbox"),
        ("johnpinch@mail.com", "soa_mailbox", "johnpinch@mail.com", "mailbox"),
    ],
)
async def test_everything_about_a_domain_is_looked_for(
    tmp_path: Path, entry: str, field: str, value: object, kind: str
) -> None:
    """The domain with its hosts, addresses, servers and mailboxes."""
    found, _ = await look(table(tmp_path, entry), **{field: value})
    assert found["ioc_kind"] == {kind}
    assert "ioc_list_date" not in found
    assert found["ioc_listing"] == {f"{kind} {one} in Trail" for one in found["ioc_value"]}


async def test_addresses_of_a_cdn_tell_nothing(tmp_path: Path) -> None:
    """Half the web stands behind them; only the server that somebody named counts."""
    listed = table(tmp_path, "104.16.1.1", "193.29.187.40")
    assert await look(listed, a="104.16.1.1", cdn="Cloudflare") == ({}, {})
    found, _ = await look(listed, a="104.16.1.1", cdn="Cloudflare", origin_ip="193.29.187.40")
    assert found["ioc_value"] == {"193.29.187.40"}


async def test_a_domain_that_stands_nowhere_has_no_facts(tmp_path: Path) -> None:
    """Nothing is in doubt when every list could be read."""
    listed = table(
        tmp_path, "other.fr", "notx.fr", "other@mail.com", "ns1.other.fr", "194.187.249.1"
    )
    around = {"ns": "ns1.x.fr", "mx": "mx.x.fr", "registrant_email": "j@mail.com"}
    assert await look(listed, a="192.0.2.1", **around) == ({}, {})


async def test_of_each_table_its_own_column_is_read(tmp_path: Path) -> None:
    """By header or number; what stands in the others is not listed."""
    rows = ("seen,reported by,indicator", "2016-12-29,x.fr,y.fr")
    for column in ("indicator", "3"):
        listed = table(tmp_path, *rows, name=column, column=column)
        by_whom = table(tmp_path, *rows, name=f"{column}.csv", column="reported by")
        found, _ = await look(listed, by_whom, domain="y.fr")
        assert found["ioc_list"] == {column}


async def test_what_stands_on_many_lists_is_bounded(tmp_path: Path) -> None:
    """Whoever fills a list fills no mail."""
    addresses = tuple(f"194.187.249.{number}" for number in range(90))
    found, _ = await look(table(tmp_path, *addresses), a=addresses)
    assert len(found["ioc_value"]) == 20


async def test_a_list_that_cannot_be_read_leaves_doubt(tmp_path: Path) -> None:
    """Unless another list answers."""
    missing = ListTable(name="Gone", place=str(tmp_path / "none"))
    found, unknown = await look(missing, table(tmp_path, "other.fr"))
    assert found == {}
    assert unknown.keys() == indicators.FIELDS.keys()
    assert unknown["ioc_list"].startswith("Gone: none cannot be read")
    found, unknown = await look(missing, table(tmp_path, "x.fr"))
    assert found["ioc_list"] == {"Trail"}
    assert unknown == {}


async def test_how_a_list_fares_is_told_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that is gone must not be missed unseen while others answer."""
    monkeypatch.setattr(shelf, "_LOOK_AGAIN", 0)
    missing = ListTable(name="Late", place=str(tmp_path / "Late"))
    chosen, told = Settings(lists=(missing, table(tmp_path, "x.fr"))), []
    async with doors() as opened:
        asking = replace(context(opened), report=told.append)
        for _ in range(2):
            await indicators.enrich(dossier("x.fr"), chosen, asking)
        table(tmp_path, "y.fr", name="Late")
        await indicators.enrich(dossier("x.fr"), chosen, asking)

    said = [(one.subject, one.healthy) for one in told]
    assert said == [("Late", False), ("Trail", True), ("Late", True)]
    assert "cannot be read" in told[0].message
    assert {one.subject for one in told} == chosen.places()


async def test_a_list_behind_a_url_carries_its_own_day() -> None:
    """A MISP event tells when it happened."""
    event = {"Event": {"date": "2017-01-16", "Attribute": [{"type": "domain", "value": "x.fr"}]}}
    async with http_server(lambda _: Response(200, json.dumps(event).encode())) as server:
        found, _ = await look(ListTable(name="Nile Phish", place=server.url))
    assert found["ioc_list_date"] == {20170116}


async def test_a_list_is_loaded_once_for_many_domains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when it is bad: a file is read again only when it changed."""
    loads: list[object] = []
    read = indicator_formats.read

    def counted(source: Path | bytes, column: str = "") -> object:
        loads.append(source)
        return read(source, column)

    monkeypatch.setattr(indicator_formats, "read", counted)
    settings = Settings(lists=(table(tmp_path, "x.fr"),))
    async with doors() as opened:
        for number in range(50):
            await indicators.enrich(dossier(f"x{number}.fr"), settings, context(opened))
    assert len(loads) == 1


def test_settings_come_from_the_config_as_json() -> None:
    """A day may be TOML's own kind of date, or text."""
    text = '{"lists": [{"name": "G", "place": "g.csv", "day": "2016-12-29", "column": "2"}]}'
    settings = Settings.model_validate_json(text)
    assert settings.lists[0].day == GRIZZLY
    assert indicators.wants(dossier("x.fr"), settings)
    assert not indicators.wants(dossier("x.fr"), Settings())


@pytest.mark.skipif(not FEEDS.is_dir(), reason="the real lists are not here")
async def test_the_case_stands_on_the_real_lists() -> None:
    """portal-office.fr by its address, onedrive-en-marche.fr by its name."""
    lists = (
        ListTable(
            name="Grizzly Steppe",
            place=str(FEEDS / "grizzly_steppe_JAR-16-20296A.csv"),
            day=GRIZZLY,
        ),
        ListTable(name="maltrail apt_sofacy", place=str(FEEDS / "maltrail_apt_sofacy.txt")),
    )
    found, _ = await look(*lists, domain="portal-office.fr", a="194.187.249.135")
    assert "address 194.187.249.135 in Grizzly Steppe of 2016-12-29" in found["ioc_listing"]
    found, _ = await look(*lists, domain="onedrive-en-marche.fr")
    assert found["ioc_list"] == {"maltrail apt_sofacy"}
