"""STIX 2.1, as the OASIS library reads it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import stix2
from hypothesis import given
from hypothesis import settings as limits
from stix2patterns.validator import validate

from hunter import wording
from hunter.contracts import Case
from hunter.exports import stix
from hunter.exports.stix import Settings
from hunter.lists.indicator_formats import read
from hunter.model import AlertState, Transition
from hunter.wording import notices
from tests.world.alerts import AT, STEERS, hostile
from tests.world.cases import (
    DOMAIN,
    HOST,
    NOW,
    case,
    hosted,
    hostile_cases,
    nameless,
    past,
    texts,
)


def exported(*cases: Case, **choices: Any) -> dict[str, Any]:
    """The bundle, after the library has read it and written it again without loss."""
    content = b"".join(stix.export(cases, Settings(**choices), NOW))
    bundle: dict[str, Any] = json.loads(content)
    parsed = stix2.parse(content.decode(), allow_custom=False, version="2.1")
    assert json.loads(parsed.serialize()) == bundle
    return bundle


def of(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The objects of one type."""
    return [one for one in bundle["objects"] if one["type"] == kind]


def test_it_imports_again_without_loss() -> None:
    """With everything the standard has for such a case."""
    bundle = exported(case())

    assert {one["type"] for one in bundle["objects"]} == {
        *("marking-definition", "identity", "domain-name", "ipv4-addr", "ipv6-addr"),
        *("x509-certificate", "email-addr", "infrastructure", "indicator", "relationship"),
        "report",
    }
    (report,) = of(bundle, "report")
    beside = {one["id"] for one in bundle["objects"][2:]} - {report["id"]}
    assert set(report["object_refs"]) == beside


def test_the_file_works_as_a_list_of_indicators() -> None:
    """Another hunter reads it."""
    assert read(b"".join(stix.export([case()], Settings(), NOW))).has_name(DOMAIN)


