"""What stands at a path that somebody wrote: a name to match or a secret may stand in its place.

pathlib raises at what is too long to be a path; these say no.
"""

import errno
import os
import stat
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


def readable_to_its_end(path: Path) -> Path:
    """The path, when it is a file or a folder; raises OSError.

    A pipe is waited for without end, by a thread that nothing can end, and a device has none.
    """
    if not stat.S_ISREG(mode := path.stat().st_mode) and not stat.S_ISDIR(mode):
        raise OSError(errno.EINVAL, "it is neither file nor folder")
    return path


def files_in(place: Path, pattern: str, most: int, refusal: type[Exception]) -> list[Path]:
    """The files of that pattern anywhere in a folder, sorted; what is no folder stands for itself.

    Raises the refusal where they are too many.
    """
    if not place.is_dir():
        return [place]
    files = sorted(filter(Path.is_file, place.rglob(pattern)))
    if len(files) > most:
        raise refusal(f"it holds more than {most} files")
    return files


def at_home(path: Path) -> Path:
    """The path with its `~` read as a shell reads it; raises ValueError where nobody lives there.

    It does not name the path: a secret may have been written in place of its file's.
    """
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError("begins at the home of nobody on this machine") from error


def may_be_there(path: str | Path) -> bool:
    """Whether anything stands there, or in a folder that is closed to us: opening it says why."""
    try:
        os.stat(path)  # noqa: PTH116
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True
