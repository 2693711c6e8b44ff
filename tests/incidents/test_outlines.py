"""Incidents as they stand in a list: the same as the whole of them, read at a part of the cost."""

from dataclasses import replace
from datetime import timedelta

from hunter import incidents
from hunter.model import LINKED, AlertState, Level, Outline
from hunter.store import Store, alerts
from tests.incidents.test_book import BRAND, LOOSE, NOW, add, current, raise_alert, store
from tests.incidents.test_growth import come
from tests.world.actors import many, person
from tests.world.alerts import MATCH

__all__ = ["store"]


def listed(store: Store) -> tuple[Outline, ...]:
    """The incidents now, as a list has them."""
    return incidents.outlines(store, (BRAND,), NOW)


def test_a_list_says_what_the_incidents_say(store: Store) -> None:
    """Of members in no alert, in several, in one dismissed or by a tie, for a brand that left."""
    kit = {"registrant_email": "somebody@example.org", "registered": 20170401}
    for domain in ("bank-a.fr", "bank-b.fr", "bank-c.fr", "bank-d.fr"):
        add(store, domain, **kit)
    add(store, "bank-e.fr", registrant_email="somebody@example.org")
    raise_alert(store, "bank-a.fr", severity=Level.CRITICAL)
    raise_alert(store, "bank-b.fr", brand="gone.fr", severity=Level.LOW)
    raise_alert(store, "bank-c.fr")
    raise_alert(store, "bank-c.fr", brand="gone.fr", severity=Level.CRITICAL)
    tie = replace(MATCH, name="bank-c.fr", registrable="bank-c.fr", technique=LINKED)
    raise_alert(store, "bank-c.fr", brand="tied.fr", match=tie, severity=Level.CRITICAL, score=100)
    raise_alert(store, "bank-d.fr")
    (dismissed,) = alerts.about(store, "bank-d.fr")
    why = AlertState.DISMISSED
    alerts.set_state(store, dismissed, why, why="ours", actor="anna", now=NOW + timedelta(hours=1))
    whole = current(store)

    assert [LOOSE in one.attached for one in listed(store)] == [False, True]
    assert listed(store) == tuple(one.outline for one in whole)


def test_the_questions_for_a_list_do_not_grow_with_what_is_in_it(store: Store) -> None:
    """Forty domains of one actor are read with as many questions as four hundred."""
    asked: list[int] = []
    names = many(400, person)
    for some in (names[:40], names[40:]):
        come(store, some)
        listed(store)
        statements: list[str] = []
        store._connection.set_trace_callback(statements.append)
        listed(store)
        store._connection.set_trace_callback(None)
        asked.append(len([one for one in statements if "FROM" in one]))

    few, many_more = asked
    assert many_more <= few + 10
