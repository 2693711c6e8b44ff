"""Too many alerts on "marche" because of supermarkets: the walk of docs/rules.md, word for word."""

import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from hunter.store import Store, alerts
from tests.world.daemon import Daemon, daemon, hunter
from tests.world.dns import dns_server
from tests.world.thread import running

DOCS = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
WALK = DOCS[DOCS.index("### Too many alerts") : DOCS.index("### A filter by hand")]
MARKETS = ("supermarche-bio.fr", "bio-supermarche.fr", "supermarche-vert.fr", "supermarche.net")
OTHERS = ("marche-citoyenne.fr", "supermarchenord.fr", "supermarche-en-marche.fr")
LATER = ("supermarche-rouge.fr", "marche-nice.fr")

CONFIG = """
[[brand]]
domain = "en-marche.fr"
keywords = ["marche"]

[[subscriber]]
name = "IT"
channels = {{ journal = [] }}

[net]
dns_servers = ["127.0.0.1"]
dns_port = {dns}
allow_private = true

[rules]
folders = ["{folder}/my-rules"]

[store]
folder = "{folder}/state"

[sources.permutations]
enabled = false

[sources.canary]
enabled = false

[sources.registrations]
every = "1s"
feeds = [{{ path = "{folder}/feeds" }}]

[enrichers.rdap]
enabled = false

[enrichers.whois]
enabled = false

[notifiers.journal]
folder = "{folder}/told"
"""


def block(kind: str) -> str:
    """The one code block of that kind in the walk."""
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```", WALK, re.MULTILINE | re.DOTALL)
    return str(found)


def steps() -> Iterator[tuple[list[str], list[str]]]:
    """Each command of the walk, with the lines that it shows of what is printed."""
    for step in re.split(r"^\$ ", block("console"), flags=re.MULTILINE)[1:]:
        command, *shown = step.splitlines()
        yield shlex.split(command), [line for line in shown if line.strip() not in ("", "...")]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Path]:
    """A folder with a config and the rule of the walk, and every name in DNS with its mail."""
    names = {
        name: {"A": "192.0.2.7", "MX": f"10 mx.{name}.", "NS": ["ns1.host.example."]}
        for name in (*MARKETS, *OTHERS, *LATER)
    }
    with ExitStack() as stack:
        dns = stack.enter_context(running(dns_server(names)))
        for folder in ("feeds", "my-rules", "drafts"):
            (tmp_path / folder).mkdir()
        (tmp_path / "my-rules" / "our_keyword.yml").write_text(block("yaml"), encoding="utf-8")
        text = CONFIG.format(dns=dns.port, folder=tmp_path)
        (tmp_path / "config.toml").write_text(text, encoding="utf-8")
        yield tmp_path


def alerting(house: Path) -> set[str]:
    """The domains with an alert."""
    with Store(house / "state" / "hunter.db") as store:
        return {alert.domain for alert in alerts.listed(store)}


def seen(house: Path, hunting: Daemon, day: str, *names: str) -> None:
    """Let a feed tell of the names, and wait until they were judged."""
    (house / "feeds" / day).write_text("\n".join(names) + "\n", encoding="utf-8")

    def judged() -> bool:
        with Store(house / "state" / "hunter.db") as store:
            row = store.row("SELECT count(*) AS done FROM domain WHERE enriched AND NOT judge")
        return row is not None and row["done"] >= len(names) + before

    with Store(house / "state" / "hunter.db") as store:
        row = store.row("SELECT count(*) AS number FROM domain")
        before = 0 if row is None else int(row["number"])
    hunting.wait_for(judged, f"judgement on {day}")


def run_step(house: Path, command: list[str], shown: list[str]) -> None:
    """Run one command in the folder, and find what the walk shows in what it prints."""
    if command[0] != "hunter":
        assert command[0] == "mv"
        shutil.move(house / command[1], house / command[2])
        return
    done = hunter(*command[1:], cwd=house)
    printed = " ".join(f"{done.stdout} {done.stderr}".split())
    assert done.returncode == 0, printed
    for line in shown:
        for part in filter(None, map(str.strip, line.split("..."))):
            assert " ".join(part.split()) in printed, f"{part!r} is not in:\n{done.stdout}"


def test_an_analyst_silences_the_supermarkets_and_nothing_else(house: Path) -> None:
    """With the documentation alone, while the daemon runs, and it goes live without a restart."""
    with daemon(house / "config.toml") as hunting:
        hunting.wait_until_started()
        seen(house, hunting, "day1.txt", *MARKETS, *OTHERS)
        assert alerting(house) == {*MARKETS, *OTHERS}
        live = hunting.journal().count('"rules"')
        for command, shown in steps():
            if command[:2] == ["hunter", "status"]:
                hunting.wait_for(
                    lambda: hunting.journal().count('"rules"') > live, "the new rules in force"
                )
            run_step(house, command, shown)
        seen(house, hunting, "day2.txt", *LATER)
        assert hunting.stop() == 0

    assert alerting(house) == {*MARKETS, *OTHERS, "marche-nice.fr"}
