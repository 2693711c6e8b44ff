"""The outbox: nothing is lost, and nothing is queued or handed out twice."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from hunter.model import Level
from hunter.store import Store, outbox, reports, traffic
from hunter.store.outbox import Haste, Parcel, Way
from tests.world.alerts import AT, notice

LATER = AT + timedelta(minutes=5)
DAYS = timedelta(days=9)
DAYS_LATER = AT + DAYS
IT, SLACK, PRESS = Way("email", "it"), Way("slack", "it"), Way("slack", "press")


def add(
    store: Store,
    key: str = "1.1",
    way: Way = IT,
    haste: Haste = Haste.NONE,
    due: datetime = AT,
    **changes: Any,
) -> None:
    """Queue the case's notice."""
    outbox.add(
        store,
        channel=way.channel,
        subscriber=way.subscriber,
        addresses=("it@en-marche.example",),
        notice=replace(notice(key), **changes),
        due_at=due,
        haste=haste,
    )


def take(store: Store, way: Way = IT, now: datetime = AT) -> Parcel | None:
    """The next letter of a way, by itself."""
    key = outbox.next_bound(store, way, now) or outbox.bind_one(store, way, now, urgent=False)
    return outbox.claim(store, way, key) if key else None


def took(store: Store, way: Way = IT, now: datetime = AT) -> Parcel:
    """The same when there must be one."""
    parcel = take(store, way, now)
    assert parcel
    return parcel


def take_all(store: Store, most: int = 100) -> Parcel | None:
    """All letters of a way in one parcel."""
    key = outbox.bind_together(store, IT, AT, urgent=False, why="flood", most=most)
    return outbox.claim(store, IT, key) if key else None


def keys_in(store: Store, parcel: Parcel) -> list[str]:
    """Which notices it holds."""
    return [gist.key for gist in outbox.gists_in(store, parcel.key)]


def test_a_letter_holds_the_notice_and_where_it_goes(store: Store) -> None:
    """What was queued is what is sent."""
    add(store)

    parcel = took(store)
    assert (parcel.way, parcel.letters, parcel.together) == (IT, 1, "")
    assert parcel.addresses == ("it@en-marche.example",)
    assert outbox.notice_in(store, parcel) == notice("1.1")


def test_the_same_notice_is_queued_once_ever(store: Store) -> None:
    """Also after it was sent; another channel or subscriber gets their own."""
    add(store)
    outbox.mark_sent(store, took(store), AT)
    for way in (IT, SLACK, PRESS):
        add(store, way=way)
    add(store, key="1.2")

    assert outbox.ways(store, AT) == (SLACK, PRESS, IT)
    assert keys_in(store, took(store)) == ["1.2"]
    assert take(store) is None


def test_letters_go_one_by_one_the_oldest_first(store: Store) -> None:
    """What is claimed is nobody else's."""
    for number in range(3):
        add(store, key=f"1.{number}")

    assert [keys_in(store, took(store)) for _ in range(3)] == [["1.0"], ["1.1"], ["1.2"]]
    assert take(store) is None


def test_a_parcel_is_claimed_once(store: Store) -> None:
    """Whoever comes second gets nothing."""
    add(store)
    key = outbox.bind_one(store, IT, AT, urgent=False)
    assert key

    assert outbox.claim(store, IT, key)
    assert outbox.claim(store, IT, key) is None


def test_a_letter_is_not_due_before_its_time(store: Store) -> None:
    """Until a digest's hour nobody sees it."""
    add(store, due=LATER)

    assert (outbox.ways(store, AT), take(store)) == ((), None)
    assert outbox.ways(store, LATER) == (IT,)
    assert take(store, now=LATER)


def test_a_way_that_failed_rests(store: Store) -> None:
    """Longer after each failure in a row, which acceptance ends; other ways go on.

    So does the same channel to somebody else.
    """
    add(store)
    add(store, way=SLACK)
    outbox.rest(store, PRESS, LATER)
    outbox.put_back(store, took(store), "connection refused")
    outbox.rest(store, IT, LATER)
    outbox.rest(store, IT, LATER)

    assert (outbox.ways(store, AT), outbox.failures(store, IT)) == ((SLACK,), 2)
    assert outbox.ways(store, LATER) == (IT, SLACK)
    parcel = took(store)
    outbox.mark_sent(store, parcel, LATER)
    assert outbox.failures(store, IT) == 0


