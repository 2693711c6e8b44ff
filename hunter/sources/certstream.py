"""Names in new certificates, as a certstream server tells them.

There is no default server: the public ones come and go, or connect and send nothing. What counts
as alive is a message that can be read, never an open connection. The client of the `certstream`
package works in a thread; its own loop, which nothing can end, is replaced.
"""

import asyncio
import contextlib
import logging
import socket
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import cycle
from typing import Any, Self

import websocket
from certstream.core import CertStreamClient
from pydantic import Field, model_validator

from hunter import contracts
from hunter.contracts import Batch, SourceContext
from hunter.ct.certstream_messages import certificate
from hunter.ct.certstream_queue import QUEUE, Drops, Waiting
from hunter.model import Report
from hunter.net.text import clean
from hunter.net.urls import shown
from hunter.written import Interval, StreamAddress

_PART = "sources.certstream"
_TICK_SECONDS = 0.5
_CONNECT_SECONDS = 5.0
_PING_SECONDS = 15
_PONG_SECONDS = 10
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
"""Seconds before the next server is tried; twice as many each time nothing was heard."""
_STOP_SECONDS = 10.0
_MAX_MESSAGE = 4 << 20
"""Bytes."""
_CONTROL_FRAMES = 8
"""The first opcode of frames that carry no message (RFC 6455, 5.5)."""

# Both packages log what a server says of itself, unescaped; hunter reports in its own words.
logging.getLogger("websocket").setLevel(logging.CRITICAL + 1)
websocket.setdefaulttimeout(_CONNECT_SECONDS)


class Settings(contracts.Settings):
    """`[sources.certstream]`: a stream, on where `urls` says from whom."""

    urls: tuple[StreamAddress, ...] = Field(
        default=(), description="certstream servers (ws:// or wss://), tried in this order"
    )
    silent_after: Interval = Field(
        default=timedelta(seconds=60), description="after so long without a message, try the next"
    )
    queue: int = Field(
        default=200_000, gt=0, description="how many names may wait; more are dropped and counted"
    )

    @model_validator(mode="after")
    def has_servers(self) -> Self:
        """Refuse to be on without a server."""
        if self.enabled and not self.urls:
            raise ValueError("say from which servers: urls = [...]")
        return self

    def places(self) -> frozenset[str]:
        """The servers, and the queue behind them."""
        return frozenset((*map(shown, self.urls), QUEUE))


async def gather(settings: Settings, context: SourceContext) -> AsyncIterator[Batch]:
    """Whatever the server sends, in batches of half a second, until cancelled."""
    listener = _Listener(settings)
    listener.start()
    try:
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            listener.watch()
            for url, healthy, message in listener.news():
                context.report(Report(_PART, healthy, message, context.now(), url))
            if (heard := listener.waiting.taken()).found:
                yield Batch(heard.names, context.now().isoformat(), origin=heard.origin)
    finally:
        await asyncio.to_thread(listener.stop)


class _Client(CertStreamClient):  # type: ignore[misc]
    """The package's client without its decoding and its log lines; the first reason ends it."""

    def __init__(self, url: str, take: Callable[[bytes], None]) -> None:
        super().__init__(None, url)
        self._take = take
        self.reason = ""

    def give_up(self, reason: str) -> None:
        """End it from another thread, whatever it is doing."""
        self.reason = self.reason or reason
        self.keep_running = False
        connection = self.sock.sock if self.sock else None
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _on_open(self, _app: object) -> None:
        if self.reason:
            self.give_up(self.reason)
        elif self.sock:
            self.sock.settimeout(None)
            _bound(self.sock.frame_buffer)

    def _on_message(self, _app: object, message: bytes) -> None:
        self._take(message)

    def _on_error(self, _app: object, error: BaseException) -> None:
        said = clean(str(error).partition(" -+-+- ")[0])
        self.reason = self.reason or said or type(error).__name__


def _bound(frames: Any) -> None:
    """Refuse a message that is too large before it is held in memory, in one frame or many."""
    read_length, held = frames.recv_length, 0

    def recv_length() -> None:
        nonlocal held
        read_length()
        final, opcode = frames.header[0], frames.header[4]
        size = frames.length + held
        if size > _MAX_MESSAGE:
            raise websocket.WebSocketPayloadException("a message is too large")
        if opcode < _CONTROL_FRAMES:
            held = 0 if final else size

    frames.recv_length = recv_length


class _Listener(threading.Thread):
    """Listens to one server after the other, and holds what it heard until it is taken."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(name="certstream", daemon=True)
        self.waiting = Waiting(settings.queue)
        self._settings = settings
        self._ending = threading.Event()
        self._client: _Client | None = None
        self._heard_at = time.monotonic()
        self._heard = 0
        self._drops = Drops(self.waiting)
        self._news: deque[tuple[str, bool, str]] = deque(maxlen=100)

    def run(self) -> None:
        pause = _FIRST_PAUSE
        for url in cycle(self._settings.urls):
            pause = _FIRST_PAUSE if self._listen(url) else min(2 * pause, _LONGEST_PAUSE)
            if self._ending.wait(pause):
                return

    def _listen(self, url: str) -> int:
        self._heard, self._heard_at = 0, time.monotonic()
        client = self._client = _Client(url, partial(self._take, shown(url)))
        if not self._ending.is_set():
            client.run_forever(
                ping_interval=_PING_SECONDS, ping_timeout=_PONG_SECONDS, skip_utf8_validation=True
            )
        self._news.append((shown(url), False, client.reason or "the server hung up"))
        return self._heard

    def _take(self, url: str, message: bytes) -> None:
        one = certificate(message)
        if one is None:
            return
        self._heard_at = time.monotonic()
        self._heard += 1
        if self._heard == 1:
            self._news.append((url, True, "names are coming in"))
        self.waiting.add(url, one)

    def watch(self) -> None:
        """Go on to the next server when this one is connected and silent."""
        longest = self._settings.silent_after.total_seconds()
        if self._client and time.monotonic() - self._heard_at > longest:
            self._client.give_up(f"no message that can be read for {longest:g} s")

    def news(self) -> Iterator[tuple[str, bool, str]]:
        """Server, whether it is well, and a sentence."""
        while self._news:
            yield self._news.popleft()
        yield from self._drops.news()

    def stop(self) -> None:
        """End the thread, and wait for it."""
        self._ending.set()
        if self._client:
            self._client.give_up("stopped")
        self.join(_STOP_SECONDS)
