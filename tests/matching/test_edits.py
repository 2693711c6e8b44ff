"""Which edits speak for an imitation, and which for another word."""

import pytest

from hunter.matching.confidence import load_weights
from hunter.matching.edits import edit_features, edit_name
from hunter.matching.views import DOT


@pytest.mark.parametrize(
    ("text", "term", "name"),
    [
        ("macron", "marcon", "transposition"),
        ("macro", "macron", "omission"),
        ("macrons", "macron", "plural"),
        ("macronx", "macron", "addition"),
        ("maccron", "macron", "repetition"),
        ("maxcron", "macron", "insertion"),
        ("mocron", "macron", "vowel-swap"),
        ("nacron", "macron", "replacement"),
        ("macwon", "macron", "substitution"),
        ("sitroen", "citroen", "bitsquatting"),
        ("ditroen", "citroen", "replacement"),
        ("mqcron", "macron", "replacement"),
        ("ecron", "gcron", "bitsquatting"),
    ],
)
def test_one_edit_has_dnstwists_name(text, term, name):
    """The fuzzer that would have made it."""
    assert edit_name(text, term) == name


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("paypa", "paypal", ("edit omission last", "free edit omission")),
        ("inance", "binance", ("edit omission first", "free edit omission")),
        ("payppal", "paypal", ("edit repetition inner", "free edit repetition")),
        ("apypal", "paypal", ("edit transposition first", "free edit transposition")),
        ("pyapla", "paypal", ("2 edits first-kept", "2 edits last-lost")),
        ("paypal", "paypal", ()),
        ("abcdef", "paypal", ("3 edits first-lost", "3 edits last-lost")),
    ],
)
def test_one_edit_is_named_with_its_place_and_several_by_what_they_keep(text, term, found):
    """More than three edits count as three."""
    assert edit_features(text, term, DOT, DOT) == found


def test_an_edit_inside_a_longer_word_is_told_apart():
    """There it happens by chance more often."""
    assert edit_features("paypl", "paypal", DOT, 0)[1] == "bound edit omission"


@pytest.mark.parametrize("name", ["omission", "transposition", "replacement", "vowel-swap"])
def test_a_changed_first_letter_speaks_less_for_imitation(name):
    """People see the first letter, so squatters keep it."""
    weights = load_weights()
    assert weights[f"edit {name} first"] < weights[f"edit {name} inner"]
