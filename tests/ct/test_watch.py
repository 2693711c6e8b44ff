"""Staying with one log: what is handed on, told and waited for."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from hunter.ct.allowance import Allowance
from hunter.ct.figures import Figures
from hunter.ct.follow import Position, Verified, load_position, start_at
from hunter.ct.loglist import Kind, Log, State
from hunter.ct.read_rfc6962 import Rfc6962Reader
from hunter.ct.readers import Answer
from hunter.ct.watch import Limits, Outlet, Watch, moment
from tests.world.ct import FakeLog, status
from tests.world.http import Request, Response

URL = "https://l.example/"
LIMITS = Limits(timedelta(milliseconds=1), timedelta(hours=6), timedelta(hours=1))


@dataclass
class World:
    """A log, a clock set by hand, and everything a watch sends."""

    fake: FakeLog = field(default_factory=lambda: FakeLog("log"))
    now: datetime = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
    names: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    told: list[tuple[bool, str]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    figures: list[dict[str, object]] = field(default_factory=list)
    fails: int = 0
    """How many pages are to be refused by whoever takes them."""

    async def fetch(self, path: str) -> Answer:
        """Ask the log."""
        found = self.fake.answer(Request("GET", path, {}, b""))
        return Answer(found.status, found.headers, found.body)

    async def take(self, step: Verified) -> None:
        """Take a page, or fail with it."""
        if self.fails:
            self.fails -= 1
            raise RuntimeError
        self.names += step.names().decode().splitlines()

    async def keep(self, stream: str, text: str) -> None:
        """Note where reading begins, and the figures."""
        if stream == URL:
            self.positions.append(load_position(text))
            self.starts.append(self.positions[-1].tree.size)
        if stream == URL + "#figures":
            self.figures.append(json.loads(text))

    def tell(self, _url: str, healthy: bool, message: str, trouble: str) -> None:
        """Note what is told."""
        self.told.append((healthy, message))
        self.troubles.append(trouble)

    def watch(self, limits: Limits = LIMITS, **about: object) -> Watch:
        """A watch of the log, which a list describes so."""
        log = Log("log", "O", self.fake.spki, URL, Kind.RFC6962, **about)
        outlet = Outlet(self.take, self.keep, self.tell)
        reader = Rfc6962Reader(log, self.fetch)
        return Watch(
            log, reader, Figures(URL, Allowance(2.0)), limits, outlet, now=lambda: self.now
        )

    async def run(
        self, watch: Watch, sentences: int, position: Position | None = None, **options: object
    ) -> None:
        """Let it run on from the position until so many sentences were told."""
        kept = {URL: position.dump()} if position else {}
        task = asyncio.create_task(watch.run(kept.get, **options))
        await until(lambda: len(self.told) >= sentences or task.done())
        await ended(task)
        if not task.cancelled():
            task.result()

    async def look(self, times: int) -> None:
        """Let a watch begin, and look at the log's head so often."""
        task = asyncio.create_task(self.watch().run({}.get))
        await until(lambda: sum("get-sth" in path for path in self.fake.requests) > times)
        await ended(task)


