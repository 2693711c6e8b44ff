"""Things made of files and URLs are made once, and again when they change."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest

from hunter.errors import WillNotPass, WillPass
from hunter.net import shelf as module
from hunter.net.shelf import Shelf
from tests.world.doors import doors
from tests.world.http import Request, Response, http_server

HOUR = timedelta(hours=1)


class Maker:
    """Counts how often it was asked to make a thing."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, source: Path | bytes) -> str:
        """The bytes as text, or the files' joined."""
        self.made += 1
        if isinstance(source, Path):
            parts = sorted(source.iterdir()) if source.is_dir() else [source]
            source = b"+".join(part.read_bytes() for part in parts)
        if b"bad" in source:
            raise ValueError("it is\x1b[31m bad")
        return source.decode()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question looks at the file again."""
    monkeypatch.setattr(module, "_LOOK_AGAIN", 0.0)


async def test_a_file_is_read_once_for_all_who_ask(tmp_path: Path) -> None:
    """A hundred at the same moment, and those who come later."""
    path = tmp_path / "list"
    path.write_text("one")
    make = Maker()
    shelf = Shelf(make)
    assert set(await asyncio.gather(*(shelf.of_file(path) for _ in range(100)))) == {"one"}
    assert await shelf.of_file(path) == "one"
    assert make.made == 1


async def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    """So is a folder to which a file was added."""
    path = tmp_path / "list"
    path.write_text("one")
    make = Maker()
    shelf = Shelf(make)
    assert await shelf.of_file(tmp_path) == "one"
    path.write_text("two")
    os.utime(path, (1, 1))
    assert await shelf.of_file(path) == "two"
    (tmp_path / "more").write_text("three")
    assert await shelf.of_file(tmp_path) == "two+three"
    assert make.made == 3


async def test_a_file_that_is_missing_or_bad_is_said_so(tmp_path: Path) -> None:
    """The message is clean, and a mended file is read."""
    path = tmp_path / "list"
    shelf = Shelf(Maker())
    with pytest.raises(WillNotPass, match="list cannot be read: No such file"):
        await shelf.of_file(path)
    path.write_text("bad")
    with pytest.raises(WillNotPass, match=r"list cannot be used: it is\[31m bad"):
        await shelf.of_file(path)
    path.write_text("good")
    assert await shelf.of_file(path) == "good"


async def test_who_gives_up_waiting_stops_nothing(tmp_path: Path) -> None:
    """The next who asks has what was begun."""
    path = tmp_path / "list"
    path.write_text("one")
    make = Maker()
    shelf = Shelf(make)
    waiting = asyncio.create_task(shelf.of_file(path))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await shelf.of_file(path) == "one"
    assert make.made == 1


async def test_a_url_is_fetched_once_in_its_time() -> None:
    """And again when that is over."""
    make = Maker()
    shelf = Shelf(make)
    async with http_server(lambda _: Response(200, b"one")) as server, doors() as opened:
        for _ in range(3):
            assert await shelf.of_url(server.url, opened.http, every=HOUR) == "one"
        assert len(server.requests) == 1
        shelf._kept[server.url].good_until = 0.0
        assert await shelf.of_url(server.url, opened.http, every=HOUR) == "one"
        assert len(server.requests) == 2


@pytest.mark.parametrize("trouble", [Response(503), Response(200, b"bad"), Response(404)])
async def test_a_url_in_trouble_leaves_the_old_for_a_day(
    trouble: Response, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After that nothing is better; the server is asked once in ten minutes."""
    answers = [Response(200, b"one"), trouble, trouble]

    def respond(_: Request) -> Response:
        return answers.pop(0)

    shelf = Shelf(Maker())
    async with http_server(respond) as server, doors() as opened:
        await shelf.of_url(server.url, opened.http, every=timedelta(0))
        for _ in range(3):
            assert await shelf.of_url(server.url, opened.http, every=timedelta(0)) == "one"
        monkeypatch.setattr(module, "_STALE", -1.0)
        shelf._kept[server.url].good_until = 0.0
        for _ in range(3):
            with pytest.raises(WillPass, match="it cannot be had"):
                await shelf.of_url(server.url, opened.http, every=timedelta(0))
    assert answers == []


async def test_a_place_is_a_url_or_a_path(tmp_path: Path) -> None:
    """However the scheme is written: a config takes it in capitals."""
    (tmp_path / "list").write_text("lies here")
    shelf = Shelf(Maker())
    async with http_server(lambda _: Response(200, b"fetched")) as server, doors() as opened:
        found = [
            await shelf.of_place(place, opened.http, every=HOUR)
            for place in (server.url.replace("http", "HTTP"), str(tmp_path / "list"))
        ]
    assert found == ["fetched", "lies here"]


async def test_a_pipe_is_no_list(tmp_path: Path) -> None:
    """It would be waited for without end."""
    os.mkfifo(tmp_path / "list")

    with pytest.raises(WillNotPass, match="list cannot be read: it is neither file nor folder"):
        await Shelf(Maker()).of_file(tmp_path / "list")
