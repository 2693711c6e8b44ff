"""The rdap enricher against RDAP servers on loopback."""

import asyncio
import json
import re
from typing import Any

import pytest

from hunter.enrichers import rdap
from hunter.enrichers.rdap import Settings
from hunter.errors import WillPass
from hunter.net.rdap import RDAP_JSON
from hunter.net.registration import WITHHELD
from tests.world.doors import context, doors, dossier, keeping, unknowns, values
from tests.world.http import Response
from tests.world.rdap import Answer, RdapServer, contact, rdap_server, registered

JOHN = contact("registrant", email="johnpinch@mail.com", name="John Pinch", country="RU")


async def look(answer: Answer, domain: str = "mail-en-marche.fr") -> tuple[dict, dict]:
    """Values and reasons after one answer."""
    async with rdap_server({domain: answer}) as server, doors() as opened:
        settings = Settings(server=server.url)
        facts = await rdap.enrich(dossier(domain), settings, context(opened))
    assert {fact.field for fact in facts} <= rdap.FIELDS.keys()
    return values(facts, domain), unknowns(facts, domain)


async def test_a_registration_becomes_facts() -> None:
    """Every field that the case of 2017 turned on."""
    answer = registered("mail-en-marche.fr", entities=[JOHN], ns=["ns1.monovm.com"])
    found, unknown = await look(answer)
    assert found == {
        "registration": {"found"},
        "registered": {20170412},
        "registered_at": {"2017-04-12T09:30:00+00:00"},
        "updated": {20170413},
        "expires": {20300412},
        "registrar": {"Registrar SAS"},
        "registrar_iana_id": {433},
        "registrant_email": {"johnpinch@mail.com"},
        "registrant_email_domain": {"mail.com"},
        "registrant_name": {"John Pinch"},
        "registrant_country": {"RU"},
        "registrant_redacted": {False},
        "abuse_email": {"abuse@registrar.example"},
        "registry_ns": {"ns1.monovm.com"},
        "domain_status": {"active"},
    }
    assert unknown == {}


async def test_redaction_is_known_and_what_it_hides_is_not() -> None:
    """True, and a reason for each field of the holder."""
    hidden = contact("registrant", name="REDACTED FOR PRIVACY", country="FR")
    found, unknown = await look(registered("mail-en-marche.fr", entities=[hidden]))
    assert found["registrant_redacted"] == {True}
    assert unknown["registrant_email"] == WITHHELD


async def test_404_is_absence() -> None:
    """The registry says that there is no such domain."""
    found, unknown = await look(404)
    assert (found, unknown) == ({"registration": {"absent"}}, {})


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Response(404, b"<html>", {"Content-Type": "text/html"}), "status 404"),
        (400, "status 400"),
        (403, "status 403"),
        (Response(200, b"{}"), "no RDAP answer"),
        (Response(200, b"<html>"), "no RDAP answer"),
        (Response(200, b'{"a":' * 50_000), "no RDAP answer"),
        (registered("other.fr"), "another domain"),
        (registered("<b>"), "another domain"),
    ],
)
async def test_an_answer_that_is_none_leaves_every_field_in_doubt(
    answer: Answer, reason: str
) -> None:
    """Never absence."""
    found, unknown = await look(answer)
    assert found == {}
    assert unknown.keys() == rdap.FIELDS.keys()
    assert all(reason in why for why in unknown.values())


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (500, "status 500"),
        (Response(200, b"x" * 2_000_000), "larger than"),
        (Response(200, b"{" * 99, cut_after=9), "broke off"),
        (Response(302, b"", {"Location": "/domain/mail-en-marche.fr"}), "redirects more than"),
    ],
)
async def test_trouble_on_the_way_will_pass(answer: Answer, reason: str) -> None:
    """Whoever asked hears why."""
    with pytest.raises(WillPass, match=reason):
        await look(answer)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_wants_a_pause_gets_it(status: int) -> None:
    """The next question is not even sent, and others' servers are."""
    busy = Response(status, b"", {"Retry-After": "120"})
    kept: dict[str, str] = {}
    async with rdap_server({"a.fr": busy}) as server, doors() as opened:
        settings = Settings(server=server.url)
        for name in ("a.fr", "b.fr"):
            with pytest.raises(WillPass) as refused:
                await rdap.enrich(dossier(name), settings, keeping(opened, kept))
            assert refused.value.retry_after is not None
            assert 100 < refused.value.retry_after.total_seconds() <= 120
        assert server.asked == ["a.fr"]
        async with rdap_server({}) as other:
            settings = Settings(server=other.url)
            facts = await rdap.enrich(dossier("a.fr"), settings, keeping(opened, kept))
        assert values(facts, "a.fr") == {"registration": {"absent"}}


