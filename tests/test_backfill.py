"""Reading logs again for a brand that was added today."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hunter import config as configs
from hunter.backfill import Backfill, Stretch, at_half_pace, load_stretch, open_backfill
from hunter.ct.follow import BadPosition, Position
from hunter.ct.loglist import Kind, Log, State
from hunter.errors import YoursToFix
from hunter.sources.ct_logs import Settings
from hunter.store import Store, cursors
from tests.world.ct import FakeLog, status
from tests.world.ct_config import BRAND, CtWorld, ct_world

WEEK = timedelta(days=7)
KINDS = ("rfc6962", "static")
PLANTED = f"vpn-{BRAND}"


def fake_log(kind: str) -> FakeLog:
    """A log with an old lookalike, a young one among many names, and one at its end."""
    fake = FakeLog(kind, kind=kind)
    now = int(datetime.now(UTC).timestamp() * 1000)
    fake.clock = now - 30 * 86_400_000
    fake.grow((f"old-{BRAND}",), *[(f"a{at}.example",) for at in range(40)])
    fake.clock = now - 2 * 86_400_000
    fake.grow(*[(f"b{at}.example",) for at in range(250)], (PLANTED,), ("c.example",))
    fake.grow((f"end-{BRAND}",))
    return fake


def described(fake: FakeLog) -> Log:
    submission = f"https://{fake.origin}/" if fake.kind == "static" else fake.url
    return Log(fake.name, "Operator", fake.spki, fake.url, Kind(fake.kind), submission)


@dataclass
class World:
    """A served world, and what was told of the progress."""

    served: CtWorld
    told: list[Stretch] = field(default_factory=list)

    closed: dict[str, object] = field(default_factory=dict)
    """What the list says of the last of them, if it takes no more entries."""

    @property
    def logs(self) -> list[Log]:
        """As a list describes them."""
        *others, last = [described(fake) for fake in self.served.logs]
        return [*others, replace(last, **self.closed)]

    def backfill(
        self,
        since: timedelta = WEEK,
        *,
        on_progress: Callable[[Stretch], None] | None = None,
    ) -> tuple[dict[str, str], Backfill]:
        """One run to its end, impatient; the troubles, and the work."""

        async def run() -> tuple[dict[str, str], Backfill]:
            config = configs.load(self.served.config)
            opened = open_backfill(config, config.brands, since, self._tell(on_progress))
            async with opened as work:
                work.first_pause, work.window = timedelta(milliseconds=1), 64
                return await work.run(self.logs), work

        return asyncio.run(run())

    def _tell(self, more: Callable[[Stretch], None] | None) -> Callable[[Log, Stretch], None]:
        def tell(_log: Log, stretch: Stretch) -> None:
            self.told.append(stretch)
            if more:
                more(stretch)

        return tell

    def store(self) -> AbstractContextManager[Store]:
        """The store, opened anew."""
        return Store(self.served.store)

    def seen(self) -> set[str]:
        """The names of all sightings."""
        with self.store() as store:
            return {row["name"] for row in store.rows("SELECT name FROM sighting")}

    def streams(self) -> list[str]:
        """Every stream that has a cursor."""
        with self.store() as store:
            return [row["stream"] for row in store.rows("SELECT stream FROM cursor")]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A log of each kind."""
    with ct_world(tmp_path, *map(fake_log, KINDS)) as served:
        yield World(served)


def test_what_was_logged_since_is_matched_and_what_lies_before_is_not(world: World) -> None:
    """From logs of both kinds; afterwards nothing of the job is left."""
    troubles, work = world.backfill()

    assert troubles == {}
    assert world.seen() == {PLANTED, f"end-{BRAND}"}
    assert [work.matches[log.url] for log in world.logs] == [2, 2]
    assert [stretch.read for stretch in work.stretches.values()] == [253, 253]
    assert world.streams() == []
    with world.store() as store:
        (row, *_) = store.rows("SELECT source, origin FROM sighting")
    assert row["source"] == "ct_logs"
    assert '"serial"' in row["origin"]


def test_the_sources_own_cursors_are_not_touched(world: World) -> None:
    """Nor what it keeps of malformed entries and lists."""
    kept = {log.url: f"position {log.url}" for log in world.logs} | {"list": "a list"}
    with world.store() as store:
        for stream, text in kept.items():
            cursors.set_cursor(store, "ct_logs", stream, text, datetime.now(UTC))
    world.backfill()
    with world.store() as store:
        assert {stream: cursors.cursor(store, "ct_logs", stream) for stream in kept} == kept


