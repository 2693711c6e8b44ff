"""The hosting enricher with each source of AS numbers."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from hunter.enrichers import hosting
from hunter.enrichers.hosting import Settings
from hunter.errors import WillNotPass
from hunter.model import Report
from tests.world.dns import Names, Trouble, dns_server
from tests.world.doors import context, doors, dossier, unknowns, values
from tests.world.http import Response, http_server

TSV = (
    "1.0.0.0\t1.0.0.255\t13335\tUS\tCLOUDFLARENET\n"
    "80.82.64.0\t80.82.79.255\t202425\tNL\tINT-NETWORK\n"
    "96.16.0.0\t96.17.255.255\t20940\tUS\tAKAMAI-ASN1\n"
    "104.16.0.0\t104.23.255.255\t13335\tUS\tCLOUDFLARENET\n"
    "193.29.187.0\t193.29.187.255\t64500\tRO\tTHCservers\n"
    "193.30.0.0\t193.30.255.255\t0\tNone\tNot routed\n"
    "2a01:e00::\t2a01:e3f:ffff:ffff:ffff:ffff:ffff:ffff\t12322\tFR\tPROXAD\n"
)
CYMRU: Names = {
    "40.187.29.193.origin.asn.cymru.com": {
        "TXT": '"64500 64501 | 193.29.187.0/24 | RO | ripencc | 2004-01-01"'
    },
    "as64500.asn.cymru.com": {"TXT": '"64500 | RO | ripencc | 2004-01-01 | THCSERVERS, RO"'},
    "134.69.82.80.origin.asn.cymru.com": {"TXT": '"nonsense"'},
    "135.69.82.80.origin.asn.cymru.com": {"TXT": '"64500"'},
    "136.69.82.80.origin.asn.cymru.com": {"TXT": '" | 80.82.64.0/20 | NL | ripencc | x"'},
    "1.1.1.81.origin.asn.cymru.com": Trouble.SERVFAIL,
}
V6 = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.e.0.1.0.a.2"


async def look(settings: Settings, dns: int = 9, **fields: object) -> tuple[dict, dict]:
    """Values and reasons for a domain with these addresses."""
    async with doors(dns=dns) as opened:
        facts = await hosting.enrich(dossier("x.fr", **fields), settings, context(opened))
    assert {fact.field for fact in facts} <= hosting.FIELDS.keys()
    return values(facts, "x.fr"), unknowns(facts, "x.fr")


@pytest.fixture(params=["asn.tsv", "asn.tsv.gz"])
def tsv(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The same ranges, plain and packed."""
    path = tmp_path / request.param
    path.write_bytes(gzip.compress(TSV.encode()) if path.suffix == ".gz" else TSV.encode())
    return path


async def test_an_address_is_found_in_the_ranges(tsv: Path) -> None:
    """Number, name, country, and the network that holds the address."""
    found, unknown = await look(Settings(asn_db=tsv), a="193.29.187.40")
    assert found == {
        "asn": {64500},
        "as_name": {"THCservers"},
        "as_country": {"RO"},
        "ip_network": {"193.29.187.0/24"},
    }
    assert unknown == {}


async def test_all_addresses_count_and_a_cdn_is_recognised(tsv: Path) -> None:
    """Version 6, and those of hosts below the domain."""
    found, unknown = await look(
        Settings(asn_db=tsv),
        a=("104.16.1.1", "1.0.0.7"),
        aaaa="2a01:e0a::1",
        host_address="80.82.69.134",
    )
    assert found["asn"] == {13335, 12322, 202425}
    assert found["ip_network"] == {"1.0.0.0/24", "104.16.0.0/13", "2a01:e00::/26", "80.82.64.0/20"}
    assert found["cdn"] == {"Cloudflare"}
    assert unknown == {}


async def test_a_cdn_is_also_recognised_by_its_number(tsv: Path) -> None:
    """Akamai publishes no prefixes."""
    found, _ = await look(Settings(asn_db=tsv), a="96.17.1.1")
    assert found["cdn"] == {"Akamai"}


