"""Standing watches: what deserves one, and what a find is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter import tracks
from hunter.model import Alert, AlertState, Dossier, Level, PastFact, Track, Transition, Value
from hunter.tracks import Watchlist
from tests.world.alerts import MATCH, alert

GRAVE = alert(severity=Level.HIGH)
TRACK = Track("registrant_email", "johnpinch@mail.com", "en-marche.fr", "onedrive-en-marche.fr")

SEEN = datetime(2017, 4, 24, tzinfo=UTC)


def dossier(*addresses: str) -> Dossier:
    """The alert's domain with these registrant addresses."""
    fields: dict[str, Value | tuple[Value, ...]] = {"registrar": "R"}
    if addresses:
        fields["registrant_email"] = addresses if len(addresses) > 1 else addresses[0]
    return Dossier(GRAVE.domain, GRAVE.brand, SEEN, fields)


def test_a_grave_alerts_registrant_is_watched() -> None:
    """Each address, for the alert's brand, because of its domain."""
    assert tracks.worth_watching(GRAVE, dossier("johnpinch@mail.com")) == (TRACK,)
    assert len(tracks.worth_watching(GRAVE, dossier("a@mail.com", "b@mail.com"))) == 2
    assert tracks.worth_watching(GRAVE, dossier()) == ()


def test_a_lesser_alert_suggests_no_watch() -> None:
    """Whoever owns an ordinary name is left in peace."""
    lesser = replace(GRAVE, severity=Level.MEDIUM)

    assert tracks.worth_watching(lesser, dossier("johnpinch@mail.com")) == ()


def test_a_dismissed_alert_brings_no_watch() -> None:
    """It is judged again and again, and woke the tracks that rest because of it each time."""
    harmless = replace(GRAVE, state=AlertState.DISMISSED)

    assert tracks.worth_watching(harmless, dossier("johnpinch@mail.com")) == ()


def test_a_find_of_a_track_suggests_no_further_watch() -> None:
    """Each step away from the brand is weaker."""
    found = replace(GRAVE, match=replace(MATCH, technique="track"))

    assert tracks.worth_watching(found, dossier("other@mail.com")) == ()


@pytest.mark.parametrize(
    "address",
    [
        "abc123@whoisguard.com",
        "en-marche.co@privacyprotect.org",
        "REDACTED FOR PRIVACY",
        "x@contactprivacy.com",
        "domains@domainsbyproxy.com",
        "gdpr-masking@gdpr-masked.com",
        "abuse@registrar.example",
    ],
)
def test_a_service_that_stands_for_many_is_not_watched(address: str) -> None:
    """Half the world's registrations share it."""
    assert tracks.worth_watching(GRAVE, dossier(address)) == ()


def suggested(found: Alert, **fields: Value) -> list[tuple[str, str]]:
    """Field and value of what the alert suggests to watch, where its domain has these facts."""
    known = Dossier(found.domain, found.brand, SEEN, fields)
    telling = [(found, known)] if tracks.suggests(found) else []
    return [
        (one.track.field, one.track.value)
        for one in tracks.suggestions(telling, lambda _: 1, lambda _: 0)
        if not one.refused
    ]


@pytest.mark.parametrize(
    ("state", "severity", "suggests"),
    [
        (AlertState.NEW, Level.HIGH, True),
        (AlertState.CONFIRMED, Level.LOW, True),
        (AlertState.NEW, Level.MEDIUM, False),
        (AlertState.DISMISSED, Level.CRITICAL, False),
        (AlertState.CLOSED, Level.CRITICAL, False),
    ],
)
def test_who_is_grave_or_confirmed_suggests_watches(
    state: AlertState, severity: Level, suggests: bool
) -> None:
    """And nobody of whom a person said that they are harmless, or gone."""
    said = (Transition(SEEN, state, ""),)
    found = replace(GRAVE, state=state, severity=severity, transitions=said)

    assert suggested(found, a="80.82.69.134") == ([("a", "80.82.69.134")] if suggests else [])


def test_what_was_confirmed_suggests_watches_when_it_is_escalated() -> None:
    """Whoever hands it on to somebody else has not changed their mind."""
    said = tuple(Transition(SEEN, one, "") for one in (AlertState.CONFIRMED, AlertState.ESCALATED))
    found = replace(GRAVE, state=AlertState.ESCALATED, severity=Level.LOW, transitions=said)

    assert suggested(found, a="80.82.69.134") == [("a", "80.82.69.134")]


def test_who_carries_a_value_is_counted_once_for_all_alerts() -> None:
    """Thousands of alerts may share a name server, each of which was counted out for each."""
    known = Dossier(GRAVE.domain, GRAVE.brand, SEEN, {"a": "80.82.69.134"})
    counted: list[str] = []
    found = [(GRAVE, known)] * 3
    told = list(tracks.suggestions(found, lambda one: counted.append(one.value) or 1, lambda _: 0))

    assert counted == ["80.82.69.134"]
    assert [one.track.value for one in told] == counted


def test_a_person_comes_first_then_what_several_share_and_fewest_others_do() -> None:
    """A host's name servers have customers beside the squatters."""
    both = {"ns_domain": ("host.example", "own.example")}
    found = [
        (GRAVE, Dossier(GRAVE.domain, GRAVE.brand, SEEN, {**both, "a": "80.82.69.134"})),
        (
            replace(GRAVE, domain="b.fr"),
            Dossier("b.fr", GRAVE.brand, SEEN, {**both, "registrant_email": "p@mail.com"}),
        ),
    ]
    carried = {"host.example": 40, "own.example": 3}
    told = tracks.suggestions(found, lambda one: carried.get(one.value, 1), lambda _: 0)

    wanted = ["p@mail.com", "own.example", "host.example", "80.82.69.134"]
    assert [one.track.value for one in told] == wanted


