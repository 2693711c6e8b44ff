"""`hunter fact`: what an analyst was told."""

from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.commands import Commands
from hunter.cli.output import (
    ConfigOption,
    domain_of,
    existing_store,
    load_ground,
    nothing_found,
    say,
    shown,
)

if TYPE_CHECKING:
    from datetime import datetime

    from hunter.model import Value

app = Commands(help="Add what you were told about a domain.")


@app.callback()
def group() -> None:
    """Add what you were told about a domain."""


SourceOption = Annotated[
    str, typer.Option(metavar="WHO", help="Who told you, as it stands in alerts.")
]
FieldArgument = Annotated[
    str, typer.Argument(metavar="FIELD", help="The field, such as origin_ip.")
]


@app.command()
def add(
    domain: Annotated[str, typer.Argument(metavar="DOMAIN", help="The domain it is about.")],
    field: FieldArgument,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its value.")],
    source: SourceOption,
    config: ConfigOption = None,
) -> None:
    """Add a fact somebody told you.

    It is judged, and enriched, like any other, and takes the place of what the same source told of
    that field before.
    """
    from hunter.clock import utc_now
    from hunter.model import Fact
    from hunter.names import refang
    from hunter.store import Store, facts, sightings
    from hunter.told import implied, implied_fields

    subject, provider, now = domain_of(domain), _provider(source), utc_now()
    read = _value(field, refang(value), now)
    told = [
        Fact(subject, name, one, provider, now)
        for name, one in {field: read, **implied(field, read)}.items()
    ]
    fields = [field, *implied_fields(field)]
    with Store(load_ground(config).store) as store, store.transaction():
        facts.record(store, subject, told, provider=provider, fields=fields, at=now)
        sightings.make_due(store, subject, now)
        seen = sightings.first_seen(store, subject)
    named = shown(subject)
    for fact in told:
        say(f"{named}: {fact.field} {shown(fact.value)}, {provider}")
    if seen is None:
        say(f"hunter has not seen {named} yet: the fact counts when some source brings the name")


@app.command()
def remove(
    domain: Annotated[str, typer.Argument(metavar="DOMAIN", help="The domain it is about.")],
    field: FieldArgument,
    source: SourceOption,
    config: ConfigOption = None,
) -> None:
    """Take back what a source told of a field: it held until now."""
    from hunter.clock import utc_now
    from hunter.store import facts, sightings
    from hunter.told import implied_fields

    subject, provider, now = domain_of(domain), _provider(source), utc_now()
    with existing_store(load_ground(config).store) as store, store.transaction():
        there = [one for one in facts.told(store, subject, field, provider) if not one.ended_at]
        if not there:
            _refuse_unknown(field)
        fields = [field, *implied_fields(field)]
        facts.record(store, subject, [], provider=provider, fields=fields, at=now)
        sightings.make_due(store, subject, now)
    if not there:
        told = f"{source} told no {field} of {shown(subject)} that holds"
        raise nothing_found(told, as_json=False)
    values = shown(tuple(one.value for one in there))
    say(f"{shown(subject)}: {field} {values} holds no longer")


def _provider(source: str) -> str:
    """Under which name it is kept; who told it stands in alerts, so it must be a line of text."""
    from hunter.errors import Fault, YoursToFix
    from hunter.model import TOLD_BY

    name = " ".join(source.split())
    if not name or not name.isprintable() or len(name) > _LONGEST_SOURCE:
        hint = 'such as --source "trusted partner"'
        raise YoursToFix([Fault("", "--source", f"{source[:40]!r} names nobody", hint)])
    return f"{TOLD_BY}{name}"


_LONGEST_SOURCE = 100


def _refuse_unknown(field: str) -> None:
    from hunter import dossiers
    from hunter.config.faults import did_you_mean
    from hunter.errors import Fault, YoursToFix

    fields = dossiers.rule_fields()
    if field not in fields:
        hint = did_you_mean(field, fields.keys() - dossiers.FIELDS.keys())
        raise YoursToFix([Fault("", "FIELD", f"{field!r} is no field", hint)])


def _value(field: str, text: str, now: "datetime") -> "Value":
    """The value as facts hold it; raises YoursToFix."""
    from hunter import dossiers
    from hunter.errors import Fault, YoursToFix
    from hunter.told import NotTold, as_told, refuse_what_is_to_come

    _refuse_unknown(field)
    meaning = dossiers.rule_fields()[field]
    if field in dossiers.FIELDS:
        hint = "tell what it is made of, such as registered for age_days"
        raise YoursToFix([Fault("", "FIELD", f"{field} is worked out by hunter itself", hint)])
    try:
        value = as_told(field, meaning, text)
        refuse_what_is_to_come(field, meaning, value, now.date())
    except NotTold as error:
        raise YoursToFix([Fault("", "VALUE", str(error), f"{field}: {meaning}")]) from error
    return value
