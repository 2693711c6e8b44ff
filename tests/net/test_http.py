"""The HTTP door: bounded, guarded, one kind of trouble."""

import asyncio
import gzip
import re
import traceback
import tracemalloc
import zlib
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hunter.errors import WillPass
from hunter.net.http import HttpDoor, retry_after
from tests.world.http import Handler, HttpServer, Request, Response, http_server
from tests.world.streams import tcp_server

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@asynccontextmanager
async def asking(handler: Handler, **options: object) -> AsyncIterator[tuple[HttpDoor, HttpServer]]:
    """A door to a server that answers by `handler`."""
    async with http_server(handler) as server:
        door = HttpDoor("hunter/test", **{"allow_private": True, "timeout": 30.0, **options})
        try:
            yield door, server
        finally:
            await door.close()


def always(response: Response) -> Handler:
    """The same answer to everything."""
    return lambda _request: response


async def test_an_answer_comes_whole_whatever_its_status() -> None:
    """A 404 is an answer; trouble is something else."""
    page = Response(404, b"no such thing", {"X-Thing": "One"})
    async with asking(always(page)) as (door, server):
        answer = await door.get(f"{server.url}/x?y=1", headers={"Accept": "text/plain"})
    assert (answer.status, answer.body) == (404, b"no such thing")
    assert answer.headers["x-thing"] == "One"
    assert answer.url == f"{server.url}/x?y=1"
    asked = server.requests[0]
    assert (asked.headers["user-agent"], asked.headers["accept"]) == ("hunter/test", "text/plain")


async def test_what_is_sent_along_is_little_and_the_callers_word_counts() -> None:
    """Each header once, whatever the letters of its name; a name in the URL is no part of Host."""
    async with asking(always(Response(200, b"ok"))) as (door, server):
        await door.get(server.url)
        await door.get(server.url, headers={"user-AGENT": "mine"})
        await door.get(f"http://j%40x:p%3Aw@127.0.0.1:{server.port}/")
    plain, own, named = (dict(request.headers) for request in server.requests)
    assert plain == {
        "host": f"127.0.0.1:{server.port}",
        "accept": "*/*",
        "accept-encoding": "gzip",
        "connection": "keep-alive",
        "user-agent": "hunter/test",
    }
    assert own == {**plain, "user-agent": "mine"}
    assert named == {**plain, "authorization": f"Basic {b64encode(b'j@x:p:w').decode()}"}


@pytest.mark.parametrize("name", ["Authorization", "authorization"])
async def test_who_asks_is_said_once(name: str) -> None:
    """By the header where there is one, else by the URL, which need hold no password."""
    heads = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    door = HttpDoor("hunter/test", allow_private=True)
    async with tcp_server(answer) as port:
        await door.get(f"http://ana:pw@127.0.0.1:{port}/", headers={name: "Bearer token"})
        await door.get(f"http://ana@127.0.0.1:{port}/")
    await door.close()

    said = [re.findall(r"(?im)^authorization: (.*)\r$", head.decode()) for head in heads]
    assert said == [["Bearer token"], [f"Basic {b64encode(b'ana:').decode()}"]]


async def test_a_header_in_latin_1_is_read() -> None:
    """Old servers write so; most write UTF-8, and all should write ASCII."""

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        headers = (b"X-A: \xe9lu", b"X-B: \xc3\xa9lu", b"Content-Length: 0", b"\r\n")
        writer.write(b"\r\n".join((b"HTTP/1.1 200 OK", *headers)))
        await writer.drain()
        writer.close()

    door = HttpDoor("hunter/test", allow_private=True)
    async with tcp_server(answer) as port:
        answered = await door.get(f"http://127.0.0.1:{port}/")
    await door.close()
    assert (answered.headers["x-a"], answered.headers["x-b"]) == ("élu", "élu")


