"""`hunter status`: what is watched, how each part fares, what waits."""

from typing import TYPE_CHECKING, Any

import typer

from hunter.cli.output import NOTHING_FOUND, ConfigOption, JsonOption, json_line, load_config, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hunter.config import Config
    from hunter.store import Store


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(status)


def status(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Say what is watched and how each part fares. Exits 1 when a part is in trouble."""
    from hunter.store import Store

    settings = load_config(config)
    with Store(settings.store) as store:
        rows = [*_watched(settings, store), *_parts(settings, store), *_queues(store)]
    for row in rows:
        if as_json:
            json_line(row)
        else:
            say("  ".join(f"{value}" for value in row.values() if value not in ("", None)))
    if any(row.get("state") in ("trouble", "off") for row in rows):
        raise typer.Exit(NOTHING_FOUND)


def _watched(settings: "Config", store: "Store") -> "Iterator[dict[str, Any]]":
    from hunter.model import AlertState
    from hunter.store import alerts

    for brand in settings.brands:
        found = alerts.listed(store, brand=brand.domain)
        new = sum(alert.state == AlertState.NEW for alert in found)
        text = f"{len(found)} alerts, {new} of them new"
        yield {"kind": str(brand.kind), "name": brand.domain, "message": text}


def _parts(settings: "Config", store: "Store") -> "Iterator[dict[str, Any]]":
    from hunter.store import reports

    off = reports.switched_off(store)
    told = set()
    for standing in reports.standings(store):
        report = standing.report
        told.add(report.part)
        is_off = report.part in off or f"{report.part}:{report.subject}" in off
        state = "off" if is_off else "good" if report.healthy else "trouble"
        yield {
            "kind": "part",
            "name": report.part,
            "subject": report.subject,
            "state": state,
            "since": standing.since.isoformat(timespec="seconds"),
            "message": report.message,
        }
    for family in ("sources", "notifiers"):
        for name in getattr(settings, family):
            if f"{family}.{name}" not in told:
                message = "has not reported yet"
                yield {"kind": "part", "name": f"{family}.{name}", "message": message}


def _queues(store: "Store") -> "Iterator[dict[str, Any]]":
    from hunter.hunting import utc_now
    from hunter.store import outbox, sightings

    waiting = len(sightings.due(store, utc_now(), 100_000))
    yield {"kind": "queue", "name": "enrich", "message": f"{waiting} domains due"}
    for channel, states in outbox.counts(store).items():
        text = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        yield {"kind": "queue", "name": channel, "message": text}
