"""Remarks on rules that are sound and yet hardly meant so.

They can never match, or always do; or, as the config stands, nobody would ever hear of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from hunter import dossiers, ribs, unheld
from hunter.config import Config
from hunter.judge.doubts import always, never
from hunter.judge.questions import OPERATORS
from hunter.model import BrandKind, Level, Stage
from hunter.notice import how_many
from hunter.rulebook import Correlation, Filter, Header, Rule, Rulebook
from hunter.rulebook.conditions import Condition, holds_for_nothing
from hunter.rulebook.holdings import Holding, holdings
from hunter.rulebook.rules import Kind, Threshold
from hunter.rulebook.writing import written

_MANY = 1000
_MOST_TOLD = 5
_COUNTING = frozenset({Kind.EVENT_COUNT, Kind.VALUE_COUNT, Kind.TEMPORAL, Kind.TEMPORAL_ORDERED})


class Concern(StrEnum):
    """What a remark is about."""

    NEVER = "never matches"
    ALWAYS = "always matches"
    UNHELD = "never held"
    UNHEARD = "nobody hears"
    EVIDENCE = "evidence only"
    OFF = "switched off"
    NARROW = "lets little pass"
    SILENCING = "silences rules"

    @property
    def grave(self) -> bool:
        """Whether the check fails for it; else it is only good to know."""
        return self not in {Concern.EVIDENCE, Concern.OFF, Concern.NARROW, Concern.SILENCING}


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing about one rule, where it stands, and what to do."""

    concern: Concern
    file: str
    where: str
    rule: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = ": ".join(part for part in (self.file, self.where) if part)
        told = f"{place}: {self.rule!r} {self.message}" if place else self.message
        return f"{told}\n    hint: {self.hint}" if self.hint else told


def remarks(
    rulebook: Rulebook, fields: Mapping[str, str], config: Config | None
) -> tuple[Remark, ...]:
    """Everything there is to say; without a config, of the rules alone."""
    known = _holdings(fields, config)
    found: list[Remark] = []
    for rule in rulebook.rules:
        found.extend(_of_rule(rule, known))
        found.extend(_of_texts(rule.header, rule.own, fields))
    for one in rulebook.filters:
        found.extend(_of_filter(one, known))
        found.extend(_of_texts(one.header, one.condition, fields))
    hopeless = {rule.header.id for rule in rulebook.rules if never(rule.condition, known)}
    for correlation in rulebook.correlations:
        found.extend(_of_correlation(correlation, hopeless))
        found.extend(_of_silenced(correlation, rulebook, config))
    if config is not None:
        found.extend(_of_config(rulebook, config, known))
    return tuple(found)


def _remark(concern: Concern, header: Header, message: str, hint: str = "") -> Remark:
    return Remark(concern, header.file, header.where, header.title, message, hint)


def _holdings(fields: Mapping[str, str], config: Config | None) -> dict[str, Holding]:
    """What every field can hold in this house."""
    known = {
        field: replace(one, always=field in dossiers.ALWAYS, single=field in dossiers.SINGLE)
        for field, one in holdings(fields).items()
    }
    listed: dict[str, frozenset[str]] = {
        "brand_kind": frozenset(map(str, BrandKind)),
        "stage": frozenset(map(str, Stage)),
        "unknown": frozenset(fields),
    }
    if config is not None:
        listed["brand"] = frozenset(brand.domain for brand in config.brands)
    for field, values in listed.items():
        known[field] = replace(known.get(field, Holding()), known=frozenset(values))
    return known


def _of_rule(rule: Rule, known: Mapping[str, Holding]) -> Iterator[Remark]:
    why = never(rule.own, known)
    if why:
        yield _remark(Concern.NEVER, rule.header, f"can never match: {why}", "mend or remove it")
    elif always(rule.condition, known):
        hint = "add a selection that only some domains meet, such as 'confidence|gte: 0.5'"
        yield _remark(Concern.ALWAYS, rule.header, "matches every domain", hint)
    elif never(rule.condition, known):
        named = ", ".join(repr(one.header.title) for one in rule.filters)
        message = f"can never match: its filters leave out all that it asks for ({named})"
        yield _remark(Concern.NEVER, rule.header, message, "narrow the filter, or remove the rule")


