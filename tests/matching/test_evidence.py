"""Other readings of a text speak against a find, as far as the text bears them out."""

import pytest

from tests.world.matching import alerts


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("sis.com", "sls.com.au", False),
        ("pregis.eu", "egis.fr", False),
        ("iris.to", "iri.org", False),
        ("money-shop.top", "oney.fr", False),
        ("oney-shop.top", "oney.fr", True),
    ],
)
def test_a_short_brand_is_not_seen_in_every_word(name, brand, alarm):
    """Nor where an `i` passes for its `l`: such names are thousands."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("bienmarche.com", False),
        ("bienmarche24.com", False),
        ("vobienmarche.fr", True),
        ("donenmarche.fr", True),
    ],
)
def test_two_words_that_meet_in_a_brand_are_read_where_the_rest_is_words(name, alarm):
    """`vo` is none; `done` may be one, but `don` before the brand asks for money."""
    assert alerts(name, "en-marche.fr") == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("lepenseur9.fr", False),
        ("lepenseurnoir.com", False),
        ("lependulebleu.com", False),
        ("lepenxq.fr", True),
    ],
)
def test_what_an_article_has_behind_it_may_have_words_and_numbers_behind_it(name, alarm):
    """A café is called `le penseur noir`; other letters than words make no name of one."""
    assert alerts(name, "parti.fr", "lepen") == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("amazonsecurityalert.com", "amazon.com", True),
        ("amazonsupportcenter.com", "amazon.com", True),
        ("virginstore.online", "virgin.com", True),
        ("amazonsalley.com", "amazon.com", False),
        ("graceservicesinc.com", "grace.com", False),
        ("mygarageservice.net", "garage.co.jp", False),
    ],
)
def test_what_a_lure_begins_with_makes_no_plural_of_the_brand(name, brand, alarm):
    """`amazons` is a word, and `ecurity` is none.

    A short brand is in too many companies' names, and so is one behind another word.
    """
    assert alerts(name, brand) == alarm
