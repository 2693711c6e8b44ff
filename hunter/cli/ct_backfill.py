"""`hunter ct backfill`: read the logs again for a brand that was added today."""

from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.asked import as_stored
from hunter.cli.ct_opening import aside, open_for, span_of, url_of
from hunter.cli.output import (
    COULD_NOT_TELL,
    ConfigOption,
    JsonOption,
    json_line,
    load_config,
    say,
)
from hunter.cli.progress import drawn
from hunter.notice import how_many

if TYPE_CHECKING:
    from datetime import timedelta

    from hunter.backfill import Backfill
    from hunter.config import Config
    from hunter.ct.loglist import Log
    from hunter.model import Brand


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(backfill)


def backfill(
    since: Annotated[str, typer.Option(metavar="WHEN", help='How far back, such as "7d".')],
    brand: Annotated[
        list[str] | None,
        typer.Option("--brand", metavar="DOMAIN", help="Only this brand; all if left out."),
    ] = None,
    log: Annotated[
        list[str] | None,
        typer.Option("--log", metavar="URL", help="Only the log at this URL; else all followed."),
    ] = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Forget how far an earlier one like it got.")
    ] = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read the logs again for a brand that was added today.

    May run beside the daemon and be interrupted: the same command goes on where it was. Exits 3
    when a log could not be read to the end.
    """
    import asyncio

    settings = load_config(config)
    urls = [url_of(one, "--log") for one in log or []]
    given = (_brands(settings, brand or []), span_of(since), urls)
    try:
        whole = asyncio.run(_backfill(settings, *given, restart=restart, as_json=as_json))
    except KeyboardInterrupt:
        whole = False
    if not whole:
        aside("not finished: the same command goes on where it was")
        raise typer.Exit(COULD_NOT_TELL)


async def _backfill(
    config: "Config",
    brands: "tuple[Brand, ...]",
    since: "timedelta",
    urls: list[str],
    *,
    restart: bool,
    as_json: bool,
) -> bool:
    from hunter.backfill import open_backfill

    async with open_for(config) as session:
        if urls:
            logs = tuple([await session.log_at(url) for url in urls])
        else:
            logs = await session.followed()
    with drawn(len(logs)) as draw:
        async with open_backfill(config, brands, since, draw) as work:
            if restart:
                work.forget(logs)
            troubles = await work.run(logs)
    for one in logs:
        _print_backfilled(one, work, troubles.get(one.url, ""), as_json=as_json)
    return not troubles


def _print_backfilled(log: "Log", work: "Backfill", trouble: str, *, as_json: bool) -> None:
    stretch = work.stretches.get(log.url)
    start, end, read = (stretch.start, stretch.end, stretch.read) if stretch else (None, None, 0)
    matches = work.matches[log.url]
    if as_json:
        row = {"log": log.description, "url": log.url, "from": start, "to": end, "read": read}
        json_line(row | {"matches": matches, "done": not trouble, "trouble": trouble})
    else:
        told = f"not finished: {trouble}" if trouble else "done"
        say(f"{log.description}: {read:,} entries, {how_many(matches, 'matching name')}; {told}")


def _brands(config: "Config", domains: list[str]) -> "tuple[Brand, ...]":
    """The config's brands, or those of them that were named."""
    from hunter.config.faults import did_you_mean
    from hunter.errors import Fault, YoursToFix

    domains, known = [*map(as_stored, domains)], [brand.domain for brand in config.brands]
    faults = [
        Fault("", "--brand", f"{domain} is no brand", did_you_mean(domain, known))
        for domain in domains
        if domain not in known
    ]
    if faults:
        raise YoursToFix(faults)
    return tuple(one for one in config.brands if not domains or one.domain in domains)
