"""How things are printed, for people and for programs."""

import json
from contextlib import redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
import structlog
import typer
from hypothesis import given
from hypothesis import strategies as st

from hunter.cli import output
from hunter.clock import utc_now
from hunter.errors import YoursToFix
from hunter.model import Report
from hunter.store import Store, reports
from tests.cli.conftest import Run
from tests.world.alerts import MATCH

Captured = pytest.CaptureFixture[str]


def test_a_program_gets_one_line_whatever_the_thing(capsys: Captured) -> None:
    """Nouns as objects, moments in ISO 8601, letters as they are."""
    moment = datetime(2017, 4, 24, 6, tzinfo=UTC)
    thing = {"at": moment, "match": MATCH, "both": frozenset("ba"), "path": Path("é\n")}
    output.json_line(thing)

    (line,) = capsys.readouterr().out.splitlines()
    row = json.loads(line)
    assert row["at"] == "2017-04-24T06:00:00+00:00"
    assert row["match"]["span"] == [9, 18]
    assert row["both"] == ["a", "b"]
    assert "é" in line


@pytest.mark.parametrize(
    "text",
    [
        *("en-marche.co", "EN-MARCHE.co.", "en-marche[.]co", "mail.en-marche[.]co"),
        *("hxxps://en-marche[.]co/path", "https://en-marche.co:8443/?a=b,c"),
        *("hxxps[://]en-marche[.]co", "contact[@]en-marche[.]co"),
    ],
)
def test_a_domain_may_stand_as_it_was_copied(text: str) -> None:
    """From an alert, a browser or a report."""
    assert output.domain_of(text) == "en-marche.co"


@pytest.mark.parametrize(
    "text", ["", "http://", "en marche.co", "en-marche.co,x.fr", "a", "192.0.2.1"]
)
def test_no_domain_is_guessed(text: str) -> None:
    """What is dismissed or taken down must be what was meant."""
    with pytest.raises(YoursToFix, match=r"such as en-marche\.co"):
        output.domain_of(text)


@given(st.text(max_size=40))
def test_json_steers_no_terminal_and_says_the_same(text: str) -> None:
    """It is looked at by people too; a line separator would end the line for many a program."""
    said = StringIO()
    with redirect_stdout(said):
        output.json_line({"title": "\x9b31m\u202e\u2028\x1b[2J\ud800" + text})
    line = said.getvalue().removesuffix("\n")

    assert line.isprintable()
    assert json.loads(line)["title"].endswith(text)


def test_what_is_logged_stands_beside_the_answer(config: Path, capsys: Captured) -> None:
    """A list that is gone is told while a domain is inspected; the JSON is JSON all the same."""
    output.load_config(config)
    structlog.get_logger().warning("report", message="gone")

    said = capsys.readouterr()
    assert said.out == ""
    assert "gone" in said.err


def test_people_get_one_clean_line(capsys: Captured) -> None:
    """The indent stays; what would steer the terminal goes."""
    output.say("   \x1b[2Jname\r\nsecond\u202e")

    assert capsys.readouterr().out == "   name second\n"


def test_cells_of_a_line_are_told_apart(capsys: Captured) -> None:
    """Whatever blanks somebody put into them."""
    output.say("  good", "a   part", "all  well")

    assert capsys.readouterr().out == "  good  a part  all well\n"


def test_a_table_is_clean_in_every_cell(capsys: Captured) -> None:
    """Neither control characters nor markup take effect."""
    output.table(("name",), [("[red]a\x1b[31m[/red]",), ("b\nc",)], title="[bold]2 names")

    said = capsys.readouterr().out
    assert "[red]a[/red]" in said
    assert "[bold]2 names" in said
    assert "b c" in said
    assert "\x1b" not in said


def test_values_are_shown_defanged(capsys: Captured) -> None:
    """One, several or none; numbers as they are."""
    assert output.shown("ns1.monovm.com") == "ns1[.]monovm[.]com"
    assert output.shown(("a@b.c", 1.5, True)) == "a[@]b[.]c, 1.5, True"
    assert output.shown(None) == ""
    assert output.shown("see http://evil.example") == "see hxxp[:]//evil[.]example"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("alerts ack onedrive-en-marche.fr", "onedrive-en-marche[.]fr: acknowledged"),
        ("alerts show other.fr", "no alert on other[.]fr"),
        ("fact remove other.fr ns --source x", "no ns of other[.]fr"),
        ("track remove ns_domain monovm.com", "no track ns_domain=monovm[.]com"),
        ("status", "registrant_email=johnpinch[@]mail[.]com"),
    ],
)
def test_what_is_said_to_people_opens_nothing(
    run: Run, hunted: Path, store: Store, command: str, said: str
) -> None:
    """Whether it was done or not: somebody copies the line into a chat."""
    track = "registrant_email=johnpinch@mail.com"
    reports.record(store, Report("tracks", True, "set", utc_now(), track))
    told = run(*command.split(), "-c", str(hunted))

    assert said in told.out + told.err


def test_nothing_found_is_said_to_people_only(capsys: Captured) -> None:
    """A program has the status."""
    ended = output.nothing_found("nothing", as_json=False)
    assert isinstance(ended, typer.Exit)
    assert ended.exit_code == 1
    assert capsys.readouterr().err == "nothing\n"
    output.nothing_found("nothing", as_json=True)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("columns", [80, 120])
def test_a_narrow_terminal_cuts_no_word(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured, columns: int
) -> None:
    """Where a table has no room for its words, each row is a list."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    row = ("high", "acknowledged", "onedrive-en-marche[.]fr", "en-marche[.]fr", "2017-04-24")
    output.table(
        ("severity", "state", "domain", "imitates", "why"), [(*row[:4], f"since {row[4]}")]
    )

    said = capsys.readouterr().out
    assert all(word in said for word in row)
    assert ("┃" in said) == (columns == 120)


def test_a_table_with_a_long_last_column_cuts_no_word_before_it(capsys: Captured) -> None:
    """The longest words have their place first, and what is left goes to the long text."""
    domain = "en-marche-connexion-securisee[.]online"
    day = "2017-04-24 06:00"
    reasons = "Lookalike that can send and receive mail; " * 6
    output.table(
        ("domain", "state", "imitates", "how", "opened", "changed", "by", "why"),
        [(domain, "acknowledged", "en-marche[.]fr", "combosquatting", day, day, day, reasons)],
    )

    said = capsys.readouterr().out
    assert all(word in said for word in (domain, "acknowledged", "combosquatting", "2017-04-24"))
    assert max(map(len, said.splitlines())) <= 160
