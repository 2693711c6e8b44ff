"""Follow one log: from a verified position to its tree head, and nothing handed on unproven.

Entries are downloaded a window at a time and given out only once their hashes lead to a root that
the log has signed. So a position is always a verified one; after a mismatch the window is dropped
and read again. The method is certspotter's (monitor/monitor.go), with the proof before the use.
"""

import json
from binascii import Error as Base64Error
from binascii import a2b_base64, b2a_base64
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from hunter.ct.budget import Budget
from hunter.ct.entries import Page
from hunter.ct.merkle import EMPTY, HASH, Tree, load
from hunter.ct.names_tiles import NamesPage
from hunter.ct.readers import Read, Reader, Refused
from hunter.ct.treehead import BadTreeHead, TreeHead
from hunter.errors import WillPass

_MOST_SEEN = 16
_STRAGGLERS = timedelta(hours=1)


class BadPosition(ValueError):
    """A stored position that cannot be read."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far a log is verified: its tree so far, and the newest tree head accepted."""

    tree: Tree = EMPTY
    head: TreeHead | None = None
    seen: tuple[TreeHead, ...] = ()
    """Other good heads, of trees that are larger than `tree`: it must come to be each of them."""

    def saw(self, head: TreeHead) -> "Position":
        """The same, with one more head to be held to."""
        others = [one for one in self.seen if one.size != head.size]
        if head.size <= self.tree.size:
            return self
        # Of very many, every other one will do: a second history differs from there on.
        kept = others[:: 2 if len(others) >= _MOST_SEEN else 1]
        return replace(self, seen=(*kept, head))

    def without(self, *heads: TreeHead) -> "Position":
        """The same, held to these heads no longer: it has been told that they are wrong."""
        head = None if self.head in heads else self.head
        return replace(self, head=head, seen=tuple(one for one in self.seen if one not in heads))

    def heads(self) -> tuple[TreeHead, ...]:
        """All that it is held to."""
        return self.seen if self.head is None else (self.head, *self.seen)

    def at(self, tree: Tree, head: TreeHead) -> "Position":
        """The same further on."""
        return Position(tree, head, tuple(one for one in self.seen if one.size > tree.size))

    def dump(self) -> str:
        """As JSON, for a cursor."""
        head = None if self.head is None else _dump_head(self.head)
        seen = [_dump_head(one) for one in self.seen]
        return json.dumps({"tree": _text(self.tree.dump()), "head": head, "seen": seen})


def load_position(text: str) -> Position:
    """What `dump` wrote; raises BadPosition if it cannot be."""
    try:
        raw = json.loads(text)
        head = None if raw["head"] is None else _load_head(raw["head"])
        seen = tuple(_load_head(one) for one in raw.get("seen", ()))
        return Position(load(a2b_base64(raw["tree"])), head, seen)
    except (ValueError, TypeError, KeyError, Base64Error) as error:
        raise BadPosition(f"no position in a log: {error}") from error


def _text(raw: bytes) -> str:
    return b2a_base64(raw, newline=False).decode()


def _dump_head(head: TreeHead) -> dict[str, str | int]:
    return {"size": head.size, "root": _text(head.root), "timestamp": head.timestamp}


