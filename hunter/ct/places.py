"""Where what is known of a log is kept: under its URL, and under the last one when it has moved.

A log is its key. Whoever follows it on another host goes on from the same verified position.
"""

import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeAlias

from hunter.ct.allowance import Allowance
from hunter.ct.figures import Figures, load_moment, load_row, stream_of
from hunter.ct.loglist import Log
from hunter.ct.malformed import load_malformed, malformed_stream

_AT = "at"

Kept: TypeAlias = Callable[[str], str | None]
"""stream → what was kept there last; None if nothing was."""

Keep: TypeAlias = Callable[[str, str], Awaitable[None]]
"""Keep a text under a stream."""


def place_of(log: Log) -> str:
    """The stream that tells at which URL the log was followed last."""
    return f"{log.log_id.hex()}#url"


def kept_url(log: Log, kept: Kept) -> str:
    """The URL under which its position is kept: that of the last place, or else its own."""
    before = kept(place_of(log))
    return log.url if before is None or kept(before) is None else before


def figures_of(log: Log, kept: Kept, allowance: Allowance) -> Figures:
    """The figures with which the log is followed on."""
    before = kept_url(log, kept)
    malformed = load_malformed(kept(malformed_stream(before)))
    row = kept(stream_of(before))
    verified = load_row(row).get("verified")
    return Figures(
        log.url,
        allowance,
        verified=verified if isinstance(verified, int) else 0,
        malformed=malformed,
        contact=load_moment(row, "contact"),
        verified_at=load_moment(row, "verified_at"),
    )


async def settle(log: Log, kept: Kept, keep: Keep) -> tuple[str, str | None]:
    """Keep under the log's own URL what was kept under another.

    Returns that other URL (its own if it has not moved) and the position to go on from.
    """
    before = kept_url(log, kept)
    if before != log.url:
        for stream in (str, malformed_stream, stream_of):
            if text := kept(stream(before)):
                await keep(stream(log.url), text)
    if kept(place_of(log)) != log.url:
        # After the position: whoever is killed in between finds it under the old one.
        await keep(place_of(log), log.url)
    return before, kept(before)


def met_at(log: Log, kept: Kept) -> datetime | None:
    """From when on a log is to be read that has not answered since it was met."""
    return load_moment(kept(_met(log)), _AT)


async def keep_met(log: Log, start: datetime, keep: Keep) -> None:
    """Keep that for whoever meets it again after a restart."""
    await keep(_met(log), json.dumps({_AT: start.isoformat()}))


def _met(log: Log) -> str:
    return f"{log.log_id.hex()}#met"
