"""Letters over the real outbox: outages, floods, digests, doubts, and files that go along."""

import asyncio
import csv
import io
import threading
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from hunter import attaching, casebook, health, pipeline, routing
from hunter.contracts import Case, NotifierContext
from hunter.errors import Partly, Unwelcome, WillNotPass, WillPass
from hunter.exports import blocklist, stix
from hunter.model import Level, Rhythm, Subscriber
from hunter.names import defang
from hunter.notice import Attachment, Notice
from hunter.notifiers import email
from hunter.pipeline import Hunt
from hunter.replay import SetClock
from hunter.store import Store, alerts, memory, outbox, reports
from hunter.store.outbox import Haste
from tests.world.alerts import MATCH, alert, notice
from tests.world.hunting import START, NotifierSettings, World, locked, small_hunt
from tests.world.mortal import hurry
from tests.world.smtp import SmtpServer, smtp_server

IT = Subscriber("it", {"pigeon": ("loft",)})
PEOPLE = ("it@campaign.example",)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which nothing happens yet."""
    return World(CARRIES_FILES=True).install(monkeypatch)


def a_hunt(store: Store, clock: SetClock, subscriber: Subscriber = IT, **limits: Any) -> Hunt:
    """One subscriber, and a channel with these limits."""
    settings = {"pigeon": NotifierSettings(**limits)}
    return small_hunt(store, clock, subscribers=(subscriber,), notifiers=settings)


def write(
    hunt: Hunt,
    *keys: str,
    haste: Haste = Haste.NONE,
    channel: str = "pigeon",
    addresses: tuple[str, ...] = PEOPLE,
    **changes: Any,
) -> None:
    """Queue a notice under each key."""
    for key in keys:
        told = replace(notice(key), domain=f"{key}[.]fr", at=hunt.now(), **changes)
        outbox.add(
            *(hunt.store,), channel=channel, subscriber="it", addresses=addresses,
            notice=told, haste=haste,
        )  # fmt: skip


async def let_pass(hunt: Hunt, clock: SetClock, span: timedelta, step: timedelta = MINUTE) -> None:
    """Deliver in steps while time passes."""
    until = clock.now() + span
    while clock.now() < until:
        await pipeline.deliver(hunt)
        clock.set(clock.now() + step)


def keys(world: World) -> list[list[str]]:
    """For each message that was accepted, the notices it told of."""
    return [listed(told) or [told.key] for told, _ in world.sent]


def listed(told: Notice) -> list[str]:
    """The keys in a digest's list."""
    if not told.groups:
        return []
    text = told.attachments[0].content.decode("utf-8-sig")
    return [row["key"] for row in csv.DictReader(io.StringIO(text, newline=""))]


async def test_a_day_of_outage_ends_in_one_digest(tmp_path: Path, clock: SetClock) -> None:
    """Both mail servers are away, hunter is restarted meanwhile; one mail tells all 400 letters."""
    async with smtp_server() as away, smtp_server() as other:
        pass
    mail = email.Settings(
        host="127.0.0.1", port=away.port, fallbacks=(f"127.0.0.1:{other.port}",), tls="none"
    )
    people = ("ana@campaign.example", "ben@campaign.example")

    def again(store: Store) -> Hunt:
        hurry(store)
        outbox.put_back_interrupted(store)
        subscriber = Subscriber("it", {"email": people})
        return small_hunt(store, clock, subscribers=(subscriber,), notifiers={"email": mail})

    for half in range(2):
        with Store(tmp_path / "hunter.db") as store:
            hunt = again(store)
            for number in range(half * 200, half * 200 + 200):
                write(hunt, f"a{number}", channel="email", addresses=people)
                await let_pass(hunt, clock, 4 * MINUTE, step=4 * MINUTE)
            assert outbox.counts(store) == {"email": {"pending": half * 200 + 200}}
    with Store(tmp_path / "hunter.db") as store:
        async with smtp_server(port=other.port, greylisted=frozenset({people[1]})) as server:
            await let_pass(again(store), clock, 3 * HOUR, step=5 * MINUTE)
        assert outbox.counts(store) == {"email": {"sent": 400}}

    assert [one.recipients for one in server.messages] == [people[:1], people[1:]]
    for received in server.messages:
        (file,) = received.mail.iter_attachments()
        listed_there = csv.DictReader(io.StringIO(file.get_content(), newline=""))
        assert {row["key"] for row in listed_there} == {f"a{number}" for number in range(400)}
        text = received.mail.get_body(("plain",))
        assert text is not None
        assert "400 notices about 400 domains. They could not be" in text.get_content()


async def test_what_is_in_doubt_goes_first_and_by_itself(
    store: Store, world: World, clock: SetClock
) -> None:
    """Under the same key as before; what came since is told together."""
    hunt = a_hunt(store, clock)
    write(hunt, "first")
    world.trouble["it"] = WillPass("no answer", in_doubt=True)
    await pipeline.deliver(hunt)
    write(hunt, *(f"a{number}" for number in range(30)))
    world.trouble.clear()
    await let_pass(hunt, clock, 2 * HOUR, step=MINUTE)

    assert [one[0] for one in keys(world)] == ["first", "a0"]
    assert len(keys(world)[1]) == 30