def _load_head(raw: dict[str, str | int]) -> TreeHead:
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
    many entries are proven together, the reader's own wish when 0; fewer when `budget` is used up.
    """

    def __init__(
        self, reader: Reader, position: Position, window: int = 0, budget: Budget | None = None
    ) -> None:
        self.position = position
        self._reader = reader
        self._window = window or reader.window
        self._budget = budget or Budget()
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
            self._forget(*(one for one in self.position.heads() if _contradicts(head, one)))
            yield trouble
        elif head.size >= self._end.size:
            self.position = self.position.saw(head)
            yield HeadSeen(head, head.size - self.position.tree.size)
            async for step in self._towards(head, enough):
                yield step
                # What was handed on is not held while the next is downloaded.
                del step

    @property
    def _end(self) -> Tree:
        """The tree of all that is downloaded."""
        return self._unproven[-1][1] if self._unproven else self.position.tree

    async def _towards(self, head: TreeHead, enough: Callable[[], bool]) -> AsyncIterator[Step]:
        while await self._download(head):
            if not await self._reader.is_start_of(self._end, head):
                self.drop()
                yield await self._explained(head)
                return
            if (missed := self._missed()) is not None:
                self.drop()
                self._forget(missed)
                yield Trouble(Fault.FORKED, f"two signed trees of {missed.size} entries differ")
                return
            proven = self._proven(head)
            behind = proven.position
            yield proven
            del proven
            # Only now: whoever fails with the entries is given them again.
            self.position = behind
            if enough():
                return

    def _proven(self, head: TreeHead) -> Verified:
        """All that is downloaded, to be handed on."""
        pages = tuple([read.page for read, _ in self._unproven])
        step = Verified(pages, self.position.at(self._end, head))
        self.drop()
        return step

    def drop(self) -> None:
        """Forget what is downloaded."""
        self._budget.held -= sum(read.page.weight for read, _ in self._unproven)
        self._unproven.clear()

    def _forget(self, *heads: TreeHead) -> None:
        """Hold it to these heads no longer: a fork that the log ends would stop it for good.

        What is verified stays so: a log that takes that back is not followed.
        """
        size = self.position.tree.size
        self.position = self.position.without(*(one for one in heads if one.size > size))

    def _missed(self) -> TreeHead | None:
        """A head seen before whose tree the entries did not come to be, if there is one."""
        passed = (one for one in self.position.seen if one.size <= self._end.size)
        return next((one for one in passed if self._tree_of(one.size).root() != one.root), None)

    def _tree_of(self, size: int) -> Tree:
        """The tree of the first `size` entries, which are downloaded."""
        tree = self.position.tree
        for read, after in self._unproven:
            if after.size >= size:
                return tree.append(read.leaf_hashes[: (size - tree.size) * HASH])
            tree = after
        return tree

    async def _download(self, head: TreeHead) -> bool:
        """Fill the window; whether there is anything in it to prove."""
        end = min(head.size, self.position.tree.size + self._window)
        while self._end.size < end and not (self._unproven and self._budget.is_used_up):
            read = await self._reader.entries(self._end.size, head)
            if read is None:
                break
            self._unproven.append((read, self._end.append(read.leaf_hashes)))
            self._budget.held += read.page.weight
        return bool(self._unproven)

    async def _explained(self, head: TreeHead) -> Trouble:
        """Whether the entries are wrong, or the head is not the verified tree's successor."""
        start = self.position.tree.size
        try:
            continues = await self._reader.is_start_of(self.position.tree, head)
        except WillPass:
            continues = True
        if continues:
            message = f"entries from {start} on do not hash to the signed root"
            return Trouble(Fault.MISMATCH, message)
        self._forget(head)
        message = f"the tree of {head.size} entries does not continue the verified one of {start}"
        return Trouble(Fault.FORKED, message)


def contradiction(position: Position, head: TreeHead) -> Trouble | None:
    """What a new head says against the verified past, if it does.

    A smaller head that is also older comes from a server that lags, and is no news.
    """
    heads = position.heads()
    for seen in heads:
        if _shrank(seen, head):
            message = f"the tree shrank from {seen.size} to {head.size} entries"
            return Trouble(Fault.SHRANK, message)
    known = {position.tree.size: position.tree.root()} | {one.size: one.root for one in heads}
    if known.get(head.size, head.root) != head.root:
        return Trouble(Fault.FORKED, f"two signed trees of {head.size} entries differ")
    return None


def _shrank(seen: TreeHead, head: TreeHead) -> bool:
    return head.size < seen.size and head.timestamp > seen.timestamp


def _contradicts(head: TreeHead, seen: TreeHead) -> bool:
    return _shrank(seen, head) or (head.size == seen.size and head.root != seen.root)


async def start_at(reader: Reader, index: int | None = None) -> Position:
    """A proven position at `index`, or at the log's end; possibly a few entries before it.

    Raises BadTreeHead, Disproved or WillPass.
    """
    head = await reader.head()
    size = head.size if index is None else min(index, head.size)
    try:
        tree = await reader.tree(size, head)
    except Refused:
        raise
    except WillPass:
        if not size:
            raise
        # The last entry's proof is for debugging (RFC 6962 4.8): not every log need give it.
        tree = await reader.tree(size - 1, head)
    return Position(tree, head).saw(head)


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
