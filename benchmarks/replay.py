"""Replay two sets of 100 rules over 100,000 stored dossiers, on one core, and print how long.

    python benchmarks/replay.py [--domains 100000] [--rules 100] [--share 0.2] [--changes 0]

The store is made first: domains with 25 facts each, `--share` of them plain lookalikes, some of
which have one registrant. With `--changes` some facts change later, which makes more dossiers of
the same domains. The old rules are the shipped pack and variations on it, the new ones lack one
rule, have another level for one, and a filter more. Times are processor time and wall-clock time.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import rules as made
from hunter import dossiers
from hunter.backtest import Backtest, replay
from hunter.config import Config
from hunter.config.tables import NetTable
from hunter.dossiers import rule_fields
from hunter.model import Brand, Level, Match, Subscriber
from hunter.rulebook import Rulebook, RuleFile, load_files
from hunter.store import Store, to_text
from hunter.store.encoding import dump
from hunter.store.facts import _written

BRAND = Brand("en-marche.fr", ("marche",))
START = datetime(2017, 3, 1, tzinfo=UTC)
PERIOD = timedelta(days=60)

FILTER = b"""\
title: Nothing in Lyon
logsource: {product: hunter, category: domain}
filter:
  rules: any
  lyon: {domain|re: '(^|[.-])lyon'}
  condition: not lyon
"""


def main() -> None:
    """Make the store and both sets of rules, replay, and print."""
    options = _options()
    chance = random.Random(2017)
    old = made.book(options.rules, chance)
    new = _changed(old)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "hunter.db") as store:
        began = time.perf_counter()
        _fill(store, options, chance)
        print(f"store made in {time.perf_counter() - began:.0f} s")
        config = _config(Path(folder))
        began, worked = time.perf_counter(), time.process_time()
        found = replay(
            store, config, old, new, since=None, until=START + PERIOD * 2, on_progress=_bar
        )
        wall, cpu = time.perf_counter() - began, time.process_time() - worked
    _print(found, wall, cpu, len(old.rules), len(new.rules))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--domains", type=int, default=100_000)
    parser.add_argument("--rules", type=int, default=100)
    parser.add_argument("--share", type=float, default=0.2, help="of plain lookalikes")
    parser.add_argument("--changes", type=float, default=0.0, help="later changes per domain")
    return parser.parse_args()


def _bar(done: int, of: int) -> None:
    if done % 2000 == 0 or done == of:
        filled = "#" * (40 * done // of)
        end = "\n" if done == of else ""
        print(f"\r{filled:40} {done:,} of {of:,} domains", end=end, file=sys.stderr, flush=True)


def _print(found: Backtest, wall: float, cpu: float, old: int, new: int) -> None:
    print(f"{found.dossiers:,} dossiers of {found.domains:,} domains, {old} and {new} rules")
    print(f"{wall:.1f} s, {cpu:.1f} s of processor time, {found.dossiers / wall:,.0f} dossiers/s")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{memory:,.0f} MiB at most")
    print(f"alerts: {found.alerts[0]:,} before, {found.alerts[1]:,} after", end="; ")
    print(", ".join(f"{kind}: {found.count(kind)}" for kind in {one.kind for one in found.changes}))
    for one in found.messages:
        print(f"messages to {one.subscriber}: {one.before:,} before, {one.after:,} after")


def _changed(old: Rulebook) -> Rulebook:
    files = [file for file in old.files if file.name != "variation_0.yml"]
    files = [
        RuleFile(file.file, file.raw.replace(b"level: medium", b"level: high"))
        if file.name == "lookalike_new.yml"
        else file
        for file in files
    ]
    return load_files([*files, RuleFile("filter_lyon.yml", FILTER)], rule_fields())


def _config(folder: Path) -> Config:
    return Config(
        path=None,
        brands=(BRAND,),
        subscribers=(Subscriber("it", {"email": ("it@example.org",)}),),
        net=NetTable(),
        store=folder / "hunter.db",
        rule_folders=(),
        minimum=Level.MEDIUM,
        automatic_tracks=False,
        sources={},
        enrichers={},
        notifiers={},
    )


def _fill(store: Store, options: argparse.Namespace, chance: random.Random) -> None:
    """Write the rows as hunter would, only in bulk."""
    indexes = store.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'fact'"
        " AND sql NOT NULL"
    )
    for index in indexes:
        store.execute(f"DROP INDEX {index['name']}")
    with store.transaction():
        for first in range(0, options.domains, 2000):
            numbers = range(first, min(first + 2000, options.domains))
            made_now = [_domain(number, options, chance) for number in numbers]
            store.execute_many(_DOMAIN, [one.domain for one in made_now])
            store.execute_many(_MATCH, [one.match for one in made_now])
            store.execute_many(_SIGHTING, [one.sighting for one in made_now])
            store.execute_many(_FACT, [fact for one in made_now for fact in one.facts])
    for index in indexes:
        store.execute(index["sql"])


_DOMAIN = (
    "INSERT OR IGNORE INTO domain (domain, first_seen, due_at, enriched, judge)"
    " VALUES (?, ?, ?, 1, 0)"
)
_MATCH = "INSERT OR IGNORE INTO match VALUES (?, ?, ?, ?, ?, ?)"
_SIGHTING = "INSERT OR IGNORE INTO sighting VALUES (?, ?, ?, ?, ?, '{}')"
_FACT = (
    "INSERT OR IGNORE INTO fact (subject, field, value, provider, first_seen, last_seen, ended_at,"
    " unknown) VALUES (?, ?, ?, 'dns', ?, ?, ?, '')"
)


class Made(NamedTuple):
    """The rows of one domain."""

    domain: tuple[object, ...]
    match: tuple[object, ...]
    sighting: tuple[object, ...]
    facts: list[tuple[object, ...]]


def _domain(number: int, options: argparse.Namespace, chance: random.Random) -> Made:
    dossier = made.dossier(number, options.share, chance)
    domain, at = dossier.domain, START + PERIOD * chance.random()
    fields = dict(dossier.fields)
    technique, confidence = str(fields["technique"]), float(fields["confidence"])
    match = Match(
        domain, domain, BRAND.domain, technique, "marche", (0, 6), confidence, "", term="marche"
    )
    registered = at - timedelta(days=int(fields["age_days"]))
    fields["registered"] = int(f"{registered:%Y%m%d}")
    if chance.random() < 0.02:
        fields["registrant_email"] = f"person{chance.randrange(200)}@mail.com"
    moves = at + timedelta(days=chance.randrange(1, 30))
    when, ends = to_text(at), to_text(moves) if chance.random() < options.changes else None
    facts = [
        (domain, field, _written(one), when, when, ends if field == "ns_domain" else None)
        for field, held in fields.items()
        if field not in _OWN
        for one in (held if isinstance(held, tuple) else (held,))
    ]
    if ends:
        facts.append((domain, "ns_domain", '"cloudflare.com"', ends, ends, None))
    return Made(
        (domain, when, when),
        (domain, BRAND.domain, domain, confidence, technique, dump(match)),
        (domain, "registrations", domain, when, when),
        facts,
    )


_OWN = frozenset(dossiers.FIELDS)
"""What is worked out and never stored."""


if __name__ == "__main__":
    main()
