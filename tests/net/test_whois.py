"""The WHOIS door: one bounded question and answer."""

import asyncio

import pytest

from hunter.errors import WillPass
from hunter.net.whois import WhoisDoor
from tests.world.whois import whois_server


def _door(port: int, **options: object) -> WhoisDoor:
    settings = {"allow_private": True, "min_interval": 0.0, **options}
    return WhoisDoor(port, **settings)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
async def test_the_answer_is_read_in_either_encoding(encoding: str) -> None:
    """French registries answered in Latin-1 for decades."""
    answer = "contact: Société Générale\r\n".encode(encoding)
    async with whois_server({"x.fr": answer}) as server:
        text = await _door(server.port).ask("127.0.0.1", "x.fr")
    assert text == "contact: Société Générale\r\n"


async def test_a_server_may_carry_its_own_port() -> None:
    """As settings and referrals write it."""
    async with whois_server({"x.fr": b"domain: x.fr\r\n"}) as server:
        text = await _door(1).ask(f"127.0.0.1:{server.port}", "x.fr")
    assert "x.fr" in text


async def test_ten_megabytes_are_refused() -> None:
    """The answer is dropped as soon as it is too large."""
    async with whois_server({"x.fr": b"x" * 10_000_000}) as server:
        with pytest.raises(WillPass, match="larger than 200000 bytes"):
            await _door(server.port).ask("127.0.0.1", "x.fr")


async def test_silence_is_given_up() -> None:
    """A server that accepts and says nothing costs one time-out."""
    async with whois_server({}, delay=30) as server:
        with pytest.raises(WillPass, match="did not answer within"):
            await _door(server.port, timeout=0.1).ask("127.0.0.1", "x.fr")


async def test_a_server_that_is_not_there_is_trouble() -> None:
    """Connection refused."""
    async with whois_server({}) as server:
        port = server.port
    with pytest.raises(WillPass, match="cannot be asked"):
        await _door(port).ask("127.0.0.1", "x.fr")


async def test_a_stranger_points_at_no_server_of_ours() -> None:
    """A registrar's name in an answer is anybody's; what our own server names is meant."""
    async with whois_server({"x.fr": b"domain: x.fr\r\n"}) as server:
        place = f"127.0.0.1:{server.port}"
        door = _door(43, allow_private=False, private_hosts=(place,))
        with pytest.raises(WillPass, match="loopback"):
            await door.ask(place, "x.fr", pointed_by="whois.nic.fr")
        assert server.queries == []
        assert "x.fr" in await door.ask(place, "x.fr", pointed_by=place)


async def test_loopback_is_refused_unless_it_was_named() -> None:
    """A referral cannot lead inside."""
    async with whois_server({"x.fr": b"domain: x.fr\r\n"}) as server:
        place = f"127.0.0.1:{server.port}"
        with pytest.raises(WillPass, match="loopback"):
            await _door(43, allow_private=False).ask(place, "x.fr")
        named = _door(43, allow_private=False, private_hosts=(place,))
        assert "x.fr" in await named.ask(place, "x.fr")


async def test_a_question_stays_one_line() -> None:
    """No second command can be slipped in."""
    async with whois_server({}) as server:
        await _door(server.port).ask("127.0.0.1", "x.fr\r\nhelp\x00")
        assert server.queries == ["x.fr help"]


async def test_questions_to_one_server_wait_for_each_other() -> None:
    """The third question starts no earlier than two pauses after the first."""
    async with whois_server({}) as server:
        door = _door(server.port, min_interval=0.05)
        loop = asyncio.get_running_loop()
        start = loop.time()
        await asyncio.gather(*(door.ask("127.0.0.1", f"{n}.fr") for n in range(3)))
        assert loop.time() - start >= 0.1


@pytest.mark.parametrize(
    "server", ["https://whois.example/", "whois.example:0", "", "whois example"]
)
async def test_what_a_registry_names_may_be_no_server(server: str) -> None:
    """It is somebody else's text."""
    with pytest.raises(WillPass, match="is neither HOST nor HOST:PORT"):
        await _door(1).ask(server, "x.fr")


async def test_a_server_may_be_an_ipv6_address() -> None:
    """In brackets, as its port stands behind a colon."""
    with pytest.raises(WillPass, match="::1 is loopback"):
        await _door(1, allow_private=False).ask("[::1]:4343", "x.fr")