async def test_what_a_notifier_keeps_while_the_store_is_busy_is_kept_all_the_same(
    store: Store, world: World, clock: SetClock
) -> None:
    """Of two channels one has the letter and the other is away: the first gets it once."""
    hunt = a_hunt(store, clock)
    write(hunt, "a")
    got: list[str] = []
    until = ExitStack()

    async def post(told: Notice, _to: object, _how: object, context: NotifierContext) -> None:
        for channel in ("first", "second"):
            if context.recall(channel) is None:
                if not got:
                    until.enter_context(locked(store))
                got.append(channel)
                context.keep(channel, told.key)
                assert context.recall(channel) == told.key
                raise WillPass("the next is away", in_doubt=True)

    world.send = post  # type: ignore[method-assign,assignment]
    with until, pytest.raises(WillPass, match="busy"):
        await pipeline.deliver(hunt)
    await let_pass(hunt, clock, 2 * HOUR)

    assert got == ["first", "second"]
    assert outbox.counts(store) == {"pigeon": {"sent": 1}}


async def test_a_digest_in_doubt_is_repeated_as_it_was(
    store: Store, world: World, clock: SetClock
) -> None:
    """The same key and the same letters, so that a receiver can tell the repeat."""
    hunt = a_hunt(store, clock, an_hour=2)
    write(hunt, "a", "b", "c")
    seen: list[Notice] = []

    async def lose(told: Notice, *_: object) -> None:
        seen.append(told)
        raise WillPass("no answer", in_doubt=True)

    world.send, send = lose, world.send  # type: ignore[method-assign,assignment]
    await pipeline.deliver(hunt)
    write(hunt, "d", "e", "f")
    world.send = send  # type: ignore[method-assign]
    await let_pass(hunt, clock, HOUR)

    assert [listed(told) for told in seen] == [["a", "b", "c"]]
    assert keys(world) == [["a", "b", "c"], ["d", "e", "f"]]
    assert world.sent[0][0].key == seen[0].key


async def test_after_a_refusal_all_that_was_held_is_told_together(
    store: Store, world: World, clock: SetClock
) -> None:
    """When somebody has mended the channel; and it says why they come at once."""
    hunt = a_hunt(store, clock)
    world.trouble["it"] = WillNotPass("404")
    write(hunt, *(f"a{number}" for number in range(20)))
    await let_pass(hunt, clock, HOUR)
    assert world.sent == []
    world.trouble.clear()
    reports.switch_all_on(store)
    await let_pass(hunt, clock, HOUR)

    ((told, _),) = world.sent
    assert len(listed(told)) == 20
    assert "could not be delivered before" in told.headline


async def test_a_flood_is_one_message_by_pattern(
    store: Store, world: World, clock: SetClock
) -> None:
    """The gravest first, the first few of each and how many more; the list has them all."""
    hunt = a_hunt(store, clock)
    write(hunt, *(f"a{number}" for number in range(37)), pattern="combosquatting")
    write(hunt, "b", pattern="homograph", severity=Level.CRITICAL)
    await let_pass(hunt, clock, HOUR)

    ((told, _),) = world.sent
    assert [(group.title, len(group.gists) + group.more) for group in told.groups] == [
        ("homograph, of en-marche[.]fr: 1", 1),
        ("combosquatting, of en-marche[.]fr: 37", 37),
    ]
    assert told.severity is Level.CRITICAL
    assert "could not be delivered" not in told.headline
    assert len(listed(told)) == 38
    assert told.news[1] == "The whole list is attached, as CSV."


async def test_a_channel_without_files_is_told_where_the_list_is(
    store: Store, world: World, clock: SetClock
) -> None:
    """Nothing is said to be attached that is not."""
    world.CARRIES_FILES = False
    hunt = a_hunt(store, clock, an_hour=1)
    write(hunt, "a", "b")
    await let_pass(hunt, clock, HOUR)

    ((told, _),) = world.sent
    assert told.attachments == ()
    assert told.news[1] == "The whole list: hunter alerts list --since 2017-04-13"


async def test_the_last_message_of_the_day_says_so(
    store: Store, world: World, clock: SetClock
) -> None:
    """What comes after waits for the next day, but for what is urgent; then it is told why."""
    hunt = a_hunt(store, clock, a_day=2, an_hour=5)
    for key in ("a", "b", "c"):
        write(hunt, key)
        await let_pass(hunt, clock, HOUR)
    write(hunt, "d", haste=Haste.URGENT)
    write(hunt, "e")
    await let_pass(hunt, clock, HOUR)
    assert keys(world) == [["a"], ["b"], ["d"]]
    remarks = [told.remark for told, _ in world.sent]
    assert [bool(one) for one in remarks] == [False, True, False]
    assert "the daily limit of 2 is reached" in remarks[1]

    await let_pass(hunt, clock, timedelta(days=1), step=HOUR)
    assert keys(world)[3:] == [["c", "e"]]
    assert "held back until now" in world.sent[3][0].headline


