"""Questions over everything the store knows."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hunter.model import Fact, Match, Sighting, Value
from hunter.search import Query, search
from hunter.store import Store, facts, sightings

NOW = datetime(2017, 4, 24, 6, tzinfo=UTC)


def add(
    store: Store, domain: str, *hosts: str, days_ago: int = 0, technique: str = "", **known: Value
) -> None:
    """A domain with hosts, a match if it imitates, and facts."""
    seen = NOW - timedelta(days=days_ago)
    names = (domain, *(f"{host}.{domain}" for host in hosts))
    match = Match(domain, domain, "en-marche.fr", technique, "x", (0, 1), 0.9, "because")
    sightings.record(
        store,
        [Sighting(name, domain, "x", seen) for name in names],
        [match] if technique else [],
        NOW,
    )
    found = [Fact(domain, field, value, "rdap", NOW) for field, value in known.items()]
    facts.record(store, domain, found, provider="rdap", fields=known, at=NOW)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Four domains of the founding case, and an ordinary one."""
    with Store(tmp_path_factory.mktemp("search") / "hunter.db") as opened:
        add(
            *(opened, "onedrive-en-marche.fr", "mail"),
            days_ago=3,
            technique="combosquatting",
            registered=20170315,
            registrant_email="johnpinch@mail.com",
            registrant_email_domain="mail.com",
            a="80.82.69.134",
        )
        add(
            *(opened, "en-marche.co"),
            days_ago=2,
            technique="tld-swap+keyword",
            registered=20170412,
            registrant_email="amarocarrion@mail.com",
            registrant_email_domain="mail.com",
            ns="ns1.monovm.com",
            ns_domain="monovm.com",
            asn=13335,
            origin_ip="193.29.187.40",
        )
        add(
            *(opened, "accounts-office.fr", "www"),
            days_ago=1,
            technique="track",
            registered=20170322,
            registrant_email_domain="email.com",
            registry_ns="ns2.monovm.com",
        )
        add(
            *(opened, "supermarche.fr"),
            registered=20090101,
            registrar="OVH",
            aaaa="2001:db8::1",
            asn=16276,
        )
        yield opened


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (
            Query(),
            ["supermarche.fr", "accounts-office.fr", "en-marche.co", "onedrive-en-marche.fr"],
        ),
        (Query(limit=2), ["supermarche.fr", "accounts-office.fr"]),
        (
            Query(contains="marche"),
            ["supermarche.fr", "en-marche.co", "onedrive-en-marche.fr"],
        ),
        (Query(contains="www."), ["accounts-office.fr"]),
        (Query(contains="marche", excludes="super", seen_since=20170422), ["en-marche.co"]),
        (
            Query(contains="marche", registered_since=20170301),
            ["en-marche.co", "onedrive-en-marche.fr"],
        ),
        (
            Query(registrant_domain=("mail.com", "email.com", "europe.com")),
            ["accounts-office.fr", "en-marche.co", "onedrive-en-marche.fr"],
        ),
        (Query(registrant=("johnpinch@mail.com",)), ["onedrive-en-marche.fr"]),
        (Query(ns=("monovm.com",)), ["en-marche.co"]),
        (Query(ns=("ns1.monovm.com", "ns2.monovm.com")), ["accounts-office.fr", "en-marche.co"]),
        (Query(address=("193.29.187.40",)), ["en-marche.co"]),
        (
            Query(address=("2001:db8::1", "80.82.69.134")),
            ["supermarche.fr", "onedrive-en-marche.fr"],
        ),
        (Query(asn=(13335,)), ["en-marche.co"]),
        (Query(registrar=("OVH",)), ["supermarche.fr"]),
        (Query(technique="keyword"), ["en-marche.co"]),
        (Query(technique="track", brand="en-marche.fr"), ["accounts-office.fr"]),
        (Query(brand="other.fr"), []),
        (Query(registrant=("' OR 1=1 --",)), []),
        (Query(contains="%"), []),
    ],
)
def test_every_condition_given_must_hold(store: Store, query: Query, found: list[str]) -> None:
    """Of several values any will do; what is left out does not matter."""
    assert list(search(store, query)) == found


def test_the_founding_question(store: Store) -> None:
    """A string, the mail domains, since March: what the analysts of 2017 asked."""
    query = Query(
        contains="en-marche",
        registered_since=20170301,
        registrant_domain=("mail.com", "email.com", "europe.com"),
    )

    assert set(search(store, query)) == {"en-marche.co", "onedrive-en-marche.fr"}


def test_what_was_so_before_is_found_too(tmp_path: Path) -> None:
    """An address that a domain has left still ties it to others."""
    with Store(tmp_path / "hunter.db") as store:
        add(store, "en-marche.co", ns_domain="monovm.com")
        moved = Fact("en-marche.co", "ns_domain", "cloudflare.com", "rdap", NOW)
        facts.record(store, "en-marche.co", [moved], provider="rdap", fields=["ns_domain"], at=NOW)

        assert search(store, Query(ns=("monovm.com",))) == ("en-marche.co",)
        assert search(store, Query(ns=("cloudflare.com",))) == ("en-marche.co",)


def test_a_registration_date_that_is_none_is_older_than_any(tmp_path: Path) -> None:
    """A registry's odd answer breaks no search."""
    with Store(tmp_path / "hunter.db") as store:
        add(store, "odd.fr", registered="before records began")

        assert search(store, Query(registered_since=19000101)) == ()
