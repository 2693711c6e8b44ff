"""Entries that no parser accepts: counted, and the latest of them kept to be looked at."""

from binascii import b2a_base64
from dataclasses import dataclass, field

import msgspec

from hunter.ct.entries import Entry, Page
from hunter.hostile_json import REFUSALS

_KEPT = 20
_MOST_NAMES = 20
_MOST_BYTES = 4096


class Kept(msgspec.Struct, frozen=True):
    """One malformed entry."""

    index: int
    timestamp: int
    """Milliseconds, UTC."""
    entry: str
    """What was logged: see `entries.Kind`."""
    names: tuple[str, ...]
    """Those that its bytes show, 20 at most."""
    bytes: str
    """Its first 4,096 bytes, as base64."""
    length: int = 0
    """How many bytes there are in all; 0 when that was not kept."""


@dataclass
class Malformed:
    """The malformed entries of one log; `kept` are the latest, with their bytes."""

    count: int = 0
    kept: list[Kept] = field(default_factory=list)

    @property
    def latest(self) -> int | None:
        """The index of the latest; None when there is none."""
        return self.kept[-1].index if self.kept else None

    def add(self, page: Page) -> None:
        """Keep those of the page; pages come in order, and one that comes again counts once."""
        seen = -1 if self.latest is None else self.latest
        new = [index for index in page.malformed if index > seen]
        self.count += len(new)
        self.kept += [_kept(page.entry(index - page.first)) for index in new[-_KEPT:]]
        del self.kept[:-_KEPT]

    def dump(self) -> str:
        """As JSON, for a cursor."""
        return msgspec.json.encode({"count": self.count, "kept": self.kept}).decode()


class _Dumped(msgspec.Struct):
    count: int = 0
    kept: list[Kept] = []


_dumped = msgspec.json.Decoder(_Dumped)


def malformed_stream(url: str) -> str:
    """The name under which those of the log at `url` are kept."""
    return url + "#malformed"


def load_malformed(text: str | None) -> Malformed:
    """What `dump` wrote; nothing if that was lost."""
    try:
        found = _dumped.decode(text or "{}")
    except REFUSALS:
        return Malformed()
    return Malformed(found.count, found.kept)


def _kept(entry: Entry) -> Kept:
    return Kept(
        index=entry.index,
        timestamp=entry.timestamp,
        entry=str(entry.kind),
        names=entry.names[:_MOST_NAMES],
        bytes=b2a_base64(entry.der[:_MOST_BYTES], newline=False).decode(),
        length=len(entry.der),
    )
