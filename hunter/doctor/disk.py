"""What lies on this machine's disk: the state folder, the database, secrets and lists."""

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import BaseModel

from hunter.config import Config
from hunter.doctor.check import Check
from hunter.errors import WillNotPass, WillPass, YoursToFix
from hunter.net.hook import is_safe
from hunter.net.secret import is_handed_on, read_secret
from hunter.net.trust import trusting
from hunter.net.urls import is_web
from hunter.notice import how_many
from hunter.paths import is_file, is_folder, is_there, may_be_there
from hunter.store import upkeep
from hunter.written import holds_places

SECRET = "secret"  # noqa: S105
_LET_HAND_ON = (
    "a LoadCredential line of the unit hands it on: name it here as"
    " /run/credentials/hunter.service/NAME"
)
_LEAST_FREE = 1 << 30
_SLACK = timedelta(minutes=5)


def checks(config: Config, now: datetime) -> Iterator[Check]:
    """Look at folders, the database, and every file the config names."""
    yield from _folder(config.store.parent)
    yield from _database(config.store, now)
    yield from _all_files(config)


def _all_files(config: Config) -> Iterator[Check]:
    for family, name, settings in config.parts():
        yield from _files(f"{family}.{name}", settings, config.store.parent)


def secrets(config: Config) -> Iterator[Check]:
    """Look into every file that holds a secret, and nowhere else."""
    return (check for check in _all_files(config) if check.name == SECRET)


def _folder(folder: Path) -> Iterator[Check]:
    if not may_be_there(folder):
        yield Check("state folder", str(folder), "is made when hunter starts")
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        hint = "run this as the user hunter runs as, or set [store] folder"
        yield Check("state folder", str(folder), "cannot be written to", hint)
    elif folder.stat().st_mode & stat.S_IRWXO:
        hint = f"chmod 0700 {folder}"
        yield Check("state folder", str(folder), "everybody on this machine may enter it", hint)
    else:
        yield Check("state folder", str(folder), "hunter's own")
    if is_folder(folder):  # and not below one that is closed to us
        yield _space(folder)


def _space(folder: Path) -> Check:
    """Room for a backup of what is there, and then some."""
    free = shutil.disk_usage(folder).free
    used = sum(file.stat().st_size for file in folder.glob("hunter.db*"))
    said = f"{free / 1e9:.1f} GB free, the database has {used / 1e9:.1f} GB"
    short = free < max(_LEAST_FREE, used)
    hint = "make room: a backup needs as much again; see [store] keep" if short else ""
    return Check("disk", str(folder), said, hint)


def _database(path: Path, now: datetime) -> Iterator[Check]:
    if not may_be_there(path):
        yield Check("database", str(path), "is made when hunter starts")
        return
    if not is_there(path):
        return  # what the folder's own line says of it is all that can be known
    if not is_file(path):
        hint = "move it away, or name another folder in [store]"
        yield Check("database", str(path), "is no file, as hunter's store is", hint)
        return
    yield from _owner(path)
    found = _condition(path)
    yield found
    newest = upkeep.last_report(path) if found.good else None
    if newest and newest > now + _SLACK:
        hint = "set the clock right; what came at a wrong time will look new for too long"
        said = f"the database holds a report of {newest:%Y-%m-%d %H:%M}, later than now"
        yield Check("clock", "", said, hint)


def _owner(path: Path) -> Iterator[Check]:
    """What root copied there by hand is root's: to read it is enough for all but the daemon.

    Where the folder is root's, it is by its group that hunter may write there.
    """
    owner = path.parent.stat().st_uid
    if owner and path.stat().st_uid != owner:
        said = "does not belong to whom its folder belongs, who cannot write to it then"
        yield Check("database", str(path), said, f"chown --reference={path.parent} {path}")


