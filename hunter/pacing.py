"""How many letters may go out on a way now: one by one, all together, or none. Pure.

One by one while they are few. What comes faster than `an_hour` goes out together, in one message,
and then there is a pause. Past `a_day` messages, and in quiet hours, only what is urgent goes. Once
half of `a_day` is gone, the rest is spread over what is left of the day: who has a name alert every
few minutes must not make the day's last message go out at noon.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from hunter.store.traffic import Traffic

PAUSE = timedelta(minutes=10)
"""Between two messages once they are too many."""
_LONGEST_SPARED = timedelta(hours=1)


class Amount(Enum):
    """What may go out now."""

    NONE = 0
    ONE = 1
    ALL = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel allows to one subscriber, and how the subscriber wants it."""

    an_hour: int
    a_day: int
    together: bool = False
    """Whether what is not urgent is wanted together, whatever the number: a digest."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What may go out, whether only urgent letters, why together, and what must be said of it."""

    amount: Amount
    urgent: bool = False
    why: str = ""
    """For ALL: digest, held (by the daily limit), outage or flood."""
    last_today: bool = False
    """Whether the daily limit holds back what comes after."""


def pace(
    traffic: Traffic,
    limits: Limits,
    now: datetime,
    *,
    day_ends: datetime,
    quiet: bool,
    failed: bool,
) -> Pace:
    """How to go on. `failed` says that the way could not be used when it was last tried."""
    spared = spared_until(traffic, limits, day_ends)
    over = traffic.today >= limits.a_day or (spared is not None and now < spared)
    urgent = quiet or over or (limits.together and traffic.urgent > 0)
    due = traffic.urgent if urgent else traffic.due
    free = limits.an_hour - traffic.in_hour
    rest = rests_until(traffic, limits)
    if not due or (rest is not None and now < rest):
        return Pace(Amount.NONE)
    last = is_last(traffic, limits)
    together = last or limits.together or _held(traffic, limits) or spared is not None
    if due <= free and (urgent or not together):
        return Pace(Amount.ONE, urgent, last_today=last)
    return Pace(Amount.ALL, urgent, _why(traffic, limits, failed=failed, urgent=urgent), last)


def is_last(traffic: Traffic, limits: Limits) -> bool:
    """Whether the next message is the last that the day allows."""
    return traffic.today == limits.a_day - 1


def rests_until(traffic: Traffic, limits: Limits) -> datetime | None:
    """When the pause after the last of too many messages ends, or ended; None without one."""
    full = traffic.in_hour >= limits.an_hour
    last = traffic.last_at if full else traffic.flood_at
    return last + PAUSE if last else None


def spared_until(traffic: Traffic, limits: Limits, day_ends: datetime) -> datetime | None:
    """When what is not urgent may go next, so that what is left lasts for the day; None at once.

    What is urgent, and comes meanwhile, puts that off no further.
    """
    left = limits.a_day - traffic.today
    if traffic.calm_at is None or not 0 < left <= limits.a_day // 2:
        return None
    return traffic.calm_at + min((day_ends - traffic.calm_at) / (left + 1), _LONGEST_SPARED)


def _held(traffic: Traffic, limits: Limits) -> bool:
    """Whether this is what the limit of the day before held back."""
    return traffic.yesterday >= limits.a_day and not traffic.today


def _why(traffic: Traffic, limits: Limits, *, failed: bool, urgent: bool) -> str:
    if _held(traffic, limits) and not urgent:
        return "held"
    if failed:
        return "outage"
    return "digest" if limits.together and not urgent else "flood"
