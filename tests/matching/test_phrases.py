"""A set phrase amid words is ordinary; a name that only looks like one is not."""

import pytest

from hunter.matching.phrases import is_set_phrase
from tests.world.matching import alerts


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("mise-en-marche.com", False),
        ("en-marche-vers-demain.com", False),
        ("en-marche-pour-tous.com", False),
        ("en-marche-jardin.com", True),
        ("en-marche-sante.com", True),
        ("en-marchepour.com", True),
        ("nord-enmarche59.fr", True),
    ],
)
def test_a_brand_spelt_as_words_is_said_within_a_sentence(name, alarm):
    """What names a subject behind it, or is glued to it, names the brand."""
    assert alerts(name, "en-marche.fr") == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("hotel-de-la-poste.fr", "laposte.fr", False),
        ("laposte-entreprise.fr", "laposte.fr", True),
        ("lesoirdalgerie.com", "lesoir.be", False),
        ("the-world-of-dogs.com", "theworld.org", False),
        ("lafuma-montagne.com", "lafuma.com", True),
        ("intuitgeo.org", "intuit.com", True),
    ],
)
def test_a_phrase_has_an_article_and_a_word_that_is_common_enough(name, brand, alarm):
    """Spelt apart it need not be quite so common; `fuma` and `tuit` are no words."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("alzheimer-en-marche.fr", False),
        ("podologie-en-marche.paris", False),
        ("handi-en-marche-47.fr", False),
        ("zqxvaj-en-marche.fr", True),
    ],
)
def test_a_phrase_beside_what_an_association_is_for_is_its_own(name, alarm):
    """Though no dictionary has it, or it is a name like any other's."""
    assert alerts(name, "en-marche.fr") == alarm


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("lemonde-de-mido.com", "lemonde.fr", False),
        ("elpaisgoal.com", "elpais.com", False),
        ("elpaismyhouse.com", "elpais.com", True),
        ("white-carter.com", "white.com", False),
    ],
)
def test_a_word_beside_a_phrase_joins_it_unless_it_asks(name, brand, alarm):
    """`my` is what squatters write; `carter` begins as `cart` does and is a word of its own."""
    assert alerts(name, brand) == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("mot-de-passe-en-marche.fr", True),
        ("mise-a-jour-en-marche.fr", True),
        ("mise-a-niveau-en-marche.fr", False),
        ("mise-en-marche-a-jour.fr", False),
        ("siege-en-marche.fr", True),
        ("chaise-en-marche.fr", False),
        ("burkina-en-marche.bf", False),
    ],
)
def test_what_asks_beside_a_phrase_may_be_three_words(name, alarm):
    """Offices ask beside it, too; places do not where they are abroad."""
    assert alerts(name, "en-marche.fr") == alarm


@pytest.mark.parametrize(
    ("name", "alarm"),
    [
        ("marche-frais.fr", False),
        ("frais-en-marche.fr", True),
        ("macron-frais.fr", True),
    ],
)
def test_what_is_sold_on_a_market_asks_beside_names_alone(name, alarm):
    """Fees are also what is fresh."""
    assert alerts(name, "en-marche.fr", "marche", "macron") == alarm


@pytest.mark.parametrize("term", ["monde", "aldi", "lami"])
def test_a_common_word_alone_or_with_two_letters_behind_an_article_is_no_phrase(term):
    """`al` is an article, and `aldi` a shop."""
    assert not is_set_phrase(term, spelt=False)


@pytest.mark.parametrize(
    ("name", "brand", "alarm"),
    [
        ("en-marche-arriere.com", "en-marche.fr", False),
        ("en-marche-nordique.fr", "en-marche.fr", False),
        ("enmarchenordique.fr", "en-marche.fr", False),
        ("en-marche-nordique-don.fr", "en-marche.fr", True),
        ("en-marche-arriere.pages.dev", "en-marche.fr", True),
        ("enmarcheavant.fr", "en-marche.fr", True),
        ("larepubliquetcheque.fr", "la-republique.fr", False),
    ],
)
def test_what_its_last_word_says_with_the_next_is_not_said_of_the_brand(name, brand, alarm):
    """`marche arriere` and `marche nordique` are reversing and a sport, whoever is called so."""
    assert alerts(name, brand) == alarm
