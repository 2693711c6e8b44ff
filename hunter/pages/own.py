"""The brands' own pages, fetched once a day, and which of them a page is most like."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from weakref import WeakKeyDictionary

from hunter.errors import WillPass
from hunter.net.http import HttpDoor
from hunter.net.shelf import Shelf
from hunter.pages import likeness, tlsh

_MAX_COMPARED = 20
_SHELVES: WeakKeyDictionary[HttpDoor, Shelf[tlsh.Digest]] = WeakKeyDictionary()


async def most_like(
    digest: tlsh.Digest, urls: Sequence[str], door: HttpDoor
) -> tuple[int, str] | str:
    """How much it is like the most alike of these pages, and which that is; or why none was had."""
    shelf = _SHELVES.setdefault(door, Shelf(likeness.digest_of))
    pages = await asyncio.gather(*(_page_at(url, shelf, door) for url in urls[:_MAX_COMPARED]))
    scores = [
        (tlsh.similarity(digest, page), url) for url, page in pages if not isinstance(page, str)
    ]
    why = next((f"{url}: {trouble}" for url, trouble in pages), "no brand has a page")
    return max(scores, default=why)


async def _page_at(
    url: str, shelf: Shelf[tlsh.Digest], door: HttpDoor
) -> tuple[str, tlsh.Digest | str]:
    """The page's digest, or why there is none."""
    try:
        return url, await shelf.of_url(url, door, every=timedelta(days=1))
    except WillPass as error:
        return url, str(error)
