"""The pause while nothing can be kept."""

from datetime import datetime, timedelta

import pytest

from hunter.errors import WillPass
from hunter.respite import Respite
from tests.world.hunting import START


def lasts(respite: Respite, now: datetime) -> timedelta:
    """How long nobody is asked."""
    for minute in range(60):
        try:
            respite.check(now + timedelta(minutes=minute))
        except WillPass:
            continue
        return timedelta(minutes=minute)
    raise AssertionError


def test_several_that_fail_at_once_are_one_failure() -> None:
    """The pause grows from one try in vain to the next, and not with every domain of a try."""
    respite = Respite()
    for _ in range(50):
        respite.begin(WillPass("the disk is full"), START)
    assert lasts(respite, START) == timedelta(minutes=1)
    later = START + timedelta(minutes=1)
    respite.begin(WillPass("the disk is full"), later)
    assert lasts(respite, later) == timedelta(minutes=2)
    with pytest.raises(WillPass, match="the disk is full"):
        respite.check(later)
