"""Whether the compiled loops are those of the sources beside them.

An update of a checkout that is installed in place leaves the older ones there: they would find by
older rules, if they could be called at all. The build reads this module without the package.
"""

from enum import StrEnum
from hashlib import sha256
from pathlib import Path

_FOLDER = Path(__file__).parent


class Loops(StrEnum):
    """What there is of them."""

    CURRENT = "current"
    OUTDATED = "outdated"
    ABSENT = "absent"


def made_of(folder: Path = _FOLDER) -> str:
    """SHA-256, in hexadecimal, of the sources of the loops; empty where none are installed."""
    paths = sorted((*folder.glob("*.pyx"), *folder.glob("*.pxi")))
    digest = sha256(b"".join(path.read_bytes() for path in paths))
    return digest.hexdigest() if paths else ""


def loops_of(module: object) -> Loops:
    """Whether the compiled module was made of the sources that are here."""
    here = made_of()
    current = not here or getattr(module, "MADE_OF", "") == here
    return Loops.CURRENT if current else Loops.OUTDATED
