"""Which logs are followed, and why the others are not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hunter.ct.choice import Choice, named
from hunter.ct.loglist import Interval, Kind, Log, State

NOW = datetime(2026, 11, 22, tzinfo=UTC)
DAY = timedelta(days=1)
LOG = Log(
    "Willow", "Let's Encrypt", b"key", "https://mon.example/2026h2/", Kind.STATIC,
    "https://log.example/2026h2/", state=State.USABLE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, ""),
        ({"test": True}, "a log for tests"),
        ({"state": State.RETIRED}, "its state is retired"),
        ({"state": State.UNKNOWN}, "its state is unknown"),
        ({"interval": Interval(NOW - 9 * DAY, NOW)}, "its time was over on 2026-11-22"),
        (
            {"interval": Interval(NOW + 201 * DAY, NOW + 300 * DAY)},
            "its time begins on 2027-06-11",
        ),
        ({"operator": "DigiCert"}, "its operator is not chosen"),
        ({"kind": Kind.RFC6962}, "static_only is set"),
    ],
)
def test_it_says_why_a_log_is_not_followed(change: dict[str, object], reason: str) -> None:
    """In words; nothing when it is followed."""
    log = replace(LOG, **change)
    assert Choice(("Let's", "Google"), static_only=True).refusal(log, NOW) == reason


def test_what_nobody_chose_away_is_followed() -> None:
    """By default every log that matters now."""
    logs = [LOG, replace(LOG, kind=Kind.RFC6962), replace(LOG, state=State.REJECTED)]
    assert Choice().of(logs, NOW) == tuple(logs[:2])


@pytest.mark.parametrize(
    "url",
    ["https://mon.example/2026h2/", "mon.example/2026h2", "https://log.example/2026h2"],
)
def test_a_log_is_known_by_either_of_its_urls(url: str) -> None:
    """With or without scheme and final slash."""
    assert named([LOG], url) is LOG
    assert named([LOG], "https://mon.example/2027h1/") is None
