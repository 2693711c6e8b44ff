"""Hold data against a JSON schema (draft 7), for the keywords that hunter's own schema uses."""

import re
from collections.abc import Iterator
from typing import Any

KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": int | float,
    "null": type(None),
}
IGNORED = {"$schema", "title", "description", "definitions", "else", "then"}


def complaints(data: Any, schema: dict[str, Any], top: dict[str, Any] | None = None) -> list[str]:
    """What is wrong with the data; an unknown keyword is an error of the test."""
    top = top or schema
    return [
        text
        for keyword, value in schema.items()
        if keyword not in IGNORED
        for text in CHECKS[keyword](data, value, schema, top)
    ]


def _is(data: Any, kind: str) -> bool:
    return isinstance(data, KINDS[kind]) and (kind == "boolean" or not isinstance(data, bool))


def _type(data, value, _schema, _top) -> Iterator[str]:
    kinds = value if isinstance(value, list) else [value]
    if not any(_is(data, kind) for kind in kinds):
        yield f"{data!r} is no {' or '.join(kinds)}"


def _reference(data, value, _schema, top) -> Iterator[str]:
    yield from complaints(data, top["definitions"][value.rsplit("/", 1)[1]], top)


def _required(data, value, _schema, _top) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (f"lacks {name}" for name in value if name not in data)


def _properties(data, value, schema, top) -> Iterator[str]:
    if not isinstance(data, dict):
        return
    patterns = schema.get("patternProperties", {})
    for name, held in data.items():
        fitting = [one for pattern, one in patterns.items() if re.search(pattern, name)]
        if name in value:
            fitting.append(value[name])
        more = schema.get("additionalProperties", True)
        if not fitting and more is False:
            yield f"{name!r} is unknown"
        elif not fitting and more is not True:
            fitting = [more]
        for one in fitting:
            yield from (f"{name}: {text}" for text in complaints(held, one, top))


def _items(data, value, _schema, top) -> Iterator[str]:
    for one in data if isinstance(data, list) else ():
        yield from complaints(one, value, top)


def _any_of(data, value, _schema, top) -> Iterator[str]:
    if all(complaints(data, one, top) for one in value):
        yield f"{data!r} is none of what it may be"


def _one_of(data, value, _schema, top) -> Iterator[str]:
    if sum(not complaints(data, one, top) for one in value) != 1:
        yield f"{data!r} is not one of the choices"


def _all_of(data, value, _schema, top) -> Iterator[str]:
    for one in value:
        yield from complaints(data, one, top)


def _if(data, value, schema, top) -> Iterator[str]:
    branch = "else" if complaints(data, value, top) else "then"
    yield from complaints(data, schema.get(branch, {}), top)


def _plain(holds, what):
    def check(data, value, _schema, _top) -> Iterator[str]:
        if not holds(data, value):
            yield f"{data!r}: {what} {value!r}"

    return check


CHECKS = {
    "type": _type,
    "$ref": _reference,
    "required": _required,
    "properties": _properties,
    "patternProperties": lambda *_: (),
    "additionalProperties": lambda data, value, schema, top: (
        () if "properties" in schema else _properties(data, {}, schema, top)
    ),
    "items": _items,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "allOf": _all_of,
    "if": _if,
    "enum": _plain(lambda data, value: data in value, "is not among"),
    "const": _plain(lambda data, value: data == value, "is not"),
    "pattern": _plain(
        lambda data, value: not isinstance(data, str) or re.search(value, data), "has not the form"
    ),
    "minLength": _plain(
        lambda data, n: not isinstance(data, str) or len(data) >= n, "shorter than"
    ),
    "maxLength": _plain(lambda data, n: not isinstance(data, str) or len(data) <= n, "longer than"),
    "minimum": _plain(lambda data, n: not _is(data, "number") or data >= n, "less than"),
    "maximum": _plain(lambda data, n: not _is(data, "number") or data <= n, "more than"),
    "minItems": _plain(lambda data, n: not isinstance(data, list) or len(data) >= n, "fewer than"),
    "minProperties": _plain(lambda data, n: not isinstance(data, dict) or len(data) >= n, "under"),
    "uniqueItems": _plain(
        lambda data, _: not isinstance(data, list) or len(set(map(str, data))) == len(data),
        "repeats itself:",
    ),
}
