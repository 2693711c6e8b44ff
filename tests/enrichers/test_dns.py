"""The dns enricher against a name server on loopback."""

from dataclasses import replace

import pytest

from hunter.enrichers import dns
from hunter.enrichers.dns import Settings
from hunter.errors import WillPass
from hunter.model import Brand
from tests.world.dns import Names, Trouble, dns_server
from tests.world.doors import context, doors, dossier, unknowns, values

CASE: Names = {
    "en-marche.co": {
        "A": "104.16.1.1",
        "NS": ["ns1.monovm.com.", "ns2.monovm.com."],
        "MX": ["10 mx1.mail.yandex.net.", "20 mx2.mail.yandex.net."],
        "SOA": r"ns1.monovm.com. john\.doe.mail.com. 7 1 1 1 1",
        "TXT": ['"v=spf1 -all"', f'"{"x" * 255}" "{"y" * 255}"'],
    },
    "mail.en-marche.co": {"A": "80.82.69.134"},
    "broken.en-marche.co": Trouble.SERVFAIL,
}


async def look(names: Names, domain: str, **fields: object) -> tuple[dict, dict]:
    """Values and reasons about the domain."""
    async with dns_server(names) as server, doors(dns=server.port) as opened:
        facts = await dns.enrich(dossier(domain, **fields), Settings(), context(opened))
    assert {fact.field for fact in facts} <= dns.FIELDS.keys()
    assert {fact.provider for fact in facts} == {"dns"}
    return values(facts, domain), unknowns(facts, domain)


async def test_everything_the_zone_says_becomes_a_fact() -> None:
    """Every field, with the registrable domains of servers and the zone's mailbox."""
    found, unknown = await look(CASE, "en-marche.co")
    assert found == {
        "dns_status": {"found"},
        "resolves": {True},
        "a": {"104.16.1.1"},
        "ns": {"ns1.monovm.com", "ns2.monovm.com"},
        "ns_domain": {"monovm.com"},
        "has_mx": {True},
        "mx": {"mx1.mail.yandex.net", "mx2.mail.yandex.net"},
        "mx_domain": {"yandex.net"},
        "soa_mname": {"ns1.monovm.com"},
        "soa_mailbox": {"john.doe@mail.com"},
        "txt": {"v=spf1 -all", ("x" * 255 + "y" * 255)[:300]},
    }
    assert unknown == {}


async def test_an_unregistered_name_is_absent_and_nothing_is_in_doubt() -> None:
    """NXDOMAIN answers every question."""
    found, unknown = await look(CASE, "nowhere.fr")
    assert found == {"dns_status": {"absent"}, "resolves": {False}, "has_mx": {False}}
    assert unknown == {}


async def test_a_name_without_records_is_registered() -> None:
    """NOERROR without an answer is not absence."""
    found, _ = await look({"x.fr": {}}, "x.fr")
    assert found == {"dns_status": {"empty"}, "resolves": {False}, "has_mx": {False}}


@pytest.mark.parametrize("trouble", [Trouble.SERVFAIL, Trouble.REFUSED, Trouble.SILENT])
async def test_trouble_leaves_every_field_in_doubt(trouble: Trouble) -> None:
    """No field is False because a server failed; each says why it is not known."""
    found, unknown = await look({"x.fr": trouble}, "x.fr")
    assert found == {}
    assert unknown.keys() == dns.FIELDS.keys() - {"host_address"}
    assert all(unknown.values())


async def test_a_broken_lookalike_is_no_trouble_of_our_own_name_servers() -> None:
    """They tell of the brand, so that it is the lookalike's that do not answer."""
    names: Names = {"x.fr": Trouble.SERVFAIL, "en-marche.fr": {"NS": "ns.en-marche.fr."}}
    async with dns_server(names) as server, doors(dns=server.port) as opened:
        about = replace(context(opened), brands=(Brand("en-marche.fr"),))
        facts = await dns.enrich(dossier("x.fr"), Settings(), about)
    assert "dns_status" in unknowns(facts, "x.fr")


