"""`hunter report`: what a span of time brought, as one page."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.asked import moment
from hunter.cli.export import deliver
from hunter.cli.output import (
    ConfigOption,
    existing_store,
    load_config,
    refuse_unfit,
    say,
)

if TYPE_CHECKING:
    from datetime import datetime


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(report)


def report(
    since: Annotated[
        str, typer.Option(metavar="WHEN", help="So long before the end, or from this day on.")
    ] = "7d",
    until: Annotated[
        str, typer.Option(metavar="DAY", help="To the end of this day; now when left out.")
    ] = "",
    out: Annotated[Path, typer.Option(metavar="FILE", help="The file to write.")] = Path(
        "report.html"
    ),
    config: ConfigOption = None,
) -> None:
    """Write what a span of time brought into one HTML file.

    To read, print or send: it needs no script and no network. Print it from a browser for a PDF. It
    is in the language of the subscriber who keeps hunter running.
    """
    from hunter.clock import utc_now
    from hunter.survey import page, take, written

    settings, now = load_config(config), utc_now()
    refuse_unfit(out, settings)
    _refuse_pdf(out)
    end = _end(until, now)
    start = moment(since, end, "--since")
    if start >= end:
        raise _empty()
    with existing_store(settings.store) as store:
        survey = take(store, settings, start, end, now)
    deliver(page(survey).encode("utf-8", "replace"), out)
    say(written(survey, out))


def _end(until: str, now: "datetime") -> "datetime":
    """The end of the day that is meant; never later than now, for of that nothing is known."""
    if not until:
        return now
    return min(moment(until, now, "--until") + timedelta(days=1), now)


def _refuse_pdf(out: Path) -> None:
    """No reader of PDFs would open it."""
    from hunter.errors import Fault, YoursToFix

    if out.suffix.lower() == ".pdf":
        hint = f"name it {out.with_suffix('.html').name}, and print that from a browser for a PDF"
        raise YoursToFix([Fault("", "--out", "what is written is HTML", hint)])


def _empty() -> Exception:
    from hunter.errors import Fault, YoursToFix

    return YoursToFix([Fault("", "--since", "begins after the end", "choose an earlier day")])
