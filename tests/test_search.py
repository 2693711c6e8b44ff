"""Questions over everything the store knows."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hunter import search as searching
from hunter.model import AlertState, Fact, Level, Match, Sighting, Stage, Value
from hunter.rulebook.regex import NotARegex
from hunter.search import Query, answers, plan, search
from hunter.store import Store, alerts, facts, sightings
from tests.world.alerts import MATCH, alert

NOW = datetime(2017, 4, 24, 6, tzinfo=UTC)
ONEDRIVE = "onedrive-en-marche.fr"


def add(
    store: Store, domain: str, *hosts: str, days_ago: int = 0, technique: str = "", **known: Value
) -> None:
    """A domain with hosts, a match if it imitates, and facts."""
    seen = NOW - timedelta(days=days_ago)
    names = (domain, *(f"{host}.{domain}" for host in hosts))
    likeness = 0.95 if domain == "en-marche.co" else 0.9
    match = Match(domain, domain, "en-marche.fr", technique, "x", (0, 1), likeness, "because")
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
            ioc_list="Grizzly Steppe",
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
            as_name="CLOUDFLARENET",
            registrant_org="THC Projects SRL",
            cdn="Cloudflare",
            has_mx=True,
        )
        add(
            *(opened, "accounts-office.fr", "www"),
            days_ago=1,
            technique="track",
            registered=20170322,
            registrant_email_domain="email.com",
            registry_ns="ns2.monovm.com",
            cert_key="ab" * 32,
        )
        add(
            *(opened, "supermarche.fr"),
            registered=20090101,
            registrar="OVH",
            aaaa="2001:db8::1",
            asn=16276,
            registrant_org="Société DES MARCHÉS",
        )
        sightings.set_stage(opened, "en-marche.co", Stage.MAIL, NOW)
        for domain, severity in (("en-marche.co", Level.HIGH), (ONEDRIVE, Level.LOW)):
            match = replace(MATCH, name=domain, registrable=domain)
            alerts.save(opened, replace(alert(match, severity), id=0), {})
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
            Query(contains=("marche",)),
            ["supermarche.fr", "en-marche.co", "onedrive-en-marche.fr"],
        ),
        (Query(contains=("www.",)), ["accounts-office.fr"]),
        (Query(contains=("nowhere", "www.")), ["accounts-office.fr"]),
        (Query(contains=("marche",), excludes=("super",), seen_since=20170422), ["en-marche.co"]),
        (
            Query(contains=("marche",), registered_since=20170301),
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
        (Query(excludes=("super", "www.")), ["en-marche.co", "onedrive-en-marche.fr"]),
        (Query(matches="^(mail|www)[.]"), ["accounts-office.fr", "onedrive-en-marche.fr"]),
        (Query(matches="OFFICE"), []),
        (Query(registered_until=20170322), ["supermarche.fr", "accounts-office.fr", ONEDRIVE]),
        (Query(registered_since=20170315, registered_until=20170315), [ONEDRIVE]),
        (Query(seen_until=20170422), ["en-marche.co", ONEDRIVE]),
        (Query(organisation="projects"), ["en-marche.co"]),
        (Query(organisation="Société"), ["supermarche.fr"]),
        (Query(organisation="des marchés"), ["supermarche.fr"]),
        (Query(as_name="cloudflare"), ["en-marche.co"]),
        (Query(address=("80.82.64.0/20", "2001:db8::/32")), ["supermarche.fr", ONEDRIVE]),
        (Query(address=("10.0.0.0/8",)), []),
        (Query(tld=("co", ".FR"), technique=("keyword",)), ["en-marche.co"]),
        (Query(tld=("marche.co",)), []),
        (Query(stage=(Stage.WEB, Stage.MAIL)), ["en-marche.co"]),
        (Query(severity=Level.HIGH), ["en-marche.co"]),
        (Query(severity=Level.LOW), ["en-marche.co", ONEDRIVE]),
        (Query(indicator_list="grizzly"), [ONEDRIVE]),
        (Query(cert_key=("ab" * 32,)), ["accounts-office.fr"]),
        (Query(having=(("cdn", ("Cloudflare",)),)), ["en-marche.co"]),
        (Query(having=(("has_mx", (True,)), ("asn", ("13335", 13335)))), ["en-marche.co"]),
        (Query(having=(("has_mx", (False,)),)), []),
        (Query(sort="domain", limit=2), ["accounts-office.fr", "en-marche.co"]),
        (
            Query(sort="registered"),
            ["en-marche.co", "accounts-office.fr", ONEDRIVE, "supermarche.fr"],
        ),
        (Query(sort="registered", reverse=True, limit=1), ["supermarche.fr"]),
        (Query(sort="severity", limit=2), ["en-marche.co", ONEDRIVE]),
        (Query(sort="confidence", limit=1), ["en-marche.co"]),
        (Query(sort="seen", reverse=True, limit=1), [ONEDRIVE]),
        (Query(registrar="ovh"), ["supermarche.fr"]),
        (Query(technique=("homograph", "keyword")), ["en-marche.co"]),
        (Query(technique=("track",), brand=("en-marche.fr",)), ["accounts-office.fr"]),
        (Query(brand=("other.fr",)), []),
        (Query(registrant=("' OR 1=1 --",)), []),
        (Query(contains=("%",)), []),
    ],
)
def test_every_condition_given_must_hold(store: Store, query: Query, found: list[str]) -> None:
    """Of several values any will do; what is left out does not matter."""
    assert list(search(store, query)) == found


def test_an_international_name_is_found_as_it_is_shown(tmp_path: Path) -> None:
    """Names are kept in ASCII, and people type what they see."""
    with Store(tmp_path / "hunter.db") as store:
        add(store, "xn--brgerbund-mail-gsb.de")
        add(store, "buergerbund.de")

        assert search(store, Query(excludes=("bürger",))) == ("buergerbund.de",)
        shown = ("xn--brgerbund-mail-gsb.de",)
        assert search(store, Query(contains=("Bürgerbund",))) == shown
        assert search(store, Query(contains=("nowhere", "bürger"))) == shown


def test_the_founding_question(store: Store) -> None:
    """A string, the mail domains, since March: what the analysts of 2017 asked."""
    query = Query(
        contains=("en-marche",),
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


def test_whichever_condition_finds_them_the_answers_are_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the rarest, through the newest, or by testing every domain."""
    queries = [
        QUESTION,
        Query(contains=("marche",)),
        Query(matches="marche", tld=("fr",)),
        Query(asn=(13335, 16276), contains=("marche",)),
        Query(as_name="cloud", technique=("swap",)),
        Query(limit=1, contains=("marche",)),
        Query(limit=1, reverse=True),
        Query(limit=2, sort="domain"),
        Query(limit=1, sort="confidence", reverse=True),
        Query(),
    ]
    before = [search(store, query) for query in queries]
    for rare, newest in ((0, 2), (0, 100), (100, 1)):
        monkeypatch.setattr(searching, "_RARE", rare)
        monkeypatch.setattr(searching, "_NEWEST", newest)
        assert [search(store, query) for query in queries] == before


