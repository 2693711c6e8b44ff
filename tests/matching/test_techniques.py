"""What a match is called and told: true of the name, and the simplest that is."""

import pytest

from hunter.matching import compile_matcher
from hunter.model import Brand, Match


def told(name: str, *brands: str) -> Match:
    """The match of a name with the first brand, whose keywords the others are."""
    (match,) = compile_matcher([Brand(brands[0], brands[1:])]).match(name)
    return match


@pytest.mark.parametrize(
    ("name", "brand", "technique"),
    [
        ("diskurd.com", "discord.com", "soundalike"),
        ("bforbanc.com", "bforbank.com", "soundalike"),
        ("totalenergies-project.com", "totalenergiesse.com", "soundalike+combosquatting"),
        ("dscrd.club", "discord.com", "typo+tld-swap"),
        ("wartslai.com", "wartsila.com", "typo"),
        ("discrrd.com", "discord.com", "substitution"),
        ("eposccrd.co.jp", "eposcard.co.jp", "bitsquatting"),
    ],
)
def test_what_has_no_vowel_where_the_brand_has_one_does_not_sound_like_it(name, brand, technique):
    """A vowel may be another, but not a consonant, nor in another place."""
    assert told(name, brand).technique == technique
