"""CT logs of both kinds, on loopback: found by their list, read, verified, and told about."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from hunter.contracts import Batch, Doors, SourceContext
from hunter.ct.follow import Position
from hunter.ct.keys import key_hash
from hunter.errors import WillNotPass
from hunter.model import Brand, Json, Report
from hunter.net.http import HttpDoor
from hunter.sources.ct_logs import Settings, gather
from tests.world.ct import (
    FakeLog,
    Fault,
    Logged,
    Registry,
    Spoil,
    certificate,
    ct_server,
    half_a_body,
    list_key_pem,
    status,
)
from tests.world.ct_reading import grown, numbered

NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)
DAY = timedelta(days=1)
KINDS = ("rfc6962", "static")


@dataclass
class Hunt:
    """A daemon in small: commits each batch's cursor, keeps names, origins and reports."""

    registry: Registry
    key: Path
    http: HttpDoor
    url: str
    options: dict[str, object] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)
    streams: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    origins: list[dict[str, Json]] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    now: datetime = NOW

    def settings(self) -> Settings:
        """Impatient ones, for the list on loopback."""
        given = {
            "list_url": f"{self.url}/log_list.json",
            "list_key": self.key,
            "other_lists": (),
            "list_every": timedelta(milliseconds=100),
            "look_every": timedelta(milliseconds=20),
            "patience": timedelta(),
            "requests_per_second": {},
            "requests_otherwise": 10_000.0,
        }
        return Settings.model_validate(given | self.options)

    def context(self) -> SourceContext:
        """What the daemon gives."""
        doors = cast("Doors", type("D", (), {"http": self.http}))
        brands = (Brand("en-marche.fr"),)
        return SourceContext(
            brands, (), self.cursors.get, lambda: self.now, doors, self.reports.append
        )

    def take(self, batch: Batch) -> None:
        """One transaction."""
        for line, name in enumerate(batch.names.decode().splitlines()):
            self.names.append(name)
            self.origins.append(dict(batch.origin(line)))
        self.cursors[batch.stream] = batch.cursor
        self.streams.append(batch.stream)

    async def until(self, done: Callable[[], object]) -> None:
        """Gather until `done`, and then be stopped."""
        async with asyncio.timeout(120), aclosing(gather(self.settings(), self.context())) as found:
            taking = asyncio.ensure_future(self._take_all(found))
            try:
                while not done() and not taking.done():  # noqa: ASYNC110 — of every kind
                    await asyncio.sleep(0.005)
            finally:
                taking.cancel()
                await asyncio.wait([taking])
            if not taking.cancelled():
                taking.result()

    async def _take_all(self, found: AsyncIterator[Batch]) -> None:
        async for batch in found:
            self.take(batch)

    def told(self, subject: str, text: str, *, healthy: bool) -> bool:
        """Whether such a sentence was told about a log or list."""
        return any(
            one.healthy is healthy and subject in one.subject and text in one.message
            for one in self.reports
        )


@asynccontextmanager
async def hunting(tmp_path: Path, *logs: FakeLog, **options: object) -> AsyncIterator[Hunt]:
    key = tmp_path / "list.pem"
    key.write_bytes(list_key_pem())
    registry = Registry(list(logs))
    door = HttpDoor("hunter-test (+https://hunter.example/)", allow_private=True)
    async with ct_server(registry) as server:
        try:
            yield Hunt(registry, key, door, server.url, options)
        finally:
            await door.close()


def flat(groups: Sequence[tuple[str, ...]]) -> list[str]:
    return [name for group in groups for name in group]


@pytest.fixture(params=KINDS)
def fake(request: pytest.FixtureRequest) -> Iterator[FakeLog]:
    """A log with three entries, of each kind."""
    return grown(request.param, 3)


async def test_a_log_is_followed_from_its_end_and_over_restarts(
    tmp_path: Path, fake: FakeLog
) -> None:
    """What was logged while nobody looked is read at the next start."""
    async with hunting(tmp_path, fake) as hunt:
        await hunt.until(lambda: fake.url in hunt.cursors)
        assert hunt.names == []
        fake.grow(*numbered(3, 300))
        await hunt.until(lambda: len(hunt.names) >= 297)
        assert hunt.names == flat(numbered(3, 300))
        fake.grow(("later.example",))
        await hunt.until(lambda: len(hunt.names) > 297)
        assert hunt.names[297:] == ["later.example"]


