"""Entries that no parser accepts, kept to be looked at."""

import base64
import json

from hunter.ct.entries import page
from hunter.ct.malformed import Malformed, load_malformed


def broken(count: int, first: int = 0) -> Malformed:
    found = Malformed()
    found.add(page(first, [b"\0\0\0" + b"\x01at-%d.example" % at for at in range(count)]))
    return found


def test_they_are_counted_and_the_latest_kept_with_their_bytes() -> None:
    """Twenty of them; the count goes on."""
    found = broken(30, first=100)
    assert (found.count, len(found.kept), found.latest) == (30, 20, 129)
    last = found.kept[-1]
    assert last.names == ("at-29.example",)
    assert base64.b64decode(last.bytes).endswith(b"at-29.example")
    assert last.length == len(base64.b64decode(last.bytes))


def test_bytes_that_are_cut_are_said_to_be() -> None:
    """The length is that of the whole entry."""
    found = Malformed()
    found.add(page(0, [b"\0\1" + bytes(9000)]))
    (only,) = found.kept
    assert (len(base64.b64decode(only.bytes)), only.length) == (4096, 9002)


def test_they_survive_being_stored() -> None:
    """In a cursor; lost ones start anew."""
    found = broken(3)
    assert load_malformed(found.dump()) == found
    early = {"index": 1, "timestamp": 2, "entry": "unknown", "names": [], "bytes": "AA=="}
    assert load_malformed(json.dumps({"count": 1, "kept": [early]})).kept[0].length == 0
    for lost in (None, "", "[]", "{", '{"count": "x", "kept": []}'):
        assert load_malformed(lost) == Malformed()


def test_an_entry_given_again_is_counted_once() -> None:
    """After a restart, pages are read again."""
    found = broken(3)
    found.add(page(1, [b"\0\0\0\x01again.example"]))
    assert found.count == 3


def test_a_page_full_of_them_given_again_is_counted_once() -> None:
    """Also those of which nothing is kept."""
    found = broken(30)
    found.add(page(0, [b"\0\0\0\x01at.example"] * 31))
    assert (found.count, found.latest) == (31, 30)
