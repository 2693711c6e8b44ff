"""The whois enricher against WHOIS servers on loopback."""

from contextlib import suppress

import pytest

from hunter.enrichers import dns, whois
from hunter.enrichers.whois import Settings
from hunter.enrichment import waves
from hunter.errors import WillPass
from tests.world.doors import context, doors, dossier, keeping, unknowns, values
from tests.world.whois import whois_server

THIN = """Domain Name: X.COM
Creation Date: 2017-04-12T09:30:00Z
Registrar: Thin Inc
Registrar WHOIS Server: {server}
"""
THICK = b"""Domain Name: X.COM
Creation Date: 2016-01-01T00:00:00Z
Registrant Name: Amaro Carrion
Registrant Email: amarocarrion@mail.com
"""
FRENCH = """domain: x.fr
created: 2017-03-20T10:00:00Z
holder-c: H1-FRNIC

nic-hdl: H1-FRNIC
type: ORGANIZATION
contact: Société Générée
e-mail: johnpinch@mail.com
country: FR
"""


async def look(answer: bytes, domain: str = "x.fr") -> tuple[dict, dict]:
    """Values and reasons after one answer."""
    async with whois_server({domain: answer}) as server, doors(whois=server.port) as opened:
        ending = domain.rpartition(".")[2]
        settings = Settings(servers={ending: "127.0.0.1"})
        facts = await whois.enrich(dossier(domain), settings, context(opened))
    assert {fact.field for fact in facts} <= whois.FIELDS.keys()
    return values(facts, domain), unknowns(facts, domain)


async def test_whoever_knows_less_than_the_registry_says_nothing() -> None:
    """RDAP found it, and the server of port 43 has other endings."""
    async with whois_server({}) as server, doors(whois=server.port) as opened:
        asked = dossier("x.fr", registration="found")
        settings = Settings(servers={"fr": "127.0.0.1"})
        facts = await whois.enrich(asked, settings, context(opened))
    assert values(facts, "x.fr") == {"whois_server": {"127.0.0.1"}}
    assert unknowns(facts, "x.fr") == {}


async def test_what_the_registry_withholds_in_rdap_its_whois_may_tell() -> None:
    """The holder; that is what it is asked for."""
    async with (
        whois_server({"x.fr": FRENCH.encode()}) as server,
        doors(whois=server.port) as opened,
    ):
        asked = dossier("x.fr", registration="found")
        settings = Settings(servers={"fr": "127.0.0.1"})
        facts = await whois.enrich(asked, settings, context(opened))
    assert values(facts, "x.fr")["registrant_email"] == {"johnpinch@mail.com"}


@pytest.mark.parametrize(
    ("answer", "registration"), [("domain: x.fr\n", "found"), ("%% NOT FOUND\n", "absent")]
)
async def test_terms_of_use_are_no_refusal(answer: str, registration: str) -> None:
    """Many an answer ends with what happens to who asks too much."""
    terms = "\nAccess may be blocked when your quota is exceeded.\n"
    found, unknown = await look(f"{answer}{terms}".encode())
    assert found["registration"] == {registration}
    assert "refuses" not in str(unknown)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
async def test_afnics_answer_becomes_facts_in_either_encoding(encoding: str) -> None:
    """The holder through the join, accents and all."""
    found, unknown = await look(FRENCH.encode(encoding))
    assert found["registrant_email"] == {"johnpinch@mail.com"}
    assert found["registrant_email_domain"] == {"mail.com"}
    assert found["registrant_org"] == {"Société Générée"}
    assert found["registered"] == {20170320}
    assert found["registrant_redacted"] == {False}
    assert found["whois_server"] == {"127.0.0.1"}
    assert "registrar" in unknown


async def test_absence_is_said_by_the_registry_only() -> None:
    """Not found."""
    found, unknown = await look(b"%% NOT FOUND\r\n")
    assert (found["registration"], unknown) == ({"absent"}, {})


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"", "cannot be read"),
        (b"Hello, world\n", "cannot be read"),
        (b"domain: other.fr\n", "another domain"),
        (bytes(range(256)) * 20, "cannot be read"),
    ],
)
async def test_an_answer_that_is_none_leaves_every_field_in_doubt(
    answer: bytes, reason: str
) -> None:
    """Never absence."""
    found, unknown = await look(answer)
    assert found.keys() == {"whois_server"}
    assert unknown.keys() == whois.REGISTRATION_FIELDS.keys()
    assert all(reason in why for why in unknown.values())


