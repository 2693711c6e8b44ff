"""A brand is added today: the logs are read again beside the daemon, and killed while at it."""

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.world.ct import FakeLog
from tests.world.ct_config import BRAND, CtWorld, ct_world
from tests.world.daemon import daemon, hunter

PLANTED = [f"vpn{number}-{BRAND}" for number in range(6)]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[CtWorld]:
    """A log of each kind, slow to answer, with lookalikes all over."""
    logs = [FakeLog(kind, kind=kind, page=16) for kind in ("rfc6962", "static")]
    for log in logs:
        log.clock = int(datetime.now(UTC).timestamp() * 1000) - 86_400_000
        for name in PLANTED:
            log.grow(*[(f"shop{at}.example",) for at in range(60)], (f"{log.kind}-{name}",))
        log.fault(lambda _request, good: replace(good, delay=0.05))
    with ct_world(tmp_path, *logs) as served:
        yield served


def rows(world: CtWorld, query: str) -> set[object]:
    """The first column of a query over the store."""
    return {first for first, *_ in world.rows(query)}


def test_killed_again_and_again_beside_a_daemon_nothing_is_lost_or_told_twice(
    world: CtWorld,
) -> None:
    """The daemon goes on with what is new all the while."""
    chance = random.Random(7)
    command = ("ct", "backfill", "--since", "7d", "-c", str(world.config))
    wanted = {f"{log.kind}-{name}" for log in world.logs for name in PLANTED}
    with daemon(world.config) as hunting:
        streams = "SELECT stream FROM cursor"
        hunting.wait_for(lambda: {log.url for log in world.logs} <= rows(world, streams), "a start")
        for number in range(3):
            with subprocess.Popen([sys.executable, "-m", "hunter", *command]) as work:
                time.sleep(chance.uniform(0.6, 2.0))
                world.logs[number % 2].grow((f"new{number}-{BRAND}",))
                work.kill()
        done = hunter(*command)
        wanted |= {f"new{number}-{BRAND}" for number in range(3)}
        hunting.wait_for(lambda: rows(world, "SELECT domain FROM alert") >= wanted, "every alert")
        assert hunting.stop() == 0

    assert done.returncode == 0, done.stderr
    assert rows(world, "SELECT name FROM sighting") == wanted
    with closing(sqlite3.connect(world.store)) as store:
        ((opened,),) = store.execute("SELECT count(*) FROM transition WHERE kind = 'opened'")
    assert opened == len(wanted)
    assert not any("backfill" in str(stream) for stream in rows(world, streams))
