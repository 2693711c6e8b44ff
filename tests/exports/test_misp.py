"""A MISP event, as MISP's own library loads it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import settings as limits
from pymisp import MISPEvent

from hunter import handover
from hunter.contracts import Case
from hunter.exports import misp
from hunter.exports.misp import Settings
from hunter.lists.indicator_formats import read
from hunter.model import AlertState, Level
from tests.world.alerts import AT, STEERS
from tests.world.cases import (
    DOMAIN,
    HOST,
    NOW,
    case,
    hosted,
    hostile_cases,
    nameless,
    texts,
)

LAST = AT + timedelta(days=3)
"""When something was learnt of the case last."""


def exported(*cases: Case, **choices: Any) -> MISPEvent:
    """The event as pymisp loads it."""
    event = MISPEvent(strict_validation=False)
    event.load(b"".join(misp.export(cases, Settings(**choices), NOW)))
    return event


def raw(*cases: Case, **choices: Any) -> dict[str, Any]:
    """The event as it is written."""
    event: dict[str, Any] = json.loads(b"".join(misp.export(cases, Settings(**choices), NOW)))[
        "Event"
    ]
    return event


def test_misp_loads_the_event() -> None:
    """With marking, threat level and one attribute to detect by."""
    event = exported(case())

    assert event.info == "Lookalikes of en-marche[.]fr, as hunter saw them"
    assert [tag.name for tag in event.tags] == ["tlp:amber"]
    assert str(event.threat_level_id) == "1"
    assert str(event.date) == "2017-04-24"
    assert [(one.type, one.value, one.to_ids) for one in event.attributes] == [
        ("domain", DOMAIN, True)
    ]


def test_the_objects_keep_to_their_templates() -> None:
    """Every part is one that MISP's template of that name and version knows."""
    event = exported(case())

    assert {one.name for one in event.objects} == {"domain-ip", "whois", "x509"}
    for one in event.objects:
        assert one._known_template, one.name
        assert str(one.template_version) == str(one._definition["version"])
        assert one.template_uuid == one._definition["uuid"]
        for part in one.attributes:
            known = one._definition["attributes"][part.object_relation]
            assert part.type == known["misp-attribute"]


def test_where_the_domain_was_and_when() -> None:
    """One object for each name and address, with the time it held."""
    found = {
        tuple(part["value"] for part in one["Attribute"]): one
        for one in raw(case())["Object"]
        if one["name"] == "domain-ip"
    }

    left = found[DOMAIN, "193.29.187.40"]
    assert left["first_seen"] == "2017-04-24T06:00:00.000000+00:00"
    assert left["last_seen"] == "2017-04-27T06:00:00.000000+00:00"
    assert (HOST, "80.82.69.135") in found


def test_who_registered_it() -> None:
    """As the registry told."""
    (whois,) = [one for one in raw(case())["Object"] if one["name"] == "whois"]
    told = {(one["object_relation"], one["value"]) for one in whois["Attribute"]}

    assert ("domain", DOMAIN) in told
    assert ("registrant-email", "johnpinch@mail.com") in told
    assert ("creation-date", "2017-03-15T00:00:00.000000+00:00") in told
    assert ("registrar", "Registrar SAS") in told
    assert ("nameserver", "ns1.monovm.com") in told
    assert {one["timestamp"] for one in whois["Attribute"]} == {str(int(LAST.timestamp()))}


def test_nobody_detects_by_what_others_share() -> None:
    """Addresses and name servers are told, and only the domain is looked for."""
    event = raw(case())
    parts = [part for one in event["Object"] for part in one["Attribute"]]

    assert [one["value"] for one in event["Attribute"] if one["to_ids"]] == [DOMAIN]
    assert not any(part["to_ids"] for part in parts)
    assert event["published"] is False
    assert {part["value"] for part in parts if part["type"] == "hostname"} >= {HOST}
    assert DOMAIN not in {part["value"] for part in parts if part["type"] == "hostname"}


def test_of_several_cases_the_gravest_and_the_first_count() -> None:
    """Threat level and day of the event."""
    lesser = case(domain="mail-en-marche.fr")
    later = AT + timedelta(days=20)
    lesser = replace(
        lesser, alert=replace(lesser.alert, severity=Level.LOW, opened_at=later, updated_at=later)
    )
    for cases in ((case(), lesser), (lesser, case())):
        event = raw(*cases)

        assert (event["threat_level_id"], event["date"]) == ("1", "2017-04-24")


def test_misp_takes_every_later_export() -> None:
    """It refuses an event that is no newer than its own, as that of a part written later may be."""
    event = raw(case())

    assert event["timestamp"] == str(int(NOW.timestamp()))
    assert event["Attribute"][0]["timestamp"] == str(int(LAST.timestamp()))


