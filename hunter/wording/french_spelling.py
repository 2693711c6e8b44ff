"""How French is written: its months, its elisions, and what no line tears apart."""

import re

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)
ELIDED = re.compile(
    r"(?!onz|oui\b)[aeiouæœ]|y(?![aeiouy])"
    r"|h(?:abi|armon|e(?:b(?:er|do)|lic|r(?:b|it)|sit|ur)|i(?:ppo|rond|st|ver)"
    r"|o(?:mm|nn|nor|pit|riz|rlog|rosc|spi|tel)|uil|um(?:a|eur|o)|y(?:dr|gi|p))"
)
"""Vowels, and words with a mute h: `d'horizons`, but `de hauts`."""
KEPT_TOGETHER = re.compile(
    r" (?=[:;?!](?:\s|$)|»)|(?<=«) "
    r"|(?<=\d) (?!à )(?=[^\W\d_]|\d{3}(?!\d))|(?<=\b1er) |(?<=\bà) (?=\d)"
)
"""Blanks before punctuation, within quotation marks, and behind a number."""
