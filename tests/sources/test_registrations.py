"""Feeds of newly registered names: what is new is found once, and a feed in trouble is told."""

import asyncio
import gzip
import json
import os
import random
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from pydantic import ValidationError

from hunter.contracts import Batch, Doors, SourceContext
from hunter.feeds import follow
from hunter.feeds.places import PRESETS, urls_of
from hunter.model import PASSING, Json, Report
from hunter.net.http import HttpDoor
from hunter.sources.registrations import Settings, gather
from tests.world.http import Request, Response, http_server
from tests.world.silence import never_answer
from tests.world.streams import tcp_server

NOW = datetime(2017, 4, 13, 8, 0, tzinfo=UTC)
OLD = 1_490_000_000
"""A file's time when it is not being written to: 2017-03-20."""


def _settings(*feeds: dict[str, object], **more: object) -> Settings:
    return Settings.model_validate_json(json.dumps({"feeds": feeds, **more}))


def kept_for_a_week(day: date, now: datetime) -> Response:
    """The list of that day, as a registry gives it out: from the next one on."""
    given = timedelta() < now.date() - day <= timedelta(days=7)
    return Response(200, f"of-{day}.fr\n".encode()) if given else Response(404)


@dataclass
class Hunt:
    """A daemon in small: commits each batch's cursor, keeps names, origins and reports."""

    settings: Settings
    http: HttpDoor | None = None
    now: datetime = NOW
    cursors: dict[str, str] = field(default_factory=dict)
    origins: dict[str, dict[str, Json]] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)

    def committed(self, stream: str) -> str | None:
        """The cursor, for the loop's own thread only: as the store is."""
        asyncio.get_running_loop()
        return self.cursors.get(stream)

    def batches(self) -> AsyncIterator[Batch]:
        """One round, uncommitted."""
        doors = cast("Doors", type("D", (), {"http": self.http}))
        context = SourceContext(
            (), (), self.committed, lambda: self.now, doors, self.reports.append
        )
        return gather(self.settings, context)

    async def look(self) -> list[str]:
        """One round; the names it brought, in order."""
        found = []
        async for batch in self.batches():
            for line, name in enumerate(batch.names.decode().split("\n")):
                if name:
                    found.append(name)
                    self.origins[name] = dict(batch.origin(line))
            self.cursors[batch.stream] = batch.cursor
        return found

    async def look_daily(self, days: int) -> list[str]:
        """A round a day; all the names these brought."""
        found = []
        for _ in range(days):
            found += await self.look()
            self.now += timedelta(days=1)
        return found

    def lost(self) -> list[str]:
        """What was told of lists that are given out no longer."""
        return [report.message for report in self.reports if "no longer" in report.message]

    @property
    def last(self) -> Report:
        """What was told last."""
        return self.reports[-1]


def _write(path: Path, text: str | bytes, changed: float = OLD) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    os.utime(path, (changed, changed))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "drop"
    path.mkdir()
    return path


@pytest.fixture
async def http() -> AsyncIterator[HttpDoor]:
    door = HttpDoor("hunter-test", allow_private=True)
    yield door
    await door.close()


async def test_a_file_dropped_into_a_folder_is_read_once(folder: Path) -> None:
    """With its path and line as origin; the same file again leads to nothing."""
    hunt = Hunt(_settings({"path": str(folder)}))
    assert await hunt.look() == []

    path = _write(folder / "new.txt", "# day\nen-marche.co\nsupermarche.fr\n")

    assert await hunt.look() == ["en-marche.co", "supermarche.fr"]
    assert hunt.origins["en-marche.co"] == {"feed": str(path), "line": 2}
    assert hunt.last == Report(
        "sources.registrations", True, "names: 2, new lists: 1", NOW, str(folder)
    )
    assert await hunt.look() == []
    assert len(hunt.reports) == 1


async def test_the_same_content_again_leads_to_nothing(folder: Path) -> None:
    """Neither touched, nor copied under another name, nor after a restart."""
    hunt = Hunt(_settings({"path": str(folder)}))
    path = _write(folder / "a.txt", "en-marche.co\n")
    await hunt.look()

    os.utime(path, (OLD + 99, OLD + 99))
    _write(folder / "b.txt", "en-marche.co\n")

    assert await Hunt(hunt.settings, cursors=hunt.cursors).look() == []


async def test_a_file_that_has_grown_is_read_on(folder: Path) -> None:
    """A last line without its newline is read again when there is more of it."""
    hunt = Hunt(_settings({"path": str(folder / "list.txt")}))
    _write(folder / "list.txt", "a.fr\nb.fr\nc.f")
    assert await hunt.look() == ["a.fr", "b.fr", "c.f"]

    path = _write(folder / "list.txt", "a.fr\nb.fr\nc.fr\nd.fr\n", OLD + 1)

    assert await hunt.look() == ["c.fr", "d.fr"]
    assert hunt.origins["d.fr"] == {"feed": str(path), "line": 4}

    _write(path, "a.fr\nb.fr\nc.fr\nd.fr\ne.fr\n", OLD + 2)
    assert await hunt.look() == ["e.fr"]


async def test_a_folder_of_too_many_files_is_told_and_the_newest_are_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list every five minutes is too many in five weeks: the next ones were passed over."""
    for module in ("places", "follow"):
        monkeypatch.setattr(f"hunter.feeds.{module}.MOST_FILES", 3)
    hunt = Hunt(_settings({"path": str(folder)}))
    for day in (1, 2, 3):
        _write(folder / f"{day}.txt", f"day-{day}.fr\n", OLD + day)
    assert len(await hunt.look()) == 3

    _write(folder / "4.txt", "en-marche.co\n", OLD + 4)
    assert await hunt.look() == ["en-marche.co"]
    assert hunt.last.message == "holds 4 files, more than 3"

    (folder / "1.txt").unlink()
    assert await hunt.look() == []
    assert hunt.last.healthy


async def test_cursors_that_cannot_be_read_are_begun_anew(folder: Path) -> None:
    """Of another version of hunter, say: names come twice, and none is lost."""
    hunt = Hunt(_settings({"path": str(folder)}))
    _write(folder / "list.txt", "en-marche.co\n")
    await hunt.look()
    hunt.cursors = dict.fromkeys(hunt.cursors, "?")

    assert await hunt.look() == ["en-marche.co"]


async def test_a_file_with_other_content_is_read_anew(folder: Path) -> None:
    """What a daily job writes over yesterday's file is all new."""
    hunt = Hunt(_settings({"path": str(folder)}))
    _write(folder / "list.txt", "a.fr\nb.fr\n")
    await hunt.look()

    _write(folder / "list.txt", "c.fr\nb.fr\nx.fr\n", OLD + 1)

    assert await hunt.look() == ["c.fr", "b.fr", "x.fr"]


