"""Killed before any write while real and awkward servers are told: counted at the receiving end."""

import asyncio
import json
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from hunter import pipeline
from hunter.contracts import Doors
from hunter.model import Subscriber
from hunter.net.http import HttpDoor
from hunter.notifiers import email, slack, webhook
from hunter.replay import SetClock
from hunter.store import Store, outbox, reports
from tests.world.alerts import notice
from tests.world.http import HttpServer, Request, Response, http_server
from tests.world.hunting import START, small_hunt
from tests.world.mortal import Killed, MortalStore, hurry, raise_killed
from tests.world.smtp import SmtpServer, smtp_server
from tests.world.tls import own_certificate

LETTERS = ("a", "b", "c")
ANA, BEN, GONE = (f"{name}@campaign.example" for name in ("ana", "ben", "gone"))
OK = Response(204)
BUSY = Response(429, b"", {"Retry-After": "60"})
NOTHING = Response(200, b"x", cut_after=0)
AWKWARD = (BUSY, Response(500), NOTHING)
EVERY = 11
"""One write in eleven: tests/test_recovery.py stops before each, without servers."""
CHANNELS: dict[str, tuple[str, ...]] = {"email": (ANA, BEN, GONE), "slack": (), "webhook": ()}


def of_webhook(request: Request) -> tuple[str, str]:
    """webhook-id and the notice's key."""
    return request.headers["webhook-id"], json.loads(request.body)["data"]["key"]


def of_slack(request: Request) -> tuple[str, str]:
    """Slack takes no identity; the notice's key stands in its headline."""
    return "", json.loads(request.body)["text"].rpartition(" ")[2]


@dataclass
class Hook:
    """A webhook that is awkward first; it takes what it answers with 2xx or not at all."""

    read: Callable[[Request], tuple[str, str]]
    """A message's identity and the notice's key."""
    answers: list[Response] = field(default_factory=lambda: list(AWKWARD))
    taken: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, request: Request) -> Response:
        """Answer one post."""
        answer = self.answers.pop(0) if self.answers else OK
        if answer.status < 300:
            self.taken.append(self.read(request))
        return answer


@dataclass
class Around:
    """The servers, and where the secrets are."""

    smtp: SmtpServer
    hooks: Mapping[str, Hook]
    folder: Path
    trusted: Path

    async def tell(self, store: Store) -> None:
        """Two hours of a daemon's life: write the letters, and deliver."""
        clock, http = SetClock(START), HttpDoor("hunter/test", allow_private=True, timeout=5.0)
        mail = email.Settings(
            host="127.0.0.1", port=self.smtp.port, ca_bundle=self.trusted, sender="h@x.example"
        )
        hunt = replace(
            small_hunt(
                store,
                clock,
                subscribers=(Subscriber("it", CHANNELS),),
                notifiers={
                    "email": mail,
                    "slack": slack.Settings(webhook_url_file=self.folder / "slack"),
                    "webhook": webhook.Settings(url_file=self.folder / "webhook"),
                },
            ),
            doors=Doors(http, cast(Any, None), cast(Any, None)),
        )
        outbox.put_back_interrupted(store)
        reports.switch_all_on(store)
        try:
            self._write(store)
            for minute in range(0, 60, 10):
                clock.set(START + timedelta(minutes=minute))
                await pipeline.deliver(hunt)
        finally:
            await http.close()

    def _write(self, store: Store) -> None:
        for key in LETTERS:
            told = replace(notice(key), at=START, news=(f"this is {key}",))
            for channel, addresses in CHANNELS.items():
                outbox.add(
                    *(store,), channel=channel, subscriber="it", addresses=addresses, notice=told
                )


@asynccontextmanager
async def around(folder: Path, tls: ssl.SSLContext, trusted: Path) -> AsyncIterator[Around]:
    """A mail server that wants STARTTLS, puts one off, refuses one, drops a line; two webhooks."""
    hooks = {"slack": Hook(of_slack), "webhook": Hook(of_webhook)}
    chat: HttpServer
    web: HttpServer
    async with (
        smtp_server(
            starttls=tls,
            greylisted=frozenset({BEN}),
            refused=frozenset({GONE}),
            drop_after_data=1,
        ) as smtp,
        http_server(hooks["slack"]) as chat,
        http_server(hooks["webhook"]) as web,
    ):
        (folder / "slack").write_text(chat.url)
        (folder / "webhook").write_text(web.url)
        yield Around(smtp, hooks, folder, trusted)


async def die(life: Coroutine[Any, Any, None]) -> None:
    """Live to the death; whatever else was under way dies with it."""
    before = asyncio.all_tasks()
    with pytest.raises(Killed):
        await life
    under_way = asyncio.all_tasks() - before
    for one in under_way:
        one.cancel()
    await asyncio.gather(*under_way, return_exceptions=True)


def check(told: Around, store: Store) -> None:
    """Every notice arrived under one identity; repeats have the same, and are few."""
    assert outbox.counts(store) == {channel: {"sent": len(LETTERS)} for channel in CHANNELS}
    for person in (ANA, BEN):
        own = [one.mail for one in told.smtp.messages if person in one.recipients]
        ids = Counter(str(mail["Message-ID"]) for mail in own)
        assert len(ids) == len(LETTERS)
        assert sum(ids.values()) <= len(LETTERS) + 2, "one lost answer, one kill"
    assert all(GONE not in one.recipients for one in told.smtp.messages)
    assert all(one.encrypted for one in told.smtp.messages)
    for hook in told.hooks.values():
        ids = Counter(hook.taken)
        assert sorted(key for _, key in ids) == list(LETTERS)
        assert sum(ids.values()) <= len(LETTERS) + 2


def test_wherever_it_is_killed_everybody_is_told_and_repeats_can_be_told(tmp_path: Path) -> None:
    """Before the writes of an hour in which every server misbehaves in its own way."""
    tls, trusted = own_certificate(tmp_path)

    def room(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        return folder

    async def whole() -> int:
        async with around(room("whole"), tls, trusted) as told:
            with MortalStore(told.folder / "hunter.db", 1_000_000, raise_killed) as store:
                await told.tell(store)
                check(told, store)
                return 1_000_000 - store.left

    async def killed(number: int) -> None:
        async with around(room(str(number)), tls, trusted) as told:
            path = told.folder / "hunter.db"
            with MortalStore(path, number, raise_killed) as store:
                hurry(store)
                await die(told.tell(store))
            with Store(path) as store:
                hurry(store)
                await told.tell(store)
                check(told, store)

    for number in range(len(LETTERS) * 2, asyncio.run(whole()), EVERY):
        asyncio.run(killed(number))
