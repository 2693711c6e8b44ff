"""Slack messages as they arrive at a real webhook, and what its answers mean."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from slack_sdk.models.blocks import Block

from hunter import wording
from hunter.contracts import Doors, NotifierContext, Recipient
from hunter.errors import Unwelcome, WillNotPass, WillPass
from hunter.model import Level, Report
from hunter.notice import Gist, Notice
from hunter.notifiers import slack
from hunter.notifiers.slack import Settings
from hunter.wording import as_slack
from hunter.wording.as_slack import payload, reply
from tests.world.alerts import (
    AT,
    ATTACKS,
    LIVE,
    STEERS,
    hostile,
    made_notice,
    makers,
    notice,
    raw_notice,
    told_together,
)
from tests.world.doors import door
from tests.world.http import Response
from tests.world.slack import (
    NOTHING,
    PATH,
    SlackServer,
    SlackWorkspace,
    busy,
    slack_server,
    slack_workspace,
)

IT = Recipient("it")
SECRET = PATH.rpartition("/")[2]


async def post(server: SlackServer, folder: Path, told: Notice | None = None) -> None:
    """Send a notice with the webhook's URL in a file."""
    secret = folder / "webhook"
    secret.write_text(server.webhook + "\n")
    async with door() as context:
        await slack.send(told or notice(), IT, Settings(webhook_url_file=secret), context)


def texts(message: Any) -> Iterator[tuple[str, str]]:
    """Every text object in a message with its type; rich text as "text"."""
    if isinstance(message, dict):
        if isinstance(message.get("text"), str) and "type" in message:
            yield message["type"], message["text"]
        for value in message.values():
            yield from texts(value)
    elif isinstance(message, list):
        for item in message:
            yield from texts(item)


def check_limits(message: dict[str, Any]) -> None:
    """Slack's own limits, as its SDK and its documentation state them."""
    assert len(message["blocks"]) <= 50
    for block in Block.parse_all(message["blocks"]):
        assert block is not None
        block.validate_json()
    for block in message["blocks"]:
        assert 0 < len(json.dumps(block)) < 30_000
        for one in (block.get("text"), *block.get("elements", ())):
            if one and one.get("type") in ("mrkdwn", "plain_text"):
                assert 0 < len(one["text"]) <= 3000
        for field in block.get("fields", ()):
            assert 0 < len(field["text"]) <= 2000
    assert len(message["text"]) <= 3000


async def test_a_message_arrives_with_all_that_is_needed(tmp_path: Path) -> None:
    """What imitates what, why, the facts, the unknown, what to do, and the hedge."""
    async with slack_server() as server:
        await post(server, tmp_path)

    (message,) = server.messages
    check_limits(message)
    said = "\n".join(text for _, text in texts(message))
    for needed in (
        "[HIGH] onedrive-en-marche[.]fr looks like en-marche[.]fr",
        "carries your name en-marche with the word onedrive in front of it",
        "johnpinch[@]mail[.]com",
        "*Registrar*\nRegistrar SAS",
        "withheld by the registry",
        "1. Block onedrive-en-marche[.]fr",
        "not proof of intent",
        "very strong (0.91 of 1)",
    ):
        assert needed in said
    assert server.requests[0].headers["content-type"].startswith("application/json")


async def test_the_part_that_imitates_is_marked() -> None:
    """In rich text, since mrkdwn marks whole words only."""
    (name,) = [block for block in _blocks(notice()) if block["type"] == "rich_text"]

    shown = name["elements"][0]["elements"]
    assert [(one["text"], one["style"].get("bold", False)) for one in shown] == [
        ("onedrive-", False),
        ("en-marche", True),
        ("[.]fr", False),
    ]


def _blocks(told: Notice) -> list[Any]:
    return cast(list[Any], payload(told)["blocks"])


async def test_a_busy_webhook_says_when_to_come_back(tmp_path: Path) -> None:
    """429 with Retry-After."""
    async with slack_server(busy(30), Response(200, b"ok")) as server:
        with pytest.raises(WillPass, match="429") as caught:
            await post(server, tmp_path)
        await post(server, tmp_path)

    assert caught.value.retry_after == timedelta(seconds=30)
    assert len(server.messages) == 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Response(500, b"oops"), WillPass),
        (Response(503), WillPass),
        (NOTHING, WillPass),
        (Response(400, b"invalid_blocks"), Unwelcome),
        (Response(403, b"action_prohibited"), WillNotPass),
        (Response(404, b"no_service"), WillNotPass),
        (Response(410, b"channel_is_archived"), WillNotPass),
        (Response(302, b"", {"Location": "/elsewhere"}), WillNotPass),
        (Response(200, b"invalid_payload"), Unwelcome),
    ],
)
async def test_the_answer_decides(tmp_path: Path, answer: Response, kind: type[Exception]) -> None:
    """What passes is tried again; what does not switches the channel off. The URL stays secret."""
    async with slack_server(answer) as server:
        with pytest.raises(kind) as caught:
            await post(server, tmp_path)

    assert answer.body.decode() in str(caught.value) or answer is NOTHING
    doubtful = answer is NOTHING or answer.status >= 500
    assert getattr(caught.value, "in_doubt", False) is doubtful
    assert SECRET not in str(caught.value)
    assert SECRET not in str(caught.value.__cause__)


