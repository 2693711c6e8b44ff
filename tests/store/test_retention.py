"""Forgetting."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from hunter.model import Fact, Sighting
from hunter.store import Store, alerts, facts, memory, outbox, retention, sightings, upkeep
from hunter.store.outbox import Way
from tests.world.alerts import AT, MATCH, alert, notice

LATER = AT + timedelta(days=400)
LIMIT = AT + timedelta(days=30)


def see(store: Store, domain: str, at: object = AT) -> None:
    """Sight a name under the domain, ask about it, and learn a fact of both."""
    name = f"www.{domain}"
    match = replace(MATCH, name=name, registrable=domain)
    sightings.record(store, [Sighting(name, domain, "planted", at)], [match], at)  # type: ignore[arg-type]
    facts.set_asked(store, domain, "dns", AT)
    for subject in (name, domain):
        fact = Fact(subject, "a", "192.0.2.1", "dns", AT)
        facts.record(store, subject, [fact], provider="dns", fields=["a"], at=AT)


def known(store: Store) -> list[str]:
    """The domains in the store."""
    return [row["domain"] for row in store.rows("SELECT domain FROM domain ORDER BY domain")]


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that is known of any domain."""
    tables = ("domain", "sighting", "match", "fact", "asked")
    return {table: [tuple(row) for row in store.rows(f"SELECT * FROM {table}")] for table in tables}


def test_what_led_to_nothing_is_forgotten_with_all_that_hangs_on_it(store: Store) -> None:
    """Not a row of it is left, and not a row of another is lost."""
    see(store, "young.fr", LATER)
    before = everything(store)
    see(store, "idle.fr")

    assert sum(retention.forget_domains(store, LIMIT)) == 1
    assert everything(store) == before


def test_what_was_seen_again_or_alerted_of_is_kept(store: Store) -> None:
    """By any source, and for ever."""
    for domain in ("alerted.fr", "idle.fr", "seen-again.fr", "young.fr"):
        see(store, domain, LATER if domain == "young.fr" else AT)
    see(store, "seen-again.fr", LATER)
    alerts.save(store, replace(alert(), id=0, domain="alerted.fr"), {})

    assert sum(retention.forget_domains(store, LIMIT)) == 1
    assert known(store) == ["alerted.fr", "seen-again.fr", "young.fr"]


