"""Standing watches in the store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hunter.model import Track
from hunter.store import Store, tracks

NOW = datetime(2017, 4, 24, 6, tzinfo=UTC)
TRACK = Track("registrant_email", "johnpinch@mail.com", "en-marche.fr", "onedrive-en-marche.fr")


def test_a_track_is_kept_once(store: Store) -> None:
    """The first domain that carried the value stays the reason."""
    assert tracks.add(store, TRACK, NOW)
    assert not tracks.add(store, replace(TRACK, because="mail-en-marche.fr"), NOW)

    assert tracks.listed(store) == (TRACK,)


def test_two_brands_may_watch_the_same_value(store: Store) -> None:
    """Each brand's people are told for themselves; the oldest track comes first."""
    partner = replace(TRACK, brand="aaa-partner.fr")
    tracks.add(store, TRACK, NOW)
    tracks.add(store, partner, NOW + timedelta(hours=1))

    assert tracks.listed(store) == (TRACK, partner)
