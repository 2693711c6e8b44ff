"""What a field can hold, as far as its meaning says.

A field's meaning is written for people; where it begins with "whether" the field is true or false,
where it says YYYYMMDD it is a day, where it says ISO 8601 a moment, and "0 to 100" is its range. It
may hold addresses where it begins with them or says "an address" or "in CIDR".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from hunter.model import A_DAY, Value

_RANGE = re.compile(r"(\d+) to (\d+)\b")
_COUNTS = re.compile(r"(how (many|much|often)|days since)\b")
_MOMENT = re.compile(r", ISO 8601\b")
_ADDRESSES = re.compile(r"(the |those of its |IPv[46] )?address(es)?\b|.+( in CIDR|\ban address)\b")
_EARLIEST, _LATEST = 1985_01_01, 2199_12_31
_TRUTH: frozenset[Value] = frozenset({True, False})


@dataclass(frozen=True, slots=True)
class Holding:
    """What a field can hold."""

    known: frozenset[Value] | None = None
    """All its values, when they can be listed."""
    low: float = -inf
    high: float = inf
    """Between which its numbers lie; only where `numeric`."""
    numeric: bool = False
    """Whether it holds numbers and nothing else."""
    day: bool = False
    """Whether its numbers are days, YYYYMMDD."""
    moment: bool = False
    """Whether it holds dates with their time, ISO 8601."""
    address: bool = False
    """Whether it can hold addresses or networks."""
    single: bool = False
    """Whether it never holds several values."""
    always: bool = False
    """Whether every dossier has it."""

    @property
    def truth(self) -> bool:
        """Whether it is true or false."""
        return self.known == _TRUTH

    @property
    def in_a_word(self) -> str:
        """What it holds: truth, day, number or text."""
        if self.truth or self.day:
            return "truth" if self.truth else "day"
        return "number" if self.numeric else "text"


def holding(meaning: str) -> Holding:
    """What the meaning says of the values."""
    if meaning.startswith("whether "):
        return Holding(known=_TRUTH)
    if meaning.endswith(A_DAY):
        return Holding(low=_EARLIEST, high=_LATEST, numeric=True, day=True)
    found = _RANGE.match(meaning)
    if found:
        return Holding(low=float(found[1]), high=float(found[2]), numeric=True)
    if _COUNTS.match(meaning):
        return Holding(low=0, numeric=True)
    moment = _MOMENT.search(meaning) is not None
    return Holding(moment=moment, address=_ADDRESSES.match(meaning) is not None)


def holdings(fields: Mapping[str, str]) -> dict[str, Holding]:
    """Field → what it can hold, for fields with their meanings."""
    return {field: holding(meaning) for field, meaning in fields.items()}
