"""What all tests share: nothing leaves loopback, and a store is empty."""

import socket
import sys
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import settings

from hunter import pipeline
from hunter.replay import SetClock
from hunter.store import Store, together
from tests.world.hunting import START, World


def _only_loopback(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not _is_loopback(str(address[0])):
        raise RuntimeError(f"a test tried to reach {address}")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"


sys.addaudithook(_only_loopback)

# A slow machine is no fault of the program: no property test asserts a time.
settings.register_profile("hunter", deadline=None)
settings.load_profile("hunter")


@pytest.fixture(autouse=True)
def _sockets_without_time_out() -> None:
    """Undo what a test module did that imported dnstwist: it sets one for the whole process."""
    socket.setdefaulttimeout(None)


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody comes whom a write or a round of judging would have to wait for."""
    monkeypatch.setattr(together, "_PAUSE", 0.0)
    monkeypatch.setattr(pipeline, "_LETS_IN", 0.0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store(tmp_path / "hunter.db") as opened:
        yield opened


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which nothing happens yet."""
    return World().install(monkeypatch)


@pytest.fixture
def clock() -> SetClock:
    """Stands still until it is set."""
    return SetClock(START)
