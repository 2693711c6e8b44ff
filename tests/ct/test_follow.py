"""Following a log of either kind that grows, lags, lies and breaks off."""

import random
import re
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hunter.ct import loglist
from hunter.ct.budget import Budget
from hunter.ct.follow import (
    BadPosition,
    Fault,
    Follower,
    HeadSeen,
    Position,
    Step,
    Trouble,
    Verified,
    index_at,
    load_position,
    start_at,
)
from hunter.ct.merkle import Disproved
from hunter.ct.read_rfc6962 import Rfc6962Reader
from hunter.ct.read_static import StaticReader
from hunter.ct.readers import Reader
from hunter.ct.treehead import NoTreeHead
from hunter.errors import WillPass
from tests.world.ct import (
    FakeLog,
    Spoil,
    cut_cleanly,
    empty_page,
    half_a_body,
    status,
    strange,
    too_many,
)
from tests.world.ct_reading import described, fetcher, grown, numbered
from tests.world.http import Request, Response

KINDS = ("rfc6962", "static")
ENTRIES = {"rfc6962": "get-entries", "static": "tile/data"}
HEAD = {"rfc6962": "get-sth", "static": "checkpoint"}


class Clock:
    """A clock that only goes when told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, tzinfo=UTC)

    def read(self) -> datetime:
        """What it shows."""
        return self.now


def reader(fake: FakeLog, clock: Clock | None = None, **options: object) -> Reader:
    if fake.kind == "rfc6962":
        return Rfc6962Reader(described(fake), fetcher(fake))
    patience = timedelta(minutes=1) if clock else timedelta()
    return StaticReader(
        described(fake), fetcher(fake), (clock or Clock()).read, patience=patience, **options
    )


async def round_of(follower: Follower) -> list[Step]:
    return [step async for step in follower.catch_up()]


def names(steps: list[Step]) -> list[str]:
    blocks = [step.names() for step in steps if isinstance(step, Verified)]
    return [name for block in blocks for name in block.decode().splitlines()]


def faults(steps: list[Step]) -> list[Fault]:
    return [step.fault for step in steps if isinstance(step, Trouble)]


def flat(groups: list[tuple[str]]) -> list[str]:
    return [name for (name,) in groups]


@pytest.fixture(params=KINDS)
def fake(request: pytest.FixtureRequest) -> FakeLog:
    """A log of 300 entries, of each kind."""
    return grown(request.param, 300)


async def test_every_entry_comes_once_and_in_order(fake: FakeLog) -> None:
    """From nothing to the tree head, and then what has been added since."""
    follower = Follower(reader(fake), Position())
    first = await round_of(follower)
    assert first[0] == HeadSeen(first[0].head, 300)
    assert names(first) == flat(numbered(0, 300))
    fake.grow(*numbered(300, 600))
    assert names(await round_of(follower)) == flat(numbered(300, 600))
    assert names(await round_of(follower)) == []
    assert follower.position.tree.root() == fake.tree.root(0, 600)


async def test_a_line_leads_to_its_page_and_entry(fake: FakeLog) -> None:
    """Over all pages of a window, also those without a name."""
    fake.grow((), ("last.example",), precertificates=True)
    steps = await round_of(Follower(reader(fake), Position(), window=1000))
    (found,) = [step for step in steps if isinstance(step, Verified)]
    assert len(found.pages) > 1
    for line, index in ((0, 0), (255, 255), (256, 256), (299, 299), (300, 301)):
        page, position = found.locate(line)
        assert page.first + position == index
    with pytest.raises(IndexError):
        found.locate(301)


async def test_windows_are_proven_on_the_way(fake: FakeLog) -> None:
    """Far from the tree head, each window leads to it by proof or by hash tiles."""
    fake.grow(*numbered(300, 700))
    assert names(await round_of(Follower(reader(fake), Position(), window=200))) == flat(
        numbered(0, 700)
    )


async def test_a_window_ends_early_when_too_much_waits_in_memory(fake: FakeLog) -> None:
    """With a page at least; what is handed on, wrong or given up no longer counts."""
    fake.page = 256
    fake.grow(*numbered(300, 1024))
    for most, windows in ((1, 4), (10**9, 1)):
        budget = Budget(most)
        follower = Follower(reader(fake), Position(), window=1024, budget=budget)
        steps = await round_of(follower)
        assert names(steps) == flat(numbered(0, 1024))
        assert len([step for step in steps if isinstance(step, Verified)]) == windows
        assert budget.held == 0
    fake.flipped.add(700)
    follower = Follower(reader(fake), Position(), window=1024, budget=budget)
    assert faults(await round_of(follower)) == [Fault.MISMATCH]
    assert budget.held == 0
    fake.flipped.clear()
    fake.fault(lambda _request, good: good, ENTRIES[fake.kind], 2)
    fake.fault(status(500), ENTRIES[fake.kind])
    with pytest.raises(WillPass):
        await round_of(follower)
    assert 512 * 300 < budget.held < 512 * 1500
    follower.drop()
    assert budget.held == 0


async def test_any_position_can_be_gone_on_from(fake: FakeLog) -> None:
    """Also from the middle of a page or tile, after being stored."""
    for index in (0, 1, 2, 255, 256, 257, 299, 300):
        start = await start_at(reader(fake), index)
        assert index - 2 <= start.tree.size <= index
        follower = Follower(reader(fake), load_position(start.dump()))
        steps = await round_of(follower)
        assert names(steps) == flat(numbered(start.tree.size, 300))


async def test_starting_at_the_end_reads_no_entry_before_it(fake: FakeLog) -> None:
    """The tree there comes from a proof or from hash tiles."""
    position = await start_at(reader(fake))
    assert (position.tree.size, position.tree.root()) == (300, fake.tree.root(0, 300))
    assert not [path for path in fake.requests if ENTRIES[fake.kind] in path]
    fake.grow(("new.example",))
    assert names(await round_of(Follower(reader(fake), position))) == ["new.example"]


@pytest.mark.parametrize("kind", KINDS)
async def test_an_empty_log_can_be_followed_from_its_beginning(kind: str) -> None:
    """A new shard has no entry yet."""
    fake = grown(kind, 0)
    follower = Follower(reader(fake), await start_at(reader(fake)))
    assert names(await round_of(follower)) == []
    fake.grow(("first.example",))
    assert names(await round_of(follower)) == ["first.example"]


async def test_a_time_leads_to_the_entries_since(fake: FakeLog) -> None:
    """And to those of the hour before, which may have been merged late."""
    fake.clock += 3 * 3600 * 1000
    since = datetime.fromtimestamp(fake.clock / 1000, UTC)
    fake.grow(*numbered(300, 320))
    assert await index_at(reader(fake), since) == 300
    assert await index_at(reader(fake), since - timedelta(days=1)) == 0
    assert await index_at(reader(fake), since + timedelta(days=1)) == 320


async def test_one_flipped_byte_is_never_given_out(fake: FakeLog) -> None:
    """The window is dropped, told, and read again once the log has recovered."""
    fake.flipped.add(123)
    follower = Follower(reader(fake), Position())
    steps = await round_of(follower)
    assert (names(steps), faults(steps)) == ([], [Fault.MISMATCH])
    assert follower.position.tree.size == 0
    fake.flipped.clear()
    assert names(await round_of(follower)) == flat(numbered(0, 300))


async def test_what_was_verified_before_a_flipped_byte_stays(fake: FakeLog) -> None:
    """Only the window with the wrong entry is held back."""
    fake.grow(*numbered(300, 800))
    fake.flipped.add(600)
    follower = Follower(reader(fake), Position(), window=256)
    steps = await round_of(follower)
    assert names(steps) == flat(numbered(0, follower.position.tree.size))
    assert follower.position.tree.size >= 256
    assert faults(steps) == [Fault.MISMATCH]


async def test_a_tree_that_shrinks_is_told(fake: FakeLog) -> None:
    """Its head is younger and smaller: the log breaks its promise."""
    follower = Follower(reader(fake), Position())
    await round_of(follower)
    fake.publish(200)
    assert faults(await round_of(follower)) == [Fault.SHRANK]
    fake.publish()
    assert faults(await round_of(follower)) == []


async def test_a_server_that_lags_is_no_news(fake: FakeLog) -> None:
    """Its head is smaller, and older."""
    follower = Follower(reader(fake), Position())
    fake.clock += 10_000
    await round_of(follower)
    fake.clock -= 9_000
    fake.size = 200
    assert await round_of(follower) == []


async def test_two_histories_of_one_size_are_a_fork(fake: FakeLog) -> None:
    """Both are signed, so one of them is a lie."""
    follower = Follower(reader(fake), Position())
    await round_of(follower)
    fake.fork()
    assert faults(await round_of(follower)) == [Fault.FORKED]


async def test_a_longer_history_that_is_not_the_verified_one_is_a_fork(fake: FakeLog) -> None:
    """No new entry can lead from the verified tree to the new head."""
    follower = Follower(reader(fake), Position())
    await round_of(follower)
    fake.fork()
    fake.grow(*numbered(300, 310))
    steps = await round_of(follower)
    assert (names(steps), faults(steps)) == ([], [Fault.FORKED])
    assert follower.position.tree.size == 300


async def seen_only(fake: FakeLog, follower: Follower) -> None:
    """A round in which the log gives its head and no entry."""
    fault = fake.fault(status(500), ENTRIES[fake.kind])
    with pytest.raises(WillPass):
        await round_of(follower)
    fake.faults.remove(fault)


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_head_seen_once_is_held_against_the_entries(
    fake: FakeLog, *, restarted: bool
) -> None:
    """Though nothing was verified yet when the log began its other history."""
    follower = Follower(reader(fake), Position(), window=200)
    await seen_only(fake, follower)
    if restarted:
        follower = Follower(reader(fake), load_position(follower.position.dump()), window=200)
    fake.fork()
    fake.grow(*numbered(300, 500))
    steps = await round_of(follower)
    assert faults(steps) == [Fault.FORKED]
    assert follower.position.tree.size < 300
    assert names(steps) == flat(numbered(0, follower.position.tree.size))


async def test_a_head_seen_once_must_not_shrink_either(fake: FakeLog) -> None:
    """A younger one of fewer entries breaks the same promise."""
    follower = Follower(reader(fake), Position())
    await seen_only(fake, follower)
    fake.publish(200)
    assert faults(await round_of(follower)) == [Fault.SHRANK]


@pytest.mark.parametrize("more", [0, 1, 40])
async def test_a_fork_that_ends_is_told_and_then_read_past(fake: FakeLog, more: int) -> None:
    """Whoever saw the other head goes on in the history that was verified, and says it once."""
    follower = Follower(reader(fake), Position())
    await round_of(follower)
    entries, tree = list(fake.entries), fake.tree
    fake.fork()
    fake.grow(*numbered(1000, 1020))
    told = faults(await round_of(follower))
    fake.entries, fake.tree = entries, tree
    fake.grow(*numbered(300, 300 + more))
    steps = [step for _ in range(2) for step in await round_of(follower)]
    assert [*told, *faults(steps)] == [Fault.FORKED]
    assert names(steps) == flat(numbered(300, 300 + more))


@pytest.mark.parametrize("size", [280, 300])
@pytest.mark.parametrize("window", [0, 100])
async def test_a_head_that_turns_out_wrong_stops_nothing(
    fake: FakeLog, size: int, window: int
) -> None:
    """It was signed and seen, and another one contradicts it before it was reached: told once."""
    follower = Follower(reader(fake), Position(), window=window)
    if window:
        async for _ in follower.catch_up(lambda: True):
            pass
        assert 0 < follower.position.tree.size < size
    else:
        await seen_only(fake, follower)
    fake.fork()
    fake.publish(size)
    first, second = await round_of(follower), await round_of(follower)
    assert faults(first) == [Fault.SHRANK if size < 300 else Fault.FORKED]
    assert faults(second) == []
    assert follower.position.tree.root() == fake.tree.root(0, size)


async def test_many_heads_seen_on_the_way_are_no_trouble(fake: FakeLog) -> None:
    """Some of them are remembered, the first and the last among them, until they are reached."""
    follower = Follower(reader(fake), Position(), window=150)
    for at in range(300, 350):
        await seen_only(fake, follower)
        fake.grow(*numbered(at, at + 1))
    assert len(follower.position.seen) <= 16
    sizes = [head.size for head in follower.position.seen]
    assert (sizes[0], sizes[-1]) == (300, 349)
    steps = await round_of(follower)
    assert (names(steps), faults(steps)) == (flat(numbered(0, 350)), [])
    assert follower.position.seen == ()


async def test_a_head_that_the_log_did_not_sign_is_told(fake: FakeLog) -> None:
    """That of another log."""
    other = grown(fake.kind, 300)
    stranger = Follower(reader(fake), Position())
    fake.fault(lambda request, _good: other.answer(request), HEAD[fake.kind], 1)
    assert faults(await round_of(stranger)) == [Fault.BAD_HEAD]


@pytest.mark.parametrize(
    "spoil",
    [cut_cleanly, empty_page, lambda _request, _good: Response(200, b"<p>\n\nwait</p>\n")],
)
async def test_what_is_no_tree_head_at_all_accuses_nobody(fake: FakeLog, spoil: Spoil) -> None:
    """Half of one, nothing, or the page of a proxy on the way."""
    fake.fault(spoil, HEAD[fake.kind], 1)
    with pytest.raises(NoTreeHead):
        await round_of(Follower(reader(fake), Position()))


BREAKDOWNS = [
    status(429, Retry_After="2"),
    status(500),
    status(404),
    status(302, Location="https://elsewhere.example/"),
    half_a_body,
    cut_cleanly,
    empty_page,
]


@pytest.mark.parametrize("spoil", BREAKDOWNS)
@pytest.mark.parametrize("where", [HEAD, ENTRIES])
async def test_after_a_breakdown_it_goes_on_where_it_was(
    fake: FakeLog, spoil: object, where: dict[str, str]
) -> None:
    """Nothing lost, nothing repeated, whatever the server did for a while."""
    fake.grow(*numbered(300, 600))
    follower = Follower(reader(fake), Position())
    fake.fault(spoil, where[fake.kind], 2)
    found: list[str] = []
    for _ in range(8):
        try:
            async for step in follower.catch_up():
                found += names([step])
        except WillPass:
            continue
    assert found == flat(numbered(0, 600))


async def test_downloads_survive_a_round_that_breaks_off(fake: FakeLog) -> None:
    """A throttled log is not asked again for what it has given."""
    fake.grow(*numbered(300, 600))
    follower = Follower(reader(fake), Position(), window=1000)
    seen = len(fake.requests)
    good = 2
    fake.fault(lambda _request, answer: answer, ENTRIES[fake.kind], good)
    fake.fault(status(429), ENTRIES[fake.kind], 1)
    with pytest.raises(WillPass):
        await round_of(follower)
    assert names(await round_of(follower)) == flat(numbered(0, 600))
    pages = [path for path in fake.requests[seen:] if ENTRIES[fake.kind] in path]
    repeated = [path for path in set(pages) if pages.count(path) > 1]
    assert len(repeated) <= 1


async def test_random_breakdowns_lose_and_repeat_nothing(fake: FakeLog) -> None:
    """A long story of growth, faults and restarts from the stored position."""
    dice = random.Random(7)
    follower = Follower(reader(fake), Position(), window=150)
    found: list[str] = []
    size = 300
    for _ in range(60):
        if dice.random() < 0.3:
            fake.grow(*numbered(size, size + 40))
            size += 40
        fake.faults.clear()
        fake.flipped = {dice.randrange(size)} if dice.random() < 0.3 else set()
        if dice.random() < 0.4:
            fake.fault(dice.choice(BREAKDOWNS), times=dice.randrange(1, 4))
        try:
            async for step in follower.catch_up():
                found += names([step])
        except WillPass:
            pass
        if dice.random() < 0.3:
            stored = load_position(follower.position.dump())
            follower = Follower(reader(fake), stored, window=150)
    fake.faults.clear()
    fake.flipped = set()
    found += names(await round_of(follower))
    assert found == flat(numbered(0, size))


async def test_pages_adapt_to_what_the_log_gives() -> None:
    """Google aligns its pages and gives 32 at most; too many is an error."""
    fake = grown("rfc6962", 500, page=32, align=True)
    small = Rfc6962Reader(described(fake), fetcher(fake))
    start = await start_at(small, 100)
    assert names(await round_of(Follower(small, start))) == flat(numbered(100, 500))
    pages = [path for path in fake.requests if "get-entries" in path]
    assert len(pages) == 1 + (500 - 128 + 31) // 32
    fake.grow(*numbered(500, 600))
    fake.fault(too_many, "get-entries", 1)
    before = small.page_size
    with pytest.raises(WillPass, match="24 entries where 12 were asked for"):
        await round_of(Follower(small, await start_at(small, 500)))
    assert small.page_size < before


async def test_pages_grow_while_the_log_gives_all_that_is_asked_for() -> None:
    """Up to what others have found to work."""
    # The certificates do not matter here, and seven thousand of them would take a second to sign.
    fake = grown("rfc6962", 1, page=5000)
    for _ in range(6999):
        fake.add_entry(fake.entries[0])
    fake.publish()
    large = Rfc6962Reader(described(fake), fetcher(fake))
    await round_of(Follower(large, Position()))
    assert large.page_size == 512


async def test_a_page_size_that_is_too_much_is_seldom_tried_again() -> None:
    """Each try is a failure and a pause: there were four in two thousand entries, for good."""
    fake = grown("rfc6962", 1, page=5000)
    for _ in range(99_999):
        fake.add_entry(fake.entries[0])
    fake.publish()
    fake.fault(at_most(100), "get-entries")
    follower = Follower(Rfc6962Reader(described(fake), fetcher(fake)), Position())
    failures = 0
    while follower.position.tree.size < 100_000:
        try:
            await round_of(follower)
        except WillPass:
            failures += 1
    assert failures == 2 + 1 + 100_000 // (512 * 64)


def at_most(count: int) -> Spoil:
    """Refuse to give more entries than that at once."""

    def refuse(request: Request, good: Response) -> Response:
        start, end = re.findall(r"=(\d+)", request.path)
        return Response(400) if int(end) - int(start) >= count else good

    return refuse


async def test_a_partial_tile_is_awaited_and_then_read() -> None:
    """It is not fetched again for every new entry in it."""
    fake, clock = grown("static", 300), Clock()
    follower = Follower(reader(fake, clock), Position())
    assert names(await round_of(follower)) == flat(numbered(0, 256))
    clock.now += timedelta(seconds=59)
    assert names(await round_of(follower)) == []
    clock.now += timedelta(seconds=2)
    assert names(await round_of(follower)) == flat(numbered(256, 300))
    fake.grow(*numbered(300, 310))
    assert names(await round_of(follower)) == []
    fake.grow(*numbered(310, 600))
    assert names(await round_of(follower)) == flat(numbered(300, 512))


@pytest.mark.parametrize("size", [1, 2, 3, 8, 9, 300])
@pytest.mark.parametrize("code", [400, 404, 501])
async def test_a_log_that_gives_no_entry_with_its_proof_is_followed_all_the_same(
    size: int, code: int
) -> None:
    """RFC 6962 has that for debugging: without it reading begins a few entries before the end."""
    fake = grown("rfc6962", size)
    fake.fault(status(code), "get-entry-and-proof")
    position = await start_at(reader(fake))
    assert size - 3 <= position.tree.size < size
    fake.grow(*numbered(size, size + 5))
    follower = Follower(reader(fake), position)
    assert names(await round_of(follower)) == flat(numbered(position.tree.size, size + 5))


async def test_a_clock_that_is_set_back_does_not_prolong_the_waiting_for_a_tile() -> None:
    """A log that rarely grows would be read only when the clock is there again, days later."""
    fake, clock = grown("static", 300), Clock()
    follower = Follower(reader(fake, clock), Position())
    assert names(await round_of(follower)) == flat(numbered(0, 256))
    clock.now -= timedelta(days=3)
    assert names(await round_of(follower)) == flat(numbered(256, 300))


async def test_a_partial_tile_that_has_gone_is_found_in_the_full_one() -> None:
    """Logs may delete partial tiles once the tile is full."""
    fake = grown("static", 300)
    first = (await start_at(reader(fake), 0)).head
    fake.grow(*numbered(300, 600))
    fake.fault(status(404), ".p/", 3)
    assert first is not None
    read = await reader(fake).entries(256, first)
    assert read is not None
    assert len(read.page) == 44


async def test_a_tile_that_comes_late_is_waited_for() -> None:
    """The checkpoint may run ahead of the storage."""
    fake = grown("static", 256)
    follower = Follower(reader(fake), Position())
    fake.fault(status(404), "tile/data/000", 2)
    for _ in range(2):
        with pytest.raises(WillPass):
            await round_of(follower)
    assert names(await round_of(follower)) == flat(numbered(0, 256))


async def test_a_wrong_hash_tile_is_asked_for_anew() -> None:
    """Otherwise one bad answer would stop the log for good."""
    fake = grown("static", 700)
    follower = Follower(reader(fake), Position(), window=256)
    fake.fault(lambda _request, good: type(good)(200, bytes(len(good.body))), "tile/0/", 1)
    assert faults(await round_of(follower)) != []
    assert names(await round_of(follower)) == flat(numbered(0, 700))
    fake.fault(cut_cleanly, "tile/0/", 1)
    with pytest.raises(Disproved):
        await start_at(reader(fake))


async def test_names_tiles_are_proven_to_be_complete() -> None:
    """Their entries are counted against hash tiles under the log's signature."""
    fake = grown("static", 600)
    follower = Follower(reader(fake, is_hit=lambda _names: False), Position())
    assert names(await round_of(follower)) == flat(numbered(0, 600))
    assert follower.position.tree.root() == fake.tree.root(0, 600)
    assert not [path for path in fake.requests if "data" in path]


