"""Judge one dossier together with others that share a value with it: Sigma's correlations, live.

Windows: from each event as far back as the timespan reaches, ends included. A group is one value of
each group-by field, without regard to case; a dossier with several values is in several groups, one
without a value in none. "Not seen" means: not seen within the window so far.

A correlation grouped by `domain` tells the story of one domain: its events are the earlier states
of the domain and the present one, each at the time when it began. Others look at present states.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain, islice, product
from typing import TypeAlias

from hunter.dossiers import values_of
from hunter.judge.company import is_story
from hunter.judge.compiling import Found, Held
from hunter.judge.judging import Bench, bench, finding, gravity
from hunter.judge.measuring import Hit, contributes, meets
from hunter.judge.reach import within_reach
from hunter.judge.seen import Fields, Seen, Values, fields_of, folded
from hunter.model import Dossier, Finding
from hunter.rulebook import Correlation, Header, Rulebook
from hunter.rulebook.conditions import Op
from hunter.rulebook.rules import MOMENT, Clauses, Kind, Threshold

_MAX_EVIDENCE = 20
_NOBODY: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
_COUNTS = frozenset({Kind.EVENT_COUNT, Kind.VALUE_COUNT, Kind.TEMPORAL, Kind.TEMPORAL_ORDERED})
_JUDGED = 0
"""The number of the judged dossier among those of its case."""

Group: TypeAlias = tuple[str, ...]
"""One value per group-by field, without case."""


def correlate(
    rulebook: Rulebook, dossier: Dossier, others: Sequence[Dossier]
) -> tuple[Finding, ...]:
    """The correlations that this dossier takes part in, the gravest first.

    `others` are those that `company` asks for, this domain's own earlier states among them. A
    dossier's place in time is its field `first_seen`, or the date field that the correlation names
    as `time`; where there is no `first_seen`, and in stories, it is `dossier.at`.
    """
    dossiers = (dossier, *others)
    reached = within_reach(rulebook, dossiers)
    if not reached:
        return ()
    case = _Case(rulebook, dossiers)
    met = ((one, case.occurrences(one, _JUDGED)) for one in reached)
    return tuple(
        _finding(correlation, case, found)
        for correlation, found in sorted(met, key=lambda pair: gravity(pair[0].header))
        if found
    )


def fires(rulebook: Rulebook, identity: str, dossier: Dossier, others: Sequence[Dossier]) -> bool:
    """Whether one correlation, by its id, takes in this dossier; also one that has no voice."""
    case = _Case(rulebook, (dossier, *others))
    return any(
        case.occurrences(one, _JUDGED) for one in rulebook.correlations if one.header.id == identity
    )


def occurring(
    rulebook: Rulebook, dossiers: Sequence[Dossier], met: Sequence[frozenset[str]]
) -> tuple[tuple[Header, tuple[str, ...]], ...]:
    """As `correlate`, for dossiers that were judged already: what fires, and the related domains.

    The first dossier is the one that is judged; `met` are the ids of the rules each matches.
    """
    reached = within_reach(rulebook, dossiers)
    if not reached:
        return ()
    case = _Case(rulebook, dossiers, met)
    found = ((one.header, case.occurrences(one, _JUDGED)) for one in reached)
    return tuple((header, _related(case, windows)) for header, windows in found if windows)


@dataclass(frozen=True, slots=True)
class _Event:
    """A dossier that a rule matched, or a correlation that occurred."""

    rule: str
    time: float
    identity: object
    members: frozenset[int]
    """The numbers of those that take part; a domain's earlier states count as its present one."""
    states: frozenset[int]
    """The numbers of the dossiers whose values count."""
    given: Mapping[str, str]
    """Fields that an occurrence has of its own: its group."""


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """A window in which a correlation was met."""

    group: Group
    end: float
    hits: tuple[Hit, ...]

    @property
    def members(self) -> frozenset[int]:
        """The numbers of the dossiers that took part."""
        return frozenset(chain.from_iterable(hit.members for hit in self.hits))

    @property
    def states(self) -> Mapping[int, None]:
        """The numbers of the dossiers whose values counted, in the order of time."""
        return dict.fromkeys(chain.from_iterable(sorted(hit.states) for hit in self.hits))


