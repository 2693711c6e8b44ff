"""The door to DNS: single questions and sweeps, with "could not tell" as an answer of its own.

The only user of aiodns. c-ares keeps every answer until its channel is closed, for up to an hour
when the answer is empty, and neither aiodns nor pycares can switch that off. Hunter asks again to
see what changed, so that a resolver works a short shift only and is then replaced.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from ipaddress import ip_address
from itertools import islice
from typing import Any, TypeAlias

import aiodns
import pycares
from aiodns.error import (
    ARES_ECONNREFUSED,
    ARES_ENODATA,
    ARES_ENOTFOUND,
    ARES_EREFUSED,
    ARES_ESERVFAIL,
    ARES_ETIMEOUT,
)

from hunter.net.text import clean

_SHIFT_QUESTIONS = 20_000
_SHIFT_SECONDS = 1.0
_RECEIVE_BUFFER = 1 << 20
_MAX_RECORDS = 50
_MAX_TXT = 4000
_MAX_HOST = 253


class DnsStatus(StrEnum):
    """What an answer says of a name."""

    FOUND = "found"
    EMPTY = "empty"
    """The name exists and has no record of that type."""
    ABSENT = "absent"
    """NXDOMAIN: the name, or the one that its alias points to, does not exist."""
    UNKNOWN = "unknown"
    """Refused, failed or silent: nothing follows from it."""


@dataclass(frozen=True, slots=True)
class DnsAnswer:
    """An answer, its records as text; `reason` says why it is UNKNOWN."""

    status: DnsStatus
    records: tuple[str, ...] = ()
    reason: str = ""


Answered: TypeAlias = tuple[str, str, DnsAnswer]

_REASONS: Mapping[int, str] = {
    ARES_ESERVFAIL: "the name server failed (SERVFAIL)",
    ARES_EREFUSED: "the name server refused to answer",
    ARES_ETIMEOUT: "no answer from the name server in time",
    ARES_ECONNREFUSED: "the name server cannot be reached",
}


class _Shift:
    """One resolver, and how long it has been at work."""

    def __init__(self, resolver: aiodns.DNSResolver) -> None:
        self.resolver = resolver
        self.asked = 0
        self.waiting = 0
        self._ends = time.monotonic() + _SHIFT_SECONDS

    def over(self) -> bool:
        return self.asked >= _SHIFT_QUESTIONS or time.monotonic() >= self._ends


class DnsDoor:
    """Asks name servers; none given means those of the system.

    `servers` are addresses, with `port` unless they carry one (`127.0.0.1:5353`, `[::1]:53`).
    `timeout` is in seconds for the first of `tries`; at most `in_flight` questions wait at once.
    """

    def __init__(
        self,
        servers: tuple[str, ...] = (),
        port: int = 53,
        timeout: float = 3.0,
        tries: int = 2,
        in_flight: int = 500,
    ) -> None:
        self._servers = tuple(_with_port(server, port) for server in servers)
        self._timeout = timeout
        self._tries = tries
        self._in_flight = in_flight
        self._turns = asyncio.Semaphore(in_flight)
        self._shift: _Shift | None = None

    async def ask(self, name: str, rrtype: str) -> DnsAnswer:
        """What the name servers say now; never raises for anything they do."""
        async with self._turns:
            shift = await self._on_shift()
            shift.asked += 1
            shift.waiting += 1
            try:
                future = shift.resolver.query_dns(name, rrtype)
                await asyncio.wait((future,))
                return _read(future, rrtype)
            finally:
                shift.waiting -= 1
                if shift is not self._shift and not shift.waiting:
                    await shift.resolver.close()

    async def sweep(self, questions: Iterable[tuple[str, str]]) -> AsyncIterator[Answered]:
        """Ask many (name, type); yields (name, type, answer) in the order the answers come."""
        waiting = iter(questions)
        while batch := tuple(islice(waiting, _SHIFT_QUESTIONS)):
            async with aclosing(self._sweep_one_shift(batch)) as answers:
                async for answered in answers:
                    yield answered

    async def close(self) -> None:
        """Give up what is still waiting; those who wait get UNKNOWN."""
        shift, self._shift = self._shift, None
        if shift is not None:
            await shift.resolver.close()

    async def _on_shift(self) -> _Shift:
        last = self._shift
        if last is not None and not last.over():
            return last
        self._shift = _Shift(self._resolver())
        if last is not None and not last.waiting:
            await last.resolver.close()
        return self._shift

    async def _sweep_one_shift(
        self, batch: tuple[tuple[str, str], ...]
    ) -> AsyncGenerator[Answered, None]:
        resolver = self._resolver()
        done: asyncio.Queue[Answered] = asyncio.Queue()
        waiting = 0
        try:
            for name, rrtype in batch:
                if waiting >= self._in_flight:
                    yield await done.get()
                    waiting -= 1
                future = resolver.query_dns(name, rrtype)
                future.add_done_callback(partial(_hand_over, done, name, rrtype))
                waiting += 1
            for _ in range(waiting):
                yield await done.get()
        finally:
            await resolver.close()

    def _resolver(self) -> aiodns.DNSResolver:
        return aiodns.DNSResolver(
            nameservers=self._servers or None,
            timeout=self._timeout,
            tries=self._tries,
            socket_receive_buffer_size=_RECEIVE_BUFFER,
        )


def _with_port(server: str, port: int) -> str:
    try:
        address = ip_address(server)
    except ValueError:
        return server
    return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"  # noqa: PLR2004


def _hand_over(
    done: asyncio.Queue[Answered], name: str, rrtype: str, future: asyncio.Future[pycares.DNSResult]
) -> None:
    done.put_nowait((name, rrtype, _read(future, rrtype)))


def _read(future: asyncio.Future[pycares.DNSResult], rrtype: str) -> DnsAnswer:
    if future.cancelled():
        return DnsAnswer(DnsStatus.UNKNOWN, reason="the question was given up")
    error = future.exception()
    if error is None:
        return _found(future.result(), rrtype)
    code = error.args[0] if error.args else None
    if code == ARES_ENOTFOUND:
        return DnsAnswer(DnsStatus.ABSENT)
    if code == ARES_ENODATA:
        return DnsAnswer(DnsStatus.EMPTY)
    reason = _REASONS.get(code) if isinstance(code, int) else None
    return DnsAnswer(DnsStatus.UNKNOWN, reason=reason or clean(f"no answer: {error.args[-1:]}"))


def _found(result: pycares.DNSResult, rrtype: str) -> DnsAnswer:
    kind, reading = aiodns.query_type_map[rrtype], _READINGS[rrtype]
    wanted = [record.data for record in result.answer if record.type == kind]
    records = dict.fromkeys(reading(data) for data in wanted[:_MAX_RECORDS])
    status = DnsStatus.FOUND if records else DnsStatus.EMPTY
    return DnsAnswer(status, tuple(records))


def _host(name: str) -> str:
    """Lower case without the trailing dot; the root itself is `.`."""
    return clean(name, _MAX_HOST).lower().removesuffix(".") or "."


def _txt(data: pycares.TXTRecordData) -> str:
    return clean(data.data.decode("utf-8", "replace"), _MAX_TXT)


_READINGS: Mapping[str, Callable[[Any], str]] = {
    "A": lambda data: data.addr,
    "AAAA": lambda data: data.addr,
    "NS": lambda data: _host(data.nsdname),
    "MX": lambda data: f"{data.priority} {_host(data.exchange)}",
    "SOA": lambda data: f"{_host(data.mname)} {_host(data.rname)} {data.serial}",
    "TXT": _txt,
    "CNAME": lambda data: _host(data.cname),
    "PTR": lambda data: _host(data.dname),
}
"""Each record type in the one form that is compared and kept."""
