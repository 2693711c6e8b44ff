"""An actor stays one however many names it has; a crowd stays out however alike a host makes it."""

from collections.abc import Callable
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.incidents.grouping import group
from hunter.incidents.hands import Footprint, orders, strangers, ways
from hunter.incidents.links import STRONG, links
from hunter.model import Link
from tests.world.actors import (
    ADDRESS,
    PINCH,
    Values,
    changing,
    hides,
    mailbox_alone,
    many,
    person,
    resellers_customer,
    shares_a_host,
    shuffled,
)
from tests.world.incidents import alone, footprint

ACTORS = (person, mailbox_alone, changing)


def cores(names: list[Footprint] | tuple[Footprint, ...]) -> list[int]:
    """How many domains each incident has."""
    return [len(one.core) for one in group(links(names, alone))]


def link(trait: str, names: tuple[Footprint, ...]) -> Link:
    """What the names share of one trait."""
    return next(one for one in links(names, alone) if one.trait == trait)


@pytest.mark.parametrize("actor", ACTORS)
def test_an_actor_stays_one_incident_name_by_name(actor: Callable[[int], Values]) -> None:
    """From the second name to the six hundredth, however it registers and hosts them."""
    every = many(600, actor)
    sizes = [*range(2, 70), *range(70, 601, 10)]

    assert [cores(every[:count]) for count in sizes] == [[count] for count in sizes]


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_does_not_matter(actor: Callable[[int], Values], seed: int) -> None:
    """The links are the same, whoever came first."""
    every = many(120, actor)

    assert links(shuffled(every, seed), alone) == links(every, alone)


@pytest.mark.parametrize(
    ("crowd", "count"),
    [
        (resellers_customer, 200),
        (hides, 200),
        (shares_a_host, 200),
        (resellers_customer, 600),
        (hides, 600),
    ],
)
def test_a_crowd_on_no_list_stays_out(crowd: Callable[[int], Values], count: int) -> None:
    """Customers of a reseller, of a privacy service, of a host: strangers, a few new ones a day."""
    assert cores(many(count, crowd)) == []


def test_a_crowd_with_an_actor_in_it_ties_nobody_to_the_actor() -> None:
    """Forty names of one registrant on a host of two hundred strangers are one; the host is not."""
    crowd = many(240, shares_a_host)
    pinch = frozenset({PINCH})
    actor = [
        replace(
            one, values={**one.values, "registrant_email": pinch, "registrant_org": frozenset()}
        )
        for one in crowd[:40]
    ]

    assert cores([*actor, *crowd[40:]]) == [40]


def test_customers_of_a_reseller_count_once_each() -> None:
    """However many names they have, and whatever the reseller gives them all."""
    names = many(600, lambda number: resellers_customer(number, customers=120))

    assert link("registrant_email", names).hands == 120
    assert link("registrant_email", names).shared == 600


def test_a_registrant_is_the_same_however_written() -> None:
    """Capitals and spaces tell nobody apart; what is hidden is one way more, and no more."""
    names = [
        footprint(f"{number}.fr", registrant_name=name)
        for number, name in enumerate(("John Pinch", "JOHN  PINCH", "REDACTED", "Private person"))
    ]

    assert ways("registrant_email", names[:2]) == 1
    assert ways("registrant_email", names) == 2


def test_an_organisation_with_a_mailbox_for_each_name_is_a_service() -> None:
    """And one with a mailbox for all is somebody."""
    service = many(
        60, lambda number: {"registrant_org": "1 Ltd", "registrant_email": f"{number}@box.example"}
    )
    somebody = many(
        60, lambda _: {"registrant_org": "Ducks Ltd", "registrant_email": "d@box.example"}
    )

    assert (cores(service), cores(somebody)) == ([], [60])


def test_what_one_registrant_has_everywhere_is_told_of_all_of_it() -> None:
    """The server of six hundred names of one hand says as much as that of two."""
    names = many(600, lambda number: {**person(number), "a": ADDRESS, "cert_key": "ab" * 32})

    assert [link(trait, names).hands for trait in ("address", "cert_key")] == [1, 1]
    assert link("address", names).strength >= STRONG


