"""Which incident is which, and what people decided."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hunter.store import Store, incidents
from hunter.store.incidents import Decision

NOW = datetime(2017, 4, 24, tzinfo=UTC)
PAIR = Decision("b.fr", "a.fr", together=True, why="same kit", actor="anna", at=NOW)


def test_an_incident_keeps_its_number(store: Store) -> None:
    """When it grows, shrinks, and when others come before it."""
    assert incidents.identify(store, ["ab"]) == (1,)
    assert incidents.identify(store, ["xy", "abc"]) == (2, 1)
    assert incidents.identify(store, ["xy", "bc"]) == (2, 1)
    assert incidents.identify(store, []) == ()
    assert incidents.identify(store, ["bc"]) == (1,)


def test_what_is_known_is_told_while_another_writes(tmp_path: Path) -> None:
    """Whoever looks at incidents need not wait for a backfill; what is new has to be kept first."""
    path = tmp_path / "hunter.db"
    with Store(path) as asking, Store(path) as writing:
        assert incidents.identify(asking, ["ab", "xy"]) == (1, 2)
        assert incidents.identify(asking, ["abxy"]) == (1,)
        with writing.transaction():
            writing.execute("DELETE FROM incident_decision")
            assert incidents.identify(asking, ["abxy"]) == (1,)
        assert incidents.identify(asking, ["xy"]) == (1,)
        assert incidents.domains_of(asking, 1) == frozenset("xy")


def test_two_that_become_one_keep_the_number_of_the_larger(store: Store) -> None:
    """Split again, each has its own; a number is never given to another."""
    incidents.identify(store, ["ab", "xyz"])

    assert incidents.identify(store, ["abxyz"]) == (2,)
    assert incidents.domains_of(store, 1) == {"a", "b"}
    assert incidents.identify(store, ["ab", "xyz"]) == (1, 2)
    assert incidents.identify(store, ["ab", "xyz", "mn"]) == (1, 2, 3)


def test_an_equal_split_keeps_the_older_number_once(store: Store) -> None:
    """The other half gets a new one."""
    incidents.identify(store, ["abcd"])

    assert sorted(incidents.identify(store, ["ab", "cd"])) == [1, 2]


def test_a_number_nobody_gave_has_no_domains(store: Store) -> None:
    """And is no error."""
    assert incidents.domains_of(store, 7) == frozenset()


def test_the_latest_decision_about_a_pair_holds(store: Store) -> None:
    """Whichever of the two is named first; it can be taken back."""
    incidents.decide(store, [PAIR])
    later = replace(PAIR, one="a.fr", other="b.fr", together=False, at=NOW + timedelta(days=1))
    incidents.decide(store, [later])
    assert incidents.decisions(store) == (later,)

    incidents.forget(store, [("b.fr", "a.fr"), ("a.fr", "z.fr")])
    assert incidents.decisions(store) == ()
