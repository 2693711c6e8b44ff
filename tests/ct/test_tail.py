"""The entries of a log as they come."""

from contextlib import aclosing
from datetime import timedelta

import pytest

from hunter.ct.entries import Kind
from hunter.ct.merkle import Disproved
from hunter.ct.readers import Reader
from hunter.ct.tail import Beginning, begin, entries
from tests.world.ct import START, FakeLog
from tests.world.ct_reading import grown, numbered, reader


@pytest.fixture(params=["rfc6962", "static"])
def fake(request: pytest.FixtureRequest) -> FakeLog:
    """A log of 600 entries, of each kind."""
    return grown(request.param, 600)


async def found(log: Reader, at: Beginning, count: int | None = None) -> list[tuple[int, str]]:
    follower = await begin(log, at, count)
    async with aclosing(entries(follower, at)) as given:
        return [(entry.index, entry.names[0]) async for entry in given]


@pytest.mark.parametrize("index", [0, 1, 255, 256, 257, 512, 599])
async def test_it_begins_at_any_index(fake: FakeLog, index: int) -> None:
    """Exactly there, though the proof may need entries before it."""
    expected = [(at, name) for at, (name,) in enumerate(numbered(0, 600))][index:]
    assert await found(reader(fake), Beginning(index)) == expected


async def test_it_begins_at_the_end_and_goes_on_with_what_is_new(fake: FakeLog) -> None:
    """Nothing at first, and then every new entry once."""
    at = Beginning()
    follower = await begin(reader(fake), at)
    assert [entry async for entry in entries(follower, at)] == []
    fake.grow(("new.example", "www.new.example"), precertificates=True)
    (entry,) = [entry async for entry in entries(follower, at)]
    assert (entry.index, entry.names) == (600, ("new.example", "www.new.example"))
    assert (entry.kind, entry.details.issuer) == (Kind.PRECERTIFICATE, "Test CA")
    assert [entry async for entry in entries(follower, at)] == []


async def test_it_begins_at_a_time(fake: FakeLog) -> None:
    """The entries logged an hour before, which are read in case of stragglers, are left out."""
    fake.clock += 1_800_000
    fake.grow(("later.example",))
    since = START + timedelta(minutes=10)
    assert await found(reader(fake), Beginning(when=since)) == [(600, "later.example")]


async def test_no_more_is_read_than_was_asked_for() -> None:
    """A few entries of a large log are a few pages."""
    fake = grown("rfc6962", 2000)
    at = Beginning(100)
    async with aclosing(entries(await begin(reader(fake), at, 3), at)) as given:
        assert [(await anext(given)).index for _ in range(3)] == [100, 101, 102]
    pages = [path for path in fake.requests if "get-entries" in path]
    assert len(pages) == 1


async def test_nothing_is_given_out_that_is_not_proven(fake: FakeLog) -> None:
    """One flipped byte, and its window is withheld."""
    fake.flipped.add(300)
    with pytest.raises(Disproved, match="mismatch: entries from 0 on"):
        await found(reader(fake), Beginning(0))
