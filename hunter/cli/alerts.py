"""`hunter alerts`: see them and say what you make of them."""

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.asked import level, state_or_none
from hunter.cli.output import (
    ConfigOption,
    JsonOption,
    domain_of,
    json_line,
    load_config,
    nothing_found,
    say,
    shown,
    table,
)

if TYPE_CHECKING:
    from pathlib import Path

    from hunter.model import Alert, AlertState

app = typer.Typer(
    help="See alerts, and say what you make of them.", no_args_is_help=True, rich_markup_mode=None
)

Domain = Annotated[str, typer.Argument(help="The registrable domain the alert is about.")]
Why = Annotated[str, typer.Option("--why", help="For those who look later.")]


@app.command("list")
def list_alerts(
    config: ConfigOption = None,
    brand: Annotated[str | None, typer.Option(help="Only this brand's.")] = None,
    state: Annotated[str | None, typer.Option(help="new, acknowledged, dismissed, ...")] = None,
    minimum: Annotated[str, typer.Option(help="Lowest severity.")] = "informational",
    as_json: JsonOption = False,
) -> None:
    """List the alerts, gravest first."""
    from hunter.names import defang
    from hunter.store import Store, alerts

    wanted, least = state_or_none(state), level(minimum)
    with Store(load_config(config).store) as store:
        found = alerts.listed(store, brand=brand, state=wanted, minimum=least)
    if not found:
        raise nothing_found("there are no such alerts", as_json=as_json)
    if as_json:
        for alert in found:
            json_line(_row(alert))
        return
    table(
        ("severity", "domain", "brand", "technique", "state", "since", "rules"),
        [
            (
                str(alert.severity),
                defang(alert.domain),
                alert.brand,
                alert.match.technique,
                alert.state,
                f"{alert.opened_at:%Y-%m-%d}",
                "; ".join(finding.title for finding in alert.findings),
            )
            for alert in found
        ],
    )


@app.command()
def show(domain: Domain, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Show all there is about the alerts on DOMAIN."""
    from hunter.names import defang

    for alert in _about(domain, config):
        if as_json:
            json_line(_row(alert) | {"transitions": alert.transitions, "match": alert.match})
            continue
        say(f"{defang(alert.domain)} imitates {alert.brand}: {alert.severity}, {alert.state}")
        say(f"  {alert.match.reason}")
        for finding in alert.findings:
            evidence = ", ".join(f"{one.field} {shown(one.value)}" for one in finding.evidence)
            say(f"  [{finding.level}] {finding.title}: {evidence}")
            say(f"      {finding.wording}")
        for step in alert.transitions:
            say(f"  {step.at:%Y-%m-%d %H:%M} {step.kind} ({step.actor}): {step.text}")


@app.command()
def ack(domain: Domain, why: Why = "", config: ConfigOption = None) -> None:
    """Say that you have seen the alerts on DOMAIN and deal with them."""
    from hunter.model import AlertState

    _set_state(domain, AlertState.ACKNOWLEDGED, why, config)


@app.command()
def dismiss(domain: Domain, why: Why = "", config: ConfigOption = None) -> None:
    """Say that DOMAIN is harmless; hunter speaks of it again only if it grows graver."""
    from hunter.model import AlertState

    _set_state(domain, AlertState.DISMISSED, why, config)


def _set_state(domain: str, state: "AlertState", why: str, config: "Path | None") -> None:
    from hunter.hunting import utc_now
    from hunter.store import Store, alerts

    actor = getpass.getuser()
    domain = domain_of(domain)
    with Store(load_config(config).store) as store:
        found = alerts.about(store, domain)
        for alert in found:
            alerts.set_state(store, alert, state, why=why, actor=actor, now=utc_now())
    if not found:
        raise nothing_found(f"there is no alert on {domain}", as_json=False)
    say(f"{domain}: {state}")


def _about(domain: str, config: "Path | None") -> "tuple[Alert, ...]":
    from hunter.store import Store, alerts

    domain = domain_of(domain)
    with Store(load_config(config).store) as store:
        found = alerts.about(store, domain)
    if not found:
        raise nothing_found(f"there is no alert on {domain}", as_json=False)
    return found


def _row(alert: "Alert") -> dict[str, object]:
    return {
        "domain": alert.domain,
        "brand": alert.brand,
        "severity": str(alert.severity),
        "score": alert.score,
        "state": alert.state,
        "technique": alert.match.technique,
        "confidence": alert.match.confidence,
        "reason": alert.match.reason,
        "opened_at": alert.opened_at,
        "updated_at": alert.updated_at,
        "rules": [finding.title for finding in alert.findings],
    }
