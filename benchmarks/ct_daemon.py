"""Run the real daemon on forty growing logs, and print what it holds and takes over time.

    python benchmarks/ct_daemon.py [--logs 40] [--rate 1900] [--behind 4000] [--seconds 180]

Half of the logs are RFC 6962, half static; all grow by RATE entries a second together, and hold
BEHIND entries each that are read first, which is when most waits in memory. The config has 25
brands, and the environment is that of systemd/hunter.service. A line every tenth of the time tells
the daemon's memory (resident, MB), the entries that are verified, and the processor time that was
taken for each second. At the end: the peak, and the median of the last third against that of the
first, as flatness.
"""

import argparse
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

# In place of this folder, whose dns.py would hide dnspython.
sys.path[0] = str(Path(__file__).parents[1])

from benchmarks.ct import BRANDS  # noqa: E402
from hunter.ct.follow import load_position  # noqa: E402
from tests.world.ct import FakeLog, certificate, logged, logged_precertificate  # noqa: E402
from tests.world.ct_config import CtWorld, ct_world  # noqa: E402
from tests.world.daemon import Daemon, daemon  # noqa: E402

KINDS = ("rfc6962", "static")
POOL = 200
LINES = 10
THIRD = 3
TICKS = os.sysconf("SC_CLK_TCK")
OPTIONS = """
since = "30d"
requests_per_second = {}
"""
MORE = "".join(f'[[brand]]\ndomain = "{one.domain}"\n\n' for one in BRANDS[1:])


@dataclass(frozen=True)
class Sample:
    """The daemon at one moment: seconds since its start, megabytes, entries, processor seconds."""

    at: float
    resident: float
    verified: int
    waiting: int
    taken: float


@cache
def pool() -> tuple[tuple[x509.Certificate, bytes, tuple[str, ...]], ...]:
    """Certificates of about a kilobyte, one of them a lookalike's; to make one takes long."""
    found = []
    for number in range(POOL):
        word = f"{BRANDS[0].domain[:-4]}-{number}" if number == 1 else f"shop{number}"
        names = (f"www.{word}.example", f"{word}.example")
        made = certificate(names, number + 1, padding_bytes=600)
        found.append((made, made.public_bytes(Encoding.DER), names))
    return tuple(found)


@cache
def chain() -> bytes:
    """Two intermediate certificates, which an RFC 6962 log serves with every entry."""
    one = certificate(("ca.example",), 1, padding_bytes=900).public_bytes(Encoding.DER)
    packed = 2 * (len(one).to_bytes(3, "big") + one)
    return len(packed).to_bytes(3, "big") + packed


def grow(log: FakeLog, entries: int) -> None:
    """Log so many more, half of them precertificates, and sign a head of now."""
    log.clock = int(time.time() * 1000) - 1000
    for _ in range(entries):
        at = len(log.entries)
        made, der, names = pool()[at % POOL]
        index = at if log.kind == "static" else None
        if at % 2:
            entry = logged_precertificate(made, names, log.clock, index)
        else:
            entry = logged(der, names, log.clock, index)
        log.add_entry(replace(entry, extra=entry.extra[:-3] + chain()))
    log.publish()


def memory(hunting: Daemon, what: str) -> float:
    """A figure of /proc/PID/status in megabytes: VmRSS is now, VmHWM the most so far."""
    text = Path(f"/proc/{hunting.process.pid}/status").read_text(encoding="ascii")
    return int(text.partition(what + ":")[2].split()[0]) / 1024


def taken(hunting: Daemon) -> float:
    """Processor seconds of the daemon so far (proc(5): utime and stime)."""
    text = Path(f"/proc/{hunting.process.pid}/stat").read_text(encoding="ascii")
    fields = text.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def verified(world: CtWorld) -> int:
    """Entries before the positions of all logs together, as the store has them."""
    try:
        with closing(sqlite3.connect(f"file:{world.store}?mode=ro", uri=True)) as store:
            kept = dict(store.execute("SELECT stream, value FROM cursor"))
    except sqlite3.OperationalError:
        return 0
    return sum(load_position(kept[log.url]).tree.size for log in world.logs if log.url in kept)


def watched(hunting: Daemon, world: CtWorld, rate: float, seconds: float) -> Iterator[Sample]:
    """Let the logs grow, and look at the daemon, each second."""
    begun, grown = time.monotonic(), 0
    while (at := time.monotonic() - begun) < seconds:
        share = int(at * rate / len(world.logs)) - grown
        grown += share
        for log in world.logs:
            grow(log, share)
        done = verified(world)
        waiting = sum(log.size for log in world.logs) - done
        yield Sample(at, memory(hunting, "VmRSS"), done, waiting, taken(hunting))
        time.sleep(max(0.0, begun + at + 1 - time.monotonic()))


def environment() -> dict[str, str]:
    """What the unit sets."""
    unit = (Path(__file__).parents[1] / "systemd" / "hunter.service").read_text(encoding="utf-8")
    lines = [line.partition("=") for line in unit.splitlines()]
    return dict(value.split("=", 1) for key, _, value in lines if key == "Environment")


def line(sample: Sample, before: Sample) -> str:
    """What has happened between two samples."""
    entries = sample.verified - before.verified
    spent = sample.taken - before.taken
    return (
        f"{sample.at:7.0f} s {sample.resident:6.0f} MB {sample.verified:11,} verified"
        f" {sample.waiting:9,} wait {100 * spent / (sample.at - before.at or 1):4.0f} % of a core"
        f" {entries / spent if spent else 0:8,.0f} entries per processor second"
    )


def told(found: Sequence[Sample], peak: float) -> str:
    """The peak, and whether it stays flat."""
    third = len(found) // THIRD
    first = statistics.median(one.resident for one in found[third : 2 * third])
    last = statistics.median(one.resident for one in found[-third:])
    return f"peak {peak:.0f} MB; middle third {first:.1f} MB, last third {last:.1f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--logs", type=int, default=40)
    parser.add_argument("--rate", type=float, default=1900, help="entries a second, all logs")
    parser.add_argument("--behind", type=int, default=4000, help="entries in each at the start")
    parser.add_argument("--seconds", type=float, default=180)
    options = parser.parse_args()
    logs = [FakeLog(f"log{at}", kind=KINDS[at % 2], page=256) for at in range(options.logs)]
    for log in logs:
        grow(log, options.behind)
    found: list[Sample] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        ct_world(Path(folder), *logs, options=OPTIONS, more=MORE) as world,
        daemon(world.config, **environment()) as hunting,
    ):
        before = Sample(0, 0, 0, 0, 0)
        for sample in watched(hunting, world, options.rate, options.seconds):
            found.append(sample)
            if sample.at - before.at >= options.seconds / LINES:
                print(line(sample, before), flush=True)
                before = sample
        print(told(found, memory(hunting, "VmHWM")))
        hunting.stop()


if __name__ == "__main__":
    main()
