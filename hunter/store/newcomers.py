"""Who is told already: whoever is not among them has joined since."""

import json
from collections.abc import Mapping

from hunter.model import Alert, Subscriber
from hunter.store import Store
from hunter.store.outbox import Way

_BEGUN = ("", "", "[]")
"""Stands there once anybody was noted, also where there was nobody to note."""


def known(store: Store) -> Mapping[Way, tuple[str, ...]] | None:
    """The ways to all who are told, with their addresses; None when nobody was ever noted."""
    rows = [tuple(row) for row in store.rows("SELECT channel, subscriber, addresses FROM told_way")]
    if _BEGUN not in rows:
        return None
    return {
        Way(channel, subscriber): tuple(json.loads(addresses))
        for channel, subscriber, addresses in rows
        if channel
    }


def note(store: Store, ways: Mapping[Way, tuple[str, ...]]) -> None:
    """These are told, and nobody else."""
    rows = [(way.channel, way.subscriber, json.dumps(ways[way])) for way in ways]
    with store.transaction():
        store.execute("DELETE FROM told_way")
        store.execute_many("INSERT INTO told_way VALUES (?, ?, ?)", [_BEGUN, *rows])


def heard(store: Store, alert: Alert, subscriber: Subscriber) -> bool:
    """Whether they were written to about the alert, or are to be; the text may be gone by now.

    What goes alone shows how it stands, and tells nobody.
    """
    row = store.row(
        "SELECT 1 FROM outbox WHERE key > ? AND key < ? AND subscriber = ? AND haste != 'alone'",
        # The slash comes after the dot.
        (f"{alert.id}.", f"{alert.id}/", subscriber.name),
    )
    return row is not None
