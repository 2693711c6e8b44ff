"""Killed at any line: every lookalike is alerted and delivered, and none twice."""

import asyncio
import json
import os
import signal
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hunter import pipeline, routing, triage
from hunter.errors import WillPass
from hunter.model import AlertState, Rhythm, Subscriber
from hunter.notice import Notice
from hunter.pipeline import Hunt
from hunter.replay import SetClock
from hunter.store import Store, alerts, outbox, reports
from hunter.wording import harmless
from tests.world.alerts import DOSSIER, MATCH, alert, notice
from tests.world.hunting import START, NotifierSettings, Values, World, small_hunt
from tests.world.mortal import Killed, MortalStore, hurry, kill_this_process, raise_killed

DAYS: tuple[tuple[tuple[str, ...], dict[str, Values]], ...] = (
    (
        ("mail-en-marche.fr\nboulangerie.fr", "en-marche.co\nwww.en-marche.fr"),
        {
            "mail-en-marche.fr": {"registrant_email": "john@mail.com", "ns_domain": "monovm.com"},
            "en-marche.co": {"ns_domain": "monovm.com", "mx_domain": None},
        },
    ),
    (
        ("supermarche-bio.fr\nonedrive-en-marche.fr",),
        {
            "mail-en-marche.fr": {"registrant_email": "john@mail.com", "has_mx": True},
            "en-marche.co": {"ns_domain": "cloudflare.com"},
            "accounts-office.fr": {"registrant_email": "john@mail.com"},
        },
    ),
)
PLANTED = {"mail-en-marche.fr", "en-marche.co", "onedrive-en-marche.fr", "accounts-office.fr"}


class Told:
    """What people were told, and what day it is, in files that outlive the teller."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.path.touch()
        self.calendar = path.with_suffix(".day")

    def today(self) -> int:
        """The day on which the last life ended; the first when there was none."""
        return int(self.calendar.read_text()) if self.calendar.exists() else 0

    def tell(self, notice: Notice, _: object) -> None:
        """Accept a notice: from here on it is delivered."""
        entry = {
            "key": notice.key,
            "domain": notice.domain,
            "news": notice.news,
            "holds": [gist.key for group in notice.groups for gist in group.gists] or [notice.key],
        }
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    def entries(self) -> list[dict[str, Any]]:
        """Every notice that was accepted, in order."""
        return [json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines()]


async def all_steps(hunt: Hunt) -> None:
    """What the daemon's jobs do, until nothing is left to do; each step commits for itself."""
    busy = True
    while busy:
        await pipeline.gather(hunt, "planted")
        busy = await pipeline.enrich(hunt) + await pipeline.judge_pending(hunt) > 0
    while await pipeline.deliver(hunt):
        pass


def live(store: Store, told: Told) -> None:
    """One life of the daemon, from the day on which the one before ended to the last day."""

    async def days() -> None:
        clock = SetClock(START)
        world = World(on_send=told.tell)
        with pytest.MonkeyPatch.context() as patch:
            hunt = small_hunt(store, clock)
            world.install(patch)
            outbox.put_back_interrupted(store)
            reports.switch_all_on(store)
            for day, (feed, facts) in enumerate(DAYS):
                world.feed += feed
                world.facts |= facts
                if day >= told.today():
                    told.calendar.write_text(str(day))
                    clock.set(START + timedelta(days=day))
                    await all_steps(hunt)

    asyncio.run(days())


def in_doubt(store: Store, told: Told) -> set[str]:
    """Notices that were accepted and not marked before the end: these may come again."""
    sending = store.rows("SELECT notice FROM outbox WHERE state = 'sending'")
    keys = {json.loads(row["notice"])["key"] for row in sending}
    return keys & {entry["key"] for entry in told.entries()}


def check(store: Store, told: Told, doubtful: set[str]) -> None:
    """Every planted lookalike and each of its transitions was told, and nothing twice."""
    counts = Counter(entry["key"] for entry in told.entries())
    assert {key for key, count in counts.items() if count > 1} <= doubtful
    assert all(count <= 2 for count in counts.values())

    once = {entry["key"]: entry for entry in told.entries()}.values()
    found = alerts.listed(store)
    assert {alert.domain for alert in found} == PLANTED
    for one in found:
        news = [
            text
            for entry in once
            if entry["domain"].replace("[.]", ".") == one.domain
            for text in entry["news"]
        ]
        assert news == [harmless(step.text, 600) for step in one.transitions]
        assert [step.kind for step in one.transitions].count("opened") == 1
    assert {tuple(states) for states in outbox.counts(store).values()} == {("sent",)}


