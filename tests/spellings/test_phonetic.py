"""Every sound of the brand in its blunter spelling."""

import pytest

from hunter.matching import compile_matcher
from hunter.model import Brand
from hunter.permutations import permute
from hunter.spellings import phonetic


@pytest.mark.parametrize(
    ("words", "spelt"),
    [
        (("credit", "agricole"), [("kredit", "agrikole")]),
        (("banque", "atlantique"), [("banke", "atlantike")]),
        (("photo", "graphique"), [("foto", "grafike")]),
        (("occasion", "coccinelle"), [("okasion", "koccinelle")]),
        (("club", "jacquet"), [("klub", "jaket")]),
        (("jacques", "vabre"), []),
        (("banque", "populaire"), []),
        (("chronopost",), []),
        (("caisse", "d", "epargne"), []),
        (("icrc",), []),
        (("netflix",), [("netphlix",), ("netflicks",)]),
        (("harry", "linx"), [("harry", "lincks")]),
        (("fedex",), [("phedex",)]),
        (("sanofi",), [("sanophi",)]),
        (("philips",), [("filips",)]),
        (("mr", "offa"), [("mr", "opha")]),
        (("ufo",), []),
        (("carrefour", "banque"), [("karrefour", "banke")]),
    ],
)
def test_all_the_sounds_are_respelt_at_once(words, spelt):
    """Two letters may be one sound. One is an edit, but for an `x`; of few letters another word."""
    assert [*phonetic.spellings("".join(words), words)] == spelt


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("credit-agricole.fr", "kredit-agrikole.com"),
        ("credit-agricole.fr", "kreditagrikol.fr"),
        ("credit-agricole.fr", "kredi-agrikol.com"),
        ("coca-cola.com", "kokakola.fr"),
        ("banque-atlantique.fr", "connexion-banke-atlantike.com"),
        ("netflix.com", "netflicksvideos.com"),
        ("sanofi.com", "sanophi-rh.fr"),
    ],
)
def test_the_brand_as_it_sounds_alerts(domain, name):
    """Alone, beside other words, and with a typo where it is long."""
    (match,) = compile_matcher([Brand(domain)]).match(name)

    assert match.technique.startswith("soundalike")
    assert match.confidence >= 0.5


def test_the_reason_says_that_it_sounds_alike():
    """The letters would be a list of exchanges."""
    (match,) = compile_matcher([Brand("credit-agricole.fr")]).match("kredit-agrikole.com")

    assert "`kredit-agrikole` is credit-agricole as it sounds" in match.reason


def test_it_is_among_what_a_squatter_could_register():
    """Glued and with hyphens."""
    names = {one.domain: one.fuzzer for one in permute("credit-agricole.fr", tlds=("com",))}

    assert names["kredit-agrikole.fr"] == "soundalike"
    assert names["kreditagrikole.com"] == "soundalike+tld-swap"
