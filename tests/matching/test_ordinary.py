"""Ordinary language is nobody's imitation, and is told apart before anything is weighed."""

import pytest

from hunter.matching import compile_matcher
from hunter.matching.ordinary import is_another_word, word_around
from hunter.matching.views import read
from hunter.model import Brand


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("cat.com", "category-list.com"),
        ("line.me", "online-shop.fr"),
        ("camino.com", "royal-casino.net"),
        ("amazon.com", "amazing-dogs.com"),
        ("talend.com", "trend-watch.com"),
        ("sun.com", "bluesun-hotel.fr"),
        ("fidal.com", "official-site.com"),
        ("paypal.com", "payroll-office.com"),
    ],
)
def test_ordinary_words_are_no_match(domain, name):
    """Part of a longer word, a word of its own, the end of another, a `d` read into `ci`."""
    assert compile_matcher([Brand(domain)]).match(name) == ()


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("cat.com", "cat-egory.com"),
        ("cat.com", "catfootwear.com"),
        ("sun.com", "loginsun.fr"),
        ("sfr.fr", "bluesfr.fr"),
        ("trezor.io", "tresor-login.com"),
        ("icloud.com", "cloud-login.com"),
        ("camino.com", "casino.com"),
        ("opensea.io", "opnasea-io.pw"),
        ("paypal.com", "payzzl.com"),
        ("fidal.com", "ficlal.com"),
    ],
)
def test_what_is_near_on_purpose_is_a_match(domain, name):
    """Words apart, lures and own endings beside, words that sound alike, labels as a whole."""
    assert compile_matcher([Brand(domain)]).match(name)


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("casino", "camino", True),
        ("tresor", "trezor", False),
        ("cloud", "icloud", False),
        ("camnio", "camino", False),
    ],
)
def test_another_word_is_common_and_sounds_otherwise(text, term, expected):
    """What the dictionary does not know is a misspelling, and so is what sounds alike."""
    assert is_another_word(text, term) is expected


def test_a_word_lies_within_one_token():
    """Separators end a word."""
    together, apart = read("category.com"), read("cat-egory.com")

    assert together is not None
    assert apart is not None
    assert word_around(together, 0, 3, 2) == "category"
    assert word_around(apart, 0, 3, 2) == ""
    assert word_around(apart, 2, 5, 1) == ""


@pytest.mark.parametrize(
    ("name", "alerts"),
    [
        ("lependule.fr", False),
        ("le-penseur.fr", False),
        ("lepenvote.fr", True),
        ("lepensecurise.fr", True),
        ("lepens.fr", True),
    ],
)
def test_an_article_and_a_longer_word_are_no_name_that_begins_so(name, alerts):
    """`penseur` goes on well beyond the find; a plural does not."""
    (match,) = compile_matcher([Brand("parti.fr", ("lepen",))]).match(name)
    assert (match.confidence >= 0.5) == alerts


def test_what_begins_inside_a_word_does_not_go_on_in_the_next_label():
    """The `l` of `cpanel` is not the brand's; without it one edit is left."""
    matcher = compile_matcher([Brand("lavanguardia.com")])
    (hit,) = matcher.scan(b"cpanel.avanguardia.example.com")
    assert hit.match.matched == "avanguardia"
    (match,) = matcher.match("l.avanguardia.example.com")
    assert match.matched == "l.avanguardia"
