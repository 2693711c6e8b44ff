"""Alerts: opened once, raised for the worse, never repeated for the same state."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter import alerts
from hunter.ladder import highest
from hunter.model import (
    REOPENED,
    Alert,
    AlertState,
    Dossier,
    Finding,
    Level,
    Match,
    Stage,
    Transition,
    Value,
)

START = datetime(2017, 4, 13, 12, tzinfo=UTC)
MATCH = Match(
    "en-marche.co", "en-marche.co", "en-marche.fr", "tld-swap", "en-marche", (0, 9), 0.95, "because"
)
NAME_RULE = Finding("name", "Looks like the brand", Level.MEDIUM, 30, ())
MAIL_RULE = Finding("mail", "Can take mail", Level.HIGH, 50, ())
CDN_RULE = Finding("cdn", "Hidden behind a CDN", Level.MEDIUM, 40, ())
WORST_RULE = Finding("worst", "All at once", Level.CRITICAL, 90, ())
FAINT_RULE = Finding("faint", "A young name", Level.LOW, 5, ())
RULES = (NAME_RULE, MAIL_RULE, CDN_RULE, WORST_RULE, FAINT_RULE)

Fields = dict[str, Value | tuple[Value, ...]]


@dataclass
class People:
    """Those who are told: the alert as stored, and what they know."""

    alert: Alert | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    day: int = 0
    minimum: Level = Level.MEDIUM

    def hear(
        self, *findings: Finding, stage: Stage | None = None, **fields: Value | tuple[Value, ...]
    ) -> list[str]:
        """The news of the next day, as kind and text."""
        self.day += 1
        shown: Fields = {**fields, "stage": str(stage if stage is not None else highest(fields))}
        at = START + timedelta(days=self.day)
        dossier = Dossier(MATCH.registrable, MATCH.brand, at, shown)
        decided = alerts.decide(
            self.alert, self.told, dossier, MATCH, findings, minimum=self.minimum
        )
        if decided is None:
            return []
        self.alert = replace(decided.alert, id=7)
        self.told = json.loads(json.dumps(dict(decided.told)))
        return [f"{one.kind}: {one.text}" for one in decided.news]

    def say(self, kind: str) -> None:
        """A person's triage."""
        assert self.alert is not None
        state = AlertState.NEW if kind == REOPENED else AlertState(kind)
        said = Transition(START + timedelta(days=self.day), kind, "a club", "ana")
        steps = (*self.alert.transitions, said)
        self.alert = replace(self.alert, state=state, transitions=steps)


def kinds(news: list[str]) -> list[str]:
    """What sort of news it was."""
    return [one.partition(":")[0] for one in news]


def test_an_alert_opens_at_the_minimum_and_not_below() -> None:
    """A young name alone writes to nobody; the first rule of the minimum's level does."""
    people = People()

    assert people.hear() == []
    assert people.hear(FAINT_RULE) == []
    assert people.alert is None
    assert kinds(people.hear(FAINT_RULE, NAME_RULE, ns_domain="monovm.com")) == ["opened"]
    assert people.alert is not None
    assert (people.alert.severity, people.alert.score) == (Level.MEDIUM, 35)
    assert people.alert.findings == (FAINT_RULE, NAME_RULE)
    assert people.alert.opened_at == START + timedelta(days=3)


def test_the_same_state_again_says_nothing() -> None:
    """Nor does it move the alert."""
    people = People()
    people.hear(NAME_RULE, ns_domain="monovm.com", a="192.0.2.1")
    before = people.alert

    assert people.hear(NAME_RULE, ns_domain="monovm.com", a="192.0.2.1") == []
    assert people.alert == before


def test_what_is_told_stands_in_the_alert() -> None:
    """Its opening and all news, in each language; and it was last changed when there was some."""
    people = People()
    told = people.hear(NAME_RULE) + people.hear(NAME_RULE) + people.hear(NAME_RULE, MAIL_RULE)

    assert people.alert is not None
    assert [f"{one.kind}: {one.text}" for one in people.alert.transitions] == told
    french = [one.translations["fr"] for one in people.alert.transitions]
    assert len(set(french)) == len(told)
    assert set(french).isdisjoint(one.text for one in people.alert.transitions)
    assert people.alert.updated_at == START + timedelta(days=3)


