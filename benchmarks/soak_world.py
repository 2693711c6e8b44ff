"""The world that `soak.py` lets the daemon live in: servers, what is planted, and what fails."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from hunter.permutations import campaign_tlds, campaign_words, permute
from tests.world.certstream import CertstreamServer, certstream_server, lite
from tests.world.ct import FakeLog, Fault, Registry, ct_server, list_key_pem, status
from tests.world.dns import DnsServer, Names, Trouble, dns_server
from tests.world.http import Response
from tests.world.rdap import Answer, RdapServer, contact, rdap_server, registered
from tests.world.slack import OK, SlackServer, slack_in_a_thread
from tests.world.smtp import SmtpServer, smtp_in_a_thread
from tests.world.thread import running

BRAND = "atelier-lumiere.fr"
STRANGERS = 500
DAY = 86_400
LIKELY = 300
LIKELY_EVERY = 5
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
limit = {likely}
[sources.registrations]
every = "1s"
feeds = [{{ path = "{folder}/feeds" }}]
[sources.certstream]
urls = ["{stream}"]
silent_after = "2s"
[sources.ct_logs]
enabled = true
list_url = "{ct}/log_list.json"
list_key = "{folder}/list.pem"
other_lists = []
list_every = "1s"
look_every = "1s"
patience = "0s"
requests_otherwise = 1000
since = "2d"
[enrichers.rdap]
server = "{rdap}"
[enrichers.whois]
enabled = false
[notifiers.email]
host = "127.0.0.1"
port = {smtp}
tls = "none"
sender = "hunter@example.org"
an_hour = 1000
a_day = 10000
[notifiers.slack]
webhook_url_file = "{folder}/webhook"
an_hour = 1000
a_day = 10000
"""
BROKEN: Names = {f"*.{tld}": Trouble.SERVFAIL for tld in ("fr", "com", "org", "net", "co")}


@dataclass(frozen=True, slots=True)
class Planted:
    """A lookalike, the source that shows it, and the daemon's time when it did."""

    name: str
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Servers:
    """All that hunter talks to."""

    dns: DnsServer
    rdap: RdapServer
    smtp: SmtpServer
    slack: SlackServer
    stream: CertstreamServer
    log: FakeLog


@dataclass
class World:
    """The servers, the clock, and what was planted."""

    folder: Path
    servers: Servers
    seconds_a_day: float
    days: int
    patience: float
    """Seconds, at the end, for what is still on its way."""
    chance: random.Random = field(default_factory=lambda: random.Random(2017))
    planted: list[Planted] = field(default_factory=list)
    mail_let_in: dict[str, datetime] = field(default_factory=dict)
    outages: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    epoch: float = field(default_factory=time.time)
    hosted: dict[str, dict[str, str]] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    streamed: tuple[str, ...] = ()
    """What certstream shows again and again: it has no memory, and the daemon is dead at times."""

    def __post_init__(self) -> None:
        real = datetime.now(UTC)
        # As long at the start, until the daemon listens, and a day to spare.
        self.begin = real - timedelta(days=self.days + 2 * self.patience / self.seconds_a_day + 1)
        found = permute(BRAND, dictionary=campaign_words(), tlds=campaign_tlds())
        likely = [one.domain for one in islice(found, LIKELY)]
        self.likely = iter([name for name in likely if name.endswith((".fr", ".com"))])

    def now(self) -> datetime:
        """The daemon's time."""
        passed = (time.time() - self.epoch) * DAY / self.seconds_a_day
        return self.begin + timedelta(seconds=passed)

    def go_on(self) -> None:
        """What never stops: the log signs heads, the stream repeats the day's certificates."""
        log = self.servers.log
        log.clock = int(self.now().timestamp() * 1000)
        log.publish()
        if "source certstream" not in self.down:
            for name in (f"shop{self.chance.getrandbits(32):x}.fr", *self.streamed):
                self.servers.stream.send(lite(f"www.{name}", name))

    def begin_day(self, day: int) -> None:
        """Yesterday's first lookalike takes mail; every source shows a new one or two."""
        if self.planted:
            self._let_mail_in(self.planted[-1].name)
        self._list_of(day)
        logged = self._plant(f"compte{day}-{BRAND}", "ct_logs")
        self.servers.log.grow((logged, f"www.{logged}"), precertificates=True)
        self.streamed = self.streamed[-1:]
        if "source certstream" not in self.down:
            self.streamed += (self._plant(f"connexion{day}-{BRAND}", "certstream"),)
        if day % LIKELY_EVERY == 1:
            self._plant(next(self.likely), "permutations")

    def turn(self, outage: str, *, down: bool) -> None:
        """Let a part fail, or mend it."""
        began, _ = self.outages.get(outage, (self.now(), self.now()))
        self.outages[outage] = (began, self.now())
        (self.down.add if down else self.down.discard)(outage)
        OUTAGES[outage](self, down)
        self.publish()

    def publish(self) -> None:
        """Let DNS and RDAP answer as they do now."""
        servers = self.servers
        servers.dns.names = dict(BROKEN) if "provider dns" in self.down else dict(self.hosted)
        failing = "provider rdap" in self.down
        servers.rdap.answers = {
            name: Response(503) if failing else answer for name, answer in self.answers.items()
        }

    def _list_of(self, day: int) -> None:
        new = [self._plant(f"espace{day}{one}-{BRAND}", "registrations") for one in "ab"]
        names = [*new, *(f"{self.chance.getrandbits(48):x}.fr" for _ in range(STRANGERS))]
        self.chance.shuffle(names)
        part = self.folder / "list.part"
        part.write_text("\n".join(names) + "\n", encoding="utf-8")
        away = "source registrations" in self.down
        part.rename(self.folder / ("away" if away else "feeds") / f"day{day}.txt")

    def _plant(self, name: str, source: str) -> str:
        """Let it be registered and hosted."""
        self.hosted[name] = {"A": "192.0.2.7", "NS": "ns1.monovm.com."}
        owner = contact("registrant", name="J P", email=f"{name[:12]}@mail.com")
        on = self.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        self.answers[name] = registered(name, on=on, entities=[owner], ns=["ns1.monovm.com"])
        self.planted.append(Planted(name, source, self.now()))
        self.publish()
        return name

    def _let_mail_in(self, name: str) -> None:
        """A step up the ladder."""
        self.hosted[name] = {**self.hosted[name], "MX": f"10 mx.{name}."}
        self.mail_let_in[name] = self.now()


