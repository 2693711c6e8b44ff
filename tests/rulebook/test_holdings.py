"""What a field's meaning says of its values."""

import pytest

from hunter.dossiers import rule_fields
from hunter.rulebook.holdings import holding, holdings


@pytest.mark.parametrize(
    ("meaning", "truth", "numeric", "day"),
    [
        ("whether it can receive mail; a null MX says no", True, False, False),
        ("the day of registration, YYYYMMDD", False, True, True),
        ("the days of the archives, YYYYMMDD-YYYYMMDD", False, False, False),
        ("0 to 100, how much it is like ours", False, True, False),
        ("how many other domains are known", False, True, False),
        ("days since its registration", False, True, False),
        ("name servers", False, False, False),
    ],
)
def test_a_meaning_says_what_is_held(meaning, truth, numeric, day):
    """By its first words, or its last."""
    found = holding(meaning)
    assert (found.truth, found.numeric, found.day) == (truth, numeric, day)


def test_the_ranges_of_the_shipped_fields():
    """The convention holds where the rules of the pack rely on it."""
    known = holdings(rule_fields())
    assert (known["confidence"].low, known["confidence"].high) == (0, 1)
    assert (known["page_similarity"].low, known["page_similarity"].high) == (0, 100)
    assert all(known[field].truth for field in ("has_mx", "resolves", "dedicated", "page_password"))
    assert all(known[field].day for field in ("registered", "first_seen", "tor_exit_last"))
