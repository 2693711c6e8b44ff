"""The three kinds of error, and how a fault reads."""

from datetime import timedelta

import pytest

from hunter.errors import Fault, HunterError, NotAName, WillNotPass, WillPass, YoursToFix


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Fault("a.toml", "line 3: brand", "is wrong"), "a.toml: line 3: brand: is wrong"),
        (
            Fault("", "--since", "is no day", "2017-03-01"),
            "--since: is no day\n    hint: 2017-03-01",
        ),
        (Fault("", "", "there is no config"), "there is no config"),
    ],
)
def test_a_fault_says_where_what_and_what_to_do(fault: Fault, text: str) -> None:
    """As much of it as is known."""
    assert str(fault) == text


@pytest.mark.parametrize("odd", ["\x1b[2J", "\x9b31m", "\u202e", "\u2028", "\r", "\n", "\udcff"])
def test_a_fault_steers_no_terminal(odd: str) -> None:
    """A rule file that somebody sends may be called anything, and hold any keys."""
    told = str(Fault(f"a{odd}.yml", f"b{odd}", f"c{odd}", f"d{odd}"))

    assert all(line.isprintable() for line in told.split("\n"))
    assert len(told.split("\n")) == 2
    assert "a\\" in told


def test_what_is_yours_to_fix_carries_every_fault() -> None:
    """And reads as all of them, one after the other."""
    faults = [Fault("a", "1", "x"), Fault("a", "2", "y")]

    assert YoursToFix(faults).faults == tuple(faults)
    assert str(YoursToFix(faults)) == "a: 1: x\na: 2: y"


def test_what_passes_may_say_when_to_come_back() -> None:
    """Retry-After, when the other side stated one."""
    assert WillPass("busy").retry_after is None
    assert WillPass("busy", timedelta(minutes=5)).retry_after == timedelta(minutes=5)


def test_only_three_kinds_reach_a_user() -> None:
    """A text that is no name is not one of them."""
    assert {YoursToFix, WillPass, WillNotPass} == set(HunterError.__subclasses__())
    assert not issubclass(NotAName, HunterError)
