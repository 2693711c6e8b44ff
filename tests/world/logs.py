"""Logs on loopback: syslog over UDP and TCP, and a socket like the journal's."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.world.streams import tcp_server


class Datagrams:
    """A socket that keeps what arrives."""

    def __init__(self, one: socket.socket) -> None:
        self.socket = one

    def received(self) -> list[bytes]:
        """What arrived by now."""
        found: list[bytes] = []
        self.socket.setblocking(False)
        while True:
            try:
                found.append(self.socket.recv(1_000_000))
            except BlockingIOError:
                return found


@contextmanager
def unix_socket() -> Iterator[tuple[str, Datagrams]]:
    """A datagram socket, with a path short enough for one."""
    with TemporaryDirectory(prefix="hunter-") as folder:
        path = str(Path(folder) / "socket")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as one:
            one.bind(path)
            yield path, Datagrams(one)


@contextmanager
def udp_socket() -> Iterator[tuple[int, Datagrams]]:
    """The same over UDP."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        yield one.getsockname()[1], Datagrams(one)


class LogServer:
    """A syslog server over TCP. `mood` is `good`, `open` (never closes) or `reset`."""

    def __init__(self, mood: str) -> None:
        self.mood = mood
        self.port = 0
        self.lines: list[bytes] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Read counted lines to the end."""
        if self.mood == "reset":
            handle = writer.get_extra_info("socket")
            handle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        while count := await reader.readuntil(b" "):
            self.lines.append(await reader.readexactly(int(count)))
            if self.mood == "open":
                await asyncio.sleep(60)


@asynccontextmanager
async def log_server(mood: str = "good") -> AsyncIterator[LogServer]:
    """Serve syslog on 127.0.0.1."""
    server = LogServer(mood)
    async with tcp_server(server.talk) as server.port:
        yield server


def fields(entry: bytes) -> list[tuple[str, str]]:
    """A journal entry's fields, as systemd reads them."""
    found: list[tuple[str, str]] = []
    while entry:
        name, _, rest = entry.partition(b"\n")
        if b"=" in name:
            key, _, value = name.partition(b"=")
            entry = rest
        else:
            (length,) = struct.unpack("<Q", rest[:8])
            key, value, entry = name, rest[8 : 8 + length], rest[8 + length :]
            assert entry[:1] == b"\n"
            entry = entry[1:]
        assert key.decode().replace("_", "").isalnum()
        assert key.isupper()
        found.append((key.decode(), value.decode()))
    return found