@pytest.fixture
def _writing_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer than a busy machine takes for a look."""
    monkeypatch.setattr(follow, "_SETTLED", 3600.0)


@pytest.mark.usefixtures("_writing_takes_long")
async def test_a_file_being_written_keeps_its_last_words_for_later(folder: Path) -> None:
    """Whole lines are taken at once, half a line and the verdict wait until it is settled."""
    hunt = Hunt(_settings({"path": str(folder)}))
    path = _write(folder / "list.txt", "a.fr\nen-mar", time.time())
    assert await hunt.look() == ["a.fr"]
    assert hunt.reports == []

    _write(path, "a.fr\nen-marche.co\n", time.time())
    assert await hunt.look() == ["en-marche.co"]

    os.utime(path, (OLD, OLD))
    assert await hunt.look() == []
    assert hunt.last.message == "names: 2, new lists: 1"


async def test_a_file_from_a_clock_that_is_ahead_is_read_whole(folder: Path) -> None:
    """Copied with its time, it is nobody's that is being written: what it lacks is told at once."""
    hunt = Hunt(_settings({"path": str(folder)}))
    _write(folder / "list.txt", "#BOF\na.fr\nen-marche.co\n", time.time() + 86_400)

    assert await hunt.look() == ["a.fr", "en-marche.co"]
    assert "the line #EOF is missing" in hunt.last.message
    assert await hunt.look() == []


async def test_a_file_on_a_disk_whose_clock_is_ahead_may_be_half_written(folder: Path) -> None:
    """As on another machine's: half a name is another name."""
    hunt = Hunt(_settings({"path": str(folder)}))
    path = _write(folder / "list.txt", "a.fr\nen-marche.co", time.time() + 300)
    assert await hunt.look() == ["a.fr"]

    _write(path, "a.fr\nen-marche.community\n", time.time() + 301)
    assert await hunt.look() == ["en-marche.community"]


@pytest.mark.usefixtures("_writing_takes_long")
async def test_an_archive_being_written_is_no_alarm(folder: Path) -> None:
    """Half a gzip file is only told once nobody writes to it any more."""
    whole = gzip.compress(b"en-marche.co\n")
    hunt = Hunt(_settings({"path": str(folder)}))
    path = _write(folder / "list.gz", whole[:15], time.time())
    assert await hunt.look() == []
    assert hunt.reports == []

    _write(path, whole)
    assert await hunt.look() == ["en-marche.co"]
    assert hunt.last.healthy


async def test_killed_between_batches_it_goes_on_where_it_was(folder: Path) -> None:
    """Only batches whose cursor was committed count as done: none is lost, one may come twice."""
    names = [f"name-{number:07}.fr" for number in range(500_000)]
    _write(folder / "list.txt", "\n".join(names) + "\n")
    hunt = Hunt(_settings({"path": str(folder)}))
    found = []
    for _ in range(20):
        batches = hunt.batches()
        batch = await anext(batches, None)
        if batch is None:
            break
        found += batch.names.decode().split()
        hunt.cursors[batch.stream] = batch.cursor
        await batches.aclose()  # type: ignore[attr-defined]

    assert found == names


async def test_patterns_and_hidden_and_unfinished_files(folder: Path) -> None:
    """A pattern fits files by name; in a folder hidden and unfinished ones are left alone."""
    for name in ("a.csv", "b.txt", ".c.csv", "d.csv.part"):
        _write(folder / name, f"{name[:2].strip('.')}.fr\n")

    assert await Hunt(_settings({"path": str(folder / "*.csv")})).look() == ["a.fr"]
    assert sorted(await Hunt(_settings({"path": str(folder)})).look()) == ["a.fr", "b.fr"]


