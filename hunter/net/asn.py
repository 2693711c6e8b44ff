"""Which autonomous system announces an address, from a file on this machine, or as Team Cymru says.

Reads iptoasn's TSV (plain or gzip: first address, last address, number, country, name), the MMDB
files of IPinfo Lite, DB-IP and GeoLite2, and the records of Team Cymru's IP to ASN mapping.
"""

import gzip
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, summarize_address_range
from pathlib import Path
from typing import Any, TypeAlias

import maxminddb

from hunter.errors import WillNotPass
from hunter.net.text import clean
from hunter.paths import readable_to_its_end

Address: TypeAlias = "IPv4Address | IPv6Address"
Lookup: TypeAlias = "Callable[[Address], AutonomousSystem | None]"

_NUMBERS = ("asn", "autonomous_system_number", "as_number")
_NAMES = ("as_name", "autonomous_system_organization", "as_organization", "name")
_COUNTRIES = ("country_code", "country")
_COLUMNS = 5
_ORIGIN_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class AutonomousSystem:
    """Who announces an address; `country` is two letters, `network` in CIDR, empty if unknown."""

    number: int
    name: str = ""
    country: str = ""
    network: str = ""


def narrowest(told: Iterable[str]) -> AutonomousSystem | None:
    """That of the narrowest network in Team Cymru's records for an address.

    `13335 | 104.16.0.0/13 | US | arin | 2014-03-28`: of networks that lie in each other there is
    one for each, in whatever order. Of several that announce one, the first counts.
    """
    return max(filter(None, map(_origin, told)), key=_narrow, default=None)


def _origin(told: str) -> AutonomousSystem | None:
    columns = [clean(column) for column in told.split("|")]
    announcer = number(columns[0].partition(" ")[0])
    if not announcer or len(columns) < _ORIGIN_COLUMNS:
        return None
    return AutonomousSystem(announcer, "", columns[2], columns[1])


def _narrow(system: AutonomousSystem) -> tuple[int, int]:
    size = system.network.rpartition("/")[2]
    return int(size) if size.isascii() and size.isdecimal() else 0, -system.number


def open_file(path: Path) -> Lookup:
    """A look-up in the file, kept until the file changes. Raises WillNotPass when it is none."""
    try:
        return _opened(path, readable_to_its_end(path).stat().st_mtime_ns)
    except (OSError, ValueError, EOFError, maxminddb.InvalidDatabaseError) as error:
        raise WillNotPass(
            f"{path.name} is no database of AS numbers: {clean(str(error))}"
        ) from error


@lru_cache(maxsize=2)
def _opened(path: Path, _changed: int) -> Lookup:
    if path.suffix == ".mmdb":
        return _Mmdb(maxminddb.open_database(path))
    return _Ranges(_rows(path))


def number(text: object) -> int:
    """`AS13335`, `13335` or 13335 as a number; 0 when it is none."""
    digits = str(text).upper().removeprefix("AS")[:10]
    return int(digits) if digits.isascii() and digits.isdecimal() else 0


class _Mmdb:
    """A look-up in a MaxMind database."""

    def __init__(self, reader: maxminddb.Reader) -> None:
        self._reader = reader

    def __call__(self, address: Address) -> AutonomousSystem | None:
        record, length = self._reader.get_with_prefix_len(address)
        if not isinstance(record, dict):
            return None
        found = number(_first(record, _NUMBERS))
        network = _network(address, length)
        name, country = (clean(str(_first(record, keys))) for keys in (_NAMES, _COUNTRIES))
        short = country if len(country) == 2 else ""  # noqa: PLR2004
        return AutonomousSystem(found, name, short, network) if found else None


def _first(record: Mapping[str, Any], keys: tuple[str, ...]) -> object:
    return next((record[key] for key in keys if record.get(key)), "")


def _network(address: Address, length: int) -> str:
    blank = address.max_prefixlen - length
    return f"{type(address)(int(address) >> blank << blank)}/{length}"


class _Ranges:
    """A look-up in sorted ranges."""

    def __init__(self, rows: Iterator[tuple[Address, Address, AutonomousSystem]]) -> None:
        ordered = sorted((first.version, int(first), last, system) for first, last, system in rows)
        self._starts = [(version, first) for version, first, _, _ in ordered]
        self._ends = [(last, system) for _, _, last, system in ordered]

    def __call__(self, address: Address) -> AutonomousSystem | None:
        place = bisect_right(self._starts, (address.version, int(address))) - 1
        if place < 0 or self._starts[place][0] != address.version:
            return None
        last, system = self._ends[place]
        if int(address) > int(last):
            return None
        first = type(address)(self._starts[place][1])
        network = _covering(address, first, last)
        return AutonomousSystem(system.number, system.name, system.country, network)


def _covering(address: Address, first: Address, last: Address) -> str:
    """The network within the range that holds the address."""
    networks = summarize_address_range(first, last)
    return next(str(network) for network in networks if address in network)


def _rows(path: Path) -> Iterator[tuple[Address, Address, AutonomousSystem]]:
    opener = gzip.open if path.suffix == ".gz" else open
    systems: dict[tuple[str, ...], AutonomousSystem] = {}
    with opener(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) != _COLUMNS:
                raise ValueError("a line that has not five columns")
            first, last, *rest = columns
            found = number(rest[0])
            if found:
                told = systems.get(tuple(rest)) or AutonomousSystem(
                    found, clean(rest[2]), clean(rest[1])
                )
                systems[tuple(rest)] = told
                yield ip_address(first), ip_address(last), told