async def test_a_page_in_slacks_place_has_not_taken_the_message(tmp_path: Path) -> None:
    """A proxy or portal on the way, which calls its page a success."""
    page = Response(200, b"\n<!DOCTYPE html><title>Sign in</title>", {"Content-Type": "text/html"})
    async with slack_server(page) as server:
        with pytest.raises(WillPass, match="a web page answered") as caught:
            await post(server, tmp_path)

    assert not caught.value.in_doubt


async def test_a_webhook_that_is_away_will_pass(tmp_path: Path) -> None:
    """Nobody listens there."""
    async with slack_server() as server:
        pass
    with pytest.raises(WillPass) as caught:
        await post(server, tmp_path)

    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://hooks.example/services/x", "file:///etc/passwd", "no url", "http://[x", ""]
)
async def test_the_secret_goes_to_https_only(tmp_path: Path, url: str) -> None:
    """A URL that would show it on the way is refused before anything is sent."""
    secret = tmp_path / "webhook"
    secret.write_text(url)
    async with door() as context:
        with pytest.raises(WillNotPass):
            await slack.send(notice(), IT, Settings(webhook_url_file=secret), context)
        with pytest.raises(WillNotPass, match="none of"):
            await slack.send(notice(), IT, Settings(), context)


def test_messages_can_go_to_a_folder_instead(tmp_path: Path) -> None:
    """As JSON, one file for each notice."""
    context = NotifierContext(lambda: AT, cast(Doors, None))
    for told in (notice("1:a"), notice("1:a"), notice("1:b")):
        asyncio.run(slack.send(told, IT, Settings(folder=tmp_path), context))

    found = sorted(tmp_path.iterdir())
    assert len(found) == 2
    assert found[0].name.startswith("20170424T060000Z-onedrive-en-marche.fr-opened-")
    assert json.loads(found[0].read_text())["blocks"][0]["type"] == "header"


def test_a_notice_of_any_size_stays_within_the_limits() -> None:
    """Every list as long as it may be, every text too."""
    long = raw_notice("&<word> " * 120)
    message = payload(replace(long, findings=long.findings * 20, facts=long.facts * 3))

    check_limits(message)
    assert any("and 34 more" in text for _, text in texts(message))


def test_a_long_list_of_troubles_is_told_whole_or_counted() -> None:
    """Whoever hears in Slack that mail is off must find it among what else is in trouble."""
    means = "No entry since yesterday, of 1234567 that there are; " * 4
    logs = [Report("sources.ct_logs", False, means, AT, f"log {n}") for n in range(18)]
    off = Report("notifiers.email", False, "switched off: 535", AT, "it", "off")
    message = payload(wording.health_notice([(one, AT) for one in (*logs, off)], (), AT))

    check_limits(message)
    told = "\n".join(text for _, text in texts(message))
    assert all(f"log {number}," in told for number in range(18))
    assert "channel email it" in told
    longer = replace(raw_notice("word " * 160), findings=(), groups=())
    more = payload(replace(longer, news=("word " * 160,) * 20))
    check_limits(more)
    assert any(re.fullmatch(r"and \d+ more", text) for _, text in texts(more))


def test_a_digest_of_many_patterns_names_the_gravest_and_counts_the_rest() -> None:
    """Who reads that one is critical finds it there, however few are like it."""
    gists = [Gist("k", "opened", Level.CRITICAL, "a[.]fr", "worst[.]fr", (), AT, "homograph")]
    for number in range(130):
        brand, name = f"b{number % 13}[.]fr", f"n{number}[.]fr"
        gists.append(Gist(name, "opened", Level.MEDIUM, brand, name, (), AT, "typo"))
    message = payload(wording.digest("k", gists, "flood", AT, with_list=False))

    check_limits(message)
    told = [text for _, text in texts(message)]
    assert any("worst[.]fr (critical)" in text for text in told)
    assert "and 20 more" in told


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("by _word_ of mouth", "by ˍword_ of mouth"),
        ("_one_ and __two__", "ˍone_ and ˍˍtwo__"),
        ("_dmarc[.]a[.]fr", "_dmarc[.]a[.]fr"),
        ("registrant_email_domain", "registrant_email_domain"),
    ],
)
def test_underscores_are_shown_and_style_nothing(text: str, shown: str) -> None:
    """In the names of DNS and of fields they stay as they are, to be copied."""
    told = payload(replace(notice(), remark=text))

    assert shown in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize("level", list(Level))
