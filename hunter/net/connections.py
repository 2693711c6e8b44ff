"""Connections to web servers: to addresses that the guard has checked, and to nothing else."""

import socket
import ssl
from functools import cache

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from hunter.net.guard import Guard

_LONGEST_HEADER = 65_536
_MOST_HEADERS = 500
"""A browser takes some hundreds: with fewer a page could be shown to people and not to hunter."""


def open_session(guard: Guard, timeout: float) -> aiohttp.ClientSession:
    """A session of aiohttp with everything switched off but the exchange itself.

    `timeout` is in seconds, for a connection and for each wait for more of an answer. Called on the
    loop that the session belongs to. A host that is written as an address is connected to as it
    stands: `Guard.check` judges it before.
    """
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(
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
