"""Correlation documents: checked part by part and built.

Source: Sigma correlation rules specification 2.1, the value_* kinds of pySigma 2, and value_min and
value_max of the specification's own examples.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from math import isfinite

from sigma.correlations import (
    CorrelationConditionAND,
    CorrelationConditionNOT,
    CorrelationConditionOR,
    SigmaCorrelationTimespan,
    SigmaExtendedCorrelationCondition,
    SigmaRuleReference,
)
from sigma.exceptions import SigmaError

from hunter.errors import Fault
from hunter.rulebook.aliases import alias_faults
from hunter.rulebook.conditions import Op
from hunter.rulebook.headers import KEYS
from hunter.rulebook.hints import FURTHER_LEFT, did_you_mean, listing, number_alone
from hunter.rulebook.holdings import holding
from hunter.rulebook.reading import Document, Step, Yaml
from hunter.rulebook.rules import (
    MOMENT,
    Clause,
    Clauses,
    Correlation,
    Expectation,
    Header,
    Kind,
    Threshold,
)

_KINDS = frozenset(str(kind) for kind in Kind)
_TEMPORAL = frozenset({Kind.TEMPORAL, Kind.TEMPORAL_ORDERED})
_OVER_VALUES = _KINDS - _TEMPORAL - {Kind.EVENT_COUNT}
_KEYS = frozenset(
    {"type", "rules", "group-by", "timespan", "condition", "field", "aliases", "generate"}
)
_FORMER = {"timeframe": "timespan", "by": "group-by"}
"""Words of the conditions of Sigma 1 → the keys that took their place."""
_OPS = frozenset(str(op) for op in Op)
_MAX_PERCENTILE = 100
_MAX_RULES = 16
_MAX_CLAUSES = 200
_LONGEST = timedelta(days=100 * 366)
_SIGNS = {">=": "gte", ">": "gt", "<=": "lte", "<": "lt", "==": "eq", "=": "eq", "!=": "neq"}


def referred(document: Document) -> tuple[str, ...]:
    """The rules that a correlation names, as it names them."""
    block = document.data.get("correlation")
    if not isinstance(block, dict):
        return ()
    named = block.get("rules")
    if isinstance(named, str):
        return (named,)
    if isinstance(named, list):
        return tuple(str(one) for one in named)
    condition = block.get("condition")
    return tuple(_referred_in(condition)) if isinstance(condition, str) else ()


def generates(document: Document) -> bool:
    """Whether the rules it names also speak for themselves.

    Said in the block, as the specification has it, or beside it, as its schema does.
    """
    block = document.data.get("correlation")
    inside = isinstance(block, dict) and block.get("generate") is True
    return inside or document.data.get("generate") is True


def grouping(document: Document) -> tuple[str, ...]:
    """The fields and aliases by which a correlation groups."""
    block = document.data.get("correlation")
    found = block.get("group-by") if isinstance(block, dict) else None
    return tuple(map(str, found)) if isinstance(found, list) else (str(found),) if found else ()


class CorrelationBlock:
    """The `correlation:` block of one document, with what it may refer to."""

    def __init__(
        self,
        document: Document,
        fields: Mapping[str, str],
        ids: Mapping[str, str],
        handed: Mapping[str, tuple[str, ...]],
    ) -> None:
        """`handed`: the id of each correlation → by what it groups, and hands on."""
        self._document = document
        self._fields = fields
        self._ids = ids
        self._handed = handed
        block = document.data.get("correlation")
        self._block: Mapping[Yaml, Yaml] = block if isinstance(block, dict) else {}

    def faults(self) -> Iterator[Fault]:
        """Every fault of the block."""
        yield from self._key_faults()
        yield from self._kind_faults()
        yield from self._reference_faults()
        yield from self._group_faults()
        yield from self._alias_faults()
        yield from self._timespan_faults()
        yield from self._condition_faults()
        yield from self._time_faults()

    def build(self, header: Header) -> Correlation:
        """The correlation; to be asked only when there is no fault."""
        condition = self._condition()
        rules = tuple(self._ids[name] for name in referred(self._document))
        percentile = condition.get("percentile", 50)
        return Correlation(
            header=header,
            kind=Kind(str(self._block["type"])),
            rules=rules,
            group_by=grouping(self._document),
            timespan=timedelta(
                seconds=SigmaCorrelationTimespan(str(self._block["timespan"])).seconds
            ),
            expects=self._expectation(rules),
            aliases=self._aliases(),
            value_field=self._value_field(),
            percentile=percentile if isinstance(percentile, int) else 50,
            time_field=str(self._document.data.get("time", self._usual_time())),
            generates=generates(self._document),
        )

    def _fault(self, message: str, hint: str = "", *path: Step) -> Fault:
        return self._document.fault(("correlation", *path), message, hint)

    def _kind(self) -> str:
        return str(self._block.get("type", ""))

    def _condition(self) -> Mapping[Yaml, Yaml]:
        found = self._block.get("condition")
        return found if isinstance(found, dict) else {}

    def _value_field(self) -> str:
        """From the condition, as the specification has it, or beside it, as the schema does."""
        found = self._condition().get("field", self._block.get("field", ""))
        return str(found[0] if isinstance(found, list) and len(found) == 1 else found)

    def _usual_time(self) -> str:
        """All states of one domain were first seen on one day; what tells them apart is when."""
        return MOMENT if "domain" in grouping(self._document) else "first_seen"

    def _aliases(self) -> dict[str, dict[str, str]]:
        found = self._block.get("aliases")
        return {
            str(alias): {self._ids.get(str(rule), ""): str(name) for rule, name in mapping.items()}
            for alias, mapping in (found.items() if isinstance(found, dict) else ())
            if isinstance(mapping, dict)
        }

    def _key_faults(self) -> Iterator[Fault]:
        for key in self._block:
            if key not in _KEYS:
                meant = _FORMER.get(str(key), str(key))
                hint = did_you_mean(meant, _KEYS, f"the keys are: {listing(_KEYS)}")
                if key in KEYS:
                    hint = FURTHER_LEFT.format("correlation")
                yield self._fault(f"there is no key {key!r} in a correlation", hint, str(key))

    def _kind_faults(self) -> Iterator[Fault]:
        if self._kind() not in _KINDS:
            hint = did_you_mean(self._kind(), _KINDS, f"it is one of: {listing(_KINDS)}")
            yield self._fault(f"there is no correlation type {self._kind()!r}", hint, "type")
        if not isinstance(self._block.get("generate", False), bool):
            yield self._fault("'generate' is true or false", "", "generate")
        if not isinstance(self._document.data.get("generate", False), bool):
            yield self._document.fault(("generate",), "'generate' is true or false")

    def _reference_faults(self) -> Iterator[Fault]:
        named = referred(self._document)
        if not named:
            hint = "list the names or ids of the rules that feed it"
            yield self._fault("names no rules", hint, "rules")
        if len(named) > _MAX_RULES:
            yield self._fault(f"names more than {_MAX_RULES} rules", "split it in two", "rules")
        for name in named:
            if name not in self._ids:
                hint = did_you_mean(
                    name, self._ids, "give the rule a 'name:' and use that, or its id"
                )
                yield self._fault(f"there is no rule {name!r}", hint, "rules")

    def _group_faults(self) -> Iterator[Fault]:
        if not grouping(self._document):
            hint = "name the field whose value the domains share; 'brand' takes all of one brand"
            yield self._fault("has no group-by", hint, "group-by")
        elif isinstance(self._block.get("group-by"), dict):
            yield self._fault("is no list of fields", "write 'group-by: [ns_domain]'", "group-by")
            return
        for name in grouping(self._document):
            yield from self._name_faults(name, "group-by")

    def _name_faults(self, name: str, *path: Step) -> Iterator[Fault]:
        """Of a field, an alias, or what a correlation that feeds this one hands on."""
        fed = [self._ids.get(one, "") for one in referred(self._document)]
        if name not in self._aliases() and not any(
            name in self._handed.get(one, ()) for one in fed
        ):
            yield from self._field_faults(name, *path)

    def _field_faults(self, name: str, *path: Step) -> Iterator[Fault]:
        if name not in self._fields:
            hint = did_you_mean(name, self._fields, f"the fields are: {listing(self._fields)}")
            yield self._fault(f"there is no field {name!r}", hint, *path)

    def _alias_faults(self) -> Iterator[Fault]:
        found = self._block.get("aliases", {})
        if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
            hint = "write 'alias:' and under it 'rule name: field' lines"
            yield self._fault("is no list of aliases", hint, "aliases")
            return
        for alias, mapping in found.items():
            for rule, name in mapping.items() if isinstance(mapping, dict) else ():
                path = ("aliases", str(alias), str(rule))
                if str(rule) not in self._ids:
                    hint = did_you_mean(str(rule), self._ids)
                    yield self._fault(f"there is no rule {rule!r}", hint, *path)
                yield from self._field_faults(str(name), *path)
        feeding = {name: self._ids.get(name, "") for name in referred(self._document)}
        asked = (*grouping(self._document), self._value_field())
        for alias, message, hint in alias_faults(
            self._aliases(), feeding, asked, {**self._handed, "": tuple(self._fields)}
        ):
            yield self._fault(message, hint, "aliases", alias)

    def _timespan_faults(self) -> Iterator[Fault]:
        try:
            span = SigmaCorrelationTimespan(str(self._block.get("timespan", "")))
        except (SigmaError, ValueError):
            hint = "write a whole number and one of s, m, h, d, w, M, y, such as 30d"
            yield self._fault("has no timespan that can be read", hint, "timespan")
            return
        if span.seconds > _LONGEST.total_seconds():
            yield self._fault("looks back more than 100 years", "such as 30d or 2y", "timespan")

    def _time_faults(self) -> Iterator[Fault]:
        name = self._document.data.get("time")
        if name is not None and name not in self._fields:
            hint = did_you_mean(str(name), self._fields, "name a date field, such as first_seen")
            yield self._document.fault(("time",), f"there is no field {name!r}", hint)
        elif name is not None:
            meaning = self._fields[str(name)]
            held = holding(meaning)
            if meaning and not (held.day or held.moment):
                hint = "name a date field, such as first_seen"
                yield self._document.fault(("time",), f"{name!r} holds no dates", hint)

    def _condition_faults(self) -> Iterator[Fault]:
        written = self._block.get("condition")
        temporal = self._kind() in _TEMPORAL
        if isinstance(written, str):
            yield from self._extended_faults(written, temporal=temporal)
        elif isinstance(written, dict):
            yield from self._threshold_faults(written)
        elif written is not None or not temporal:
            hint = "write how many it takes, such as 'condition: {gte: 2}'"
            yield self._fault("has no condition", hint, "condition")

    def _extended_faults(self, written: str, *, temporal: bool) -> Iterator[Fault]:
        if not temporal:
            hint = "count with 'condition: {gte: 2}', or use type temporal"
            yield self._fault("only temporal types take a condition in words", hint, "condition")
            return
        try:
            clauses = _clauses(SigmaExtendedCorrelationCondition(written).parsed)
            mentioned = tuple(_referred_in(written))
        except (SigmaError, RecursionError):
            hint = "join rule names with and, or, not and brackets; to count write {gte: 2}"
            yield self._fault("cannot be read", hint, "condition")
            return
        odd = sorted(set(mentioned) ^ set(referred(self._document)))
        if odd:
            hint = f"only one of the two has: {listing(odd)}"
            yield self._fault("'rules' and 'condition' name different rules", hint, "condition")
        if any(not seen for seen, _ in clauses):
            hint = "join it with a rule that is seen: 'a and not b'"
            yield self._fault("only says what is not seen", hint, "condition")
        if len(clauses) > _MAX_CLAUSES:
            yield self._fault(
                "has too many alternatives", "chain correlations instead", "condition"
            )

    def _threshold_faults(self, written: Mapping[Yaml, Yaml]) -> Iterator[Fault]:
        if not _OPS.intersection(map(str, written)):
            hint = f"compare with one of: {listing(_OPS)}"
            yield self._fault("says no number", hint, "condition")
        for key, value in written.items():
            path = ("condition", str(key))
            if key in _OPS:
                if isinstance(value, bool) or not _is_number(value):
                    hint = number_alone(value)
                    yield self._fault(f"{value!r} is no number", hint, *path)
            elif key not in {"field", "percentile"}:
                hint = did_you_mean(_SIGNS.get(str(key), str(key)), _OPS | {"field"})
                yield self._fault(f"there is no {key!r} in a condition", hint, *path)
        yield from self._value_field_faults(written)

    def _value_field_faults(self, written: Mapping[Yaml, Yaml]) -> Iterator[Fault]:
        name = self._value_field()
        listed = written.get("field", self._block.get("field"))
        if isinstance(listed, list) and len(listed) != 1:
            hint = "name one; several values together, a correlation of its own counts"
            yield self._fault("looks at one field only", hint, "condition", "field")
        elif name:
            yield from self._name_faults(name, "condition", "field")
        elif not name and self._kind() in _OVER_VALUES:
            hint = "write the field whose values count: 'field: domain'"
            yield self._fault("does not say which field's values it looks at", hint, "condition")
        percentile = written.get("percentile", 50)
        number = None if isinstance(percentile, bool) else percentile
        if not isinstance(number, int) or not 0 <= number <= _MAX_PERCENTILE:
            hint = "write a whole number, such as 'percentile: 95'"
            message = "a percentile lies between 0 and 100"
            yield self._fault(message, hint, "condition", "percentile")

    def _expectation(self, rules: tuple[str, ...]) -> Expectation:
        written = self._block.get("condition")
        if isinstance(written, str):
            clauses = _clauses(SigmaExtendedCorrelationCondition(written).parsed)
            return Clauses(tuple(self._clause(seen, unseen) for seen, unseen in clauses))
        bounds = tuple(
            (Op(str(key)), float(value))
            for key, value in self._condition().items()
            if key in _OPS and isinstance(value, int | float)
        )
        return Threshold(bounds or ((Op.GTE, float(len(rules))),))

    def _clause(self, seen: frozenset[str], unseen: frozenset[str]) -> Clause:
        order = referred(self._document)
        return Clause(
            tuple(self._ids[name] for name in order if name in seen),
            tuple(self._ids[name] for name in order if name in unseen),
        )


def _is_number(value: Yaml) -> bool:
    return isinstance(value, int | float) and isfinite(value)


def _referred_in(condition: str) -> Iterator[str]:
    words = re.findall(r"[A-Za-z_][A-Za-z0-9_]*", condition)
    yield from dict.fromkeys(word for word in words if word not in {"and", "or", "not"})


def _clauses(
    parsed: object, *, negative: bool = False
) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The expression as alternatives of (seen, not seen): its disjunctive normal form."""
    if isinstance(parsed, SigmaRuleReference):
        name = frozenset({parsed.reference})
        return [(frozenset(), name)] if negative else [(name, frozenset())]
    assert isinstance(
        parsed, CorrelationConditionAND | CorrelationConditionOR | CorrelationConditionNOT
    )
    if isinstance(parsed, CorrelationConditionNOT):
        return _clauses(parsed.args[0], negative=not negative)
    parts = [_clauses(part, negative=negative) for part in parsed.args]
    if isinstance(parsed, CorrelationConditionAND) == negative:
        return list(itertools.chain.from_iterable(parts))
    return _conjunction(parts)


def _conjunction(
    parts: list[list[tuple[frozenset[str], frozenset[str]]]],
) -> list[tuple[frozenset[str], frozenset[str]]]:
    joined: list[tuple[frozenset[str], frozenset[str]]] = [(frozenset(), frozenset())]
    for part in parts:
        joined = [
            (seen | more_seen, unseen | more_unseen)
            for seen, unseen in joined
            for more_seen, more_unseen in part
            if not (seen | more_seen) & (unseen | more_unseen)
        ][: _MAX_CLAUSES + 1]
    return joined
