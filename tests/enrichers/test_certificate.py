"""The certificate enricher against TLS servers on loopback."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from hunter.enrichers import certificate
from hunter.enrichers.certificate import Settings
from hunter.model import Brand
from hunter.net.tls import NoTls, TlsDoor
from tests.world.doors import context, doors, dossier, unknowns, values
from tests.world.http import Response, http_server
from tests.world.streams import tcp_server
from tests.world.tls import own_certificate


async def look(port: int, **fields: object) -> tuple[dict, dict]:
    """Values and reasons about en-marche.co."""
    async with doors() as opened:
        asked = dossier("en-marche.co", **(fields or {"a": "127.0.0.1"}))
        settings = Settings(enabled=True, port=port)
        facts = await certificate.enrich(asked, settings, context(opened))
    assert {fact.field for fact in facts} <= certificate.FIELDS.keys()
    return values(facts, "en-marche.co"), unknowns(facts, "en-marche.co")


async def test_everything_the_certificate_says_becomes_a_fact(tmp_path: Path) -> None:
    """Issuer, key, serial, days, names, and whose names they are."""
    names = ("en-marche.co", "*.en-marche.co", "portal-office.fr", "www.portal-office.fr")
    tls, trusted = own_certificate(tmp_path, *names)
    async with http_server(lambda _: Response(), tls=tls) as server:
        found, unknown = await look(server.port)
    shown = x509.load_pem_x509_certificate(trusted.read_bytes())
    assert unknown == {}
    assert found["tls"] == {True}
    assert found["cert_issuer"] == {"127.0.0.1"}
    assert found["cert_names"] >= {*names}
    assert found["cert_domain"] == {"portal-office.fr"}
    assert found["cert_not_before"] == {int(f"{shown.not_valid_before_utc:%Y%m%d}")}
    assert found["cert_not_after"] == {int(f"{shown.not_valid_after_utc:%Y%m%d}")}
    assert [len(next(iter(found[field]))) for field in ("cert_key",)] == [64]
    assert found["cert_serial"]


async def test_a_thousand_names_are_bounded(tmp_path: Path) -> None:
    """A certificate of a delivery network names half the world."""
    tls, _ = own_certificate(tmp_path, *(f"host.x{number}.fr" for number in range(900)))
    async with http_server(lambda _: Response(), tls=tls) as server:
        found, _ = await look(server.port)
    assert len(found["cert_names"]) == len(found["cert_domain"]) == 50


async def test_no_tls_is_an_answer_and_ends_what_was_known() -> None:
    """Nothing listens on the port."""
    async with http_server(lambda _: Response()) as server:
        port = server.port
    assert await look(port) == ({"tls": {False}}, {})


async def test_a_failed_handshake_leaves_every_field_in_doubt() -> None:
    """The server hangs up."""

    async def hang_up(*_: object) -> None:
        return

    async with tcp_server(hang_up) as port:
        found, unknown = await look(port)
        again, doubt = await look(port, a="127.0.0.1", aaaa="::1")
    assert found == again == {}
    assert unknown.keys() == doubt.keys() == certificate.FIELDS.keys()


async def test_the_second_address_is_asked_when_the_first_fails(tmp_path: Path) -> None:
    """An address of a network that is refused does not hide the other."""
    tls, _ = own_certificate(tmp_path)
    async with http_server(lambda _: Response(), tls=tls) as server:
        found, _ = await look(server.port, a=("127.0.0.2", "127.0.0.1"))
    assert found["tls"] == {True}


async def test_private_addresses_hide_no_public_one() -> None:
    """Two are asked at most, and a squatter has as many private ones as he likes."""
    asked = []

    class Door(TlsDoor):
        async def certificate(self, host: str, *, address: str = "", port: int = 443) -> bytes:
            asked.append(address)
            raise NoTls(f"nobody asks {host}:{port}")

    async with doors() as opened:
        inside = ("10.0.0.1", "10.0.0.2", "169.254.169.254")
        about = dossier("en-marche.co", a=(*inside, "8.8.8.8"), aaaa="2606:4700::1")
        asking = context(replace(opened, tls=Door()))
        await certificate.enrich(about, Settings(enabled=True), asking)
    assert asked == ["8.8.8.8", "2606:4700::1"]


@pytest.mark.parametrize(
    ("host", "fields"),
    [
        ("mail.x.fr", {"host_address": "127.0.0.1"}),
        ("en-marche.x.fr", {"a": "127.0.0.2"}),
    ],
)
async def test_the_host_that_is_visited_shows_its_certificate(
    host: str, fields: dict[str, str], tmp_path: Path
) -> None:
    """Where only hosts have addresses, or imitate: the domain has none, or is a firm's."""
    asked: list[str] = []

    async def resolve(name: str, _port: int) -> tuple[str, ...]:
        asked.append(name)
        return ("127.0.0.1",)

    tls, _ = own_certificate(tmp_path, host)
    async with http_server(lambda _: Response(), tls=tls) as server, doors() as opened:
        door = TlsDoor(2.0, allow_private=True, resolve=resolve)
        asking = replace(context(replace(opened, tls=door)), brands=(Brand("en-marche.fr"),))
        about = dossier("x.fr", name=("x.fr", host), **fields)
        facts = await certificate.enrich(about, Settings(port=server.port), asking)

    assert asked == [host]
    assert host in values(facts, "x.fr")["cert_names"]


async def test_private_addresses_are_not_asked() -> None:
    """The guard decides, and says why."""
    async with doors(private=()) as opened:
        asked = dossier("x.fr", a="127.0.0.1")
        facts = await certificate.enrich(asked, Settings(), context(opened))
    assert "loopback" in unknowns(facts, "x.fr")["tls"]


def test_it_is_off_until_somebody_wants_it_and_needs_an_address() -> None:
    """It touches the suspect's server."""
    assert not Settings().enabled
    assert certificate.wants(dossier("x.fr", aaaa="2001:db8::1"), Settings())
    assert certificate.wants(dossier("x.fr", host_address="192.0.2.1"), Settings())
    assert not certificate.wants(dossier("x.fr"), Settings())


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(noise: bytes) -> None:
    """Whatever a server shows, the facts are printable and bounded."""
    for fact in certificate._read(noise, "x.fr", datetime.now(UTC)):
        assert fact.field in certificate.FIELDS
        assert str(fact.value).isprintable()
        assert len(str(fact.value)) <= 300


@pytest.mark.parametrize("name", ["paypal.com\x00.evil.fr", "\x1b[31mred.fr", "<b>.fr", "x" * 400])
async def test_hostile_names_are_cleaned(name: str, tmp_path: Path) -> None:
    """NUL, escape codes and overlong names reach nobody."""
    tls, _ = own_certificate(tmp_path, name)
    async with http_server(lambda _: Response(), tls=tls) as server:
        found, _ = await look(server.port)
    assert found["tls"] == {True}
    for values_ in found.values():
        assert all(str(value).isprintable() and len(str(value)) <= 300 for value in values_)
