"""Slack: through an incoming webhook, or as a bot that keeps a thread for each lookalike.

Sources: docs.slack.dev, "Sending messages using incoming webhooks", "chat.postMessage",
"chat.update" and "Rate limits".
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Self

import structlog
from pydantic import Field, model_validator

from hunter.contracts import THE_PLACE, NotifierContext, NotifierSettings, Recipient
from hunter.errors import WillNotPass, WillPass
from hunter.model import Json
from hunter.net import hook
from hunter.net.folder import drop_notice
from hunter.net.secret import read_secret
from hunter.net.slack import Refused, SlackApi, check_taken
from hunter.notice import Notice
from hunter.wording import clean
from hunter.wording.as_slack import payload, reply
from hunter.written import LocalPath, SecretFile

FOLLOWS_STATE = True
CARRIES_FILES = False
_log = structlog.get_logger()
_TAKES_JSON = {"Content-Type": "application/json; charset=utf-8"}
_API = "https://slack.com/api"
_NO_THREAD = frozenset(("thread_not_found", "message_not_found"))
_NOWHERE = "none of webhook_url_file, bot_token_file and folder is set"
_NO_CHANNEL = "neither an address nor channel says where the bot posts"


class Settings(NotifierSettings):
    """Where to post, and as whom."""

    webhook_url_file: SecretFile | None = Field(
        default=None, description="file that holds the webhook's URL, which is a secret"
    )
    bot_token_file: SecretFile | None = Field(
        default=None,
        description="instead: file that holds the token of a bot with chat:write",
    )
    channel: str = Field(
        default="", description="the bot's channel, such as C0123456789, where no address is given"
    )
    api: str | None = Field(
        default=None, description="where the bot's methods are; slack.com's when left out"
    )
    folder: LocalPath | None = Field(
        default=None, description="write the messages there as JSON and post nothing"
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.webhook_url_file and self.bot_token_file:
            raise ValueError("webhook_url_file and bot_token_file exclude each other")
        if self.api is not None and not hook.is_safe(self.api):
            raise ValueError("api is no https:// URL")
        return self

    def fault_in(self, addresses: Sequence[str]) -> str:
        """That nothing says where to post."""
        if self.folder is not None or self.webhook_url_file is not None:
            return ""
        if self.bot_token_file is None:
            return _NOWHERE
        return "" if all(_channels(addresses, self.channel)) else _NO_CHANNEL

    def places_of(self, addresses: Sequence[str]) -> tuple[str, ...]:
        """The channel that a webhook belongs to, or those that the bot is told."""
        return super().places_of(addresses) if self.bot_token_file else THE_PLACE


async def send(
    notice: Notice, recipient: Recipient, settings: Settings, context: NotifierContext
) -> None:
    """Post it; returns when Slack took it. Raises WillPass or WillNotPass, never with a secret.

    A bot answers in the thread of the same lookalike, and brings the thread's first message up to
    date; of a silent notice it does only the latter.
    """
    if settings.folder is not None:
        if not notice.silent:
            content = json.dumps(payload(notice), ensure_ascii=False, indent=1).encode()
            drop_notice(settings.folder, notice, recipient.subscriber, ".json", content)
    elif settings.bot_token_file is None:
        if not notice.silent:
            await _post_to_webhook(notice, settings, context)
    else:
        channels = _channels(recipient.addresses, settings.channel)
        if not all(channels):
            raise WillNotPass(f"slack: {_NO_CHANNEL}")
        token = read_secret(settings.bot_token_file)
        bot = _Bot(SlackApi(context.doors.http, settings.api or _API, token), context)
        await _tell_all(bot, notice, channels)


async def _post_to_webhook(notice: Notice, settings: Settings, context: NotifierContext) -> None:
    if settings.webhook_url_file is None:
        raise WillNotPass(f"slack: {_NOWHERE}")
    url = hook.address(settings.webhook_url_file, "slack")
    content = json.dumps(payload(notice), ensure_ascii=False).encode()
    answer = await context.doors.http.post(url, content=content, headers=_TAKES_JSON)
    hook.settle(answer, "slack", context.now())
    check_taken(answer)


def _channels(addresses: Sequence[str], channel: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(addresses)) or (channel,)


async def _tell_all(bot: "_Bot", notice: Notice, channels: Iterable[str]) -> None:
    """A channel that refuses does not keep it from the others; nor does it get it twice."""
    refusals: dict[str, WillNotPass] = {}
    for channel in channels:
        try:
            await bot.tell(notice, channel)
        except WillPass as error:
            in_doubt = error.in_doubt or bot.posted
            raise WillPass(str(error), error.retry_after, in_doubt=in_doubt) from error
        except WillNotPass as refusal:
            refusals[clean(channel)] = refusal
            _log.warning("slack.refused", channel=clean(channel), reason=str(refusal))
    if refusals and not bot.posted:
        raise next(iter(refusals.values()))
    if refusals:
        told = "; ".join(f"{channel}: {refusal}" for channel, refusal in refusals.items())
        bot.context.remark(f"refused: {told}")


class _Bot:
    """What the bot does, and remembers of each channel."""

    def __init__(self, api: SlackApi, context: NotifierContext) -> None:
        self.api = api
        self.context = context
        self.posted = False
        """Whether any channel has what there is to post, now or since an earlier try."""

    async def tell(self, notice: Notice, channel: str) -> None:
        """Post what this channel has not got yet, and bring its first message up to date."""
        begun, posted = f"thread {channel} {notice.thread}", f"posted {channel} {notice.key}"
        first = self.context.recall(begun)
        if not notice.silent and self.context.recall(posted) is None:
            stamp, anew = await self._post(notice, channel, first)
            self.context.keep(posted, stamp)
            if anew and notice.domain and stamp:
                self.context.keep(begun, stamp)
                first = None
        self.posted = True
        if first is not None:
            await self._update(notice, channel, first)

    async def _post(self, notice: Notice, channel: str, first: str | None) -> tuple[str, bool]:
        """The message's stamp, and whether a thread begins with it."""
        where: dict[str, Json] = {"channel": channel}
        try:
            if first is not None:
                stamp = await self._say(where | {"thread_ts": first} | reply(notice))
                return stamp, False
        except Refused as refusal:
            if refusal.error not in _NO_THREAD:
                raise
        return await self._say(where | payload(notice)), True

    async def _say(self, message: Mapping[str, Json]) -> str:
        answer = await self.api.call("chat.postMessage", message, self.context.now())
        return str(answer.get("ts", ""))

    async def _update(self, notice: Notice, channel: str, first: str) -> None:
        """What somebody deleted cannot be brought up to date, and need not be."""
        message: dict[str, Json] = {"channel": channel, "ts": first}
        try:
            await self.api.call("chat.update", message | payload(notice), self.context.now())
        except Refused as refusal:
            _log.warning("slack.not_updated", channel=clean(channel), reason=str(refusal))
