"""What waits on a way, and what went that way lately: by this its pace is chosen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hunter.store import Store, to_moment, to_text
from hunter.store.outbox import Way

_DAY = timedelta(days=1)
_GONE = (
    "SELECT sent_at, parcel, haste FROM outbox WHERE channel = ?4 AND subscriber = ?5"
    " AND haste != 'alone' AND parcel != ?8 AND sent_at BETWEEN ?6 AND ?7"
)


@dataclass(frozen=True, slots=True)
class Traffic:
    """What waits on a way, and what went that way lately."""

    due: int
    urgent: int
    in_hour: int
    """Messages accepted in the last hour."""
    today: int
    yesterday: int
    last_at: datetime | None
    flood_at: datetime | None
    """When a message that stood for more than an hour's worth was accepted, if in the last hour."""
    calm_at: datetime | None
    """When the last message was accepted that held what is not urgent."""


def on(
    store: Store,
    way: Way,
    now: datetime,
    *,
    hour: datetime,
    day: datetime,
    flood: int,
    aside: str = "",
) -> Traffic:
    """How a way stands. `hour` and `day` are when the last hour and the subscriber's day began.

    Neither the parcel `aside` counts, nor what a clock that was ahead dates to a time to come.
    """
    here, since = (way.channel, way.subscriber), to_text(min(hour, day - _DAY))
    waiting = store.row(
        "SELECT count(*) AS due, coalesce(sum(haste = 'urgent'), 0) AS urgent FROM outbox"
        " WHERE channel = ? AND subscriber = ? AND state = 'pending' AND parcel = ''"
        " AND due_at <= ? AND haste != 'alone'",
        (*here, to_text(now)),
    )
    sent = store.row(
        "SELECT coalesce(sum(at >= ?1), 0) AS in_hour, coalesce(sum(at >= ?2), 0) AS today,"
        " coalesce(sum(at < ?2), 0) AS yesterday, max(at) AS last_at,"
        " max(CASE WHEN letters > ?3 AND at >= ?1 THEN at END) AS flood_at,"
        " max(CASE WHEN calm THEN at END) AS calm_at FROM"
        " (SELECT min(sent_at) AS at, count(*) AS letters, max(haste != 'urgent') AS calm FROM"
        f" ({_GONE} AND state = 'sent' UNION ALL {_GONE} AND state = 'pending') GROUP BY parcel)",
        (to_text(hour), to_text(day), flood, *here, since, to_text(now), aside),
    )
    assert waiting is not None
    assert sent is not None
    return Traffic(
        waiting["due"],
        waiting["urgent"],
        sent["in_hour"],
        sent["today"],
        sent["yesterday"],
        to_moment(sent["last_at"]) if sent["last_at"] else None,
        to_moment(sent["flood_at"]) if sent["flood_at"] else None,
        to_moment(sent["calm_at"]) if sent["calm_at"] else None,
    )
