"""One sound of the brand in other letters."""

import pytest

from hunter.matching import compile_matcher
from hunter.matching.terms import terms_of
from hunter.model import Brand
from hunter.permutations import permute
from hunter.spellings import homophones


@pytest.mark.parametrize(
    ("plain", "spelt"),
    [
        ("reconquete", {"rekonquete", "reconkete", "recaunquete", "receaunquete"}),
        ("macron", {"makron", "macraun", "macreaun"}),
        ("renaissance", {"renessance", "renaissence", "renaissanse", "renaissansse"}),
        ("enmarche", {"anmarche", "enmarsh"}),
        ("axe", {"akse"}),
        ("ensemble", {"ansemble", "ensamble"}),
        ("annemie", set()),
    ],
)
def test_letters_are_exchanged_where_they_have_that_sound(plain, spelt):
    """The `c` of `ch` is no `k`, that of `ce` an `s`; `an` before another `n` is none of `en`."""
    assert {text for (text,) in homophones.spellings(plain, ())} == spelt


@pytest.mark.parametrize("name", ["en-marsh.fr", "enmarsh.fr", "en-marsh.com"])
def test_they_are_among_what_a_squatter_could_register(name):
    """With the hyphen of the brand and without it, and under other endings."""
    assert name in {one.domain for one in permute("en-marche.fr", tlds=("com",))}


def test_they_are_not_sought_beside_what_typos_find():
    """They are found as what they also are: a letter or two that differ."""
    brand = Brand("reconquete.fr")

    assert "homophones" not in {term.twist for term in terms_of(brand)}
    assert compile_matcher([brand]).match("reconkete.fr")
