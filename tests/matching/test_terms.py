"""From a brand to what is sought."""

import pytest

from hunter.matching import compile_matcher
from hunter.matching.glyphs import disguises
from hunter.matching.terms import split_domain, terms_of
from hunter.model import Brand


def test_a_brand_gives_its_label_keywords_domain_and_twists():
    """Each with the way it was made."""
    terms = {(term.sought, term.twist) for term in terms_of(Brand("en-marche.fr", ("Macron",)))}

    assert {
        ("enmarche", ""),
        ("macron", ""),
        ("enmarchefr", "domain"),
        ("marcheen", "order"),
        ("marche", "between"),
        ("enrnarche", "pairs"),
        ("rnacron", "pairs"),
    } <= terms


def test_only_what_the_brand_wrote_takes_typos_and_its_long_terms_with_glyphs():
    """Any other twisted term is found exactly or not at all."""
    takers = {
        term.sought for term in terms_of(Brand("en-marche.fr", ("marche",))) if term.takes_typos
    }

    assert takers == {"enmarche", "marche", "enrnarche", "ennnarche"}


def test_a_keyword_may_be_unicode():
    """It is sought as the plain letters it looks like."""
    assert "reconquete" in {term.sought for term in terms_of(Brand("x-y.fr", ("Reconquête",)))}


@pytest.mark.parametrize(
    ("keyword", "order"), [("Marché-Bio", "blomarche"), ("mar\udcff-bio", "blomar~")]
)
def test_the_words_of_a_unicode_keyword_are_plain_letters(keyword, order):
    """In whatever order they stand; bytes of a command line that are no text are no letters."""
    orders = {
        term.sought
        for term in terms_of(Brand("x-y.fr", (keyword,)))
        if term.twist == "order" and "b" in term.sought
    }

    assert orders == {order}


@pytest.mark.parametrize(
    ("domain", "parts"),
    [
        ("en-marche.fr", ("en-marche", "fr")),
        ("impots.gouv.fr", ("impots", "gouv.fr")),
        ("post.japanpost.jp", ("japanpost", "jp")),
        ("gov.uk", ("gov", "uk")),
    ],
)
def test_the_label_is_what_stands_before_the_public_suffix(domain, parts):
    """Hosts are cut to the registrable domain; a bare suffix keeps its first label."""
    assert split_domain(domain) == parts


@pytest.mark.parametrize(
    ("domain", "written"),
    [
        ("labanquepostale.fr", "banquepostale"),
        ("la-banque-postale.fr", "banque-postale"),
        ("lafranceinsoumise.fr", "franceinsoumise"),
        ("laplateforme.com", None),
        ("lemonde.fr", None),
        ("leonardodicaprio.com", None),
    ],
)
def test_a_long_name_of_two_words_is_sought_without_its_article(domain, written):
    """What else begins with such letters, or is one word without, is left whole."""
    found = {term.written for term in terms_of(Brand(domain))}
    assert found == {domain, domain.rpartition(".")[0], written} - {None}


@pytest.mark.parametrize(
    ("brand", "name"),
    [
        ("labanquepostale.fr", "banque-postale-client.com"),
        ("lafranceinsoumise.fr", "franceinsoumise2027.fr"),
    ],
)
def test_a_brand_in_one_word_is_told_without_its_article(brand, name):
    """`labanquepostale` is what its customers call Banque Postale."""
    (match,) = compile_matcher([Brand(brand)]).match(name)
    assert match.confidence >= 0.5


def test_disguises_mix_two_glyphs():
    """As dnstwist's homoglyphs do."""
    assert {"ennarche", "enrnarchc", "cnnnarche"} <= disguises("enmarche")
    assert "enmarche" not in disguises("enmarche")


def test_what_is_longer_than_a_label_is_not_sought():
    """No name can hold it; a keyword so long once made the search read beyond its names."""
    terms = terms_of(Brand("en-marche.fr", ("w" * 62, "opensea" * 10)))

    assert max(len(term.sought) for term in terms) == len("v" * 2 + "w" * 61)
