"""Read lists of names in whatever wrapping, in constant memory. Knows no network.

A feed is hostile: whatever its bytes, nothing is raised, memory stays bounded, and the good names
before the trouble are delivered. What was wrong is told by the final `FeedShape`.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from hunter.feeds.kinds import Kind, sniff
from hunter.feeds.limits import BadText, Limits, Trouble
from hunter.feeds.lines import Block, blocks
from hunter.feeds.wrapping import Tap, texts, wrapping_of

__all__ = ["Chunk", "FeedShape", "Limits", "Reading", "read"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Names joined by newlines, in UTF-8: one for each line of the feed, or an empty line.

    A row of a hosts file may have several, each on a line of its own.
    """

    names: bytes
    first_line: int
    """The number of the first of them in the feed, counted from 1."""
    lines: int
    """How many lines of the feed these are."""
    open_end: bool = False
    """The last line does not end with a newline: more of it may be written yet."""
    further: tuple[int, ...] = ()
    """Which lines of the names, counted from 0, are a further name of the feed's line before."""


@dataclass(frozen=True, slots=True)
class FeedShape:
    """What a feed was found to be, as far as it was read."""

    wrapping: str = "plain"
    """plain, gzip, zstd or zip."""
    kind: str = "plain"
    """plain, framed, table or zone."""
    lines: int = 0
    names: int = 0
    broken: int = 0
    """Lines that are neither a name nor a comment, with those that are too long."""
    overlong: int = 0
    """Lines over the limit, which were passed over without being held."""
    trouble: str | None = None
    """Why the feed could not be read to its end; what came before was delivered."""


class Reading:
    """A feed being read: iterate over it once; `shape` tells what was seen so far."""

    def __init__(self, source: Path | BinaryIO, limits: Limits, column: str | None) -> None:
        self.shape = FeedShape()
        self._source = source
        self._limits = limits
        self._column = column
        self._tap: Tap | None = None

    @property
    def taken(self) -> int:
        """How many bytes of the source were read, before any decompression."""
        return self._tap.taken if self._tap else 0

    def __iter__(self) -> Iterator[Chunk]:
        with ExitStack() as open_files:
            try:
                tap = self._tap = Tap(self._opened(open_files))
                self.shape = replace(self.shape, wrapping=wrapping_of(tap.peek()))
                yield from self._chunks(tap)
            except Trouble as trouble:
                self.shape = replace(self.shape, trouble=str(trouble))

    def _opened(self, open_files: ExitStack) -> BinaryIO:
        if not isinstance(self._source, Path):
            return self._source
        try:
            return open_files.enter_context(self._source.open("rb"))
        except OSError as error:
            raise Trouble(f"cannot be opened: {error.strerror}") from error

    def _chunks(self, tap: Tap) -> Iterator[Chunk]:
        """Those of each text; the first that is bad is told when the others are read."""
        bad: list[BadText] = []
        for text in texts(tap, self._limits):
            try:
                yield from self._chunks_of(text)
            except BadText as trouble:
                bad.append(trouble)
        if bad:
            raise bad[0]

    def _chunks_of(self, text: Iterator[bytes]) -> Iterator[Chunk]:
        kind: Kind | None = None
        pieces = _UntilTrouble(text)
        for block in blocks(pieces, self._limits.block, self._limits.max_line):
            kind = kind or sniff(block.text, self._column)
            yield self._chunk(kind, _cut(block) if pieces.trouble else block)
        if pieces.trouble:
            raise pieces.trouble
        if kind and (fault := kind.fault_at_end()):
            raise BadText(fault)

    def _chunk(self, kind: Kind, block: Block) -> Chunk:
        found = kind.take(block.text)
        lines = found.newlines + block.open_end
        blanks = _has_blanks(found.text, block)
        names = len(found.text.split()) if blanks else lines + len(found.further)
        chunk = Chunk(found.text, self.shape.lines + 1, lines, block.open_end, found.further)
        self.shape = replace(
            self.shape,
            kind=kind.name,
            lines=self.shape.lines + lines,
            names=self.shape.names + names,
            broken=self.shape.broken + found.broken,
            overlong=self.shape.overlong + block.overlong,
        )
        return chunk


class _UntilTrouble:
    """The pieces before the trouble, as if they were all; the trouble itself is kept for later."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self.trouble: Trouble | None = None

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except Trouble as trouble:
            self.trouble = trouble
            raise StopIteration from trouble


def _cut(block: Block) -> Block:
    """Without the line that the trouble cut in two: half a name is another name."""
    if not block.open_end:
        return block
    return replace(block, text=block.text[: block.text.rfind(b"\n") + 1], open_end=False)


def _has_blanks(text: bytes, block: Block) -> bool:
    return b"\n\n" in text or text[:1] in (b"\n", b"") or (block.open_end and text[-1:] == b"\n")


def read(
    source: Path | BinaryIO, *, limits: Limits | None = None, column: str | None = None
) -> Reading:
    """The feed in a file or a stream, to be iterated over once. Never raises for what it holds.

    `column` names a table's column of names, by its header or its position from 1; without it the
    header is recognised.
    """
    return Reading(source, limits or Limits(), column)
