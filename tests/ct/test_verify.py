"""Whether a log is what it says it is."""

import pytest

from hunter.ct.follow import Position, start_at
from hunter.ct.verify import Check, verify
from tests.world.ct import FakeLog, status
from tests.world.ct_reading import grown, numbered, reader

HEAD = {"rfc6962": "get-sth", "static": "checkpoint"}
ENTRIES = {"rfc6962": "get-entries", "static": "tile/data"}
PROOF = {"rfc6962": "proof", "static": "tile/0"}


@pytest.fixture(params=["rfc6962", "static"])
def fake(request: pytest.FixtureRequest) -> FakeLog:
    """A log of 300 entries, of each kind."""
    return grown(request.param, 300)


async def checked(fake: FakeLog, known: Position | None = None) -> list[Check]:
    return [check async for check in verify(reader(fake), known, 100)]


def outcome(checks: list[Check]) -> dict[str, bool | None]:
    return {check.name: check.passed for check in checks}


async def test_a_good_log_passes_all(fake: FakeLog) -> None:
    """And is told in how far."""
    known = await start_at(reader(fake))
    fake.grow(*numbered(300, 400))
    checks = await checked(fake, known)
    assert outcome(checks) == dict.fromkeys(("signature", "consistency", "tree", "entries"), True)
    assert [check.message for check in checks] == [
        "signed a tree of 400 entries at 2026-11-22 12:00:02 UTC",
        "continues the 300 entries that were verified before",
        "the tree of 400 entries was rebuilt from proofs",
        "the last 100 entries hash to a root that it signed",
    ]


async def test_what_is_not_known_is_not_compared(fake: FakeLog) -> None:
    """A log that was never followed."""
    assert outcome(await checked(fake)) == dict.fromkeys(("signature", "tree", "entries"), True)


@pytest.mark.parametrize("more", [0, 50])
async def test_a_fork_is_found(fake: FakeLog, more: int) -> None:
    """With the size that was verified, and with a larger one."""
    known = await start_at(reader(fake))
    fake.fork()
    fake.grow(*numbered(300, 300 + more))
    assert outcome(await checked(fake, known))["consistency"] is False


async def test_a_log_that_shrank_is_found_and_one_that_lags_is_not_blamed(fake: FakeLog) -> None:
    """A smaller tree is a lie when it is younger; else nothing can be told."""
    known = await start_at(reader(fake))
    fake.publish(250)
    assert outcome(await checked(fake, known))["consistency"] is False
    fake.clock -= 5000
    assert outcome(await checked(fake, known))["consistency"] is None


async def test_a_head_without_a_good_signature_ends_it(fake: FakeLog) -> None:
    """There is nothing to hold the rest against."""
    fake.fault(lambda request, _good: grown(fake.kind, 300).answer(request), HEAD[fake.kind])
    assert outcome(await checked(fake)) == {"signature": False}


async def test_a_flipped_byte_among_the_newest_entries_is_found(fake: FakeLog) -> None:
    """Though the tree itself is well."""
    fake.flipped.add(250)
    assert outcome(await checked(fake)) == {"signature": True, "tree": True, "entries": False}


async def test_what_cannot_be_had_is_not_told(fake: FakeLog) -> None:
    """Neither passed nor failed."""
    fault = fake.fault(status(500), ENTRIES[fake.kind])
    assert outcome(await checked(fake))["entries"] is None
    fake.faults.remove(fault)
    fake.fault(status(503), PROOF[fake.kind])
    assert outcome(await checked(fake))["tree"] is None
    fake.fault(status(500), HEAD[fake.kind])
    assert outcome(await checked(fake)) == {"signature": None}


async def test_a_proof_of_another_tree_is_a_failed_check(fake: FakeLog) -> None:
    """The last entry's audit path, or the hash tiles, of another log."""
    other = grown(fake.kind, 300)
    fake.fault(lambda request, _good: other.answer(request), PROOF[fake.kind])
    assert outcome(await checked(fake))["tree"] is False


@pytest.mark.parametrize("kind", ["rfc6962", "static"])
async def test_an_empty_log_is_a_good_one(kind: str) -> None:
    """A shard whose time begins."""
    fake = grown(kind, 0)
    assert all(outcome(await checked(fake)).values())
