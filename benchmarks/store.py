"""The daemon's round over a store of ten million sightings, beside the same over a small one.

    python benchmarks/store.py [--domains 1000000] [--names 10] [--rounds 20] [--keep FOLDER]

Builds both stores in a temporary folder (some minutes, some gigabytes): DOMAINS with what is known
of each, and NAMES sightings for each. A round takes a batch of strangers with some new lookalikes,
which share registrants, servers and addresses with what is stored, and lets every step of the
pipeline and every look of the daemon at itself happen. Printed is the processor time of each per
round, and the ratio of the two, which tells whether hunter slows down as its store grows.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest
import structlog

# Instead of this folder, whose dns.py would stand before the package of that name.
sys.path[0] = str(Path(__file__).parents[1])

from benchmarks import search
from hunter import canary_watch, exposition, health, pipeline
from hunter.config.tables import HealthTable
from hunter.contracts import Batch
from hunter.model import Value
from hunter.pipeline import Hunt
from hunter.replay import SetClock
from hunter.store import Store, to_text
from tests.world.hunting import World, small_hunt

SMALL = 1000
STRANGERS = 10_000
LOOKALIKES = 20
AT_ONCE = 20_000


def build(folder: Path, domains: int, names: int) -> Path:
    """A store that was at work for long: nothing of it is due."""
    folder.mkdir(parents=True, exist_ok=True)
    path = search.build(folder, domains)
    with Store(path) as store:
        later = to_text(search.NOW + timedelta(days=365))
        store.execute("UPDATE domain SET due_at = ?, stage_since = first_seen", (later,))
        last = ""
        while found := store.rows(
            "SELECT domain, first_seen FROM domain WHERE domain > ? ORDER BY domain LIMIT ?",
            (last, AT_ONCE),
        ):
            last = found[-1]["domain"]
            store.execute_many(
                "INSERT INTO sighting VALUES (?, 'ct_logs', ?, ?, ?, '{}')",
                [
                    (f"h{number}.{row['domain']}", row["domain"], row["first_seen"], later)
                    for row in found
                    for number in range(names - 1)
                ],
            )
        store.execute("PRAGMA optimize")
    return path


class Clock:
    """Processor seconds by what they were spent on."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = defaultdict(list)

    @contextmanager
    def on(self, what: str) -> Iterator[None]:
        """Count what happens within."""
        begun = time.process_time()
        try:
            yield
        finally:
            self.spent[what].append(time.process_time() - begun)


async def live(hunt: Hunt, world: World, clock: SetClock, rounds: int) -> Clock:
    """So many rounds; the same names and facts whatever the store."""
    chance = random.Random(7)
    spent = Clock()
    # A store that was kept knows the names of the last time.
    first = int(time.time())
    for number in range(rounds):
        clock.set(search.NOW + timedelta(minutes=number))
        batch = names_of(first + number, chance, world)
        with spent.on("take a batch"):
            await pipeline.take(hunt, "planted", batch)
        for step in (pipeline.enrich, pipeline.judge_pending, pipeline.deliver):
            with spent.on(step.__name__.replace("_", " ")):
                await step(hunt)
        with spent.on("look at itself"):
            list(canary_watch.check(hunt.store, hunt.config, clock.now()))
            health.tell(hunt.store, hunt.config.subscribers, HealthTable(), clock.now())
            list(exposition.standing(hunt))
    return spent


def names_of(number: int, chance: random.Random, world: World) -> Batch:
    """Strangers, and lookalikes that are like those in the store."""
    lookalikes = [f"portal{number}x{one}-en-marche.fr" for one in range(LOOKALIKES)]
    for name in lookalikes:
        told: dict[str, tuple[Value, ...]] = {}
        for field, value in search.facts(chance):
            told[field] = (*told.get(field, ()), value)
        world.facts[name] = told
    names = [f"{chance.getrandbits(48):x}.fr" for _ in range(STRANGERS)] + lookalikes
    chance.shuffle(names)
    return Batch("\n".join(names).encode(), json.dumps(number))


def measured(path: Path, rounds: int) -> Mapping[str, float]:
    """Median milliseconds of processor time a round, by what they were spent on."""
    clock = SetClock(search.NOW)
    with pytest.MonkeyPatch.context() as patch, Store(path) as store:
        world = World().install(patch)
        world.FIELDS = {field: field for field, _ in search.facts(random.Random(1))}
        spent = asyncio.run(live(small_hunt(store, clock), world, clock, rounds))
    return {what: median(times) * 1000 for what, times in spent.spent.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--domains", type=int, default=1_000_000)
    parser.add_argument("--names", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--keep", type=Path, help="use, or build, the stores in this folder")
    parser.add_argument("--only-build", action="store_true", help="measure another time")
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.keep or Path(temporary)
        paths = [
            built(folder / size, domains, asked.names)
            for size, domains in (("small", SMALL), ("large", asked.domains))
        ]
        if asked.only_build:
            return
        small, large = (measured(path, asked.rounds) for path in paths)
    print(f"{'milliseconds a round':24} {'small':>10} {'large':>10} {'ratio':>8}")
    for what, milliseconds in large.items():
        ratio = milliseconds / small[what]
        print(f"{what:24} {small[what]:10.1f} {milliseconds:10.1f} {ratio:8.2f}")


def built(folder: Path, domains: int, names: int) -> Path:
    """The store in the folder, which is built when it is not there yet."""
    path = folder / "hunter.db"
    if not path.exists():
        begun = time.perf_counter()
        build(folder, domains, names)
        size = path.stat().st_size / 1e9
        print(f"built {domains:,} domains in {time.perf_counter() - begun:.0f} s, {size:.1f} GB")
    return path


if __name__ == "__main__":
    main()
