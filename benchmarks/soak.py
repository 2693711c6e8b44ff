"""Thirty days in fast motion: the real daemon, a fake world, outages of each part, and kill -9.

    python benchmarks/soak.py [--days 30] [--seconds-a-day 10] [--kills 20]

Every day a list of new names comes with lookalikes among strangers; some of them take mail a day
later. DNS, RDAP, the mail server, Slack and the folder of lists fail in turn, each for a day. The
kills come in the first third, so that memory is that of one process over the last two thirds.
"""

import argparse
import json
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

# Instead of this folder, whose dns.py would stand before the package of that name.
sys.path[0] = str(Path(__file__).parents[1])

from tests.world.dns import DnsServer, Trouble, dns_server
from tests.world.http import Response
from tests.world.rdap import RdapServer, contact, rdap_server, registered
from tests.world.slack import OK, SlackServer, slack_in_a_thread
from tests.world.smtp import SmtpServer, smtp_in_a_thread
from tests.world.thread import running

BRAND = "atelier-lumiere.fr"
A_DAY = 2
STRANGERS = 500
DAY = 86_400
PATIENCE = 120
CONFIG = """
[[brand]]
domain = "{brand}"
[[subscriber]]
name = "IT"
channels = {{ email = ["it@example.org"], slack = [] }}
minimum = "low"
[net]
dns_servers = ["127.0.0.1"]
dns_port = {dns}
allow_private = true
[store]
folder = "{folder}/state"
[sources.permutations]
every = "5s"
limit = 300
[sources.registrations]
every = "1s"
feeds = [{{ path = "{folder}/feeds" }}]
[enrichers.rdap]
server = "{rdap}"
[enrichers.whois]
enabled = false
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
    """The servers, the clock, and what was planted."""

    folder: Path
    dns: DnsServer
    rdap: RdapServer
    smtp: SmtpServer
    slack: SlackServer
    seconds_a_day: float
    days: int
    chance: random.Random = field(default_factory=lambda: random.Random(2017))
    planted: list[str] = field(default_factory=list)
    outages: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)
    epoch: float = field(default_factory=time.time)

    def __post_init__(self) -> None:
        real = datetime.now(UTC)
        self.begin = real - timedelta(days=self.days + PATIENCE / self.seconds_a_day + 1)

    def now(self) -> datetime:
        """The daemon's time."""
        passed = (time.time() - self.epoch) * DAY / self.seconds_a_day
        return self.begin + timedelta(seconds=passed)

    def plant(self, name: str) -> None:
        """Let it be registered and hosted."""
        self.dns.names[name] = {"A": "192.0.2.7", "NS": ["ns1.monovm.com."]}
        owner = contact("registrant", name="J P", email=f"{name[:12]}@mail.com")
        on = self.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        self.rdap.answers[name] = registered(name, on=on, entities=[owner], ns=["ns1.monovm.com"])
        self.planted.append(name)

    def let_mail_in(self, name: str) -> None:
        """A step up the ladder."""
        self.dns.names[name] = {**self.dns.names[name], "MX": f"10 mx.{name}."}  # type: ignore[dict-item]

    def list_of(self, day: int) -> list[str]:
        """The day's lookalikes, dropped among strangers."""
        new = [f"espace{day * A_DAY + one}-{BRAND}" for one in range(A_DAY)]
        for name in new:
            self.plant(name)
        strangers = [f"{self.chance.getrandbits(48):x}.fr" for _ in range(STRANGERS)]
        names = [*strangers, *new]
        self.chance.shuffle(names)
        part = self.folder / "list.part"
        part.write_text("\n".join(names) + "\n", encoding="utf-8")
        part.rename(self.folder / "feeds" / f"day{day}.txt")
        return new


Change = tuple[Callable[[World], object], Callable[[World, object], None]]


def _dns_down(world: World) -> object:
    before = dict(world.dns.names)
    world.dns.names.clear()
    world.dns.names.update({f"*.{tld}": Trouble.SERVFAIL for tld in ("fr", "com", "org")})
    return before


def _dns_up(world: World, before: object) -> None:
    later = {name: how for name, how in world.dns.names.items() if not name.startswith("*.")}
    world.dns.names.clear()
    world.dns.names.update({**before, **later})  # type: ignore[dict-item]


