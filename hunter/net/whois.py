"""The door to port 43: one question, one bounded answer (RFC 3912)."""

import asyncio
from contextlib import suppress

from hunter.errors import WillPass
from hunter.net.guard import Guard, Resolve, system_addresses
from hunter.net.host import host_and_port
from hunter.net.pace import Pace
from hunter.net.text import clean, decoded


class WhoisDoor:
    """Asks WHOIS servers, each at most once in `min_interval` seconds.

    `timeout` is for the whole exchange, in seconds; `private_hosts` are servers (`host` or
    `host:port`) that may be asked although their address is not public.
    """

    def __init__(
        self,
        port: int = 43,
        timeout: float = 15.0,
        max_bytes: int = 200_000,
        *,
        allow_private: bool = False,
        private_hosts: tuple[str, ...] = (),
        min_interval: float = 1.0,
        resolve: Resolve = system_addresses,
    ) -> None:
        self._port = port
        self._timeout = timeout
        self._max_bytes = max_bytes
        self._guard = Guard(allow_private, frozenset(private_hosts), resolve)
        self._interval = min_interval
        self._pace = Pace()

    async def ask(self, server: str, query: str, *, pointed_by: str = "") -> str:
        """The answer of `server` (`host` or `host:port`) to `query`; raises WillPass.

        `pointed_by` is the server that named this one.
        """
        await self._pace.turn(server, self._interval)
        try:
            async with asyncio.timeout(self._timeout):
                return decoded(await self._exchange(server, clean(query), pointed_by))
        except TimeoutError as error:
            raise WillPass(f"{server} did not answer within {self._timeout:g} s") from error
        except OSError as error:
            raise WillPass(f"{server} cannot be asked: {error.strerror or error}") from error

    async def _exchange(self, server: str, query: str, pointed_by: str) -> bytes:
        host, port = _place(server, self._port)
        guard = self._guard
        if pointed_by:
            guard = guard.beyond(*_place(pointed_by, self._port))
        addresses = await guard.addresses(host, port)
        reader, writer = await _connect(addresses, port)
        try:
            writer.write(query.encode("utf-8", "replace") + b"\r\n")
            return await self._read(reader, server)
        finally:
            writer.close()

    async def _read(self, reader: asyncio.StreamReader, server: str) -> bytes:
        answer = bytearray()
        while piece := await reader.read(65_536):
            answer += piece
            if len(answer) > self._max_bytes:
                raise WillPass(f"the answer of {server} is larger than {self._max_bytes} bytes")
        return bytes(answer)


def _place(server: str, usual: int) -> tuple[str, int]:
    """Host and port; raises WillPass, for a registry may have named anything."""
    try:
        return host_and_port(server, usual)
    except ValueError as error:
        raise WillPass(f"{clean(str(error))}: it cannot be asked") from error


async def _connect(
    addresses: tuple[str, ...], port: int
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    for address in addresses[:-1]:
        with suppress(OSError):
            return await asyncio.open_connection(address, port)
    return await asyncio.open_connection(addresses[-1], port)