def _thin(server: RdapServer, domain: str, **more: Any) -> dict[str, Any]:
    link = {
        "rel": "related",
        "type": "application/rdap+json",
        "href": f"{server.url}domain/{domain}",
    }
    return registered(domain, links=[link], **more)


async def test_a_thin_registry_is_completed_by_the_registrar() -> None:
    """One hop, and no further: the registrar's own link is not followed."""
    async with rdap_server({}) as far, rdap_server({}) as registrar, rdap_server({}) as registry:
        registrar.answers["x.com"] = _thin(far, "x.com", entities=[contact("registrant")])
        registry.answers["x.com"] = _thin(registrar, "x.com", on="2017-01-02T00:00:00Z")
        async with doors() as opened:
            settings = Settings(server=registry.url)
            first = await rdap.enrich(dossier("x.com"), settings, context(opened))
            registrar.answers["x.com"] = registered("x.com", entities=[JOHN])
            second = await rdap.enrich(dossier("x.com"), settings, context(opened))
        assert far.asked == []
    assert "registrant_email" in unknowns(first, "x.com")
    assert values(second, "x.com")["registrant_email"] == {"johnpinch@mail.com"}
    assert values(second, "x.com")["registered"] == {20170102}


async def test_a_shown_holder_needs_no_second_question() -> None:
    """The registrar is left alone."""
    async with rdap_server({}) as registrar, rdap_server({}) as registry, doors() as opened:
        registry.answers["x.com"] = _thin(registrar, "x.com", entities=[JOHN])
        await rdap.enrich(dossier("x.com"), Settings(server=registry.url), context(opened))
        assert registrar.asked == []


async def test_a_link_inside_is_refused_and_the_rest_is_kept() -> None:
    """The operator's own server may be private; the link to another one is a stranger's."""
    async with rdap_server({}) as inside, rdap_server({}) as registry:
        registry.answers["x.com"] = _thin(inside, "x.com")
        async with doors(private=(f"127.0.0.1:{registry.http.port}",)) as opened:
            settings = Settings(server=registry.url)
            facts = await rdap.enrich(dossier("x.com"), settings, context(opened))
        assert inside.http.requests == []
    assert values(facts, "x.com")["registered"] == {20170412}
    assert "loopback" in unknowns(facts, "x.com")["registrant_email"]


@pytest.mark.parametrize(
    "href", ["http://[", "file:///etc/passwd", "javascript:x", "//", "\x00", "é"]
)
async def test_a_link_that_is_none_does_no_harm(href: str) -> None:
    """The registry's own answer is kept."""
    link = {"rel": "related", "type": "application/rdap+json", "href": href}
    found, unknown = await look(registered("mail-en-marche.fr", links=[link]))
    assert found["registered"] == {20170412}
    assert unknown["registrant_email"].isprintable()


async def test_the_bootstrap_says_whom_to_ask_and_is_read_once() -> None:
    """A hundred domains, one reading."""
    answers: dict[str, Answer] = {f"x{n}.fr": registered(f"x{n}.fr") for n in range(100)}
    async with rdap_server(answers) as server, doors() as opened:
        settings = Settings(bootstrap_url=server.bootstrap_url)
        await asyncio.gather(
            *(rdap.enrich(dossier(name), settings, context(opened)) for name in answers)
        )
        assert sorted(server.asked) == sorted(answers)
        assert [one.path for one in server.http.requests].count("/dns.json") == 1
        asked_for = {
            one.headers["accept"] for one in server.http.requests if "/domain/" in one.path
        }
        assert asked_for == {RDAP_JSON}


async def test_an_ending_without_a_server_is_in_doubt() -> None:
    """Some registries have no RDAP."""
    async with rdap_server({"x.fr": 404}) as server, doors() as opened:
        settings = Settings(bootstrap_url=server.bootstrap_url)
        facts = await rdap.enrich(dossier("x.li"), settings, context(opened))
    assert unknowns(facts, "x.li")["registered"] == "no RDAP server is known for .li"


