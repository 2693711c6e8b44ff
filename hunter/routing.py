"""Who is told of what, and when. `hunter alerts route` explains exactly what is done here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog

from hunter import canary, pacing, ribs, wording
from hunter.config import Config
from hunter.contracts import NotifierSettings
from hunter.model import DONE, REOPENED, Alert, Dossier, Level, Rhythm, Subscriber, Transition
from hunter.pacing import Limits
from hunter.store import Store, alerts, newcomers, outbox, reports, retro, traffic
from hunter.store.outbox import Haste, Way
from hunter.store.traffic import Traffic

RETRO = "retro"
"""Why letters wait for each other: they are about what a new brand found among the stored names."""
_HOUR = timedelta(hours=1)
_NEW_AGAIN = {REOPENED, "raised"}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Route:
    """What becomes of news about one alert for one subscriber."""

    subscriber: Subscriber
    obstacle: str
    """Why they are not told: brand, severity, elsewhere or transitions; empty when they are."""
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
    """When it would go out, with quiet hours and the channel's limits as they stand counted in."""
    off: str
    """Why the channel is switched off for them; empty when it is not."""
    limit: str = ""
    """The limit that holds it back until then: an_hour, a_day, or half of that."""


def route(
    subscriber: Subscriber,
    brand: str,
    severity: Level,
    kinds: Iterable[str],
    now: datetime,
    *,
    beside: Iterable[Alert] = (),
) -> Route:
    """What becomes of news of these kinds about an alert of that brand and severity.

    Whoever is told of one of the alerts `beside` it needs no word of this one.
    """
    urgent = subscriber.urgent is not None and severity >= subscriber.urgent
    due_at = now if urgent else next_digest(subscriber, now)
    obstacle = _not_theirs(subscriber, brand, severity)
    if not obstacle and any(not _not_theirs(subscriber, one.brand, one.severity) for one in beside):
        obstacle = "elsewhere"
    if not obstacle and not set(kinds) & set(subscriber.transitions):
        obstacle = "transitions"
    return Route(subscriber, obstacle, urgent, due_at)


def _not_theirs(subscriber: Subscriber, brand: str, severity: Level) -> str:
    if subscriber.brands and brand not in subscriber.brands:
        return "brand"
    return "severity" if severity < subscriber.minimum else ""


def with_opened(kinds: Iterable[str]) -> frozenset[str]:
    """What news of these kinds is to who was never written to about the alert.

    It opens for them, too, when it comes back or becomes graver: it had been below their minimum,
    or was dismissed while the letter was held back, and so left out.
    """
    found = frozenset(kinds)
    return found | {"opened"} if found & _NEW_AGAIN else found


def _as_news(
    store: Store, subscriber: Subscriber, alert: Alert, kinds: frozenset[str]
) -> frozenset[str]:
    """For whom it makes no difference, the letters are not looked through."""
    new = with_opened(kinds)
    if new == kinds or not kinds.isdisjoint(subscriber.transitions):
        return kinds
    return kinds if newcomers.heard(store, alert, subscriber) else new


def beside(store: Store, config: Config, alert: Alert) -> tuple[Alert, ...]:
    """The alerts, as grave and open as this one, that tell of a domain merely tied to its brand.

    In them it imitates another brand, or was tied to that first: a squatter of five brands under
    one address would have each name told five times.
    """
    if not alert.match.is_linked:
        return ()
    return tuple(
        one
        for one in alerts.about(store, alert.domain)
        if config.brand(one.brand) and stands_for(one, alert, older=one.id < alert.id)
    )


def stands_for(one: Alert, alert: Alert, *, older: bool) -> bool:
    """Whether whoever hears of the one needs no word of the other, a mere tie of its domain."""
    return (
        one.severity >= alert.severity
        and (alert.state in DONE or one.state not in DONE)
        and (not one.match.is_linked or older)
    )


def explain(
    store: Store, config: Config, alert: Alert, kinds: Sequence[str], now: datetime
) -> tuple[Leg, ...]:
    """What would become of news of these kinds about the alert now, channel by channel."""
    off, legs = reports.switched_off(store), []
    others, told = beside(store, config, alert), frozenset(kinds)
    for subscriber in config.subscribers:
        news = _as_news(store, subscriber, alert, told)
        way = route(subscriber, alert.brand, alert.severity, news, now, beside=others)
        quiet = None if way.urgent else quiet_until(subscriber, way.due_at)
        for channel in subscriber.channels:
            reason = off.get(Way(channel, subscriber.name).part, "")
            leg = Leg(way, channel, quiet or way.due_at, reason)
            legs.append(_within_limits(store, config, leg, now))
    return tuple(legs)


