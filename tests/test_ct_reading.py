"""Logs over the HTTP door: few answers at once, and nobody stops all others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from hunter import ct_reading
from hunter.ct.asking import Get
from hunter.net.http import HttpDoor
from tests.world.http import HttpServer, Request, Response, http_server


@asynccontextmanager
async def asking(delay: float) -> AsyncIterator[tuple[Get, HttpServer]]:
    """A server that takes its time, unless it is asked for `/quick`."""

    def handle(request: Request) -> Response:
        if request.path == "/moved":
            return Response(302, b"", {"Location": "/quick"})
        return Response(200, b"body", delay=0 if request.path == "/quick" else delay)

    door = HttpDoor("hunter/test", allow_private=True)
    async with http_server(handle) as server:
        yield ct_reading.through(door), server
        await door.close()


async def test_few_answers_are_on_their_way_at_once() -> None:
    """However many logs catch up together; each gets its own in the end."""
    async with asking(delay=0.1) as (get, server):
        answers = await asyncio.gather(*[get(f"{server.url}/{at}") for at in range(40)])
    assert [answer.body for answer in answers] == [b"body"] * 40
    assert 1 < server.most_at_once <= 8


async def test_servers_that_hang_do_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has waited long enough for the slow ones asks all the same."""
    monkeypatch.setattr(ct_reading, "_LONGEST_WAIT", 0.05)
    async with asking(delay=60) as (get, server):
        hanging = [asyncio.create_task(get(f"{server.url}/slow")) for _ in range(8)]
        await asyncio.sleep(0.05)
        assert (await get(f"{server.url}/quick")).status == 200
        assert not any(task.done() for task in hanging)
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)
        assert (await get(f"{server.url}/quick")).status == 200


async def test_a_redirect_is_an_answer_whatever_the_url_looks_like() -> None:
    """Upper case and the port that goes without saying are no redirects, and none is followed."""
    async with asking(delay=0) as (get, server):
        odd = server.url.replace("http://", "HTTP://")
        assert (await get(f"{odd}/quick")).status == 200
        assert (await get(f"{odd}/moved")).status == 302
    assert [request.path for request in server.requests] == ["/quick", "/moved"]