@pytest.mark.parametrize(
    ("answer", "reason"),
    [(b"Too many requests, try again later\n", "refuses"), (b"x" * 10_000_000, "larger than")],
)
async def test_trouble_on_the_way_will_pass(answer: bytes, reason: str) -> None:
    """A refusal and ten megabytes."""
    with pytest.raises(WillPass, match=reason):
        await look(answer)


async def test_a_server_that_refused_is_left_alone() -> None:
    """The next question is not even sent."""
    kept: dict[str, str] = {}
    async with whois_server({"x.fr": b"LIMIT EXCEEDED"}) as server:
        async with doors(whois=server.port) as opened:
            settings = Settings(servers={"fr": "127.0.0.1"})
            for name in ("x.fr", "y.fr"):
                with pytest.raises(WillPass):
                    await whois.enrich(dossier(name), settings, keeping(opened, kept))
        assert server.queries == ["x.fr"]


async def test_the_registrars_server_completes_a_thin_answer() -> None:
    """The registry's date stays, the holder is the registrar's."""
    async with whois_server({"x.com": THICK}) as registrar:
        thin = THIN.format(server="localhost").encode()
        async with whois_server({"x.com": thin}) as registry, doors(whois=registrar.port) as opened:
            settings = Settings(servers={"com": f"127.0.0.1:{registry.port}"})
            facts = await whois.enrich(dossier("x.com"), settings, context(opened))
    found = values(facts, "x.com")
    assert found["registrant_email"] == {"amarocarrion@mail.com"}
    assert found["registered"] == {20170412}
    assert found["registrar"] == {"Thin Inc"}


async def test_a_whole_answer_needs_no_registrar() -> None:
    """Nor is a server asked twice that names itself."""
    async with whois_server({"x.com": THICK}) as server, doors(whois=server.port) as opened:
        settings = Settings(servers={"com": "localhost"})
        server.answers["x.com"] = THICK + b"Registrar WHOIS Server: 127.0.0.1\n"
        await whois.enrich(dossier("x.com"), settings, context(opened))
        server.answers["x.com"] = THIN.format(server="localhost").encode()
        await whois.enrich(dossier("x.com"), settings, context(opened))
        assert server.queries == ["x.com", "x.com"]


async def test_a_registrars_server_inside_is_refused_and_the_rest_is_kept() -> None:
    """The name of the server is a stranger's word."""
    async with whois_server({"x.com": THICK}) as inside:
        thin = THIN.format(server="localhost").encode()
        async with whois_server({"x.com": thin}) as registry:
            place = f"127.0.0.1:{registry.port}"
            async with doors(whois=inside.port, private=(place,)) as opened:
                settings = Settings(servers={"com": place})
                facts = await whois.enrich(dossier("x.com"), settings, context(opened))
        assert inside.queries == []
    assert values(facts, "x.com")["registered"] == {20170412}
    assert "loopback" in unknowns(facts, "x.com")["registrant_email"]


async def test_an_unknown_ending_is_looked_up_once() -> None:
    """IANA's referral is remembered."""
    answers = {"zz": b"refer: localhost\n", "a.zz": b"domain: a.zz\n", "b.zz": b"domain: b.zz\n"}
    async with whois_server(answers) as server, doors(whois=server.port) as opened:
        settings = Settings(referral_server="127.0.0.1")
        for name in ("a.zz", "b.zz"):
            facts = await whois.enrich(dossier(name), settings, context(opened))
            assert values(facts, name)["registration"] == {"found"}
        assert server.queries == ["zz", "a.zz", "b.zz"]


async def test_an_ending_nobody_knows_is_in_doubt() -> None:
    """IANA names no server."""
    async with whois_server({"zz": b"domain: ZZ\n"}) as server, doors(whois=server.port) as opened:
        settings = Settings(referral_server="127.0.0.1")
        facts = await whois.enrich(dossier("a.zz"), settings, context(opened))
    assert unknowns(facts, "a.zz")["registered"] == "no WHOIS server is known for .zz"


