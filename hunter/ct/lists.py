"""Published lists of logs: what each says now, or else said when it was last good."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from hunter.ct.bundle import unpacked
from hunter.ct.loglist import BadLogList, Log, LogList, dump, read, read_signed, unite
from hunter.errors import WillPass
from hunter.model import PASSING

_SHOWN = 5
_NO_LIST = LogList("", None, ())
_STALE = timedelta(days=70)
"""From then on Chrome goes by its list no longer, which is made anew every day."""
BAD_LIST = "bad list"

FetchUrl: TypeAlias = Callable[[str], Awaitable[bytes]]
"""URL → the body; raises WillPass."""

Tell: TypeAlias = Callable[[str, bool, str, str], None]
"""The URL of a log or list, healthy or not, a sentence, and what is wrong in a word."""


@dataclass(frozen=True, slots=True)
class Published:
    """Where a list is, and the PEM key that signs it; without a key it is not signed."""

    url: str
    key: bytes | None = None

    @property
    def signature_url(self) -> str:
        """Beside the list, as Chrome has it."""
        return self.url.removesuffix(".json") + ".sig"

    @property
    def bundle_url(self) -> str:
        """Both in one archive."""
        return self.url.removesuffix(".json") + ".zip"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the last good copies are: `kept` by URL (see `loglist.dump`), and how to keep one."""

    kept: Callable[[str], str | None]
    keep: Callable[[str, str], Awaitable[None]]
    tell: Tell
    now: Callable[[], datetime]


async def current(lists: Iterable[Published], fetch: FetchUrl, shelf: Shelf) -> tuple[Log, ...]:
    """The logs of all lists, united; a list that is no good now counts as it was last good."""
    return unite([await _one(published, fetch, shelf) for published in lists])


def last_good(lists: Iterable[Published], kept: Callable[[str], str | None]) -> tuple[Log, ...]:
    """The logs of the copies that were kept, united; nothing is asked of anybody."""
    return unite([_kept(kept(published.url)) for published in lists])


async def _one(published: Published, fetch: FetchUrl, shelf: Shelf) -> LogList:
    url, now = published.url, shelf.now()
    before = _kept(shelf.kept(url))
    try:
        found = await _fetched(published, fetch)
    except (WillPass, BadLogList) as error:
        trouble = PASSING if isinstance(error, WillPass) else BAD_LIST
        told = f"{error}; the last good list stays in force"
        if not before.logs:
            told = f"{error}; no good one is kept yet"
        shelf.tell(url, False, told, trouble)
        return before
    # An old list is signed as well as a new one: a cache that lags, or somebody who plays it back.
    found = before if _is_older(found, before, now) else found
    await shelf.keep(url, dump(found))
    wrong = [*_left_out(found), *(_age(found, now) if published.key else ())]
    told = "; ".join([f"{len(found.logs)} logs", *wrong])
    shelf.tell(url, not wrong, told, BAD_LIST if wrong else "")
    return found


def _is_older(found: LogList, before: LogList, now: datetime) -> bool:
    """Whether it is older than the last good one, which is not of a time to come."""
    if found.timestamp is None or before.timestamp is None:
        return False
    return found.timestamp < before.timestamp <= now


def _left_out(found: LogList) -> Iterator[str]:
    """Logs that would stay unread in silence."""
    if found.refused:
        yield f"left out: {'; '.join(found.refused[:_SHOWN])}"


def _age(found: LogList, now: datetime) -> Iterator[str]:
    """That it is too old. Of lists that nobody signs, none tells how often it is made anew."""
    if found.timestamp is not None and now - found.timestamp >= _STALE:
        yield f"the list is of {found.timestamp:%Y-%m-%d}: newer logs are not followed"


async def _fetched(published: Published, fetch: FetchUrl) -> LogList:
    body = await fetch(published.url)
    found = (
        read(body)
        if published.key is None
        else await _signed(published, body, published.key, fetch)
    )
    if not found.logs:
        raise BadLogList("the list holds no log")
    return found


async def _signed(published: Published, body: bytes, key: bytes, fetch: FetchUrl) -> LogList:
    """Where the signature is another's, the list with its own out of the archive of both.

    Chrome's list is made anew each day, and caches keep the two apart, be it for a day
    (google/certificate-transparency, issue 1476).
    """
    signature = await fetch(published.signature_url)
    try:
        return read_signed(body, signature, key)
    except BadLogList as wrong:
        try:
            return read_signed(*unpacked(await fetch(published.bundle_url)), key)
        except (WillPass, BadLogList):
            raise wrong from None


def _kept(text: str | None) -> LogList:
    try:
        return _NO_LIST if text is None else read(text.encode())
    except BadLogList:
        return _NO_LIST