async def test_logs_of_both_kinds_are_read_side_by_side(tmp_path: Path) -> None:
    """Each with a cursor of its own, while they grow."""
    logs = [grown(kind, 300, name=kind) for kind in KINDS]
    async with hunting(tmp_path, *logs, since=DAY) as hunt:
        await hunt.until(lambda: len(hunt.names) >= 600)
        assert sorted(hunt.names) == sorted(flat(numbered(0, 300)) * 2)
        assert {log.url for log in logs} <= hunt.cursors.keys()


async def test_the_origin_tells_the_certificate(tmp_path: Path) -> None:
    """The same identity for the precertificate in one log and the certificate in another."""
    old, new = grown("rfc6962", 1, "old"), grown("static", 1, "new")
    names = tuple(f"host{at}.en-marche.example" for at in range(120))
    found = certificate(names, 0xABCDEF)
    old.add(found, names, precertificate=True)
    new.add(found, names)
    async with hunting(tmp_path, old, new, since=DAY) as hunt:
        old.publish()
        new.publish()
        await hunt.until(lambda: len(hunt.names) >= 242)
        first, second = (
            next(one for one in hunt.origins if one["log"] == log.name and one["index"] == 1)
            for log in (old, new)
        )
    assert first["certificate"] == second["certificate"]
    assert (first["entry"], second["entry"]) == ("precertificate", "certificate")
    assert first["key"] == second["key"] == key_hash(found.public_bytes(Encoding.DER))
    assert (first["serial"], first["issuer"]) == ("00abcdef", "Test CA")
    assert first["not_after"] == "2027-02-20T12:00:00+00:00"
    assert (len(cast("list[str]", first["names"])), first["names_total"]) == (100, 120)
    assert first["log_url"] == old.url
    assert not first["malformed"]


async def test_a_position_counts_only_once_its_names_are_taken(
    tmp_path: Path, fake: FakeLog
) -> None:
    """Whoever is killed between two batches is given the second again."""
    fake.grow(*numbered(3, 600))
    async with hunting(tmp_path, fake, since=DAY) as hunt:
        for _ in range(40):
            async with aclosing(gather(hunt.settings(), hunt.context())) as found:
                async for batch in found:
                    hunt.take(batch)
                    if batch.names:
                        break
            if len(hunt.names) >= 600:
                break
        assert hunt.names == flat(numbered(0, 600))


TROUBLE = [
    (status(500), 5),
    (status(429), 11),  # five to a question
    (half_a_body, 5),
    (status(302, Location="/elsewhere"), 5),
]


@pytest.mark.parametrize(("spoil", "times"), TROUBLE)
async def test_trouble_is_told_and_passes(
    tmp_path: Path, fake: FakeLog, spoil: Spoil, times: int
) -> None:
    """The operator hears of it; nothing is lost or repeated."""
    async with hunting(tmp_path, fake) as hunt:
        await hunt.until(lambda: fake.url in hunt.cursors)
        fake.grow(*numbered(3, 100))
        fault = fake.fault(spoil, times=times)
        await hunt.until(lambda: len(hunt.names) >= 97)
        assert hunt.names == flat(numbered(3, 100))
        assert fault.times == 0
        assert hunt.told(fake.url, "", healthy=False)
        assert hunt.reports[-1].healthy


@pytest.mark.parametrize(
    "pause", ["3600", "Sun, 22 Nov 2026 13:30:00 GMT", "31536000", "Mon, 22 Nov 2027 13:30:00 GMT"]
)
async def test_both_forms_of_retry_after_are_kept_to_and_told(
    tmp_path: Path, fake: FakeLog, pause: str
) -> None:
    """In seconds, and as a date: an hour is more than a task should sit out unseen.

    Nobody means a year, or the day that a clock of ours that is behind makes of it.
    """
    async with hunting(tmp_path, fake) as hunt:
        fake.fault(status(503, Retry_After=pause))
        await hunt.until(lambda: hunt.told(fake.url, "left alone for 60 min", healthy=False))
        assert len(fake.requests) == 1