def test_an_alert_takes_on_the_match_that_is_in_force_now() -> None:
    """A host under the domain may tell more than the domain did when the alert was opened."""
    people = People()
    people.hear(NAME_RULE)
    dossier = Dossier(MATCH.registrable, MATCH.brand, START, {"stage": str(Stage.UNREGISTERED)})
    better = replace(MATCH, name="login.en-marche.co", confidence=0.99)
    decided = alerts.decide(
        people.alert, people.told, dossier, better, [NAME_RULE], minimum=Level.MEDIUM
    )

    assert decided is not None
    assert decided.alert.match == better


def test_graver_is_told_once() -> None:
    """Also when it was less grave for a while."""
    people = People()
    people.hear(NAME_RULE)

    assert kinds(people.hear(NAME_RULE, MAIL_RULE)) == ["raised", "raised"]
    assert people.hear(NAME_RULE, MAIL_RULE) == []
    assert people.hear(NAME_RULE) == []
    assert people.alert is not None
    assert people.alert.severity is Level.MEDIUM
    assert people.hear(NAME_RULE, MAIL_RULE) == []
    assert people.alert.severity is Level.HIGH


def test_a_step_up_the_ladder_is_told_once() -> None:
    """Mail servers that come, go and come again are one piece of news."""
    people = People()
    people.hear(NAME_RULE, ns="ns1.monovm.com")

    (news,) = people.hear(NAME_RULE, ns="ns1.monovm.com", has_mx=True)
    assert "mail servers" in news
    assert people.hear(NAME_RULE, ns="ns1.monovm.com") == []
    assert people.hear(NAME_RULE, ns="ns1.monovm.com", has_mx=True) == []


def test_mail_is_told_also_when_it_comes_late() -> None:
    """It is the loudest step: below a page that answers already, and together with one."""
    late, together = People(), People()
    late.hear(NAME_RULE, a="192.0.2.1", page_status=200)
    together.hear(NAME_RULE, a="192.0.2.1")

    (news,) = late.hear(NAME_RULE, a="192.0.2.1", page_status=200, has_mx=True)
    assert "mail servers" in news
    assert late.hear(NAME_RULE, a="192.0.2.1", page_status=200, has_mx=True) == []
    both = together.hear(NAME_RULE, a="192.0.2.1", page_status=200, has_mx=True)
    assert ["mail servers" in both[0], "page" in both[1]] == [True, True]


def test_a_fall_stands_in_the_history_once_and_is_told_to_nobody() -> None:
    """The same fall again is not repeated, another one is."""
    people = People()
    people.hear(NAME_RULE, ns="ns1.monovm.com", a="192.0.2.1")

    assert people.hear(NAME_RULE, ns="ns1.monovm.com") == []
    assert people.hear(NAME_RULE, ns="ns1.monovm.com", a="192.0.2.1") == []
    assert people.hear(NAME_RULE, ns="ns1.monovm.com") == []
    assert people.hear(NAME_RULE, dns_status="absent") == []
    assert people.alert is not None
    fell = [one.text for one in people.alert.transitions if one.kind == "fell"]
    assert [("fell back" in text, "no longer" in text) for text in fell] == [
        (True, False),
        (False, True),
    ]


def test_a_fall_is_told_from_where_the_domain_last_stood() -> None:
    """Not from as high as it ever stood."""
    people = People()
    for stage in (Stage.MAIL, Stage.ADDRESS, Stage.NAME_SERVERS):
        people.hear(NAME_RULE, stage=stage)

    assert people.alert is not None
    fell = [one.text for one in people.alert.transitions if one.kind == "fell"]
    assert ["mail" in text for text in fell] == [True, False]


def test_what_was_told_before_steps_were_kept_is_not_told_again() -> None:
    """An alert of an older hunter knows its highest step alone."""
    people = People()
    people.hear(NAME_RULE, a="192.0.2.1", has_mx=True)
    older = {
        key: value for key, value in people.told.items() if key not in {"steps", "stands", "falls"}
    }
    people.told = older

    assert people.hear(NAME_RULE, a="192.0.2.1", has_mx=True) == []
    assert people.hear(NAME_RULE, ns="ns1.monovm.com") == []


