"""What is known: one answer about one domain, and all of them together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import TypeAlias

Value: TypeAlias = str | int | float | bool
Json: TypeAlias = "str | int | float | bool | None | list[Json] | dict[str, Json]"

A_DAY = ", YYYYMMDD"
"""How the meaning of a field ends whose values are days."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer about one subject.

    With `value` None the answer is "could not find out", and `unknown` says why.
    """

    subject: str
    field: str
    value: Value | None
    provider: str
    observed_at: datetime
    unknown: str = ""


TOLD_BY = "told by "
"""How the provider of a fact begins that a person added; who told it follows."""


@dataclass(frozen=True, slots=True)
class PastFact:
    """A fact as history shows it: a value that held from `first_seen` to at least `last_seen`."""

    subject: str
    field: str
    value: Value | None
    provider: str
    first_seen: datetime
    last_seen: datetime
    ended_at: datetime | None
    """When another answer took its place; None while it holds."""
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is known of one registrable domain in the light of one brand, as a rule sees it.

    A field holds one value or a tuple of them. What could not be found out is in `unknown`
    (field → reason) and never in `fields`.
    """

    domain: str
    brand: str
    at: datetime
    fields: Mapping[str, Value | tuple[Value, ...]]
    unknown: Mapping[str, str] = field(default_factory=dict)


class Stage(IntEnum):
    """The ladder a domain climbs. A step up is news."""

    UNREGISTERED = 0
    REGISTERED = 1
    NAME_SERVERS = 2
    ADDRESS = 3
    CERTIFICATE = 4
    MAIL = 5
    WEB = 6

    def __str__(self) -> str:
        return self.name.lower().replace("_", " ")
