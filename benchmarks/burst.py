"""Ten thousand lookalikes in one burst, through the whole hunt, to three channels on loopback.

    python -m benchmarks.burst [HOW_MANY]

Prints what arrived: every alert must be told on every channel, in few messages, and the memory of
the hunt must not grow with the burst.
"""

import asyncio
import base64
import csv
import io
import json
import resource
import sys
import time
from collections.abc import Iterable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest
import structlog

from hunter import pipeline
from hunter.contracts import Batch, Doors
from hunter.model import Subscriber
from hunter.net.http import HttpDoor
from hunter.notifiers import email, slack, webhook
from hunter.replay import SetClock
from hunter.store import Store, outbox
from tests.world.http import Request, Response, http_server
from tests.world.hunting import START, World, small_hunt
from tests.world.slack import slack_server
from tests.world.smtp import SmtpServer, smtp_server

HOURS = 24


def megabytes() -> float:
    """The most memory that this process held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def listed(content: bytes) -> set[str]:
    """The domains in a digest's list."""
    text = content.decode("utf-8-sig")
    return {row["domain"] for row in csv.DictReader(io.StringIO(text, newline=""))}


def mailed(server: SmtpServer) -> set[str]:
    """Every domain that the mails tell of."""
    found: set[str] = set()
    for received in server.messages:
        files = [part.get_content() for part in received.mail.iter_attachments()]
        alone = str(received.mail["X-Hunter-Domain"]).replace("[.]", ".")
        found |= listed(files[0].encode("utf-8-sig")) if files else {alone}
    return found


def posted(requests: Iterable[Request]) -> set[str]:
    """Every domain that the webhook's messages tell of."""
    found: set[str] = set()
    for request in requests:
        told = json.loads(request.body)["data"]
        files = [base64.b64decode(one["content"]) for one in told["attachments"]]
        found |= listed(files[0]) if files else {told["domain"]}
    return found


async def burst(folder: Path, count: int) -> None:
    """Let it come, tell it for a day, and count."""
    channels: dict[str, tuple[str, ...]] = {"email": ("a@x.example",), "slack": (), "webhook": ()}
    names = {f"en-marche{number}.fr" for number in range(count)}
    clock, world = SetClock(START), World()
    http = HttpDoor("hunter/benchmark", allow_private=True)
    async with AsyncExitStack() as stack:
        smtp = await stack.enter_async_context(smtp_server())
        chat = await stack.enter_async_context(slack_server())
        hook = await stack.enter_async_context(http_server(lambda _: Response(204)))
        store = stack.enter_context(Store(folder / "hunter.db"))
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        world.install(patch)
        (folder / "slack").write_text(chat.webhook)
        (folder / "hook").write_text(hook.url)
        hunt = small_hunt(
            store,
            clock,
            subscribers=(Subscriber("it", channels),),
            notifiers={
                "email": email.Settings(host="127.0.0.1", port=smtp.port, tls="none"),
                "slack": slack.Settings(webhook_url_file=folder / "slack"),
                "webhook": webhook.Settings(url_file=folder / "hook"),
            },
        )
        hunt = replace(hunt, doors=Doors(http, cast(Any, None), cast(Any, None)))
        store.rows("PRAGMA synchronous = OFF")
        await pipeline.take(hunt, "planted", Batch("\n".join(sorted(names)).encode(), "1"))
        while await pipeline.enrich(hunt) + await pipeline.judge_pending(hunt):
            pass
        before, begun = megabytes(), time.process_time()
        for minute in range(0, HOURS * 60, 10):
            clock.set(START + timedelta(minutes=minute))
            await pipeline.deliver(hunt)
        spent, grown = time.process_time() - begun, megabytes() - before
        await http.close()

        print(f"{count} alerts; {outbox.counts(store)}")
        print(f"mails {len(smtp.messages)}, lost {len(names - mailed(smtp))}")
        print(f"posts {len(hook.requests)}, lost {len(names - posted(hook.requests))}")
        print(f"slack messages {len(chat.messages)}")
        print(f"processor {spent:.1f} s; memory {before:.0f} MB, grown by {grown:.0f} MB")


def main() -> None:
    """Run it."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with TemporaryDirectory() as folder:
        asyncio.run(burst(Path(folder), int(sys.argv[1]) if sys.argv[1:] else 10_000))


if __name__ == "__main__":
    main()