def test_the_next_step_of_an_alert_from_before_steps_were_kept_is_told() -> None:
    """Its highest step is known, and none above."""
    people = People()
    people.hear(NAME_RULE, ns="ns1.monovm.com")
    people.told = {key: value for key, value in people.told.items() if key != "steps"}

    assert kinds(people.hear(NAME_RULE, a="192.0.2.1")) == ["raised"]


def test_a_certificate_is_a_step_up() -> None:
    """Only sources know of it; no enricher's field tells."""
    people = People()
    people.hear(NAME_RULE, a="192.0.2.1")

    (news,) = people.hear(NAME_RULE, stage=Stage.CERTIFICATE, a="192.0.2.1")
    assert "certificate" in news


def test_the_first_address_is_told_once_of_who_had_a_certificate_without_one() -> None:
    """A log tells of most names before they resolve: that they go live is news."""
    people = People()
    people.hear(NAME_RULE, stage=Stage.CERTIFICATE)

    (news,) = people.hear(NAME_RULE, stage=Stage.CERTIFICATE, a="192.0.2.1")
    assert "now points to an address" in news
    assert people.hear(NAME_RULE, stage=Stage.CERTIFICATE) == []
    assert people.hear(NAME_RULE, stage=Stage.CERTIFICATE, a="192.0.2.2") == []


def test_the_first_address_is_told_beside_a_certificate_that_came_with_it() -> None:
    """A name that a log has before its zone is not there yet, and has both at its next look."""
    people = People()
    people.hear(NAME_RULE, stage=Stage.UNREGISTERED, source="ct_logs", dns_status="absent")

    news = people.hear(
        NAME_RULE, stage=Stage.CERTIFICATE, source="ct_logs", dns_status="found", a="192.0.2.1"
    )
    assert len(news) == 2
    assert "now points to an address" in news[0]
    assert "certificate" in news[1]


def test_a_page_tells_of_the_address_too() -> None:
    """Where it is shown at once, and where it was shown before."""
    people = People()
    people.hear(NAME_RULE, stage=Stage.CERTIFICATE)
    (news,) = people.hear(NAME_RULE, stage=Stage.WEB, a="192.0.2.1", page_status=200)
    assert "page" in news

    others = People()
    others.hear(NAME_RULE, stage=Stage.WEB, page_status=200)
    assert others.hear(NAME_RULE, stage=Stage.WEB, a="192.0.2.1", page_status=200) == []


def test_going_live_is_told_of_who_stood_at_an_address_that_leads_nowhere() -> None:
    """A registrar's first 127.0.0.1 must not use up the step to a server."""
    people = People()
    people.hear(NAME_RULE, a="127.0.0.1")

    (news,) = people.hear(NAME_RULE, a="192.0.2.1")
    assert "now points to an address" in news


def test_what_the_next_holder_sets_up_is_told_though_the_last_one_had_it() -> None:
    """Mail of another one's is news: the loudest there is."""
    people = People()
    people.hear(NAME_RULE, MAIL_RULE, registered=20150101, a="192.0.2.1", has_mx=True)
    people.say("dismissed")
    assert kinds(people.hear(NAME_RULE, registered=20170415)) == ["reopened"]

    news = people.hear(NAME_RULE, MAIL_RULE, registered=20170415, has_mx=True)
    assert [one.partition(".")[0] for one in news] == [
        "raised: Severity raised from medium to high",
        "raised: It now has mail servers: it can receive mail, and send it convincingly",
        "raised: Another rule fires (high): Can take mail",
    ]
    assert people.hear(NAME_RULE, MAIL_RULE, registered=20170415, has_mx=True) == []


def test_the_first_page_is_told_of_who_only_had_a_server_that_fails() -> None:
    """A delivery network answers with an error for a server that is not there yet."""
    people = People()
    people.hear(NAME_RULE, a="192.0.2.1", page_status=521)

    (news,) = people.hear(NAME_RULE, a="192.0.2.1", page_status=200)
    assert "web page now answers" in news


def test_an_equally_grave_rule_is_told_once() -> None:
    """It is another reason to look, even though the severity stays."""
    people = People()
    people.hear(NAME_RULE)

    (news,) = people.hear(NAME_RULE, CDN_RULE)
    assert CDN_RULE.title in news
    assert people.hear(NAME_RULE) == []
    assert people.hear(NAME_RULE, CDN_RULE) == []


