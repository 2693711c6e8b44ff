"""Notices on their way to people. A row is marked sent only after the other side accepted.

A letter is one notice for one subscriber on one channel: a way. A parcel is what is sent at once on
a way: one letter, or several together. Once a parcel may have been accepted, it stays as it is and
goes out again under the same key, until the other side is known to have it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hunter.clock import NEVER
from hunter.notice import Gist, Notice
from hunter.store import Store, to_moment, to_text
from hunter.store.encoding import dump, load

_HERE = "channel = ? AND subscriber = ?"
_LOOSE = f"{_HERE} AND state = 'pending' AND parcel = '' AND due_at <= ?"
_UNTOLD = "state = 'pending' AND haste != 'alone' AND (attempts = 0 OR NOT doubt)"
"""Nobody can have it yet; what goes alone tells of hunter itself, or keeps a channel up to date."""
_STANDS = "(SELECT state FROM alert WHERE id = CAST(outbox.key AS INTEGER))"
"""Where triage of a letter's alert is, by whose number its key begins; NULL when it has none."""


class Haste(StrEnum):
    """What may hold a letter back."""

    NONE = ""
    URGENT = "urgent"
    """Neither quiet hours nor a daily limit."""
    ALONE = "alone"
    """Nor does it go out together with others, or count as a message."""


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """One channel to one subscriber."""

    channel: str
    subscriber: str

    @property
    def part(self) -> str:
        """How reports call it when it is switched off."""
        return f"notifiers.{self.channel}:{self.subscriber}"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is sent at once. With `together`, the reason why, it holds any number of letters."""

    key: str
    way: Way
    addresses: tuple[str, ...]
    letters: int
    together: str = ""
    refused: bool = False
    """Whether it was refused before for what it says, by itself or with others."""
    sent_at: datetime | None = None
    """When some of those whom it goes to got it; of a clock that was ahead, when it was right."""


def add(
    store: Store,
    *,
    channel: str,
    subscriber: str,
    addresses: tuple[str, ...],
    notice: Notice,
    due_at: datetime | None = None,
    haste: Haste = Haste.NONE,
    together: str = "",
) -> None:
    """Queue a notice; the same notice for the same subscriber and channel is queued once, ever.

    With `together`, the reason why, it waits to be let go with all others of that reason.
    """
    store.execute(
        "INSERT INTO outbox"
        " (key, channel, subscriber, addresses, notice, state, due_at, haste, together)"
        " VALUES (?, ?, ?, ?, ?, 'pending', ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            f"{notice.key}:{subscriber}:{channel}",
            channel,
            subscriber,
            json.dumps(addresses),
            dump(notice),
            to_text(NEVER if together else due_at or notice.at),
            haste,
            together,
        ),
    )


def held(store: Store, why: str) -> tuple[Way, ...]:
    """The ways with letters that wait to be let go together for that reason."""
    rows = store.rows(
        "SELECT DISTINCT channel, subscriber FROM outbox"
        " WHERE state = 'pending' AND together = ? AND due_at = ?",
        (why, to_text(NEVER)),
    )
    return tuple(Way(row["channel"], row["subscriber"]) for row in rows)


def let_go(store: Store, way: Way, why: str, now: datetime, due_at: datetime) -> None:
    """Make one parcel of them, due at that time. One alone goes as a letter."""
    which = f"{_HERE} AND state = 'pending' AND together = ? AND due_at = ?"
    here = (way.channel, way.subscriber, why, to_text(NEVER))
    row = store.row(f"SELECT min(id) AS first, count(*) AS n FROM outbox WHERE {which}", here)
    alone = row is None or row["n"] <= 1
    parcel = "" if row is None or alone else _parcel(way, row["first"], now)
    # As one in doubt it stays one parcel, whatever comes of the first try.
    store.execute(
        f"UPDATE outbox SET due_at = ?, together = ?, parcel = ?, doubt = ? WHERE {which}",
        (to_text(due_at), "" if alone else why, parcel, not alone, *here),
    )


def _parcel(way: Way, first: int, now: datetime) -> str:
    """A parcel's key; put together anew after a refusal, it may hold others and has another."""
    return f"digest {to_text(now)} {first}:{way.subscriber}:{way.channel}"


