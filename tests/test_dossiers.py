"""Dossiers: what is known of a domain at a moment, put together from all that was kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.dossiers import FIELDS, assemble, values_of
from hunter.ladder import highest
from hunter.model import Brand, BrandKind, Dossier, Match, PastFact, Sighting, Stage, Value

NOW = datetime(2017, 4, 24, 6, tzinfo=UTC)
DOMAIN = "en-marche.co"
BRAND = Brand("en-marche.fr", kind=BrandKind.PARTNER)
MATCH = Match(DOMAIN, DOMAIN, "en-marche.fr", "tld-swap", "en-marche", (0, 9), 0.9, "", term="x")
SEEN = Sighting(f"mail.{DOMAIN}", DOMAIN, "registrations", NOW - timedelta(days=3))


def fact(
    field: str, value: Value | None, *, first: int = 5, ended: int | None = None, **changes: str
) -> PastFact:
    """A fact first seen so many days ago, and ended so many days ago if at all."""
    return PastFact(
        subject=DOMAIN,
        field=field,
        value=value,
        provider=changes.get("provider", "dns"),
        first_seen=NOW - timedelta(days=first),
        last_seen=NOW,
        ended_at=None if ended is None else NOW - timedelta(days=ended),
        unknown=changes.get("unknown", ""),
    )


def known(
    *history: PastFact,
    at: datetime = NOW,
    sightings: Sequence[Sighting] = (),
    brand: Brand | None = None,
) -> Dossier:
    """The dossier of the case's domain."""
    return assemble(DOMAIN, brand=brand, match=None, sightings=sightings, history=history, at=at)


def test_one_value_stands_alone_and_several_as_a_tuple() -> None:
    """The same value from two providers is one value."""
    dossier = known(
        fact("ns", "ns1.monovm.com"),
        fact("ns", "ns2.monovm.com"),
        fact("registrar", "R", provider="rdap"),
        fact("registrar", "R", provider="whois"),
    )

    assert dossier.fields["ns"] == ("ns1.monovm.com", "ns2.monovm.com")
    assert dossier.fields["registrar"] == "R"


def test_what_ended_is_history() -> None:
    """Name servers it had before are told as such, and only those it has no more."""
    dossier = known(
        fact("ns_domain", "monovm.com", first=9, ended=2),
        fact("ns_domain", "cloudflare.com", first=2),
    )

    assert dossier.fields["ns_domain"] == "cloudflare.com"
    assert dossier.fields["past_ns_domain"] == ("monovm.com",)


def test_a_dossier_of_the_past_knows_nothing_of_what_came_after() -> None:
    """What holds today was not known then, and what ended since still held."""
    dossier = known(
        fact("ns_domain", "monovm.com", first=9, ended=2),
        fact("ns_domain", "cloudflare.com", first=2),
        at=NOW - timedelta(days=4),
    )

    assert dossier.fields["ns_domain"] == "monovm.com"
    assert "past_ns_domain" not in dossier.fields


def test_unknown_is_a_reason_and_never_a_value() -> None:
    """A field nobody could find out is listed; one that another provider knows is not."""
    dossier = known(
        fact("mx", None, unknown="SERVFAIL"),
        fact("registrar", None, unknown="withheld", provider="rdap"),
        fact("registrar", "R", provider="whois"),
    )

    assert dossier.unknown == {"mx": "SERVFAIL"}
    assert dossier.fields["unknown"] == ("mx",)
    assert "mx" not in dossier.fields
    assert dossier.fields["registrar"] == "R"


def test_a_domain_nobody_asked_about_is_registered_for_all_we_know() -> None:
    """It was seen; nothing else is claimed."""
    dossier = known()

    assert dossier.fields == {"domain": DOMAIN, "tld": "co", "stage": "registered"}
    assert (dossier.brand, dossier.unknown) == ("", {})


