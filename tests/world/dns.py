"""An authoritative name server on loopback that can also fail, refuse and be silent."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import TypeAlias, cast

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from tests.world.streams import tcp_server

TTL = 300
_UDP_SIZE = 1232
_MAX_ALIASES = 5


class Trouble(StrEnum):
    """How a name misbehaves instead of answering."""

    SERVFAIL = "SERVFAIL"
    REFUSED = "REFUSED"
    NXDOMAIN = "NXDOMAIN"
    """Also when there are names below it."""
    SILENT = "SILENT"


Records: TypeAlias = Mapping[str, str | Sequence[str]]
"""Record type → its data as a zone file writes it: {"A": "192.0.2.1", "MX": ["10 mx.x.fr."]}; or
trouble with questions of that type alone."""
Names: TypeAlias = Mapping[str, Records | Trouble]
"""Name → records or trouble; `*.wild.fr` answers for all below; any other name is NXDOMAIN."""


class DnsServer:
    """What a test sees of the server: `names` may be changed while it runs."""

    def __init__(self, names: Names, delay: float) -> None:
        self.names: dict[str, Records | Trouble] = dict(names)
        self.delay = delay
        self.questions: list[tuple[str, str]] = []
        self.port = 0

    def count(self, name: str, rrtype: str) -> int:
        """How often that was asked."""
        return self.questions.count((name, rrtype))

    def answer(self, wire: bytes, *, room: int = 65_535) -> bytes | None:
        """The answer to a question as bytes; None for silence."""
        query = dns.message.from_wire(wire)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        rrtype = dns.rdatatype.to_text(question.rdtype)
        self.questions.append((name, rrtype))
        response = dns.message.make_response(query)
        response.flags |= dns.flags.AA | dns.flags.RA
        if self._fill(response, name, rrtype) is Trouble.SILENT:
            return None
        return _packed(response, room)

    def _fill(self, response: dns.message.Message, name: str, rrtype: str) -> Trouble | None:
        for _ in range(_MAX_ALIASES):
            records = self._records(name)
            if isinstance(records, Trouble):
                if records is not Trouble.SILENT:
                    response.set_rcode(dns.rcode.from_text(records.value))
                return records
            if records is None:
                response.set_rcode(dns.rcode.NXDOMAIN)
                return None
            if isinstance(trouble := records.get(rrtype), Trouble):
                response.set_rcode(dns.rcode.from_text(trouble.value))
                return None
            kind = rrtype if rrtype in records or "CNAME" not in records else "CNAME"
            if kind in records:
                response.answer.append(_rrset(name, kind, records[kind]))
            if kind == rrtype:
                return None
            name = _only(records["CNAME"]).rstrip(".").lower()
        return None

    def _records(self, name: str) -> Records | Trouble | None:
        if name in self.names:
            return self.names[name]
        labels = name.split(".")
        for depth in range(1, len(labels)):
            wildcard = ".".join(("*", *labels[depth:]))
            if wildcard in self.names:
                return self.names[wildcard]
        holds_others = any(other.endswith("." + name) for other in self.names)
        return {} if holds_others else None


def _only(data: str | Sequence[str]) -> str:
    return data if isinstance(data, str) else data[0]


def _rrset(name: str, kind: str, data: str | Sequence[str]) -> dns.rrset.RRset:
    lines = [data] if isinstance(data, str) else list(data)
    return dns.rrset.from_text(dns.name.from_text(name), TTL, dns.rdataclass.IN, kind, *lines)


def _packed(response: dns.message.Message, room: int) -> bytes:
    try:
        return response.to_wire(max_size=room)
    except dns.exception.TooBig:
        response.answer.clear()
        response.flags |= dns.flags.TC
        return response.to_wire()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, server: DnsServer) -> None:
        self.server = server
        self.transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        answer = self.server.answer(data, room=_UDP_SIZE)
        if answer is None:
            return
        if self.server.delay:
            asyncio.get_running_loop().call_later(self.server.delay, self._send, answer, addr)
        else:
            self._send(answer, addr)

    def _send(self, answer: bytes, addr: tuple[str, int]) -> None:
        assert self.transport is not None
        if not self.transport.is_closing():
            self.transport.sendto(answer, addr)


@asynccontextmanager
async def dns_server(names: Names, *, delay: float = 0.0) -> AsyncIterator[DnsServer]:
    """Serve `names` on 127.0.0.1 at `server.port`; every answer waits `delay` seconds."""
    server = DnsServer(names, delay)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            size = int.from_bytes(await reader.readexactly(2), "big")
            answer = server.answer(await reader.readexactly(size))
            if answer is not None:
                writer.write(len(answer).to_bytes(2, "big") + answer)

    async with tcp_server(talk) as server.port:
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: _Datagrams(server), local_addr=("127.0.0.1", server.port)
        )
        try:
            yield server
        finally:
            transport.close()
