"""A clock that was ahead."""

from datetime import UTC, datetime, timedelta

from hunter.clock import NEVER
from hunter.model import Report, Sighting, Stage
from hunter.store import Store, ahead, outbox, reports, sightings, upkeep
from hunter.store.outbox import Way
from tests.world.alerts import AT, notice

FAR = datetime(9000, 1, 1, tzinfo=UTC)
SOON = AT + timedelta(days=7)


def test_what_was_put_off_by_a_clock_that_was_ahead_comes_within_its_longest_wait(
    store: Store,
) -> None:
    """A domain, a letter and a way that rests; what waits for ever does so still."""
    for domain, due in (("far.fr", FAR), ("never.fr", NEVER), ("soon.fr", AT)):
        sightings.record(store, [Sighting(domain, domain, "planted", AT)], [], AT)
        sightings.set_due(store, domain, due)
    way = Way("email", "it")
    outbox.add(store, channel="email", subscriber="it", addresses=(), notice=notice(), due_at=FAR)
    outbox.rest(store, way, FAR)

    ahead.bring_back(store, AT)

    assert sightings.due(store, SOON, 9) == ("soon.fr", "far.fr")
    assert sightings.due(store, NEVER, 9) == ("soon.fr", "far.fr", "never.fr")
    assert outbox.ways(store, AT) == (way,)


def test_a_lookalike_found_by_a_clock_that_was_ahead_is_looked_at_at_once(store: Store) -> None:
    """Nobody has asked about it yet: it does not wait its turn."""
    sightings.record(store, [Sighting("far.fr", "far.fr", "planted", FAR)], [], FAR)

    ahead.bring_back(store, AT)

    assert sightings.due(store, AT, 9) == ("far.fr",)


def test_what_came_while_the_clock_was_ahead_is_not_new_until_then(store: Store) -> None:
    """It would be looked at by the hour for as long."""
    sightings.record(store, [Sighting("far.fr", "far.fr", "planted", FAR)], [], FAR)
    sightings.set_stage(store, "far.fr", Stage.MAIL, FAR)
    sightings.set_stage(store, "far.fr", Stage.WEB, FAR)

    ahead.bring_back(store, AT)

    assert sightings.first_seen(store, "far.fr") == AT
    assert sightings.set_stage(store, "far.fr", Stage.WEB, SOON) == AT


def test_what_was_reported_by_a_clock_that_was_ahead_is_no_later_than_now(store: Store) -> None:
    """A daemon that hangs would seem to have reported for as long as the clock was ahead."""
    reports.record(store, Report("sources.x", True, "gathered", FAR))

    ahead.bring_back(store, AT)

    assert upkeep.last_report(store.path) == AT


def test_trouble_that_began_while_the_clock_was_ahead_counts_from_now(store: Store) -> None:
    """Nor is the operator told nothing until that time has come."""
    reports.record(store, Report("sources.x", False, "gone", FAR))
    reports.set_told(store, reports.standings(store)[0], (), FAR)

    ahead.bring_back(store, AT)

    assert reports.standings(store)[0].since == reports.told_last(store) == AT
