"""`hunter ct`, against logs on loopback."""

import base64
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hunter.ct.entries import page
from hunter.ct.follow import Position, load_position
from hunter.ct.malformed import Malformed, malformed_stream
from hunter.ct.merkle import Tree
from hunter.store import Store, cursors
from tests.world.ct import START, FakeLog, status
from tests.world.ct_config import CtWorld, ct_world

KINDS = ("rfc6962", "static")


class Said(Protocol):
    """How a command ended, and what it said where."""

    status: int
    out: str
    err: str


Run = Callable[..., Said]


@dataclass
class World:
    """The logs, and the command line."""

    served: CtWorld
    run: Run

    def __call__(self, *arguments: str) -> Said:
        """Run `hunter ct`."""
        return self.run("ct", *arguments, "-c", str(self.served.config))

    @property
    def logs(self) -> list[FakeLog]:
        """The listed logs."""
        return self.served.logs


@pytest.fixture
def world(tmp_path: Path, run: Run) -> Iterator[World]:
    """A log of each kind with 300 entries, and one that is retired."""
    logs = [FakeLog(kind, kind=kind) for kind in KINDS]
    for log in logs:
        log.grow(*[(f"n{at}.example", f"www.n{at}.example") for at in range(300)])
    with ct_world(tmp_path, *logs, FakeLog("old", state="retired")) as served:
        yield World(served, run)


def lines(done: Said) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.out.splitlines()]


def test_logs_says_which_are_followed_and_why_the_others_are_not(world: World) -> None:
    """One object a log."""
    done = world("logs", "--json")
    found = {str(row["log"]): row for row in lines(done)}

    assert done.status == 0, done.err
    assert {name: row["followed"] for name, row in found.items()} == {
        "rfc6962": True,
        "static": True,
        "old": False,
    }
    assert found["old"]["why_not"] == "its state is retired"
    assert found["static"] == {
        "operator": "Operator of static",
        "log": "static",
        "kind": "static",
        "state": "usable",
        "begins": "2026-07-01T00:00:00+00:00",
        "ends": "2099-01-01T00:00:00+00:00",
        "followed": True,
        "why_not": "",
        "url": world.logs[1].url,
    }


def test_logs_as_a_table_tells_the_choice(world: World) -> None:
    """In a person's words."""
    text = world.served.config.read_text(encoding="utf-8")
    followed = world("logs").out
    static_only = text.replace("enabled = true", "enabled = true\nstatic_only = true")
    world.served.config.write_text(static_only, encoding="utf-8")
    chosen = world("logs").out

    assert followed.count("yes") == 2
    assert "2026-07 to 2099-01" in followed
    assert followed.index("static") < followed.index("its state is retired")
    assert "no: static_only is set" in chosen


def test_without_any_list_it_cannot_be_told(world: World) -> None:
    """And the reason goes to standard error."""
    world.served.registry.faults.append(world.logs[0].fault(status(500)))
    done = world("logs")

    assert done.status == 3
    assert "status 500" in done.err
    assert "no list of logs could be had" in done.err


@pytest.mark.parametrize("number", [0, 1])
def test_tail_prints_verified_entries_from_an_index_on(world: World, number: int) -> None:
    """As JSON lines, in the log's order."""
    done = world("tail", world.logs[number].url, "--from", "290", "--count", "4", "--json")
    found = lines(done)

    assert done.status == 0, done.err
    assert [row["index"] for row in found] == [290, 291, 292, 293]
    assert found[0] == {
        "index": 290,
        "timestamp": "2026-11-22T12:00:00+00:00",
        "names": ["n290.example", "www.n290.example"],
        "issuer": "Test CA",
        "entry": "certificate",
        "malformed": False,
    }
    assert not world.served.store.exists()


def test_tail_for_people_is_defanged_and_begins_at_a_time(world: World) -> None:
    """Nothing before that time."""
    log = world.logs[1]
    log.clock += 60_000
    log.grow(("later.example",), precertificates=True)
    done = world("tail", log.url, "--from", f"{START:%Y-%m-%dT12:00:30}", "--count", "1")

    assert done.out == ("300 2026-11-22 12:01:01 UTC precertificate later[.]example by Test CA\n")


@pytest.mark.parametrize("number", [0, 1])
def test_tail_prints_nothing_that_is_not_proven(world: World, number: int) -> None:
    """One flipped byte: exit status 1, and why."""
    world.logs[number].flipped.add(292)
    done = world("tail", world.logs[number].url, "--from", "290", "--count", "9")

    assert (done.status, done.out) == (1, "")
    assert "do not hash to the signed root" in done.err


