"""Triage of a domain that imitates several brands: each alert goes where it may."""

from dataclasses import replace
from pathlib import Path

from hunter import triage
from hunter.model import Alert, AlertState, Subscriber, Transition
from hunter.store import Store, alerts
from tests.world.alerts import AT, MATCH, OPENED, alert
from tests.world.hunting import BRAND, PARTNER, small_config

IT = Subscriber("it", {"pigeon": ("loft",)}, transitions=("raised", "confirmed"))
RAISED = Transition(AT, "raised", "It takes mail.")


def kept(store: Store, brand: str, state: AlertState, *transitions: Transition) -> Alert:
    """An alert of the domain with that brand."""
    made = replace(alert(), id=0, brand=brand, state=state, transitions=(OPENED, *transitions))
    return alerts.save(store, made, {})


def test_whoever_was_there_before_is_not_told_again(tmp_path: Path) -> None:
    """Those that are there now are returned; what may not go there stays where it is."""
    config = small_config(tmp_path, brands=(BRAND, PARTNER), subscribers=(IT,))
    domain = MATCH.registrable
    with Store(tmp_path / "hunter.db") as store:
        kept(store, BRAND.domain, AlertState.NEW)
        kept(store, PARTNER.domain, AlertState.CONFIRMED, RAISED)
        kept(store, "gone.fr", AlertState.ACKNOWLEDGED)
        kept(store, "done.fr", AlertState.DISMISSED)
        there = triage.move(
            store, config, domain, AlertState.CONFIRMED, why="seen", actor="ana", now=AT
        )

        assert {one.brand for one in there} == {BRAND.domain, PARTNER.domain, "gone.fr"}
        told = [row["brand"] for row in store.rows(
            "SELECT json_extract(notice, '$.brand') AS brand FROM outbox"
        )]  # fmt: skip
        assert told == ["en-marche[.]fr"], "of a brand that has left the config nobody is told"


def test_a_letter_tells_of_the_last_move_alone(tmp_path: Path) -> None:
    """What came before was told when it came."""
    eager = replace(IT, transitions=("confirmed", "escalated"))
    config = small_config(tmp_path, brands=(BRAND,), subscribers=(eager,))
    with Store(tmp_path / "hunter.db") as store:
        kept(store, BRAND.domain, AlertState.NEW, RAISED)
        for state in (AlertState.CONFIRMED, AlertState.ESCALATED):
            triage.move(store, config, MATCH.registrable, state, why="seen", actor="ana", now=AT)
        told = store.rows("SELECT json_array_length(notice, '$.news') AS news FROM outbox")

    assert [row["news"] for row in told] == [1, 1]
