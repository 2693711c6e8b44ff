"""The door to logs: syslog over UDP, TCP or a unix socket, and systemd's journal.

Sources: RFC 5424 (format), RFC 5426 (UDP), RFC 6587 3.4.1 (octet counting over TCP), and
systemd.io/JOURNAL_NATIVE_PROTOCOL. The places are the operator's own: no address guard asks.
"""

import asyncio
import fcntl
import re
import socket
import struct
import termios
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath

from hunter.errors import WillPass
from hunter.net.host import host_and_port
from hunter.net.text import clean

JOURNAL = "/run/systemd/journal/socket"

_ENTERPRISE = 32473
"""What RFC 5612 keeps for examples: hunter has no number of its own."""
_SECONDS = 10.0
_FAREWELL = 3.0
_LONGEST = {"udp": 2048, "tcp": 8000, "unix": 8000}
"""rsyslog cuts at 8,096 unless told otherwise, and takes the rest for a message of its own."""
_VALUE_LIMITS = (1000, 250, 60, 15)
_MAX_FIELD = 16_384
_NOT_PRINTED = re.compile(r"[^\x21-\x7e]+")
_PORTS = {"udp": 514, "tcp": 601}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a log is: `kind` is udp, tcp or unix; for unix, `host` is the path."""

    kind: str
    host: str
    port: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a log. `priority` is 0 (emergency) to 7 (debug); `data` is what programs read."""

    at: datetime
    priority: int
    kind: str
    text: str
    data: Sequence[tuple[str, str]] = field(default=())


def place(text: str) -> Place:
    """`udp://HOST[:PORT]`, `tcp://HOST[:PORT]` or the path of a socket; raises ValueError."""
    if text.startswith("/") and PurePosixPath(text).name and text.isprintable():
        return Place("unix", text)
    kind, _, server = text.partition("://")
    try:
        return Place(kind, *host_and_port(server, _PORTS[kind]))
    except (KeyError, ValueError) as error:
        known = "udp://HOST:PORT, tcp://HOST:PORT or the path of a socket"
        raise ValueError(f"{text!r} is no log: write {known}") from error


def rfc5424(record: Record, facility: int, longest: int) -> bytes:
    """The record as one line of syslog, of at most so many bytes; the text is cut first."""
    at = record.at.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00")
    host = _word(socket.gethostname(), 255)
    head = f"<{facility * 8 + record.priority}>1 {at}Z {host} hunter - {_word(record.kind, 32)}"
    text = clean(record.text, longest)
    mark = "" if text.isascii() else "\ufeff"
    line = f"{head} {_structured(record, longest // 2)} {mark}{text}".encode("utf-8", "replace")
    return line[:longest].decode("utf-8", "ignore").encode()


def _structured(record: Record, longest: int) -> str:
    """What programs read; values are shortened until it fits."""
    for limit in _VALUE_LIMITS:
        told = "".join(f' {name}="{_escaped(value, limit)}"' for name, value in record.data)
        if len(told.encode("utf-8", "replace")) <= longest:
            return f"[hunter@{_ENTERPRISE}{told}]"
    return "-"


def _word(text: str, limit: int) -> str:
    return _NOT_PRINTED.sub("_", text)[:limit] or "-"


def _escaped(value: str, limit: int) -> str:
    return re.sub(r'(["\\\]])', r"\\\1", clean(value, limit))


def journal_entry(record: Record) -> bytes:
    """The record as systemd's journal takes it: values with line feeds are counted, not escaped."""
    fields = [
        ("MESSAGE", clean(record.text, _MAX_FIELD)),
        ("PRIORITY", str(record.priority)),
        ("SYSLOG_IDENTIFIER", "hunter"),
        *((f"HUNTER_{name.upper()}", value) for name, value in record.data),
    ]
    return b"".join(_journal_field(name, value) for name, value in fields)


def _journal_field(name: str, value: str) -> bytes:
    content = value[:_MAX_FIELD].encode("utf-8", "replace")
    return name.encode() + b"\n" + struct.pack("<Q", len(content)) + content + b"\n"


async def send_to_journal(path: str, record: Record) -> None:
    """Hand it to the journal; returns when its socket took it. Raises WillPass."""
    await _guarded(_datagram(Place("unix", path), journal_entry(record)), "the journal")


async def send_to_syslog(where: Place, record: Record, facility: int) -> None:
    """Hand it to a syslog server; raises WillPass.

    Over TCP it returns when the server has read to the end; over UDP nobody answers.
    """
    line = rfc5424(record, facility, _LONGEST[where.kind])
    work = _stream(where, line) if where.kind == "tcp" else _datagram(where, line)
    await _guarded(work, f"the log at {where.host}")


async def _guarded(work: Awaitable[None], what: str) -> None:
    try:
        async with asyncio.timeout(_SECONDS):
            await work
    except (OSError, TimeoutError) as error:
        why = clean(str(error)) or "no answer in time"
        raise WillPass(f"{what} could not be used: {why}") from error


async def _datagram(where: Place, content: bytes) -> None:
    loop = asyncio.get_running_loop()
    family: int = socket.AF_UNIX
    address: str | tuple[object, ...] = where.host
    if where.kind == "udp":
        found = await loop.getaddrinfo(where.host, where.port, type=socket.SOCK_DGRAM)
        family, address = found[0][0], found[0][4]
    with socket.socket(family, socket.SOCK_DGRAM) as one:
        one.setblocking(False)
        await loop.sock_connect(one, address)
        await loop.sock_sendall(one, content)


async def _stream(where: Place, line: bytes) -> None:
    reader, writer = await asyncio.open_connection(where.host, where.port)
    try:
        writer.write(b"%d %s" % (len(line), line))
        await writer.drain()
        writer.write_eof()
        await _read_to_its_end(reader, writer)
    finally:
        writer.close()


async def _read_to_its_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A server that reads to the end closes; one that stays open has at least received it all."""
    try:
        async with asyncio.timeout(_FAREWELL):
            while await reader.read(1024):
                pass
    except TimeoutError:
        handle = writer.get_extra_info("socket").fileno()
        (waiting,) = struct.unpack("i", fcntl.ioctl(handle, termios.TIOCOUTQ, b"\0" * 4))
        if waiting:
            raise OSError(f"{waiting} bytes were not received") from None
