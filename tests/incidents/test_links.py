"""What domains share, and how much it tells."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.incidents.links import STRONG, TRAITS, links, strength, together
from hunter.model import Link, Value
from tests.world.incidents import CORE, LOOSE, alone, case, footprint, on


def told(*footprints, count=alone) -> dict[str, Link]:
    """The links by what is shared."""
    return {link.trait: link for link in links(footprints, count)}


def test_the_case_is_one_registrant_and_one_habit() -> None:
    """Four share an address, and the fifth only a mail provider, a brand and a few weeks."""
    found = told(*case())

    assert set(found) == {"registrant_email", "habit"}
    assert found["registrant_email"].domains == CORE
    assert found["registrant_email"].strength >= STRONG > found["habit"].strength
    assert LOOSE in found["habit"].domains


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("registrant_email", "x@mail.com"),
        ("registrant_org", "THC Projects SRL"),
        ("cert_key", "ab" * 32),
        ("soa_mailbox", "x@a.example"),
        ("dmarc_rua", "x@a.example"),
        ("mx", "mail.a.example"),
        ("a", "80.82.69.134"),
    ],
)
def test_strong_links_join(field: str, value: Value) -> None:
    """A value that two domains alone have points at one hand."""
    (link,) = links(
        [footprint("a.fr", **{field: value}), footprint("b.fr", **{field: value})], alone
    )

    assert (link.domains, link.shared) == (("a.fr", "b.fr"), 2)
    assert STRONG <= link.strength <= 1


@pytest.mark.parametrize(
    ("field", "value"), [("ns_domain", "monovm.com"), ("asn", 51177), ("page_favicon", "cd" * 32)]
)
def test_common_choices_do_not_join(field: str, value: Value) -> None:
    """A company of name servers, a network, an icon: others chose them too."""
    (link,) = links(
        [footprint("a.fr", **{field: value}), footprint("b.fr", **{field: value})], alone
    )

    assert link.strength < STRONG


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ns_domain", "cloudflare.com"),
        ("a", "104.18.40.1"),
        ("asn", 13335),
        ("registrant_email", "x@whoisguard.com"),
        ("registrant_org", "REDACTED FOR PRIVACY"),
        ("registrant_email_domain", "gmail.com"),
        ("mx", "aspmx.l.google.com"),
        ("registrar", "OVH"),
        ("tld", "fr"),
    ],
)
def test_what_a_crowd_shares_is_no_link(field: str, value: Value) -> None:
    """However few of the crowd are in the store."""
    assert (
        links([footprint("a.fr", **{field: value}), footprint("b.fr", **{field: value})], alone)
        == ()
    )


def test_an_address_is_one_wherever_it_was_seen() -> None:
    """Of a host, of the domain, or behind a CDN as somebody told."""
    found = told(
        footprint("a.fr", host_address="80.82.69.134"), footprint("b.fr", origin_ip="80.82.69.134")
    )

    assert found["address"].domains == ("a.fr", "b.fr")


def test_a_server_of_thousands_ties_nobody_though_the_store_knows_two_of_them() -> None:
    """Passive DNS knows the strangers; of several counts, the least is of the shared address."""
    two = [footprint(domain, a="80.82.69.134") for domain in ("a.fr", "b.fr")]

    assert links([replace(one, neighbours=4000) for one in two], alone) == ()
    (link,) = links([replace(two[0], neighbours=4000), replace(two[1], neighbours=2)], alone)
    assert link.shared == 3


def test_a_server_that_is_told_to_be_shared_does_not_join() -> None:
    """Though nobody knows of how many."""
    two = [footprint(domain, a="80.82.69.134", dedicated=False) for domain in ("a.fr", "b.fr")]

    assert told(*two)["address"].strength >= STRONG
    assert told(replace(two[0], shares=True), two[1])["address"].strength < STRONG


def test_the_servers_of_a_platform_do_not_join_its_sites() -> None:
    """Nobody who signs up there chooses them; two names of dynamic DNS still have it told."""
    sites = [footprint(f"{one}.weebly.com", a="80.82.69.134") for one in ("macron", "en-marche")]

    assert told(*sites)["address"].strength < STRONG
    assert told(*sites, footprint("a.fr", a="80.82.69.134"))["address"].strength < STRONG
    assert told(sites[0], footprint("a.fr", a="80.82.69.134"))["address"].strength >= STRONG


def test_the_certificate_of_a_platform_is_no_link() -> None:
    """It is for every site there; one for two names of a platform is their owner's."""
    domains, key = ("macron.weebly.com", "en-marche.weebly.com"), "ab" * 32

    own = [footprint(one, cert_key=key) for one in domains]
    platforms = [footprint(one, cert_key=key, cert_domain=("weebly.com",)) for one in domains]

    assert told(*own)["cert_key"].strength >= STRONG
    assert told(*platforms) == {}


def test_a_certificate_of_many_strangers_does_not_join() -> None:
    """Those who share a host share its key."""
    strangers = tuple(f"stranger-{number}.example" for number in range(49))
    few, many = strangers[:1], strangers

    def tied(others: tuple[str, ...]) -> Link:
        pair = [footprint(one, cert_key="ab" * 32, cert_domain=others) for one in ("a.fr", "b.fr")]
        return told(*pair)["cert_key"]

    assert tied(few).strength >= STRONG > tied(many).strength
    assert tied(many).shared == 50


def test_it_is_said_of_which_domain_the_address_was_only_told() -> None:
    """A partner's word of the server behind a CDN is no sight of it."""
    found = told(footprint("a.fr", a="80.82.69.134"), footprint("b.fr", origin_ip="80.82.69.134"))

    assert found["address"].told == ("b.fr",)


def test_a_dedicated_server_tells_more() -> None:
    """Somebody has it for himself."""
    plain = told(footprint("a.fr", a="80.82.69.134"), footprint("b.fr", a="80.82.69.134"))
    own = told(
        footprint("a.fr", a="80.82.69.134", dedicated=True), footprint("b.fr", a="80.82.69.134")
    )

    assert own["address"].strength > plain["address"].strength


@given(st.sampled_from(sorted(TRAITS)), st.integers(2, 5000), st.integers(1, 5000))
def test_strength_falls_with_how_common_the_value_is(name: str, shared: int, more: int) -> None:
    """It is never 0 and never above the weight."""
    trait = TRAITS[name]

    assert 0 < strength(trait, shared + more) < strength(trait, shared) <= trait.weight <= 1
    assert strength(trait, 2 + trait.half) == pytest.approx(trait.weight / 2)


def test_the_store_says_how_common_a_value_is() -> None:
    """An address with hundreds of domains ties nobody, though two of them stand in alerts."""
    two = (footprint("a.fr", a="80.82.69.134"), footprint("b.fr", a="80.82.69.134"))

    assert links(two, lambda *_: 400) == ()
    assert told(*two, count=lambda *_: 3)["address"].shared == 3


def test_the_mailbox_of_the_name_server_company_is_not_the_owners() -> None:
    """It says no more than the name servers do."""
    common: dict[str, Value] = {"soa_mailbox": "hostmaster@monovm.com", "ns_domain": "monovm.com"}

    assert set(told(footprint("a.fr", **common), footprint("b.fr", **common))) == {"ns_domain"}


def test_whoever_runs_name_servers_of_their_own_has_a_mailbox_of_their_own() -> None:
    """They are no company that does it for others."""
    own: dict[str, Value] = {"soa_mailbox": "hostmaster@a.fr", "ns_domain": "a.fr"}

    assert set(told(footprint("a.fr", **own), footprint("b.fr", **own))) == {
        *("soa_mailbox", "own_name_servers"),
    }


def test_name_servers_under_one_of_the_domains_join() -> None:
    """Whoever runs them runs that domain."""
    found = told(footprint("a.fr", ns_domain="a.fr"), footprint("b.fr", ns_domain="a.fr"))

    assert set(found) == {"own_name_servers"}
    assert found["own_name_servers"].strength >= STRONG
    assert found["own_name_servers"].domains == ("a.fr", "b.fr")

    (many,) = links(
        [footprint("a.fr", ns_domain="a.fr"), footprint("b.fr", ns_domain="a.fr")],
        lambda _places, _value: 12,
    )
    assert (many.strength, many.shared, many.hands) == (0.4, 12, 12)


