"""`hunter ct`: look at Certificate Transparency logs yourself."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hunter.cli import ct_backfill, ct_malformed
from hunter.cli.commands import Commands
from hunter.cli.ct_opening import aside, beginning_of, key_of, open_for, url_of
from hunter.cli.output import (
    COULD_NOT_TELL,
    NOTHING_FOUND,
    ConfigOption,
    JsonOption,
    config_or_none,
    json_line,
    say,
    table,
)

if TYPE_CHECKING:
    from hunter.ct.entries import Entry
    from hunter.ct.loglist import Log
    from hunter.ct.tail import Beginning
    from hunter.ct.verify import Check

app = Commands(help="Look at Certificate Transparency logs yourself.")

Url = Annotated[
    str, typer.Argument(metavar="URL", help="Where the log is read; see hunter ct logs.")
]
Key = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help="The log's public key, for one that is on no list."),
]


@app.command()
def logs(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """List the logs: which are followed, and why the others are not."""
    import asyncio

    rows = asyncio.run(_logs(config))
    if as_json:
        for row in rows:
            json_line(row)
        return
    headings = ("operator", "log", "kind", "state", "takes", "followed", "url")
    table(headings, [[str(_shown(row)[heading]) for heading in headings] for row in rows])


async def _logs(path: Path | None) -> list[dict[str, Any]]:
    from hunter.clock import utc_now
    from hunter.ct_session import settings_of
    from hunter.sources.ct_logs import choice

    config = config_or_none(path)
    is_on = settings_of(config) is not None
    async with open_for(config) as session:
        found = await session.logs()
    chosen = choice(session.settings)
    why = {log.log_id: chosen.refusal(log, utc_now()) for log in found}
    if not is_on:
        why = {log_id: reason or "[sources.ct_logs] is off" for log_id, reason in why.items()}
    rows = (_row(log, why[log.log_id]) for log in found)
    return sorted(rows, key=_followed_first)


def _followed_first(row: dict[str, Any]) -> tuple[bool, str, str, str]:
    return not row["followed"], row["operator"], row["kind"], row["log"]


def _row(log: "Log", why: str) -> dict[str, Any]:
    return {
        "operator": log.operator,
        "log": log.description,
        "kind": log.kind,
        "state": log.state,
        "begins": log.interval.start if log.interval else None,
        "ends": log.interval.end if log.interval else None,
        "followed": not why,
        "why_not": why,
        "url": log.url,
    }


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    begins, ends = row["begins"], row["ends"]
    takes = f"{begins:%Y-%m} to {ends:%Y-%m}" if begins else "all"
    followed = "yes" if row["followed"] else f"no: {row['why_not']}"
    return row | {"takes": takes, "followed": followed}


@app.command()
def tail(
    url: Url,
    start: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="INDEX",
            help="An index, a time, or how long ago; the end if left out.",
        ),
    ] = "",
    count: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Stop after so many entries.")
    ] = None,
    key: Key = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a log's entries as they come.

    Each is verified before it is printed. Exits 1 when the log contradicts itself or its signature.
    """
    import asyncio

    from hunter.ct.merkle import Disproved
    from hunter.ct.treehead import BadTreeHead

    at, url = beginning_of(start), url_of(url)
    try:
        asyncio.run(_tail(url, at, count, key, config, as_json=as_json))
    except (BadTreeHead, Disproved) as error:
        aside(str(error))
        raise typer.Exit(NOTHING_FOUND) from error


async def _tail(
    url: str,
    at: "Beginning",
    count: int | None,
    key: Path | None,
    config: Path | None,
    *,
    as_json: bool,
) -> None:
    from contextlib import aclosing

    from hunter.ct.tail import begin, endless

    async with open_for(config_or_none(config)) as session:
        log = await session.log_at(url, key_of(key))
        follower = await begin(session.reader(log), at, count)
        pause = session.settings.look_every
        left = count
        async with aclosing(endless(follower, at, pause, aside)) as found:
            async for entry in found:
                _print_entry(entry, as_json=as_json)
                left = None if left is None else left - 1
                if left == 0:
                    return


def _print_entry(entry: "Entry", *, as_json: bool) -> None:
    from hunter.ct.watch import moment
    from hunter.names import defang

    logged_at = moment(entry.timestamp)
    issuer = entry.details.issuer
    if as_json:
        json_line(
            {
                "index": entry.index,
                "timestamp": logged_at,
                "names": entry.names,
                "issuer": issuer,
                "entry": entry.kind,
                "malformed": entry.malformed,
            }
        )
    else:
        when = f"{logged_at:%Y-%m-%d %H:%M:%S} UTC" if logged_at else "at no possible time"
        names = " ".join(map(defang, entry.names)) or "(no names)"
        say(f"{entry.index} {when} {entry.kind} {names} by {issuer or 'nobody known'}")
    # Whoever reads along sees each entry as it comes.
    sys.stdout.flush()


@app.command()
def verify(
    url: Url,
    entries: Annotated[
        int, typer.Option(min=1, metavar="N", help="How many of the newest to read.")
    ] = 256,
    key: Key = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a log's signature, past, tree and newest entries.

    Its past is what the store knows of it. Exits 1 when a check failed, and 3 when one could not be
    made.
    """
    import asyncio

    checks = asyncio.run(_verify(url_of(url), entries, key, config, as_json=as_json))
    if any(check.passed is False for check in checks):
        raise typer.Exit(NOTHING_FOUND)
    if any(check.passed is None for check in checks):
        raise typer.Exit(COULD_NOT_TELL)


async def _verify(
    url: str, entries: int, key: Path | None, config: Path | None, *, as_json: bool
) -> "list[Check]":
    from hunter.ct.verify import verify as checks_of

    made = []
    async with open_for(config_or_none(config)) as session:
        log = await session.log_at(url, key_of(key))
        known = session.position(log)
        if known is None:
            aside("the store knows nothing of this log to compare it with")
        async for check in checks_of(session.reader(log), known, entries):
            made.append(check)
            _print_check(check, as_json=as_json)
    return made


def _print_check(check: "Check", *, as_json: bool) -> None:
    if as_json:
        json_line({"check": check.name, "passed": check.passed, "message": check.message})
        return
    word = {True: "good", False: "FAILED", None: "could not tell"}[check.passed]
    say(f"{check.name}: {word}: {check.message}")


ct_malformed.register(app)
ct_backfill.register(app)
