"""Lists that are published, spoilt, gone, and kept."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.ct.bundle import unpacked
from hunter.ct.lists import Published, Shelf, current, last_good
from hunter.ct.loglist import BadLogList
from hunter.errors import WillPass
from tests.world.ct import FakeLog, Registry, list_key_pem

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ONE = FakeLog("one", url="https://one.example/")
TWO = FakeLog("two", kind="static", url="https://two.example/")
THREE = FakeLog("three", url="https://three.example/")
SIGNED = "https://signed.example/list.json"
OPEN = "https://open.example/list.json"
PUBLISHED = (Published(SIGNED, list_key_pem()), Published(OPEN))


@dataclass
class Web:
    """Two lists, a place for copies, and what was told."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    told: dict[str, tuple[bool, str]] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)

    async def fetch(self, url: str) -> bytes:
        """The body, or trouble."""
        if url not in self.bodies:
            raise WillPass("its server did not answer")
        return self.bodies[url]

    async def names(self) -> set[str]:
        """The logs of all lists as they are now."""

        async def keep(url: str, text: str) -> None:
            self.kept[url] = text

        def tell(url: str, healthy: bool, message: str, trouble: str) -> None:
            self.told[url] = healthy, message
            self.troubles[url] = trouble

        logs = await current(PUBLISHED, self.fetch, Shelf(self.kept.get, keep, tell, lambda: NOW))
        return {log.description for log in logs}

    def publish(self, signed: Registry) -> None:
        """A new signed list."""
        self.bodies[SIGNED] = signed.body()
        self.bodies[SIGNED.replace(".json", ".sig")] = signed.signature()


def web() -> Web:
    found = Web({OPEN: Registry([TWO]).body()})
    found.publish(Registry([ONE]))
    return found


async def test_the_logs_of_all_lists_are_united() -> None:
    """And each list is kept and told to be well."""
    found = web()
    assert await found.names() == {"one", "two"}
    assert found.told == {SIGNED: (True, "1 logs"), OPEN: (True, "1 logs")}


async def test_a_list_that_is_spoilt_or_gone_counts_as_it_was() -> None:
    """The other goes on; and the operator is told."""
    found = web()
    await found.names()
    found.bodies[SIGNED] = Registry([TWO]).body()
    del found.bodies[OPEN]
    assert await found.names() == {"one", "two"}
    assert found.told[SIGNED][0] is False
    assert "signature" in found.told[SIGNED][1]
    assert found.told[OPEN] == (
        False,
        "its server did not answer; the last good list stays in force",
    )
    assert found.troubles == {SIGNED: "bad list", OPEN: "passing"}


async def test_a_list_beside_the_signature_of_another_day_is_had_with_its_own() -> None:
    """Caches keep the two apart; both are given out in one archive as well."""
    found = web()
    new, old = Registry([TWO]), Registry([ONE])
    for body, signature in ((new.body(), old.signature()), (old.body(), new.signature())):
        found.bodies[SIGNED] = body
        found.bodies[SIGNED.replace(".json", ".sig")] = signature
        found.bodies[SIGNED.replace(".json", ".zip")] = new.bundle()

        assert await found.names() == {"two"}
        assert found.told[SIGNED] == (True, "1 logs")


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x05\x06" + bytes(18), Registry([ONE]).bundle()[:-30], bytes(3 << 20)],
)
async def test_what_is_no_archive_of_a_list_changes_nothing(content: bytes) -> None:
    """The signature is told as it would be without."""
    found = web()
    found.bodies[SIGNED] = Registry([TWO]).body()
    found.bodies[SIGNED.replace(".json", ".zip")] = content

    assert await found.names() == {"two"}
    assert "signature is not its publisher's" in found.told[SIGNED][1]


