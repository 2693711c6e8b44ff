"""The door to Slack's methods for bots.

Source: docs.slack.dev, "Using the Slack Web API". Errors come with status 200, and by name.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hunter.errors import Unwelcome, WillNotPass, WillPass
from hunter.net import hook
from hunter.net.http import HttpAnswer, HttpDoor
from hunter.net.text import clean

_PASSING = frozenset(
    (
        "message_limit_exceeded", "org_login_required", "ratelimited", "rate_limited",
        "request_timeout", "service_unavailable", "team_added_to_org",
    )
)  # fmt: skip
"""Too much at a time, and a workspace that is being moved to an organisation."""
_DOUBTFUL = frozenset(("internal_error", "fatal_error"))
"""Errors in which the documentation leaves open whether something was done before."""
_OF_THE_MESSAGE = frozenset(
    (
        "invalid_blocks", "invalid_blocks_format", "markdown_text_conflict", "msg_blocks_too_long",
        "msg_too_long", "no_text", "too_many_attachments",
    )
)  # fmt: skip
_ERROR = re.compile(r"[a-z]+(_[a-z]+)+")


class Refused(WillNotPass):
    """Slack's answer was an error; `error` is its name."""

    def __init__(self, method: str, error: str) -> None:
        super().__init__(f"slack: {method} answered {clean(error, 80) or 'nothing of use'}")
        self.error = error


class RefusedMessage(Refused, Unwelcome):
    """Slack's answer was an error of what was to be posted."""


@dataclass(frozen=True, slots=True)
class SlackApi:
    """The methods under a URL, and the bot that calls them."""

    http: HttpDoor
    url: str
    token: str = field(repr=False)

    async def call(
        self, method: str, arguments: Mapping[str, Any], now: datetime
    ) -> dict[str, Any]:
        """What the method answers; raises WillPass, `in_doubt` when it may be done, and Refused."""
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Authorization": f"Bearer {self.token}",
        }
        content = json.dumps(arguments, ensure_ascii=False).encode("utf-8", "replace")
        url = f"{self.url.rstrip('/')}/{method}"
        answer = await self.http.post(url, content=content, headers=headers)
        hook.settle(answer, "slack", now)
        return _settled(method, answer)


def check_taken(answer: HttpAnswer) -> None:
    """Whether it was Slack that took a webhook's message: with `ok`, and no error or page.

    A page comes from a proxy or portal on the way, which may well call it a success.
    """
    said = answer.body.decode("utf-8", "replace").strip()
    if said.startswith("<"):
        raise WillPass("slack: a web page answered in Slack's place")
    if _ERROR.fullmatch(said):
        raise Unwelcome(f"slack: the webhook answered {answer.status} {clean(said, 80)}")


def _settled(method: str, answer: HttpAnswer) -> dict[str, Any]:
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise WillPass(f"slack: {method} answered no JSON", in_doubt=True)
    if found.get("ok") is True:
        return found
    error = str(found.get("error", ""))
    if error in _PASSING | _DOUBTFUL:
        raise WillPass(f"slack: {method} answered {error}", in_doubt=error in _DOUBTFUL)
    raise RefusedMessage(method, error) if error in _OF_THE_MESSAGE else Refused(method, error)
