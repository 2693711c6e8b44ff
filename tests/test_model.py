"""What an alert says about itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hunter.model import LINKED, REOPENED, Alert, AlertState, Transition
from tests.world.alerts import AT, MATCH, alert

CONFIRMED, DISMISSED = AlertState.CONFIRMED, AlertState.DISMISSED


def lived(*kinds: str, each: timedelta = timedelta(hours=1)) -> Alert:
    """An alert on a mere link to which that happened, one after the other."""
    opened = alert(replace(MATCH, technique=LINKED, matched="", span=(0, 0), confidence=0.0))
    steps = [Transition(AT + number * each, kind, "") for number, kind in enumerate(kinds, start=1)]
    return replace(opened, transitions=(*opened.transitions, *steps))


@pytest.mark.parametrize(
    ("kinds", "confirmed"),
    [
        ((), False),
        ((AlertState.ESCALATED,), False),
        ((CONFIRMED,), True),
        ((CONFIRMED, AlertState.ESCALATED), True),
        ((CONFIRMED, AlertState.CLOSED, REOPENED), True),
        ((CONFIRMED, DISMISSED), False),
        ((CONFIRMED, DISMISSED, REOPENED), False),
        ((DISMISSED, REOPENED, CONFIRMED), True),
    ],
)
def test_a_confirmation_holds_until_a_dismissal(kinds: tuple[str, ...], *, confirmed: bool) -> None:
    """A mere link is one until then; what imitates by itself never is."""
    one = lived(*kinds)

    assert (one.is_confirmed, one.is_mere_link) == (confirmed, not confirmed)
    assert not replace(one, match=MATCH).is_mere_link


def test_what_was_confirmed_of_an_earlier_registration_is_not_of_the_new_one() -> None:
    """The name lapsed after the squatter, and may be an honest holder's."""
    closed = lived(CONFIRMED, AlertState.CLOSED)
    anew = Transition(AT, REOPENED, "", is_anew=True)
    back = replace(closed, transitions=(*closed.transitions, anew))
    again = replace(back, transitions=(*back.transitions, Transition(AT, CONFIRMED, "")))

    assert [one.is_confirmed for one in (closed, back, again)] == [True, False, True]


def test_what_was_said_last_counts_and_not_what_bears_the_latest_time() -> None:
    """The clock was ahead when it was dismissed, and is set back since."""
    one = lived(DISMISSED, REOPENED, CONFIRMED, each=timedelta(hours=-1))

    assert one.is_confirmed