@pytest.mark.parametrize("address", ["193.30.1.1", "9.9.9.9", "0:0::7", "2a01:e40::1"])
async def test_an_address_in_no_range_is_in_doubt(tsv: Path, address: str) -> None:
    """Not routed, between ranges, before the first and after the last."""
    found, unknown = await look(Settings(asn_db=tsv), a=address)
    assert found == {}
    assert unknown.keys() == hosting.FIELDS.keys() - {"cdn_list_date"}


@pytest.mark.parametrize(
    ("record", "name", "country"),
    [
        (
            {"asn": "AS64500", "as_name": "THCservers", "country_code": "RO", "country": "Romania"},
            "THCservers",
            "RO",
        ),
        (
            {"autonomous_system_number": 64500, "autonomous_system_organization": "THCservers"},
            "THCservers",
            None,
        ),
        ({"asn": "AS64500", "country": "Romania"}, None, None),
    ],
)
async def test_an_address_is_found_in_a_maxmind_file(
    tmp_path: Path, record: dict[str, object], name: str | None, country: str | None
) -> None:
    """With the field names of IPinfo Lite, and of DB-IP and GeoLite2."""
    path = tmp_path / "asn.mmdb"
    writer = MMDBWriter()
    writer.insert_network(IPSet(["193.29.187.0/24"]), record)
    writer.to_db_file(str(path))
    found, unknown = await look(Settings(asn_db=path), a="193.29.187.40")
    assert found["asn"] == {64500}
    assert found["ip_network"] == {"193.29.187.0/24"}
    assert found.get("as_name") == ({name} if name else None)
    assert found.get("as_country") == ({country} if country else None)
    assert ("as_name" in unknown, "as_country" in unknown) == (not name, not country)
    assert (await look(Settings(asn_db=path), a="9.9.9.9"))[0] == {}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.tsv", None),
        ("x.tsv", b"\x00\xff" * 999),
        ("x.tsv", b"a\tb\t1\tc\td\n"),
        ("x.tsv.gz", b"no gzip"),
        ("x.tsv.gz", gzip.compress(TSV.encode())[:-12]),
        ("x.mmdb", b"no database"),
        ("x.mmdb", b""),
    ],
)
async def test_a_file_that_is_no_database_is_reported(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    """By its name, as something that does not pass by itself."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WillNotPass, match=name):
        await look(Settings(asn_db=path), a="193.29.187.40")


async def test_a_new_file_is_read_anew(tmp_path: Path) -> None:
    """A monthly download takes effect without a restart."""
    path = tmp_path / "asn.tsv"
    path.write_text(TSV)
    await look(Settings(asn_db=path), a="193.29.187.40")
    path.write_text(TSV.replace("THCservers", "Sold"))
    found, _ = await look(Settings(asn_db=path), a="193.29.187.40")
    assert found["as_name"] == {"Sold"}


async def test_without_a_file_cymru_is_asked() -> None:
    """The first of several origins, and the name without its country."""
    async with dns_server(CYMRU) as server:
        found, unknown = await look(Settings(), server.port, a="193.29.187.40")
    assert found == {
        "asn": {64500},
        "as_name": {"THCSERVERS"},
        "as_country": {"RO"},
        "ip_network": {"193.29.187.0/24"},
    }
    assert unknown == {}


@pytest.mark.parametrize("turn", [1, -1])
async def test_of_networks_in_each_other_the_narrowest_counts(turn: int) -> None:
    """Whichever is told first: the other is a carrier's, and would be news at each look."""
    told = [
        '"3356 | 193.0.0.0/9 | US | arin | x"',
        '"64500 | 193.29.187.0/24 | RO | ripencc | x"',
        '"nonsense"',
    ]
    names: Names = {**CYMRU, "40.187.29.193.origin.asn.cymru.com": {"TXT": told[::turn]}}
    async with dns_server(names) as server:
        found, _ = await look(Settings(), server.port, a="193.29.187.40")
    assert (found["asn"], found["ip_network"]) == ({64500}, {"193.29.187.0/24"})


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("OVH, FR", "OVH"),
        ("Foo, Inc.", "Foo, Inc."),
        ("FOO", "FOO"),
        (" FOO-AS Bar, GmbH, DE ", "FOO-AS Bar, GmbH"),
    ],
)
async def test_of_a_network_name_only_the_country_is_left_out(told: str, name: str) -> None:
    """A comma may be a part of the name."""
    entry = {"TXT": f'"64500 | RO | ripencc | 2004-01-01 | {told}"'}
    async with dns_server({**CYMRU, "as64500.asn.cymru.com": entry}) as server:
        found, _ = await look(Settings(), server.port, a="193.29.187.40")
    assert found["as_name"] == {name}


