"""`hunter ct malformed`: the entries that no parser accepts, as the store keeps them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from hunter.cli.ct_opening import url_of
from hunter.cli.output import (
    ConfigOption,
    JsonOption,
    existing_store,
    json_line,
    load_ground,
    nothing_found,
    shown,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SHOWN_BYTES = 24


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(malformed)


def malformed(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="Only those of the log read there; else all.")
    ] = "",
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the entries that no parser accepts.

    The latest 20 of each log, with their bytes. Nothing is asked of anybody. Exits 1 when none
    was met.
    """
    url = url and url_of(url)
    rows = [row for row in _rows(config) if url.rstrip("/") in ("", row["url"].rstrip("/"))]
    if not rows:
        raise nothing_found("no malformed entry was met", as_json=as_json)
    if as_json:
        for row in rows:
            json_line(row)
        return
    headings = ("log", "entry", "logged at (UTC)", "kind", "length", "begins with", "names")
    table(headings, [_cells(row) for row in rows])


def _rows(path: "Path | None") -> "Iterator[dict[str, Any]]":
    from msgspec import structs

    from hunter.ct.malformed import load_malformed, malformed_stream
    from hunter.ct.watch import moment
    from hunter.ct_session import SOURCE
    from hunter.store import cursors

    with existing_store(load_ground(path).store) as store:
        kept = cursors.ending(store, SOURCE, malformed_stream(""))
    for stream, text in kept.items():
        for one in load_malformed(text).kept:
            row = {"url": stream.removesuffix(malformed_stream("")), **structs.asdict(one)}
            yield row | {"timestamp": moment(one.timestamp)}


def _cells(row: dict[str, Any]) -> list[str]:
    from binascii import a2b_base64

    when = row["timestamp"]
    return [
        row["url"],
        str(row["index"]),
        f"{when:%Y-%m-%d %H:%M:%S}" if when else "no possible time",
        row["entry"],
        str(row["length"]),
        a2b_base64(row["bytes"])[:_SHOWN_BYTES].hex(" "),
        shown(row["names"]),
    ]