def test_what_is_put_back_leaves_other_ways_alone(store: Store) -> None:
    """What they have in hand is not taken from them: it would go out twice."""
    for way in (IT, SLACK):
        add(store, way=way)
    on_it, on_slack = took(store), took(store, SLACK)
    outbox.put_back(store, on_it, "away")

    assert take(store, SLACK) is None
    outbox.mark_sent(store, on_slack, AT)
    outbox.put_back(store, on_slack, "away")
    assert outbox.counts(store) == {"email": {"pending": 1}, "slack": {"sent": 1}}


def test_a_sent_letter_is_never_claimed_again(store: Store) -> None:
    """Nor put back at the next start."""
    add(store)
    parcel = took(store)
    outbox.mark_sent(store, parcel, AT)

    assert outbox.put_back_interrupted(store) == 0
    assert (take(store, now=DAYS_LATER), outbox.claim(store, IT, parcel.key)) == (None, None)
    assert outbox.counts(store) == {"email": {"sent": 1}}


def test_letters_go_together_the_gravest_first(store: Store) -> None:
    """One parcel, whose letters are marked together."""
    for number, level in enumerate((Level.LOW, Level.HIGH, Level.HIGH)):
        add(store, key=f"1.{number}", severity=level)

    parcel = take_all(store)
    assert parcel
    assert (parcel.letters, parcel.together) == (3, "flood")
    assert keys_in(store, parcel) == ["1.1", "1.2", "1.0"]
    outbox.mark_sent(store, parcel, AT)
    assert outbox.counts(store) == {"email": {"sent": 3}}


def test_a_parcel_of_one_is_a_letter(store: Store) -> None:
    """Nobody gets a digest of one notice; and no parcel is empty."""
    add(store)

    parcel = take_all(store)
    assert parcel
    assert parcel.together == ""
    assert take_all(store) is None


def test_a_parcel_holds_no_more_than_it_may(store: Store) -> None:
    """The oldest; the others go in the next one."""
    for number in range(5):
        add(store, key=f"1.{number}")

    parcels = [take_all(store, most=2) for _ in range(3)]
    assert [one and one.letters for one in parcels] == [2, 2, 1]


def test_what_was_not_accepted_goes_together_with_what_came_since(store: Store) -> None:
    """After a refusal a letter is free again: one digest after an outage, not one of each try."""
    add(store, "1.0")
    outbox.put_back(store, took(store), "connection refused")
    add(store, "1.1")

    parcel = take_all(store)
    assert parcel
    assert keys_in(store, parcel) == ["1.0", "1.1"]


def test_what_may_have_been_accepted_stays_one_parcel(store: Store) -> None:
    """It goes first, under the same key, and nothing joins it: a repeat can be told as one."""
    for number in range(2):
        add(store, key=f"1.{number}")
    parcel = take_all(store)
    assert parcel
    outbox.put_back(store, parcel, "no answer", in_doubt=True)
    add(store, "1.2")

    again = took(store)
    assert (again.key, keys_in(store, again)) == (parcel.key, ["1.0", "1.1"])
    outbox.put_back(store, again, "connection refused")
    for _ in range(2):
        again = took(store)
        assert again.key == parcel.key, "a later refusal takes no doubt away"
        outbox.put_back(store, again, "connection refused")


def test_what_some_have_counts_as_sent_once_and_goes_again_as_it_was(store: Store) -> None:
    """At its time, letters after it pass, and the way is no longer one that failed."""
    for key in ("1.0", "1.1"):
        add(store, key=key)
    outbox.rest(store, IT, AT)
    parcel = take_all(store)
    assert parcel
    add(store, key="1.2")
    outbox.mark_sent_in_part(store, parcel, "mailbox full", AT, LATER)

    assert outbox.failures(store, IT) == 0
    seen = traffic.on(store, IT, LATER, hour=AT, day=AT, flood=9)
    assert (seen.in_hour, seen.today, seen.last_at) == (1, 1, AT)
    assert keys_in(store, took(store)) == ["1.2"]
    again = took(store, now=LATER)
    assert again.key == parcel.key
    assert (parcel.sent_at, again.sent_at) == (None, AT)
    outbox.mark_sent(store, again, LATER)
    assert traffic.on(store, IT, LATER, hour=AT, day=AT, flood=9) == replace(seen, due=0)


