"""What stands at a path that somebody wrote: a name to match or a secret may stand in its place.

pathlib raises at what is too long to be a path; these say no.
"""

import os
from pathlib import Path


def is_there(path: str | Path) -> bool:
    """Whether anything stands there."""
    return os.path.exists(path)  # noqa: PTH110


def is_file(path: str | Path) -> bool:
    """Whether a file stands there."""
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: str | Path) -> bool:
    """Whether a folder stands there."""
    return os.path.isdir(path)  # noqa: PTH112


def may_be_there(path: str | Path) -> bool:
    """Whether anything stands there, or in a folder that is closed to us: opening it says why."""
    try:
        os.stat(path)  # noqa: PTH116
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True