@dataclass
class _Case:
    """The dossiers that are looked at together; the judged one is number 0."""

    rulebook: Rulebook
    dossiers: Sequence[Dossier]
    met: Sequence[frozenset[str]] | None = None
    """The ids of the rules that each dossier matches, when somebody knows already."""
    bench: Bench = field(init=False)
    fields: Sequence[Fields] = field(init=False)
    seen: Sequence[Seen] = field(init=False)
    states: Mapping[int, Sequence[int]] = field(init=False)
    """The number of each present state → those of all states of its domain, the oldest first."""

    def __post_init__(self) -> None:
        self.bench = bench(self.rulebook)
        self.fields = [fields_of(dossier) for dossier in self.dossiers]
        self.seen = [self.bench.layout.lay_out(fields) for fields in self.fields]
        self.states = _states(self.dossiers)

    def occurrences(self, correlation: Correlation, member: int | None = None) -> list[_Occurrence]:
        """The windows that meet the correlation; only those with that dossier, if one is named."""
        return [
            occurrence
            for group, hits in self._groups(correlation, member).items()
            for occurrence in _windows(group, hits, correlation.timespan.total_seconds())
            if occurrence.end == hits[-1].time or not is_story(correlation) or _lasts(correlation)
            if member is None or any(member in hit.members for hit in occurrence.hits)
            if meets(correlation, occurrence.hits)
        ]

    def values(self, event: _Event, name: str) -> Values:
        """The values of a field over all that took part in an event."""
        if name in event.given:
            return (event.given[name],)
        if len(event.states) == 1:
            (number,) = event.states
            return values_of(self.fields[number], name)
        every = (values_of(self.fields[number], name) for number in sorted(event.states))
        return tuple(dict.fromkeys(chain.from_iterable(every)))

    def _groups(self, correlation: Correlation, member: int | None) -> Mapping[Group, list[Hit]]:
        groups: dict[Group, list[Hit]] = defaultdict(list)
        for rule in dict.fromkeys(correlation.rules):
            wanted = [correlation.field_for(rule, name) for name in correlation.group_by]
            looked_at = correlation.field_for(rule, correlation.value_field)
            for event in self._events(rule, correlation, member):
                values = self.values(event, looked_at)
                part = (event.members, event.states)
                members, states = part if contributes(correlation, values) else _NOBODY
                hit = Hit(rule, event.time, event.identity, members, values, states)
                for group in _combinations([self.values(event, name) for name in wanted]):
                    groups[group].append(hit)
        for hits in groups.values():
            hits.sort(key=lambda hit: hit.time)
        return groups

    def _events(self, rule: str, correlation: Correlation, member: int | None) -> Iterator[_Event]:
        if rule not in self.bench.checks:
            yield from self._occurred(rule)
            return
        story = is_story(correlation)
        # What befell another domain is no part of this one's story.
        looked_at = self.states if member is None or not story else {member: self.states[member]}
        for present, states in looked_at.items():
            if story:
                begun = self._begun(rule, states, each=correlation.value_field != "")
            else:
                begun = [present] if self._holds(rule, present) else []
            for number in begun:
                dossier = self.dossiers[number]
                time = time_of(dossier, correlation.time_field)
                if time is not None:
                    identity = (dossier.domain, dossier.brand, time)
                    members = frozenset({present})
                    yield _Event(rule, time, identity, members, frozenset({number}), {})

    def _begun(self, rule: str, states: Sequence[int], *, each: bool) -> list[int]:
        """The states in which the rule came to hold, or each in which it holds."""
        holds = [self._holds(rule, number) for number in states]
        before = [False, *holds]
        return [
            number
            for number, now, was in zip(states, holds, before, strict=False)
            if now and (each or not was)
        ]

    def _holds(self, rule: str, number: int) -> bool:
        if self.met is not None:
            return rule in self.met[number]
        return self.bench.checks[rule].holds(self.seen[number])

    def _occurred(self, rule: str) -> Iterator[_Event]:
        correlation = next(one for one in self.rulebook.correlations if one.header.id == rule)
        for found in self.occurrences(correlation):
            given = dict(zip(correlation.group_by, found.group, strict=True))
            identity = (rule, found.group, found.end)
            yield _Event(rule, found.end, identity, found.members, frozenset(found.states), given)


