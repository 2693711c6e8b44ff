"""The outbox: nothing is lost, and nothing is queued twice."""

from datetime import timedelta

import pytest

from hunter.store import Store, outbox, reports
from tests.world.alerts import AT, notice

LATER = AT + timedelta(minutes=5)


def add(
    store: Store,
    key: str = "1.1",
    subscriber: str = "it",
    channel: str = "email",
    addresses: tuple[str, ...] = ("it@en-marche.example",),
) -> None:
    """Queue the case's notice."""
    outbox.add(
        store, channel=channel, subscriber=subscriber, addresses=addresses, notice=notice(key)
    )


def test_a_letter_holds_the_notice_and_where_it_goes(store: Store) -> None:
    """What was queued is what is sent."""
    add(store)

    (letter,) = outbox.claim(store, AT, 10)
    assert (letter.channel, letter.subscriber, letter.attempts) == ("email", "it", 1)
    assert letter.addresses == ("it@en-marche.example",)
    assert letter.notice == notice("1.1")


def test_the_same_notice_is_queued_once_ever(store: Store) -> None:
    """Also after it was sent; another channel or subscriber gets their own."""
    add(store)
    for letter in outbox.claim(store, AT, 10):
        outbox.mark_sent(store, letter, AT)
    add(store)
    add(store, channel="slack")
    add(store, subscriber="press")
    add(store, key="1.2")

    found = outbox.claim(store, AT, 10)
    assert [(one.notice.key, one.subscriber, one.channel) for one in found] == [
        ("1.1", "it", "slack"),
        ("1.1", "press", "email"),
        ("1.2", "it", "email"),
    ]


def test_what_is_claimed_is_nobody_elses(store: Store) -> None:
    """Claimed once, the oldest first, and no more than asked for."""
    for number in range(3):
        add(store, key=f"1.{number}")

    assert [one.notice.key for one in outbox.claim(store, AT, 2)] == ["1.0", "1.1"]
    assert [one.notice.key for one in outbox.claim(store, AT, 2)] == ["1.2"]
    assert outbox.claim(store, AT, 2) == ()


def test_a_letter_is_not_due_before_its_time(store: Store) -> None:
    """A notice is due from when it was written, and after a failure when the pause is over."""
    add(store)
    assert outbox.claim(store, AT - timedelta(seconds=1), 10) == ()
    (letter,) = outbox.claim(store, AT, 10)
    outbox.put_back(store, letter, LATER, "connection refused")

    assert outbox.claim(store, AT, 10) == ()
    (again,) = outbox.claim(store, LATER, 10)
    assert again.attempts == 2
    assert outbox.counts(store) == {"email": {"sending": 1}}


def test_a_sent_letter_is_never_claimed_again(store: Store) -> None:
    """Nor put back at the next start."""
    add(store)
    (letter,) = outbox.claim(store, AT, 10)
    outbox.mark_sent(store, letter, AT)

    assert outbox.put_back_interrupted(store) == 0
    assert outbox.claim(store, AT + timedelta(days=9), 10) == ()
    assert outbox.counts(store) == {"email": {"sent": 1}}


def test_what_a_dead_process_had_in_hand_goes_back(store: Store) -> None:
    """At the next start it is claimed again, and counts as another attempt."""
    add(store)
    outbox.claim(store, AT, 10)

    assert outbox.put_back_interrupted(store) == 1
    (letter,) = outbox.claim(store, AT, 10)
    assert letter.attempts == 2


def test_letters_of_a_channel_that_is_off_are_held(store: Store) -> None:
    """They go out when somebody has mended it; other channels and subscribers go on."""
    add(store)
    add(store, channel="slack")
    add(store, channel="slack", subscriber="press")
    reports.switch_off(store, "notifiers.slack:it", "404", AT)

    found = outbox.claim(store, AT, 10)
    assert [(one.channel, one.subscriber) for one in found] == [("email", "it"), ("slack", "press")]
    assert outbox.counts(store)["slack"] == {"pending": 1, "sending": 1}

    reports.switch_all_on(store)

    assert [one.channel for one in outbox.claim(store, AT, 10)] == ["slack"]


def test_letters_that_are_held_do_not_crowd_out_the_others(store: Store) -> None:
    """The limit counts what can be sent."""
    reports.switch_off(store, "notifiers.slack:it", "404", AT)
    for number in range(5):
        add(store, key=f"1.{number}", channel="slack")
    add(store)

    assert [one.channel for one in outbox.claim(store, AT, 2)] == ["email"]


def test_a_claim_that_breaks_claims_nothing(store: Store) -> None:
    """Killed within the claim, the letters are still pending."""
    add(store)

    def killed() -> None:
        with store.transaction():
            outbox.claim(store, AT, 10)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()

    assert len(outbox.claim(store, AT, 10)) == 1
