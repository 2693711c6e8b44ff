"""The ladder a domain climbs, and how often to look where on it a domain stands."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.ladder import DAY, HOUR, WEEK, Standing, pause, steps
from hunter.model import Level, Stage, Value

NEW = Standing(Stage.REGISTERED, timedelta(), timedelta(), 0.8)


@pytest.mark.parametrize(
    ("fields", "more"),
    [
        ({}, set()),
        ({"ns": "ns1.monovm.com"}, {Stage.NAME_SERVERS}),
        ({"a": "192.0.2.1"}, {Stage.ADDRESS}),
        ({"host_address": "192.0.2.1"}, {Stage.ADDRESS}),
        ({"cert_key": "ab" * 32}, {Stage.CERTIFICATE}),
        ({"has_mx": True, "ns": "ns1.monovm.com"}, {Stage.NAME_SERVERS, Stage.MAIL}),
        ({"has_mx": False}, set()),
        ({"page_status": 403}, {Stage.WEB}),
        ({"page_status": "200"}, {Stage.WEB}),
        ({"page_status": (503, 200)}, {Stage.WEB}),
        ({"page_status": 404}, set()),
        ({"page_status": 521}, set()),
        ({"page_status": 200, "aaaa": "2001:db8::1"}, {Stage.ADDRESS, Stage.WEB}),
        ({"registered": 20170412, "dns_status": "absent"}, set()),
        ({"registration": "found", "dns_status": "absent"}, set()),
        ({"registration": ("absent", "found"), "dns_status": "absent"}, set()),
        ({"host_address": "192.0.2.1", "dns_status": "absent"}, {Stage.ADDRESS}),
        ({"a": "127.0.0.1"}, set()),
        ({"a": ("0.0.0.0", "10.0.0.1"), "aaaa": "::1", "host_address": "fe80::1"}, set()),
        ({"a": ("127.0.0.1", "192.0.2.1")}, {Stage.ADDRESS}),
        ({"a": "127.0.0.1", "host_address": "2001:db8::1"}, {Stage.ADDRESS}),
    ],
)
def test_each_step_is_borne_out_by_its_fact(fields: dict[str, Value], more: set[Stage]) -> None:
    """Steps can be skipped."""
    assert steps(fields) == {Stage.REGISTERED, *more}


def test_a_name_that_is_gone_stands_on_no_step() -> None:
    """Whatever certificate a log once showed."""
    assert steps({"dns_status": "absent"}, ["ct_logs"]) == {Stage.UNREGISTERED}
    assert steps({"dns_status": "absent", "registration": "absent"}) == {Stage.UNREGISTERED}
    assert Stage.CERTIFICATE in steps({}, ["ct_logs", "registrations"])


@pytest.mark.parametrize(
    ("days", "wait"),
    [(0, HOUR), (1.9, HOUR), (2, DAY), (89, DAY), (90, WEEK), (364, WEEK), (365, None)],
)
def test_the_longer_nothing_happens_the_longer_the_pause(
    days: float, wait: timedelta | None
) -> None:
    """Hourly, daily, weekly, and an end after a year."""
    age = timedelta(days=days)

    assert pause(replace(NEW, known_for=age, unchanged_for=age)) == wait


def test_a_domain_that_moved_is_new_again() -> None:
    """An old name that gets an address is about to be used."""
    old = replace(NEW, known_for=timedelta(days=400), unchanged_for=timedelta(days=400))

    assert pause(old) is None
    assert pause(replace(old, unchanged_for=timedelta(hours=3))) == HOUR


def test_what_stands_in_a_grave_alert_is_looked_at_daily_to_the_end() -> None:
    """A lesser one is not; one that was dismissed is never looked at by the hour."""
    age = timedelta(days=200)
    old = replace(NEW, known_for=age, unchanged_for=age)

    assert pause(replace(old, severity=Level.HIGH)) == DAY
    assert pause(replace(old, severity=Level.MEDIUM)) == WEEK
    assert pause(replace(NEW, dismissed=True)) == DAY


def test_a_plausible_name_that_is_not_registered_stays_watched() -> None:
    """For a year; a faint one weekly, and for three months."""
    absent = replace(NEW, stage=Stage.UNREGISTERED)
    age = timedelta(days=90)

    assert pause(absent) == HOUR
    assert pause(replace(absent, known_for=age, unchanged_for=age)) == WEEK
    assert pause(replace(absent, confidence=0.3)) == WEEK
    assert pause(replace(absent, confidence=0.3, known_for=age, unchanged_for=age)) is None
    nearly = age - timedelta(hours=1)
    faint = replace(absent, confidence=0.3, known_for=nearly, unchanged_for=nearly)
    assert pause(faint) == WEEK
    assert pause(replace(absent, confidence=0.5)) == HOUR
    assert pause(replace(NEW, confidence=0.3)) == HOUR, "it is registered"
    alerted = replace(absent, confidence=0.3, severity=Level.MEDIUM)
    assert pause(replace(alerted, known_for=age, unchanged_for=age)) == WEEK


DAYS = st.timedeltas(timedelta(), timedelta(days=800))
STANDINGS = st.builds(
    Standing,
    stage=st.sampled_from(Stage),
    known_for=DAYS,
    unchanged_for=DAYS,
    confidence=st.floats(0, 1),
    severity=st.one_of(st.none(), st.sampled_from(Level)),
    dismissed=st.booleans(),
)


@given(STANDINGS, DAYS)
def test_time_only_lengthens_the_pause(standing: Standing, more: timedelta) -> None:
    """Until something happens; and what ended stays ended."""
    later = replace(
        standing, known_for=standing.known_for + more, unchanged_for=standing.unchanged_for + more
    )
    before, after = (pause(one) or timedelta.max for one in (standing, later))

    assert HOUR <= before <= after
