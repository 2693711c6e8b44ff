"""Servers that take a connection and never say a word: what else there is goes on."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.world.daemon import daemon
from tests.world.dns import dns_server
from tests.world.rdap import contact, rdap_server, registered
from tests.world.silence import never_answer
from tests.world.slack import SlackServer, slack_in_a_thread
from tests.world.streams import tcp_server
from tests.world.thread import running

LOOKALIKES = ("connexion-atelier-lumiere.fr", "compte-atelier-lumiere.fr")
CONFIG = """
[[brand]]
domain = "atelier-lumiere.fr"
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
[health]
passing_after = "1s"
tell_after = "1s"
[sources]
permutations.enabled = false
[sources.registrations]
every = "1s"
feeds = [{{ url = "http://127.0.0.1:{tcp}/list.txt" }}, {{ path = "{folder}/feeds" }}]
[sources.certstream]
urls = ["ws://127.0.0.1:{tcp}/"]
[sources.ct_logs]
enabled = true
list_url = "http://127.0.0.1:{tcp}/log_list.json"
other_lists = []
[enrichers.rdap]
server = "{rdap}"
[enrichers.whois]
enabled = false
[notifiers.email]
host = "127.0.0.1"
port = {tcp}
tls = "none"
sender = "hunter@example.org"
[notifiers.slack]
webhook_url_file = "{folder}/webhook"
"""


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[SlackServer]:
    """The only channel that works, in a world where else only DNS, RDAP and a folder do."""
    owner = contact("registrant", name="J P", email="john@mail.com")
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    answers = {
        name: registered(name, on=now, entities=[owner], ns=["ns1.monovm.com"])
        for name in LOOKALIKES
    }
    (tmp_path / "feeds").mkdir()
    with ExitStack() as stack:
        slack = stack.enter_context(slack_in_a_thread())
        rdap = stack.enter_context(running(rdap_server(answers)))
        tcp = stack.enter_context(running(tcp_server(never_answer)))
        dns = stack.enter_context(running(dns_server({})))
        (tmp_path / "webhook").write_text(slack.webhook, encoding="utf-8")
        text = CONFIG.format(folder=tmp_path, dns=dns.port, tcp=tcp, rdap=rdap.url)
        (tmp_path / "config.toml").write_text(text, encoding="utf-8")
        yield slack


def told(slack: SlackServer, name: str) -> bool:
    """Whether Slack heard of it."""
    written = name.replace(".", "[.]")
    return any(written in json.dumps(one, ensure_ascii=False) for one in tuple(slack.messages))


def test_what_hangs_delays_nothing_else(slack: SlackServer, tmp_path: Path) -> None:
    """Mail server, logs, certstream and a list hang at once; alerts come all the same.

    The second lookalike shows while letters about the first wait for the mail server.
    """
    with daemon(tmp_path / "config.toml") as hunting:
        hunting.wait_until_started()
        for name in LOOKALIKES:
            (tmp_path / "feeds" / f"{name}.txt").write_text(f"{name}\n", encoding="utf-8")
            hunting.wait_for(lambda one=name: told(slack, one), f"word of {name}")
        assert '"fault"' not in hunting.journal()
        hunting.kill()
