"""SIGKILL at random moments while logs grow with lookalikes in them, and what came of it."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.world.ct import FakeLog
from tests.world.ct_config import BRAND, CtWorld, ct_world
from tests.world.daemon import daemon
from tests.world.smtp import SmtpServer, smtp_in_a_thread

_SUBSCRIBERS = """
[[subscriber]]
name = "IT"
channels = { email = ["it@example.org"] }
"""
_CHANNELS = """
[notifiers.email]
host = "127.0.0.1"
port = {smtp}
tls = "none"
sender = "hunter@example.org"
# A letter for each alert, so that they can be counted.
an_hour = 10000
a_day = 10000
"""
_LONGEST_LIFE = 1.5
"""Seconds after its start in which a daemon is killed."""


@dataclass
class Kills:
    """Two logs that grow, a mailbox, and daemons that die."""

    served: CtWorld
    smtp: SmtpServer
    chance: random.Random
    planted: list[str] = field(default_factory=list)
    early: int = 0
    """How many daemons were killed before they had started."""

    def all_follow(self) -> None:
        """Let a first daemon find every log's end: what is planted later is news."""
        with daemon(self.served.config) as hunting:
            urls = {log.url for log in self.served.logs}
            query = "SELECT stream FROM cursor"
            hunting.wait_for(lambda: urls <= set(self.first(query)), "a position in each log")
            hunting.kill()

    def kill_one(self) -> None:
        """Plant something while nobody looks, and more while a daemon does, until it is killed."""
        self._grow()
        before = self._starts()
        with daemon(self.served.config) as hunting:
            if self.chance.random() < 1 / 4:
                time.sleep(self.chance.uniform(0, 1))
            else:
                hunting.wait_for(lambda: self._starts() > before, "the start")
            until = time.monotonic() + self.chance.uniform(0, _LONGEST_LIFE)
            while time.monotonic() < until:
                self._grow()
                time.sleep(self.chance.uniform(0, 0.4))
            self.early += self._starts() == before
            hunting.kill()

    def settle(self) -> int:
        """Let a last daemon do what was left over, and be ended in peace; its exit status."""
        with daemon(self.served.config) as hunting:
            wanted = set(self.planted)
            opened = "SELECT domain FROM alert"
            hunting.wait_for(lambda: wanted <= set(self.first(opened)), "an alert for every name")
            waiting = "SELECT id FROM outbox WHERE state <> 'sent'"
            hunting.wait_for(lambda: not self.first(waiting), "the end of all letters")
            return hunting.stop()

    def _grow(self) -> None:
        """A lookalike among strangers in one of the logs."""
        log = self.chance.choice(self.served.logs)
        name = f"vpn{len(self.planted)}-{log.kind}-{BRAND}"
        strangers = [(f"shop{at}.example",) for at in range(self.chance.randrange(30))]
        self.planted.append(name)
        log.grow(*strangers, (name, f"www.{name}"), *strangers)

    def _starts(self) -> int:
        journal = self.served.config.parent / "journal.log"
        return journal.read_text(encoding="utf-8").count('"started"') if journal.exists() else 0

    def first(self, query: str) -> list[str]:
        """The first column of a query over the store."""
        return [str(first) for first, *_ in self.served.rows(query)]

    def opened(self) -> Counter[str]:
        """How often an alert was opened for each domain."""
        return Counter(
            self.first(
                "SELECT domain FROM alert JOIN transition ON transition.alert = alert.id"
                " WHERE kind = 'opened'"
            )
        )

    def letters(self) -> dict[str, set[str]]:
        """The different letters, by their Message-ID, that name each planted domain."""
        sent = [
            (str(one.mail["Subject"]), str(one.mail["Message-ID"])) for one in self.smtp.messages
        ]
        written = {name: name.replace(".", "[.]") for name in self.planted}
        return {
            name: {letter for subject, letter in sent if text in subject}
            for name, text in written.items()
        }

    def sent_again(self) -> int:
        """How many letters came once more: the daemon was killed before it knew they had come."""
        every = [str(one.mail["Message-ID"]) for one in self.smtp.messages]
        return len(every) - len(set(every))


@contextmanager
def kills(folder: Path, seed: int) -> Iterator[Kills]:
    """The world for it: a log of each kind with ordinary names in it."""
    logs = [FakeLog(kind, kind=kind, page=16) for kind in ("rfc6962", "static")]
    for log in logs:
        log.grow(*[(f"shop{at}.example",) for at in range(40)])
    with ExitStack() as stack:
        smtp = stack.enter_context(smtp_in_a_thread())
        channels = _CHANNELS.format(smtp=smtp.port)
        made = ct_world(folder, *logs, subscribers=_SUBSCRIBERS, more=channels)
        yield Kills(stack.enter_context(made), smtp, random.Random(seed))
