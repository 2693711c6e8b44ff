"""Killed before any write while real and awkward servers are told: counted at the receiving end."""

import asyncio
import json
import ssl
from collections import Counter
from collections.abc import AsyncIterator
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
from hunter.notifiers import email, webhook
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
EVERY = 5
"""One write in five: tests/test_recovery.py stops before each, without servers."""


@dataclass
class Hook:
    """A webhook that is awkward first; it takes what it answers with 2xx or not at all."""

    answers: list[Response] = field(default_factory=lambda: list(AWKWARD))
    taken: list[tuple[str, str]] = field(default_factory=list)
    """webhook-id and the notice's key."""

    def __call__(self, request: Request) -> Response:
        """Answer one post."""
        answer = self.answers.pop(0) if self.answers else OK
        if answer.status < 300:
            key = json.loads(request.body)["data"]["key"]
            self.taken.append((request.headers["webhook-id"], key))
        return answer


@dataclass
class Around:
    """The servers, and where the secrets are."""

    smtp: SmtpServer
    hook: Hook
    url: str
    folder: Path
    trusted: Path

    async def tell(self, store: Store) -> None:
        """Two hours of a daemon's life: write the letters, and deliver."""
        clock, http = SetClock(START), HttpDoor("hunter/test", allow_private=True, timeout=5.0)
        (self.folder / "url").write_text(self.url)
        mail = email.Settings(
            host="127.0.0.1", port=self.smtp.port, ca_bundle=self.trusted, sender="h@x.example"
        )
        channels = {"email": (ANA, BEN, GONE), "webhook": ()}
        hunt = replace(
            small_hunt(
                store,
                clock,
                subscribers=(Subscriber("it", channels),),
                notifiers={
                    "email": mail,
                    "webhook": webhook.Settings(url_file=self.folder / "url"),
                },
            ),
            doors=Doors(http, cast(Any, None), cast(Any, None)),
        )
        outbox.put_back_interrupted(store)
        reports.switch_all_on(store)
        try:
            self._write(store, channels)
            for minute in range(0, 60, 10):
                clock.set(START + timedelta(minutes=minute))
                await pipeline.deliver(hunt)
        finally:
            await http.close()

    def _write(self, store: Store, channels: dict[str, tuple[str, ...]]) -> None:
        for key in LETTERS:
            told = replace(notice(key), at=START)
            for channel, addresses in channels.items():
                outbox.add(
                    *(store,), channel=channel, subscriber="it", addresses=addresses, notice=told
                )


@asynccontextmanager
async def around(folder: Path, tls: ssl.SSLContext, trusted: Path) -> AsyncIterator[Around]:
    """A mail server that wants STARTTLS, puts one off, refuses one and drops a line; a webhook."""
    hook = Hook()
    served: HttpServer
    async with (
        smtp_server(
            starttls=tls,
            greylisted=frozenset({BEN}),
            refused=frozenset({GONE}),
            drop_after_data=1,
        ) as smtp,
        http_server(hook) as served,
    ):
        yield Around(smtp, hook, served.url, folder, trusted)


def check(told: Around, store: Store) -> None:
    """Every notice arrived under one identity; repeats have the same, and are few."""
    assert outbox.counts(store) == {
        channel: {"sent": len(LETTERS)} for channel in ("email", "webhook")
    }
    for person in (ANA, BEN):
        own = [one.mail for one in told.smtp.messages if person in one.recipients]
        ids = Counter(str(mail["Message-ID"]) for mail in own)
        assert len(ids) == len(LETTERS)
        assert sum(ids.values()) <= len(LETTERS) + 2, "one lost answer, one kill"
    assert all(GONE not in one.recipients for one in told.smtp.messages)
    assert all(one.encrypted for one in told.smtp.messages)
    ids = Counter(told.hook.taken)
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
                with pytest.raises(Killed):
                    await told.tell(store)
            with Store(path) as store:
                hurry(store)
                await told.tell(store)
                check(told, store)

    for number in range(len(LETTERS) * 2, asyncio.run(whole()), EVERY):
        asyncio.run(killed(number))
