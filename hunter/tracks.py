"""Standing watches: which values of a grave alert deserve one, and what a find looks like."""

from hunter import names, wording
from hunter.dossiers import values_of
from hunter.errors import NotAName
from hunter.model import Alert, Dossier, Level, Match, Track

FIELDS = ("registrant_email",)
"""Fields whose values are watched without being asked to."""

_NOBODY = (
    "privacy",
    "whoisguard",
    "proxy",
    "redacted",
    "contactprivacy",
    "protect",
    "gdpr",
    "abuse",
)


def worth_watching(alert: Alert, dossier: Dossier) -> tuple[Track, ...]:
    """The tracks that a grave alert suggests: values that point at one person and not at a service.

    A domain that only a track found suggests none: each step away from the brand is weaker.
    """
    if alert.severity < Level.HIGH or alert.match.technique == "track":
        return ()
    return tuple(
        Track(field, str(value), alert.brand, alert.domain)
        for field in FIELDS
        for value in values_of(dossier.fields, field)
        if not any(word in str(value).lower() for word in _NOBODY)
    )


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
        technique="track",
        matched="",
        span=(0, 0),
        confidence=0.0,
        reason=wording.sentence_for_track(track),
    )
