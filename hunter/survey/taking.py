"""Read a span of time from the store."""

from collections.abc import Iterator
from datetime import datetime

from hunter import incidents
from hunter.config import Config
from hunter.store import Store, alerts, reports, spans, takedowns
from hunter.survey.figures import MOST_ALERTS, MOST_INCIDENTS, Part, Survey


def take(store: Store, config: Config, since: datetime, until: datetime, now: datetime) -> Survey:
    """Everything that a report about the span tells; how parts fare is as of now."""
    found, others = alerts.of_span(store, since, until, MOST_ALERTS)
    domains = {alert.domain for alert in found} | {alert.domain for alert in others}
    first = incidents.gravest(store, config.brands, now, among=domains, most=MOST_INCIDENTS)
    parts = tuple(_parts(store))
    told = {part.report.part for part in parts}
    return Survey(
        since=since,
        until=until,
        written_at=now,
        brands=tuple(brand.domain for brand in config.brands),
        parts=parts,
        silent=tuple(sorted(_configured(config) - told)),
        names=spans.names_by_source(store, since, until),
        lookalikes=spans.lookalikes(store, since, until),
        alerts=found,
        known=spans.known(store, domains),
        incidents=first[0],
        letters=tuple(one for one in takedowns.listed(store) if since <= one.at < until),
        language=config.language,
        more_incidents=first[1] - len(first[0]),
        more_alerts=others,
    )


def _parts(store: Store) -> Iterator[Part]:
    off = reports.switched_off(store)
    for standing in reports.standings(store):
        report = standing.report
        why = off.get(report.part) or off.get(f"{report.part}:{report.subject}", "")
        yield Part(report, standing.since, why)


def _configured(config: Config) -> set[str]:
    return {
        f"{family}.{name}"
        for family in ("sources", "notifiers")
        for name in getattr(config, family)
    }