def _within_limits(store: Store, config: Config, leg: Leg, now: datetime) -> Leg:
    """The leg with the limit that holds it back, as things stand now."""
    subscriber, settings = leg.route.subscriber, config.notifiers.get(leg.channel)
    if not isinstance(settings, NotifierSettings):
        return leg
    allowed = limits(subscriber, settings)
    seen = traffic_on(store, subscriber, Way(leg.channel, subscriber.name), allowed, now)
    tomorrow = day_ends(subscriber, now)
    if seen.today >= allowed.a_day and not leg.route.urgent and leg.sent_at < tomorrow:
        morning = quiet_until(subscriber, tomorrow) or tomorrow
        return replace(leg, limit="a_day", sent_at=morning)
    spared = None if leg.route.urgent else pacing.spared_until(seen, allowed, tomorrow)
    for limit, until in (("an_hour", pacing.rests_until(seen, allowed)), ("half", spared)):
        if until is not None and until > leg.sent_at:
            quiet = None if leg.route.urgent else quiet_until(subscriber, until)
            leg = replace(leg, limit=limit, sent_at=quiet or until)
    return leg


def limits(subscriber: Subscriber, settings: NotifierSettings) -> Limits:
    """What the channel allows to the subscriber."""
    return Limits(settings.an_hour, settings.a_day, subscriber.rhythm is not Rhythm.AT_ONCE)


def traffic_on(
    store: Store,
    subscriber: Subscriber,
    way: Way,
    limits: Limits,
    now: datetime,
    *,
    aside: str = "",
) -> Traffic:
    """How the way to the subscriber stands, in their hour and on their day."""
    hour, day = now - _HOUR, day_began(subscriber, now)
    return traffic.on(store, way, now, hour=hour, day=day, flood=limits.an_hour, aside=aside)


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


def day_ends(subscriber: Subscriber, now: datetime) -> datetime:
    """When the subscriber's next day begins."""
    return _at(subscriber, now, time(), days=1)


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
    config: Config,
    alert: Alert,
    dossier: Dossier,
    news: Sequence[Transition],
) -> None:
    """Write one letter for each subscriber and channel that should hear of it.

    What was found among the stored names waits for the other finds.
    """
    together = RETRO if retro.is_find(store, alert.brand, alert.domain) else ""
    told = frozenset(one.kind for one in news)
    key, others = key_of(alert), beside(store, config, alert)
    for subscriber in config.subscribers:
        kinds = _as_news(store, subscriber, alert, told)
        way = route(subscriber, alert.brand, alert.severity, kinds, dossier.at, beside=others)
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


def follow_config(store: Store, config: Config) -> None:
    """Send nothing more to who has left the config; what waits for who was renamed goes on.

    By the addresses it shows who is the same.
    """
    with store.transaction():
        waiting = outbox.waiting(store)
        lost = strays(config, (way for way, _ in waiting))
        for way, addresses in waiting:
            if way in lost:
                _follow(store, way, addresses, ways_of(config))


def strays(config: Config, ways: Iterable[Way]) -> frozenset[Way]:
    """Those of the ways at whose end nobody is any more."""
    named = ways_of(config)
    return frozenset(way for way in ways if way not in named and way.subscriber != canary.RECIPIENT)


def ways_of(config: Config) -> Mapping[Way, tuple[str, ...]]:
    """Every way to a subscriber, with their addresses on it."""
    return {
        Way(channel, one.name): addresses
        for one in config.subscribers
        for channel, addresses in one.channels.items()
    }


def _follow(
    store: Store, way: Way, addresses: tuple[str, ...], named: Mapping[Way, tuple[str, ...]]
) -> None:
    for other, its in named.items():
        if (other.channel, its) == (way.channel, addresses):
            outbox.go_over(store, way, addresses, other.subscriber)
            break
    if letters := outbox.withdraw(store, way, addresses):
        log.warning("withdrawn", to=way.subscriber, channel=way.channel, letters=letters)


def _haste(way: Route) -> Haste:
    if not way.told:
        return Haste.ALONE
    return Haste.URGENT if way.urgent else Haste.NONE
