"""The address guard lets through what is public, and what the operator named."""

import asyncio
import socket
from contextlib import suppress
from ipaddress import ip_address
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.errors import WillPass
from hunter.net import guard as guarding
from hunter.net.guard import Guard, leads_somewhere, refusal
from hunter.net.http import HttpDoor
from tests.world.http import HttpServer, Response, http_server
from tests.world.streams import tcp_server

REFUSED = {
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "0.0.0.0": "unspecified",
    "0.1.2.3": "private",
    "10.1.2.3": "private",
    "172.16.0.1": "private",
    "192.168.1.1": "private",
    "169.254.169.254": "link-local",
    "100.64.0.1": "shared",
    "100.127.255.255": "shared",
    "192.0.0.8": "private",
    "192.0.2.1": "private",
    "192.88.99.1": "6to4 relay",
    "198.18.0.1": "private",
    "198.51.100.7": "private",
    "203.0.113.9": "private",
    "224.0.0.1": "multicast",
    "240.0.0.1": "private",
    "255.255.255.255": "private",
    "::": "unspecified",
    "::1": "loopback",
    "fe80::1%eth0": "link-local",
    "fec0::1": "site-local",
    "fc00::1": "private",
    "fd12:3456::1": "private",
    "ff02::1": "multicast",
    "2001:db8::1": "private",
    "2001::1": "translation",
    "64:ff9b:1::a00:1": "translation",
    "::ffff:127.0.0.1": "127.0.0.1 in disguise",
    "::ffff:169.254.169.254": "link-local",
    "::10.0.0.1": "in disguise",
    "64:ff9b::7f00:1": "127.0.0.1 in disguise",
    "64:ff9b::a00:1": "10.0.0.1 in disguise",
    "2002:7f00:1::": "127.0.0.1 in disguise",
    "2002:c0a8:101::1": "192.168.1.1 in disguise",
    "no address": "not an address",
}
ALLOWED = (
    "8.8.8.8",
    "80.82.69.134",
    "100.63.255.255",
    "100.128.0.1",
    "2606:4700::1111",
    "64:ff9b::808:808",
    "2002:808:808::1",
    "::ffff:8.8.8.8",
)


@pytest.mark.parametrize(("address", "kind"), REFUSED.items())
def test_an_address_that_is_not_public_is_refused_with_its_kind(address: str, kind: str) -> None:
    """The reason names what the address is."""
    assert kind in refusal(address)


@pytest.mark.parametrize("address", ALLOWED)
def test_a_public_address_is_let_through(address: str) -> None:
    """Also one that reaches a public IPv4 address by way of a translator."""
    assert refusal(address) == ""


@pytest.mark.parametrize("address", [*ALLOWED, "192.0.2.1", "203.0.113.7", "2001:db8::1"])
def test_an_address_leads_somewhere_where_a_door_may_go(address: str) -> None:
    """Those kept for documentation too: people try things out with them."""
    assert leads_somewhere(address)


@pytest.mark.parametrize("address", ["0.0.0.0", "::1", "fe80::1", "::ffff:127.0.0.1", "", "x"])
def test_an_address_leads_nowhere_where_no_door_may_go(address: str) -> None:
    """In whatever disguise."""
    assert not leads_somewhere(address)


@given(st.ip_addresses(v=4))
def test_no_disguise_changes_the_verdict(address: object) -> None:
    """An IPv4 address is judged alike, bare and inside each form that embeds it."""
    bare = ip_address(str(address))
    number = int(bare)
    disguises = (
        ip_address((0xFFFF << 32) | number),
        ip_address((0x64FF9B << 96) | number),
        ip_address((0x2002 << 112) | (number << 80)),
    )
    for disguise in disguises:
        assert bool(refusal(str(disguise))) == bool(refusal(str(bare)))


def _to(*addresses: str) -> object:
    async def resolve(_host: str, _port: int) -> tuple[str, ...]:
        return addresses

    return resolve


async def test_only_the_public_addresses_of_a_name_are_left() -> None:
    """A name that points inside and outside is connected to outside only."""
    guard = Guard(resolve=_to("10.0.0.1", "8.8.8.8"))
    assert await guard.addresses("mixed.example", 443) == ("8.8.8.8",)


async def test_many_private_addresses_hide_no_public_one() -> None:
    """A squatter puts them before: a browser tries one after the other, and comes to the page."""
    inside = tuple(f"10.0.0.{number}" for number in range(100))
    found = await Guard(resolve=_to(*inside, "8.8.8.8")).addresses("suspect.example", 443)
    assert found == ("8.8.8.8",)
    outside = tuple(f"8.8.8.{number}" for number in range(100))
    assert len(await Guard(resolve=_to(*outside)).addresses("suspect.example", 443)) == 8
    with pytest.raises(WillPass) as refused:
        await Guard(resolve=_to(*inside)).addresses("suspect.example", 443)
    assert len(str(refused.value)) < 300