async def test_a_flipped_byte_is_told_and_never_seen(tmp_path: Path, fake: FakeLog) -> None:
    """The altered name reaches nobody; the true one comes once the log has recovered."""
    fake.grow(*numbered(3, 50))
    fake.flipped.add(20)
    async with hunting(tmp_path, fake, since=DAY) as hunt:
        await hunt.until(lambda: hunt.told(fake.url, "mismatch", healthy=False))
        assert hunt.names == []
        fake.flipped.clear()
        await hunt.until(lambda: len(hunt.names) >= 50)
        assert hunt.names == flat(numbered(0, 50))


async def test_a_log_that_shrinks_or_forks_is_told(tmp_path: Path, fake: FakeLog) -> None:
    """The verified position stays."""
    fake.grow(*numbered(3, 50))
    async with hunting(tmp_path, fake, since=DAY) as hunt:
        await hunt.until(lambda: len(hunt.names) >= 50)
        kept = hunt.cursors[fake.url]
        fake.publish(30)
        await hunt.until(lambda: hunt.told(fake.url, "shrank", healthy=False))
        fake.publish()
        fake.fork()
        await hunt.until(lambda: hunt.told(fake.url, "forked", healthy=False))
        assert hunt.cursors[fake.url] == kept


async def test_a_list_with_a_bad_signature_leaves_the_last_good_one_in_force(
    tmp_path: Path, fake: FakeLog
) -> None:
    """Also after a restart; and the operator is told."""
    async with hunting(tmp_path, fake) as hunt:
        await hunt.until(lambda: fake.url in hunt.cursors)
        intruder = grown("rfc6962", 3, "intruder")
        hunt.registry.logs.append(intruder)
        hunt.registry.forge()
        fake.grow(("new.example",))
        await hunt.until(lambda: hunt.names)
        assert hunt.told("log_list", "signature is not its publisher's", healthy=False)
        assert intruder.requests == []


async def test_without_any_good_list_there_is_nothing_to_follow(
    tmp_path: Path, fake: FakeLog
) -> None:
    """It is told, and tried again."""
    async with hunting(tmp_path, fake) as hunt:
        hunt.registry.faults.append(fake.fault(status(404)))
        await hunt.until(lambda: hunt.told("log_list", "there is no", healthy=False))
        assert hunt.cursors == {}


async def test_new_logs_are_picked_up_and_retired_ones_told(tmp_path: Path) -> None:
    """Without a restart, with the size to which the old one was verified."""
    old, new = grown("rfc6962", 5, "old"), grown("static", 5, "new")
    async with hunting(tmp_path, old, since=DAY) as hunt:

        def go_on() -> bool:
            if len(hunt.names) >= 5 and new not in hunt.registry.logs:
                old.state = "retired"
                hunt.registry.logs.append(new)
            return len(hunt.names) >= 10

        await hunt.until(go_on)
        assert hunt.told(old.url, "followed no longer: retired", healthy=True)
        assert hunt.told(old.url, "verified to entry 5, 0 behind", healthy=True)


@pytest.mark.parametrize("rest", [timedelta(minutes=5), 3 * DAY])
async def test_a_log_that_is_retired_while_nobody_looks_is_told(
    tmp_path: Path, fake: FakeLog, rest: timedelta
) -> None:
    """What it took since is unread, unless that was but a moment."""
    other = grown("rfc6962", 3, "other")
    async with hunting(tmp_path, fake, other) as hunt:
        await hunt.until(lambda: f"{fake.url}#figures" in hunt.cursors)
        hunt.now += rest
        fake.grow(("unread.example",))
        fake.state = "retired"
        hunt.reports.clear()
        await hunt.until(lambda: hunt.told(fake.url, "followed no longer", healthy=rest < DAY))
        assert hunt.told(fake.url, "verified to entry 3, 0 behind", healthy=rest < DAY)
        unread = "what it took after 2026-11-22 12:30 UTC is unread"
        assert hunt.told(fake.url, unread, healthy=False) is (rest > DAY)
        assert not hunt.told(other.url, "followed no longer", healthy=True)


