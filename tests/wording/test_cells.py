"""Cells of a CSV."""

import pytest
from hypothesis import given

from hunter.wording.cells import cell
from tests.world.alerts import STEERS, hostile


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("\t=1", "'=1"),
        ("a; =1", "a; '=1"),
        ("a;=1;+2", "a;'=1;'+2"),
        ('a; "=1', "a; \"'=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        (-5, "'-5"),
        (None, "None"),
    ],
)
def test_a_formula_is_a_text(value: object, shown: str) -> None:
    """At the beginning, and wherever a spreadsheet may cut."""
    assert cell(value) == shown


@given(hostile)
def test_a_cell_is_one_harmless_line(text: str) -> None:
    """Of bounded length."""
    shown = cell(text, 100)

    assert not STEERS.search(shown)
    assert "\n" not in shown
    assert shown[:1] not in tuple("=+-@|%")