def _of_filter(one: Filter, known: Mapping[str, Holding]) -> Iterator[Remark]:
    why = never(one.condition, known)
    if why:
        hint = "its condition says what may pass: 'not' what to leave out"
        yield _remark(Concern.NEVER, one.header, f"lets nothing pass: {why}", hint)
    elif always(one.condition, known):
        yield _remark(Concern.ALWAYS, one.header, "leaves nothing out", "mend or remove it")
    elif not holds_for_nothing(one.condition):
        message = "silences its rules for all domains but those that it names"
        hint = "to leave out what it names, put 'not' in front: 'condition: not selection'"
        yield _remark(Concern.NARROW, one.header, message, hint)


def _of_texts(header: Header, condition: Condition, fields: Mapping[str, str]) -> Iterator[Remark]:
    """One alternative that never holds goes unnoticed beside the others."""
    tests = dict.fromkeys(unheld.tests(condition))
    wrong = [(test, found) for test in tests if (found := unheld.complaint(test, fields))]
    for test, found in wrong[:_MOST_TOLD]:
        message = f"asks for what is never there: '{written(test)}', and {test.field} {found.holds}"
        yield _remark(Concern.UNHELD, header, message, found.hint)
    if len(wrong) > _MOST_TOLD:
        more = how_many(len(wrong) - _MOST_TOLD, "more value")
        message = f"asks for what is never there in {more}"
        yield _remark(Concern.UNHELD, header, message, "mend them as those above")


def _of_correlation(correlation: Correlation, hopeless: set[str]) -> Iterator[Remark]:
    header, bounds = correlation.header, correlation.expects
    if hopeless.issuperset(correlation.rules):
        yield _remark(Concern.NEVER, header, "can never match: no rule that feeds it can")
    elif isinstance(bounds, Threshold):
        counts = _possible_counts(correlation)
        meeting = [
            count
            for count in counts
            if all(OPERATORS[op](count, number) for op, number in bounds.bounds)
        ]
        if not meeting:
            hint = f"it counts {counts[0]} to {counts[-1]}" if len(counts) < _MANY else ""
            yield _remark(Concern.NEVER, header, "can never match: no count meets it", hint)
        elif len(meeting) == len(counts) and correlation.kind in _COUNTING:
            hint = "ask for two or more: 'condition: {gte: 2}'"
            yield _remark(Concern.ALWAYS, header, "matches with a single domain already", hint)


def _of_silenced(
    correlation: Correlation, rulebook: Rulebook, config: Config | None
) -> Iterator[Remark]:
    """A rule that opened alerts opens none from the day on which a correlation names it."""
    minimum = config.minimum if config is not None else Level.MEDIUM
    silenced = [
        repr(one.title)
        for one in rulebook.headers
        if one.id in correlation.rules and one.level >= minimum
    ]
    if silenced and not correlation.generates:
        named = ", ".join(silenced)
        message = f"keeps silent what feeds it, and would open alerts by itself: {named}"
        hint = "'generate: true' lets that speak, too; a rule made to feed needs no level"
        yield _remark(Concern.SILENCING, correlation.header, message, hint)


def _possible_counts(correlation: Correlation) -> range:
    """What can be counted: a window holds one event at least, and of rules no more than there are.

    The other figures can be anything.
    """
    if correlation.kind in {Kind.TEMPORAL, Kind.TEMPORAL_ORDERED}:
        return range(1, len(correlation.rules) + 1)
    return range(1, 10 * _MANY) if correlation.kind in _COUNTING else range(-_MANY, 10 * _MANY)


