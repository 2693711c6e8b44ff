"""Read log pages the whole way on one core, and print how many entries a second.

    python benchmarks/ct.py [--data DIR] [--rounds 9]

From the bytes as they come from the socket: decoding, leaf hashes, tree, root check against a
signed tree head, names, and matching with 25 brands. Beside it the same work with names read by
`cryptography`. DIR holds real tiles and entries (`static-*/`, `certstream-rust-live/`); without it
a log is made here. The median round is printed, in processor time. None of the 25 brands is a
hosting platform: a page full of one's own names costs what its thousand hits cost.
"""

import argparse
import base64
import gzip
import json
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from typing import TypeAlias

from cryptography import x509

sys.path.insert(0, str(Path(__file__).parents[1]))

from hunter.ct import rfc6962, static
from hunter.ct.entries import Page
from hunter.ct.merkle import Tree
from hunter.ct.rfc6962 import decode_page, read_tree_head
from hunter.ct.static import decode_tile, read_checkpoint
from hunter.ct.treehead import TreeHead
from hunter.matching import Matcher, compile_matcher
from hunter.model import Brand
from tests.world.ct import FakeLog, Merkle, certificate
from tests.world.http import Request

PAGE = 256
PAGES = 5
WORDS = (
    "en-marche",
    "macron",
    "elysee",
    "paypal",
    "onedrive",
    "microsoft",
    "google",
    "renaissance",
    "facebook",
    "apple",
    "netflix",
    "dropbox",
    "linkedin",
    "twitter",
    "instagram",
    "whatsapp",
    "telegram",
    "adobe",
    "docusign",
    "wellsfargo",
    "citibank",
    "hsbc",
    "barclays",
    "santander",
    "coinbase",
)
BRANDS = tuple(Brand(domain=f"{word}.com", keywords=(word,)) for word in WORDS)


@dataclass(frozen=True)
class Work:
    """Bodies of 256 entries each, how to decode one, and the signed head over all of them.

    `leaves` only cuts a body into its leaves, for those who read the names otherwise.
    """

    name: str
    bodies: Sequence[bytes]
    decode: Callable[[bytes, int], Page]
    leaves: Callable[[bytes], list[bytes]]
    head: Callable[[], TreeHead]

    @property
    def entries(self) -> int:
        """How many there are in all bodies."""
        return len(self.bodies) * PAGE


def made_here() -> FakeLog:
    """A log of certificates of about a kilobyte, two names each."""
    fake = FakeLog("bench", page=PAGE)
    for serial in range(PAGE * PAGES):
        names = (f"www.shop{serial}-{WORDS[serial % 25][:3]}.example", f"shop{serial}.example")
        found = certificate(names, serial + 1, padding_bytes=600)
        fake.add(found, names, precertificate=serial % 2 == 0)
    fake.publish()
    return fake


def answer(fake: FakeLog, path: str) -> bytes:
    return fake.answer(Request("GET", path, {}, b"")).body


def head_of(leaf_hashes: bytes) -> FakeLog:
    """A log with these leaves, for the sake of its signature."""
    fake = FakeLog("head")
    fake.tree = Merkle()
    fake.tree.hashes = [leaf_hashes[at : at + 32] for at in range(0, len(leaf_hashes), 32)]
    fake.publish(len(fake.tree.hashes))
    return fake


def real_tiles(data: Path) -> list[bytes]:
    navigli = data / "static-navigli2025h2" / "tile" / "data"
    paths = [navigli / f"00{number}" for number in range(4)]
    return [path.read_bytes() for path in (*paths, data / "static-tesseract-example/example_tile")]


def real_pages(data: Path, tiles: Sequence[bytes]) -> list[bytes]:
    """Pages of the real entries; those out of tiles get the chains of the others."""
    live = json.loads((data / "certstream-rust-live" / "live_ct.json").read_text())
    leaves = [base64.b64decode(one["leaf_input"]) for one in live]
    leaves += [leaf[1:] for tile in tiles for leaf in leaves_of_tile(tile)]
    chains = cycle([one["extra_data"] for one in live])
    entries = [
        {"leaf_input": base64.b64encode(leaf).decode(), "extra_data": next(chains)}
        for leaf in leaves
    ]
    whole = len(entries) // PAGE * PAGE
    starts = range(0, whole, PAGE)
    return [json.dumps({"entries": entries[at : at + PAGE]}).encode() for at in starts]


