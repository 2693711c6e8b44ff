"""The DNS door: records in one form, four kinds of answer, sweeps."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pycares
import pytest

from hunter.net import dns as door_module
from hunter.net.dns import DnsAnswer, DnsDoor, DnsStatus
from tests.world import descriptors
from tests.world.dns import DnsServer, Names, Trouble, dns_server

NAMES: Names = {
    "en-marche.co": {
        "A": ["104.16.1.1", "104.16.1.2"],
        "AAAA": "2606:4700:0:0::1",
        "NS": ["MONIQUE.ns.Cloudflare.com.", "ben.ns.cloudflare.com."],
        "MX": ["10 MX.en-marche.co.", "0 ."],
        "SOA": r"ns.x.fr. jean\.d.x.fr. 7 1 1 1 1",
        "TXT": '"v=spf1 " "-all"',
    },
    "www.en-marche.co": {"CNAME": "en-marche.co."},
    "dangling.fr": {"CNAME": "gone.example."},
    "*.wild.fr": {"A": "198.51.100.1"},
    "broken.fr": Trouble.SERVFAIL,
    "shut.fr": Trouble.REFUSED,
    "hole.fr": Trouble.SILENT,
    "1.0.0.127.in-addr.arpa": {"PTR": "Localhost."},
    "hostile.fr": {
        "TXT": [r'"red\027[31m\000\194\155<b>"', f'"{"long " * 40}" ' * 30],
        "NS": [r"evil\000\010\032<script>.fr.", "ns1.fr."],
    },
}


@asynccontextmanager
async def asking(
    names: Names = NAMES, **options: object
) -> AsyncIterator[tuple[DnsDoor, DnsServer]]:
    """A door to a name server that serves `names`."""
    async with dns_server(names) as server:
        settings = {"timeout": 5.0, "tries": 1, **options}
        door = DnsDoor(("127.0.0.1",), server.port, **settings)
        try:
            yield door, server
        finally:
            await door.close()


@pytest.mark.parametrize(
    ("name", "rrtype", "records"),
    [
        ("en-marche.co", "A", {"104.16.1.1", "104.16.1.2"}),
        ("www.en-marche.co", "A", {"104.16.1.1", "104.16.1.2"}),
        ("en-marche.co", "AAAA", {"2606:4700::1"}),
        ("en-marche.co", "NS", {"monique.ns.cloudflare.com", "ben.ns.cloudflare.com"}),
        ("en-marche.co", "MX", {"10 mx.en-marche.co", "0 ."}),
        ("en-marche.co", "SOA", {r"ns.x.fr jean\.d.x.fr 7"}),
        ("en-marche.co", "TXT", {"v=spf1 -all"}),
        ("www.en-marche.co", "CNAME", {"en-marche.co"}),
        ("1.0.0.127.in-addr.arpa", "PTR", {"localhost"}),
        ("x7.wild.fr", "A", {"198.51.100.1"}),
    ],
)
async def test_records_come_in_one_form(name: str, rrtype: str, records: set[str]) -> None:
    """Lower case, no trailing dot, shortest address, strings of a TXT record joined."""
    async with asking() as (door, _):
        answer = await door.ask(name, rrtype)
    assert answer.status is DnsStatus.FOUND
    assert set(answer.records) == records


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("nowhere.fr", DnsStatus.ABSENT, ""),
        ("dangling.fr", DnsStatus.ABSENT, ""),
        ("wild.fr", DnsStatus.EMPTY, ""),
        ("broken.fr", DnsStatus.UNKNOWN, "SERVFAIL"),
        ("shut.fr", DnsStatus.UNKNOWN, "refused"),
        ("hole.fr", DnsStatus.UNKNOWN, "in time"),
    ],
)
async def test_no_records_is_told_apart_by_cause(name: str, status: DnsStatus, reason: str) -> None:
    """Only NXDOMAIN is absence; trouble says nothing about the name."""
    # A busy machine answers late, too: only who waits for silence waits briefly.
    patience = {"timeout": 0.3} if reason == "in time" else {}
    async with asking(**patience) as (door, _):
        answer = await door.ask(name, "A")
    assert (answer.status, answer.records) == (status, ())
    assert reason in answer.reason
    assert bool(answer.reason) == (status is DnsStatus.UNKNOWN)


MISFITS = (
    "",
    ".",
    "a..b",
    "x" * 64 + ".fr",
    "x." * 130 + "fr",
    "é.fr",
    "\udcff.fr",
    "a\0.fr",
    "a b",
    "\\0",
)


@pytest.mark.parametrize("name", MISFITS)
async def test_what_is_no_name_is_not_asked_for(name: str) -> None:
    """It says so, and nothing is sent."""
    async with asking() as (door, server):
        answer = await door.ask(name, "A")
        assert server.questions == []
    assert answer.status is DnsStatus.UNKNOWN
    assert "not one that can be asked" in answer.reason


async def test_a_sweep_survives_what_is_no_name() -> None:
    """Each is answered once, in among the others."""
    async with asking() as (door, _):
        found = [x async for x in door.sweep((n, "A") for n in (*MISFITS, "en-marche.co"))]
    assert sorted(name for name, _, _ in found) == sorted((*MISFITS, "en-marche.co"))
    assert sum(answer.status is DnsStatus.FOUND for _, _, answer in found) == 1


@pytest.mark.parametrize("name", ["broken.fr", "shut.fr"])
async def test_what_failed_is_asked_once_more(name: str) -> None:
    """Some have it by then."""
    async with asking(tries=2) as (door, server):
        await door.ask(name, "A")
    assert server.count(name, "A") == 2


async def test_a_server_that_is_not_there_is_unknown() -> None:
    """Nothing listens on the port."""
    async with asking() as (_, server):
        port = server.port
    door = DnsDoor((f"127.0.0.1:{port}",), timeout=0.3, tries=1)
    answer = await door.ask("en-marche.co", "A")
    await door.close()
    assert answer.status is DnsStatus.UNKNOWN
    assert answer.reason


async def test_hostile_records_are_made_printable_and_bounded() -> None:
    """Control characters and length never get past the door."""
    async with asking() as (door, _):
        txt = await door.ask("hostile.fr", "TXT")
        ns = await door.ask("hostile.fr", "NS")
    assert "red[31m<b>" in txt.records
    assert max(len(record) for record in txt.records) <= 4000
    assert "ns1.fr" in ns.records
    assert all(record.isprintable() for record in (*txt.records, *ns.records))


async def test_what_changed_is_seen_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """c-ares would go on telling its first answer until the record's time is over."""
    monkeypatch.setattr(door_module, "_SHIFT_SECONDS", 0.0)
    async with asking() as (door, server):
        first = await door.ask("en-marche.co", "A")
        server.names["en-marche.co"] = {"A": "193.29.187.40"}
        second = await door.ask("en-marche.co", "A")
    assert len(first.records) == 2
    assert second.records == ("193.29.187.40",)


