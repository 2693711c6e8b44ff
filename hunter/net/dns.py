"""The door to DNS: single questions and sweeps, with "could not tell" as an answer of its own.

The only user of pycares. c-ares keeps every answer until its channel is closed, for up to an hour
when the answer is empty, and that cannot be switched off. Hunter asks again to see what changed, so
that a channel works a short shift only and is then replaced.

Of a server that answered three questions fast, as from memory, c-ares expects the next answer in
a quarter of a second, whatever time-out it was given: a name that takes longer is asked again, by
hunter and not by c-ares, after pauses that grow: a silent server gets five questions, not twelve.

c-ares answers from a thread of its own: handing answers over in bunches instead of waking the loop
for each, as aiodns does, halves the processor time.
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

import pycares
from pycares import errno

from hunter.net.dns_turns import Turns
from hunter.net.text import clean

_SHIFT_QUESTIONS = 20_000
_SHIFT_SECONDS = 1.0
_FIRST_PAUSE = 0.5
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

_GIVEN_UP = DnsAnswer(DnsStatus.UNKNOWN, reason="the question was given up")

# c-ares and pycares raise, each in its own way, for what is no name at all.
_NAME = re.compile(r"(?!.{254})[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", re.IGNORECASE | re.ASCII)
_SILENCE = "no answer from the name server in time"
_REASONS: Mapping[int, str] = {
    errno.ARES_EBADNAME: "the name is not one that can be asked for",
    errno.ARES_ESERVFAIL: "the name server failed (SERVFAIL)",
    errno.ARES_EREFUSED: "the name server refused to answer",
    errno.ARES_ETIMEOUT: _SILENCE,
    errno.ARES_ECONNREFUSED: "the name server cannot be reached",
}


_FAILURES = (errno.ARES_ESERVFAIL, errno.ARES_EREFUSED, errno.ARES_ECONNREFUSED)


class DnsDoor:
    """Asks name servers; none given means those of the system.

    `servers` are addresses, with `port` unless they carry one (`127.0.0.1:5353`, `[::1]:53`).
    One that fails is asked `tries` times; a silent one is waited for so often `timeout` seconds.
    At most `in_flight` questions wait at once.
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
        self._options: dict[str, Any] = {"timeout": timeout, "tries": 1}
        self._patience, self._tries = timeout * tries, tries
        self._in_flight = in_flight
        self._asked = 0
        self._turns: Turns[_Question] = Turns()
        self._shifts: list[_Shift] = []  # The last is at work, the others wait for answers.

    def servers(self) -> tuple[str, ...]:
        """Whom it asks, each with its port; those of the system where none were given."""
        return self._servers or tuple(pycares.Channel().servers)

    def ask(self, name: str, rrtype: str) -> "asyncio.Future[DnsAnswer]":
        """What the name servers say now; never raises for anything they do.

        Called on the loop. A future and no coroutine: who asks six questions about each of
        hundreds of domains needs no task for every one.
        """
        future: asyncio.Future[DnsAnswer] = asyncio.get_running_loop().create_future()
        if _NAME.fullmatch(name):
            self._turns.add(_Question(name, rrtype, future=future))
            self._ask_on()
        else:
            future.set_result(_answer(None, errno.ARES_EBADNAME, rrtype))
        return future

    def _ask_on(self) -> None:
        """Ask what is queued, as far as questions may wait at once."""
        while self._asked < self._in_flight and (question := self._turns.take()):
            # Whoever was cancelled does not wait any more.
            if question.is_given_up():
                self._turns.let_on(question.name)
            else:
                self._ask_one(question)

    def _ask_one(self, question: "_Question") -> None:
        try:
            shift = self._on_shift()
        except pycares.AresError as error:
            why = f"the question could not be asked: {clean(str(error.args[-1]))}"
            question.give(DnsAnswer(DnsStatus.UNKNOWN, reason=why))
            self._turns.let_on(question.name)
        else:
            self._asked += 1
            shift.ask(question)

    def _answered(self, told: "list[_Told]") -> None:
        self._asked -= len(told)
        for question, answer in told:
            self._turns.heard(question.name, silent=answer.reason == _SILENCE)
        self._end_idle()
        self._ask_on()

    async def sweep(self, questions: Iterable[tuple[str, str]]) -> AsyncIterator[Answered]:
        """Ask many (name, type); yields (name, type, answer) in the order the answers come."""
        waiting = iter(questions)
        while batch := tuple(islice(waiting, _SHIFT_QUESTIONS)):
            async with aclosing(self._sweep_one_shift(batch)) as answers:
                async for answered in answers:
                    yield answered

    async def close(self) -> None:
        """Give up what is still waiting; those who wait get UNKNOWN."""
        for question in self._turns.clear():
            question.give(_GIVEN_UP)
        while self._shifts:
            shift = self._shifts.pop()
            self._asked -= len(shift.waiting)
            shift.close()

    def _on_shift(self) -> "_Shift":
        if not self._shifts or self._shifts[-1].over():
            self._shifts.append(_Shift(self._post, self._answered))
            self._end_idle()
        return self._shifts[-1]

    def _end_idle(self) -> None:
        for shift in [one for one in self._shifts[:-1] if not one.waiting]:
            self._shifts.remove(shift)
            shift.close()

    async def _sweep_one_shift(
        self, batch: tuple[tuple[str, str], ...]
    ) -> AsyncGenerator[Answered, None]:
        bell = asyncio.Event()
        post = self._post(bell.set)
        waiting = 0
        try:
            for name, rrtype in batch:
                while waiting >= self._in_flight:
                    for asked, answer in await _bunch(post, bell):
                        waiting -= 1
                        yield asked.name, asked.rrtype, answer
                post.ask(_Question(name, rrtype))
                waiting += 1
            while waiting:
                for asked, answer in await _bunch(post, bell):
                    waiting -= 1
                    yield asked.name, asked.rrtype, answer
        finally:
            post.close()

    def _post(self, ring: Callable[[], None]) -> "_Post":
        channel = pycares.Channel(
            servers=self._servers or None,
            socket_receive_buffer_size=_RECEIVE_BUFFER,
            **self._options,
        )
        return _Post(channel, self._patience, self._tries, ring)


