"""A page of log entries as one block of names: hashed, stamped and read in one pass.

Both kinds of log end in the same bytes (RFC 6962 3.4: MerkleTreeLeaf), so both are decoded into a
Page. Whoever takes a page scans `names` as one block and asks for `entry(i)` only on a hit.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
from struct import Struct
from struct import error as StructError  # noqa: N812 — it is an exception class

from hunter.ct.der import Details, clean, is_everyday, raw_names
from hunter.ct.der import details as details_in
from hunter.ct.der import names as names_in

# 0x00 (leaf hash prefix), version, leaf type | timestamp | entry type | length of an x509_entry
_HEAD = Struct(">3sQHBH")
_V1_LEAF = b"\x00\x00\x00"
_X509, _PRECERT = 0, 1
_TBS_LENGTH = slice(45, 48)
_CERTIFICATE_START, _TBS_START = 16, 48
_ENTRY_WEIGHT = 200
"""Bytes that an entry takes beside its certificate: a hash, a time, and Python's own."""


class Undecodable(ValueError):
    """A page or tile that cannot even be cut into entries."""


class Kind(StrEnum):
    """What was logged."""

    CERTIFICATE = "certificate"
    PRECERTIFICATE = "precertificate"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Entry:
    """One log entry, opened on demand."""

    index: int
    """Its position in the log, 0-based."""
    timestamp: int
    """Milliseconds, UTC."""
    kind: Kind
    names: tuple[str, ...]
    der: bytes
    """The certificate, or the precertificate's TBSCertificate; the whole leaf if neither."""
    malformed: bool

    @cached_property
    def details(self) -> Details:
        """Serial, issuer and validity."""
        return details_in(self.der)

    @property
    def identity(self) -> str:
        """The same for a certificate and its precertificate, in whatever log (hexadecimal).

        Issuer and serial identify a certificate (RFC 5280 4.1.2.2); a TBS names the final issuer.
        """
        found = self.details
        known = found.issuer_der + bytes.fromhex(found.serial) if found.serial else self.der
        return sha256(known).hexdigest()


@dataclass(frozen=True, slots=True)
class Page:
    """Consecutive entries, counted from 0 within the page; `first` is the index of the first."""

    first: int
    names: bytes
    """All names, one a line, in entry order; no line is empty."""
    leaf_hashes: bytes
    """32 bytes an entry."""
    timestamps: tuple[int, ...]
    """Milliseconds, UTC."""
    malformed: tuple[int, ...]
    """Log indices of entries that no parser accepts."""
    _ends: Sequence[int]
    _leaves: Sequence[bytes]

    def __len__(self) -> int:
        return len(self.timestamps)

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes."""
        return len(self.names) + sum(map(len, self._leaves)) + _ENTRY_WEIGHT * len(self)

    def entry_of_line(self, line: int) -> int:
        """Which entry of the page the name on `line` (0-based) belongs to."""
        return bisect_right(self._ends, line)

    def entry(self, position: int) -> Entry:
        """The entry at `position` within the page."""
        leaf = self._leaves[position]
        kind, start, end = _certificate(leaf)
        found, malformed = names_in(leaf, start, end)
        return Entry(
            index=self.first + position,
            timestamp=self.timestamps[position],
            kind=kind,
            names=tuple(name.decode() for name in found),
            der=leaf[start:end],
            malformed=malformed or self.first + position in self.malformed,
        )


def page(first: int, leaves: Sequence[bytes], malformed: Sequence[int] = ()) -> Page:
    """The page of the MerkleTreeLeafs in `leaves`, each with the hash prefix 0x00 before it.

    `malformed` are positions already known to be so.
    """
    found = [_read(leaf) for leaf in leaves]
    names, ends = _block([raw for _, raw, _ in found])
    wrong = {at for at, (_, _, bad) in enumerate(found) if bad}.union(malformed)
    return Page(
        first=first,
        names=names,
        leaf_hashes=b"".join([sha256(leaf).digest() for leaf in leaves]),
        timestamps=tuple([stamp for stamp, _, _ in found]),
        malformed=tuple(first + at for at in sorted(wrong)),
        _ends=ends,
        _leaves=leaves,
    )


def _read(leaf: bytes) -> tuple[int, list[bytes], bool]:
    """Timestamp, names as they stand, and whether the entry is malformed."""
    try:
        prefix, stamp, kind, high, low = _HEAD.unpack_from(leaf)
    except StructError:
        return 0, *raw_names(leaf, 0, len(leaf))
    if kind == _X509 and prefix == _V1_LEAF:
        end = _CERTIFICATE_START + (high << 16 | low)
        if end <= len(leaf):
            return stamp, *raw_names(leaf, _CERTIFICATE_START, end)
    _, start, end = _certificate(leaf)
    return stamp, *raw_names(leaf, start, end)


def _certificate(leaf: bytes) -> tuple[Kind, int, int]:
    """Where the certificate lies in the leaf; all of it for an unknown kind (RFC 6962 4.6)."""
    kind = int.from_bytes(leaf[11:13], "big")
    if leaf[:3] == _V1_LEAF and kind == _X509:
        end = _CERTIFICATE_START + int.from_bytes(leaf[13:_CERTIFICATE_START], "big")
        found = Kind.CERTIFICATE, _CERTIFICATE_START, end
    elif leaf[:3] == _V1_LEAF and kind == _PRECERT:
        end = _TBS_START + int.from_bytes(leaf[_TBS_LENGTH], "big")
        found = Kind.PRECERTIFICATE, _TBS_START, end
    else:
        return Kind.UNKNOWN, 0, len(leaf)
    return found if found[2] <= len(leaf) else (Kind.UNKNOWN, 0, len(leaf))


def _block(raw: list[list[bytes]]) -> tuple[bytes, list[int]]:
    """The names as lines, and after which line each entry ends."""
    flat = [name for names in raw for name in names]
    block = b"\n".join(flat)
    # Nearly every page holds everyday names only, so that all are looked at in one go.
    if is_everyday(block, len(flat)) and all(flat):
        return block, list(accumulate(map(len, raw)))
    cleaned = [clean(names) for names in raw]
    lines = b"\n".join([name for names in cleaned for name in names])
    return lines, list(accumulate(map(len, cleaned)))
