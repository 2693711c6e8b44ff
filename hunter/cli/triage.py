"""`hunter alerts ack, escalate, confirm, dismiss, close, reopen`: say what you make of an alert."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.asked import until_moment, who
from hunter.cli.dismissal import KeepOption, ReasonOption, propose, reason_of, refuse_what_is_there
from hunter.cli.output import (
    ConfigOption,
    domain_of,
    existing_store,
    load_config,
    no_alert,
    say,
    shown,
)

if TYPE_CHECKING:
    from datetime import datetime

    from hunter.model import Alert, AlertState

Domains = Annotated[
    list[str],
    typer.Argument(
        metavar="DOMAIN", help="The registrable domains the alerts are about: all of them or none."
    ),
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="For those who look later.")]


def register(alerts: typer.Typer) -> None:
    """Add the commands to the group, in the order in which an alert's life goes."""
    commands: tuple[Callable[..., None], ...] = (ack, escalate, confirm, dismiss, close, reopen)
    for command in commands:
        alerts.command()(command)


def ack(domains: Domains, why: Why = "", config: ConfigOption = None) -> None:
    """Say that you have seen the alerts on DOMAIN and deal with them."""
    from hunter.model import AlertState

    _move(domains, AlertState.ACKNOWLEDGED, why, config)


def escalate(domains: Domains, why: Why = "", config: ConfigOption = None) -> None:
    """Say that somebody else must look at DOMAIN, and why."""
    from hunter.model import AlertState

    _move(domains, AlertState.ESCALATED, why, config)


def confirm(domains: Domains, why: Why = "", config: ConfigOption = None) -> None:
    """Say that DOMAIN was made to deceive.

    Exports and takedown letters then say so too.
    """
    from hunter.model import AlertState

    _move(domains, AlertState.CONFIRMED, why, config)


def dismiss(
    domains: Domains,
    reason: ReasonOption = "",
    why: Why = "",
    keep: KeepOption = None,
    until: Annotated[
        str, typer.Option(metavar="WHEN", help="New again after that: 2017-04-24, or 30d from now.")
    ] = "",
    config: ConfigOption = None,
) -> None:
    """Say that DOMAIN is harmless.

    hunter speaks of it again only if it grows graver or is registered anew, or where a host alone
    imitated, for another host. With --reason, also see the narrowest filter that would have kept it
    silent, and what else that filter would silence of all that was seen. Nothing is put in force.
    """
    from hunter.clock import utc_now
    from hunter.model import AlertState

    because, named = reason_of(reason, keep), _named(domains)
    if because:
        refuse_what_is_there(named, because, keep, config)
    end = until_moment(until, utc_now()) if until else None
    said = ": ".join(filter(None, (because, why)))
    _move(named, AlertState.DISMISSED, said, config, end)
    if because:
        propose(named, because, keep, config)


def close(domains: Domains, why: Why = "", config: ConfigOption = None) -> None:
    """Say that DOMAIN is dealt with.

    hunter speaks of it again only if it grows graver or is registered anew, or where a host alone
    imitated, for another host.
    """
    from hunter.model import AlertState

    _move(domains, AlertState.CLOSED, why, config)


def reopen(domains: Domains, why: Why = "", config: ConfigOption = None) -> None:
    """Take back that DOMAIN was dismissed or closed.

    Its alerts are new again.
    """
    from hunter.model import AlertState

    _move(domains, AlertState.NEW, why, config)


def _move(
    domains: Sequence[str],
    state: "AlertState",
    why: str,
    config: Path | None,
    until: "datetime | None" = None,
) -> None:
    from hunter import triage
    from hunter.clock import utc_now

    named, settings = _named(domains), load_config(config)
    with existing_store(settings.store) as store, store.transaction():
        actor, now, answers = who(), utc_now(), []
        for domain in named:
            there = triage.move(
                store, settings, domain, state, why=why, actor=actor, now=now, until=until
            )
            if not there:
                raise no_alert(store, domain)
            answers.append(f"{shown(domain)}: {_said(there, state, now)}")
    for answer in answers:
        say(answer)


def _said(there: "Sequence[Alert]", state: "AlertState", now: "datetime") -> str:
    """The state; and of what was in it before, who had said so, for what was said now is not kept.

    With two people at work the second would take up what the first deals with.
    """
    from hunter.model import REOPENED, AlertState

    kind = REOPENED if state is AlertState.NEW else state
    steps = filter(None, (alert.last(kind) for alert in there))
    last = max(steps, key=lambda step: step.at, default=None)
    if last is None:
        return f"{state} already; nothing was written"
    if last.at >= now:
        return str(state)
    since = f"since {last.at:%Y-%m-%d %H:%M} UTC, by {shown(last.actor)}"
    return f"{state} already, {since}; nothing was written"


def _named(domains: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(domain_of, domains)))