def test_names_registered_in_bulk_on_one_server_are_one_order() -> None:
    """Though their registrants are hidden; a few a day are what strangers register too."""

    def on_one_server(number: int) -> Values:
        return {**shares_a_host(number), "cert_key": (), "soa_mailbox": ()}

    bulk, trickle = many(60, on_one_server, a_day=20), many(60, on_one_server)

    assert [cores(bulk[:count]) for count in range(2, 60)] == [[count] for count in range(2, 60)]
    assert cores(trickle) == []


def test_registrants_who_are_known_are_no_bulk_order() -> None:
    """On the day of some news many register, and a host may have them all."""
    names = many(
        60, lambda number: {**shares_a_host(number), "registrant_org": f"Org {number}"}, a_day=60
    )

    assert cores(names) == []


def test_names_whose_day_nobody_knows_are_no_bulk_order() -> None:
    """Nor are those of which no registrar is known: strangers' names lack both as often."""
    dayless = [replace(one, registered=None) for one in many(60, shares_a_host)]
    nameless = many(60, lambda number: {**shares_a_host(number), "registrar": ()}, a_day=60)

    assert (cores(dayless), cores(nameless)) == ([], [])


def test_names_that_had_one_thing_in_common_are_run_in_one_way() -> None:
    """Wherever each was parked before, or has moved since."""
    before = ("a-parking.example", "b-parking.example", "zz-parking.example")
    names = [
        footprint(f"{number}.fr", ns_domain=("monovm.com", other))
        for number, other in enumerate(before)
    ]

    assert ways("registrant_email", names) == 1


def test_a_certificate_for_one_hands_names_joins_them_however_many() -> None:
    """It names all that it is for: with fifty strangers in it, it joins nobody."""
    domains = tuple(f"en-marche-{number:04}.fr" for number in range(50))
    strange = tuple(f"shop-{number}.example" for number in range(49))

    assert cores(many(50, lambda _: {"cert_domain": domains})) == [50]
    assert cores(many(50, lambda _: {"cert_domain": (*domains, *strange)})) == []


def test_those_who_are_in_the_store_alone_count_one_by_one() -> None:
    """Nobody looked whether they are alike: seen with two, four hundred more are a crowd."""
    assert cores(many(2, person)) == [2]
    assert links(many(2, mailbox_alone), lambda *_: 402) == ()


def test_what_was_dismissed_counts_as_what_it_is_and_takes_no_part() -> None:
    """A hundred of an actor's names that somebody found harmless do not make it a crowd."""
    names = tuple(
        replace(one, dismissed=one.domain < "en-marche-0100") for one in many(200, person)
    )
    (found,) = group(links(names, alone))

    assert found.core == tuple(one.domain for one in names[100:])
    assert link("registrant_email", names).shared == 200


def test_thousands_of_names_cost_in_proportion() -> None:
    """Ten times the names, and not a hundred times the work."""

    def cost(count: int) -> float:
        names = many(count, lambda number: {**person(number), "a": ADDRESS})
        began = process_time()
        assert cores(names) == [count]
        return process_time() - began

    assert cost(5000) < 40 * max(cost(500), 0.01)


VALUES = st.fixed_dictionaries(
    {
        "registrant_name": st.sampled_from(["A", "B", "REDACTED"]),
        "ns_domain": st.sampled_from(["a.example", "b.example", "c.example"]),
        "registrar": st.sampled_from(["One", "Two"]),
        "asn": st.integers(1, 3),
    }
)


@given(st.lists(VALUES, min_size=1, max_size=12), st.integers(0, 11), st.integers(1, 30))
def test_more_of_the_same_are_no_more_ways(known, which: int, more: int) -> None:
    """And there are never more ways than names."""
    names = [footprint(f"{number}.fr", **values) for number, values in enumerate(known)]
    again = [footprint(f"again-{number}.fr", **known[which % len(known)]) for number in range(more)]

    assert ways("registrant_email", [*names, *again]) == ways("registrant_email", names)
    assert 1 <= ways("registrant_email", names) <= len(names)


@given(st.lists(st.sampled_from(["one", "other", ""]), min_size=1, max_size=20))
def test_strangers_are_counted_one_by_one_and_registrants_once(whose: list[str]) -> None:
    """Whoever of them is known."""
    names = [footprint(f"{number}.fr", a=ADDRESS) for number in range(len(whose))]
    known = {f"{number}.fr": one for number, one in enumerate(whose) if one}

    assert strangers(names, known, orders(names)) == len(set(known.values())) + whose.count("")
