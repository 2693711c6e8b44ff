"""A JSON schema of rule files, with which editors complete fields and check while one types.

It has the shape of Sigma's own schemas (specification 2.1, `json-schema/`) and adds what hunter
knows: the fields with their meanings, the modifiers, and the keys `score`, `wording`, `tests` and
`time`. In draft 7, which editors read best. The loader is stricter: it knows what refers to what.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from hunter.model import Level
from hunter.rulebook.conditions import Op
from hunter.rulebook.detections import MODIFIERS
from hunter.rulebook.holdings import Holding, holding
from hunter.rulebook.rules import Kind

Schema: TypeAlias = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "number"}
_TEXTS: Schema = {"type": "array", "items": _TEXT, "uniqueItems": True}
_UUID = "^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$"
_DAY = r"^\d{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$"
_STATUSES = {
    "stable": "in use for long, and hardly ever wrong",
    "test": "quiet on what it was tried on",
    "experimental": "new; it may be wrong often",
    "deprecated": "another rule took its place",
    "unsupported": "does not work as it is",
}
_OFFERED = ("contains", "startswith", "endswith", "re|i")
_OFFERED_NUMBERS = ("gte", "lte", "gt", "lt")


def schema(fields: Mapping[str, str]) -> Schema:
    """The schema for rules over these fields (field → meaning)."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A rule of hunter: a Sigma rule, correlation or filter",
        "type": "object",
        "required": ["title"],
        "properties": _heads(),
        "allOf": [
            _when("detection", ["id", "logsource"]),
            _when("correlation", ["id"]),
            _when("filter", ["logsource"]),
        ],
        "anyOf": [{"required": [kind]} for kind in ("detection", "correlation", "filter")],
        "definitions": {
            "value": {"type": ["string", "number", "boolean", "null"]},
            "values": {
                "anyOf": [_ref("value"), {"type": "array", "minItems": 1, "items": _ref("value")}]
            },
            "numbers": {"anyOf": [_NUMBER, {"type": "array", "minItems": 1, "items": _NUMBER}]},
            "fields": _fields(fields),
            "selection": _selection(),
            "dossier": _dossier(fields),
            "field": {"enum": sorted(fields)},
        },
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _when(kind: str, needed: list[str]) -> Schema:
    return {"if": {"required": [kind]}, "then": {"required": needed}}


def _heads() -> Schema:
    """Every key at the top of a rule."""
    return {
        "title": _told("What the rule looks for, in a few words", _TEXT | {"maxLength": 256}),
        "id": _told("A UUID, made once and never changed", _TEXT | {"pattern": _UUID}),
        "name": _told("By which correlations and filters refer to the rule", _TEXT),
        "status": _choice("How mature the rule is", _STATUSES),
        "description": _told("What it detects, and why", _TEXT),
        "author": _told("Who wrote it", _TEXT),
        "license": _told("An SPDX identifier", _TEXT),
        "date": _told("The day it was written, YYYY-MM-DD", _TEXT | {"pattern": _DAY}),
        "modified": _told("The day it was changed last, YYYY-MM-DD", _TEXT | {"pattern": _DAY}),
        "references": _told("Where one can read more", _TEXTS),
        "tags": _told(
            "Such as attack.t1583.001",
            _TEXTS | {"items": _TEXT | {"pattern": r"^[a-z0-9_-]+\.[a-z0-9._-]+$"}},
        ),
        "falsepositives": _told("How it can be wrong", _TEXTS),
        "level": _choice("How grave a find is; medium opens an alert", _levels()),
        "score": _told(
            "How much it adds to the alert's risk, 0 to 100",
            {"type": "integer", "minimum": 0, "maximum": 100},
        ),
        "wording": _told("The sentence people read; hedged: 'consistent with', never 'is'", _TEXT),
        "time": _told("The date field that places a dossier in time", _ref("field")),
        "logsource": _logsource(),
        "detection": _block("What must be so", {}),
        "filter": _block("What may pass", {"rules": _filtered()}, needed=("rules",)),
        "correlation": _correlation(),
        "generate": _generate(),
        "tests": _tests(),
    }


def _told(description: str, rest: Schema) -> Schema:
    if "$ref" in rest:
        return {"description": description, "allOf": [rest]}
    return {"description": description, **rest}


def _choice(description: str, choices: Mapping[str, str]) -> Schema:
    options = [{"const": choice, "description": meaning} for choice, meaning in choices.items()]
    return {"description": description, "type": "string", "oneOf": options}


def _levels() -> Mapping[str, str]:
    told = {
        Level.INFORMATIONAL: "evidence only",
        Level.LOW: "evidence that counts",
        Level.MEDIUM: "worth a look on a working day",
        Level.HIGH: "worth a look now",
        Level.CRITICAL: "borders on certainty",
    }
    return {str(level): meaning for level, meaning in told.items()}