def test_a_lesser_rule_on_a_grave_alert_is_no_news() -> None:
    """It is kept with the alert, and nobody is written to for it."""
    people = People()
    people.hear(MAIL_RULE)

    assert people.hear(MAIL_RULE, CDN_RULE, FAINT_RULE) == []
    assert people.alert is not None
    assert len(people.alert.findings) == 3


@pytest.mark.parametrize("watched", alerts.WATCHED)
def test_a_change_of_a_watched_field_is_told_once(watched: str) -> None:
    """Before and after are told; a value that comes back is no news, however often it flips."""
    people = People()
    people.hear(NAME_RULE, **{watched: "one.example"})

    (news,) = people.hear(NAME_RULE, **{watched: "other.example"})
    assert news.startswith("changed: ")
    assert "one[.]example" in news
    assert "other[.]example" in news
    for value in ("one.example", "other.example", "one.example", "other.example"):
        assert people.hear(NAME_RULE, **{watched: value}) == []


def test_a_change_is_dated_between_the_last_look_and_this_one() -> None:
    """When nobody looked for days, it may have come on any of them; of old alerts no look is known.

    The alert was opened long before.
    """
    people = People()
    for value in ("monovm.com", "monovm.com"):
        people.hear(NAME_RULE, ns_domain=value)
    older = replace(people, told={key: one for key, one in people.told.items() if key != "at"})
    people.day += 3

    assert "between 2017-04-15 and 2017-04-19" in people.hear(NAME_RULE, ns_domain="njal.la")[0]
    assert "monovm" in older.hear(NAME_RULE, ns_domain="njal.la")[0]


def test_a_third_value_is_told_against_what_held_last() -> None:
    """From cloudflare to njalla, and not from where it began."""
    people = People()
    for value in ("monovm.com", "cloudflare.com", "monovm.com", "cloudflare.com"):
        people.hear(NAME_RULE, ns_domain=value)

    (news,) = people.hear(NAME_RULE, ns_domain="njal.la")
    assert "cloudflare" in news
    assert "monovm" not in news


@pytest.mark.parametrize("watched", alerts.WATCHED)
def test_what_changes_at_every_look_is_told_a_few_times(watched: str) -> None:
    """The last time says so; other fields and graver rules are told on, and nothing piles up."""
    people = People()
    looks = [
        people.hear(NAME_RULE, **{watched: tuple(f"{look}.{one}.example" for one in range(20))})
        for look in range(100)
    ]

    assert [len(news) for news in looks] == [1] * 6 + [0] * 94
    assert ["no longer told" in news for (news,) in looks[:6]] == [False] * 5 + [True]
    assert len(json.dumps(people.told)) < 5000
    other = next(field for field in alerts.WATCHED if field != watched)
    people.hear(NAME_RULE, **{other: "one.example"})
    news = people.hear(NAME_RULE, MAIL_RULE, **{other: "other.example", watched: "new.example"})
    assert kinds(news) == ["raised", "raised", "changed"]
    assert "other[.]example" in news[-1]


def test_unknown_is_no_change() -> None:
    """A field that could not be found out is missing from the dossier, and comes back the same."""
    people = People()
    people.hear(NAME_RULE, ns_domain="monovm.com", registrar="R1")

    assert people.hear(NAME_RULE) == []
    assert people.hear(NAME_RULE, ns_domain="monovm.com", registrar="R1") == []
    assert people.hear(NAME_RULE) == []
    (news,) = people.hear(NAME_RULE, ns_domain="cloudflare.com", registrar="R1")
    assert "monovm" in news


def test_addresses_are_not_watched() -> None:
    """Behind a CDN they change by the hour."""
    people = People()
    people.hear(NAME_RULE, a="192.0.2.1")

    assert people.hear(NAME_RULE, a=("192.0.2.2", "192.0.2.3")) == []


def test_leaving_the_servers_where_a_registrar_parks_names_is_told_once() -> None:
    """Its name servers and the network may stay the same, as OVH's do."""
    people = People()
    people.hear(NAME_RULE, ns_domain="ovh.net", asn=16276, a="213.186.33.5")
    assert people.hear(NAME_RULE, ns_domain="ovh.net", a="213.186.33.16") == []
    assert people.hear(NAME_RULE, ns_domain="ovh.net") == []

    (news,) = people.hear(NAME_RULE, ns_domain="ovh.net", asn=16276, a="51.68.1.1")
    assert news.startswith("changed: It now points to 51[.]68[.]1[.]1")
    assert "no longer to the shared servers of OVH alone" in news
    assert people.hear(NAME_RULE, ns_domain="ovh.net", a="213.186.33.5") == []
    assert people.hear(NAME_RULE, ns_domain="ovh.net", a="51.68.1.2") == []