@pytest.mark.parametrize(
    "page",
    [
        Response(200, b"<html>"),
        Response(200, b'{"services": [[["fr"], ["ftp://x.fr/", 7]], 7]}'),
        Response(200, b'{"services": 7}'),
        Response(500, b"", cut_after=0),
    ],
)
async def test_a_broken_bootstrap_falls_back_to_the_shipped_list(
    page: Response, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Common endings can still be asked for."""
    async with rdap_server({"dns": page, "x.fr": registered("x.fr")}) as server:
        assert "https://rdap.nic.fr/" in rdap._shipped().values()
        monkeypatch.setattr(rdap, "_shipped", lambda: {"fr": server.url})
        async with doors() as opened:
            settings = Settings(bootstrap_url=f"{server.url}domain/dns")
            facts = await rdap.enrich(dossier("x.fr"), settings, context(opened))
    assert values(facts, "x.fr")["registered"] == {20170412}


def _listed(ending: str, *urls: object) -> Response:
    """A bootstrap that names these servers for one ending."""
    return Response(200, json.dumps({"services": [[[ending], urls]]}).encode())


async def test_a_bootstrap_is_read_again_and_stays_when_it_cannot_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was read last is better than nothing, but says nothing of another list."""
    monkeypatch.setattr(rdap, "_shipped", dict)
    monkeypatch.setattr(rdap, "_DAY", 0.0)
    async with rdap_server({"x.fr": registered("x.fr")}) as server, doors() as opened:
        settings = Settings(bootstrap_url=f"{server.url}domain/dns")
        server.answers["dns"] = _listed("fr", "http://127.0.0.1:1/")
        with pytest.raises(WillPass, match=r"127\.0\.0\.1:1"):
            await rdap.enrich(dossier("x.fr"), settings, context(opened))
        for page in (_listed("FR", server.url), 500):
            server.answers["dns"] = page
            facts = await rdap.enrich(dossier("x.fr"), settings, context(opened))
            assert values(facts, "x.fr")["registration"] == {"found"}
        other = Settings(bootstrap_url=f"{server.url}domain/other")
        facts = await rdap.enrich(dossier("x.fr"), other, context(opened))
    assert "no RDAP server" in unknowns(facts, "x.fr")["registered"]


@pytest.mark.parametrize("broken", [500, _listed("fr", 7, "ftp://x.fr/")])
async def test_a_bootstrap_that_was_broken_is_tried_again_before_the_day_is_over(
    broken: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one that was not is not."""
    monkeypatch.setattr(rdap, "_shipped", dict)
    monkeypatch.setattr(rdap, "_RETRY_BOOTSTRAP", 0.0)
    answers = {"dns": broken, "x.fr": registered("x.fr")}
    async with rdap_server(answers) as server, doors() as opened:
        settings = Settings(bootstrap_url=f"{server.url}domain/dns")
        await rdap.enrich(dossier("x.fr"), settings, context(opened))
        server.answers["dns"] = _listed("fr", server.url)
        for _ in range(3):
            facts = await rdap.enrich(dossier("x.fr"), settings, context(opened))
        assert server.asked.count("dns") == 2
    assert values(facts, "x.fr")["registration"] == {"found"}


@pytest.mark.parametrize(
    ("urls", "whom"),
    [
        (("http://127.0.0.1:2/", "https://127.0.0.1:1/", "ftp://x.fr/"), "127.0.0.1:1"),
        (("wss://127.0.0.1:3/", "http://127.0.0.1:2/"), "127.0.0.1:2"),
    ],
)
async def test_of_several_servers_the_one_with_https_is_asked(
    urls: tuple[str, ...], whom: str
) -> None:
    """What is no web address is none of them."""
    async with rdap_server({"dns": _listed("fr", *urls)}) as server, doors() as opened:
        settings = Settings(bootstrap_url=f"{server.url}domain/dns")
        with pytest.raises(WillPass, match=re.escape(whom)):
            await rdap.enrich(dossier("x.fr"), settings, context(opened))


async def test_no_more_questions_wait_at_one_server_than_it_may_have() -> None:
    """The rest wait here."""
    async with rdap_server({}, delay=0.01) as server, doors() as opened:
        settings = Settings(server=server.url, at_once=2)
        names = [f"x{n}.fr" for n in range(20)]
        await asyncio.gather(
            *(rdap.enrich(dossier(name), settings, context(opened)) for name in names)
        )
        assert server.most_at_once <= 2


async def test_a_platforms_host_is_not_asked_for() -> None:
    """The registration of pages.dev says nothing of x.pages.dev."""
    async with rdap_server({}) as server, doors() as opened:
        settings = Settings(server=server.url)
        facts = await rdap.enrich(dossier("x.pages.dev"), settings, context(opened))
        assert server.asked == []
    assert "platform pages.dev" in unknowns(facts, "x.pages.dev")["registered"]


def test_every_domain_is_wanted() -> None:
    """There is always something to say."""
    assert rdap.wants(dossier("x.fr"), Settings())