def _rdap_down(world: World) -> object:
    before = dict(world.rdap.answers)
    world.rdap.answers.update(dict.fromkeys(before, Response(503)))
    return before


OUTAGES: dict[str, Change] = {
    "provider dns": (_dns_down, _dns_up),
    "provider rdap": (
        _rdap_down,
        lambda world, before: world.rdap.answers.update(before),  # type: ignore[arg-type]
    ),
    "channel email": (
        lambda world: setattr(world.smtp, "answer_to_data", "451 4.3.0 try later"),
        lambda world, _: setattr(world.smtp, "answer_to_data", "250 2.0.0 taken"),
    ),
    "channel slack": (
        lambda world: setattr(world.slack, "answers", [Response(503)]),
        lambda world, _: setattr(world.slack, "answers", [OK]),
    ),
    "source registrations": (
        lambda world: (world.folder / "feeds").rename(world.folder / "away"),
        lambda world, _: (
            (world.folder / "feeds").exists()
            or (world.folder / "away").rename(world.folder / "feeds")
        ),
    ),
}


@contextmanager
def world(folder: Path, days: int, seconds_a_day: float) -> Iterator[World]:
    """A quiet world, with a config that points at it."""
    with ExitStack() as stack:
        dns = stack.enter_context(running(dns_server({"mail.example.org": {"A": "192.0.2.1"}})))
        rdap = stack.enter_context(running(rdap_server({})))
        smtp = stack.enter_context(smtp_in_a_thread())
        slack = stack.enter_context(slack_in_a_thread())
        (folder / "feeds").mkdir()
        (folder / "webhook").write_text(slack.webhook, encoding="utf-8")
        values = {"dns": dns.port, "rdap": rdap.url, "smtp": smtp.port, "folder": folder}
        text = CONFIG.format(brand=BRAND, **values)
        (folder / "config.toml").write_text(text, encoding="utf-8")
        yield World(folder, dns, rdap, smtp, slack, seconds_a_day, days)