def test_a_host_beside_the_parked_domain_is_told() -> None:
    """The domain itself may stay where it is for show."""
    people = People()
    people.hear(NAME_RULE, a="213.186.33.5", host_address="213.186.33.5")

    (news,) = people.hear(NAME_RULE, a="213.186.33.5", host_address=("213.186.33.5", "51.68.1.1"))
    assert news.startswith("changed: It now points to 51[.]68[.]1[.]1")


def test_the_first_address_is_told_as_that_and_the_one_after_parking_as_a_change() -> None:
    """What leads nowhere is neither; what was kept before parking was told says nothing."""
    people = People()
    people.hear(NAME_RULE, a="127.0.0.1")
    assert kinds(people.hear(NAME_RULE, a="213.186.33.5")) == ["raised"]
    assert people.hear(NAME_RULE, a="127.0.0.1") == []
    assert kinds(people.hear(NAME_RULE, a="51.68.1.1")) == ["changed"]

    people = People()
    people.hear(NAME_RULE, a="192.0.2.1")
    people.told = {key: value for key, value in people.told.items() if key != "parked"}
    assert people.hear(NAME_RULE, a="51.68.1.1") == []


@pytest.mark.parametrize("asleep", [AlertState.DISMISSED, AlertState.CLOSED])
def test_a_dismissed_alert_stays_silent_unless_it_grows_graver(asleep: AlertState) -> None:
    """Then it is new again, and what makes it graver is told."""
    people = People()
    people.hear(NAME_RULE, ns_domain="monovm.com")
    people.say(asleep)

    assert people.hear(NAME_RULE, CDN_RULE, ns_domain="cloudflare.com", has_mx=True) == []
    assert people.alert is not None
    assert people.alert.state is asleep
    news = people.hear(NAME_RULE, MAIL_RULE, ns_domain="cloudflare.com")
    assert kinds(news) == ["reopened", "raised", "raised"]
    assert f"It was {asleep}" in news[0]
    assert people.alert.state is AlertState.NEW


@pytest.mark.parametrize("asleep", [AlertState.DISMISSED, AlertState.CLOSED])
def test_a_dismissed_name_that_is_bought_anew_is_told_again(asleep: AlertState) -> None:
    """It was as grave before, when it was somebody else's: a squatter takes what has lapsed."""
    people = People()
    people.hear(NAME_RULE, MAIL_RULE, registered=20150101, has_mx=True)
    people.say(asleep)

    assert people.hear(NAME_RULE, MAIL_RULE, registered=20150101, has_mx=True) == []
    assert people.hear(NAME_RULE, MAIL_RULE, registered=(20150101, 20170416)) == []
    assert people.alert is not None
    news = people.hear(NAME_RULE, MAIL_RULE, registered=20170416, has_mx=True)
    assert kinds(news) == ["reopened"]
    assert f"It was {asleep}; on 2017-04-16 it was registered anew" in news[0]
    assert people.alert.state is AlertState.NEW
    assert [step.is_anew for step in people.alert.transitions[-2:]] == [False, True]


def test_what_was_confirmed_and_closed_is_to_be_confirmed_anew_with_its_new_holder() -> None:
    """Also where it is graver with that holder than it was; not where it is the same one's."""
    people = People()
    people.hear(NAME_RULE, registered=20150101)
    for said in (AlertState.CONFIRMED, AlertState.CLOSED):
        people.say(said)
    same, other = replace(people), replace(people)
    same.hear(NAME_RULE, MAIL_RULE, registered=20150101, has_mx=True)
    other.hear(NAME_RULE, MAIL_RULE, registered=20170416, has_mx=True)

    assert same.alert is not None
    assert other.alert is not None
    assert same.alert.state is other.alert.state is AlertState.NEW
    assert (same.alert.is_confirmed, other.alert.is_confirmed) == (True, False)


