"""`hunter pivot`: everything that shares a value."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.output import (
    ConfigOption,
    JsonOption,
    alert_cell,
    existing_store,
    json_line,
    load_ground,
    nothing_found,
    shown,
    suspect,
    table,
    whole_number,
)

if TYPE_CHECKING:
    from hunter.model import PastFact, Value
    from hunter.store import Store


_MOST = 1000


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(pivot)


def pivot(
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help="An address, name server, registrant, AS number…")
    ],
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show everything that shares a value.

    Works over what hunter has looked up itself, now and before: no account is needed.
    """
    from hunter.errors import Fault, YoursToFix
    from hunter.names import refang
    from hunter.search import standing

    value = refang(value.strip())
    if not value:
        hint = "such as 193.29.187.40, ns1.monovm.com, johnpinch@mail.com or AS13335"
        raise YoursToFix([Fault("", "VALUE", "is empty", hint)])
    with existing_store(load_ground(config).store) as store:
        found = _carrying(store, value)
        told = () if as_json else {fact.subject for fact in found}
        standings = {subject: standing(store, subject) for subject in told}
        hint = "" if found else _hint(store, value)
    if not found:
        raise nothing_found(f"nothing in the store carries {shown(value)}{hint}", as_json=as_json)
    if len(found) >= _MOST:
        cut = f"the newest {_MOST:,} and perhaps not all: hunter search --field shows more"
        print(cut, file=sys.stderr)
    if as_json:
        for fact in found:
            json_line(fact)
        return
    table(
        ("domain", "alert", "field", "from", "to", "told by"),
        [
            (
                suspect(fact.subject),
                alert_cell(standings[fact.subject]),
                fact.field,
                f"{fact.first_seen:%Y-%m-%d}",
                f"{fact.ended_at:%Y-%m-%d}" if fact.ended_at else "now",
                fact.provider,
            )
            for fact in found
        ],
        title=shown(value),
    )


def _hint(store: "Store", value: str) -> str:
    """Which command knows what nothing carries: a network, or the domain of an alert."""
    from hunter.store import alerts

    if _is_network(value):
        return f"\n    hint: hunter search --address {value}"
    if alone := _without_field(value):
        return f"\n    hint: write the value alone: {shown(alone)}"
    is_suspect = bool(alerts.about(store, value.lower()))
    return f"\n    hint: hunter alerts show {value}" if is_suspect else ""


def _without_field(text: str) -> str:
    """What is behind the name of a field, as tracks are written; empty where there is none."""
    from hunter.dossiers import rule_fields

    field, _, value = text.partition("=")
    return value.strip() if field.strip().lower() in rule_fields() else ""


def _is_network(text: str) -> bool:
    from ipaddress import ip_network

    try:
        return "/" in text and bool(ip_network(text, strict=False))
    except ValueError:
        return False


def _carrying(store: "Store", text: str) -> "tuple[PastFact, ...]":
    from hunter.store import facts

    number = whole_number(text.upper().removeprefix("AS"))
    texts = dict.fromkeys((text.lower(), text, text.lower().removesuffix(".")))  # as dig has it
    values: list[Value] = [*texts, *([] if number is None else [number])]
    found = (fact for value in values for fact in facts.carrying(store, value, _MOST))
    return tuple(dict.fromkeys(found))
