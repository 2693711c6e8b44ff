"""Make a Hunt from a config: compile the brands, load the rules, open the store and the doors."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from hunter import __version__, rulebook
from hunter.clock import utc_now
from hunter.config import Config, shipped_rules
from hunter.config.tables import NetTable
from hunter.contracts import Doors
from hunter.dossiers import rule_fields
from hunter.matching import compile_matcher
from hunter.net.dns import DnsDoor
from hunter.net.http import HttpDoor
from hunter.net.tls import TlsDoor
from hunter.net.whois import WhoisDoor
from hunter.pipeline import Hunt
from hunter.rulebook import Rulebook, gather, laid_over
from hunter.store import Store, tracks


def load_rules(config: Config) -> Rulebook:
    """The rules of the config's folders; raises YoursToFix with every fault."""
    return rulebook.load(config.rule_folders, rule_fields())


def load_drafts(config: Config | None, drafts: Sequence[Path], *, only: bool = False) -> Rulebook:
    """The rules with drafts laid over them, or `only` the drafts; raises YoursToFix.

    A draft stands in for the file of the same name. Without a config it is the shipped rules.
    """
    folders = config.rule_folders if config else (shipped_rules(),)
    files, faults = gather(folders) if not (only and drafts) else ((), ())
    if drafts:
        written, more = gather(drafts)
        files, faults = laid_over(files, written), (*faults, *more)
    return rulebook.load_files(files, rule_fields(), faults)


@asynccontextmanager
async def open_doors(net: NetTable) -> AsyncIterator[Doors]:
    """The ways out, closed at the end."""
    contact = f" (+{net.contact})" if net.contact else ""
    doors = Doors(
        http=HttpDoor(
            f"hunter/{__version__}{contact}", net.allow_private, private_hosts=net.private_hosts
        ),
        dns=DnsDoor(net.dns_servers, net.dns_port),
        whois=WhoisDoor(
            net.whois_port, allow_private=net.allow_private, private_hosts=net.private_hosts
        ),
        tls=TlsDoor(allow_private=net.allow_private, private_hosts=net.private_hosts),
    )
    try:
        yield doors
    finally:
        await doors.http.close()
        await doors.dns.close()


@asynccontextmanager
async def open_hunt(
    config: Config, now: Callable[[], datetime] = utc_now, *, rules: Rulebook | None = None
) -> AsyncIterator[Hunt]:
    """A hunt, ready to go; raises YoursToFix when rules or store are at fault."""
    rules = rules or load_rules(config)
    matcher = compile_matcher(config.brands)
    with Store(config.store) as store:
        tracks.sync(store, config.tracks, now())
        tracks.follow_refused_again(store)
        async with open_doors(config.net) as doors:
            yield Hunt(config, store, matcher, rules, doors, now)
