"""Logs that misbehave: nothing unproven, nothing lost or repeated, and the operator told."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from hunter.ct.entries import Entry, Page
from hunter.ct.follow import load_position
from tests.sources.test_ct_logs import KINDS, flat, grown, hunting, numbered
from tests.world.ct import (
    FakeLog,
    cut_cleanly,
    empty_page,
    half_a_body,
    status,
    too_many,
)
from tests.world.http import Response

HEAD = {"rfc6962": "get-sth", "static": "checkpoint"}
ENTRIES = {"rfc6962": "get-entries", "static": "tile/data"}


ANYWHERE = {
    "429 with seconds": status(429, Retry_After="0"),
    "429 with a date": status(429, Retry_After="Sun, 22 Nov 2026 12:30:00 GMT"),
    "429 with nothing": status(429),
    "500": status(500),
    "503": status(503),
    "half a body": half_a_body,
    "half a body as if it were all": cut_cleanly,
    "a redirect": status(302, Location="/elsewhere"),
    "nothing at all": empty_page,
    "a page that says sorry": lambda _request, _good: Response(200, b"<html>sorry</html>"),
    "not there yet": status(404),
}
REFUSALS = ("429 with seconds", "429 with a date", "429 with nothing", "503")
"""Answers after which it is asked again a few times before that counts as a failure."""


def _times(what: str, where: str) -> int:
    """How often it misbehaves until somebody hears of it.

    For a tile that is not there the whole one is asked, and others beside it meanwhile.
    """
    return 11 if what in REFUSALS or (what, where) == ("not there yet", "tile/data") else 4


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("where", "what"),
    [(where, what) for where in (HEAD, ENTRIES) for what in ANYWHERE],
    ids=lambda value: value if isinstance(value, str) else "head" if value is HEAD else "entries",
)
async def test_a_misbehaving_log_costs_nothing_but_time(
    tmp_path: Path, kind: str, where: dict[str, str], what: str
) -> None:
    """Whatever it does for a while, every entry comes once, in order, and proven."""
    fake = grown(kind, 40)
    async with hunting(tmp_path, fake) as hunt:
        await hunt.until(lambda: fake.url in hunt.cursors)
        fault = fake.fault(ANYWHERE[what], where[kind], _times(what, where[kind]))
        fake.grow(*numbered(40, 100))
        await hunt.until(lambda: fault.times == 0)
        fake.grow(*numbered(100, 120))
        await hunt.until(lambda: len(hunt.names) >= 80)
        await hunt.until(lambda: hunt.reports and hunt.reports[-1].healthy)

        assert hunt.names == flat(numbered(40, 120))
        assert hunt.told(fake.url, "", healthy=False)
        tree = load_position(hunt.cursors[fake.url]).tree
        assert (tree.size, tree.root()) == (120, fake.tree.root(0, 120))


@pytest.mark.parametrize(("page", "align"), [(1, False), (7, False), (7, True), (32, True)])
async def test_short_pages_are_welcome(tmp_path: Path, page: int, *, align: bool) -> None:
    """Aligned or not; they are no trouble and are not told as such."""
    fake = FakeLog("log", page=page, align=align)
    fake.grow(*numbered(0, 3))
    async with hunting(tmp_path, fake) as hunt:
        await hunt.until(lambda: fake.url in hunt.cursors)
        fake.grow(*numbered(3, 90))
        await hunt.until(lambda: len(hunt.names) >= 87)

        assert hunt.names == flat(numbered(3, 90))
        assert not hunt.told(fake.url, "", healthy=False)


async def test_too_many_entries_are_refused_and_told(tmp_path: Path) -> None:
    """Which of them were meant nobody knows."""
    fake = grown("rfc6962", 40)
    async with hunting(tmp_path, fake) as hunt:
        await hunt.until(lambda: fake.url in hunt.cursors)
        fault = fake.fault(too_many, "get-entries", 3)
        fake.grow(*numbered(40, 100))
        await hunt.until(lambda: len(hunt.names) >= 60)

        assert fault.times == 0
        assert hunt.names == flat(numbered(40, 100))
        assert hunt.told(fake.url, "entries where 60 were asked for", healthy=False)


async def test_what_a_tile_holds_beyond_its_width_is_passed_over(tmp_path: Path) -> None:
    """Where each entry stands is certain, so the promised ones can be proven all the same."""
    fake = grown("static", 40)
    fake.gzipped = False
    async with hunting(tmp_path, fake) as hunt:
        await hunt.until(lambda: fake.url in hunt.cursors)
        fake.fault(lambda _request, good: replace(good, body=good.body * 2), "tile/data")
        fake.grow(*numbered(40, 100))
        await hunt.until(lambda: len(hunt.names) >= 60)
        await asyncio.sleep(0.1)

        assert hunt.names == flat(numbered(40, 100))


@pytest.mark.parametrize("kind", KINDS)
async def test_what_an_altered_log_shows_is_never_kept(tmp_path: Path, kind: str) -> None:
    """One flipped byte in the middle of what is new, and then a fork: the position stays proven."""
    fake = grown(kind, 40)
    async with hunting(tmp_path, fake) as hunt:
        await hunt.until(lambda: fake.url in hunt.cursors)
        fake.flipped.add(60)
        fake.grow(*numbered(40, 100))
        await hunt.until(lambda: hunt.told(fake.url, "mismatch", healthy=False))
        kept = load_position(hunt.cursors[fake.url]).tree
        assert kept.root() == fake.tree.root(0, kept.size)
        assert hunt.names == flat(numbered(40, kept.size))
        fake.flipped.clear()
        await hunt.until(lambda: len(hunt.names) >= 60)
        whole = fake.tree.root(0, 100)
        fake.fork()
        fake.grow(("after-the-fork.example",))
        await hunt.until(lambda: hunt.told(fake.url, "forked", healthy=False))
        await asyncio.sleep(0.1)

        assert hunt.names == flat(numbered(40, 100))
        assert load_position(hunt.cursors[fake.url]).tree.root() == whole
        assert {report.trouble for report in hunt.reports} >= {"mismatch", "forked"}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_certificate_of_thousands_of_lookalikes_holds_nothing_up(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is opened once and not for each name, while nothing else in the daemon gets a turn."""
    fake = grown(kind, 3)
    read = Page.entry
    names = tuple(f"vpn{at}.en-marche.example" for at in range(4000))
    async with hunting(tmp_path, fake) as hunt:
        await hunt.until(lambda: fake.url in hunt.cursors)
        fake.grow(("before.example",), names, ("after.example",))
        opened: list[int] = []

        def entry(page: Page, position: int) -> Entry:
            opened.append(page.first + position)
            return read(page, position)

        monkeypatch.setattr(Page, "entry", entry)
        await hunt.until(lambda: "after.example" in hunt.names)

        assert opened.count(4) == 1
        assert [one["index"] for one in hunt.origins] == [3, *[4] * 4000, 5]
        assert {one["names_total"] for one in hunt.origins[1:-1]} == {4000}


async def test_a_log_that_is_out_of_service_holds_up_none_beside_it(tmp_path: Path) -> None:
    """Both are on one host, which answers for the dead one that it may come back in an hour."""
    dead, sound = grown("rfc6962", 3, "dead"), grown("static", 3, "sound")
    async with hunting(tmp_path, dead, sound) as hunt:
        await hunt.until(lambda: {dead.url, sound.url} <= hunt.cursors.keys())
        dead.fault(status(503, Retry_After="3600"))

        def grows_once_the_other_is_known_to_be_dead() -> bool:
            if hunt.told(dead.url, "left alone for 60 min", healthy=False) and sound.size == 3:
                sound.grow(*numbered(3, 10))
            return len(hunt.names) >= 7

        await hunt.until(grows_once_the_other_is_known_to_be_dead)
        assert hunt.names == flat(numbered(3, 10))
        assert not hunt.told(sound.url, "", healthy=False)