def _logsource() -> Schema:
    return {
        "description": "Always the same here",
        "type": "object",
        "required": ["product", "category"],
        "properties": {"product": {"const": "hunter"}, "category": {"const": "domain"}},
    }


def _block(description: str, more: Schema, needed: Iterable[str] = ()) -> Schema:
    """Named selections and a condition."""
    condition = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
    return {
        "description": description,
        "type": "object",
        "required": ["condition", *needed],
        "minProperties": 2,
        "properties": {
            "condition": _told("Such as: selection and not 1 of known_*", condition),
            **more,
        },
        "additionalProperties": _ref("selection"),
    }


def _filtered() -> Schema:
    names = {"type": "array", "minItems": 1, "items": _TEXT}
    return _told("Names or ids of the rules it is joined to, or any", {"anyOf": [_TEXT, names]})


def _selection() -> Schema:
    """A block of fields, a list of such blocks, or keywords."""
    # By if and else, so that an editor tells what is wrong with a field and not of three ways.
    keyword = {"type": ["string", "number"]}
    item = {"if": {"type": "object"}, "then": _ref("fields"), "else": keyword}
    listed = {"type": "array", "minItems": 1, "items": item}
    other = {"if": {"type": "array"}, "then": listed, "else": keyword}
    return {"if": {"type": "object"}, "then": _ref("fields"), "else": other}


def _fields(fields: Mapping[str, str]) -> Schema:
    """`field` or `field|modifier`; those that suit a field are offered, all are accepted."""
    offered = {
        key: _told(meaning, _ref(kind))
        for field, meaning in fields.items()
        for key, kind in _keys(field, holding(meaning))
    }
    modifiers = "|".join(sorted(MODIFIERS))
    names = "|".join(re.escape(field) for field in sorted(fields))
    return {
        "type": "object",
        "minProperties": 1,
        "properties": offered,
        "patternProperties": {rf"^({names})?(\|({modifiers}))*$": _ref("values")},
        "additionalProperties": False,
    }


def _keys(field: str, known: Holding) -> Iterator[tuple[str, str]]:
    """The keys to offer for a field, and what stands behind them."""
    yield field, "values"
    if known.numeric:
        yield from ((f"{field}|{modifier}", "numbers") for modifier in _OFFERED_NUMBERS)
    elif not known.truth:
        yield from ((f"{field}|{modifier}", "values") for modifier in _OFFERED)


def _dossier(fields: Mapping[str, str]) -> Schema:
    held = {field: _told(meaning, _held(holding(meaning))) for field, meaning in fields.items()}
    return {
        "description": "A domain as it might be: fields and their values",
        "type": "object",
        "required": ["domain"],
        "properties": {
            **held,
            "at": _told("When it was so: 20170413, or a time", {"type": ["integer", "string"]}),
        },
        "additionalProperties": False,
    }


def _held(known: Holding) -> Schema:
    one: Schema = {"type": ["string", "number", "boolean"]}
    if known.truth:
        one = {"type": "boolean"}
    elif known.numeric:
        one = {"type": "number"}
    return {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}


def _tests() -> Schema:
    several = {"type": "array", "minItems": 1, "items": _ref("dossier")}
    listed = {"type": "array", "items": {"anyOf": [_ref("dossier"), several]}}
    return {
        "description": "Dossiers on which the rule is tried; of a correlation, lists of them",
        "type": "object",
        "properties": {
            "match": _told("These it must match", listed),
            "no_match": _told("These it must not match", listed),
        },
        "additionalProperties": False,
    }


def _correlation() -> Schema:
    condition = {"anyOf": [_TEXT, _threshold()]}
    return {
        "description": "What several dossiers must have in common",
        "type": "object",
        "required": ["type", "group-by", "timespan"],
        "properties": {
            "type": {"enum": sorted(map(str, Kind))},
            "rules": _told("Names or ids of the rules that feed it", {"anyOf": [_TEXT, _TEXTS]}),
            "group-by": _told("The fields whose value they share", {"anyOf": [_TEXT, _TEXTS]}),
            "timespan": _told("Such as 30d", _TEXT | {"pattern": r"^\d+[smhdwMy]$"}),
            "condition": condition,
            "field": _ref("field"),
            "aliases": {"type": "object", "additionalProperties": {"type": "object"}},
            "generate": _generate(),
        },
        "additionalProperties": False,
    }


def _generate() -> Schema:
    return _told("Whether the rules also speak for themselves", {"type": "boolean"})


def _threshold() -> Schema:
    bounds = {str(op): {"type": "number"} for op in Op}
    percentile = {"type": "integer", "minimum": 0, "maximum": 100}
    return {
        "type": "object",
        "minProperties": 1,
        "properties": {**bounds, "field": _TEXT, "percentile": percentile},
        "additionalProperties": False,
    }
