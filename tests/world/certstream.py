"""A certstream server on loopback: full, lite and domains-only messages; may be silent or drop."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from websockets.asyncio.server import ServerConnection, broadcast, serve


def domains_only(*names: str) -> str:
    """What `/domains-only` of certstream-server-go sends for one certificate."""
    return json.dumps({"message_type": "dns_entries", "data": list(names)})


def lite(*names: str, **more: object) -> str:
    """What `/` sends; `more` replaces keys of `data`."""
    data: dict[str, object] = {
        "update_type": "PrecertLogEntry",
        "cert_index": 712420366,
        "cert_link": "https://yeti.example/log/ct/v1/get-entries?start=712420366&end=712420366",
        "leaf_cert": _leaf(names),
        "seen": 1491555600.25,
        "source": {"name": "Yeti", "url": "https://yeti.example/log"},
    }
    return json.dumps({"message_type": "certificate_update", "data": data | more})


def full(*names: str) -> str:
    """What `/full-stream` sends: with the certificate itself and its chain."""
    issuer = {"subject": {"CN": "Root", "aggregated": "/CN=Root"}, "as_der": "MIIB" * 400}
    return lite(*names, leaf_cert={**_leaf(names), "as_der": "MIIB" * 300}, chain=[issuer])


def heartbeat() -> str:
    """What the first server of that kind sends now and then."""
    return json.dumps({"message_type": "heartbeat", "timestamp": 1491555600.25})


def _leaf(names: Sequence[str]) -> dict[str, object]:
    return {
        "all_domains": list(names),
        "extensions": {"subjectAltName": ", ".join(f"DNS:{name}" for name in names)},
        "fingerprint": "27:58:3D",
        "sha256": "57:61:38",
        "serial_number": "0498BDF8",
        "not_before": 1491555600,
        "not_after": 1499331600,
        "subject": {"CN": names[0] if names else None},
        "issuer": {"C": "US", "CN": "R3", "aggregated": "/C=US/CN=R3/O=Let's Encrypt"},
    }


class CertstreamServer:
    """What a test sees of the server. `greeting` is sent to everyone who connects."""

    def __init__(self, greeting: Sequence[str | bytes]) -> None:
        self.greeting = list(greeting)
        self.port = 0
        self.connections = 0
        self.clients: set[ServerConnection] = set()
        self.loop: asyncio.AbstractEventLoop | None = None

    @property
    def url(self) -> str:
        """Where it is, for a certstream client."""
        return f"ws://127.0.0.1:{self.port}/"

    def send(self, message: str | bytes) -> None:
        """To everyone who is connected; from whichever thread."""
        assert self.loop is not None
        self.loop.call_soon_threadsafe(broadcast, self.clients, message)

    async def drop(self) -> None:
        """Hang up on everyone, without a word."""
        for client in tuple(self.clients):
            client.transport.abort()

    async def talk(self, client: ServerConnection) -> None:
        """Greet, then stay connected until the client goes."""
        self.connections += 1
        self.clients.add(client)
        try:
            for message in self.greeting:
                await client.send(message)
            await client.wait_closed()
        finally:
            self.clients.discard(client)


@asynccontextmanager
async def certstream_server(*greeting: str | bytes) -> AsyncIterator[CertstreamServer]:
    """Serve at `server.url`; without a greeting it connects and says nothing."""
    server = CertstreamServer(greeting)
    server.loop = asyncio.get_running_loop()
    async with serve(server.talk, "127.0.0.1", 0, ping_interval=None, max_size=None) as running:
        server.port = next(iter(running.sockets)).getsockname()[1]
        yield server