async def test_a_log_that_is_retired_after_days_of_silence_was_not_read_to_its_end(
    tmp_path: Path, fake: FakeLog
) -> None:
    """It is not told as well again: nobody knows what it took in those days."""
    async with hunting(tmp_path, fake) as hunt:

        def go_on() -> bool:
            if f"{fake.url}#figures" in hunt.cursors and not fake.faults:
                fake.fault(status(503))
                hunt.now += 3 * DAY
            if hunt.told(fake.url, "no good answer", healthy=False):
                fake.state = "retired"
            return hunt.told(fake.url, "followed no longer", healthy=False)

        await hunt.until(go_on)
        assert hunt.told(fake.url, "12:30 UTC is unread", healthy=False)
        assert {one.trouble for one in hunt.reports if "unread" in one.message} == {"gone"}


async def test_a_shard_whose_time_was_over_while_nobody_looked_is_no_trouble(
    tmp_path: Path, fake: FakeLog
) -> None:
    """Whatever it took since then has run out."""
    async with hunting(tmp_path, fake) as hunt:
        await hunt.until(lambda: f"{fake.url}#figures" in hunt.cursors)
        hunt.now = datetime(2100, 1, 1, tzinfo=UTC)
        hunt.reports.clear()
        await hunt.until(lambda: hunt.told(fake.url, "its time is over", healthy=True))


async def test_a_log_that_moves_while_nobody_looks_is_read_on(
    tmp_path: Path, fake: FakeLog
) -> None:
    """Its key is the same, so that what was verified stays so."""
    async with hunting(tmp_path, fake) as hunt:
        await hunt.until(lambda: fake.url in hunt.cursors)
        before = fake.url
        fake.name = "elsewhere"
        fake.grow(*numbered(3, 100))
        await hunt.until(lambda: len(hunt.names) >= 97)
        assert hunt.names == flat(numbered(3, 100))
        assert hunt.told(before, "is read at", healthy=True)


async def test_a_log_that_moves_is_read_on_without_a_restart(tmp_path: Path, fake: FakeLog) -> None:
    """The old place is asked no longer."""
    async with hunting(tmp_path, fake) as hunt:

        def go_on() -> bool:
            if len(hunt.names) == 97:
                fake.name = "elsewhere"
                fake.grow(*numbered(100, 200))
            return "n199.example" in hunt.names

        await hunt.until(lambda: fake.url in hunt.cursors)
        fake.grow(*numbered(3, 100))
        await hunt.until(go_on)
        assert sorted(set(hunt.names)) == sorted(flat(numbered(3, 200)))
        assert "elsewhere" in fake.url
        assert fake.url in hunt.cursors


async def test_a_choice_of_logs_can_be_made(tmp_path: Path) -> None:
    """By operator, or static ones only."""
    logs = [grown("rfc6962", 2, "one"), grown("rfc6962", 2, "two"), grown("static", 2, "three")]
    async with hunting(tmp_path, *logs, operators=("Operator of t",), static_only=True) as hunt:
        await hunt.until(lambda: logs[2].url in hunt.cursors)
        await asyncio.sleep(0.05)
        assert [bool(log.requests) for log in logs] == [False, False, True]


async def test_an_operator_mistyped_is_told_with_those_there_are(tmp_path: Path) -> None:
    """Its logs would stay unread in silence; the others are followed meanwhile."""
    logs = [grown("rfc6962", 2, "one"), grown("static", 2, "three")]
    chosen = ("Operator of o", "Opperator of t")
    async with hunting(tmp_path, *logs, operators=chosen) as hunt:
        await hunt.until(lambda: logs[0].url in hunt.cursors)
        told = "no operator is called Opperator of t; there are Operator of one, Operator of three"
        assert hunt.told("the choice of logs", told, healthy=False)


async def test_a_choice_that_leaves_no_log_is_told(tmp_path: Path) -> None:
    """Nothing else would say that the logs are not read."""
    logs = [grown("rfc6962", 2, "one")]
    async with hunting(tmp_path, *logs, static_only=True) as hunt:
        await hunt.until(lambda: hunt.reports)
        await hunt.until(
            lambda: hunt.told(
                "the choice of logs", "0 of 1 listed logs are followed", healthy=False
            )
        )


