"""Whether a log is what it says it is: its signature, its known past, its newest entries."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from hunter.ct.follow import Position, contradiction
from hunter.ct.merkle import Disproved
from hunter.ct.readers import Reader
from hunter.ct.tail import Beginning, begin, entries
from hunter.ct.treehead import BadTreeHead, TreeHead
from hunter.errors import WillPass


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, and how it came out: True, False, or None for "could not tell"."""

    name: str
    passed: bool | None
    message: str


async def verify(reader: Reader, known: Position | None, last: int) -> AsyncGenerator[Check, None]:
    """Signature, consistency with `known`, the rebuilt tree, and the `last` entries, one by one.

    Ends early when there is no good tree head to hold the rest against.
    """
    try:
        head = await reader.head()
    except (BadTreeHead, WillPass) as error:
        yield _failed("signature", error)
        return
    told = f"signed a tree of {head.size} entries at {head.time:%Y-%m-%d %H:%M:%S} UTC"
    yield Check("signature", True, told)
    if known is not None:
        yield await _consistent(reader, known, head)
    yield await _rebuilt(reader, head)
    yield await _newest(reader, head, last)


def _failed(name: str, error: BadTreeHead | Disproved | WillPass) -> Check:
    """A failed check, or one whose outcome could not be had."""
    return Check(name, None if isinstance(error, WillPass) else False, str(error))


async def _consistent(reader: Reader, known: Position, head: TreeHead) -> Check:
    name, size = "consistency", known.tree.size
    trouble = contradiction(known, head)
    if trouble is not None:
        return Check(name, False, f"{trouble.fault}: {trouble.message}")
    if head.size < size:
        return Check(name, None, f"an older tree than the verified one of {size}: its server lags")
    try:
        continues = await reader.is_start_of(known.tree, head)
    except WillPass as error:
        return _failed(name, error)
    if continues:
        return Check(name, True, f"continues the {size} entries that were verified before")
    return Check(name, False, f"does not continue the {size} entries that were verified before")


async def _rebuilt(reader: Reader, head: TreeHead) -> Check:
    try:
        tree = await reader.tree(head.size, head)
    except (Disproved, WillPass) as error:
        return _failed("tree", error)
    if tree.root() != head.root:
        return Check("tree", False, "the tree rebuilt from proofs has another root")
    return Check("tree", True, f"the tree of {tree.size} entries was rebuilt from proofs")


async def _newest(reader: Reader, head: TreeHead, last: int) -> Check:
    """Entries themselves, hashed into the signed root."""
    at = Beginning(max(0, head.size - last))
    count = 0
    try:
        follower = await begin(reader, at)
        async for _ in entries(follower, at):
            count += 1
    except (BadTreeHead, Disproved, WillPass) as error:
        return _failed("entries", error)
    if not count and head.size:
        return Check("entries", None, "the log gave none of its newest entries")
    return Check("entries", True, f"the last {count} entries hash to a root that it signed")