async def until(condition: Callable[[], object]) -> None:
    """Wait for it, for as long as it takes on a busy machine."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 — nobody calls
            await asyncio.sleep(0.001)


async def ended(task: asyncio.Task[None]) -> None:
    """Cancel a watch, and wait until it is over."""
    task.cancel()
    await asyncio.wait([task])


async def test_the_start_is_kept_before_anything_is_read() -> None:
    """A crash right after it must not skip what comes next."""
    world = World()
    world.fake.grow(("a.example",), ("b.example",))
    await world.run(world.watch(), 1)
    assert (world.starts, world.names) == ([2], [])
    assert world.told == [(True, "verified to entry 2, 0 behind (0 min)")]


async def test_looking_back_starts_at_a_time() -> None:
    """Entries older than that, and an hour, are left out."""
    world = World()
    world.fake.clock -= 10 * 86_400_000
    world.fake.grow(("old.example",), ("older.example",), ("third.example",))
    world.fake.clock += 10 * 86_400_000
    world.fake.grow(("new.example",))
    await world.run(world.watch(), 1, since=timedelta(days=1))
    assert world.names == ["new.example"]


async def test_a_log_that_answers_late_is_read_from_when_it_was_met() -> None:
    """Ten hours later, an hour before that is nine hours too late."""
    world = World()
    world.fake.grow(("new.example",))
    watch = world.watch()
    world.now += timedelta(hours=10)
    await world.run(watch, 1, since=timedelta(hours=1))
    assert world.names == ["new.example"]


async def test_the_same_state_is_not_told_again_and_again() -> None:
    """Once, and after a quarter of an hour."""
    world = World()
    world.fake.grow(("a.example",))
    await world.look(20)
    assert len(world.told) == 1


async def test_trouble_that_lasts_is_told_and_so_is_its_end() -> None:
    """Since when there was no good answer, for whoever reads it an hour later."""
    world = World()
    world.fake.grow(("a.example",))
    world.fake.fault(status(500), times=3)
    await world.run(world.watch(), 2)
    assert [healthy for healthy, _ in world.told] == [False, True]
    assert "no good answer since 2026-11-22 12:30 UTC" in world.told[0][1]
    assert world.troubles == ["passing", ""]


async def test_what_has_passed_a_moment_later_costs_a_moment_and_is_not_told() -> None:
    """A busy log fails with a question in a hundred; it need not wait for the next look."""
    world = World()
    world.fake.grow(("a.example",))
    fault = world.fake.fault(status(500), times=1)
    watch = world.watch(replace(LIMITS, look_every=timedelta(hours=1)))
    await world.run(watch, 1)
    assert fault.times == 0
    assert world.troubles == [""]


async def test_the_same_trouble_is_not_told_again_and_again() -> None:
    """At the second failure, and then every quarter of an hour, however often it is tried."""
    world = World()

    def fails(_request: Request, _good: Response) -> Response:
        world.now += timedelta(minutes=5)
        return Response(500)

    world.fake.fault(fails)
    await world.run(world.watch(), 3)
    assert len(world.fake.requests) == 2 + 3 + 3
    assert len(set(world.told)) == 1


async def test_a_log_that_falls_behind_is_told_while_it_is_read() -> None:
    """It grows faster than it is read: its head is looked at again, though there is no end."""
    world = World()
    world.fake.grow(*[(f"n{at}.example",) for at in range(60)])
    watch = world.watch()
    watch._reader.window = world.fake.page = 16
    taken = watch._outlet.entries

    async def slowly(step: Verified) -> None:
        await taken(step)
        world.now += timedelta(hours=1)
        world.fake.clock += 3_600_000
        world.fake.grow(*[(f"more{at}.example",) for at in range(48)])

    watch._outlet = replace(watch._outlet, entries=slowly)
    task = asyncio.create_task(watch.run({URL: Position().dump()}.get))
    await until(lambda: "behind" in world.troubles)
    await ended(task)
    assert world.told[-1][1].startswith("falls behind: verified to entry")
    assert "needs " in world.told[-1][1]


async def test_what_is_read_in_time_is_not_behind() -> None:
    """However much there is: what counts is how old the last entry is."""
    world = World()
    world.fake.grow(*[(f"n{at}.example",) for at in range(500)])
    watch = world.watch()
    watch._reader.window = world.fake.page = 16
    task = asyncio.create_task(watch.run({URL: Position().dump()}.get))
    await until(lambda: len(world.names) >= 500)
    await ended(task)
    assert set(world.troubles) == {""}


async def test_a_log_none_of_whose_entries_can_be_had_is_as_late_as_its_last_head() -> None:
    """It is followed from its end, and from there on gives nothing but heads."""
    world = World()
    world.fake.grow(("a.example",))
    watch = world.watch()
    await world.run(watch, 1)
    world.fake.fault(status(500), "get-entries")
    world.fake.clock += 20 * 60_000
    world.fake.grow(("b.example",))
    await world.run(watch, 2)
    assert "1 behind (20 min)" in world.told[1][1]


async def test_a_silent_log_is_told() -> None:
    """It answers, with a head that grows old."""
    world = World()
    world.fake.grow(("a.example",))
    world.now += timedelta(hours=31)
    await world.run(world.watch(), 1)
    assert world.told[0][0] is False
    assert "has signed nothing since 2026-11-22 12:00 UTC" in world.told[0][1]
    assert world.troubles == ["silent"]


async def test_a_log_that_signed_a_head_of_a_time_to_come_can_fall_silent_too() -> None:
    """A hundred years from now it would be late to say so."""
    world = World()
    world.fake.clock += 100 * 365 * 86_400_000
    world.fake.grow(("a.example",))
    watch = world.watch()
    await world.run(watch, 1)
    world.now += timedelta(hours=31)
    await world.run(watch, 2)
    assert world.troubles == ["", "silent"]
    assert "has signed nothing since 2026-11-22 12:30 UTC" in world.told[1][1]


async def test_a_log_that_is_closed_is_read_to_its_end_and_left() -> None:
    """The list tells its final size."""
    world = World()
    world.fake.grow(("a.example",), ("b.example",))
    watch = world.watch(state=State.READONLY, final_size=2)
    async with asyncio.timeout(60):
        await watch.run({URL: Position().dump()}.get)
    assert world.names == ["a.example", "b.example"]
    assert world.told == [(True, "takes no more entries; verified to its end, 2")]


async def test_heads_are_kept_before_any_entry_is_reached() -> None:
    """A log that shows one history today and another tomorrow is found out after a restart too."""
    world = World()
    world.fake.grow(("a.example",), ("b.example",))
    world.fake.fault(status(500), "get-entries")
    await world.run(world.watch(), 1, Position())
    kept = world.positions[-1]
    assert (kept.tree.size, [head.size for head in kept.seen]) == (0, [2])


async def test_a_fault_of_the_taker_is_not_the_logs() -> None:
    """It ends the watch, and the entries are not counted as taken."""
    world = World(fails=1)
    world.fake.grow(("a.example",))
    watch = world.watch()
    with pytest.raises(RuntimeError):
        await watch.run({URL: Position().dump()}.get)
    assert world.told == []


def of_another_size(_request: Request, good: Response) -> Response:
    """A tree head whose size was changed after it was signed."""
    return replace(good, body=good.body.replace(b'"tree_size": ', b'"tree_size": 1'))


@pytest.mark.parametrize(
    ("lie", "trouble"),
    [
        (FakeLog.fork, "forked"),
        (lambda fake: fake.publish(1), "shrank"),
        (lambda fake: fake.fault(of_another_size, "get-sth"), "bad tree head"),
    ],
)
async def test_each_contradiction_has_its_word(
    lie: Callable[[FakeLog], object], trouble: str
) -> None:
    """So that a fork is news though the log was in trouble before."""
    world = World()
    world.fake.grow(("a.example",), ("b.example",))
    position = await start_at(Rfc6962Reader(world.watch().log, world.fetch))
    lie(world.fake)
    task = asyncio.create_task(world.watch().run({URL: position.dump()}.get))
    await until(lambda: world.told)
    await ended(task)
    assert world.troubles[0] == trouble


async def test_figures_are_kept_now_and_then() -> None:
    """Once a minute, and so that they can be read when the log no longer answers."""
    world = World()
    world.fake.grow(("a.example",))
    await world.look(20)
    assert world.figures == [
        {
            "log": "log",
            "operator": "O",
            "log_kind": "rfc6962",
            "verified": 1,
            "behind": 0,
            "lag_minutes": 0.0,
            "needed": None,
            "host_needed": 0,
            "allowed": 2.0,
            "malformed": 0,
            "head": "2026-11-22T12:00:01+00:00",
            "contact": "2026-11-22T12:30:00+00:00",
            "verified_at": "2026-11-22T12:00:01+00:00",
        }
    ]


async def test_a_clock_that_is_set_back_holds_up_neither_figures_nor_words() -> None:
    """`hunter status` would show for days how it was when the clock was ahead."""
    world = World()
    task = asyncio.create_task(world.watch().run({}.get))
    await until(lambda: bool(world.figures and world.told))
    world.now -= timedelta(days=3)
    world.fake.grow(("a.example",))
    await until(lambda: sum("get-sth" in path for path in world.fake.requests) > 20)
    await ended(task)

    assert [row["verified"] for row in world.figures] == [0, 1]
    assert world.told[-1][1].startswith("verified to entry 1, 0 behind (0 min)")


def test_a_moment_beyond_all_dates_is_none() -> None:
    """A log may stamp what it likes."""
    assert moment(1 << 63) is None
    assert moment(0) == datetime(1970, 1, 1, tzinfo=UTC)