async def test_what_is_no_file_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there, and cannot be opened."""
    monkeypatch.chdir(folder)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("list.txt")
        hunt = Hunt(_settings({"path": "list.txt"}))
        assert await hunt.look() == []

    assert not hunt.last.healthy
    assert hunt.last.subject == "list.txt"
    assert hunt.last.message == "cannot be read: it is neither file nor folder"


async def test_a_bad_feed_does_not_stop_its_siblings(folder: Path, tmp_path: Path) -> None:
    """A folder that is missing is told, and again when it is there."""
    _write(folder / "good.txt", "en-marche.co\n")
    missing = tmp_path / "missing"
    hunt = Hunt(_settings({"path": str(missing)}, {"path": str(folder)}))

    assert await hunt.look() == ["en-marche.co"]
    # Both are looked at side by side: which of them is told first depends on the machine.
    told = {report.subject: report for report in hunt.reports}
    assert {subject: report.healthy for subject, report in told.items()} == {
        str(missing): False,
        str(folder): True,
    }
    assert "No such file" in told[str(missing)].message

    missing.mkdir()
    await hunt.look()
    assert (hunt.last.healthy, hunt.last.message) == (True, "can be reached again")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no names"),
        (random.Random(1).randbytes(20_000), "hold no name"),
        (b"#BOF\nen-marche-doc.fr\n", "the line #EOF is missing"),
        (b"<html>", "a web page"),
        (b"a.fr\n" + b"b" * 5_000_000 + b"\nc.fr\n", "lines too long for names (1 passed over)"),
        (gzip.compress(b"a.fr\n" * 9, mtime=0)[:-4], "cut short"),
    ],
)
async def test_a_bad_file_is_told(folder: Path, content: bytes, message: str) -> None:
    """Once, with its name and the reason; the good file beside it is read."""
    _write(folder / "bad.txt", content)
    _write(folder / "good.txt", "good.fr\n")
    hunt = Hunt(_settings({"path": str(folder)}))

    assert "good.fr" in await hunt.look()
    assert not hunt.last.healthy
    assert "'bad.txt': " in hunt.last.message
    assert message in hunt.last.message
    assert await hunt.look() == []
    assert len(hunt.reports) == 1


@pytest.mark.parametrize("wrong", ["domian", "registrar"])
@pytest.mark.parametrize("is_download", [False, True])
async def test_lists_are_read_anew_once_another_column_is_given(
    folder: Path, http: HttpDoor, wrong: str, is_download: bool
) -> None:
    """Whoever mends a mistyped column would wait for the next list, and miss those before it."""
    table = "registrar,domain\novh.com,en-marche.co\n"
    _write(folder / "list.csv", table)
    async with http_server(lambda _: Response(200, table.encode())) as server:
        feed = {"url": f"{server.url}/%Y-%m-%d", "days_back": 0}
        feed = feed if is_download else {"path": str(folder)}
        hunt = Hunt(_settings({**feed, "column": wrong}), http)
        assert "en-marche.co" not in await hunt.look()

        hunt.settings = _settings({**feed, "column": "domain"})
        hunt.now += timedelta(hours=1)
        assert await hunt.look() == ["en-marche.co"]
        assert hunt.last.healthy
        hunt.now += timedelta(hours=1)
        assert await hunt.look() == []


async def test_a_feed_at_half_its_size_is_told(folder: Path) -> None:
    """Against the median of its last files, which is remembered."""
    hunt = Hunt(_settings({"path": str(folder)}))
    for day, size in enumerate((100, 90, 110, 49, 51)):
        _write(folder / f"{day}.txt", "".join(f"{day}-{n}.fr\n" for n in range(size)))
        await hunt.look()

    assert [report.healthy for report in hunt.reports] == [True, True, True, False, True]
    assert hunt.reports[3].message == "'3.txt': has 49 names, less than half of the usual 100"


async def test_a_small_feed_may_vary(folder: Path) -> None:
    """Half of a few names is no sign of anything."""
    hunt = Hunt(_settings({"path": str(folder)}))
    for day, size in enumerate((4, 3, 4, 1)):
        _write(folder / f"{day}.txt", "".join(f"{day}-{n}.fr\n" for n in range(size)))
        await hunt.look()

    assert all(report.healthy for report in hunt.reports)


async def test_a_stale_feed_is_told(folder: Path) -> None:
    """By the time of its newest file; until something newer comes."""
    hunt = Hunt(_settings({"path": str(folder), "stale_after": "3d"}))
    _write(folder / "1.txt", "a.fr\n", (NOW - timedelta(days=2)).timestamp())
    await hunt.look()
    _write(folder / "0.txt", "late.fr\n", (NOW - timedelta(days=9)).timestamp())
    assert await hunt.look() == ["late.fr"]
    assert hunt.last.healthy, "an old list that comes late takes nothing from a newer one"

    hunt.now += timedelta(days=2)
    await hunt.look()
    assert (hunt.last.healthy, hunt.last.message) == (
        False,
        "stale: nothing newer than 2017-04-11 08:00 UTC",
    )

    _write(folder / "2.txt", "b.fr\n", hunt.now.timestamp())
    await hunt.look()
    assert hunt.last.healthy


async def test_a_list_that_is_dated_to_a_time_to_come_hides_no_silence(folder: Path) -> None:
    """Somebody's clock was ahead once: what counts then is when it came."""
    hunt = Hunt(_settings({"path": str(folder), "stale_after": "3d"}))
    _write(folder / "1.txt", "a.fr\n", (NOW + timedelta(days=2000)).timestamp())
    await hunt.look()
    hunt.now += timedelta(days=4)
    await hunt.look()

    assert hunt.last.message == "stale: nothing new has come since 2017-04-13 08:00 UTC"


async def test_a_folder_into_which_nothing_comes_for_a_week_is_told(folder: Path) -> None:
    """Whether it was empty from the first look on, or the lists ceased to come."""
    hunt = Hunt(_settings({"path": str(folder)}))
    await hunt.look()
    hunt.now += timedelta(days=8)
    await hunt.look()
    assert hunt.last.message == "stale: nothing new has come since 2017-04-13 08:00 UTC"

    _write(folder / "1.txt", "a.fr\n")
    await hunt.look()
    assert hunt.last.healthy

    hunt.now += timedelta(days=8)
    await hunt.look()
    assert hunt.last.message == "stale: nothing new has come since 2017-04-21 08:00 UTC"


async def test_a_file_name_that_is_no_text_is_read(folder: Path) -> None:
    """Names of files are bytes; the cursor's is text all the same."""
    (folder / os.fsdecode(b"liste-\xe9.txt")).write_bytes(b"en-marche.co\n")
    hunt = Hunt(_settings({"path": str(folder)}))

    assert await hunt.look() == ["en-marche.co"]
    assert all(stream.isprintable() for stream in hunt.cursors)


async def test_a_file_that_was_too_large_is_read_on_when_it_no_longer_is(folder: Path) -> None:
    """It is told once with each limit, and nothing of it is brought twice."""
    names = [f"n{number:07}.fr" for number in range(1_200_000)]
    _write(folder / "all.txt", "\n".join(names) + "\n")
    hunt = Hunt(_settings({"path": str(folder)}, max_megabytes=1))
    some = await hunt.look()
    assert 0 < len(some) < len(names)
    assert "holds more than" in hunt.last.message
    assert await hunt.look() == []

    hunt.settings = _settings({"path": str(folder)}, max_megabytes=2)
    assert some + await hunt.look() == names
    assert hunt.last.healthy
    told = len(hunt.reports)
    assert await hunt.look() == []
    assert len(hunt.reports) == told


