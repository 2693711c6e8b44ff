"""The daemon's own clockwork, with steps that do as they are told."""

import asyncio
import logging
import os
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from types import ModuleType

import pytest
import structlog

from hunter import clock, config, daemon, health, pipeline
from hunter.contracts import Batch, SourceContext
from hunter.errors import WillNotPass, WillPass
from hunter.hunting import open_hunt
from hunter.model import AlertState, Report, Sighting
from hunter.pipeline import Hunt
from hunter.rule_watch import put_in_force
from hunter.rulebook import Rulebook
from hunter.sources import certstream, permutations, registrations
from hunter.store import Store, alerts, cursors, outbox, reports, rulesets, sightings, to_text
from tests.world.alerts import AT, alert
from tests.world.rulebooks import rule, selection

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
CONFIG = """
[[brand]]
domain = "atelier-lumiere.fr"
[store]
folder = "{folder}/state"
[health]
held_up_after = "1s"
[sources]
permutations.enabled = false
canary.enabled = false
"""
FEEDS = '[sources.registrations]\nevery = "1s"\nfeeds = [{ path = "/nowhere" }]'
STREAM = '[sources.certstream]\nurls = ["ws://127.0.0.1:9/"]'


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> socket.socket:
    """Where systemd would listen; it wants to hear something a hundred times a second."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(str(tmp_path / "notify"))
    listening.setblocking(False)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("WATCHDOG_USEC", "20000")
    return listening


def heard(systemd: socket.socket) -> list[bytes]:
    """What the daemon told systemd since this was asked last."""
    found = []
    with suppress(BlockingIOError):
        while True:
            found.append(systemd.recv(100))
    return found


async def until(condition: Callable[[], object]) -> None:
    """Wait for it, for as long as the whole test may take."""
    for _ in range(3000):
        if condition():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it never came")


def endless(alive: set[int]) -> Callable[..., AsyncIterator[Batch]]:
    """A stream of one batch; which of its lives go on, counted from 1, is in `alive`."""
    begun = count(1)

    async def gather(*_: object) -> AsyncIterator[Batch]:
        life = next(begun)
        alive.add(life)
        try:
            yield Batch(b"", "1")
            await asyncio.Event().wait()
        finally:
            # As long as a thread takes to end.
            await asyncio.sleep(0.1)
            alive.discard(life)

    return gather


@asynccontextmanager
async def running(folder: Path, more: str = "") -> AsyncIterator[None]:
    """A daemon, ended as systemd would."""
    path = folder / "config.toml"
    path.write_text(CONFIG.format(folder=folder) + more, encoding="utf-8")
    work = asyncio.create_task(daemon.run(config.load(path)))
    # Before that it would end this process.
    await until(lambda: work.done() or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL)
    try:
        yield
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
        await work


async def test_a_step_that_hangs_stops_the_watchdog_though_the_loop_goes_on(
    tmp_path: Path, systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """systemd then starts hunter anew; when the step goes on by itself, so does the watchdog."""
    goes_on, rounds = asyncio.Event(), []

    async def hang(_hunt: Hunt) -> int:
        await goes_on.wait()
        return 0

    monkeypatch.setattr(pipeline, "judge_pending", hang)
    hang.__name__ = "judge_pending"
    monkeypatch.setattr(health, "tell", lambda *_: rounds.append(1))
    with structlog.testing.capture_logs() as logs:
        async with running(tmp_path):
            await until(lambda: b"WATCHDOG=1" in heard(systemd))

            # On a busy machine others are late, too, and end after a while.
            await until(lambda: ["judge_pending"] in [line.get("steps") for line in logs])
            heard(systemd)
            rounds.clear()
            await until(lambda: len(rounds) > 1)
            assert heard(systemd) == []

            goes_on.set()
            await until(lambda: b"WATCHDOG=1" in heard(systemd))

    assert {line["event"] for line in logs if "steps" in line} == {"held up"}
    systemd.close()


async def test_a_store_in_trouble_does_not_stop_the_watchdog(
    tmp_path: Path, systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new start would mend nothing, and fail; what is wrong is said as it is."""
    rounds = []

    async def fail(_hunt: Hunt) -> int:
        rounds.append(1)
        raise WillPass("the disk is full")

    monkeypatch.setattr(pipeline, "judge_pending", fail)
    fail.__name__ = "judge_pending"
    monkeypatch.setattr(daemon, "_STEP_EVERY", 0.02)
    async with running(tmp_path):
        await until(lambda: len(rounds) > 100)
        heard(systemd)
        await until(lambda: b"WATCHDOG=1" in heard(systemd))

    with Store(tmp_path / "state" / "hunter.db") as store:
        said = {one.report.part: one.report.message for one in reports.standings(store)}
    assert said["job.judge_pending"] == "the disk is full"
    systemd.close()