def _condition(path: Path) -> Check:
    try:
        faults = upkeep.faults(path)
    except WillPass as error:
        hint = "make room, or look after the disk; no backup is needed for that"
        return Check("database", str(path), str(error), hint)
    except YoursToFix as error:
        return Check("database", str(path), error.faults[0].message, error.faults[0].hint)
    if faults:
        hint = "stop hunter and restore a backup: hunter restore FILE"
        return Check("database", str(path), "; ".join(faults[:3]), hint)
    if not upkeep.is_hunters(path):
        hint = "restore a backup: hunter restore FILE; or is [store] folder right?"
        return Check("database", str(path), "holds nothing that hunter wrote", hint)
    if upkeep.is_newer(path):
        hint = "install that version again, or restore a backup made before the upgrade"
        return Check("database", str(path), "was written by a newer hunter", hint)
    return Check("database", str(path), f"whole: {_sizes(path)}")


def _sizes(path: Path) -> str:
    sizes = upkeep.sizes(path)
    return ", ".join(f"{how_many(one.rows, one.noun)} ({one.bytes / 1e6:,.1f} MB)" for one in sizes)


def _files(part: str, settings: BaseModel, state: Path) -> Iterator[Check]:
    for key, value in settings:
        is_place = holds_places(type(settings).model_fields[key])
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, BaseModel):
                yield from _files(part, one, state)
            elif isinstance(one, Path):
                yield from _file(part, key, one, state)
            elif is_place and one and not is_web(one):
                yield from _file(part, key, Path(one), state)


def _file(part: str, key: str, path: Path, state: Path) -> Iterator[Check]:
    if key.endswith("_file"):
        yield _secret(part, key, path, state)
    elif key == "folder":
        yield _outbound(part, path)
    elif is_there(path) and not is_file(path) and not is_folder(path):
        said = f"{path} is neither file nor folder"
        yield Check("file", part, said, f"mend {key} of [{part}]")
    elif key == "ca_bundle":
        yield from _bundle(part, path)
    elif not is_there(path) and not set("*?[") & set(path.name):
        yield _unseen(part, key, path)


def _unseen(part: str, key: str, path: Path) -> Check:
    if may_be_there(path):
        said = f"{path} stands in a folder that is closed to you"
        return Check("file", part, said, "run this as root (sudo)")
    address = "" if path.is_absolute() else "; an address begins with https://"
    return Check("file", part, f"{path} is missing", f"mend {key} of [{part}]{address}")


def _secret(part: str, key: str, path: Path, state: Path) -> Check:
    try:
        secret = read_secret(path)
        found = path.stat()
    except (WillPass, WillNotPass, OSError) as error:
        closed = isinstance(error.__cause__, PermissionError)
        hint = "run this as root (sudo)" if closed else "put the secret alone into it, on one line"
        return Check(SECRET, part, str(error), hint)
    if key.endswith("url_file") and not is_safe(secret):
        hint = "write the URL into it that the service gave you, from https:// on"
        return Check(SECRET, part, f"{path} holds no https:// URL", hint)
    if is_handed_on(path):
        return Check(SECRET, part, f"{path} is for hunter alone")
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Check(SECRET, part, f"others may read {path}", f"chmod 0600 {path}")
    if _is_anothers(found.st_uid, state):
        said = f"{path} is for its owner alone, and that is not who hunter runs as"
        return Check(SECRET, part, said, _LET_HAND_ON)
    return Check(SECRET, part, f"{path} is for hunter alone")


def _is_anothers(owner: int, state: Path) -> bool:
    """Whether hunter is another's, as the state folder tells, and no root, who may read all."""
    return is_folder(state) and state.stat().st_uid not in (0, owner)


def _bundle(part: str, path: Path) -> Iterator[Check]:
    try:
        trusting(path)
    except (WillPass, WillNotPass) as error:
        yield Check("file", part, str(error), f"mend ca_bundle of [{part}]")


def _outbound(part: str, folder: Path) -> Check:
    hint = f"remove folder from [{part}] when you have looked at enough of them"
    return Check("channel", part, f"writes into {folder} and sends nothing", hint)
