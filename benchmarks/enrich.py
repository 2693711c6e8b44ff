"""Enrich domains against DNS and RDAP on loopback, through the store, and print domains a second.

    python benchmarks/enrich.py [--domains 5000] [--delay 20] [--rounds 1] [--at-once 32]

Both servers are one process of their own and wait `--delay` milliseconds before each answer. Every
domain is asked about by the enrichers `dns`, `mail` and `rdap` as the daemon does it: a few hundred
side by side, each answer kept with its history in a store on disk. The RDAP server is asked
`--at-once` questions at once, as many registries together are; `one registry` is the same with as
many as hunter asks of one at most. Beside it stands the work without a store, for what keeping
costs. A round that lost an answer stops the benchmark.
"""

import argparse
import asyncio
import gc
import json
import multiprocessing
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple, cast

# This folder comes first otherwise, and a file of it would stand in for the package `dns`.
sys.path.pop(0)
sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.dns import answer, pin
from hunter import enrichment, ribs
from hunter.contracts import Doors, EnricherContext, EnricherSettings
from hunter.model import Dossier, Match, Sighting
from hunter.net.dns import DnsDoor
from hunter.net.http import HttpDoor
from hunter.net.whois import WhoisDoor
from hunter.pipeline import Hunt, enrich
from hunter.store import Store, facts, sightings
from tests.world.hunting import SetClock, small_hunt

ASKED = ("dns", "mail", "rdap")
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def serve(ready: Connection, delay: float) -> None:
    """Answer DNS questions over UDP and RDAP questions over HTTP until the process is ended."""
    pin(1)
    asyncio.run(_serve(ready, delay))


async def _serve(ready: Connection, delay: float) -> None:
    loop = asyncio.get_running_loop()
    bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    # What a burst brings while this process waits for its turn is not lost.
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    bound.bind(("127.0.0.1", 0))
    door, _ = await loop.create_datagram_endpoint(partial(_Dns, delay), sock=bound)
    web = await loop.create_server(partial(_Rdap, delay), "127.0.0.1", 0)
    ready.send((door.get_extra_info("sockname")[1], web.sockets[0].getsockname()[1]))
    await asyncio.Event().wait()


class _Dns(asyncio.DatagramProtocol):
    def __init__(self, delay: float) -> None:
        self._delay = delay

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # The transport of a selector loop is no instance of the class that it is documented to be.
        self._way = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        reply = answer(data, 1.0)
        asyncio.get_running_loop().call_later(self._delay, self._way.sendto, reply, addr)


class _Rdap(asyncio.Protocol):
    """HTTP/1.1 with connections kept open; a request is whole when its empty line is there."""

    def __init__(self, delay: float) -> None:
        self._delay, self._read = delay, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._way = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while b"\r\n\r\n" in self._read:
            head, _, self._read = self._read.partition(b"\r\n\r\n")
            domain = head.split(b" ", 2)[1].rpartition(b"/")[2].decode()
            body = json.dumps(registration(domain)).encode()
            reply = (
                b"HTTP/1.1 200 OK\r\nContent-Type: application/rdap+json\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
            )
            asyncio.get_running_loop().call_later(self._delay, self._way.write, reply)


def registration(domain: str) -> dict[str, object]:
    """What a registry tells of a domain (RFC 9083)."""
    card = [
        ["version", {}, "text", "4.0"],
        ["fn", {}, "text", f"Holder of {domain}"],
        ["email", {}, "text", f"holder@{domain}"],
    ]
    return {
        "objectClassName": "domain",
        "ldhName": domain,
        "events": [{"eventAction": "registration", "eventDate": "2026-10-01T00:00:00Z"}],
        "nameservers": [{"objectClassName": "nameserver", "ldhName": "ns.example"}],
        "entities": [
            {"objectClassName": "entity", "roles": ["registrant"], "vcardArray": ["vcard", card]}
        ],
    }


class Rate(NamedTuple):
    """How fast it went."""

    a_second: float
    """Domains, by the clock on the wall."""
    processor: float
    """Milliseconds of processor time for each: what a busy machine does not change."""


class _Watch:
    def __init__(self) -> None:
        self._wall, self._processor = time.perf_counter(), time.process_time()

    def rate(self, count: int) -> Rate:
        wall = time.perf_counter() - self._wall
        return Rate(count / wall, 1000 * (time.process_time() - self._processor) / count)


