"""`hunter inspect`: everything about one domain, looked up now."""

from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.output import (
    ConfigOption,
    JsonOption,
    NoPageOption,
    domain_of,
    in_columns,
    json_line,
    load_config,
    meant,
    say,
    shown,
    suspect,
)
from hunter.model import hundredths

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hunter.config import Config
    from hunter.model import Dossier, Finding, Match, PastFact


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(inspect)


def inspect(
    domain: Annotated[str, typer.Argument(metavar="DOMAIN", help="The domain to look up.")],
    offline: Annotated[bool, typer.Option("--offline", help="Only what is stored.")] = False,
    no_page: NoPageOption = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look everything up about one domain.

    Prints its dossier, what the rules say, and what held before.
    """
    import asyncio

    settings = load_config(config, visits=not no_page)
    registrable, name = domain_of(domain), meant(domain)
    asyncio.run(_inspect(settings, name, registrable, offline=offline, as_json=as_json))


async def _inspect(
    settings: "Config", name: str, domain: str, *, offline: bool, as_json: bool
) -> None:
    from hunter import enrichment
    from hunter.hunting import open_hunt
    from hunter.judge import judge
    from hunter.known import dossier_of
    from hunter.store import facts, sightings

    async with open_hunt(settings) as hunt:
        if not offline:
            order = enrichment.waves(settings.enrichers)
            context = enrichment.context_for(
                hunt.store, hunt.doors, settings.brands, hunt.now, hunt.report
            )
            await enrichment.enrich(hunt.store, domain, order, context, fresh=True)
        stored = sightings.best_matches(hunt.store, domain)
        match = next(iter((*hunt.matcher.match(name), *stored)), None)
        brand = settings.brand(match.brand) if match else None
        ground = brand or settings.brands[0]
        dossier = dossier_of(hunt.store, domain, hunt.now(), ground, match)
        findings = judge(hunt.rulebook, dossier)
        history = facts.history(hunt.store, domain)
    if as_json:
        json_line({"dossier": dossier, "match": match, "findings": findings, "history": history})
    else:
        _print(dossier, match, findings, history)


def _print(
    dossier: "Dossier",
    match: "Match | None",
    findings: "Sequence[Finding]",
    history: "Sequence[PastFact]",
) -> None:
    say(suspect(dossier.domain))
    sure = f"{match.reason} (confidence {hundredths(match.confidence)})" if match else ""
    say(f"  {sure or 'imitates no brand'}")
    if not history:
        say("  nothing is known of it, not even whether it is registered")
    for field, value in sorted(dossier.fields.items()) if history else ():
        if field != "unknown":
            in_columns(field, shown(value))
    for reason, fields in _by_reason(dossier.unknown).items():
        say(f"  {', '.join(fields)} could not be found out: {reason}")
    for finding in findings:
        say(f"  rule [{finding.level}] {finding.title}")
    _print_history(history)


def _by_reason(unknown: "Mapping[str, str]") -> dict[str, list[str]]:
    """Reason → the fields: a provider that fails leaves a dozen unknown for one reason."""
    found: dict[str, list[str]] = {}
    for field, reason in sorted(unknown.items()):
        found.setdefault(reason, []).append(field)
    return found


_HISTORIES = {
    "name servers": ("ns", "registry_ns"),
    "addresses": ("a", "aaaa", "host_address", "origin_ip"),
    "registration": (
        *("registered", "registrant_email", "registrant_name", "registrant_org", "registrar"),
        "expires",
    ),
}
"""Heading → the fields whose whole history is shown; of others only what held before."""


def _print_history(history: "Sequence[PastFact]") -> None:
    known = [fact for fact in history if fact.value is not None]
    told = {field for fields in _HISTORIES.values() for field in fields}
    for heading, fields in _HISTORIES.items():
        _print_past(f"history of {heading}", [fact for fact in known if fact.field in fields])
    _print_past("before", [one for one in known if one.field not in told and one.ended_at])


def _print_past(heading: str, facts: "Sequence[PastFact]") -> None:
    if facts:
        say(f"  {heading}")
    for fact in sorted(facts, key=lambda one: (one.first_seen, one.field)):
        until = f"{fact.ended_at:%Y-%m-%d}" if fact.ended_at else "now"
        held = f"{fact.first_seen:%Y-%m-%d} to {until}"
        say(f"    {held} {fact.field} {shown(fact.value)} ({fact.provider})")