async def test_questions_in_flight_outlive_the_change_of_resolver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A resolver at the end of its shift still answers what it was asked."""
    monkeypatch.setattr(door_module, "_SHIFT_QUESTIONS", 3)
    async with dns_server({"*.fr": {"A": "192.0.2.1"}}, delay=0.05) as server:
        door = DnsDoor((f"127.0.0.1:{server.port}",))
        answers = await asyncio.gather(*(door.ask(f"n{n}.fr", "A") for n in range(20)))
        await door.close()
    assert {answer.status for answer in answers} == {DnsStatus.FOUND}


async def test_names_of_silent_servers_hold_nobody_up() -> None:
    """Of each only one thing is asked before the others have their turn; the next time, nothing."""
    silent = [f"hole-{number}.fr" for number in range(8)]
    kinds = ("A", "NS", "MX")
    served: Names = {**dict.fromkeys(silent, Trouble.SILENT), "en-marche.co": NAMES["en-marche.co"]}
    async with asking(served, timeout=0.5, in_flight=4) as (door, server):
        for before in (14, 10):
            server.questions.clear()
            answers = [door.ask(name, kind) for name in (*silent, "en-marche.co") for kind in kinds]
            await asyncio.gather(*answers)
            # Each where it was asked first: some are asked again.
            names = [name for name, _ in dict.fromkeys(server.questions)]
            assert len(names) == 27
            assert max(at for at, name in enumerate(names) if name == "en-marche.co") < before


LONG: Names = {"*.fr": {"A": "192.0.2.1"}, "long.fr": Trouble.SILENT}


async def asked(server: DnsServer, name: str) -> None:
    """Wait until the server got the question for the name's address."""
    while not server.count(name, "A"):  # noqa: ASYNC110 - a datagram is no event
        await asyncio.sleep(0.01)


