"""Knocking at a server."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hunter.errors import WillPass
from hunter.net.guard import Guard
from hunter.net.reach import Server, reach
from tests.world.http import Response, http_server
from tests.world.silence import never_answer
from tests.world.streams import tcp_server
from tests.world.tls import own_certificate

OPEN = Guard(allow_private=True)


async def test_a_certificate_of_trust_says_when_it_ends(tmp_path: Path) -> None:
    """Nothing is asked of the server."""
    context, trusted = own_certificate(tmp_path)
    async with http_server(lambda _: Response(), tls=context) as server:
        ends = await reach(Server("127.0.0.1", server.port, True, trusted), OPEN)

    assert ends is not None
    assert timedelta(hours=23) < ends - datetime.now(UTC) <= timedelta(days=1)
    assert server.requests == []


async def test_no_trust_is_a_reason(tmp_path: Path) -> None:
    """Self-signed."""
    context, _ = own_certificate(tmp_path)
    async with http_server(lambda _: Response(), tls=context) as server:
        with pytest.raises(WillPass, match="certificate is refused: self-signed"):
            await reach(Server("127.0.0.1", server.port, tls=True), OPEN)


async def test_a_server_that_does_not_speak_is_not_waited_for() -> None:
    """It takes the connection and says nothing of TLS."""
    async with tcp_server(never_answer) as port:
        with pytest.raises(WillPass, match="does not answer within"):
            await reach(Server("127.0.0.1", port, tls=True), OPEN, 0.3)


async def test_nobody_there_and_no_such_host() -> None:
    """Two more reasons, neither a traceback."""
    async with http_server(lambda _: Response()) as server:
        port = server.port
    with pytest.raises(WillPass, match="cannot be reached"):
        await reach(Server("127.0.0.1", port, tls=False), OPEN)
    with pytest.raises(WillPass, match="cannot be resolved"):
        await reach(Server("x" * 70 + ".invalid", 443, tls=True), OPEN)


async def test_a_private_address_is_refused() -> None:
    """As all doors do."""
    with pytest.raises(WillPass, match="is refused"):
        await reach(Server("127.0.0.1", 443, tls=True), Guard())