async def test_when_nobody_tells_of_the_brand_either_the_trouble_is_ours() -> None:
    """Then nothing was learnt, and the operator must hear of it."""
    async with dns_server({"*.fr": Trouble.REFUSED}) as server, doors(dns=server.port) as opened:
        about = replace(context(opened), brands=(Brand("en-marche.fr"),))
        with pytest.raises(WillPass, match=r"en-marche\.fr either: the name server refused"):
            await dns.enrich(dossier("x.fr"), Settings(), about)


async def test_a_null_mx_means_no_mail() -> None:
    """RFC 7505: `0 .` says that the domain receives none."""
    found, _ = await look({"x.fr": {"MX": "0 ."}}, "x.fr")
    assert found["has_mx"] == {False}
    assert "mx" not in found


@pytest.mark.parametrize(
    "server", ["localhost.", "localhost.localdomain.", "mx.invalid.", "127.0.0.1.", "0.0.0.0."]
)
async def test_a_mail_server_that_is_none_takes_no_mail(server: str) -> None:
    """So it was said before there was a null MX; and `0.0.0.0` is a name that nobody has."""
    found, _ = await look({"x.fr": {"MX": ["0 .", f"0 {server}"]}}, "x.fr")
    assert (found["has_mx"], found["mx"]) == ({False}, {server.removesuffix(".")})
    found, _ = await look({"x.fr": {"MX": [f"0 {server}", "10 mx.mail.com."]}}, "x.fr")
    assert found["has_mx"] == {True}


async def test_the_hosts_seen_are_asked_too_with_themselves_as_subject() -> None:
    """Their addresses are also told of the domain, apart from its own."""
    hosts = ("en-marche.co", "mail.en-marche.co", "broken.en-marche.co", "other.fr")
    async with dns_server(CASE) as server, doors(dns=server.port) as opened:
        about = dossier("en-marche.co", name=hosts)
        facts = await dns.enrich(about, Settings(), context(opened))
        assert server.count("other.fr", "A") == 0
        assert server.count("en-marche.co", "A") == 1
    assert values(facts, "mail.en-marche.co") == {"a": {"80.82.69.134"}, "resolves": {True}}
    assert unknowns(facts, "broken.en-marche.co").keys() == {"a", "aaaa", "resolves"}
    assert values(facts, "en-marche.co")["host_address"] == {"80.82.69.134"}
    assert values(facts, "en-marche.co")["a"] == {"104.16.1.1"}
    assert "SERVFAIL" in unknowns(facts, "en-marche.co")["host_address"]


async def test_its_own_mail_servers_are_hosts_too() -> None:
    """A delivery network hides the web server and takes no mail: where that goes to is seen."""
    zone: Names = {
        "x.fr": {"A": "104.16.1.1", "MX": ["5 smtp.x.fr.", "9 MAIL.x.fr.", "9 mx.other.fr."]},
        "smtp.x.fr": {"A": "193.29.187.40"},
        "mail.x.fr": {"A": "193.29.187.41"},
    }
    async with dns_server(zone) as server, doors(dns=server.port) as opened:
        facts = await dns.enrich(dossier("x.fr", name="mail.x.fr"), Settings(), context(opened))
        assert server.count("mx.other.fr", "A") == 0
        assert server.count("mail.x.fr", "A") == 1
    assert values(facts, "x.fr")["host_address"] == {"193.29.187.40", "193.29.187.41"}
    assert values(facts, "smtp.x.fr") == {"a": {"193.29.187.40"}, "resolves": {True}}


async def test_a_mail_server_is_still_a_host_while_nobody_tells_of_it() -> None:
    """Its address holds on, as that of any host does."""
    broken: Names = {"x.fr": Trouble.SERVFAIL, "smtp.x.fr": {"A": "193.29.187.40"}}
    found, _ = await look(broken, "x.fr", mx="smtp.x.fr")
    assert found["host_address"] == {"193.29.187.40"}