def writes_of_a_life(folder: Path) -> int:
    """How many writes it takes from the first start to the last day."""
    with MortalStore(folder / "hunter.db", 1_000_000, raise_killed) as store:
        told = Told(folder / "told")
        live(store, told)
        check(store, told, set())
        return 1_000_000 - store.left


def test_a_life_without_accident(tmp_path: Path) -> None:
    """Everything planted is found and told; a second life adds nothing."""
    writes_of_a_life(tmp_path)
    with Store(tmp_path / "hunter.db") as store:
        told = Told(tmp_path / "told")
        before = told.entries()
        live(store, told)

        assert told.entries() == before
        texts = " ".join(text for entry in before for text in entry["news"])
        assert "cloudflare" in texts
        assert "mail servers" in texts


def test_killed_before_any_write_nothing_is_lost_or_told_twice(tmp_path: Path) -> None:
    """For every write of a life: stop before it, start again, and all is as it should be."""
    (tmp_path / "whole").mkdir()
    doubts = 0
    for number in range(writes_of_a_life(tmp_path / "whole")):
        folder = tmp_path / str(number)
        folder.mkdir()
        told = Told(folder / "told")
        with MortalStore(folder / "hunter.db", number, raise_killed) as store:
            hurry(store)
            with pytest.raises(Killed):
                live(store, told)
            doubtful = in_doubt(store, told)
        with Store(folder / "hunter.db") as store:
            hurry(store)
            live(store, told)
            check(store, told, doubtful)
        doubts += bool(doubtful)

    letters = len(Told(tmp_path / "whole" / "told").entries())
    assert doubts == letters, "each letter's acceptance was once the last thing that happened"


LOTS = {0: "abc", 40: "defg"}
LETTERS = sorted("".join(LOTS.values()))
NARROW = {"pigeon": NotifierSettings(an_hour=1)}


def losing_one_answer(told: Told) -> Callable[[Notice, object], None]:
    """Tells each letter; of the first nobody learns whether it was told."""

    def tell(notice: Notice, _: object) -> None:
        told.tell(notice, _)
        if len(told.entries()) == 1:
            raise WillPass("no answer", in_doubt=True)

    return tell


def deliver_in_a_flood(store: Store, told: Told) -> None:
    """Letters in two lots, to a channel that first refuses and once loses its answer."""

    async def minutes() -> None:
        clock, world = SetClock(START), World(on_send=losing_one_answer(told))
        hunt = small_hunt(store, clock, notifiers=NARROW)
        with pytest.MonkeyPatch.context() as patch:
            world.install(patch)
            outbox.put_back_interrupted(store)
            for minute in range(0, 100, 10):
                clock.set(START + timedelta(minutes=minute))
                for key in LOTS.get(minute, ""):
                    outbox.add(
                        *(store,), channel="pigeon", subscriber="it", addresses=(),
                        notice=replace(notice(key), at=START),
                    )  # fmt: skip
                world.trouble = {"it": WillPass("away")} if minute == 0 else {}
                while await pipeline.deliver(hunt):
                    pass

    asyncio.run(minutes())


def told_alive(folder: Path, deed: Callable[[Store, Told], None]) -> tuple[Told, int]:
    """What a deed tells when nothing happens to it, and how many writes it takes."""
    folder.mkdir()
    with MortalStore(folder / "hunter.db", 1_000_000, raise_killed) as store:
        deed(store, told := Told(folder / "told"))
        return told, 1_000_000 - store.left


def told_in_two_lives(
    folder: Path, writes: int, deed: Callable[[Store, Told], None]
) -> Iterator[tuple[Store, Told]]:
    """The same when it is killed before each of its writes in turn, and done again."""
    for number in range(writes):
        life = folder / str(number)
        life.mkdir()
        told = Told(life / "told")
        with MortalStore(life / "hunter.db", number, raise_killed) as store:
            hurry(store)
            with pytest.raises(Killed):
                deed(store, told)
        with Store(life / "hunter.db") as store:
            hurry(store)
            deed(store, told)
            yield store, told