async def _bunch(post: "_Post", bell: asyncio.Event) -> "list[_Told]":
    """The answers that have come, at least one unless the bell rang late."""
    await bell.wait()
    bell.clear()
    return post.bunch()


@dataclass(slots=True, eq=False)
class _Question:
    name: str
    rrtype: str
    patient_until: float = 0.0
    asked_again: int = 0
    answered: bool = False
    future: "asyncio.Future[DnsAnswer] | None" = None
    """Who waits for the answer to this one."""

    def is_given_up(self) -> bool:
        return self.future is not None and self.future.done()

    def give(self, answer: DnsAnswer) -> None:
        if self.future is not None and not self.future.done():
            self.future.set_result(answer)


_Told: TypeAlias = tuple[_Question, DnsAnswer]


class _Post:
    """Questions and answers of one channel; the answers are collected in bunches."""

    def __init__(
        self, channel: pycares.Channel, patience: float, tries: int, ring: Callable[[], None]
    ) -> None:
        """`ring` is called on the loop when answers have come that nobody heard of yet."""
        self._channel, self._patience, self._tries, self._ring = channel, patience, tries, ring
        self._loop = asyncio.get_running_loop()
        self._come: deque[tuple[_Question, pycares.DNSResult | None, int | None]] = deque()
        self._rung = self._closed = False

    def ask(self, question: _Question) -> None:
        question.patient_until = self._loop.time() + self._patience
        self._send(question)

    def _send(self, question: _Question) -> None:
        if self._closed:
            return
        question.answered = False
        take = partial(self._take, question)
        if not _NAME.fullmatch(question.name):
            take(None, errno.ARES_EBADNAME)
            return
        try:
            self._channel.query(question.name, _TYPES[question.rrtype], callback=take)
        except pycares.AresError as error:
            take(None, error.args[0])

    def _take(
        self, question: _Question, result: pycares.DNSResult | None, error: int | None
    ) -> None:
        """Called by c-ares' thread. One ring is enough for all that comes before it is heard."""
        if question.answered:
            # An error that is raised may have been handed over before.
            return
        question.answered = True
        self._come.append((question, result, error))
        if not self._rung:
            self._rung = True
            self._loop.call_soon_threadsafe(self._ring)

    def bunch(self) -> list[_Told]:
        """The answers that have come."""
        # In this order: what comes while the answers are read rings again.
        self._rung = self._closed
        bunch: list[_Told] = []
        while self._come:
            asked, result, error = self._come.popleft()
            if not self._asks_again(asked, error):
                bunch.append((asked, _answer(result, error, asked.rrtype)))
        return bunch

    def _asks_again(self, asked: _Question, error: int | None) -> bool:
        left = asked.patient_until - self._loop.time()
        if error == errno.ARES_ETIMEOUT and left > 0:
            pause = min(_FIRST_PAUSE * 2**asked.asked_again, left)
        elif error in _FAILURES and asked.asked_again < self._tries - 1:
            pause = 0.0
        else:
            return False
        asked.asked_again += 1
        self._loop.call_later(pause, self._send, asked)
        return True

    def close(self) -> None:
        """Give up what waits. Nobody listens to the bell any more, so that it must not ring."""
        self._rung = self._closed = True
        self._channel.close()


