"""Read an RFC 6962 log: pages as large as it likes, and proofs (RFC 6962 4.3, 4.4, 4.6, 4.8)."""

from hunter.ct.entries import Page, Undecodable
from hunter.ct.loglist import Log
from hunter.ct.merkle import Disproved, Tree, from_consistency, from_inclusion, leaf_hash
from hunter.ct.merkle import verify_consistency as verify
from hunter.ct.readers import Fetch, Read, Refused, get
from hunter.ct.rfc6962 import (
    TREE_HEAD_PATH,
    consistency_path,
    decode_page,
    entries_path,
    entry_and_proof_path,
    read_consistency,
    read_entry_and_proof,
    read_tree_head,
)
from hunter.ct.treehead import TreeHead
from hunter.errors import WillPass

_FIRST_PAGE = 256
_SMALLEST_PAGE = 8
_LARGEST_PAGE = 512
_BEFORE_GROWTH = 8
_BEFORE_ANOTHER_TRY = 512
"""Pages in full before a size is tried again that was too much when smaller ones were not."""


class Rfc6962Reader:
    """A `hunter.ct.readers.Reader`.

    It asks up to the next multiple of `page_size`, a power of two that halves when the log fails
    with a page, and doubles after pages that came in full; seldom to a size that was too much for
    the log. A log that gives less aligns its pages itself.
    """

    window = 2048

    def __init__(self, log: Log, fetch: Fetch) -> None:
        self._log = log
        self._fetch = fetch
        self.page_size = _FIRST_PAGE
        self._full_pages = 0
        self._given = _FIRST_PAGE
        self._too_much = 2 * _LARGEST_PAGE

    async def head(self) -> TreeHead:
        """The newest tree head."""
        body = await get(self._fetch, TREE_HEAD_PATH)
        return read_tree_head(body, self._log.key)

    async def entries(self, start: int, head: TreeHead) -> Read | None:
        """The next page; fewer entries than asked for are welcome, none or too many are not."""
        if start >= head.size:
            return None
        end = min(head.size, start - start % self.page_size + self.page_size)
        try:
            page = await self._page(start, end)
        except Refused:
            # Smaller pages would be more questions.
            raise
        except WillPass:
            if self.page_size > self._given:
                self._too_much = self.page_size
            self._resize(self.page_size // 2)
            raise
        if len(page) == self.page_size:
            self._count_full_page()
        return Read(page, page.leaf_hashes)

    def _count_full_page(self) -> None:
        """Grow after some, and after many to a size that the log has failed with."""
        self._given = self.page_size
        if self._given >= self._too_much:
            self._too_much = 2 * _LARGEST_PAGE
        self._full_pages += 1
        larger = 2 * self.page_size
        wanted = _BEFORE_GROWTH if larger < self._too_much else _BEFORE_ANOTHER_TRY
        if self._full_pages >= wanted:
            self._resize(larger)

    def _resize(self, size: int) -> None:
        self.page_size = max(_SMALLEST_PAGE, min(_LARGEST_PAGE, size))
        self._full_pages = 0

    async def _page(self, start: int, end: int) -> Page:
        body = await get(self._fetch, entries_path(start, end))
        try:
            page = decode_page(body, start, end - start)
        except Undecodable as error:
            raise WillPass(f"entries {start} to {end - 1} cannot be read: {error}") from error
        if not len(page):
            raise WillPass(f"gave no entries when asked for {start} to {end - 1}")
        return page

    async def is_start_of(self, tree: Tree, head: TreeHead) -> bool:
        """Compare the roots, by a consistency proof when the head is larger."""
        try:
            proof = await self._consistency(tree.size, head.size)
            verify(tree.root(), tree.size, head.root, head.size, proof)
        except Disproved:
            return False
        return True

    async def _consistency(self, old: int, new: int) -> list[bytes]:
        if old in (0, new):
            return []
        body = await get(self._fetch, consistency_path(old, new))
        try:
            return read_consistency(body)
        except Undecodable as error:
            raise WillPass(f"the proof from {old} to {new} cannot be read: {error}") from error

    async def tree(self, size: int, head: TreeHead) -> Tree:
        """The tree from proofs; a few entries smaller where no proof holds it."""
        if size == head.size and size:
            return await self._whole_tree(head)
        while size.bit_count() == 1:
            # A proof from a power of two leaves the old tree out.
            size -= 1
        proof = await self._consistency(size, head.size)
        return from_consistency(size, head.size, proof, head.root) if size else Tree()

    async def _whole_tree(self, head: TreeHead) -> Tree:
        leaf, path = await self._last_entry(head)
        tree = from_inclusion(leaf_hash(leaf), head.size, path)
        if tree.root() != head.root:
            raise Disproved("the last entry's proof does not lead to the tree head")
        return tree

    async def _last_entry(self, head: TreeHead) -> tuple[bytes, list[bytes]]:
        body = await get(self._fetch, entry_and_proof_path(head.size - 1, head.size))
        try:
            return read_entry_and_proof(body)
        except Undecodable as error:
            raise WillPass(f"the last entry's proof cannot be read: {error}") from error

    async def timestamp(self, index: int, head: TreeHead) -> int:
        """Of one entry, asked for alone."""
        return (await self._page(index, min(index + 1, head.size))).timestamps[0]
