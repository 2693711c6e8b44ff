"""Tests of a condition as a person writes them in a rule: `confidence|gte: 0.5`."""

from hunter.rulebook.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Exists,
    InNetwork,
    Leaf,
    Not,
    Op,
    Regex,
    SameAs,
    Text,
    Wild,
)

_ANY = "any field"


def written(condition: Condition) -> str:
    """The condition in one line."""
    match condition:
        case AllOf(parts):
            return " and ".join(map(_bracketed, parts))
        case AnyOf(parts):
            return " or ".join(map(_bracketed, parts))
        case Not(part):
            return f"not {_bracketed(part)}"
        case _:
            return _leaf(condition)


def _bracketed(condition: Condition) -> str:
    text = written(condition)
    return f"({text})" if isinstance(condition, AllOf | AnyOf) else text


def _leaf(leaf: Leaf) -> str:
    match leaf:
        case Text(field, pattern, cased):
            modifier, shown = _shape(pattern)
            return f"{field or _ANY}{modifier}{'|cased' if cased else ''}: {shown!r}"
        case Regex(field, pattern):
            return f"{field or _ANY}|re: {pattern!r}"
        case Compare(field, op, number, part):
            modifiers = [one for one in (part, "" if op is Op.EQ else str(op)) if one]
            return f"{'|'.join([field, *modifiers])}: {number}"
        case InNetwork(field, network):
            return f"{field}|cidr: {network}"
        case Exists(field, exists):
            return f"{field}|exists: {str(exists).lower()}"
        case SameAs():
            return _pair(leaf)


def _pair(leaf: SameAs) -> str:
    ends = {(True, True): "|contains", (True, False): "|startswith", (False, True): "|endswith"}
    return f"{leaf.field}|fieldref{ends.get((leaf.starts_with, leaf.ends_with), '')}: {leaf.other}"


def _shape(pattern: tuple[str | Wild, ...]) -> tuple[str, str]:
    match pattern:
        case (Wild.MANY, str() as part, Wild.MANY):
            return "|contains", part
        case (str() as part, Wild.MANY):
            return "|startswith", part
        case (Wild.MANY, str() as part):
            return "|endswith", part
        case _:
            return "", "".join(
                str(part.value if isinstance(part, Wild) else part) for part in pattern
            )
