"""An RDAP server on loopback with its own bootstrap, and realistic answers for it (RFC 9083)."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

from tests.world.http import HttpServer, Request, Response, http_server

JSON_TYPE = "application/rdap+json"
Answer: TypeAlias = "dict[str, Any] | int | Response"
"""An RDAP object, a bare status, or any response at all."""


class RdapServer:
    """What a test sees of the server: `answers` (domain → answer) may be changed while it runs."""

    def __init__(self, answers: Mapping[str, Answer], delay: float) -> None:
        self.answers: dict[str, Answer] = dict(answers)
        self.delay = delay
        self.http: HttpServer

    @property
    def url(self) -> str:
        """The base that `domain/NAME` is appended to."""
        return f"{self.http.url}/"

    @property
    def bootstrap_url(self) -> str:
        """A bootstrap file in IANA's form that names this server for all its domains."""
        return f"{self.http.url}/dns.json"

    @property
    def most_at_once(self) -> int:
        """How many requests were being answered at the same time, at most."""
        return self.http.most_at_once

    @property
    def asked(self) -> list[str]:
        """The domains asked for, in order."""
        paths = [request.path for request in self.http.requests]
        return [path.removeprefix("/domain/") for path in paths if path.startswith("/domain/")]

    def respond(self, request: Request) -> Response:
        """The response to one request."""
        if request.path == "/dns.json":
            return _json(self._bootstrap())
        answer = self.answers.get(request.path.removeprefix("/domain/").lower(), 404)
        if isinstance(answer, Response):
            return answer
        if isinstance(answer, int):
            return _json({"errorCode": answer, "title": "no"}, answer, self.delay)
        return _json(answer, 200, self.delay)

    def _bootstrap(self) -> dict[str, Any]:
        endings = sorted({name.rpartition(".")[2] for name in self.answers})
        return {"version": "1.0", "services": [[endings, [self.url]]]}


def _json(answer: object, status: int = 200, delay: float = 0.0) -> Response:
    return Response(status, json.dumps(answer).encode(), {"Content-Type": JSON_TYPE}, delay)


def contact(role: str, *, jscard: bool = False, **card: str) -> dict[str, Any]:
    """An entity with a role and a card: `email`, `name`, `org`, `country`."""
    shape = {"jscard": _jscard(card)} if jscard else {"vcardArray": ["vcard", _jcard(card)]}
    return {"objectClassName": "entity", "handle": f"{role}-1", "roles": [role], **shape}


def _jcard(card: Mapping[str, str]) -> list[Any]:
    lines: list[Any] = [["version", {}, "text", "4.0"], ["fn", {}, "text", card.get("name", "")]]
    if "org" in card:
        lines.append(["org", {}, "text", card["org"]])
    if "country" in card:
        place = ["", "", "1 rue X", "Paris", "", "75000", card["country"]]
        lines.append(["adr", {"cc": card["country"]}, "text", place])
    if "email" in card:
        lines.append(["email", {}, "text", card["email"]])
    return lines


def _jscard(card: Mapping[str, str]) -> dict[str, Any]:
    return {
        "@type": "Card",
        "version": "1.0",
        "name": {"full": card.get("name", "")},
        "organizations": {"org": {"name": card.get("org", "")}},
        "addresses": {"adr": {"countryCode": card.get("country", "")}},
        "emails": {"email": {"address": card.get("email", "")}},
    }


def registered(
    domain: str,
    *,
    on: str = "2017-04-12T09:30:00Z",
    entities: Sequence[Mapping[str, Any]] = (),
    ns: Sequence[str] = (),
    **more: Any,
) -> dict[str, Any]:
    """A domain object with a registrar; `entities` adds contacts, `more` any other member."""
    registrar = contact("registrar", name="Registrar SAS")
    registrar["publicIds"] = [{"type": "IANA Registrar ID", "identifier": "433"}]
    registrar["entities"] = [contact("abuse", name="Abuse", email="abuse@registrar.example")]
    return {
        "objectClassName": "domain",
        "ldhName": domain,
        "status": ["active"],
        "events": [
            {"eventAction": "registration", "eventDate": on},
            {"eventAction": "expiration", "eventDate": "2030-04-12T09:30:00Z"},
            {"eventAction": "last changed", "eventDate": "2017-04-13T10:00:00Z"},
            {"eventAction": "last update of RDAP database", "eventDate": "2026-01-01T00:00:00Z"},
        ],
        "nameservers": [{"objectClassName": "nameserver", "ldhName": host} for host in ns],
        "entities": [registrar, *entities],
        **more,
    }


@asynccontextmanager
async def rdap_server(
    answers: Mapping[str, Answer], *, delay: float = 0.0
) -> AsyncIterator[RdapServer]:
    """Serve `answers` at `server.url`; what is not in them is 404. Answers wait `delay` seconds."""
    server = RdapServer(answers, delay)
    async with http_server(server.respond) as server.http:
        yield server