AFNIC = "#BOF\r\n{}.fr\r\n\xe9lu.fr\r\n#EOF\r\n"


async def test_a_days_list_is_downloaded_once_it_is_given_out(http: HttpDoor) -> None:
    """Every day within reach is asked for until its list is complete; then never again."""
    given = {"20170411": AFNIC.format("a"), "20170412": "#BOF\r\nb.fr\r\nc.f"}

    def serve(request: Request) -> Response:
        text = given.get(request.path[1:9])
        return Response(200, text.encode("latin-1")) if text else Response(404)

    async with http_server(serve) as server:
        feed = {"url": f"{server.url}/%Y%m%d_CREA_fr.txt", "days_back": 3, "stale_after": "2d"}
        hunt = Hunt(_settings(feed), http)
        assert await hunt.look() == ["a.fr", "élu.fr", "b.fr"]
        assert hunt.origins["a.fr"]["day"] == "2017-04-11"
        assert "20170412_CREA_fr.txt': the line #EOF is missing" in hunt.last.message

        given["20170412"] = AFNIC.format("b")
        asked = len(server.requests)
        assert await hunt.look() == []
        assert len(server.requests) == asked

        hunt.now += timedelta(hours=1)
        assert await hunt.look() == ["b.fr", "élu.fr"]
        assert [r.path[1:9] for r in server.requests[asked:]] == [
            "20170410",
            "20170412",
            "20170413",
        ]
        assert hunt.last.healthy

        hunt.now += timedelta(days=3)
        assert await hunt.look() == []
        assert hunt.last.message == "stale: nothing newer than 2017-04-12 23:59 UTC"


@pytest.mark.parametrize(
    "instead",
    [Response(403, b"<Error><Code>AccessDenied</Code></Error>"), Response(200, b"<!DOCTYPE html>")],
)
async def test_what_some_servers_say_in_place_of_404_is_waited_for_until_the_day_is_long_over(
    http: HttpDoor, instead: Response
) -> None:
    """S3 forbids what it does not have, others show a page; of an older day it is trouble."""
    given = {"2017-04-11": b"a.fr\n"}

    def serve(request: Request) -> Response:
        list_of_day = given.get(request.path[1:11])
        return Response(200, list_of_day) if list_of_day else instead

    async with http_server(serve) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y-%m-%d.txt", "days_back": 2}), http)
        assert await hunt.look() == ["a.fr"]
        assert all(report.healthy for report in hunt.reports)

        given["2017-04-13"] = b"b.fr\n"
        hunt.now += timedelta(days=1)
        assert await hunt.look() == ["b.fr"]
        assert "2017-04-12" in hunt.last.message
        assert not hunt.last.healthy

        given["2017-04-12"] = b"c.fr\n"
        hunt.now += timedelta(hours=1)
        assert await hunt.look() == ["c.fr"]
        assert hunt.last.healthy


async def test_a_months_list_that_is_refused_is_told_at_once(http: HttpDoor) -> None:
    """It is there all month: whoever may not have it has a wrong login."""
    async with http_server(lambda _: Response(403)) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y-%m.txt", "days_back": 0}), http)
        await hunt.look()
        assert "answered 403" in hunt.last.message


def _day_of(number: int, names: int = 40) -> str:
    return "".join(f"n{name}-of-{number}.fr\n" for name in range(names))


@pytest.mark.parametrize(
    ("early", "brought", "healthy"),
    [("", 0, False), (_day_of(13, names=5), 5, False), (_day_of(12), 0, True)],
)
async def test_what_is_hardly_a_days_list_is_not_taken_for_all_of_it(
    http: HttpDoor, early: str, brought: int, healthy: bool
) -> None:
    """Empty, begun, or another day's until it is written: it is asked for again until it is."""
    given = {f"201704{day}": _day_of(day) for day in (10, 11, 12)} | {"20170413": early}

    async with http_server(lambda asked: Response(200, given[asked.path[1:9]].encode())) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y%m%d.txt", "days_back": 3}), http)
        assert len(await hunt.look()) == 120 + brought
        assert hunt.last.healthy is healthy
        told = len(hunt.reports)

        hunt.now += timedelta(hours=1)
        assert await hunt.look() == []
        assert len(hunt.reports) == told

        given["20170413"] = _day_of(13)
        hunt.now += timedelta(hours=1)
        assert len(await hunt.look()) == 40 - brought
        assert hunt.last.healthy

        asked = len(server.requests)
        hunt.now += timedelta(hours=1)
        assert await hunt.look() == []
        assert [request.path for request in server.requests[asked:]] == ["/20170413.txt"]


@pytest.mark.parametrize("shuffled", [False, True])
async def test_a_list_that_is_written_bit_by_bit_does_not_make_its_beginnings_usual(
    http: HttpDoor, shuffled: bool
) -> None:
    """It would count as complete at a third of its names, and never be asked for again."""
    given = {f"201704{day}": _day_of(day, names=100) for day in (10, 11, 12)}

    async with http_server(
        lambda asked: Response(200, given.get(asked.path[1:9], "").encode())
    ) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y%m%d.txt", "days_back": 3}), http)
        found = await hunt.look()
        for names in range(5, 50, 5):
            hunt.now += timedelta(hours=1)
            lines = _day_of(13, names).splitlines()
            given["20170413"] = "\n".join(lines[::-1] if shuffled else lines)
            found += await hunt.look()
            assert "of the usual 100" in hunt.last.message

        given["20170413"] = _day_of(13, names=100)
        hunt.now += timedelta(hours=1)
        found += await hunt.look()
        assert len(set(found)) == 400
        assert hunt.last.healthy


