"""Connections to web servers: whom they reach, by which certificate, and what they take."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hunter.errors import WillPass
from hunter.net.connections import _trust
from hunter.net.http import HttpDoor
from tests.world.http import HttpServer, Response, http_server
from tests.world.streams import tcp_server

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def vouching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where a certificate may be put that vouches for itself."""
    path = tmp_path / "both.pem"
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    _trust.cache_clear()
    yield path
    _trust.cache_clear()


@asynccontextmanager
async def asking(response: Response) -> AsyncIterator[tuple[HttpDoor, HttpServer]]:
    """A door to a server that answers everything alike."""
    async with http_server(lambda _request: response) as server:
        door = HttpDoor("hunter/test", allow_private=True, timeout=30.0)
        try:
            yield door, server
        finally:
            await door.close()


async def test_a_server_that_is_not_there_cannot_be_reached() -> None:
    """Said in the system's words, with each host named once and no path."""
    async with http_server(lambda _request: Response(200, b"")) as server:
        place = f"127.0.0.1:{server.port}"
    door = HttpDoor("hunter/test", allow_private=True)
    with pytest.raises(WillPass) as refused:
        await door.get(f"http://{place}/secret")
    assert str(refused.value) == f"{place} cannot be reached: Connection refused"
    assert not refused.value.in_doubt
    await door.close()


async def test_a_header_of_many_kilobytes_is_read() -> None:
    """What a page allows its scripts fills some."""
    policy = "script-src " + "https://cdn.example " * 1000
    async with asking(Response(200, b"", {"X-Policy": policy})) as (door, server):
        assert (await door.get(server.url)).headers["x-policy"] == policy.strip()


async def test_some_hundred_headers_are_read() -> None:
    """A browser reads them too, so nobody hides a page from hunter by sending many."""
    many = {f"X-{number}": "1" for number in range(400)}
    async with asking(Response(200, b"page", many)) as (door, server):
        answer = await door.get(server.url)
    assert (answer.body, answer.headers["x-399"]) == (b"page", "1")


_LONG_HEADERS = b"".join(b"X: %s\r\n" % (b"a" * 60_000) for _ in range(300))


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\n" + _LONG_HEADERS + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + _LONG_HEADERS + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"a" * 18_000_000,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 700_000,
    ],
    ids=["headers", "trailers", "chunk extension", "interim answers"],
)
async def test_what_is_no_body_is_bounded_as_a_whole(answer: bytes) -> None:
    """Many headers, each of a size that is taken, held up the loop for seconds."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        await reader.read()

    door = HttpDoor("hunter/test", allow_private=True, timeout=30.0)
    async with tcp_server(talk) as port:
        with pytest.raises(WillPass, match="beside the body"):
            await door.get(f"http://127.0.0.1:{port}/")
    await door.close()


async def test_a_body_in_chunks_of_one_byte_is_read() -> None:
    """They cost five bytes each beside it, as some old programs send them."""
    body = b"1\r\na\r\n" * 200_000 + b"0\r\n\r\n"

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
        await reader.read()

    door = HttpDoor("hunter/test", allow_private=True, timeout=30.0)
    async with tcp_server(talk) as port:
        answer = await door.get(f"http://127.0.0.1:{port}/")
    await door.close()
    assert answer.body == b"a" * 200_000


@pytest.mark.parametrize(
    ("head", "status", "body"),
    [
        ("200 OK\r\nContent-Length: 4", 200, b"page"),
        ("200 OK\r\nContent-Length: 4\r\nConnection: close", 200, b"page"),
        ("302 Found\r\nContent-Length: 0\r\nLocation: /x", 302, b""),
        ("204 No Content\r\nConnection: close", 204, b""),
    ],
)
async def test_more_than_was_promised_takes_no_answer_away(
    head: str, status: int, body: bytes
) -> None:
    """It is left unread, and is no answer to the next question, whatever it looks like."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        more = (
            b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfake" if b"/1 " in asked else b"page more"
        )
        writer.write(f"HTTP/1.1 {head}\r\n\r\n".encode() + b"page"[: len(body)] + more)
        await reader.read()

    door = HttpDoor("hunter/test", allow_private=True, timeout=30.0)
    async with tcp_server(talk) as port:
        for number in range(3):
            answer = await door.get(f"http://127.0.0.1:{port}/{number}", follow=False)
            assert (answer.status, answer.body) == (status, body)
    await door.close()


