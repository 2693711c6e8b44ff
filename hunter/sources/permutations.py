"""Names that a squatter could have registered for a brand, and that exist in the DNS.

A name exists when it has name servers, or answers that it has none (NODATA). Where a random label
answers in the same way, the answer means nothing; and no answer is neither yes nor no.
"""

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Annotated

from pydantic import AfterValidator, Field

from hunter import contracts
from hunter.contracts import Batch, SourceContext
from hunter.errors import NotAName, WillPass
from hunter.model import PASSING, Brand, Json, Report
from hunter.names import is_under, to_ascii
from hunter.net.dns import DnsAnswer, DnsDoor, DnsStatus
from hunter.net.text import clean
from hunter.permutations import Permutation, campaign_tlds, campaign_words, permute
from hunter.written import Interval

_PART = "sources.permutations"
_PROBES = 2
"""Random labels that are asked of each suffix."""
_TIMES = 2
"""How often a name is asked about at most, while there is no answer."""
_UNASKED = DnsAnswer(DnsStatus.UNKNOWN)
_MAX_SERVERS = 10
_SHOWN = 5
"""Suffixes in a report."""
_WILD = "the suffix answers for every name"


def _word(text: str) -> str:
    if not _is_part(text) or "." in text:
        raise ValueError(f"{text!r} is no word that can stand in a name, such as jupiter")
    return text


def _ending(text: str) -> str:
    if not _is_part(text):
        raise ValueError(f"{text!r} is no ending, such as paris or co.uk")
    return text.lower()


def _is_part(text: str) -> bool:
    """Whether a name may be made of it: a registry takes no other, and none would be looked up."""
    try:
        found = to_ascii(text)
    except NotAName:
        return False
    ends = [end for label in found.split(".") for end in (label[0], label[-1])]
    return text == text.strip("*. \t") and "_" not in found and "-" not in ends


class Settings(contracts.Settings):
    """`[sources.permutations]`."""

    every: Interval = Field(
        default=timedelta(hours=12), description="how often all permutations are looked up"
    )
    limit: int = Field(
        default=5000, gt=0, description="how many are looked up per brand, most plausible first"
    )
    words: tuple[Annotated[str, AfterValidator(_word)], ...] = Field(
        default=(), description="words of your own that may stand beside your name"
    )
    tlds: tuple[Annotated[str, AfterValidator(_ending)], ...] = Field(
        default=(), description="endings of your own to try, such as paris or co.uk"
    )


@dataclass(frozen=True, slots=True)
class _Swept:
    """What one sweep told of each name."""

    exist: tuple[tuple[Permutation, DnsAnswer], ...]
    untold: Counter[str]
    """Why it could not be told → for how many names."""
    wild: Counter[str]
    """Suffix that answers for everything → how many names were passed over there."""


async def gather(settings: Settings, context: SourceContext) -> AsyncIterator[Batch]:
    """The permutations of each brand that exist now.

    Raises WillPass when nothing could be told of any name: the resolver is not there yet, or away.
    """
    told = False
    for brand in context.brands:
        wanted = await asyncio.to_thread(_wanted, brand, settings)
        swept = await _sweep(context.doors.dns, wanted)
        told |= swept.untold.total() < len(wanted) or not wanted
        context.report(_report(brand, len(wanted), swept, context))
        names = "\n".join(permutation.domain for permutation, _ in swept.exist).encode()
        yield Batch(names, context.now().isoformat(), brand.domain, partial(_origin, swept.exist))
    if not told:
        raise WillPass("not one name could be told of; that is tried again soon")


def _wanted(brand: Brand, settings: Settings) -> tuple[Permutation, ...]:
    return tuple(islice(plausible(brand, settings), settings.limit))


def plausible(brand: Brand, settings: Settings) -> Iterator[Permutation]:
    """What strangers could register, the most plausible first, as far as there is any."""
    words = tuple(dict.fromkeys((*settings.words, *campaign_words())))
    tlds = tuple(dict.fromkeys((*settings.tlds, *campaign_tlds())))
    for one in permute(brand.domain, dictionary=words, tlds=tlds):
        if not any(is_under(one.domain, own) for own in brand.owned):
            yield one


async def _sweep(dns: DnsDoor, wanted: Sequence[Permutation]) -> _Swept:
    by_name = {permutation.domain: permutation for permutation in wanted}
    probed = await _probe(dns, {_above(name) for name in by_name})
    exist: list[tuple[Permutation, DnsAnswer]] = []
    untold: Counter[str] = Counter()
    wild: Counter[str] = Counter()
    for name, answer in (await _ask(dns, by_name)).items():
        if answer.status is DnsStatus.ABSENT:
            continue
        reason = answer.reason or _doubt(answer, probed[_above(name)])
        if reason is _WILD:
            wild[_above(name)] += 1
        elif reason:
            untold[reason] += 1
        else:
            exist.append((by_name[name], answer))
    return _Swept(tuple(exist), untold, wild)


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
    """The name servers of each name, in the order of the names; no answer is asked for again."""
    answers = dict.fromkeys(names, _UNASKED)
    for _ in range(_TIMES):
        left = [name for name, answer in answers.items() if answer.status is DnsStatus.UNKNOWN]
        async for name, _, answer in dns.sweep((name, "NS") for name in left):
            answers[name] = answer
    return answers


def _doubt(answer: DnsAnswer, probes: Sequence[DnsAnswer]) -> str:
    """Why the answer does not mean that the name exists; empty when it does."""
    known = [probe for probe in probes if probe.status is not DnsStatus.UNKNOWN]
    if any(_same(answer, probe) for probe in known):
        return _WILD
    if not known and answer.status is DnsStatus.EMPTY:
        return "the suffix could not be tested for answering every name"
    return ""


def _same(answer: DnsAnswer, probe: DnsAnswer) -> bool:
    return answer.status is probe.status and set(answer.records) == set(probe.records)


def _origin(exist: Sequence[tuple[Permutation, DnsAnswer]], line: int) -> Mapping[str, Json]:
    permutation, answer = exist[line]
    servers: list[Json] = list(answer.records[:_MAX_SERVERS])
    return {"fuzzer": permutation.fuzzer, "answer": str(answer.status), "ns": servers}


def _report(brand: Brand, asked: int, swept: _Swept, context: SourceContext) -> Report:
    """Unhealthy when more than half of the names could not be told; if none could, it passes."""
    untold = swept.untold.total()
    parts = [f"{len(swept.exist):,} of {asked:,} names exist"]
    if untold:
        reason, _ = swept.untold.most_common(1)[0]
        parts.append(f"could not tell of {untold:,}, mostly because {clean(reason)}")
    if swept.wild:
        suffixes = ", ".join(suffix for suffix, _ in swept.wild.most_common(_SHOWN))
        parts.append(f"passed over {swept.wild.total():,} where every name answers ({suffixes})")
    healthy = untold * 2 <= asked
    trouble = PASSING if untold == asked and not healthy else ""
    return Report(_PART, healthy, "; ".join(parts), context.now(), brand.domain, trouble)
