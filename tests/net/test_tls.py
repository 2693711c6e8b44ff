"""The TLS door: a certificate, or why there is none."""

import asyncio
import ssl
from pathlib import Path

import pytest

from hunter.errors import WillPass
from hunter.net.tls import NoTls, TlsDoor
from tests.world.http import Response, http_server
from tests.world.silence import never_answer
from tests.world.streams import tcp_server
from tests.world.tls import own_certificate

OPEN = TlsDoor(1.0, allow_private=True)


async def test_the_certificate_comes_whatever_it_is_worth(tmp_path: Path) -> None:
    """Self-signed and for another name; the name that is asked for goes out as SNI."""
    context, path = own_certificate(tmp_path)
    asked: list[str | None] = []
    context.sni_callback = lambda _, name, __: asked.append(name)
    async with http_server(lambda _: Response(), tls=context) as server:
        found = await OPEN.certificate("en-marche.co", address="127.0.0.1", port=server.port)
    assert found == ssl.PEM_cert_to_DER_cert(path.read_text())
    assert asked == ["en-marche.co"]
    assert server.requests == []


async def test_a_name_is_resolved_by_the_guard(tmp_path: Path) -> None:
    """Without an address of its own to go to."""

    async def resolve(host: str, _: int) -> tuple[str, ...]:
        return ("127.0.0.1",) if host == "x.fr" else ()

    context, path = own_certificate(tmp_path)
    async with http_server(lambda _: Response(), tls=context) as server:
        door = TlsDoor(private_hosts=("x.fr",), resolve=resolve)
        found = await door.certificate("x.fr", port=server.port)
    assert found == ssl.PEM_cert_to_DER_cert(path.read_text())


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254"])
async def test_private_addresses_are_refused(address: str) -> None:
    """A zone that points at the own network gets no handshake."""
    with pytest.raises(WillPass, match="is refused"):
        await TlsDoor().certificate("x.fr", address=address)


async def test_a_zone_that_points_at_a_server_of_ours_gets_no_handshake(tmp_path: Path) -> None:
    """Its certificate would stand for the suspect's in letters to registrars; ours may be asked."""
    context, path = own_certificate(tmp_path)
    async with http_server(lambda _: Response(), tls=context) as server:
        ours = "127.0.0.1", f"wiki.fr:{server.port}"
        door = TlsDoor(private_hosts=ours)
        with pytest.raises(WillPass, match="is refused"):
            await door.certificate("x.fr", address="127.0.0.1", port=server.port)
        found = await door.certificate("wiki.fr", address="127.0.0.1", port=server.port)
    assert found == ssl.PEM_cert_to_DER_cert(path.read_text())


async def test_where_nothing_listens_there_is_no_tls() -> None:
    """A refusal is an answer."""
    async with http_server(lambda _: Response()) as server:
        port = server.port
    with pytest.raises(NoTls, match="nothing listens"):
        await OPEN.certificate("x.fr", address="127.0.0.1", port=port)


async def test_what_speaks_something_else_has_no_tls() -> None:
    """A plain web server on the port."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()

    async with tcp_server(talk) as port:
        with pytest.raises(NoTls, match="no TLS handshake"):
            await OPEN.certificate("x.fr", address="127.0.0.1", port=port)


@pytest.mark.parametrize("first", [b"", b"\x15\x03\x03\x00\x02\x02\x28"])
async def test_a_server_that_hangs_up_leaves_doubt(first: bytes) -> None:
    """Cut off, or with an alert: there may be a certificate for others."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(first)
        await writer.drain()

    async with tcp_server(talk) as port:
        with pytest.raises(WillPass) as caught:
            await OPEN.certificate("x.fr", address="127.0.0.1", port=port)
    assert not isinstance(caught.value, NoTls)


async def test_a_silent_server_is_not_waited_for() -> None:
    """The whole exchange has one limit."""
    async with tcp_server(never_answer) as port:
        with pytest.raises(WillPass, match=r"within 0\.2 s"):
            await TlsDoor(0.2, allow_private=True).certificate(
                "x.fr", address="127.0.0.1", port=port
            )


async def test_only_so_many_are_asked_at_the_same_time() -> None:
    """The others wait for their turn, which is not counted as the server's silence."""
    there, most = 0, 0
    enough = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal there, most
        there += 1
        most = max(most, there)
        if there == 3:
            enough.set()
        await enough.wait()
        await reader.read(10)
        there -= 1
        writer.close()

    door = TlsDoor(at_once=3, allow_private=True)
    async with tcp_server(talk) as port:
        asked = (door.certificate("x.fr", address="127.0.0.1", port=port) for _ in range(12))
        ends = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(end) for end in ends] == [WillPass] * 12
    assert most == 3
