"""Strong links join, weaker ones attach, and a person's word stands."""

from itertools import combinations
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from hunter.incidents.grouping import group
from hunter.incidents.links import STRONG, links
from hunter.model import Link
from tests.world.incidents import CORE, LOOSE, alone, case


def link(strength: float, *domains: str) -> Link:
    """A link over an address."""
    return Link("address", "80.82.69.134", domains, strength, len(domains))


def apart(*pairs: str) -> frozenset[frozenset[str]]:
    """Pairs of one-letter domains that a person put apart."""
    return frozenset(map(frozenset, pairs))


def test_the_case_is_one_incident_with_one_domain_attached() -> None:
    """As the analysts told it in 2017."""
    (found,) = group(links(case(), alone))

    assert (found.core, found.attached) == (CORE, (LOOSE,))
    assert {one.trait for one in found.links} == {"registrant_email", "habit"}
    assert found.strengths[LOOSE] < STRONG <= min(found.strengths[domain] for domain in CORE)


def test_strong_links_join_over_others() -> None:
    """a with b and b with c are one; d with e is another."""
    found = group([link(0.9, "a", "b"), link(0.6, "b", "c"), link(0.8, "d", "e")])

    assert [one.core for one in found] == [("a", "b", "c"), ("d", "e")]


def test_weak_links_alone_make_no_incident() -> None:
    """Nor does nothing."""
    assert group([link(0.4, "a", "b")]) == group([]) == ()


def test_what_is_tied_loosely_goes_where_it_is_tied_most() -> None:
    """To one core only."""
    found = group(
        [link(0.9, "a", "b"), link(0.9, "d", "e"), link(0.2, "a", "x"), link(0.4, "d", "x")]
    )

    assert [one.attached for one in found] == [(), ("x",)]
    assert [len(one.links) for one in found] == [1, 2]

    (first, _) = group(
        [link(0.9, "a", "b"), link(0.9, "d", "e"), link(0.4, "a", "x"), link(0.2, "d", "x")]
    )
    assert (first.attached, first.strengths["x"]) == (("x",), 0.4)


def test_half_a_strength_joins_and_no_less() -> None:
    """From there on a link is strong."""
    assert [one.core for one in group([link(0.5, "a", "b"), link(0.49, "c", "d")])] == [("a", "b")]


def test_a_member_is_as_firm_as_what_ties_it_to_the_core() -> None:
    """What ties it to a domain outside says nothing."""
    (found,) = group([link(0.6, "a", "b"), link(0.7, "b", "c"), link(0.4, "a", "x")])

    assert found.strengths == {"a": 0.6, "b": 0.7, "c": 0.7, "x": 0.4}


def test_of_a_link_the_members_alone_are_told() -> None:
    """Of those who share a value, one stands apart by a person's word."""
    (found,) = group([link(0.9, "a", "b", "c")], apart("ac", "bc"))

    assert (found.core, [one.domains for one in found.links]) == (("a", "b"), [("a", "b")])


def test_loose_ties_between_loose_domains_are_not_told() -> None:
    """x is tied to the core, y to x alone."""
    (found,) = group([link(0.9, "a", "b"), link(0.4, "a", "x"), link(0.4, "x", "y")])

    assert (found.attached, len(found.links)) == (("x",), 2)


def test_what_a_person_put_apart_stays_apart() -> None:
    """Also over a third, which goes with the stronger link; and when attached."""
    three = [link(0.9, "a", "b"), link(0.7, "b", "c"), link(0.6, "a", "c")]

    assert [one.core for one in group(three, apart("ac"))] == [("a", "b")]
    assert [one.core for one in group([*three, link(0.3, "a", "x")], apart("xb", "ac"))] == [
        ("a", "b")
    ]
    assert group([link(0.9, "a", "b"), link(0.3, "a", "x")], apart("xb"))[0].attached == ()


def test_thousands_of_domains_are_joined_at_once() -> None:
    """Neither each with each other one, nor when a person put one apart from all the rest."""
    many = [f"{number}.fr" for number in range(5000)]
    kept_apart = frozenset(frozenset({many[0], other}) for other in many[1:])
    began = process_time()
    (one,) = group([link(0.9, *many), link(0.2, *many, "loose.fr")])
    (rest,) = group([link(0.9, *many)], kept_apart)

    assert (len(one.core), one.attached, len(rest.core)) == (5000, ("loose.fr",), 4999)
    assert process_time() - began < 2


DOMAINS = "abcdef"
PAIRS = st.sampled_from(list(combinations(DOMAINS, 2)))
LINKS = st.lists(st.tuples(PAIRS, st.floats(0.15, 1)), max_size=10)


@given(LINKS, st.sets(PAIRS.map("".join), max_size=4), st.randoms(use_true_random=False))
def test_groups_do_not_overlap_and_obey(pairs, kept_apart, chance) -> None:
    """Whatever the links: each domain in one group at most, no forbidden pair in any core."""
    every = [link(strength, *pair) for pair, strength in pairs]
    found = group(every, apart(*kept_apart))
    members = [domain for one in found for domain in (*one.core, *one.attached)]

    assert len(members) == len(set(members))
    assert all(len(one.core) > 1 for one in found)
    assert not [pair for pair in kept_apart for one in found if set(pair) <= set(one.core)]
    assert all(one.strengths.keys() == {*one.core, *one.attached} for one in found)


@given(LINKS, st.randoms(use_true_random=False))
def test_without_a_persons_word_the_order_does_not_matter(pairs, chance) -> None:
    """The same links make the same groups."""
    every = [link(strength, *pair) for pair, strength in pairs]
    other = chance.sample(every, len(every))

    assert [one.core for one in group(every)] == [one.core for one in group(other)]
