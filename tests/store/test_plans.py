"""How SQLite finds what the daemon asks for all day: of ten million rows it must not read all."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hunter import canary_watch, exposition, following, health, pipeline
from hunter.config.tables import HealthTable, StoreTable
from hunter.contracts import Batch
from hunter.enrichers import canary as made_up
from hunter.model import Fact, Subscriber, Track
from hunter.replay import SetClock
from hunter.sources import canary
from hunter.store import Store, alerts, facts, outbox, retention, sightings, tallies, tracks
from tests.world.hunting import BRAND, PARTNER, START, World, small_config, small_hunt

LARGE = ("domain", "sighting", "match", "fact", "asked", "alert", "transition", "outbox", "member")
"""Tables that grow with what hunter sees; `member` is that of incidents."""
WHOLE = re.compile(rf"SCAN ({'|'.join(LARGE)})\b")
MEANT = {
    "SCAN alert USING COVERING INDEX alert_state": "two small columns, for the figures",
    "SCAN outbox USING INDEX outbox_waiting": "the index holds what waits, and nothing else",
    "SCAN sighting USING COVERING INDEX sighting_domain": "once for each new track on a string",
}
"""Steps that read all there is of something, and why they may."""
KEPT = ("keep_domains", "keep_history", "keep_letters")
LONE = Track("registrant_email", "john@mail.com", BRAND.domain, "mail-en-marche.fr")
STRING = Track("string", "office-", BRAND.domain)


@contextmanager
def asked(store: Store) -> Iterator[set[str]]:
    """Every statement that runs on the store's connection, with its values."""
    found: set[str] = set()
    store._connection.set_trace_callback(found.add)
    try:
        yield found
    finally:
        store._connection.set_trace_callback(None)


def plan(path: Path, statement: str) -> list[str]:
    """The steps of SQLite's plan for it."""
    connection = sqlite3.connect(path)
    try:
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    finally:
        connection.close()


def asked_by(path: Path, question: Callable[[Store], object]) -> set[str]:
    """Every statement of the question, to an empty store."""
    with Store(path) as store, asked(store) as statements:
        question(store)
    return statements


def test_what_reads_everything_is_seen(tmp_path: Path) -> None:
    """The measure itself: a question by a column without an index."""
    with Store(tmp_path / "hunter.db"):
        (step,) = plan(tmp_path / "hunter.db", "SELECT * FROM sighting WHERE last_seen < '2026'")
    assert WHOLE.match(step)
    assert step not in MEANT


async def two_days(store: Store, world: World) -> None:
    """Every step of the daemon, twice, with a track, a canary, trouble and letters."""
    clock = SetClock(START)
    operator = Subscriber("it", {"pigeon": ("loft",)}, operator=True)
    hunt = small_hunt(
        store,
        clock,
        brands=(BRAND, PARTNER),
        subscribers=(operator,),
        sources={"canary": canary.Settings()},
    )
    hunt = replace(
        hunt,
        config=replace(
            hunt.config, enrichers={**hunt.config.enrichers, "canary": made_up.Settings()}
        ),
    )
    tracks.add(store, LONE, START)
    tracks.add(store, STRING, START)
    for day in range(2):
        clock.set(START + timedelta(days=day))
        names = f"mail-en-marche.fr\nportal{day}-en-marche.fr\noffice-{day}.fr"
        await pipeline.take(hunt, "planted", Batch(names.encode(), str(day)))
        await pipeline.gather(hunt, "canary")
        world.facts[f"portal{day}-en-marche.fr"] = {"registrant_email": "john@mail.com"}
        for step in (pipeline.enrich, pipeline.judge_pending, pipeline.deliver):
            await step(hunt)
        list(canary_watch.check(store, hunt.config, clock.now()))
        health.tell(store, hunt.config.subscribers, HealthTable(), clock.now())
        list(exposition.standing(hunt))
        keep = StoreTable(**dict.fromkeys(KEPT, timedelta(hours=1)))
        list(retention.forget(store, keep, clock.now()))


