"""What systemd is told, and that telling it never waits."""

import socket
from pathlib import Path

import pytest

from hunter import systemd
from hunter.systemd import Systemd


@pytest.fixture
def listening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> socket.socket:
    """Where systemd would listen."""
    found = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    found.bind(str(tmp_path / "notify"))
    found.settimeout(10)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    return found


def fill(address: str) -> int:
    """As many datagrams as the socket has room for."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way:
        way.connect(address)
        way.setblocking(False)
        sent = 0
        while True:
            try:
                way.send(b"noise")
            except BlockingIOError:
                return sent
            sent += 1


def test_a_full_socket_is_not_waited_for_and_what_matters_is_said_later(
    listening: socket.socket,
) -> None:
    """In its order; signs of life that found no room are not made up for."""
    with listening:
        told = Systemd()
        noise = fill(told.address)

        for message in (systemd.RELOADING, systemd.ALIVE, systemd.ALIVE, systemd.READY):
            told.say(message)
        assert [listening.recv(100) for _ in range(noise)] == [b"noise"] * noise

        told.say(systemd.ALIVE)
        told.say(systemd.STOPPING)
        heard = [listening.recv(100) for _ in range(4)]
    assert heard == [b"RELOADING=1", b"READY=1", b"WATCHDOG=1", b"STOPPING=1"]


def test_a_socket_that_is_gone_stops_nothing(listening: socket.socket) -> None:
    """A name that was handed down, and nobody behind it."""
    listening.close()
    Path(Systemd().address).unlink()

    Systemd().say(systemd.READY)


def test_without_systemd_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signs of life have a pace all the same: it is that of the watch over the steps."""
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    told = Systemd()

    told.say(systemd.READY)

    assert (told.address, told.watchdog_seconds) == ("", 10)