def test_of_many_suggestions_no_more_are_counted_than_are_told() -> None:
    """The store of a year has thousands of certificate keys, each with one domain."""
    keys = [f"{number:064x}" for number in range(9)]
    found = [
        (
            replace(GRAVE, domain=f"a{key[-1]}.fr"),
            Dossier("", GRAVE.brand, SEEN, {"cert_key": key, "a": "10.0.0.1"}),
        )
        for key in keys
    ]
    counted: list[str] = []
    good, refused = tracks.most_telling(
        tracks.suggestions(found, lambda one: counted.append(one.value) or 1, lambda _: 0), 3
    )

    assert [one.track.value for one in good] == keys[:3]
    assert [one.track.value for one in refused] == ["10.0.0.1"]
    assert counted == ["10.0.0.1", *keys[:3]]


@pytest.mark.parametrize(
    ("mailbox", "suggests"),
    [
        ("pinch@mail.com", True),
        ("pinch.squatter.example", True),
        ("dns-team@agency-hosting.example", False),
        ("root.server12.agency-hosting.example", False),
        ("hostmaster@panel.example", False),
    ],
)
def test_the_mailbox_of_who_runs_the_name_servers_is_not_suggested(
    mailbox: str, suggests: bool
) -> None:
    """It stands in the zones of all their customers; the servers are suggested themselves."""
    told = suggested(GRAVE, soa_mailbox=mailbox, past_ns_domain="agency-hosting.example")

    assert (("soa_mailbox", mailbox) in told) is suggests
    assert ("ns_domain", "agency-hosting.example") in told


def test_a_value_is_suggested_once_as_what_it_is() -> None:
    """The same address in two places is one, and a colon makes no address of a company."""
    facts = {"aaaa": "2a00:1450::1", "origin_ip": "2A00:1450::1", "registrant_org": "Group: Pinch"}

    assert suggested(GRAVE, **facts) == [
        ("aaaa", "2a00:1450::1"),
        ("registrant_org", "Group: Pinch"),
    ]


def test_a_find_is_a_match_without_a_likeness() -> None:
    """It says why it is looked at, and claims nothing about the name."""
    found = tracks.match_for(TRACK, "Accounts-Office.FR.")

    assert found is not None
    assert (found.name, found.registrable) == ("accounts-office.fr", "accounts-office.fr")
    assert (found.brand, found.technique) == ("en-marche.fr", "track")
    assert (found.matched, found.span, found.confidence) == ("", (0, 0), 0.0)
    assert "johnpinch[@]mail[.]com" in found.reason


@pytest.mark.parametrize(
    "name",
    [
        "en-marche.fr",
        "don.en-marche.fr",
        "onedrive-en-marche.fr",
        "mail.onedrive-en-marche.fr",
        "not a name",
        "192.0.2.1",
        "",
    ],
)
def test_the_brands_own_and_what_is_known_are_no_finds(name: str) -> None:
    """Nor is what is no name."""
    assert tracks.match_for(TRACK, name) is None


@given(st.text(max_size=80))
def test_any_answer_of_a_search_is_a_find_or_nothing(name: str) -> None:
    """A search service may answer anything."""
    found = tracks.match_for(TRACK, name)

    assert found is None or found.name.isascii()


def test_a_string_is_found_once_a_line_wherever_it_stands() -> None:
    """At the very beginning, in capitals, at the end; not where a word is to be left out."""
    track = replace(TRACK, field="string", value="marche", excludes=("supermarche",))
    names = ("marche-don.fr\r", "other.fr", "X.En-MARCHE.com", "supermarche.fr", "marche-marche.fr")

    assert list(tracks.holding(track, "\n".join((*names, "en-marche.fr")).encode())) == [
        ("marche-don.fr", 0),
        ("x.en-marche.com", 2),
        ("marche-marche.fr", 4),
        ("en-marche.fr", 5),
    ]


def fact(field: str, value: Value | None) -> PastFact:
    """A fact about the alert's domain."""
    return PastFact(GRAVE.domain, field, value, "dns", SEEN, SEEN, None)


def test_a_domain_is_a_find_of_the_tracks_whose_values_it_carries_and_of_no_other() -> None:
    """Whatever the case, a number as text, an address in any of its places or its network."""
    registrant, asn, address, network, _ = watched = (
        TRACK,
        replace(TRACK, field="asn", value="51177"),
        replace(TRACK, field="a", value="80.82.69.134"),
        replace(TRACK, field="network", value="80.82.64.0/20"),
        replace(TRACK, field="string", value="marche"),
    )
    listed = Watchlist(watched)

    assert listed.carried([fact("registrant_email", "JohnPinch@mail.com")]) == (registrant,)
    assert listed.carried([fact("asn", 51177)]) == (asn,)
    assert set(listed.carried([fact("origin_ip", "80.82.69.134")])) == {address, network}
    assert listed.carried([fact("host_address", "80.82.79.255")]) == (network,)
    strangers = {
        "registrant_email": "pinch@mail.com",
        "asn": 51178,
        "a": "80.82.80.0",
        "aaaa": "2001:db8::1",
        "txt": "80.82.69.134",
        "host_address": "none",
        "registrant_org": None,
    }
    assert listed.carried([fact(*one) for one in strangers.items()]) == ()


def test_what_more_than_fifty_domains_carry_points_at_nobody() -> None:
    """Fifty may still be one actor's."""
    assert tracks.refusal(TRACK, 50) == ""
    assert tracks.refusal(TRACK, 51).startswith("51 domains in the store carry")