def ways(store: Store, now: datetime) -> tuple[Way, ...]:
    """The ways on which something is due; not those that are switched off or rest."""
    rows = store.rows(
        "SELECT channel, subscriber FROM outbox AS waiting"
        " WHERE state = 'pending' AND due_at <= ?1"
        " AND 'notifiers.' || channel || ':' || subscriber NOT IN (SELECT part FROM switched_off)"
        " AND NOT EXISTS (SELECT * FROM resting WHERE channel = waiting.channel"
        " AND subscriber = waiting.subscriber AND until > ?1)"
        " GROUP BY channel, subscriber ORDER BY min(id)",
        (to_text(now),),
    )
    return tuple(Way(row["channel"], row["subscriber"]) for row in rows)


def leave_out_settled(store: Store, way: Way, now: datetime) -> None:
    """Withdraw what is due of alerts that a person dismissed or closed since.

    Letters that tell of just that go on, and so does what somebody may have by now.
    """
    settled = "IN ('dismissed', 'closed')"
    # Of thousands that a limit holds back, only those are read that may be left out.
    store.execute(
        f"DELETE FROM outbox WHERE {_HERE} AND due_at <= ? AND {_UNTOLD} AND CASE WHEN"
        f" {_STANDS} {settled} THEN NOT json_extract(notice, '$.kind') {settled} END",
        (way.channel, way.subscriber, to_text(now)),
    )


def next_bound(store: Store, way: Way, now: datetime) -> str | None:
    """The parcel that must go first: one in doubt, or a letter that goes alone."""
    here = (way.channel, way.subscriber, to_text(now))
    row = store.row(
        f"SELECT parcel FROM outbox WHERE {_HERE} AND state = 'pending' AND due_at <= ?"
        " AND parcel != '' ORDER BY id LIMIT 1",
        here,
    )
    if row is not None:
        return str(row["parcel"])
    return _bind_one(store, f"{_LOOSE} AND haste = 'alone'", here)


def goes_alone(store: Store, parcel: str) -> bool:
    """Whether it counts for no limit."""
    row = store.row("SELECT 1 FROM outbox WHERE parcel = ? AND haste = 'alone'", (parcel,))
    return row is not None


def bind_one(store: Store, way: Way, now: datetime, *, urgent: bool) -> str | None:
    """Make a parcel of the oldest letter that is due; None when there is none."""
    which = f"{_LOOSE} AND haste != 'alone'" + (" AND haste = 'urgent'" if urgent else "")
    return _bind_one(store, which, (way.channel, way.subscriber, to_text(now)))


def _bind_one(store: Store, which: str, here: tuple[str, str, str]) -> str | None:
    with store.transaction():
        row = store.row(f"SELECT id, key FROM outbox WHERE {which} ORDER BY id LIMIT 1", here)
        if row is None:
            return None
        store.execute("UPDATE outbox SET parcel = key, together = '' WHERE id = ?", (row["id"],))
    return str(row["key"])


def bind_together(
    store: Store, way: Way, now: datetime, *, urgent: bool, why: str, most: int
) -> str | None:
    """Make one parcel of all letters that are due, the oldest `most`; None when there are none."""
    which = f"{_LOOSE} AND haste != 'alone'" + (" AND haste = 'urgent'" if urgent else "")
    here = (way.channel, way.subscriber, to_text(now))
    with store.transaction():
        ids = f"SELECT id FROM outbox WHERE {which} ORDER BY id LIMIT ?"
        row = store.row(f"SELECT min(id) AS first, count(*) AS n FROM ({ids})", (*here, most))
        if row is None or not row["n"]:
            return None
        if row["n"] == 1:
            return bind_one(store, way, now, urgent=urgent)
        parcel = _parcel(way, row["first"], now)
        store.execute(
            f"UPDATE outbox SET parcel = ?, together = ? WHERE id IN ({ids})",
            (parcel, why, *here, most),
        )
    return parcel


