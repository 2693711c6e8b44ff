"""How often each paid provider was asked today; a restart must not ask it all over again."""

from datetime import UTC, datetime

from hunter.store import Store, cursors

_SOURCE = "budget"
"""The cursors under this name hold the day and the questions of that day: `2026-11-22 17`."""


def spend(store: Store, provider: str, a_day: int, now: datetime) -> bool:
    """Count one question; False, and nothing counted, when `a_day` were asked today (UTC)."""
    with store.transaction():
        asked = spent(store, provider, now)
        if asked >= a_day:
            return False
        today = now.astimezone(UTC).date()
        cursors.set_cursor(store, _SOURCE, provider, f"{today} {asked + 1}", now)
    return True


def spent(store: Store, provider: str, now: datetime) -> int:
    """How many questions were asked today."""
    day, _, asked = (cursors.cursor(store, _SOURCE, provider) or "").partition(" ")
    return int(asked) if day == str(now.astimezone(UTC).date()) else 0
