"""What drop-ins remember: which message began a thread, who has a mail already, refused keys."""

from datetime import datetime, timedelta

from hunter.store import Store, to_text

_KEPT = timedelta(days=400)


def recall(store: Store, channel: str, key: str) -> str | None:
    """What the channel kept under that key; None when there is nothing."""
    row = store.row("SELECT value FROM memory WHERE channel = ? AND key = ?", (channel, key))
    return None if row is None else str(row["value"])


def keep(store: Store, channel: str, key: str, value: str, now: datetime) -> None:
    """Keep a value under a key of the channel, in place of the one before; forget old ones."""
    with store.transaction():
        store.execute("DELETE FROM memory WHERE at < ?", (to_text(now - _KEPT),))
        store.execute(
            "INSERT INTO memory VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " value = excluded.value, at = excluded.at",
            (channel, key, value, to_text(now)),
        )
