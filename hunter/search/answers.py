"""What is told of each domain that a search found: its facts now, what it imitates, its alert."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from hunter.known import dossier_of
from hunter.model import AlertState, Value
from hunter.store import Store, alerts, sightings

Row = Mapping[str, Value | tuple[Value, ...]]


def answers(store: Store, domains: Iterable[str], at: datetime) -> Iterator[Row]:
    """A row of fields for each domain: the dossier's, and those of its likest match and alert."""
    for domain in domains:
        fields = dict(dossier_of(store, domain, at).fields)
        yield {**fields, **_likest(store, domain), **standing(store, domain)}


def _likest(store: Store, domain: str) -> Row:
    best = max(sightings.best_matches(store, domain), key=lambda one: one.confidence, default=None)
    if best is None:
        return {}
    confidence = round(best.confidence, 3)
    return {"brand": best.brand, "technique": best.technique, "confidence": confidence}


def standing(store: Store, domain: str) -> Row:
    """Severity and state of its alert: of one that nobody dismissed, where there is one."""
    found = sorted(
        alerts.about(store, domain),
        key=lambda one: (one.state is not AlertState.DISMISSED, one.severity),
    )
    return {"severity": str(found[-1].severity), "state": str(found[-1].state)} if found else {}