async def test_nothing_that_the_daemon_does_all_day_reads_a_whole_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each statement of two days finds its rows by an index, or a part of them by their order."""
    world = World().install(monkeypatch)
    with Store(tmp_path / "hunter.db") as store, asked(store) as statements:
        await two_days(store, world)
    questions = [one for one in statements if re.match(r"SELECT|UPDATE|DELETE|INSERT", one)]
    assert len(questions) > 100

    whole = {
        re.sub(r"'(?:[^']|'')*'|\b\d+\b", "?", one): step
        for one in questions
        for step in plan(tmp_path / "hunter.db", one)
        if WHOLE.match(step) and step not in MEANT
    }
    assert whole == {}


def test_what_waits_for_judgement_stands_in_its_order(tmp_path: Path) -> None:
    """After new rules that is everything: it is not to be sorted anew for each few."""
    with Store(tmp_path / "hunter.db") as store, asked(store) as statements:
        sightings.to_judge(store, 1)
    (question,) = statements

    assert not [step for step in plan(tmp_path / "hunter.db", question) if "B-TREE" in step]


def test_a_batch_of_names_reads_no_tracks_but_those_on_strings(tmp_path: Path) -> None:
    """Hunter sets others by itself, one for each registrant, and batches come all day."""
    path, config = tmp_path / "hunter.db", small_config(tmp_path)
    with Store(path) as store:
        for one in (LONE, STRING):
            tracks.add(store, one, START)
        with asked(store) as statements:
            following.through_batch(store, config, Batch(b"office-1.fr", "1"), START)
        assert [one.source for one in sightings.sightings_of(store, "office-1.fr")] == [
            f"track:{STRING.name}"
        ]
    (question,) = (one for one in statements if "FROM track" in one)

    assert plan(path, question)[0].startswith("SEARCH track USING PRIMARY KEY (field=?)")


def test_who_shares_a_text_in_whatever_case_is_found_by_the_text(tmp_path: Path) -> None:
    """It is asked of every value that an alert suggests to watch, and a field has a million."""
    path = tmp_path / "hunter.db"
    with Store(path) as store, asked(store) as statements:
        facts.sharing_text(store, "registrant_org", "THC Projects SRL")
    (question,) = statements
    looks = [step for step in plan(path, question) if step.startswith(("SCAN", "SEARCH"))]

    assert len(looks) == 2
    assert all(step.endswith("(field=? AND value=?)") for step in looks), looks


@pytest.mark.parametrize("question", [outbox.counts, outbox.put_back_interrupted])
def test_of_the_letters_of_years_none_is_read_to_count_them(
    tmp_path: Path, question: Callable[[Store], object]
) -> None:
    """`hunter status` asks how many there are, and each start what was in hand: they are long."""
    path = tmp_path / "hunter.db"
    statements = asked_by(path, question)
    looks = {one: plan(path, one) for one in statements if re.match("SELECT|UPDATE", one)}

    assert looks
    assert all(" USING " in steps[0] and "outbox_" in steps[0] for steps in looks.values()), looks


@pytest.mark.parametrize("question", [tallies.states, alerts.dismissed, alerts.severities])
def test_what_asks_how_all_alerts_stand_reads_no_findings(
    tmp_path: Path, question: Callable[[Store], object]
) -> None:
    """`hunter status` and all that tells of incidents ask it: an index has it, in a tenth."""
    path = tmp_path / "hunter.db"
    (asking,) = asked_by(path, question)

    assert plan(path, asking)[0] == "SCAN alert USING COVERING INDEX alert_domain"


def test_what_carries_a_value_is_found_with_one_look_for_each_field(tmp_path: Path) -> None:
    """Of millions of facts no index is gone through for the hundred fields there are."""
    path = tmp_path / "hunter.db"
    with Store(path) as store:
        for field in ("a", "asn", "ns"):
            known = [Fact(f"{field}.fr", field, "x", "dns", START)]
            facts.record(store, known[0].subject, known, provider="dns", fields=[field], at=START)
        with asked(store) as statements:
            found = facts.carrying(store, "x", 10)
    (question,) = statements

    assert [fact.field for fact in found] == ["a", "asn", "ns"]
    assert not [step for step in plan(path, question) if step.startswith("SCAN fact")]
