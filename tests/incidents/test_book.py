"""Incidents over a store: who takes part, their numbers, and people's decisions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hunter import incidents, names
from hunter.incidents import Person
from hunter.incidents.reading import Carriers
from hunter.model import LINKED, AlertState, Brand, Fact, Incident, Level, Match, Sighting, Value
from hunter.store import Store, alerts, facts, sightings
from tests.world.alerts import MATCH, alert
from tests.world.incidents import CORE, LOOSE, NOW, REGISTERED

BRAND = Brand("en-marche.fr", ("marche",), owned=("en-marche-doc.fr",))
LATER = NOW + timedelta(days=1)
ANNA = Person("anna", "the same kit", NOW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with the five domains of 2017, each in an alert."""
    with Store(tmp_path / "hunter.db") as opened:
        for domain in (*CORE, LOOSE):
            who = "amarocarrion" if domain == LOOSE else "johnpinch"
            known = {
                "registrant_email": f"{who}@mail.com",
                "registrant_email_domain": "mail.com",
                "registered": REGISTERED[domain],
            }
            add(opened, domain, **known)
            raise_alert(opened, domain)
        yield opened


def add(store: Store, domain: str, **known: Value) -> None:
    """A sighting of a domain that imitates the brand, with facts."""
    match = replace(MATCH, name=domain, registrable=domain)
    sightings.record(store, [Sighting(domain, domain, "feed", NOW)], [match], NOW)
    found = [Fact(domain, field, value, "rdap", NOW) for field, value in known.items()]
    facts.record(store, domain, found, provider="rdap", fields=known, at=NOW)


def raise_alert(store: Store, domain: str, **changes: object) -> None:
    """An alert about it."""
    match: Match = replace(MATCH, name=domain, registrable=domain)
    alerts.save(store, replace(alert(match), id=0, **changes), {})  # type: ignore[arg-type]


def current(store: Store) -> tuple[Incident, ...]:
    """The incidents now."""
    return incidents.current(store, (BRAND,), NOW)


def cores(store: Store) -> list[tuple[str, ...]]:
    """The domains of each."""
    return [tuple(sorted(one.domain for one in found.core)) for found in current(store)]


def test_the_case_is_one_incident(store: Store) -> None:
    """With all that is known of each domain, and the same number each time."""
    (found,) = current(store)

    assert tuple(sorted(one.domain for one in found.core)) == CORE
    assert found.core[0].domain == "onedrive-en-marche.fr"
    assert [one.domain for one in found.attached] == [LOOSE]
    assert found.members[-1].domain == LOOSE
    assert (found.id, found.brands, found.severity) == (1, (BRAND.domain,), Level.HIGH)
    assert all(
        one.alert and one.history and one.dossier.fields["registered"] for one in found.members
    )
    assert [one.id for one in current(store)] == [1]


def test_of_incidents_that_nobody_asked_for_no_member_is_read(store: Store) -> None:
    """A report on a quiet week need not read all that is known of thirty thousand domains."""
    kit = ("bank-a.fr", "bank-b.fr")
    for domain in kit:
        add(store, domain, registrant_email="somebody@example.org")
        raise_alert(store, domain)
    other, wanted = sorted(current(store), key=lambda one: one.core[0].domain in kit)
    statements: list[str] = []
    store._connection.set_trace_callback(statements.append)

    assert incidents.current(store, (BRAND,), NOW, among={kit[1]}) == (wanted,)
    assert incidents.current(store, (BRAND,), NOW, among={LOOSE, "nobody.fr"}) == (other,)
    statements.clear()
    assert incidents.current(store, (BRAND,), NOW, among=set()) == ()
    assert [one for one in statements if "FROM sighting " in one] == []


def test_a_stored_domain_that_stands_in_no_alert_takes_part(store: Store) -> None:
    """When it shares something rare; the protected ones, and what was never seen, do not."""
    for domain in ("quiet.fr", "en-marche.fr", "en-marche-doc.fr"):
        add(store, domain, registrant_email="johnpinch@mail.com")
    fact = Fact("unseen.fr", "registrant_email", "johnpinch@mail.com", "rdap", NOW)
    facts.record(store, fact.subject, [fact], provider="rdap", fields=[fact.field], at=NOW)
    (found,) = current(store)

    quiet = [one for one in found.core if one.domain not in CORE]
    assert [(one.domain, one.alert) for one in quiet] == [("quiet.fr", None)]


def test_a_dismissed_alert_takes_no_part(store: Store) -> None:
    """A person said that it is harmless."""
    dismissed = alerts.about(store, "portal-office.fr")[0]
    alerts.set_state(store, dismissed, AlertState.DISMISSED, why="ours", actor="anna", now=NOW)

    assert cores(store) == [tuple(domain for domain in CORE if domain != "portal-office.fr")]


