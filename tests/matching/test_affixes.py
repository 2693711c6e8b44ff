"""What stands beside a term: which lures, words and digits are seen in it, alone and in a list."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hunter.matching import compile_matcher
from hunter.matching.affixes import class_after, misspelt_themes, themes
from hunter.matching.words import frequencies, lures
from hunter.model import Brand


def alerts(name: str, brand: str, *keywords: str) -> bool:
    """Whether it does, and is as sure where many are scanned."""
    matcher = compile_matcher([Brand(brand, keywords)])
    (match,) = matcher.match(name)
    assert [hit.match for hit in matcher.scan(name.encode())] == [match]
    return match.confidence >= 0.5


@pytest.mark.parametrize(
    "name",
    [
        "macronloginplus.se",
        "macronplussecurity.se",
        "macron9login.se",
        "92027macron.fr",
    ],
)
def test_lures_in_a_row_ask_and_digits_before_them_change_nothing(name):
    """Whichever of two asks for something; 92027 is no year."""
    assert alerts(name, "en-marche.fr", "macron")


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("notion-them.com", "notion.so", False),
        ("orange-coliseum.com", "orange.fr", False),
        ("kraken-website.com", "kraken.com", True),
        ("kraken-mylogin.com", "kraken.com", True),
    ],
)
def test_a_word_is_not_cut_into_lures(name, brand, alarm):
    """`them` is not `the` and `m`; a word of two lures asks where it is listed itself."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("m-orange.fr", "orange.fr", True),
        ("virginmediam.com", "virgin.com", False),
        ("mocean.com", "ocean.fr", False),
        ("macronloginm.se", "en-marche.fr", False),
    ],
)
def test_a_letter_asks_by_itself_alone(name, brand, alarm):
    """Glued to a name it is a letter of another; `m` is where sites for telephones are."""
    matches = compile_matcher([Brand(brand, ("macron",))]).match(name)
    assert any(match.confidence >= 0.5 for match in matches) == alarm


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("l0gin", "login"),
        ("1ogin", "login"),
        ("mai1", "mail"),
        ("l0gin24", "login"),
        ("myl0gin", "mylogin"),
        ("verif1cation", "verification"),
        ("5413", ""),
        ("10", ""),
        ("mai", ""),
    ],
)
def test_a_lure_asks_with_digits_for_letters(text, meant):
    """Alone as in a list; a number alone is none."""
    assert themes(text) == themes(meant)
    assert alerts(f"orange-{text}.com", "orange.fr") == bool(meant)


@pytest.mark.parametrize(
    ("text", "found"), [("notificationxk", "near-lure"), ("remboursementxq", "near-word")]
)
def test_a_lure_at_the_begin_of_a_text_has_twelve_letters_at_most(text, found):
    """A longer one is not looked for, alone as in a list."""
    assert class_after(text) == found


@pytest.mark.parametrize(("name", "alarm"), [("macronababa.com", True), ("macronzqx9.com", False)])
def test_a_word_hardly_ever_said_is_one_and_letters_with_a_digit_are_none(name, alarm):
    """One in a million words is enough; a digit counts only right beside the term."""
    assert alerts(name, "en-marche.fr", "macron") == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("orange-zqlogin.fr", True),
        ("orange-banques.fr", True),
        ("orange-informations.fr", False),
    ],
)
def test_a_token_asks_as_the_plural_of_a_lure_or_with_one_of_five_letters_in_it(name, alarm):
    """A plural that everybody says is a word of its own."""
    assert alerts(name, "orange.fr") == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("paiment-orange.fr", True),
        ("orange-conection.fr", True),
        ("orange-inscritpion.fr", True),
        ("orange-aiement.fr", False),
        ("orange-chalet.fr", False),
        ("orange-parisien.fr", False),
    ],
)
def test_a_longer_lure_asks_with_a_typo(name, alarm):
    """Its first letter is kept, what is a word is that, and of places none asks."""
    assert alerts(name, "orange.fr") == alarm


LONGER_LURES = sorted(lure for lure in lures() if len(lure) > 6)


@given(st.sampled_from(LONGER_LURES), st.sampled_from("aesxyz0"), st.data())
def test_what_is_one_edit_from_a_longer_lure_has_its_theme(lure, letter, data):
    """For each edit behind its first letter; what is a word means itself."""
    at = data.draw(st.integers(1, len(lure) - 1))
    before, rest = lure[:at], lure[at:]
    edits = [letter + rest, letter + rest[1:], rest[1:], rest[1:2] + rest[:1] + rest[2:]]
    edited = before + data.draw(st.sampled_from(edits))
    assume(edited != lure and edited not in frequencies())

    assert lures()[lure] in misspelt_themes(edited)
