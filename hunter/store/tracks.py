"""Standing watches."""

from datetime import datetime

from hunter.model import Track
from hunter.store import Store, to_text


def add(store: Store, track: Track, now: datetime) -> bool:
    """Keep the track; False when it was there."""
    return bool(
        store.execute(
            "INSERT INTO track VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (track.field, track.value, track.brand, track.because, to_text(now)),
        )
    )


def listed(store: Store) -> tuple[Track, ...]:
    """Every track, oldest first."""
    rows = store.rows("SELECT * FROM track ORDER BY created_at, field, value")
    return tuple(Track(row["field"], row["value"], row["brand"], row["because"]) for row in rows)
