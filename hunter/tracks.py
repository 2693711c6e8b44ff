"""Standing watches: which values deserve one, what carries a value, what a find looks like. Pure.

A value deserves a watch when it points at somebody: what a crowd shares, or a privacy service
stands for, would find strangers for ever.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_address, ip_network
from typing import TypeAlias

from hunter import names, wording
from hunter.crowds import Network, crowd_of
from hunter.dossiers import values_of
from hunter.errors import NotAName
from hunter.model import (
    BY_HUNTER,
    DONE,
    LINKED,
    Alert,
    AlertState,
    Dossier,
    Level,
    Match,
    PastFact,
    Track,
    Value,
)
from hunter.trackable import BY_CONFIG, LOOKED_AT, MANY, NETWORK, NotTrackable, settled

FIELDS = ("registrant_email",)
"""Fields whose values are watched without being asked to."""

_SUGGESTED: Mapping[str, str] = {
    "registrant_email": "registrant_email",
    "cert_key": "cert_key",
    "soa_mailbox": "soa_mailbox",
    "a": "a",
    "host_address": "a",
    "origin_ip": "a",
    "aaaa": "aaaa",
    "registrant_org": "registrant_org",
    "ns_domain": "ns_domain",
    "past_ns_domain": "ns_domain",
    "page_favicon": "page_favicon",
}
"""Where a dossier holds values → the field of a track on one; first what tells most of one hand."""
_TELLING = tuple(dict.fromkeys(_SUGGESTED.values()))


def worth_watching(alert: Alert, dossier: Dossier) -> tuple[Track, ...]:
    """The tracks that a grave alert brings with it: values that point at one person.

    A domain that only a track found brings none: each step away from the brand is weaker. Nor does
    a dismissed alert, however often it is judged again.
    """
    if alert.severity < Level.HIGH or alert.match.is_linked:
        return ()
    if alert.state is AlertState.DISMISSED:
        return ()
    return tuple(
        Track(field, str(value), alert.brand, alert.domain)
        for field in FIELDS
        for value in values_of(dossier.fields, field)
        if not crowd_of(field, value)
    )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A track that an alert suggests, how many domains carry its value, and why not to set it."""

    track: Track
    shared: int
    refused: str


def suggests(alert: Alert) -> bool:
    """Whether it is confirmed or grave, and not done with."""
    if alert.state in DONE:
        return False
    return alert.is_confirmed or alert.severity >= Level.HIGH


_Carriers: TypeAlias = Mapping[str, Track]
"""A domain of an alert → the track on the value that it carries; of one value."""


def suggestions(
    found: Iterable[tuple[Alert, Dossier]],
    shared: Callable[[Track], int],
    crowd: Callable[[Track], int],
) -> Iterator[Suggestion]:
    """What these alerts suggest to watch, and what they do not, each value once and with why.

    How many share it, and how many of a `crowd` do: only of many that is asked.

    The most telling first: a person's mailbox, then what several of their domains carry, and fewest
    others. Who else carries what one of them does is counted late: of many alerts that takes long.
    """
    leads: dict[tuple[str, str], dict[str, Track]] = {}
    for alert, dossier in found:
        for track in _candidates(alert, dossier):
            leads.setdefault((track.field, track.value), {}).setdefault(track.because, track)
    telling = [(one, shared(_first(one))) for one in leads.values() if _is_telling(one)]
    for carriers, count in sorted(telling, key=_least_telling):
        yield _suggestion(_first(carriers), count, crowd)
    others = (_first(one) for one in leads.values() if not _is_telling(one))
    for track in sorted(others, key=lambda one: _TELLING.index(one.field)):
        yield _suggestion(track, shared(track), crowd)


def _first(carriers: _Carriers) -> Track:
    return next(iter(carriers.values()))


def _is_telling(carriers: _Carriers) -> bool:
    return len(carriers) > 1 or _first(carriers).field in FIELDS


def _least_telling(lead: tuple[_Carriers, int]) -> tuple[int, int, int]:
    """A host's name servers have customers beside the squatters."""
    carriers, count = lead
    return _TELLING.index(_first(carriers).field), count - len(carriers), -len(carriers)


def _suggestion(track: Track, count: int, crowd: Callable[[Track], int]) -> Suggestion:
    return Suggestion(track, count, refusal(track, crowd(track) if count > MANY else 0))


def _candidates(alert: Alert, dossier: Dossier) -> Iterator[Track]:
    for place, field in _SUGGESTED.items():
        for value in values_of(dossier.fields, place):
            try:
                known = settled(field, str(value))
            except NotTrackable:
                continue
            if field == "soa_mailbox" and _is_a_providers(known, dossier):
                continue
            fitting = "aaaa" if field == "a" and ":" in known else field
            yield Track(fitting, known, alert.brand, alert.domain)


