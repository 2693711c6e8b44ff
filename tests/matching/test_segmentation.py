"""Ordinary words spell a text cheaply, and a brand amid them does not get lost in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.matching import compile_matcher
from hunter.matching.letters import costs
from hunter.matching.segmentation import UNKNOWN_WORD, beyond_words, spelling
from hunter.matching.words import frequencies
from hunter.model import Brand

LETTERS = st.text("abcdeilmnoprstu019", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("token", "term"),
    [("supermarche", "marche"), ("bienmarche", "enmarche"), ("commonwealth", "monweal")],
)
def test_words_that_run_on_through_a_term_cost_little_more(token, term):
    """Alone, the same letters cost more without it."""
    assert _beyond(token, term) + 3 < _beyond(term, term)


def test_what_nobody_knows_costs_more_than_words():
    """Of as many letters."""
    assert spelling("goodmorning") < spelling("gdoxmornzng")


@pytest.mark.parametrize(("name", "speech"), [("casino", "because"), ("shop", "were")])
def test_a_word_costs_by_how_often_names_are_made_of_it(name, speech):
    """However much more often the other is said."""
    assert frequencies()[name] < frequencies()[speech]
    assert spelling(name) < spelling(speech)


def test_a_word_that_names_hardly_ever_have_is_one_all_the_same():
    """It costs less than its letters do."""
    assert spelling("supermarche") + 3 < spelling("sapurmirchu")


def test_two_letters_that_are_seldom_a_word_cost_what_their_letters_do():
    """`io` is said, but names are made of it by chance."""
    assert frequencies()["io"] > 0
    assert spelling("io") == pytest.approx(UNKNOWN_WORD + sum(costs("io")))


@pytest.mark.parametrize(
    ("name", "brand", "is_found"),
    [
        ("nationalistische.fr", "nation.fr", False),
        ("approvisionnement.fr", "vision.fr", True),
    ],
)
def test_a_term_gets_lost_in_a_word_of_up_to_sixteen_letters(name, brand, is_found):
    """A longer one is read in parts, alone as in a list."""
    matcher = compile_matcher([Brand(brand)])
    found = [*matcher.match(name)]
    assert bool(found) == is_found
    assert [hit.match for hit in matcher.scan(name.encode())] == found


def test_what_stands_beside_a_term_does_not_count():
    """A text that no word crosses costs the same with and without it."""
    assert _beyond("loginpaypal", "paypal") == pytest.approx(_beyond("paypal", "paypal"), abs=3)


@given(LETTERS)
def test_no_spelling_costs_more_than_that_of_a_word_nobody_knows(text):
    """All its letters, as one word."""
    assert 0 <= spelling(text) <= UNKNOWN_WORD + sum(costs(text)) + 1e-9


@given(st.lists(st.sampled_from(["vote", "marche", "login", "bank"]), min_size=1, max_size=4))
def test_words_in_a_row_cost_no_more_than_one_by_one(words):
    """Perhaps less, where they make another word together."""
    assert spelling("".join(words)) <= sum(map(spelling, words)) + 1e-9


def _beyond(token: str, term: str) -> float:
    at = token.index(term)
    return beyond_words(token, at, at + len(term))
