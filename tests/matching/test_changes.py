"""Which letters are told to differ, and how many edits that is."""

import pytest

from hunter.matching.changes import differences, edits_of


@pytest.mark.parametrize(
    ("text", "term", "changes"),
    [
        ("discrode", "discord", [("or", "ro"), ("", "e")]),
        ("bfobnak", "bforbank", [("r", ""), ("an", "na")]),
        ("libcloud", "icloud", [("", "l"), ("", "b")]),
    ],
)
def test_no_more_edits_are_told_than_there_are(text, term, changes):
    """Letters that swapped are one, also beside another slip."""
    assert differences(text, term) == changes
    assert sum(edits_of(*change) for change in changes) == 2