async def answers_once_asked(server: DnsServer, name: str) -> None:
    """Let a name that is silent so far have an address, when the first question has come."""
    await asked(server, name)
    server.names[name] = {"A": "192.0.2.1"}


@pytest.fixture
def _one_shift(monkeypatch: pytest.MonkeyPatch) -> None:
    """What c-ares learns of a server is forgotten with the shift."""
    monkeypatch.setattr(door_module, "_SHIFT_SECONDS", 3600.0)


@pytest.mark.usefixtures("_one_shift")
async def test_a_name_that_takes_long_is_waited_for_though_others_came_fast() -> None:
    """A resolver knows many by heart, and has to ask others about the rest."""
    async with asking(LONG, timeout=30.0) as (door, server):
        for number in range(5):
            await door.ask(f"n{number}.fr", "A")
        answer, _ = await asyncio.gather(
            door.ask("long.fr", "A"), answers_once_asked(server, "long.fr")
        )
    assert answer.status is DnsStatus.FOUND


@pytest.mark.usefixtures("_one_shift")
async def test_a_server_that_stays_silent_is_asked_a_few_times_only() -> None:
    """However fast others are answered; in the same time it was asked six times."""
    async with asking(LONG, timeout=1.5, tries=2) as (door, server):
        for number in range(5):
            await door.ask(f"n{number}.fr", "A")
        answer = await door.ask("long.fr", "A")

    assert answer.status is DnsStatus.UNKNOWN
    assert server.count("long.fr", "A") <= 4


async def test_a_name_that_takes_long_is_waited_for_in_a_sweep() -> None:
    """Only then is it said not to exist."""
    async with asking(LONG, timeout=30.0, in_flight=1) as (door, server):
        light = asyncio.create_task(answers_once_asked(server, "long.fr"))
        names = [*(f"n{number}.fr" for number in range(5)), "long.fr"]
        answers = {name: answer async for name, _, answer in door.sweep((n, "A") for n in names)}
        await light
    assert len(answers) == 6
    assert answers["long.fr"].status is DnsStatus.FOUND


