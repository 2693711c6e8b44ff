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

from hunter.contracts import Doors, NotifierContext, Recipient
from hunter.errors import WillNotPass, WillPass
from hunter.model import Level
from hunter.net.http import HttpDoor
from hunter.notice import Notice
from hunter.notifiers import slack
from hunter.notifiers.slack import Settings, payload
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
)
from tests.world.http import Response
from tests.world.slack import NOTHING, PATH, SlackServer, busy, slack_server

IT = Recipient("it")
SECRET = PATH.rpartition("/")[2]


@asynccontextmanager
async def door() -> AsyncIterator[NotifierContext]:
    """The real way out, which may reach loopback here."""
    http = HttpDoor("hunter/test", allow_private=True, timeout=5.0)
    try:
        yield NotifierContext(lambda: AT, Doors(http, cast(Any, None), cast(Any, None)))
    finally:
        await http.close()


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
        "[HIGH] onedrive-en-marche[.]fr imitates en-marche[.]fr",
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
        (Response(400, b"invalid_blocks"), WillNotPass),
        (Response(403, b"action_prohibited"), WillNotPass),
        (Response(404, b"no_service"), WillNotPass),
        (Response(410, b"channel_is_archived"), WillNotPass),
        (Response(302, b"", {"Location": "/elsewhere"}), WillNotPass),
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
        with pytest.raises(WillNotPass, match="neither"):
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
    for make in (made_notice, raw_notice):
        await arrives_harmless(tmp_path, make(raw))


async def arrives_harmless(folder: Path, told: Notice) -> None:
    """No mention, link, style, picture, control or direction mark comes from outside."""
    async with slack_server() as server:
        await post(server, folder, told)

    (message,) = server.messages
    check_limits(message)
    assert message["unfurl_links"] is False
    for kind, text in [*texts(message), ("mrkdwn", message["text"])]:
        assert not STEERS.search(text)
        assert not LIVE.search(text)
        assert not re.search(r"<|>", text)
        if kind == "mrkdwn":
            assert not MARKUP.search(text)
            assert set(re.findall(r":[a-z_]+:", text)) <= set(slack._LIGHTS.values())
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
