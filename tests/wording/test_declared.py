"""The names of fields that enrichers bring along themselves."""

import pytest

from hunter import ribs
from hunter.model import LANGUAGES
from hunter.wording import english_fields
from hunter.wording.catalogue import speaking
from hunter.wording.sentences import label_of, value_in_words


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Other domains at its addresses"), ("fr", "Autres domaines à ses adresses")],
)
def test_a_field_is_called_as_its_enricher_says(language: str, label: str) -> None:
    """In the language that is spoken."""
    with speaking(language):
        assert label_of("neighbours") == label


def test_a_field_that_nobody_named_reads_as_its_words() -> None:
    """Whatever is spoken."""
    with speaking("fr"):
        assert label_of("never_heard_of") == "Never heard of"


@pytest.mark.parametrize("field", ["first_seen", "pdns_first_seen", "cdn_list_date"])
def test_what_is_a_day_by_its_meaning_reads_as_one(field: str) -> None:
    """Also of a field that no list of days has."""
    assert value_in_words(field, 20170412) == "2017-04-12"


def test_a_number_that_looks_like_a_day_is_none() -> None:
    """Where its meaning does not say so."""
    assert value_in_words("neighbours", 20170412) == "20170412"


@pytest.mark.parametrize("name", ribs.names("enrichers"))
def test_labels_are_of_own_fields_and_in_every_language(name: str) -> None:
    """And of none that hunter names itself, whose name would win."""
    rib = ribs.load("enrichers", name)
    labels = getattr(rib, "LABELS", {language: {} for language in LANGUAGES})

    assert sorted(labels) == sorted(LANGUAGES), f"LABELS of {name}: every language"
    for language, one in labels.items():
        assert one.keys() == labels["en"].keys(), f"LABELS of {name}, {language}: the same fields"
        assert one.keys() <= rib.FIELDS.keys(), f"LABELS of {name}, {language}: fields of FIELDS"
        assert not one.keys() & english_fields.FIELDS.keys(), f"LABELS of {name}: named already"
