"""Every way in which logs misbehave, all at once: nothing unproven, lost or repeated, and told."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from hunter.ct.follow import load_position
from hunter.ct.lists import BAD_LIST
from hunter.model import PASSING
from tests.world.ct import (
    FakeLog,
    Spoil,
    cut_cleanly,
    empty_page,
    half_a_body,
    status,
    strange,
    too_many,
)
from tests.world.ct_config import BRAND, CtWorld, ct_world
from tests.world.daemon import daemon, hunter
from tests.world.http import Response
from tests.world.smtp import SmtpServer, smtp_in_a_thread

Mend: TypeAlias = Callable[[], object]
Wrong: TypeAlias = Callable[[FakeLog], Mend]
"""Lets a log go wrong before a lookalike is read in it; returns how that ends."""

HEAD = {"rfc6962": "get-sth", "static": "checkpoint"}
ENTRIES = {"rfc6962": "get-entries", "static": "tile/data"}
EVERYWHERE = f"everywhere-{BRAND}"
OPERATOR = """
[[subscriber]]
name = "IT"
channels = { email = ["it@example.org"] }
operator = true
"""
CHANNELS = """
[health]
tell_after = "1s"

[notifiers.email]
host = "127.0.0.1"
port = {smtp}
tls = "none"
sender = "hunter@example.org"
an_hour = 10000
a_day = 10000
"""


def now() -> int:
    """Milliseconds."""
    return int(time.time() * 1000)


def planted(log: FakeLog) -> str:
    """The lookalike that must be told of, once."""
    return f"vpn-{log.name}-{BRAND}"


def grow(log: FakeLog) -> None:
    """The lookalike, with one that stands in every log, and a stranger behind it."""
    precertificates = log.kind == "static"
    log.grow((planted(log), EVERYWHERE), ("stranger.example",), precertificates=precertificates)


def unreadable(log: FakeLog) -> str:
    """An entry that no parser accepts; the lookalike that stands in its bytes."""
    name = f"broken-{log.kind}-{BRAND}"
    log.add_entry(strange(name, log.clock, log.size if log.kind == "static" else None))
    log.publish()
    return name


def answering(where: Mapping[str, str], spoil: Spoil) -> Wrong:
    """Answers are spoilt until it is mended."""

    def wrong(log: FakeLog) -> Mend:
        fault = log.fault(spoil, where[log.kind])
        grow(log)
        return lambda: log.faults.remove(fault)

    return wrong


def flips(log: FakeLog) -> Mend:
    """The lookalike is served with another letter."""
    log.flipped.add(log.size)
    grow(log)
    return log.flipped.clear


def shrinks(log: FakeLog) -> Mend:
    """A younger head of fewer entries."""
    log.publish(log.size - 2)
    return lambda: grow(log)


def forks(log: FakeLog) -> Mend:
    """Another past, with a lookalike in it, until the log comes back to the first."""
    entries, tree = list(log.entries), log.tree
    log.fork()
    log.grow((f"fork-{planted(log)}",))

    def mend() -> None:
        log.entries, log.tree = entries, tree
        grow(log)

    return mend


WRONG: dict[str, Wrong] = {
    "429-seconds": answering(ENTRIES, status(429, Retry_After="0")),
    "429-date": answering(ENTRIES, status(429, Retry_After="Sun, 22 Nov 2026 12:30:00 GMT")),
    "500": answering(ENTRIES, status(500)),
    "half": answering(ENTRIES, half_a_body),
    "cut": answering(ENTRIES, cut_cleanly),
    "redirect": answering(ENTRIES, status(302, Location="/elsewhere/")),
    "empty": answering(ENTRIES, empty_page),
    "sorry": answering(ENTRIES, lambda _request, _good: Response(200, b"<html>sorry</html>")),
    "late": answering(ENTRIES, status(404)),
    "head-500": answering(HEAD, status(500)),
    "head-half": answering(HEAD, half_a_body),
    "head-cut": answering(HEAD, cut_cleanly),
    "head-sorry": answering(HEAD, lambda _request, _good: Response(200, b"<p>\n\nsorry</p>\n")),
    "head-redirect": answering(HEAD, status(307, Location="/elsewhere/")),
    "flip": flips,
    "shrink": shrinks,
    "fork": forks,
}


WORDS = {flips: "mismatch", shrinks: "shrank", forks: "forked"}


@dataclass
class World:
    """The logs, each with what is to go wrong with it, and a mailbox."""

    served: CtWorld
    smtp: SmtpServer
    wrong: list[tuple[FakeLog, Wrong]]
    told: set[tuple[str, str]] = field(default_factory=set)
    """Each log or list with a word of trouble that was ever told of it."""

    def rows(self, query: str) -> set[str]:
        """The first column of what the store answers."""
        return {str(first) for first, *_ in self.served.rows(query)}

    def in_trouble(self) -> set[tuple[str, str]]:
        """Which logs and lists are told to be in trouble now, with the word for it."""
        query = "SELECT subject, trouble FROM report WHERE part = 'sources.ct_logs' AND NOT healthy"
        return {(str(subject), str(trouble)) for subject, trouble in self.served.rows(query)}

    def all_told(self) -> bool:
        """Whether each log, and their list, is or was told to be in the trouble that it has."""
        self.told |= self.in_trouble()
        wanted = {(log.url, WORDS.get(wrong, PASSING)) for log, wrong in self.wrong}
        return self.told >= {*wanted, (f"{self.served.server.url}/log_list.json", BAD_LIST)}

    def opened(self) -> Counter[str]:
        """How often an alert was opened for each domain."""
        query = "SELECT domain FROM alert JOIN transition ON alert = alert.id WHERE kind = 'opened'"
        return Counter(str(domain) for (domain,) in self.served.rows(query))

    def letters(self, text: str) -> int:
        """How many letters have the text in their subject."""
        return sum(text in str(one.mail["Subject"]) for one in self.smtp.messages)


@contextmanager
def misbehaving(folder: Path) -> Iterator[World]:
    """A log of each kind for each way to go wrong; all are well at first."""
    wrong = [
        (FakeLog(f"{kind}-{what}", kind=kind, clock=now()), how)
        for kind in HEAD
        for what, how in WRONG.items()
    ]
    wrong.append((FakeLog("rfc6962-too-many", clock=now()), answering(ENTRIES, too_many)))
    for log, _ in wrong:
        log.grow(*[(f"shop{at}.example",) for at in range(5)])
    with ExitStack() as stack:
        smtp = stack.enter_context(smtp_in_a_thread())
        logs = (log for log, _ in wrong)
        channels = CHANNELS.format(smtp=smtp.port)
        made = ct_world(folder, *logs, subscribers=OPERATOR, more=channels)
        yield World(stack.enter_context(made), smtp, wrong)


def test_whatever_logs_do_nothing_is_unproven_lost_or_repeated_and_all_is_told(
    tmp_path: Path,
) -> None:
    """Thirty-one logs go wrong at once, and their list is forged; then all is mended."""
    with misbehaving(tmp_path) as world, daemon(world.served.config) as hunting:
        registry, urls = world.served.registry, {log.url for log, _ in world.wrong}
        hunting.wait_for(lambda: urls <= world.rows("SELECT stream FROM cursor"), "all positions")
        registry.forge()
        intruder = FakeLog("intruder")
        registry.logs.append(intruder)
        mends = [wrong(log) for log, wrong in world.wrong]
        hunting.wait_for(world.all_told, "all troubles")
        hunting.wait_for(lambda: world.letters("[hunter]"), "word to the operator")
        assert not world.opened()
        assert not intruder.requests
        registry.logs.remove(intruder)
        registry.faults.clear()
        for mend in mends:
            mend()
        broken = {unreadable(world.wrong[at][0]): world.wrong[at][0] for at in (1, -2)}
        names = {EVERYWHERE, *broken, *(planted(log) for log, _ in world.wrong)}
        hunting.wait_for(lambda: names <= world.opened().keys(), "an alert for each name")
        retiring, _ = world.wrong[0]
        retiring.state = "retired"
        gone = f"SELECT 1 FROM report WHERE subject = '{retiring.url}' AND message LIKE '%retired%'"
        hunting.wait_for(lambda: world.rows(gone), "word of the retired log")
        hunting.wait_for(lambda: not world.in_trouble(), "the end of all troubles")
        hunting.wait_for(lambda: world.letters(BRAND.replace(".", "[.]")) == len(names), "letters")
        assert hunting.stop() == 0

        assert world.opened() == Counter(names)
        assert world.letters("[hunter]")
        seen = "SELECT name FROM sighting WHERE source = 'ct_logs'"
        assert sorted(str(name) for (name,) in world.served.rows(seen)) == sorted(names)
        for log, _ in world.wrong:
            (cursor,) = world.rows(f"SELECT value FROM cursor WHERE stream = '{log.url}'")
            tree = load_position(cursor).tree
            assert (tree.size, tree.root()) == (log.size, log.tree.root(0, log.size))
        shown = hunter("ct", "malformed", "--json", "-c", str(world.served.config)).stdout
        kept = [json.loads(line) for line in shown.splitlines()]
        assert {(one["names"][0], one["url"]) for one in kept} == {
            (name, log.url) for name, log in broken.items()
        }
