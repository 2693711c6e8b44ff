"""Hold the stored names against a brand that is new, or that has new keywords.

The names of its lookalikes may have been seen before, for they imitate another brand as well or
fitted a track. What comes of it is told in one message to each subscriber, once the rules were held
against all finds. A run that was cut off begins anew: what it found is found again, and told once.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

import structlog

from hunter import following, routing
from hunter.matching import Matcher, compile_matcher
from hunter.model import Brand, Report
from hunter.pipeline import Hunt
from hunter.store import outbox, sightings
from hunter.store import retro as kept

_AT_ONCE = 500
"""Names that are gone through without a pause: each may imitate a new brand, and all else waits."""
_LONGEST = timedelta(hours=1)
"""After so long what is there is told; a find whose look-up never ends holds up nobody."""

log = structlog.get_logger()


@dataclass
class _Count:
    names: int = 0
    finds: set[str] = field(default_factory=set)
    """Domains."""


async def hunt_back(hunt: Hunt) -> None:
    """Go through the stored names where there is a reason to, and tell what is ready to be told."""
    kept.forget_others(hunt.store, {brand.domain for brand in hunt.config.brands})
    new = _new_brands(hunt)
    if new:
        matcher = await asyncio.to_thread(compile_matcher, new)
        count = await _go_through(hunt, matcher)
        _note(hunt, new, count)
    _tell_together(hunt)


def _new_brands(hunt: Hunt) -> tuple[Brand, ...]:
    brands = hunt.config.brands
    return tuple(one for one in brands if kept.meaning(hunt.store, one.domain) != _meaning(one))


def _meaning(brand: Brand) -> str:
    """What a name is matched by."""
    return sha256(repr((brand.domain, sorted(brand.keywords))).encode()).hexdigest()


async def _go_through(hunt: Hunt, matcher: Matcher) -> _Count:
    count, last = _Count(), ""
    while names := kept.names_after(hunt.store, last, _AT_ONCE):
        last = names[-1]
        count.names += len(names)
        count.finds |= _take(hunt, matcher, names)
        await asyncio.sleep(0)
    return count


def _take(hunt: Hunt, matcher: Matcher, names: Sequence[str]) -> set[str]:
    """Keep the new matches among the names; the domains they are of."""
    store, now = hunt.store, hunt.now()
    hits = [hit.match for hit in matcher.scan("\n".join(names).encode())]
    new = [
        match
        for match in hits
        if not kept.is_matched(store, match.name, match.brand)
        and not following.is_ours(hunt.config, match)
    ]
    with store.transaction():
        for brand, domain in {(match.brand, match.registrable) for match in new}:
            kept.add(store, brand, domain, now)
            sightings.make_due(store, domain, now)
        sightings.record(store, (), new, now)
    return {match.registrable for match in new}


def _note(hunt: Hunt, brands: Sequence[Brand], count: _Count) -> None:
    store, now = hunt.store, hunt.now()
    found = f"new lookalikes among them: {len(count.finds):,}"
    message = f"held against {count.names:,} stored names; {found}"
    with store.transaction():
        for brand in brands:
            kept.set_hunted(store, brand.domain, _meaning(brand), now)
            if count.names:
                hunt.report(Report(kept.PART, True, message, now, brand.domain))
    log.info("retro-hunt", brands=len(brands), names=count.names, finds=len(count.finds))


def _tell_together(hunt: Hunt) -> None:
    """Let the letters about the finds go, one message on each way."""
    store, now = hunt.store, hunt.now()
    began = kept.began(store)
    if began is None or (not kept.is_settled(store) and now - began < _LONGEST):
        return
    with store.transaction():
        for way in outbox.held(store, routing.RETRO):
            outbox.let_go(store, way, routing.RETRO, now, routing.awake(hunt.config, way, now))
        kept.clear(store)
