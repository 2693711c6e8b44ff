"""Recall, false alarms and speed of the matcher on real lookalikes, beside dnstwist and openSquat.

    python -m benchmarks.matching --data DIR [--quick] [--no-peers] [--phishing-catcher DIR]

DIR holds the files that its own README describes: pairs_dev.csv, brands_dev.csv, benign_*.txt.gz,
nrd_adjudicated_dev.csv, hard_negatives_dev.csv, names_bulk.txt.gz. The brands are shown in two
halves, by a hash of the domain; `matching_fit.py` tells how each fares by weights fitted to the
other.
"""

import argparse
import csv
import gzip
import hashlib
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random
from statistics import mean, median
from string import ascii_lowercase, digits
from typing import TypeVar
from uuid import UUID

from hunter.matching import Matcher, compile_matcher
from hunter.matching.sieve import IS_COMPILED
from hunter.model import Brand

ALERT = 0.5
HALVES = ("tune", "aside")
BRANDS_AT_ONCE = 400
SLICES = 16
PEER_BYTES = 20_000
PEER_BRANDS, PEER_ALARMS, PEER_NAMES = 150, 20, 3_000
GROUPS = {False: "six letters and more", True: "shorter or ordinary"}
MACHINES, MACHINE_BRANDS = 40_000, 1_000
HEX, BASE36 = digits + "abcdef", ascii_lowercase + digits
MACHINE_NAMES: dict[str, Callable[[Random], str]] = {
    "UUID": lambda random: str(UUID(int=random.getrandbits(128))),
    "hash, hexadecimal": lambda random: _drawn_letters(random, HEX, 32),
    "key, base 36": lambda random: _drawn_letters(random, BASE36, 24),
    "key of eight": lambda random: _drawn_letters(random, BASE36, 8),
    "service, release, pod": lambda random: (
        f"api-{_drawn_letters(random, HEX, 10)}-{_drawn_letters(random, BASE36, 5)}"
    ),
    "IPv4 address": lambda random: "-".join(str(random.randrange(256)) for _ in range(4)),
    "number": lambda random: str(random.randrange(10**9)),
}
TENANTS = {
    "names under com": b"com",
    "the same, hosts of a domain": b"acme-group.com",
    "the same, on a platform": b"wixsite.com",
}
Done = TypeVar("Done")
Catches = Callable[[Brand, list[str]], list[bool]]
Reads = Callable[[list[Brand], list[str]], object]
"""Looks for all the brands in all the names."""
KINDS = (
    "typo", "combo-typo", "soundalike", "homoglyph", "hyphenation", "bitsquat", "tld-swap",
    "subdomain-embedding", "combosquat", "other",
)  # fmt: skip


@dataclass(frozen=True)
class Data:
    """The material, read once. `sample` is the share of the ordinary names that is used."""

    folder: Path
    sample: int

    def rows(self, name: str) -> list[dict[str, str]]:
        """A CSV file, a dictionary a line."""
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def names(self, name: str) -> list[bytes]:
        """Every so many names of a list."""
        lines = gzip.decompress((self.folder / name).read_bytes()).split(b"\n")
        return [line for line in lines[:: self.sample] if line]

    def brands(self) -> dict[str, Brand]:
        """Domain → brand, with nothing but its keywords."""
        return {
            row["brand_domain"]: Brand(
                row["brand_domain"],
                tuple(word for word in row["brand_keywords"].split(";") if word),
            )
            for row in self.rows("brands_dev.csv")
        }


def half(domain: str) -> str:
    """Which half of the development brands it belongs to."""
    return HALVES[int(hashlib.md5(domain.encode(), usedforsecurity=False).hexdigest(), 16) % 2]


def is_short(row: dict[str, str]) -> bool:
    """Whether a term of the brand is shorter than six letters, or an ordinary word by the list."""
    words = [row["brand_domain"].split(".")[0], *row["brand_keywords"].split(";")]
    return (
        row["keyword_ambiguous"] == "1"
        or min(len(word.replace("-", "")) for word in words if word) < 6
    )


