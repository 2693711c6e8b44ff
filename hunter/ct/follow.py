"""Follow one log: from a verified position to its tree head, and nothing handed on unproven.

Entries are downloaded a window at a time and given out only once their hashes lead to a root that
the log has signed. So a position is always a verified one; after a mismatch the window is dropped
and read again. The method is certspotter's (monitor/monitor.go), with the proof before the use.
"""

import json
from binascii import Error as Base64Error
from binascii import a2b_base64, b2a_base64
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from hunter.ct.entries import Page
from hunter.ct.merkle import EMPTY, Tree, load
from hunter.ct.names_tiles import NamesPage
from hunter.ct.readers import Read, Reader
from hunter.ct.treehead import BadTreeHead, TreeHead
from hunter.errors import WillPass

_STRAGGLERS = timedelta(hours=1)


class BadPosition(ValueError):
    """A stored position that cannot be read."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far a log is verified: its tree so far, and the newest tree head accepted."""

    tree: Tree = EMPTY
    head: TreeHead | None = None

    def dump(self) -> str:
        """As JSON, for a cursor."""
        return json.dumps({"tree": _text(self.tree.dump()), "head": _dump_head(self.head)})


def load_position(text: str) -> Position:
    """What `dump` wrote; raises BadPosition if it cannot be."""
    try:
        raw = json.loads(text)
        return Position(load(a2b_base64(raw["tree"])), _load_head(raw["head"]))
    except (ValueError, TypeError, KeyError, Base64Error) as error:
        raise BadPosition(f"no position in a log: {error}") from error


def _text(raw: bytes) -> str:
    return b2a_base64(raw, newline=False).decode()


def _dump_head(head: TreeHead | None) -> dict[str, str | int] | None:
    if head is None:
        return None
    return {"size": head.size, "root": _text(head.root), "timestamp": head.timestamp}


def _load_head(raw: dict[str, str | int] | None) -> TreeHead | None:
    if raw is None:
        return None
    return TreeHead(int(raw["size"]), a2b_base64(str(raw["root"])), int(raw["timestamp"]))


class Fault(StrEnum):
    """How a log contradicts itself or its signature."""

    BAD_HEAD = "bad tree head"
    SHRANK = "shrank"
    FORKED = "forked"
    MISMATCH = "mismatch"


@dataclass(frozen=True, slots=True)
class HeadSeen:
    """The log has answered with a good tree head; `waiting` entries lie before it."""

    head: TreeHead
    waiting: int


@dataclass(frozen=True, slots=True)
class Verified:
    """Entries that the log's signature covers, and the position behind them."""

    pages: tuple[Page | NamesPage, ...]
    position: Position

    def names(self) -> bytes:
        """The names of all pages as one block of lines."""
        return b"\n".join([page.names for page in self.pages if page.names])

    @property
    def has_malformed(self) -> bool:
        """Whether there is an entry among them that no parser accepts."""
        return any(isinstance(page, Page) and page.malformed for page in self.pages)

    def locate(self, line: int) -> tuple[Page | NamesPage, int]:
        """The page on which a line of `names` stands, and the entry's place in that page."""
        for page in self.pages:
            lines = page.names.count(b"\n") + 1 if page.names else 0
            if line < lines:
                return page, page.entry_of_line(line)
            line -= lines
        raise IndexError(line)


@dataclass(frozen=True, slots=True)
class Trouble:
    """The log cannot be believed now; the position stays where it is."""

    fault: Fault
    message: str


Step: TypeAlias = HeadSeen | Verified | Trouble


