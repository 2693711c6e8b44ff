"""A port-43 server on loopback."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from tests.world.streams import tcp_server

NOT_FOUND = b"%% NOT FOUND\r\n"
_PIECE = 65_536


class WhoisServer:
    """What a test sees of the server: `answers` (query → bytes) may be changed while it runs."""

    def __init__(self, answers: Mapping[str, bytes], delay: float) -> None:
        self.answers = dict(answers)
        self.delay = delay
        self.queries: list[str] = []
        self.port = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one question. The name is the last word of it, as in `-T dn,ace example.de`."""
        query = (await reader.readline()).decode("utf-8").strip()
        self.queries.append(query)
        await asyncio.sleep(self.delay)
        answer = self.answers.get(query.rpartition(" ")[2], NOT_FOUND)
        for start in range(0, len(answer), _PIECE):
            writer.write(answer[start : start + _PIECE])
            await writer.drain()


@asynccontextmanager
async def whois_server(
    answers: Mapping[str, bytes], *, delay: float = 0.0
) -> AsyncIterator[WhoisServer]:
    """Serve `answers` on 127.0.0.1 at `server.port`; what is not in them is not found."""
    server = WhoisServer(answers, delay)
    async with tcp_server(server.talk) as server.port:
        yield server
