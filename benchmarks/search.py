"""The founding question over a store of one million domains, beside a naive scan.

    python benchmarks/search.py [--domains 1000000] [--keep FOLDER]

Builds a store in a temporary folder (some minutes, some gigabytes), asks the question of 2017 and
some others five times each, and prints the median; the founding question also by the command line,
from the start of its process to its end. The naive scan reads every fact once and decides
in Python, which is what a person would write first.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hunter.cli.output import NOTHING_FOUND
from hunter.model import Match
from hunter.search import Query, answers, search
from hunter.store import Store, to_text
from hunter.store.encoding import dump

NOW = datetime(2017, 4, 24, 6, tzinfo=UTC)
BATCH = 20_000
WORDS = (
    *("velo", "club", "jardin", "maison", "atelier", "boulangerie", "martin", "paris", "lyon"),
    *("avocat", "conseil", "voyage", "photo", "musique", "sport", "ecole", "garage", "hotel"),
    *("resto", "cafe", "vin", "fleur", "bijou", "mode", "sante", "forum", "blog", "info", "shop"),
    *("supermarche", "demarche", "bonmarche", "en-marche", "lamarche"),
)
ENDINGS = ("fr", "com", "org", "net", "eu", "co", "info", "paris")
MAILS = ("gmail.com", "orange.fr", "hotmail.fr", "free.fr", "yahoo.fr", "laposte.net")
HABIT = ("mail.com", "email.com", "europe.com")
HOSTS = [f"host{number}.example" for number in range(400)]
QUESTION = Query(contains=("marche",), registered_since=20170301, registrant_domain=HABIT)
OTHERS = {
    "contains a rare string": Query(contains=("bonmarche-999",)),
    "contains a common string": Query(contains=("marche",)),
    "one registrant": Query(registrant=("p17@mail.com",)),
    "one network": Query(address=("100.64.0.0/20",)),
    "one AS number": Query(asn=(64007,)),
    "name servers of one company, since": Query(ns=("host7.example",), registered_since=20170301),
    "a regular expression": Query(matches="^en-marche-[0-9]{2}[.]"),
    "an AS name, not an ending": Query(as_name="host 399", contains=("marche",), excludes=(".fr",)),
}


def domains(count: int) -> Iterator[tuple[str, int]]:
    """Names as they come, each with its number."""
    chance = random.Random(2017)
    for number in range(count):
        word = chance.choice(WORDS)
        other = chance.choice(WORDS) if chance.random() < 0.5 else str(number % 1000)
        yield f"{word}-{other}-{number}.{chance.choice(ENDINGS)}", number


def facts(chance: random.Random) -> Iterator[tuple[str, str | int | bool]]:
    """What is known of one."""
    day = datetime(2002, 1, 1, tzinfo=UTC) + timedelta(days=int(5590 * chance.random() ** 0.4))
    host = int(400 * chance.random() ** 3)
    yield "registered", int(f"{day:%Y%m%d}")
    yield "registrar", f"Registrar {host % 60}"
    yield "ns", f"ns1.{HOSTS[host]}"
    yield "ns", f"ns2.{HOSTS[host]}"
    yield "ns_domain", HOSTS[host]
    yield "a", f"100.{64 + host % 60}.{chance.randrange(256)}.{chance.randrange(256)}"
    yield "asn", 64000 + host
    yield "as_name", f"Host {host}"
    yield "has_mx", chance.random() < 0.6
    if chance.random() < 0.25:
        mail = chance.choice(HABIT if chance.random() < 0.01 else MAILS)
        yield "registrant_email", f"p{chance.randrange(2000)}@{mail}"
        yield "registrant_email_domain", mail


def build(folder: Path, count: int) -> Path:
    """A store with so many domains; indexes are made when it is full."""
    path = folder / "hunter.db"
    chance = random.Random(1)
    with Store(path) as store:
        kept = store.rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
            " AND tbl_name IN ('fact', 'domain', 'sighting', 'match')"
        )
        for row in kept:
            store.execute(f"DROP INDEX {row['name']}")
        batch: list[tuple[str, int]] = []
        for one in domains(count):
            batch.append(one)
            if len(batch) == BATCH:
                fill(store, batch, chance)
                batch = []
        fill(store, batch, chance)
        for row in kept:
            store.execute(row["sql"])
        store.execute("PRAGMA optimize")
    return path


def match(domain: str) -> Match:
    """What the matcher might say of it."""
    return Match(domain, domain, "en-marche.fr", "combosquatting", "marche", (0, 6), 0.6, "x" * 80)


def fill(store: Store, batch: Sequence[tuple[str, int]], chance: random.Random) -> None:
    """Write some domains with what belongs to them."""
    seen = {domain: to_text(NOW - timedelta(minutes=number)) for domain, number in batch}
    rows = [
        (domain, field, json.dumps(value), "rdap", seen[domain], to_text(NOW), "")
        for domain, _ in batch
        for field, value in facts(chance)
    ]
    with store.transaction():
        store.execute_many(
            "INSERT INTO domain (domain, first_seen, due_at, enriched, stage)"
            " VALUES (?, ?, ?, 1, 3)",
            [(domain, at, at) for domain, at in seen.items()],
        )
        store.execute_many(
            "INSERT INTO sighting VALUES (?, 'registrations', ?, ?, ?, '{}')",
            [(domain, domain, at, at) for domain, at in seen.items()],
        )
        store.execute_many(
            "INSERT INTO match VALUES (?, 'en-marche.fr', ?, 0.6, 'combosquatting', ?)",
            [(domain, domain, dump(match(domain))) for domain in seen],
        )
        store.execute_many(
            "INSERT INTO fact (subject, field, value, provider, first_seen, last_seen, unknown)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )


def naive(store: Store) -> int:
    """The founding question by reading everything once."""
    mails = {json.dumps(mail) for mail in HABIT}
    habit: set[str] = set()
    since: set[str] = set()
    for row in store.rows(
        "SELECT subject, field, value FROM fact NOT INDEXED"
        " WHERE field IN ('registered', 'registrant_email_domain')"
    ):
        if row["field"] == "registered" and int(row["value"]) >= QUESTION.registered_since:
            since.add(row["subject"])
        elif row["value"] in mails:
            habit.add(row["subject"])
    return sum("marche" in domain for domain in habit & since)


def timed(work: Callable[[], int], times: int = 5) -> tuple[float, int]:
    """The median seconds of several runs, and the answers of the last."""
    seconds: list[float] = []
    answers = 0
    for _ in range(times):
        begun = time.perf_counter()
        answers = work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds), answers


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--domains", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="use, or build, the store in this folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        path = folder / "hunter.db"
        if not path.exists():
            begun = time.perf_counter()
            build(folder, options.domains)
            print(
                f"built in {time.perf_counter() - begun:.0f} s, {path.stat().st_size / 1e9:.1f} GB"
            )
        report(path)


def report(path: Path) -> None:
    """Ask everything and print it."""
    with Store(path) as store:
        questions = {"the founding question": QUESTION, **OTHERS}
        for name, query in questions.items():
            told(name, *timed(lambda query=query: len(search(store, query))))
        told("founding, with all facts of the answers", *timed(lambda: with_facts(store)))
        told("founding, by the command line", *timed(lambda: by_command(path), 7))
        told("founding, by a naive scan", *timed(lambda: naive(store), 1))


def with_facts(store: Store) -> int:
    """The founding question as the command line asks it."""
    return len(list(answers(store, search(store, QUESTION), NOW)))


def by_command(path: Path) -> int:
    """The founding question as a person asks it, start-up and output included."""
    config = path.with_name("config.toml")
    config.write_text(f'[[brand]]\ndomain = "en-marche.fr"\n[store]\nfolder = "{path.parent}"\n')
    asked = "--contains marche --since 2017-03-01 --registrant-domain"
    command = [sys.executable, "-m", "hunter", "search", *asked.split(), ",".join(HABIT)]
    said = subprocess.run(
        [*command, "--json", "-c", config], stdout=subprocess.PIPE, text=True, check=False
    )
    if said.returncode not in (0, NOTHING_FOUND):
        sys.exit(said.returncode)
    return len(said.stdout.splitlines())


def told(name: str, seconds: float, found: int) -> None:
    print(f"{name:40} {seconds * 1000:9.1f} ms {found:6} answers")


if __name__ == "__main__":
    main()
