"""Alerts in systemd's journal and in syslog."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import settings as limits
from pydantic import ValidationError

from hunter.contracts import Doors, NotifierContext, Recipient
from hunter.errors import WillPass
from hunter.model import Level
from hunter.net import syslog
from hunter.notice import Notice
from hunter.notifiers import journal
from hunter.notifiers.journal import Settings
from tests.world.alerts import AT, LIVE, STEERS, hostile, makers, notice
from tests.world.logs import fields, log_server, udp_socket, unix_socket

IT = Recipient("it")
CONTEXT = NotifierContext(lambda: AT, cast(Doors, None))


async def journalled(monkeypatch: pytest.MonkeyPatch, told: Notice) -> list[tuple[str, str]]:
    """The fields that the journal got."""
    with unix_socket() as (path, received):
        monkeypatch.setattr(syslog, "JOURNAL", path)
        await journal.send(told, IT, Settings(), CONTEXT)
        (entry,) = received.received()
    return fields(entry)


async def test_the_journal_gets_fields_and_the_whole_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`journalctl HUNTER_DOMAIN=...` finds it."""
    found = await journalled(monkeypatch, notice())
    told = dict(found)

    assert told["MESSAGE"].startswith("[HIGH] onedrive-en-marche[.]fr looks like en-marche[.]fr: ")
    assert (told["PRIORITY"], told["SYSLOG_IDENTIFIER"]) == ("3", "hunter")
    assert told["HUNTER_DOMAIN"] == "onedrive-en-marche.fr"
    assert told["HUNTER_KEY"] == "1:opened"
    assert [value for name, value in found if name == "HUNTER_RULE"] == ["registrant", "shared"]
    assert "WHAT TO DO NEXT" in told["HUNTER_DETAILS"]


async def test_a_syslog_server_gets_one_line() -> None:
    """With the same fields, over UDP and TCP."""
    with udp_socket() as (port, received):
        settings = Settings(to=f"udp://127.0.0.1:{port}", facility="auth")
        await journal.send(notice(), IT, settings, CONTEXT)
        (line,) = received.received()
    async with log_server() as server:
        await journal.send(notice(), IT, Settings(to=f"tcp://127.0.0.1:{server.port}"), CONTEXT)

        assert server.lines[0].startswith(b"<131>1 2017-04-24T06:00:00.000Z ")
    assert line.startswith(b"<35>1 2017-04-24T06:00:00.000Z ")
    assert b' domain="onedrive-en-marche.fr"' in line
    assert b"\n" not in line


async def test_a_log_that_is_away_will_pass(tmp_path: Path) -> None:
    """The notice stays in the outbox."""
    with pytest.raises(WillPass):
        await journal.send(notice(), IT, Settings(to=str(tmp_path / "log")), CONTEXT)


@pytest.mark.parametrize("to", ["", "logs.example", "udp://a b", "https://logs.example"])
def test_a_place_that_is_none_is_refused_with_the_config(to: str) -> None:
    """And not when the first alert comes."""
    with pytest.raises(ValidationError, match="udp://HOST:PORT"):
        Settings(to=to)


@pytest.mark.parametrize(("severity", "priority"), list(zip(Level, "65432", strict=True)))
async def test_every_severity_has_a_priority(
    monkeypatch: pytest.MonkeyPatch, severity: Level, priority: str
) -> None:
    """From "informational" to "critical", as syslog counts them."""
    told = dict(await journalled(monkeypatch, replace(notice(), severity=severity)))

    assert told["PRIORITY"] == priority


def test_entries_can_go_to_a_folder_instead(tmp_path: Path) -> None:
    """One file for each notice, as the journal would get it."""
    for told in (notice("1:a"), notice("1:a"), notice("1:b")):
        asyncio.run(journal.send(told, IT, Settings(folder=tmp_path), CONTEXT))

    found = sorted(tmp_path.iterdir())
    assert len(found) == 2
    assert dict(fields(found[0].read_bytes()))["HUNTER_KIND"] == "opened"


@given(make=makers, raw=hostile)
@limits(max_examples=40, deadline=None)
def test_hostile_text_is_harmless(make: Callable[[str], Notice], raw: str) -> None:
    """No field of somebody else's making, no control mark, nothing to click in what people read."""
    told = make(raw)
    found = asyncio.run(_journalled(told))
    names = [name for name, _ in found]

    assert set(names) <= {
        *("MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER", "HUNTER_KEY", "HUNTER_KIND"),
        *("HUNTER_SEVERITY", "HUNTER_BRAND", "HUNTER_DOMAIN", "HUNTER_SUBSCRIBER"),
        *("HUNTER_RULE", "HUNTER_DETAILS"),
    }
    for name, value in found:
        assert not STEERS.search(value), name
        if name in ("MESSAGE", "HUNTER_DETAILS"):
            assert not LIVE.search(value)


async def _journalled(told: Notice) -> list[tuple[str, str]]:
    with pytest.MonkeyPatch.context() as patched:
        return await journalled(patched, told)