@pytest.mark.parametrize("etags", [False, True])
async def test_a_list_is_read_on_until_its_day_is_over(http: HttpDoor, etags: bool) -> None:
    """It has most of its names by noon, and nothing of what comes in the evening is missed."""
    given = {f"201704{day}": _day_of(day) for day in (9, 10, 11, 12)}

    def serve(request: Request) -> Response:
        body = given.get(request.path[1:9], "").encode()
        tag = {"ETag": f'"{hash(body)}"'} if etags else {}
        known = etags and request.headers.get("if-none-match") == tag["ETag"]
        return Response(304 if known else 200 if body else 404, b"" if known else body, tag)

    async with http_server(serve) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y%m%d.txt", "days_back": 3}), http)
        await hunt.look()
        found = []
        for names in (30, 30, 35, 35):
            given["20170413"] = _day_of(13, names)
            hunt.now += timedelta(hours=1)
            found += await hunt.look()
        assert len(found) == 35

        hunt.now = datetime(2017, 4, 14, 0, 10, tzinfo=UTC)
        for names in (38, 40, 40):
            given["20170413"] = _day_of(13, names)
            found += await hunt.look()
            hunt.now += timedelta(hours=1)
        assert len(found) == 40
        assert all(report.healthy for report in hunt.reports)

        asked = len(server.requests)
        assert await hunt.look() == []
        assert [request.path for request in server.requests[asked:]] == ["/20170414.txt"]


async def test_the_list_of_a_month_is_read_on_until_the_month_is_over(http: HttpDoor) -> None:
    """One URL stands for all of its days: it was done with the first of them that was asked for."""

    def serve(request: Request) -> Response:
        year, month = map(int, request.path[1:8].split("-"))
        first, last = date(year, month, 1), hunt.now.date()
        days = (first + timedelta(days=day) for day in range((last - first).days + 1))
        names = "".join(f"of-{day}.fr\n" for day in days if day.month == month)
        return Response(200 if names else 404, names.encode())

    async with http_server(serve) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y-%m.txt"}), http)
        found = await hunt.look_daily(60)
        expected = [date(2017, 4, 1) + timedelta(days=day) for day in range(72)]
        assert [name for name in found if "2017-03" not in name] == [
            f"of-{day}.fr" for day in expected
        ]
        hunt.now += timedelta(days=3)
        asked = len(server.requests)
        await hunt.look()
        assert [request.path for request in server.requests[asked:]] == ["/2017-06.txt"]
        assert not hunt.lost()


async def test_an_excuse_in_place_of_a_young_feeds_list_is_not_its_list(http: HttpDoor) -> None:
    """It holds a name, and nobody knows yet how many are usual."""
    given = [b"Out of service, write to support@feed.example\n", b"en-marche.co\n"]

    def serve(request: Request) -> Response:
        return Response(200, given[0]) if request.path == "/2017-04-12.txt" else Response(404)

    async with http_server(serve) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y-%m-%d.txt", "days_back": 1}), http)
        assert await hunt.look() == ["feed.example"]
        given.pop(0)
        hunt.now += timedelta(hours=1)
        assert await hunt.look() == ["en-marche.co"]


@pytest.mark.parametrize("etags", [False, True])
async def test_a_ring_of_files_is_read_again_when_it_comes_round(
    http: HttpDoor, etags: bool
) -> None:
    """Each lies where that of a month before lay, until it is written."""
    given: dict[str, str] = {}

    def serve(request: Request) -> Response:
        names = given.get(request.path.removeprefix("/"))
        tag = {"ETag": f'"{names.strip()}"'} if etags and names else {}
        if tag and request.headers.get("if-none-match") == tag["ETag"]:
            return Response(304, headers=tag)
        return Response(200, names.encode(), tag) if names else Response(404)

    async with http_server(serve) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%d", "days_back": 2}), http)
        found = []
        for _ in range(80):
            yesterday = hunt.now.date() - timedelta(days=1)
            given[f"{yesterday:%d}"] = f"of-{yesterday}.fr\n"
            found += await hunt.look()
            hunt.now += timedelta(days=1)
        first = date(2017, 4, 12)
        assert found == [f"of-{first + timedelta(days=day)}.fr" for day in range(80)]
        assert all(report.healthy for report in hunt.reports)


@pytest.mark.parametrize("absent", [1, 9, 90])
@pytest.mark.parametrize("year", [1970, 2017, 2038])
async def test_the_days_that_were_missed_are_caught_up_with(
    http: HttpDoor, absent: int, year: int
) -> None:
    """Whoever was off for longer than `days_back` has no gap, whenever files seem to be from."""
    modified = {"Last-Modified": f"Sat, 01 Jan {year} 10:00:00 GMT"}

    def serve(request: Request) -> Response:
        day = date.fromisoformat(request.path[1:11])
        given = day < hunt.now.date()
        return Response(200, f"of-{day}.fr\n".encode(), modified) if given else Response(404)

    async with http_server(serve) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y-%m-%d.txt", "days_back": 1}), http)
        assert await hunt.look() == ["of-2017-04-12.fr"]
        hunt.now += timedelta(days=absent)
        days = [hunt.now.date() - timedelta(days=back) for back in range(1, absent + 1)]
        expected = [f"of-{day}.fr" for day in reversed(days[:30])]
        assert await hunt.look() == expected
        hunt.now += timedelta(hours=1)
        assert await hunt.look() == []

        hunt.now += timedelta(hours=1)
        told = len(server.requests)
        assert await hunt.look() == []
        assert len(server.requests) == told + 1


@pytest.mark.parametrize(
    ("absent", "told"),
    [
        (7, ""),
        (9, "the lists of 2017-04-13 to 2017-04-14 can be had no longer, and are unread"),
        (40, "the lists of 2017-04-13 to 2017-05-15 can be had no longer, and are unread"),
    ],
)
async def test_days_whose_lists_are_given_out_no_longer_are_told(
    http: HttpDoor, absent: int, told: str
) -> None:
    """After an absence longer than the week for which a registry keeps them; once."""

    def serve(request: Request) -> Response:
        return kept_for_a_week(date.fromisoformat(request.path[1:11]), hunt.now)

    async with http_server(serve) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y-%m-%d.txt", "days_back": 6}), http)
        await hunt.look()
        assert hunt.last.healthy
        hunt.now += timedelta(days=absent)
        assert len(await hunt.look()) == min(absent, 7)
        assert (hunt.last.healthy, told in hunt.last.message) == (not told, True)
        assert hunt.last.trouble == ""

        hunt.now += timedelta(days=1)
        await hunt.look()
        assert hunt.last.healthy


