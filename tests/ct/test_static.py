"""Static logs: checkpoints with strangers' lines, tile paths and tiles."""

import base64
import gzip
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from hunter.ct import loglist, static
from hunter.ct.entries import Kind, Undecodable
from hunter.ct.merkle import HASH, Tree, leaf_hash
from hunter.ct.names_tiles import decode_names_tile
from hunter.ct.treehead import BadTreeHead, NoTreeHead
from tests.world.ct import FakeLog
from tests.world.ct_material import MATERIAL, needs_material
from tests.world.http import Request

REFUSED = (BadTreeHead, NoTreeHead)
"""Of the log that signed it, and of what nobody signed."""
LOG = FakeLog("one", kind="static", gzipped=False)
LOG.grow(("a.example",), ("b.example", "c.example"))
LOG.grow(("d.example",), precertificates=True)


def body(path: str) -> bytes:
    return LOG.answer(Request("GET", path, {}, b"")).body


CHECKPOINT = body("checkpoint").decode()
TILE = body("tile/data/000.p/3")


def read(text: str) -> int:
    return static.read_checkpoint(text.encode(), LOG.origin, LOG.spki).size


def test_only_the_logs_own_signature_line_counts() -> None:
    """GREASE, strangers and an ML-DSA line of 3 KB stand around it."""
    assert len(static.parse_note(CHECKPOINT.encode()).signatures) == 4
    assert read(CHECKPOINT) == 3


def lines_reversed(text: str) -> str:
    head, _, lines = text.rpartition("\n\n")
    return head + "\n\n" + "\n".join(reversed(lines.splitlines())) + "\n"


def test_the_order_of_signature_lines_does_not_matter() -> None:
    """Production logs shuffle them."""
    assert read(lines_reversed(CHECKPOINT)) == 3


def test_many_and_long_lines_of_others_are_put_up_with() -> None:
    """Sixteen witnesses, and one line of 100 KB."""
    more = "".join(f"— witness{at}.example AAAAAAAA\n" for at in range(16))
    assert read(CHECKPOINT + more + f"— big.example {'A' * 100_000}\n") == 3
    assert read(CHECKPOINT + "— odd.example not-base64\n") == 3


OWN = next(line for line in CHECKPOINT.splitlines() if len(line) > 120 and len(line) < 400)


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "\n\n",
        CHECKPOINT.replace("\n3\n", "\n4\n"),
        CHECKPOINT.replace("\n3\n", "\n03\n"),
        CHECKPOINT.replace("\n3\n", "\n-3\n"),
        CHECKPOINT.replace("\n3\n", "\n³\n"),
        CHECKPOINT.replace("\n3\n", f"\n{'9' * 5000}\n"),
        CHECKPOINT.replace(OWN + "\n", ""),
        CHECKPOINT.replace(OWN, OWN[:-8] + "AAAAAAA="),
        CHECKPOINT + OWN[:-8] + "AAAAAAA=\n",
        CHECKPOINT.removesuffix("\n"),
        CHECKPOINT.replace("\n\n", "\nextension\n\n"),
        CHECKPOINT.replace("— ", "- "),
        "other" + CHECKPOINT,
        CHECKPOINT + "— x " + "A" * (2 << 20) + "\n",
    ],
)
def test_a_spoilt_checkpoint_is_refused(spoilt: str) -> None:
    """A bad own signature refuses it even beside a good one."""
    with pytest.raises(REFUSED):
        read(spoilt)


@given(st.integers(0, len(CHECKPOINT.encode()) - 1), st.integers(1, 255))
def test_a_changed_byte_never_gives_another_tree(at: int, change: int) -> None:
    """It is refused, or lay in a stranger's line."""
    data = bytearray(CHECKPOINT.encode())
    data[at] ^= change
    try:
        head = static.read_checkpoint(bytes(data), LOG.origin, LOG.spki)
    except REFUSED:
        return
    assert (head.size, head.root) == (3, LOG.tree.root(0, 3))


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_upset_the_checkpoint_parser(data: bytes) -> None:
    """There are two kinds of refusal."""
    with pytest.raises(REFUSED):
        static.read_checkpoint(data, LOG.origin, LOG.spki)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (static.tile_path(0, 5), "tile/0/005"),
        (static.tile_path("data", 1_234_067), "tile/data/x001/x234/067"),
        (static.tile_path("names", 1000, 10), "tile/names/x001/000.p/10"),
        (static.tile_path(2, 999), "tile/2/999"),
        (static.tile_path("data", 1_000_000), "tile/data/x001/x000/000"),
    ],
)
def test_tile_paths_are_those_of_the_standard(path: str, expected: str) -> None:
    """Groups of three digits, all but the last with an x."""
    assert path == expected