async def test_names_tiles_save_the_certificates_of_pages_without_a_hit(tmp_path: Path) -> None:
    """A page with a match is fetched in full, for what its certificate tells."""
    fake = grown("static", 600)
    fake.grow(("login-en-marche.example",))
    async with hunting(tmp_path, fake, names_tiles=True) as hunt:
        hunt.cursors[fake.url] = Position().dump()
        await hunt.until(lambda: len(hunt.names) >= 601)
        assert hunt.names == [*flat(numbered(0, 600)), "login-en-marche.example"]
    data = [path for path in fake.requests if "tile/data" in path]
    assert data == ["tile/data/002.p/89"]
    assert hunt.origins[-1]["issuer"] == "Test CA"
    assert hunt.origins[0] == {
        "log": "log",
        "log_url": fake.url,
        "index": 0,
        "logged_at": "2026-11-22T12:00:00+00:00",
    }


async def test_an_entry_that_no_parser_accepts_is_counted_kept_and_matched(
    tmp_path: Path, fake: FakeLog
) -> None:
    """Its names are among the others, and its bytes can be looked at later."""
    body = b"\x00from-broken.example\x00"
    stamped = bytes(8) + b"\0\0" + len(body).to_bytes(3, "big") + body + b"\0\0"
    fake.add_entry(Logged(b"\0\0" + stamped, b"\0\0\0", stamped + b"\0\0", (), 0))
    fake.grow(("after.example",))
    async with hunting(tmp_path, fake, since=DAY) as hunt:
        await hunt.until(lambda: len(hunt.names) >= 5)
        assert hunt.names[:3] == flat(numbered(0, 3))
        assert hunt.names[3:] == ["from-broken.example", "after.example"]
        assert hunt.origins[3]["malformed"] is True
        kept = json.loads(hunt.cursors[fake.url + "#malformed"])
        assert (kept["count"], kept["kept"][0]["index"]) == (1, 3)
        await hunt.until(lambda: hunt.told(fake.url, "1 malformed, the latest 3", healthy=True))


async def test_a_silent_log_is_told(tmp_path: Path, fake: FakeLog) -> None:
    """By the age of its newest tree head."""
    async with hunting(tmp_path, fake) as hunt:
        hunt.now = NOW + timedelta(hours=7)
        await hunt.until(lambda: hunt.told(fake.url, "has signed nothing since", healthy=False))


async def test_the_position_of_another_program_is_refused_and_told(
    tmp_path: Path, fake: FakeLog
) -> None:
    """It starts at the end, and says so."""
    async with hunting(tmp_path, fake) as hunt:
        hunt.cursors[fake.url] = "17"
        await hunt.until(lambda: hunt.cursors[fake.url] != "17")
        assert hunt.told(fake.url, "followed from its end", healthy=False)


async def test_a_missing_key_file_is_the_operators_to_mend(tmp_path: Path, fake: FakeLog) -> None:
    """Nothing is followed without being able to check the list."""
    async with hunting(tmp_path, fake, list_key=tmp_path / "none.pem") as hunt:
        with pytest.raises(WillNotPass, match="list_key"):
            await hunt.until(lambda: False)


async def test_the_user_agent_tells_whom_to_write_to(tmp_path: Path, fake: FakeLog) -> None:
    """Operators throttle those who do not say who they are."""
    key = tmp_path / "list.pem"
    key.write_bytes(list_key_pem())
    registry = Registry([fake])
    door = HttpDoor("hunter (+https://hunter.example/)", allow_private=True)
    async with ct_server(registry) as server:
        hunt = Hunt(registry, key, door, server.url)
        await hunt.until(lambda: fake.url in hunt.cursors)
        agents = {request.headers["user-agent"] for request in server.requests}
    await door.close()
    assert agents == {"hunter (+https://hunter.example/)"}


