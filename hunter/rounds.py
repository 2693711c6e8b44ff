"""Work that comes round again and again. The only user of APScheduler."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

Scheduler: TypeAlias = Any
"""APScheduler has no types."""


def scheduler() -> Scheduler:
    """One that begins nothing until it is started."""
    return AsyncIOScheduler(timezone="UTC")


def schedule(
    to: Scheduler,
    name: str,
    work: Callable[[], Awaitable[None]],
    every: timedelta,
    *,
    first: datetime,
    at_once: int = 1,
) -> None:
    """Let the work begin at a moment and then again after every so long.

    `at_once` is how many rounds of it may go on side by side.
    """
    to.add_job(
        partial(_round, work),
        _Every(every),
        id=name,
        next_run_time=first,
        misfire_grace_time=None,
        coalesce=True,
        max_instances=at_once,
    )


async def _round(work: Callable[[], Awaitable[None]]) -> None:
    """One round of it. One that is ended has not failed, as APScheduler would have it."""
    with suppress(asyncio.CancelledError):
        await work()


def not_later(those_of: Scheduler, name: str, at: datetime) -> None:
    """Let the next round of it begin at that moment, unless it does so sooner."""
    job = those_of.get_job(name)
    if job is not None:
        job.modify(next_run_time=min(job.next_run_time, at))


def not_sooner(those_of: Scheduler, name: str, at: datetime) -> None:
    """Let the next round of it begin at that moment, unless it does so later."""
    job = those_of.get_job(name)
    if job is not None:
        job.modify(next_run_time=max(job.next_run_time, at))


def set_back(those_of: Scheduler, by: timedelta) -> None:
    """Let every round begin so much sooner."""
    for job in those_of.get_jobs():
        job.modify(next_run_time=job.next_run_time - by)


class _Every(BaseTrigger):  # type: ignore[misc]
    """Leaves out what was missed.

    APScheduler's own counts it out, round by round: when the clock has leapt by years, as on a
    machine without a battery or in a VM that was paused, for minutes and in gigabytes.
    """

    def __init__(self, so_long: timedelta) -> None:
        self.so_long = so_long

    def get_next_fire_time(self, before: datetime | None, now: datetime) -> datetime:
        return now if before is None else max(now, before + self.so_long)
