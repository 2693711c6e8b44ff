"""A number of the brand in words."""

import pytest

from hunter.matching import compile_matcher
from hunter.model import Brand
from hunter.permutations import permute
from hunter.spellings import numbers


@pytest.mark.parametrize(
    ("plain", "spelt"),
    [
        ("1xbetting", {"onexbetting", "unxbetting"}),
        ("france2", {"francetwo", "francedeux"}),
        ("20minutes", {"twentyminutes", "vingtminutes"}),
        ("tf1", set()),
        ("horizons2027", set()),
        ("macron", set()),
    ],
)
def test_each_small_or_round_number_is_said_in_both_languages(plain, spelt):
    """A year is neither, and what is short is left alone."""
    assert {text for (text,) in numbers.spellings(plain, ())} == spelt


def test_a_name_with_the_number_in_words_is_found():
    """And says so."""
    (match,) = compile_matcher([Brand("france2.fr")]).match("direct-francedeux.com")

    assert match.technique == "numeral-swap+combosquatting"
    assert match.reason == "`francedeux` is france2 with a number in words"
    assert match.confidence >= 0.5


def test_it_is_among_what_a_squatter_could_register():
    """Under the brand's own ending and under others."""
    names = {one.domain: one.fuzzer for one in permute("france2.fr", tlds=("com",))}

    assert names["francedeux.fr"] == "numeral-swap"
    assert names["francedeux.com"] == "numeral-swap+tld-swap"


@pytest.mark.parametrize(
    ("name", "alarm"), [("vingtminutes.fr", True), ("vingt-minutes-de-yoga.fr", False)]
)
def test_so_many_of_something_amid_words_is_language(name, alarm):
    """Whoever exercises for twenty minutes imitates no newspaper."""
    (match,) = compile_matcher([Brand("20minutes.fr")]).match(name)
    assert (match.confidence >= 0.5) == alarm
