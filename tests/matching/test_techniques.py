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
        ("dscrd.club", "discord.com", "soundalike+tld-swap"),
        ("uniiswaap.org", "uniswap.org", "soundalike"),
        ("opnasea.io", "opensea.io", "typo"),
        ("wartslai.com", "wartsila.com", "typo"),
        ("discrrd.com", "discord.com", "substitution"),
        ("eposccrd.co.jp", "eposcard.co.jp", "bitsquatting"),
        ("natinnbuilder.com", "nationbuilder.com", "bitsquatting"),
    ],
)
def test_what_sounds_like_the_brand_has_its_consonants_and_no_vowel_elsewhere(
    name, brand, technique
):
    """A vowel may be another, doubled or left out, but none where the brand has none."""
    assert told(name, brand).technique == technique


@pytest.mark.parametrize(
    ("name", "brand", "technique", "matched", "reason"),
    [
        (
            "caissedepargne-oyonnax.fr",
            "caisse-epargne.fr",
            "insertion+combosquatting",
            "caissedepargne",
            "`caissedepargne` is 1 edit from caisse-epargne (`d` put in)",
        ),
        (
            "mabanquepostalefr.com",
            "labanquepostale.fr",
            "keyword",
            "banquepostale",
            "the name holds banquepostale, amid other letters",
        ),
        (
            "docomaa.xyz",
            "docomo.ne.jp",
            "soundalike+tld-swap",
            "docomaa",
            "`docomaa` is 2 edits from docomo (`aa` for `o`), under .xyz instead of .ne.jp",
        ),
    ],
)
def test_letters_of_the_next_word_are_no_edits(name, brand, technique, matched, reason):
    """Unless they end the token: then all of it is the brand, misspelt."""
    match = told(name, brand)
    assert (match.technique, match.matched, match.reason) == (technique, matched, reason)


def test_a_brand_that_is_a_host_is_told_by_the_domain_that_was_sought():
    """The name holds no more than that."""
    match = told("www.japanpost.jp.akpcard.top", "post.japanpost.jp")
    reason = "the name holds japanpost.jp, under the domain akpcard.top"
    assert (match.technique, match.term, match.reason) == ("embedding", "japanpost.jp", reason)


@pytest.mark.parametrize(
    ("name", "technique", "reason"),
    [
        (
            "en-marche-x.fr",
            "addition",
            "the name is en-marche, a hyphen and one character more, `x`, under .fr",
        ),
        (
            "xe-nmarche.com",
            "insertion+tld-swap",
            (
                "the name is en-marche written `e-nmarche` and one character more, `x`,"
                " under .com instead of .fr"
            ),
        ),
        (
            "en.marche.fr",
            "hyphenation+subdomain",
            "the name holds en-marche written `en.marche`, on the domain marche.fr",
        ),
        (
            "mail.en-mar.che.com",
            "subdomain",
            "the name holds en-marche written `en-mar.che`, on the domain che.com",
        ),
        (
            "²en-marche.fr",
            "insertion",
            "the name is en-marche and one character more, `2`, under .fr",
        ),
        (
            "marche.x-en.com",
            "subdomain",
            "the words of en-marche stand apart in the name, on the domain x-en.com",
        ),
        ("en-march.eu", "subdomain", "the name holds en-marche written `en-march.e`"),
        ("3n-march3.fr", "homoglyph", "`3` stands for `e` in 3n-march3, under .fr"),
    ],
)
def test_hyphens_and_dots_are_told_as_they_stand(name, technique, reason):
    """No hyphen where a dot was put in, and none of either passed over."""
    match = told(name, "en-marche.fr")
    assert (match.technique, match.reason) == (technique, reason)


def test_the_brands_own_dot_is_none_put_in():
    """The domain that it runs into is told."""
    match = told("secure.runescape.com-awt.top", "runescape.com")
    assert match.technique == "combosquatting"
    assert match.reason == "the name holds runescape.com, on the domain com-awt.top"


def test_words_that_stand_apart_are_matched_from_the_first_to_the_last():
    """No hyphen was put in, but words between the brand's."""
    match = told("shop.villeroy-and-boch-sale.store", "villeroy-boch.com")
    assert (match.technique, match.matched) == ("combosquatting", "villeroy-and-boch")
    assert match.reason == "the words of villeroy-boch stand apart in the name"


@pytest.mark.parametrize(
    ("name", "technique", "matched"),
    [
        ("*.don-en-mаrche.com.", "homograph+combosquatting", "en-mаrche"),
        ("Mail.EN-MARCHÉ.fr", "homograph", "EN-MARCHÉ"),
        ("dons-en-marche.みんな", "combosquatting", "en-marche"),
        ("en-marche。みんな", "tld-swap", "en-marche。みんな"),
    ],
)
def test_of_a_name_in_its_own_letters_the_place_is_matched(name, technique, matched):
    """And all of it where its characters are not those that it is decoded to."""
    match = told(name, "en-marche.fr")
    assert (match.technique, match.matched) == (technique, matched)
    assert match.name[slice(*match.span)] == matched


def test_what_is_spelt_in_plain_letters_beside_others_is_no_homograph():
    """The accent stands in another word of the label."""
    match = told("xn--mail-en-march-rhb.fr", "en-marche.fr")
    assert match.technique == "omission+combosquatting"
    assert match.reason == (
        "`xn--mail-en-march-rhb` shows as `maiêl-en-march`:"
        " `en-march` is 1 edit from en-marche (`e` left out)"
    )


@pytest.mark.parametrize(
    ("name", "technique"),
    [
        ("discorclgift.ru", "homoglyph+combosquatting"),
        ("comdiscoril.com", "typo+combosquatting"),
    ],
)
def test_a_glyph_that_is_mistyped_looks_like_none(name, technique):
    """`cl` passes for `d`, and `il` does not."""
    assert told(name, "discord.com").technique == technique