async def test_what_is_known_of_one_address_is_no_doubt_for_the_others() -> None:
    """A CDN is in front, whoever announces the rest; what is no address is none."""
    addresses = ("151.101.1.1", "80.82.69.134", "rubbish")
    found, unknown = await look(Settings(cymru=False), a=addresses)
    assert found["cdn"] == {"Fastly"}
    assert "cdn" not in unknown


async def test_cymru_is_asked_for_version_6_in_its_own_zone() -> None:
    """Nibbles, backwards."""
    names: Names = {f"{V6}.origin6.asn.cymru.com": {"TXT": '"12322 | 2a01:e00::/26 | FR | x | y"'}}
    async with dns_server(names) as server:
        found, unknown = await look(Settings(), server.port, aaaa="2a01:e00::1")
    assert found["asn"] == {12322}
    assert unknown.keys() == {"as_name"}


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("80.82.69.134", "knows no network"),
        ("80.82.69.135", "knows no network"),
        ("80.82.69.136", "knows no network"),
        ("81.1.1.1", "SERVFAIL"),
        ("81.1.1.2", "knows no network"),
        ("10.0.0.1", "no public address but private"),
        ("127.0.0.1", "no public address but loopback"),
    ],
)
async def test_what_cannot_be_found_out_says_why(address: str, reason: str) -> None:
    """Nor is it known then that no CDN is in front."""
    async with dns_server(CYMRU) as server:
        found, unknown = await look(Settings(), server.port, a=address)
    assert found == {}
    assert unknown.keys() == hosting.FIELDS.keys() - {"cdn_list_date"}
    assert all(reason in why for why in unknown.values())


async def test_with_neither_the_reason_is_the_setting_and_prefixes_still_tell() -> None:
    """A CDN by its published prefixes needs no database."""
    settings = Settings(cymru=False)
    found, unknown = await look(settings, a="151.101.1.1", aaaa="2606:4700::1")
    assert found["cdn"] == {"Fastly", "Cloudflare"}
    assert next(iter(found["cdn_list_date"])) >= 20261122
    assert "asn_db" in unknown["asn"]


def test_only_a_domain_with_an_address_is_wanted() -> None:
    """Nothing can be said of the others."""
    assert hosting.wants(dossier("x.fr", host_address="80.82.69.134"), Settings())
    assert not hosting.wants(dossier("x.fr", ns="ns1.x.fr"), Settings())


async def test_the_server_that_somebody_named_is_hosted_too(tsv: Path) -> None:
    """Behind Cloudflare stands an address of THCservers."""
    found, _ = await look(Settings(asn_db=tsv), a="104.16.1.1", origin_ip="193.29.187.40")
    assert found["as_name"] == {"CLOUDFLARENET", "THCservers"}
    assert found["cdn"] == {"Cloudflare"}


async def test_a_fetched_list_takes_the_place_of_the_shipped_one(tsv: Path) -> None:
    """With its own day; one that cannot be had leaves the shipped one, and is told."""
    bodies = {"/v4": Response(200, b"193.29.187.0/24\n"), "/down": Response(503)}
    reports: list[Report] = []
    async with http_server(lambda asked: bodies[asked.path]) as server, doors() as opened:
        settings = Settings(
            asn_db=tsv,
            cdn_lists={
                "Newcomer": (f"{server.url}/v4",),
                "Fastly": (f"{server.url}/v4", f"{server.url}/down"),
            },
        )
        asking = replace(context(opened), report=reports.append)
        asked = dossier("x.fr", a=("193.29.187.40", "151.101.1.1"))
        for _ in range(3):
            found = values(await hosting.enrich(asked, settings, asking), "x.fr")
            assert found["cdn"] == {"Newcomer", "Fastly"}
    assert len(server.requests) == 2
    assert {report.subject: report.healthy for report in reports} == {
        "prefixes of Newcomer": True,
        "prefixes of Fastly": False,
    }
