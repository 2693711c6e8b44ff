"""The bytes inside a feed's wrapping: plain, gzip, zstd or a zip archive; bounded, never nested.

Formats: RFC 1952 (gzip), RFC 8878 (zstd), PKWARE APPNOTE 6.3 (zip). Whatever was decompressed
before the trouble is handed on first.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, BinaryIO, cast

import zstandard
from isal import isal_zlib

from hunter.feeds.limits import BadText, Limits, Trouble
from hunter.feeds.lines import newline_in
from hunter.hostile_zip import FAULTS

_PIECE = 256 << 10
_ZSTD_STEP = 2 << 10
"""zstd offers no bound on what one call gives back: two KiB of a bomb are 64 MiB at most."""
_ZSTD_WINDOW = 128 << 20
_RATIO_STARTS = 16 << 20
_MAX_MEMBERS = 100
_MAX_ZIP_READ = 1 << 20
"""zipfile reads the directory of an archive at once, and makes an object of each of its entries."""
_HEAD = 4096
_GZIP_FAULT = cast("type[Exception]", isal_zlib.error)  # its stubs call it an instance

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_REFUSED = {
    b"\xfd7zXZ\x00": "an xz file",
    b"BZh91AY&SY": "a bzip2 file",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a rar archive",
    b"%PDF-": "a PDF document",
    b"SQLite format 3\x00": "a database",
    b"PAR1": "a Parquet file",
    b"\x7fELF": "a program",
}


class Tap:
    """A stream whose start can be looked at before it is read, and which counts what was taken."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._head = b""
        self.taken = 0

    def peek(self) -> bytes:
        """The first 4 KiB, or all there is."""
        while len(self._head) < _HEAD and (more := self._from_raw(_HEAD - len(self._head))):
            self._head += more
        return self._head

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, at least those that were looked at; empty at the end."""
        head, self._head = self._head, b""
        data = head or self._from_raw(size)
        self.taken += len(data)
        return data

    def _from_raw(self, size: int) -> bytes:
        try:
            return self._raw.read(size)
        except OSError as error:
            raise Trouble(f"cannot be read: {error.strerror or error}") from error

    def rewound(self) -> BinaryIO:
        """The stream itself from its start, for an archive that has its directory at the end."""
        if not self._raw.seekable():
            raise Trouble("a zip archive cannot be read from a pipe; save it as a file first")
        self._raw.seek(0)
        return self._raw


def texts(tap: Tap, limits: Limits) -> Iterator[Iterator[bytes]]:
    """The feed's texts, one after the other, in pieces of any size; within the limits together.

    Both may raise Trouble. An archive has a text for each file.
    """
    size = min(_PIECE, limits.block)
    return map(_Bounds(tap, limits).of, _unwrapped(tap, size))


def wrapping_of(head: bytes) -> str:
    """What the first bytes say the wrapping is; `plain` for anything else."""
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    return "zstd" if head.startswith((b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18")) else "plain"


def _is_wrapped(head: bytes) -> bool:
    return wrapping_of(head) != "plain"


def _refuse(head: bytes) -> None:
    for magic, what in _REFUSED.items():
        if head.startswith(magic):
            raise BadText(f"{what} is not read; offer the list as text, .gz, .zst or .zip")


def _unwrapped(tap: Tap, size: int) -> Iterator[Iterator[bytes]]:
    head = tap.peek()
    match wrapping_of(head):
        case "zip":
            yield from _unzip(tap, size)
        case "gzip":
            yield _not_nested(_gunzip(tap, size))
        case "zstd":
            yield _not_nested(_unzstd(tap))
        case _:
            _refuse(head)
            yield _pieces_of(tap, size)


class _Bounds:
    """What all texts of a feed may hold together."""

    def __init__(self, tap: Tap, limits: Limits) -> None:
        self._tap = tap
        self._limits = limits
        self._total = 0

    def of(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The pieces, until there are too many."""
        for piece in pieces:
            self._total += len(piece)
            most, ratio = self._limits.max_bytes, self._limits.max_ratio
            if self._total > _RATIO_STARTS and self._total > ratio * self._tap.taken:
                raise Trouble(f"swells to more than {ratio} times its size: a bomb")
            if self._total > most:
                raise Trouble(f"holds more than {most} bytes")
            yield piece


