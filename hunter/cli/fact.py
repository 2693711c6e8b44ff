"""`hunter fact`: what an analyst was told."""

from typing import Annotated

import typer

from hunter.cli.output import ConfigOption, domain_of, load_ground, say

app = typer.Typer(
    help="Add what you were told about a domain.", no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def group() -> None:
    """Add what you were told about a domain."""


@app.command()
def add(
    domain: Annotated[str, typer.Argument(help="The domain it is about.")],
    field: Annotated[str, typer.Argument(help="The field, such as origin_ip.")],
    value: Annotated[str, typer.Argument(help="Its value.")],
    source: Annotated[str, typer.Option(help="Who told you, as it will stand in alerts.")],
    config: ConfigOption = None,
) -> None:
    """Add a fact somebody told you; it is judged, and enriched, like any other."""
    from hunter.clock import utc_now
    from hunter.config.faults import did_you_mean
    from hunter.dossiers import rule_fields
    from hunter.errors import Fault, YoursToFix
    from hunter.model import Fact
    from hunter.store import Store, facts, sightings

    subject = domain_of(domain)
    fields = rule_fields()
    if field not in fields:
        hint = did_you_mean(field, fields)
        raise YoursToFix([Fault("", "FIELD", f"{field!r} is no field", hint)])
    provider = f"told by {source}"
    now = utc_now()
    told = Fact(subject, field, int(value) if value.isdecimal() else value, provider, now)
    with Store(load_ground(config).store) as store, store.transaction():
        facts.record(store, subject, [told], provider=provider, fields=[field], at=now)
        sightings.make_due(store, subject, now)
    say(f"{subject}: {field} {value}, told by {source}")