def test_every_severity_has_a_light(level: Level) -> None:
    """A level without one would be an exception at the worst moment."""
    check_limits(payload(replace(notice(), severity=level)))


MARKUP = re.compile(r"<|>|`|~|&(?!amp;|lt;|gt;)")


@given(make=makers, raw=hostile)
@limits(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_hostile_text_is_harmless_in_slack(
    tmp_path: Path, make: Callable[[str], Notice], raw: str
) -> None:
    """Whatever stands in any field."""
    await arrives_harmless(tmp_path, make(raw))


@pytest.mark.parametrize("raw", ATTACKS)
async def test_known_attacks_are_harmless_in_slack(tmp_path: Path, raw: str) -> None:
    """Each of them, in every field of a notice and in every field it is made from."""
    for make in (made_notice, raw_notice, told_together):
        await arrives_harmless(tmp_path, make(raw))


async def arrives_harmless(folder: Path, told: Notice) -> None:
    """No mention, link, style, picture, control or direction mark comes from outside."""
    async with slack_server() as server:
        await post(server, folder, told)

    (message,) = server.messages
    check_harmless(message)


def check_harmless(message: dict[str, Any]) -> None:
    """Within Slack's limits, and nothing in it that does anything."""
    check_limits(message)
    assert message["unfurl_links"] is False
    for kind, text in [*texts(message), ("mrkdwn", message["text"])]:
        assert not STEERS.search(text)
        assert not LIVE.search(text)
        assert not re.search(r"<|>", text)
        if kind == "mrkdwn":
            assert not MARKUP.search(text)
            assert set(re.findall(r":[a-z_]+:", text)) <= set(as_slack._LIGHTS.values())
    assert all(one["verbatim"] for one in _mrkdwn_objects(message))


def _mrkdwn_objects(message: Any) -> Iterator[dict[str, Any]]:
    if isinstance(message, dict):
        if message.get("type") == "mrkdwn":
            yield message
        for value in message.values():
            yield from _mrkdwn_objects(value)
    elif isinstance(message, list):
        for item in message:
            yield from _mrkdwn_objects(item)


# as a bot


class Bot:
    """A bot with a memory, in a workspace with the channels C1 and C2."""

    def __init__(self, workspace: SlackWorkspace, token: Path, context: NotifierContext) -> None:
        token.write_text("xoxb-verysecret\n")
        self.settings = Settings(bot_token_file=token, api=workspace.url, channel="C1")
        self.memory: dict[str, str] = {}
        self.context = replace(context, recall=self.memory.get, keep=self.memory.__setitem__)

    async def tell(self, key: str, *channels: str, **changes: Any) -> None:
        """Send a notice with this key."""
        told = replace(notice(key), **changes)
        await slack.send(told, Recipient("it", channels), self.settings, self.context)


@asynccontextmanager
async def bot_in(folder: Path, *channels: str) -> AsyncIterator[tuple[Bot, SlackWorkspace]]:
    """A bot and its workspace."""
    async with slack_workspace(*(channels or ("C1", "C2"))) as workspace, door() as context:
        yield Bot(workspace, folder / "token", context), workspace


async def test_a_bot_keeps_a_thread_for_each_lookalike(tmp_path: Path) -> None:
    """News answers the first message, which is brought up to date; another one begins anew."""
    async with bot_in(tmp_path) as (bot, workspace):
        await bot.tell("1.1")
        await bot.tell("1.2", severity=Level.CRITICAL, subject="[CRITICAL] graver")
        await bot.tell("2.1", thread="another")

    first, second, other = workspace.channels["C1"].values()
    (stamp, *_) = workspace.channels["C1"]
    assert second["thread_ts"] == stamp
    assert "thread_ts" not in other
    assert first["text"].startswith("[CRITICAL] graver")
    assert len(second["blocks"]) < len(first["blocks"])
    assert workspace.channels["C2"] == {}
    assert workspace.tokens == {"Bearer xoxb-verysecret"}
    check_limits(first)
    check_limits(second)


async def test_a_silent_notice_only_brings_the_first_message_up_to_date(tmp_path: Path) -> None:
    """And where there is none, it does nothing."""
    async with bot_in(tmp_path) as (bot, workspace):
        await bot.tell("1.1", silent=True)
        assert workspace.calls == []
        await bot.tell("1.1")
        await bot.tell("1.2", silent=True, state="dismissed")

    (message,) = workspace.channels["C1"].values()
    assert "state: dismissed" in json.dumps(message["blocks"])


async def test_a_silent_notice_is_no_message_for_a_webhook(tmp_path: Path) -> None:
    """Nor a file in a folder."""
    told = replace(notice(), silent=True)
    async with slack_server() as server:
        await post(server, tmp_path, told)
    context = NotifierContext(lambda: AT, cast(Doors, None))
    await slack.send(told, IT, Settings(folder=tmp_path / "out"), context)

    assert (server.requests, (tmp_path / "out").exists()) == ([], False)


async def test_a_digest_or_trouble_in_hunter_is_no_thread(tmp_path: Path) -> None:
    """Each is a message of its own, and none is overwritten."""
    async with bot_in(tmp_path) as (bot, workspace):
        for key in ("a", "b"):
            await bot.tell(key, domain="", thread="health", kind="health")

    assert ["thread_ts" in one for one in workspace.channels["C1"].values()] == [False, False]


@pytest.mark.parametrize("refusal", ["not_in_channel", "invalid_blocks", Response(403)])
async def test_a_reply_that_is_refused_begins_no_other_thread(
    tmp_path: Path, refusal: Response | str
) -> None:
    """Only one that is gone does: the message is refused, and stands nowhere."""
    async with bot_in(tmp_path) as (bot, workspace):
        await bot.tell("1.1")
        workspace.troubles = [refusal]
        with pytest.raises(WillNotPass):
            await bot.tell("1.2")
        assert len(workspace.channels["C1"]) == 1
        await bot.tell("1.2")

    _, second = workspace.channels["C1"].values()
    assert second["thread_ts"] == next(iter(workspace.channels["C1"]))


@pytest.mark.parametrize("refusal", ["cant_update_message", Response(403)])
async def test_an_update_that_is_refused_is_no_matter_for_a_person(
    tmp_path: Path, refusal: Response | str
) -> None:
    """What was to be said is said; the channel stays on, and nothing comes twice."""
    async with bot_in(tmp_path) as (bot, workspace):
        await bot.tell("1.1")
        workspace.troubles = ["", refusal, refusal]
        await bot.tell("1.2")
        await bot.tell("1.3", silent=True)

    assert len(workspace.channels["C1"]) == 2
    assert workspace.troubles == []


async def test_a_message_without_a_stamp_begins_no_thread(tmp_path: Path) -> None:
    """What comes after it stands by itself and is not lost."""
    async with bot_in(tmp_path) as (bot, workspace):
        workspace.after = [Response(200, b'{"ok": true}')]
        await bot.tell("1.1")
        await bot.tell("1.1")
        await bot.tell("1.2")

    assert [method for method, _ in workspace.calls] == ["chat.postMessage"] * 2
    assert ["thread_ts" in one for one in workspace.channels["C1"].values()] == [False, False]


async def test_a_thread_whose_beginning_was_deleted_begins_anew(tmp_path: Path) -> None:
    """Nobody misses the news because somebody tidied up."""
    async with bot_in(tmp_path) as (bot, workspace):
        await bot.tell("1.1")
        workspace.channels["C1"].clear()
        await bot.tell("1.2")
        await bot.tell("1.3")

    first, second = workspace.channels["C1"].values()
    assert "thread_ts" not in first
    assert second["thread_ts"] == next(iter(workspace.channels["C1"]))


async def test_whoever_has_it_does_not_get_it_again_while_another_waits(tmp_path: Path) -> None:
    """Each channel is asked until it took it, once."""
    async with bot_in(tmp_path) as (bot, workspace):
        workspace.troubles = ["", "ratelimited"]
        with pytest.raises(WillPass, match="ratelimited") as caught:
            await bot.tell("1.1", "C1", "C2")
        await bot.tell("1.1", "C1", "C2")

    assert caught.value.in_doubt, "the letter must not go together with others now"
    assert [len(one) for one in workspace.channels.values()] == [1, 1]


async def test_an_update_that_has_to_wait_posts_nothing_twice(tmp_path: Path) -> None:
    """The reply is there, and the first message follows."""
    async with bot_in(tmp_path) as (bot, workspace):
        await bot.tell("1.1")
        workspace.troubles = ["", busy(30)]
        with pytest.raises(WillPass, match="429") as caught:
            await bot.tell("1.2")
        await bot.tell("1.2")

    assert caught.value.retry_after == timedelta(seconds=30)
    assert [method for method, _ in workspace.calls] == [
        "chat.postMessage",
        "chat.postMessage",
        "chat.update",
        "chat.update",
    ]


async def test_a_channel_that_refuses_does_not_keep_it_from_the_others(tmp_path: Path) -> None:
    """Only when no channel takes it is that a matter for a person; till then it is remarked."""
    remarks: list[str] = []
    async with bot_in(tmp_path, "C2") as (bot, workspace):
        bot.context = replace(bot.context, remark=remarks.append)
        await bot.tell("1.1", "C1", "C2")
        with pytest.raises(WillNotPass, match="channel_not_found"):
            await bot.tell("1.2", "C1")

    assert len(workspace.channels["C2"]) == 1
    assert remarks == ["refused: C1: slack: chat.postMessage answered channel_not_found"]


@pytest.mark.parametrize(
    ("answer", "kind", "in_doubt"),
    [
        ("internal_error", WillPass, True),
        ("fatal_error", WillPass, True),
        ("service_unavailable", WillPass, False),
        ("ratelimited", WillPass, False),
        ("rate_limited", WillPass, False),
        ("request_timeout", WillPass, False),
        ("message_limit_exceeded", WillPass, False),
        ("team_added_to_org", WillPass, False),
        ("invalid_auth", WillNotPass, False),
        ("not_in_channel", WillNotPass, False),
        ("invalid_blocks", Unwelcome, False),
        ("invalid_blocks_format", Unwelcome, False),
        ("markdown_text_conflict", Unwelcome, False),
        ("msg_blocks_too_long", Unwelcome, False),
        ("msg_too_long", Unwelcome, False),
        ("no_text", Unwelcome, False),
        ("too_many_attachments", Unwelcome, False),
        (Response(200, b"<html>"), WillPass, True),
        (Response(200, b"[]"), WillPass, True),
        (Response(200, b"[" * 100_000), WillPass, True),
        (Response(200, b"{}"), WillNotPass, False),
        (Response(503), WillPass, True),
        (busy(5), WillPass, False),
        (NOTHING, WillPass, True),
    ],
)
async def test_slacks_answers_decide(
    tmp_path: Path, answer: Response | str, kind: type[Exception], in_doubt: bool
) -> None:
    """Errors come with status 200, by name; the token is never told."""
    async with bot_in(tmp_path) as (bot, workspace):
        workspace.troubles = [answer]
        with pytest.raises(kind) as caught:
            await bot.tell("1.1")

    assert getattr(caught.value, "in_doubt", False) is in_doubt
    assert "verysecret" not in str(caught.value)


@pytest.mark.parametrize(
    ("error", "said"), [("invalid_auth", "invalid_auth"), ("", "nothing of use")]
)
async def test_what_slack_said_is_told(tmp_path: Path, error: str, said: str) -> None:
    """With the method: it stands in the status, where somebody looks for what to mend."""
    async with bot_in(tmp_path) as (bot, workspace):
        answer = json.dumps({"ok": False, "error": error}).encode()
        workspace.troubles = [Response(200, answer)]
        with pytest.raises(WillNotPass, match=f"^slack: chat.postMessage answered {said}$"):
            await bot.tell("1.1")


@given(make=makers, raw=hostile)
@limits(max_examples=40, deadline=None)
def test_hostile_text_is_harmless_in_a_reply(make: Callable[[str], Notice], raw: str) -> None:
    """The same promises as for a whole message."""
    check_harmless(json.loads(json.dumps(reply(make(raw)))))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"webhook_url_file": Path("a"), "bot_token_file": Path("b")}, "exclude each other"),
        ({"api": "http://slack.example/api"}, "no https"),
    ],
)
def test_settings_that_cannot_work_are_refused(wrong: dict[str, Any], said: str) -> None:
    """At start, with a sentence."""
    with pytest.raises(ValueError, match=said):
        Settings(**wrong)


async def test_a_bot_that_is_told_no_channel_will_not_pass(tmp_path: Path) -> None:
    """Neither by the subscriber nor by the config."""
    async with bot_in(tmp_path) as (bot, _):
        bot.settings = bot.settings.model_copy(update={"channel": ""})
        with pytest.raises(WillNotPass, match="says where"):
            await bot.tell("1.1")