async def test_whoever_is_killed_before_it_tells_of_lost_lists_tells_after_the_restart(
    http: HttpDoor,
) -> None:
    """They are asked for once more, and only what was told is noted as lost."""

    def serve(request: Request) -> Response:
        return kept_for_a_week(date.fromisoformat(request.path[1:11]), hunt.now)

    async with http_server(serve) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y-%m-%d.txt", "days_back": 6}), http)
        await hunt.look()
        hunt.now += timedelta(days=9)
        async for batch in hunt.batches():
            hunt.cursors[batch.stream] = batch.cursor
            if batch.names:
                break
        await hunt.look()

    assert hunt.lost() == [
        "the lists of 2017-04-13 to 2017-04-14 can be had no longer, and are unread"
    ]


async def test_what_is_lost_for_good_does_not_pass_with_what_cannot_be_reached_now(
    http: HttpDoor,
) -> None:
    """Trouble that passes is told nobody for hours, and by then the loss is no longer said."""

    def serve(request: Request) -> Response:
        day = date.fromisoformat(request.path[1:11])
        if day == date(2017, 4, 20):
            return Response(503)
        return kept_for_a_week(day, hunt.now)

    async with http_server(serve) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y-%m-%d.txt", "days_back": 6}), http)
        await hunt.look()
        hunt.now += timedelta(days=9)
        await hunt.look()

    assert "answered 503" in hunt.last.message
    assert "2017-04-13 to 2017-04-14 can be had no longer" in hunt.last.message
    assert hunt.last.trouble == ""


async def test_days_that_a_feed_was_away_for_too_long_are_told_once(http: HttpDoor) -> None:
    """It would be asked for them, and be in trouble, for thirty days."""

    def serve(request: Request) -> Response:
        day = date.fromisoformat(request.path[1:11])
        if date(2017, 4, 13) < hunt.now.date() < date(2017, 4, 25):
            return Response(503)
        return kept_for_a_week(day, hunt.now)

    async with http_server(serve) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y-%m-%d.txt", "days_back": 6}), http)
        await hunt.look_daily(13)
        assert hunt.lost() == [
            "the lists of 2017-04-13 to 2017-04-17 can be had no longer, and are unread"
        ]

        await hunt.look()
        assert hunt.last.healthy


async def test_a_days_list_that_never_comes_is_told_once_when_nobody_asks_for_it_any_more(
    http: HttpDoor,
) -> None:
    """Those before and after it came; of a weekday that lost its lists for good, the first."""
    missing = {date(2017, 4, 20), date(2017, 4, 21), date(2017, 4, 23)}

    def serve(request: Request) -> Response:
        day = date.fromisoformat(request.path[1:11])
        sunday = day > date(2017, 5, 1) and day.weekday() == 6
        given = day < hunt.now.date() and day not in missing and not sunday
        return Response(200, f"of-{day}.fr\n".encode()) if given else Response(404)

    async with http_server(serve) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y-%m-%d.txt", "days_back": 6}), http)
        await hunt.look_daily(40)

    assert hunt.lost() == [
        f"the lists of 2017-{first} to 2017-{last} can be had no longer, and are unread"
        for first, last in (
            *(("04-20", "04-20"), ("04-21", "04-21"), ("04-23", "04-23")),
            ("05-07", "05-07"),
        )
    ]
    assert hunt.last.healthy


async def test_the_lists_of_a_feed_that_paused_for_long_are_told_run_by_run(http: HttpDoor) -> None:
    """With the first list after the pause they are out of reach, all but one that came late."""
    late = date(2017, 4, 25)

    def serve(request: Request) -> Response:
        day = date.fromisoformat(request.path[1:11])
        given = day < date(2017, 4, 20) or day > date(2017, 5, 3)
        if day == late:
            given = hunt.now.date() > date(2017, 5, 4)
        given = given and day < hunt.now.date()
        return Response(200, f"of-{day}.fr\n".encode()) if given else Response(404)

    async with http_server(serve) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y-%m-%d.txt", "days_back": 1}), http)
        await hunt.look_daily(35)

    assert [one.split("; ") for one in hunt.lost()] == [
        [
            "the lists of 2017-04-20 to 2017-04-24 can be had no longer, and are unread",
            "the lists of 2017-04-26 to 2017-05-03 can be had no longer, and are unread",
        ]
    ]


@pytest.mark.parametrize(
    ("of_weekdays", "late", "days_back"), [(True, 0, 1), (True, -1, 0), (False, 4, 1)]
)
async def test_a_list_that_there_never_was_or_that_is_late_is_not_said_to_be_missed(
    http: HttpDoor, of_weekdays: bool, late: int, days_back: int
) -> None:
    """It was asked for each day: there is none of a Sunday, or it comes after `days_back`."""

    def serve(request: Request) -> Response:
        day = date.fromisoformat(request.path[1:11])
        age = hunt.now.date() - day
        given = not (of_weekdays and day.weekday() > 4) and age > timedelta(days=late)
        begun = day < date(2017, 4, 13)
        return Response(200, f"of-{day}.fr\n".encode()) if given or begun else Response(404)

    async with http_server(serve) as server:
        url = f"{server.url}/%Y-%m-%d.txt"
        hunt = Hunt(_settings({"url": url, "days_back": days_back}), http)
        found = await hunt.look_daily(14)

    assert not hunt.lost()
    assert f"of-{hunt.now.date() - timedelta(days=late + 2)}.fr" in found


