"""The door to DNS: single questions and sweeps, with "could not tell" as an answer of its own.

The only user of aiodns. c-ares keeps every answer until its channel is closed, for up to an hour
when the answer is empty, and neither aiodns nor pycares can switch that off. Hunter asks again to
see what changed, so that a resolver works a short shift only and is then replaced.

Sweeps go to pycares, which aiodns stands on: c-ares answers from a thread of its own, and handing
answers over in bunches instead of waking the loop for each saves a third of the processor time.
"""

import asyncio
import re
import time
from collections import deque
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
    ARES_EBADNAME,
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
_FAREWELL_SECONDS = 1.0
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

# c-ares and pycares raise, each in its own way, for what is no name at all.
_NAME = re.compile(r"(?!.{254})[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", re.IGNORECASE | re.ASCII)
_REASONS: Mapping[int, str] = {
    ARES_EBADNAME: "the name is not one that can be asked for",
    ARES_ESERVFAIL: "the name server failed (SERVFAIL)",
    ARES_EREFUSED: "the name server refused to answer",
    ARES_ETIMEOUT: "no answer from the name server in time",
    ARES_ECONNREFUSED: "the name server cannot be reached",
}


class _Shift:
    """One resolver, what waits for it, and how long it has been at work."""

    def __init__(self, resolver: aiodns.DNSResolver) -> None:
        self._resolver = resolver
        self._asked = 0
        self._ends = time.monotonic() + _SHIFT_SECONDS
        self.waiting: set[asyncio.Future[pycares.DNSResult]] = set()

    def over(self) -> bool:
        return self._asked >= _SHIFT_QUESTIONS or time.monotonic() >= self._ends

    def ask(self, name: str, rrtype: str) -> asyncio.Future[pycares.DNSResult]:
        self._asked += 1
        future = self._resolver.query_dns(name, rrtype)
        self.waiting.add(future)
        future.add_done_callback(self.waiting.discard)
        return future

    async def close(self) -> None:
        """Give up what waits. It is told so by another thread, which must find the loop running."""
        await self._resolver.close()
        if self.waiting:
            await asyncio.wait(tuple(self.waiting), timeout=_FAREWELL_SECONDS)


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
        self._options: dict[str, Any] = {
            "timeout": timeout,
            "tries": tries,
            "socket_receive_buffer_size": _RECEIVE_BUFFER,
        }
        self._in_flight = in_flight
        self._turns = asyncio.Semaphore(in_flight)
        self._shift: _Shift | None = None

    async def ask(self, name: str, rrtype: str) -> DnsAnswer:
        """What the name servers say now; never raises for anything they do."""
        if not _NAME.fullmatch(name):
            return _answer(None, ARES_EBADNAME, rrtype)
        async with self._turns:
            shift = await self._on_shift()
            future = shift.ask(name, rrtype)
            await asyncio.wait((future,))
            if shift is not self._shift and not shift.waiting:
                await shift.close()
            return _read(future, rrtype)

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
            await shift.close()

    async def _on_shift(self) -> _Shift:
        last = self._shift
        if last is not None and not last.over():
            return last
        shift = self._shift = self._new_shift()
        if last is not None and not last.waiting:
            await last.close()
        return shift

    async def _sweep_one_shift(
        self, batch: tuple[tuple[str, str], ...]
    ) -> AsyncGenerator[Answered, None]:
        post = _Post(pycares.Channel(servers=self._servers or None, **self._options))
        try:
            for name, rrtype in batch:
                while post.waiting >= self._in_flight:
                    for answered in await post.bunch():
                        yield answered
                post.ask(name, rrtype)
            while post.waiting:
                for answered in await post.bunch():
                    yield answered
        finally:
            post.close()

    def _new_shift(self) -> _Shift:
        return _Shift(aiodns.DNSResolver(nameservers=self._servers or None, **self._options))


@dataclass(slots=True)
class _Question:
    name: str
    rrtype: str
    answered: bool = False


class _Post:
    """Questions and answers of one channel; the answers are collected in bunches."""

    def __init__(self, channel: pycares.Channel) -> None:
        self._channel = channel
        self._loop = asyncio.get_running_loop()
        self._come: deque[tuple[_Question, pycares.DNSResult | None, int | None]] = deque()
        self._bell = asyncio.Event()
        self._rung = False
        self.waiting = 0

    def ask(self, name: str, rrtype: str) -> None:
        self.waiting += 1
        question = _Question(name, rrtype)
        take = partial(self._take, question)
        if not _NAME.fullmatch(name):
            take(None, ARES_EBADNAME)
            return
        try:
            self._channel.query(name, aiodns.query_type_map[rrtype], callback=take)
        except pycares.AresError as error:
            take(None, error.args[0])

    def _take(
        self, question: "_Question", result: pycares.DNSResult | None, error: int | None
    ) -> None:
        """Called by c-ares' thread. One ring is enough for all that comes before it is heard."""
        if question.answered:
            # An error that is raised may have been handed over before.
            return
        question.answered = True
        self._come.append((question, result, error))
        if not self._rung:
            self._rung = True
            self._loop.call_soon_threadsafe(self._bell.set)

    async def bunch(self) -> list[Answered]:
        """The answers that have come, at least one unless the bell rang late."""
        await self._bell.wait()
        self._bell.clear()
        # In this order: what comes while the answers are read rings again.
        self._rung = False
        bunch: list[Answered] = []
        while self._come:
            asked, result, error = self._come.popleft()
            bunch.append((asked.name, asked.rrtype, _answer(result, error, asked.rrtype)))
        self.waiting -= len(bunch)
        return bunch

    def close(self) -> None:
        """Give up what waits. Nobody listens to the bell any more, so that it must not ring."""
        self._rung = True
        self._channel.close()


def _with_port(server: str, port: int) -> str:
    try:
        address = ip_address(server)
    except ValueError:
        return server
    return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"  # noqa: PLR2004


def _read(future: asyncio.Future[pycares.DNSResult], rrtype: str) -> DnsAnswer:
    if future.cancelled():
        return DnsAnswer(DnsStatus.UNKNOWN, reason="the question was given up")
    error = future.exception()
    return _answer(None, error.args[0], rrtype) if error else _answer(future.result(), None, rrtype)


def _answer(result: pycares.DNSResult | None, error: int | None, rrtype: str) -> DnsAnswer:
    if result is not None:
        return _found(result, rrtype)
    if error == ARES_ENOTFOUND:
        return DnsAnswer(DnsStatus.ABSENT)
    if error == ARES_ENODATA:
        return DnsAnswer(DnsStatus.EMPTY)
    reason = _REASONS.get(error or 0, f"the question failed (c-ares error {error})")
    return DnsAnswer(DnsStatus.UNKNOWN, reason=reason)


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
