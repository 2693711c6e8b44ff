"""What all commands have in common: faults, exit statuses, help."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from hunter import cli
from hunter.errors import Fault, WillNotPass, WillPass, YoursToFix
from tests.cli.conftest import Run
from tests.world.daemon import hunter

COMMANDS = ("demo", "run", "check", "match", "explain", "inspect", "permutations", "search")


def test_help_names_every_command(run: Run) -> None:
    """With a line about each."""
    said = run("--help")

    assert said.status == 0
    assert all(f"  {command}" in said.out for command in (*COMMANDS, "alerts", "status"))


@pytest.mark.parametrize("command", [*COMMANDS, "status", "pivot", "alerts list", "fact add"])
def test_every_command_explains_itself(run: Run, command: str) -> None:
    """Every option has words."""
    said = run(*command.split(), "--help")

    assert said.status == 0
    assert said.out.startswith("Usage: ")


def test_help_says_what_is_to_be_typed_and_no_word_of_python(run: Run) -> None:
    """It was `NAMES <list[str]>` and `--since <str>`."""
    pages = [run(*path, "--help").out for path in every_command(get_command(cli.app))]

    assert len(pages) > 50
    assert [
        line for page in pages for line in page.splitlines() if re.search(r"<[a-z]", line)
    ] == []


def every_command(command: Any, *path: str) -> Iterator[tuple[str, ...]]:
    """It, and those below it, as they are typed."""
    yield path
    for name, below in getattr(command, "commands", {}).items():
        yield from every_command(below, *path, name)


GROUPS = ("", "alerts", "rules", "takedown", "incidents", "track", "fact", "ct")


@pytest.mark.parametrize("group", GROUPS)
def test_a_list_of_commands_says_what_each_does_to_the_end(
    run: Run, monkeypatch: pytest.MonkeyPatch, group: str
) -> None:
    """On a terminal of 80 columns no line breaks off in "...", as seventeen did."""
    monkeypatch.setenv("COLUMNS", "80")
    listed = run(*group.split(), "--help").out.partition("Commands:\n")[2]

    assert listed
    assert [line for line in listed.splitlines() if line.endswith("...")] == []


def test_help_lists_the_commands_of_the_manual(run: Run) -> None:
    """All of them, and first what is typed first: `init`."""
    manual = (Path(__file__).parents[2] / "docs" / "cli.md").read_text("utf-8")
    listed = run("--help").out.partition("Commands:\n")[2]
    commands = [line.split()[0] for line in listed.splitlines() if line.startswith("  ")]
    headings = re.findall(r"^## (.+)$", manual, re.MULTILINE)

    assert commands[0] == "init"
    assert sorted(commands) == sorted(headings), "docs/cli.md has a heading for each command"


@pytest.mark.parametrize(
    "command", ["match", "permutations", "alerts show", "ct tail", "track add"]
)
def test_arguments_are_called_as_in_the_manual(run: Run, command: str) -> None:
    """In capitals, and as the faults about them call them."""
    arguments = re.findall(r"[{\[](\w+)[}\]]", run(*command.split(), "--help").out.splitlines()[0])

    assert [one for one in arguments if not one.isupper()] == []


def loaded(arguments: list[str], heavy: tuple[str, ...]) -> str:
    """Which of the heavy packages a command has loaded when it is done."""
    code = (
        f"import sys; sys.argv = ['hunter', *{arguments}]\n"
        "from hunter.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return said.stdout.splitlines()[-1]


def test_help_loads_nothing_heavy() -> None:
    """Whoever asks for help does not wait for a database or a rule engine."""
    heavy = ("sqlite_utils", "pydantic", "sigma", "tldextract", "aiohttp", "rich", "apscheduler")

    assert loaded(["--help"], heavy) == "[]"


@pytest.mark.parametrize(
    "question",
    [
        ["search", "--contains", "marche"],
        ["pivot", "johnpinch@mail.com"],
        ["alerts", "list"],
        ["track", "list"],
        ["incidents", "list"],
    ],
)
def test_a_question_to_the_store_loads_no_drop_in(hunted: Path, question: list[str]) -> None:
    """Nor what they are made of: no way out, no rule engine, no matcher."""
    heavy = ("sqlite_utils", "sigma", "tldextract", "requests", "aiohttp", "numpy", "structlog")
    drop_ins = ("hunter.enrichers.dns", "hunter.sources.ct_logs", "hunter.notifiers.email")

    assert loaded([*question, "-c", str(hunted)], (*heavy, *drop_ins)) == "[]"


def test_faults_are_yours_to_fix(run: Run, tmp_path: Path) -> None:
    """All of them on standard error, each with a hint; status 2, and no traceback."""
    path = tmp_path / "config.toml"
    path.write_text('[[brand]]\ndomian = "en-marche.fr"\n[alert]\n', encoding="utf-8")
    said = run("check", "-c", str(path))

    assert said.status == 2
    assert said.out == ""
    assert said.err.count("hint: did you mean") == 2
    assert "Traceback" not in said.err


def test_a_config_that_nobody_named_is_looked_for(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And where it was looked for is said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CONFIGURATION_DIRECTORY", raising=False)
    said = run("status")

    assert said.status == 2
    assert "there is no config" in said.err
    assert "hunter init writes one, or say -c FILE" in said.err


@pytest.mark.parametrize(
    ("error", "status", "text"),
    [
        (YoursToFix([Fault("a", "b", "c", "d")]), 2, "a: b: c\n    hint: d\n"),
        (WillPass("the server is busy"), 3, "the server is busy\n"),
        (WillNotPass("the key was refused"), 3, "the key was refused\n"),
    ],
)
def test_each_kind_of_error_has_its_status(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, text: str
) -> None:
    """Yours to fix is 2, could not tell is 3."""

    def fail() -> None:
        raise error

    monkeypatch.setattr(cli, "app", fail)
    said = run("status")

    assert (said.status, said.err) == (status, text)


def test_arguments_that_are_wrong_are_yours_to_fix(run: Run) -> None:
    """As told by the parser."""
    assert run("match").status == 2
    assert run("no-such-command").status == 2
    assert run("match", "--jobs", "0", "x.fr").status == 2


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["--version", "permutations en-marche.fr --limit 2000"])
def test_whoever_stops_reading_gets_no_traceback(command: str, unbuffered: str) -> None:
    """`hunter ... | head -1`, whether that shows at once or at the very end, ends as `yes` does."""
    reading, writing = os.pipe()
    os.close(reading)
    said = subprocess.run(
        [sys.executable, "-m", "hunter", *command.split()],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )
    os.close(writing)

    assert (said.stderr, said.returncode) == (b"", 141)


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no such device here")
@pytest.mark.parametrize("command", ["--version", "permutations en-marche.fr --limit 2000"])
def test_an_answer_for_which_there_is_no_room_is_said(command: str) -> None:
    """`hunter ... > FILE` on a full disk, whether that shows at once or at the very end."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        said = subprocess.run(
            [sys.executable, "-m", "hunter", *command.split()],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=Path(__file__).parents[2],
        )

    assert said.stderr == "standard output cannot be written: No space left on device\n"
    assert said.returncode == 3


