"""`hunter ct`: look at Certificate Transparency logs yourself."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hunter.cli.output import (
    COULD_NOT_TELL,
    NOTHING_FOUND,
    ConfigOption,
    JsonOption,
    json_line,
    load_config,
    say,
    table,
)

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from hunter.config import Config
    from hunter.ct.entries import Entry
    from hunter.ct.loglist import Log
    from hunter.ct.tail import Beginning
    from hunter.ct.verify import Check
    from hunter.ct_session import Session

app = typer.Typer(
    help="Look at Certificate Transparency logs yourself.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Url = Annotated[str, typer.Argument(help="Where the log is read; see hunter ct logs.")]
Key = Annotated[
    Path | None, typer.Option("--key", help="The log's public key, for one that is on no list.")
]


@app.command()
def logs(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """List the logs as hunter sees them: which are followed, and why the others are not."""
    import asyncio

    rows = asyncio.run(_logs(config))
    if as_json:
        for row in rows:
            json_line(row)
        return
    headings = ("operator", "log", "kind", "state", "takes", "followed", "url")
    table(headings, [[str(_shown(row)[heading]) for heading in headings] for row in rows])


async def _logs(path: Path | None) -> list[dict[str, Any]]:
    from hunter.ct_session import settings_of
    from hunter.hunting import utc_now
    from hunter.sources.ct_logs import choice

    config = _config(path)
    is_on = settings_of(config) is not None
    async with _session(config) as session:
        found = await session.logs()
    chosen = choice(session.settings)
    why = {log.log_id: chosen.refusal(log, utc_now()) for log in found}
    if not is_on:
        why = {log_id: reason or "[sources.ct_logs] is off" for log_id, reason in why.items()}
    return [_row(log, why[log.log_id]) for log in sorted(found, key=_by_operator)]


def _by_operator(log: "Log") -> tuple[str, str, str]:
    return log.operator, log.kind, log.description


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
    takes = f"{begins:%Y-%m-%d} to {ends:%Y-%m-%d}" if begins else "all"
    followed = "yes" if row["followed"] else f"no: {row['why_not']}"
    return row | {"takes": takes, "followed": followed}


@app.command()
def tail(
    url: Url,
    start: Annotated[
        str, typer.Option("--from", help="An index, a time, or how long ago; the end if left out.")
    ] = "",
    count: Annotated[int | None, typer.Option(min=1, help="Stop after so many entries.")] = None,
    key: Key = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a log's entries as they come, each verified before it is printed.

    Exits 1 when the log contradicts itself or its signature.
    """
    import asyncio

    from hunter.ct.merkle import Disproved
    from hunter.ct.treehead import BadTreeHead

    at = _beginning(start)
    try:
        asyncio.run(_tail(url, at, count, key, config, as_json=as_json))
    except (BadTreeHead, Disproved) as error:
        _aside(str(error))
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

    async with _session(_config(config)) as session:
        log = await session.log_at(url, _key(key))
        follower = await begin(session.reader(log), at, count)
        pause = session.settings.look_every
        left = count
        async with aclosing(endless(follower, at, pause, _aside)) as found:
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
        when = f"{logged_at:%Y-%m-%d %H:%M:%S}" if logged_at else "at no possible time"
        names = " ".join(map(defang, entry.names)) or "(no names)"
        say(f"{entry.index} {when} {entry.kind} {names} by {issuer or 'nobody known'}")
    # Whoever reads along sees each entry as it comes.
    sys.stdout.flush()


@app.command()
def verify(
    url: Url,
    entries: Annotated[int, typer.Option(min=1, help="How many of the newest to read.")] = 256,
    key: Key = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a log: its signature, its past as the store knows it, its tree and newest entries.

    Exits 1 when a check failed, and 3 when one could not be made.
    """
    import asyncio

    checks = asyncio.run(_verify(url, entries, key, config, as_json=as_json))
    if any(check.passed is False for check in checks):
        raise typer.Exit(NOTHING_FOUND)
    if any(check.passed is None for check in checks):
        raise typer.Exit(COULD_NOT_TELL)


async def _verify(
    url: str, entries: int, key: Path | None, config: Path | None, *, as_json: bool
) -> "list[Check]":
    from hunter.ct.verify import verify as checks_of

    made = []
    async with _session(_config(config)) as session:
        log = await session.log_at(url, _key(key))
        known = session.position(log)
        if known is None:
            _aside("the store knows nothing of this log to compare it with")
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


def _session(config: "Config | None") -> "AbstractAsyncContextManager[Session]":
    from hunter.ct_session import open_session

    def tell(subject: str, healthy: bool, message: str) -> None:
        if not healthy:
            _aside(f"{subject}: {message}")

    return open_session(config, tell)


def _config(path: Path | None) -> "Config | None":
    """The config that was named, or is found; None where there is none to be found."""
    from hunter import config
    from hunter.errors import YoursToFix

    try:
        path = path or config.find()
    except YoursToFix:
        return None
    return load_config(path)


def _key(path: Path | None) -> bytes | None:
    from hunter.ct.unlisted import NoKey, read_key
    from hunter.errors import Fault, YoursToFix

    if path is None:
        return None
    try:
        return read_key(path.read_bytes())
    except (OSError, NoKey) as error:
        hint = "the key stands in log lists, as base64"
        raise YoursToFix([Fault(str(path), "--key", f"no key: {error}", hint)]) from error


def _beginning(text: str) -> "Beginning":
    """What --from means: nothing, an index, a time, or how long ago."""
    from datetime import UTC, datetime

    from hunter.ct.tail import Beginning
    from hunter.errors import Fault, YoursToFix
    from hunter.hunting import utc_now

    if not text:
        return Beginning()
    if text.isdecimal():
        return Beginning(int(text))
    try:
        if text[-1] in "smhd":
            return Beginning(when=utc_now() - _duration(text))
        when = datetime.fromisoformat(text)
    except ValueError as error:
        hint = 'an index, a time such as 2026-11-22T12:00, or how long ago, such as "7d"'
        raise YoursToFix([Fault("", "--from", f"{text!r} is no beginning", hint)]) from error
    return Beginning(when=when if when.tzinfo else when.replace(tzinfo=UTC))


def _duration(text: str) -> Any:
    """A time span as the config writes it; raises ValueError."""
    from pydantic import TypeAdapter

    from hunter.contracts import Duration

    return TypeAdapter(Duration).validate_python(text)


def _aside(text: str) -> None:
    from hunter.wording import clean

    print(clean(text, 2000), file=sys.stderr)