@pytest.mark.parametrize("instead", [Response(503), Response(200, AFNIC.format("a")[:9].encode())])
async def test_a_missed_day_that_cannot_be_had_is_asked_for_again(
    http: HttpDoor, instead: Response
) -> None:
    """Those after it were read meanwhile; so is one of which only the beginning came."""
    broken: set[date] = set()

    def serve(request: Request) -> Response:
        day = date.fromisoformat(request.path[1:11])
        if day in broken:
            return instead
        given = day < hunt.now.date()
        return Response(200, AFNIC.format(day).encode("latin-1")) if given else Response(404)

    async with http_server(serve) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y-%m-%d.txt", "days_back": 1}), http)
        await hunt.look()
        hunt.now += timedelta(days=15)
        missed = hunt.now.date() - timedelta(days=9)
        broken.add(missed)
        assert f"{missed}.fr" not in await hunt.look()
        assert not hunt.last.healthy

        broken.clear()
        hunt.now += timedelta(hours=1)
        assert f"{missed}.fr" in await hunt.look()
        assert hunt.last.healthy

        hunt.now += timedelta(hours=1)
        told = len(server.requests)
        assert await hunt.look() == []
        assert len(server.requests) == told + 1


async def test_a_download_that_did_not_change_is_not_read_again(http: HttpDoor) -> None:
    """By the server's own word where it gives one, else by its content."""

    def serve(request: Request) -> Response:
        if request.headers.get("if-none-match") == '"v1"':
            return Response(304)
        headers = {"ETag": '"v1"', "Last-Modified": "Wed, 12 Apr 2017 10:00:00 GMT"}
        return Response(200, b"a.fr\nb.fr\n", headers if request.path == "/tagged" else {})

    async with http_server(serve) as server:
        settings = _settings({"url": f"{server.url}/tagged"}, {"url": f"{server.url}/plain"})
        hunt = Hunt(settings, http)
        assert await hunt.look() == ["a.fr", "b.fr", "a.fr", "b.fr"]

        hunt.now += timedelta(hours=2)
        assert await hunt.look() == []
        assert len(server.requests) == 4
        assert all(report.healthy for report in hunt.reports)


@pytest.mark.parametrize(
    "modified",
    [
        "lately",
        "Wed, 12 Apr 2017 10:00:00 -0000",
        "Wed, 12 Apr 2017 10:00:00 +99999999999999999999",
    ],
)
async def test_a_list_is_read_whatever_its_server_says_of_its_day(
    http: HttpDoor, modified: str
) -> None:
    """A day without a zone, or with one that is none."""
    headers = {"Last-Modified": modified}
    async with http_server(lambda _: Response(200, b"a.fr\n", headers)) as server:
        hunt = Hunt(_settings({"url": server.url, "stale_after": "3d"}), http)
        assert await hunt.look() == ["a.fr"]

    assert hunt.last.healthy


@pytest.mark.parametrize(
    "answer", [Response(200, AFNIC.format("b").removesuffix("#EOF\n").encode()), Response(403)]
)
async def test_what_a_feeds_url_keeps_secret_is_told_nobody(
    http: HttpDoor, answer: Response
) -> None:
    """Not in reports, nor with a name: that goes to subscribers, and into takedown packets."""
    async with http_server(lambda _: answer) as server:
        place = server.url.removeprefix("http://")
        url = f"http://me:pass-word@{place}/%Y.txt?tld=fr&token=secret-token"
        hunt = Hunt(_settings({"url": url}), http)
        await hunt.look()
        assert "authorization" in server.requests[0].headers
        assert "token=secret-token" in server.requests[0].path

    told = f"{hunt.reports} {hunt.origins} {hunt.settings.places()}"
    assert "secret-token" not in told
    assert "pass-word" not in told
    assert hunt.reports[0].subject.startswith(f"http://{place}/%Y.txt?tld=...&token=... (")
    assert bool(hunt.origins) is (answer.status == 200)


async def test_a_list_is_of_the_day_that_its_server_says(http: HttpDoor) -> None:
    """However lately it was asked."""
    headers = {"Last-Modified": "Sat, 01 Apr 2017 10:00:00 +0200"}
    async with http_server(lambda _: Response(200, b"a.fr\n", headers)) as server:
        hunt = Hunt(_settings({"url": server.url, "stale_after": "3d"}), http)
        assert await hunt.look() == ["a.fr"]

    assert hunt.last.message == "stale: nothing newer than 2017-04-01 08:00 UTC"


async def test_a_list_that_a_clock_that_was_ahead_fetched_is_fetched_again(http: HttpDoor) -> None:
    """Its server is not left alone until that time has come."""
    async with http_server(lambda _: Response(200, b"a.fr\n")) as server:
        hunt = Hunt(_settings({"url": server.url}), http, now=NOW + timedelta(days=400))
        await hunt.look()

        hunt.now = NOW
        await hunt.look()
        assert len(server.requests) == 2


async def test_the_lists_of_days_that_a_clock_ran_ahead_to_are_read_when_they_come(
    http: HttpDoor,
) -> None:
    """Nobody had given them out yet, which is not to say that they can be had no longer."""

    def serve(request: Request) -> Response:
        day = date.fromisoformat(request.path[1:11])
        return Response(200, f"of-{day}.fr\n".encode()) if day < true_day else Response(404)

    async with http_server(serve) as server:
        true_day = NOW.date()
        hunt = Hunt(_settings({"url": f"{server.url}/%Y-%m-%d.txt", "days_back": 6}), http)
        await hunt.look()
        hunt.now = NOW + timedelta(days=20)
        await hunt.look()

        hunt.now, found = NOW, []
        for _ in range(20):
            hunt.now += timedelta(days=1)
            true_day = hunt.now.date()
            found += await hunt.look()

    assert found == [f"of-{NOW.date() + timedelta(days=day)}.fr" for day in range(20)]


