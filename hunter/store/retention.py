"""Forget what nobody needs any more, in small steps: the daemon's work goes on between them.

An alert, its history and whatever belongs to an incident or a takedown is kept for ever.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from hunter.store import Store, cursors, memory, to_text

_AT_ONCE = 200
_DOMAINS_AT_ONCE = 25
"""Each has a hundred facts and more, and nobody else has a turn until all of them are gone."""
_GROWS = timedelta(days=7)
"""By how much all that is stored grows older from one time to the next, at most."""
_FORGETTING = "forgetting"
_LONG_AGO = datetime(2013, 6, 1, tzinfo=UTC)
"""Before there were logs of certificates: RFC 6962."""

_OF_A_DOMAIN = (
    "DELETE FROM fact WHERE subject IN (SELECT name FROM sighting WHERE domain = ?1)",
    "DELETE FROM fact WHERE subject = ?1",
    "DELETE FROM sighting WHERE domain = ?1",
    "DELETE FROM match WHERE domain = ?1",
    "DELETE FROM asked WHERE domain = ?1",
    "DELETE FROM domain WHERE domain = ?1",
)
_UNALERTED = (
    " AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.domain = {domain})"
    " AND NOT EXISTS (SELECT 1 FROM takedown WHERE takedown.domain = {domain})"
    " AND NOT EXISTS (SELECT 1 FROM incident_member AS member WHERE member.domain = {domain})"
)
_ITS_DOMAIN = "coalesce((SELECT domain FROM sighting WHERE name = fact.subject), fact.subject)"
"""Facts are about domains, and about the hosts seen under them."""


class Keep(Protocol):
    """How long to keep what; None is for ever."""

    @property
    def keep_domains(self) -> timedelta | None: ...  # noqa: D102
    @property
    def keep_history(self) -> timedelta | None: ...  # noqa: D102
    @property
    def keep_letters(self) -> timedelta | None: ...  # noqa: D102


def forget(store: Store, keep: Keep, now: datetime) -> Iterator[int]:
    """Forget all that is older than it is kept; yields after each step.

    Of a clock that leaps by years little is believed at once, and nothing the first time: what it
    takes for old may be young. After a long rest the truth is caught up with step by step; of one
    that begins in 1970, so that this would take years, nothing is believed.
    """
    if now < _LONG_AGO:
        return
    last = cursors.moved_at(store, _FORGETTING, "")
    now = now if last is None else min(now, last + _GROWS)
    cursors.set_cursor(store, _FORGETTING, "", "", now)
    if last is not None:
        yield from _forget_all(store, keep, now)


def _forget_all(store: Store, keep: Keep, now: datetime) -> Iterator[int]:
    for age, work in (
        (keep.keep_domains, forget_domains),
        (keep.keep_history, forget_history),
        (keep.keep_letters, forget_letters),
        (memory.KEPT, memory.forget),
    ):
        if age is not None:
            yield from work(store, now - age)


def forget_domains(store: Store, before: datetime) -> Iterator[int]:
    """Forget lookalikes that led to nothing and that no source saw since; yields after each step.

    Its names, facts and matches go with it. Seen again, it is new.
    """
    limit, last = to_text(before), ("", "")
    while True:
        rows = store.rows(
            "SELECT first_seen, domain FROM domain"
            " WHERE first_seen < ? AND (first_seen, domain) > (?, ?)"
            " ORDER BY first_seen, domain LIMIT ?",
            (limit, *last, _DOMAINS_AT_ONCE),
        )
        if not rows:
            return
        last = (rows[-1]["first_seen"], rows[-1]["domain"])
        yield _forget(store, [row["domain"] for row in rows], limit)


def _forget(store: Store, domains: list[str], limit: str) -> int:
    idle = (
        "SELECT domain FROM domain WHERE domain = ? AND NOT EXISTS"  # noqa: S608
        " (SELECT 1 FROM sighting WHERE sighting.domain = domain.domain AND last_seen >= ?)"
        + _UNALERTED.format(domain="domain.domain")
    )
    with store.transaction():
        gone = [domain for domain in domains if store.row(idle, (domain, limit))]
        forget_wholly(store, gone)
    return len(gone)


def forget_wholly(store: Store, domains: Sequence[str]) -> None:
    """Forget domains that stand in no alert, with all that is known of them."""
    for statement in _OF_A_DOMAIN:
        store.execute_many(statement, [(domain,) for domain in domains])


def forget_history(store: Store, before: datetime) -> Iterator[int]:
    """Forget facts that ended long ago, of domains without an alert; yields after each step."""
    last = 0
    while rows := store.rows(
        "SELECT id, subject, ended_at FROM fact WHERE id > ? ORDER BY id LIMIT ?",
        (last, _AT_ONCE),
    ):
        last = rows[-1]["id"]
        old = [row for row in rows if row["ended_at"] and row["ended_at"] < to_text(before)]
        unalerted = _UNALERTED.format(domain=_ITS_DOMAIN)
        statement = f"DELETE FROM fact WHERE id = ?{unalerted}"  # noqa: S608
        store.execute_many(statement, [(row["id"],) for row in old])
        yield len(old)


def forget_letters(store: Store, before: datetime) -> Iterator[int]:
    """Forget the text of letters sent long ago; that they were sent is kept, so none goes twice."""
    while rows := store.rows(
        "SELECT id FROM outbox WHERE state = 'sent' AND sent_at < ? AND notice != '' LIMIT ?",
        (to_text(before), _AT_ONCE),
    ):
        with store.transaction():
            store.execute_many(
                "UPDATE outbox SET notice = '' WHERE id = ?", [(row["id"],) for row in rows]
            )
        yield len(rows)
