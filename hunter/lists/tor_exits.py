"""Which addresses are Tor exits, and when each was one last.

Sources: the bulk exit list (check.torproject.org/torbulkexitlist: one address a line) and the exit
lists that CollecTor archives (metrics.torproject.org/collector.html, `@type tordnsel 1.0`): lines
`ExitAddress ADDRESS YYYY-MM-DD HH:MM:SS`, alone or a month of them in a tar.xz.
"""

import lzma
import re
import tarfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from ipaddress import ip_address
from pathlib import Path
from typing import IO, cast

from hunter.paths import files_in

_BLOCK = 1 << 20
_MAX_BYTES = 2 << 30
_MAX_FILES = 10_000
_LONGEST_LINE = 200
_MAX_ADDRESSES = 1_000_000
_EXIT = re.compile(rb"^ExitAddress ([0-9a-fA-F.:]{3,45}) (\d{4})-(\d\d)-(\d\d)\b", re.MULTILINE)


class NotAnExitList(ValueError):
    """The bytes hold no exit list; the message says why."""


@dataclass(slots=True)
class Exits:
    """address → the day it was last seen as an exit, YYYYMMDD; 0 where the list gives no day."""

    last: dict[str, int] = field(default_factory=dict)
    since: int = 0
    """The first and the last day that the list speaks of, YYYYMMDD; 0 when of none."""
    until: int = 0
    trouble: str = ""
    """Why a part of it could not be read."""

    def see(self, address: str, day: int) -> None:
        """Take one line of the list into account."""
        if len(self.last) < _MAX_ADDRESSES or address in self.last:
            self.last[address] = max(day, self.last.get(address, 0))
        if day:
            self.since = min(self.since or day, day)
            self.until = max(self.until, day)


def read_list(content: bytes) -> Exits:
    """The exits of one list in either form; raises NotAnExitList when there is none in it."""
    exits = Exits()
    _see_dated(BytesIO(content), exits)
    if not exits.last:
        for line in content.split(b"\n"):
            with suppress(ValueError):
                exits.see(str(ip_address(line.strip().decode("ascii", "replace"))), 0)
    if not exits.last:
        raise NotAnExitList("no address stands in it")
    return exits


def read_archive(source: Path | bytes) -> Exits:
    """The exits of what CollecTor published: a list, a tar of lists, or a folder of either.

    Raises NotAnExitList when there is none at all; a part that cannot be read is its `trouble`.
    """
    exits = Exits()
    for part in _parts(source):
        try:
            _see_archive(part, exits)
        except NotAnExitList as error:
            name = f"{part.name}: " if isinstance(part, Path) else ""
            exits.trouble = f"{name}{error}"
    if not exits.last:
        raise NotAnExitList(exits.trouble or "no line ExitAddress stands in it")
    return exits


def _parts(source: Path | bytes) -> Sequence[Path | bytes]:
    if isinstance(source, bytes):
        return (source,)
    return files_in(source, "*", _MAX_FILES, NotAnExitList)


def _see_archive(source: Path | bytes, exits: Exits) -> None:
    try:
        with source.open("rb") if isinstance(source, Path) else BytesIO(source) as file:
            for content in _members(file):
                _see_dated(content, exits)
    except (tarfile.TarError, lzma.LZMAError, zlib.error, EOFError) as error:
        raise NotAnExitList(f"the archive is broken: {error}") from error
    except OSError as error:
        raise NotAnExitList(error.strerror or str(error)) from error


def _members(file: IO[bytes]) -> Iterator[IO[bytes]]:
    start = file.read(_BLOCK)
    file.seek(0)
    if _EXIT.search(start) and not tarfile.is_tarfile(file):
        file.seek(0)
        yield file
        return
    file.seek(0)
    with tarfile.open(fileobj=file, mode="r|*") as archive:
        for number, member in enumerate(archive):
            if number >= _MAX_FILES:
                raise NotAnExitList(f"it holds more than {_MAX_FILES} files")
            if member.isreg():
                yield cast("IO[bytes]", archive.extractfile(member))


def _see_dated(content: IO[bytes], exits: Exits) -> None:
    """Whole lines at a time, however large the file; days that no calendar has are left out."""
    held, size = b"", 0
    while block := content.read(_BLOCK):
        size += len(block)
        if size > _MAX_BYTES:
            raise NotAnExitList(f"it is larger than {_MAX_BYTES} bytes")
        text = held + block
        cut = text.rfind(b"\n") + 1
        _see_lines(text[:cut], exits)
        held = text[cut:][-_LONGEST_LINE:]
    _see_lines(held, exits)


def _see_lines(text: bytes, exits: Exits) -> None:
    for found in _EXIT.finditer(text):
        address, year, month, day = found.groups()
        if b"01" <= month <= b"12" and b"01" <= day <= b"31":
            exits.see(address.decode(), int(year + month + day))