async def test_a_post_sends_its_content_and_is_not_sent_on() -> None:
    """A webhook's message must not end up where a redirect points."""
    moved = Response(307, b"", {"Location": "/elsewhere"})
    async with asking(always(moved)) as (door, server):
        answer = await door.post(f"{server.url}/hook", content=b"{}")
    assert answer.status == 307
    assert [(one.method, one.path, one.body) for one in server.requests] == [
        ("POST", "/hook", b"{}")
    ]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed_to_their_end(status: int) -> None:
    """Relative and absolute ones; the answer tells where it came from."""

    def handler(request: Request) -> Response:
        further = {"/a": "/b", "/b": f"http://{request.headers['host']}/c"}.get(request.path)
        return Response(status, b"", {"Location": further}) if further else Response(200, b"end")

    async with asking(handler) as (door, server):
        answer = await door.get(f"{server.url}/a")
    assert (answer.body, answer.url) == (b"end", f"{server.url}/c")


@pytest.mark.parametrize(
    "written", [r"\\127.0.0.1:PORT\end", "///127.0.0.1:PORT/end", r"/\127.0.0.1:PORT/end"]
)
async def test_a_redirect_leads_where_it_leads_browsers(written: str) -> None:
    """Else victims are led to a page, and hunter to another."""

    def respond(request: Request) -> Response:
        if request.path == "/end":
            return Response(200, b"end")
        port = request.headers["host"].rpartition(":")[2]
        return Response(302, b"", {"Location": written.replace("PORT", port)})

    async with asking(respond) as (door, server):
        assert (await door.get(f"{server.url}/from")).body == b"end"


async def test_a_location_alone_is_no_redirect() -> None:
    """What was made there, or could be had there, was not asked for."""
    for status in (201, 300, 304, 404):
        async with asking(always(Response(status, b"", {"Location": "/x"}))) as (door, server):
            answer = await door.get(server.url)
        assert (answer.status, len(server.requests)) == (status, 1)


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/a%2Fb%2B?acl=%2f%2A~x&hash=ab%2B%2F%3D&z=%41+b", None),
        (
            "/get?u=https%3A%2F%2Fx.fr%2F%3Fq%3D1%23a#part",
            "/get?u=https%3A%2F%2Fx.fr%2F%3Fq%3D1%23a",
        ),
        ('/?q=%zz é"<>[]%', "/?q=%zz%20%C3%A9%22%3C%3E%5B%5D%"),
        ("/a/../b?x=%2e%2e", "/b?x=%2e%2e"),
    ],
)
async def test_a_query_is_asked_as_it_is_written(written: str, sent: str | None) -> None:
    """Escapes stay: the signature of a link may be over its very letters; so after a redirect."""

    def handler(request: Request) -> Response:
        further = {"Location": written} if request.path == "/from" else {}
        return Response(302 if further else 200, b"", further)

    async with asking(handler) as (door, server):
        answer = await door.get(server.url + written)
        if written.isascii():
            assert (await door.get(f"{server.url}/from")).url == answer.url
    assert {one.path for one in server.requests} - {"/from"} == {sent or written}


async def test_a_redirect_need_not_be_followed() -> None:
    """Then it is the answer, and nobody else is asked."""
    moved = Response(302, b"moved", {"Location": "/elsewhere"})
    async with asking(always(moved)) as (door, server):
        answer = await door.get(server.url, follow=False)
    assert (answer.status, answer.body, answer.hops) == (302, b"moved", ())
    assert len(server.requests) == 1


async def test_an_endless_redirect_is_given_up() -> None:
    """Five times and no more."""
    async with asking(always(Response(301, b"", {"Location": "/again"}))) as (door, server):
        with pytest.raises(WillPass, match="redirects more than 5 times"):
            await door.get(server.url)
    assert len(server.requests) == 6


