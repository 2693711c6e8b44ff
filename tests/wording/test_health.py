"""What is told of hunter itself: in every channel's dress, and harmless whatever a server said."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from hypothesis import given
from slack_sdk.models.blocks import Block

from hunter import wording
from hunter.model import PASSING, Level, Report
from hunter.notice import Notice
from hunter.notifiers.slack import payload
from hunter.wording import english_health
from hunter.wording.as_data import data
from hunter.wording.as_html import html
from hunter.wording.as_mail import mail
from hunter.wording.as_text import WIDTH, text
from tests.world.alerts import LIVE, STEERS, hostile

AT = datetime(2026, 11, 22, 12, 34, tzinfo=UTC)
SINCE = AT - timedelta(minutes=2)
LOG = "https://ct.example/2026h2/"


def trouble(word: str, subject: str = LOG, message: str = "two trees of 9 entries") -> Report:
    return Report("sources.ct_logs", False, message, AT, subject, word)


def told(*troubles: Report, over: tuple[Report, ...] = ()) -> Notice:
    return wording.health_notice(
        [(report, SINCE) for report in troubles], [(report, SINCE) for report in over], AT
    )


def well() -> Report:
    return Report("notifiers.email", True, "delivers", AT, "it")


def test_a_fork_is_told_with_what_to_do() -> None:
    """What, since when, what the part itself says, and the next steps."""
    notice = told(trouble("forked"))

    assert notice.subject == "[hunter] forked: source ct_logs hxxps[:]//ct[.]example/2026h2/"
    what = "source ct_logs hxxps[:]//ct[.]example/2026h2/"
    means = english_health.MEANS["sources.ct_logs"]
    assert notice.news == (f"{what}, since 2026-11-22 12:32 UTC: two trees of 9 entries. {means}",)
    assert (notice.kind, notice.severity) == ("health", Level.HIGH)
    assert any("hunter status" in step for step in notice.next_steps)
    assert any("ct-policy" in step for step in notice.next_steps)


@pytest.mark.parametrize(
    ("language", "waits"),
    [("en", "hunter waits for room"), ("fr", "hunter attend qu'il y ait de la place")],
)
def test_a_disk_that_fills_up_does_not_sound_like_the_end(language: str, waits: str) -> None:
    """It goes on by itself once there is room: nobody need start it."""
    full = Report("job.disk", False, "5 MB are free for /var/lib/hunter", AT)
    (news,) = wording.health_notice([(full, AT)], [], AT, language).news

    assert waits in news


def test_the_trouble_of_a_source_of_ones_own_means_something() -> None:
    """hunter cannot know what it shows, but that it is not seen."""
    (news,) = told(Report("sources.planted", False, "no answer", AT)).news

    assert news.endswith(f"no answer. {english_health.MEANS['sources']}")


def test_what_is_over_asks_for_nothing() -> None:
    """And is no reason to hurry."""
    notice = told(over=(well(),))

    assert notice.subject == "[hunter] well again: channel email it"
    assert (notice.severity, notice.next_steps) == (Level.INFORMATIONAL, ())


def test_troubles_and_ends_are_told_together() -> None:
    """The troubles first."""
    notice = told(trouble("behind"), trouble("", "https://b.example/"), over=(well(),))

    assert notice.subject == "[hunter] 2 parts in trouble"
    assert [line.split(" ")[:2] for line in notice.news] == [
        ["source", "ct_logs"],
        ["source", "ct_logs"],
        ["channel", "email"],
    ]
    assert told(over=(well(), well())).subject == "[hunter] 2 parts are well again"


def test_a_channel_that_is_off_is_told_with_what_switches_it_on() -> None:
    """Nothing goes out there until somebody did it; other troubles pass by themselves."""
    refused = replace(well(), healthy=False, message="switched off: 404", trouble="off")

    assert any("systemctl restart hunter" in step for step in told(refused).next_steps)
    assert not any("restart" in step for step in told(trouble("silent")).next_steps)


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "[hunter] messages wait: channel email it"),
        ("fr", "[hunter] messages en attente : canal email it"),
    ],
)
def test_a_channel_that_puts_messages_off_is_not_said_to_be_silent(
    language: str, subject: str
) -> None:
    """A greylisting server answers, and so does one whose certificate has run out."""
    message = "email: put off: it@campaign.example: 4.7.1 greylisted, try again later"
    report = Report("notifiers.email", False, message, AT, "it", PASSING)

    assert wording.health_notice([(report, AT)], (), AT, language).subject == subject


def test_that_names_may_be_missed_is_said_of_sources_only() -> None:
    """A channel that is off, or rules that are refused, hide no lookalike."""
    refused = replace(well(), healthy=False, message="switched off: 404", trouble="off")

    assert "may miss" not in told(refused).headline
    assert "may miss" in told(refused, trouble("silent")).headline


def test_the_key_is_that_of_the_trouble_and_its_beginning() -> None:
    """The same trouble has the same key whenever it is told; another beginning has another."""
    first = wording.health_notice([(trouble("forked"), SINCE)], [], AT)
    later = wording.health_notice([(trouble("forked"), SINCE)], [], AT + timedelta(hours=1))
    again = wording.health_notice([(trouble("forked"), AT)], [], AT)

    assert first.key == later.key != again.key
    assert first.key != told(trouble("shrank")).key


def test_as_text_it_has_no_empty_places() -> None:
    """No line for a name, a likeness or a hedge where there is none."""
    shown = text(told(trouble("forked")))

    assert shown.startswith("HIGH · hunter itself · in trouble\n=")
    assert "\n\n\n" not in shown
    assert all(line.strip() or not line for line in shown.splitlines())
    assert "likeness" not in shown
    assert "HOW SURE" not in shown
    assert max(map(len, shown.splitlines())) <= WIDTH + len(LOG)


def test_as_a_mail_it_fits_filters_and_threads() -> None:
    """All mails about hunter itself are one thread."""
    messages = [
        message_from_bytes(
            bytes(mail(one, "h@e.example", ["it@e.example"], AT, subscriber="it")),
            policy=policy.SMTP,
        )
        for one in (told(trouble("forked")), told(over=(well(),)))
    ]

    assert messages[0]["X-Hunter-Kind"] == "health"
    assert messages[0]["References"] == messages[1]["References"]
    assert messages[0]["Message-ID"] != messages[1]["Message-ID"]
    assert (messages[0]["Importance"], messages[1]["Importance"]) == ("high", None)


def test_as_html_there_is_no_empty_box() -> None:
    """Nor a name."""
    shown = html(told(trouble("forked")))

    assert "<bdi></bdi>" not in shown
    assert '<div class="box' not in shown
    assert "HIGH</strong>&nbsp;&nbsp;hunter itself" in shown


def test_as_data_and_for_slack_it_is_whole() -> None:
    """Blocks that Slack takes."""
    notice = told(trouble("forked"))
    message: dict[str, Any] = payload(notice)

    for block in Block.parse_all(message["blocks"]):
        assert block is not None
        block.validate_json()
    assert "rich_text" not in {block["type"] for block in message["blocks"]}
    assert data(notice)["kind"] == "health"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


@given(hostile, hostile, hostile)
def test_nothing_a_server_says_can_steer_a_reader(word: str, subject: str, message: str) -> None:
    """No live link, no control character, no markup, in any dress."""
    notice = told(trouble(word, subject, message), over=(Report("job.x", True, message, AT),))

    assert not LIVE.search(text(notice))
    assert not STEERS.search(text(notice))
    assert "<script" not in html(notice)
    assert "<img" not in html(notice)
    for shown in _texts(payload(notice)):
        assert "<!" not in shown
    assert json.dumps(data(notice))


@pytest.mark.parametrize("part", ["job.deliver", "unheard-of", "sources.x"])
def test_every_part_has_a_name(part: str) -> None:
    """Also one that nobody thought of."""
    assert told(Report(part, False, "fails", AT)).subject.removeprefix("[hunter] trouble: ")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_test_message_says_in_every_dress_that_it_is_one(language: str) -> None:
    """It is neither trouble nor its end, and two of them are two messages."""
    notice = wording.trial_notice(AT, language)
    test = {"en": "a test", "fr": "un essai"}[language]
    dressed = (text(notice), html(notice), str(payload(notice)))

    assert all(test in one for one in dressed)
    assert not any(word in one for one in dressed for word in ("well again", "en ordre"))
    assert notice.key != wording.trial_notice(AT + timedelta(seconds=1), language).key