async def test_a_closed_log_that_is_opened_again_is_read_on(tmp_path: Path, fake: FakeLog) -> None:
    """Without a restart."""
    fake.state = "readonly"
    fake.final_size = 3
    async with hunting(tmp_path, fake, since=DAY) as hunt:

        def go_on() -> bool:
            if hunt.told(fake.url, "verified to its end, 3", healthy=True) and fake.size == 3:
                fake.state, fake.final_size = "usable", None
                fake.grow(*numbered(3, 10))
            return len(hunt.names) >= 10

        await hunt.until(go_on)
        assert hunt.names == flat(numbered(0, 10))


async def test_a_log_that_was_closed_long_ago_is_not_asked(tmp_path: Path, fake: FakeLog) -> None:
    """Apple lists some as read-only whose servers were switched off months before.

    Nor after a restart; but it is read if it takes entries again.
    """
    fake.state, fake.final_size, fake.closed_at = "readonly", 3, "2026-02-28T00:00:00Z"
    async with hunting(tmp_path, fake, since=DAY) as hunt:
        fault = fake.fault(status(404))
        for _ in range(2):
            told = "was closed on 2026-02-28: nothing new is in it"
            await hunt.until(lambda: hunt.told(fake.url, told, healthy=True))  # noqa: B023
            assert fake.requests == []
            assert [one for one in hunt.reports if not one.healthy] == []
            hunt.reports.clear()
        fake.faults.remove(fault)
        fake.state, fake.final_size = "usable", None
        await hunt.until(lambda: len(hunt.names) >= 3)


@pytest.mark.parametrize("list_is_gone", [False, True])
async def test_a_log_that_came_while_nobody_looked_is_read_from_then_on(
    tmp_path: Path, *, list_is_gone: bool
) -> None:
    """A shard of the new year filled up during an outage, of hunter or of the list.

    What is older is not read.
    """
    old, new = grown("rfc6962", 3, "old"), FakeLog("new", kind="static")
    new.clock -= int(DAY.total_seconds() * 1000)
    new.grow(("before.example",))
    new.clock += int(2 * DAY.total_seconds() * 1000)
    new.grow(*numbered(0, 300))
    async with hunting(tmp_path, old) as hunt:
        await hunt.until(lambda: old.url in hunt.cursors)
        if list_is_gone:
            hunt.now += DAY
            hunt.registry.faults.append(Fault(status(500)))
            await hunt.until(lambda: hunt.told("log_list", "status 500", healthy=False))
            hunt.registry.faults.clear()
        hunt.registry.logs.append(new)
        hunt.now = NOW + 2 * DAY
        await hunt.until(lambda: len(hunt.names) >= 300)
        assert hunt.names == flat(numbered(0, 300))


async def test_when_a_log_was_met_is_kept_before_the_look_that_showed_it(
    tmp_path: Path, fake: FakeLog
) -> None:
    """A daemon that dies between the two would take it for one that it had met before."""
    async with hunting(tmp_path, grown("rfc6962", 3, "old")) as hunt:
        await hunt.until(lambda: "lists#looked" in hunt.cursors)
        hunt.registry.logs.append(fake)
        fake.fault(status(500))
        hunt.now += DAY
        hunt.streams.clear()
        await hunt.until(lambda: hunt.streams.count("lists#looked"))
        before = hunt.streams[: hunt.streams.index("lists#looked")]
        assert [one for one in before if one.endswith("#met")]


async def test_a_log_that_does_not_answer_over_a_restart_is_read_from_when_it_was_met(
    tmp_path: Path, fake: FakeLog
) -> None:
    """The lists are looked at meanwhile; what it took in since then is not left out."""
    old = grown("rfc6962", 3, "old")
    async with hunting(tmp_path, old) as hunt:
        await hunt.until(lambda: old.url in hunt.cursors)
        hunt.registry.logs.append(fake)
        fault = fake.fault(status(500))
        await hunt.until(lambda: hunt.told(fake.url, "status 500", healthy=False))
        hunt.now += DAY
        await hunt.until(lambda: hunt.now.isoformat() in hunt.cursors["lists#looked"])
        fake.faults.remove(fault)
        await hunt.until(lambda: len(hunt.names) >= 3)
        assert hunt.names == flat(numbered(0, 3))