async def test_a_redirect_inside_is_refused() -> None:
    """The operator's own private host is allowed; where it points is not."""
    async with http_server(always(Response(200, b"secret"))) as inside:
        moved = Response(302, b"", {"Location": f"{inside.url}/metadata"})
        async with http_server(always(moved)) as server:
            door = HttpDoor("hunter/test", private_hosts=(f"127.0.0.1:{server.port}",))
            with pytest.raises(WillPass, match=r"127\.0\.0\.1 is loopback"):
                await door.get(server.url)
            await door.close()
        assert inside.requests == []


@pytest.mark.parametrize("target", ["ftp://x.fr/", "file:///etc/passwd", "//[", "gopher://x"])
async def test_a_redirect_to_anything_but_http_is_refused(target: str) -> None:
    """No other scheme, and nothing that is no URL."""
    async with asking(always(Response(302, b"", {"Location": target}))) as (door, server):
        with pytest.raises(WillPass):
            await door.get(server.url)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "127.0.0.1.", "127.0.0.1..", "2130706433", "0x7f000001", "0177.0.0.1",
     "[::1]", "[::ffff:127.0.0.1]", "[fe80::1%25lo]", "１２７.0.0.1", "127。0。0。1"],
)  # fmt: skip
async def test_an_address_inside_is_refused_in_whatever_writing(host: str) -> None:
    """Nobody resolves an address, so that it is judged before anything is sent."""

    async def never(host: str, _port: int) -> tuple[str, ...]:
        raise AssertionError(host)

    async with http_server(always(Response(200, b"secret"))) as inside:
        door = HttpDoor("hunter/test", resolve=never)
        with pytest.raises(WillPass, match="is refused"):
            await door.get(f"http://{host}:{inside.port}/")
        await door.close()
        assert inside.requests == []


async def test_a_name_that_changes_its_address_cannot_get_inside() -> None:
    """The address that was checked is the one connected to: there is no second look-up."""
    asked: list[str] = []

    async def rebinding(host: str, _port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",) if len(asked) > 1 else ("192.0.2.1",)

    door = HttpDoor("hunter/test", resolve=rebinding, timeout=0.3)
    with pytest.raises(WillPass, match="private"):
        await door.get("http://rebind.example/")
    assert asked == ["rebind.example"]
    await door.close()


@pytest.mark.parametrize("addresses", [("127.0.0.2", "127.0.0.1"), ("127.0.0.1", "127.0.0.2")])
async def test_the_next_address_is_tried_when_one_does_not_answer(
    addresses: tuple[str, ...],
) -> None:
    """A host with a dead address is still reached; its name goes along in the request."""

    async def two(_host: str, _port: int) -> tuple[str, ...]:
        return addresses

    async with asking(always(Response(200, b"here")), resolve=two) as (door, server):
        answer = await door.get(f"http://two.example:{server.port}/")
    assert answer.body == b"here"
    assert server.requests[0].headers["host"] == f"two.example:{server.port}"


@pytest.mark.parametrize("name", ["Authorization", "X-API-Key", "X-Apikey", "X-Auth-Token"])
async def test_a_key_stays_with_its_host(name: str) -> None:
    """A redirect to another host does not take it along, under whatever name."""
    async with http_server(always(Response(200, b"ok"))) as other:
        moved = Response(302, b"", {"Location": f"{other.url}/"})
        async with asking(always(moved)) as (door, server):
            await door.get(server.url, headers={name: "k", "Accept": "text/csv"})
        assert server.requests[0].headers[name.lower()] == "k"
        assert name.lower() not in other.requests[0].headers
        assert other.requests[0].headers["accept"] == "text/csv"


async def test_a_post_of_megabytes_is_sent_whole() -> None:
    """In pieces, so that nothing else waits for it."""
    content = bytes(range(256)) * 12_000
    async with asking(always(Response(200, b"ok"))) as (door, server):
        await door.post(server.url, content=content)
        await door.post(server.url, content=b"")
    assert [one.body == content for one in server.requests] == [True, False]
    assert server.requests[1].headers["content-length"] == "0"


async def test_a_header_that_cannot_be_sent_is_trouble_of_the_usual_kind() -> None:
    """A line break in it would begin another header."""
    async with asking(always(Response(200, b"ok"))) as (door, server):
        with pytest.raises(WillPass, match="did not answer properly"):
            await door.get(server.url, headers={"X-Thing": "a\r\nX-Other: b"})
    assert server.requests == []


async def test_cookies_are_not_kept() -> None:
    """Two requests cannot be told to belong together."""
    async with asking(always(Response(200, b"", {"Set-Cookie": "id=1"}))) as (door, server):
        await door.get(server.url)
        await door.get(server.url)
    assert "cookie" not in server.requests[1].headers


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (Response(200, b"x" * 3000), "larger than 1000 bytes"),
        (Response(200, b"x" * 500, endless=True), "larger than 1000 bytes"),
        (Response(200, b"x" * 900, cut_after=100), "broke off in the middle of its answer$"),
        (Response(200, b"no gzip", {"Content-Encoding": "gzip"}), "did not answer properly"),
        (Response(200, b"zst", {"Content-Encoding": "zstd"}), "encoding it was not asked for"),
        (Response(200, b"", {"Bad Header": "x"}), "did not answer properly"),
    ],
)
async def test_trouble_is_of_one_kind_and_says_which(response: Response, reason: str) -> None:
    """Too much, half, or not HTTP at all."""
    async with asking(always(response)) as (door, server):
        with pytest.raises(WillPass, match=reason):
            await door.get(server.url, max_bytes=1000)


