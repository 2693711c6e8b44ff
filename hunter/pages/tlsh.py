"""TLSH, a hash that is alike for what is alike, and the distance between two of them.

Source: Oliver, Cheng, Chen, "TLSH - A Locality Sensitive Hash", 2013, and the reference code's
version 4 (128 buckets, one byte of checksum, digests that begin with T1). The table is Pearson's.
In Python because the only binding is built from C++ at installation.
"""

from dataclasses import dataclass
from math import floor, log

_PEARSON = bytes.fromhex(
    "0157310cb0b266a679c10654f9e62ca30ec5d5b5a155da5040ef18e2ec8e26c8"
    "6eb168678dfdff324d6551122d601fde196bbe4656edf02248f214d6f4e395eb"
    "61ea39163cfa52afd0057fc76f3e87f8aea9d33a429a6ac3f5ab11bbb6b300f3"
    "8438944b80859e64827e5b0d99f6d8db7744df4e5358c9637a0b5c208872340a"
    "8a1e30b79c233d1a8f4afb5e81a23f98aa0773a7f1ce0396373b97dc5a351783"
    "7dad0fee4f5f59106989e1e0d9a0257b7649029d2e74099186e4cfd4cad745e5"
    "1bbc437ca8fc2a041d6c15f713cd27cbe928ba93c6c09b21a4bf62cca5b4754c"
    "8c24d2ac29369f08b9e871c4e72f927833411c90fedd5dbdc28b702b476db8d1"
)
_BUCKETS = 128
_LEAST_BYTES = 50
_LEAST_FILLED = 64
_SALTS = (2, 3, 5, 7, 11, 13)
_FIRST = tuple(bytes(_PEARSON[_PEARSON[salt] ^ byte] for byte in range(256)) for salt in _SALTS)
"""For each triplet of the window the first two steps of its Pearson hash, by the newest byte."""
_CHECKSUM = bytes(_PEARSON[_PEARSON[0] ^ byte] for byte in range(256))
_STEP = 12
_FAR = 6
_LENGTHS = ((656, 1.5, 0.0), (3199, 1.3, 8.72777), (None, 1.1, 62.5472))


@dataclass(frozen=True, slots=True)
class Digest:
    """The digest of some bytes: `code` holds for each bucket its quarter, 0 to 3."""

    checksum: int
    length: int
    first_ratio: int
    second_ratio: int
    code: tuple[int, ...]

    def __str__(self) -> str:
        packed = (
            sum(quarter << 2 * place for place, quarter in enumerate(self.code[start : start + 4]))
            for start in range(_BUCKETS - 4, -1, -4)
        )
        head = (_swapped(self.checksum), _swapped(self.length))
        ratios = self.first_ratio << 4 | self.second_ratio
        return "T1" + bytes((*head, ratios, *packed)).hex().upper()


def digest(data: bytes) -> Digest | None:
    """The digest; None when the bytes are too few or too much of a kind to tell anything."""
    if len(data) < _LEAST_BYTES:
        return None
    checksum, counts = _count(data)
    ordered = sorted(counts)
    first, second, third = (ordered[_BUCKETS * part // 4 - 1] for part in (1, 2, 3))
    if sum(map(bool, counts)) <= _LEAST_FILLED or not third:
        return None
    code = tuple((count > first) + (count > second) + (count > third) for count in counts)
    low, middle = (quartile * 100 // third % 16 for quartile in (first, second))
    return Digest(checksum, _length(len(data)), low, middle, code)


def _count(data: bytes) -> tuple[int, list[int]]:
    """The checksum, and how often each bucket is hit by the triplets of a window of five bytes."""
    t, checksum = _PEARSON, 0
    f2, f3, f5, f7, f11, f13 = _FIRST
    counts = [0] * 256
    for e, d, c, b, a in zip(data, data[1:], data[2:], data[3:], data[4:], strict=False):
        checksum = t[t[_CHECKSUM[a] ^ b] ^ checksum]
        counts[t[t[f2[a] ^ b] ^ c]] += 1
        counts[t[t[f3[a] ^ b] ^ d]] += 1
        counts[t[t[f5[a] ^ c] ^ d]] += 1
        counts[t[t[f7[a] ^ c] ^ e]] += 1
        counts[t[t[f11[a] ^ b] ^ e]] += 1
        counts[t[t[f13[a] ^ d] ^ e]] += 1
    return checksum, counts[:_BUCKETS]


def _length(size: int) -> int:
    """The length on a logarithmic scale that is finer for long texts."""
    base, less = next((base, less) for most, base, less in _LENGTHS if not most or size <= most)
    return floor(log(size) / log(base) - less) & 255


def _swapped(byte: int) -> int:
    return (byte & 15) << 4 | byte >> 4


def distance(one: Digest, other: Digest) -> int:
    """0 for the same; below 50 much alike, above 150 strangers."""
    length = _around(one.length, other.length, 256)
    pairs = zip(one.code, other.code, strict=True)
    return (
        (length if length <= 1 else length * _STEP)
        + _ratio(one.first_ratio, other.first_ratio)
        + _ratio(one.second_ratio, other.second_ratio)
        + (one.checksum != other.checksum)
        + sum(gap if (gap := abs(a - b)) < 3 else _FAR for a, b in pairs)  # noqa: PLR2004
    )


def _ratio(one: int, other: int) -> int:
    gap = _around(one, other, 16)
    return gap if gap <= 1 else (gap - 1) * _STEP


def _around(one: int, other: int, size: int) -> int:
    """The shorter way between two places on a circle."""
    gap = abs(one - other)
    return min(gap, size - gap)


def similarity(one: Digest, other: Digest) -> int:
    """0 for strangers to 100 for the same, as people read it."""
    return max(0, 100 - distance(one, other))