async def test_quiet_hours_hold_back_what_is_not_urgent(
    store: Store, world: World, clock: SetClock
) -> None:
    """It comes when they end."""
    subscriber = replace(IT, quiet=(time(11), time(14)))
    hunt = a_hunt(store, clock, subscriber)
    write(hunt, "plain")
    write(hunt, "urgent", haste=Haste.URGENT)
    await let_pass(hunt, clock, HOUR)
    assert keys(world) == [["urgent"]]
    await let_pass(hunt, clock, 2 * HOUR)
    assert keys(world) == [["urgent"], ["plain"]]


async def test_the_quiet_hours_of_one_are_not_anothers(
    store: Store, world: World, clock: SetClock
) -> None:
    """Nor is anything else that somebody wants."""
    asleep = Subscriber("press", {"pigeon": ("loft",)}, quiet=(time(11), time(14)))
    settings = {"pigeon": NotifierSettings()}
    hunt = small_hunt(store, clock, subscribers=(asleep, IT), notifiers=settings)
    write(hunt, "a")
    await pipeline.deliver(hunt)

    assert keys(world) == [["a"]]


async def test_the_last_message_of_the_day_says_so_when_it_is_urgent_too(
    store: Store, world: World, clock: SetClock
) -> None:
    """Else what comes in the morning would be held back without a word."""
    hunt = a_hunt(store, clock, replace(IT, quiet=(time(11), time(14))), a_day=1)
    write(hunt, "urgent", haste=Haste.URGENT)
    await pipeline.deliver(hunt)

    ((told, _),) = world.sent
    assert "the daily limit of 1 is reached" in told.remark


@pytest.mark.parametrize("trouble", [WillPass("no answer", in_doubt=True), Unwelcome("spam")])
async def test_the_last_message_of_the_day_says_so_when_it_goes_once_more(
    store: Store, world: World, clock: SetClock, trouble: Exception
) -> None:
    """It may have been accepted, or is refused for now: what comes after is held back all the same.

    Letters that count for no limit say nothing of it.
    """
    hunt = a_hunt(store, clock, a_day=1)
    world.trouble["it"] = trouble
    write(hunt, "a")
    await pipeline.deliver(hunt)
    world.trouble.clear()
    write(hunt, "health", haste=Haste.ALONE)
    await let_pass(hunt, clock, 2 * HOUR)

    said = {told.key: told.remark for told, _ in world.sent}
    assert "the daily limit of 1 is reached" in said["a"]
    assert said["health"] == ""


@pytest.mark.parametrize(("a_day", "is_last"), [(1, True), (2, False)])
async def test_what_only_some_have_is_told_to_the_others_as_the_message_that_it_was(
    store: Store, world: World, clock: SetClock, a_day: int, is_last: bool
) -> None:
    """It counts once: of two that the day allows, the first is not the last for anybody."""
    hunt = a_hunt(store, clock, a_day=a_day)
    world.trouble["it"] = Partly("a full mailbox")
    write(hunt, "a")
    await pipeline.deliver(hunt)
    world.trouble.clear()
    await let_pass(hunt, clock, HOUR)

    ((told, _),) = world.sent
    assert bool(told.remark) is is_last


async def test_a_digest_comes_together_and_at_its_hour(
    store: Store, world: World, clock: SetClock
) -> None:
    """In the subscriber's language."""
    subscriber = replace(IT, rhythm=Rhythm.HOURLY, language="fr")
    hunt = a_hunt(store, clock, subscriber)
    for key in ("a", "b", "c"):
        told = replace(notice(key), domain=f"{key}[.]fr")
        outbox.add(
            *(store,), channel="pigeon", subscriber="it", addresses=(), notice=told,
            due_at=START + HOUR,
        )  # fmt: skip
    await let_pass(hunt, clock, HOUR)
    assert world.sent == []
    await let_pass(hunt, clock, HOUR)

    ((told, _),) = world.sent
    assert listed(told) == ["a", "b", "c"]
    assert told.subject == "[HAUTE] 3 avis sur des imitations d'en-marche[.]fr"


async def test_no_hour_sees_a_flood_however_long_it_lasts(
    store: Store, world: World, clock: SetClock
) -> None:
    """Three hours of a letter a minute: no more messages than the limit allows in four."""
    hunt = a_hunt(store, clock)
    for number in range(180):
        write(hunt, f"a{number}")
        await let_pass(hunt, clock, MINUTE)
    await let_pass(hunt, clock, HOUR)

    told = [key for message in keys(world) for key in message]
    assert sorted(told) == sorted(f"a{number}" for number in range(180))
    assert len(world.sent) <= 4 * 10


