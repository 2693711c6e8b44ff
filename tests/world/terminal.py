"""The command line at a terminal of a given width."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from contextlib import suppress


def at_a_terminal(columns: int, *arguments: str) -> list[str]:
    """Run one command to its end; the lines that the terminal got."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    hidden = ("COLUMNS", "LINES")
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    command = [sys.executable, "-m", "hunter", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        told = _whole(ours)
    os.close(ours)
    return told.decode().replace("\r\n", "\n").splitlines()


def _whole(terminal: int) -> bytes:
    """All that is written there until nobody has it open any more, which Linux tells as EIO."""
    told = b""
    with suppress(OSError):
        while part := os.read(terminal, 65_536):
            told += part
    return told
