"""`hunter search`: questions over everything the store knows."""

import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hunter.cli import completing
from hunter.cli.asked import part_of_a_name
from hunter.cli.output import (
    ConfigOption,
    JsonOption,
    alert_cell,
    existing_store,
    json_line,
    load_ground,
    nothing_found,
    refuse_empty,
    say_if_cut,
    shown,
    suspect,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hunter.model import Level, Stage
    from hunter.search import Query
    from hunter.store import Store


def _asked(metavar: str, told: str, *names: str) -> Any:
    return typer.Option(*names, metavar=metavar, help=told)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(search)


def search(
    context: typer.Context,
    contains: Annotated[str, _asked("PARTS", "Strings in the name, comma between.")] = "",
    excludes: Annotated[str, _asked("PARTS", "Strings that are not in it, comma between.")] = "",
    matches: Annotated[str, _asked("REGEX", "A regular expression (RE2) in the name.")] = "",
    since: Annotated[str, _asked("WHEN", "Registered then or later: 2017-03-01, 7d.")] = "",
    until: Annotated[str, _asked("WHEN", "Registered then or earlier.")] = "",
    seen_since: Annotated[str, _asked("WHEN", "First seen then or later.")] = "",
    seen_until: Annotated[str, _asked("WHEN", "First seen then or earlier.")] = "",
    registrant: Annotated[str, _asked("MAILBOXES", "Registrant addresses, comma between.")] = "",
    registrant_domain: Annotated[str, _asked("DOMAINS", "Domains of those addresses.")] = "",
    org: Annotated[str, _asked("PART", "A part of the registrant's organisation.")] = "",
    ns: Annotated[str, _asked("NAMES", "Name servers, or their domains.")] = "",
    address: Annotated[str, _asked("ADDRESSES", "Addresses, or networks in CIDR.")] = "",
    asn: Annotated[str, _asked("NUMBERS", "AS numbers.")] = "",
    as_name: Annotated[str, _asked("PART", "A part of the network's name.")] = "",
    registrar: Annotated[str, _asked("PART", "A part of the registrar's name.")] = "",
    tld: Annotated[str, _asked("ENDINGS", "Endings, such as fr or co.uk.")] = "",
    technique: Annotated[str, _asked("TECHNIQUES", "How it imitates, comma between.")] = "",
    brand: Annotated[str, _asked("DOMAINS", "What it imitates.")] = "",
    stage: Annotated[str, _asked("STAGES", "How far it has come: address, mail, …")] = "",
    severity: Annotated[
        str,
        typer.Option(
            metavar="LEVEL",
            help="In an alert of at least this severity.",
            autocompletion=completing.levels,
        ),
    ] = "",
    listed: Annotated[str, _asked("PART", "A part of an indicator list's name.", "--list")] = "",
    cert_key: Annotated[str, _asked("DIGESTS", "SHA-256 of certificates' keys.")] = "",
    field: Annotated[
        list[str] | None,
        _asked("FIELD=VALUE", "Any other fact; see hunter rules fields."),
    ] = None,
    sort: Annotated[
        str,
        typer.Option(
            metavar="ORDER",
            help="seen, registered, domain, severity, confidence.",
            autocompletion=completing.sorts,
        ),
    ] = "seen",
    reverse: Annotated[bool, typer.Option("--reverse", help="The other way round.")] = False,
    limit: Annotated[int, _asked("N", "How many at most.")] = 1000,
    config: ConfigOption = None,
    as_json: JsonOption = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="CSV, safe to open in a spreadsheet.")
    ] = False,
) -> None:
    """Search everything the store knows.

    Every condition given must hold.
    """
    from hunter.cli.asked import as_stored, brand_or_none
    from hunter.cli.fact_asked import having
    from hunter.clock import utc_now
    from hunter.search import Query, answers
    from hunter.search import search as find

    refuse_empty(context)
    _check_sense(as_json, as_csv, limit)
    ground = load_ground(config)
    query = Query(
        contains=_parts(contains, "--contains"),
        excludes=_parts(excludes, "--excludes"),
        matches=_pattern(matches),
        registered_since=_day(since, "--since"),
        registered_until=_day(until, "--until"),
        seen_since=_day(seen_since, "--seen-since"),
        seen_until=_day(seen_until, "--seen-until"),
        registrant=_mailboxes(registrant),
        registrant_domain=_domains(registrant_domain, "--registrant-domain"),
        organisation=_part(org),
        ns=_domains(ns, "--ns"),
        address=_networks(address),
        asn=_numbers(asn),
        as_name=_part(as_name),
        registrar=_part(registrar),
        tld=tuple(as_stored(ending.strip(".")) for ending in _list(tld)),
        technique=_list(technique.replace(" + ", "+")),  # as tables have it
        brand=_domains(brand, "--brand"),
        stage=_stages(stage),
        severity=_severity(severity),
        indicator_list=_part(listed),
        cert_key=_digests(cert_key),
        having=tuple(having(one) for one in field or ()),
        sort=_sort(sort),
        reverse=reverse,
        limit=limit,
    )
    _check_spans(query)
    with existing_store(ground.store) as store:
        for one in query.brand:
            brand_or_none(one, ground, store)
        found = find(store, query)
        if not found:
            message = f"nothing in the store answers that{_about_technique(query.technique, store)}"
            raise nothing_found(message, as_json=as_json or as_csv)
        # Told as they are read: what is known of a hundred thousand fills the memory.
        _tell(answers(store, found, utc_now()), as_json=as_json, as_csv=as_csv)
    say_if_cut(len(found), limit)


