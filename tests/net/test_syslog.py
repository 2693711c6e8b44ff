"""Syslog lines and journal entries, and the ways they go."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.errors import WillPass
from hunter.net import syslog
from hunter.net.syslog import Place, Record
from tests.world.alerts import STEERS, hostile
from tests.world.logs import fields, log_server, udp_socket, unix_socket

AT = datetime(2017, 4, 24, 6, 0, 0, 123456, tzinfo=UTC)
RECORD = Record(AT, 3, "opened", "a line", (("domain", "a.fr"), ("rule", "x"), ("rule", "y")))
LINE = re.compile(
    r"<(\d+)>1 (\S+) ([!-~]+) hunter - ([!-~]{1,32})"
    r' (-|\[hunter@32473((?: [a-z]+="(?:[^"\\\]]|\\["\\\]])*")*)\]) (.*)',
    re.DOTALL,
)


def test_a_line_is_rfc_5424() -> None:
    """Priority, time, host, program, kind, fields, text."""
    found = LINE.fullmatch(syslog.rfc5424(RECORD, 16, 2048).decode())

    assert found
    assert (found[1], found[2], found[4]) == ("131", "2017-04-24T06:00:00.123Z", "opened")
    assert found[6] == ' domain="a.fr" rule="x" rule="y"'
    assert found[7] == "a line"


def test_what_is_not_ascii_is_marked_as_utf_8() -> None:
    """As the RFC wants it; what is, is not."""
    line = syslog.rfc5424(Record(AT, 6, "opened", "été"), 3, 2048)

    assert line.endswith("\ufeffété".encode())
    assert b"\xef\xbb\xbf" not in syslog.rfc5424(RECORD, 3, 2048)


@given(hostile, hostile, st.sampled_from([480, 2048, 8000]))
def test_hostile_text_stays_in_its_place(text: str, kind: str, longest: int) -> None:
    """One line, of the form, within its length, without anything that steers a reader."""
    record = Record(AT, 2, kind, text, (("domain", text), *(("rule", text),) * 12))
    line = syslog.rfc5424(record, 16, longest)

    assert len(line) <= longest
    assert LINE.fullmatch(line.decode())
    assert b"\n" not in line
    assert not STEERS.search(line.decode().replace("\ufeff", "", 1))


@given(hostile)
def test_a_journal_entry_holds_what_it_was_given(text: str) -> None:
    """Values are counted, so that none of them can make a field of its own."""
    found = fields(syslog.journal_entry(Record(AT, 2, "opened", text, (("details", text),))))

    assert [name for name, _ in found] == [
        "MESSAGE",
        "PRIORITY",
        "SYSLOG_IDENTIFIER",
        "HUNTER_DETAILS",
    ]
    assert found[3][1] == text.encode("utf-8", "replace").decode()
    assert not STEERS.search(found[0][1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("udp://logs.example", Place("udp", "logs.example", 514)),
        ("tcp://10.0.0.1:6514", Place("tcp", "10.0.0.1", 6514)),
        ("udp://[::1]:5140", Place("udp", "::1", 5140)),
        ("/dev/log", Place("unix", "/dev/log")),
    ],
)
def test_places_are_read(text: str, expected: Place) -> None:
    """With the port that each protocol has."""
    assert syslog.place(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "logs.example", "udp://", "udp://a:0", "udp://a:65536", "http://a", "tcp://a/b", "/"],
)
def test_what_is_no_place_is_said(text: str) -> None:
    """With what would be one."""
    with pytest.raises(ValueError, match="udp://HOST:PORT"):
        syslog.place(text)


async def test_a_datagram_is_a_line() -> None:
    """Over UDP and a unix socket."""
    with udp_socket() as (port, over_udp), unix_socket() as (path, over_unix):
        await syslog.send_to_syslog(Place("udp", "127.0.0.1", port), RECORD, 16)
        await syslog.send_to_syslog(Place("unix", path), RECORD, 16)

        (one,), (other,) = over_udp.received(), over_unix.received()
    assert one == other == syslog.rfc5424(RECORD, 16, 2048)


async def test_over_tcp_lines_are_counted() -> None:
    """And it returns when the server has read to the end."""
    async with log_server() as server:
        where = Place("tcp", "127.0.0.1", server.port)
        await syslog.send_to_syslog(where, RECORD, 16)
        await syslog.send_to_syslog(where, RECORD, 16)

        assert server.lines == [syslog.rfc5424(RECORD, 16, 8000)] * 2


async def test_over_tcp_a_line_is_no_longer_than_rsyslog_takes() -> None:
    """Of a longer one it makes two messages, and the second is not hunter's."""
    async with log_server() as server:
        told = replace(RECORD, text="é" * 9000)
        await syslog.send_to_syslog(Place("tcp", "127.0.0.1", server.port), told, 16)

        assert 7000 < len(server.lines[0]) <= 8096


async def test_a_server_that_stays_open_has_it_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every byte was received."""
    monkeypatch.setattr(syslog, "_FAREWELL", 0.1)
    async with log_server("open") as server:
        await syslog.send_to_syslog(Place("tcp", "127.0.0.1", server.port), RECORD, 16)

        assert len(server.lines) == 1


async def test_a_connection_that_breaks_will_pass() -> None:
    """It is tried again."""
    async with log_server("reset") as server:
        with pytest.raises(WillPass, match=r"the log at 127\.0\.0\.1 could not be used"):
            await syslog.send_to_syslog(Place("tcp", "127.0.0.1", server.port), RECORD, 16)


async def test_a_log_that_is_away_will_pass() -> None:
    """A server, or a socket, that is restarted."""
    async with log_server() as server:
        pass
    for where in (Place("tcp", "127.0.0.1", server.port), Place("unix", "/nowhere/socket")):
        with pytest.raises(WillPass):
            await syslog.send_to_syslog(where, RECORD, 16)
    with pytest.raises(WillPass, match="the journal could not be used"):
        await syslog.send_to_journal("/nowhere/socket", RECORD)