def _move_lists(world: World, down: bool) -> None:
    before, after = ("feeds", "away") if down else ("away", "feeds")
    (world.folder / before).rename(world.folder / after)


def _set_mail_server(world: World, down: bool) -> None:
    world.servers.smtp.answer_to_data = "451 4.3.0 try later" if down else "250 2.0.0 taken"


def _set_slack(world: World, down: bool) -> None:
    world.servers.slack.answers = [Response(503) if down else OK]


def _set_log(world: World, down: bool) -> None:
    world.servers.log.faults = [Fault(status(503))] if down else []


def _nothing_more(_world: World, _down: bool) -> None:
    """It is enough that it is down."""


OUTAGES: dict[str, Callable[[World, bool], None]] = {
    "provider dns": _nothing_more,
    "provider rdap": _nothing_more,
    "channel email": _set_mail_server,
    "channel slack": _set_slack,
    "source registrations": _move_lists,
    "source ct_logs": _set_log,
    "source certstream": _nothing_more,
}
"""What the operator calls a part → how it is made to fail, and mended."""


@contextmanager
def world(folder: Path, days: int, seconds_a_day: float, patience: float) -> Iterator[World]:
    """A quiet world, with a config that points at it."""
    log = FakeLog("yeti")
    with ExitStack() as stack:
        ct = stack.enter_context(running(ct_server(Registry([log]))))
        servers = Servers(
            stack.enter_context(running(dns_server({}))),
            stack.enter_context(running(rdap_server({}))),
            stack.enter_context(smtp_in_a_thread()),
            stack.enter_context(slack_in_a_thread()),
            stack.enter_context(running(certstream_server())),
            log,
        )
        (folder / "feeds").mkdir()
        (folder / "list.pem").write_bytes(list_key_pem())
        (folder / "webhook").write_text(servers.slack.webhook, encoding="utf-8")
        ports = {"dns": servers.dns.port, "smtp": servers.smtp.port, "likely": LIKELY}
        urls = {"rdap": servers.rdap.url, "stream": servers.stream.url, "ct": ct.url}
        text = CONFIG.format(brand=BRAND, folder=folder, **ports, **urls)
        (folder / "config.toml").write_text(text, encoding="utf-8")
        yield World(folder, servers, seconds_a_day, days, patience)
