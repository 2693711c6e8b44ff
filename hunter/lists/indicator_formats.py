"""Lists of indicators as they are published: plain, CSV, STIX 2.x bundles, MISP events and feeds.

Sources: RFC 4180 (CSV); OASIS STIX 2.1, 4.7 and 9 (only `[object:property = 'value']` patterns);
MISP core format (events, objects, attributes; a feed is a folder of events).
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from hunter.feeds.kinds import as_header, delimiter_of
from hunter.hostile_json import REFUSALS
from hunter.lists.indicators import Indicators, collected
from hunter.net.text import decoded
from hunter.paths import files_in

_MAX_BYTES = 100_000_000
_MAX_FILES = 20_000
_MAX_ENTRIES = 2_000_000
_COMMENTS = ("#", "!", "//", ";")
_BETWEEN = re.compile(r"[\s,;|]+")
_DUMMIES = ("0.0.0.0", "127.0.0.1", "::", "::1")  # noqa: S104 - text, not a place to listen
_SURE = ("indicator_value", "indicator", "ioc", "ioc_value", "observable", "value")
_OTHERS = (
    "domain", "domain_name", "fqdn", "hostname", "host", "name_server",
    "ip", "ip_address", "address", "dst_ip", "src_ip", "url", "email", "email_address", "mailbox",
)  # fmt: skip
_TYPES = ("type", "indicator_type", "ioc_type")
_TELLING = ("ip", "domain", "fqdn", "host", "url", "uri", "mail", "address", "cidr", "ns")
"""What the type of an indicator has in its name when its value is one that is looked for here."""
_HARMLESS = frozenset(("link", "attachment", "email-subject", "email-body", "filename"))
_PATTERN = re.compile(
    r"\b(?:domain-name|hostname|ipv4-addr|ipv6-addr|url|email-addr|network-traffic"
    r"|email-message):[\w.\[\]'-]*(?:value)\s*=\s*'((?:[^'\\]|\\.){1,2000})'"
)
_OBSERVABLES = frozenset(("domain-name", "ipv4-addr", "ipv6-addr", "url", "email-addr"))


class NotAnIndicatorList(ValueError):
    """The bytes hold no list of indicators; the message says why."""


def read(source: Path | bytes, column: str = "") -> Indicators:
    """The indicators of a file, a folder of files (a MISP feed) or bytes.

    `column` names the column of a CSV by its header, or by its position from 1. Raises
    NotAnIndicatorList when there is none at all.
    """
    texts: list[str] = []
    date = 0
    for content in _contents(source):
        found, day = _entries(content, column)
        texts += islice(found, _MAX_ENTRIES - len(texts))
        date = max(date, day)
    indicators = collected(texts, date)
    if not indicators:
        raise NotAnIndicatorList("no domain, address or mailbox stands in it")
    return indicators


def _contents(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    for path in files_in(source, "*.json", _MAX_FILES, NotAnIndicatorList):
        if path.stat().st_size > _MAX_BYTES:
            raise NotAnIndicatorList(f"{path.name} is larger than {_MAX_BYTES} bytes")
        yield path.read_bytes()


def _entries(content: bytes, column: str) -> tuple[Iterator[str], int]:
    """The values as they stand there, and the day that the list gives itself."""
    text = decoded(content).removeprefix("\ufeff")
    if text.lstrip()[:1] in ("{", "["):
        return _from_json(text)
    start = text.lstrip()[:20].lower()
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise NotAnIndicatorList("it is a web page or XML")
    lines = [line for line in text.splitlines() if line.strip()]
    rows = [line for line in lines if not line.lstrip().startswith(_COMMENTS)]
    return _from_rows(rows, column), 0


def _from_rows(rows: Sequence[str], column: str) -> Iterator[str]:
    first = rows[0] if rows else ""
    delimiter = delimiter_of(first)
    header = [as_header(cell) for cell in next(_cells([first], delimiter), [])]
    wanted = _positions(header, column)
    if not wanted:
        return (_first_of(row) for row in rows)
    return _from_table(_cells(rows, delimiter), wanted, _kind(header, wanted))


def _kind(header: Sequence[str], wanted: Sequence[int]) -> int:
    """Where a row says what its value is; beside a column of domains a type is one of threat."""
    if any(header[position] in _OTHERS for position in wanted if position < len(header)):
        return -1
    return next((header.index(name) for name in _TYPES if name in header), -1)


def _first_of(row: str) -> str:
    """The first word of a row; the second in a hosts file, whose first one is a dummy address."""
    words = _BETWEEN.split(row.partition("#")[0].strip(), 2)
    return words[1] if words[0] in _DUMMIES and len(words) > 1 else words[0]


def _from_table(rows: Iterable[list[str]], wanted: Sequence[int], kind: int) -> Iterator[str]:
    for row in rows:
        told = row[kind].lower() if 0 <= kind < len(row) else "domain"
        if any(word in told for word in _TELLING) and told not in _HARMLESS:
            for position in wanted:
                if position < len(row):
                    yield from row[position].split("|")


def _cells(rows: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    """The rows' cells; a row that csv refuses is left out."""
    reader = csv.reader((row.replace("\0", "") + "\n" for row in rows), delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue


def _positions(header: Sequence[str], column: str) -> list[int]:
    if column.isdecimal():
        return [max(int(column), 1) - 1]
    if column and as_header(column) not in header:
        raise NotAnIndicatorList(f"it has no column {column!r}")
    names = [as_header(column)] if column else [name for name in _SURE if name in header][:1]
    return [header.index(name) for name in names or _OTHERS if name in header]


def _from_json(text: str) -> tuple[Iterator[str], int]:
    try:
        tree = msgspec.json.decode(text)
    except REFUSALS as error:
        raise NotAnIndicatorList(f"it is broken JSON: {error}") from error
    if isinstance(tree, dict) and tree.get("type") == "bundle":
        objects = list(_dicts(tree.get("objects")))
        days = (_day(one.get("modified") or one.get("created")) for one in objects)
        return _from_stix(objects), max(days, default=0)
    events = list(_events(tree))
    if events:
        return _from_misp(events), max(_day(event.get("date")) for event in events)
    return (entry for entry in _list(tree) if isinstance(entry, str)), 0


def _from_stix(objects: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for one in objects:
        if one.get("type") == "indicator" and not one.get("revoked"):
            for value in _PATTERN.findall(str(one.get("pattern", ""))):
                yield value.replace("\\'", "'").replace("\\\\", "\\")
        elif one.get("type") in _OBSERVABLES:
            yield str(one.get("value", ""))


def _events(tree: object) -> Iterator[Mapping[str, Any]]:
    """An event, a list of events, or a server's response that holds some."""
    response = tree.get("response", tree) if isinstance(tree, dict) else tree
    for one in _dicts(response if isinstance(response, list) else [response]):
        event = one.get("Event", one)
        if isinstance(event, dict) and ("Attribute" in event or "Object" in event):
            yield event


def _from_misp(events: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for event in events:
        groups = [event, *_dicts(event.get("Object"))]
        for attribute in (one for group in groups for one in _dicts(group.get("Attribute"))):
            kind = str(attribute.get("type", ""))
            telling = any(word in kind for word in _TELLING) and kind not in _HARMLESS
            if telling and not attribute.get("deleted"):
                yield from str(attribute.get("value", "")).split("|")


def _dicts(value: object) -> Iterator[Mapping[str, Any]]:
    return (one for one in _list(value) if isinstance(one, dict))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _day(text: object) -> int:
    """Of an ISO date or moment; 0 for what is none."""
    try:
        return int(f"{datetime.fromisoformat(str(text)[:10]):%Y%m%d}")
    except ValueError:
        return 0