async def test_a_systemd_that_reads_nothing_holds_nothing_up(
    tmp_path: Path, systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its socket is full from the start; the daemon works on, and ends when it is told to."""
    rounds: list[int] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as noise, suppress(BlockingIOError):
        noise.connect(os.environ["NOTIFY_SOCKET"])
        noise.setblocking(False)
        while True:
            noise.send(b"noise")
    monkeypatch.setattr(health, "tell", lambda *_: rounds.append(1))
    async with running(tmp_path):
        rounds.clear()
        await until(lambda: len(rounds) > 1)

    systemd.close()


async def test_a_stream_that_works_again_is_well_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It never ends, so that its first batch must tell."""
    lives: list[int] = []

    async def gather(*_: object) -> AsyncIterator[Batch]:
        lives.append(1)
        if len(lives) == 1:
            raise WillNotPass("the key cannot be read")
        yield Batch(b"", "1")
        await asyncio.Event().wait()

    monkeypatch.setattr(daemon, "_SHORTEST_PAUSE", timedelta(seconds=0.01))
    monkeypatch.setattr(certstream, "gather", gather)
    with structlog.testing.capture_logs() as logs:
        async with running(tmp_path, STREAM):
            await until(lambda: "gathered" in [line.get("message") for line in logs])

    said = [line["message"] for line in logs if line.get("part") == "sources.certstream"]
    assert said == ["the key cannot be read", "gathered"]


async def test_a_reload_that_the_store_does_not_take_changes_nothing_and_is_made_up_for(
    tmp_path: Path, systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The streams go on, systemd is told that the reload is over, and the next one works."""
    alive: set[int] = set()
    said: list[bytes] = []
    monkeypatch.setattr(certstream, "gather", endless(alive))
    monkeypatch.setattr("hunter.store._BUSY_SECONDS", 0.01)
    monkeypatch.setattr(daemon, "_RELOAD_AGAIN", 0.05)
    with structlog.testing.capture_logs() as logs:
        async with running(tmp_path, STREAM):
            await until(lambda: alive)
            with closing(sqlite3.connect(tmp_path / "state" / "hunter.db")) as other:
                other.execute("BEGIN IMMEDIATE")
                os.kill(os.getpid(), signal.SIGHUP)
                # The first was that of the start.
                await until(lambda: said.extend(heard(systemd)) or said.count(b"READY=1") > 1)
                assert alive == {1}
            await until(lambda: "reloaded" in [line["event"] for line in logs])
            await until(lambda: alive == {2})

    assert "not reloaded" in [line["event"] for line in logs]
    systemd.close()


async def test_of_two_reloads_close_together_one_waits_for_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would start the streams; nobody would end those of the first any more."""
    alive: set[int] = set()
    monkeypatch.setattr(certstream, "gather", endless(alive))
    with structlog.testing.capture_logs() as logs:
        async with running(tmp_path, STREAM):
            await until(lambda: alive)
            os.kill(os.getpid(), signal.SIGHUP)
            os.kill(os.getpid(), signal.SIGHUP)
            await until(lambda: [line["event"] for line in logs].count("reloaded") == 2)
            await until(lambda: alive == {3})


async def test_a_source_that_was_at_work_during_a_reload_soon_goes_by_the_new_config(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that looks up all permutations is at work for long, and begins twice a day."""
    asked: list[set[str]] = []
    reloaded = asyncio.Event()

    async def gather(_: object, context: SourceContext) -> AsyncIterator[Batch]:
        asked.append({brand.domain for brand in context.brands})
        await reloaded.wait()
        yield Batch(b"", "1")

    monkeypatch.setattr(daemon, "_SHORTEST_PAUSE", timedelta(seconds=0.1))
    monkeypatch.setattr(permutations, "gather", gather)
    sweeps = CONFIG.replace("permutations.enabled = false", "permutations.limit = 5")
    monkeypatch.setattr(sys.modules[__name__], "CONFIG", sweeps)
    path = tmp_path / "config.toml"
    with structlog.testing.capture_logs() as logs:
        async with running(tmp_path):
            await until(lambda: asked)
            more = '[[brand]]\ndomain = "secours-lointain.org"\n'
            path.write_text(more + path.read_text(encoding="utf-8"), encoding="utf-8")
            os.kill(os.getpid(), signal.SIGHUP)
            await until(lambda: "reloaded" in [line["event"] for line in logs])
            await asyncio.sleep(0.1)
            reloaded.set()
            await until(lambda: len(asked) > 1)

    assert asked == [{"atelier-lumiere.fr"}, {"atelier-lumiere.fr", "secours-lointain.org"}]


async def test_what_a_reload_leaves_as_it_was_is_said_until_the_next_start(tmp_path: Path) -> None:
    """Doors, store and figures are opened once; what a broken config left behind is over, too."""

    def said() -> str:
        (found,) = [one.report for one in reports.standings(store) if one.report.part == "config"]
        return found.message

    path = tmp_path / "config.toml"
    with Store(tmp_path / "state" / "hunter.db") as store:
        async with running(tmp_path):
            await until(lambda: said() == "loaded")
            sound = path.read_text(encoding="utf-8")
            for added, heard_then in (
                ("[net]\ndns_port = 5353", "loaded; what changed in [net] needs a restart"),
                ("[[", "the old config stays in force"),
            ):
                path.write_text(f"{sound}\n{added}", encoding="utf-8")
                os.kill(os.getpid(), signal.SIGHUP)
                await until(lambda wanted=heard_then: said().startswith(wanted))

        async with running(tmp_path):
            await until(lambda: said() == "loaded")


async def test_a_store_that_is_to_move_is_looked_after_where_it_is(tmp_path: Path) -> None:
    """Its new folder may not be there yet: the operator would hear of no trouble any more."""
    path = tmp_path / "config.toml"
    moved = "loaded; what changed in [store] needs a restart"
    with Store(tmp_path / "state" / "hunter.db") as store:

        def told() -> dict[str, str]:
            return {one.report.part: one.report.message for one in reports.standings(store)}

        async with running(tmp_path):
            await until(lambda: "job.disk" in told())
            path.write_text(path.read_text(encoding="utf-8").replace("/state", "/new"), "utf-8")
            os.kill(os.getpid(), signal.SIGHUP)
            await until(lambda: told()["config"] == moved)
            reports.forget(store, Report("job.disk", True, "", NOW))
            await until(lambda: {"job.disk", "job.health"} & told().keys())

            assert told()["job.disk"] == f"there is room for {tmp_path}/state"


async def test_a_round_of_judging_is_told_that_others_are_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another config, then other rules: what was marked for them is theirs to judge."""
    (tmp_path / "rules").mkdir()
    hunts: list[Hunt] = []

    async def judge(hunt: Hunt) -> int:
        if not any(hunt is one for one in hunts):
            hunts.append(hunt)
        return 0

    judge.__name__ = "judge_pending"
    monkeypatch.setattr(pipeline, "judge_pending", judge)
    async with running(tmp_path, f'[rules]\nfolders = ["{tmp_path}/rules"]'):
        await until(lambda: len(hunts) == 1)
        os.kill(os.getpid(), signal.SIGHUP)
        await until(lambda: len(hunts) == 2)
        (tmp_path / "rules" / "a.yml").write_text(rule(selection("cdn: x")), encoding="utf-8")
        await until(lambda: len(hunts) == 3)

        assert [hunt.over.is_set() for hunt in hunts] == [True, True, False]


async def test_rules_that_the_store_does_not_take_are_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They come into force once it can be written, without another change of the files."""
    (tmp_path / "rules").mkdir()
    taken: list[Rulebook] = []

    def take(hunt: Hunt, rules: Rulebook) -> Hunt:
        taken.append(rules)
        if len(taken) == 2:  # the first were those of the start
            raise WillPass("the disk is full")
        return put_in_force(hunt, rules)

    monkeypatch.setattr(daemon, "put_in_force", take)
    monkeypatch.setattr(daemon, "_LOOK_EVERY", 0.02)
    async with running(tmp_path, f'[rules]\nfolders = ["{tmp_path}/rules"]'):
        await until(lambda: taken)
        (tmp_path / "rules" / "a.yml").write_text(rule(selection("cdn: x")), encoding="utf-8")
        await until(lambda: len(taken) == 3)
        await asyncio.sleep(0.1)

    assert len(taken) == 3
    with Store(tmp_path / "state" / "hunter.db") as store:
        assert rulesets.live(store).digest == taken[2].digest  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("error", "field"),
    [(WillPass("the disk is full"), "message"), (ArithmeticError("a slip"), "exc_info")],
)
async def test_a_round_that_fails_is_told_in_words_where_it_is_no_fault_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, field: str
) -> None:
    """Nobody needs a traceback to learn that the disk is full; once, and not at every round."""

    async def judge(_: Hunt) -> int:
        raise error

    judge.__name__ = "judge_pending"
    monkeypatch.setattr(pipeline, "judge_pending", judge)
    with structlog.testing.capture_logs() as logs:
        async with running(tmp_path):
            await until(lambda: "job failed" in [line["event"] for line in logs])
            await asyncio.sleep(1.5)

    (failed,) = (line for line in logs if line["event"] == "job failed")
    assert failed.keys() & {"message", "exc_info"} == {field}


async def test_a_round_that_works_after_a_restart_is_well_again(tmp_path: Path) -> None:
    """As after an upgrade that mends its fault: it stood in trouble for good."""
    fault = "a fault in hunter, see the journal: ArithmeticError: a slip"
    with Store(tmp_path / "state" / "hunter.db") as store:
        reports.record(store, Report("job.judge_pending", False, fault, NOW))
        async with running(tmp_path):
            await until(lambda: not reports.unwell(store))


async def test_domains_that_could_not_be_judged_before_a_restart_are_judged(tmp_path: Path) -> None:
    """Which they were is not kept; after an upgrade nobody waits for their next look-up."""
    with Store(tmp_path / "state" / "hunter.db") as store:
        sightings.record(store, [Sighting("a.fr", "a.fr", "planted", NOW)], [], NOW)
        sightings.set_due(store, "a.fr", datetime(9000, 1, 1, tzinfo=UTC))
        async with running(tmp_path):
            await until(lambda: not sightings.to_judge(store, 1))
        reports.record(store, Report("job.judge", False, "domains not judged: 1", NOW))
        async with running(tmp_path):
            await until(lambda: not reports.unwell(store))


async def test_what_was_dismissed_for_a_time_wakes_while_hunter_runs(tmp_path: Path) -> None:
    """Or once it runs again, where it did not at that moment."""
    with Store(tmp_path / "state" / "hunter.db") as store:
        about = alerts.save(store, replace(alert(), id=0), {})
        dismissed = partial(alerts.set_state, store, about, AlertState.DISMISSED)
        dismissed(why="", actor="ana", now=AT, until=AT + YEAR)
        async with running(tmp_path):
            await until(lambda: alerts.about(store, about.domain)[0].state is AlertState.NEW)


async def test_what_ends_does_not_reload_any_more(tmp_path: Path) -> None:
    """It would start what was just ended."""
    with structlog.testing.capture_logs() as logs:
        async with running(tmp_path):
            await until(lambda: "started" in [line["event"] for line in logs])
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGHUP)
            await until(lambda: "stopped" in [line["event"] for line in logs])

    assert "reloaded" not in [line["event"] for line in logs]


async def test_a_source_does_not_sleep_until_the_time_of_a_clock_that_was_ahead(
    tmp_path: Path,
) -> None:
    """It waits for as long as between any two of its looks."""
    (tmp_path / "feeds").mkdir()
    ahead = datetime(9000, 1, 1, tzinfo=UTC)
    with Store(tmp_path / "state" / "hunter.db") as store:
        reports.job_started(store, "source:registrations", ahead)
        reports.job_finished(store, "source:registrations", ahead)
        feeds = f'[sources.registrations]\nevery = "1s"\nfeeds = [{{ path = "{tmp_path}/feeds" }}]'
        async with running(tmp_path, feeds):
            await until(lambda: reports.job_runs(store)["source:registrations"].started_at < ahead)


async def test_a_domain_does_not_sleep_until_the_time_of_a_clock_that_was_ahead(
    tmp_path: Path,
) -> None:
    """It is looked at within a week."""
    now = datetime.now(UTC)
    with Store(tmp_path / "state" / "hunter.db") as store:
        sightings.record(store, [Sighting("a.fr", "a.fr", "planted", now)], [], now)
        sightings.set_due(store, "a.fr", datetime(9000, 1, 1, tzinfo=UTC))
        async with running(tmp_path):
            await until(lambda: sightings.due(store, datetime.now(UTC) + timedelta(days=7), 1))


async def test_nothing_is_forgotten_until_the_clock_has_been_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that starts in a year to come takes all for old; after a while it is old."""
    monkeypatch.setattr(
        sys.modules[__name__], "CONFIG", CONFIG.replace("[health]", 'keep_domains = "1d"\n[health]')
    )
    rounds = []
    monkeypatch.setattr(health, "tell", lambda *_: rounds.append(1))
    with Store(tmp_path / "state" / "hunter.db") as store:
        sightings.record(store, [Sighting("a.fr", "a.fr", "planted", NOW)], [], NOW)
        monkeypatch.setattr(daemon, "open_hunt", partial(open_hunt, now=lambda: NOW + YEAR))
        async with running(tmp_path):
            await until(lambda: len(rounds) > 1)
        assert sightings.first_seen(store, "a.fr") == NOW

        monkeypatch.setattr(daemon, "_UNTIL_THE_CLOCK_IS_SET", timedelta())
        monkeypatch.setattr(daemon, "_DAY", 0.05)
        cursors.set_cursor(store, "forgetting", "", "", NOW - timedelta(days=7))
        async with running(tmp_path):
            await until(lambda: sightings.first_seen(store, "a.fr") is None)


async def test_a_clock_that_is_set_back_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine starts in a year to come: rounds, streams and troubles live in this one then."""
    ahead, alive = [400 * 86_400.0], set[int]()

    def wrong() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=ahead[0])

    monkeypatch.setattr(clock, "_LOOK_EVERY", 0.02)
    monkeypatch.setattr(clock, "_lead", lambda: ahead[0])
    monkeypatch.setattr(daemon, "utc_now", wrong)
    monkeypatch.setattr(daemon, "open_hunt", partial(open_hunt, now=wrong))
    monkeypatch.setattr(certstream, "gather", endless(alive))
    rounds = []
    monkeypatch.setattr(health, "tell", lambda *_: rounds.append(1))
    with structlog.testing.capture_logs() as logs:
        async with running(tmp_path, STREAM):
            await until(lambda: alive == {1})
            assert not rounds, "the scheduler knows the real time"

            ahead[0] = 0.0
            await until(lambda: len(rounds) > 1 and alive == {2})

    (told,) = [line for line in logs if line["event"] == "clock set back"]
    assert told["seconds"] == 400 * 86_400


async def test_a_clock_that_leaps_forwards_holds_nothing_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine starts in a month gone by, and is set right: what was missed is not counted out."""
    monkeypatch.setattr(daemon, "utc_now", lambda: datetime.now(UTC) - timedelta(days=30))
    rounds = []
    monkeypatch.setattr(health, "tell", lambda *_: rounds.append(time.monotonic()))
    begun = time.monotonic()
    async with running(tmp_path):
        await until(lambda: len(rounds) > 2)

    assert rounds[2] - begun > 1.9, "none is made up for"


@pytest.mark.parametrize(
    ("source", "more"),
    [(certstream, STREAM), (registrations, FEEDS)],
)
async def test_a_source_that_is_cancelled_from_within_is_told_and_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: ModuleType, more: str
) -> None:
    """As by a library whose own task was cancelled: nobody ends the source."""
    lives: list[int] = []

    async def gather(*_: object) -> AsyncIterator[Batch]:
        lives.append(1)
        if len(lives) == 2:
            raise asyncio.CancelledError
        yield Batch(b"", "1")

    monkeypatch.setattr(daemon, "_SHORTEST_PAUSE", timedelta(seconds=0.02))
    monkeypatch.setattr(source, "gather", gather)
    with structlog.testing.capture_logs() as logs:
        async with running(tmp_path, more):
            await until(lambda: "works" in [line.get("message") for line in logs])

    name = source.__name__.rpartition(".")[2]
    failed = [line["job"] for line in logs if line["event"] == "job failed"]
    assert failed == [f"source:{name}"]


async def test_a_source_whose_fault_is_over_and_that_is_away_is_not_said_to_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its round came to its end, and had nothing to show."""
    looks: list[int] = []

    async def gather(*_: object) -> AsyncIterator[Batch]:
        looks.append(1)
        if len(looks) == 1:
            raise ArithmeticError
        raise WillPass("nobody answers")
        yield Batch(b"", "1")

    monkeypatch.setattr(daemon, "_SOURCE_AGAIN", timedelta(seconds=0.1))
    monkeypatch.setattr(registrations, "gather", gather)
    with structlog.testing.capture_logs() as logs:
        async with running(tmp_path, FEEDS):
            await until(lambda: len(looks) == 3)

    said = [line["message"] for line in logs if line.get("part") == "sources.registrations"]
    assert set(said) == {"nobody answers"}


async def test_what_a_stream_tells_while_the_store_is_busy_is_taken_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would not tell it a second time."""
    begun, busy, told = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def gather(*_: object) -> AsyncIterator[Batch]:
        begun.set()
        await busy.wait()
        if told.is_set():
            return  # it was started again
        # Whoever waits for it goes on when the batch was tried for the first time.
        told.set()
        yield Batch(b"connexion-atelier-lumiere.fr", "1")
        await asyncio.Event().wait()

    monkeypatch.setattr(daemon, "_SHORTEST_PAUSE", timedelta(seconds=0.05))
    monkeypatch.setattr("hunter.store._BUSY_SECONDS", 0.01)
    monkeypatch.setattr(certstream, "gather", gather)
    async with running(tmp_path, STREAM):
        await begun.wait()
        with closing(sqlite3.connect(tmp_path / "state" / "hunter.db")) as other:
            other.execute("BEGIN IMMEDIATE")
            busy.set()
            await told.wait()
            other.execute("ROLLBACK")
            await until(lambda: other.execute("SELECT * FROM sighting").fetchall())


@pytest.mark.parametrize("hours", [0.5, 70])
async def test_that_hunter_did_not_run_for_long_is_told_when_it_does(
    tmp_path: Path, hours: float
) -> None:
    """To the operator, and in `hunter status`; a restart is not worth a word."""
    stopped = clock.utc_now() - timedelta(hours=hours)
    with Store(tmp_path / "state" / "hunter.db") as store:
        reports.record(store, Report("rules", True, "in force", stopped))
        reports.switch_off(store, "notifiers.journal:it", "refused", stopped)  # until a start
        more = (
            '[[subscriber]]\nname = "it"\noperator = true\nchannels = { journal = [] }\n'
            f'[notifiers.journal]\nfolder = "{tmp_path}/letters"\n'
        )
        async with running(tmp_path, more):
            await until(lambda: "config" in {one.report.part for one in reports.standings(store)})
        told = [one.report for one in reports.standings(store) if one.report.part == "daemon"]
        letters = [row["notice"] for row in store.rows("SELECT notice FROM outbox")]

    said = f"did not run from {stopped:%Y-%m-%d %H:%M} to "
    assert [(one.healthy, one.message.startswith(said)) for one in told] == [(True, True)] * (
        hours > 1
    )
    assert [said in letter for letter in letters] == [True] * (hours > 1)


async def test_what_left_the_config_is_in_trouble_no_more(tmp_path: Path) -> None:
    """Nothing would ever say that it is over."""
    with Store(tmp_path / "state" / "hunter.db") as store:
        for part, subject in (("sources.certstream", "ws://gone/"), ("sources.canary", "")):
            reports.record(store, Report(part, False, "gone", NOW, subject))

    async with running(tmp_path):
        pass

    with Store(tmp_path / "state" / "hunter.db") as store:
        assert not [one for one in reports.standings(store) if not one.report.healthy]


async def test_a_new_config_is_tried_at_once_by_a_channel_that_rests(tmp_path: Path) -> None:
    """Whoever mended the mail server's name does not wait for an hour to see whether it works."""
    way = outbox.Way("slack", "it")
    with Store(tmp_path / "state" / "hunter.db") as store:

        def rests() -> bool:
            query = "SELECT 1 FROM resting WHERE until > ?"
            return store.row(query, (to_text(datetime.now(UTC)),)) is not None

        outbox.rest(store, way, datetime.now(UTC) + timedelta(hours=1))
        async with running(tmp_path):
            await until(lambda: not rests())
            outbox.rest(store, way, datetime.now(UTC) + timedelta(hours=1))
            os.kill(os.getpid(), signal.SIGHUP)
            await until(lambda: not rests())
        assert outbox.failures(store, way) == 2


async def test_a_resolver_that_is_not_there_at_the_start_is_asked_again_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a boot it may come up last; the names are looked up twice a day only."""
    monkeypatch.setattr(daemon, "_SOURCE_AGAIN", timedelta(seconds=0.1))
    sweeps = CONFIG.replace("permutations.enabled = false", "permutations.limit = 5")
    monkeypatch.setattr(sys.modules[__name__], "CONFIG", sweeps)
    resolver = '[net]\ndns_servers = ["127.0.0.1"]\ndns_port = 9\n'
    with Store(tmp_path / "state" / "hunter.db") as store:

        def begun() -> datetime | None:
            run = reports.job_runs(store).get("source:permutations")
            return run.started_at if run else None

        async with running(tmp_path, resolver):
            await until(begun)
            first = begun()
            await until(lambda: begun() != first)


async def test_a_source_is_left_alone_for_as_long_as_its_server_wishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Retry-After of an hour holds against the ten minutes after trouble, and against `every`."""
    asked, rounds = [], []

    async def gather(*_: object) -> AsyncIterator[Batch]:
        asked.append(1)
        raise WillPass("too many questions", timedelta(hours=1))
        yield Batch(b"", "")

    monkeypatch.setattr(daemon, "_SOURCE_AGAIN", timedelta(seconds=0.01))
    monkeypatch.setattr(daemon, "_STEP_EVERY", 0.05)
    monkeypatch.setattr(permutations, "gather", gather)
    monkeypatch.setattr(health, "look", lambda *_: rounds.append(1))
    sweeps = CONFIG.replace("permutations.enabled = false", 'permutations.every = "1s"')
    monkeypatch.setattr(sys.modules[__name__], "CONFIG", sweeps)
    async with running(tmp_path):
        await until(lambda: asked)
        rounds.clear()
        await until(lambda: len(rounds) > 30)

    assert len(asked) == 1


async def test_what_is_in_hand_for_too_long_is_ended_and_not_told_as_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A look-up at a server that never answers, when systemd asks hunter to end."""
    asked = []

    async def hang(_hunt: Hunt) -> int:
        asked.append(1)
        return await asyncio.Event().wait()

    hang.__name__ = "enrich"
    monkeypatch.setattr(pipeline, "enrich", hang)
    monkeypatch.setattr(daemon, "_GRACE", 0.1)
    with structlog.testing.capture_logs() as logs:
        async with running(tmp_path):
            await until(lambda: asked)
    await asyncio.sleep(0)

    assert logs[-1]["event"] == "stopped"
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


async def test_a_round_that_begins_as_hunter_ends_is_in_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It would work on a store that is closed."""
    begun, stop = [], daemon._Daemon._stop

    async def judge(hunt: Hunt) -> int:
        begun.append(sightings.to_judge(hunt.store, 1))
        return 0

    async def stop_as_rounds_begin(self: daemon._Daemon) -> None:
        begun.clear()
        for job in self.scheduler.get_jobs():
            job.modify(next_run_time=datetime.now(UTC))
        self.scheduler._process_jobs()
        await stop(self)

    judge.__name__ = "judge_pending"
    monkeypatch.setattr(pipeline, "judge_pending", judge)
    monkeypatch.setattr(daemon._Daemon, "_stop", stop_as_rounds_begin)
    async with running(tmp_path):
        await until(lambda: begun)
    ended = len(begun)
    await asyncio.sleep(0.1)

    assert (ended, len(begun)) == (1, 1)
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []
