"""One at a time: a lock on the store's folder that goes when its process goes, however it ends."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from hunter.errors import Fault, WillPass, YoursToFix
from hunter.store.trouble import closed_hint

DAEMON, BACKFILL = "lock", "backfill.lock"
"""The names of the locks beside the store."""
_OURS: set[Path] = set()
"""Those that this process holds: opened once more they would be as another's."""
_READ_ONLY = os.O_RDONLY | os.O_NONBLOCK
"""A pipe in the lock's place would wait for a writer."""
_PASSING = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ENFILE, errno.EMFILE))


@contextmanager
def alone(folder: Path, lock: str, who: str, hint: str = "stop it first") -> Iterator[None]:
    """Hold the lock of that name; raises YoursToFix when `who`, another one, holds it.

    Raises YoursToFix, too, when the folder cannot be used, or WillPass when its disk is at fault.
    """
    with ExitStack() as stack:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _refuse_what_is_no_file(folder / lock)
            # To read is enough: root, who restores, may have made it. A link may lead anywhere.
            held = os.open(folder / lock, _READ_ONLY | os.O_CREAT | os.O_NOFOLLOW, 0o644)
            stack.callback(os.close, held)
            if os.geteuid() == 0 and os.fstat(held).st_nlink == 1:
                # Whatever root's umask is: the folder's owner must be able to open it. What has
                # another name elsewhere may be a file of root's that the owner wants.
                owner = folder.stat()
                os.fchown(held, owner.st_uid, owner.st_gid)
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            fault = Fault(str(folder), "", f"{who} works in this folder", hint)
            raise YoursToFix([fault]) from error
        except OSError as error:
            if error.errno in _PASSING:
                raise WillPass(f"{folder} cannot be used: {error.strerror}") from error
            fault = Fault(str(folder), "", f"cannot be used: {error.strerror}", closed_hint(folder))
            raise YoursToFix([fault]) from error
        _OURS.add(folder / lock)
        stack.callback(_OURS.discard, folder / lock)
        yield


def _refuse_what_is_no_file(lock: Path) -> None:
    try:
        mode = lock.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        hint = "take it away: hunter makes its lock itself, and that is an empty file"
        raise YoursToFix([Fault(str(lock), "", "cannot be used: it is no file", hint)])


@contextmanager
def without_others(folder: Path, others: Mapping[str, tuple[str, str]]) -> Iterator[None]:
    """Hold all these locks (lock → who else may hold it, and what to do then) beside one's own."""
    with ExitStack() as stack:
        for lock, (who, hint) in others.items():
            if folder / lock not in _OURS:
                stack.enter_context(alone(folder, lock, who, hint))
        yield


def is_held(lock: Path) -> bool | None:
    """Whether somebody holds the lock; None where nobody ever has, or it cannot be known."""
    with ExitStack() as stack:
        try:
            held = os.open(lock, _READ_ONLY)
            stack.callback(os.close, held)
            fcntl.flock(held, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return None
    return False