def works(data: Path | None) -> Iterator[Work]:
    """Pages, gzipped pages and gzipped tiles, real ones or made here."""
    if data:
        tiles = real_tiles(data)
        pages = real_pages(data, tiles)
    else:
        fake = made_here()
        starts = range(0, PAGE * PAGES, PAGE)
        pages = [answer(fake, f"ct/v1/get-entries?start={at}&end={at + PAGE - 1}") for at in starts]
        leaves = (b"".join(one.tile_leaf for one in fake.entries[at : at + PAGE]) for at in starts)
        tiles = list(leaves)
    packed = [gzip.compress(tile) for tile in tiles]
    zipped = [gzip.compress(page) for page in pages]
    yield work_of("rfc6962", "RFC 6962 pages (JSON)", pages, decode_page, leaves_of_page)
    yield work_of(
        "rfc6962",
        "RFC 6962 pages (gzip)",
        zipped,
        lambda body, first: decode_page(gzip.decompress(body), first),
        lambda body: leaves_of_page(gzip.decompress(body)),
    )
    yield work_of("static", "static tiles (gzip)", packed, decode_tile, leaves_of_tile)


def leaves_of_page(body: bytes) -> list[bytes]:
    return [b"\0" + entry.leaf_input for entry in rfc6962._entries.decode(body).entries]  # noqa: SLF001


def leaves_of_tile(body: bytes) -> list[bytes]:
    return static._leaves(static.unpack(body), 0)[0]  # noqa: SLF001


def work_of(
    kind: str,
    name: str,
    bodies: list[bytes],
    decode: Callable[[bytes, int], Page],
    leaves: Callable[[bytes], list[bytes]],
) -> Work:
    fake = head_of(b"".join(decode(body, at * PAGE).leaf_hashes for at, body in enumerate(bodies)))
    fake.kind = kind
    body = answer(fake, "checkpoint" if kind == "static" else "ct/v1/get-sth")
    if kind == "static":
        return Work(
            name, bodies, decode, leaves, lambda: read_checkpoint(body, fake.origin, fake.spki)
        )
    return Work(name, bodies, decode, leaves, lambda: read_tree_head(body, fake.spki))


def by_hunter(work: Work, body: bytes, first: int) -> tuple[bytes, bytes]:
    """Leaf hashes and names of a body."""
    page = work.decode(body, first)
    return page.leaf_hashes, page.names


def by_cryptography(work: Work, body: bytes, _first: int) -> tuple[bytes, bytes]:
    """The same with names as `cryptography` reads them."""
    leaves = work.leaves(body)
    names = [name for leaf in leaves for name in _parsed(leaf)]
    return b"".join(sha256(leaf).digest() for leaf in leaves), "\n".join(names).encode()


Way: TypeAlias = Callable[[Work, bytes, int], tuple[bytes, bytes]]


def read(work: Work, matcher: Matcher | None, way: Way) -> None:
    """All bodies the whole way."""
    tree = Tree()
    head = work.head()
    blocks = []
    for body in work.bodies:
        hashes, names = way(work, body, tree.size)
        tree = tree.append(hashes)
        blocks.append(names)
    if matcher:
        # All pages of a window are matched together once they are proven, as the daemon does it.
        for _ in matcher.scan(b"\n".join(blocks)):
            pass
    assert (tree.size, tree.root()) == (head.size, head.root)


def _parsed(leaf: bytes) -> list[str]:
    # A TBS is dressed as a certificate first: `cryptography` reads nothing else.
    precertificate = leaf[12] == 1
    start = 48 if precertificate else 16
    der = leaf[start : start + int.from_bytes(leaf[start - 3 : start], "big")]
    if precertificate:
        content = der + bytes.fromhex("300d06092a864886f70d01010b0500030100")
        size = (len(content).bit_length() + 7) // 8
        der = b"\x30" + bytes([128 | size]) + len(content).to_bytes(size, "big") + content
    try:
        extensions = x509.load_der_x509_certificate(der).extensions
        names = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return names.get_values_for_type(x509.DNSName)
    except (ValueError, x509.ExtensionNotFound):
        return []


WAYS = (
    (f"all the way, {len(BRANDS)} brands", True, by_hunter),
    ("without matching", False, by_hunter),
    ("with cryptography", True, by_cryptography),
    ("with cryptography, without matching", False, by_cryptography),
)


def speed(work: Work, matcher: Matcher | None, way: Way, rounds: int) -> str:
    """Entries per second of the median round, in words."""
    read(work, matcher, way)
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        read(work, matcher, way)
        taken.append(time.process_time() - start)
    median = statistics.median(taken) / work.entries
    return f"{1 / median:>9,.0f} entries/s  {median * 1e6:6.1f} us each"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    matcher = compile_matcher(BRANDS)
    for work in works(options.data):
        print(work.name)
        for label, with_matcher, way in WAYS:
            found = speed(work, matcher if with_matcher else None, way, options.rounds)
            print(f"  {label:<37}{found}")


if __name__ == "__main__":
    main()