def test_each_brand_has_an_event_of_its_own() -> None:
    """MISP takes no identity in two events, and no name twice in one: brands come and go."""
    both = json.loads(b"".join(misp.export([case(), case(brand="marche.fr")], Settings(), NOW)))

    events = [one["Event"] for one in both["response"]]
    assert events == [raw(case()), raw(case(brand="marche.fr"))]
    assert [[one["value"] for one in event["Attribute"]] for event in events] == [[DOMAIN]] * 2
    assert len({event["uuid"] for event in events}) == 2


def test_when_a_case_changed_is_found_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that its event tells of it bears that time, and each part read its whole history."""
    found: list[str] = []
    whole = handover.changed_at
    monkeypatch.setattr(
        handover, "changed_at", lambda case: found.append(case.alert.domain) or whole(case)
    )
    event = raw(case())

    assert len(event["Object"]) > 1
    assert found == [DOMAIN]


def test_what_may_change_is_no_tag() -> None:
    """An update of MISP's adds tags and takes none away: an alert would be new for ever."""
    (attribute,) = raw(case(AlertState.CONFIRMED))["Attribute"]

    assert "Tag" not in attribute
    assert attribute["comment"].startswith("high, confirmed: ")


def test_the_certificate_that_its_server_showed() -> None:
    """With who issued it, for whom and until when."""
    (found,) = [one for one in raw(case())["Object"] if one["name"] == "x509"]

    assert {(one["object_relation"], one["value"]) for one in found["Attribute"]} >= {
        ("serial-number", "03a1"),
        ("issuer", "CN=Let's Encrypt Authority X3"),
        ("validity-not-after", "2017-06-30T00:00:00.000000+00:00"),
    }


def test_what_is_not_known_is_no_object() -> None:
    """Nor is one of two certificates, of which nobody can tell what belongs to which."""
    whole = case()
    fields = {"cert_serial": ("01", "02"), "registrant_email": "REDACTED", "ns": "not told"}
    known = replace(whole, dossier=replace(whole.dossier, fields=fields))

    assert {one["name"] for one in raw(known)["Object"]} == {"domain-ip"}


def test_what_was_dismissed_is_not_to_be_detected() -> None:
    """It stays in the event, so that an import takes the old mark away."""
    (attribute,) = raw(case(AlertState.DISMISSED))["Attribute"]

    assert attribute["to_ids"] is False


def test_what_only_shares_a_value_is_detected_when_somebody_confirmed_it() -> None:
    """A squatter may write a firm's mailbox into a registration."""

    def detected(state: AlertState) -> bool:
        one = case(state)
        linked = replace(one.alert.match, technique="track", confidence=0.0)
        (attribute,) = raw(replace(one, alert=replace(one.alert, match=linked)))["Attribute"]
        return bool(attribute["to_ids"])

    assert (detected(AlertState.NEW), detected(AlertState.CONFIRMED)) == (False, True)


def test_what_is_ours_by_now_is_not_to_be_detected() -> None:
    """The config may know it before the alert is dismissed."""
    (attribute,) = raw(replace(case(), is_left_out=True))["Attribute"]

    assert attribute["to_ids"] is False


def test_a_customers_host_is_detected_and_not_the_firm() -> None:
    """Both are in the event; MISP raises no alarm at the firm's other customers."""
    found = raw(hosted("en-marche.atlassian.net"))["Attribute"]

    assert [(one["type"], one["value"], one["to_ids"]) for one in found] == [
        ("domain", "atlassian.net", False),
        ("hostname", "en-marche.atlassian.net", True),
    ]


def test_a_second_import_updates_the_first() -> None:
    """The same identities, each once."""
    cases = (case(), case(domain="mail-en-marche.fr"))
    first, again = raw(*cases), raw(*cases)
    found = [
        *(one["uuid"] for one in first["Attribute"]),
        *(one["uuid"] for one in first["Object"]),
        *(part["uuid"] for one in first["Object"] for part in one["Attribute"]),
    ]

    assert first == again
    assert raw(case())["uuid"] == first["uuid"]
    assert raw(case(brand="marche.fr"))["uuid"] != first["uuid"]
    assert len(found) == len(set(found))
    assert all(str(UUID(one)) == one for one in found)


@pytest.mark.parametrize(("choice", "number"), [("organisation", "0"), ("all", "3")])
def test_who_may_see_it_is_a_choice(choice: str, number: str) -> None:
    """MISP's own numbers stand behind the words; nobody else sees it by default."""
    assert raw(case(), distribution=choice)["distribution"] == number
    assert raw(case())["distribution"] == "0"


def test_another_hunter_reads_it() -> None:
    """As a list of indicators."""
    assert read(b"".join(misp.export([case()], Settings(), NOW))).has_name(DOMAIN)


def test_nothing_is_an_event_too() -> None:
    """And a case whose domain is no name is left out."""
    assert exported().attributes == exported(nameless("no name")).attributes == []


@limits(max_examples=40)
@given(hostile_cases)
def test_hostile_text_is_harmless(given_case: Case) -> None:
    """The event loads, and nothing in it steers a reader."""
    exported(given_case)

    assert [text for text in texts(raw(given_case)) if STEERS.search(text)] == []
