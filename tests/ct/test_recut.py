"""Data tiles whose own lengths lead nowhere, cut by the hashes of their entries."""

import gzip
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.ct.entries import Kind, Undecodable
from hunter.ct.merkle import leaf_hash
from hunter.ct.recut import recut_tile
from hunter.ct.static import decode_tile
from tests.world.ct import FakeLog, Logged, strange


def tile_of(entries: Sequence[Logged]) -> tuple[bytes, bytes]:
    """The data tile and the hash tile of the entries."""
    hashes = b"".join(leaf_hash(entry.leaf) for entry in entries)
    return b"".join(entry.tile_leaf for entry in entries), hashes


def mixed(kinds: str) -> list[Logged]:
    """Certificates (c), precertificates (p) and entries of a type nobody knows (u)."""
    log = FakeLog("log", kind="static")
    for at, kind in enumerate(kinds):
        if kind == "u":
            log.add_entry(strange(f"u{at}.example", log.clock, at))
        else:
            log.grow((f"n{at}.example",), precertificates=kind == "p")
    return log.entries


@pytest.mark.parametrize("kinds", ["u", "cu", "uc", "cpupc", "puuc", "uuuu", "cccccu"])
def test_entries_of_an_unknown_type_are_found_by_their_hashes(kinds: str) -> None:
    """Each is malformed and keeps its names; all others are as in any tile."""
    entries = mixed(kinds)
    tile, hashes = tile_of(entries)
    with pytest.raises(Undecodable):
        decode_tile(tile, 0)
    page = recut_tile(gzip.compress(tile), 0, hashes)
    assert page.leaf_hashes == hashes
    assert page.malformed == tuple(at for at, kind in enumerate(kinds) if kind == "u")
    names = [f"{'u' if kind == 'u' else 'n'}{at}.example" for at, kind in enumerate(kinds)]
    assert page.names.decode().split("\n") == names
    first = page.malformed[0]
    assert (page.entry(first).kind, page.entry(first).malformed) == (Kind.UNKNOWN, True)


def test_a_chain_of_the_wrong_length_costs_no_entry() -> None:
    """Counted in fingerprints, say, which the leaf hash does not cover."""
    tile, hashes = tile_of(mixed("ppc"))
    wrong = tile.replace(b"\x00\x20" + bytes(32), b"\x00\x01" + bytes(32))
    assert recut_tile(wrong, 0, hashes).names == b"n0.example\nn1.example\nn2.example"


def test_a_part_of_a_tile_keeps_its_indices() -> None:
    """Reading goes on in the middle of a tile."""
    tile, hashes = tile_of(mixed("cupc"))
    page = recut_tile(tile, 0, hashes, slice(1, 3))
    assert (page.first, page.names, page.malformed) == (1, b"u1.example\nn2.example", (1,))


@given(st.integers(0, 2000), st.integers(1, 255))
def test_a_changed_byte_never_passes_for_an_entry(at: int, change: int) -> None:
    """What is not hashed may change; what is hashed is found as it was, or not at all."""
    at %= len(TILE)
    spoilt = TILE[:at] + bytes([TILE[at] ^ change]) + TILE[at + 1 :]
    try:
        page = recut_tile(spoilt, 0, HASHES)
    except Undecodable:
        return
    assert (page.leaf_hashes, page.names) == (HASHES, b"n0.example\nu1.example\nn2.example")


TILE, HASHES = tile_of(mixed("pup"))


@given(st.binary(max_size=400))
def test_no_bytes_upset_the_search(data: bytes) -> None:
    """There is one kind of refusal."""
    with pytest.raises(Undecodable):
        recut_tile(data, 0, HASHES)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"\x00\x00\x01\x00\x00\x00\x00\x00\x00\x09" * 100_000, "looked for too long"),
        (b"\x00\x00\x05\x00\x00\x00\x00\x01" * 100_000, "looked for too long"),
        (bytes(17 << 20), "too large"),
        (random.Random(5).randbytes(1 << 20), "no bytes"),
    ],
)
def test_a_tile_made_to_be_searched_for_ever_is_given_up(body: bytes, why: str) -> None:
    """Heads or indices all over, or simply far too large."""
    with pytest.raises(Undecodable, match=why):
        recut_tile(body, 1, HASHES)