def claim(store: Store, way: Way, parcel: str) -> Parcel | None:
    """Take the parcel in hand; None when somebody else has it, or it is sent.

    The first time its letters tell where triage of their alerts stands now; repeats say the same.
    """
    with store.transaction():
        store.execute(
            f"UPDATE outbox SET notice = json_set(notice, '$.state', {_STANDS})"
            f" WHERE parcel = ? AND {_UNTOLD} AND {_STANDS} != json_extract(notice, '$.state')",
            (parcel,),
        )
        taken = store.execute(
            "UPDATE outbox SET state = 'sending', attempts = attempts + 1"
            " WHERE parcel = ? AND state = 'pending'",
            (parcel,),
        )
        row = store.row(
            "SELECT addresses, together, max(refused) AS refused, min(sent_at) AS sent_at"
            " FROM outbox WHERE parcel = ?",
            (parcel,),
        )
    if row is None or not taken:
        return None
    addresses = tuple(json.loads(row["addresses"]))
    return Parcel(
        *(parcel, way, addresses, taken, row["together"]),
        bool(row["refused"]),
        to_moment(row["sent_at"]) if row["sent_at"] else None,
    )


def notice_in(store: Store, parcel: Parcel) -> Notice:
    """The notice of a parcel that holds one letter."""
    row = store.row("SELECT notice FROM outbox WHERE parcel = ?", (parcel.key,))
    assert row is not None
    return load(row["notice"], Notice)


def gists_in(store: Store, parcel: str) -> Iterator[Gist]:
    """The notices of a parcel in brief, one by one: by severity, by points, the oldest first."""
    for (text,) in store.stream(
        "SELECT json_set(notice, '$.why', coalesce(json_extract(notice, '$.findings[0][0].title'),"
        " '')) FROM outbox WHERE parcel = ? ORDER BY json_extract(notice, '$.severity') DESC,"
        " (SELECT sum(json_extract(value, '$[0].score'))"
        " FROM json_each(notice, '$.findings')) DESC, id",
        (parcel,),
    ):
        yield load(text, Gist)


def mark_sent(store: Store, parcel: Parcel, now: datetime) -> None:
    """The other side accepted it."""
    with store.transaction():
        store.execute(
            "UPDATE outbox SET state = 'sent', sent_at = coalesce(sent_at, ?), error = ''"
            " WHERE parcel = ?",
            (to_text(now), parcel.key),
        )
        _rests_no_more(store, parcel.way)


def mark_sent_in_part(
    store: Store, parcel: Parcel, error: str, now: datetime, due_at: datetime
) -> None:
    """Some accepted it: it counts as a message, and is due again, as it is, for the others."""
    with store.transaction():
        store.execute(
            "UPDATE outbox SET sent_at = min(coalesce(sent_at, ?1), ?1) WHERE parcel = ?2",
            (to_text(now), parcel.key),
        )
        _rests_no_more(store, parcel.way)
        put_back(store, parcel, error, in_doubt=True, due_at=due_at)


def _rests_no_more(store: Store, way: Way) -> None:
    if failures(store, way):
        store.execute(f"DELETE FROM resting WHERE {_HERE}", (way.channel, way.subscriber))


def put_back(
    store: Store,
    parcel: Parcel,
    error: str,
    *,
    in_doubt: bool = False,
    due_at: datetime | None = None,
) -> None:
    """It could not be delivered now; at `due_at`, or as soon as the way is free, it is due again.

    Once it may have been accepted after all, it stays one parcel under the same key.
    """
    store.execute(
        "UPDATE outbox SET state = 'pending', error = ?, due_at = coalesce(?, due_at),"
        " doubt = doubt OR ?, parcel = CASE WHEN doubt OR ? THEN parcel ELSE '' END"
        " WHERE parcel = ? AND state = 'sending'",
        (error, to_text(due_at) if due_at else None, in_doubt, in_doubt, parcel.key),
    )


