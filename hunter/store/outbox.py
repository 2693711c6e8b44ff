"""Notices on their way to people. A row is marked sent only after the other side accepted."""

import json
from dataclasses import dataclass
from datetime import datetime

from hunter.model import Notice
from hunter.store import Store, to_text
from hunter.store.encoding import dump, load


@dataclass(frozen=True, slots=True)
class Letter:
    """One notice for one subscriber on one channel."""

    id: int
    channel: str
    subscriber: str
    addresses: tuple[str, ...]
    notice: Notice
    attempts: int


def add(
    store: Store, *, channel: str, subscriber: str, addresses: tuple[str, ...], notice: Notice
) -> None:
    """Queue a notice; the same notice for the same subscriber and channel is queued once, ever."""
    key = f"{notice.key}:{subscriber}:{channel}"
    store.execute(
        "INSERT INTO outbox (key, channel, subscriber, addresses, notice, state, due_at)"
        " VALUES (?, ?, ?, ?, ?, 'pending', ?) ON CONFLICT DO NOTHING",
        (
            key,
            channel,
            subscriber,
            json.dumps(addresses),
            dump(notice),
            to_text(notice.at),
        ),
    )


def claim(store: Store, now: datetime, limit: int) -> tuple[Letter, ...]:
    """Take letters that are due, oldest first; nobody else gets them until they are put back.

    Letters of a channel that is switched off for their subscriber stay where they are.
    """
    with store.transaction():
        rows = store.rows(
            "SELECT * FROM outbox WHERE state = 'pending' AND due_at <= ?"
            " AND 'notifiers.' || channel || ':' || subscriber"
            " NOT IN (SELECT part FROM switched_off)"
            " ORDER BY id LIMIT ?",
            (to_text(now), limit),
        )
        store.execute_many(
            "UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id = ?",
            [(row["id"],) for row in rows],
        )
    return tuple(
        Letter(
            row["id"],
            row["channel"],
            row["subscriber"],
            tuple(json.loads(row["addresses"])),
            load(row["notice"], Notice),
            row["attempts"] + 1,
        )
        for row in rows
    )


def mark_sent(store: Store, letter: Letter, now: datetime) -> None:
    """The other side accepted it."""
    store.execute(
        "UPDATE outbox SET state = 'sent', sent_at = ?, error = '' WHERE id = ?",
        (to_text(now), letter.id),
    )


def put_back(store: Store, letter: Letter, due_at: datetime, error: str) -> None:
    """It could not be delivered now; it is due again at `due_at`."""
    store.execute(
        "UPDATE outbox SET state = 'pending', due_at = ?, error = ? WHERE id = ?",
        (to_text(due_at), error, letter.id),
    )


def put_back_interrupted(store: Store) -> int:
    """At start: whatever a dead process had in hand goes back into the queue."""
    return store.execute("UPDATE outbox SET state = 'pending' WHERE state = 'sending'")


def counts(store: Store) -> dict[str, dict[str, int]]:
    """channel → state → how many letters."""
    found: dict[str, dict[str, int]] = {}
    for row in store.rows(
        "SELECT channel, state, count(*) AS letters FROM outbox GROUP BY channel, state"
    ):
        found.setdefault(row["channel"], {})[row["state"]] = row["letters"]
    return found