@pytest.mark.parametrize(
    "response", [Response(200, b"late", delay=30), Response(200, b"x", endless=True, pause=0.05)]
)
async def test_an_answer_that_does_not_end_in_time_is_trouble(response: Response) -> None:
    """Whether nothing comes, or always a little more."""
    async with asking(always(response)) as (door, server):
        with pytest.raises(WillPass, match=r"did not answer within 0\.4 s$"):
            await door.get(server.url, seconds=0.4)


async def test_nobody_is_waited_for_longer_than_the_door_waits() -> None:
    """Unless the question has a limit of its own, for a question and for a message."""
    async with asking(always(Response(200, delay=30)), timeout=0.3) as (door, server):
        with pytest.raises(WillPass, match="did not answer"):
            await door.get(server.url)
        with pytest.raises(WillPass, match="did not answer"):
            await door.post(server.url, content=b"{}")
        with pytest.raises(WillPass, match=r"within 0\.2 s$"):
            await door.post(server.url, content=b"{}", seconds=0.2)


@pytest.mark.parametrize(
    "response",
    [
        Response(200, b"x" * 3000),
        Response(200, b"late", delay=30),
        Response(200, b"x" * 900, cut_after=100),
        Response(200, b"zst", {"Content-Encoding": "zstd"}),
        Response(200, gzip.compress(bytes(range(256)))[:-12], {"Content-Encoding": "gzip"}),
    ],
)
async def test_what_was_posted_may_be_taken_when_the_answer_cannot_be_read(
    response: Response,
) -> None:
    """Sent again as something new, it would be told twice; a question may be asked again."""
    async with asking(always(response)) as (door, server):
        with pytest.raises(WillPass) as posted:
            await door.post(server.url, content=b"{}", max_bytes=1000, seconds=0.4)
        with pytest.raises(WillPass) as asked:
            await door.get(server.url, max_bytes=1000, seconds=0.4)
    assert posted.value.in_doubt
    assert not asked.value.in_doubt


async def test_a_bomb_stops_at_the_bound_and_gzip_is_read() -> None:
    """The size that counts is the one after decompression."""
    packed = {"Content-Encoding": "gzip"}
    bomb = Response(200, gzip.compress(b"\0" * 50_000_000), packed)
    async with asking(always(bomb)) as (door, server):
        with pytest.raises(WillPass, match="larger than"):
            await door.get(server.url)
    async with asking(always(Response(200, gzip.compress(b"plain" * 9), packed))) as (door, server):
        assert (await door.get(server.url)).body == b"plain" * 9