@pytest.mark.parametrize("said", [(), (AlertState.ESCALATED,), (AlertState.CLOSED, REOPENED)])
def test_what_was_confirmed_and_stayed_open_is_new_again_with_its_new_holder(
    said: tuple[str, ...],
) -> None:
    """Its abuse was another's; told once, with what else is news, until a person confirms it."""
    people = People()
    people.hear(NAME_RULE, registered=20150101, registrar="R1")
    for one in (AlertState.CONFIRMED, *said):
        people.say(one)

    assert people.hear(NAME_RULE, registered=20150101, registrar="R1") == []
    news = people.hear(NAME_RULE, registered=20170416, registrar="R2")
    assert kinds(news) == ["reopened", "changed"]
    assert "It was confirmed; on 2017-04-16 it was registered anew" in news[0]
    assert people.alert is not None
    assert (people.alert.state, people.alert.is_confirmed) == (AlertState.NEW, False)
    assert people.hear(NAME_RULE, registered=20170416, registrar="R2") == []
    people.say(AlertState.CONFIRMED)
    assert people.hear(NAME_RULE, registered=20170416, registrar="R2") == []
    assert people.alert.is_confirmed


@pytest.mark.parametrize("said", [(), (AlertState.ACKNOWLEDGED,), (AlertState.ESCALATED,)])
def test_an_open_lookalike_that_lapsed_and_is_bought_anew_is_told_again(
    said: tuple[str, ...],
) -> None:
    """Whoever had it is gone, and all that was told of it; once for each registration."""
    people = People()
    people.hear(NAME_RULE, registered=20150101, ns="ns1.x.fr", a="192.0.2.1")
    for one in said:
        people.say(one)
    people.hear(NAME_RULE, stage=Stage.UNREGISTERED)
    news = people.hear(NAME_RULE, registered=20170416, ns="ns1.x.fr")
    assert kinds(news) == ["reopened"]
    assert "on 2017-04-16 it was registered anew" in news[0]
    assert people.alert is not None
    assert people.alert.state is AlertState.NEW
    assert people.hear(NAME_RULE, registered=20170416, ns="ns1.x.fr") == []
    assert kinds(people.hear(NAME_RULE, registered=20170416, a="192.0.2.1")) == ["raised"]


def test_a_first_registration_and_another_clock_are_no_registration_anew() -> None:
    """The day was not known before; or two answers tell it by two clocks."""
    late, clocks = People(), People()
    late.hear(NAME_RULE, ns="ns1.x.fr")
    clocks.hear(NAME_RULE, registered=20170414, ns="ns1.x.fr")

    assert late.hear(NAME_RULE, registered=20170415, ns="ns1.x.fr") == []
    assert clocks.hear(NAME_RULE, registered=20170415, ns="ns1.x.fr") == []


def test_a_confirmation_outlasts_another_registrar_and_holder() -> None:
    """A squatter moves a name, and writes any holder; that it moved is told."""
    people = People()
    people.hear(NAME_RULE, registered=20150101, registrar="R1", registrant_email="a@b.example")
    people.say(AlertState.CONFIRMED)
    news = people.hear(
        NAME_RULE, registered=20150101, registrar="R2", registrant_email="c@d.example"
    )

    assert kinds(news) == ["changed", "changed"]
    assert people.alert is not None
    assert people.alert.is_confirmed


@pytest.mark.parametrize(
    "awake", [AlertState.ACKNOWLEDGED, AlertState.ESCALATED, AlertState.CONFIRMED]
)
def test_an_alert_in_hand_keeps_its_state_and_is_told_on(awake: AlertState) -> None:
    """Whoever deals with it wants to know what comes next."""
    people = People()
    people.hear(NAME_RULE, ns_domain="monovm.com")
    people.say(awake)

    assert kinds(people.hear(NAME_RULE, ns_domain="cloudflare.com")) == ["changed"]
    assert people.alert is not None
    assert people.alert.state is awake


def test_a_rule_that_is_gone_leaves_the_alert_with_what_still_holds() -> None:
    """The alert shows the findings of today; nothing is told about their going."""
    people = People()
    people.hear(NAME_RULE, MAIL_RULE)

    assert people.hear() == []
    assert people.alert is not None
    assert (people.alert.findings, people.alert.score) == ((), 0)


