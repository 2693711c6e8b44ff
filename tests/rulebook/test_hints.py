"""Hints for misspelt words and numbers."""

import pytest

from hunter.rulebook.hints import number_alone


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("30d", ": 30"),
        ("<7", ": 7"),
        ("-5 days", ": -5"),
        ("0,5", ": 0.5"),
        ("1.25", ": 1.25"),
        ("10 000", ""),
        ("1,000", ""),
        ("1.000.000", ""),
        ("1e3", ""),
        ("2017-03-01", ""),
        ("many", ""),
        (True, ""),
    ],
)
def test_a_number_is_proposed_where_only_one_can_be_meant(written: object, meant: str) -> None:
    """Whoever writes `10 000` does not mean 10."""
    assert number_alone(written) == f"write the number alone, without quotes{meant}"
