"""A server on loopback that hears everything and never answers."""

import asyncio


async def never_answer(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Listen until the other side goes; for `tcp_server`."""
    while await reader.read(1 << 16):
        pass