class Follower:
    """Reads one log on from a verified position.

    `position` moves once a Verified step is dealt with. What is downloaded and not yet proven
    outlives a round that breaks off, and is dropped when it turns out to be wrong. `window` is how
    many entries are proven together, the reader's own wish when 0.
    """

    def __init__(self, reader: Reader, position: Position, window: int = 0) -> None:
        self.position = position
        self._reader = reader
        self._window = window or reader.window
        self._unproven: list[tuple[Read, Tree]] = []

    async def catch_up(
        self, enough: Callable[[], bool] = lambda: False
    ) -> AsyncGenerator[Step, None]:
        """One round: look at the tree head, then hand on all that is new up to it, proven.

        Ends when nothing more is worth reading now, or after a Trouble, or with the first window
        after `enough`: a log that grows faster than it is read has no end, and its head grows old
        meanwhile. Raises WillPass like the reader.
        """
        try:
            head = await self._reader.head()
        except BadTreeHead as error:
            yield Trouble(Fault.BAD_HEAD, str(error))
            return
        trouble = contradiction(self.position, head)
        if trouble is not None:
            yield trouble
        elif head.size >= self._end.size:
            yield HeadSeen(head, head.size - self.position.tree.size)
            async for step in self._towards(head, enough):
                yield step

    @property
    def _end(self) -> Tree:
        """The tree of all that is downloaded."""
        return self._unproven[-1][1] if self._unproven else self.position.tree

    async def _towards(self, head: TreeHead, enough: Callable[[], bool]) -> AsyncIterator[Step]:
        while await self._download(head):
            if not await self._reader.is_start_of(self._end, head):
                self._unproven.clear()
                yield await self._explained(head)
                return
            proven, self._unproven = self._unproven, []
            behind = Position(proven[-1][1], head)
            yield Verified(tuple([read.page for read, _ in proven]), behind)
            # Only now: whoever fails with the entries is given them again.
            self.position = behind
            if enough():
                return

    async def _download(self, head: TreeHead) -> bool:
        """Fill the window; whether there is anything in it to prove."""
        end = min(head.size, self.position.tree.size + self._window)
        while self._end.size < end:
            read = await self._reader.entries(self._end.size, head)
            if read is None:
                break
            self._unproven.append((read, self._end.append(read.leaf_hashes)))
        return bool(self._unproven)

    async def _explained(self, head: TreeHead) -> Trouble:
        """Whether the entries are wrong, or the head is not the verified tree's successor."""
        start = self.position.tree.size
        try:
            continues = await self._reader.is_start_of(self.position.tree, head)
        except WillPass:
            continues = True
        if continues:
            message = f"entries from {start} on do not hash to the signed root; they are read again"
            return Trouble(Fault.MISMATCH, message)
        message = f"the tree of {head.size} entries does not continue the verified one of {start}"
        return Trouble(Fault.FORKED, message)


def contradiction(position: Position, head: TreeHead) -> Trouble | None:
    """What a new head says against the verified past, if it does.

    A smaller head that is also older comes from a server that lags, and is no news.
    """
    seen = position.head
    if seen is not None and head.size < seen.size and head.timestamp > seen.timestamp:
        message = f"the tree shrank from {seen.size} to {head.size} entries"
        return Trouble(Fault.SHRANK, message)
    known = {position.tree.size: position.tree.root()}
    if seen is not None:
        known[seen.size] = seen.root
    if known.get(head.size, head.root) != head.root:
        return Trouble(Fault.FORKED, f"two signed trees of {head.size} entries differ")
    return None


async def start_at(reader: Reader, index: int | None = None) -> Position:
    """A proven position at `index`, or at the log's end; possibly one or two entries before it.

    Raises BadTreeHead, Disproved or WillPass.
    """
    head = await reader.head()
    size = head.size if index is None else min(index, head.size)
    return Position(await reader.tree(size, head), head)


async def index_at(reader: Reader, when: datetime) -> int:
    """Where the entries logged since `when` begin, and an hour's stragglers before them."""
    head = await reader.head()
    wanted = int((when - _STRAGGLERS).timestamp() * 1000)
    low, high = 0, head.size
    while low < high:
        middle = (low + high) // 2
        if await reader.timestamp(middle, head) < wanted:
            low = middle + 1
        else:
            high = middle
    return low
