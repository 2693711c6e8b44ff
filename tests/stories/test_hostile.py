"""Hostile answers from every server: nothing unescaped reaches a person, nothing stops."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import dns.zone
import pytest
import stix2
from pymisp import MISPEvent

from hunter import casebook, takedown
from hunter.clock import utc_now
from hunter.config import load
from hunter.contracts import Case
from hunter.store import Store, alerts
from tests.world.daemon import daemon, hunter
from tests.world.hostile import (
    CHANNELS,
    FIELDS,
    HOSTILE,
    LINK,
    LOGGED,
    PLAIN,
    REDIRECT,
    TEXT,
    WHOIS,
    HostileWorld,
    hostile_world,
)
from tests.world.logs import fields

_LINES = "\n\t"
_ACTIVE = {
    *("script", "img", "iframe", "frame", "object", "embed", "applet", "form", "input", "button"),
    *("base", "link", "audio", "video", "source", "portal", "template", "math", "foreignobject"),
}


class _Tags(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag or attribute that runs, loads, sends, or leads to a stranger."""
        said = {name: value or "" for name, value in attrs}
        handlers = any(name.startswith("on") for name in said)
        leads = said.get("href", "") + said.get("src", "") + said.get("xlink:href", "")
        if tag in _ACTIVE or handlers or "evil" in leads or "script:" in leads:
            self.faults.append(f"{tag} {said}")


def faults_in_text(text: str) -> set[str]:
    """The characters that steer a terminal or turn the direction of writing."""
    return {
        hex(ord(one))
        for one in text
        if one not in _LINES and unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    }


def faults_in_html(text: str) -> list[str]:
    """What of it a browser would run or load."""
    tags = _Tags()
    tags.feed(text)
    return tags.faults


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileWorld]:
    """A world after the daemon went through all of it, and ended as it should."""
    with hostile_world(tmp_path_factory.mktemp("hostile")) as made:
        with daemon(made.config) as hunting:
            hunting.wait_until_started()
            made.drop(*HOSTILE, PLAIN)
            for name in (PLAIN, *HOSTILE):
                hunting.wait_for(
                    lambda name=name: made.smtp.mails_about(name), f"a mail about {name}"
                )
            # The channels are told in no order: the last mail may be out before the others are.
            hunting.wait_for(made.told_everywhere, "a message in every channel")
            hunting.wait_for(made.logged, "the name with a NUL in a log")
            status = hunting.stop()
        assert status == 0
        assert "fault" not in {line.get("event") for line in journal(hunting.log)}
        yield made


def journal(log: Path) -> list[dict[str, object]]:
    """The daemon's log."""
    return [json.loads(line) for line in log.read_text("utf-8").splitlines() if line[:1] == "{"]


def test_the_mails_are_harmless_in_both_forms(world: HostileWorld) -> None:
    """Neither header nor text nor HTML holds anything that a stranger wrote as it was."""
    assert len(world.smtp.messages) >= len(HOSTILE)
    for received in world.smtp.messages:
        mail = received.mail
        assert {"Bcc", "X-Evil"}.isdisjoint(mail.keys())
        assert received.recipients == ("it@example.org",)
        for kind in ("plain", "html"):
            body = mail.get_body((kind,))
            assert body is not None
            text = body.get_content().replace("\r\n", "\n")
            assert faults_in_text(text) == set(), (str(mail["Subject"]), kind)
            assert kind == "plain" or faults_in_html(text) == []
            assert "http://evil" not in text
    assert "alert(1)" in "".join(str(received.raw) for received in world.smtp.messages)


def test_slack_gets_no_mention_and_no_link(world: HostileWorld) -> None:
    """A stranger cannot call the channel together, nor hide where a link leads."""
    said = json.dumps(world.slack.messages, ensure_ascii=False)
    assert "<!channel>" not in said
    assert "<http://evil" not in said
    assert faults_in_text(said) == set()


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_other_channels_get_text_and_nothing_else(world: HostileWorld, channel: str) -> None:
    """Each of them, one message for each lookalike, with what the strangers wrote as text."""
    files = [path.read_bytes() for path in (world.folder / "told" / channel).iterdir()]
    told = [
        "\n".join(value for _, value in fields(content))
        if channel == "journal"
        else content.decode()
        for content in files
    ]
    assert len(told) >= len(HOSTILE)
    for text in told:
        assert faults_in_text(text) == set()
        assert "://evil" not in text
        assert channel != "apprise" or "<" not in text
    assert "alert(1)" in "".join(told)