async def test_what_comes_after_a_gzip_is_passed_over_and_not_kept() -> None:
    """A server may send it without end: as much of it was held in memory, and copied each time."""
    page = gzip.compress(b"page")

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + page)
        for _ in range(400):
            writer.write(b"x" * 50_000)
            await writer.drain()
        writer.close()

    tracemalloc.start()
    door = HttpDoor("hunter/test", allow_private=True)
    async with tcp_server(talk) as port:
        answer = await door.get(f"http://127.0.0.1:{port}/")
    await door.close()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.body == b"page"
    assert most < 5_000_000


def _in_pieces(body: bytes, size: int) -> Callable[..., Awaitable[None]]:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
        for start in range(0, len(body), size):
            writer.write(body[start : start + size])
            await writer.drain()
            await asyncio.sleep(0)
        writer.close()

    return talk


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize("behind", [b"", b"\0\0\0", b"\x1f", b"\x1fx"])
async def test_a_download_of_several_gzips_is_read_whole(
    tmp_path: Path, size: int, behind: bytes
) -> None:
    """A list that grew by appending, or was packed in blocks; wherever the network cuts it."""
    parts = [gzip.compress(text) for text in (b"a.fr\n", b"", b"b.fr\n", b"")]
    door, target = HttpDoor("hunter/test", allow_private=True), tmp_path / "list"
    async with tcp_server(_in_pieces(b"".join(parts) + behind, size)) as port:
        await door.download(f"http://127.0.0.1:{port}/", target, max_bytes=100)
    await door.close()
    assert target.read_bytes() == b"a.fr\nb.fr\n"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (gzip.compress(b"a.fr\n", mtime=0) + gzip.compress(b"b.fr\n", mtime=0)[:-4], "was cut off"),
        (gzip.compress(b"a.fr\n", mtime=0) + b"\x1f\x8brubbish", "did not answer properly"),
        (gzip.compress(b"", mtime=0) * 200, "gzip of too many parts"),
    ],
    ids=("cut", "rubbish", "many"),
)
async def test_a_download_that_breaks_off_in_a_later_gzip_is_trouble(
    tmp_path: Path, body: bytes, why: str
) -> None:
    """What it held before would pass for all of it."""
    door = HttpDoor("hunter/test", allow_private=True)
    async with tcp_server(_in_pieces(body, 1000)) as port:
        with pytest.raises(WillPass, match=why):
            await door.download(f"http://127.0.0.1:{port}/", tmp_path / "list", max_bytes=100)
    await door.close()


async def test_half_a_gzip_is_no_answer() -> None:
    """A compressed body that ends early was cut off."""
    half = gzip.compress(bytes(range(256)) * 40)[:-12]
    async with asking(always(Response(200, half, {"Content-Encoding": "gzip"}))) as (door, server):
        with pytest.raises(WillPass, match="cut off"):
            await door.get(server.url)
    assert zlib.decompressobj(31).decompress(half)


@pytest.mark.parametrize("url", ["", "x", "ftp://x.fr/", "http://", "http://[", "http:///x"])
async def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    """It is refused before anything is resolved."""
    door = HttpDoor("hunter/test")
    with pytest.raises(WillPass):
        await door.get(url)
    await door.close()


@given(st.sampled_from(("http://", "https://", "http:", "//", "")), st.text(max_size=20))
@example("//", "[@]")
async def test_no_text_is_anything_but_asked_or_refused(start: str, rest: str) -> None:
    """What a server sends as the address of something is any text at all."""

    async def unknown(_host: str, _port: int) -> tuple[str, ...]:
        raise OSError("unknown")

    door = HttpDoor("hunter/test", resolve=unknown)
    with pytest.raises(WillPass):
        await door.get(start + rest)
    await door.close()


