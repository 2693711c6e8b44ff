"""`hunter status`: what is watched, how each part fares, what waits."""

from collections import Counter
from typing import TYPE_CHECKING, Any

import typer

from hunter.cli.output import (
    NOTHING_FOUND,
    ConfigOption,
    JsonOption,
    existing_store,
    in_letters,
    json_line,
    load_config,
    load_ground,
    say,
    shown,
    table,
)
from hunter.notice import how_many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hunter.config import Config, Ground
    from hunter.errors import Fault
    from hunter.store import Store


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(status)


def status(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Say what is watched and how each part fares.

    Exits 1 when a part is in trouble, or when the daemon has stopped. While a part of the config
    is at fault, it says what is known all the same, then the faults, and exits 2.
    """
    from hunter.errors import YoursToFix

    try:
        settings = load_config(config)
    except YoursToFix as wrong:
        lost = _tell_stored(config, as_json=as_json)
        raise YoursToFix([*lost, *wrong.faults]) from wrong
    with existing_store(settings.store) as store:
        parts = list(_parts(settings, store))
        logs = list(_logs(settings, store, parts))
        current = _current(settings, logs)
        parts = [row for row in parts if not _is_past(row, current)]
        ways = [*_watched(settings, store), *_ways(settings, store, current)]
        rows = [_daemon(settings), *ways, *parts, *_hushed(store), *logs, *_queues(store)]
    _print(rows, logs, as_json=as_json)
    if any(row.get("state") in ("trouble", "off") for row in rows):
        raise typer.Exit(NOTHING_FOUND)


def _tell_stored(config: ConfigOption, *, as_json: bool) -> "Sequence[Fault]":
    """What the daemon said last, while the config cannot tell which parts there are to be.

    The faults of the store, where it cannot be read.
    """
    from hunter.errors import YoursToFix
    from hunter.paths import may_be_there

    try:
        ground = load_ground(config)
    except YoursToFix:
        return ()  # those are told anyway
    if not may_be_there(ground.store):
        return ()
    try:
        with existing_store(ground.store) as store:
            told = [*_watched(ground, store), *_reported(store), *_hushed(store), *_queues(store)]
            rows = [_daemon(ground), *told]
    except YoursToFix as lost:
        return lost.faults
    _print(rows, [], as_json=as_json)
    return ()


def _print(rows: list[dict[str, Any]], logs: list[dict[str, Any]], *, as_json: bool) -> None:
    """Line by line; but for people what is well with a log stands in the table only."""
    if as_json:
        for row in rows:
            json_line(row)
        return
    tabled = {row["subject"] for row in logs}
    told = [row for row in rows if row["kind"] != "log" and not _is_tabled(row, tabled)]
    for row in _readable(told):
        say(*(f"{value}" for value in _for_people(row).values() if value not in ("", None)))
    if logs:
        table(_HEADINGS, map(_in_words, logs), title=how_many(len(logs), "log"))


def _is_tabled(row: dict[str, Any], tabled: set[str]) -> bool:
    """Whether it is well with a log: that stands in the table."""
    return row.get("subject") in tabled and row.get("state") == "good"


def _readable(rows: list[dict[str, Any]]) -> "Iterator[dict[str, Any]]":
    """The rows; of a part with very many that are well, as tracks after months, how many."""
    well = Counter(row["name"] for row in rows if _is_well(row))
    left = {name: count for name, count in well.items() if count > _MANY_WELL}
    told: set[str] = set()
    for row in rows:
        name = row["name"]
        if name not in left or not _is_well(row):
            yield row
        elif name not in told:
            told.add(name)
            message = f"{left[name]:,} are well: --json has each"
            yield row | {"subject": "", "since": "", "message": message}


def _is_well(row: dict[str, Any]) -> bool:
    return (row["kind"], row.get("state")) == ("part", "good")


def _for_people(row: dict[str, Any]) -> dict[str, Any]:
    """A track is called after what it watches, which is a suspect's; a brand by its letters."""
    if row.get("since"):
        row = {**row, "since": f"since {_minute(row['since'])} UTC"}
    if row["name"] == "tracks":
        return {**row, "subject": shown(row["subject"])}
    if row["kind"] in _OF_A_BRAND:
        brand, colon, way = row["name"].partition(":")
        told = shown(row["message"]) if row["kind"] != "way" else row["message"]
        return {**row, "name": in_letters(brand) + colon + way, "message": told}
    return row


_MUTE_MINUTES = 10
_MANY_WELL = 20
_OF_A_BRAND = ("brand", "partner", "way")


_HEADINGS = (
    "log",
    "state",
    "verified",
    "behind",
    "needs (its host)/may, req/s",
    "malformed",
    "last contact (UTC)",
)


def _minute(moment: str) -> str:
    """A moment in ISO 8601 as people read it."""
    return moment[:16].replace("T", " ")


def _in_words(row: dict[str, Any]) -> list[str]:
    if row["verified"] is None:
        return [row["name"], row["state"], *[""] * 4, "never"]
    contact = _minute(row["contact"] or "never")
    return [
        row["name"],
        row["state"],
        f"{row['verified']:,}",
        f"{row['behind']:,} ({row['lag_minutes']:.0f} min)",
        _rates(row),
        f"{row['malformed']:,}",
        contact,
    ]


def _rates(row: dict[str, Any]) -> str:
    """What the log needs, what all logs of its host need together if that is more, and may."""
    own, together = row["needed"], row["host_needed"] or 0
    needed = "?" if own is None else f"{own:.2f}"
    return f"{needed}{f' ({together:.2f})' if together > (own or 0) else ''}/{row['allowed']:g}"


def _logs(
    settings: "Config", store: "Store", parts: list[dict[str, Any]]
) -> "Iterator[dict[str, Any]]":
    """Each Certificate Transparency log that is followed, and how far."""
    from hunter.ct_session import SOURCE, settings_of, standing
    from hunter.store import cursors

    found = settings_of(settings)
    if found is None:
        return
    state = {row["subject"]: row["state"] for row in parts if row["name"] == f"sources.{SOURCE}"}
    for log, figures in standing(found, lambda stream: cursors.cursor(store, SOURCE, stream)):
        yield {
            "kind": "log",
            "name": log.description,
            "subject": log.url,
            "operator": log.operator,
            "log_kind": log.kind,
            "state": state.get(log.url, "not read yet"),
            **{key: figures.get(key) for key in _FIGURES},
        }


_FIGURES = (
    "verified",
    "behind",
    "lag_minutes",
    "needed",
    "host_needed",
    "allowed",
    "malformed",
    "head",
    "contact",
)


def _daemon(settings: "Ground") -> dict[str, Any]:
    """Whether it runs: of one that has stopped all else here is what it said last.

    So it is of one that hangs, or cannot write to its store: at work, it reports every minute.
    """
    from datetime import timedelta

    from hunter.clock import utc_now
    from hunter.store import upkeep
    from hunter.store.alone import DAEMON, is_held

    last = upkeep.last_report(settings.store)
    heard = f"last report {last:%Y-%m-%d %H:%M} UTC" if last else "no report yet"
    at_work = is_held(settings.store.with_name(DAEMON))
    state = "waiting" if at_work is None else "good" if at_work else "off"
    if at_work and last and utc_now() - last > timedelta(minutes=_MUTE_MINUTES):
        said = f"running, but mute: it hangs, or cannot write to its store; {heard}"
        return {"kind": "daemon", "name": "hunter", "state": "trouble", "message": said}
    never = f"has not run with {settings.path}, whose store is in {settings.store.parent}"
    said = {"waiting": never, "good": "running", "off": "not running"}[state]
    return {"kind": "daemon", "name": "hunter", "state": state, "message": f"{said}, {heard}"}


def _current(settings: "Config", logs: list[dict[str, Any]]) -> frozenset[str]:
    """What reports on logs are about that are followed now, and not retired or unchosen."""
    from hunter.coverage import beside_logs

    return frozenset(("", *beside_logs(settings), *(log["subject"] for log in logs)))


def _is_past(row: dict[str, Any], current: frozenset[str]) -> bool:
    """Whether it is about a log that has not been followed for a week."""
    from datetime import datetime, timedelta

    from hunter.clock import utc_now

    if "since" not in row or not _went_away(row["name"], row["subject"], current):
        return False
    return utc_now() - datetime.fromisoformat(row["since"]) > timedelta(days=7)


def _went_away(part: str, subject: str, current: frozenset[str]) -> bool:
    """Whether what is reported is about a log that is followed no longer."""
    from hunter.ct_session import SOURCE

    return part == f"sources.{SOURCE}" and subject not in current


def _watched(settings: "Ground", store: "Store") -> "Iterator[dict[str, Any]]":
    from hunter import triage
    from hunter.model import AlertState
    from hunter.store import tallies

    found = tallies.states(store)
    for brand in settings.brands:
        states = found.get(brand.domain, {})
        new = states.get(AlertState.NEW, 0)
        text = f"{how_many(sum(states.values()), 'alert')}, {new:,} of them new"
        settled = triage.left_out(store, settings, brand)
        if settled:
            named = " ".join(settled)
            text += f"; in owned or ignored by now: hunter alerts dismiss {named} --why REASON"
        yield {"kind": str(brand.kind), "name": brand.domain, "message": text}


def _ways(
    settings: "Config", store: "Store", current: frozenset[str]
) -> "Iterator[dict[str, Any]]":
    """By which ways a lookalike of each brand could show itself; no log that went away is one."""
    from hunter.coverage import coverage
    from hunter.store import reports

    told = (
        one
        for one in reports.standings(store)
        if not _went_away(one.report.part, one.report.subject, current)
    )
    for way in coverage(settings, told):
        name = f"{way.brand}: {way.name}"
        yield {"kind": "way", "name": name, "state": str(way.state), "message": way.why}


def _parts(settings: "Config", store: "Store") -> "Iterator[dict[str, Any]]":
    told = set()
    for row in _reported(store):
        told.add(row["name"])
        yield row
    for family in ("sources", "notifiers"):
        for name in getattr(settings, family):
            if f"{family}.{name}" not in told:
                message = "has not reported yet"
                row = {"kind": "part", "name": f"{family}.{name}", "subject": ""}
                yield row | {"state": "waiting", "message": message}


def _reported(store: "Store") -> "Iterator[dict[str, Any]]":
    from hunter.store import reports

    off = reports.switched_off(store)
    for standing in reports.standings(store):
        report = standing.report
        is_off = report.part in off or f"{report.part}:{report.subject}" in off
        state = "off" if is_off else "good" if report.healthy else "trouble"
        yield {
            "kind": "part",
            "name": report.part,
            "subject": report.subject,
            "state": state,
            "since": standing.since.isoformat(timespec="seconds"),
            "message": report.message,
        }


def _hushed(store: "Store") -> "Iterator[dict[str, Any]]":
    """The servers that are asked nothing for a while, for they refused to answer."""
    from hunter.clock import utc_now
    from hunter.enrichment import KEEPER
    from hunter.hushed import hushed
    from hunter.store import memory

    for one in hushed(memory.all_of(store, KEEPER).items(), utc_now()):
        yield {
            "kind": "part",
            "name": one.part,
            "subject": one.server,
            "state": "waiting",
            "message": f"refuses to answer: left alone until {one.until:%Y-%m-%d %H:%M} UTC",
        }


def _queues(store: "Store") -> "Iterator[dict[str, Any]]":
    from hunter.clock import utc_now
    from hunter.store import outbox, tallies

    waiting = tallies.queues(store, utc_now())["enrich"]
    yield {"kind": "queue", "name": "enrich", "message": f"{how_many(waiting, 'domain')} due"}
    for channel, states in outbox.counts(store).items():
        told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        when = "; hunter alerts route DOMAIN says until when" if "pending" in states else ""
        yield {"kind": "queue", "name": channel, "message": f"notices: {told}{when}"}
