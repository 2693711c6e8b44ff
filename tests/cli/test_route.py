"""`hunter alerts route`: who would be told, when, and why not."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hunter.clock import utc_now
from hunter.model import LINKED
from hunter.pacing import PAUSE
from hunter.store import Store, alerts, outbox, reports
from tests.cli.conftest import Run
from tests.world.alerts import AT, notice

DOMAIN = "onedrive-en-marche.fr"
SUBSCRIBERS = """
[[subscriber]]
name = "duty"
channels = { slack = [] }
minimum = "high"

[[subscriber]]
name = "press"
channels = { email = ["press@example.org"], slack = [] }
digest = "daily"
zone = "Europe/Paris"
transitions = ["opened"]

[[subscriber]]
name = "head"
channels = { email = ["head@example.org"] }
minimum = "critical"

[notifiers.email]
folder = "{folder}/mail"
[notifiers.slack]
folder = "{folder}/slack"
"""


@pytest.fixture
def routed(hunted: Path, tmp_path: Path) -> Path:
    """The config with three subscribers."""
    with hunted.open("a", encoding="utf-8") as file:
        file.write(SUBSCRIBERS.replace("{folder}", str(tmp_path)))
    return hunted


def rows(run: Run, config: Path, *options: str) -> dict[tuple[str, str], dict[str, object]]:
    """Subscriber and channel → what is said of them."""
    said = run("alerts", "route", DOMAIN, *options, "--json", "-c", str(config))
    assert (said.status, said.err) == (0, "")
    found = [json.loads(line) for line in said.out.splitlines()]
    return {(row["subscriber"], row["channel"]): row for row in found}


def test_it_says_who_is_told_and_why_not(run: Run, routed: Path) -> None:
    """Each subscriber and channel, by the alert as it is and what happened last."""
    found = rows(run, routed)

    assert {way: (row["told"], row["obstacle"]) for way, row in found.items()} == {
        ("duty", "slack"): (True, ""),
        ("press", "email"): (True, ""),
        ("press", "slack"): (True, ""),
        ("head", "email"): (False, "severity"),
    }
    assert found["head", "email"]["why"] == "told from critical on, and this is high"
    assert found["head", "email"]["at"] is None
    assert found["duty", "slack"]["why"] == "at once"
    assert found["press", "email"]["why"] == "daily digest"


def test_it_says_what_would_be(run: Run, routed: Path) -> None:
    """Were it graver, or were something else to happen."""
    graver = rows(run, routed, "--severity", "critical")
    other = rows(run, routed, "--transition", "closed")

    assert graver["head", "email"]["told"]
    assert graver["press", "email"]["urgent"]
    assert {row["obstacle"] for row in other.values()} == {"transitions", "severity"}
    assert other["duty", "slack"]["why"] == "not told when an alert is closed"


@pytest.mark.parametrize(
    ("moved", "news"),
    [("ack", "raised"), ("confirm", "raised"), ("dismiss", "reopened"), ("close", "reopened")],
)
def test_what_a_person_made_of_it_is_not_the_next_news(
    run: Run, routed: Path, moved: str, news: str
) -> None:
    """After `alerts ack` it said of everybody that they are not told: of the acknowledgement."""
    assert run("alerts", moved, DOMAIN, "-c", str(routed)).status == 0
    found = rows(run, routed)

    assert {row["transition"] for row in found.values()} == {news}
    assert found["duty", "slack"]["told"]


def test_a_channel_that_is_switched_off_holds_them(run: Run, routed: Path, store: Store) -> None:
    """With the reason that the other side gave; people read it as a table."""
    reports.switch_off(store, "notifiers.slack:duty", "404 no_service", AT)
    row = rows(run, routed)["duty", "slack"]
    said = run("alerts", "route", DOMAIN, "-c", str(routed))

    assert (row["told"], row["switched_off"]) == (False, "404 no_service")
    assert "onedrive-en-marche[.]fr, lookalike of en-marche[.]fr: high, opened" in said.out
    assert "the channel is switched off: 404 no_service" in said.out
    assert " held " in said.out
    assert "Europe/Paris" in said.out


def send_one(store: Store, now: datetime) -> None:
    """A message to the duty's Slack that was accepted just now."""
    way = outbox.Way("slack", "duty")
    outbox.add(
        *(store,), channel=way.channel, subscriber=way.subscriber, addresses=(),
        notice=notice("sent"), due_at=now,
    )  # fmt: skip
    parcel = outbox.claim(store, way, outbox.bind_one(store, way, now, urgent=False) or "")
    assert parcel
    outbox.mark_sent(store, parcel, now)


def test_a_limit_that_holds_messages_back_is_named(run: Run, routed: Path, store: Store) -> None:
    """With the time until which it does, where "at once" would be wrong."""
    now = utc_now()
    routed.write_text(
        routed.read_text().replace("[notifiers.slack]", "[notifiers.slack]\nan_hour=1")
    )
    send_one(store, now)
    row = rows(run, routed)["duty", "slack"]

    assert row["told"]
    assert row["at"] == (now + PAUSE).isoformat()
    assert row["why"] == (
        "at once; but an_hour of the channel is reached: after a pause, with what else waits"
    )


def test_a_day_that_is_half_gone_is_named_too(run: Run, routed: Path, store: Store) -> None:
    """What is left of it is spread."""
    now = utc_now()
    routed.write_text(routed.read_text().replace("[notifiers.slack]", "[notifiers.slack]\na_day=2"))
    send_one(store, now)
    row = rows(run, routed)["duty", "slack"]

    assert row["told"]
    assert now.isoformat() < row["at"] <= (now + timedelta(hours=1)).isoformat()
    assert "half of a_day of the channel is gone" in row["why"]


@pytest.mark.parametrize(
    ("options", "status", "hint"),
    [
        (("--severity", "grave"), 2, "known: informational"),
        (("--transition", "shut"), 2, "known: opened"),
        (("--transition", "new"), 2, "known: opened"),
        ((), 1, "there is no alert on other[.]fr"),
    ],
)
def test_what_cannot_be_explained_is_told(
    run: Run, routed: Path, options: tuple[str, ...], status: int, hint: str
) -> None:
    """A slip of the pen with what is known; a domain without an alert as such."""
    domain = DOMAIN if options else "other.fr"
    said = run("alerts", "route", domain, *options, "-c", str(routed))

    assert said.status == status
    assert hint in said.err


def test_what_is_tied_to_another_brand_too_is_said_not_to_be_told_of_that(
    run: Run, routed: Path, store: Store
) -> None:
    """Nor is it called a lookalike of that brand."""
    brand = '[[brand]]\ndomain = "nationbuilder.com"\n'
    routed.write_text(routed.read_text(encoding="utf-8") + brand, encoding="utf-8")
    (alert,) = alerts.about(store, DOMAIN)
    tie = replace(alert.match, brand="nationbuilder.com", technique=LINKED, confidence=0.0)
    alerts.save(store, replace(alert, id=0, brand=tie.brand, match=tie), {})
    said = run("alerts", "route", DOMAIN, "-c", str(routed))

    assert "onedrive-en-marche[.]fr, lookalike of en-marche[.]fr: high, opened" in said.out
    tied = said.out.partition("linked to lookalikes of nationbuilder[.]com: high, opened")[2]
    assert "told of the same domain in the alert about another brand" in " ".join(tied.split())