def settings(rdap: int, at_once: int | None) -> dict[str, EnricherSettings]:
    """Those of the enrichers that are asked, with the registry's address; None is the default."""
    found = {name: ribs.load("enrichers", name).Settings() for name in ASKED}
    own: dict[str, object] = {"server": f"http://127.0.0.1:{rdap}/"}
    if at_once is not None:
        own["at_once"] = at_once
    return found | {"rdap": found["rdap"].model_copy(update=own)}


def opened(dns: int) -> Doors:
    """The ways to the two servers."""
    return Doors(
        http=HttpDoor("hunter/benchmark", allow_private=True),
        dns=DnsDoor((f"127.0.0.1:{dns}",)),
        whois=WhoisDoor(9, allow_private=True),
    )


async def through_the_store(
    domains: Sequence[str], ports: tuple[int, int], at_once: int | None
) -> Rate:
    """As the daemon asks them, with their facts kept."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "hunter.db") as store:
        doors = opened(ports[0])
        hunt = replace(small_hunt(store, SetClock(NOW)), doors=doors)
        hunt = replace(hunt, config=replace(hunt.config, enrichers=settings(ports[1], at_once)))
        _seen(hunt, domains)
        # As the daemon does at its start.
        gc.freeze()
        start = _Watch()
        while await enrich(hunt):
            pass
        rate = start.rate(len(domains))
        await _closed(doors)
        _check(store, domains)
    return rate


def _seen(hunt: Hunt, domains: Sequence[str]) -> None:
    seen = [Sighting(domain, domain, "benchmark", NOW) for domain in domains]
    matches = [
        Match(domain, domain, "en-marche.fr", "keyword", "marche", (0, 6), 0.9, "holds marche")
        for domain in domains
    ]
    with hunt.store.transaction():
        sightings.record(hunt.store, seen, matches, NOW)


def _check(store: Store, domains: Sequence[str]) -> None:
    for domain in domains:
        told = {fact.field: fact for fact in facts.history(store, domain)}
        for field in ("ns", "a", "registrant_email", "registered"):
            if field not in told or told[field].value is None:
                why = told[field].unknown if field in told else "nothing is kept"
                sys.exit(f"an answer is lost: {field} of {domain}: {why}")


async def without_a_store(domains: Sequence[str], ports: tuple[int, int], at_once: int) -> Rate:
    """The same questions with their answers thrown away."""
    doors = opened(ports[0])
    order = enrichment.waves(settings(ports[1], at_once))
    context = EnricherContext(lambda: NOW, doors)
    turns = asyncio.Semaphore(200)

    async def ask(domain: str) -> None:
        dossier = Dossier(domain, "", NOW, {})
        async with turns:
            for wave in order:
                for one in wave:
                    found = await one.module.enrich(dossier, one.settings, context)
                    more = {fact.field: fact.value for fact in found if fact.value is not None}
                    dossier = replace(dossier, fields={**dossier.fields, **more})

    start = _Watch()
    await asyncio.gather(*map(ask, domains))
    rate = start.rate(len(domains))
    await _closed(doors)
    return rate


async def _closed(doors: Doors) -> None:
    await doors.http.close()
    await doors.dns.close()


def main() -> None:
    """Print both rates."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--domains", type=int, default=5000)
    parser.add_argument("--delay", type=float, default=20.0, help="milliseconds")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=32)
    options = parser.parse_args()
    near, far = multiprocessing.Pipe()
    work = (far, options.delay / 1000)
    server = multiprocessing.Process(target=serve, args=work, daemon=True)
    server.start()
    ports = near.recv()
    pin(0)
    domains = [f"n{number}.fr" for number in range(options.domains)]
    rates: dict[str, list[Rate]] = {"with the store": [], "one registry": [], "without": []}
    for _ in range(options.rounds):
        for how, at_once in (("with the store", options.at_once), ("one registry", None)):
            rates[how].append(asyncio.run(through_the_store(domains, ports, at_once)))
        rates["without"].append(asyncio.run(without_a_store(domains, ports, options.at_once)))
    server.terminate()
    for how, measured in rates.items():
        seconds = statistics.median(one.a_second for one in measured)
        processor = statistics.median(one.processor for one in measured)
        print(f"{how:15} {seconds:6,.0f} domains/s {processor:6.2f} ms of processor time each")


if __name__ == "__main__":
    main()
