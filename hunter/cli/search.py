"""`hunter search`: questions over everything the store knows."""

from typing import Annotated

import typer

from hunter.cli.output import (
    ConfigOption,
    JsonOption,
    json_line,
    load_config,
    nothing_found,
    shown,
    table,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(search)


def search(
    contains: Annotated[str, typer.Option(help="A string in the name.")] = "",
    excludes: Annotated[str, typer.Option(help="A string that is not in it.")] = "",
    since: Annotated[str, typer.Option(help="Registered on this day or later, YYYY-MM-DD.")] = "",
    seen_since: Annotated[str, typer.Option(help="First seen on this day or later.")] = "",
    registrant: Annotated[str, typer.Option(help="Registrant addresses, comma between.")] = "",
    registrant_domain: Annotated[str, typer.Option(help="Domains of those addresses.")] = "",
    ns: Annotated[str, typer.Option(help="Name servers, or their domains.")] = "",
    address: Annotated[str, typer.Option(help="IP addresses, now or before.")] = "",
    asn: Annotated[str, typer.Option(help="AS numbers.")] = "",
    registrar: Annotated[str, typer.Option(help="Registrars.")] = "",
    technique: Annotated[str, typer.Option(help="How it imitates.")] = "",
    brand: Annotated[str, typer.Option(help="What it imitates.")] = "",
    limit: Annotated[int, typer.Option(help="How many at most.")] = 1000,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Search everything the store knows.

    Every condition given must hold.
    """
    from hunter.enrichment import dossier_of
    from hunter.hunting import utc_now
    from hunter.search import Query
    from hunter.search import search as find
    from hunter.store import Store

    query = Query(
        contains=contains.lower(),
        excludes=excludes.lower(),
        registered_since=_day(since, "--since"),
        seen_since=_day(seen_since, "--seen-since"),
        registrant=_list(registrant),
        registrant_domain=_list(registrant_domain),
        ns=_list(ns),
        address=_list(address),
        asn=_numbers(asn),
        registrar=tuple(part.strip() for part in registrar.split(",") if part.strip()),
        technique=technique,
        brand=brand.lower(),
        limit=limit,
    )
    with Store(load_config(config).store) as store:
        rows = [dossier_of(store, domain, utc_now()).fields for domain in find(store, query)]
    if not rows:
        raise nothing_found("nothing in the store answers that", as_json=as_json)
    if as_json:
        for row in rows:
            json_line(row)
    else:
        table(_COLUMNS, [[shown(row.get(column)) for column in _COLUMNS] for row in rows])


_COLUMNS = ("domain", "registered", "registrant_email", "ns_domain", "a", "as_name", "first_seen")


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in text.split(",") if part.strip())


def _numbers(text: str) -> tuple[int, ...]:
    from hunter.errors import Fault, YoursToFix

    parts = [part.upper().removeprefix("AS") for part in _list(text)]
    if not all(part.isdecimal() for part in parts):
        raise YoursToFix(
            [Fault("", "--asn", f"{text!r} is no AS number", "such as 13335 or AS13335")]
        )
    return tuple(map(int, parts))


def _day(text: str, option: str) -> int:
    from datetime import date

    from hunter.errors import Fault, YoursToFix

    if not text:
        return 0
    try:
        return int(date.fromisoformat(text).strftime("%Y%m%d"))
    except ValueError as error:
        hint = "write it as 2017-03-01"
        raise YoursToFix([Fault("", option, f"{text!r} is no day", hint)]) from error
