"""What lies in a file until it is written: nothing is lost, and the form is that of a whole."""

import msgspec
import pytest

from hunter import spool
from hunter.spool import Spool

KEPT = {1: [{"a": 1, "told": ["x\ny", 'he said "1"']}, {"b": []}], 2: [{"c": {"d": None}}]}


def whole(frame: object) -> bytes:
    """As it is written at once."""
    return msgspec.json.format(msgspec.json.encode(frame), indent=1)


@pytest.mark.parametrize("room", [1, 8 << 20])
def test_what_is_spliced_is_as_if_it_were_written_at_once(
    room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However deep, whether it lay in memory or on the disk, and in whatever order it came."""
    monkeypatch.setattr(spool, "_IN_MEMORY", room)
    with Spool() as kept:
        kept.add(2, KEPT[2])
        kept.add(1, KEPT[1][:1])
        kept.add(1, iter(KEPT[1][1:]))
        kept.add(3, ())

        assert [kept.holds(number) for number in (1, 2, 3)] == [True, True, False]
        plain = {"n": 7, "some": [1, 2], "text": "[\n 1\n]", "none": []}
        frame = {"deep": [{"one": [1], **plain, "two": [2]}]}
        told = {"deep": [{"one": KEPT[1], **plain, "two": KEPT[2]}]}
        assert b"".join(kept.spliced(frame)) == whole(told)


def test_a_file_is_read_from_its_beginning() -> None:
    """Wherever the writing of it ended."""
    with spool.scratch() as file:
        file.write(b"one two")
        assert b"".join(spool.pieces(file)) == b"one two"
