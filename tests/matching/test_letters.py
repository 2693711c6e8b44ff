"""How surprising letters are, by what follows what in registered names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.matching.letters import ORDER, SYMBOLS, UNIT, cost, cost_after, costs, symbols

LABELS = st.text("abcdefghijklmnopqrstuvwxyz0123456789~", max_size=30)


@pytest.mark.parametrize(
    ("ordinary", "odd"),
    [("marche", "mqrche"), ("login", "lgxin"), ("service", "srviqce"), ("shop", "zhqp")],
)
def test_what_nobody_else_would_write_costs_more(ordinary, odd):
    """A typo that makes no word of any language is dear."""
    assert cost(ordinary, 0, len(ordinary)) < cost(odd, 0, len(odd))


@given(LABELS, st.data())
def test_the_cost_of_a_label_is_that_of_its_parts(label, data):
    """Each letter has a cost of its own, never below nothing and never beyond a byte."""
    cut = data.draw(st.integers(0, len(label)))
    parts = cost(label, 0, cut) + cost(label, cut, len(label))

    assert cost(label, 0, len(label)) == pytest.approx(parts)
    assert sum(costs(label)) == pytest.approx(parts)
    assert 0 <= parts <= 255 * UNIT * len(label)


@given(LABELS, st.data())
def test_letters_cost_what_the_two_before_them_make_of_them(label, data):
    """Nothing further back in the label counts."""
    start = data.draw(st.integers(0, len(label)))
    end = data.draw(st.integers(start, len(label)))

    nats = cost_after(label[max(0, start - ORDER) : start], label[start:end])

    assert nats == cost(label, start, end)


@given(LABELS)
def test_every_label_ends_and_holds_known_symbols(label):
    """Whatever is no letter and no digit is one symbol."""
    found = list(symbols(label))

    assert len(found) == len(label) + 1
    assert found[-1] == 0
    assert all(0 < symbol < SYMBOLS for symbol in found[:-1])
