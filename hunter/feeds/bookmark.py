"""How far a file was read, and whether it is still the same, has grown, or is another by now."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import msgspec

from hunter.feeds import Chunk

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A file's identity and how many of its lines are done. Kept as JSON."""

    digest: str
    """SHA-256 of the first `size` bytes."""
    size: int
    changed: int = 0
    """The file's time of change, in nanoseconds."""
    lines: int = 0
    complete: bool = False
    etag: str = ""
    """What a server calls this version of the file."""
    doubtful: bool = False
    """It is read, but has hardly any names, or another's content: the list itself may yet come."""
    fresh: bool = False
    """More of it may be written: its day is not over, or it was not the same since."""
    counted: int | None = None
    """How many names it had when that was noted of the feed, where it is a list that may grow."""

    limit: int = 0
    """Within how many bytes it could not be read to its end; nothing where it could."""

    day: str = ""
    """Which day's list it is, as YYYY-MM-DD: where another's comes to lie, this is not it."""

    def text(self) -> str:
        """As JSON, for a cursor."""
        return msgspec.json.encode(self).decode()


NOT_HAD = Bookmark("", 0)
"""Of a list that could not be had when it was asked for."""
GIVEN_UP = Bookmark("", 0, complete=True)
"""Of one that could not be had until it was given out no longer."""


def bookmark(text: str | None) -> Bookmark | None:
    """The bookmark in a cursor; None when there is none that can be read."""
    try:
        return msgspec.json.decode(text, type=Bookmark) if text else None
    except msgspec.DecodeError:
        return None


def is_done(path: Path, old: Bookmark | None) -> bool:
    """Whether the file was read to its end, judged by its size and time only. Raises OSError."""
    if old is None or not old.complete:
        return False
    status = path.stat()
    return (status.st_size, status.st_mtime_ns) == (old.size, old.changed)


def placed(path: Path, old: Bookmark | None, *, one_list: bool = False) -> Bookmark:
    """A bookmark behind what was read already of this content, or of the beginning of it.

    It is complete when just this content was read to its end. Whatever comes there is `one_list`,
    or else one list after the other. Raises OSError.
    """
    status = path.stat()
    start, digest = _digests(path, old.size if old else 0, status.st_size)
    counted = old.counted if old and one_list else None
    now = Bookmark(digest, status.st_size, status.st_mtime_ns, counted=counted)
    if old and digest == old.digest:
        return replace(old, size=now.size, changed=now.changed)
    if old and start == old.digest:
        return replace(now, lines=old.lines)
    return now


def _digests(path: Path, start: int, whole: int) -> tuple[str, str]:
    """Of the first `start` bytes, and of the first `whole`."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        _add(digest, file, min(start, whole))
        first = digest.hexdigest()
        _add(digest, file, max(whole - start, 0))
    return first, digest.hexdigest()


def _add(digest: "hashlib._Hash", file: BinaryIO, size: int) -> None:
    while size > 0 and (piece := file.read(min(size, _PIECE))):
        digest.update(piece)
        size -= len(piece)


def after(chunks: Iterator[Chunk], lines: int) -> Iterator[Chunk]:
    """The chunks without the lines that are done."""
    for chunk in chunks:
        done = lines + 1 - chunk.first_line
        if done <= 0:
            yield chunk
        elif done < chunk.lines:
            yield _rest(chunk, done)


def _rest(chunk: Chunk, done: int) -> Chunk:
    start = done
    for line in chunk.further:
        start += line <= start
    names = chunk.names.split(b"\n", start)[start]
    further = tuple(line - start for line in chunk.further if line > start)
    left = chunk.lines - done
    return Chunk(names, chunk.first_line + done, left, chunk.open_end, further)


def closed(names: bytes) -> bytes:
    """Without a last line that may not be written to its end yet."""
    return names[: names.rfind(b"\n") + 1]
