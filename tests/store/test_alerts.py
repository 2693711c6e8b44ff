"""Alerts and their transitions in the store."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from hunter.model import Alert, AlertState, Level, Sighting, Transition
from hunter.store import Store, alerts, sightings
from tests.world.alerts import AT, alert

TOLD = {"severity": 3, "seen": ["ns_domain=monovm.com"], "now": {"cdn": []}}
NEW = replace(alert(), id=0)


def other(domain: str, **changes: object) -> Alert:
    """A new alert about another domain."""
    return replace(NEW, domain=domain, **changes)  # type: ignore[arg-type]


def test_a_new_alert_gets_its_id_and_is_found_as_it_was(store: Store) -> None:
    """Match, findings and transitions come back whole."""
    saved = alerts.save(store, NEW, TOLD)

    assert saved.id > 0
    assert saved == replace(NEW, id=saved.id)
    assert alerts.find(store, NEW.brand, NEW.domain) == saved
    assert alerts.about(store, NEW.domain) == (saved,)
    assert alerts.told(store, saved) == TOLD
    assert alerts.find(store, "other.fr", NEW.domain) is None


def test_saving_again_appends_only_what_is_new(store: Store) -> None:
    """Transitions are a log: those that are kept stay as they were."""
    first = alerts.save(store, NEW, TOLD)
    step = Transition(AT + timedelta(days=1), "raised", "It can now take mail.", is_anew=True)
    grown = replace(first, severity=Level.CRITICAL, transitions=(*first.transitions, step))
    saved = alerts.save(store, grown, {"severity": 4})

    assert saved == grown
    assert alerts.save(store, saved, {"severity": 4}) == saved
    assert len(store.rows("SELECT * FROM transition")) == 2
    assert alerts.told(store, saved) == {"severity": 4}


def test_one_alert_per_brand_and_domain(store: Store) -> None:
    """The same domain may imitate two brands, and each has its alert."""
    alerts.save(store, NEW, TOLD)
    alerts.save(store, replace(NEW, brand="partner.fr"), TOLD)

    assert [one.brand for one in alerts.about(store, NEW.domain)] == ["en-marche.fr", "partner.fr"]


def test_those_are_woken_whose_alert_does_not_rest_on_the_rule(store: Store) -> None:
    """Or who have none; nobody is judged before its facts were asked for."""
    rule = NEW.findings[0].rule_id
    alerts.save(store, other("has.fr"), TOLD)
    alerts.save(store, other("lacks.fr", findings=()), TOLD)
    alerts.save(store, other("has.fr", brand="partner.fr", findings=()), TOLD)
    for domain in ("has.fr", "lacks.fr", "quiet.fr", "new.fr", "elsewhere.fr"):
        sightings.record(store, [Sighting(domain, domain, "case", AT)], [], AT)
        if domain != "new.fr":
            sightings.set_due(store, domain, AT)
        sightings.mark_judged(store, domain)

    wanted = ("has.fr", "lacks.fr", "quiet.fr", "new.fr", "unknown.fr")
    alerts.wake_without(store, NEW.brand, rule, wanted)

    assert set(sightings.to_judge(store, 10)) == {"lacks.fr", "quiet.fr"}


def test_triage_says_who_when_and_why(store: Store) -> None:
    """A person's word is a transition among the others, and hunter's next one follows it."""
    saved = alerts.save(store, NEW, TOLD)
    later = AT + timedelta(hours=2)
    alerts.set_state(store, saved, AlertState.DISMISSED, why="a fan club", actor="anne", now=later)
    triaged = alerts.find(store, NEW.brand, NEW.domain)
    assert triaged is not None
    step = Transition(later, "raised", "It can now take mail.")
    alerts.save(store, replace(triaged, transitions=(*triaged.transitions, step)), TOLD)

    (found,) = alerts.about(store, NEW.domain)
    assert found.state is AlertState.DISMISSED
    assert found.updated_at == later
    assert found.transitions[1:] == (Transition(later, "dismissed", "a fan club", "anne"), step)


def test_the_gravest_come_first_and_filters_add_up(store: Store) -> None:
    """By severity, then by score, then by what moved last."""
    alerts.save(store, other("a.fr", severity=Level.LOW), TOLD)
    alerts.save(store, other("b.fr", severity=Level.HIGH), TOLD)
    alerts.save(store, other("c.fr", severity=Level.HIGH, updated_at=AT + timedelta(1)), TOLD)
    alerts.save(store, other("d.fr", severity=Level.CRITICAL, brand="partner.fr"), TOLD)
    alerts.save(store, other("e.fr", severity=Level.HIGH, state=AlertState.DISMISSED), TOLD)
    alerts.save(store, other("f.fr", severity=Level.HIGH, score=NEW.score + 1), TOLD)

    def domains(**wanted: object) -> list[str]:
        return [one.domain for one in alerts.listed(store, **wanted)]  # type: ignore[arg-type]

    assert domains() == ["d.fr", "f.fr", "c.fr", "b.fr", "e.fr", "a.fr"]
    assert domains(brand="en-marche.fr", state=AlertState.NEW) == [
        *("f.fr", "c.fr", "b.fr", "a.fr")
    ]
    assert domains(minimum=Level.CRITICAL) == ["d.fr"]


def test_of_those_with_the_highest_score_what_most_speaks_against_comes_first(
    store: Store,
) -> None:
    """Most alerts of a hot week have 100 of 100: the points of all their rules tell them apart."""
    (rule,) = NEW.findings[:1]
    alerts.save(store, other("some.fr", score=100, findings=(rule,) * 3), TOLD)
    alerts.save(store, other("most.fr", score=100, findings=(rule,) * 6), TOLD)
    newest = AT + timedelta(days=1)
    alerts.save(store, other("newest.fr", score=100, findings=(), updated_at=newest), TOLD)

    assert [one.domain for one in alerts.listed(store)] == ["most.fr", "some.fr", "newest.fr"]


def test_many_alerts_are_read_with_few_questions(store: Store) -> None:
    """Which they are, and of hundreds at once the alerts and the transitions of each one's life."""
    step = Transition(AT + timedelta(hours=1), "raised", "It can now take mail.")
    grown = other("a.fr", transitions=(*NEW.transitions, step))
    saved = [alerts.save(store, one, TOLD) for one in (grown, *map(other, ("b.fr", "c.fr")))]
    asked: list[str] = []
    store._connection.set_trace_callback(asked.append)
    found = alerts.listed(store)
    store._connection.set_trace_callback(None)

    assert sorted(found, key=lambda one: one.id) == saved
    assert len(asked) == 3


