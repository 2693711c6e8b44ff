"""Where feeds are: files, folders and patterns on this machine, and URLs that name a day."""

import base64
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from hunter.paths import readable_to_its_end

_UNFINISHED = (".part", ".tmp", ".swp", ".crdownload", "~")
MOST_FILES = 10_000
"""Of one folder, that are looked at every few seconds."""
_DAY = re.compile(r"%[Ymd]")
_BASE64 = re.compile(r"\{base64:([^}]*)\}")

# AFNIC gives out the names created on a day the morning after, and keeps them a week.
_AFNIC = "https://www.afnic.fr/wp-media/ftp/domaineTLD_Afnic/%Y%m%d_CREA_{tld}.txt"
_AFNIC_TLDS = ("fr", "re", "pm", "tf", "wf", "yt")
_WHOISDS = "https://www.whoisds.com/whois-database/newly-registered-domains"

PRESETS = {
    **{f"afnic-{tld}": _AFNIC.replace("{tld}", tld) for tld in _AFNIC_TLDS},
    "whoisds": f"{_WHOISDS}/{{base64:%Y-%m-%d.zip}}/nrd",
}
"""Feeds that anyone may download, by name."""


def files_at(path: Path) -> list[Path]:
    """The file itself, the finished files of a folder, or those that a pattern fits, by name.

    Raises OSError when there is nothing at `path`.
    """
    if path.is_dir():
        found: Iterator[Path] = path.iterdir()
    elif any(mark in path.name for mark in "*?["):
        found = path.parent.glob(path.name)
    else:
        return [readable_to_its_end(path)]
    return sorted(file for file in found if _is_list(file))


def newest(files: list[Path]) -> list[Path]:
    """As many as are looked at, those that were changed last, in the order that they had."""
    kept = sorted(files, key=_changed)[-MOST_FILES:]
    return sorted(kept)


def _changed(file: Path) -> float:
    """When; one that has just gone away is the oldest."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def _is_list(file: Path) -> bool:
    return not file.name.startswith(".") and not file.name.endswith(_UNFINISHED) and file.is_file()


def urls_of(pattern: str, today: date, days_back: int) -> Iterator[tuple[str, date | None]]:
    """What to download, oldest first, with the day it is about where the pattern names one.

    Of a list of several days, such as a month's, that is the last of these so far. `%Y`, `%m` and
    `%d` stand for the day; `{base64:...}` is encoded after they are filled in.
    """
    if not is_of_days(pattern):
        yield _encoded(pattern), None
        return
    days = (today - timedelta(days=back) for back in range(days_back, -1, -1))
    yield from {_encoded(_on(day, pattern)): day for day in days}.items()


def is_of_days(pattern: str) -> bool:
    """Whether each day has a list of its own."""
    return bool(_DAY.search(pattern))


def stale_after(pattern: str) -> timedelta | None:
    """After how long a list of each day is stale: on the day after the next."""
    return timedelta(days=2) if "%d" in pattern else None


def _on(day: date, pattern: str) -> str:
    return _DAY.sub(lambda code: day.strftime(code[0]), pattern)


def _encoded(pattern: str) -> str:
    return _BASE64.sub(lambda text: base64.b64encode(text[1].encode()).decode(), pattern)