class _Shift:
    """One channel for single questions, who waits for it, and how long it has been at work."""

    def __init__(
        self,
        open_post: "Callable[[Callable[[], None]], _Post]",
        answered: "Callable[[list[_Told]], None]",
    ) -> None:
        """`answered` is told which answers have just been given."""
        self._post = open_post(self._deliver)
        self._answered = answered
        self._asked = 0
        self._ends = time.monotonic() + _SHIFT_SECONDS
        self.waiting: set[_Question] = set()

    def over(self) -> bool:
        return self._asked >= _SHIFT_QUESTIONS or time.monotonic() >= self._ends

    def ask(self, question: _Question) -> None:
        self._asked += 1
        self.waiting.add(question)
        self._post.ask(question)

    def _deliver(self) -> None:
        # What was given up as the channel closed has been told, and counted.
        told = [one for one in self._post.bunch() if one[0] in self.waiting]
        for question, answer in told:
            self._tell(question, answer)
        self._answered(told)

    def _tell(self, question: _Question, answer: DnsAnswer) -> None:
        self.waiting.discard(question)
        question.give(answer)

    def close(self) -> None:
        """Give up what waits."""
        self._post.close()
        for question in tuple(self.waiting):
            self._tell(question, _GIVEN_UP)


def _with_port(server: str, port: int) -> str:
    try:
        address = ip_address(server)
    except ValueError:
        return server
    return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"  # noqa: PLR2004


def _answer(result: pycares.DNSResult | None, error: int | None, rrtype: str) -> DnsAnswer:
    if result is not None:
        return _found(result, rrtype)
    if error == errno.ARES_ENOTFOUND:
        return DnsAnswer(DnsStatus.ABSENT)
    if error == errno.ARES_ENODATA:
        return DnsAnswer(DnsStatus.EMPTY)
    reason = _REASONS.get(error or 0, f"the question failed (c-ares error {error})")
    return DnsAnswer(DnsStatus.UNKNOWN, reason=reason)


def _found(result: pycares.DNSResult, rrtype: str) -> DnsAnswer:
    kind, reading = _TYPES[rrtype], _READINGS[rrtype]
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
    **dict.fromkeys(("A", "AAAA"), lambda data: data.addr),
    "NS": lambda data: _host(data.nsdname),
    "MX": lambda data: f"{data.priority} {_host(data.exchange)}",
    "SOA": lambda data: f"{_host(data.mname)} {_host(data.rname)} {data.serial}",
    "TXT": _txt,
    "CNAME": lambda data: _host(data.cname),
    "PTR": lambda data: _host(data.dname),
}
"""Each record type in the one form that is compared and kept."""
_TYPES: Mapping[str, int] = {kind: getattr(pycares, f"QUERY_TYPE_{kind}") for kind in _READINGS}
