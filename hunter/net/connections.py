"""Connections to web servers: to addresses that the guard has checked, and to nothing else."""

import socket
import ssl
from functools import cache, partial
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.client_proto import ResponseHandler

from hunter.net.guard import Guard

_END_OF_HEAD = b"\r\n\r\n"
_LONGEST_HEADER = 65_536
_MOST_HEADERS = 500
"""A browser takes some hundreds: with fewer a page could be shown to people and not to hunter."""
_LONGEST_HEAD = 393_216
"""Of all headers together: as much as Firefox takes, and Chrome takes less."""
_WRAPPING = 8
"""So many bytes each byte of a body may cost beside it: in chunks of one byte it costs five."""


def open_session(guard: Guard, timeout: float) -> aiohttp.ClientSession:
    """A session of aiohttp with everything switched off but the exchange itself.

    `timeout` is in seconds, for a connection and for each wait for more of an answer. Called on the
    loop that the session belongs to. A host that is written as an address is connected to as it
    stands: `Guard.check` judges it before.
    """
    return aiohttp.ClientSession(
        connector=_Connector(
            resolver=_Guarded(guard), use_dns_cache=False, ssl=_trust(), keepalive_timeout=5.0
        ),
        timeout=aiohttp.ClientTimeout(total=None, connect=timeout, sock_read=timeout),
        cookie_jar=aiohttp.DummyCookieJar(),
        skip_auto_headers=("Content-Type",),
        auto_decompress=False,
        max_line_size=_LONGEST_HEADER,
        max_field_size=_LONGEST_HEADER,
        max_headers=_MOST_HEADERS,
    )


class _Answers(ResponseHandler):
    """Reads answers, also those that are followed by more than they promised.

    A browser shows a page whose Content-Length is too small, and follows a redirect of no length
    that has a body. aiohttp throws away all that came together with what it cannot read: so it is
    given the head by itself.

    What is no body is bounded as a whole: five hundred headers of 64 KiB would take the memory, and
    the loop for seconds, at each of the visits that go on at the same time.
    """

    _come = 0

    def set_response_params(self, **options: Any) -> None:
        self._come, self._payload = 0, None
        super().set_response_params(**options)

    def data_received(self, data: bytes) -> None:
        self._come += len(data)
        self._read_on(data)
        body = self._payload.total_bytes if self._payload else 0
        if self._come - body > _LONGEST_HEAD + _WRAPPING * body:
            self._give_up()

    def _read_on(self, data: bytes) -> None:
        end = data.find(_END_OF_HEAD) + len(_END_OF_HEAD) if data.startswith(b"HTTP/") else 0
        if len(_END_OF_HEAD) <= end < len(data):
            super().data_received(data[:end])
            data = data[end:]
        super().data_received(data)

    def _give_up(self) -> None:
        trouble = aiohttp.ClientPayloadError(f"more than {_LONGEST_HEAD} bytes beside the body")
        if self._payload is not None:
            self._payload.set_exception(trouble)
        self.set_exception(trouble)
        if self.transport is not None:
            self.transport.abort()


class _Connector(aiohttp.TCPConnector):
    """Makes connections whose answers are read by `_Answers`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        reader: type[ResponseHandler] = _Answers
        self._factory = partial(reader, loop=self._loop)


@cache
def _trust() -> ssl.SSLContext:
    """Reading the certificate authorities takes long, and is the same for every door."""
    trust = ssl.create_default_context()
    trust.set_alpn_protocols(("http/1.1",))
    return trust


class _Guarded(AbstractResolver):
    """Tells the addresses that the guard has checked, and nothing else is connected to."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - aiohttp names it
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in await self._guard.addresses(host, port)
        ]

    async def close(self) -> None:
        """It holds nothing."""
