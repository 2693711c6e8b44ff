"""Every noun that is kept as one column survives the way there and back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hunter.model import (
    Alert,
    Brand,
    Evidence,
    Fact,
    Finding,
    Match,
    PastFact,
    Report,
    Track,
    Transition,
)
from hunter.notice import Notice, Row
from hunter.store.encoding import dump, load

NOUNS = (
    *(Alert, Brand, Evidence, Fact, Finding, Match, Notice, PastFact, Report, Row, Track),
    Transition,
)

st.register_type_strategy(float, st.floats(-1e9, 1e9))


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_noun_comes_back_as_it_went(noun: type, data: st.DataObject) -> None:
    """Whole, with its types, and with the nouns inside it."""
    thing = data.draw(st.builds(noun))

    assert load(dump(thing), noun) == thing


@settings(max_examples=12)
@given(st.lists(st.builds(Finding), max_size=3).map(tuple))
def test_a_tuple_of_nouns_comes_back_too(things: tuple[Finding, ...]) -> None:
    """An alert keeps its findings in one column."""
    assert load(dump(things), tuple[Finding, ...]) == things


def test_a_value_keeps_its_type() -> None:
    """True is not 1, and 1 is not "1"."""
    for value in (True, 1, 1.5, "1"):
        back = load(dump(Evidence("field", value)), Evidence)

        assert type(back.value) is type(value)
