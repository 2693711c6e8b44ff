"""What all tests share: nothing leaves loopback."""

import socket
import sys
from ipaddress import ip_address

import pytest
from hypothesis import settings


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
