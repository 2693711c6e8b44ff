"""Judge made-up dossiers by 100 rules, on one core, and print how many a second.

    python benchmarks/rules.py [--rules 100] [--dossiers 5000] [--rounds 5]

The rules are the shipped pack and as many variations on it as are wanted; the dossiers are mixed:
weak resemblances and lookalikes, with all their facts. Times are processor time, so that other
work on the machine disturbs them less; the median round is printed. Then the shared-registrant
correlation over dossiers that all share one.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from hunter.dossiers import rule_fields
from hunter.judge import correlate, judge
from hunter.model import Dossier
from hunter.rulebook import Rulebook, load

PACK = Path(__file__).parents[1] / "rules"
WORDS = ("mail", "login", "drive", "don", "vote", "marche", "office", "bio", "super", "lyon")
HOSTERS = ("OVH", "CLOUDFLARENET", "THCservers", "Hetzner Online GmbH", "monovm")
PROVIDERS = ("gmail.com", "mail.com", "orange.fr", "europe.com", "proton.me")
AT = datetime(2017, 4, 24, tzinfo=UTC)

Result = TypeVar("Result")

HEAD = """
title: Variation {number}
id: {identity}
status: test
level: low
score: 1
logsource: {{product: hunter, category: domain}}
detection:
  resembles:
    confidence|gte: 0.{confidence}
"""
SHAPES = (
    """  servers:
    ns_domain: ['{word}{number}.com', '{word}.net', '*.{word}-dns.com']
    age_days|lte: {number}
  condition: resembles and servers
""",
    """  hosting:
    - as_name|contains: ['{word}', '{hoster}']
      as_country: [RU, MD, SC]
    - a|cidr: [10.{network}.0.0/16, 198.51.100.0/24]
  known:
    registrar|contains|all: ['{word}', 'inc']
  condition: resembles and hosting and not known
""",
    """  registrant:
    registrant_email|endswith: ['@{word}.com', '@{word}{number}.fr', '.{word}.net']
    registrant_redacted: false
  mail:
    - mx_domain|contains: '{word}{number}'
    - txt|startswith: 'v=spf1 include:{word}'
  condition: resembles and (registrant or mail)
""",
    """  words:
    name|re|i: '(^|[.-]){word}{number}([.-]|$)'
    registered|gte: 20170301
  condition: resembles and words
""",
)
"""Lists, exclusions, ranges, and a regular expression in one rule of four."""


def main() -> None:
    """Print dossiers a second for different shares of lookalikes, and wide correlations."""
    options = _options()
    chance = random.Random(2017)
    made, loading = _timed(lambda: book(options.rules, chance))
    _, compiling = _timed(lambda: judge(made, dossier(0, 1.0, chance)))
    print(f"{len(made.rules)} rules: loaded in {loading:.2f} s, compiled in {compiling:.3f} s")
    print("lookalikes  findings each  dossiers/s")
    for share in (0.0, 0.2, 0.5, 1.0):
        findings, rate = _judged(made, share, options, chance)
        print(f"{share:9.0%} {findings:14.2f} {rate:11,.0f}")
    for size in (10, 100, 1000):
        others = [_strong(number) for number in range(size)]
        found, seconds = _timed(lambda others=others: correlate(made, others[0], others[1:]))
        related = len(found[0].related)
        print(f"correlated with {related} of one registrant: {seconds * 1000:.1f} ms")


def _judged(
    book: Rulebook, share: float, options: argparse.Namespace, chance: random.Random
) -> tuple[float, float]:
    """Findings per dossier, and dossiers a second of processor time, in the median round."""
    dossiers = [dossier(number, share, chance) for number in range(options.dossiers)]
    rounds = []
    for _ in range(options.rounds):
        findings, seconds = _timed(lambda: sum(len(judge(book, one)) for one in dossiers))
        rounds.append(seconds)
    return findings / len(dossiers), len(dossiers) / statistics.median(rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rules", type=int, default=100)
    parser.add_argument("--dossiers", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    start = time.process_time()
    done = work()
    return done, time.process_time() - start


def book(rules: int, chance: random.Random) -> Rulebook:
    """The shipped pack, and as many variations on it as are wanted."""
    shipped = load(PACK, rule_fields())
    with tempfile.TemporaryDirectory() as folder:
        for number in range(max(0, rules - len(shipped.rules))):
            _write_variation(Path(folder), number, chance)
        return load([PACK, Path(folder)], rule_fields())


def _write_variation(folder: Path, number: int, chance: random.Random) -> None:
    text = (HEAD + SHAPES[number % len(SHAPES)]).format(
        number=number,
        network=number % 256,
        confidence=chance.randrange(2, 8),
        identity=UUID(int=chance.getrandbits(128), version=4),
        word=chance.choice(WORDS),
        hoster=chance.choice(HOSTERS),
    )
    (folder / f"variation_{number}.yml").write_text(text, encoding="utf-8")


def dossier(number: int, share: float, chance: random.Random) -> Dossier:
    """A made-up one with all its facts; so large a share of them are lookalikes."""
    label = "-".join(chance.sample(WORDS, 2)) + str(number)
    domain = f"{label}.fr"
    provider = chance.choice(PROVIDERS)
    fields = {
        "name": (domain, f"www.{domain}", f"mail.{domain}"),
        "tld": "fr",
        "brand_kind": "brand",
        "technique": "combosquatting",
        "matched": "marche",
        "term": "marche",
        "confidence": round(chance.uniform(0.5, 1) if chance.random() < share else 0.4, 2),
        "source": ("registrations", "ct_logs"),
        "first_seen": 20170301 + number % 30,
        "age_days": chance.randrange(400),
        "stage": "web",
        "resolves": True,
        "a": (f"10.{chance.randrange(256)}.0.1", "192.0.2.7"),
        "ns": (f"ns1.{label}.net", f"ns2.{label}.net"),
        "ns_domain": (f"{label}.net",),
        "mx": (f"mx.{domain}",),
        "mx_domain": domain,
        "has_mx": chance.random() < 0.3,
        "txt": ("v=spf1 -all", "google-site-verification=abc"),
        "soa_mname": f"ns1.{label}.net",
        "registrar": "Example Registrar, Inc.",
        "registered": 20170301,
        "registrant_email": f"{label}@{provider}",
        "registrant_email_domain": provider,
        "registrant_redacted": False,
        "asn": chance.randrange(70_000),
        "as_name": chance.choice(HOSTERS),
        "as_country": "FR",
    }
    return Dossier(domain, "en-marche.fr", AT, fields, {"aaaa": "time-out"})


def _strong(number: int) -> Dossier:
    fields = {
        "confidence": 0.8,
        "registrant_email": "johnpinch@mail.com",
        "first_seen": 20170301 + number % 28,
    }
    return Dossier(f"en-marche-{number}.fr", "en-marche.fr", AT, fields)


if __name__ == "__main__":
    main()