def share(part: float, whole: float) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def table(title: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    print(f"\n{title}")
    for line in lines:
        print(
            "  "
            + "  ".join(
                cell.ljust(width) for cell, width in zip(line, widths, strict=True)
            ).rstrip()
        )


def batches(brands: Iterable[Brand]) -> Iterator[Matcher]:
    every = list(brands)
    for start in range(0, len(every), BRANDS_AT_ONCE):
        yield compile_matcher(every[start : start + BRANDS_AT_ONCE])


def verdicts(matcher: Matcher, names: list[bytes]) -> dict[tuple[int, str], float]:
    """(place in names, brand) → confidence."""
    return {
        (hit.line, hit.match.brand): hit.match.confidence for hit in matcher.scan(b"\n".join(names))
    }


def recall(data: Data) -> None:
    """Pairs found, and pairs that alert, by kind and by what terms the brand has."""
    pairs = data.rows("pairs_dev.csv")
    sure = _sure(data.brands(), [(row["brand_domain"], row["lookalike"]) for row in pairs])
    groups = {row["brand_domain"]: GROUPS[is_short(row)] for row in data.rows("brands_dev.csv")}
    halves = [*HALVES, "by brand"]
    head = ["kind", "pairs", "matched", *halves, ">=0.5", *halves]
    table(
        "Recall (share of real pairs; by brand: mean of the brands' shares)",
        head,
        _recall_rows(pairs, sure, groups),
    )


def _sure(brands: dict[str, Brand], pairs: list[tuple[str, str]]) -> list[float]:
    found: dict[tuple[int, str], float] = {}
    wanted = sorted({domain for domain, _ in pairs if domain in brands})
    for start in range(0, len(wanted), BRANDS_AT_ONCE):
        some = set(wanted[start : start + BRANDS_AT_ONCE])
        places = [at for at, (domain, _) in enumerate(pairs) if domain in some]
        matcher = compile_matcher([brands[domain] for domain in sorted(some)])
        names = [pairs[at][1].encode() for at in places]
        for (line, domain), confidence in verdicts(matcher, names).items():
            found[places[line], domain] = confidence
    return [found.get((at, domain), 0.0) for at, (domain, _) in enumerate(pairs)]


def _by_brand(
    brands: dict[str, Brand], pairs: list[dict[str, str]], catches: Catches
) -> list[bool]:
    places: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(pairs):
        places[row["brand_domain"]].append(at)
    caught = [False] * len(pairs)
    for domain, wanted in places.items():
        found = catches(brands[domain], [pairs[at]["lookalike"] for at in wanted])
        for at, hit in zip(wanted, found, strict=True):
            caught[at] = hit
    return caught


def _recall_rows(
    pairs: list[dict[str, str]], sure: list[float], groups: dict[str, str]
) -> Iterator[list[str]]:
    domains = [row["brand_domain"] for row in pairs]
    for kind in ("all", *GROUPS.values(), *KINDS):
        of_kind = [
            (domains[at], sure[at])
            for at, row in enumerate(pairs)
            if kind in ("all", groups[domains[at]], row["squat_kind"])
        ]
        caught = (_caught(of_kind, least) for least in (0.0, ALERT - 1e-9))
        yield [kind, str(len(of_kind)), *chain.from_iterable(map(_recall_cells, caught))]


def _caught(sure: list[tuple[str, float]], least: float) -> dict[str, list[bool]]:
    """Brand → for each of its pairs whether it is more sure than that."""
    found: dict[str, list[bool]] = defaultdict(list)
    for domain, confidence in sure:
        found[domain].append(confidence > least)
    return found


def _recall_cells(caught: dict[str, list[bool]]) -> Iterator[str]:
    """The share of all pairs, of the pairs of each half, and the mean of the brands' shares."""
    for which in ("both", *HALVES):
        some = [pairs for domain, pairs in caught.items() if which in ("both", half(domain))]
        yield share(sum(map(sum, some)), sum(map(len, some)))
    yield share(sum(map(mean, caught.values())), len(caught))


def holds_term(row: dict[str, str], name: bytes) -> bool:
    """Whether one of the brand's terms stands in the name letter for letter, hyphens apart."""
    words = [row["brand_domain"].split(".")[0], *row["brand_keywords"].split(";")]
    plain = name.decode().replace("-", "")
    return any(word.replace("-", "") in plain for word in words if word)


def false_alarms(data: Data) -> None:
    """Alerts on ordinary names, per million names and brand: mean and median over brands.

    Beside them the mean of those in which no term of the brand stands as it is.
    """
    rows = {row["brand_domain"]: row for row in data.rows("brands_dev.csv")}
    lines: list[list[str]] = []
    for title, file in (
        ("popular", "benign_popular_dev.txt.gz"),
        ("newly registered", "benign_nrd_dev.txt.gz"),
    ):
        names = data.names(file)
        alarms: Counter[str] = Counter()
        unlike: Counter[str] = Counter()
        for matcher in batches(data.brands().values()):
            for (at, domain), confidence in verdicts(matcher, names).items():
                if confidence >= ALERT:
                    alarms[domain] += 1
                    unlike[domain] += not holds_term(rows[domain], names[at])
        for short, group in GROUPS.items():
            for which in HALVES:
                some = [d for d in rows if is_short(rows[d]) == short and half(d) == which]
                rates = [alarms[domain] * 1e6 / len(names) for domain in some]
                worst = ", ".join(
                    f"{d} {alarms[d]}" for d in sorted(some, key=lambda d: -alarms[d])[:3]
                )
                lines.append(
                    [
                        title,
                        group,
                        which,
                        str(len(some)),
                        f"{mean(rates):.2f}",
                        f"{median(rates):.2f}",
                        f"{mean(unlike[domain] for domain in some) * 1e6 / len(names):.2f}",
                        worst,
                    ]
                )
    head = ["names", "terms", "half", "brands", "mean", "median", "no term in it", "worst (count)"]
    table(
        f"False alarms >= 0.5 per million names per brand (every {data.sample}. name)", head, lines
    )


def hosts(data: Data) -> None:
    """Alerts on hosts that a program named, as most in certificates are; made, since no list is.

    And on such as are called as popular domains are, the customers of those who have many.
    """
    rows = {row["brand_domain"]: row for row in data.rows("brands_dev.csv")}
    domains = Random(MACHINES).sample(sorted(rows), MACHINE_BRANDS)
    brands = data.brands()
    matcher = compile_matcher([brands[domain] for domain in domains])
    count = {short: sum(is_short(rows[domain]) == short for domain in domains) for short in GROUPS}
    lines = []
    for kind, names in _hosts(data):
        alarms = Counter(
            is_short(rows[domain])
            for (_, domain), confidence in verdicts(matcher, names).items()
            if confidence >= ALERT
        )
        rates = [f"{alarms[short] * 1e6 / MACHINES / count[short]:.2f}" for short in GROUPS]
        lines.append([kind, *rates])
    head = ["hosts", *GROUPS.values()]
    table("Alerts on made hosts per million names per brand", head, lines)


def _hosts(data: Data) -> Iterator[tuple[str, list[bytes]]]:
    for kind, label in MACHINE_NAMES.items():
        random = Random(MACHINES)
        yield kind, [f"{label(random)}.example.com".encode() for _ in range(MACHINES)]
    drawn = Random(MACHINES).sample(data.names("benign_popular_dev.txt.gz"), MACHINES)
    for kind, domain in TENANTS.items():
        yield kind, [name.partition(b".")[0] + b"." + domain for name in drawn]


def _drawn_letters(random: Random, letters: str, size: int) -> str:
    return "".join(random.choices(letters, k=size))


def adjudicated(data: Data) -> None:
    """Names judged by eye: imitations should alert, unrelated ones should not.

    Of a brand's many new names only some were drawn to be judged, so that a share is told of these
    and, weighted, of all that they were drawn from.
    """
    brands = data.brands()
    cases = [
        (row["label"], row["brand_domain"], row["name"], _drawn_of(row))
        for row in data.rows("nrd_adjudicated_dev.csv")
    ]
    cases += [
        ("hard negative", row["brand_domain"], row["name"], 1.0)
        for row in data.rows("hard_negatives_dev.csv")
    ]
    for _, domain, _, _ in cases:
        brands.setdefault(domain, Brand(domain))
    sure = _sure(brands, [(domain, name) for _, domain, name, _ in cases])
    lines = []
    for label in ("imitation", "mention", "unrelated", "hard negative"):
        cells = [label]
        for which in ("both", *HALVES):
            some = [
                at
                for at, case in enumerate(cases)
                if case[0] == label and which in ("both", half(case[1]))
            ]
            alerts = [at for at in some if sure[at] >= ALERT]
            weights = (sum(cases[at][3] for at in places) for places in (alerts, some))
            cells += [str(len(some)), share(len(alerts), len(some)), share(*weights)]
        lines.append(cells)
    head = ["label", *chain.from_iterable(("n", which, "weighted") for which in ("both", *HALVES))]
    table("Adjudicated names that alert", head, lines)


def _drawn_of(row: dict[str, str]) -> float:
    """For how many names of its brand's pool one that was judged stands."""
    return int(row["pool_size_in_5.86M_nrd"]) / int(row["pool_sampled"])


def drawn(block: bytes, most: int) -> bytes:
    """Slices from all over the names, which are sorted: their head is not like the rest."""
    if not most:
        return block
    size = most // SLICES
    begins = [block.find(b"\n", len(block) * part // SLICES) + 1 for part in range(SLICES)]
    return b"".join(block[at : block.find(b"\n", at + size) + 1] for at in begins)


def speed(data: Data, counts: Iterable[int], most: int, peers: dict[str, Reads]) -> None:
    """From bytes to match objects on one core, in processor time; the peers get names of them."""
    block = drawn(gzip.decompress((data.folder / "names_bulk.txt.gz").read_bytes()), most)
    names = block.count(b"\n")
    half_block = drawn(block, len(block) // 2)
    asked = drawn(block, PEER_BYTES).decode("ascii", "replace").split()
    every = list(data.brands().values())
    lines = []
    for count in counts:
        brands = Random(count).sample(every, count)
        matcher, compiling = _timed(lambda brands=brands: compile_matcher(brands))
        hits, scanning = _timed(lambda matcher=matcher: sum(1 for _ in matcher.scan(block)))
        _, half_way = _timed(lambda matcher=matcher: sum(1 for _ in matcher.scan(half_block)))
        _, alerting = _timed(
            lambda matcher=matcher: sum(1 for _ in matcher.scan(block, least=ALERT))
        )
        rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 - len(block) // 2**20
        times = []
        for peer in peers.values():
            _, peering = _timed(lambda brands=brands, peer=peer: peer(brands, asked))
            times.append(f"{peering / len(asked) * names / scanning:,.0f}")
        lines.append(
            [
                str(count),
                f"{compiling:.2f} s",
                f"{scanning:.2f} s",
                f"{names / scanning / 1e6:.2f} M",
                f"{names / alerting / 1e6:.2f} M",
                f"{scanning / half_way:.2f}",
                str(hits),
                f"{rss} MB",
                *times,
            ]
        )
    head = [
        "brands", "compile", "scan", "names/s", "of alerts alone, warm", "time of all / of half",
        "matches", "peak memory without the block", *[f"times {title}" for title in peers],
    ]  # fmt: skip
    how = "compiled" if IS_COMPILED else "without the compiled sieve"
    table(f"Speed on {names:,} names, one core, processor time, {how}", head, lines)


def _timed(work: Callable[[], Done]) -> tuple[Done, float]:
    begun = time.process_time()
    done = work()
    return done, time.process_time() - begun


def dnstwist_peer() -> Catches:
    """Membership in dnstwist's permutations, also as a host's registrable end."""
    import dnstwist

    def catches(brand: Brand, names: list[str]) -> list[bool]:
        fuzzer = dnstwist.Fuzzer(brand.domain)
        fuzzer.generate()
        known = {str(found["domain"]) for found in fuzzer.domains}
        return [any(name.endswith("." + each) or name == each for each in known) for name in names]

    return catches


def opensquat_peer() -> Catches | None:
    """openSquat's detector at its level 1, with the brand's keywords; None when it is not there."""
    try:
        from opensquat.squatting_detector import SquattingDetector
    except ImportError as error:
        print(f"openSquat is left out: {error}", file=sys.stderr)
        return None
    detector = SquattingDetector(confidence_level=1)

    def catches(brand: Brand, names: list[str]) -> list[bool]:
        found: set[str] = set()
        for word in _words_of(brand):
            found.update(detector.check(word, names))
        return [name in found for name in names]

    return catches


def _words_of(brand: Brand) -> tuple[str, ...]:
    return brand.keywords or (brand.domain.split(".")[0],)


def phishing_catcher_peer(folder: Path) -> Reads:
    """phishing_catcher's score, with the brands' keywords beside its own; from its checkout."""
    sys.path.insert(0, str(folder))
    import catch_phishing
    import yaml

    own = yaml.safe_load((folder / "suspicious.yaml").read_text(encoding="utf-8"))

    def reads(brands: list[Brand], names: list[str]) -> list[int]:
        # From 70 points on a keyword is also looked for with one edit.
        words = {word: 70 for brand in brands for word in _words_of(brand)}
        catch_phishing.suspicious = own | {"keywords": own["keywords"] | words}
        return [catch_phishing.score_domain(name) for name in names]

    return reads


def peers_table(data: Data, peers: dict[str, Catches]) -> None:
    """The peers and hunter on the pairs of some brands, on ordinary names, and by the clock."""
    brands = data.brands()
    some = set(Random(1).sample(sorted(brands), PEER_BRANDS))
    pairs = [row for row in data.rows("pairs_dev.csv") if row["brand_domain"] in some]
    ordinary = [name.decode("ascii", "replace") for name in data.names("benign_nrd_dev.txt.gz")]
    ordinary = Random(1).sample(ordinary, PEER_NAMES)
    lines = []
    for title, catches in {
        "hunter": hunter_catches(0.0),
        "hunter >= 0.5": hunter_catches(ALERT),
        **peers,
    }.items():
        caught = _by_brand(brands, pairs, catches)
        begun = time.perf_counter()
        alarms = sum(
            sum(catches(brands[domain], ordinary)) for domain in sorted(some)[:PEER_ALARMS]
        )
        pace = PEER_NAMES * PEER_ALARMS / (time.perf_counter() - begun)
        cells = [title, share(sum(caught), len(pairs))]
        for kind in KINDS:
            places = [at for at, row in enumerate(pairs) if row["squat_kind"] == kind]
            cells.append(share(sum(caught[at] for at in places), len(places)))
        lines.append([*cells, f"{alarms * 1e6 / PEER_NAMES / PEER_ALARMS:.1f}", f"{pace:,.0f}"])
    head = ["", "all", *KINDS, "alarms/M/brand", "names x brands /s"]
    drawn = f"{PEER_BRANDS} brands drawn, {len(pairs)} pairs"
    note = f"{drawn}; alarms and pace: {PEER_ALARMS} of them singly, {PEER_NAMES:,} new names"
    table(f"Beside the peers ({note})", head, lines)


def hunter_catches(least: float) -> Catches:
    """hunter with one brand at a time, as the peers are asked."""

    def catches(brand: Brand, names: list[str]) -> list[bool]:
        found = verdicts(compile_matcher([brand]), [name.encode() for name in names])
        return (
            [found.get((line, brand.domain), 0.0) > least - 1e-9 for line in range(len(names))]
            if least
            else [(line, brand.domain) in found for line in range(len(names))]
        )

    return catches


def _timed_peers(opensquat: Catches | None, phishing_catcher: Path | None) -> dict[str, Reads]:
    peers: dict[str, Reads] = {}
    if opensquat:
        peers["openSquat"] = lambda brands, names: [opensquat(brand, names) for brand in brands]
    if phishing_catcher:
        peers["phishing_catcher"] = phishing_catcher_peer(phishing_catcher)
    return peers


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the lookalikes")
    parser.add_argument("--quick", action="store_true", help="a sample of everything")
    parser.add_argument("--no-peers", action="store_true", help="leave dnstwist and openSquat out")
    parser.add_argument(
        "--phishing-catcher", type=Path, help="its checkout, to be timed beside; with what it needs"
    )
    parser.add_argument(
        "--only", choices=("recall", "false-alarms", "hosts", "adjudicated", "peers", "speed")
    )
    options = parser.parse_args()
    data = Data(options.data, sample=8 if options.quick else 1)
    opensquat = None if options.no_peers else opensquat_peer()
    if options.only in (None, "speed"):
        # First, for the memory is the most that the process has held so far.
        speed(
            data,
            (10, 100, 1000),
            8_000_000 if options.quick else 0,
            _timed_peers(opensquat, options.phishing_catcher),
        )
    if options.only in (None, "recall"):
        recall(data)
    if options.only in (None, "false-alarms"):
        false_alarms(data)
    if options.only in (None, "hosts"):
        hosts(data)
    if options.only in (None, "adjudicated"):
        adjudicated(data)
    if options.only in (None, "peers") and not options.no_peers:
        peers = {"dnstwist": dnstwist_peer(), "openSquat": opensquat}
        peers_table(data, {title: catches for title, catches in peers.items() if catches})


if __name__ == "__main__":
    main()
