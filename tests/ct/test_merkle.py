"""The collapsed tree against the definition, and proofs against trees."""

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.ct import rfc6962
from hunter.ct.merkle import (
    HASH,
    TILE,
    Disproved,
    Tree,
    bridge,
    extend,
    from_consistency,
    from_inclusion,
    leaf_hash,
    load,
    node_hash,
    tile_width,
    verify_consistency,
)
from tests.world.ct import Merkle
from tests.world.ct_material import MATERIAL, needs_material

NAIVE = Merkle(b"leaf %d" % at for at in range(700))
sizes = st.integers(0, 700)


def tree_of(size: int) -> Tree:
    return Tree().append(b"".join(NAIVE.hashes[:size]))


@given(st.lists(st.integers(0, 300), max_size=6).filter(lambda parts: sum(parts) <= 700))
def test_appending_in_any_portions_gives_the_definition(parts: list[int]) -> None:
    """The root after each portion is MTH of RFC 6962 2.1."""
    tree = Tree()
    for part in parts:
        tree = tree.append(b"".join(NAIVE.hashes[tree.size : tree.size + part]))
        assert tree.root() == NAIVE.root(0, tree.size)
    assert len(tree.nodes) == tree.size.bit_count()


def test_a_node_and_a_leaf_are_hashed_apart() -> None:
    """Their prefixes keep a leaf from passing for a node."""
    assert leaf_hash(b"leaf 0") == NAIVE.hashes[0]
    assert node_hash(NAIVE.hashes[0], NAIVE.hashes[1]) == NAIVE.root(0, 2)


@given(sizes)
def test_a_tree_survives_being_stored(size: int) -> None:
    """Eight bytes of size and 32 for every node."""
    tree = tree_of(size)
    assert load(tree.dump()) == tree


@given(st.binary(max_size=80))
def test_a_damaged_tree_is_refused(dumped: bytes) -> None:
    """Whatever is loaded, is a possible tree."""
    try:
        tree = load(dumped)
    except Disproved:
        return
    assert tree.dump() == dumped


def test_hashes_that_do_not_fit_are_refused() -> None:
    """Half a hash, or a subtree beside odd leaves."""
    with pytest.raises(ValueError, match="do not fit"):
        Tree().append(b"x" * 31)
    with pytest.raises(ValueError, match="do not fit"):
        tree_of(3).append(b"x" * HASH, level=1)


@given(st.integers(1, 700))
def test_the_last_entrys_audit_path_is_the_right_edge(size: int) -> None:
    """So a monitor can start at the end of a log without reading it."""
    path = NAIVE.path(size - 1, 0, size)
    assert from_inclusion(NAIVE.hashes[size - 1], size, path) == tree_of(size)
    with pytest.raises(Disproved):
        from_inclusion(NAIVE.hashes[size - 1], size, [*path, bytes(HASH)])


pairs = st.tuples(st.integers(1, 700), st.integers(1, 700)).map(sorted)


@given(pairs)
def test_a_consistency_proof_is_accepted(pair: list[int]) -> None:
    """For every two sizes, as the log would make it."""
    old, new = pair
    proof = NAIVE.proof(old, 0, new)
    verify_consistency(NAIVE.root(0, old), old, NAIVE.root(0, new), new, proof)


@given(pairs, st.integers(0, 20), st.booleans())
def test_a_spoilt_consistency_proof_is_refused(pair: list[int], at: int, shorter: bool) -> None:
    """One node changed, or one missing."""
    old, new = pair
    proof = NAIVE.proof(old, 0, new)
    if not proof:
        return
    at %= len(proof)
    spoilt = proof[:at] + ([] if shorter else [bytes(HASH)]) + proof[at + 1 :]
    with pytest.raises(Disproved):
        verify_consistency(NAIVE.root(0, old), old, NAIVE.root(0, new), new, spoilt)


def test_two_roots_for_one_size_are_a_contradiction() -> None:
    """A proof of nothing proves nothing else."""
    with pytest.raises(Disproved):
        verify_consistency(bytes(32), 5, NAIVE.root(0, 5), 5, [])
    with pytest.raises(Disproved):
        verify_consistency(NAIVE.root(0, 5), 5, NAIVE.root(0, 3), 3, [bytes(32)])


@given(pairs)
def test_a_consistency_proof_holds_the_older_tree(pair: list[int]) -> None:
    """Except from a power of two, and from the same size."""
    old, new = pair
    proof = NAIVE.proof(old, 0, new)
    if old == new or old.bit_count() == 1:
        with pytest.raises(Disproved):
            from_consistency(old, new, proof, NAIVE.root(0, new))
    else:
        assert from_consistency(old, new, proof, NAIVE.root(0, new)) == tree_of(old)
        with pytest.raises(Disproved):
            from_consistency(old, new, proof, bytes(HASH))


BIG = Merkle(b"%d" % at for at in range(70_000))


def big_tile(level: int, index: int, size: int) -> bytes:
    unit, first = TILE**level, index * TILE
    last = first + tile_width(level, index, size)
    return b"".join(BIG.root(at * unit, (at + 1) * unit) for at in range(first, last))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (0, 0),
        (0, 1),
        (0, 256),
        (0, 65_536),
        (0, 69_999),
        (1, 2),
        (255, 257),
        (256, 65_537),
        (300, 69_000),
        (65_535, 65_536),
        (65_537, 70_000),
        (511, 66_000),
    ],
)
def test_hash_tiles_carry_a_tree_to_any_size(start: int, end: int) -> None:
    """Through three levels, with partial tiles at the edge."""
    tree = Tree().append(b"".join(BIG.hashes[:start]))
    for span in bridge(start, end):
        tree = extend(tree, span, big_tile(span.level, span.index, end))
    assert (tree.size, tree.root()) == (end, BIG.root(0, end))


def test_a_hash_tile_that_is_too_short_is_refused() -> None:
    """The log promised more."""
    span = next(iter(bridge(0, 10)))
    with pytest.raises(Disproved):
        extend(Tree(), span, bytes(9 * HASH))


@pytest.mark.parametrize(
    ("level", "index", "size", "width"),
    [(0, 0, 0, 0), (0, 0, 256, 256), (0, 1, 300, 44), (1, 0, 70_000, 256), (1, 1, 70_000, 17)],
)
def test_a_tiles_width_follows_from_the_trees_size(
    level: int, index: int, size: int, width: int
) -> None:
    """Clients never invent widths."""
    assert tile_width(level, index, size) == width


@needs_material
def test_the_real_icarus_proof_leads_from_one_head_to_the_other() -> None:
    """129,596,132 to 129,721,434 entries, November 2017."""
    folder = MATERIAL / "sth-and-checkpoints"
    key = b64decode((folder / "icarus-2017-a.key.b64").read_text())
    old, new = (
        rfc6962.read_tree_head((folder / f"icarus-2017-{which}.get-sth.json").read_bytes(), key)
        for which in "ab"
    )
    name = f"icarus-2017.get-sth-consistency-{old.size}-{new.size}.json"
    proof = rfc6962.read_consistency((folder / name).read_bytes())
    verify_consistency(old.root, old.size, new.root, new.size, proof)
    assert from_consistency(old.size, new.size, proof, new.root).root() == old.root
