"""Follow the tracks: through every batch of names, after every look-up, and once over the store.

Each find is a sighting of the source `track:<name>`, whatever found the domain before.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hunter import certified, ladder, names, tracks
from hunter.allow import allow_list
from hunter.config import Config, Ground
from hunter.contracts import Batch
from hunter.model import BY_HUNTER, Alert, Brand, Dossier, Json, Match, Report, Sighting, Track
from hunter.store import Store, facts, sightings
from hunter.store import tracks as kept_tracks
from hunter.trackable import LOOKED_AT, MANY, NETWORK, STRING
from hunter.tracks import Watchlist

_MOST_STORED = 1000
_SWEPT_AT_ONCE = 5


def find(config: Ground, track: Track, name: str) -> Match | None:
    """The find that the name is for the track; None for what is ours, ignored, or no name."""
    match = tracks.match_for(track, name)
    return None if match is None or is_left_out(config, match) else match


def in_force(store: Store, config: Ground, match: Match) -> Match | None:
    """The match, else the next best of its domain and brand that the config leaves in by now.

    What was seen before it was `owned` or `ignored` stays in the store.
    """
    if not is_left_out(config, match):
        return match
    others = sightings.matches(store, match.registrable, match.brand)
    return next((one for one in others if not is_left_out(config, one)), None)


def is_left_out(config: Ground, match: Match) -> bool:
    """Whether the config says that the name is ours or harmless."""
    allowed = allow_list(config.brand(match.brand) or Brand(match.brand))
    return is_ours(config, match) or allowed.covers(match.name)


def is_ours(config: Ground, match: Match) -> bool:
    """Whether it is at or below another protected one: the brands do not imitate each other."""
    host = match.name.strip().lower().removesuffix(".")
    return any(config.own.covers(name) for name in (match.registrable, host))


def tracks_in_force(store: Store, config: Ground) -> tuple[Track, ...]:
    """The tracks of brands that are still protected; hunter's own because of strangers' domains."""
    return _of_strangers(config, kept_tracks.listed(store))


def _of_strangers(config: Ground, there: Iterable[Track]) -> tuple[Track, ...]:
    return tuple(one for one in there if _is_in_force(config, one))


def _is_in_force(config: Ground, track: Track) -> bool:
    brand = config.brand(track.brand)
    if brand is None:
        return False
    if track.made_by != BY_HUNTER:
        return True
    return not (config.own.covers(track.because) or allow_list(brand).covers(track.because))


def begin(
    store: Store, config: Config, alert: Alert, dossier: Dossier, now: datetime
) -> Iterator[Track]:
    """Set the tracks that a grave alert brings with it, if hunter may; those that are new."""
    if config.automatic_tracks:
        for track in tracks.worth_watching(alert, dossier):
            if kept_tracks.add(store, track, now):
                yield track


def watchlist(store: Store, config: Ground) -> Watchlist:
    """The tracks in force, filed by what they are of."""
    return Watchlist(tracks_in_force(store, config))


def through_batch(store: Store, config: Ground, batch: Batch, seen_at: datetime) -> None:
    """Keep the names of the batch that string tracks find; called where its hits are kept."""
    found = (
        (track, match, batch.origin(line))
        for track in _of_strangers(config, kept_tracks.on(store, STRING))
        for name, line in tracks.holding(track, batch.names)
        if (match := find(config, track, name)) is not None
    )
    keep(store, found, seen_at)


def brought_by(config: Ground, track: Track, batch: Batch) -> Iterator[tuple[Match, int]]:
    """The finds among the names that somebody gave for the track, with their lines."""
    for line, name in enumerate(batch.names.decode("utf-8", "replace").split("\n")):
        if match := find(config, track, name):
            yield match, line


def after_look_up(
    store: Store, config: Ground, domain: str, wanted: Watchlist, now: datetime
) -> None:
    """Keep the domain as a find of every track whose value its facts carry."""
    carried = wanted.carried(facts.history(store, domain)) if wanted.tracks else ()
    found = ((track, find(config, track, domain)) for track in carried)
    keep(store, ((track, match, {}) for track, match in found if match), now)


def over_store(
    store: Store, config: Ground, now: datetime, report: Callable[[Report], None]
) -> int:
    """Follow new tracks over what is stored already, the oldest first; returns how many.

    Few at once: each may read a million values, and nothing else is done meanwhile.
    """
    new = _of_strangers(config, kept_tracks.unswept(store))[:_SWEPT_AT_ONCE]
    for track in new:
        with store.transaction():
            fitting = stored(store, track)
            there = tuple(_finds(config, track, fitting.domains))
            refused = tracks.refusal(track, _crowd_in_the_way(store, track, there))
            if not refused:
                keep(store, ((track, match, {}) for match in there), now)
            kept_tracks.set_swept(store, track)
        told = f"set; of the domains stored until then {len(there)} fitted"
        left = ", and those behind them were not looked at: too many fit" if fitting.cut else ""
        message = refused or told + left
        report(Report("tracks", not refused, message, now, track.name))
    return len(new)


def _crowd_in_the_way(store: Store, track: Track, there: Sequence[Match]) -> int:
    """Nobody counts where a person set the track, who was told then how many there are."""
    if tracks.is_a_persons(track):
        return 0
    return crowd_among(store, [match.registrable for match in there])


def crowd_among(store: Store, domains: Sequence[str]) -> int:
    """How many there are, where too many of them imitate nothing: a flood of lookalikes is none."""
    if len(domains) <= MANY:
        return 0
    strangers = sum(not _imitates(store, domain) for domain in domains)
    return len(domains) if strangers > MANY else 0


def crowd_behind(store: Store, track: Track) -> int:
    """How many domains of the store fit the track, where these are a crowd."""
    return crowd_among(store, stored(store, track).domains)


def _imitates(store: Store, domain: str) -> bool:
    found = sightings.best_matches(store, domain)
    return any(match.confidence >= ladder.PLAUSIBLE for match in found)


@dataclass(frozen=True, slots=True)
class Stored:
    """The registrable domains of the store that fit a track."""

    domains: tuple[str, ...]
    cut: bool
    """Whether there may be more of them than were looked for."""


def stored(store: Store, track: Track) -> Stored:
    """Those that fit by their facts, now or before, or by the name itself; not all of very many."""
    looks = tuple(_looks(store, track))
    found = names.registrables(name for look in looks for name in look)
    return Stored(found, any(len(look) >= _MOST_STORED for look in looks))


def _looks(store: Store, track: Track) -> Iterator[Sequence[str]]:
    """The stored names that fit, question by question."""
    places = LOOKED_AT.get(track.field, ())
    if track.field == STRING:
        yield sightings.holding(store, track.value, track.excludes, _MOST_STORED)
    elif track.field == NETWORK:
        yield facts.within(store, places, track.value, _MOST_STORED)
    elif track.field == "asn":
        yield facts.sharing(store, track.field, int(track.value), _MOST_STORED)
    else:
        for place in places:
            yield facts.sharing_text(store, place, track.value, _MOST_STORED)


def _finds(config: Ground, track: Track, domains: Iterable[str]) -> Iterator[Match]:
    for name in domains:
        match = find(config, track, name)
        if match is not None:
            yield match


def shared_by(store: Store, track: Track) -> int:
    """How many registrable domains of the store fit the track, or at least so many."""
    return len(stored(store, track).domains)


def keep(
    store: Store, found: Iterable[tuple[Track, Match, Mapping[str, Json]]], now: datetime
) -> None:
    """Keep the finds, each with what is known of it, as sightings of their tracks."""
    finds = list(found)
    seen = [
        Sighting(
            match.name,
            match.registrable,
            f"track:{track.name}",
            now,
            {**origin, "track": track.name},
        )
        for track, match, origin in finds
    ]
    if finds:
        sightings.record(store, seen, [match for _, match, _ in finds], now)
        certified.keep(store, seen, now)