def test_what_was_dismissed_for_one_brand_takes_part_for_another(store: Store) -> None:
    """It is harmless to the one alone, and so the incident is about the other."""
    match = replace(MATCH, brand="zz.fr", name="portal-office.fr", registrable="portal-office.fr")
    alerts.save(store, replace(alert(match), id=0), {})
    dismissed = alerts.about(store, "portal-office.fr")[0]
    alerts.set_state(store, dismissed, AlertState.DISMISSED, why="ours", actor="anna", now=NOW)
    (found,) = current(store)
    (portal,) = [one for one in found.core if one.domain == "portal-office.fr"]

    assert portal.alert is not None
    assert portal.alert.brand != dismissed.brand


def test_what_is_near_a_dismissed_domain_alone_makes_no_incident(store: Store) -> None:
    """A supporter's other names, which nobody was alerted to, are not told in its place."""
    for domain in ("x-marche.com", "quiet.fr", "still.fr"):
        add(store, domain, registrant_email="fan@marcheurs.example")
    raise_alert(store, "x-marche.com", state=AlertState.DISMISSED)

    assert cores(store) == [CORE]


def test_what_held_before_ties_too(store: Store) -> None:
    """Name servers, addresses and registrants change; that they were shared does not."""
    moved = Fact("portal-office.fr", "registrant_email", "new@mail.com", "rdap", NOW)
    facts.record(
        store, moved.subject, [moved], provider="rdap", fields=["registrant_email"], at=NOW
    )

    assert cores(store) == [CORE]


def test_a_name_given_up_and_taken_again_counts_from_that_day(store: Store) -> None:
    """Whoever had it years ago does not loosen what ties who has it now."""
    add(store, "c-en-marche.fr", registrant_email_domain="mail.com", registered=20090101)
    add(store, "c-en-marche.fr", registrant_email_domain="mail.com", registered=20170414)
    raise_alert(store, "c-en-marche.fr")
    (found,) = current(store)

    assert "c-en-marche.fr" in [one.domain for one in found.attached]


def test_domains_put_apart_stay_apart(store: Store) -> None:
    """Two and two; joined again, they have their old number."""
    incidents.split(store, CORE[:2], [*CORE[2:], LOOSE], ANNA)
    split = cores(store)
    (one, other) = current(store)
    incidents.merge(store, (BRAND,), CORE[2:], CORE[:2], ANNA)

    assert sorted(split) == [CORE[:2], CORE[2:]]
    assert {one.id, other.id} == {1, 2}
    assert cores(store) == [CORE]
    assert [found.id for found in current(store)] == [1]


def test_what_was_attached_is_so_again_when_a_split_is_undone(store: Store) -> None:
    """It was put apart from those who went out, for it was no part of what they became."""
    incidents.split(store, CORE[:2], [*CORE[2:], LOOSE], ANNA)
    incidents.merge(store, (BRAND,), CORE[:2], CORE[2:], replace(ANNA, at=LATER))
    (found,) = current(store)

    assert [one.domain for one in found.attached] == [LOOSE]


def test_a_domain_can_be_joined_to_a_core(store: Store) -> None:
    """The story says who decided it."""
    incidents.merge(store, (BRAND,), CORE, [LOOSE], ANNA)
    (found,) = current(store)
    (decision,) = [link for link in found.links if link.trait == "decision"]

    assert (found.attached, len(found.core)) == ((), 5)
    assert (decision.note, decision.value, decision.strength) == ("anna", "the same kit", 1.0)
    assert decision.domains == tuple(sorted((*CORE, LOOSE)))


@pytest.mark.parametrize("dismissed", [True, False])
@pytest.mark.parametrize("one", [*CORE, "x-marche.com", "y-marche.com", "z-marche.com"])
def test_a_merge_holds_when_one_of_them_is_taken_out(
    store: Store, one: str, dismissed: bool
) -> None:
    """Whichever it is, dismissed as harmless or put apart: the others are still one incident."""
    others = ("x-marche.com", "y-marche.com", "z-marche.com")
    for domain in others:
        add(store, domain, registrant_email="other@pinch.example")
        raise_alert(store, domain)
    incidents.merge(store, (BRAND,), CORE, others, ANNA)
    rest = sorted({*CORE, *others} - {one})
    if dismissed:
        store.execute("UPDATE alert SET state = ? WHERE domain = ?", (AlertState.DISMISSED, one))
    else:
        incidents.split(store, [one], rest, Person("anna", "a supporter", LATER))

    assert cores(store) == [tuple(rest)]


