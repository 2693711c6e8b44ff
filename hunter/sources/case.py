"""Replay a recorded case: its names by day, and what a search by registrant would have told."""

import json
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

from hunter import case, contracts
from hunter.contracts import Batch, SourceContext
from hunter.inquiries import stream_of
from hunter.model import Track
from hunter.written import Interval, LocalPath


class Settings(contracts.Settings):
    """`[sources.case]`."""

    enabled: bool = False
    file: LocalPath = case.SHIPPED / "en-marche-2017.toml"
    every: Interval = timedelta(days=1)


async def gather(settings: Settings, context: SourceContext) -> AsyncIterator[Batch]:
    """The names up to today, and for each track the domains that carry its value by today."""
    recorded = case.read(settings.file)
    today = context.now().date()
    for batch in _by_day(settings.file, recorded, context.cursor(""), today):
        yield batch
    for track in context.tracks:
        found = _by_track(recorded, track, context.cursor(stream_of(track)), today)
        if found is not None:
            yield found


def _by_day(file: Path, recorded: case.Case, cursor: str | None, today: date) -> list[Batch]:
    after = date.fromisoformat(cursor) if cursor else None
    days: dict[date, list[str]] = {}
    for day, name in recorded.names_on(after, today):
        days.setdefault(day, []).append(name)
    return [
        Batch(
            names="\n".join(names).encode(),
            cursor=day.isoformat(),
            origin=lambda line: {"feed": file.name, "line": line},
            seen_at=case.noon(day),
        )
        for day, names in days.items()
    ]


def _by_track(recorded: case.Case, track: Track, cursor: str | None, today: date) -> Batch | None:
    known = set(json.loads(cursor)) if cursor else {track.because}
    found = recorded.carrying(track.field, track.value, today)
    new = [name for name in found if name not in known]
    if not new:
        return None
    return Batch(
        names="\n".join(new).encode(),
        cursor=json.dumps(sorted({*known, *new})),
        stream=stream_of(track),
        track=track,
    )
