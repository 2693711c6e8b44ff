"""How much of a feed is believed, and the one kind of trouble that a feed can be in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that hold whatever the feed says of itself; sizes in bytes, once decompressed."""

    max_bytes: int = 256 << 30
    max_ratio: int = 200
    """Decompressed by compressed; lists of names have about 4, sorted zones 20, bombs 1,000."""
    max_line: int = 64 << 10
    """A longer line is no row of any list and is counted as broken, without being held."""
    block: int = 2 << 20
    """About how much a chunk holds."""


class Trouble(Exception):
    """The feed cannot be read from here on; the message says why. It never leaves this package."""


class BadText(Trouble):
    """The trouble is one text's: those beside it in an archive are read all the same."""
