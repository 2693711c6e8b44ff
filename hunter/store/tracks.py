"""Standing watches: those of the config, of people, and of hunter itself.

What hunter watches because of an alert rests while that alert is dismissed: whoever is harmless
carries values that lead to others who are.
"""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from hunter.model import Track
from hunter.store import Store, reports, to_text
from hunter.trackable import BY_CONFIG

_ADD = (
    "INSERT INTO track (field, value, brand, because, created_at, excludes, made_by)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO "
)
_RESTS = (
    "(made_by = 'hunter' AND EXISTS (SELECT 1 FROM alert WHERE alert.brand = track.brand"
    " AND alert.domain = track.because AND alert.state = 'dismissed'))"
)
_KEPT = "SELECT * FROM track WHERE removed = 0"
_IN_FORCE = f"{_KEPT} AND NOT {_RESTS}"
_OLDEST_FIRST = " ORDER BY created_at, field, value"


def add(store: Store, track: Track, now: datetime) -> bool:
    """Keep the track; False when it was there, or a person took it away.

    One that rests wakes for a reason of its own, and is followed over the store again.
    """
    woken = "because = excluded.because, swept = 0 WHERE removed = 0 AND "
    return bool(store.execute(_ADD + f"UPDATE SET {woken}{_RESTS}", _row(track, now)))


def put(store: Store, track: Track, now: datetime) -> None:
    """Keep a person's track, also where there was one; it is followed over the store again."""
    changed = "excludes = excluded.excludes, made_by = excluded.made_by, removed = 0, swept = 0"
    store.execute(_ADD + f"UPDATE SET {changed}", _row(track, now))


def _row(track: Track, now: datetime) -> tuple[str, ...]:
    excludes = json.dumps(track.excludes)
    key = (track.field, track.value, track.brand)
    return (*key, track.because, to_text(now), excludes, track.made_by)


def not_removed(store: Store) -> tuple[Track, ...]:
    """Those in force and those that rest, oldest first."""
    return tuple(map(_track, store.rows(_KEPT + _OLDEST_FIRST)))


def listed(store: Store) -> tuple[Track, ...]:
    """Every track in force, oldest first."""
    return tuple(map(_track, store.rows(_IN_FORCE + _OLDEST_FIRST)))


def on(store: Store, field: str) -> tuple[Track, ...]:
    """Those of one field: what is asked with every batch must not grow with all there are."""
    return tuple(map(_track, store.rows(_IN_FORCE + " AND field = ?" + _OLDEST_FIRST, (field,))))


def unswept(store: Store) -> tuple[Track, ...]:
    """The tracks that were not yet followed over what is stored."""
    return tuple(map(_track, store.rows(_IN_FORCE + " AND swept = 0" + _OLDEST_FIRST)))


def set_swept(store: Store, track: Track) -> None:
    """It has been followed over what is stored; what comes later is looked at as it comes."""
    store.execute(
        "UPDATE track SET swept = 1 WHERE field = ? AND value = ? AND brand = ?",
        (track.field, track.value, track.brand),
    )


def follow_refused_again(store: Store) -> None:
    """Follow those over the store once more that were refused: by now they may do, and be well."""
    store.execute(
        "UPDATE track SET swept = 0 WHERE field || '=' || value IN"
        " (SELECT subject FROM report WHERE part = 'tracks' AND NOT healthy)"
    )


def remove(store: Store, track: Track) -> None:
    """Take the track away for good: hunter does not set it again by itself."""
    with store.transaction():
        store.execute(
            "UPDATE track SET removed = 1 WHERE field = ? AND value = ? AND brand = ?",
            (track.field, track.value, track.brand),
        )
        _forget_reports(store, track)


def _forget_reports(store: Store, gone: Track) -> None:
    """Nothing would ever say that its trouble is over."""
    if gone.name not in {track.name for track in not_removed(store)}:
        reports.forget_track(store, gone.name)


def sync(store: Store, written: Iterable[Track], now: datetime) -> None:
    """Make the config's tracks be those that are written there now."""
    wanted = tuple(written)
    with store.transaction():
        there = {track for track in listed(store) if track.made_by == BY_CONFIG}
        for gone in there.difference(wanted):
            store.execute(
                "DELETE FROM track WHERE field = ? AND value = ? AND brand = ?",
                (gone.field, gone.value, gone.brand),
            )
            _forget_reports(store, gone)
        for new in wanted:
            if new not in there:
                put(store, new, now)


def _track(row: sqlite3.Row) -> Track:
    return Track(
        field=row["field"],
        value=row["value"],
        brand=row["brand"],
        because=row["because"],
        excludes=tuple(json.loads(row["excludes"])),
        made_by=row["made_by"],
    )
