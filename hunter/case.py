"""Read a recorded case: which names showed themselves on which day, and what was true of them when.

A case is a TOML file: `[case]` with title, starts and ends; `[[feed]]` with the ordinary names of a
day; `[[domain]]` with name, hosts and the day of registration, and `[[domain.facts]]` whose values
hold from their day until a later table gives the field another value.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import ValidationError, convert

from hunter.errors import Fault, YoursToFix
from hunter.model import Value

SHIPPED = Path(__file__).parent / "data" / "cases"
_NOT_FIELDS = ("from", "note")


@dataclass(frozen=True, slots=True)
class CaseDomain:
    """One domain of the case, with its facts by day."""

    name: str
    hosts: tuple[str, ...]
    registered: date
    facts: tuple[tuple[date, dict[str, tuple[Value, ...]]], ...]

    def on(self, day: date) -> dict[str, tuple[Value, ...]]:
        """Field → values that held on that day."""
        found: dict[str, tuple[Value, ...]] = {}
        for since, fields in self.facts:
            if since <= day:
                found |= fields
        return found


@dataclass(frozen=True, slots=True)
class Case:
    """A recorded case."""

    title: str
    starts: date
    ends: date
    domains: tuple[CaseDomain, ...]
    feed: tuple[tuple[date, tuple[str, ...]], ...]

    def names_on(self, after: date | None, until: date) -> Iterator[tuple[date, str]]:
        """The names that showed themselves after one day and up to another, with their day."""
        entries = [(day, name) for day, names in self.feed for name in names]
        entries += [
            (domain.registered, name)
            for domain in self.domains
            for name in (domain.name, *domain.hosts)
        ]
        for day, name in sorted(entries):
            if (after is None or day > after) and day <= until:
                yield day, name

    def carrying(self, field: str, value: str, day: date) -> Iterator[str]:
        """The domains that existed on that day and carried the value."""
        for domain in self.domains:
            if domain.registered <= day and value in map(str, domain.on(day).get(field, ())):
                yield domain.name

    def domain(self, name: str) -> CaseDomain | None:
        """The case's domain of that name."""
        return next((domain for domain in self.domains if domain.name == name), None)


@dataclass(frozen=True, slots=True)
class _Head:
    title: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class _Feed:
    day: date
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Domain:
    name: str
    registered: date
    hosts: tuple[str, ...] = ()
    facts: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    case: _Head
    feed: tuple[_Feed, ...] = ()
    domain: tuple[_Domain, ...] = ()


@cache
def read(path: Path) -> Case:
    """The case in the file; raises YoursToFix when it is none."""
    try:
        file = convert(tomllib.loads(path.read_text(encoding="utf-8")), _File)
        return Case(
            title=file.case.title,
            starts=file.case.starts,
            ends=file.case.ends,
            domains=tuple(_domain(table) for table in file.domain),
            feed=tuple((table.day, table.names) for table in file.feed),
        )
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise YoursToFix([Fault(str(path), "", f"cannot be read as a case: {error}")]) from error


def _domain(table: _Domain) -> CaseDomain:
    facts = sorted(map(_facts, table.facts), key=lambda entry: entry[0])
    return CaseDomain(table.name, table.hosts, table.registered, tuple(facts))


def _facts(table: Mapping[str, Any]) -> tuple[date, dict[str, tuple[Value, ...]]]:
    fields = {key: value for key, value in table.items() if key not in _NOT_FIELDS}
    values = convert(fields, dict[str, Value | tuple[Value, ...]])
    return convert(table.get("from"), date), {
        field: value if isinstance(value, tuple) else (value,) for field, value in values.items()
    }


def noon(day: date) -> datetime:
    """The moment of a day at which a case is replayed."""
    return datetime.combine(day, time(12), UTC)
