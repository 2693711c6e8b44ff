"""What a visitor meets at a domain: a redirect, a page that asks for a password, the brand's own.

The page is fetched and read, never executed. The suspect's server sees hunter's address: whoever
must not be seen leaves this one off.
"""

import asyncio
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from pydantic import Field

from hunter.contracts import EnricherContext, EnricherSettings
from hunter.errors import WillPass
from hunter.model import BrandKind, Dossier, Fact, Value
from hunter.net.http import HttpAnswer, HttpDoor
from hunter.net.text import clean
from hunter.pages import icon, links, tlsh
from hunter.pages.front import Front, reach
from hunter.pages.own import most_like
from hunter.pages.reading import Page
from hunter.visiting import has_address, host_to_visit
from hunter.written import Interval, WebAddress

FIELDS: Mapping[str, str] = {
    "page_status": "the HTTP status of its front page",
    "page_title": "the title of its front page",
    "page_redirects": "the URLs that led on to its front page",
    "page_final_url": "where its front page is after all redirects",
    "page_final_domain": "the registrable domain where its front page is, when it is another's",
    "page_final_host": "the host where its front page is after all redirects",
    "page_refresh": "where a page on the way, or the front page, sends visitors on by itself",
    "page_password": "whether its front page asks for a password",
    "page_form_domain": "other registrable domains that its forms send what is typed to",
    "page_favicon": "SHA-256 of its icon, in hexadecimal",
    "page_favicon_hash": "the icon's MurmurHash3 as Shodan and others search for it",
    "page_tlsh": "TLSH digest of its elements and words",
    "page_similarity": "0 to 100, how much its front page is like a brand's own page (TLSH)",
    "page_similar_to": "the page of a brand that it is most like",
}
AFTER: tuple[str, ...] = ("dns",)

_MAX_ICON = 300_000
_MAX_VALUES = 10
_OK = 200
_MUCH_ALIKE = 50
_CUT = "only the beginning of its front page was read"
_FRAMED = "what is shown in its frames was not read"
_MANY = "its forms send to more than twenty places"

Told: TypeAlias = "Iterable[Value] | str"
"""The values of a field, or why they are not known."""


class Settings(EnricherSettings):
    """`[enrichers.page]`. Off by default: it touches the suspect's server."""

    VISITS = True

    enabled: bool = False
    refresh: Interval = Field(
        default=timedelta(hours=6), description="an answer younger than this is not asked again"
    )
    urls: tuple[WebAddress, ...] = Field(
        default=("https://{host}/", "http://{host}/"),
        description="what is asked for, in this order, until one answers",
    )
    compare: tuple[WebAddress, ...] = Field(
        default=(),
        description="pages of yours that may be copied, as a login page; else each front page",
    )
    max_bytes: int = Field(default=1_000_000, gt=0, description="how much of a page is read")


def wants(dossier: Dossier, _settings: Settings) -> bool:
    """Whether it or a host under it has an address."""
    return has_address(dossier)


async def enrich(dossier: Dossier, settings: Settings, context: EnricherContext) -> Sequence[Fact]:
    """The front page as a visitor would meet it."""
    door, now = context.doors.http, context.now()
    host = await host_to_visit(dossier, context)
    async with door.visits:
        front = await _visit(host, settings, context)
        if isinstance(front, str):
            # That a suspect's server does not answer is no trouble of hunter's.
            return [fact for name in FIELDS for fact in _facts(dossier.domain, name, front, now)]
        icon_told = await _icon(front.answer, front.page, door)
    cut = _CUT if front.cut else ""
    doubt = cut or (_FRAMED if front.page.framed else "")
    parts = (
        _seen(front, dossier.domain),
        {"page_password": [True] if front.page.password else doubt or [False]},
        {"page_form_domain": _sent_to(front.answer, front.page, dossier.domain, cut)},
        {"page_tlsh": [str(front.digest)] if front.digest else []},
        icon_told,
        await _compared(front.digest, settings, context),
    )
    told = {name: told for part in parts for name, told in part.items()}
    return [fact for name in told for fact in _facts(dossier.domain, name, told[name], now)]