async def test_a_hit_in_a_names_tile_fetches_the_certificates() -> None:
    """Of that tile only; and they must be those whose hashes were proven."""
    fake = grown("static", 600)
    hits = reader(fake, is_hit=lambda block: b"n300.example" in block)
    steps = await round_of(Follower(hits, Position()))
    pages = [page for step in steps if isinstance(step, Verified) for page in step.pages]
    assert [type(page).__name__ for page in pages] == ["NamesPage", "Page", "NamesPage"]
    fake.flipped.add(300)
    wrong = Follower(reader(fake, is_hit=lambda block: b"n300.example" in block), Position())
    with pytest.raises(WillPass, match="differ"):
        await round_of(wrong)


async def test_a_log_without_names_tiles_is_read_by_its_data_tiles() -> None:
    """The operator's wish cannot be met there, and nothing is lost."""
    fake = grown("static", 600, names_tiles=False)
    follower = Follower(reader(fake, is_hit=lambda _names: False), Position())
    assert names(await round_of(follower)) == flat(numbered(0, 600))


async def test_entries_that_somebody_failed_with_are_given_again(fake: FakeLog) -> None:
    """The position moves only behind what was dealt with."""
    follower = Follower(reader(fake), Position())
    async with aclosing(follower.catch_up()) as steps:
        async for step in steps:
            if isinstance(step, Verified):
                break
    assert names(await round_of(follower)) == flat(numbered(0, 300))


