"""What systemd is told of the service: sd_notify(3), one datagram to the socket that it names.

Nothing here ever waits: whoever reads that socket may be busy or hang, and then its queue is full.
"""

import os
import socket
from collections import deque

READY, RELOADING, STOPPING = "READY=1", "RELOADING=1", "STOPPING=1"
ALIVE = "WATCHDOG=1"
_MOST_UNSAID = 8


class Systemd:
    """The way to systemd; without one, nobody is told."""

    def __init__(self) -> None:
        self.address = os.environ.get("NOTIFY_SOCKET", "")
        self.watchdog_seconds = int(os.environ.get("WATCHDOG_USEC", "20000000")) / 2_000_000
        """Half of what systemd allows between two signs of life, or ten seconds."""
        self._unsaid: deque[str] = deque(maxlen=_MOST_UNSAID)

    def say(self, message: str) -> None:
        """Say it after whatever found no room before; a sign of life that finds none is let go."""
        if self.address:
            self._unsaid.append(message)
            self._say_what_is_left()

    def _say_what_is_left(self) -> None:
        while self._unsaid and _send(self._unsaid[0], self.address):
            self._unsaid.popleft()
        if self._unsaid and self._unsaid[-1] == ALIVE:
            self._unsaid.pop()


def _send(message: str, address: str) -> bool:
    """Whether the socket took it; one that is gone, or full, does not."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way:
        way.setblocking(False)
        try:
            way.connect(address.replace("@", "\0", 1) if address.startswith("@") else address)
            way.send(message.encode())
        except OSError:
            return False
    return True
