"""Writes of many tasks in one transaction: kept together, and failing alone."""

import asyncio
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from hunter.errors import WillPass
from hunter.store import Store, cursors
from hunter.store.together import Together
from tests.world.hunting import START


class Odd(Exception):
    """A fault in one task's work."""


def keep(store: Store, name: str) -> str:
    """Work that leaves a trace."""
    cursors.set_cursor(store, "planted", name, "kept", START)
    return name


def kept(store: Store) -> list[str]:
    """The traces."""
    return [row["stream"] for row in store.rows("SELECT stream FROM cursor ORDER BY stream")]


async def test_each_gets_the_result_of_its_own_work(store: Store) -> None:
    """However many join, and one after the other too."""
    together = Together(store)
    names = [f"{number:03}" for number in range(100)]
    found = await asyncio.gather(*(together.write(partial(keep, store, name)) for name in names))
    assert await together.write(lambda: keep(store, "later")) == "later"
    assert (found, kept(store)) == (names, [*names, "later"])


async def test_they_are_one_transaction(tmp_path: Path) -> None:
    """The disk is waited for once: nobody else sees a part of it."""
    seen: list[int] = []
    with Store(tmp_path / "one.db") as store, Store(tmp_path / "one.db") as reader:
        together = Together(store)

        def work(name: str) -> None:
            keep(store, name)
            seen.append(len(kept(reader)))

        await asyncio.gather(*(together.write(partial(work, name)) for name in "abc"))
        assert (seen, kept(reader)) == ([0, 0, 0], ["a", "b", "c"])


async def test_a_fault_in_one_is_nobody_elses(store: Store) -> None:
    """It is raised where it belongs; what it wrote before is gone, and the others' is kept."""
    together = Together(store)

    def odd() -> None:
        keep(store, "odd")
        raise Odd

    work = (lambda: keep(store, "a"), odd, lambda: keep(store, "b"))
    ends = await asyncio.gather(*map(together.write, work), return_exceptions=True)
    assert [str(end) or type(end) for end in ends] == ["a", Odd, "b"]
    assert kept(store) == ["a", "b"]


async def test_a_busy_store_is_waited_for_once(tmp_path: Path) -> None:
    """However many would write: they wait on the loop, and nothing else is done meanwhile."""
    tries: list[str] = []
    with (
        Store(tmp_path / "one.db") as store,
        closing(sqlite3.connect(tmp_path / "one.db", isolation_level=None)) as other,
    ):
        store.rows("PRAGMA busy_timeout = 10")
        store._connection.set_trace_callback(tries.append)
        other.execute("BEGIN IMMEDIATE")
        together = Together(store)
        work = [partial(keep, store, name) for name in "abc"]
        ends = await asyncio.gather(*map(together.write, work), return_exceptions=True)
        other.execute("COMMIT")
        assert [type(end) for end in ends] == [WillPass] * 3
        assert tries.count("BEGIN IMMEDIATE") == 1
        assert await together.write(work[0]) == "a"


async def test_who_gives_up_does_not_hold_up_the_others(store: Store) -> None:
    """A cancelled task's work may be kept, as if it had come a moment later."""
    together = Together(store)
    gone = asyncio.create_task(together.write(lambda: keep(store, "gone")))
    stays = asyncio.create_task(together.write(lambda: keep(store, "stays")))
    await asyncio.sleep(0)
    gone.cancel()
    assert await stays == "stays"
    with pytest.raises(asyncio.CancelledError):
        await gone