def test_sightings_tell_names_sources_and_the_first_day() -> None:
    """And which tracks led to it."""
    by_track = replace(SEEN, name=DOMAIN, source="case", origin={"track": "ns=ns1.monovm.com"})
    dossier = known(sightings=[SEEN, replace(by_track, seen_at=NOW)])

    assert dossier.fields["name"] == (DOMAIN, f"mail.{DOMAIN}")
    assert dossier.fields["source"] == ("case", "registrations")
    assert dossier.fields["first_seen"] == 20170421
    assert dossier.fields["track"] == ("ns=ns1.monovm.com",)


def test_a_match_tells_how_it_imitates() -> None:
    """In the light of one brand; without one only what is true for all is there."""
    dossier = assemble(DOMAIN, brand=BRAND, match=MATCH, sightings=(), history=(), at=NOW)

    assert dossier.brand == "en-marche.fr"
    expected = {
        "brand": "en-marche.fr",
        "brand_kind": "partner",
        "technique": "tld-swap",
        "matched": "en-marche",
        "term": "x",
        "confidence": 0.9,
    }
    assert expected.items() <= dossier.fields.items()


@pytest.mark.parametrize(
    ("registered", "age"),
    [(20170412, 12), (20170425, 0), ("20170412", 12), (99999999, None), ("soon", None)],
)
def test_age_is_counted_from_the_registration(registered: Value, age: int | None) -> None:
    """In whole days, never negative, and absent when the date is none."""
    assert known(fact("registered", registered)).fields.get("age_days") == age


CAMPAIGN = Brand("en-marche.fr", owned=("en-marche.org", "tour.agency.example", "*.host.example"))


@pytest.mark.parametrize(
    ("host", "home"),
    [
        ("en-marche.fr", True),
        ("www.en-marche.org", True),
        ("tour.agency.example", True),
        ("agency.example", False),
        ("other.agency.example", False),
        ("ours.host.example", True),
        ("host.example", False),
        ("en-marche.org.evil.example", False),
        ("en-marche.org-login.example", False),
        ("xen-marche.org", False),
        (DOMAIN, False),
    ],
)
def test_what_the_brand_owns_is_its_own_place(host: str, home: bool) -> None:
    """Under its other domains and hosts it is at home; at what but looks like them it is not."""
    dossier = known(fact("page_final_host", host), brand=CAMPAIGN)

    assert dossier.fields["page_at_brand"] is home


def test_the_brand_s_place_is_told_by_every_place_that_is_known() -> None:
    """Of before hosts were told, the domain speaks; one stranger among them is enough."""
    ours, theirs = fact("page_final_host", "en-marche.org"), fact("page_final_host", "evil.example")
    domain = fact("page_final_domain", "en-marche.org")
    url = fact("page_final_url", "https://en-marche.org:AAAA")

    assert known(domain, brand=CAMPAIGN).fields["page_at_brand"] is True
    both = known(ours, replace(theirs, provider="told"), brand=CAMPAIGN)
    assert both.fields["page_at_brand"] is False
    assert known(theirs, domain, url, brand=CAMPAIGN).fields["page_at_brand"] is False
    assert "page_at_brand" not in known(url, brand=CAMPAIGN).fields
    assert "page_at_brand" not in known(ours).fields


@pytest.mark.parametrize(
    ("host", "owned", "home"),
    [
        ("app.en-marche.atlassian.net", (), True),
        ("en-marche-login.atlassian.net", (), False),
        ("atlassian.net", (), False),
        ("www.univ.fr", ("univ.fr",), True),
    ],
)
def test_what_stands_above_a_brand_that_is_a_host_is_home_if_it_is_owned(
    host: str, owned: tuple[str, ...], home: bool
) -> None:
    """It may be a platform, where anybody has a host."""
    brand = Brand("ent.univ.fr" if owned else "en-marche.atlassian.net", owned=owned)
    dossier = known(fact("page_final_host", host), brand=brand)

    assert dossier.fields["page_at_brand"] is home


def test_the_oldest_of_two_registration_dates_counts() -> None:
    """Two registries' answers may differ by a day."""
    dossier = known(fact("registered", 20170414), fact("registered", 20170412, provider="whois"))

    assert dossier.fields["age_days"] == 12


