"""Whole lines in blocks of some MB, however long the lines are. Nothing here looks at one."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

OVERLONG = b"\0"
"""Stands for a line longer than the limit; it is no name, so that it is counted as broken."""

_NEWLINES = {codecs.BOM_UTF16_LE: b"\n\0", codecs.BOM_UTF16_BE: b"\0\n"}


@dataclass(frozen=True, slots=True)
class Block:
    """Lines joined by newlines. Unless `open_end`, the last line ends with a newline too."""

    text: bytes
    open_end: bool = False
    overlong: int = 0
    """How many of the lines were longer than the limit; OVERLONG stands in their place."""


def newline_in(start: bytes) -> bytes:
    """A newline as it is written in the text that begins so."""
    return _NEWLINES.get(start[:2], b"\n")


def blocks(pieces: Iterator[bytes], size: int, longest: int) -> Iterator[Block]:
    """Blocks of about `size` bytes with LF line ends; lines over `longest` are not held."""
    for block in _whole_lines(_as_utf8(pieces), size, longest):
        text = block.text.replace(b"\r\n", b"\n") if b"\r" in block.text else block.text
        short, overlong = _without_long_lines(text, longest)
        yield Block(short, block.open_end, overlong)


def _as_utf8(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The text without a byte order mark; UTF-16 becomes UTF-8."""
    first = next(pieces, b"")
    if first[:2] not in _NEWLINES:
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from pieces
        return
    decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
    yield decoder.decode(first).encode("utf-8", "replace")
    for piece in pieces:
        yield decoder.decode(piece).encode("utf-8", "replace")


def _whole_lines(pieces: Iterator[bytes], size: int, longest: int) -> Iterator[Block]:
    held: list[bytes] = []
    length = 0
    for piece in _without_endless_lines(pieces, longest):
        held.append(piece)
        length += len(piece)
        cut = piece.rfind(b"\n") + 1
        if length >= size and cut:
            held[-1] = piece[:cut]
            yield Block(b"".join(held))
            held, length = [piece[cut:]], len(piece) - cut
    rest = b"".join(held)
    if rest:
        yield Block(rest, open_end=not rest.endswith(b"\n"))


def _without_endless_lines(pieces: Iterator[bytes], longest: int) -> Iterator[bytes]:
    """A line that goes on for more than `longest` bytes of pieces without a newline ends there."""
    since_newline = 0
    for piece in pieces:
        start = 0
        if since_newline > longest:
            start = piece.find(b"\n")
            if start < 0:
                continue
        last = piece.rfind(b"\n", start)
        since_newline = len(piece) - last - 1 if last >= 0 else since_newline + len(piece)
        yield piece[start:] if start else piece


def _without_long_lines(text: bytes, longest: int) -> tuple[bytes, int]:
    """Steps from newline to newline in strides of `longest`: a few dozen looks for a block."""
    parts: list[bytes] = []
    kept = place = 0
    while len(text) - place > longest:
        newline = text.rfind(b"\n", place, place + longest + 1)
        if newline >= 0:
            place = newline + 1
            continue
        end = text.find(b"\n", place)
        parts += (text[kept:place], OVERLONG)
        kept = place = len(text) if end < 0 else end
    return (b"".join((*parts, text[kept:])), len(parts) // 2) if parts else (text, 0)
