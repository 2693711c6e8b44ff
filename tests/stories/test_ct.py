"""Certificates in logs of both kinds become alerts, once each, whatever happens in between."""

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.world.ct import FakeLog, Registry, ct_server, list_key_pem
from tests.world.daemon import daemon
from tests.world.dns import dns_server
from tests.world.thread import running

BRAND = "atelier-lumiere.fr"

CONFIG = """
[[brand]]
domain = "{brand}"

[net]
dns_servers = ["127.0.0.1"]
dns_port = {dns}
allow_private = true

[store]
folder = "{folder}/state"

[sources.permutations]
enabled = false

[sources.ct_logs]
enabled = true
list_url = "{url}/log_list.json"
list_key = "{folder}/list.pem"
other_lists = []
list_every = "1s"
look_every = "1s"
patience = "0s"
requests_otherwise = 1000

[enrichers.rdap]
enabled = false

[enrichers.whois]
enabled = false
"""


@dataclass
class World:
    """Two logs that grow, and a config that points at them."""

    config: Path
    store: Path
    logs: list[FakeLog]

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the store holds now; nothing before it is there."""
        try:
            with closing(sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)) as store:
                return store.execute(query).fetchall()
        except sqlite3.OperationalError:
            return []

    def seen(self) -> set[object]:
        """The names of all sightings."""
        return {name for (name,) in self.rows("SELECT name FROM sighting")}

    def followed(self) -> bool:
        """Whether both logs have a position."""
        streams = {stream for (stream,) in self.rows("SELECT stream FROM cursor")}
        return {log.url for log in self.logs} <= streams


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A log of each kind with ordinary names in it."""
    logs = [FakeLog(kind, kind=kind, page=16) for kind in ("rfc6962", "static")]
    for log in logs:
        log.grow(*[(f"shop{at}.example",) for at in range(40)])
    (tmp_path / "list.pem").write_bytes(list_key_pem())
    config = tmp_path / "config.toml"
    with ExitStack() as stack:
        dns = stack.enter_context(running(dns_server({})))
        server = stack.enter_context(running(ct_server(Registry(logs))))
        text = CONFIG.format(brand=BRAND, dns=dns.port, folder=tmp_path, url=server.url)
        config.write_text(text, encoding="utf-8")
        yield World(config, tmp_path / "state" / "hunter.db", logs)


def test_whatever_moment_it_is_killed_every_planted_name_is_seen_once(world: World) -> None:
    """SIGKILL again and again while both logs grow: nothing is skipped, nothing told twice."""
    chance = random.Random(6962)
    with daemon(world.config) as hunting:
        hunting.wait_for(world.followed, "a position in each log")
        hunting.kill()
    planted = []
    for number in range(6):
        for log in world.logs:
            name = f"vpn{number}-{log.kind}-atelier-lumiere.fr"
            planted.append(name)
            ordinary = [(f"shop{number}-{at}.example",) for at in range(chance.randrange(40))]
            log.grow(*ordinary, (name, f"www.{name}"), *ordinary)
        with daemon(world.config) as hunting:
            time.sleep(chance.uniform(0.3, 2.0))
            hunting.kill()
    with daemon(world.config) as hunting:
        hunting.wait_for(lambda: world.seen() >= set(planted), "every planted name")
        hunting.wait_for(
            lambda: len(world.rows("SELECT * FROM alert")) >= len(planted), "every alert"
        )
        assert hunting.stop() == 0
    domains = [domain for (domain,) in world.rows("SELECT domain FROM alert")]
    assert sorted(map(str, domains)) == sorted(planted)
    assert not any("shop" in str(name) for name in world.seen())