def test_when_some_had_it_is_not_told_by_a_clock_that_was_ahead(store: Store) -> None:
    """For the others it would be tried until that time has come, and never be given up."""
    add(store)
    outbox.mark_sent_in_part(store, took(store), "full", AT + timedelta(days=400), AT)
    outbox.mark_sent_in_part(store, took(store), "full", AT, LATER)
    outbox.mark_sent_in_part(store, took(store, now=LATER), "full", LATER, LATER)

    assert took(store, now=LATER).sent_at == AT


def test_what_a_dead_process_had_in_hand_goes_again_as_it_was(store: Store) -> None:
    """Nobody knows how far it came: the same parcel, and another attempt."""
    for number in range(2):
        add(store, key=f"1.{number}")
    parcel = take_all(store)
    assert parcel

    assert outbox.put_back_interrupted(store) == 2
    add(store, "1.2")
    again = took(store)
    assert (again.key, again.together) == (parcel.key, "flood")
    assert keys_in(store, again) == ["1.0", "1.1"]


def test_a_parcel_that_is_put_off_lets_others_pass(store: Store) -> None:
    """One that hunter itself stumbles over must not hold up the rest."""
    add(store, "1.0")
    add(store, "1.1")
    outbox.put_back(store, took(store), "a fault", in_doubt=True, due_at=LATER)

    assert keys_in(store, took(store)) == ["1.1"]
    assert keys_in(store, took(store, now=LATER)) == ["1.0"]


def test_what_is_due_again_goes_in_the_order_of_what_happened(store: Store) -> None:
    """Whichever was put off for longer: a thread begins with its beginning."""
    for key, wait in (("1.1", 5), ("1.2", 1), ("1.3", 3)):
        add(store, key)
        outbox.put_back(store, took(store), "", in_doubt=True, due_at=AT + timedelta(minutes=wait))

    assert [keys_in(store, took(store, now=LATER)) for _ in range(3)] == [["1.1"], ["1.2"], ["1.3"]]


def test_what_is_refused_for_what_it_says_is_halved(store: Store) -> None:
    """Each half is a parcel of its own, and a letter by itself is no digest; the others pass."""
    for number in range(3):
        add(store, key=f"1.{number}")
    parcel = take_all(store)
    assert parcel
    outbox.put_aside(store, parcel, "554 spam", AT, LATER)
    add(store, "1.3")
    add(store, "1.4", due=DAYS_LATER)

    assert keys_in(store, took(store)) == ["1.3"]
    assert outbox.refused(store, IT) == (3, "554 spam")
    halves = [took(store, now=LATER) for _ in range(2)]
    assert [keys_in(store, half) for half in halves] == [["1.0"], ["1.1", "1.2"]]
    assert [(half.together, half.refused) for half in halves] == [("", True), ("flood", True)]
    assert halves[0].key == "1.0:it:email"
    assert halves[1].key not in (parcel.key, "1.1:it:email"), "it is another message than before"
    for half, reason in zip(halves, ("554 spam", "554 virus"), strict=True):
        outbox.put_aside(store, half, reason, LATER, LATER)
    assert outbox.refused(store, IT) == (3, "554 virus")
    quarters = [took(store, now=LATER) for _ in range(3)]
    assert [keys_in(store, one) for one in quarters] == [["1.0"], ["1.1"], ["1.2"]]
    for one in quarters:
        outbox.mark_sent(store, one, LATER)
    assert outbox.refused(store, IT) == (0, "")


def test_letters_that_go_alone_join_no_parcel(store: Store) -> None:
    """News of hunter itself is not hidden in a digest, and goes first."""
    for key in ("1.0", "1.1"):
        add(store, key)
    add(store, "health", haste=Haste.ALONE)

    assert keys_in(store, took(store)) == ["health"]
    parcel = take_all(store)
    assert parcel
    assert keys_in(store, parcel) == ["1.0", "1.1"]


def test_what_is_urgent_can_go_without_the_rest(store: Store) -> None:
    """One by one or together."""
    add(store, "1.0")
    for key in ("1.1", "1.2"):
        add(store, key, haste=Haste.URGENT)

    assert outbox.bind_one(store, IT, AT, urgent=True) == "1.1:it:email"
    key = outbox.bind_together(store, IT, AT, urgent=True, why="flood", most=10)
    assert key == "1.2:it:email"


