"""One letter written as two that look the same."""

import pytest

from hunter.matching import compile_matcher
from hunter.model import Brand
from hunter.spellings import pairs


def test_each_letter_alone_and_all_of_them():
    """`mm` has four spellings for each pair that passes for `m`."""
    spelt = {text for (text,) in pairs.spellings("amma", ())}

    assert {"arnma", "amrna", "arnrna", "annma", "amnna", "annnna"} <= spelt


@pytest.mark.parametrize(
    ("brand", "name", "reason"),
    [
        ("en-marche.fr", "webmail-en-rnarche.com", "`rn` stands for `m` in en-rnarche"),
        ("dropbox.com", "clropbox-login.com", "`cl` stands for `d` in clropbox"),
        ("twitter.com", "tvvitter-login.com", "`vv` stands for `w` in tvvitter"),
    ],
)
def test_the_letters_that_stand_for_another_are_told(brand, name, reason):
    """In any label, beside any word."""
    (match,) = compile_matcher([Brand(brand)]).match(name)

    assert match.technique == "homoglyph+combosquatting"
    assert match.reason == reason


def test_an_i_is_taken_for_l_but_not_for_half_a_d():
    """`official` holds no `offidal`."""
    assert not compile_matcher([Brand("offidal.com")]).match("official-shop.com")
