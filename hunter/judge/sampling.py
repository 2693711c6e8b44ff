"""Run the tests that rules, correlations and filters carry in their own files."""

from collections.abc import Iterator
from dataclasses import dataclass

from hunter.judge.correlating import fires
from hunter.judge.judging import bench
from hunter.judge.reasons import fed_by, obstacles, why, why_not
from hunter.judge.seen import fields_of
from hunter.rulebook import Correlation, Filter, Header, Rule, Rulebook, Sample
from hunter.rulebook.conditions import Condition, Not

_FILTERING = ("leaves out", "lets pass")


@dataclass(frozen=True, slots=True)
class Trial:
    """One test of a rule, and how it came out."""

    header: Header
    sample: Sample
    passed: bool
    why: tuple[str, ...] = ()
    """When it failed: what stands in the way, or what it matched on."""
    does: tuple[str, str] = ("matches", "does not match")
    """What it does where it should not, and where it should."""

    def __str__(self) -> str:
        does = self.does[self.sample.matches]
        told = f"{self.sample.where}: {self.header.title!r} {does} {self.sample.dossiers[0].domain}"
        return told if self.passed else "\n    ".join([told, *self.why])


def trials(rulebook: Rulebook) -> Iterator[Trial]:
    """Every test in the set, run; a filter "matches" what it leaves out."""
    ready = bench(rulebook)
    for rule in rulebook.rules:
        for sample in rule.header.samples:
            yield _tested_rule(rule, sample, holds=ready.holds(rule.header.id, sample.dossiers[0]))
    for correlation in rulebook.correlations:
        for sample in correlation.header.samples:
            yield _tested_correlation(rulebook, correlation, sample)
    for number, one in enumerate(rulebook.filters):
        for sample in one.header.samples:
            seen = ready.layout.lay_out(fields_of(sample.dossiers[0]))
            yield _tested_filter(one, sample, out=not ready.filters[number].holds(seen))


def failures(rulebook: Rulebook) -> tuple[Trial, ...]:
    """The tests that do not come out as told."""
    return tuple(one for one in trials(rulebook) if not one.passed)


def _tested_rule(rule: Rule, sample: Sample, *, holds: bool) -> Trial:
    judged = sample.dossiers[0]
    if holds is sample.matches:
        return Trial(rule.header, sample, passed=True)
    reasons = why(rule.condition, judged) if holds else why_not(rule, judged)
    return Trial(rule.header, sample, passed=False, why=reasons)


def _tested_correlation(rulebook: Rulebook, correlation: Correlation, sample: Sample) -> Trial:
    header = correlation.header
    if fires(rulebook, header.id, sample.dossiers[0], sample.dossiers[1:]) is sample.matches:
        return Trial(header, sample, passed=True)
    return Trial(header, sample, passed=False, why=fed_by(rulebook, correlation, sample.dossiers))


def _tested_filter(one: Filter, sample: Sample, *, out: bool) -> Trial:
    if out is sample.matches:
        return Trial(one.header, sample, passed=True)
    judged = sample.dossiers[0]
    reasons = obstacles(one.condition if out else _inverse(one.condition), judged)
    return Trial(one.header, sample, passed=False, why=reasons, does=_FILTERING)


def _inverse(condition: Condition) -> Condition:
    return condition.part if isinstance(condition, Not) else Not(condition)