def test_many_are_forgotten_in_many_steps(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others may write between two of them."""
    monkeypatch.setattr(retention, "_DOMAINS_AT_ONCE", 3)
    for number in range(10):
        see(store, f"x{number}.fr")

    assert list(retention.forget_domains(store, LIMIT)) == [3, 3, 3, 1]
    assert known(store) == []


def test_history_is_forgotten_but_not_what_holds_now(store: Store) -> None:
    """Nor what ended lately, nor that of a domain that was alerted of."""
    for domain in ("a.fr", "alerted.fr"):
        for value, at in (("192.0.2.1", AT), ("192.0.2.2", AT + timedelta(days=1))):
            fact = Fact(domain, "a", value, "dns", at)
            facts.record(store, domain, [fact], provider="dns", fields=["a"], at=at)
    for value, at in (("192.0.2.1", AT), ("192.0.2.2", LATER)):
        fact = Fact("b.fr", "a", value, "dns", at)
        facts.record(store, "b.fr", [fact], provider="dns", fields=["a"], at=at)
    alerts.save(store, replace(alert(), id=0, domain="alerted.fr"), {})
    sum(retention.forget_history(store, LIMIT))

    rows = store.rows("SELECT subject, value FROM fact ORDER BY subject, value")
    assert [(row["subject"], json.loads(row["value"])) for row in rows] == [
        ("a.fr", "192.0.2.2"),
        ("alerted.fr", "192.0.2.1"),
        ("alerted.fr", "192.0.2.2"),
        ("b.fr", "192.0.2.1"),
        ("b.fr", "192.0.2.2"),
    ]


def test_the_history_of_a_host_is_kept_with_its_domains(store: Store) -> None:
    """What a letter or a story tells of an alerted domain is told of the hosts under it too."""
    for domain in ("alerted.fr", "idle.fr"):
        see(store, domain)
        host, later = f"www.{domain}", AT + timedelta(days=1)
        fact = Fact(host, "a", "192.0.2.2", "dns", later)
        facts.record(store, host, [fact], provider="dns", fields=["a"], at=later)
    alerts.save(store, replace(alert(), id=0, domain="alerted.fr"), {})

    sum(retention.forget_history(store, LIMIT))
    kept = {host: len(facts.history(store, host)) for host in ("www.alerted.fr", "www.idle.fr")}
    assert kept == {"www.alerted.fr": 2, "www.idle.fr": 1}


def test_of_letters_the_text_is_forgotten_but_not_that_they_went_out(store: Store) -> None:
    """Nobody is told twice, and what is still to be told is told, however old it is."""
    way, told = Way("email", "it"), ("old", "young", "waiting")
    for key in told:
        queue(store, key)
    for at in (AT, LATER):
        key = outbox.bind_one(store, way, AT, urgent=False)
        assert key
        parcel = outbox.claim(store, way, key)
        assert parcel
        outbox.mark_sent(store, parcel, at)

    assert list(retention.forget_letters(store, LIMIT)) == [1]
    assert list(retention.forget_letters(store, LIMIT)) == []
    rows = store.rows("SELECT key, notice FROM outbox ORDER BY id")
    assert [bool(row["notice"]) for row in rows] == [False, True, True]
    for key in told:
        queue(store, key)
    assert outbox.counts(store) == {"email": {"sent": 2, "pending": 1}}


def queue(store: Store, key: str) -> None:
    """A letter to the IT team."""
    outbox.add(
        *(store,), channel="email", subscriber="it", addresses=(), notice=notice(key), due_at=AT
    )


def test_without_a_limit_everything_is_kept_for_ever(store: Store) -> None:
    """As it is unless somebody asks for less."""
    see(store, "old.fr")
    before = everything(store)
    for day in (1, 5000):
        assert (
            list(retention.forget(store, Month(None, None, None), AT + timedelta(days=day))) == []
        )
    assert everything(store) == before


def test_sizes_tell_what_forgetting_brought(store: Store) -> None:
    """A figure for each noun."""
    see(store, "idle.fr")
    before = {one.noun: one.rows for one in upkeep.sizes(store.path)}
    sum(retention.forget_domains(store, LIMIT))
    after = {one.noun: one.rows for one in upkeep.sizes(store.path)}

    assert (before["fact"], after["fact"]) == (2, 0)
    assert outbox.counts(store) == {}


@dataclass(frozen=True)
class Month:
    """Everything is kept for a month."""

    keep_domains: timedelta | None = timedelta(days=30)
    keep_history: timedelta | None = timedelta(days=30)
    keep_letters: timedelta | None = timedelta(days=30)


def forget_on(store: Store, *days: int) -> None:
    """The daemon's round on days since the beginning, as the clock tells them."""
    for day in days:
        list(retention.forget(store, Month(), AT + timedelta(days=day)))


def test_a_clock_that_leaps_and_is_set_right_makes_nothing_old(store: Store) -> None:
    """Whether it does so before the first round, or after many; then all is as it was."""
    see(store, "young.fr")
    forget_on(store, 4000, 1, 2, 9000, *range(3, 30))
    assert known(store) == ["young.fr"]

    forget_on(store, 31)
    assert known(store) == []


def test_after_a_long_rest_what_is_old_is_forgotten_in_the_end(store: Store) -> None:
    """A machine that was off for two years is no clock that leaps, but cannot be told from one."""
    see(store, "old.fr")
    forget_on(store, 1, 2, 700)
    assert known(store) == ["old.fr"]

    forget_on(store, *range(701, 705))
    assert known(store) == []


def test_a_clock_that_falls_back_for_a_while_keeps_nothing_for_years(store: Store) -> None:
    """A machine without a battery begins in 1970 whenever it is switched on."""
    see(store, "old.fr")
    forget_on(store, 1, 2, -20_000, *range(3, 32))
    assert known(store) == []


def test_what_notifiers_remember_is_forgotten_after_a_year_and_not_by_a_leap(store: Store) -> None:
    """Else every thread begins anew, and who has half a mail's copies would get them again."""
    memory.keep(store, "slack", "thread", "1", AT)
    forget_on(store, 1, 2)
    memory.keep(store, "slack", "of a clock that is ahead", "2", AT + timedelta(days=4000))
    forget_on(store, 4000, 3)
    assert memory.recall(store, "slack", "thread") == "1"

    forget_on(store, *range(4, 402))
    assert memory.recall(store, "slack", "thread") is None
