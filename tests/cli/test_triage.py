"""`hunter alerts ack, escalate, confirm, dismiss, close, reopen`."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hunter.model import AlertState
from hunter.notice import Notice
from hunter.store import Store, alerts
from hunter.store.encoding import load
from tests.cli.conftest import Run

DOMAIN = "onedrive-en-marche.fr"
SHOWN = "onedrive-en-marche[.]fr"
COMMANDS = {
    "ack": "acknowledged",
    "escalate": "escalated",
    "confirm": "confirmed",
    "dismiss": "dismissed",
    "close": "closed",
}


@pytest.mark.parametrize(("command", "state"), COMMANDS.items())
def test_triage_is_kept_with_who_and_why(
    run: Run, hunted: Path, store: Store, command: str, state: str
) -> None:
    """For those who look later."""
    said = run("alerts", command, DOMAIN, "--why", "a fan club", "-c", str(hunted))

    assert (said.status, said.out) == (0, f"{SHOWN}: {state}\n")
    (found,) = alerts.about(store, DOMAIN)
    assert found.state is AlertState(state)
    assert (found.transitions[-1].text, found.transitions[-1].kind) == ("a fan club", state)
    assert found.transitions[-1].actor not in ("", "hunter")


@pytest.mark.parametrize("name", ["hunter", ""])
def test_a_person_is_never_taken_for_hunter(
    run: Run, hunted: Path, store: Store, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whatever the account is called; that of a container may have no name at all."""
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, name)
    monkeypatch.setattr("os.getuid", lambda: 4_000_000_000)
    said = run("alerts", "ack", DOMAIN, "-c", str(hunted))
    (found,) = alerts.about(store, DOMAIN)

    assert (said.status, said.err) == (0, "")
    assert found.transitions[-1].actor == f"user {name or 4_000_000_000}"


def test_what_was_dismissed_can_be_reopened(run: Run, hunted: Path, store: Store) -> None:
    """It is new again, and not among those that are left out as done any more."""
    run("alerts", "dismiss", DOMAIN, "-c", str(hunted))
    left = run("alerts", "list", "--open", "-c", str(hunted))
    said = run("alerts", "reopen", DOMAIN, "--why", "it sends mail", "-c", str(hunted))
    back = run("alerts", "list", "--open", "-c", str(hunted))

    (found,) = alerts.about(store, DOMAIN)
    assert (said.status, said.out) == (0, f"{SHOWN}: new\n")
    assert found.state is AlertState.NEW
    assert [step.kind for step in found.transitions[-2:]] == ["dismissed", "reopened"]
    assert "onedrive" not in left.out
    assert "onedrive" in back.out