@pytest.mark.parametrize("packed", [TILE, gzip.compress(TILE)])
def test_a_data_tile_is_read_gzipped_or_not(packed: bytes) -> None:
    """Both entry types; nobody need say that it is gzip."""
    page = static.decode_tile(packed, 0)
    assert page.names == b"a.example\nb.example\nc.example\nd.example"
    assert page.leaf_hashes == b"".join(LOG.tree.hashes)
    assert page.entry(2).kind is Kind.PRECERTIFICATE
    assert page.malformed == ()


def test_a_part_of_a_tile_keeps_its_indices() -> None:
    """Reading goes on in the middle of a tile that has grown."""
    page = static.decode_tile(TILE, 0, slice(1, 3))
    assert (page.first, len(page), page.entry(0).names) == (1, 2, ("b.example", "c.example"))
    assert page.malformed == ()


def test_entries_that_tell_another_index_are_malformed() -> None:
    """The leaf_index extension is checked against the place in the tile."""
    assert static.decode_tile(TILE, 512).malformed == (512, 513, 514)
    assert static.decode_tile(TILE, 512, slice(2, 3)).malformed == (514,)


def test_an_archived_tile_may_lack_the_index() -> None:
    """Then there is nothing to check."""
    old = TILE.replace(b"\x00\x08\x00\x00\x05" + bytes(5), b"\x00\x00")
    assert len(old) < len(TILE)
    assert static.decode_tile(old, 0).malformed == ()


@given(st.integers(1, len(TILE) - 1))
def test_a_tile_cut_short_is_undecodable_or_shorter(length: int) -> None:
    """It never gives an entry that is not there."""
    try:
        page = static.decode_tile(TILE[:length], 0)
    except Undecodable:
        return
    assert len(page) < 3


def test_what_lies_beyond_the_wanted_entries_is_not_looked_at() -> None:
    """Neither garbage behind those that were asked for nor behind as many as a tile may hold."""
    assert static.decode_tile(TILE + b"\xff" * 60, 0, slice(0, 3)) == static.decode_tile(TILE, 0)
    assert len(static.decode_tile(bytes(17) * 256 + b"\xff" * 60, 0)) == 256


@given(st.binary(max_size=200))
def test_no_bytes_upset_the_tile_decoder(data: bytes) -> None:
    """There are two kinds of refusal."""
    try:
        static.decode_tile(data, 0)
    except Undecodable:
        return


def test_broken_gzip_is_undecodable() -> None:
    """Cut short, or no gzip behind the magic number."""
    for broken in (gzip.compress(TILE)[:-20], b"\x1f\x8bnonsense"):
        with pytest.raises(Undecodable):
            static.decode_tile(broken, 0)


def test_a_gzip_bomb_is_undecodable() -> None:
    """Not a tenth of a gigabyte for a hundred kilobytes."""
    with pytest.raises(Undecodable):
        static.unpack(gzip.compress(bytes(100 << 20), 1))


@needs_material
def test_all_production_checkpoints_verify() -> None:
    """Eleven of 2026-09-27, with the keys of the list of 2026-08-20."""
    listed = loglist.read((MATERIAL / "loglists" / "gstatic_v3_all_logs_list.json").read_bytes())
    keys = {log.origin: log.key for log in listed.logs}
    found = sorted((MATERIAL / "checkpoints-2026-09-27").iterdir())
    assert len(found) == 11
    for path in found:
        checkpoint = path.read_bytes()
        origin = checkpoint.partition(b"\n")[0].decode()
        assert static.read_checkpoint(checkpoint, origin, keys[origin]).size > 10**6


