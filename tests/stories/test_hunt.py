"""The whole hunt: a feed dropped into a folder becomes a mail and a Slack message, once."""

import gzip
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from hunter.store import Store, outbox
from tests.world.daemon import Daemon, daemon, hunter
from tests.world.dns import DnsServer, dns_server
from tests.world.rdap import RdapServer, contact, rdap_server, registered
from tests.world.slack import SlackServer, slack_in_a_thread
from tests.world.smtp import SmtpServer, smtp_in_a_thread
from tests.world.thread import running

BRAND = "atelier-lumiere.fr"
LOOKALIKE = "connexion-atelier-lumiere.fr"

CONFIG = """
[[brand]]
domain = "{brand}"

[[subscriber]]
name = "IT"
channels = {{ email = ["it@example.org"], slack = [] }}

[net]
dns_servers = ["127.0.0.1"]
dns_port = {dns}
allow_private = true

[store]
folder = "{folder}/state"

[sources.permutations]
enabled = false

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
    """The servers around a daemon, its config and the folder its feed comes from."""

    config: Path
    feeds: Path
    dns: DnsServer
    rdap: RdapServer
    smtp: SmtpServer
    slack: SlackServer

    def plant(self, *lookalikes: str) -> None:
        """Let the names exist: in DNS, with a mail exchanger, and in the registry."""
        for name in lookalikes:
            self.dns.names[name] = {
                "A": "192.0.2.7",
                "NS": ["ns1.monovm.com.", "ns2.monovm.com."],
                "MX": f"10 mx.{name}.",
                "SOA": "ns1.monovm.com. hostmaster.monovm.com. 1 3600 600 86400 300",
            }
            owner = contact("registrant", name="J P", email="johnpinch@mail.com")
            self.rdap.answers[name] = registered(
                name, on="2026-11-20T00:00:00Z", entities=[owner], ns=["ns1.monovm.com"]
            )

    def drop(self, file: str, *names: str) -> None:
        """Put a feed into the folder, as a whole."""
        part = self.feeds.parent / file
        part.write_bytes(("\n".join(names) + "\n").encode())
        part.rename(self.feeds / file)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A quiet world: servers that know of nothing yet, and a config that points at them."""
    with ExitStack() as stack:
        dns = stack.enter_context(running(dns_server({"mail.example.org": {"A": "192.0.2.1"}})))
        rdap = stack.enter_context(running(rdap_server({})))
        smtp = stack.enter_context(smtp_in_a_thread())
        slack = stack.enter_context(slack_in_a_thread())
        (tmp_path / "feeds").mkdir()
        (tmp_path / "webhook").write_text(slack.webhook, encoding="utf-8")
        config = tmp_path / "config.toml"
        config.write_text(
            CONFIG.format(
                brand=BRAND, folder=tmp_path, dns=dns.port, rdap=rdap.url, smtp=smtp.port
            ),
            encoding="utf-8",
        )
        yield World(config, tmp_path / "feeds", dns, rdap, smtp, slack)


def wait_for_mail(running_daemon: Daemon, world: World, name: str) -> None:
    """Wait until a mail and a Slack message about the name have arrived."""
    running_daemon.wait_for(lambda: world.smtp.mails_about(name), f"a mail about {name}")
    defanged = name.replace(".", "[.]")
    running_daemon.wait_for(
        lambda: any(defanged in str(message) for message in world.slack.messages),
        f"a Slack message about {name}",
    )


def test_a_registration_becomes_a_mail_and_a_slack_message_once(world: World) -> None:
    """The mail tells who registered it; the same feed again, and own names, lead to nothing."""
    world.plant(LOOKALIKE)
    with daemon(world.config) as hunting:
        world.drop("day1.txt", "velo-club.fr", LOOKALIKE, f"www.{BRAND}", "lumiere-et-son.fr")
        wait_for_mail(hunting, world, LOOKALIKE)
        world.drop("day2.txt", "velo-club.fr", LOOKALIKE)
        world.drop("day1.txt", "velo-club.fr", LOOKALIKE, f"www.{BRAND}", "lumiere-et-son.fr")
        time.sleep(4)
        status = hunting.stop()

    text = world.smtp.messages[0].mail.get_body(("plain",)).get_content()
    assert status == 0
    assert len(world.smtp.messages) == len(world.slack.messages) == 1
    assert "johnpinch[@]mail[.]com" in text
    assert "monovm[.]com" in text
    assert LOOKALIKE not in text


