"""The parts that docs/parts.md shows, each one file that no other knows, in a whole hunt."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from runpy import run_path

import pytest

from hunter.ribs import FAMILIES
from tests.world.daemon import PATIENCE, daemon
from tests.world.doors import context, doors, dossier, keeping, unknowns
from tests.world.http import HttpServer, Request, Response, http_server
from tests.world.thread import running

ROOT = Path(__file__).parents[2]
DOCS = (ROOT / "docs" / "parts.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
AT_HOME = """
from importlib import import_module
for family in {families}:
    import_module(f"hunter.{{family}}").__path__.append(f"{folder}/hunter/{{family}}")
"""
"""Puts the files where a developer would, for every Python that has them on its path."""
CONFIG = """
[[brand]]
domain = "atelier-lumiere.fr"
[[subscriber]]
name = "IT"
channels = {{ mattermost = [] }}
[net]
dns_servers = ["127.0.0.1"]
dns_port = 9
allow_private = true
[store]
folder = "{folder}/state"
[sources]
permutations.enabled = false
canary.enabled = false
[enrichers]
{others}
{shown}
"""
QUIET = ("dns", "rdap", "whois", "certificate", "page", "tor", "hosting", "indicators", "mail")
FEED = [
    {"number": 7, "domain": "boulangerie-martin.fr"},
    {"number": 8, "domain": "not a\nname.fr"},
    {"number": 9, "domain": "connexion-atelier-lumiere.fr", "registrar": "OVH", "more": [1]},
]


def answer(request: Request) -> Response:
    """The feed, the market and Mattermost in one."""
    if request.method == "POST":
        return Response(200, b"ok")
    if request.path.startswith("/domains/"):
        return Response(200, b'{"price": 5000}')
    after = int(request.path.removeprefix("/new?after="))
    rows = (json.dumps(row) for row in FEED if int(str(row["number"])) > after)
    return Response(200, "\n".join(rows).encode())


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with running(http_server(answer)) as served:
        yield served


@pytest.fixture
def home(tmp_path: Path, server: HttpServer) -> Path:
    """Every file of the page in its place, and its config with addresses of this machine."""
    shown = ""
    for kind, name, text in BLOCK.findall(DOCS):
        if name:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        shown += text if kind == "toml" else ""
    for there, here in (
        ("https://feeds.example", server.url),
        ("https://market.example", server.url),
        ("/run/credentials/hunter.service", str(tmp_path)),
        ("/etc/hunter", str(tmp_path)),
    ):
        assert there in shown
        shown = shown.replace(there, here)
    for secret, content in (("jsonlines-token", "s3cret"), ("mattermost-webhook", server.url)):
        (tmp_path / secret).write_text(content, encoding="utf-8")
        (tmp_path / secret).chmod(0o600)
    others = "\n".join(f"{name}.enabled = false" for name in QUIET)
    config = CONFIG.format(folder=tmp_path, others=others, shown=shown)
    (tmp_path / "config.toml").write_text(config, encoding="utf-8")
    (tmp_path / "sitecustomize.py").write_text(
        AT_HOME.format(families=FAMILIES, folder=tmp_path), encoding="utf-8"
    )
    return tmp_path


def python(home: Path, *arguments: str, status: int = 0) -> str:
    """Run it where the parts are at home; what it says."""
    ran = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=PATIENCE,
        check=False,
        env=os.environ | {"PYTHONPATH": f"{home}:{ROOT}"},
    )
    assert ran.returncode == status, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def hunter(home: Path, *arguments: str, status: int = 0) -> str:
    """One command of the real command line."""
    config = str(home / "config.toml")
    return python(home, "-m", "hunter", *arguments, "-c", config, status=status)


def test_one_file_each_is_enough(home: Path, server: HttpServer) -> None:
    """Found by the feed, priced by the market, judged by both fields, told, and handed on."""
    checked = hunter(home, "check")
    assert "sources: jsonlines" in checked
    assert "market" in checked
    assert "channels: mattermost" in checked

    with daemon(home / "config.toml", PYTHONPATH=f"{home}:{ROOT}") as hunting:
        hunting.wait_for(lambda: '"delivers"' in hunting.journal(), "the message")
        rows = [json.loads(line) for line in hunter(home, "status", "--json").splitlines()]
        assert '"fault"' not in hunting.journal()
        hunting.stop()

    asked = next(one for one in server.requests if one.path == "/new?after=0")
    assert asked.headers["authorization"] == "Bearer s3cret"
    (posted,) = (json.loads(one.body)["text"] for one in server.requests if one.method == "POST")
    assert "connexion-atelier-lumiere[.]fr" in posted
    assert "Lookalike that is for sale, dearly" in posted
    assert "> Price in euros: 5000" in posted
    fared = {row["name"]: row["state"] for row in rows if row["kind"] == "part"}
    parts = ("sources.jsonlines", "enrichers.market", "notifiers.mattermost")
    assert [fared[part] for part in parts] == ["good", "good", "good"]
    listed = hunter(home, "alerts", "export", "--format", "dnsmasq")
    assert listed.splitlines()[1:] == ["local=/connexion-atelier-lumiere.fr/"]


def test_what_is_on_without_an_address_is_refused(home: Path) -> None:
    """An enricher that asks nobody would be idle, and `hunter status` would not tell."""
    config = (home / "config.toml").read_text("utf-8")
    without = re.sub(r"^url = .*\n", "", config, flags=re.MULTILINE)
    (home / "config.toml").write_text(without, encoding="utf-8")

    said = hunter(home, "check", status=2)

    assert "sources.jsonlines: say where the feed is: url = ..." in said
    assert "enrichers.market: say where the market answers: url = ..." in said


def test_what_a_part_says_is_wrong_it_says_in_french_itself(home: Path) -> None:
    """And one that cannot be loaded keeps nobody from hearing what the others say."""
    (home / "hunter" / "sources" / "torn.py").write_text("import not_there", encoding="utf-8")
    asked = "the market answered with status 429"
    code = f"from hunter.wording.french_reasons import in_french; print(in_french('{asked}'))"

    assert python(home, "-c", code).strip() == "le marché a répondu par le code 429"


async def test_a_market_that_wants_to_be_left_alone_is_so(home: Path) -> None:
    """Ten thousand lookalikes may be due at once: whoever copies the enricher copies that, too."""
    market = run_path(str(home / "hunter" / "enrichers" / "market.py"))
    busy = Response(429, headers={"Retry-After": "60"})
    kept: dict[str, str] = {}
    async with http_server(lambda _: busy) as served, doors() as opened:
        settings = market["Settings"](url=served.url)
        answers = [
            await market["enrich"](dossier(name), settings, keeping(opened, kept))
            for name in ("en-marche.co", "mail-en-marche.fr")
        ]

    assert [unknowns(one, one[0].subject)["for_sale"] for one in answers] == [
        "the market answered with status 429",
        "the market asked to be left alone",
    ]
    assert len(served.requests) == 1


async def test_questions_of_a_day_are_no_more_than_were_bought(home: Path) -> None:
    """What is over is a reason, and is asked tomorrow."""
    market = run_path(str(home / "hunter" / "enrichers" / "market.py"))
    async with http_server(answer) as served, doors() as opened:
        spent = replace(context(opened), spend=lambda _provider, _a_day: False)
        settings = market["Settings"](url=served.url)
        told = await market["enrich"](dossier("en-marche.co"), settings, spent)

    assert unknowns(told, "en-marche.co")["for_sale"] == "today's questions to the market are spent"
    assert served.requests == []


def test_each_keeps_what_its_contract_promises(home: Path) -> None:
    """By the same tests as those that come with hunter."""
    promises = "tests/test_architecture.py::test_every_drop_in_offers_what_its_contract_asks"
    options = ("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-rA")

    said = python(home, *options, "tests/test_contracts.py", promises)

    assert "test_a_notifier_writes_to_its_folder_and_sends_nothing[mattermost]" in said
    assert "test_an_enricher_speaks_of_what_there_is[market]" in said