def test_it_is_described_in_the_words_of_a_mail_and_no_mail_is_made_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Headline, findings, unknowns and caveat; tables and next steps took most of the time."""
    one = case()
    mail = wording.notice(one.alert, one.dossier, one.alert.transitions, "1")
    monkeypatch.setattr(notices, "_notice", None)
    (indicator,) = of(exported(one), "indicator")

    told = indicator["description"].split("\n")
    assert (told[0], told[-1]) == (mail.headline, mail.caveat)
    assert [line.partition(":")[0] for line in told[1:-1]] == [
        *(finding.title for finding, _ in mail.findings),
        *(row.label for row in mail.unknowns),
    ]


def test_an_observable_has_the_id_that_everybody_gives_it() -> None:
    """As the library makes it from the same value."""
    bundle = exported(case())

    for one in of(bundle, "domain-name"):
        assert one["id"] == stix2.v21.DomainName(value=one["value"]).id
    for one in of(bundle, "email-addr"):
        assert one["id"] == stix2.v21.EmailAddress(value=one["value"]).id
    (one,) = of(bundle, "x509-certificate")
    assert one["id"] == stix2.v21.X509Certificate(serial_number="03a1").id
    assert one["validity_not_before"] == "2017-04-01T00:00:00Z"
    assert one["issuer"] == "CN=Let's Encrypt Authority X3"


def test_the_markings_are_the_standards_own() -> None:
    """With the ids that every platform knows."""
    for choice, theirs in (("clear", stix2.TLP_WHITE), ("red", stix2.TLP_RED)):
        (marking,) = of(exported(case(), tlp=choice), "marking-definition")
        assert marking["id"] == theirs.id
    bundle = exported(case())
    assert of(bundle, "indicator")[0]["object_marking_refs"] == [stix2.TLP_AMBER.id]


def test_an_address_that_leads_nowhere_is_not_handed_on() -> None:
    """Whoever blocks what they are given would block their own machine."""
    about = replace(case(), history=(past("a", "127.0.0.1"), past("a", "80.82.69.134")))

    assert [one["value"] for one in of(exported(about), "ipv4-addr")] == ["80.82.69.134"]


def test_where_the_domain_was_and_when() -> None:
    """An address that was left has an end; a host's address is the host's."""
    bundle = exported(case())
    by_id = {one["id"]: one for one in bundle["objects"]}
    seen = {
        (by_id[one["source_ref"]]["value"], by_id[one["target_ref"]]["value"]): one
        for one in of(bundle, "relationship")
        if one["relationship_type"] == "resolves-to"
    }

    left, now = seen[DOMAIN, "193.29.187.40"], seen[DOMAIN, "80.82.69.134"]
    assert (left["start_time"], left["stop_time"]) == (
        "2017-04-24T06:00:00Z",
        "2017-04-27T06:00:00Z",
    )
    assert "stop_time" not in now
    assert (HOST, "80.82.69.135") in seen


def test_what_else_belongs_to_the_domain_is_tied_to_it() -> None:
    """Servers, mailboxes, and the certificate that its server showed."""
    bundle = exported(case())
    by_id = {one["id"]: one for one in bundle["objects"]}
    ties = [one for one in of(bundle, "relationship") if one["relationship_type"] == "related-to"]
    tied = {by_id[one["target_ref"]].get("value", "03a1"): one["description"] for one in ties}

    assert {by_id[one["source_ref"]]["value"] for one in ties} == {DOMAIN}
    assert set(tied) == {
        *("ns1.monovm.com", "ns2.monovm.com", HOST, "johnpinch@mail.com"),
        *("hostmaster@monovm.com", "03a1"),
    }
    assert tied["03a1"] == "certificate that the domain's server showed"


def test_what_is_claimed_is_hedged() -> None:
    """The indicator says what was seen, how sure, and what would explain it otherwise."""
    (indicator,) = of(exported(case()), "indicator")

    assert indicator["pattern"] == f"[domain-name:value = '{DOMAIN}']"
    assert indicator["indicator_types"] == ["anomalous-activity"]
    assert indicator["confidence"] == 60
    assert "not proof of intent" in indicator["description"]
    assert "withheld by the registry" in indicator["description"]
    assert {one["external_id"] for one in indicator["external_references"]} == {
        "T1583.001",
        "G0007",
    }


def test_customers_hosts_are_looked_for_and_not_the_firm() -> None:
    """The pattern names what imitates; the firm has other customers."""
    (indicator,) = of(
        exported(hosted("en-marche.atlassian.net", "en-marche-vote.atlassian.net")), "indicator"
    )

    validate(indicator["pattern"], stix_version="2.1")
    assert indicator["pattern"] == (
        "[domain-name:value = 'en-marche-vote.atlassian.net'"
        " OR domain-name:value = 'en-marche.atlassian.net']"
    )


@pytest.mark.parametrize(
    ("state", "kind", "revoked"),
    [
        (AlertState.CONFIRMED, "malicious-activity", False),
        (AlertState.DISMISSED, "benign", True),
        (AlertState.ACKNOWLEDGED, "anomalous-activity", False),
    ],
)
def test_triage_shows(state: AlertState, kind: str, revoked: bool) -> None:
    """What a person dismissed is revoked, for those who imported it before."""
    (indicator,) = of(exported(case(state)), "indicator")

    assert indicator["indicator_types"] == [kind]
    assert indicator.get("revoked", False) is revoked


def test_what_a_person_confirmed_is_surer_than_any_score() -> None:
    """Whoever takes in only what is sure does not lose it by the confirmation."""
    confidences = [
        of(exported(replace(one, alert=replace(one.alert, score=100))), "indicator")[0][
            "confidence"
        ]
        for one in (case(), case(AlertState.CONFIRMED))
    ]

    assert confidences == [90, 95]


@pytest.mark.parametrize("state", [AlertState.ESCALATED, AlertState.CLOSED])
def test_what_a_person_confirmed_stays_sure_when_it_goes_on(state: AlertState) -> None:
    """To hand it on, or to have it taken down, takes nothing back."""
    sure = case(AlertState.CONFIRMED)
    life = (*sure.alert.transitions, Transition(AT + timedelta(days=1), state, ""))
    after = replace(sure, alert=replace(sure.alert, state=state, transitions=life))
    (indicator,) = of(exported(after), "indicator")

    assert (indicator["confidence"], indicator["indicator_types"]) == (95, ["malicious-activity"])


def mere_link(*kinds: AlertState) -> Case:
    """A firm's domain that shares a mailbox with a lookalike, and what was made of its alert."""
    one = case(domain="firm.example")
    match = replace(one.alert.match, technique="track", matched="", span=(0, 0), confidence=0.0)
    steps = tuple(Transition(AT + timedelta(days=1), kind, "") for kind in kinds)
    life, state = (*one.alert.transitions, *steps), (AlertState.NEW, *kinds)[-1]
    return replace(one, alert=replace(one.alert, match=match, transitions=life, state=state))


