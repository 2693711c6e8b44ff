"""Who registered a domain, when and with whom, by RDAP (RFC 9082, 9083, bootstrap RFC 9224)."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from pydantic import Field

from hunter import hushed
from hunter.contracts import EnricherContext, EnricherSettings
from hunter.errors import WillPass
from hunter.model import Dossier, Fact
from hunter.net import rdap, registration
from hunter.net.http import HttpAnswer, HttpDoor, retry_after
from hunter.net.pace import Pace
from hunter.net.registration import REGISTRATION_FIELDS, Registration
from hunter.net.text import clean
from hunter.net.urls import is_web
from hunter.written import Duration, Interval, WebAddress

FIELDS: Mapping[str, str] = REGISTRATION_FIELDS
AFTER: tuple[str, ...] = ()

_DAY = 86_400.0
_RETRY_BOOTSTRAP = 600.0
_PAUSE = timedelta(minutes=1)
_OK, _NOT_FOUND, _TOO_MANY, _TROUBLE = 200, 404, 429, 500
_MAX_BYTES = 1_000_000
_MANY_SERVERS = 1000


class Settings(EnricherSettings):
    """`[enrichers.rdap]`."""

    refresh: Interval = Field(
        default=timedelta(hours=12), description="an answer younger than this is not asked again"
    )
    server: WebAddress | None = Field(
        default=None, description="ask this server for every domain, such as https://rdap.nic.fr/"
    )
    bootstrap_url: WebAddress = Field(
        default="https://data.iana.org/rdap/dns.json",
        description="the list of which server knows which top-level domain",
    )
    at_once: int = Field(default=16, ge=1, description="questions to one server at the same time")
    pause: Duration = Field(default=timedelta(0), description="between two questions to a server")

    def unread(self) -> frozenset[str]:
        """One server for every domain needs no list of servers."""
        return frozenset(("bootstrap_url",) if self.server else ())


@dataclass(slots=True)
class _Memory:
    """What is remembered between two questions through the same door."""

    pace: Pace = field(default_factory=Pace)
    turns: dict[str, asyncio.Semaphore] = field(default_factory=dict)
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)
    servers: Mapping[str, str] = field(default_factory=dict)
    read_from: str = ""
    good_until: float = 0.0


_MEMORIES: WeakKeyDictionary[HttpDoor, _Memory] = WeakKeyDictionary()


def wants(_dossier: Dossier, _settings: Settings) -> bool:
    """Every domain can be asked for; that a platform's host tells nothing is worth saying too."""
    return True


async def enrich(dossier: Dossier, settings: Settings, context: EnricherContext) -> Sequence[Fact]:
    """The registration as the registry tells it, completed by the registrar's own answer."""
    domain, at = dossier.domain, context.now()
    why = registration.platform(domain)
    base = "" if why else settings.server or await _server_for(domain, settings, context)
    if not base:
        ending = domain.rpartition(".")[2]
        why = why or f"no RDAP server is known for .{ending}"
        return registration.unknown(domain, "rdap", at, why)
    answer = await _ask(f"{base.rstrip('/')}/domain/{domain}", settings, context)
    if _says_absent(answer):
        return registration.absent(domain, "rdap", at)
    found = _read(answer, domain)
    if isinstance(found, str):
        return registration.unknown(domain, "rdap", at, found)
    if registration.needs_more(found) and found.further != answer.url:
        found = await _completed(found, domain, answer.url, settings, context)
    return registration.facts_of(found, domain, "rdap", at)


async def _completed(
    found: Registration, domain: str, registry: str, settings: Settings, context: EnricherContext
) -> Registration:
    """One hop to the registrar. The link is a stranger's, so that the address guard decides."""
    try:
        more = _read(await _ask(found.further, settings, context, registry), domain)
    except WillPass as error:
        more = str(error)
    if isinstance(more, str):
        return replace(found, doubt=f"{registration.NO_HOLDER}, and at the registrar: {more}")
    return registration.combined(found, more)


async def _ask(
    url: str, settings: Settings, context: EnricherContext, pointed_by: str = ""
) -> HttpAnswer:
    door = context.doors.http
    memory = _MEMORIES.setdefault(door, _Memory())
    place = _place(url)
    if len(memory.turns) > _MANY_SERVERS:
        memory.turns.clear()
    async with memory.turns.setdefault(place, asyncio.Semaphore(settings.at_once)):
        hushed.heed(context, "enrichers.rdap", place)
        await memory.pace.turn(place, settings.pause.total_seconds())
        accept = {"Accept": rdap.RDAP_JSON}
        answer = await door.get(url, headers=accept, max_bytes=_MAX_BYTES, pointed_by=pointed_by)
    if answer.status == _TOO_MANY or answer.status >= _TROUBLE:
        wish = retry_after(answer.headers, context.now())
        if wish or answer.status == _TOO_MANY:
            hushed.hush(context, "enrichers.rdap", place, wish or _PAUSE)
        raise WillPass(f"{place} answered with status {answer.status}", wish)
    return answer


def _place(url: str) -> str:
    """The server in a link that may be anything."""
    try:
        parts = urlsplit(url)
        return clean(f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname))
    except ValueError:
        return "a link that is none"


def _says_absent(answer: HttpAnswer) -> bool:
    """A web page saying 404 comes from something that is not an RDAP server."""
    page = "html" in answer.headers.get("content-type", "").lower()
    return answer.status == _NOT_FOUND and not page


def _read(answer: HttpAnswer, domain: str) -> Registration | str:
    """The registration, or why there is none."""
    if answer.status != _OK:
        return f"the server answered with status {answer.status}"
    found = rdap.read(answer.body)
    if found is None:
        return "the server's answer is no RDAP answer about a domain"
    if not registration.is_about(found, domain):
        return "the server answered about another domain"
    return found


async def _server_for(domain: str, settings: Settings, context: EnricherContext) -> str:
    """The server of the longest ending that the bootstrap lists (RFC 9224, 4); empty when none."""
    memory = _MEMORIES.setdefault(context.doors.http, _Memory())
    async with memory.reading:
        if memory.read_from != settings.bootstrap_url or time.monotonic() >= memory.good_until:
            await _read_bootstrap(memory, settings.bootstrap_url, context.doors.http)
    labels = domain.split(".")
    endings = (".".join(labels[start:]) for start in range(len(labels)))
    return next((memory.servers[end] for end in endings if end in memory.servers), "")


async def _read_bootstrap(memory: _Memory, url: str, door: HttpDoor) -> None:
    servers: Mapping[str, str] = {}
    with suppress(WillPass):
        servers = _bootstrap((await door.get(url)).body)
    known = memory.servers if memory.read_from == url else {}
    memory.servers = servers or known or _shipped()
    memory.good_until = time.monotonic() + (_DAY if servers else _RETRY_BOOTSTRAP)
    memory.read_from = url


def _bootstrap(body: bytes) -> Mapping[str, str]:
    """Ending → server, https before http. Empty when the file is not of that form."""
    try:
        services = json.loads(body)["services"]
        pairs = [(str(end).lower(), list(urls)) for ends, urls, *_ in services for end in ends]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    usable = ((end, sorted(filter(is_web, map(str, urls)), reverse=True)) for end, urls in pairs)
    return {end: urls[0] for end, urls in usable if urls}


@cache
def _shipped() -> Mapping[str, str]:
    text = files("hunter").joinpath("data/rdap_servers.json").read_text("utf-8")
    servers: Mapping[str, str] = json.loads(text)["servers"]
    return servers