def _facts(domain: str, name: str, told: Told, at: datetime) -> Iterator[Fact]:
    if isinstance(told, str):
        yield Fact(domain, name, None, "page", at, told)
        return
    values = (clean(value) if isinstance(value, str) else value for value in told)
    for value in [value for value in dict.fromkeys(values) if value != ""][:_MAX_VALUES]:
        yield Fact(domain, name, value, "page", at)


async def _visit(host: str, settings: Settings, context: EnricherContext) -> Front | str:
    """What is met at the first URL that answers, or why none does."""

    async def is_copy(digest: tlsh.Digest) -> bool:
        found = await _nearest(digest, settings, context)
        return not isinstance(found, str) and found[0] > _MUCH_ALIKE

    door = context.doors.http
    trouble = "there is no URL to ask: give urls in [enrichers.page]"
    for url in settings.urls:
        try:
            return await reach(url.replace("{host}", host), door, settings.max_bytes, is_copy)
        except WillPass as error:
            trouble = str(error)
    return trouble


def _seen(front: Front, domain: str) -> dict[str, Told]:
    final = links.domain_of(front.answer.url)
    return {
        "page_status": [front.answer.status],
        "page_title": [front.page.title],
        "page_redirects": front.answer.hops,
        "page_final_url": [front.answer.url],
        "page_final_domain": [final] if final != domain else [],
        "page_final_host": [links.host_of(front.answer.url)],
        "page_refresh": front.refreshes,
    }


def _sent_to(answer: HttpAnswer, page: Page, domain: str, cut: str) -> Told:
    """The other domains that its forms send to, or why there may be others."""
    own, base = ("", domain, links.domain_of(answer.url)), links.base_of(answer.url, page.base)
    found = (links.domain_of(links.joined(base, one) if one else "") for one in page.targets)
    return [one for one in found if one not in own] or (cut if page.all_targets else _MANY) or []


async def _icon(answer: HttpAnswer, page: Page, door: HttpDoor) -> dict[str, Told]:
    """The icon's two hashes, nothing when it has none, or why that is not known."""
    base = links.base_of(answer.url, page.base) if page.icon else answer.url
    url = links.joined(base, page.icon or "/favicon.ico")
    content = links.embedded(url)
    if content is None:
        try:
            found = await door.get(url, max_bytes=_MAX_ICON, pointed_by=answer.url)
        except WillPass as error:
            return dict.fromkeys(("page_favicon", "page_favicon_hash"), str(error))
        web = "html" in found.headers.get("content-type", "").lower()
        content = found.body if found.status == _OK and not web else b""
    if not content:
        return {}
    # Of the largest it takes half a second.
    number = await asyncio.to_thread(icon.icon_hash, content)
    return {
        "page_favicon": [hashlib.sha256(content).hexdigest()],
        "page_favicon_hash": [number],
    }


async def _compared(
    digest: tlsh.Digest | None, settings: Settings, context: EnricherContext
) -> dict[str, Told]:
    """The most alike of the brands' pages, or why none could be held against it."""
    if digest is None:
        return {"page_similarity": "the page holds too little to be compared"}
    found = await _nearest(digest, settings, context)
    if isinstance(found, str):
        return {"page_similarity": found}
    best, url = found
    return {"page_similarity": [best], "page_similar_to": [url] if best else []}


async def _nearest(
    digest: tlsh.Digest, settings: Settings, context: EnricherContext
) -> tuple[int, str] | str:
    own = [brand.domain for brand in context.brands if brand.kind is BrandKind.BRAND]
    urls = settings.compare or tuple(f"https://{domain}/" for domain in own)
    return await most_like(digest, urls, context.doors.http)
