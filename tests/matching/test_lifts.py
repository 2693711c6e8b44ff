"""What alerts by itself, whatever the evidence adds up to, and how little spoils that."""

import pytest

from hunter.matching import compile_matcher
from hunter.matching.confidence import load_weights
from hunter.model import Brand


def alerts(name: str, brand: str, *keywords: str) -> bool:
    """Whether it does by itself, and alike where many are scanned."""
    matcher = compile_matcher([Brand(brand, keywords)])
    (match,) = matcher.match(name)
    lines = [hit.match for hit in matcher.scan(name.encode("idna"))]
    assert [match.confidence for match in lines] == [match.confidence]
    return match.confidence >= 0.5


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("enmrch.fr", "en-marche.fr", True),
        ("canol.fr", "canal.fr", False),
        ("brands1.fr", "brindisi.fr", False),
        ("instinet.com", "instan-t.com", False),
    ],
)
def test_other_vowels_under_the_brands_own_ending_alert(name, brand, alarm):
    """Not when consonants are few, nor a word, nor under `com`, where every other firm is."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("nintendo.ch", "nintendo.com", True),
        ("znmarche.com", "en-marche.fr", True),
        ("en-marclie.com", "en-marche.fr", True),
        ("chroriopost.com", "chronopost.fr", True),
        ("en-marclle.com", "en-marche.fr", True),
        ("en-marcrle.com", "en-marche.fr", False),
        ("mercari.se", "mercari.com", False),
        ("groupe3f.fr", "groupeseb.com", False),
        ("horizon1.de", "horizons.fr", False),
        ("nationa1.se", "national.fr", False),
        ("togethr.se", "together.org", False),
    ],
)
def test_a_long_name_alone_alerts_under_every_ending(name, brand, alarm):
    """Of eight letters, with one edit or in letters that pass for its own, too.

    Not of a common word, or as a word and a digit.
    """
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("votezmacron.se", True),
        ("votez-macron-zqx.se", False),
        ("emmanuelmacron.com", True),
        ("xq-emmanuelmacron.se", False),
        ("red-macronleaks.com", False),
        ("macron-leaks.com", True),
        ("zqxmacron-leaks.com", False),
        ("leaks-macronix.com", False),
        ("macron-leaks.gouv.fr", False),
        ("m.acron-leaks.se", False),
    ],
)
def test_a_surname_with_one_word_alerts_where_nothing_else_is_in_the_label(name, alarm):
    """Letters beside it make another name of it, and nobody registers under `gouv.fr`."""
    assert alerts(name, "en-marche.fr", "macron") == alarm


@pytest.mark.parametrize(
    ("name", "brand"),
    [
        ("securitytxt.se", "txt.es"),
        ("openseason.ie", "opensea.io"),
        ("eontechltd.com", "eotech.com"),
    ],
)
def test_one_word_or_what_asks_beside_a_brand_is_no_reason_by_itself(name, brand):
    """Three letters are in many a name, one word makes another of it, and so does an edit."""
    assert not alerts(name, brand)


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("m\N{CYRILLIC SMALL LETTER A}cron.se", True),
        ("zqm\N{CYRILLIC SMALL LETTER A}cronzq.se", True),
        ("xqmacro\N{CYRILLIC SMALL LETTER PE}.se", True),
        ("xqmacronzq.se", False),
    ],
)
def test_a_letter_of_another_alphabet_in_the_name_alerts_wherever_it_stands(name, alarm):
    """Also the last one, and with anything around it: nobody writes so by chance."""
    assert alerts(name, "en-marche.fr", "macron") == alarm


def test_no_ending_says_more_than_two_points():
    """Lists of new names have some countries and lack others, which says nothing of squatters."""
    endings = {name: weight for name, weight in load_weights().items() if " ." in name}
    assert len(endings) > 100
    assert max(map(abs, endings.values())) <= 2
