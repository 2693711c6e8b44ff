"""An incident over months in a store: it grows, strangers come beside it, and it stays itself."""

from collections.abc import Iterable

import pytest

from hunter import incidents
from hunter.incidents.hands import Footprint
from hunter.model import AlertState
from hunter.store import Store, alerts
from tests.incidents.test_book import ANNA, NOW, add, current, raise_alert
from tests.world.actors import many, person, resellers_customer, shares_a_host, shuffled

Told = dict[int, int]


def come(store: Store, names: Iterable[Footprint], *, alert: bool = True) -> None:
    """They are found, looked up, and raise an alert."""
    with store.transaction():
        for one in names:
            known = {field: next(iter(values)) for field, values in one.values.items()}
            day = int(one.registered.strftime("%Y%m%d")) if one.registered else 0
            add(store, one.domain, **known, registered=day)
            if alert:
                raise_alert(store, one.domain)


def told(store: Store) -> Told:
    """Number of each incident → how many domains it has."""
    return {one.id: len(one.core) for one in current(store)}


@pytest.mark.parametrize("seed", [None, 7])
def test_an_actor_keeps_its_number_from_three_names_to_six_hundred(
    store: Store, seed: int | None
) -> None:
    """In whatever order they come; one more mailbox on the way is an incident of its own."""
    names = many(600, person)
    names = names if seed is None else tuple(shuffled(names, seed))
    sizes = [*range(2, 12), *range(20, 100, 20), *range(100, 601, 100)]
    seen: list[Told] = []
    for before, size in zip([0, *sizes], sizes, strict=False):
        come(store, names[before:size])
        seen.append(told(store))

    assert seen == [{1: size} for size in sizes]


def test_an_actor_beside_a_crowd_keeps_its_own(store: Store) -> None:
    """Two hundred customers of a reseller and two hundred of a host join nobody."""
    come(store, many(60, person))
    reseller = [
        other(one, f"en-marche-r{one.domain[10:]}") for one in many(200, resellers_customer)
    ]
    host = [other(one, f"en-marche-h{one.domain[10:]}") for one in many(200, shares_a_host)]
    come(store, [*reseller, *host])

    assert told(store) == {1: 60}


def other(one: Footprint, domain: str) -> Footprint:
    """The same with another name."""
    return Footprint(domain, one.brands, one.registered, one.values)


def test_names_of_an_actor_in_no_alert_take_part_however_many(store: Store) -> None:
    """A mailbox of hundreds is looked for in the whole store."""
    names = many(400, person)
    come(store, names[:200])
    come(store, names[200:], alert=False)

    assert told(store) == {1: 400}


def test_an_actor_half_dismissed_is_still_one(store: Store) -> None:
    """A person found a hundred of them harmless: they leave, and the rest stays together."""
    names = many(200, person)
    come(store, names)
    assert told(store) == {1: 200}
    for one in names[:100]:
        (found,) = alerts.about(store, one.domain)
        alerts.set_state(store, found, AlertState.DISMISSED, why="parked", actor="anna", now=NOW)

    assert told(store) == {1: 100}


def test_a_large_incident_split_and_joined_keeps_its_number_with_the_most(store: Store) -> None:
    """Forty taken out of two hundred get a number of their own, and go back to the first."""
    domains = [one.domain for one in many(200, person)]
    come(store, many(200, person))
    assert told(store) == {1: 200}

    incidents.split(store, domains[:40], domains[40:], ANNA)
    assert told(store) == {1: 160, 2: 40}
    incidents.merge(store, (), domains[40:], domains[:40], ANNA)
    assert told(store) == {1: 200}


def test_the_number_of_an_incident_that_fell_apart_is_kept_for_it(store: Store) -> None:
    """Strangers under the mailbox undo it; the next one gets another, and it may come back."""
    customers = many(90, resellers_customer)
    come(store, customers[:40])
    assert told(store) == {1: 40}
    come(store, customers[40:])
    assert told(store) == {}
    come(store, [other(one, f"en-marche-p{one.domain[10:]}") for one in many(3, person)])
    assert told(store) == {2: 3}

    incidents.merge(store, (), [customers[0].domain], [customers[1].domain], ANNA)
    assert told(store) == {1: 2, 2: 3}
