"""A config that follows fake logs and nothing else, served for a real command line."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.world.ct import FakeLog, Registry, ct_server, list_key_pem
from tests.world.dns import dns_server
from tests.world.http import HttpServer
from tests.world.thread import running

BRAND = "atelier-lumiere.fr"

_CONFIG = """
[[brand]]
domain = "{brand}"

{subscribers}

[net]
dns_servers = ["127.0.0.1"]
dns_port = {dns}
allow_private = true

[store]
folder = "{folder}/state"

[sources.permutations]
enabled = false

[sources.canary]
enabled = false

[sources.ct_logs]
enabled = true
list_url = "{url}/log_list.json"
list_key = "{folder}/list.pem"
other_lists = []
list_every = "1s"
look_every = "1s"
patience = "0s"
requests_otherwise = 1000000
{options}

[enrichers.rdap]
enabled = false

[enrichers.whois]
enabled = false
"""


@dataclass
class CtWorld:
    """Logs that are served, and a config that points at them."""

    config: Path
    store: Path
    registry: Registry
    server: HttpServer

    @property
    def logs(self) -> list[FakeLog]:
        """The listed logs."""
        return self.registry.logs

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the store answers now; nothing before it is there."""
        try:
            with closing(sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)) as store:
                return store.execute(query).fetchall()
        except sqlite3.OperationalError:
            return []


@contextmanager
def ct_world(
    folder: Path, *logs: FakeLog, options: str = "", subscribers: str = "", more: str = ""
) -> Iterator[CtWorld]:
    """Serve the logs; `options` are further lines of the source's table, `more` further tables."""
    registry = Registry(list(logs))
    (folder / "list.pem").write_bytes(list_key_pem())
    with ExitStack() as stack:
        dns = stack.enter_context(running(dns_server({})))
        server = stack.enter_context(running(ct_server(registry)))
        values: Mapping[str, object] = {
            "brand": BRAND,
            "dns": dns.port,
            "folder": folder,
            "url": server.url,
            "options": options,
            "subscribers": subscribers,
        }
        config = folder / "config.toml"
        config.write_text(_CONFIG.format(**values) + more, encoding="utf-8")
        yield CtWorld(config, folder / "state" / "hunter.db", registry, server)
