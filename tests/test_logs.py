"""The journal's lines: names that stay, no secrets, no flood."""

import ast
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from hunter.logs import Sluice, hide_secrets
from hunter.net.secret import read_secret

ROOT = Path(__file__).parents[1]
LEVELS = {"info", "warning", "error", "critical", "exception"}
WEBHOOK = "https://hooks.slack.com/services/T000/B000/verysecret"


def logged() -> Iterator[tuple[str, set[str]]]:
    """Every event that the code logs, with its fields."""
    for path in (ROOT / "hunter").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_log(node.func):
                event = node.args[0]
                assert isinstance(event, ast.Constant), f"{path}: an event's name is no variable"
                named = {word.arg or "" for word in node.keywords} - {"exc_info"}
                yield str(event.value), named | _exception(node)


def _is_log(function: ast.expr) -> bool:
    """`log.info`, and the names that stand for one of them."""
    if isinstance(function, ast.Name):
        return function.id == "log_as"
    return (
        isinstance(function, ast.Attribute)
        and function.attr in LEVELS
        and isinstance(function.value, ast.Name)
        and function.value.id in {"log", "_log"}
    )


def _exception(call: ast.Call) -> set[str]:
    carried = any(word.arg == "exc_info" for word in call.keywords)
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return {"exception"} if carried or method == "exception" else set()


def test_the_docs_list_every_event_with_its_fields() -> None:
    """Whoever builds upon the journal builds upon these names."""
    text = (ROOT / "docs" / "journal.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|[^|]*\|[^|]*\|([^|]*)\|$", text, re.MULTILINE)
    listed = {name: set(re.findall(r"`([^`]+)`", fields)) for name, fields in rows}

    found: dict[str, set[str]] = {}
    for event, fields in logged():
        found[event] = found.get(event, set()) | fields
    assert found == listed


def sluiced(sluice: Sluice, **fields: object) -> dict[str, object] | None:
    """The event as it comes out; None when it does not."""
    try:
        return dict(sluice(None, "", dict(fields)))
    except structlog.DropEvent:
        return None


def test_a_flood_of_one_event_is_cut_and_counted() -> None:
    """Others go on meanwhile, and the next minute begins with the count."""
    now = [0.0]
    sluice = Sluice(lambda: now[0])
    through = [sluiced(sluice, event="report") for _ in range(500)]
    assert sum(one is not None for one in through) == 200
    assert sluiced(sluice, event="alert") == {"event": "alert"}

    now[0] = 60.0
    assert sluiced(sluice, event="report") == {"event": "report", "left_out": 300}
    assert sluiced(sluice, event="report") == {"event": "report"}


def test_tracebacks_are_cut_sooner() -> None:
    """Each is some dozen lines."""
    sluice = Sluice(lambda: 0.0)
    through = [sluiced(sluice, event="fault", exc_info=True) for _ in range(100)]
    assert sum(one is not None for one in through) == 20


def test_nothing_stays_of_a_secret_that_begins_as_another_does(tmp_path: Path) -> None:
    """Whichever was read first."""
    for number, secret in enumerate(("one-key-is-short", "one-key-is-short-and-one-is-long")):
        file = tmp_path / str(number)
        file.write_text(secret, encoding="utf-8")
        read_secret(file)

    assert hide_secrets("key one-key-is-short-and-one-is-long!") == "key [secret]!"


def test_a_secret_that_is_a_word_of_the_mark_is_hidden_once(tmp_path: Path) -> None:
    """What stands for a secret is not looked through again."""
    file = tmp_path / "one"
    file.write_text("secret", encoding="utf-8")
    read_secret(file)

    assert hide_secrets("the key is secret, and so is a-longer-one") == (
        "the key is [secret], and so is a-longer-one"
    )


def test_no_secret_that_was_read_reaches_a_line(tmp_path: Path) -> None:
    """Neither whole nor, of a URL, the part that opens the door; nor as JSON writes it."""
    for number, secret in enumerate((WEBHOOK, 'pass"word', "abc", "odd://[")):
        file = tmp_path / str(number)
        file.write_text(secret, encoding="utf-8")
        read_secret(file)

    line = json.dumps({"a": WEBHOOK, "b": 'no pass"word', "c": "/services/T000/B000/verysecret?"})
    assert json.loads(hide_secrets(line)) == {
        "a": "[secret]",
        "b": "no [secret]",
        "c": "[secret]?",
    }
    assert hide_secrets("abcdef") == "abcdef"


@pytest.mark.parametrize(("journal", "mark"), [("", ""), ("8:1", "<4>")])
def test_what_libraries_say_is_one_event_with_its_priority(journal: str, mark: str) -> None:
    """And what the scheduler says at every round that it leaves out is none."""
    program = (
        "import logging; from hunter import logs; logs.set_up();"
        "logging.getLogger('apscheduler.scheduler').warning('skipped');"
        "logging.getLogger('other').warning('odd\\x1b[31m')"
    )
    environment = {"JOURNAL_STREAM": journal} if journal else {}
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment,
    )

    (line,) = done.stderr.splitlines()
    assert line.startswith(mark + "{")
    told = json.loads(line.removeprefix(mark))
    assert (told["event"], told["logger"], told["level"]) == ("library", "other", "warning")
    assert "\x1b" not in told["message"]
    assert logging.getLogger("apscheduler").level == logging.NOTSET


@pytest.mark.parametrize("takes_nothing", ["/dev/full", "pipe"])
def test_a_journal_that_takes_nothing_ends_no_hunt(takes_nothing: str) -> None:
    """A full disk beneath a file of its own, or a reader that has gone."""
    program = (
        "import structlog; from hunter import logs; logs.set_up(); log = structlog.get_logger();"
        "[log.warning('report', part=part) for part in range(9)]; print('goes on', flush=True)"
    )
    reader, writer = os.pipe()
    os.close(reader)
    if takes_nothing != "pipe":
        os.close(writer)
        writer = os.open(takes_nothing, os.O_WRONLY)
    done = subprocess.run(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=writer,
        check=False,
        cwd=ROOT,
    )
    os.close(writer)

    assert done.stdout == b"goes on\n"
