"""A small HTTP/1.1 server on loopback that can also misbehave."""

import asyncio
import inspect
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.world.streams import tcp_server


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked. `path` has the query; header names are lower-case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """What to answer, and how badly."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    """Seconds to wait before the first byte."""
    cut_after: int | None = None
    """Close the connection after so many bytes of the promised body."""
    endless: bool = False
    """Send `body` again and again, for ever."""
    pause: float = 0.0
    """Seconds between two pieces of an endless body."""


Handler: TypeAlias = Callable[[Request], Response | Awaitable[Response]]


class HttpServer:
    """What a test sees of the server."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler
        self.requests: list[Request] = []
        self.most_at_once = 0
        self.port = 0
        self.scheme = "http"
        self._at_once = 0

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`, without a slash at the end."""
        return f"{self.scheme}://127.0.0.1:{self.port}"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        while True:
            request = await _read(reader)
            self.requests.append(request)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            answer = self.handler(request)
            response = await answer if inspect.isawaitable(answer) else answer
            await asyncio.sleep(response.delay)
            self._at_once -= 1
            if not await _write(writer, response):
                return


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, path, _version = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    headers = {key.strip().lower(): value.strip() for key, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, path, headers, body)


async def _write(writer: asyncio.StreamWriter, response: Response) -> bool:
    """Send it; True when the connection can be used again."""
    length = {} if response.endless else {"Content-Length": str(len(response.body))}
    headers = {**length, **response.headers}
    lines = [f"HTTP/1.1 {response.status} Whatever", *(f"{k}: {v}" for k, v in headers.items())]
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
    writer.write(response.body[: response.cut_after])
    await writer.drain()
    while response.endless:
        await asyncio.sleep(response.pause)
        writer.write(response.body)
        await writer.drain()
    return response.cut_after is None


@asynccontextmanager
async def http_server(
    handler: Handler, *, tls: ssl.SSLContext | None = None
) -> AsyncIterator[HttpServer]:
    """Serve `handler` at `server.url`; `server.requests` holds what was asked."""
    server = HttpServer(handler)
    server.scheme = "https" if tls else "http"
    async with tcp_server(server.talk, tls=tls) as server.port:
        yield server