def test_what_is_urgent_can_go_together_without_the_rest(store: Store) -> None:
    """In a flood at night."""
    for number in range(4):
        add(store, f"1.{number}", haste=Haste.URGENT if number % 2 else Haste.NONE)
    key = outbox.bind_together(store, IT, AT, urgent=True, why="flood", most=100)
    parcel = outbox.claim(store, IT, key or "")

    assert parcel
    assert keys_in(store, parcel) == ["1.1", "1.3"]


@pytest.mark.parametrize("together", [False, True])
def test_the_oldest_letters_go_first_whenever_they_were_due(store: Store, together: bool) -> None:
    """A thread begins with its beginning."""
    for number, minutes in enumerate((0, 2, 1)):
        add(store, f"1.{number}", due=AT - timedelta(minutes=minutes))
    parcel = take_all(store, most=2) if together else take(store)

    assert parcel
    assert keys_in(store, parcel) == ["1.0", "1.1"][: parcel.letters]


def test_letters_that_wait_for_each_other_are_let_go_once(store: Store) -> None:
    """What comes while they are on their way is let go by itself; other ways wait on."""

    def hold(key: str, way: Way) -> None:
        outbox.add(
            *(store,), channel=way.channel, subscriber=way.subscriber, addresses=(),
            notice=notice(key), together="retro",
        )  # fmt: skip

    for key, way in (("1.1", IT), ("1.2", SLACK), ("1.3", IT)):
        hold(key, way)
    assert outbox.ways(store, DAYS_LATER) == ()
    assert outbox.held(store, "another reason") == ()
    assert set(outbox.held(store, "retro")) == {IT, SLACK}

    outbox.let_go(store, IT, "retro", AT, AT)
    assert outbox.held(store, "retro") == (SLACK,)
    hold("1.4", IT)
    outbox.let_go(store, IT, "retro", LATER, AT)

    assert outbox.ways(store, AT) == (IT,)
    parcels = took(store), took(store)
    assert [keys_in(store, one) for one in parcels] == [["1.1", "1.3"], ["1.4"]]
    assert [one.together for one in parcels] == ["retro", ""]
    assert parcels[1].key == "1.4:it:email"
    assert take(store) is None

    outbox.put_back(store, parcels[0], "connection refused")
    outbox.put_back(store, parcels[1], "connection refused")
    again = took(store)
    assert (again.key, keys_in(store, again)) == (parcels[0].key, ["1.1", "1.3"])
    add(store, "1.5")
    together = take_all(store)
    assert together, "one alone may go with what came since"
    assert keys_in(store, together) == ["1.4", "1.5"]


def test_nothing_makes_no_parcel(store: Store) -> None:
    """Neither one by one nor together."""
    assert outbox.bind_one(store, IT, AT, urgent=False) is None
    assert outbox.bind_together(store, IT, AT, urgent=False, why="flood", most=10) is None


def test_traffic_tells_when_what_is_not_urgent_went_last(store: Store) -> None:
    """A message that stands for both is one of these."""
    moments = [AT - timedelta(minutes=minute) for minute in (9, 6, 3)]
    add(store, "1.0", haste=Haste.URGENT)
    outbox.mark_sent(store, took(store), moments[0])
    urgent = traffic.on(store, IT, AT, hour=AT - timedelta(hours=1), day=AT, flood=9)
    add(store, "1.1", haste=Haste.URGENT)
    add(store, "1.2")
    both = take_all(store)
    assert both
    outbox.mark_sent(store, both, moments[1])
    add(store, "1.3", haste=Haste.URGENT)
    outbox.mark_sent(store, took(store), moments[2])
    seen = traffic.on(store, IT, AT, hour=AT - timedelta(hours=1), day=AT, flood=9)

    assert (urgent.last_at, urgent.calm_at) == (moments[0], None)
    assert (seen.last_at, seen.calm_at) == (moments[2], moments[1])


