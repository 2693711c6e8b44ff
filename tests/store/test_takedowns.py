"""What was written and sent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hunter.store import Store, takedowns
from hunter.store.takedowns import Entry

AT = datetime(2017, 4, 24, 6, tzinfo=UTC)
WRITTEN = Entry("en-marche.fr", "a.fr", AT, "written", "registrar", "x@y.fr", "p.zip", "d" * 64)


def test_entries_come_back_as_they_were_kept(store: Store) -> None:
    """All of them oldest first, or those about one domain."""
    sent = replace(WRITTEN, kind="sent", at=AT + timedelta(days=1), note="ticket", actor="ann")
    other = replace(WRITTEN, domain="b.fr", at=AT + timedelta(hours=1))
    takedowns.record(store, [sent, WRITTEN, other])

    assert takedowns.listed(store) == (WRITTEN, other, sent)
    assert takedowns.listed(store, "a.fr") == (WRITTEN, sent)
    assert takedowns.listed(store, "c.fr") == ()
