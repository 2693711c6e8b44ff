"""The seam between the two kinds of log and whoever follows one: a Reader over a given `fetch`."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from hunter.ct.entries import Page
from hunter.ct.merkle import Tree
from hunter.ct.names_tiles import NamesPage
from hunter.ct.treehead import TreeHead
from hunter.errors import WillPass

_OK, _NOT_FOUND, _GONE = 200, 404, 410


@dataclass(frozen=True, slots=True)
class Answer:
    """What a log's server said. `headers` have lower-case keys."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Fetch: TypeAlias = Callable[[str], Awaitable[Answer]]
"""Path relative to the log's URL → the answer. Bounded in size, follows no redirect.

Raises WillPass for trouble on the way, and Refused, maybe with `retry_after`, when it is asked too
often.
"""


class Refused(WillPass):
    """The log's server wants to be asked less, or later."""


class NotThere(WillPass):
    """The log's server says that there is no such thing (now)."""


@dataclass(frozen=True, slots=True)
class Read:
    """Entries as downloaded, nothing proven: names to scan, and hashes to prove them by."""

    page: Page | NamesPage
    leaf_hashes: bytes


class Reader(Protocol):
    """Reads one log. Everything may raise WillPass; a `head` must have been given by `head()`."""

    window: int
    """Entries to prove together: many where a proof costs a request. They wait in memory."""

    async def head(self) -> TreeHead:
        """The newest tree head; raises BadTreeHead if it is not signed as it should be."""
        ...

    async def entries(self, start: int, head: TreeHead) -> Read | None:
        """Some entries from index `start` on; None when those up to `head` are better awaited."""
        ...

    async def is_start_of(self, tree: Tree, head: TreeHead) -> bool:
        """Whether the log proves that `tree` is the start of the tree under `head`."""
        ...

    async def tree(self, size: int, head: TreeHead) -> Tree:
        """The proven tree of `size` entries, or of a few fewer; raises Disproved."""
        ...

    async def timestamp(self, index: int, head: TreeHead) -> int:
        """When the entry at `index` was logged, in milliseconds; not proven."""
        ...


async def get(fetch: Fetch, path: str) -> bytes:
    """The body at `path`; raises NotThere or WillPass for anything but a plain 200."""
    answer = await fetch(path)
    if answer.status in (_NOT_FOUND, _GONE):
        raise NotThere(f"there is no {path}")
    if answer.status // 100 == 3:  # noqa: PLR2004 — RFC 9110 15.4
        raise WillPass(f"{path} is answered with a redirect, which is not followed")
    if answer.status != _OK:
        raise WillPass(f"{path} is answered with status {answer.status}")
    return answer.body