def test_a_change_for_the_worse_is_told_in_the_same_thread(world: World) -> None:
    """A second mail follows when the name begins to take mail, and answers the first."""
    world.plant(LOOKALIKE)
    world.dns.names[LOOKALIKE] = {"NS": ["ns1.monovm.com."]}
    with daemon(world.config) as hunting:
        world.drop("day1.txt", LOOKALIKE)
        wait_for_mail(hunting, world, LOOKALIKE)
        hunting.stop()
    world.plant(LOOKALIKE)
    world.config.write_text(
        world.config.read_text() + '\n[enrichers.dns]\nrefresh = "1s"\n', encoding="utf-8"
    )
    with daemon(world.config) as hunting:
        # A new host under the domain makes it due at once.
        world.drop("day2.txt", f"webmail.{LOOKALIKE}")
        hunting.wait_for(lambda: len(world.smtp.mails_about(LOOKALIKE)) == 2, "the second mail")

    first, second = (received.mail for received in world.smtp.messages)
    assert first["Message-ID"] != second["Message-ID"]
    assert set(first["References"].split()) & set(second["References"].split())


def test_whatever_moment_it_is_killed_each_alert_arrives_once(world: World) -> None:
    """SIGKILL again and again while names come in: every one is told of, none twice.

    But for a letter in hand: nobody knows whether the other side has it, so it goes once more under
    the same Message-ID.
    """
    names = [
        f"{word}-atelier-lumiere.fr" for word in ("don", "vote", "mail", "drive", "vpn", "mfa")
    ]
    world.plant(*names)
    chance = random.Random(2017)
    in_hand = 0
    for number, name in enumerate(names):
        world.drop(f"day{number}.txt", "velo-club.fr", name)
        with daemon(world.config) as hunting:
            time.sleep(chance.uniform(0.5, 3.5))
            hunting.kill()
        in_hand += letters_in_hand(world)
    with daemon(world.config) as hunting:
        for name in names:
            wait_for_mail(hunting, world, name)
        time.sleep(2)

    arrived = Counter(str(received.mail["Message-ID"]) for received in world.smtp.messages)
    assert [name for name in names if not world.smtp.mails_about(name)] == []
    assert arrived.total() - len(arrived) <= in_hand


def letters_in_hand(world: World) -> int:
    """How many mails hunter was about to hand over when it was killed."""
    path = world.config.parent / "state" / "hunter.db"
    if not path.exists():
        return 0
    with Store(path) as store:
        return outbox.counts(store).get("email", {}).get("sending", 0)


def test_trouble_in_one_part_does_not_stop_the_rest(world: World) -> None:
    """Noise, a bomb and a dead registry are reported; the good feed still becomes a mail."""
    world.plant(LOOKALIKE)
    world.rdap.answers[LOOKALIKE] = 503
    (world.feeds / "noise.txt").write_bytes(random.Random(1).randbytes(300_000))
    (world.feeds / "bomb.txt.gz").write_bytes(gzip.compress(bytes(300_000_000), 6))
    with daemon(world.config) as hunting:
        world.drop("good.txt", LOOKALIKE)
        wait_for_mail(hunting, world, LOOKALIKE)
        hunting.stop()

    text = world.smtp.messages[0].mail.get_body(("plain",)).get_content()
    status = hunter("status", "-c", str(world.config))
    assert "could not be found out" in text.lower() or "unknown" in text.lower()
    assert status.returncode == 1
    assert "bomb.txt.gz" in status.stdout


def test_a_broken_config_is_refused_and_a_good_one_taken(world: World) -> None:
    """SIGHUP keeps the old config while the new one has faults, and takes it when mended."""
    other = "secours-lointain.org"
    good = world.config.read_text(encoding="utf-8")
    world.plant("don-secours-lointain.org")
    with daemon(world.config) as hunting:
        hunting.wait_until_started()
        world.config.write_text(good + "\n[[brand]]\ndomian = 3\n", encoding="utf-8")
        hunting.signal(signal.SIGHUP)
        hunting.wait_for(lambda: "the old config stays in force" in hunting.journal(), "refusal")
        world.config.write_text(good + f'\n[[brand]]\ndomain = "{other}"\n', encoding="utf-8")
        hunting.signal(signal.SIGHUP)
        hunting.wait_for(lambda: '"reloaded"' in hunting.journal(), "the reload")
        world.drop("day1.txt", "don-secours-lointain.org")
        wait_for_mail(hunting, world, "don-secours-lointain.org")


def test_a_second_daemon_on_the_same_store_is_refused(world: World) -> None:
    """Two daemons would tell everything twice."""
    with daemon(world.config) as hunting:
        hunting.wait_until_started()
        second = hunter("run", "-c", str(world.config))

    assert second.returncode == 2
    assert "another hunter works in this folder" in second.stderr
