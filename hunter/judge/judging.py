"""Judge one dossier by the rules that look at a single domain."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from hunter.judge.compiling import Check, compiled
from hunter.judge.seen import Layout, Seen
from hunter.model import Dossier, Evidence, Finding
from hunter.rulebook import Header, Rule, Rulebook


@dataclass(frozen=True, slots=True)
class Bench:
    """A rulebook compiled: the layout of dossiers, and each rule's check by its id."""

    layout: Layout
    checks: dict[str, Check]
    speaking: tuple[tuple[Rule, Check], ...]
    """The rules that yield findings, the gravest first."""


@lru_cache(maxsize=4)
def bench(rulebook: Rulebook) -> Bench:
    """The rulebook compiled; the same book is compiled once."""
    layout = Layout()
    checks = {rule.header.id: compiled(rule.condition, layout) for rule in rulebook.rules}
    speaking = sorted(
        (rule for rule in rulebook.rules if not rule.header.silent),
        key=lambda rule: gravity(rule.header),
    )
    return Bench(layout, checks, tuple((rule, checks[rule.header.id]) for rule in speaking))


def judge(rulebook: Rulebook, dossier: Dossier) -> tuple[Finding, ...]:
    """The findings on one dossier, the gravest first; without the correlations."""
    ready = bench(rulebook)
    seen = ready.layout.lay_out(dossier)
    return tuple(
        _finding(rule.header, check, dossier, seen)
        for rule, check in ready.speaking
        if check.holds(seen)
    )


def gravity(header: Header) -> tuple[int, int, str]:
    """The order in which findings are told: the gravest first."""
    return -header.level, -header.score, header.title


def finding(header: Header, evidence: Iterable[Evidence], related: tuple[str, ...] = ()) -> Finding:
    """What a rule says, with what it rests on, each piece of evidence once."""
    return Finding(
        rule_id=header.id,
        title=header.title,
        level=header.level,
        score=header.score,
        evidence=tuple(dict.fromkeys(evidence)),
        wording=header.wording,
        tags=header.tags,
        references=header.references,
        false_positives=header.false_positives,
        related=related,
    )


def _finding(header: Header, check: Check, dossier: Dossier, seen: Seen) -> Finding:
    return finding(header, check.explain(dossier, seen))