async def test_a_closed_door_asks_nobody() -> None:
    """Whoever comes late is told so, and no connection is left open."""
    async with asking(Response(200, b"ok")) as (door, server):
        await door.get(server.url)
        await door.close()
        with pytest.raises(WillPass, match="closing its connections"):
            await door.get(server.url)
    assert len(server.requests) == 1


async def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    """The connection goes to an address, and is still held against the authorities."""
    async with http_server(lambda _request: Response(), tls=_tls(tmp_path / "both.pem")) as server:
        door = HttpDoor("hunter/test", allow_private=True)
        with pytest.raises(WillPass, match="certificate verify failed: self-signed"):
            await door.get(f"https://localhost:{server.port}/")
        await door.close()
        assert server.requests == []


@pytest.mark.parametrize(
    ("host", "until", "reason"),
    [
        ("shop.example", NOW + timedelta(days=9000), ""),
        ("shop.example.", NOW + timedelta(days=9000), ""),
        ("pay.shop.example", NOW + timedelta(days=9000), "not valid for 'pay.shop.example'"),
        ("127.0.0.1", NOW + timedelta(days=9000), "not valid for '127.0.0.1'"),
        ("shop.example", NOW - timedelta(hours=1), "certificate has expired"),
    ],
)
async def test_a_certificate_is_held_against_the_name_and_the_day(
    host: str, until: datetime, reason: str, vouching: Path
) -> None:
    """Not against the address that is connected to."""
    tls = _tls(vouching, until)
    door = HttpDoor("hunter/test", allow_private=True, resolve=_here)
    told = ""
    async with http_server(lambda _request: Response(200, b"ok"), tls=tls) as server:
        try:
            await door.get(f"https://{host}:{server.port}/")
        except WillPass as error:
            told = str(error)
        await door.close()
    assert (reason in told) if reason else not told
    assert len(server.requests) == (not reason)


async def test_the_protocol_offered_is_http_1_1(vouching: Path) -> None:
    """Some servers speak HTTP/2 where nothing is offered, or end the handshake."""
    agreed = []

    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        agreed.append(writer.get_extra_info("ssl_object").selected_alpn_protocol())

    tls = _tls(vouching)
    tls.set_alpn_protocols(["h2", "http/1.1"])
    door = HttpDoor("hunter/test", resolve=_here, private_hosts=("shop.example",))
    async with tcp_server(talk, tls=tls) as port:
        with pytest.raises(WillPass, match="connection was closed"):
            await door.get(f"https://shop.example:{port}/")
    await door.close()
    assert set(agreed) == {"http/1.1"}


async def _here(_host: str, _port: int) -> tuple[str, ...]:
    return ("127.0.0.1",)


def _tls(path: Path, until: datetime = NOW + timedelta(days=9000)) -> ssl.SSLContext:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(_self_signed(path, until))
    return tls


def _self_signed(path: Path, until: datetime) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shop.example")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.add_extension(
        x509.SubjectAlternativeName([x509.DNSName("shop.example")]), False
    )
    builder = builder.not_valid_before(NOW - timedelta(days=1))
    certificate = builder.not_valid_after(until).sign(key, hashes.SHA256())
    pem, plain = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    private = key.private_bytes(pem, plain, serialization.NoEncryption())
    path.write_bytes(private + certificate.public_bytes(pem))
    return path