async def test_that_an_ending_has_no_server_is_remembered_too() -> None:
    """IANA describes the ending: it is not asked at every look."""
    async with whois_server({"zz": b"domain: ZZ\n"}) as server, doors(whois=server.port) as opened:
        for name in ("a.zz", "b.zz"):
            settings = Settings(referral_server="127.0.0.1")
            await whois.enrich(dossier(name), settings, context(opened))
        assert server.queries == ["zz"]


@pytest.mark.parametrize("answer", [b"", b"% busy\n", b"Too many requests, try again later\n"])
async def test_a_referral_that_was_not_told_is_asked_for_again(answer: bytes) -> None:
    """Or nobody would be asked about that ending until hunter is restarted."""
    answers = {"zz": answer, "a.zz": b"domain: a.zz\n"}
    async with whois_server(answers) as server, doors(whois=server.port) as opened:
        settings = Settings(referral_server=f"127.0.0.1:{server.port}")
        with suppress(WillPass):
            await whois.enrich(dossier("a.zz"), settings, context(opened))
        server.answers["zz"] = b"refer: localhost\n"
        other = Settings(referral_server="127.0.0.1")
        facts = await whois.enrich(dossier("a.zz"), other, context(opened))
    assert values(facts, "a.zz")["registration"] == {"found"}


async def test_a_refusal_to_refer_is_no_word_that_there_is_no_server() -> None:
    """It will pass."""
    answers = {"zz": b"LIMIT EXCEEDED"}
    async with whois_server(answers) as server, doors(whois=server.port) as opened:
        settings = Settings(referral_server="127.0.0.1")
        with pytest.raises(WillPass, match="refuses"):
            await whois.enrich(dossier("a.zz"), settings, context(opened))


async def test_a_platforms_host_is_not_asked_for() -> None:
    """The same word as from rdap."""
    async with doors() as opened:
        facts = await whois.enrich(dossier("x.pages.dev"), Settings(), context(opened))
    assert "platform pages.dev" in unknowns(facts, "x.pages.dev")["registered"]


@pytest.mark.parametrize(
    ("fields", "unknown", "wanted"),
    [
        ({}, {}, True),
        ({}, {"registration": "no RDAP server is known for .li"}, True),
        ({"registration": "absent"}, {}, False),
        ({"registration": "absent", "ns": ("ns1.monovm.com", "ns2.monovm.com")}, {}, True),
        ({"registration": "found"}, {"registrant_email": "not named"}, True),
        ({"registration": "found", "registrant_email": "a@b.fr"}, {}, False),
        ({"registration": "found", "registrant_redacted": True}, {}, False),
        ({"registration": "found", "registrant_redacted": False}, {}, True),
        ({"registration": "absent", "whois_server": "whois.nic.li"}, {}, True),
    ],
)
def test_it_is_wanted_where_rdap_told_too_little(
    fields: dict[str, object], unknown: dict[str, str], wanted: bool
) -> None:
    """And stays wanted where it was the one that told."""
    assert whois.wants(dossier("x.li", unknown, **fields), Settings()) is wanted


def test_what_dns_knows_is_known_before_it_is_asked() -> None:
    """At the first look: a new name may be in the zone before RDAP has it."""
    order = [
        {one.name for one in wave} for wave in waves({"whois": Settings(), "dns": dns.Settings()})
    ]
    assert order == [{"dns"}, {"whois"}]


def test_a_platforms_host_is_said_once() -> None:
    """When rdap has said it already, whois keeps silent."""
    about = dossier("x.pages.dev", {"registration": "a host under the platform"})
    assert not whois.wants(about, Settings())


def test_odd_servers_get_the_question_in_their_own_form() -> None:
    """DENIC and Verisign answer something else to a bare name."""
    assert whois._QUESTIONS["whois.denic.de"].format("x.de") == "-T dn,ace x.de"
    assert whois._shipped()["fr"] == "whois.nic.fr"