def _is_a_providers(mailbox: str, dossier: Dossier) -> bool:
    """Whether the zone's mailbox is that of who runs its name servers, or a role's."""
    domain = mailbox.partition("@")[2] or mailbox.partition(".")[2]
    servers = (
        *values_of(dossier.fields, "ns_domain"),
        *values_of(dossier.fields, "past_ns_domain"),
    )
    return names.registrable_or_same(domain) in servers or bool(
        crowd_of("registrant_email", mailbox)
    )


def most_telling(
    found: Iterable[Suggestion], limit: int
) -> tuple[list[Suggestion], list[Suggestion]]:
    """The first so many to set, and as many of those refused that came before the last of them."""
    good: list[Suggestion] = []
    refused: list[Suggestion] = []
    for one in found:
        kept = refused if one.refused else good
        if len(kept) < limit:
            kept.append(one)
        if len(good) == limit:
            break
    return good, refused


def refusal(track: Track, shared: int = 0, *, at_least: bool = False) -> str:
    """Why a watch on the value would find strangers; empty when it would not.

    `at_least` says that more may share it than were counted.
    """
    whose = crowd_of(track.field, track.value)
    if whose:
        return f"{track.value} belongs to {whose}, which countless strangers share"
    if shared > MANY:
        value = track.value
        if at_least:
            return f"at least {shared} domains in the store carry {value}: it points at nobody"
        return f"{shared} domains in the store carry {value}: it points at nobody"
    return ""


def is_a_persons(track: Track) -> bool:
    """Whether somebody set it, who was told then how many carry the value."""
    return track.made_by not in (BY_HUNTER, BY_CONFIG)


@dataclass(frozen=True)
class Watchlist:
    """The tracks in force, ready to be asked which of them a domain's facts fit."""

    tracks: tuple[Track, ...]

    def carried(self, facts: Iterable[PastFact]) -> tuple[Track, ...]:
        """The tracks whose value one of the facts holds, or held."""
        found: dict[Track, None] = {}
        for fact in facts:
            if fact.value is not None:
                found |= dict.fromkeys(self._values.get((fact.field, folded(fact.value)), ()))
                found |= dict.fromkeys(self._around(fact))
        return tuple(found)

    def _around(self, fact: PastFact) -> Iterator[Track]:
        if not self._networks or fact.field not in LOOKED_AT[NETWORK]:
            return
        try:
            address = ip_address(str(fact.value))
        except ValueError:
            return
        yield from (track for track, network in self._networks if address in network)

    @cached_property
    def _values(self) -> Mapping[tuple[str, str], tuple[Track, ...]]:
        found: dict[tuple[str, str], tuple[Track, ...]] = {}
        for track in self.tracks:
            for field in LOOKED_AT.get(track.field, ()) if track.field != NETWORK else ():
                key = field, folded(track.value)
                found[key] = (*found.get(key, ()), track)
        return found

    @cached_property
    def _networks(self) -> tuple[tuple[Track, Network], ...]:
        tracks = (track for track in self.tracks if track.field == NETWORK)
        return tuple((track, ip_network(track.value)) for track in tracks)


def folded(value: Value) -> str:
    """The value as values are compared: without case, numbers as text."""
    return str(value).lower()


def holding(track: Track, batch: bytes) -> Iterator[tuple[str, int]]:
    """The names of a batch (one a line) that fit a string track, each with its line from 0."""
    block, wanted = batch.lower(), track.value.encode()
    line = counted = 0
    at = block.find(wanted)
    while at >= 0:
        start, end = block.rfind(b"\n", 0, at) + 1, block.find(b"\n", at)
        end = len(block) if end < 0 else end
        line += block.count(b"\n", counted, start)
        counted = start
        name = block[start:end].decode("utf-8", "replace").strip()
        if fits(track, name):
            yield name, line
        at = block.find(wanted, end)


def fits(track: Track, name: str) -> bool:
    """Whether a string track finds the name: it holds the string and nothing that is excluded."""
    return track.value in name and not any(word in name for word in track.excludes)


def match_for(track: Track, name: str) -> Match | None:
    """The match of a name that a track found; None when it is no name, or the brand's own."""
    try:
        parsed = names.parse(name)
    except NotAName:
        return None
    if names.is_under(parsed.text, track.brand) or parsed.registrable == track.because:
        return None
    return Match(
        name=parsed.text,
        registrable=parsed.registrable,
        brand=track.brand,
        technique=LINKED,
        matched="",
        span=(0, 0),
        confidence=0.0,
        reason=wording.sentence_for_track(track),
    )
