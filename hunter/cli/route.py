"""`hunter alerts route`: who would be told of news about a domain, when, and why not."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from hunter.cli import asked, completing
from hunter.cli.output import (
    ConfigOption,
    JsonOption,
    domain_of,
    existing_store,
    in_letters,
    json_line,
    load_config,
    no_alert,
    say,
    shown,
    suspect,
    table,
)

if TYPE_CHECKING:
    from hunter.model import Alert, Subscriber
    from hunter.routing import Leg

_OBSTACLES = {
    "brand": "told of other brands only",
    "severity": "told from {minimum} on, and this is {severity}",
    "elsewhere": "told of the same domain in the alert about another brand",
    "transitions": "not told when an alert is {kind}",
}

_LIMITS = {
    "an_hour": "but an_hour of the channel is reached: after a pause, with what else waits",
    "half": "but half of a_day of the channel is gone: after a longer pause, with what else waits",
    "a_day": "but a_day of the channel is reached: the next day, with what else waits",
}


def register(alerts: typer.Typer) -> None:
    """Add the command to the group."""
    alerts.command()(route)


def route(
    domain: Annotated[
        str, typer.Argument(metavar="DOMAIN", help="The registrable domain the alert is about.")
    ],
    severity: Annotated[
        str,
        typer.Option(
            metavar="LEVEL",
            help="As if the alert had this severity.",
            autocompletion=completing.levels,
        ),
    ] = "",
    transition: Annotated[
        str,
        typer.Option(
            metavar="KIND",
            help="As if this happened: opened, raised, ...",
            autocompletion=completing.transitions,
        ),
    ] = "",
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Explain who would be told of news about DOMAIN now.

    On which channel, when, and why not.
    """
    for alert, kind, legs in _legs(domain, severity, transition, config):
        if as_json:
            for leg in legs:
                json_line(_row(alert, kind, leg))
            continue
        brand = shown(in_letters(alert.brand))
        how = "linked to lookalikes" if alert.match.is_linked else "lookalike"
        say(f"{suspect(alert.domain)}, {how} of {brand}: {alert.severity}, {kind}")
        rows = (_line(alert, kind, leg) for leg in legs)
        table(("subscriber", "channel", "told", "when", "why"), rows)


def _legs(
    domain: str, severity: str, transition: str, config: Path | None
) -> "Iterator[tuple[Alert, str, tuple[Leg, ...]]]":
    from dataclasses import replace

    from hunter import routing
    from hunter.clock import utc_now
    from hunter.store import alerts

    domain, settings = domain_of(domain), load_config(config)
    given = asked.level(severity, "--severity") if severity else None
    kind = asked.transition(transition) if transition else ""
    with existing_store(settings.store) as store:
        found = alerts.about(store, domain)
        if not found:
            raise no_alert(store, domain)
        for alert in found:
            news = kind or _next(alert)
            as_if = replace(alert, severity=alert.severity if given is None else given)
            legs = routing.explain(store, settings, as_if, [news], utc_now())
            yield as_if, news, legs


def _next(alert: "Alert") -> str:
    """The news that hunter may bring next: as the last, unless that was a person's word."""
    from hunter.model import DONE, REOPENED, AlertState

    if alert.state in DONE:
        return REOPENED
    last = alert.transitions[-1].kind
    return "raised" if last in list(AlertState) else last


def _line(alert: "Alert", kind: str, leg: "Leg") -> tuple[str, ...]:
    subscriber = leg.route.subscriber
    told = "no" if leg.route.obstacle else "held" if leg.off else "yes"
    when = "" if told == "no" else _when(leg.sent_at, subscriber)
    return subscriber.name, leg.channel, told, when, _why(alert, kind, leg)


def _when(at: datetime, subscriber: "Subscriber") -> str:
    """On the subscriber's own clock."""
    return f"{at.astimezone(ZoneInfo(subscriber.zone)):%Y-%m-%d %H:%M} {subscriber.zone}"


def _why(alert: "Alert", kind: str, leg: "Leg") -> str:
    subscriber = leg.route.subscriber
    if leg.route.obstacle:
        return _OBSTACLES[leg.route.obstacle].format(
            minimum=subscriber.minimum, severity=alert.severity, kind=kind
        )
    if leg.off:
        return f"the channel is switched off: {leg.off}"
    if leg.limit:
        return f"{_rhythm(leg)}; {_LIMITS[leg.limit]}"
    quiet = leg.sent_at != leg.route.due_at
    return f"{_rhythm(leg)}; after the quiet hours" if quiet else _rhythm(leg)


def _rhythm(leg: "Leg") -> str:
    subscriber = leg.route.subscriber
    if leg.route.urgent:
        return f"urgent from {subscriber.urgent} on: no digest and no quiet hours"
    return f"{subscriber.rhythm} digest" if subscriber.rhythm != "at once" else "at once"


def _row(alert: "Alert", kind: str, leg: "Leg") -> dict[str, object]:
    return {
        "domain": alert.domain,
        "brand": alert.brand,
        "severity": alert.severity,
        "transition": kind,
        "subscriber": leg.route.subscriber.name,
        "channel": leg.channel,
        "told": leg.route.told and not leg.off,
        "obstacle": leg.route.obstacle,
        "switched_off": leg.off,
        "urgent": leg.route.urgent,
        "at": leg.sent_at if leg.route.told else None,
        "why": _why(alert, kind, leg),
    }