def test_alerts_come_one_by_one_in_their_order(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some are read at once, so that memory never holds all of them."""
    monkeypatch.setattr(alerts, "_AT_ONCE", 2)
    for score, domain in enumerate(("a.fr", "b.fr", "c.fr", "d.fr", "e.fr")):
        alerts.save(store, other(domain, score=score), TOLD)
    asked: list[str] = []
    found = alerts.each(store)
    first = next(found)
    store._connection.set_trace_callback(asked.append)

    assert [first.domain, next(found).domain] == ["e.fr", "d.fr"]
    assert asked == []
    assert [one.domain for one in found] == ["c.fr", "b.fr", "a.fr"]


def test_who_reads_alerts_slowly_holds_up_nobody(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pager may stand still for days, and what is written meanwhile would fill the disk."""
    monkeypatch.setattr(alerts, "_AT_ONCE", 1)
    for domain in ("a.fr", "b.fr", "c.fr"):
        alerts.save(store, other(domain), TOLD)
    found = alerts.each(store)
    next(found)
    with Store(store.path) as daemon:
        alerts.save(daemon, other("d.fr"), TOLD)
        busy, *_ = daemon.rows("PRAGMA wal_checkpoint(TRUNCATE)")[0]

    assert not busy
    assert (len([*alerts.each(store)]), len([*found])) == (4, 2)


def test_alerts_of_some_domains_alone_are_found(store: Store) -> None:
    """Whoever asks for one of thousands has only that one read."""
    for domain in ("a.fr", "b.fr", "c.fr"):
        alerts.save(store, other(domain), TOLD)
    narrowed = alerts.Narrowed(domains=frozenset({"b.fr", "z.fr"}))

    assert [one.domain for one in alerts.listed(store, narrowed=narrowed)] == ["b.fr"]


def test_of_a_span_are_those_to_which_something_happened_in_it(store: Store) -> None:
    """Its beginning is part of it and its end is not; what happened since does not matter."""
    day = timedelta(days=1)

    def life(*days: int) -> dict[str, object]:
        steps = tuple(Transition(AT + one * day, "raised", "More.") for one in days)
        return {"opened_at": AT, "updated_at": AT + 9 * day, "transitions": steps}

    alerts.save(store, other("before.fr", **life(0, 1)), TOLD)
    alerts.save(store, other("in.fr", **life(0, 2)), TOLD)
    alerts.save(store, other("amid.fr", **life(0, 3, 7)), TOLD)
    alerts.save(store, other("after.fr", **life(0, 4)), TOLD)
    alerts.save(store, other("opened.fr", **{**life(8), "opened_at": AT + 3 * day}), TOLD)

    found, more = alerts.of_span(store, AT + 2 * day, AT + 4 * day, 9)
    assert {one.domain for one in found} == {"in.fr", "amid.fr", "opened.fr"}
    assert more == ()


def test_of_a_span_the_gravest_are_read_whole_and_the_others_in_brief(store: Store) -> None:
    """A year has tens of thousands; of those that are counted only, a report tells dismissals."""
    gone = AlertState.DISMISSED
    whole = [alerts.save(store, other(f"{one}.fr", score=90 - one), TOLD) for one in range(4)]
    for at, why in ((AT, "ours"), (AT + timedelta(days=1), "parked")):
        alerts.set_state(store, whole[3], gone, why=why, actor="ann", now=at)
    found, more = alerts.of_span(store, AT, AT + timedelta(days=9), 2)

    assert found == tuple(whole[:2])
    assert [(one.domain, one.severity, one.opened_at) for one in more] == [
        (one.domain, one.severity, one.opened_at) for one in whole[2:]
    ]
    (last,) = alerts.about(store, "3.fr")
    assert [one.state for one in more] == [whole[2].state, gone]
    assert [one.last(gone) for one in more] == [None, last.last(gone)]


def test_the_order_of_lists_is_that_of_an_index(store: Store) -> None:
    """The findings of forty thousand alerts would have to be read to sort them."""
    (question,) = asked_by(store, lambda: [*alerts.each(store)])
    plan = [row["detail"] for row in store.rows(f"EXPLAIN QUERY PLAN {question}")]

    assert "alert_gravest" in plan[0]
    assert not [step for step in plan if "TEMP B-TREE" in step]


def asked_by(store: Store, work: Callable[[], object]) -> list[str]:
    """The statements that it runs, with their values."""
    found: list[str] = []
    store._connection.set_trace_callback(found.append)
    work()
    store._connection.set_trace_callback(None)
    return found


def test_a_domain_is_dismissed_when_all_its_alerts_are(store: Store) -> None:
    """For another brand it may be what it was."""
    gone = AlertState.DISMISSED
    alerts.save(store, other("both.fr", state=gone), TOLD)
    alerts.save(store, other("both.fr", state=gone, brand="partner.fr"), TOLD)
    alerts.save(store, other("one.fr", state=gone), TOLD)
    alerts.save(store, other("one.fr", brand="partner.fr"), TOLD)

    assert alerts.dismissed(store) == {"both.fr": True, "one.fr": False}


def test_a_save_that_breaks_leaves_the_alert_as_it_was(store: Store) -> None:
    """Alert and transitions are one write."""
    saved = alerts.save(store, NEW, TOLD)
    broken = replace(
        saved,
        severity=Level.CRITICAL,
        transitions=(*saved.transitions, Transition(AT, "raised", None)),  # type: ignore[arg-type]
    )
    with pytest.raises(Exception, match="NOT NULL"):
        alerts.save(store, broken, {})

    assert alerts.about(store, NEW.domain) == (saved,)
    assert alerts.told(store, saved) == TOLD