@needs_material
@pytest.mark.parametrize(
    ("name", "size"), [("rome2024h1", 115_474_666), ("willow2025h1b-with-grease", 1_237_717_073)]
)
def test_other_real_checkpoints_verify(name: str, size: int) -> None:
    """One of them with GREASE lines under its own name."""
    folder = MATERIAL / "sth-and-checkpoints"
    checkpoint = (folder / f"{name}.checkpoint").read_bytes()
    origin = checkpoint.partition(b"\n")[0].decode()
    key = base64.b64decode((folder / f"{name}.key.b64").read_text())
    assert static.read_checkpoint(checkpoint, origin, key).size == size


@needs_material
def test_the_negative_checkpoint_is_refused() -> None:
    """Its key ID is right and its signature is not."""
    folder = MATERIAL / "sth-and-checkpoints"
    checkpoint = (folder / "sycamore2026h1.checkpoint").read_bytes()
    origin = checkpoint.partition(b"\n")[0].decode()
    key = base64.b64decode((folder / "sycamore2026h1.key.b64").read_text())
    with pytest.raises(BadTreeHead, match="not signed"):
        static.read_checkpoint(checkpoint, origin, key)


NAVIGLI = MATERIAL / "static-navigli2025h2" / "tile"


@needs_material
@pytest.mark.parametrize(
    ("tile", "first", "count"),
    [
        ("000", 0, 256),
        ("001", 256, 256),
        ("002", 512, 256),
        ("003", 768, 256),
        ("003.p/10", 768, 10),
    ],
)
def test_real_tiles_agree_with_their_names_and_hashes(tile: str, first: int, count: int) -> None:
    """Navigli 2025h2: 1,034 entries, names, times and leaf hashes."""
    page = static.decode_tile((NAVIGLI / "data" / tile).read_bytes(), first)
    names = decode_names_tile((NAVIGLI / "names" / tile).read_bytes(), first)
    assert len(page) == len(names) == count
    assert page.names == names.names
    assert page.timestamps == names.timestamps
    lines = range(page.names.count(b"\n") + 1)
    assert [*map(page.entry_of_line, lines)] == [*map(names.entry_of_line, lines)]
    assert page.leaf_hashes == (NAVIGLI / "0" / tile).read_bytes()
    assert page.malformed == ()


@needs_material
def test_a_real_tile_of_precertificates_parses() -> None:
    """TesseraCT's example: entries 1024 to 1279."""
    tile = (MATERIAL / "static-tesseract-example" / "example_tile").read_bytes()
    page = static.decode_tile(tile, 1024)
    assert (len(page), page.malformed) == (256, ())
    assert {page.entry(at).kind for at in range(256)} == {Kind.PRECERTIFICATE}


@needs_material
def test_every_state_of_the_growing_log_verifies() -> None:
    """Sixteen Ed25519 checkpoints: notes parse, and the trees are those of the entries."""
    folder = MATERIAL / "tlog-growing-tesseract"
    key = base64.b64decode("AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")
    for size in range(16):
        note = static.parse_note((folder / f"checkpoint.{size}").read_bytes())
        origin, told, root, _ = note.text.split("\n")
        own = next(one for one in note.signatures if one.name == origin)
        assert own.key_id == sha256(origin.encode() + b"\n" + key).digest()[:4]
        Ed25519PublicKey.from_public_bytes(key[1:]).verify(own.signature, note.text.encode())
        tree = Tree()
        if size:
            bundle = (folder / "tile" / "entries" / "000.p" / str(size)).read_bytes()
            tree = tree.append(b"".join(leaf_hash(entry) for entry in bundle_entries(bundle)))
            tile = (folder / "tile" / "0" / "000.p" / str(size)).read_bytes()
            assert len(tile) == size * HASH
            assert Tree().append(tile) == tree
        assert (int(told), base64.b64decode(root)) == (size, tree.root())


def bundle_entries(bundle: bytes) -> list[bytes]:
    entries = []
    while bundle:
        end = 2 + int.from_bytes(bundle[:2], "big")
        entries.append(bundle[2:end])
        bundle = bundle[end:]
    return entries
