"""Where each source goes on: one cursor per source and stream."""

from datetime import datetime

from hunter.store import Store, to_moment, to_text


def cursor(store: Store, source: str, stream: str) -> str | None:
    """The cursor committed last, or None before the first."""
    row = store.row("SELECT value FROM cursor WHERE source = ? AND stream = ?", (source, stream))
    return None if row is None else str(row["value"])


def moved_at(store: Store, source: str, stream: str) -> datetime | None:
    """When the cursor was committed last, or None before the first."""
    row = store.row(
        "SELECT updated_at FROM cursor WHERE source = ? AND stream = ?", (source, stream)
    )
    return None if row is None else to_moment(row["updated_at"])


def set_cursor(store: Store, source: str, stream: str, value: str, now: datetime) -> None:
    """Move the cursor; call it inside the transaction that writes the hits before it."""
    store.execute(
        "INSERT INTO cursor VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
        " SET value = excluded.value, updated_at = excluded.updated_at",
        (source, stream, value, to_text(now)),
    )


def ending(store: Store, source: str, end: str) -> dict[str, str]:
    """stream → cursor, of the source's streams whose names end so."""
    rows = store.rows(
        "SELECT stream, value FROM cursor WHERE source = ? AND substr(stream, -?) = ?"
        " ORDER BY stream",
        (source, len(end), end),
    )
    return {str(row["stream"]): str(row["value"]) for row in rows}


def forget(store: Store, source: str, stream: str) -> None:
    """Drop a cursor that nobody will go on from."""
    store.execute("DELETE FROM cursor WHERE source = ? AND stream = ?", (source, stream))
