"""Lists that are published, spoilt, gone, and kept."""

from dataclasses import dataclass, field

from hunter.ct.lists import Published, Shelf, current, last_good
from hunter.errors import WillPass
from tests.world.ct import FakeLog, Registry, list_key_pem

ONE = FakeLog("one", url="https://one.example/")
TWO = FakeLog("two", kind="static", url="https://two.example/")
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

        logs = await current(PUBLISHED, self.fetch, Shelf(self.kept.get, keep, tell))
        return {log.description for log in logs}


def web() -> Web:
    signed, unsigned = Registry([ONE]), Registry([TWO])
    signature = SIGNED.replace(".json", ".sig")
    return Web({SIGNED: signed.body(), signature: signed.signature(), OPEN: unsigned.body()})


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
