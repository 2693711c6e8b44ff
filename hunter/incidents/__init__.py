"""Incidents: domains that share rare infrastructure, told as one story.

`links` finds what domains share and how much it tells, `grouping` joins and attaches them, `book`
does both over the store and remembers which incident is which. `reading` and `outlines` read much
of it at once; `graph` draws one.
"""

from hunter.incidents.book import (
    Person,
    around,
    current,
    gravest,
    merge,
    numbered,
    outlines,
    split,
)
from hunter.incidents.graph import draw

__all__ = [
    "Person",
    "around",
    "current",
    "draw",
    "gravest",
    "merge",
    "numbered",
    "outlines",
    "split",
]