async def test_a_list_that_a_clock_that_was_ahead_read_in_part_is_read_on(http: HttpDoor) -> None:
    """Its day was over then, and is not over now."""
    given = {"20170413": _day_of(13, names=30)}

    async with http_server(
        lambda asked: Response(200, given.get(asked.path[1:9], "").encode())
    ) as server:
        hunt = Hunt(_settings({"url": f"{server.url}/%Y%m%d.txt"}), http)
        hunt.now = NOW + timedelta(days=5)
        assert len(await hunt.look()) == 30
        given["20170413"] = _day_of(13, names=40)
        hunt.now = NOW
        assert len(await hunt.look()) == 10


async def test_a_feed_that_falls_silent_after_a_clock_was_ahead_is_told(folder: Path) -> None:
    """What came last is not dated to a time to come for good."""
    hunt = Hunt(_settings({"path": str(folder)}), now=NOW + timedelta(days=400))
    _write(folder / "1.txt", "a.fr\n")
    await hunt.look()
    hunt.now = NOW
    await hunt.look()
    hunt.now += timedelta(days=8)
    await hunt.look()

    assert hunt.last.message == "stale: nothing new has come since 2017-04-13 08:00 UTC"


async def test_a_server_in_trouble_is_told_and_asked_again_later(http: HttpDoor) -> None:
    """Errors, oversize and refused connections; each feed for itself, an hour apart."""
    answers = {
        "/broken": Response(500),
        "/large": Response(200, b"a.fr\n" * 300_000),
        "/gone": Response(404),
    }

    async with http_server(lambda request: answers[request.path]) as server:
        feeds = [{"url": f"{server.url}{path}"} for path in answers]
        settings = _settings(*feeds, {"url": "http://127.0.0.1:9/list"}, max_megabytes=1)
        hunt = Hunt(settings, http)
        assert await hunt.look() == []
        first = {report.subject: report for report in hunt.reports}
        messages = [first[feed.label].message for feed in settings.feeds]
        assert [report.healthy for report in hunt.reports] == [False] * 4
        assert {report.trouble for report in hunt.reports} == {PASSING}
        assert "answered 500" in messages[0]
        assert "larger than 1048576 bytes" in messages[1]
        assert "answered 404" in messages[2], "it is no day's list, which may not be there yet"

        assert await hunt.look() == []
        assert (len(server.requests), len(hunt.reports)) == (3, 4), "not asked, so not well again"

        answers["/broken"] = Response(200, b"a.fr\n")
        hunt.now += timedelta(hours=1)
        assert await hunt.look() == ["a.fr"]


async def test_a_server_that_hangs_delays_no_other_feed(http: HttpDoor, folder: Path) -> None:
    """Files that are dropped while it is waited for are read at once."""
    async with tcp_server(never_answer) as port:
        feeds = {"url": f"http://127.0.0.1:{port}/list"}, {"path": str(folder)}
        often = {"every": timedelta(milliseconds=10)}
        hunt = Hunt(_settings(*feeds).model_copy(update=often), http)
        looking = asyncio.create_task(hunt.look())
        for name in ("a.fr", "b.fr"):
            _write(folder / name, f"{name}\n")
            async with asyncio.timeout(120):
                while name not in hunt.origins:  # noqa: ASYNC110 - a file is no event
                    await asyncio.sleep(0.01)
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


async def test_a_server_that_hangs_keeps_no_other_server_from_being_asked_again(
    http: HttpDoor,
) -> None:
    """A slow one takes half an hour for each of thirty days: lists beside it change meanwhile."""
    given = {"list": b"a.fr\n"}

    async with (
        tcp_server(never_answer) as port,
        http_server(lambda _: Response(200, given["list"])) as server,
    ):
        feeds = {"url": f"http://127.0.0.1:{port}/list"}, {"url": server.url}
        often = {"every": timedelta(milliseconds=10)}
        hunt = Hunt(_settings(*feeds).model_copy(update=often), http)
        looking = asyncio.create_task(hunt.look())
        async with asyncio.timeout(120):
            for name in ("a.fr", "b.fr"):
                given["list"] = f"{name}\n".encode()
                while name not in hunt.origins:  # noqa: ASYNC110 - an answer is no event
                    await asyncio.sleep(0.01)
                asked = len(server.requests)
                await asyncio.sleep(0.1)
                assert len(server.requests) == asked
                hunt.now += timedelta(hours=1)
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


def test_without_a_feed_the_source_is_off() -> None:
    """It cannot be on by mistake, and may stand in the config switched off."""
    with pytest.raises(ValidationError):
        Settings()
    assert Settings(enabled=False).feeds == ()


@pytest.mark.parametrize(
    "feed",
    [{}, {"path": "a", "url": "http://a/"}, {"preset": "afnic"}, {"path": "a", "every": "1h"}],
)
def test_a_feed_is_in_just_one_place(feed: dict[str, object]) -> None:
    """Nowhere, two places, an unknown preset and an unknown key are refused."""
    with pytest.raises(ValidationError):
        _settings(feed)


def test_a_list_is_read_in_one_column() -> None:
    """Whichever of two came first, the other found the list done now and then, and missed it."""
    with pytest.raises(ValidationError, match="stands here with two"):
        _settings({"path": "nrd.csv", "column": "1"}, {"path": "nrd.csv", "column": "2"})
    assert _settings({"path": "nrd.csv"}, {"path": "nrd.csv"}).places() == {"nrd.csv"}


def test_presets_name_their_days() -> None:
    """AFNIC's daily list, and whoisds, which encodes the day."""
    day = date(2024, 6, 13)

    assert list(urls_of(PRESETS["afnic-fr"], day, 1)) == [
        (
            f"https://www.afnic.fr/wp-media/ftp/domaineTLD_Afnic/202406{number}_CREA_fr.txt",
            date(2024, 6, number),
        )
        for number in (12, 13)
    ]
    assert [url for url, _ in urls_of(PRESETS["whoisds"], day, 0)] == [
        "https://www.whoisds.com/whois-database/newly-registered-domains/MjAyNC0wNi0xMy56aXA=/nrd"
    ]
