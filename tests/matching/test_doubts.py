"""What is near a brand and yet another name."""

import pytest

from tests.world.matching import alerts


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("hohmanagement.com", "hpsmanagement.com", False),
        ("blcompanies.com", "bwicompanies.com", False),
        ("bakerias.com", "bakerlaw.com", False),
        ("hpsmanagment.com", "hpsmanagement.com", True),
        ("bpsmanagement.com", "hpsmanagement.com", True),
        ("royallmall.com", "royalmail.com", True),
        ("royalnrail.com", "royalmail.com", True),
        ("0medrive.com", "onedrive.com", True),
        ("1csrepublicains.fr", "lesrepublicains.fr", True),
        ("bliscord.com", "discord.com", True),
        ("1essrepublicains.com", "lesrepublicains.fr", True),
        ("c1cbbanque.com", "cicbanque.fr", True),
        ("planet-work.com", "pinetwork.com", False),
        ("discodr.net", "discord.com", True),
    ],
)
def test_two_edits_in_what_stands_beside_a_common_word_make_another_name(name, brand, alarm):
    """The word is anybody's; a typo in it, or one edit beside it, is not."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("ibj-konkatsu.site", "komatsu.com", False),
        ("jcusports.com", "jdsports.com", False),
        ("biathlovvorld.com", "biathlonworld.com", True),
        ("cliscordl.ru", "discord.com", True),
        ("jclsports.com", "jdsports.com", True),
    ],
)
def test_a_typo_in_the_letters_that_pass_for_another_leaves_no_disguise(name, brand, alarm):
    """Of `rn` for `m` nothing is to be seen in `nk`; beside it a typo may stand."""
    assert alerts(name, brand) == alarm