def test_nothing_points_at_what_only_shares_a_value_until_somebody_confirmed_it() -> None:
    """A squatter may have written a firm's mailbox down; what is known is told all the same."""
    bundle = exported(mere_link())

    assert of(bundle, "indicator") == []
    assert {one["relationship_type"] for one in of(bundle, "relationship")} == {
        *("consists-of", "resolves-to", "related-to"),
    }
    assert "firm.example" in {one["value"] for one in of(bundle, "domain-name")}
    (report,) = of(bundle, "report")
    assert report["report_types"] == ["observed-data"]
    assert "firm[.]example" in report["name"]


def test_what_was_confirmed_is_pointed_at_and_revoked_when_it_was_a_mistake() -> None:
    """Whoever escalates it leaves the indicator in force; a dismissal ends it by its own id."""
    escalated = exported(mere_link(AlertState.CONFIRMED, AlertState.ESCALATED))
    (live,) = of(escalated, "indicator")
    (report,) = of(escalated, "report")
    (dead,) = of(exported(mere_link(AlertState.CONFIRMED, AlertState.DISMISSED)), "indicator")

    assert (live["confidence"], report["report_types"]) == (95, ["indicator"])
    assert (dead["id"], dead["revoked"]) == (live["id"], True)


def test_nothing_points_at_what_the_config_says_is_yours() -> None:
    """It may know so before the alert is dismissed."""
    assert of(exported(replace(case(), is_left_out=True)), "indicator") == []


def test_what_was_revoked_stays_so_and_has_a_successor() -> None:
    """To revoke is for good (STIX 2.1, 3.2): who reopens what was dismissed begins anew."""
    first = case()
    days = [AT + timedelta(days=day) for day in range(1, 6)]
    kinds = ("closed", "reopened", "dismissed", "dismissed", "reopened")
    steps = tuple(map(Transition, days, kinds, [""] * 5))
    after = replace(first.alert, transitions=(*first.alert.transitions, *steps))

    (before,) = of(exported(first), "indicator")
    old, new = of(exported(replace(first, alert=after)), "indicator")
    assert (old["id"], old["revoked"], new.get("revoked", False)) == (before["id"], True, False)
    assert new["id"] != old["id"]
    assert (old["modified"], new["created"]) == (
        "2017-04-27T06:00:00.000Z",
        "2017-04-29T06:00:00.000Z",
    )
    again = Transition(AT + timedelta(days=7), "dismissed", "")
    late = replace(after, transitions=(*after.transitions, again), state=AlertState.DISMISSED)
    last = of(exported(replace(first, alert=late)), "indicator")
    assert [one["id"] for one in last] == [old["id"], new["id"]]
    assert [one["revoked"] for one in last] == [True, True]