def _not_nested(pieces: Iterator[bytes]) -> Iterator[bytes]:
    first = next(pieces, b"")
    if _is_wrapped(first):
        raise BadText("an archive inside an archive is not opened")
    _refuse(first)
    yield first
    yield from pieces


def _gunzip(tap: Tap, size: int) -> Iterator[bytes]:
    """Every member of the stream; zeros after the last are padding."""
    stream = None
    while piece := tap.read(size):
        while piece:
            if stream is None:
                piece = piece.lstrip(b"\0")
                stream = isal_zlib.decompressobj(wbits=31) if piece else None
                continue
            yield from _inflated(stream, piece, size)
            piece, stream = (stream.unused_data, None) if stream.eof else (b"", stream)
    if stream is not None:
        raise Trouble("the gzip data ends in the middle: the file is cut short")


def _inflated(stream: Any, piece: bytes, size: int) -> Iterator[bytes]:
    """All that one compressed piece holds, in parts of at most `size` bytes."""
    full = True
    while piece or full:
        try:
            data = stream.decompress(piece, size)
        except _GZIP_FAULT as error:
            raise Trouble(f"the gzip data is damaged: {error}") from error
        if data:
            yield data
        full = len(data) == size and not stream.eof
        piece = stream.unconsumed_tail


def _unzstd(tap: Tap) -> Iterator[bytes]:
    decompressor = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    stream = None
    while piece := tap.read(_ZSTD_STEP):
        while piece:
            stream = stream or decompressor.decompressobj()
            try:
                data = stream.decompress(piece)
            except zstandard.ZstdError as error:
                raise Trouble(f"the zstd data is damaged: {error}") from error
            if data:
                yield data
            piece = stream.unused_data if stream.eof else b""
            stream = None if stream.eof else stream
    if stream is not None:
        raise Trouble("the zstd data ends in the middle: the file is cut short")


class _Archive(io.RawIOBase):
    """The file under zipfile: counts for the tap, and gives no more than a directory may hold."""

    def __init__(self, raw: BinaryIO, tap: Tap) -> None:
        self._raw = raw
        self._tap = tap

    def read(self, size: int = -1) -> bytes:
        data = self._raw.read(_MAX_ZIP_READ + 1 if size < 0 else min(size, _MAX_ZIP_READ + 1))
        if len(data) > _MAX_ZIP_READ:
            raise Trouble("the zip archive holds too many files")
        self._tap.taken += len(data)
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()

    def seekable(self) -> bool:
        return True


def _unzip(tap: Tap, size: int) -> Iterator[Iterator[bytes]]:
    """The members one after the other."""
    with _zip_faults_told(), zipfile.ZipFile(_Archive(tap.rewound(), tap)) as archive:
        for member in _members(archive):
            yield _member(archive, member, size)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, size: int) -> Iterator[bytes]:
    """Its pieces; its last line ends with it."""
    with _zip_faults_told(), archive.open(member) as text:
        pieces = _not_nested(_pieces_of(text, size))
        start = next(pieces)
        yield start
        yield from pieces
        yield newline_in(start)


@contextmanager
def _zip_faults_told() -> Iterator[None]:
    try:
        yield
    except FAULTS as error:
        raise Trouble(f"the zip archive is damaged: {error or type(error).__name__}") from error


def _pieces_of(file: IO[bytes] | Tap, size: int) -> Iterator[bytes]:
    while piece := file.read(size):
        yield piece


def _members(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    files = [member for member in archive.infolist() if not member.is_dir()]
    if len(files) > _MAX_MEMBERS:
        raise Trouble(f"the zip archive holds {len(files)} files, more than {_MAX_MEMBERS}")
    for member in files:
        if member.flag_bits & 1:
            raise Trouble("the zip archive is encrypted")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Trouble("the zip archive uses a compression that is not read")
        yield member
