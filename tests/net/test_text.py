"""What comes from outside is one bounded line of printable text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from hunter.net.text import clean


def test_controls_and_escape_codes_are_removed() -> None:
    """A terminal or a log gets no control of any kind, C1 included."""
    assert clean("a\x1b[31mb\x00c\x9bd\x7f") == "a[31mbcd"


def test_marks_that_turn_the_writing_around_are_removed() -> None:
    """U+202E could make `exe.fr` read `rf.exe`."""
    assert clean("abc\u202edef\u2066") == "abcdef"


def test_lines_are_joined_and_blanks_folded() -> None:
    """A value is one line."""
    assert clean(" a\r\n\tb  c\u2028d ") == "a b cd"


def test_an_accent_is_part_of_its_letter() -> None:
    """However a registrar's system writes it: rules are typed with one character."""
    assert clean("Socie\u0301te\u0301") == "Soci\u00e9t\u00e9"


@given(st.text(), st.integers(1, 400))
def test_any_text_becomes_a_bounded_printable_line(text: str, limit: int) -> None:
    """Whatever comes in, what goes out is short and holds no control."""
    cleaned = clean(text, limit)
    assert len(cleaned) <= limit
    assert not any(unicodedata.category(c).startswith("C") for c in cleaned)
    assert cleaned == cleaned.strip()
    assert clean(cleaned, limit) == cleaned