def test_a_name_is_read_on_both_sides_of_a_nul(world: HostileWorld) -> None:
    """As a program sees it that stops there, and as one does that leaves it out."""
    done = hunter("pivot", "00abcdef", "--json", "-c", str(world.config))
    assert {json.loads(line)["subject"] for line in done.stdout.splitlines()} == {
        LOGGED,
        "evil.example",
    }


def test_nothing_ever_went_where_a_stranger_pointed(world: HostileWorld) -> None:
    """The registry linked into the house; redirects end after a few; ten megabytes do too."""
    assert world.trap.requests == []
    assert LINK in world.rdap.asked
    visits = [one for one in world.web.requests if REDIRECT in one.path]
    assert 2 <= len(visits) <= 7 * 6
    assert WHOIS in world.whois.queries


COMMANDS = (
    *(("alerts", "show", name) for name in (TEXT, FIELDS, LOGGED)),
    *(("inspect", name) for name in (TEXT, FIELDS, WHOIS)),
    ("alerts", "list"),
    ("incidents", "list"),
    ("incidents", "show", "1"),
    ("search", "--contains", "atelier"),
    ("pivot", "127.0.0.1"),
    ("status",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_steers_the_terminal(world: HostileWorld, command: tuple[str, ...]) -> None:
    """Whoever looks at it sees text."""
    done = hunter(*command, "-c", str(world.config))
    assert done.returncode in (0, 1), done.stderr
    assert faults_in_text(done.stdout + done.stderr) == set()


def test_the_report_and_the_picture_are_harmless(world: HostileWorld, tmp_path: Path) -> None:
    """No markup but their own."""
    report, picture = tmp_path / "report.html", tmp_path / "incident.svg"
    config = ("-c", str(world.config))
    assert hunter("report", "--out", str(report), *config).returncode == 0
    done = hunter("incidents", "show", "1", "--graph", str(picture), *config)
    assert done.returncode == 0, done.stderr
    for made in (report, picture):
        text = made.read_text("utf-8")
        assert faults_in_html(text) == []
        assert faults_in_text(text) == set()


@pytest.fixture(scope="module")
def cases(world: HostileWorld) -> tuple[Case, ...]:
    """Every alert with all that is known of it, as exports get it."""
    config = load(world.config)
    with Store(config.store) as store:
        return tuple(
            casebook.case_of(store, config, one, utc_now()) for one in alerts.listed(store)
        )


READERS: dict[str, Callable[[str], object]] = {
    "stix": lambda text: stix2.parse(text, allow_custom=False, version="2.1"),
    "misp": lambda text: MISPEvent(strict_validation=False).load(text),
    "rpz": lambda text: dns.zone.from_text(text, origin="rpz.test"),
    "cof": lambda text: [json.loads(line) for line in text.splitlines()],
}
"""Those formats that another program's reader can be had for."""
WITH_EVERY_DOMAIN = {"stix", "misp", "rpz", "csv", "blocklist"}
"""Those that name each domain, whatever is known of it."""


@pytest.mark.parametrize("name", casebook.formats())
def test_what_goes_on_to_programs_is_harmless(cases: tuple[Case, ...], name: str) -> None:
    """Every format is what it promises, and nothing in it steers who reads it."""
    text = (
        b"".join(casebook.export(name, cases, (), utc_now()))
        .decode("utf-8-sig")
        .replace("\r\n", "\n")
    )
    assert len(cases) > len(HOSTILE)
    assert name not in WITH_EVERY_DOMAIN or all(one in text for one in HOSTILE)
    assert faults_in_text(text) == set()
    READERS.get(name, str)(text)


def test_no_cell_is_a_formula(cases: tuple[Case, ...]) -> None:
    """In the table of alerts, and where a spreadsheet may cut a cell."""
    text = b"".join(casebook.export("csv", cases, ("bom=false",), utc_now())).decode()
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert len(cells) > 100
    assert [cell for cell in cells if re.search(r"(^|;)\s*[=+\-@|%]", cell)] == []


def test_takedown_packets_are_harmless(cases: tuple[Case, ...]) -> None:
    """Letters and evidence are for people who do not expect anything of the kind."""
    for case in cases:
        for name, content in takedown.packet(case, (), ("en", "fr")).files.items():
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
            assert faults_in_text(text) == set(), name
            assert not name.startswith("letters/") or "://evil" not in text
