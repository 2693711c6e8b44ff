"""Jobs that fail: said once and not at every round, and said again when they work."""

from collections.abc import Callable, Iterable

import structlog

from hunter.errors import HunterError, WillPass, YoursToFix
from hunter.model import Report
from hunter.pipeline import Hunt
from hunter.store import reports

log = structlog.get_logger()


class Faults:
    """Which jobs fail at present, and whether the store can still be told of it.

    `unwell` are the parts that were in trouble before the start. `end` is called when the store is
    damaged: `ruin` then says how.
    """

    def __init__(self, unwell: Iterable[str], end: Callable[[], None]) -> None:
        self._end = end
        # A source says by itself how it fares.
        self._failing = {part for part in unwell if part.startswith("job.")}
        self._store_trouble = ""
        self.ruin: YoursToFix | None = None

    def over(self, hunt: Hunt, job: str) -> None:
        """The job did its work."""
        part = reports.part_of(job)
        if part in self._failing:
            self._failing.discard(part)
            hunt.report(Report(part, healthy=True, message="works", at=hunt.now()))

    def forget(self, job: str) -> None:
        """It failed no more, and did no work either: what is wrong was said elsewhere."""
        self._failing.discard(reports.part_of(job))

    def add(self, hunt: Hunt, job: str, error: BaseException) -> None:
        """Say it in `hunter status` and, once and not at every round, in the journal."""
        part = reports.part_of(job)
        self._failing.add(part)
        passing = isinstance(error, WillPass)
        fault = f"a fault in hunter, see the journal: {type(error).__name__}: {error}"
        message = str(error) if passing else fault
        report = Report(part, healthy=False, message=message, at=hunt.now())
        try:
            news = reports.record(hunt.store, report)
            if news and passing:
                log.error("job failed", job=job, message=message)
            elif news:
                log.error("job failed", job=job, exc_info=error)
        except HunterError as unwell:
            self._of_store(unwell)

    def _of_store(self, unwell: HunterError) -> None:
        """The store itself is in trouble: only the journal can tell, once. Damage ends the hunt."""
        if str(unwell) != self._store_trouble:
            self._store_trouble = str(unwell)
            log.critical("store trouble", message=str(unwell))
        if isinstance(unwell, YoursToFix):
            self.ruin = unwell
            self._end()