def test_it_goes_on_where_it_broke_off(world: World) -> None:
    """What was read before is not downloaded again, and nothing is left out."""
    del world.served.logs[0]

    class Enough(Exception):
        pass

    def break_off(stretch: Stretch) -> None:
        if stretch.read > 100:
            raise Enough

    with pytest.raises(Enough):
        world.backfill(on_progress=break_off)
    reached = world.told[-1]
    world.told.clear()
    troubles, work = world.backfill()

    assert 100 < reached.read < 253
    assert world.told[0] == reached
    assert troubles == {}
    assert world.seen() == {PLANTED, f"end-{BRAND}"}
    assert work.matches.total() == 2
    assert world.streams() == []


def test_another_keyword_is_another_job(world: World) -> None:
    """What was read for fewer words is read again."""
    world.served.logs[0].fault(status(500))
    troubles, _ = world.backfill()
    text = world.served.config.read_text(encoding="utf-8")
    changed = text.replace(f'"{BRAND}"', f'"{BRAND}"\nkeywords = ["shop"]')
    world.served.config.write_text(changed, encoding="utf-8")
    world.served.logs[0].faults.clear()
    world.told.clear()
    again, _ = world.backfill()

    assert list(troubles) == [world.logs[0].url]
    assert again == {}
    assert [stretch.read for stretch in world.told].count(0) == len(world.logs)


def test_a_log_in_trouble_does_not_stop_the_others_and_comes_later(world: World) -> None:
    """The log that is done is not read again by the next run of the same job."""
    lame, sound = world.served.logs
    fault = lame.fault(status(500), "get-entries")
    troubles, _ = world.backfill()
    lame.faults.remove(fault)
    reads = len([path for path in sound.requests if "tile/data" in path])
    again, _ = world.backfill()

    assert list(troubles) == [lame.url]
    assert "status 500" in troubles[lame.url]
    assert again == {}
    assert len([path for path in sound.requests if "tile/data" in path]) == reads
    assert world.streams() == []


@pytest.mark.parametrize(("days", "is_read"), [(9, False), (1, True)])
def test_a_log_that_was_closed_before_is_not_asked(
    world: World, days: int, *, is_read: bool
) -> None:
    """Its server may be gone, and the job would never be done."""
    closed_at = datetime.now(UTC) - timedelta(days=days)
    world.closed = {"state": State.READONLY, "final_size": 294, "closed_at": closed_at}
    last = world.served.logs[-1]
    if not is_read:
        last.fault(status(404))
    troubles, work = world.backfill()

    assert troubles == {}
    assert work.matches[last.url] == (2 if is_read else 0)
    assert bool(last.requests) is is_read


def test_trouble_that_passes_is_waited_out(world: World) -> None:
    """A few refusals and failures, and all is read all the same."""
    for fake in world.served.logs:
        fake.fault(status(500), "tile" if fake.kind == "static" else "entries", 3)
        fake.fault(status(429, Retry_After="0"), "", 2)
    troubles, _ = world.backfill()

    assert troubles == {}
    assert world.seen() == {PLANTED, f"end-{BRAND}"}


@pytest.mark.parametrize("number", [0, 1])
def test_a_log_that_lies_is_not_believed(world: World, number: int) -> None:
    """The names of an altered page reach nobody."""
    fake = world.served.logs[number]
    del world.served.logs[1 - number]
    fake.flipped.add(60)
    troubles, _ = world.backfill()

    assert "do not hash to the signed root" in troubles[fake.url]
    assert world.seen() == set()


def test_two_at_once_in_one_folder_are_refused(world: World) -> None:
    """They would move each other's positions."""
    config = configs.load(world.served.config)

    async def twice() -> None:
        async with (
            open_backfill(config, config.brands, WEEK, lambda *_: None),
            open_backfill(config, config.brands, WEEK, lambda *_: None),
        ):
            pass

    with pytest.raises(YoursToFix, match="another backfill works in this folder"):
        asyncio.run(twice())


def test_a_daemon_beside_it_keeps_its_turns() -> None:
    """Half of what is allowed is left to it."""
    halved = at_half_pace(Settings())
    assert halved.requests_per_second == {"Google": 5.0, "DigiCert": 0.075}
    assert halved.requests_otherwise == 1.0


def test_a_stretch_survives_being_kept() -> None:
    """And what is none is refused."""
    stretch = Stretch(3, 900, Position())
    assert load_stretch(stretch.dump()) == stretch
    for text in ("", "[]", '[1, 2, "x"]', "17", '[1, "a", 3]'):
        with pytest.raises(BadPosition):
            load_stretch(text)