def test_traffic_counts_messages_and_not_letters(store: Store) -> None:
    """Of the hour, the day and the day before; a letter that goes alone is none.

    Each subscriber has a count of their own.
    """
    hour, day = AT - timedelta(hours=1), AT - timedelta(hours=6)

    def sent(key: str, at: datetime, haste: Haste = Haste.NONE) -> None:
        add(store, key, haste=haste)
        outbox.mark_sent(store, took(store), at)

    add(store, way=PRESS)
    outbox.mark_sent(store, took(store, PRESS), AT)
    add(store, way=SLACK)
    outbox.mark_sent(store, took(store, SLACK), day - timedelta(hours=25))
    sent("1.0", day - timedelta(hours=1))
    sent("1.1", day + timedelta(hours=1))
    sent("health", AT, Haste.ALONE)
    for number in range(4):
        add(store, f"2.{number}")
    parcel = take_all(store)
    assert parcel
    outbox.mark_sent(store, parcel, AT - timedelta(minutes=1))
    add(store, "3.0")
    add(store, "3.1", haste=Haste.URGENT)

    seen = traffic.on(store, IT, AT, hour=hour, day=day, flood=3)
    assert (seen.due, seen.urgent, seen.in_hour, seen.today, seen.yesterday) == (2, 1, 1, 2, 1)
    assert seen.last_at == seen.flood_at == AT - timedelta(minutes=1)
    elsewhere = traffic.on(store, SLACK, AT, hour=hour, day=day, flood=3)
    assert (elsewhere.in_hour, elsewhere.today, elsewhere.yesterday) == (0, 0, 0)


def test_only_more_than_an_hours_worth_is_a_flood(store: Store) -> None:
    """As long as the hour lasts, and by the latest of several."""
    before, lately = AT - timedelta(hours=1), AT - timedelta(minutes=2)

    def flooded(*floods: tuple[int, datetime]) -> datetime | None:
        for number, (letters, at) in enumerate(floods):
            for letter in range(letters):
                add(store, f"{at}.{number}.{letter}")
            parcel = take_all(store)
            assert parcel
            outbox.mark_sent(store, parcel, at)
        return traffic.on(store, IT, AT, hour=before, day=AT - DAYS, flood=3).flood_at

    assert flooded((4, before - timedelta(microseconds=1))) is None
    assert flooded((3, AT), (1, AT)) is None
    assert flooded((4, before)) == before
    assert flooded((5, lately), (4, before)) == lately


def test_a_day_begins_at_its_midnight(store: Store) -> None:
    """What went out just then is of today alone."""
    add(store)
    outbox.mark_sent(store, took(store), AT)

    seen = traffic.on(store, IT, LATER, hour=AT, day=AT, flood=3)
    assert (seen.in_hour, seen.today, seen.yesterday) == (1, 1, 0)


def test_what_a_clock_that_was_ahead_sent_does_not_hold_up_a_way(store: Store) -> None:
    """It counts neither for the hour nor for the day, and nothing waits for its time to come."""
    far = AT + timedelta(days=400)
    for number in range(4):
        add(store, f"1.{number}")
    parcel = take_all(store)
    assert parcel
    outbox.mark_sent(store, parcel, far)

    seen = traffic.on(store, IT, AT, hour=AT - timedelta(hours=1), day=AT, flood=3)
    assert (seen.in_hour, seen.today, seen.last_at, seen.flood_at) == (0, 0, None, None)


def test_letters_of_a_channel_that_is_off_are_held(store: Store) -> None:
    """They go out when somebody has mended it; other channels and subscribers go on."""
    for way in (IT, SLACK, PRESS):
        add(store, way=way)
    reports.switch_off(store, SLACK.part, "404", AT)

    assert outbox.ways(store, AT) == (IT, PRESS)
    reports.switch_all_on(store)
    assert outbox.ways(store, AT) == (IT, SLACK, PRESS)


def test_a_claim_that_breaks_claims_nothing(store: Store) -> None:
    """Killed within the claim, the letter is still free."""
    add(store)

    def killed() -> None:
        with store.transaction():
            take(store)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()

    assert take(store)


def test_of_those_told_together_what_most_speaks_against_stands_first(store: Store) -> None:
    """A digest names the first of many; each brings the title of its gravest rule along."""
    told = notice("1.1").findings
    add(store, key="1.1", findings=told[:1])
    add(store, key="2.1", findings=told)
    add(store, key="3.1", findings=())
    parcel = take_all(store)
    assert parcel
    gists = list(outbox.gists_in(store, parcel.key))

    assert len(told) > 1
    assert [gist.key for gist in gists] == ["2.1", "1.1", "3.1"]
    assert [gist.why for gist in gists] == [told[0][0].title, told[0][0].title, ""]