async def test_nothing_rings_for_a_door_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its thread gives up what waits after an answer was heard that had rung before."""
    channels: list[pycares.Channel] = []
    rung: list[object] = []

    def later(channel: pycares.Channel) -> None:
        channels.append(channel)

    async with asking(LONG, timeout=30.0) as (door, server):
        long = door.ask("long.fr", "A")
        await asked(server, "long.fr")
        late = door.ask("n.fr", "A")
        while not server.count("n.fr", "A"):  # noqa: ASYNC110 - a datagram is no event
            await asyncio.sleep(0)
        # The loop hears nothing of the answer until the door is closed.
        time.sleep(0.2)  # noqa: ASYNC251
        with monkeypatch.context() as slow:
            slow.setattr(pycares.Channel, "close", later)
            await door.close()
            await asyncio.sleep(0.01)
        with monkeypatch.context() as heard:
            heard.setattr(asyncio.get_running_loop(), "call_soon_threadsafe", rung.append)
            for channel in channels:
                channel.close()
            await asyncio.sleep(0.1)
    assert long.done()
    assert late.done()
    assert len(channels) == 1
    assert rung == []


@pytest.mark.usefixtures("_one_shift")
async def test_what_would_be_asked_again_is_given_up_as_the_door_closes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its channel is no more."""
    monkeypatch.setattr(door_module, "_FIRST_PAUSE", 0.0)
    async with asking(LONG, timeout=30.0) as (door, server):
        for number in range(5):
            await door.ask(f"n{number}.fr", "A")
        long = door.ask("long.fr", "A")
        await asked(server, "long.fr")
        # The loop hears of nothing while c-ares runs out of patience.
        time.sleep(0.5)  # noqa: ASYNC251
        await door.close()
        assert (await long).status is DnsStatus.UNKNOWN
        for _ in range(3):
            await asyncio.sleep(0.01)
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


async def test_closing_gives_up_what_still_waits() -> None:
    """Those who wait are told so at once."""
    async with dns_server(NAMES) as server:
        door = DnsDoor((f"127.0.0.1:{server.port}",), timeout=30, tries=1)
        asking_hole = door.ask("hole.fr", "A")
        await asked(server, "hole.fr")
        await door.close()
        answer = await asyncio.wait_for(asking_hole, 20)
    assert answer.status is DnsStatus.UNKNOWN


async def test_closing_gives_up_what_was_asked_before_the_last_change_of_resolver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its answer would come when nobody is there to hear it."""
    monkeypatch.setattr(door_module, "_SHIFT_QUESTIONS", 1)
    async with asking(timeout=30.0) as (door, server):
        hole = door.ask("hole.fr", "A")
        await asked(server, "hole.fr")
        await door.ask("en-marche.co", "A")
        await door.close()
        assert hole.done()
    assert (await hole).reason == "the question was given up"


async def test_what_is_answered_as_the_door_closes_is_counted_once() -> None:
    """Counted twice, more questions than were allowed would wait at once from then on."""
    async with asking(in_flight=1, timeout=0.3) as (door, _):
        await door.ask("en-marche.co", "A")
        # c-ares still has the answer, which nobody has heard when the door is closed.
        door.ask("en-marche.co", "A")
        await door.close()
        names = ("hole.fr", "en-marche.co")
        over: list[str] = []
        late = [door.ask(name, "A") for name in names]
        for name, question in zip(names, late, strict=True):
            question.add_done_callback(lambda _, name=name: over.append(name))
        await asyncio.gather(*late)
        assert over == ["hole.fr", "en-marche.co"]


async def test_closing_gives_up_what_waits_behind_another() -> None:
    """Also what was not asked yet, as another question about its name is."""
    async with dns_server(NAMES) as server:
        door = DnsDoor((f"127.0.0.1:{server.port}",), timeout=30, tries=1)
        waiting = [door.ask("hole.fr", kind) for kind in ("A", "MX", "TXT")]
        await asked(server, "hole.fr")
        await door.close()
        answers = await asyncio.wait_for(asyncio.gather(*waiting), 20)
    assert {answer.status for answer in answers} == {DnsStatus.UNKNOWN}


async def test_what_waits_behind_one_that_was_cancelled_is_asked() -> None:
    """Whoever gave up may not have been asked yet."""
    async with asking(in_flight=1, timeout=0.3) as (door, _):
        hole = door.ask("hole.fr", "A")
        cancelled, other = door.ask("en-marche.co", "A"), door.ask("en-marche.co", "NS")
        cancelled.cancel()
        answer = await asyncio.wait_for(other, 20)
        assert (await hole).status is DnsStatus.UNKNOWN
    assert answer.status is DnsStatus.FOUND


async def test_without_descriptors_questions_are_given_up_and_later_ones_asked() -> None:
    """More of them than may wait at once: none of them is counted among those that wait."""
    async with asking(in_flight=2) as (door, _):
        with descriptors.none_left():
            given_up = await asyncio.gather(*(door.ask("en-marche.co", "A") for _ in range(5)))
        later = await asyncio.wait_for(door.ask("en-marche.co", "A"), 20)
    assert {answer.status for answer in given_up} == {DnsStatus.UNKNOWN}
    assert "could not be asked" in given_up[0].reason
    assert later.status is DnsStatus.FOUND


async def test_a_sweep_answers_every_question_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Across several shifts, with trouble in between."""
    monkeypatch.setattr(door_module, "_SHIFT_QUESTIONS", 100)
    names: Names = {f"n{n}.fr": {"A": "192.0.2.1"} for n in range(0, 250, 10)}
    troubled = {**names, "n3.fr": Trouble.REFUSED, "n4.fr": Trouble.SERVFAIL}
    async with asking(troubled) as (door, _):
        found: dict[str, DnsAnswer] = {}
        async for name, rrtype, answer in door.sweep((f"n{n}.fr", "A") for n in range(250)):
            assert rrtype == "A"
            assert name not in found
            found[name] = answer
    assert len(found) == 250
    assert {n for n, a in found.items() if a.status is DnsStatus.FOUND} == set(names)
    assert {n for n, a in found.items() if a.status is DnsStatus.UNKNOWN} == {"n3.fr", "n4.fr"}