def with_a_closed_stream(closed: str, *asked: str) -> subprocess.CompletedProcess[bytes]:
    """What hunter does when whoever starts it in a shell closes a stream: `>&-`."""
    command = shlex.join([sys.executable, "-m", "hunter", *asked])
    return subprocess.run(
        f"{command} {closed}",
        shell=True,
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )


def test_whoever_closed_the_output_gets_no_traceback() -> None:
    """`hunter permutations x >&-`: it does what it is to do, and is heard by nobody."""
    said = with_a_closed_stream(">&-", "permutations", "en-marche.fr")

    assert (said.returncode, said.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("listed", "closed", "status", "heard"),
    [
        ("en-marche.co", "2>&-", 0, "en-marche[.]co"),
        ("no name here", "2>&-", 1, ""),
        ("", "<&-", 1, "none of the names imitates a brand"),
    ],
)
def test_a_closed_stream_changes_no_answer(
    tmp_path: Path, listed: str, closed: str, status: int, heard: str
) -> None:
    """Of a list with a lookalike, `hunter match list 2>&-` said by its status that it has none."""
    path = tmp_path / "names.txt"
    path.write_text(f"{listed}\n")
    names = str(path) if listed else "-"
    said = with_a_closed_stream(closed, "match", "--brand", "en-marche.fr", names)

    assert said.returncode == status
    assert heard in (said.stdout + said.stderr).decode()
    assert b"Traceback" not in said.stderr
    assert bool(said.stdout) is (status == 0)