def test_no_version_of_an_indicator_follows_the_one_that_is_revoked() -> None:
    """STIX 2.1, 3.6.2: whatever is learnt after the dismissal, and when that is taken back."""
    dismissed = case(AlertState.DISMISSED)
    (first,) = of(exported(dismissed), "indicator")

    seen = past("a", "80.82.69.136", first=AT + timedelta(days=9))
    later = replace(dismissed, history=(*dismissed.history, seen))
    assert of(exported(later), "indicator") == [first]
    steps = (*dismissed.alert.transitions, Transition(AT + timedelta(days=10), "reopened", ""))
    reopened = replace(dismissed.alert, state=AlertState.NEW, transitions=steps, score=99)
    assert of(exported(replace(later, alert=reopened)), "indicator")[0] == first


def test_what_an_indicator_points_at_is_no_older_than_it() -> None:
    """The tie of a second indicator begins with that, and not with the alert."""
    first = case(AlertState.DISMISSED)
    steps = (*first.alert.transitions, Transition(AT + timedelta(days=5), "reopened", ""))
    after = replace(first.alert, state=AlertState.NEW, transitions=steps)
    bundle = exported(replace(first, alert=after))

    _, new = of(bundle, "indicator")
    (tie,) = (one for one in of(bundle, "relationship") if one["source_ref"] == new["id"])
    assert (tie["created"], tie["start_time"]) == (new["created"], new["valid_from"])


def test_the_same_export_is_the_same_file_and_a_change_a_new_version() -> None:
    """Identities stay; `modified` moves when something is new, and the bundle with it."""
    first = case()
    updated = replace(first.alert, updated_at=AT + timedelta(days=9), state=AlertState.CONFIRMED)
    before, again = exported(first), exported(first)
    after = exported(replace(first, alert=updated))

    assert before == again
    assert [one["id"] for one in before["objects"]] == [one["id"] for one in after["objects"]]
    assert of(after, "indicator")[0]["modified"] == "2017-05-03T06:00:00.000Z"
    assert before["id"] != after["id"]


def test_two_brands_share_what_is_one() -> None:
    """One domain that imitates two brands: two indicators, one observable."""
    bundle = exported(case(), case(brand="marche.fr"))

    assert len(of(bundle, "indicator")) == len(of(bundle, "report")) == 2
    assert len([one for one in of(bundle, "domain-name") if one["value"] == DOMAIN]) == 1
    assert len({one["id"] for one in bundle["objects"]}) == len(bundle["objects"])


def test_without_history_the_dossier_speaks() -> None:
    """Whoever has no store at hand exports what the notice told."""
    bundle = exported(replace(case(), history=()))

    assert [one["value"] for one in of(bundle, "ipv4-addr")] == ["80.82.69.134"]


def test_of_several_certificates_none_is_made_up() -> None:
    """Facts do not tell which issuer belongs to which serial number."""
    whole = case()
    several = {**whole.dossier.fields, "cert_serial": ("01", "02")}

    bundle = exported(replace(whole, dossier=replace(whole.dossier, fields=several)))

    assert of(bundle, "x509-certificate") == []


def test_nothing_is_a_bundle_too() -> None:
    """With its marking; and a case whose domain is no name is left out."""
    assert len(exported()["objects"]) == len(exported(nameless("no name"))["objects"]) == 2


@limits(max_examples=40)
@given(hostile_cases)
def test_hostile_text_is_harmless(given_case: Case) -> None:
    """The bundle stays valid, its pattern too, and nothing in it steers a reader."""
    bundle = exported(given_case)

    validate(of(bundle, "indicator")[0]["pattern"], stix_version="2.1")
    assert [text for text in texts(bundle) if STEERS.search(text)] == []


@limits(max_examples=30)
@given(hostile)
def test_the_producer_may_be_called_anything(name: str) -> None:
    """A name is a name."""
    named = name.encode("utf-8", "replace").decode()[:200] or "hunter"

    assert [text for text in texts(exported(producer=named)) if STEERS.search(text)] == []