@pytest.mark.parametrize("number", [0, 1])
def test_a_log_on_no_list_is_read_with_its_key(world: World, number: int) -> None:
    """Without the key there is nothing to hold it against."""
    log = world.logs[number]
    key = log.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (world.served.config.parent / "key.pem").write_bytes(key)
    url = log.url.removesuffix("/")
    world.served.registry.logs.remove(log)
    unknown = world("tail", url, "--count", "1")
    world.served.registry.logs.append(log)
    done = world(
        "tail",
        url,
        "--key",
        str(world.served.config.parent / "key.pem"),
        "--from",
        "0",
        "--count",
        "1",
        "--json",
    )

    assert unknown.status == 2
    assert "no list knows a log" in unknown.err
    assert [row["names"] for row in lines(done)] == [["n0.example", "www.n0.example"]]


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("--from", "yesterday"), "is no beginning"),
        (("--from", "d"), "is no beginning"),
        (("--key", "nothing.pem"), "nothing.pem: --key: no key: No such file or directory"),
    ],
)
def test_slips_of_the_pen_are_told(world: World, arguments: tuple[str, ...], fault: str) -> None:
    """With a hint, and exit status 2."""
    done = world("tail", world.logs[0].url, *arguments)

    assert done.status == 2
    assert fault in done.err
    assert "hint: " in done.err


@pytest.mark.parametrize(
    ("command", "argument"),
    [
        (("tail",), "URL"),
        (("verify",), "URL"),
        (("malformed",), "URL"),
        (("backfill", "--since", "7d", "--log"), "--log"),
    ],
)
@pytest.mark.parametrize("url", ["ct.example/2026", "ftp://ct.example/"])
def test_what_is_no_url_is_told_before_anybody_is_asked(
    world: World, command: tuple[str, ...], argument: str, url: str
) -> None:
    """Neither the lists nor a log: it took an answer of each list to learn of a slip."""
    done = world(*command, url)

    assert done.status == 2
    assert done.err.startswith(f"{argument}: '{url}' is no address like https://host/\n")
    assert world.served.server.requests == []


@pytest.mark.parametrize("number", [0, 1])
def test_verify_holds_a_log_against_what_is_known(world: World, number: int) -> None:
    """Good; and after the log rewrote its past, failed, with the store left as it was."""
    log = world.logs[number]
    position = Position(Tree(256, (log.tree.root(0, 256),)))
    with Store(world.served.store) as store:
        cursors.set_cursor(store, "ct_logs", log.url, position.dump(), START)
    good = world("verify", log.url, "--json")
    rewritten = FakeLog(log.name, kind=log.kind, key=log.key)
    rewritten.grow(*[("other.example",)] * 320)
    rewritten.clock += 5000
    world.served.registry.logs[number] = rewritten
    forked = world("verify", log.url)

    assert good.status == 0, good.err
    assert [(row["check"], row["passed"]) for row in lines(good)] == [
        ("signature", True),
        ("consistency", True),
        ("tree", True),
        ("entries", True),
    ]
    assert forked.status == 1
    assert "consistency: FAILED: does not continue the 256 entries" in forked.out
    with closing(sqlite3.connect(world.served.store)) as store:
        ((kept,),) = store.execute("SELECT value FROM cursor").fetchall()
    assert load_position(kept) == position


def test_verify_of_a_log_that_does_not_answer_cannot_be_told(world: World) -> None:
    """Exit status 3: neither good nor bad."""
    log = world.logs[0]
    log.fault(status(500))
    done = world("verify", log.url)

    assert done.status == 3
    assert "signature: could not tell" in done.out
    assert "the store knows nothing of this log" in done.err


BROKEN = page(7, [b"\0\1from-broken.example" + bytes(6000), b"\0\1\0"])


def test_malformed_shows_what_the_daemon_kept(world: World) -> None:
    """With the bytes they begin with; as JSON with all that was kept."""
    log = world.logs[0]
    found = Malformed()
    found.add(BROKEN)
    with Store(world.served.store) as store:
        for one in world.logs:
            cursors.set_cursor(store, "ct_logs", one.url, "no matter", START)
        cursors.set_cursor(store, "ct_logs", malformed_stream(log.url), found.dump(), START)
    told = world("malformed", log.url.removesuffix("/"))
    rows = [json.loads(line) for line in world("malformed", "--json").out.splitlines()]

    assert told.status == 0
    assert "from-broken[.]example" in told.out
    assert "logged at (UTC)" in " ".join(told.out.split())
    assert "00 01 66 72 6f 6d" in told.out
    assert [(row["url"], row["index"], row["entry"]) for row in rows] == [
        (log.url, 7, "unknown"),
        (log.url, 8, "unknown"),
    ]
    assert rows[0]["names"] == ["from-broken.example"]
    assert (len(base64.b64decode(rows[0]["bytes"])), rows[0]["length"]) == (4096, 6021)
    assert not log.requests


def test_malformed_without_any_says_so(world: World) -> None:
    """Of no log, or not of that one."""
    Store(world.served.store).close()
    told = world("malformed", "https://elsewhere.example/")
    assert (told.status, told.out, told.err) == (1, "", "no malformed entry was met\n")