def _of_config(
    rulebook: Rulebook, config: Config, known: Mapping[str, Holding]
) -> Iterator[Remark]:
    if not config.subscribers:
        hint = "add a [[subscriber]] to the config"
        yield Remark(Concern.UNHEARD, "", "", "", "nobody would be told of any alert", hint)
    conditions = {rule.header.id: rule.condition for rule in rulebook.rules}
    off = _switched_off(config)
    headers = [one.header for one in rulebook.rules]
    headers += [one.header for one in rulebook.correlations]
    for header in headers:
        condition = conditions.get(header.id)
        if condition is not None and never(condition, known):
            continue
        if condition is not None and _waits_for_a_kind(condition, config, known):
            message = "waits for brands of a kind that the config has none of"
            hint = 'name partners = ["…"] in a [[brand]]'
            yield _remark(Concern.OFF, header, message, hint)
            continue
        if not header.silent:
            yield from _of_hearing(header, condition, config, known)
        if condition is not None:
            yield from _of_enrichers(header, condition, known, off)


def _of_hearing(
    header: Header, condition: Condition | None, config: Config, known: Mapping[str, Holding]
) -> Iterator[Remark]:
    if header.level < config.minimum:
        message = f"is {header.level}: it opens no alert, and adds to those that others open"
        yield _remark(Concern.EVIDENCE, header, message)
    elif config.subscribers and not _heard(header.level, condition, config, known):
        lowest = min(one.minimum for one in config.subscribers)
        hint = f"raise its level to {lowest}, or lower a subscriber's minimum"
        if lowest <= header.level:
            hint = "name the brand with a [[subscriber]]"
        message = f"opens {header.level} alerts of which no subscriber would hear"
        yield _remark(Concern.UNHEARD, header, message, hint)


def _heard(
    level: Level, condition: Condition | None, config: Config, known: Mapping[str, Holding]
) -> bool:
    """Whether a subscriber wants alerts of that level about a brand that the rule can concern."""
    wanted = [one.brands for one in config.subscribers if one.minimum <= level]
    for brand in config.brands:
        only = {**known, **_only(brand.domain, brand.kind, known)}
        if any(not brands or brand.domain in brands for brands in wanted) and (
            condition is None or not never(condition, only)
        ):
            return True
    return False


def _waits_for_a_kind(condition: Condition, config: Config, known: Mapping[str, Holding]) -> bool:
    kinds = frozenset(str(brand.kind) for brand in config.brands)
    only = {**known, "brand_kind": replace(known["brand_kind"], known=kinds)}
    return bool(never(condition, only))


def _only(domain: str, kind: BrandKind, known: Mapping[str, Holding]) -> dict[str, Holding]:
    return {
        "brand": replace(known["brand"], known=frozenset({domain})),
        "brand_kind": replace(known["brand_kind"], known=frozenset({str(kind)})),
    }


def _switched_off(config: Config) -> dict[str, str]:
    """Field → the enricher that would find it, for fields that no enricher in use finds."""
    if "recorded" in config.enrichers:
        return {}  # a recorded case may tell anything
    fields = {name: ribs.load("enrichers", name).FIELDS for name in ribs.names("enrichers")}
    used = {field for name in fields if name in config.enrichers for field in fields[name]}
    return {
        field: name
        for name in fields
        if name not in config.enrichers
        for field in fields[name]
        if field not in used
    }


def _of_enrichers(
    header: Header, condition: Condition, known: Mapping[str, Holding], off: Mapping[str, str]
) -> Iterator[Remark]:
    """A rule that waits for what nobody asks; `hunter fact add` and imports may still tell it."""
    nothing = replace(Holding(), known=frozenset())
    if never(condition, {**known, **dict.fromkeys(off, nothing)}):
        waits = [field for field in off if never(condition, {**known, field: nothing})]
        names = ", ".join(sorted({off[field] for field in waits})) or "several enrichers"
        message = f"waits for {', '.join(waits) or 'facts'}, which {names} would find: switched off"
        hint = "set enabled = true in that enricher's table of the config"
        yield _remark(Concern.OFF, header, message, hint)
