"""One at a time: a lock on the store's folder that goes when its process goes, however it ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hunter.errors import Fault, YoursToFix

DAEMON, BACKFILL = "lock", "backfill.lock"
"""The names of the locks beside the store."""


@contextmanager
def alone(folder: Path, lock: str, who: str) -> Iterator[None]:
    """Hold the lock of that name; raises YoursToFix when `who`, another one, holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / lock).open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            fault = Fault(str(folder), "", f"{who} works in this folder", "stop it first")
            raise YoursToFix([fault]) from error
        yield


def is_held(lock: Path) -> bool | None:
    """Whether somebody holds the lock; None where nobody ever has, or it cannot be known."""
    try:
        with lock.open() as held:
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return None
    return False
