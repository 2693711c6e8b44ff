"""Read a recorded case: which names showed themselves on which day, and what was true of them when.

A case is a TOML file: `[case]` with title, starts and ends; `[[feed]]` with the ordinary names of a
day; `[[domain]]` with name, hosts and the day of registration, and `[[domain.facts]]` whose values
hold from their day until a later table gives the field another value.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, Field

from hunter import dossiers, names
from hunter.config.faults import Faults, Place, did_you_mean, sound
from hunter.errors import Fault, NotAName, YoursToFix
from hunter.model import Value
from hunter.written import Table

SHIPPED = Path(__file__).parent / "data" / "cases"
_LONGEST = timedelta(days=3660)


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


class _Noted(Table):
    note: str = Field(default="", description="what is to be said about it, in quotes")


class _Head(_Noted):
    title: str = Field(description="what the case is called, in quotes")
    starts: date = Field(description="its first day, such as 2017-03-01")
    ends: date = Field(description="its last day, such as 2017-05-07")


class _Feed(_Noted):
    day: date = Field(description="when the names showed themselves, such as 2017-03-20")
    names: tuple[str, ...] = Field(description='such as ["supermarche.fr"]')


class _Facts(_Noted):
    model_config = ConfigDict(extra="allow")

    since: date = Field(alias="from", description="since when they hold, such as 2017-03-15")

    @property
    def fields(self) -> Mapping[str, Any]:
        return self.model_extra or {}


class _Domain(_Noted):
    name: str = Field(description="the domain, such as en-marche.co")
    registered: date = Field(description="when it was registered, such as 2017-04-12")
    hosts: tuple[str, ...] = Field(default=(), description='such as ["mail.en-marche.co"]')
    facts: tuple[_Facts, ...] = ()


class _File(_Noted):
    case: _Head = Field(description="a table [case] with title, starts and ends")
    feed: tuple[_Feed, ...] = ()
    domain: tuple[_Domain, ...] = ()


@cache
def read(path: Path) -> Case:
    """The case in the file; raises YoursToFix with every fault when it is none."""
    try:
        text = path.read_text(encoding="utf-8")
        written = tomllib.loads(text)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        if isinstance(error, UnicodeDecodeError):
            why = "it is not UTF-8 text"
        hint = "docs/cli.md shows what a case looks like, under demo"
        raise YoursToFix(
            [Fault(str(path), "", f"cannot be read as a case: {why}", hint)]
        ) from error
    faults = Faults(str(path), text)
    file = sound(_File, _with_days_as_numbers(written), (), faults)
    if file is not None:
        _check(file, faults)
    if faults.found or file is None:
        raise YoursToFix(faults.in_order())
    return _case(file)


def _case(file: _File) -> Case:
    return Case(
        title=file.case.title,
        starts=file.case.starts,
        ends=file.case.ends,
        domains=tuple(_domain(table) for table in file.domain),
        feed=tuple((table.day, table.names) for table in file.feed),
    )


def _domain(table: _Domain) -> CaseDomain:
    facts = sorted(table.facts, key=lambda one: one.since)
    told = tuple(
        (one.since, {field: _values(value) for field, value in one.fields.items()}) for one in facts
    )
    return CaseDomain(table.name, table.hosts, table.registered, told)


def _values(value: Any) -> tuple[Value, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _with_days_as_numbers(written: Any) -> Any:
    """The facts' days as facts hold them, YYYYMMDD; all else as it is."""
    domains = written.get("domain")
    for domain in domains if isinstance(domains, list) else ():
        tables = domain.get("facts") if isinstance(domain, dict) else ()
        for table in tables if isinstance(tables, list) else ():
            for field, value in table.items() if isinstance(table, dict) else ():
                if type(value) is date and field != "from":
                    table[field] = int(f"{value:%Y%m%d}")
    return written


def _check(file: _File, faults: Faults) -> None:
    length = file.case.ends - file.case.starts
    if not timedelta() <= length <= _LONGEST:
        told = "is before starts" if length < timedelta() else f"is {length.days} days after starts"
        faults.add(("case", "ends"), told, f"a case lasts up to {_LONGEST.days} days")
    known: set[str] = set()
    for number, table in enumerate(file.domain):
        place: Place = ("domain", number)
        _check_names(table, place, known, faults)
        for at, facts in enumerate(table.facts):
            _check_fields(facts, (*place, "facts", at), faults)
        known.add(table.name)


def _check_names(table: _Domain, place: Place, known: set[str], faults: Faults) -> None:
    if table.name in known:
        faults.add((*place, "name"), f"{table.name} stands twice", "put its facts together")
    try:
        own = names.registrable(table.name)
    except NotAName as error:
        faults.add((*place, "name"), str(error), "write a domain, such as en-marche.co")
        return
    if own != table.name:
        faults.add((*place, "name"), f"{table.name} is no registrable domain", f"write {own}")
    for host in table.hosts:
        if not names.is_under(host, table.name):
            faults.add((*place, "hosts"), f"{host} is not under {table.name}", "")


def _check_fields(facts: _Facts, place: Place, faults: Faults) -> None:
    fields = dossiers.rule_fields()
    for field, value in facts.fields.items():
        if field not in fields:
            faults.add((*place, field), "there is no such field", did_you_mean(field, fields))
        if not all(isinstance(one, str | int) for one in _values(value)):
            hint = "a text, a whole number, true or false, or a list of these"
            faults.add((*place, field), "is no value of a fact", hint)


def noon(day: date) -> datetime:
    """The moment of a day at which a case is replayed."""
    return datetime.combine(day, time(12), UTC)
