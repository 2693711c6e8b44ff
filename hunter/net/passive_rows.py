"""What passive DNS saw: rows of the Common Output Format, in each dress they are served in.

Sources: draft-dulaunoy-dnsop-passive-dns-cof (a JSON object a line), DNSDB's API version 2 and its
Streaming API Framing (`{"cond": ...}` around `{"obj": ...}`), and DNSDB's export as CSV.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import msgspec

from hunter.clock import day_number
from hunter.hostile_json import REFUSALS
from hunter.net.text import clean
from hunter.paths import files_in

_MAX_BYTES = 200_000_000
_MAX_FILES = 2000
_MAX_VALUES = 100
_LAST_MOMENT = 253_402_300_799
_BY_NUMBER = {"1": "A", "2": "NS", "5": "CNAME", "15": "MX", "28": "AAAA"}
_BROKEN = "a part of the answer cannot be read"
_COLUMNS = frozenset(("rrname", "rrtype", "rdata"))


@dataclass(frozen=True, slots=True)
class Row:
    """One record as it was seen; names without the final dot, days as YYYYMMDD, 0 if not told."""

    name: str
    kind: str
    value: str
    first: int
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer; `doubt` says why it is not all that the provider knows."""

    rows: tuple[Row, ...] = ()
    doubt: str = ""


class NoRows(ValueError):
    """The bytes hold no passive DNS; the message says why."""


def cof(content: bytes) -> Rows:
    """The rows of an answer in COF; a line that cannot be read is a doubt."""
    found: list[Row] = []
    broken = False
    for entry in _entries(content):
        broken = broken or entry is None
        found += _rows(entry or {})
    return Rows(tuple(found), _BROKEN if broken else "")


def saf(content: bytes) -> Rows:
    """The rows of a framed answer; without a good end it is a part of one."""
    found: list[Row] = []
    end, broken = "the answer was cut off", False
    for entry in _entries(content):
        frame = entry or {}
        broken = broken or entry is None
        if isinstance(frame.get("obj"), dict):
            found += _rows(frame["obj"])
        if frame.get("cond") == "succeeded":
            end = _BROKEN if broken else ""
        elif frame.get("cond") in ("limited", "failed"):
            end = clean(f"the answer is {frame['cond']}: {frame.get('msg', '')}")
    return Rows(tuple(found), end)


def _entries(content: bytes) -> Iterator[Mapping[str, Any] | None]:
    """What each line holds that is not empty; None where it cannot be read."""
    return (_object(line) for line in content.split(b"\n") if line.strip())


def read(source: Path | bytes) -> tuple[Row, ...]:
    """The rows of an import: COF or DNSDB's CSV, a file or a folder. Raises NoRows."""
    found = [row for content in _contents(source) for row in _imported(content)]
    if not found:
        raise NoRows("no row of passive DNS stands in it")
    return tuple(found)


def carries(row: Row, field: str, value: str) -> bool:
    """Whether the record says of its name what a track on `field` looks for."""
    if field in {"ns", "ns_domain"}:
        return row.kind == "NS" and (row.value == value or _below(row.value, value, field))
    return row.kind in {"A", "AAAA"} and _within(row.value, value)


def _below(host: str, value: str, field: str) -> bool:
    return field == "ns_domain" and host.endswith(f".{value}")


def _within(address: str, network: str) -> bool:
    try:
        return ip_address(address) in ip_network(network)
    except ValueError:
        return False


def _contents(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    for path in files_in(source, "*", _MAX_FILES, NoRows):
        if path.stat().st_size > _MAX_BYTES:
            raise NoRows(f"{path.name} is larger than {_MAX_BYTES} bytes")
        yield path.read_bytes()


def _imported(content: bytes) -> Iterable[Row]:
    if content.lstrip()[:1] != b"{":
        return _table(content)
    return saf(content).rows if b'"obj"' in content[:1000] else cof(content).rows


def _table(content: bytes) -> Iterator[Row]:
    lines = content.decode("utf-8-sig", "replace").replace("\0", "").splitlines()
    reader = csv.DictReader(lines)
    try:
        if not set(reader.fieldnames or ()) >= _COLUMNS:
            return
        for entry in reader:
            yield from _rows({key: value for key, value in entry.items() if key})
    except csv.Error as error:
        raise NoRows(f"it is a broken table: {error}") from error


def _object(line: bytes) -> Mapping[str, Any] | None:
    try:
        entry = msgspec.json.decode(line)
    except REFUSALS:
        return None
    return entry if isinstance(entry, dict) else None


def _rows(entry: Mapping[str, Any]) -> Iterator[Row]:
    values = entry.get("rdata", ())
    name, kind = _host(entry.get("rrname", "")), _kind(entry.get("rrtype", ""))
    first, last = (_day(entry, side) for side in ("first", "last"))
    count = entry.get("count", 0)
    for value in (values if isinstance(values, list) else [values])[:_MAX_VALUES]:
        if name and kind and value:
            yield Row(name, kind, _host(value), first, last, _number(count))


def _kind(value: object) -> str:
    """The record type by its name; the format allows its number too."""
    text = clean(str(value), 20).upper()
    return _BY_NUMBER.get(text, text)


def _host(value: object) -> str:
    return clean(str(value)).lower().removesuffix(".")


def _day(entry: Mapping[str, Any], side: str) -> int:
    """The day of `time_first` or `time_last`, as sensors or else as zone files have it."""
    seconds = _number(entry.get(f"time_{side}") or entry.get(f"zone_time_{side}") or 0)
    return day_number(datetime.fromtimestamp(seconds, UTC)) if seconds else 0


def _number(value: object) -> int:
    text = str(value)[:20]
    return min(int(text), _LAST_MOMENT) if text.isascii() and text.isdecimal() else 0
