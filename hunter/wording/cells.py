"""Cells of a CSV that no spreadsheet takes for a formula (OWASP, "CSV Injection")."""

import re

from hunter.wording.cleaning import clean

_FORMULA = re.compile(r"(^|;)([\s\"]*)(?=[=+\-@|%＝＋－＠])")
"""Also behind a semicolon, where spreadsheets of half the world cut cells whatever the quotes.

A quotation mark there opens the new cell, and the formula would follow it. Full-width signs count
too: some spreadsheets narrow them.
"""


def cell(value: object, limit: int = 2000) -> str:
    """The value on one line, without control characters; a formula behind an apostrophe."""
    return _FORMULA.sub(r"\1\2'", clean(str(value), limit))
