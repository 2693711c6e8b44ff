"""Who is told of what, and when. `hunter alerts route` explains exactly what is done here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hunter import ribs, wording
from hunter.config import Config
from hunter.model import Alert, Dossier, Level, Rhythm, Subscriber, Transition
from hunter.store import Store, outbox, reports, retro
from hunter.store.outbox import Haste, Way

RETRO = "retro"
"""Why letters wait for each other: they are about what a new brand found among the stored names."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Route:
    """What becomes of news about one alert for one subscriber."""

    subscriber: Subscriber
    obstacle: str
    """Why they are not told: brand, severity or transitions; empty when they are."""
    urgent: bool
    due_at: datetime
    """When it may go out at the earliest, quiet hours apart."""

    @property
    def told(self) -> bool:
        """Whether the subscriber hears of it."""
        return not self.obstacle


@dataclass(frozen=True, slots=True)
class Leg:
    """The last part of a route: one channel of the subscriber's."""

    route: Route
    channel: str
    sent_at: datetime
    """When it would go out, quiet hours counted in; limits may hold it back for longer."""
    off: str
    """Why the channel is switched off for them; empty when it is not."""


def route(
    subscriber: Subscriber, brand: str, severity: Level, kinds: Iterable[str], now: datetime
) -> Route:
    """What becomes of news of these kinds about an alert of that brand and severity."""
    urgent = subscriber.urgent is not None and severity >= subscriber.urgent
    due_at = now if urgent else next_digest(subscriber, now)
    return Route(subscriber, _obstacle(subscriber, brand, severity, kinds), urgent, due_at)


def _obstacle(subscriber: Subscriber, brand: str, severity: Level, kinds: Iterable[str]) -> str:
    if subscriber.brands and brand not in subscriber.brands:
        return "brand"
    if severity < subscriber.minimum:
        return "severity"
    return "" if set(kinds) & set(subscriber.transitions) else "transitions"


def explain(
    store: Store,
    subscribers: Sequence[Subscriber],
    alert: Alert,
    kinds: Sequence[str],
    now: datetime,
) -> tuple[Leg, ...]:
    """What would become of news of these kinds about the alert now, channel by channel."""
    off, legs = reports.switched_off(store), []
    for subscriber in subscribers:
        way = route(subscriber, alert.brand, alert.severity, kinds, now)
        quiet = None if way.urgent else quiet_until(subscriber, way.due_at)
        for channel in subscriber.channels:
            reason = off.get(Way(channel, subscriber.name).part, "")
            legs.append(Leg(way, channel, quiet or way.due_at, reason))
    return tuple(legs)


def next_digest(subscriber: Subscriber, now: datetime) -> datetime:
    """When the subscriber is told next of what is not urgent."""
    if subscriber.rhythm is Rhythm.AT_ONCE:
        return now
    if subscriber.rhythm is Rhythm.HOURLY:
        return now.replace(minute=0, second=0, microsecond=0) + _HOUR
    today = _at(subscriber, now, subscriber.digest_at)
    return today if today > now else _at(subscriber, now, subscriber.digest_at, days=1)


def awake(config: Config, way: Way, now: datetime) -> datetime:
    """Now, or when the quiet hours of whoever is at the end of the way are over."""
    found = next((one for one in config.subscribers if one.name == way.subscriber), None)
    return (quiet_until(found, now) if found else None) or now


def quiet_until(subscriber: Subscriber, now: datetime) -> datetime | None:
    """When the subscriber's quiet hours end, if it is quiet now."""
    if subscriber.quiet is None:
        return None
    begin, end = subscriber.quiet
    clock = now.astimezone(ZoneInfo(subscriber.zone)).time().replace(tzinfo=None)
    night = begin > end
    if not (clock >= begin or clock < end if night else begin <= clock < end):
        return None
    tomorrow = night and clock >= begin
    return _at(subscriber, now, end, days=int(tomorrow))


def day_began(subscriber: Subscriber, now: datetime) -> datetime:
    """When the subscriber's day began."""
    return _at(subscriber, now, time())


def _at(subscriber: Subscriber, now: datetime, clock: time, days: int = 0) -> datetime:
    """That time on the subscriber's clock, so many days after what is today for them."""
    zone = ZoneInfo(subscriber.zone)
    # The date is counted on: a day on which the clocks change has no 24 hours.
    day = now.astimezone(zone).date() + timedelta(days)
    return datetime.combine(day, clock, zone).astimezone(UTC)


def key_of(alert: Alert) -> str:
    """The same for the same transition, and another for whatever stands in a store begun anew."""
    return f"{alert.id}.{len(alert.transitions)}.{alert.opened_at:%Y%m%dT%H%M%SZ}"


def tell(
    store: Store,
    subscribers: Sequence[Subscriber],
    alert: Alert,
    dossier: Dossier,
    news: Sequence[Transition],
) -> None:
    """Write one letter for each subscriber and channel that should hear of it.

    What was found among the stored names waits for the other finds.
    """
    together = RETRO if retro.is_find(store, alert.brand, alert.domain) else ""
    kinds = {one.kind for one in news}
    key = key_of(alert)
    for subscriber in subscribers:
        way = route(subscriber, alert.brand, alert.severity, kinds, dossier.at)
        if way.obstacle not in ("", "transitions"):
            continue
        notice = wording.notice(alert, dossier, news, key, subscriber.language)
        for channel, addresses in subscriber.channels.items():
            if way.told or ribs.load("notifiers", channel).FOLLOWS_STATE:
                outbox.add(
                    store,
                    channel=channel,
                    subscriber=subscriber.name,
                    addresses=addresses,
                    notice=notice if way.told else replace(notice, silent=True),
                    due_at=way.due_at if way.told else dossier.at,
                    haste=_haste(way),
                    together=together if way.told else "",
                )


def _haste(way: Route) -> Haste:
    if not way.told:
        return Haste.ALONE
    return Haste.URGENT if way.urgent else Haste.NONE