async def test_a_sweep_tells_of_names_that_nobody_answers_for() -> None:
    """When their time is over."""
    async with asking({"*.fr": Trouble.SILENT}, timeout=0.2) as (door, _):
        found = [one async for one in door.sweep((f"n{n}.fr", "A") for n in range(20))]
    assert sorted(name for name, _, _ in found) == sorted(f"n{n}.fr" for n in range(20))
    assert {answer.status for _, _, answer in found} == {DnsStatus.UNKNOWN}


async def test_a_sweep_asks_no_more_than_it_may_at_once() -> None:
    """A consumer that does not take answers stops the questions."""
    async with asking({"*.fr": {"A": "192.0.2.1"}}, in_flight=5) as (door, server):
        sweep = door.sweep((f"n{n}.fr", "A") for n in range(1000))
        await anext(sweep)
        await asyncio.sleep(0.1)
        assert len(server.questions) <= 6
        await sweep.aclose()


async def test_a_sweep_can_be_left_half_way() -> None:
    """Nothing is left behind that would complain."""
    names = {"*.fr": Trouble.SILENT, "a.fr": {"A": "192.0.2.1"}}
    async with asking(names, timeout=30.0) as (door, _):
        sweep = door.sweep([("a.fr", "A"), *((f"n{n}.fr", "A") for n in range(50))])
        name, _, answer = await anext(sweep)
        await sweep.aclose()
    assert (name, answer.records) == ("a.fr", ("192.0.2.1",))


async def test_a_truncated_answer_is_asked_for_again_over_tcp() -> None:
    """The door gets all records of a big set, up to its bound."""
    many = [f"192.0.2.{n}" for n in range(120)]
    async with asking({"big.fr": {"A": many}}) as (door, server):
        answer = await door.ask("big.fr", "A")
    assert len(answer.records) == 50
    assert server.count("big.fr", "A") == 2


@pytest.mark.parametrize(
    ("server", "written"),
    [("192.0.2.1", "192.0.2.1:53"), ("::1", "[::1]:53"), ("127.0.0.1:5353", "127.0.0.1:5353")],
)
async def test_servers_carry_their_port(server: str, written: str) -> None:
    """The general port is for those that name none."""
    assert DnsDoor((server,))._servers == (written,)
