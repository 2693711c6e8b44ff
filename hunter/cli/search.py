"""`hunter search`: questions over everything the store knows."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hunter.cli.output import (
    ConfigOption,
    JsonOption,
    json_line,
    load_ground,
    nothing_found,
    shown,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hunter.model import Level, Stage
    from hunter.search import Query
    from hunter.store import Store

Text = typer.Option


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(search)


def search(
    contains: Annotated[str, Text(help="A string in the name.")] = "",
    excludes: Annotated[str, Text(help="Strings that are not in it, comma between.")] = "",
    matches: Annotated[str, Text(help="A regular expression (RE2) that the name holds.")] = "",
    since: Annotated[str, Text(help="Registered on this day or later, YYYY-MM-DD.")] = "",
    until: Annotated[str, Text(help="Registered on this day or earlier.")] = "",
    seen_since: Annotated[str, Text(help="First seen on this day or later.")] = "",
    seen_until: Annotated[str, Text(help="First seen on this day or earlier.")] = "",
    registrant: Annotated[str, Text(help="Registrant addresses, comma between.")] = "",
    registrant_domain: Annotated[str, Text(help="Domains of those addresses.")] = "",
    org: Annotated[str, Text(help="A part of the registrant's organisation.")] = "",
    ns: Annotated[str, Text(help="Name servers, or their domains.")] = "",
    address: Annotated[str, Text(help="Addresses, or networks in CIDR.")] = "",
    asn: Annotated[str, Text(help="AS numbers.")] = "",
    as_name: Annotated[str, Text(help="A part of the network's name.")] = "",
    registrar: Annotated[str, Text(help="Registrars.")] = "",
    tld: Annotated[str, Text(help="Endings, such as fr or co.uk.")] = "",
    technique: Annotated[str, Text(help="How it imitates.")] = "",
    brand: Annotated[str, Text(help="What it imitates.")] = "",
    stage: Annotated[str, Text(help="How far it has come: address, mail, ...")] = "",
    severity: Annotated[str, Text(help="In an alert of at least this severity.")] = "",
    listed: Annotated[str, Text("--list", help="A part of an indicator list's name.")] = "",
    cert_key: Annotated[str, Text(help="SHA-256 of certificates' keys.")] = "",
    field: Annotated[list[str] | None, Text(help="Any other, as FIELD=VALUE.")] = None,
    sort: Annotated[str, Text(help="seen, registered, domain, severity, confidence.")] = "seen",
    reverse: Annotated[bool, Text("--reverse", help="The other way round.")] = False,
    limit: Annotated[int, Text(help="How many at most.")] = 1000,
    config: ConfigOption = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, Text("--csv", help="CSV, safe to open in a spreadsheet.")] = False,
) -> None:
    """Search everything the store knows.

    Every condition given must hold.
    """
    from datetime import UTC, datetime

    from hunter.names import refang
    from hunter.search import Query, answers
    from hunter.search import search as find
    from hunter.store import Store

    _check_sense(as_json, as_csv, limit)
    ground = load_ground(config)
    query = Query(
        contains=refang(contains).strip().lower(),
        excludes=_list(excludes),
        matches=_pattern(matches),
        registered_since=_day(since, "--since"),
        registered_until=_day(until, "--until"),
        seen_since=_day(seen_since, "--seen-since"),
        seen_until=_day(seen_until, "--seen-until"),
        registrant=_list(registrant),
        registrant_domain=_list(registrant_domain),
        organisation=org.strip(),
        ns=_list(ns),
        address=_networks(address),
        asn=_numbers(asn),
        as_name=as_name.strip(),
        registrar=tuple(part.strip() for part in registrar.split(",") if part.strip()),
        tld=_list(tld),
        technique=technique.strip().lower(),
        brand=_brand(brand, [one.domain for one in ground.brands]),
        stage=_stage(stage),
        severity=_severity(severity),
        indicator_list=listed.strip(),
        cert_key=_list(cert_key),
        having=tuple(_having(one) for one in field or ()),
        sort=_sort(sort),
        reverse=reverse,
        limit=limit,
    )
    _check_spans(query)
    with Store(ground.store) as store:
        rows = list(answers(store, find(store, query), datetime.now(UTC)))
        hint = "" if rows else _about_technique(query.technique, store)
    if not rows:
        message = f"nothing in the store answers that{hint}"
        raise nothing_found(message, as_json=as_json or as_csv)
    if as_json:
        for row in rows:
            json_line(row)
    elif as_csv:
        _write_csv(rows)
    else:
        table(_COLUMNS, [[shown(row.get(column)) for column in _COLUMNS] for row in rows])


_COLUMNS = ("domain", "registered", "registrant_email", "ns_domain", "a", "as_name", "first_seen")
_CSV = (
    *("domain", "severity", "state", "brand", "technique", "confidence", "stage", "first_seen"),
    *("registered", "registrar", "registrant_email", "registrant_org", "ns", "a", "aaaa", "asn"),
    *("as_name", "cdn", "origin_ip", "has_mx", "mx", "cert_key", "ioc_listing", "name"),
)


def _write_csv(rows: "Iterable[Any]") -> None:
    import csv

    from hunter.dossiers import values_of
    from hunter.wording.cells import cell

    writer = csv.writer(sys.stdout, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_CSV)
    for row in rows:
        writer.writerow([cell("; ".join(map(str, values_of(row, one)))) for one in _CSV])


def _list(text: str) -> tuple[str, ...]:
    from hunter.names import refang

    return tuple(part.strip().lower() for part in refang(text).split(",") if part.strip())


def _refuse(option: str, message: str, hint: str) -> Exception:
    from hunter.errors import Fault, YoursToFix

    return YoursToFix([Fault("", option, message, hint)])


def _check_sense(as_json: bool, as_csv: bool, limit: int) -> None:
    if as_json and as_csv:
        raise _refuse("--csv", "goes not together with --json", "choose one")
    if limit < 1:
        raise _refuse("--limit", f"{limit} answers are none", "give 1 or more")


def _check_spans(query: "Query") -> None:
    spans = {
        "--until": (query.registered_since, query.registered_until),
        "--seen-until": (query.seen_since, query.seen_until),
    }
    for option, (since, until) in spans.items():
        if until and until < since:
            raise _refuse(option, "is before the day since when", "no day is in between")


def _about_technique(text: str, store: "Store") -> str:
    """Nothing was found: perhaps since nothing imitates by a technique that is called so."""
    from hunter.store import sightings

    there = sightings.techniques(store) if text else ()
    called_so = any(text in technique for technique in there)
    return "" if called_so or not there else f"; techniques there: {', '.join(there)}"


def _brand(text: str, brands: "Sequence[str]") -> str:
    from hunter.names import refang

    return (
        str(_one_of(refang(text.strip()), dict(zip(brands, brands, strict=True)), "--brand"))
        if text
        else ""
    )


def _pattern(text: str) -> str:
    if not text:
        return ""
    from hunter.rulebook.regex import NotARegex, finder

    try:
        finder(text)
    except NotARegex as error:
        raise _refuse("--matches", f"{text!r}: {error}", "such as '^(mail|login)-'") from error
    return text


def _networks(text: str) -> tuple[str, ...]:
    from ipaddress import ip_network

    parts = _list(text)
    try:
        return tuple(str(ip_network(part, strict=False)) for part in parts)
    except ValueError as error:
        hint = "such as 80.82.69.134 or 80.82.64.0/20"
        raise _refuse("--address", f"{text!r} is no address", hint) from error


def _numbers(text: str) -> tuple[int, ...]:
    parts = [part.upper().removeprefix("AS") for part in _list(text)]
    if not all(part.isascii() and part.isdecimal() for part in parts):
        raise _refuse("--asn", f"{text!r} is no AS number", "such as 13335 or AS13335")
    return tuple(map(int, parts))


def _day(text: str, option: str) -> int:
    from datetime import date

    if not text:
        return 0
    try:
        return int(date.fromisoformat(text).strftime("%Y%m%d"))
    except ValueError as error:
        raise _refuse(option, f"{text!r} is no day", "write it as 2017-03-01") from error


def _stage(text: str) -> "Stage | None":
    from hunter.ladder import STAGES

    return _one_of(text.replace("-", " "), STAGES, "--stage") if text else None


def _severity(text: str) -> "Level | None":
    from hunter.model import Level

    return _one_of(text, {str(level): level for level in Level}, "--severity") if text else None


def _sort(text: str) -> str:
    from hunter.search import SORTS

    return str(_one_of(text, {sort: sort for sort in SORTS}, "--sort"))


def _one_of(text: str, known: Any, option: str) -> Any:
    from hunter.config.faults import did_you_mean

    if text.lower() not in known:
        raise _refuse(option, f"{text!r} is none", did_you_mean(text, known))
    return known[text.lower()]


def _having(text: str) -> tuple[str, str]:
    from hunter import dossiers
    from hunter.config.faults import did_you_mean
    from hunter.dossiers import rule_fields

    field, equals, value = text.partition("=")
    if not equals or not value:
        raise _refuse("--field", f"{text!r} is no condition", "such as cdn=Cloudflare")
    fields = rule_fields().keys() - dossiers.FIELDS.keys()
    if field not in fields:
        raise _refuse("--field", f"{field!r} is no field", did_you_mean(field, fields))
    return field, value
