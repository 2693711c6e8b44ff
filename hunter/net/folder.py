"""The door to a folder: messages written to files instead of sent.

A file appears whole or not at all, and the same message written again is the same file.
"""

import errno
import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from hunter.net.shortage import SHORTAGES, trouble
from hunter.notice import Notice

_MAX_WORD = 80
_NEW = 0o640
_MAY_PASS = SHORTAGES | {errno.ENOSPC, errno.EDQUOT}


def file_name(at: datetime, domain: str, kind: str, key: str, ending: str) -> str:
    """A name that sorts by time: `20170424T060000Z-en-marche.co-opened-1f2e3d4c5b.eml`.

    `domain` may be defanged; `key` tells messages of the same moment apart and shows as a hash.
    """
    digest = hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:10]
    words = (_word(domain.replace("[.]", ".")), _word(kind), digest)
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{'-'.join(words)}{ending}"


def _word(text: str) -> str:
    return re.sub(r"[^\w.-]+", "_", text[:_MAX_WORD], flags=re.ASCII).strip("._-") or "_"


def drop_notice(folder: Path, notice: Notice, subscriber: str, ending: str, content: bytes) -> None:
    """Write what tells the subscriber of the notice, as `drop` does."""
    key = f"{notice.key} {subscriber}"
    drop(folder, file_name(notice.at, notice.domain, notice.kind, key, ending), content)


def drop(folder: Path, name: str, content: bytes) -> Path:
    """Write `content` to `folder/name`, atomically; raises WillPass (disk full) or WillNotPass."""
    return drop_pieces(folder, name, (content,))


def drop_pieces(folder: Path, name: str, pieces: Iterable[bytes]) -> Path:
    """The same for a file that comes piece by piece."""
    target = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_file():
            _pour(pieces, target)  # a pipe or a device: nothing may take its place
        else:
            _write_whole(target.resolve(), pieces)
    except OSError as error:
        raise trouble(f"cannot write to the folder {folder}", error, _MAY_PASS) from error
    return target


def _pour(pieces: Iterable[bytes], target: Path) -> None:
    with target.open("wb") as file:
        file.writelines(pieces)


def _write_whole(target: Path, pieces: Iterable[bytes]) -> None:
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        _let_read(Path(part), target)
        Path(part).replace(target)
    finally:
        Path(part).unlink(missing_ok=True)


def _let_read(part: Path, target: Path) -> None:
    """Whoever could read the file that is there, such as a resolver, can read the next one."""
    if not target.exists():
        part.chmod(_NEW)
        return
    before = target.stat()
    with suppress(PermissionError):  # to another group than one's own only root may
        os.chown(part, -1, before.st_gid)
    part.chmod(stat.S_IMODE(before.st_mode))