async def test_one_address_is_enough_to_resolve() -> None:
    """Of either version, whether or not the other can be found out; a single host is a host."""
    found, unknown = await look({"x.fr": {"AAAA": "2a01:e00::1"}}, "x.fr", name="www.x.fr")
    assert (found["resolves"], found["aaaa"], unknown) == ({True}, {"2a01:e00::1"}, {})
    found, _ = await look({"www.x.fr": {"A": "80.82.69.134"}, "x.fr": {}}, "x.fr", name="www.x.fr")
    assert found["host_address"] == {"80.82.69.134"}


async def test_no_more_hosts_are_asked_than_the_settings_allow() -> None:
    """A domain with a thousand hosts costs no more than one with ten."""
    hosts = tuple(f"h{n}.x.fr" for n in range(50))
    async with dns_server({"*.x.fr": {"A": "80.82.69.134"}}) as server:
        async with doors(dns=server.port) as opened:
            about = dossier("x.fr", name=hosts)
            await dns.enrich(about, Settings(hosts=3), context(opened))
        assert len({name for name, _ in server.questions}) == 4


async def test_a_host_that_was_not_asked_may_have_an_address() -> None:
    """Whoever puts ten without one before it, in the order of names, hides nothing by that."""
    decoys = tuple(f"a{n}.x.fr" for n in range(10))
    served = {"*.x.fr": {}, "x.fr": {}, "login.x.fr": {"A": "80.82.69.134"}}
    async with dns_server(served) as server, doors(dns=server.port) as opened:
        many = dossier("x.fr", name=(*decoys, "login.x.fr"))
        facts = await dns.enrich(many, Settings(), context(opened))
        few = await dns.enrich(dossier("x.fr", name=decoys), Settings(), context(opened))
    assert "1 of the hosts" in unknowns(facts, "x.fr")["host_address"]
    assert "host_address" not in unknowns(few, "x.fr")


@pytest.mark.parametrize(
    ("rname", "mailbox"),
    [
        ("hostmaster.x.fr.", "hostmaster@x.fr"),
        (r"john\.a\.doe.x.fr.", "john.a.doe@x.fr"),
        (r"at\@home.x.fr.", "at@home@x.fr"),
        (r"nul\000\027[31m.x.fr.", "nul[31m@x.fr"),
        (".", None),
    ],
)
async def test_the_mailbox_of_the_zone_is_read_with_its_escapes(
    rname: str, mailbox: str | None
) -> None:
    """RFC 1035 writes it as a name."""
    found, _ = await look({"x.fr": {"SOA": f"ns.x.fr. {rname} 1 1 1 1 1"}}, "x.fr")
    assert found.get("soa_mailbox") == ({mailbox} if mailbox else None)


async def test_hostile_records_are_printable_and_bounded() -> None:
    """Escape codes, markup and a name that is none."""
    names: Names = {
        "x.fr": {
            "NS": r"ns\000\027<script>.evil.",
            "MX": [r"10 \010mx.x.fr.", "20 <b>.x.fr."],
            "TXT": [f'"\\027]0;t\\007<b>{n}{"z" * 200}"' for n in range(60)],
        }
    }
    async with dns_server(names) as server, doors(dns=server.port) as opened:
        facts = await dns.enrich(dossier("x.fr"), Settings(), context(opened))
    assert {fact.subject for fact in facts} == {"x.fr"}
    texts = [fact.value for fact in facts if isinstance(fact.value, str)]
    assert all(text.isprintable() and len(text) <= 300 for text in texts)
    assert sum(fact.field == "txt" for fact in facts) <= 20


def test_every_domain_is_wanted() -> None:
    """There is always something to ask."""
    assert dns.wants(dossier("x.fr"), Settings())
