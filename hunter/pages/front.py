"""The front page as a visitor meets it: where redirects lead, and pages send on by themselves.

A page that asks for something is not left, nor a copy of the brand's: a script may keep a visitor
there, and hunter would be led to the brand's own page, where nothing is held against the lookalike.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from hunter.errors import WillPass
from hunter.net.http import HttpAnswer, HttpDoor
from hunter.pages import likeness, links, reading, tlsh
from hunter.pages.reading import Page

_SOON = 10
_NO_PAGE = (204, 205)
"""With which a server has a browser stay where it is."""
_SECONDS_MORE = 10.0
"""For all pages beyond the first together."""


@dataclass(frozen=True, slots=True)
class Front:
    """A page that was met; `cut` says that not all of it was read."""

    answer: HttpAnswer
    page: Page
    digest: tlsh.Digest | None
    cut: bool
    refreshes: tuple[str, ...]
    """Where it and those before it send visitors on to by themselves."""
    further: str
    """The URL of the page that a visitor meets in its place; empty where that is the page."""


async def reach(
    url: str, door: HttpDoor, max_bytes: int, is_copy: Callable[[tlsh.Digest], Awaitable[bool]]
) -> Front:
    """The page at the URL, or the one it leads to; raises WillPass when there is none at all."""
    met = await _read(await door.get(url, max_bytes=max_bytes, cut=True), max_bytes)
    # Whoever cannot be sent on stays where they are.
    with suppress(WillPass, TimeoutError):
        async with asyncio.timeout(_SECONDS_MORE):
            while met.further:
                if met.digest is not None and await is_copy(met.digest):
                    break
                answer = await door.get(
                    met.further, max_bytes=max_bytes, cut=True, after=met.answer
                )
                if answer.status in _NO_PAGE:
                    break
                met = await _read(answer, max_bytes, met.refreshes)
    return met


async def _read(answer: HttpAnswer, max_bytes: int, before: tuple[str, ...] = ()) -> Front:
    kind = answer.headers.get("content-type", "")
    page, digest = await asyncio.to_thread(likeness.read, answer.body, kind)
    cut = not page.whole or len(answer.body) >= max_bytes
    told, seconds = _refresh(answer, page)
    asks = page.password or page.targets or cut
    stays = asks or seconds > _SOON or told in (answer.url, *answer.hops)
    refreshes = (*before, told) if told else before
    return Front(answer, page, digest, cut, refreshes, "" if stays else told)


def _refresh(answer: HttpAnswer, page: Page) -> tuple[str, int]:
    """Where it sends on to, if anywhere, and after how many seconds; a header goes first."""
    header = reading.sent_on(answer.headers.get("refresh", ""))
    one = header or page.refresh
    if one is None or not one.target:
        return "", 0
    base = answer.url if header else links.base_of(answer.url, page.base)
    return links.joined(base, one.target), one.seconds
