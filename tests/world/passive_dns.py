"""DNSDB and CIRCL on loopback, answering as their documentation says."""

import json
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.world.http import HttpServer, Request, Response, http_server

KEY = "d41d8cd98f00b204e9800998ecf8427e"
LOGIN = "hunter:secret"


def row(
    name: str, kind: str, *values: str, first: int, last: int, count: int = 1
) -> dict[str, Any]:
    """One RRset as DNSDB has it; the days are seconds of the epoch."""
    return {
        "rrname": f"{name}.",
        "rrtype": kind,
        "rdata": list(values),
        "time_first": first,
        "time_last": last,
        "count": count,
    }


@dataclass
class PassiveDnsServer:
    """What a test sees: `rows` may be changed, and `trouble` is answered instead of them."""

    rows: Sequence[dict[str, Any]]
    trouble: Response | None = None
    end: dict[str, str] | None = field(default_factory=lambda: {"cond": "succeeded"})
    http: HttpServer = field(init=False)

    @property
    def asked(self) -> list[str]:
        """The paths asked for, in order."""
        return [request.path for request in self.http.requests]

    def respond(self, request: Request) -> Response:
        """DNSDB below /dnsdb/v2/, CIRCL below /pdns/."""
        if self.trouble:
            return self.trouble
        dnsdb = request.path.startswith("/dnsdb/v2/lookup/")
        if dnsdb and request.headers.get("x-api-key") != KEY:
            return Response(403, b"Error: Invalid API key\n")
        basic = f"Basic {b64encode(LOGIN.encode()).decode()}"
        if not dnsdb and request.headers.get("authorization") != basic:
            return Response(401, b"Unauthorized")
        what = request.path.partition("?")[0].rpartition("/")[2]
        found = [row for row in self.rows if what == row["rrname"][:-1] or what in row["rdata"]]
        return self._framed(found, what) if dnsdb else _bare(found)

    def _framed(self, found: Sequence[dict[str, Any]], what: str) -> Response:
        ends = [self.end] if self.end else []
        lines = [{"cond": "begin"}, *({"obj": row} for row in found), *ends]
        kind = {"Content-Type": "application/x-ndjson"}
        return Response(200, "\n".join(map(json.dumps, lines)).encode() + b"\n", kind)


def _bare(found: Sequence[dict[str, Any]]) -> Response:
    lines = [
        {**row, "rrname": row["rrname"][:-1], "rdata": one} for row in found for one in row["rdata"]
    ]
    return Response(200, "\n".join(map(json.dumps, lines)).encode())


@asynccontextmanager
async def passive_dns_server(*rows: dict[str, Any]) -> AsyncIterator[PassiveDnsServer]:
    """Serve the rows at `server.http.url`."""
    server = PassiveDnsServer(rows)
    async with http_server(server.respond) as server.http:
        yield server
