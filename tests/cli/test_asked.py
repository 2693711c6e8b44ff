"""Words that people type after an option."""

import pytest

from hunter.cli import asked
from hunter.errors import YoursToFix
from hunter.model import AlertState, Level


def test_a_word_is_meant_in_whatever_case() -> None:
    """An alert that is shown begins with HIGH, and that is what people type."""
    assert asked.level("HIGH") is Level.HIGH
    assert asked.state_or_none("Dismissed") is AlertState.DISMISSED
    assert asked.transition("Opened") == "opened"


def test_a_word_that_is_none_is_told_with_those_that_are() -> None:
    """As it was typed."""
    with pytest.raises(YoursToFix) as raised:
        asked.level("Grave", "--severity")
    (fault,) = raised.value.faults

    assert (fault.where, fault.message) == ("--severity", "'Grave' is no severity")
    assert fault.hint == "known: informational, low, medium, high, critical"