def _states(dossiers: Sequence[Dossier]) -> Mapping[int, Sequence[int]]:
    """Who is present, and who was: the judged one is always present, of others it is the latest."""
    by_domain: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, dossier in enumerate(dossiers):
        by_domain[dossier.domain, dossier.brand].append(number)
    for numbers in by_domain.values():
        numbers.sort(key=lambda number: dossiers[number].at)
    return {
        _JUDGED if _JUDGED in numbers else numbers[-1]: numbers for numbers in by_domain.values()
    }


def _lasts(correlation: Correlation) -> bool:
    """Whether what has once been the case is a fact for ever: nothing later can take it back."""
    match correlation.expects:
        case Clauses(any_of):
            return not any(clause.unseen for clause in any_of)
        case Threshold(bounds):
            return correlation.kind in _COUNTS and all(op in {Op.GT, Op.GTE} for op, _ in bounds)


def time_of(dossier: Dossier, name: str) -> float | None:
    """The dossier's place in time in seconds since 1970, by a date field; None when it has none."""
    for value in values_of(dossier.fields, name):
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            continue
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.timestamp()
    return dossier.at.timestamp() if name in {"first_seen", MOMENT} else None


def _combinations(values: Sequence[Values]) -> Iterator[Group]:
    """Every group that an event is in."""
    folded_once = [dict.fromkeys(map(folded, held)) for held in values]
    return product(*folded_once)


def _windows(group: Group, hits: Sequence[Hit], span: float) -> Iterator[_Occurrence]:
    """One window per moment at which something happened; `hits` ascend in time."""
    start = 0
    for stop, hit in enumerate(hits, 1):
        if stop < len(hits) and hits[stop].time == hit.time:
            continue
        while hits[start].time < hit.time - span:
            start += 1
        yield _Occurrence(group, hit.time, tuple(hits[start:stop]))


def _finding(correlation: Correlation, case: _Case, found: Sequence[_Occurrence]) -> Finding:
    held = chain(
        _shared(correlation, case, found),
        _counted(correlation, case, found),
        _told(correlation, case, found),
    )
    return finding(correlation.header, dict.fromkeys(held), related=_related(case, found))


def _related(case: _Case, found: Sequence[_Occurrence]) -> tuple[str, ...]:
    """The other domains that took part."""
    members = frozenset[int]().union(*(one.members for one in found))
    domains = {case.dossiers[number].domain for number in members}
    return tuple(sorted(domains - {case.dossiers[_JUDGED].domain}))


def _shared(correlation: Correlation, case: _Case, found: Sequence[_Occurrence]) -> Iterator[Held]:
    """The judged dossier's own values that made up the groups."""
    for position, name in enumerate(correlation.group_by):
        groups = {one.group[position] for one in found}
        fields = dict.fromkeys(correlation.field_for(rule, name) for rule in correlation.rules)
        own = ((one, value) for one in fields for value in values_of(case.fields[_JUDGED], one))
        yield from ((one, value) for one, value in own if folded(value) in groups)


def _counted(correlation: Correlation, case: _Case, found: Sequence[_Occurrence]) -> Iterator[Held]:
    """The values that were counted, unless they are the domains, which the finding relates."""
    if correlation.value_field in {"", "domain"}:
        return
    numbers = sorted(dict.fromkeys(chain.from_iterable(one.states for one in found)))
    counted = (
        (correlation.value_field, value)
        for number in numbers
        for value in values_of(case.fields[number], correlation.value_field)
    )
    yield from islice(dict.fromkeys(counted), _MAX_EVIDENCE)


def _told(correlation: Correlation, case: _Case, found: Sequence[_Occurrence]) -> Iterator[Held]:
    """What happened in a story, one after the other: what each rule rested on in its state."""
    if not is_story(correlation) or correlation.value_field:
        return
    told: Found = {}
    for hit in chain.from_iterable(one.hits for one in found):
        if check := case.bench.checks.get(hit.rule):
            for number in hit.states:
                check.explain(case.fields[number], case.seen[number], told)
    yield from islice(told, _MAX_EVIDENCE)