async def test_pauses_after_failures_grow_and_obey_the_other_side(
    store: Store, world: World, clock: SetClock
) -> None:
    """Retry-After counts when it is longer; a wish of years is no reason to fall silent."""
    hunt = a_hunt(store, clock)
    write(hunt, "a")
    tries: list[datetime] = []
    wishes: list[timedelta | None] = [None, None, None, HOUR * 3, timedelta(days=4000)]

    async def busy(*_: object) -> None:
        tries.append(clock.now())
        raise WillPass("429", wishes[len(tries) - 1] if len(tries) <= len(wishes) else None)

    world.send = busy  # type: ignore[method-assign,assignment]
    await let_pass(hunt, clock, timedelta(days=2), step=timedelta(seconds=10))

    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert pauses[0] < MINUTE
    assert pauses[0] < pauses[1] < pauses[2] < timedelta(minutes=4)
    assert pauses[3] >= HOUR * 3
    assert timedelta(days=1) <= pauses[4] < timedelta(days=1, hours=1)


async def test_the_files_that_somebody_asked_for_go_along(
    store: Store, world: World, clock: SetClock
) -> None:
    """Of the alert the notice tells of."""
    hunt = a_hunt(store, clock, replace(IT, attach=("csv", "stix")))
    kept = replace(alert(), id=0)
    alerts.save(store, kept, {})
    outbox.add(store, channel="pigeon", subscriber="it", addresses=(), notice=notice("1.1"))
    clock.set(clock.now() + timedelta(days=30))
    await pipeline.deliver(hunt)

    ((told, _),) = world.sent
    assert [one.name.rpartition(".")[2] for one in told.attachments] == ["csv", "json"]
    assert all(b"onedrive-en-marche" in one.content for one in told.attachments)