def put_aside(store: Store, parcel: Parcel, error: str, now: datetime, due_at: datetime) -> None:
    """It was refused for what it says: at `due_at` it goes once more, and nothing goes with it.

    Of several letters each half goes by itself then, until the one that is refused is alone.
    """
    with store.transaction():
        put_back(store, parcel, error, in_doubt=True, due_at=due_at)
        store.execute("UPDATE outbox SET refused = 1 WHERE parcel = ?", (parcel.key,))
        rows = store.rows("SELECT id, key FROM outbox WHERE parcel = ? ORDER BY id", (parcel.key,))
        middle = len(rows) // 2
        for half in (rows[:middle], rows[middle:]) if middle else ():
            alone = len(half) == 1
            key = half[0]["key"] if alone else _parcel(parcel.way, half[0]["id"], now)
            store.execute_many(
                "UPDATE outbox SET parcel = ?, together = ? WHERE id = ?",
                [(key, "" if alone else parcel.together, row["id"]) for row in half],
            )


def waiting(store: Store) -> tuple[tuple[Way, tuple[str, ...]], ...]:
    """The ways on which anything waits, and to which addresses it was written."""
    rows = store.rows(
        "SELECT DISTINCT channel, subscriber, addresses FROM outbox WHERE state = 'pending'"
    )
    return tuple(
        (Way(row["channel"], row["subscriber"]), tuple(json.loads(row["addresses"])))
        for row in rows
    )


def go_over(store: Store, way: Way, addresses: tuple[str, ...], subscriber: str) -> None:
    """Let what waits there for these addresses go to another subscriber, who has not the same."""
    store.execute(
        "UPDATE OR IGNORE outbox SET subscriber = ?1,"
        " key = json_extract(notice, '$.key') || ':' || ?1 || ':' || channel"
        " WHERE channel = ?2 AND subscriber = ?3 AND addresses = ?4 AND state = 'pending'",
        (subscriber, way.channel, way.subscriber, json.dumps(addresses)),
    )


def withdraw(store: Store, way: Way, addresses: tuple[str, ...]) -> int:
    """Forget what waits there for these addresses; how many letters."""
    return store.execute(
        f"DELETE FROM outbox WHERE {_HERE} AND addresses = ? AND state = 'pending'",
        (way.channel, way.subscriber, json.dumps(addresses)),
    )


def refused(store: Store, way: Way) -> tuple[int, str]:
    """How many letters of the way are refused for what they say, and in which words the last."""
    row = store.row(
        "SELECT count(*) AS letters, max(id), error FROM outbox"
        f" WHERE {_HERE} AND state = 'pending' AND refused",
        (way.channel, way.subscriber),
    )
    assert row is not None
    return row["letters"], row["error"] or ""


def put_back_interrupted(store: Store) -> int:
    """At start: whatever a dead process had in hand goes back into the queue, parcel by parcel."""
    return store.execute("UPDATE outbox SET state = 'pending', doubt = 1 WHERE state = 'sending'")


def failures(store: Store, way: Way) -> int:
    """How often in a row the way failed."""
    row = store.row(f"SELECT failures FROM resting WHERE {_HERE}", (way.channel, way.subscriber))
    return 0 if row is None else int(row["failures"])


def rest(store: Store, way: Way, until: datetime) -> None:
    """The way failed once more, and is left alone until then."""
    store.execute(
        "INSERT INTO resting VALUES (?, ?, 1, ?) ON CONFLICT DO UPDATE SET"
        " failures = failures + 1, until = excluded.until",
        (way.channel, way.subscriber, to_text(until)),
    )


def wake_all(store: Store, now: datetime) -> None:
    """Let no way rest any longer; its next failure counts as one more."""
    store.execute("UPDATE resting SET until = min(until, ?)", (to_text(now),))


def counts(store: Store) -> dict[str, dict[str, int]]:
    """channel → state → how many letters."""
    found: dict[str, dict[str, int]] = {}
    # Each state has its index: of a year's letters, with all they say, none is read.
    for state in ("pending", "sending", "sent"):
        sql = f"SELECT channel, count(*) AS n FROM outbox WHERE state = '{state}' GROUP BY channel"
        for row in store.rows(sql):
            found.setdefault(row["channel"], {})[state] = row["n"]
    return found
