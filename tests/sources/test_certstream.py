"""The certstream source against a real websocket server that also misbehaves."""

import asyncio
import json
import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import cast

import pytest
from pydantic import ValidationError
from websockets.asyncio.server import serve

from hunter.contracts import Batch, Doors, SourceContext
from hunter.ct import certstream_queue
from hunter.model import Report
from hunter.sources import certstream
from hunter.sources.certstream import Settings, gather
from tests.world.certstream import CertstreamServer, certstream_server, domains_only, full, lite
from tests.world.silence import never_answer
from tests.world.streams import tcp_server

NOW = datetime(2017, 4, 13, 8, 0, tzinfo=UTC)
PATIENCE = 120.0


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look more often and pause less than for a real server."""
    monkeypatch.setattr(certstream, "_TICK_SECONDS", 0.05)
    monkeypatch.setattr(certstream, "_FIRST_PAUSE", 0.05)


@pytest.fixture
def _minutes_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask what was dropped every moment."""
    monkeypatch.setattr(certstream_queue, "_DROPS_EVERY", 0.05)


class Ear:
    """The source at work: the batches so far, and what it told."""

    def __init__(self) -> None:
        self.batches: list[Batch] = []
        self.reports: list[Report] = []

    @property
    def names(self) -> list[str]:
        """All names so far."""
        return [name for batch in self.batches for name in batch.names.decode().split("\n")]

    @property
    def told(self) -> list[tuple[str, bool]]:
        """Which server was said to be well or not, in order."""
        return [(report.subject, report.healthy) for report in self.reports]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for it; a test that waits too long has failed."""
        async with asyncio.timeout(PATIENCE):
            while not condition():  # noqa: ASYNC110 - what changes is a thread's doing
                await asyncio.sleep(0.02)

    async def _listen(self, settings: Settings) -> None:
        doors = cast("Doors", None)
        context = SourceContext((), (), {}.get, lambda: NOW, doors, self.reports.append)
        async for batch in gather(settings, context):
            self.batches.append(batch)


@asynccontextmanager
async def listening(*urls: str, **more: object) -> AsyncIterator[Ear]:
    """Run the source on these servers; at the end it is cancelled and its thread is gone."""
    settings = Settings.model_validate_json(json.dumps({"urls": urls, **more}))
    ear = Ear()
    task = asyncio.create_task(ear._listen(settings))
    try:
        yield ear
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert [thread.name for thread in threading.enumerate() if thread.name == "certstream"] == []


async def test_names_of_every_kind_of_message_come_with_their_origin() -> None:
    """Full, lite and domains-only, all names of each certificate."""
    messages = (full("a.fr", "*.b.fr"), lite("c.fr"), domains_only("d.fr", "e.fr"))
    async with certstream_server(*messages) as server, listening(server.url) as ear:
        await ear.until(lambda: len(ear.names) == 5)

        assert ear.names == ["a.fr", "*.b.fr", "c.fr", "d.fr", "e.fr"]
        [batch, *_] = ear.batches
        said = batch.origin(1)
        assert (said["server"], said["fingerprint"]) == (server.url, "57:61:38")
        assert said["names"] == ["a.fr", "*.b.fr"]
        assert ear.told == [(server.url, True)]
        assert batch.cursor


async def test_rubbish_between_messages_is_passed_over() -> None:
    """Text, binary, nulls and half JSON; the connection stays, the names around it come."""
    messages = (domains_only("a.fr"), "{", b"\xff\x00", "null", "", domains_only("b.fr"))
    async with certstream_server(*messages) as server, listening(server.url) as ear:
        await ear.until(lambda: ear.names == ["a.fr", "b.fr"])

        assert server.connections == 1


async def test_what_a_servers_url_keeps_secret_is_told_nobody() -> None:
    """Not in reports, nor with a name."""
    async with certstream_server(domains_only("a.fr")) as server:
        url = f"{server.url}?token=secret-token"
        async with listening(url) as ear:
            await ear.until(lambda: "a.fr" in ear.names)
            said = str(ear.batches[0].origin(0)["server"])
            [(told, _)] = ear.told
    assert {said, told} < Settings(urls=(url,)).places()
    assert "?token=..." in said
    assert "secret-token" not in said


async def test_a_server_that_connects_and_sends_nothing_is_told_and_left() -> None:
    """The next in the list takes over; pongs are no sign of life."""
    async with (
        certstream_server() as silent,
        certstream_server(domains_only("a.fr")) as talking,
        listening(silent.url, talking.url, silent_after="1s") as ear,
    ):
        await ear.until(lambda: "a.fr" in ear.names)

        assert ear.told[0] == (silent.url, False)
        assert ear.reports[0].message == "no message that can be read for 1 s"
        assert (talking.url, True) in ear.told


async def test_a_server_that_hangs_up_is_asked_again() -> None:
    """After a short pause, as it was well before."""
    async with certstream_server(domains_only("a.fr")) as server, listening(server.url) as ear:
        await ear.until(lambda: ear.names == ["a.fr"])
        await server.drop()
        await ear.until(lambda: ear.names == ["a.fr", "a.fr"])

        assert ear.told == [(server.url, True), (server.url, False), (server.url, True)]


async def test_a_server_that_is_not_there_is_told_in_few_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Nothing a server says reaches a log, nor a person unbounded."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 404 \x1b[2Jsecret\r\nX-Body: secret\r\n\r\nsecret")

    caplog.set_level(logging.DEBUG)
    async with (
        tcp_server(refuse) as port,
        listening("ws://127.0.0.1:9/", f"ws://127.0.0.1:{port}/") as ear,
    ):
        await ear.until(lambda: len(ear.reports) == 2)

        assert "refused" in ear.reports[0].message
        assert "404" in ear.reports[1].message
        assert "\x1b" not in ear.reports[1].message
    assert "secret" not in caplog.text


async def test_a_message_without_end_is_not_held() -> None:
    """In one frame or in many; the server is left for the next."""
    async with (
        certstream_server("x" * (5 << 20)) as one,
        certstream_server(domains_only("a.fr")) as good,
        listening(one.url, good.url) as ear,
    ):
        await ear.until(lambda: ear.names == ["a.fr"])

        assert ear.reports[0].message == "a message is too large"


async def test_a_message_in_endless_fragments_is_not_held() -> None:
    """Each piece is small, and the last never comes."""

    async def fragments() -> AsyncIterator[str]:
        while True:
            yield "x" * 100_000
            await asyncio.sleep(0)

    class Dripping(CertstreamServer):
        async def talk(self, client: object) -> None:
            await client.send(fragments())  # type: ignore[attr-defined]

    async with _serving(Dripping([])) as server, listening(server.url) as ear:
        await ear.until(lambda: bool(ear.reports))

        assert ear.reports[0].message == "a message is too large"


@pytest.mark.usefixtures("_minutes_are_short")
async def test_more_than_fits_is_dropped_and_told() -> None:
    """The queue is bounded, and every drop is counted; it is told, too, when there are no more."""
    messages = domains_only(*(f"{number}.fr" for number in range(50))), domains_only("fits.fr")
    async with certstream_server(*messages) as server, listening(server.url, queue=20) as ear:
        await ear.until(lambda: ("queue", False) in ear.told)

        (dropped,) = [one.message for one in ear.reports if not one.healthy]
        assert dropped.startswith("names dropped: 50;")
        await ear.until(lambda: ear.names == ["fits.fr"])
        await ear.until(lambda: ear.told[-1] == ("queue", True))


@pytest.mark.parametrize("busy", [True, False])
async def test_cancelling_ends_the_thread(busy: bool) -> None:
    """While messages come, and while a server lets the handshake hang."""
    met: list[object] = []

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        met.append(writer)
        await never_answer(reader, writer)

    async with tcp_server(hang) as port, certstream_server() as server:
        url = server.url if busy else f"ws://127.0.0.1:{port}/"
        async with listening(url) as ear:
            await ear.until(lambda: bool(met or server.clients))
            for number in range(1000):
                server.send(domains_only(f"{number}.fr"))
            await ear.until(lambda: bool(ear.names) is busy)


def test_settings_need_a_websocket_address() -> None:
    """Without `urls` the source is off; with a wrong one the config is refused."""
    for urls in ((), ("https://a.fr/",), ("wss://",)):
        with pytest.raises(ValidationError):
            Settings(urls=urls)
    assert not Settings(enabled=False).urls
    assert "every" not in Settings.model_fields


@asynccontextmanager
async def _serving(server: CertstreamServer) -> AsyncIterator[CertstreamServer]:
    handler = cast("Callable[[object], Awaitable[None]]", server.talk)
    async with serve(handler, "127.0.0.1", 0) as running:
        server.port = next(iter(running.sockets)).getsockname()[1]
        yield server
