"""Names tiles: names without certificates."""

import gzip

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hunter.ct.entries import Undecodable
from hunter.ct.names_tiles import decode_names_tile

TILE = b"""{"Timestamp":1,"Subject":{"CommonName":"a.example"},"DNS":["a.example","b.example"]}
{"Timestamp":2,"Subject":{"Country":["FR"]},"IP":["10.0.0.1"]}
{"Timestamp":3,"Subject":{"CommonName":"old.example"}}
{"Timestamp":4,"DNS":["odd\\nname.example","d.example"],"New":true}
"""


@pytest.mark.parametrize("body", [TILE, gzip.compress(TILE)])
def test_names_are_lines_in_entry_order(body: bytes) -> None:
    """A common name comes last and only once; entries may have none."""
    page = decode_names_tile(body, 256)
    assert page.names == b"a.example\nb.example\nold.example\nname.example\nd.example"
    assert [page.entry_of_line(line) for line in range(5)] == [0, 0, 2, 3, 3]
    assert (page.first, len(page), page.timestamps) == (256, 4, (1, 2, 3, 4))


def test_a_part_of_a_tile_keeps_its_indices() -> None:
    """Reading goes on in the middle of a tile."""
    page = decode_names_tile(TILE, 256, slice(2, 4))
    assert (page.first, page.timestamps) == (258, (3, 4))
    assert page.names == b"old.example\nname.example\nd.example"


@pytest.mark.parametrize("width", [2, 3, 5])
def test_a_tile_of_another_length_is_refused(width: int) -> None:
    """Nobody knows whose names the lines are then; only a full tile may stand for a part."""
    with pytest.raises(Undecodable, match="names of 4 entries"):
        decode_names_tile(TILE, 256, slice(0, width))
    full = decode_names_tile(TILE * 64, 256, slice(0, width))
    assert len(full) == width


@example(b'{"x": ' + b"[" * 100_000)
@given(st.binary(max_size=100))
def test_no_bytes_upset_the_decoder(body: bytes) -> None:
    """There is one kind of refusal."""
    try:
        page = decode_names_tile(body, 0)
    except Undecodable:
        return
    assert len(page) == len(page.timestamps)