NAMES_TILES = {
    "too short": lambda body: b"\n".join(body.splitlines()[:-1]) + b"\n",
    "too long": lambda body: body + b'{"Timestamp":1}\n',
    "empty": lambda _body: b"",
    "no JSON": lambda _body: b"<html>sorry</html>",
}


@pytest.mark.parametrize("spoil", NAMES_TILES.values(), ids=NAMES_TILES)
async def test_a_names_tile_that_is_no_good_is_made_up_for_by_the_data_tile(
    spoil: Callable[[bytes], bytes],
) -> None:
    """An entry without a line would be never looked at; the log is not given up for it."""
    fake = grown("static", 600, gzipped=False)
    follower = Follower(reader(fake, is_hit=lambda _names: False), Position())
    fake.fault(lambda _request, good: replace(good, body=spoil(good.body)), "tile/names/001")
    assert names(await round_of(follower)) == flat(numbered(0, 600))
    assert [path for path in fake.requests if "data" in path] == ["tile/data/001"]


async def test_a_wrong_hash_tile_beside_a_names_tile_is_asked_for_anew() -> None:
    """Too short, or of other hashes: one bad answer must not stop the log for good."""
    for spoil in (lambda body: body[:-1], lambda body: bytes(len(body))):
        fake = grown("static", 300)
        follower = Follower(reader(fake, is_hit=lambda _names: True), Position())
        fake.fault(
            lambda _request, good, spoil=spoil: replace(good, body=spoil(good.body)), "tile/0/", 1
        )
        with pytest.raises(WillPass):
            await round_of(follower)
        assert names(await round_of(follower)) == flat(numbered(0, 300))


async def test_an_entry_of_an_unknown_type_stops_no_log(fake: FakeLog) -> None:
    """It is malformed, proven like all others, and its bytes are searched for names."""
    index = 300 if fake.kind == "static" else None
    fake.add_entry(strange("strange.example", fake.clock, index))
    fake.grow(*numbered(301, 600))
    follower = Follower(reader(fake), Position())
    steps = await round_of(follower)
    assert names(steps) == [*flat(numbered(0, 300)), "strange.example", *flat(numbered(301, 600))]
    pages = [page for step in steps if isinstance(step, Verified) for page in step.pages]
    assert [index for page in pages for index in page.malformed] == [300]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"tree": "AA", "head": null}', '{"tree": 1}'])
def test_a_damaged_position_is_refused(text: str) -> None:
    """Better to ask where to start than to start somewhere."""
    with pytest.raises(BadPosition):
        load_position(text)


def test_both_kinds_of_the_list_have_a_reader() -> None:
    """A third kind needs a third reader."""
    assert {kind.value for kind in loglist.Kind} == set(KINDS)
