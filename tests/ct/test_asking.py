"""Asking a log's server in turn, and again when it says later."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import pytest

from hunter.ct.allowance import Allowance
from hunter.ct.asking import asking
from hunter.ct.read_rfc6962 import Rfc6962Reader
from hunter.ct.readers import Answer, Fetch, NotThere, get
from hunter.errors import WillPass
from tests.world.ct import status
from tests.world.ct_reading import URL, described, grown
from tests.world.http import Request


class Server:
    """Gives the answers it is told to, and then the last one for ever."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.urls: list[str] = []

    async def answer(self, url: str) -> Answer:
        """One answer."""
        self.urls.append(url)
        found = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return Answer(found, {"retry-after": "0"}, b"body")


def wish(headers: Mapping[str, str]) -> timedelta:
    return timedelta(seconds=int(headers["retry-after"]))


def fetching(server: Server, allowance: Allowance | None = None) -> Fetch:
    return asking("https://log.example/", server.answer, allowance or Allowance(10_000.0), wish)


async def test_a_refusal_is_followed_by_another_try() -> None:
    """The caller never sees it."""
    server = Server(429, 503, 200)
    assert await get(fetching(server), "ct/v1/get-sth") == b"body"
    assert server.urls == ["https://log.example/ct/v1/get-sth"] * 3


async def test_a_server_that_always_refuses_is_given_up() -> None:
    """For this round."""
    server = Server(429)
    with pytest.raises(WillPass, match="refused 5 times, at last with 429"):
        await fetching(server)("checkpoint")


async def test_a_long_pause_is_not_sat_out() -> None:
    """The caller is told how long it is."""
    allowance = Allowance(10_000.0)
    fetch = asking("https://log.example/", Server(429).answer, allowance, lambda _h: timedelta(1))
    with pytest.raises(WillPass, match="left alone") as caught:
        await fetch("checkpoint")
    assert caught.value.retry_after is not None
    assert caught.value.retry_after > timedelta(hours=23)


async def test_a_log_that_is_out_of_service_keeps_no_turns_from_others_on_its_host() -> None:
    """A shard that is being switched off says 503 for weeks; its neighbours are asked on."""
    host = Allowance(10_000.0)
    fetch = asking("https://log.example/old/", Server(503).answer, host, lambda _h: timedelta(1))
    with pytest.raises(WillPass, match="left alone for 1440 min"):
        await fetch("checkpoint")
    assert await get(fetching(Server(200), host), "checkpoint") == b"body"
    assert host.rate == host.most


async def test_whoever_asks_too_often_spares_the_whole_host() -> None:
    """It counts all that comes from here."""
    host = Allowance(10_000.0)
    fetch = asking("https://log.example/a/", Server(429).answer, host, lambda _h: timedelta(1))
    for one in (fetch, fetching(Server(200), host)):
        with pytest.raises(WillPass, match="left alone"):
            await one("checkpoint")


async def test_a_turn_too_far_off_is_not_used_up() -> None:
    """However often somebody asks meanwhile, the pause grows no longer."""
    allowance = Allowance(0.1)
    allowance.refused(asyncio.get_running_loop().time(), 3600.0)
    server = Server(200)
    for _ in range(100):
        with pytest.raises(WillPass) as caught:
            await fetching(server, allowance)("checkpoint")
        assert caught.value.retry_after is not None
        assert caught.value.retry_after <= timedelta(hours=1)
    assert server.urls == []


@pytest.mark.parametrize(
    ("status", "error"),
    [(404, NotThere), (410, NotThere), (302, WillPass), (400, WillPass), (500, WillPass)],
)
async def test_only_a_plain_answer_has_a_body(status: int, error: type[WillPass]) -> None:
    """What is not there is told apart from what cannot be had now."""
    with pytest.raises(error):
        await get(fetching(Server(status)), "tile/0/000")


@pytest.mark.parametrize(("code", "size"), [(429, 256), (503, 256), (500, 128)])
async def test_a_log_that_wants_fewer_questions_is_not_asked_for_smaller_pages(
    code: int, size: int
) -> None:
    """That would be more questions; only one that fails with a page may find it too large."""
    fake = grown("rfc6962", 300)

    async def get(url: str) -> Answer:
        response = fake.answer(Request("GET", url.removeprefix(URL), {}, b""))
        return Answer(response.status, response.headers, response.body)

    asked = Rfc6962Reader(described(fake), asking(URL, get, Allowance(1e6), lambda _headers: None))
    head = await asked.head()
    fake.fault(status(code), "get-entries")
    with pytest.raises(WillPass):
        await asked.entries(0, head)
    assert asked.page_size == size