async def test_a_file_that_cannot_be_made_holds_up_no_letter(
    store: Store, world: World, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in one export is told in the letter, and the other files are with it."""

    def broken(*_: object) -> bytes:
        raise ZeroDivisionError("a fault in a part")

    monkeypatch.setattr(stix, "export", broken)
    hunt = a_hunt(store, clock, replace(IT, attach=("stix", "csv")))
    alerts.save(store, replace(alert(), id=0), {})
    outbox.add(store, channel="pigeon", subscriber="it", addresses=(), notice=notice("1.1"))
    clock.set(clock.now() + timedelta(days=30))
    with capture_logs() as journal:
        await pipeline.deliver(hunt)

    ((told, _),) = world.sent
    assert [one.name.rpartition(".")[2] for one in told.attachments] == ["csv"]
    assert told.remark == "Not attached, for a fault in hunter: stix. The journal tells more."
    assert [(line["event"], line["item"]) for line in journal if line["log_level"] == "error"] == [
        ("fault", "export stix")
    ]


def queue_lookalike(store: Store, domain: str, severity: Level = Level.HIGH) -> None:
    """Keep an alert about the domain, and queue its notice."""
    match = replace(MATCH, name=domain, registrable=domain)
    kept = alerts.save(store, replace(alert(match, severity), id=0), {})
    told = replace(notice(routing.key_of(kept)), domain=defang(domain), severity=severity)
    outbox.add(store, channel="pigeon", subscriber="it", addresses=(), notice=told)


async def test_the_files_of_a_digest_hold_all_that_it_stands_for(
    store: Store, world: World, clock: SetClock
) -> None:
    """Whoever blocks by the file must not leave out those that only the list names."""
    hunt = a_hunt(store, clock, replace(IT, attach=("blocklist",)))
    for number in range(60):
        queue_lookalike(store, f"a{number}-en-marche.fr")
    clock.set(clock.now() + timedelta(days=30))
    await pipeline.deliver(hunt)

    ((told, _),) = world.sent
    content = told.attachments[-1].content.decode()
    assert content.count("-en-marche.fr") == len(listed(told)) == 60
    assert told.remark == ""


async def test_others_have_their_turn_while_files_are_made(
    store: Store, world: World, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between any two cases of a digest, and all the time that the file is written."""
    turns, read, wrote = 0, [], []

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    def case_of(*given: Any) -> Case:
        read.append(turns)
        return of_one(*given)

    def export(*given: Any) -> bytes:
        wrote.append(threading.current_thread() is threading.main_thread())
        return write(*given)

    of_one, write = casebook.case_of, blocklist.export
    monkeypatch.setattr(casebook, "case_of", case_of)
    monkeypatch.setattr(blocklist, "export", export)
    hunt = a_hunt(store, clock, replace(IT, attach=("blocklist",)))
    for number in range(60):
        queue_lookalike(store, f"a{number}-en-marche.fr")
    clock.set(clock.now() + timedelta(days=30))
    task = asyncio.create_task(others())
    await pipeline.deliver(hunt)
    task.cancel()

    assert len(set(read)) == len(read) == 60
    assert wrote == [False]
    assert world.sent[0][0].attachments[-1].content.count(b"-en-marche.fr") == 60


async def test_files_that_hold_the_gravest_alone_are_said_to(
    store: Store, world: World, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where more came together than a file in a mail may hold; on the day's last message, too."""
    monkeypatch.setattr(attaching, "_MOST_CASES", 2)
    hunt = a_hunt(store, clock, replace(IT, attach=("blocklist",)), an_hour=1, a_day=1)
    for number, severity in enumerate((Level.MEDIUM, Level.HIGH, Level.CRITICAL)):
        queue_lookalike(store, f"a{number}-en-marche.fr", severity)
    clock.set(clock.now() + timedelta(days=30))
    await pipeline.deliver(hunt)

    ((told, _),) = world.sent
    content = told.attachments[-1].content.decode()
    held = [line for line in content.splitlines() if "-en-marche.fr" in line]
    assert held == ["a1-en-marche.fr", "a2-en-marche.fr"]
    assert told.remark.startswith("Beside the list, the files attached hold only the 2 gravest.")
    assert "the daily limit of 1 is reached" in told.remark


async def test_a_channel_without_files_gets_the_words_alone(
    store: Store, world: World, clock: SetClock
) -> None:
    """Whatever files somebody asked for on their other channels."""
    world.CARRIES_FILES = False
    hunt = a_hunt(store, clock, replace(IT, attach=("csv", "stix")))
    alerts.save(store, replace(alert(), id=0), {})
    outbox.add(store, channel="pigeon", subscriber="it", addresses=(), notice=notice("1.1"))
    clock.set(clock.now() + timedelta(days=30))
    await pipeline.deliver(hunt)

    ((told, _),) = world.sent
    assert told.attachments == ()


async def test_a_mail_server_that_was_passed_over_stands_in_the_status(
    store: Store, clock: SetClock
) -> None:
    """Until a mail goes through the first again: the other may be the last that is left."""
    async with smtp_server(answer_to_data="421 4.3.2 closed") as first, smtp_server() as second:
        mail = email.Settings(
            host="127.0.0.1", port=first.port, tls="none", fallbacks=(f"127.0.0.1:{second.port}",)
        )
        subscriber = Subscriber("it", {"email": ("it@campaign.example",)})
        hunt = small_hunt(store, clock, subscribers=(subscriber,), notifiers={"email": mail})
        said = []
        for key in ("a", "b"):
            outbox.add(
                *(store,), channel="email", subscriber="it", addresses=("it@campaign.example",),
                notice=replace(notice(key), at=START),
            )  # fmt: skip
            await pipeline.deliver(hunt)
            (standing,) = reports.standings(store)
            said.append((standing.report.healthy, standing.report.message))
            first.answer_to_data = "250 2.0.0 taken"

    passed_over = "delivers; passed over: 127.0.0.1 answered 421 4.3.2 closed"
    assert said == [(True, passed_over), (True, "delivers")]


async def test_an_address_that_alone_is_refused_stands_in_the_status(
    store: Store, clock: SetClock
) -> None:
    """The others have the mail, and nobody else would see for months that one has none."""
    ana, ben = people = ("ana@campaign.example", "ben@campaign.example")
    async with smtp_server(refused=frozenset({ben})) as server:
        hunt = mailing(store, clock, server, people)
        write(hunt, "a", channel="email", addresses=people)
        await pipeline.deliver(hunt)

    assert recipients(server) == [(ana,)]
    assert fares(store) == (True, "", f"delivers; refused: {ben}: 5.1.1 no such user here")


async def test_a_mail_server_that_is_awkward_in_every_way_gets_each_mail_once(
    store: Store, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It puts one address off, refuses another and drops the line after DATA: counted there."""
    people = ("ana@campaign.example", "ben@campaign.example", "gone@campaign.example")
    async with smtp_server(
        greylisted=frozenset({people[1]}), refused=frozenset({people[2]}), drop_after_data=1
    ) as server:
        mail = email.Settings(host="127.0.0.1", port=server.port, tls="none")
        settings = {"email": mail}
        subscriber = Subscriber("it", {"email": people})
        hunt = small_hunt(store, clock, subscribers=(subscriber,), notifiers=settings)
        for key in ("a", "b", "c"):
            outbox.add(
                *(store,), channel="email", subscriber="it", addresses=people,
                notice=replace(notice(key), at=START),
            )  # fmt: skip
        await let_pass(hunt, clock, 6 * HOUR, step=10 * MINUTE)

    assert outbox.counts(store) == {"email": {"sent": 3}}
    got = [
        (address, received.mail["Message-ID"])
        for received in server.messages
        for address in received.recipients
    ]
    ids = {identity for _, identity in got}
    assert len(ids) == 3
    for address in people[:2]:
        assert {identity for one, identity in got if one == address} == ids
    assert len(got) <= 2 * 3 + 1, "only what was dropped after DATA comes again"
    assert people[2] not in {address for address, _ in got}


async def test_a_mailbox_that_is_full_for_days_keeps_no_mail_from_the_others(
    store: Store, clock: SetClock
) -> None:
    """They get each mail once and at once; what it missed comes when there is room again."""
    ana, ben = people = ("ana@campaign.example", "ben@campaign.example")
    async with smtp_server(full=frozenset({ben})) as server:
        hunt = mailing(store, clock, server, people)
        for key in ("a", "b", "c"):
            write(hunt, key, channel="email", addresses=people)
            await pipeline.deliver(hunt)
        assert recipients(server) == [(ana,)] * 3
        assert fares(store)[:2] == (False, "passing")
        assert f"{ben}: 4.2.2 the mailbox is full" in fares(store)[2]
        await let_pass(hunt, clock, timedelta(days=2), step=10 * MINUTE)
        assert recipients(server) == [(ana,)] * 3
        assert 3 * 9 < server.tries.count(ben) < 3 * 24, "less and less often"
        server.full = frozenset()
        await let_pass(hunt, clock, 8 * HOUR, step=10 * MINUTE)

    assert recipients(server) == [(ana,)] * 3 + [(ben,)] * 3
    assert outbox.counts(store) == {"email": {"sent": 3}}


async def test_a_mailbox_that_stays_full_is_given_up_after_five_days(
    store: Store, clock: SetClock
) -> None:
    """Nobody reads there, and what waits for it would grow for ever."""
    ana, ben = people = ("ana@campaign.example", "ben@campaign.example")
    async with smtp_server(full=frozenset({ben})) as server:
        hunt = mailing(store, clock, server, people)
        write(hunt, "a", channel="email", addresses=people)
        await let_pass(hunt, clock, timedelta(days=6), step=HOUR)
        tries = server.tries.count(ben)
        await let_pass(hunt, clock, timedelta(days=1), step=HOUR)

    assert outbox.counts(store) == {"email": {"sent": 1}}
    assert recipients(server) == [(ana,)]
    assert server.tries.count(ben) == tries
    healthy, _, message = fares(store)
    assert healthy
    assert message.startswith(f"delivers; given up after 5 days: email: put off: {ben}: ")


async def test_what_waited_for_a_misspelt_address_goes_to_the_mended_one(
    store: Store, clock: SetClock
) -> None:
    """Each letter to the old one would switch the way off anew, for all that come after it."""
    wrong, right = ("it@campagin.example",), ("it@campaign.example",)
    async with smtp_server(refused=frozenset(wrong)) as server:
        hunt = mailing(store, clock, server, wrong)
        write(hunt, "a", channel="email", addresses=wrong)
        await pipeline.deliver(hunt)
        assert fares(store)[1] == "off"
        reports.switch_all_on(store)
        mended = replace(IT, channels={"email": right})
        hunt = replace(hunt, config=replace(hunt.config, subscribers=(mended,)))
        await let_pass(hunt, clock, 2 * MINUTE)

    assert recipients(server) == [right]


async def test_what_is_due_goes_to_who_was_renamed_and_to_nobody_who_left(
    store: Store, world: World, clock: SetClock
) -> None:
    """The same address is the same reader; no letter waits on for an address that is gone."""
    hunt = a_hunt(store, clock)
    write(hunt, "a", addresses=("loft",))
    write(hunt, "b", addresses=("gone",))
    renamed = replace(hunt.config, subscribers=(replace(IT, name="desk"),))
    await pipeline.deliver(replace(hunt, config=renamed))

    assert [(told.key, to.subscriber) for told, to in world.sent] == [("a", "desk")]
    assert outbox.counts(store) == {"pigeon": {"sent": 1}}


async def test_what_was_in_hand_when_somebody_left_the_config_is_sent_no_more(
    store: Store, world: World, clock: SetClock
) -> None:
    """A server that is away holds a letter for half a minute, and a reload does not wait."""
    hunt = a_hunt(store, clock)
    write(hunt, "a")
    left = replace(hunt.config, subscribers=(Subscriber("other", {}),))

    def no_answer(*_: object) -> None:
        world.sent.clear()
        routing.follow_config(store, left)
        health.forget_strangers(store, left)
        raise WillPass("no answer")

    world.on_send = no_answer
    await pipeline.deliver(hunt)
    world.on_send = lambda *_: None
    await let_pass(replace(hunt, config=left), clock, HOUR)

    assert world.sent == []
    assert outbox.counts(store) == {}
    assert reports.standings(store) == ()


async def test_a_channel_that_is_switched_off_is_tried_once_a_day(
    store: Store, clock: SetClock
) -> None:
    """A server's bad day must not leave hunter mute for as long as nobody looks."""
    async with smtp_server(refused=frozenset(PEOPLE)) as server:
        hunt = mailing(store, clock, server)
        write(hunt, "a", channel="email")
        await let_pass(hunt, clock, timedelta(days=3), step=10 * MINUTE)
        assert len(server.tries) == 3
        assert fares(store)[1] == "off"
        server.refused = frozenset()
        await let_pass(hunt, clock, timedelta(days=1), step=10 * MINUTE)

    assert recipients(server) == [PEOPLE]
    assert fares(store)[0]


async def test_what_some_have_comes_to_nobody_a_second_time_when_the_rest_is_refused(
    store: Store, clock: SetClock
) -> None:
    """Nor in halves: a digest goes on as one message until it is taken, or given up."""
    ana, ben = people = ("ana@campaign.example", "ben@campaign.example")
    async with smtp_server(full=frozenset({ben})) as server:
        hunt = mailing(store, clock, server, people)
        write(hunt, *map(str, range(40)), channel="email", addresses=people)
        await pipeline.deliver(hunt)
        server.full, server.unwanted = frozenset(), b"Subject:"
        await let_pass(hunt, clock, 4 * HOUR, step=10 * MINUTE)
        assert "554" in fares(store)[2]
        server.unwanted = b""
        await let_pass(hunt, clock, 8 * HOUR, step=10 * MINUTE)

    assert recipients(server) == [(ana,), (ben,)]
    assert len({one.mail["Message-ID"] for one in server.messages}) == 1
    assert outbox.counts(store) == {"email": {"sent": 40}}


async def test_what_only_some_have_counts_against_the_limit(store: Store, clock: SetClock) -> None:
    """A mailbox that is full makes no flood for those whose mailbox is not."""
    people = ("ana@campaign.example", "ben@campaign.example")
    async with smtp_server(full=frozenset(people[1:])) as server:
        hunt = mailing(store, clock, server, people)
        for number in range(100):
            write(hunt, f"a{number}", channel="email", addresses=people)
            await let_pass(hunt, clock, MINUTE)

    assert len(server.messages) < 40


@pytest.mark.parametrize(
    ("largest", "kept"),
    [(2_000_000, ["list.csv", "all.json"]), (900_000, ["list.csv"]), (40_000, [])],
)
async def test_what_is_too_large_for_the_server_goes_with_fewer_files(
    store: Store, clock: SetClock, largest: int, kept: list[str]
) -> None:
    """A file does not keep a message from anybody; what is left out is said."""
    files = tuple(
        Attachment(name, "application/octet-stream", b"x" * size)
        for name, size in (("list.csv", 100_000), ("all.json", 1_000_000))
    )
    async with smtp_server(largest=largest) as server:
        hunt = mailing(store, clock, server)
        write(hunt, "a", channel="email", attachments=files)
        await pipeline.deliver(hunt)

    (received,) = server.messages
    assert [part.get_filename() for part in received.mail.iter_attachments()] == kept
    body = received.mail.get_body(("plain",))
    assert body is not None
    said = " ".join(body.get_content().split()).replace("[.]", ".")
    for file in files:
        assert (f"{file.name}" in said.partition("hunter alerts export")[0]) == (
            file.name not in kept
        )
    assert outbox.counts(store) == {"email": {"sent": 1}}


def mailing(
    store: Store, clock: SetClock, server: SmtpServer, people: tuple[str, ...] = PEOPLE
) -> Hunt:
    """A hunt whose one channel is that mail server, to these people."""
    mail = email.Settings(host="127.0.0.1", port=server.port, tls="none")
    it = Subscriber("it", {"email": people})
    return small_hunt(store, clock, subscribers=(it,), notifiers={"email": mail})


def recipients(server: SmtpServer) -> list[tuple[str, ...]]:
    """Of each message that it took."""
    return [one.recipients for one in server.messages]


def fares(store: Store) -> tuple[bool, str, str]:
    """What is known of the channel."""
    (report,) = [one.report for one in reports.standings(store) if "notifiers" in one.report.part]
    return report.healthy, report.trouble, report.message


async def test_a_message_that_is_refused_for_what_it_says_holds_up_no_other(
    store: Store, clock: SetClock
) -> None:
    """Not over days and reloads either; it is tried on, and until then the channel is not well."""
    async with smtp_server(unwanted=b"poison") as server:
        hunt = mailing(store, clock, server)
        write(hunt, "poison", "a", channel="email")
        for day in range(5):
            write(hunt, f"b{day}", channel="email")
            await let_pass(hunt, clock, timedelta(days=1), step=HOUR)
            reports.switch_all_on(store)

        assert outbox.counts(store) == {"email": {"pending": 1, "sent": 6}}
        assert len(server.messages) == 6
        healthy, trouble, message = fares(store)
        assert (healthy, trouble) == (False, "refused")
        assert "1 refused" in message
        assert "554" in message

        server.unwanted = b""
        await let_pass(hunt, clock, 2 * HOUR, step=HOUR)
        assert outbox.counts(store) == {"email": {"sent": 7}}
        assert fares(store)[0]


async def test_many_that_are_refused_hold_up_nothing_new(store: Store, clock: SetClock) -> None:
    """Whoever writes what filters refuse closes no channel; a word of hunter's own tells of it."""
    async with smtp_server(unwanted=b"poison") as server:
        hunt = mailing(store, clock, server)
        write(hunt, *(f"poison{number}" for number in range(8)), channel="email")
        for day in range(2):
            write(hunt, f"b{day}", channel="email")
            await let_pass(hunt, clock, timedelta(days=1), step=HOUR)
            assert reports.switched_off(store) == {}

        assert outbox.counts(store) == {"email": {"pending": 8, "sent": 2}}
        assert fares(store)[1] == "refused"
        told = [str(one.mail["Subject"]) for one in server.messages]
        assert len([subject for subject in told if "message refused" in subject]) == 1
        assert len(told) == 3


async def test_a_message_that_is_refused_is_tried_again_every_hour(
    store: Store, clock: SetClock
) -> None:
    """No server is pestered with it, and from the first time on the channel is not well."""
    async with smtp_server(answer_to_data="554 5.7.1 never") as server:
        hunt = mailing(store, clock, server)
        write(hunt, "a", channel="email")
        await let_pass(hunt, clock, 2.5 * HOUR, step=5 * MINUTE)

    assert len(server.tries) == 3
    assert fares(store)[:2] == (False, "refused")
    assert "1 refused" in fares(store)[2]


async def test_refusals_between_letters_that_are_taken_are_not_in_a_row(
    store: Store, clock: SetClock
) -> None:
    """However many they come to: the channel takes letters, and nobody is told that it does not."""
    async with smtp_server(unwanted=b"poison") as server:
        hunt = mailing(store, clock, server)
        for number in range(7):
            write(hunt, f"poison{number}", f"a{number}", channel="email")
            await let_pass(hunt, clock, 2 * HOUR, step=HOUR)

    assert outbox.counts(store) == {"email": {"pending": 7, "sent": 7}}
    assert len(server.messages) == 7


async def test_refusals_between_letters_that_some_take_are_not_in_a_row(
    store: Store, clock: SetClock
) -> None:
    """One full mailbox among theirs does not make of it a channel that takes nothing."""
    ana, ben = people = ("ana@campaign.example", "ben@campaign.example")
    async with smtp_server(unwanted=b"poison", full=frozenset({ben})) as server:
        hunt = mailing(store, clock, server, people)
        for number in range(3):
            some = (f"poison{number}.0", f"poison{number}.1", f"a{number}")
            write(hunt, *some, channel="email", addresses=people)
            await let_pass(hunt, clock, 2 * HOUR, step=HOUR)

    assert recipients(server) == [(ana,)] * 3


async def test_of_a_digest_that_is_refused_all_but_the_cause_arrive(
    store: Store, clock: SetClock
) -> None:
    """Each once, within the hour, in ever smaller digests; no other is refused for its sake."""
    async with smtp_server(unwanted=b"poison") as server:
        hunt = mailing(store, clock, server)
        names = [f"a{number}" for number in range(20)]
        write(hunt, *names[:7], "poison", *names[7:], channel="email")
        await let_pass(hunt, clock, HOUR, step=10 * MINUTE)
        refused = "SELECT key FROM outbox WHERE state = 'pending'"
        assert [row["key"] for row in store.rows(refused)] == ["poison:it:email"]

        write(hunt, *(f"b{number}" for number in range(20)), channel="email")
        await let_pass(hunt, clock, HOUR, step=10 * MINUTE)

    assert outbox.counts(store) == {"email": {"pending": 1, "sent": 40}}
    assert len(server.messages) == 5


@pytest.mark.parametrize("letters", [10, 40])
async def test_a_server_that_refuses_every_message_is_left_alone(
    store: Store, clock: SetClock, letters: int
) -> None:
    """After a few, be they digests, and a word of hunter's own; then all is told once mended."""
    async with smtp_server(answer_to_data="554 5.7.1 never") as server:
        hunt = mailing(store, clock, server)
        write(hunt, *(f"a{number}" for number in range(letters)), channel="email")
        await let_pass(hunt, clock, timedelta(days=1), step=HOUR)
        assert len(server.tries) == 6
        assert "554" in reports.switched_off(store)["notifiers.email:it"]
        assert fares(store)[1] == "off"

        server.answer_to_data = "250 ok"
        reports.switch_all_on(store)
        await let_pass(hunt, clock, 2 * HOUR)
    assert outbox.counts(store) == {"email": {"sent": letters}}


@pytest.mark.parametrize("at", ["answer_to_rcpt", "answer_to_data"])
async def test_a_quota_that_is_spent_closes_no_channel(
    store: Store, clock: SetClock, at: str
) -> None:
    """Its code says never; what it counts begins anew at the next hour."""
    spent = "550 Domain en-marche.fr has exceeded the max emails per hour (50/50)"
    async with smtp_server(**{at: spent}) as server:
        hunt = mailing(store, clock, server)
        write(hunt, "a", "b", channel="email")
        await let_pass(hunt, clock, HOUR)
        assert reports.switched_off(store) == {}
        assert fares(store)[1] == "passing"
        setattr(server, at, "" if at == "answer_to_rcpt" else "250 ok")
        await let_pass(hunt, clock, HOUR)

    assert outbox.counts(store) == {"email": {"sent": 2}}


async def test_a_message_that_is_too_large_without_files_holds_up_no_other(
    store: Store, clock: SetClock
) -> None:
    """Nothing is lost, and the channel says what is wrong."""
    async with smtp_server(largest=40_000) as server:
        hunt = mailing(store, clock, server)
        write(hunt, "a", channel="email", news=("x" * 3000,) * 40)
        write(hunt, "b", channel="email")
        await pipeline.deliver(hunt)

    assert reports.switched_off(store) == {}
    assert "552" in fares(store)[2]
    assert outbox.counts(store) == {"email": {"pending": 1, "sent": 1}}


def test_what_a_notifier_keeps_outlives_it(tmp_path: Path) -> None:
    """For each channel by itself."""
    with Store(tmp_path / "hunter.db") as store:
        memory.keep(store, "email", "key", "old", START)
        memory.keep(store, "email", "key", "new", START)
        memory.keep(store, "slack", "key", "other", START)
    with Store(tmp_path / "hunter.db") as store:
        assert memory.recall(store, "email", "key") == "new"
        assert memory.recall(store, "webhook", "key") is None