@pytest.mark.parametrize(
    ("fields", "stage"),
    [
        ({}, Stage.REGISTERED),
        ({"dns_status": "absent"}, Stage.UNREGISTERED),
        ({"dns_status": "absent", "registered": 20170412}, Stage.REGISTERED),
        ({"ns": "ns1.monovm.com"}, Stage.NAME_SERVERS),
        ({"ns": "ns1.monovm.com", "aaaa": "2001:db8::1"}, Stage.ADDRESS),
        ({"a": "192.0.2.1", "has_mx": False}, Stage.ADDRESS),
        ({"a": "192.0.2.1", "has_mx": True}, Stage.MAIL),
        ({"has_mx": True}, Stage.MAIL),
    ],
)
def test_the_stage_is_the_highest_step_borne_out(fields: dict[str, Value], stage: Stage) -> None:
    """What could not be found out lifts nothing and lowers nothing."""
    assert highest(fields) is stage


@pytest.mark.parametrize(
    ("facts", "nowhere"),
    [
        ({"a": "127.0.0.1"}, True),
        ({"a": "0.0.0.0", "host_address": "192.168.1.1"}, True),
        ({"a": "127.0.0.1", "aaaa": "2001:db8::1"}, False),
        ({"host_address": "192.0.2.1"}, False),
        ({"ns": "ns1.monovm.com"}, None),
    ],
)
def test_addresses_that_all_lead_nowhere_are_told(
    facts: dict[str, Value], nowhere: bool | None
) -> None:
    """Of a domain without any there is nothing to tell."""
    dossier = known(*(fact(field, value) for field, value in facts.items()))

    assert dossier.fields.get("leads_nowhere") is nowhere


@pytest.mark.parametrize("source", ["certstream", "ct_logs"])
def test_a_sighting_in_a_log_is_a_certificate(source: str) -> None:
    """Mail is further up; other sources tell of no certificate."""
    seen = [replace(SEEN, source=source)]

    assert highest({"a": "192.0.2.1"}, [source]) is Stage.CERTIFICATE
    assert highest({"has_mx": True}, [source]) is Stage.MAIL
    assert highest({}, [SEEN.source]) is Stage.REGISTERED
    assert known(sightings=seen).fields["stage"] == "certificate"


def test_values_of_a_field_are_always_a_tuple() -> None:
    """None, one or several."""
    fields = {"ns": ("a", "b"), "a": "192.0.2.1", "has_mx": False}

    assert values_of(fields, "ns") == ("a", "b")
    assert values_of(fields, "a") == ("192.0.2.1",)
    assert values_of(fields, "has_mx") == (False,)
    assert values_of(fields, "mx") == ()


def test_every_field_of_a_dossier_has_a_meaning() -> None:
    """A rule may ask for each; what enrichers provide they explain themselves."""
    dossier = assemble(
        DOMAIN,
        brand=BRAND,
        match=replace(MATCH, unicode="én-marche.co"),
        sightings=[replace(SEEN, origin={"track": "ns=x"})],
        history=[
            fact("ns_domain", "a", first=9, ended=1),
            fact("mx", None),
            fact("registered", 20170412),
            fact("page_final_host", DOMAIN),
            fact("a", "127.0.0.1"),
        ],
        at=NOW,
    )

    assert dossier.fields.keys() - {"registered", "page_final_host", "a"} == FIELDS.keys()


@given(
    st.lists(
        st.builds(
            fact,
            st.sampled_from(["ns", "ns_domain", "a", "has_mx", "registered", "dns_status"]),
            st.one_of(st.none(), st.text(max_size=9), st.booleans(), st.integers(0, 99999999)),
            first=st.integers(0, 9),
            ended=st.one_of(st.none(), st.integers(0, 9)),
        ),
        max_size=8,
    )
)
def test_any_history_makes_a_dossier(history: list[PastFact]) -> None:
    """Nothing an enricher stored can break what everybody reads; no field is empty."""
    dossier = known(*history)

    assert all(value != () for value in dossier.fields.values())
    assert not dossier.unknown.keys() & dossier.fields.keys()