def test_killed_before_any_write_each_letter_of_a_flood_is_in_one_message(tmp_path: Path) -> None:
    """Where letters go together, one comes again only in the same message under the same key."""
    told, writes = told_alive(tmp_path / "whole", deliver_in_a_flood)
    assert [len(entry["holds"]) for entry in told.entries()] == [3, 3, 4]

    for store, told in told_in_two_lives(tmp_path, writes, deliver_in_a_flood):
        assert outbox.counts(store) == {"pigeon": {"sent": len(LETTERS)}}
        messages = {entry["key"]: entry["holds"] for entry in told.entries()}
        assert sorted(key for holds in messages.values() for key in holds) == LETTERS
        assert len(told.entries()) - len(messages) <= 1 + 1, "one lost answer, one kill"


def dismiss_before_the_digest(store: Store, told: Told) -> None:
    """Three alerts that wait for a digest whose first answer gets lost; one is dismissed before it.

    Another is dismissed while it is in doubt who has the digest.
    """

    async def minutes() -> None:
        clock, world = SetClock(START), World(on_send=losing_one_answer(told))
        it = Subscriber("it", {"pigeon": ("loft",)}, rhythm=Rhythm.HOURLY)
        hunt = small_hunt(store, clock, subscribers=(it,))
        with pytest.MonkeyPatch.context() as patch:
            world.install(patch)
            outbox.put_back_interrupted(store)
            for label in ("mail", "portal", "login"):
                _open(hunt, f"{label}-en-marche.fr")
            _dismiss(hunt, "mail-en-marche.fr")
            for minute in range(60, 100, 10):
                clock.set(START + timedelta(minutes=minute))
                while await pipeline.deliver(hunt):
                    pass
                if told.entries():
                    _dismiss(hunt, "portal-en-marche.fr")

    asyncio.run(minutes())


def _open(hunt: Hunt, domain: str) -> None:
    """Once, whoever lives."""
    if alerts.about(hunt.store, domain):
        return
    match = replace(MATCH, name=domain, registrable=domain)
    with hunt.store.transaction():
        kept = alerts.save(hunt.store, replace(alert(match), id=0), {})
        dossier = replace(DOSSIER, domain=domain, at=START)
        routing.tell(hunt.store, hunt.config, kept, dossier, kept.transitions)


def _dismiss(hunt: Hunt, domain: str) -> None:
    triage.move(
        *(hunt.store, hunt.config, domain, AlertState.DISMISSED),
        why="", actor="ana", now=hunt.now(),
    )  # fmt: skip


def test_killed_before_any_write_what_was_settled_is_left_out_and_the_rest_is_told(
    tmp_path: Path,
) -> None:
    """A digest that somebody may have goes again with the same letters, and no other has them."""
    told, writes = told_alive(tmp_path / "whole", dismiss_before_the_digest)
    assert len(told.entries()) == 2

    for store, told in told_in_two_lives(tmp_path, writes, dismiss_before_the_digest):
        assert outbox.counts(store) == {"pigeon": {"sent": 2}}
        open_ones = [key_of(store, f"{label}-en-marche.fr") for label in ("portal", "login")]
        messages = {(entry["key"], tuple(entry["holds"])) for entry in told.entries()}
        assert [list(holds) for _, holds in messages] == [open_ones]


def key_of(store: Store, domain: str) -> str:
    """The key of the news that the alert on it was opened."""
    (kept,) = alerts.about(store, domain)
    return routing.key_of(replace(kept, transitions=kept.transitions[:1]))


@pytest.mark.parametrize("part", range(6))
def test_killed_for_real_nothing_is_lost_or_told_twice(tmp_path: Path, part: int) -> None:
    """The same with SIGKILL, which leaves no time to roll anything back."""
    (tmp_path / "whole").mkdir()
    number = (2 * part + 1) * writes_of_a_life(tmp_path / "whole") // 12
    told = Told(tmp_path / "told")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        live(MortalStore(tmp_path / "hunter.db", number, kill_this_process), told)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL

    with Store(tmp_path / "hunter.db") as store:
        doubtful = in_doubt(store, told)
        live(store, told)
        check(store, told, doubtful)
