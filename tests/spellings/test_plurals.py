"""The brand's words in the plural."""

import pytest

from hunter.matching import compile_matcher
from hunter.model import Brand
from hunter.permutations import permute
from hunter.spellings import plurals


@pytest.mark.parametrize(
    ("words", "spelt"),
    [
        (("credit", "agricole"), [("credits", "agricoles")]),
        (("caisse", "d", "epargne"), [("caisses", "d", "epargnes")]),
        (("horizons", "parti"), []),
        (("en", "marche"), []),
        ((), []),
    ],
)
def test_every_longer_word_has_its_plural(words, spelt):
    """One alone is an edit, which is found anyway."""
    assert [*plurals.spellings("".join(words), words)] == spelt


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("credit-agricole.fr", "credits-agricoles.fr"),
        ("caisse-epargne.fr", "caissesepargnes.com"),
        ("nationbuilder.com", "nationsbuilders.com"),
    ],
)
def test_the_brand_in_the_plural_alerts(domain, name):
    """Under any ending, and where the brand writes its words as one."""
    (match,) = compile_matcher([Brand(domain)]).match(name)

    assert match.technique.startswith("plural")
    assert "with its words in the plural" in match.reason
    assert match.confidence >= 0.5


def test_amid_other_words_it_is_language():
    """Banks have their credits."""
    (match,) = compile_matcher([Brand("credit-agricole.fr")]).match(
        "les-credits-agricoles-en-europe.fr"
    )
    assert match.confidence < 0.5


def test_it_is_among_what_a_squatter_could_register():
    """Glued and with hyphens."""
    names = {one.domain: one.fuzzer for one in permute("credit-agricole.fr", tlds=("com",))}

    assert names["credits-agricoles.fr"] == "plural"
    assert names["creditsagricoles.com"] == "plural+tld-swap"
