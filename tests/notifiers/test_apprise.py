"""Messages by way of apprise, to a real server on loopback."""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits

pytest.importorskip("apprise", reason="the extra `notify` is not installed")

from hunter.contracts import Doors, NotifierContext, Recipient
from hunter.errors import Partly, WillNotPass, WillPass
from hunter.model import Level
from hunter.notice import Notice
from hunter.notifiers import apprise
from hunter.notifiers.apprise import Settings
from tests.world.alerts import AT, LIVE, STEERS, hostile, makers, notice
from tests.world.http import HttpServer, Request, Response, http_server

# What apprise imports for services that hunter's tests do not use.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
IT = Recipient("it")


class Sender:
    """Sends to some paths of a server, with a memory."""

    def __init__(self, folder: Path, server: HttpServer, *paths: str) -> None:
        urls = folder / "urls"
        urls.write_text(" ".join(_url(server, path) for path in paths) + "\n")
        memory: dict[str, str] = {}
        self.settings = Settings(urls_file=urls)
        self.context = NotifierContext(
            lambda: AT, cast(Doors, None), memory.get, memory.__setitem__
        )

    async def send(self, told: Notice | None = None) -> None:
        """Send a notice."""
        await apprise.send(told or notice(), IT, self.settings, self.context)


def _url(server: HttpServer, path: str) -> str:
    return f"json://127.0.0.1:{server.port}/{path}"


async def test_a_message_arrives_at_every_service(tmp_path: Path) -> None:
    """Title and text, as in a mail."""
    async with http_server(lambda _: Response(200)) as server:
        await Sender(tmp_path, server, "one", "two").send()

    assert sorted(request.path for request in server.requests) == ["/one", "/two"]
    told = json.loads(server.requests[0].body)
    assert told["title"] == "[HIGH] onedrive-en-marche[.]fr looks like en-marche[.]fr"
    assert "WHAT TO DO NEXT" in told["message"]
    assert "not proof of intent" in " ".join(told["message"].split())


@pytest.mark.parametrize("broken", ["/one", "/two"])
async def test_a_service_that_has_it_does_not_get_it_again(tmp_path: Path, broken: str) -> None:
    """While another is tried until it takes it, be it the first."""
    away = [True]

    def answer(request: Request) -> Response:
        return Response(500 if request.path == broken and away[0] else 200)

    async with http_server(answer) as server:
        sender = Sender(tmp_path, server, "one", "two")
        with pytest.raises(Partly, match=r"^apprise: JSON did not take it$"):
            await sender.send()
        away[0] = False
        await sender.send()

    assert [request.path for request in server.requests] == ["/one", "/two", broken]


async def test_what_no_service_took_may_have_been_taken(tmp_path: Path) -> None:
    """apprise does not tell; it stays one message, and the way rests."""
    async with http_server(lambda _: Response(500)) as server:
        with pytest.raises(WillPass, match=r"^apprise: JSON did not take it; JSON did") as caught:
            await Sender(tmp_path, server, "one", "two").send()

    assert not isinstance(caught.value, Partly)
    assert caught.value.in_doubt


async def test_a_service_that_does_not_answer_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have the message: the letter must not go together with others now."""
    monkeypatch.setattr(apprise, "_SECONDS", 0.2)
    async with http_server(lambda _: Response(200, delay=1.0)) as server:
        with pytest.raises(WillPass, match=r"JSON did not answer within 0\.2 s") as caught:
            await Sender(tmp_path, server, "one").send()

    assert caught.value.in_doubt


@pytest.mark.parametrize(
    ("severity", "kind"),
    [(Level.MEDIUM, "warning"), (Level.HIGH, "failure"), (Level.CRITICAL, "failure")],
)
async def test_services_colour_what_is_grave(tmp_path: Path, severity: Level, kind: str) -> None:
    """By apprise's own kinds of messages."""
    async with http_server(lambda _: Response(200)) as server:
        await Sender(tmp_path, server, "x").send(replace(notice(), severity=severity))

    assert json.loads(server.requests[0].body)["type"] == kind


async def test_apprise_logs_nothing_itself(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It would log addresses, which may hold a secret."""
    with caplog.at_level(logging.DEBUG, "apprise"):
        async with http_server(lambda _: Response(500)) as server:
            with pytest.raises(WillPass):
                await Sender(tmp_path, server, "secret").send()

    assert [one for one in caplog.records if one.name.startswith("apprise")] == []


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "one secret"), ("hppt://x", "URL 1 in"), ("json://127.0.0.1:1/ url", "URL 2 in")],
)
async def test_what_is_no_url_will_not_pass(tmp_path: Path, content: str, said: str) -> None:
    """It is named by its number, for it may hold a secret."""
    urls = tmp_path / "urls"
    urls.write_text(content)
    context = NotifierContext(lambda: AT, cast(Doors, None))
    with pytest.raises(WillNotPass, match=said):
        await apprise.send(notice(), IT, Settings(urls_file=urls), context)
    with pytest.raises(WillNotPass, match="neither"):
        await apprise.send(notice(), IT, Settings(), context)


def test_messages_can_go_to_a_folder_instead(tmp_path: Path) -> None:
    """As text, one file for each notice."""
    context = NotifierContext(lambda: AT, cast(Doors, None))
    for key in ("1:a", "1:a", "1:b"):
        asyncio.run(apprise.send(notice(key), IT, Settings(folder=tmp_path), context))

    found = sorted(tmp_path.iterdir())
    assert len(found) == 2
    assert found[0].read_text().startswith("[HIGH] onedrive-en-marche[.]fr")


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one sentence, and not what a package index calls hunter."""
    monkeypatch.setitem(__import__("sys").modules, "apprise", cast(Any, None))
    (tmp_path / "urls").write_text("json://127.0.0.1:1/")
    context = NotifierContext(lambda: AT, cast(Doors, None))

    with pytest.raises(WillNotPass, match=r"-m pip install apprise"):
        asyncio.run(apprise.send(notice(), IT, Settings(urls_file=tmp_path / "urls"), context))


@given(make=makers, raw=hostile)
@limits(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_hostile_text_is_harmless(
    tmp_path: Path, make: Callable[[str], Notice], raw: str
) -> None:
    """Nothing that styles, mentions or links in any service."""
    async with http_server(lambda _: Response(200)) as server:
        await Sender(tmp_path, server, "x").send(replace(make(raw)))

    told = json.loads(server.requests[0].body)
    for shown in (told["title"], told["message"]):
        assert not STEERS.search(shown.replace("\n", "").replace("\r", ""))
        assert not LIVE.search(shown)
        assert not set("<>`*~|") & set(shown)
