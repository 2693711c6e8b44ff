"""The fake servers also work for a test that has no event loop of its own."""

import asyncio
import urllib.request
from contextlib import ExitStack

from hunter.net.dns import DnsAnswer, DnsDoor
from hunter.net.whois import WhoisDoor
from tests.world.dns import dns_server
from tests.world.rdap import rdap_server, registered
from tests.world.thread import running
from tests.world.whois import whois_server


def test_servers_run_beside_a_plain_test_and_go_away_with_it() -> None:
    """Each answers from its own thread, and a changed answer is seen."""
    with ExitStack() as stack:
        names = stack.enter_context(running(dns_server({"x.fr": {"A": "192.0.2.1"}})))
        whois = stack.enter_context(running(whois_server({"x.fr": b"domain: x.fr\r\n"})))
        rdap = stack.enter_context(running(rdap_server({})))
        rdap.answers["x.fr"] = registered("x.fr")
        with urllib.request.urlopen(f"{rdap.url}domain/x.fr", timeout=5) as answer:
            assert b"x.fr" in answer.read()
        found, text = asyncio.run(_ask(names.port, whois.port))
        assert found.records == ("192.0.2.1",)
        assert text == "domain: x.fr\r\n"
    assert (rdap.asked, whois.queries, names.count("x.fr", "A")) == (["x.fr"], ["x.fr"], 1)


async def _ask(dns_port: int, whois_port: int) -> tuple[DnsAnswer, str]:
    door = DnsDoor((f"127.0.0.1:{dns_port}",))
    found = await door.ask("x.fr", "A")
    await door.close()
    return found, await WhoisDoor(whois_port, allow_private=True).ask("127.0.0.1", "x.fr")