async def test_messages_hold_no_path() -> None:
    """A webhook's path is its secret."""
    async with asking(always(Response(200, b"x" * 10))) as (door, server):
        for answer in (Response(200, b"x" * 10), Response(200, b"", {"Bad Header": "x"})):
            server.handler = always(answer)
            with pytest.raises(WillPass) as refused:
                await door.post(f"{server.url}/services/T0/B0/secret", content=b"", max_bytes=1)
            assert "secret" not in str(refused.value)
            assert f"127.0.0.1:{server.port}" in str(refused.value)


@pytest.mark.parametrize(
    "response",
    [Response(200, b"", {"Bad Header": "x"}), Response(delay=30), Response(200, b"x", cut_after=0)],
)
async def test_no_traceback_holds_a_path(response: Response) -> None:
    """A log prints what an error came from; the HTTP client's own errors hold the whole URL."""
    async with asking(always(response), timeout=0.3) as (door, server):
        url = f"http://name:password@127.0.0.1:{server.port}/hidden?key=hidden"
        with pytest.raises(WillPass) as refused:
            await door.get(url)
    printed = "".join(traceback.format_exception(refused.value))
    assert "hidden" not in printed
    assert "password" not in printed


async def test_a_download_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """Neither an error page nor half a file takes the place of the file before."""
    target = tmp_path / "feed.txt"
    async with asking(always(Response(200, b"a.fr\n" * 50_000))) as (door, server):
        answer = await door.download(server.url, target, max_bytes=1_000_000)
        assert (answer.status, answer.body, target.stat().st_size) == (200, b"", 250_000)
        with pytest.raises(WillPass, match="larger"):
            await door.download(server.url, target, max_bytes=1000)
        server.handler = always(Response(404, b"gone"))
        assert (await door.download(server.url, target, max_bytes=1000)).status == 404
    assert not target.with_name("feed.txt.part").exists()
    assert target.stat().st_size == 250_000


@pytest.mark.parametrize(
    ("value", "pause"),
    [
        ("120", timedelta(seconds=120)),
        (" 0 ", timedelta(0)),
        ("Sun, 22 Nov 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Sun, 22 Nov 2026 11:00:00 GMT", timedelta(0)),
        ("Sun, 22 Nov 2026 12:05:00 -0000", timedelta(minutes=5)),
        ("Sun, 22 Nov 2026 12:05:00 +99999999999999999999", None),
        ("99999999999999999999", timedelta(days=1)),
        ("Sun, 22 Nov 9999 12:05:00 GMT", timedelta(days=1)),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_both_forms_of_retry_after_are_read(value: str, pause: timedelta | None) -> None:
    """Seconds or a date, a day at most; anything else is no wish at all."""
    assert retry_after({"retry-after": value}, NOW) == pause


@given(st.text())
def test_no_retry_after_surprises(value: str) -> None:
    """A header of any content gives a pause within bounds, or none."""
    pause = retry_after({"retry-after": value}, NOW)
    assert pause is None or timedelta(0) <= pause <= timedelta(days=1)


async def test_the_urls_that_redirected_are_told() -> None:
    """In their order, without the one that answered."""

    def respond(request: Request) -> Response:
        further = {"/a": "/b", "/b": "c"}.get(request.path)
        return Response(302, headers={"Location": further}) if further else Response(200, b"end")

    async with asking(respond) as (door, server):
        answer = await door.get(f"{server.url}/a")
    assert answer.hops == (f"{server.url}/a", f"{server.url}/b")
    assert answer.url == f"{server.url}/c"


@pytest.mark.parametrize("body", [b"x" * 1001, b"y" * 3_000_000])
async def test_a_body_is_cut_when_its_beginning_will_do(body: bytes) -> None:
    """Plain or compressed, however much more would come."""
    plain = Response(200, body)
    packed = Response(200, gzip.compress(body), {"Content-Encoding": "gzip"})
    for response in (plain, packed, replace(plain, endless=True)):
        async with asking(always(response)) as (door, server):
            answer = await door.get(server.url, max_bytes=1000, cut=True)
        assert answer.body == body[:1000]
