"""A log list and its signature in one zip archive, as Chrome publishes them together as well.

Source: certificate-transparency-community-site docs/google/known-logs.md.
"""

import zipfile
from io import BytesIO

from hunter.ct.loglist import MOST_BYTES, BadLogList
from hunter.hostile_zip import FAULTS

_MOST = 2 << 20
"""Bytes of an archive, which is 60 KB: its directory is read at once."""


def unpacked(content: bytes) -> tuple[bytes, bytes]:
    """The list and its signature; raises BadLogList where that is no archive of the two."""
    if len(content) > _MOST:
        raise BadLogList("longer than any archive of a log list")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _only(archive, ".json"), _only(archive, ".sig")
    except FAULTS as error:
        raise BadLogList(f"no archive of a log list: {error}") from error


def _only(archive: zipfile.ZipFile, ending: str) -> bytes:
    names = [name for name in archive.namelist() if name.endswith(ending)]
    if len(names) != 1:
        raise ValueError(f"it holds {len(names)} files *{ending}")
    with archive.open(names[0]) as member:
        return member.read(MOST_BYTES)
