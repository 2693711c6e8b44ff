"""Resolve the same names with hunter and with dnstwist, and print names a second.

    python benchmarks/dns.py [--names 20000] [--existing 0.1] [--rounds 3]

The server is a process of its own on loopback that knows some of the names and answers NXDOMAIN for
the rest. Both learn the same: whether each name exists, and NS, A, AAAA and MX of those that do.
dnstwist works as `dnstwist --registered` does, with the threads it takes by itself, and gets a
tenth of the names, for its rate does not depend on their number. The rounds alternate; medians are
printed.
"""

import argparse
import asyncio
import multiprocessing
import os
import queue
import socket
import statistics
import sys
import time
import zlib
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

# This folder comes first otherwise, and this file would stand in for the package `dns`.
sys.path.pop(0)
sys.path.insert(0, str(Path(__file__).parents[1]))

import dnstwist
from dns.nameserver import Do53Nameserver

from hunter.net.dns import DnsDoor, DnsStatus

FOLLOW_UPS = ("A", "AAAA", "MX")
ANSWERS = {
    1: bytes((192, 0, 2, 1)),
    2: b"\x02ns\x07example\x00",
    15: b"\x00\x0a\x02mx\x07example\x00",
    28: bytes.fromhex("20010db8000000000000000000000001"),
}


def exists(name: str, share: float) -> bool:
    """Whether the server knows the name: its checksum decides, the same in both processes."""
    return zlib.crc32(name.encode()) % 1000 < share * 1000


def serve(ready: Connection, share: float) -> None:
    """Answer questions over UDP until the process is ended."""
    pin(1)
    door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    door.bind(("127.0.0.1", 0))
    ready.send(door.getsockname()[1])
    while True:
        query, asker = door.recvfrom(2048)
        door.sendto(answer(query, share), asker)


def answer(query: bytes, share: float) -> bytes:
    """The response to a query of one question (RFC 1035, 4.1)."""
    end = query.index(b"\0", 12) + 5
    question = query[12:end]
    known = exists(name_in(question), share)
    data = ANSWERS.get(question[-3]) if known else None
    head = query[:2] + (b"\x85\x80" if known else b"\x85\x83")
    if data is None:
        return head + b"\0\1\0\0\0\0\0\0" + question
    record = b"\xc0\x0c" + question[-4:] + b"\0\0\0\x3c" + len(data).to_bytes(2, "big") + data
    return head + b"\0\1\0\1\0\0\0\0" + question + record


def name_in(question: bytes) -> str:
    """The name asked for, from its labels."""
    labels, place = [], 0
    while size := question[place]:
        labels.append(question[place + 1 : place + 1 + size])
        place += size + 1
    return b".".join(labels).decode().lower()


def pin(core: int) -> None:
    """Keep this process on one core, so that server and client do not push each other about."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[core % len(cores)]})


def by_hunter(names: Sequence[str], port: int) -> int:
    """Sweep all names for NS, and those that exist for the rest; returns how many exist."""
    return asyncio.run(_swept(names, port))


async def _swept(names: Sequence[str], port: int) -> int:
    door = DnsDoor((f"127.0.0.1:{port}",))
    found = [
        name
        async for name, _, answered in door.sweep((name, "NS") for name in names)
        if answered.status is DnsStatus.FOUND
    ]
    async for _, _, answered in door.sweep((name, kind) for name in found for kind in FOLLOW_UPS):
        assert answered.status is DnsStatus.FOUND, answered
    await door.close()
    return len(found)


def by_dnstwist(names: Sequence[str], port: int) -> int:
    """The same with dnstwist's own scanner threads."""
    tasks: list[dict[str, object]] = [{"domain": name} for name in names]
    jobs: queue.Queue[dict[str, object]] = queue.Queue()
    for task in tasks:
        jobs.put(task)
    scanners = [dnstwist.Scanner(jobs) for _ in range(dnstwist.THREAD_COUNT_DEFAULT)]
    for scanner in scanners:
        scanner.option_extdns = True
        scanner.nameservers = [Do53Nameserver("127.0.0.1", port)]
        scanner.start()
    for scanner in scanners:
        scanner.join()
    return sum("dns_ns" in task for task in tasks)


def rate(
    resolve: Callable[[Sequence[str], int], int], names: Sequence[str], port: int, share: float
) -> float:
    """Names a second; stops when other names were found than the server knows."""
    start = time.perf_counter()
    found = resolve(names, port)
    seconds = time.perf_counter() - start
    known = sum(exists(name, share) for name in names)
    if found != known:
        sys.exit(f"{resolve.__name__} found {found} names of {known}")
    return len(names) / seconds


def main() -> None:
    """Print both rates and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--names", type=int, default=20_000)
    parser.add_argument("--existing", type=float, default=0.1, help="share of names that exist")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    near, far = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(far, options.existing), daemon=True)
    server.start()
    port = near.recv()
    pin(0)
    rates: dict[str, list[float]] = {"hunter": [], "dnstwist": []}
    for turn in range(options.rounds):
        names = [f"n{turn}x{n}.example.fr" for n in range(options.names)]
        few = names[: options.names // 10]
        rates["hunter"].append(rate(by_hunter, names, port, options.existing))
        rates["dnstwist"].append(rate(by_dnstwist, few, port, options.existing))
    server.terminate()
    ours, theirs = (statistics.median(rates[who]) for who in ("hunter", "dnstwist"))
    print(f"hunter    {ours:8,.0f} names/s")
    print(f"dnstwist  {theirs:8,.0f} names/s ({dnstwist.THREAD_COUNT_DEFAULT} threads)")
    print(f"ratio     {ours / theirs:8.1f}")


if __name__ == "__main__":
    main()