def test_a_fault_that_nobody_hears_may_name_any_path(tmp_path: Path) -> None:
    """Also one that is not UTF-8: the status tells a wrong path from a list without lookalikes."""
    asked = [sys.executable, "-m", "hunter", "match", "--brand", "en-marche.fr"]
    said = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", *asked, f"{tmp_path}/\udcff"],
        check=False,
        cwd=Path(__file__).parents[2],
    )

    assert said.returncode == 2


def test_the_module_is_the_command() -> None:
    """`python -m hunter` is `hunter`."""
    assert "Usage: " in hunter("--help").stdout


def test_whoever_breaks_it_off_while_it_loads_gets_no_traceback() -> None:
    """Ctrl-C within the third of a second that the command line takes to be there."""
    code = (
        "import os, signal, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'typer': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
        # As in a terminal: whatever runs the tests may have it ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from hunter.__main__ import main\n"
        "main()"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)

    assert (said.returncode, said.stdout, said.stderr) == (-signal.SIGINT, b"", b"")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("command", ["match", "explain"])
def test_a_terminal_that_lacks_the_letters_gets_their_numbers(encoding: str, command: str) -> None:
    """Homographs are what this is about: no traceback, and what a program reads stays JSON."""
    arguments = [
        sys.executable,
        "-m",
        "hunter",
        command,
        "--brand",
        "en-marche.fr",
        "\u0435n-marche.fr",
    ]
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    told = subprocess.run(arguments, capture_output=True, check=True, env=environment).stdout
    asked = [*arguments, "--json"]
    row = subprocess.run(asked, capture_output=True, check=True, env=environment).stdout

    assert rb"\u0435n-marche" in told
    assert "\u0435n-marche" in str(json.loads(row))


@pytest.mark.parametrize(
    "question",
    [
        ("status",),
        ("alerts", "list", "--json"),
        ("alerts", "show", "en-marche.co"),
        ("alerts", "route", "en-marche.co"),
        ("alerts", "ack", "en-marche.co"),
        ("alerts", "export", "--format", "csv"),
        ("incidents", "list"),
        ("search", "--contains", "marche"),
        ("pivot", "193.29.187.40"),
        ("report", "--out", "out.csv"),
        ("takedown", "en-marche.co"),
        ("takedown", "list"),
        ("track", "list"),
        ("ct", "malformed"),
        ("fact", "remove", "en-marche.co", "a", "--source", "me"),
    ],
)
def test_a_question_makes_no_store(run: Run, config: Path, question: tuple[str, ...]) -> None:
    """An empty one would pass for that of a daemon that keeps its own elsewhere."""
    said = run(*question, "-c", str(config))

    assert said.status == 1
    assert said.out == ""
    assert f"there is no store at {config.parent}/state/hunter.db yet" in said.err
    assert not (config.parent / "state").exists()


@pytest.mark.parametrize(
    "command", [("backup", "copy.db"), ("report",), ("takedown", "write", "mail-en-marche.fr")]
)
def test_whoever_stands_in_a_folder_that_is_gone_is_told(
    run: Run,
    hunted: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    """As after the checkout beneath a shell was moved or removed."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    said = run(*command, "-c", str(hunted))

    assert said.status == 2
    assert "the folder you are in is no longer there" in said.err
