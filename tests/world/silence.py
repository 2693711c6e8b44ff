"""Servers on loopback that hear everything and never answer."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager


async def never_answer(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Listen until the other side goes."""
    while await reader.read(1 << 16):
        pass


@contextmanager
def silent_datagrams() -> Iterator[int]:
    """A UDP port at which nobody answers; yields it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bound:
        bound.bind(("127.0.0.1", 0))
        yield int(bound.getsockname()[1])
