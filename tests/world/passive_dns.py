"""DNSDB and CIRCL on loopback, answering as their documentation says."""

import json
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import parse_qs

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
    page: int = 1000
    """How many rows CIRCL puts on a page, whatever is asked for."""
    errors: str = ""
    """What CIRCL tells in its header of errors."""
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
        path, _, query = request.path.partition("?")
        if not dnsdb:
            what = path.rpartition("/")[2]
            there = [row for row in self.rows if what == row["rrname"][:-1] or what in row["rdata"]]
            return self._paged(there, request)
        found = _looked_up(self.rows, path.removeprefix("/dnsdb/v2/lookup/").split("/"))
        after = int(parse_qs(query).get("time_last_after", ["0"])[0])
        limit = int(parse_qs(query)["limit"][0])
        kept = [row for row in found if row["time_last"] > after]
        return self._framed(kept[:limit], limited=len(kept) > limit)

    def _paged(self, found: Sequence[dict[str, Any]], request: Request) -> Response:
        """CIRCL's version 2: a cursor in the headers while there are more."""
        start = int(request.headers.get("dribble-paginate-cursor", "0"))
        answer, end = _bare(found[start : start + self.page]), start + self.page
        more = {"x-dribble-cursor": str(end)} if end < len(found) else {}
        errors = {"x-dribble-errors": self.errors} if self.errors else {}
        return replace(answer, headers={**more, **errors})

    def _framed(self, found: Sequence[dict[str, Any]], *, limited: bool) -> Response:
        end = {"cond": "limited", "msg": "Result limit reached"} if limited else self.end
        ends = [end] if end else []
        lines = [{"cond": "begin"}, *({"obj": row} for row in found), *ends]
        kind = {"Content-Type": "application/x-ndjson"}
        return Response(200, "\n".join(map(json.dumps, lines)).encode() + b"\n", kind)


def _looked_up(rows: Sequence[dict[str, Any]], asked: Sequence[str]) -> list[dict[str, Any]]:
    """`rrset/name/NAME`, `rdata/ip/ADDRESS[,LENGTH]` or `rdata/name/[*.]NAME/TYPE`."""
    side, kind, value, *types = asked
    if side == "rrset":
        return [row for row in rows if row["rrname"] == f"{value}."]
    if kind == "ip":
        network = ip_network(value.replace(",", "/"))
        addresses = [row for row in rows if row["rrtype"] in {"A", "AAAA"}]
        return [row for row in addresses if any(ip_address(a) in network for a in row["rdata"])]
    servers = [row for row in rows if row["rrtype"] in types]
    return [row for row in servers if any(fnmatch(a, value) for a in row["rdata"])]


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
