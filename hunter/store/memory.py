"""What drop-ins remember: which message began a thread, who has a mail already, refused keys."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from hunter.store import Store, to_text

KEPT = timedelta(days=400)
"""Then it may be forgotten."""
_AT_ONCE = 200


def recall(store: Store, channel: str, key: str) -> str | None:
    """What the channel kept under that key; None when there is nothing."""
    row = store.row("SELECT value FROM memory WHERE channel = ? AND key = ?", (channel, key))
    return None if row is None else str(row["value"])


def all_of(store: Store, channel: str) -> dict[str, str]:
    """Key → value, of all that the channel kept."""
    rows = store.rows("SELECT key, value FROM memory WHERE channel = ?", (channel,))
    return {row["key"]: row["value"] for row in rows}


def keep(store: Store, channel: str, key: str, value: str, now: datetime) -> None:
    """Keep a value under a key of the channel, in place of the one before."""
    store.execute(
        "INSERT INTO memory VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " value = excluded.value, at = excluded.at",
        (channel, key, value, to_text(now)),
    )


def forget(store: Store, before: datetime) -> Iterator[int]:
    """Forget what was kept last before that moment; yields after each step."""
    while gone := store.execute(
        "DELETE FROM memory WHERE (channel, key) IN"
        " (SELECT channel, key FROM memory WHERE at < ? LIMIT ?)",
        (to_text(before), _AT_ONCE),
    ):
        yield gone
