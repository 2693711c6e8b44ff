"""The headline says what was done to the brand, and nothing that was not."""

import pytest

from hunter.matching import compile_matcher
from hunter.model import Brand
from hunter.wording.catalogue import speaking
from hunter.wording.likeness import sentence_for_match


def headline(name: str, language: str = "en", brand: str = "en-marche.fr", *words: str) -> str:
    """What is told of the match of this name, with its dots."""
    (match,) = compile_matcher([Brand(brand, words)]).match(name)
    with speaking(language):
        return sentence_for_match(match).replace("[.]", ".")


@pytest.mark.parametrize(
    ("name", "english", "french"),
    [
        ("enmarche.fr", "with a hyphen left out", "avec un trait d'union en moins"),
        ("en--marche.fr", "with a hyphen put in", "avec un trait d'union en plus"),
        ("en--mar-che.fr", "with hyphens put in", "avec des traits d'union en plus"),
        ("e-nmarche.fr", "with its hyphens in other places", "avec des traits d'union déplacés"),
        ("-en-marche.fr", "with a hyphen put in", "avec un trait d'union en plus"),
        (
            "en.marche.fr",
            "with a dot in place of a hyphen",
            "avec un point à la place d'un trait d'union",
        ),
        ("en-mar.che.fr", "with a dot put in", "avec un point en plus"),
        ("en-march.eu", "with a dot put in", "avec un point en plus"),
        ("en-marches.fr", "in the plural", "au pluriel"),
        (
            "en-marche-1.fr",
            "with a character added at the end",
            "avec un caractère ajouté à la fin",
        ),
        ("1en-marche.fr", "with a character put in", "avec un caractère en plus"),
    ],
)
def test_what_was_done_to_hyphens_dots_and_ends_is_said_once(name, english, french):
    """A hyphen left out is none put in, and the character more is no word beside the name."""
    assert headline(name) == f"{name} is your name en-marche {english}"
    assert headline(name, "fr") == f"{name} est votre nom en-marche {french}"


@pytest.mark.parametrize(
    ("name", "english", "french"),
    [
        (
            "en-marche.evil.com",
            "your name en-marche under another domain",
            "votre nom en-marche sous un autre domaine",
        ),
        (
            "en-rnarche.evil.com",
            "your name en-marche in letters that look alike under another domain",
            "votre nom en-marche en caractères d'apparence semblable sous un autre domaine",
        ),
        (
            "qzxen-marchevbw.evil.com",
            "your name en-marche under another domain",
            "votre nom en-marche sous un autre domaine",
        ),
        (
            "en-marche-fr.evil.com",
            "your domain en-marche.fr with hyphens in place of dots under another domain",
            (
                "votre domaine en-marche.fr avec des traits d'union à la place des points sous un"
                " autre domaine"
            ),
        ),
    ],
)
def test_a_host_that_holds_the_brand_is_told_with_its_domain(name, english, french):
    """No dot was put into the name, and the name is no domain; its disguise is told."""
    assert headline(name) == f"{name} puts {english}, evil.com"
    assert headline(name, "fr") == f"{name} met {french}, evil.com"


def test_a_keyword_under_the_brands_own_ending_is_under_no_other():
    """It is the keyword and no more; amid other letters the name is no keyword."""
    assert headline("marche.fr", "en", "en-marche.fr", "marche") == (
        "marche.fr is your keyword marche itself"
    )
    assert headline("marche.fr", "fr", "en-marche.fr", "marche") == (
        "marche.fr est votre mot-clé marche, tel quel"
    )
    assert headline("qzxen-marchevbw.com") == (
        "qzxen-marchevbw.com carries your name en-marche between qzx and vbw"
    )


def test_words_that_stand_apart_are_told_so():
    """With those between them."""
    name = "villeroy-and-boch.store"
    assert headline(name, "en", "villeroy-boch.com") == (
        f"{name} is your name villeroy-boch with other words between its own"
    )
    assert headline(name, "fr", "villeroy-boch.com") == (
        f"{name} est votre nom villeroy-boch avec d'autres mots entre les siens"
    )
