"""The brand's words in another order."""

import pytest

from hunter.matching import compile_matcher
from hunter.model import Brand
from hunter.spellings import order


def test_words_are_turned_about_in_every_way():
    """Up to four of them; more would be too many."""
    assert len(set(order.spellings("abcd", ("a", "b", "c", "d")))) == 24
    assert [*order.spellings("abcde", ("a", "b", "c", "d", "e"))] == []
    assert [*order.spellings("macron", ())] == []


@pytest.mark.parametrize(
    ("brand", "name"),
    [
        ("en-marche.fr", "marche-en.fr"),
        ("la-france-insoumise.fr", "insoumise-la-france.com"),
        ("rassemblementnational.fr", "national-rassemblement.fr"),
        ("nationbuilder.com", "builder-nation.com"),
        ("horizonsleparti.fr", "leparti-horizons.fr"),
        ("metamask.io", "mask-meta.io"),
        ("coinbase.com", "basecoin-login.com"),
        ("office365.com", "protection365office.com"),
    ],
)
def test_a_brand_turned_about_is_found(brand, name):
    """Also one that writes its words as one: two long ones, or these with a small one or number."""
    (match,) = compile_matcher([Brand(brand)]).match(name)

    assert match.technique.startswith("token-order")
    assert match.confidence >= 0.5


def test_words_turned_about_amid_others_are_language():
    """`marche en ligne` is what any shop says."""
    found = compile_matcher([Brand("en-marche.fr")]).match("marche-en-ligne.com")

    assert all(match.confidence < 0.5 for match in found)
