"""Which of many names exist, by what DNS says of them, and of labels that nobody registered.

A name exists when it has name servers, or answers that it has none (NODATA). Where a random label
answers in the same way, the answer means nothing; and no answer is neither yes nor no.

A squatter's own servers may keep silent about themselves: nobody who follows a link asks for name
servers. They must tell victims where the page or the mail server is. Where they deny the name, a
resolver keeps that for every type (RFC 2308, section 5), so that nothing else is worth asking.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hunter.net.dns import DnsAnswer, DnsDoor, DnsStatus

_PROBES = 2
"""Random labels that are asked of each suffix."""
_ROUNDS = ("NS", "NS", "A", "AAAA", "MX")
"""What is asked, each time of those without an answer."""
_UNASKED = DnsAnswer(DnsStatus.UNKNOWN)
_WILD = "the suffix answers for every name"


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep told of the names."""

    exist: tuple[tuple[str, DnsAnswer], ...]
    """Those that exist, in their order, each with its name servers as far as it tells them."""
    untold: Counter[str]
    """Why it could not be told → for how many names."""
    wild: Counter[str]
    """Suffix that answers for everything → how many names were passed over there."""


async def existing(dns: DnsDoor, names: Sequence[str]) -> Swept:
    """Which of the names exist."""
    probed = await _probe(dns, {_above(name) for name in names})
    exist: list[tuple[str, DnsAnswer]] = []
    untold: Counter[str] = Counter()
    wild: Counter[str] = Counter()
    for name, answer in (await _ask(dns, names)).items():
        if answer.status is DnsStatus.ABSENT:
            continue
        reason = answer.reason or _doubt(answer, probed[_above(name)])
        if reason is _WILD:
            wild[_above(name)] += 1
        elif reason:
            untold[reason] += 1
        else:
            exist.append((name, answer))
    return Swept(tuple(exist), untold, wild)


def _above(name: str) -> str:
    return name.partition(".")[2]


async def _probe(dns: DnsDoor, suffixes: Iterable[str]) -> Mapping[str, tuple[DnsAnswer, ...]]:
    """What each suffix answers for labels that nobody registered."""
    labels = {
        f"{secrets.token_hex(12)}.{suffix}": suffix
        for suffix in sorted(suffixes)
        for _ in range(_PROBES)
    }
    found: dict[str, tuple[DnsAnswer, ...]] = {}
    for name, answer in (await _ask(dns, labels)).items():
        found[labels[name]] = (*found.get(labels[name], ()), answer)
    return found


async def _ask(dns: DnsDoor, names: Iterable[str]) -> Mapping[str, DnsAnswer]:
    """What is said of each name, in the order of the names; no good answer is asked for again."""
    answers = dict.fromkeys(names, _UNASKED)
    for kind in _ROUNDS:
        left = [name for name, answer in answers.items() if answer.status is DnsStatus.UNKNOWN]
        async for name, _, answer in dns.sweep((name, kind) for name in left):
            if kind == "NS":
                answers[name] = answer
            elif answer.status is DnsStatus.FOUND:
                answers[name] = replace(answer, records=())
    return answers


def _doubt(answer: DnsAnswer, probes: Sequence[DnsAnswer]) -> str:
    """Why the answer does not mean that the name exists; empty when it does."""
    known = [probe for probe in probes if probe.status is not DnsStatus.UNKNOWN]
    by_address = answer.status is DnsStatus.FOUND and not answer.records
    answers_all = any(probe.status is not DnsStatus.ABSENT for probe in known)
    if (by_address and answers_all) or any(_same(answer, probe) for probe in known):
        return _WILD
    if not known and not answer.records:
        return "the suffix could not be tested for answering every name"
    return ""


def _same(answer: DnsAnswer, probe: DnsAnswer) -> bool:
    return answer.status is probe.status and set(answer.records) == set(probe.records)