async def test_a_name_that_points_inside_is_refused_with_reasons() -> None:
    """The message names the addresses and what they are."""
    guard = Guard(resolve=_to("10.0.0.1", "::1"))
    with pytest.raises(WillPass, match=r"10\.0\.0\.1 is private, ::1 is loopback"):
        await guard.addresses("inside.example", 443)


@pytest.mark.parametrize("named", ["inside.example", "inside.example:443"])
async def test_a_host_the_operator_named_may_be_private(named: str) -> None:
    """With or without its port; any other host stays refused."""
    guard = Guard(private_hosts=frozenset((named,)), resolve=_to("10.0.0.1"))
    assert await guard.addresses("inside.example", 443) == ("10.0.0.1",)
    with pytest.raises(WillPass):
        await guard.addresses("other.example", 443)


@pytest.mark.parametrize("named", ["::1", "[::1]", "[::1]:443"])
def test_an_ipv6_address_is_named_as_a_url_writes_it(named: str) -> None:
    """In brackets, and without them where no port follows; another port stays refused."""
    Guard(private_hosts=frozenset((named,))).check("::1", 443)
    with pytest.raises(WillPass):
        Guard(private_hosts=frozenset(("[::1]:443",))).check("::1", 8443)


@pytest.mark.parametrize("host", ["127.0.0.1..", "127.1...", "0x7f000001.", "1.0x7F.."])
def test_dots_at_the_end_hide_no_address(host: str) -> None:
    """However many: what a client makes of them is its own affair."""
    with pytest.raises(WillPass, match="is refused"):
        Guard().check(host, 80)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost", "0"])
async def test_odd_spellings_of_loopback_are_seen_through(host: str) -> None:
    """The resolver's answer is judged, not the spelling."""
    with pytest.raises(WillPass, match="refused"):
        await Guard().addresses(host, 80)


@pytest.mark.parametrize("host", ["a" * 64 + ".invalid", "a..b"])
async def test_a_text_that_is_no_host_name_cannot_be_resolved(host: str) -> None:
    """It is trouble of the usual kind."""
    with pytest.raises(WillPass, match="cannot be resolved"):
        await Guard().addresses(host, 80)


async def test_names_that_nobody_answers_for_keep_no_other_name_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nor anything else that a thread is wanted for, though all who asked have given up."""
    over, system = Event(), socket.getaddrinfo

    def hanging(host: str, *rest: object, **more: object) -> object:
        """The system's resolver, as it is while name servers are silent."""
        return over.wait() if host.endswith(".invalid") else system(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", hanging)
    door = HttpDoor("hunter/test", allow_private=True, timeout=30.0)
    try:
        async with http_server(lambda _: Response(200, b"here")) as server:
            await asyncio.gather(*(_given_up(door, f"x{one}.invalid") for one in range(50)))
            url = server.url.replace("127.0.0.1", "localhost")
            assert (await door.get(url)).body == b"here"
            await asyncio.wait_for(asyncio.to_thread(int), 30.0)
    finally:
        over.set()
        await door.close()


async def _given_up(door: HttpDoor, host: str) -> None:
    with suppress(WillPass):
        await door.get(f"http://{host}/", seconds=0.2)


async def test_a_stranger_points_at_no_server_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """By no redirect, link or page that sends on; our own servers may point at each other.

    The stranger stands at 127.0.0.2, which is taken for a public address.
    """
    monkeypatch.setattr(
        guarding, "refusal", lambda address: "" if address == "127.0.0.2" else refusal(address)
    )
    async with http_server(lambda _: Response(200, b"ours")) as ours:
        there = Response(302, b"", {"Location": f"{ours.url}/delete?all"})
        stranger = HttpServer(lambda _: there)
        async with (
            tcp_server(stranger.talk, host="127.0.0.2") as port,
            http_server(lambda _: there) as mirror,
        ):
            named = (f"127.0.0.1:{ours.port}", f"127.0.0.1:{mirror.port}")
            door = HttpDoor("hunter/test", private_hosts=named)
            with pytest.raises(WillPass, match=r"127\.0\.0\.1 is refused"):
                await door.get(f"http://127.0.0.2:{port}/")
            with pytest.raises(WillPass, match=r"127\.0\.0\.1 is refused"):
                await door.get(f"{ours.url}/icon", pointed_by=f"http://127.0.0.2:{port}/")
            assert len(stranger.requests) == 1
            page = await door.get(f"http://127.0.0.2:{port}/", follow=False)
            with pytest.raises(WillPass, match=r"127\.0\.0\.1 is refused"):
                await door.get(f"{ours.url}/icon", after=page)
            assert ours.requests == []
            assert (await door.get(mirror.url)).body == b"ours"
            assert (await door.get(f"{ours.url}/icon", pointed_by=ours.url)).body == b"ours"
            await door.close()
