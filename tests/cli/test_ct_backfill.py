"""`hunter ct backfill`, against logs on loopback."""

import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hunter.backfill import Stretch
from hunter.cli import progress
from hunter.cli.progress import drawn
from hunter.ct.follow import Position
from hunter.ct.loglist import Kind, Log
from hunter.ct.merkle import Tree
from tests.test_backfill import fake_log
from tests.world.ct import status
from tests.world.ct_config import BRAND, CtWorld, ct_world

Run = Callable[..., Any]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[CtWorld]:
    """A log of each kind, with two young lookalikes and an old one."""
    with ct_world(tmp_path, fake_log("rfc6962"), fake_log("static")) as served:
        yield served


def test_it_says_what_was_read_and_found(world: CtWorld, run: Run) -> None:
    """One object a log."""
    done = run("ct", "backfill", "--since", "7d", "--json", "-c", str(world.config))

    assert done.status == 0, done.err
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert rows[0] == {
        "log": "rfc6962",
        "url": world.logs[0].url,
        "from": 41,
        "to": 294,
        "read": 253,
        "matches": 2,
        "done": True,
        "trouble": "",
    }


def test_a_log_that_cannot_be_read_is_told_and_can_be_gone_on_with(
    world: CtWorld, run: Run
) -> None:
    """Exit status 3, and how to go on; only the one that was named is read."""
    log = world.logs[1]
    fault = log.fault(status(503, Retry_After="7200"))
    command = ("ct", "backfill", "--since", "7d", "--log", log.url, "-c", str(world.config))
    lame = run(*command)
    log.faults.remove(fault)
    done = run(*command)

    assert lame.status == 3
    assert "static: 0 entries, 0 matching names; not finished: " in lame.out
    assert "the same command goes on where it was" in lame.err
    assert (done.status, done.out) == (0, "static: 253 entries, 2 matching names; done\n")
    assert world.logs[0].requests == []


def test_one_brand_can_be_named_and_begun_anew(world: CtWorld, run: Run) -> None:
    """What an earlier run kept is forgotten."""
    command = ("ct", "backfill", "--since", "1d", "--brand", BRAND, "--restart")
    done = run(*command, "-c", str(world.config))

    assert done.status == 0
    assert done.out.startswith("rfc6962: 0 entries, 0 matching names")


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("--since", "a week"), "is no span of time"),
        (("--since", "99999999999999d"), "is no span of time"),
        (("--since", "20000d"), "is no span of time"),
        (("--since", "7d", "--brand", "atelier-lumiere.com"), f"did you mean {BRAND}?"),
        (("--since", "7d", "--log", "https://nowhere.example/"), "no list knows a log"),
    ],
)
def test_slips_of_the_pen_are_told(
    world: CtWorld, run: Run, arguments: tuple[str, ...], fault: str
) -> None:
    """With exit status 2, before anything is read."""
    done = run("ct", "backfill", *arguments, "-c", str(world.config))

    assert done.status == 2
    assert fault in done.err


def test_an_interruption_says_how_to_go_on(
    world: CtWorld, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C, in the middle; a shell that runs the tests in the background has it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    async def interrupted(*_: object) -> int:
        signal.raise_signal(signal.SIGINT)
        return 0

    monkeypatch.setattr("hunter.backfill.take", interrupted)
    try:
        done = run("ct", "backfill", "--since", "7d", "-c", str(world.config))
    finally:
        signal.signal(signal.SIGINT, before)

    assert done.status == 3
    assert "the same command goes on where it was" in done.err


def test_a_bar_is_drawn_when_a_person_looks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error, over all logs together."""
    monkeypatch.setattr(progress.sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    log = Log("log", "O", b"", "https://log.example/", Kind.STATIC)
    with drawn(2) as draw:
        draw(log, Stretch(0, 2048, Position(Tree(1024, (b"",)))))

    assert "1,024 of 2,048 entries" in capsys.readouterr().err
