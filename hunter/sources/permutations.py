"""Names that a squatter could have registered for a brand, and that exist in the DNS."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
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
from hunter.net.dns import DnsAnswer
from hunter.net.existence import Swept, existing
from hunter.net.text import clean
from hunter.permutations import Permutation, campaign_tlds, campaign_words, permute
from hunter.written import Interval

_PART = "sources.permutations"
_MAX_SERVERS = 10
_SHOWN = 5
"""Suffixes in a report."""


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


async def gather(settings: Settings, context: SourceContext) -> AsyncIterator[Batch]:
    """The permutations of each brand that exist now.

    Raises WillPass when nothing could be told of any name: the resolver is not there yet, or away.
    """
    told = False
    for brand in context.brands:
        wanted = await asyncio.to_thread(_wanted, brand, settings)
        swept = await existing(context.doors.dns, tuple(one.domain for one in wanted))
        told |= swept.untold.total() < len(wanted) or not wanted
        context.report(_report(brand, len(wanted), swept, context))
        names = "\n".join(name for name, _ in swept.exist).encode()
        fuzzers = {one.domain: one.fuzzer for one in wanted}
        origin = partial(_origin, swept.exist, fuzzers)
        yield Batch(names, context.now().isoformat(), brand.domain, origin)
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


def _origin(
    exist: Sequence[tuple[str, DnsAnswer]], fuzzers: Mapping[str, str], line: int
) -> Mapping[str, Json]:
    name, answer = exist[line]
    servers: list[Json] = list(answer.records[:_MAX_SERVERS])
    return {"fuzzer": fuzzers[name], "answer": str(answer.status), "ns": servers}


def _report(brand: Brand, asked: int, swept: Swept, context: SourceContext) -> Report:
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
