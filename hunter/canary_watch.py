"""See whether the canary comes through, the whole way from a source to each channel's folder.

Its letters go to nobody: each channel writes them to a folder of its own. When they lie there the
canary leaves the store again, for it is no lookalike; when they do not, the operator is told
where it was held up.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from hunter import canary, names, routing, wording
from hunter.config import Config
from hunter.contracts import Batch, NotifierSettings
from hunter.model import Alert, Dossier, Level, Report, Transition
from hunter.sources import canary as source
from hunter.store import Store, alerts, canaries, cursors, outbox
from hunter.store.outbox import Haste, Way
from hunter.wording import english_health, moments

PART = "job.canary"
_HOME = "home"
_SEEN = "certificate"
_CERTIFICATE_LATE = timedelta(hours=26)
"""It is issued once a day, and a log may take two hours to show it."""


def folder(config: Config, channel: str) -> Path:
    """Where the channel writes the canary's letters."""
    return config.store.parent / canary.NAME / channel


def door(config: Config, way: Way, settings: NotifierSettings) -> NotifierSettings:
    """The channel's settings; for a letter of the canary's, turned to that folder."""
    if way.subscriber != canary.RECIPIENT:
        return settings
    return settings.model_copy(update={"folder": folder(config, way.channel)})


def minimum(config: Config, domain: str) -> Level:
    """From which severity on an alert is opened: the canary must come through where few do."""
    return Level.LOW if canary.is_canary(domain) else config.minimum


def post(
    store: Store, config: Config, alert: Alert, dossier: Dossier, news: Sequence[Transition]
) -> None:
    """Write a canary's letters, one for each channel that somebody is told by."""
    notice = wording.notice(alert, dossier, news, routing.key_of(alert))
    for channel in _channels(config):
        outbox.add(
            store,
            channel=channel,
            subscriber=canary.RECIPIENT,
            addresses=(),
            notice=notice,
            haste=Haste.ALONE,
        )


def note_certificate(store: Store, source: str, batch: Batch, now: datetime) -> None:
    """Note when a log showed the public test certificate."""
    if source == "ct_logs" and canary.CERTIFICATE in b"%s\n" % batch.names:
        cursors.set_cursor(store, canary.NAME, _SEEN, "", now)


def came_home(store: Store) -> datetime | None:
    """When the last canary came through, if one ever did."""
    return cursors.moved_at(store, canary.NAME, _HOME)


def check(store: Store, config: Config, now: datetime) -> Iterator[Report]:
    """How the canary fares, when there is something to say."""
    settings = config.sources.get(canary.NAME)
    if not isinstance(settings, source.Settings):
        return
    domain = cursors.cursor(store, canary.NAME, "")
    if domain is not None:
        yield from _flight(store, config, settings, domain, now)
    if settings.certificate and "ct_logs" in config.sources:
        yield from _certificate(store, now)


def _flight(
    store: Store, config: Config, settings: source.Settings, domain: str, now: datetime
) -> Iterator[Report]:
    flown = now - canary.released_at(domain)
    if cursors.cursor(store, canary.NAME, _HOME) == domain:
        if flown > settings.every + settings.within:
            yield _ill(english_health.NO_CANARY, domain, now)
        return
    obstacle = _obstacle(store, config, domain)
    if not obstacle:
        _bring_home(store, config, domain, now)
        yield Report(PART, True, _line(english_health.CANARY_HOME, domain), now)
    elif flown > settings.within:
        yield _ill(english_health.CANARY_HELD, domain, now, obstacle=obstacle)


def _obstacle(store: Store, config: Config, domain: str) -> str:
    """Where it is held up, in words; empty when it came through."""
    step = canaries.stage(store, domain)
    if step:
        return english_health.HELD_BEFORE[step]
    alerted = {alert.brand for alert in alerts.about(store, domain)}
    unalerted = [brand.domain for brand in config.brands if brand.domain not in alerted]
    if unalerted:
        return english_health.HELD_BY_RULES.format(
            brands=", ".join(map(names.to_unicode, unalerted))
        )
    held = [
        channel
        for channel in _channels(config)
        if canaries.waits(store, channel, canary.RECIPIENT)
        or not any(_letters(config, channel, domain))
    ]
    return english_health.HELD_BY_CHANNEL.format(channels=", ".join(held)) if held else ""


def _channels(config: Config) -> tuple[str, ...]:
    used = (channel for subscriber in config.subscribers for channel in subscriber.channels)
    return tuple(sorted({*used} & config.notifiers.keys()))


def _letters(config: Config, channel: str, domain: str) -> Iterator[Path]:
    return folder(config, channel).glob(f"*{domain}*")


def _bring_home(store: Store, config: Config, domain: str, now: datetime) -> None:
    """Remove its traces from the store, and earlier letters; its own stay to look at."""
    with store.transaction():
        canaries.forget(store, canary.RECIPIENT)
        cursors.set_cursor(store, canary.NAME, _HOME, domain, now)
    for channel in _channels(config):
        kept = set(_letters(config, channel, domain))
        for letter in set(folder(config, channel).iterdir()) - kept:
            letter.unlink(missing_ok=True)


def _certificate(store: Store, now: datetime) -> Iterator[Report]:
    seen = cursors.moved_at(store, canary.NAME, _SEEN)
    if seen is None:
        # The first one is waited for as long as any later one.
        cursors.set_cursor(store, canary.NAME, _SEEN, "", now)
        return
    late = now - seen > _CERTIFICATE_LATE
    text = english_health.CERTIFICATE_LATE if late else english_health.CERTIFICATE_SEEN
    yield Report(PART, not late, text.format(at=moments.moment(seen)), now, "certificate")


def _ill(sentence: str, domain: str, now: datetime, **words: str) -> Report:
    return Report(PART, False, _line(sentence, domain, **words), now)


def _line(sentence: str, domain: str, **words: str) -> str:
    return sentence.format(at=moments.moment(canary.released_at(domain)), **words)
