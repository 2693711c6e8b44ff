"""The machine itself: its clock, its processor, and what hunter is built on and of."""

import ctypes
import platform
import sqlite3
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from hunter import __version__
from hunter.doctor.check import Check
from hunter.matching.loops import Loops
from hunter.matching.tables import LOOPS

_TIME_ERROR = 5
"""adjtimex(2): the clock is not synchronised."""
_TIMEX_BYTES = 512
"""More than `struct timex` has on any machine."""
_FEATURES = {"x86_64": ("sse4_2", "popcnt", "ssse3"), "aarch64": ("asimd",)}
"""What the built packages of numpy 2 and others take for granted (x86-64-v2; ARMv8)."""
_OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables."""


def checks(clock: int | None = None, cpu: Path = Path("/proc/cpuinfo")) -> Iterator[Check]:
    """Look at clock (its state by adjtimex, unless it is given), processor, versions, matcher."""
    yield _clock(_clock_state() if clock is None else clock)
    yield _processor(platform.machine(), cpu)
    yield from _versions()
    yield _matcher(LOOPS)


def _clock_state() -> int:
    """What adjtimex(2) says without changing anything; -1 where it cannot be asked."""
    try:
        adjtimex = ctypes.CDLL(None, use_errno=True).adjtimex
    except (OSError, AttributeError):
        return -1
    return int(adjtimex(ctypes.create_string_buffer(_TIMEX_BYTES)))


def _clock(state: int) -> Check:
    if state == _TIME_ERROR:
        hint = "let systemd-timesyncd or chrony keep it: timedatectl set-ntp true"
        return Check("clock", "", "nobody keeps it in step with the world's", hint)
    if state < 0:
        return Check("clock", "", "whether it is kept in step could not be found out")
    return Check("clock", "", "in step with a time server")


def _processor(kind: str, cpu: Path) -> Check:
    try:
        words = set(cpu.read_text(encoding="utf-8", errors="replace").split())
    except OSError:
        return Check("processor", kind, "its features could not be found out")
    missing = [feature for feature in _FEATURES.get(kind, ()) if feature not in words]
    if missing:
        hint = "use a machine, or a virtual processor type, of x86-64-v2 or later"
        return Check("processor", kind, f"it lacks {', '.join(missing)}", hint)
    return Check("processor", kind, "has what is needed")


def _versions() -> Iterator[Check]:
    python = platform.python_version()
    yield Check("version", "", f"hunter {__version__}, Python {python}, {platform.platform()}")
    found = sqlite3.sqlite_version
    old = sqlite3.sqlite_version_info < _OLDEST_SQLITE
    hint = "use a Python that is built with SQLite 3.37 or later" if old else ""
    yield Check("version", "SQLite", found, hint)
    for package in metadata.requires("hunter") or ():
        if "extra ==" not in package and (missing := _missing(package)):
            hint = "install again: pip install -r requirements.lock"
            yield Check("version", missing, "this package is missing", hint)


def _matcher(loops: Loops) -> Check:
    if loops is Loops.OUTDATED:
        hint = "install again, as after each update of a checkout: pip install --no-deps -e ."
        return Check("matcher", "", "compiled from older sources, and left out: it is slower", hint)
    if loops is Loops.ABSENT:
        return Check("matcher", "", "not compiled: it finds the same, several times slower")
    return Check("matcher", "", "compiled")


def _missing(requirement: str) -> str:
    """The name in a requirement (PEP 508) when no such package is installed."""
    name = next(
        (requirement[:at] for at, char in enumerate(requirement) if char in "<>=!~[; ("),
        requirement,
    )
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return name
    return ""
