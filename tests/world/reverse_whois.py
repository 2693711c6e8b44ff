"""DomainTools Iris Investigate and WhoisXML on loopback, answering as their documentation says."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.world.http import HttpServer, Request, Response, http_server

KEY = "at_0123456789abcdef"


@dataclass
class ReverseWhoisServer:
    """What a test sees: who holds which domains, and what is answered instead."""

    holders: dict[str, Sequence[str]]
    page: int = 100
    trouble: Response | None = None
    http: HttpServer = field(init=False)

    @property
    def asked(self) -> list[tuple[str, str]]:
        """(value, place to go on from) of every question, in order."""
        return [self._question(request) for request in self.http.requests]

    def _question(self, request: Request) -> tuple[str, str]:
        if request.method == "GET":
            query = parse_qs(urlsplit(request.path).query)
            value = next(
                query[name][0]
                for name in ("email", "registrant", "registrant_org", "nameserver_host")
                if name in query
            )
            return value, query.get("position", [""])[0]
        body = json.loads(request.body)
        return body["advancedSearchTerms"][0]["term"], body.get("searchAfter", "")

    def respond(self, request: Request) -> Response:
        """Iris for GET, WhoisXML for POST."""
        key = request.headers.get(
            "x-api-key" if request.method == "GET" else "x-authentication-token"
        )
        if self.trouble:
            return self.trouble
        if key != KEY:
            return Response(401 if request.method == "GET" else 403, b'{"code": 403}')
        value, further = self._question(request)
        held = self.holders.get(value, ())
        start = int(further or 0)
        some, end = held[start : start + self.page], start + self.page
        onwards = str(end) if end < len(held) else None
        tell = _iris if request.method == "GET" else _whoisxml
        return Response(200, json.dumps(tell(some, len(held), onwards)).encode())


def _iris(some: Sequence[str], total: int, onwards: str | None) -> Mapping[str, Any]:
    further = {"position": onwards} if onwards else {}
    return {
        "response": {
            "limit_exceeded": False,
            "has_more_results": bool(onwards),
            "message": "Enjoy your data.",
            "results_count": len(some),
            "total_count": total,
            "results": [{"domain": name, "registrant_contact": {}} for name in some],
            **further,
        }
    }


def _whoisxml(some: Sequence[str], total: int, onwards: str | None) -> Mapping[str, Any]:
    return {"nextPageSearchAfter": onwards, "domainsCount": total, "domainsList": list(some)}


@asynccontextmanager
async def reverse_whois_server(
    holders: Mapping[str, Sequence[str]],
) -> AsyncIterator[ReverseWhoisServer]:
    """Serve what the holders hold at `server.http.url`."""
    server = ReverseWhoisServer(dict(holders))
    async with http_server(server.respond) as server.http:
        yield server