QUESTION = Query(
    contains=("marche",),
    registered_since=20170301,
    registrant_domain=("mail.com", "email.com", "europe.com"),
)


def test_the_founding_question_reads_indexes_and_nothing_else(store: Store) -> None:
    """The mail domains find the candidates; the name and the day are looked up for these alone."""
    steps = plan(store, QUESTION)
    reads = [step for step in steps if step.startswith(("SCAN", "SEARCH"))]

    assert "SEARCH fact USING COVERING INDEX fact_by_value (field=? AND value=?)" in reads
    assert not [step for step in reads if step.startswith("SCAN") and step != "SCAN found"]
    assert all("INDEX" in step or "PRIMARY KEY" in step for step in reads if "SEARCH" in step)


@pytest.mark.parametrize(
    "query",
    [
        Query(registrant=("a@b.c",)),
        Query(ns=("monovm.com",)),
        Query(address=("80.82.64.0/20",)),
        Query(asn=(13335,)),
        Query(cert_key=("ab",)),
        Query(registered_since=20170301),
        Query(severity=Level.HIGH),
        Query(having=(("cdn", ("Cloudflare",)),)),
    ],
)
def test_whatever_has_an_index_finds_through_it(store: Store, query: Query) -> None:
    """No fact row is read, and no table from end to end but the short one of alerts."""
    steps = [step for step in plan(store, query) if step.startswith(("SCAN", "SEARCH"))]
    allowed = ("SCAN found", "SCAN (subquery", "SCAN json_each", "SCAN alert")

    assert not [one for one in steps if one.startswith("SCAN") and not one.startswith(allowed)]
    assert not [one for one in steps if "fact" in one and "COVERING" not in one]


def test_a_pattern_that_is_none_is_refused(store: Store) -> None:
    """RE2 says why."""
    with pytest.raises(NotARegex):
        search(store, Query(matches="(?<=look)behind"))


def test_an_answer_has_its_facts_its_match_and_its_alert(store: Store) -> None:
    """Where there is one."""
    rows = {row["domain"]: row for row in answers(store, search(store, Query()), NOW)}

    assert rows["en-marche.co"]["severity"] == "high"
    assert rows["en-marche.co"]["technique"] == "tld-swap+keyword"
    assert rows["en-marche.co"]["registrant_email"] == "amarocarrion@mail.com"
    assert "severity" not in rows["supermarche.fr"]


def test_an_answer_tells_of_the_likest_match_and_the_gravest_alert(tmp_path: Path) -> None:
    """Of two brands; an alert that a person dismissed counts less than any other."""
    with Store(tmp_path / "hunter.db") as store:
        add(store, ONEDRIVE)
        for brand, likeness, severity, state in (
            ("a.fr", 0.6, Level.LOW, AlertState.NEW),
            ("b.fr", 0.8, Level.MEDIUM, AlertState.ACKNOWLEDGED),
            ("c.fr", 0.7, Level.CRITICAL, AlertState.DISMISSED),
        ):
            match = replace(MATCH, brand=brand, registrable=ONEDRIVE, confidence=likeness)
            sightings.record(store, [Sighting(ONEDRIVE, ONEDRIVE, "x", NOW)], [match], NOW)
            alerts.save(store, replace(alert(match, severity), id=0, state=state), {})
        (row,) = answers(store, (ONEDRIVE,), NOW)

    assert (row["brand"], row["confidence"]) == ("b.fr", 0.8)
    assert (row["severity"], row["state"]) == ("medium", "acknowledged")


@pytest.mark.parametrize(
    ("asked", "there"), [("contains", "office"), ("tld", "co"), ("technique", "combosquatting")]
)
def test_thousands_of_words_may_be_asked_for_at_once(store: Store, asked: str, there: str) -> None:
    """Somebody hands on a whole list; SQLite reads no chain of more than a thousand conditions."""
    words = tuple(f"zz{number}" for number in range(3000))
    alone = search(store, Query(**{asked: (there,)}))  # type: ignore[arg-type]

    assert alone
    assert search(store, Query(**{asked: (*words, there)})) == alone  # type: ignore[arg-type]
    assert search(store, Query(excludes=words)) == search(store, Query())
