"""Where each source goes on."""

from datetime import UTC, datetime

import pytest

from hunter.model import Sighting
from hunter.store import Store, cursors, sightings

NOW = datetime(2017, 4, 24, 6, tzinfo=UTC)
SEEN = Sighting("en-marche.co", "en-marche.co", "registrations", NOW)


def test_before_the_first_batch_there_is_no_cursor(store: Store) -> None:
    """None, and not an empty text: the source then decides where to begin."""
    assert cursors.cursor(store, "registrations", "") is None


def test_each_source_and_stream_has_its_own(store: Store) -> None:
    """Two logs of one source do not push each other on."""
    cursors.set_cursor(store, "ct_logs", "argon", "5", NOW)
    cursors.set_cursor(store, "ct_logs", "xenon", "9", NOW)
    cursors.set_cursor(store, "ct_logs", "argon", "6", NOW)

    assert cursors.cursor(store, "ct_logs", "argon") == "6"
    assert cursors.cursor(store, "ct_logs", "xenon") == "9"
    assert cursors.cursor(store, "case", "argon") is None


@pytest.mark.parametrize("hits_first", [True, False])
def test_hits_and_cursor_are_kept_together_or_not_at_all(store: Store, hits_first: bool) -> None:
    """Killed in between, the batch is read again: no hit is lost, and none is passed over."""
    writes = [
        lambda: sightings.record(store, [SEEN], [], NOW),
        lambda: cursors.set_cursor(store, "registrations", "", "100", NOW),
    ]

    def killed_in_between() -> None:
        with store.transaction():
            writes[0 if hits_first else 1]()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed_in_between()

    assert cursors.cursor(store, "registrations", "") is None
    assert sightings.sightings_of(store, "en-marche.co") == ()
    assert sightings.due(store, NOW, 10) == ()
