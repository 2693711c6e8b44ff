"""What was written while the clock was ahead, and would wait until that time has come."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hunter.clock import NEVER
from hunter.store import Store, to_text


@dataclass(frozen=True, slots=True)
class _Moment:
    """A column; of how long to come its moments can be, and where those beyond are brought."""

    table: str
    column: str
    longest: timedelta = timedelta()
    to: timedelta = timedelta()
    where: str = "true"


_MOMENTS = (
    _Moment("outbox", "due_at", timedelta(days=2), where="state = 'pending'"),
    _Moment("resting", "until", timedelta(days=2)),
    _Moment("domain", "due_at", where="enriched = 0"),
    _Moment("domain", "due_at", timedelta(days=7), to=timedelta(days=7)),
    _Moment("domain", "first_seen"),
    _Moment("domain", "stage_since"),
    _Moment("report", "since"),
    _Moment("report", "at"),
    _Moment("report", "told_at"),
)


def bring_back(store: Store, now: datetime) -> None:
    """Let nothing wait for longer than it could if it were put off now, unless it is for ever.

    A week of questions about domains is not asked at once.
    """
    with store.transaction():
        for one in _MOMENTS:
            store.execute(
                f"UPDATE {one.table} SET {one.column} = ? WHERE {one.where}"  # noqa: S608
                f" AND {one.column} > ? AND {one.column} < ?",
                (to_text(now + one.to), to_text(now + one.longest), to_text(NEVER)),
            )