@given(st.binary(max_size=400), st.integers(0, 5000))
def test_an_archive_may_be_spoilt_anywhere(spoilt: bytes, at: int) -> None:
    """It is an archive of two files, or refused as none."""
    whole = Registry([ONE]).bundle()
    with suppress(BadLogList):
        assert len(unpacked(whole[:at] + spoilt + whole[at + len(spoilt) :])) == 2


async def test_a_list_that_was_never_had_is_not_said_to_stay_in_force() -> None:
    """As at the first start behind a proxy: nothing is followed, whatever is told."""
    found = web()
    del found.bodies[OPEN]
    await found.names()

    assert found.told[OPEN] == (False, "its server did not answer; no good one is kept yet")


async def test_the_copies_can_be_asked_without_asking_anybody() -> None:
    """For whoever only wants to know what is in force."""
    found = web()
    assert last_good(PUBLISHED, found.kept.get) == ()
    await found.names()
    found.bodies.clear()
    assert {log.description for log in last_good(PUBLISHED, found.kept.get)} == {"one", "two"}


async def test_an_empty_list_is_no_list() -> None:
    """A publisher never means to retire all logs at once."""
    found = web()
    await found.names()
    found.bodies[OPEN] = b'{"operators": []}'
    assert await found.names() == {"one", "two"}


async def test_without_a_copy_a_bad_list_has_no_logs() -> None:
    """Nor with a copy that cannot be read."""
    found = Web()
    assert await found.names() == set()
    found.kept[OPEN] = "nonsense"
    assert await found.names() == set()


async def test_an_older_list_is_none_though_it_is_signed() -> None:
    """Of a cache that lags, or played back: it takes no log away, and not when it comes again."""
    found = web()
    found.publish(Registry([ONE, THREE], timestamp="2026-11-21T00:00:00Z"))
    await found.names()
    found.publish(Registry([ONE], timestamp="2025-11-21T00:00:00Z"))
    for _ in range(2):
        assert await found.names() == {"one", "two", "three"}
        assert found.told[SIGNED] == (True, "2 logs")


async def test_a_newer_list_may_take_a_log_away() -> None:
    """Also when the last one was of a time to come: its publisher's clock was wrong once."""
    for before in ("2026-11-21T00:00:00Z", "2031-01-01T00:00:00Z"):
        found = web()
        found.publish(Registry([ONE, THREE], timestamp=before))
        await found.names()
        found.publish(Registry([ONE], timestamp="2026-11-22T00:00:00Z"))
        assert await found.names() == {"one", "two"}


@pytest.mark.parametrize(("day", "fine"), [("2026-09-14", True), ("2026-09-12", False)])
async def test_a_list_that_is_no_longer_renewed_is_told(day: str, fine: bool) -> None:
    """After 70 days; its logs are followed, and those that came since are not known."""
    found = web()
    found.publish(Registry([ONE], timestamp=f"{day}T00:00:00Z"))
    assert await found.names() == {"one", "two"}
    assert found.told[SIGNED][0] is fine
    assert fine or f"the list is of {day}: newer logs are not followed" in found.told[SIGNED][1]
    assert found.troubles[SIGNED] == ("" if fine else "bad list")


async def test_a_list_that_nobody_signs_may_be_old() -> None:
    """It may be made anew only when a log comes or goes."""
    found = web()
    found.bodies[OPEN] = Registry([TWO], timestamp="2025-01-01T00:00:00Z").body()
    assert await found.names() == {"one", "two"}
    assert found.told[OPEN] == (True, "1 logs")


async def test_a_log_that_a_list_describes_wrongly_is_told() -> None:
    """It is not followed, and would be missed by nobody."""
    found = web()
    found.bodies[OPEN] = Registry([TWO, THREE]).body().replace(b'"mon', b'"x', 1)
    assert await found.names() == {"one", "three"}
    told = "1 logs; left out: Operator of two, static: no URL to read it at (two)"
    assert found.told[OPEN] == (False, told)
    assert found.troubles[OPEN] == "bad list"
