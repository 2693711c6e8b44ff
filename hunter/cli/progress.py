"""Progress bars, on standard error when a person looks at it."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    from rich.progress import Progress as Bar

    from hunter.backfill import Stretch
    from hunter.bulk import Progress as Read
    from hunter.ct.loglist import Log

Draw: TypeAlias = "Callable[[Log, Stretch], None]"
Count: TypeAlias = Callable[[int, int], None]

_SELDOM = 500
"""Things done between two looks at the bar: drawing must cost nothing beside the work."""


@contextmanager
def counted(what: str) -> Iterator[Count]:
    """Yield what is to be called with how many are done, and how many there are."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    with _bar(f"{{task.completed:,.0f}} of {{task.total:,.0f}} {what}") as shown:
        task = shown.add_task("", total=0)

        def draw(done: int, everything: int) -> None:
            if done % _SELDOM == 0 or done == everything:
                shown.update(task, completed=done, total=everything)

        yield draw


@contextmanager
def doing() -> "Iterator[Callable[[str], None]]":
    """Yield what is to be called with what is done now, of which nobody knows how long it takes."""
    if not sys.stderr.isatty():
        yield lambda _what: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("")
        yield lambda what: shown.update(task, description=escape(what))


@contextmanager
def read(files: "Sequence[Path]") -> "Iterator[Callable[[Read], None]]":
    """Yield what is to be called with how far they are read."""
    if not files or not sys.stderr.isatty():
        yield lambda _read: None
        return
    with _bar("{task.fields[names]:,} names") as shown:
        task = shown.add_task("", total=sum(file.stat().st_size for file in files), names=0)
        yield lambda read: shown.update(task, completed=read.taken, names=read.names)


@contextmanager
def drawn(logs: int) -> "Iterator[Draw]":
    """Yield what is to be called with each log's progress, over several logs."""
    if not sys.stderr.isatty():
        yield lambda _log, _stretch: None
        return
    entries = "{task.completed:,.0f} of {task.total:,.0f} entries"
    finished = "{task.fields[finished]} of {task.fields[logs]} logs"
    with _bar(entries, finished) as shown:
        task = shown.add_task("", total=0, finished=0, logs=logs)
        known: dict[str, Stretch] = {}

        def draw(log: "Log", stretch: "Stretch") -> None:
            known[log.url] = stretch
            shown.update(
                task,
                completed=sum(one.read for one in known.values()),
                total=sum(one.end - one.start for one in known.values()),
                finished=sum(one.is_done for one in known.values()),
            )

        yield draw


def _bar(*texts: str) -> "Bar":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), *map(TextColumn, texts), TimeRemainingColumn())
    # What is printed meanwhile goes above the bar, unless it goes to a file or a pipe.
    return Progress(*columns, console=Console(stderr=True), redirect_stdout=sys.stdout.isatty())
