"""What was written while the clock was ahead, and would wait until that time has come."""

from datetime import UTC, datetime, timedelta

from hunter.store import Store, to_text

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_LONGEST = {
    "UPDATE domain SET due_at = ?1 WHERE due_at > ?1 AND due_at < ?2": timedelta(days=7),
    "UPDATE outbox SET due_at = ?1 WHERE state = 'pending' AND due_at > ?1 AND due_at < ?2": (
        timedelta(days=2)
    ),
    "UPDATE resting SET until = ?1 WHERE until > ?1 AND until < ?2": timedelta(days=2),
}
"""No wait there is longer, unless it is for ever."""


def bring_back(store: Store, now: datetime) -> None:
    """Let nothing wait for longer than it could if it were put off now."""
    with store.transaction():
        for update, longest in _LONGEST.items():
            store.execute(update, (to_text(now + longest), to_text(_NEVER)))
