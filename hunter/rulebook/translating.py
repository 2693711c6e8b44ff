"""Turn what pySigma parsed into a condition tree, which knows nothing of pySigma."""

from sigma.conditions import (
    ConditionAND,
    ConditionFieldEqualsValueExpression,
    ConditionNOT,
    ConditionOR,
    ConditionValueExpression,
)
from sigma.exceptions import SigmaError
from sigma.types import (
    SigmaBool,
    SigmaCasedString,
    SigmaCIDRExpression,
    SigmaCompareExpression,
    SigmaExists,
    SigmaExpansion,
    SigmaFieldReference,
    SigmaNull,
    SigmaNumber,
    SigmaRegularExpression,
    SigmaString,
    SigmaTimestampPart,
    SigmaType,
    SpecialChars,
)

from hunter.rulebook import conditions as tree

_WILD = {
    SpecialChars.WILDCARD_MULTI: tree.Wild.MANY,
    SpecialChars.WILDCARD_SINGLE: tree.Wild.ONE,
}


def translated(parsed: object) -> tree.Condition:
    """The condition tree of what pySigma parsed; raises SigmaError for what it has no word for."""
    match parsed:
        case ConditionAND(args=args):
            return tree.AllOf(tuple(translated(arg) for arg in args))
        case ConditionOR(args=args):
            return tree.AnyOf(tuple(translated(arg) for arg in args))
        case ConditionNOT(args=args):
            return tree.Not(translated(args[0]))
        case ConditionFieldEqualsValueExpression(field=field, value=value):
            return _test(field, value)
        case ConditionValueExpression(value=value):
            return _keyword(value)
        case _:
            raise SigmaError(f"A condition of the kind {type(parsed).__name__} is not supported")


def _keyword(value: SigmaType) -> tree.Condition:
    """A value without a field is looked for within every field."""
    match value:
        case SigmaExpansion(values=values):
            return tree.AnyOf(tuple(_keyword(one) for one in values))
        case SigmaRegularExpression():
            return tree.Regex(None, _pattern(value))
        case SigmaString():
            many = tree.Wild.MANY
            inner = _parts(value)
            cased = isinstance(value, SigmaCasedString)
            return tree.Text(None, (many, *inner, many), cased)
        case SigmaNumber() | SigmaBool():
            many = tree.Wild.MANY
            return tree.Text(None, (many, str(value).lower(), many))
        case _:
            raise SigmaError("Values of this kind need a field")


def _test(field: str, value: SigmaType) -> tree.Condition:
    match value:
        case SigmaExpansion(values=values):
            return tree.AnyOf(tuple(_test(field, one) for one in values))
        case SigmaRegularExpression():
            return tree.Regex(field, _pattern(value))
        case SigmaString():
            return tree.Text(field, _parts(value), isinstance(value, SigmaCasedString))
        case SigmaExists() | SigmaNull():
            exists = isinstance(value, SigmaExists) and value.exists
            return tree.Exists(field, exists)
        case _:
            return _exact_test(field, value)


def _exact_test(field: str, value: SigmaType) -> tree.Condition:
    match value:
        case SigmaBool(boolean=truth):
            return tree.Text(field, ("true" if truth else "false",))
        case SigmaCompareExpression(number=number, op=op):
            return tree.Compare(field, tree.Op[op.name], number.number, _part(number))
        case SigmaNumber(number=number):
            return tree.Compare(field, tree.Op.EQ, number, _part(value))
        case SigmaCIDRExpression(network=network):
            return tree.InNetwork(field, network)
        case SigmaFieldReference(field=other, starts_with=starts, ends_with=ends):
            return tree.SameAs(field, other, starts, ends)
        case _:
            raise SigmaError(f"A value of the kind {type(value).__name__} is not supported")


def _part(number: SigmaNumber) -> str:
    part = number.timestamp_part if isinstance(number, SigmaTimestampPart) else None
    return part.name.lower() if part is not None else ""


def _parts(value: SigmaString) -> tuple[str | tree.Wild, ...]:
    parts: list[str | tree.Wild] = []
    for part in value.s:
        if isinstance(part, SpecialChars):
            parts.append(_WILD[part])
        elif isinstance(part, str):
            parts.append(part)
        else:
            raise SigmaError("Placeholders have nothing to fill them")
    return tuple(parts)


def _pattern(value: SigmaRegularExpression) -> str:
    flags = "".join(sorted(value.sigma_to_re_flag[flag] for flag in value.flags))
    return f"(?{flags}){value.regexp}" if flags else str(value.regexp)