@pytest.mark.parametrize("until", ["30d", f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"])
def test_a_dismissal_may_be_for_a_time(run: Run, hunted: Path, store: Store, until: str) -> None:
    """Whoever looks later reads until when."""
    said = run("alerts", "dismiss", DOMAIN, "--until", until, "--why", "shut", "-c", str(hunted))

    (found,) = alerts.about(store, DOMAIN)
    assert (said.status, said.out) == (0, f"{SHOWN}: dismissed\n")
    assert re.fullmatch(r"until \d{4}-\d\d-\d\d \d\d:\d\d UTC: shut", found.transitions[-1].text)
    soon = datetime.now(UTC) + timedelta(days=28)
    assert alerts.take_overdue(store, soon) == ()
    (over,) = alerts.take_overdue(store, soon + timedelta(days=3))
    assert over.domain == DOMAIN


def test_until_when_an_alert_is_silent_is_told_to_programs(run: Run, hunted: Path) -> None:
    """Of a dismissal for a time alone, and no longer once it is taken back."""
    words: dict[str, tuple[str, ...]] = {"shut": ("dismiss", "--until", "30d"), "open": ("reopen",)}
    told = []
    for why, (command, *options) in words.items():
        run("alerts", command, DOMAIN, *options, "--why", why, "-c", str(hunted))
        said = run("alerts", "show", DOMAIN, "--json", "-c", str(hunted))
        told.append(json.loads(said.out)["silent_until"])
    silent, again = told

    assert again is None
    assert timedelta(29) < datetime.fromisoformat(silent) - datetime.now(UTC) <= timedelta(30)


@pytest.mark.parametrize(
    ("until", "told"),
    [("2017-04-24", "2017-04-24 is over"), ("0d", "0d is over"), ("soon", "'soon' is no time")],
)
def test_no_dismissal_ends_before_it_begins(
    run: Run, hunted: Path, store: Store, until: str, told: str
) -> None:
    """Nothing is written then."""
    said = run("alerts", "dismiss", DOMAIN, "--until", until, "-c", str(hunted))

    (found,) = alerts.about(store, DOMAIN)
    assert said.status == 2
    assert told in said.err
    assert found.state is AlertState.NEW


def test_saying_it_twice_writes_it_once(run: Run, hunted: Path, store: Store) -> None:
    """The second time nothing changes: no fault, but said, with who was first."""
    once = run("alerts", "confirm", DOMAIN, "--why", "one", "-c", str(hunted))
    again = run("alerts", "confirm", DOMAIN, "--why", "two", "-c", str(hunted))

    (found,) = alerts.about(store, DOMAIN)
    assert (once.status, again.status) == (0, 0)
    (step,) = (step for step in found.transitions if step.kind == "confirmed")
    assert step.text == "one"
    first = f"since {step.at:%Y-%m-%d %H:%M} UTC, by {step.actor}"
    assert again.out == f"{SHOWN}: confirmed already, {first}; nothing was written\n"


def test_what_is_new_has_nothing_to_be_taken_back(run: Run, hunted: Path, store: Store) -> None:
    """Nobody has said anything about it so far."""
    said = run("alerts", "reopen", DOMAIN, "-c", str(hunted))

    assert (said.status, said.out) == (0, f"{SHOWN}: new already; nothing was written\n")
    assert [step.kind for step in alerts.about(store, DOMAIN)[0].transitions] == ["opened"]


@pytest.mark.parametrize(
    ("first", "then", "hint"),
    [
        ("dismiss", "ack", "reopen it first"),
        ("close", "confirm", "reopen it first"),
        ("confirm", "reopen", "it can when it is dismissed or closed"),
        ("confirm", "ack", "it can when it is new or escalated"),
    ],
)
def test_a_move_that_makes_no_sense_is_yours_to_fix(
    run: Run, hunted: Path, store: Store, first: str, then: str, hint: str
) -> None:
    """The state is named and what to do instead; nothing is written."""
    run("alerts", first, DOMAIN, "-c", str(hunted))
    before = alerts.about(store, DOMAIN)
    said = run("alerts", then, DOMAIN, "-c", str(hunted))

    assert said.status == 2
    assert f"onedrive-en-marche[.]fr is {COMMANDS[first]}" in said.err
    assert hint in said.err
    assert alerts.about(store, DOMAIN) == before


@pytest.mark.parametrize("command", [*COMMANDS, "reopen"])
def test_a_domain_without_alert_is_status_1(run: Run, hunted: Path, command: str) -> None:
    """And said so; what is no domain is yours to fix."""
    said = run("alerts", command, "supermarche.fr", "-c", str(hunted))

    assert said.status == 1
    assert "there is no alert on supermarche" in said.err
    assert run("alerts", command, "no domain", "-c", str(hunted)).status == 2


def test_several_are_moved_at_once(run: Run, hunted: Path, store: Store) -> None:
    """As on a Monday with sixty of them; one named twice is one."""
    other = "mail-en-marche.fr"
    said = run("alerts", "dismiss", DOMAIN, other, DOMAIN, "--why", "shops", "-c", str(hunted))

    assert said.out == f"{SHOWN}: dismissed\nmail-en-marche[.]fr: dismissed\n"
    found = [alerts.about(store, domain)[0] for domain in (DOMAIN, other)]
    assert [one.state for one in found] == [AlertState.DISMISSED] * 2
    assert [one.transitions[-1].text for one in found] == ["shops"] * 2


@pytest.mark.parametrize(("other", "status"), [("supermarche.fr", 1), ("mail-en-marche.fr", 2)])
def test_of_several_all_are_moved_or_none(
    run: Run, hunted: Path, store: Store, other: str, status: int
) -> None:
    """One without an alert, or whose alert cannot go there: whoever mends that says it again."""
    run("alerts", "confirm", "mail-en-marche.fr", "-c", str(hunted))
    before = alerts.about(store, DOMAIN)
    said = run("alerts", "ack", DOMAIN, other, "-c", str(hunted))

    assert (said.status, said.out) == (status, "")
    assert alerts.about(store, DOMAIN) == before


TELLING = """
[[subscriber]]
name = "duty"
channels = { email = ["duty@example.org"] }

[[subscriber]]
name = "archive"
channels = { email = ["archive@example.org"] }
transitions = ["closed"]

[notifiers.email]
folder = "mails"
"""


def test_whoever_wants_to_hear_of_it_is_written_to(run: Run, hunted: Path, store: Store) -> None:
    """Once, with who and why, in the thread of the alert."""
    with hunted.open("a", encoding="utf-8") as file:
        file.write(TELLING)
    for command in ("escalate", "escalate", "close"):
        assert run("alerts", command, DOMAIN, "--why", "look", "-c", str(hunted)).status == 0

    rows = store.rows("SELECT subscriber, notice FROM outbox ORDER BY id")
    letters = [(row["subscriber"], load(row["notice"], Notice)) for row in rows]
    assert [(who, told.kind, told.state) for who, told in letters] == [
        ("duty", "escalated", "escalated"),
        ("archive", "closed", "closed"),
    ]
    assert len({told.thread for _, told in letters}) == 1
    assert letters[0][1].news[0].endswith("set it to escalated: “look”")