class Process:
    """The daemon, started again and again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.kills = 0
        self.memory: list[tuple[float, int]] = []
        """Seconds since the beginning, resident bytes."""
        self._start()

    def _start(self) -> None:
        world = self.world
        script = str(Path(__file__).with_name("soak_daemon.py"))
        factor = DAY / world.seconds_a_day
        arguments = [world.begin.isoformat(), world.epoch, factor, world.folder / "config.toml"]
        with (world.folder / "journal.log").open("ab") as journal:
            self.running = subprocess.Popen(
                [sys.executable, "-P", script, *map(str, arguments)], stdout=journal, stderr=journal
            )

    def kill(self) -> None:
        """As a power cut would."""
        self.running.kill()
        self.running.wait()
        self.kills += 1
        self._start()

    def look(self) -> None:
        """Note its memory; raises RuntimeError when it died by itself."""
        if self.running.poll() is not None:
            raise RuntimeError(f"the daemon ended: {self.running.returncode}")
        pages = Path(f"/proc/{self.running.pid}/statm").read_text(encoding="utf-8").split()[1]
        self.memory.append((time.time() - self.world.epoch, int(pages) * 4096))

    def stop(self) -> int:
        """Its exit status."""
        self.running.send_signal(signal.SIGTERM)
        return self.running.wait(60)


def live(world: World, kills: int) -> Process:
    """All days, one after the other."""
    process = Process(world)
    killed_on = Counter(day % max(world.days // 3, 1) for day in range(kills))
    spacing = max((world.days - world.days // 3) // len(OUTAGES), 1)
    yesterday: list[str] = []
    failing: tuple[str, object] | None = None
    for day in range(world.days):
        if failing:
            _mend(world, *failing)
        failing = _break(world, day, spacing)
        for name in yesterday[:1]:
            world.let_mail_in(name) if failing is None else None
        yesterday = world.list_of(day) if (world.folder / "feeds").exists() else []
        _pass_a_day(world, process, day, killed_on[day])
    if failing:
        _mend(world, *failing)
    until = time.time() + PATIENCE
    while time.time() < until and (
        missing(world) or world.now() < world.begin + timedelta(days=world.days + 1)
    ):
        process.look()
        time.sleep(0.5)
    return process


def _break(world: World, day: int, spacing: int) -> tuple[str, object] | None:
    begins = world.days // 3
    number, rest = divmod(day - begins, spacing)
    if rest or not 0 <= number < len(OUTAGES):
        return None
    name = list(OUTAGES)[number]
    world.outages[name] = (world.now(), world.now())
    return name, OUTAGES[name][0](world)


def _mend(world: World, name: str, before: object) -> None:
    OUTAGES[name][1](world, before)
    world.outages[name] = (world.outages[name][0], world.now())


def _pass_a_day(world: World, process: Process, day: int, kills: int) -> None:
    ends = world.epoch + (day + 1) * world.seconds_a_day
    moments = sorted(world.chance.uniform(time.time(), ends) for _ in range(kills))
    while time.time() < ends:
        if moments and time.time() >= moments[0]:
            moments.pop(0)
            process.kill()
        process.look()
        time.sleep(0.2)


def defanged(name: str) -> str:
    """As letters write it."""
    return name.replace(".", "[.]")


def missing(world: World) -> list[str]:
    """Planted and not told by mail."""
    subjects = " ".join(str(message.mail["Subject"]) for message in list(world.smtp.messages))
    return [name for name in world.planted if defanged(name) not in subjects]


def announced(world: World, what: str) -> tuple[float | None, bool]:
    """Hours until an outage was told by some channel, and whether its end was."""
    began, _ = world.outages[what]
    texts = [json.dumps(message, ensure_ascii=False) for message in world.slack.messages]
    mails = list(world.smtp.messages)
    told = []
    for message in mails:
        body = message.mail.get_body(("plain",))
        text = " ".join(str(body.get_content()).split()) if body else ""
        at = message.mail["Date"].datetime
        if f"{what}" in text and "since" in text and "hunter itself" in text:
            told.append((at, text))
            texts.append(text)
    first = [at for at, text in told if at >= began - timedelta(hours=1) and f"{what}" in text]
    over = any(re.search(rf"{what}[^.]* is well again", text) for text in texts)
    hours = (min(first) - began).total_seconds() / 3600 if first else None
    return hours, over


def judged(world: World, process: Process, status: int) -> dict[str, object]:
    """The figures."""
    ids = Counter(str(message.mail["Message-ID"]) for message in world.smtp.messages)
    journal = (world.folder / "journal.log").read_text(encoding="utf-8", errors="replace")
    settled = [rss for at, rss in process.memory if at > world.seconds_a_day * world.days / 3 + 5]
    middle = median(settled or [1])
    third = max(len(settled) // 3, 1)
    return {
        "days": world.days,
        "kills": process.kills,
        "planted": len(world.planted),
        "lost": missing(world),
        "mails": len(world.smtp.messages),
        "slack messages": len(world.slack.messages),
        "duplicate mails": sum(count - 1 for count in ids.values()),
        "unhandled": [line for line in journal.splitlines() if _is_fault(line)][:5],
        "memory MB": round(middle / 1e6, 1),
        "memory, last third over first": round(
            median(settled[-third:] or [1]) / median(settled[:third] or [1]), 3
        ),
        "memory, least and most over median": (
            round(min(settled or [0]) / middle, 3),
            round(max(settled or [0]) / middle, 3),
        ),
        "database MB": round((world.folder / "state/hunter.db").stat().st_size / 1e6, 1),
        "outages: hours until told, end told": {
            name: announced(world, name) for name in world.outages
        },
        "exit status": status,
    }


def _is_fault(line: str) -> bool:
    return "Traceback" in line or '"event": "fault"' in line or '"event": "job failed"' in line


def soak(folder: Path, *, days: int, seconds_a_day: float, kills: int) -> dict[str, object]:
    """Live through it all; the figures."""
    with world(folder, days, seconds_a_day) as lived:
        process = live(lived, kills)
        status = process.stop()
        return judged(lived, process, status)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seconds-a-day", type=float, default=10)
    parser.add_argument("--kills", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hunter-soak-") as folder:
        figures = soak(
            Path(folder), days=asked.days, seconds_a_day=asked.seconds_a_day, kills=asked.kills
        )
    for name, figure in figures.items():
        print(f"{name:38} {figure}")


if __name__ == "__main__":
    main()
