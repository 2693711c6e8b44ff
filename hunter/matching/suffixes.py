"""The registrable domain of a name whose public suffix is known where it begins.

`names.parse` says the same (a test compares them) but validates as it goes, which is too slow for
every candidate of a bulk run.
"""

from hunter.names import suffix_at

__all__ = ["registrable", "suffix_at"]


def registrable(name: str, suffix: int) -> str:
    """The suffix that begins at `suffix` and one label more; a bare suffix is itself."""
    return name[name.rfind(".", 0, suffix - 1) + 1 :] if suffix else name
