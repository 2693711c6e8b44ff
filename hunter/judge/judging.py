"""Judge one dossier by the rules that look at a single domain."""

from dataclasses import dataclass
from functools import lru_cache

from hunter.judge.choosing import Which
from hunter.judge.compiling import Check, Compiler, Found
from hunter.judge.seen import Layout, fields_of
from hunter.model import Dossier, Evidence, Finding
from hunter.rulebook import Header, Rule, Rulebook


@dataclass(frozen=True, slots=True)
class Bench:
    """A rulebook compiled: the layout of dossiers, and each rule's check by its id."""

    layout: Layout
    checks: dict[str, Check]
    speaking: tuple[tuple[Rule, Check], ...]
    """The rules that yield findings, the gravest first."""
    which: Which
    """The numbers of those among them that hold."""
    filters: tuple[Check, ...] = ()
    """Of each filter, in the rulebook's order, whether it lets a dossier pass."""

    def holds(self, rule: str, dossier: Dossier) -> bool:
        """Whether one rule matches, whatever it is for."""
        return self.checks[rule].holds(self.layout.lay_out(fields_of(dossier)))


@lru_cache(maxsize=4)
def bench(rulebook: Rulebook) -> Bench:
    """The rulebook compiled; the same book is compiled once."""
    compiler = Compiler()
    checks = {rule.header.id: compiler.check(rule.condition) for rule in rulebook.rules}
    speaking = sorted(
        (rule for rule in rulebook.rules if not rule.header.silent),
        key=lambda rule: gravity(rule.header),
    )
    ready = tuple((rule, checks[rule.header.id]) for rule in speaking)
    which = compiler.which([check for _, check in ready])
    filters = tuple(compiler.check(one.condition) for one in rulebook.filters)
    return Bench(compiler.layout, checks, ready, which, filters)


def judge(rulebook: Rulebook, dossier: Dossier) -> tuple[Finding, ...]:
    """The findings on one dossier, the gravest first; without the correlations."""
    ready = bench(rulebook)
    fields = fields_of(dossier)
    seen = ready.layout.lay_out(fields)
    found = []
    for number in ready.which(fields):
        rule, check = ready.speaking[number]
        held: Found = {}
        check.explain(fields, seen, held)
        found.append(finding(rule.header, held))
    return tuple(found)


def gravity(header: Header) -> tuple[int, int, str]:
    """The order in which findings are told: the gravest first."""
    return -header.level, -header.score, header.title


def finding(header: Header, held: Found, related: tuple[str, ...] = ()) -> Finding:
    """What a rule says, with the values that it rests on."""
    # By place: there is one for every hit, and giving the names would cost half as much again.
    return Finding(
        header.id,
        header.title,
        header.level,
        header.score,
        tuple([Evidence(*one) for one in held]),
        header.wording,
        header.tags,
        header.references,
        header.false_positives,
        related,
    )