def _tell(rows: "Iterable[Any]", *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        for row in rows:
            json_line(row)
    elif as_csv:
        _write_csv(rows)
    else:
        table(_COLUMNS, [[_cell(row, column) for column in _COLUMNS] for row in rows])


_COLUMNS = (
    *("domain", "alert", "registered", "registrant_email", "ns_domain", "a", "as_name"),
    "first_seen",
)
_CSV = (
    *("domain", "severity", "state", "brand", "technique", "confidence", "stage", "first_seen"),
    *("registered", "registrar", "registrant_email", "registrant_org", "ns", "a", "aaaa", "asn"),
    *("as_name", "cdn", "origin_ip", "has_mx", "mx", "cert_key", "ioc_listing", "name"),
)


def _cell(row: Any, column: str) -> str:
    """A day as people write it, a domain with its letters; the other values as they are."""
    if column == "domain":
        return suspect(row[column])
    if column == "alert":
        return alert_cell(row)
    text = shown(row.get(column))
    return _DAY.sub(r"\1-\2-\3", text) if column in _DAYS else text


_DAYS = ("registered", "first_seen")
_DAY = re.compile(r"\b(\d{4})(\d\d)(\d\d)\b")


def _write_csv(rows: "Iterable[Any]") -> None:
    import csv

    from hunter.dossiers import values_of
    from hunter.wording.cells import cell

    writer = csv.writer(sys.stdout, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_CSV)
    for row in rows:
        writer.writerow([cell("; ".join(map(str, values_of(row, one)))) for one in _CSV])


def _part(text: str) -> str:
    from hunter.names import refang

    return refang(text.strip())


def _list(text: str) -> tuple[str, ...]:
    from hunter.names import refang

    return tuple(part.strip().lower() for part in refang(text).split(",") if part.strip())


def _parts(text: str, option: str) -> tuple[str, ...]:
    return tuple(part_of_a_name(part, option) for part in text.split(",") if part.strip())


def _refuse(option: str, message: str, hint: str) -> Exception:
    from hunter.errors import Fault, YoursToFix

    return YoursToFix([Fault("", option, message, hint)])


def _check_sense(as_json: bool, as_csv: bool, limit: int) -> None:
    if as_json and as_csv:
        raise _refuse("--csv", "does not go together with --json", "choose one")
    if not 1 <= limit <= _MOST:
        told = "answers are none" if limit < 1 else "answers are too many"
        raise _refuse("--limit", f"{limit} {told}", f"give 1 or more, up to {_MOST}")


_MOST = 10_000_000


def _check_spans(query: "Query") -> None:
    spans = {
        "--until": (query.registered_since, query.registered_until),
        "--seen-until": (query.seen_since, query.seen_until),
    }
    for option, (since, until) in spans.items():
        if until and until < since:
            raise _refuse(option, "is before the day since when", "no day is in between")


def _about_technique(texts: "Sequence[str]", store: "Store") -> str:
    """Nothing was found: perhaps since nothing imitates by a technique that is called so."""
    from hunter.store import sightings

    there = sightings.techniques(store) if texts else ()
    called_so = any(text in technique for technique in there for text in texts)
    return "" if called_so or not there else f"; techniques there: {', '.join(there)}"


def _domains(text: str, option: str) -> tuple[str, ...]:
    """Names as facts hold them: without a dot or an @ around them, international ones in ASCII."""
    from hunter.errors import NotAName
    from hunter.names import parse

    found = []
    for part in (one.strip(".@") for one in _list(text)):
        if _PLAIN_NAME.fullmatch(part):
            found.append(part)
            continue
        try:
            found.append(parse(part).text)
        except NotAName as error:
            raise _refuse(option, f"{part[:80]!r} is no name", "such as monovm.com") from error
    return tuple(found)


_PLAIN_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)+")


def _mailboxes(text: str) -> tuple[str, ...]:
    from hunter.trackable import MAILBOX

    hint = "such as johnpinch@mail.com; --registrant-domain takes domains"
    return _fitting(_list(text), MAILBOX, "--registrant", "is no mail address", hint)


def _digests(text: str) -> tuple[str, ...]:
    from hunter.trackable import SHA256

    parts = tuple(part.replace(":", "") for part in _list(text))
    hint = "64 digits from 0 to f, as hunter inspect shows it"
    return _fitting(parts, SHA256, "--cert-key", "is no SHA-256", hint)


def _fitting(
    parts: tuple[str, ...], pattern: "re.Pattern[str]", option: str, trouble: str, hint: str
) -> tuple[str, ...]:
    for part in parts:
        if not pattern.fullmatch(part):
            raise _refuse(option, f"{part[:80]!r} {trouble}", hint)
    return parts


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
    if not all(_NUMBER.fullmatch(part) for part in parts):
        raise _refuse("--asn", f"{text[:80]!r} is no AS number", "such as 13335 or AS13335")
    return tuple(map(int, parts))


_NUMBER = re.compile(r"[0-9]{1,10}")


def _day(text: str, option: str) -> int:
    from hunter.cli.asked import moment
    from hunter.clock import utc_now

    return int(f"{moment(text, utc_now(), option):%Y%m%d}") if text else 0


def _stages(text: str) -> "tuple[Stage, ...]":
    from hunter.ladder import STAGES

    parts = [part.replace("-", " ") for part in _list(text)]
    return tuple(_one_of(part, STAGES, "--stage") for part in parts)


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