def test_the_score_ends_at_a_hundred() -> None:
    """Points add up no further."""
    people = People()
    people.hear(*RULES)

    assert people.alert is not None
    assert people.alert.score == 100


def test_a_field_watched_since_an_upgrade_does_not_break_old_alerts() -> None:
    """What people were told before the field was watched does not mention it."""
    people = People()
    people.hear(NAME_RULE, ns_domain="monovm.com")
    told = json.loads(json.dumps(dict(people.told)))
    del told["now"]["cdn"]
    people.told = told

    assert people.hear(NAME_RULE, ns_domain="monovm.com", cdn="Cloudflare") == []
    assert kinds(people.hear(NAME_RULE, ns_domain="monovm.com", cdn="Fastly")) == ["changed"]


VALUES = st.sampled_from(["", "one", "two", "three"])
STATES = st.fixed_dictionaries(
    {
        "rules": st.sets(st.sampled_from(range(len(RULES)))),
        "stage": st.sampled_from(Stage),
        "fields": st.fixed_dictionaries(dict.fromkeys(alerts.WATCHED, VALUES)),
        "triage": st.one_of(st.none(), st.sampled_from(AlertState)),
    }
)


def hear(people: People, state: Mapping[str, Any]) -> list[str]:
    """One state of affairs; an empty value is one that is not known."""
    known = {name: value for name, value in state["fields"].items() if value}
    findings = [RULES[number] for number in sorted(state["rules"])]
    return people.hear(*findings, stage=state["stage"], **known)


@given(st.lists(STATES, max_size=12))
def test_telling_twice_is_never_news(states: list[dict[str, Any]]) -> None:
    """Whatever happened before, the same state of affairs again says nothing."""
    people = People()
    for state in states:
        hear(people, state)
        if state["triage"] and people.alert:
            people.say(state["triage"])

        assert hear(people, state) == []


@given(st.lists(STATES, max_size=12))
def test_no_news_is_told_a_second_time(states: list[dict[str, Any]]) -> None:
    """Over an alert's whole life each severity, stage, rule and new value is told at most once."""
    people = People()
    told: list[str] = []
    for state in states:
        told += hear(people, state)

    raised = [one for one in told if one.startswith("raised")]
    changed = [one for one in told if one.startswith("changed")]
    assert len(raised) == len(set(raised))
    assert len(changed) <= 2 * len(alerts.WATCHED), "three values each, the first is no change"
    assert kinds(told).count("opened") == (people.alert is not None)


@given(st.lists(STATES, max_size=12))
def test_the_log_grows_by_the_news_and_by_falls(states: list[dict[str, Any]]) -> None:
    """Transitions are never rewritten, and an alert without news has not moved.

    A fall on the ladder is written down once, and is no news.
    """
    people = People()
    for state in states:
        before = people.alert
        news = hear(people, state)
        if people.alert is None:
            assert news == []
            continue
        kept: tuple[Transition, ...] = before.transitions if before else ()

        assert people.alert.transitions[: len(kept)] == kept
        added = [one.kind for one in people.alert.transitions[len(kept) :]]
        assert len(added) == len(news) + added.count("fell")
        if before and not news:
            assert people.alert.updated_at == before.updated_at
    log = people.alert.transitions if people.alert else ()
    falls = [one.text for one in log if one.kind == "fell"]
    assert len(falls) == len(set(falls))


def test_only_who_is_newly_related_is_looked_at_again() -> None:
    """Two domains that never come to agree would else have each other judged for ever."""
    shared = replace(MAIL_RULE, related=("a.fr", "b.fr"))
    people = People()
    people.hear(NAME_RULE, shared)
    grown = replace(shared, related=("a.fr", "b.fr", "c.fr"))

    assert list(alerts.newly_related(None, (NAME_RULE, shared))) == [("mail", {"a.fr", "b.fr"})]
    assert list(alerts.newly_related(people.alert, (NAME_RULE, shared))) == []
    assert list(alerts.newly_related(people.alert, (grown,))) == [("mail", {"c.fr"})]


def test_what_an_alert_rests_on() -> None:
    """One of its rules, among others."""
    people = People()
    people.hear(NAME_RULE, MAIL_RULE)

    assert alerts.has(people.alert, "mail")
    assert not alerts.has(people.alert, "cdn")
    assert not alerts.has(None, "mail")
