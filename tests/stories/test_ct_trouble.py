"""Logs that lie, fall silent or behind, and a forged list of them: the operator is told, once."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.world.ct import FakeLog, certificate, logged
from tests.world.ct_config import CtWorld, ct_world
from tests.world.daemon import Daemon, daemon, hunter
from tests.world.slack import SlackServer, slack_in_a_thread
from tests.world.smtp import SmtpServer, smtp_in_a_thread

KINDS = ("rfc6962", "static")
ENTRIES = {"rfc6962": "get-entries", "static": "tile/data"}
HOUR = 3_600_000

SUBSCRIBERS = """
[[subscriber]]
name = "press"
channels = { email = ["press@example.org"] }

[[subscriber]]
name = "IT"
channels = { email = ["it@example.org"], slack = [] }
operator = true
"""

CHANNELS = """
[health]
tell_after = "1s"
over_after = "1s"

[notifiers.email]
host = "127.0.0.1"
port = {smtp}
tls = "none"
sender = "hunter@example.org"

[notifiers.slack]
webhook_url_file = "{folder}/webhook"
"""


@dataclass
class World:
    """The logs and where the operator reads."""

    served: CtWorld
    smtp: SmtpServer
    slack: SlackServer

    @property
    def logs(self) -> list[FakeLog]:
        """The listed logs."""
        return self.served.logs

    def mails(self, text: str = "[hunter]") -> list[str]:
        """The subjects of the mails that hold the text."""
        subjects = [str(received.mail["Subject"]) for received in self.smtp.messages]
        return [subject for subject in subjects if text in subject]

    @contextmanager
    def followed(self) -> Iterator[Daemon]:
        """A daemon that has found every log."""
        with daemon(self.served.config) as hunting:
            hunting.wait_for(lambda: all(log.requests for log in self.logs), "a look at each log")
            yield hunting

    def until_told(self, hunting: Daemon, text: str) -> None:
        """Wait until the operator has a mail and a Slack message with that subject."""
        hunting.wait_for(lambda: self.mails(text), f"a mail: {text}")
        hunting.wait_for(lambda: text in str(self.slack.messages), f"a Slack message: {text}")


def sign_ahead(log: FakeLog) -> None:
    """Let it not fall silent, however long a busy machine takes."""
    log.clock = now() + HOUR
    log.publish()


def now() -> int:
    """Milliseconds."""
    return int(time.time() * 1000)


@contextmanager
def told(folder: Path, kinds: Sequence[str], options: str) -> Iterator[World]:
    """Logs of these kinds that signed a head just now, and a mailbox and a channel."""
    logs = [FakeLog(kind, kind=kind, page=256, clock=now()) for kind in kinds]
    for log in logs:
        log.grow(*[(f"shop{at}.example",) for at in range(20)])
    with ExitStack() as stack:
        smtp = stack.enter_context(smtp_in_a_thread())
        slack = stack.enter_context(slack_in_a_thread())
        (folder / "webhook").write_text(slack.webhook, encoding="utf-8")
        channels = CHANNELS.format(smtp=smtp.port, folder=folder)
        made = ct_world(folder, *logs, options=options, subscribers=SUBSCRIBERS, more=channels)
        yield World(stack.enter_context(made), smtp, slack)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A log of each kind, about which an operator hears soon when it signs nothing."""
    with told(tmp_path, KINDS, 'silent_after = "2s"') as made:
        yield made


@pytest.mark.parametrize("number", [0, 1])
def test_a_fork_is_told_to_the_operator(world: World, number: int) -> None:
    """Once, on every channel of theirs and to nobody else; and in the status."""
    log = world.logs[number]
    for each in world.logs:
        sign_ahead(each)
    with world.followed() as hunting:
        hunting.wait_for(lambda: len(log.requests) > 4, "the log's position")
        log.fork()
        world.until_told(hunting, "[hunter] forked: source ct_logs")
        assert hunting.stop() == 0
    told = hunter("status", "-c", str(world.served.config))

    assert told.returncode == 1
    assert "forked: two signed trees of 20 entries differ" in told.stdout
    assert len(world.mails()) == 1
    assert {to for mail in world.smtp.messages for to in mail.recipients} == {"it@example.org"}


def test_a_log_that_falls_silent_is_told_and_so_is_its_end(world: World) -> None:
    """It answers, and signs nothing any more; beyond its own merge delay, that is a minute here."""
    silent, sound = world.logs
    sign_ahead(sound)
    silent.clock = now() - 58_000
    with world.followed() as hunting:
        world.until_told(hunting, "[hunter] silent: source ct_logs")
        sign_ahead(silent)
        world.until_told(hunting, "[hunter] well again: source ct_logs")
        assert hunting.stop() == 0

    assert len(world.mails()) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_log_that_falls_behind_is_told_while_it_does_and_so_is_its_end(
    tmp_path: Path, kind: str
) -> None:
    """Forty pages of two hours ago wait to be read, and are slow: telling takes less."""
    with told(tmp_path, [kind], "") as world:
        (log,) = world.logs
        with world.followed() as hunting:
            known = f"SELECT 1 FROM cursor WHERE stream = '{log.url}'"
            hunting.wait_for(lambda: world.served.rows(known), "a position")
            assert hunting.stop() == 0
        log.clock = now() - 2 * HOUR
        der = certificate(("old.example",), 1).public_bytes(Encoding.DER)
        for index in range(20, 40 * log.page):
            log.add_entry(logged(der, ("old.example",), log.clock, index))
        log.clock = now()
        log.publish()
        slow = log.fault(lambda _request, good: replace(good, delay=2.0), ENTRIES[kind])
        with world.followed() as hunting:
            world.until_told(hunting, "[hunter] falls behind: source ct_logs")
            status = hunter("status", "-c", str(world.served.config))
            log.faults.remove(slow)
            world.until_told(hunting, "[hunter] well again: source ct_logs")
            assert hunting.stop() == 0

    assert status.returncode == 1
    assert re.search(
        r"falls behind: verified to entry \d+, \d+ behind \(1[2-9]\d min\)", status.stdout
    )
    assert len(world.mails()) == 2


def test_a_forged_list_is_told_and_not_believed(world: World) -> None:
    """The last good list stays in force."""
    intruder = FakeLog("intruder")
    for each in world.logs:
        sign_ahead(each)
    with world.followed() as hunting:
        world.served.registry.forge()
        world.logs.append(intruder)
        world.until_told(hunting, "[hunter] bad list of logs: source ct_logs")
        seen = len(world.logs[1].requests)
        hunting.wait_for(lambda: len(world.logs[1].requests) > seen, "another look at the logs")
        assert hunting.stop() == 0

    assert intruder.requests == []
    assert len(world.mails()) == 1