def test_the_gravest_incident_stands_first(store: Store) -> None:
    """By the gravest alert on any of its domains, for whatever brand."""
    for domain in ("x-marche.com", "y-marche.com"):
        add(store, domain, registrant_email="other@pinch.example")
        raise_alert(store, domain, severity=Level.LOW)
    before = [one.severity for one in current(store)]
    match = replace(MATCH, brand="zz.fr", name="x-marche.com", registrable="x-marche.com")
    alerts.save(store, replace(alert(match, Level.CRITICAL), id=0), {})
    after = [one.severity for one in current(store)]

    assert before == [Level.HIGH, Level.LOW]
    assert after == [Level.CRITICAL, Level.HIGH]


def test_an_empty_store_has_no_incidents(tmp_path: Path) -> None:
    """Nor does one with a single alert."""
    with Store(tmp_path / "other.db") as empty:
        assert current(empty) == ()
        add(empty, "a.fr", registrant_email="x@mail.com")
        raise_alert(empty, "a.fr")
        assert current(empty) == ()


def test_a_crowd_in_the_store_ties_nobody(store: Store) -> None:
    """Thirty more domains on one address, and it says nothing."""
    for domain in ("a.fr", "b.fr"):
        add(store, domain, a="80.82.69.134")
        raise_alert(store, domain)
    assert len(current(store)) == 2

    for number in range(30):
        add(store, f"shop{number}.example", a="80.82.69.134")
    assert len(current(store)) == 1


def test_of_a_crowd_no_more_are_read_than_show_that_it_is_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host has hundreds of customers, and each of its values was followed to all of them."""
    for number in range(300):
        add(store, f"shop{number}.example", mx="mx.host.example")
    read: list[str] = []
    whole = names.registrables
    monkeypatch.setattr(names, "registrables", lambda told: read.extend(told) or whole(told))
    carriers = Carriers(store, frozenset())

    assert carriers.few(("mx",), "mx.host.example", 100) == frozenset()
    assert len(read) == 101
    assert len(carriers.few(("mx",), "mx.host.example", 300)) == 300
    assert carriers.count(("mx",), "mx.host.example") == 300


@pytest.mark.parametrize(
    ("known", "joined"),
    [
        ({}, True),
        ({"neighbours": 4000}, False),
        ({"dedicated": False}, False),
        ({"dedicated": True}, True),
    ],
)
def test_what_is_known_of_a_shared_server_weakens_the_link(
    tmp_path: Path, known: dict[str, Value], joined: bool
) -> None:
    """By passive DNS, or by a person's word; the store alone knows two of thousands."""
    with Store(tmp_path / "hunter.db") as store:
        for domain in ("a-en-marche.fr", "b-en-marche.fr"):
            add(store, domain, a="80.82.69.134", **known)
            few = Fact(domain, "neighbours", 1, "passive_dns", NOW)
            facts.record(store, domain, [few], provider=few.provider, fields=[few.field], at=NOW)
            raise_alert(store, domain)

        assert bool(current(store)) is joined


def test_a_server_it_was_on_before_does_not_weaken_the_link(tmp_path: Path) -> None:
    """Parked among thousands at first, or told to be, which was taken back."""
    with Store(tmp_path / "hunter.db") as store:
        for domain in ("a-en-marche.fr", "b-en-marche.fr"):
            add(store, domain, a="80.82.69.134", registered=20170315, neighbours=4000)
            add(store, domain, neighbours=1)
            add(store, domain, dedicated=False)
            facts.record(store, domain, [], provider="rdap", fields=["dedicated"], at=LATER)
            raise_alert(store, domain)

        assert len(current(store)) == 1


def test_a_twin_on_the_server_does_not_weaken_the_link(tmp_path: Path) -> None:
    """That hunter knows another domain there is what ties the two, and no word of a host's."""
    with Store(tmp_path / "hunter.db") as store:
        for domain in ("a-en-marche.fr", "b-en-marche.fr"):
            add(store, domain, a="80.82.69.134")
            twin = Fact(domain, "dedicated", False, "neighbours", NOW)
            facts.record(store, domain, [twin], provider="neighbours", fields=[twin.field], at=NOW)
            raise_alert(store, domain)

        assert len(current(store)) == 1


