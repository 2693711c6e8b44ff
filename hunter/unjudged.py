"""Domains that a fault in hunter keeps from being judged: lookalikes that nobody would hear of."""

from collections.abc import Callable
from datetime import datetime

from hunter import names
from hunter.model import Report
from hunter.store import Store, reports, sightings

PART = "job.judge"


def judge_again(store: Store) -> None:
    """At a start: which domains there were is not kept, so that all are judged to see."""
    if PART in reports.unwell(store):
        sightings.judge_all(store)


class Unjudged:
    """What the judgements since the start tell."""

    def __init__(self) -> None:
        self._domains: set[str] = set()

    def note(self, domain: str, *, judged: bool) -> None:
        """What came of a domain; it is judged again after its next look-up."""
        if judged:
            self._domains.discard(domain)
        else:
            self._domains.add(domain)

    def tell(self, store: Store, report: Callable[[Report], None], at: datetime) -> None:
        """Report that there are such domains; and that there are none, where that is an end.

        While others wait to be judged, one of them may be.
        """
        if self._domains:
            count, one = len(self._domains), names.defang(min(self._domains))
            what = f"a fault in hunter, see the journal; domains not judged: {count}, such as {one}"
            report(Report(PART, healthy=False, message=what, at=at))
        elif PART in reports.unwell(store) and not sightings.to_judge(store, 1):
            report(Report(PART, healthy=True, message="works", at=at))