def test_one_certificate_for_two_domains_joins_unless_it_is_for_many() -> None:
    """Hosts put dozens of customers into one."""
    named = tuple(f"shop{number}.example" for number in range(40))
    own = told(footprint("a.fr", cert_domain="b.fr"), footprint("b.fr"))
    hosts = told(footprint("a.fr", cert_domain=("b.fr", *named)), footprint("b.fr"))

    assert own["cert_domain"].domains == ("a.fr", "b.fr")
    assert own["cert_domain"].strength >= STRONG
    assert hosts == {}


def test_a_habit_needs_one_brand_and_a_few_weeks() -> None:
    """And more than one registrant, and days that are known."""
    one, other = (
        footprint(f"{name}.fr", registrant_email_domain="mail.com", registrant_email=name)
        for name in "ab"
    )
    day = date(2017, 3, 1)
    near = (on(one, day), on(other, day + timedelta(days=40)))

    assert set(told(*near)) == {"habit"}
    assert told(on(one, day), on(other, day + timedelta(days=43))) == {}
    assert told(one, other) == {}
    assert (
        told(near[0], on(footprint("b.fr", "other.fr", registrant_email_domain="mail.com"), day))
        == {}
    )


def test_each_stretch_of_a_habit_is_its_own() -> None:
    """Where weeks passed without any, another may have begun; all links, the strongest first."""
    day = date(2017, 3, 1)
    seen = [
        on(footprint(f"{name}.fr", registrant_email=name, registrant_email_domain="p.example"), at)
        for name, at in zip(
            "abcd", (day, day, day + timedelta(90), day + timedelta(90)), strict=True
        )
    ]
    asns = [footprint(f"{name}.fr", asn=51177, mx="mail.a.example") for name in "xy"]
    found = links([*seen, *asns], alone)

    assert [one.domains for one in found if one.trait == "habit"] == [
        ("a.fr", "b.fr"),
        ("c.fr", "d.fr"),
    ]
    assert [one.strength for one in found] == sorted((one.strength for one in found), reverse=True)
    assert found[0].trait == "mx"


def test_a_habit_is_no_other_word_for_one_registrant() -> None:
    """Their address ties them already; and many at that provider make it say less."""
    one = {"registrant_email": "x@pinch.example", "registrant_email_domain": "pinch.example"}
    other = {**one, "registrant_email": "y@pinch.example"}
    a, b, c = footprint("a.fr", **one), footprint("b.fr", **one), footprint("c.fr", **other)
    day = date(2017, 4, 1)
    a, b, c = (on(each, day + timedelta(days=35 * turn)) for each, turn in ((a, 0), (b, 2), (c, 1)))

    assert set(told(on(a, day), on(b, day))) == {"registrant_email"}
    assert told(a, b, c)["habit"].domains == ("a.fr", "b.fr", "c.fr")
    (alone_there,) = links([a, c], alone)
    (among_many,) = links([a, c], lambda _places, _value: 27)
    assert (alone_there.strength, among_many.strength) == (0.4, 0.2)


def test_whom_a_person_dismissed_is_tied_to_nobody() -> None:
    """Neither by name servers of their own, nor by a certificate, nor by a habit."""
    own = replace(footprint("a.fr", cert_domain="b.fr"), dismissed=True)

    assert told(own, footprint("b.fr", ns_domain="a.fr")) == {}
    assert "own_name_servers" in told(
        replace(own, dismissed=False), footprint("b.fr", ns_domain="a.fr")
    )


def test_links_of_one_kind_do_not_add_up() -> None:
    """Others do, and never reach certainty."""
    registrant = Link("registrant_email", "x", ("a", "b"), 0.4, 9)
    habit = Link("habit", "x", ("a", "b"), 0.3, 9)
    servers = Link("ns_domain", "x", ("a", "b"), 0.3, 9)

    assert together([registrant, habit]) == pytest.approx(0.4)
    assert together([registrant, servers]) == pytest.approx(0.58)
    assert together([]) == 0
