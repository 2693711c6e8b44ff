"""What a rule asks of a dossier, as a tree: Sigma's detections and condition after parsing.

Semantics (Sigma specification 2.1, rules and modifiers): a test on a field holds when it holds for
any of the field's values; a field without value fails every test but `exists: false` and null.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum
from ipaddress import IPv4Network, IPv6Network
from typing import TypeAlias


class Wild(Enum):
    """A wildcard within a text pattern."""

    MANY = "*"
    ONE = "?"


class Op(StrEnum):
    """A comparison of numbers."""

    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    EQ = "eq"
    NEQ = "neq"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold for the field as a whole."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class Text:
    """The value, as text, has this shape. Without a field (a keyword) any field may hold it."""

    field: str | None
    pattern: tuple[str | Wild, ...]
    cased: bool = False


@dataclass(frozen=True, slots=True)
class Regex:
    """RE2 finds the pattern in the value; flags are inside the pattern."""

    field: str | None
    pattern: str


@dataclass(frozen=True, slots=True)
class Compare:
    """The value is a number that compares so, or with `part` that part of a date does."""

    field: str
    op: Op
    number: int | float
    part: str = ""
    """minute, hour, day, week, month, year, or empty for the value itself."""


@dataclass(frozen=True, slots=True)
class InNetwork:
    """The value is an address or network that lies within this network."""

    field: str
    network: IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Exists:
    """The field has, or has not, a value."""

    field: str
    exists: bool


@dataclass(frozen=True, slots=True)
class SameAs:
    """The value equals a value of another field, or begins and ends with it as told."""

    field: str
    other: str
    starts_with: bool = False
    ends_with: bool = False


Leaf: TypeAlias = Text | Regex | Compare | InNetwork | Exists | SameAs
Condition: TypeAlias = AllOf | AnyOf | Not | Leaf


def depth(condition: Condition) -> int:
    """How many levels the tree has."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return 1 + max(map(depth, parts))
        case Not(part):
            return 1 + depth(part)
        case _:
            return 1


def holds_for_nothing(condition: Condition) -> bool:
    """Whether the condition holds for a dossier without a single field, so for almost all."""
    match condition:
        case AllOf(parts):
            return all(map(holds_for_nothing, parts))
        case AnyOf(parts):
            return any(map(holds_for_nothing, parts))
        case Not(part):
            return not holds_for_nothing(part)
        case Exists(_, exists):
            return not exists
        case _:
            return False
