"""Who joins those that are told hears of the alerts that are open: once, in one message.

All others were told when these opened. A store that begins, or comes from an older version, knows
nobody yet: then nobody is new.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

import structlog

from hunter import canary, following, routing, wording
from hunter.config import Config
from hunter.known import dossier_of
from hunter.model import Alert, Subscriber
from hunter.notice import Notice
from hunter.store import Store, alerts, outbox
from hunter.store import newcomers as kept
from hunter.store.outbox import Way

JOINED, JOINED_MANY = "joined", "joined many"
"""Why letters go together: all that is open, or the gravest of it."""
_MOST = 200

log = structlog.get_logger()


def welcome(store: Store, config: Config, now: datetime) -> None:
    """Tell whoever is new in the config of what is open."""
    ways, before = routing.ways_of(config), kept.known(store)
    if ways == before:
        return
    with store.transaction():
        kept.note(store, ways)
        for subscriber in config.subscribers if before is not None else ():
            channels = tuple(_new_channels(subscriber, before or {}))
            if channels:
                _tell(store, config, subscriber, channels, now)


def _new_channels(subscriber: Subscriber, before: Mapping[Way, tuple[str, ...]]) -> Iterator[str]:
    """Those on which no one is who was there by another name."""
    if subscriber.name in {way.subscriber for way in before}:
        return
    there = {(way.channel, addresses) for way, addresses in before.items()}
    for channel, addresses in subscriber.channels.items():
        if (channel, addresses) not in there:
            yield channel


def _tell(
    store: Store, config: Config, subscriber: Subscriber, channels: Sequence[str], now: datetime
) -> None:
    found = tuple(islice(_concerning(store, config, subscriber), _MOST + 1))
    why = JOINED_MANY if len(found) > _MOST else JOINED
    for alert in found[:_MOST]:
        notice = _notice(store, config, alert, subscriber, now)
        for channel in channels:
            outbox.add(
                store,
                channel=channel,
                subscriber=subscriber.name,
                addresses=subscriber.channels[channel],
                notice=notice,
                together=why,
            )
    for channel in channels if found else ():
        way = Way(channel, subscriber.name)
        outbox.let_go(store, way, why, now, routing.awake(config, way, now))
    log.info("joined", subscriber=subscriber.name, alerts=len(found[:_MOST]))


def _concerning(store: Store, config: Config, subscriber: Subscriber) -> Iterator[Alert]:
    """The open alerts of which the subscriber would have been told, the gravest first."""
    wanted = alerts.Narrowed(only_open=True)
    for alert in alerts.each(store, minimum=subscriber.minimum, narrowed=wanted):
        kinds = {one.kind for one in alert.transitions}
        others = routing.beside(store, config, alert)
        way = routing.route(
            subscriber, alert.brand, alert.severity, kinds, alert.updated_at, beside=others
        )
        strange = config.brand(alert.brand) and not canary.is_canary(alert.domain)
        if way.told and strange and following.in_force(store, config, alert.match):
            yield alert


def _notice(
    store: Store, config: Config, alert: Alert, subscriber: Subscriber, now: datetime
) -> Notice:
    news = alert.last(*subscriber.transitions)
    assert news is not None
    brand = config.brand(alert.brand)
    dossier = dossier_of(store, alert.domain, now, brand, alert.match)
    # An earlier letter about it may stand there, of a time when they were told before.
    key = f"{routing.key_of(alert)}.{now:%Y%m%dT%H%M%SZ}"
    told = wording.notice(alert, dossier, (news,), key, subscriber.language)
    # By this a digest says from when on `hunter alerts list` lists it.
    return replace(told, at=alert.updated_at)
