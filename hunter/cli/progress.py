"""Progress bars, on standard error when a person looks at it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from hunter.backfill import Stretch
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
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    numbers = TextColumn(f"{{task.completed:,.0f}} of {{task.total:,.0f}} {what}")
    with Progress(
        BarColumn(), numbers, TimeRemainingColumn(), console=Console(stderr=True)
    ) as shown:
        task = shown.add_task("", total=0)

        def draw(done: int, everything: int) -> None:
            if done % _SELDOM == 0 or done == everything:
                shown.update(task, completed=done, total=everything)

        yield draw


@contextmanager
def drawn(logs: int) -> "Iterator[Draw]":
    """Yield what is to be called with each log's progress, over several logs."""
    if not sys.stderr.isatty():
        yield lambda _log, _stretch: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    entries = TextColumn("{task.completed:,.0f} of {task.total:,.0f} entries")
    finished = TextColumn("{task.fields[finished]} of {task.fields[logs]} logs")
    columns = (BarColumn(), entries, finished, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
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