def test_the_histories_of_those_in_no_incident_are_not_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of them their footprint is enough: with thousands of alerts they were most of what was read.

    The alerts of an incident's members, too, are read for it alone.
    """
    raise_alert(store, "alone-en-marche.fr")
    add(store, "alone-en-marche.fr", registrant_email="else@where.fr")
    read: list[str] = []
    whole, about = facts.history, alerts.about
    monkeypatch.setattr(facts, "history", lambda *asked: read.append(asked[1]) or whole(*asked))
    monkeypatch.setattr(alerts, "about", lambda *asked: read.append(asked[1]) or about(*asked))
    found = current(store)

    assert set(read) == {member.domain for one in found for member in one.members}
    assert "alone-en-marche.fr" not in read


def test_a_member_stands_in_its_gravest_alert_that_nobody_dismissed(store: Store) -> None:
    """The newest of those that are alike."""
    domain = CORE[0]
    raise_alert(store, domain, brand="a.fr", severity=Level.CRITICAL, state=AlertState.DISMISSED)
    raise_alert(store, domain, brand="b.fr", severity=Level.HIGH, score=99, updated_at=NOW)
    raise_alert(store, domain, brand="c.fr", severity=Level.HIGH, score=99, updated_at=LATER)
    (found,) = [one for incident in current(store) for one in incident.core if one.domain == domain]

    assert found.alert is not None
    assert found.alert.brand == "c.fr"


def test_a_member_stands_in_the_alert_in_which_it_imitates(store: Store) -> None:
    """However grave or new one is in which it is merely tied to another brand."""
    domain = CORE[0]
    tie = replace(MATCH, name=domain, registrable=domain, brand="a.fr", technique=LINKED)
    grave = {"severity": Level.CRITICAL, "score": 100, "updated_at": LATER}
    raise_alert(store, domain, brand="a.fr", match=tie, **grave)
    (found,) = [one for incident in current(store) for one in incident.core if one.domain == domain]

    assert found.dossier.brand == BRAND.domain
    assert found.dossier.fields["technique"] == MATCH.technique


def test_names_ordered_in_bulk_are_one_hand_over_the_store(tmp_path: Path) -> None:
    """Of the many facts of each, those are read by which hands are told apart."""
    with Store(tmp_path / "hunter.db") as store:
        for number in range(30):
            domain = f"bank{number}.fr"
            told = {"a": "193.29.187.40", "registrar": "GANDI", "registered": 20170401}
            add(store, domain, page_title="Welcome", **told)
            raise_alert(store, domain)
        (found,) = current(store)

    (link,) = found.links
    assert (link.trait, link.hands, len(found.core)) == ("address", 1, 30)


def test_what_could_not_be_found_out_ties_nobody(tmp_path: Path) -> None:
    """Two of whom nobody knows the registrant are not one registrant's."""
    with Store(tmp_path / "hunter.db") as store:
        for domain in ("bank-a.fr", "bank-b.fr"):
            add(store, domain, page_title="Welcome")
            unknown = [Fact(domain, "registrant_email", None, "rdap", NOW, "no answer")]
            facts.record(store, domain, unknown, provider="rdap", fields=(), at=NOW)
            raise_alert(store, domain)

        assert current(store) == ()


def test_of_many_incidents_the_gravest_alone_are_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page tells of ten, and of a year there are hundreds with thousands of members."""
    kits = {Level.CRITICAL: "kit-a.fr", Level.MEDIUM: "kit-b.fr"}
    for severity, mail in kits.items():
        for domain in (f"one-{mail}", f"two-{mail}"):
            add(store, domain, registrant_email=f"x@{mail}")
            raise_alert(store, domain, severity=severity)
    add(store, "three-kit-b.fr", registrant_email="x@kit-b.fr")
    gone = AlertState.DISMISSED
    raise_alert(store, "three-kit-b.fr", brand="b.fr", severity=Level.CRITICAL, state=gone)
    everything = current(store)
    read: list[str] = []
    whole = facts.history
    monkeypatch.setattr(facts, "history", lambda *asked: read.append(asked[1]) or whole(*asked))
    found, every = incidents.gravest(store, (BRAND,), NOW, most=1)

    assert [one.severity for one in everything] == [Level.CRITICAL, Level.HIGH, Level.MEDIUM]
    assert (found, every) == (everything[:1], 3)
    assert set(read) == {"one-kit-a.fr", "two-kit-a.fr"}


def test_whoever_is_tied_to_a_domain_is_told_without_a_number(store: Store) -> None:
    """Who looks at an alert writes nothing; a stranger is tied to nobody."""
    near = incidents.around(store, (BRAND,), NOW, CORE[0])
    loose = incidents.around(store, (BRAND,), NOW, LOOSE)

    assert near is not None
    assert near.core == CORE
    assert loose == near
    assert incidents.around(store, (BRAND,), NOW, "stranger.example") is None
    assert store.rows("SELECT * FROM incident_member") == []
